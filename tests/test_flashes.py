"""Flashes are found by the thresholds of WCAG 2.2, exactly: what lies at one passes, what lies beyond does not."""

from __future__ import annotations

import pickle
import tracemalloc
from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.errors import Finding
from collage.export.flashes import Flash, Thumb, Watch, thumb, told

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
Colour = tuple[int, int, int]
WIDE, HIGH = 85, 64  # of a field of 341 by 256, in a thumb of 256 by 192
QUARTER = WIDE * HIGH // 4


def plain(*colour: int) -> Thumb:
    """A small picture of one colour, or of one grey."""
    return Thumb(np.full((3, 4, 3), colour, np.uint8))


def found(thumbs: Iterable[Thumb], rate: Fraction | int = 24) -> list[Flash]:
    watch = Watch(Fraction(rate))
    for frame, small in enumerate(thumbs):
        watch.see(frame, small)
    return watch.findings()


def alternating(one: Thumb, other: Thumb, every: int = 3, frames: int = 48) -> list[Thumb]:
    """Two pictures in turn, each so many frames long: eight changes a second on threes, at 24 frames a second."""
    return [(one, other)[frame // every % 2] for frame in range(frames)]


def spots(count: int, *, left: int = 0, top: int = 0, high: int = HIGH) -> Thumb:
    """A black thumb of 256 by 192 with `count` white places, in columns of `high` from a corner."""
    pixels = np.zeros((192, 256, 3), np.uint8)
    for n in range(count):
        pixels[top + n % high, left + n // high] = 255
    return Thumb(pixels)


@pytest.mark.parametrize("rate", [12, 24, 25, 30, Fraction(24000, 1001)])
def test_four_flashes_a_second_are_found_and_three_are_not(rate: Fraction | int) -> None:
    """At any rate: light and dark in turn, eight halves to a second or six."""
    for flashes, expected in ((4, 1), (3, 0)):
        light = [int(frame * 2 * flashes / rate) % 2 for frame in range(60)]
        assert len(found([plain(255 * on) for on in light], rate)) == expected


@pytest.mark.parametrize(("gap", "expected"), [(5, []), (4, [(0, 24)])])
def test_a_second_is_shorter_than_its_rate_in_frames(gap: int, expected: list[tuple[int, int]]) -> None:
    """Six changes and a seventh a whole second after the first are three flashes in any second; one frame sooner they
    are more."""
    changes = {1, 5, 9, 13, 17, 20, 20 + gap}
    levels = np.cumsum([frame in changes for frame in range(40)]) % 2 * 255
    spans = [(flash.first - 1, flash.last) for flash in found([plain(int(level)) for level in levels])]
    assert spans == expected


def test_the_frames_from_the_first_change_to_the_last_are_told() -> None:
    """Numbers are the frames', both ends included; two passages apart are two, by their frames."""
    flicker = [plain(255 * (frame // 3 % 2)) for frame in range(48)]
    still = [plain(0)] * 30
    first, second = found([*still, *flicker, *still, *flicker])
    assert first == Flash(33, 78, "general", 1.0)
    assert (second.first, second.last) == (111, 153)


@pytest.mark.parametrize(("grey", "flashes"), [(89, False), (90, True)])
def test_a_tenth_of_white_is_the_least_that_counts(grey: int, flashes: bool) -> None:
    """Relative luminances of 0.0999 and 0.1022, in turn with black."""
    assert bool(found(alternating(plain(0), plain(grey)))) == flashes


@pytest.mark.parametrize(("grey", "flashes"), [(231, True), (232, False)])
def test_two_light_states_do_not_count(grey: int, flashes: bool) -> None:
    """Relative luminances of 0.799 and 0.807, in turn with white."""
    assert bool(found(alternating(plain(255), plain(grey)))) == flashes


def test_a_fall_that_goes_on_counts_once_it_is_dark_enough() -> None:
    """From white by way of a light grey, which alone would not count, to black and back."""
    steps = [255, 240, 232, 100, 0, 100]
    assert found([plain(steps[frame % 6]) for frame in range(48)])


@pytest.mark.parametrize(
    ("colour", "kinds"),
    [
        ((70, 0, 0), []),  # 320 (R - G - B) is 19.6
        ((71, 0, 0), ["red"]),  # 20.2
        ((255, 136, 0), ["general", "red"]),  # R / (R + G + B) is 0.802
        ((255, 137, 0), ["general"]),  # 0.7998
        ((0, 0, 255), []),  # blue gives little light
    ],
)
def test_saturated_red_is_judged_by_itself(colour: Colour, kinds: list[str]) -> None:
    """In turn with black: by how red it is and how far that changes, however little light there is."""
    assert sorted(flash.kind for flash in found(alternating(plain(0), plain(*colour)))) == kinds


def test_to_be_less_red_than_not_at_all_is_the_same() -> None:
    """R - G - B below 0 is 0: from blue to a dim red is no farther than from black."""
    assert not found(alternating(plain(0, 0, 255), plain(70, 0, 0)))


def test_a_change_from_a_dim_saturated_red_counts_as_one_to_it() -> None:
    """Either of the two states may be the saturated one."""
    dim, pink = plain(60, 0, 0), plain(255, 150, 150)
    assert "red" in {flash.kind for flash in found(alternating(dim, pink))}
    assert "red" not in {flash.kind for flash in found(alternating(plain(0, 0, 0), pink))}


@pytest.mark.parametrize(("count", "flashes"), [(QUARTER, False), (QUARTER + 1, True)])
@pytest.mark.parametrize(("left", "top"), [(0, 0), (171, 0), (0, 128), (171, 128), (60, 70)])
def test_more_than_a_quarter_of_a_field_is_too_much(left: int, top: int, count: int, flashes: bool) -> None:
    """Of 341 by 256 pixels anywhere on a screen of 1024 by 768, one place more or less."""
    (flash,) = found(alternating(spots(0), spots(count, left=left, top=top))) or [None]
    assert (flash is not None) == flashes
    if flash:
        assert flash.share == count / (WIDE * HIGH)


def test_places_within_a_field_are_summed_and_others_are_not() -> None:
    """Two spots of a sixth of a field each: near one another they are a third, far apart they are not."""

    def two(apart: int) -> list[Thumb]:
        one, other = spots(QUARTER * 2 // 3), spots(QUARTER * 2 // 3, left=apart)
        return alternating(spots(0), Thumb(one.pixels | other.pixels))

    assert found(two(40))
    assert not found(two(120))


def test_a_quarter_passes_whatever_flashes_elsewhere() -> None:
    """What lies outside a field is not part of it."""
    one, other = spots(QUARTER), spots(20, left=200, top=150)
    assert not found(alternating(spots(0), Thumb(one.pixels | other.pixels)))


def test_flashes_in_different_places_are_not_added_up() -> None:
    """Two flashes a second on the left and two on the right, in turn, are two a second."""
    left, right = spots(40 * HIGH), spots(40 * HIGH, left=45)
    assert not found([(spots(0), left, spots(0), right)[frame // 3 % 4] for frame in range(72)])
    both = Thumb(left.pixels | right.pixels)
    assert found(alternating(spots(0), both))


def test_slow_fades_and_cuts_are_no_flashes() -> None:
    """A fade there and back is one, a cut is half a one, however large; three cuts a second are none of it."""
    fade = [*range(0, 256, 5), *range(255, -1, -5)]
    assert not found([plain(level) for level in fade * 3])
    assert not found([plain(0)] * 24 + [plain(255)] * 24)
    assert not found([plain(255 * (frame // 8 % 2)) for frame in range(240)])


def test_grain_neither_makes_flashes_of_a_fade_nor_hides_any() -> None:
    """Small changes against the way are passed over."""
    grain = np.random.default_rng(5).integers(-8, 9, 400)
    fade = np.linspace(40, 200, 400) + grain
    assert not found([plain(int(level)) for level in fade])
    ramps = [(0, 55, 45, 120, 110, 180)[frame % 6] for frame in range(96)]
    assert found([plain(level) for level in ramps])


def test_a_flash_that_swells_counts_like_one_that_is_switched() -> None:
    """A change of a tenth may take several frames."""
    swell = [0, 50, 100, 150, 100, 50]
    assert found([plain(swell[frame % 6]) for frame in range(48)])


@given(st.lists(st.tuples(st.integers(0, 255), st.integers(1, 5)), min_size=1, max_size=40))
def test_frames_that_are_held_need_not_be_seen(poses: list[tuple[int, int]]) -> None:
    """What is found is the same if each pose is seen once, at the frame where it begins."""
    every, once, frame = Watch(Fraction(24)), Watch(Fraction(24)), 0
    for level, hold in poses:
        once.see(frame, plain(level))
        for held in range(frame, frame + hold):
            every.see(held, plain(level))
        frame += hold
    assert every.findings() == once.findings()


@given(st.lists(st.integers(0, 1), min_size=8, max_size=80), st.integers(6, 40))
def test_black_and_white_flash_where_seven_changes_lie_within_a_second(light: list[int], rate: int) -> None:
    """However they are spread, and told from the first such change to the last."""
    changes = [frame for frame in range(1, len(light)) if light[frame] != light[frame - 1]]
    within = [(changes[n], changes[n + 6]) for n in range(len(changes) - 6) if changes[n + 6] - changes[n] < rate]
    flashes = found([plain(255 * on) for on in light], rate)
    assert bool(flashes) == bool(within)
    assert {frame for first, last in within for frame in range(first, last + 1)} == {
        frame for flash in flashes for frame in range(flash.first, flash.last + 1)
    }


def test_thumbs_are_averages_over_black_of_about_the_same_size() -> None:
    """uint8 or floats, any size; what is transparent is black, and a fine pattern is its mean."""
    for width, height in ((1920, 1080), (3840, 2160), (1024, 768), (1081, 1921), (400, 300), (7, 3), (5000, 2)):
        small = thumb(np.full((height, width, 4), 200, np.uint8)).pixels
        assert small.dtype == np.uint8
        assert small.max() == small.min() == 200
        assert max(small.shape[1] / 256, small.shape[0] / 192) <= 1.5
        assert small.shape[1] >= min(width, 128) or small.shape[0] >= min(height, 96)
    floats = np.zeros((8, 8, 4), np.float32)
    floats[:, 4:] = (0.5, 0.25, 1.0, 1.0)
    assert thumb(floats).pixels[0, [0, 7]].tolist() == [[0, 0, 0], [128, 64, 255]]
    checks = np.indices((1536, 2048)).sum(axis=0)[..., None] % 2 * np.full(4, 255)
    assert set(np.unique(thumb(checks.astype(np.uint8)).pixels)) <= {127, 128}


def test_a_picture_is_judged_as_if_it_filled_the_screen() -> None:
    """The field is a third of a small picture's width and of a wide one's, wider in a high one, and no less high for a
    band that it does not fit into."""
    for width, height, wide, high in ((64, 48, 21, 16), (256, 144, 85, 64), (256, 40, 85, 64), (108, 192, 85, 64)):
        dark, light = np.zeros((2, height, width, 3), np.uint8)
        light[: high // 2 + 1] = 255
        (flash,) = found(alternating(Thumb(dark), Thumb(light)))
        assert flash.share == (high // 2 + 1) / high
        light[:, wide // 5 :] = 0
        assert not found(alternating(Thumb(dark), Thumb(light)))


def test_memory_does_not_grow_with_the_frames() -> None:
    """Neither of a long calm scene nor of a long flicker."""
    dark, light = (Thumb(np.full((96, 128, 3), level, np.uint8)) for level in (0, 255))
    watch = Watch(Fraction(24))

    def see(first: int, end: int) -> int:
        for frame in range(first, end):
            watch.see(frame, light if frame // 3 % 2 else dark)
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = see(0, 100)
        assert see(100, 1000) - before < 20_000
    finally:
        tracemalloc.stop()


def test_thumbs_travel_and_are_of_one_size() -> None:
    """One that was pickled is the same; one of another size is refused."""
    watch = Watch(Fraction(24))
    watch.see(0, pickle.loads(pickle.dumps(plain(7))))
    with pytest.raises(ValueError, match="thumb"):
        watch.see(1, Thumb(np.zeros((5, 4, 3), np.uint8)))


def test_a_warning_names_file_frames_and_cure() -> None:
    """One line, as other findings are."""
    general, red = told("scenes/a.toml", [Flash(3, 21, "general", 0.5), Flash(4, 30, "red", 1.0)])
    assert isinstance(general, Finding)
    assert general.severity == "warning"
    assert str(general).startswith("scenes/a.toml: warning: flashes: frames 3-21 turn light and dark more than three")
    assert "50% of" in general.message
    assert "--allow-flashes" in general.message
    assert str(red).startswith("scenes/a.toml: warning: red flashes: frames 4-30 ")
