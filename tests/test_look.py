"""Film: every amount does what it says, by seed and exposure alone, and nothing at 0."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from collage.errors import AssetError
from collage.exposure.cel import Finish
from collage.glass.film_gate import Gate, weave
from collage.glass.look import CORNER, MIDDLE, finish

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
AMOUNTS = ("grain", "flicker", "weave", "vignette", "dust", "scratches", "warmth", "reflection")
ALL = dict.fromkeys(AMOUNTS, 1.0)


def film(**keys: Any) -> Finish:
    return Finish(**({"seed": 7, "exposure": 12} | keys))


def flat(level: int, height: int = 270, width: int = 480, alpha: int = 255) -> Pixels:
    picture = np.full((height, width, 4), level, np.uint8)
    picture[..., 3] = alpha
    return picture


def photo(height: int = 270, width: int = 480, seed: int = 1) -> Pixels:
    """Something of every kind: soft colours, hard edges, half-transparent and empty places."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (9, 16, 4), np.uint8)
    picture = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.uint16)
    picture[: height // 3, :, 3], picture[height // 2 :, : width // 4, 3] = 255, 0
    picture[..., :3] = picture[..., :3] * picture[..., 3:] // 255
    return picture.astype(np.uint8)


def blocks(channel: npt.NDArray[Any], side: int = 8) -> Floats:
    """Means of 8×8 blocks."""
    height, width = (size // side * side for size in channel.shape)
    cut = channel[:height, :width].astype(np.float64)
    return cut.reshape(height // side, side, width // side, side).mean(axis=(1, 3))


def noise(**keys: Any) -> Floats:
    """What grain adds to mid-grey, per channel."""
    picture = flat(128, 540, 960)
    return finish(picture, film(grain=1.0, **keys)).astype(np.float64)[..., :3] - 128


def alike(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


# ---- what holds for all of it


def test_film_that_adds_nothing_leaves_the_very_picture() -> None:
    """With all amounts 0 not a byte is touched, not even copied."""
    picture = photo()
    assert finish(picture, film()) is picture


@pytest.mark.parametrize("amount", AMOUNTS)
def test_each_amount_does_something_and_leaves_what_it_was_given(amount: str) -> None:
    """At 1 each changes some exposure's picture, which is a new one."""
    picture = photo(540, 960)
    before = picture.copy()
    assert any((finish(picture, film(**{amount: 1.0}, exposure=number)) != picture).any() for number in range(12))
    assert (picture == before).all()


@pytest.mark.parametrize("height", [1, 2, 17, 269])
def test_colour_is_never_above_alpha(height: int) -> None:
    """With everything at 1, on pictures of any size, premultiplied stays premultiplied."""
    for width in (1, 3, 480):
        out = finish(photo(height, width), film(**ALL))
        assert out.shape == (height, width, 4)
        assert (out[..., :3] <= out[..., 3:]).all()


def test_alpha_is_kept_where_the_gate_lies_still() -> None:
    """Film shows only where there is a picture: dust does not hang in the air."""
    picture = photo()
    out = finish(picture, film(**(ALL | {"weave": 0.0})))
    assert (out[..., 3] == picture[..., 3]).all()


def test_bands_and_threads_give_the_same_bytes() -> None:
    """However the rows are shared out, and in whatever order."""
    picture, everything = photo(), film(**ALL)
    whole = finish(picture, everything)

    def by_threads(work: Callable[[int, int], None]) -> None:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(work, [101, 0, 97, 258, 1], [258, 1, 101, 270, 97]))

    assert (finish(picture, everything, by_threads) == whole).all()


def test_chance_hangs_on_seed_and_exposure_alone() -> None:
    """An exposure asked for again, after others, is the same; another one, or another seed, is not."""
    picture = flat(150)
    first = finish(picture, film(**ALL))
    others = [finish(picture, film(**ALL, exposure=13)), finish(picture, film(**ALL, seed=8))]
    assert (finish(picture, film(**ALL)) == first).all()
    assert all((other != first).mean() > 0.5 for other in others)


@pytest.mark.parametrize("amount", AMOUNTS[1:])
def test_a_proxy_looks_like_the_whole_made_small(amount: str) -> None:
    """A picture half as high is treated as the whole is: nearly what the whole would be, made half as large."""
    whole = flat(190, 540, 960)
    whole[100:200, 300:500, :3] = 60
    half = np.ascontiguousarray(whole[::2, ::2])
    of_whole = cv2.resize(finish(whole, film(**{amount: 1.0})), (480, 270), interpolation=cv2.INTER_AREA)
    apart = np.abs(of_whole.astype(int) - finish(half, film(**{amount: 1.0})))
    assert apart.mean() < 0.7
    assert (apart > 25).mean() < 0.01


# ---- each amount


def vignetted(level: int, amount: float, height: int, width: int) -> list[Floats]:
    """What the lamp leaves of a level, in float64, for red, green and blue."""
    y, x = np.mgrid[0.5:height, 0.5:width]
    middle, across = (
        (MIDDLE[0] * width, MIDDLE[1] * height),
        np.hypot(width * (1 - MIDDLE[0]), height * (1 - MIDDLE[1])),
    )
    square = ((x - middle[0]) ** 2 + (y - middle[1]) ** 2) / across**2
    return [level * (1 - amount * part * square * (1.25 - 0.25 * square)) for part in CORNER]


@pytest.mark.parametrize(("level", "amount"), [(200, 0.3), (247, 1.0), (40, 0.6)])
def test_the_fall_off_of_the_lamp_has_no_bands(level: int, amount: float) -> None:
    """Means of 8×8 blocks are within a quarter of a level of float64, and where the light falls by a level in 12
    pixels or less no value runs longer than 12."""
    out = finish(flat(level, 540, 960), film(vignette=amount))
    for channel, exact in enumerate(vignetted(level, amount, 540, 960)):
        assert np.abs(blocks(out[..., channel]) - blocks(exact)).max() < 0.25
        slope = np.abs(np.gradient(exact, axis=1))
        same = np.ones_like(slope, int)
        for x in range(1, 960):
            same[:, x] += np.where(out[:, x, channel] == out[:, x - 1, channel], same[:, x - 1], 0)
        assert same[slope > 1 / 12].max(initial=0) <= 13  # a run may have begun where it was flatter


def test_the_fall_off_is_warm_and_all_round() -> None:
    """Every corner is darker than the middle, and blue falls more than red."""
    out = finish(flat(240), film(vignette=0.5)).astype(int)
    for corner in (out[0, 0], out[0, -1], out[-1, 0], out[-1, -1]):
        assert 100 < corner[2] < corner[1] < corner[0] < 200
    assert (out[120, 230, :3] > 235).all()


def test_grain_is_strongest_in_mid_tones_and_moves_no_tone() -> None:
    """Mid-grey has twice the grain of shadows and of lights, and each keeps its mean."""
    strength = {}
    for level in (20, 128, 235):
        out = finish(flat(level, 540, 960), film(grain=0.5)).astype(np.float64)[..., :3]
        strength[level] = out.std()
        assert abs(out.mean() - level) < 0.5
    assert strength[128] > 1.7 * max(strength[20], strength[235])
    assert min(strength.values()) > 0.5


def test_grain_is_clumped_and_has_a_little_colour() -> None:
    """Neighbours are akin, as no noise of single pixels is, yet not far ones; channels are akin, yet not the same."""
    rough = noise()
    red, green = rough[..., 0], rough[..., 1]
    assert 0.15 < alike(red[:, 1:], red[:, :-1]) < 0.8
    assert 0.15 < alike(red[1:], red[:-1]) < 0.8
    assert 0.7 < alike(red, green) < 0.99


def test_grain_does_not_repeat_within_a_picture() -> None:
    """At no distance is a picture's grain like itself, but for the clumps' own."""
    for height, width in ((540, 960), (1080, 1920)):
        rough = finish(flat(128, height, width), film(grain=1.0)).astype(np.float64)[..., 1] - 128
        spectrum = np.fft.rfft2(rough, (2 * height, 2 * width))
        akin = np.fft.irfft2(spectrum * spectrum.conj())[:height, :width]
        akin /= (height - np.arange(height))[:, None] * (width - np.arange(width)) * rough.var()
        far = akin[: height * 3 // 4, : width * 3 // 4]
        far[:16, :16] = 0
        assert np.abs(far).max() < 0.1


def test_grain_is_another_at_every_exposure() -> None:
    """Twenty exposures share no grain."""
    frames = [noise(exposure=number)[..., 1] for number in range(20)]
    assert max(abs(alike(frames[0], frame)) for frame in frames[1:]) < 0.1


@pytest.mark.parametrize("rows", [540, 720, 1080])
def test_a_proxy_shows_the_same_grains(rows: int) -> None:
    """A picture half as high has the grain of the whole, made half as large."""
    whole = finish(flat(128, rows, 960), film(grain=0.7)).astype(np.float32)[..., :3]
    half = finish(flat(128, rows // 2, 480), film(grain=0.7)).astype(np.float32)[..., :3]
    small = cv2.resize(whole, (480, rows // 2), interpolation=cv2.INTER_AREA)
    assert alike(small, half) > 0.9
    assert abs(small.std() / half.std() - 1) < 0.15


def test_flicker_changes_the_exposure_of_the_whole_picture() -> None:
    """Each exposure is evenly brighter or darker, by no more than a quarter at 1, and by less for less."""
    for amount in (1.0, 0.05):
        levels = [finish(flat(160), film(flicker=amount, exposure=number))[..., 0] for number in range(60)]
        means = np.array([level.mean() for level in levels]) / 160
        assert max(int(level.max()) - int(level.min()) for level in levels) <= 1
        assert 0.02 * amount < means.std() < 0.15 * amount
        assert np.abs(means - 1).max() <= 0.25 * amount + 0.002
        assert abs(means.mean() - 1) < 0.06 * amount


def centres(amount: float) -> Floats:
    """Where a soft dot in the middle of a picture 1080 rows high is seen in 40 exposures."""
    y, x = np.mgrid[0.5:1080, 0.5:400]
    dot = 250 * np.exp(-((x - 200) ** 2 + (y - 540) ** 2) / 50)
    picture = np.repeat(dot[..., None], 4, axis=2).astype(np.uint8)
    picture[..., 3] = 255
    seen = []
    for number in range(40):
        out = finish(picture, film(weave=amount, exposure=number))[..., 0].astype(np.float64)
        seen.append([(out * x).sum() / out.sum() - 200, (out * y).sum() / out.sum() - 540])
    return np.array(seen)


def test_the_gate_moves_a_picture_by_parts_of_a_pixel() -> None:
    """At 0.05 by less than a pixel either way, at 1 by more than a few but never by more than 15."""
    small, large = centres(0.05), centres(1.0)
    assert 0.05 < np.abs(small).mean() < np.abs(small).max() < 0.9
    assert 1.5 < np.abs(large).mean() < np.abs(large).max() < 16
    assert len({*map(tuple, np.round(small, 3))}) == 40


def test_edges_never_show_in_the_gate() -> None:
    """A white picture stays white to its last pixel, and what is at its edge stays there."""
    framed = flat(255, 540, 960)
    framed[0], framed[-1], framed[:, 0], framed[:, -1] = 0, 0, 0, 0
    for number in range(30):
        assert (finish(flat(255), film(weave=1.0, exposure=number)) == 255).all()
        out = finish(framed, film(weave=1.0, exposure=number))
        assert (out[3:-3, 3:-3] == 255).all()


def test_the_gate_takes_each_pixel_from_its_place() -> None:
    """Turned, moved and made larger, a smooth picture is what its formula says there, to a level."""

    def wave(x: Floats, y: Floats) -> Floats:
        return 128 + 60 * np.sin(x / 9) * np.cos(y / 7) + 30 * np.sin((x + 2 * y) / 23)

    y, x = np.mgrid[0.5:90, 0.5:160]
    picture = np.full((90, 160, 4), 255, np.uint8)
    picture[..., :3] = np.rint(wave(x, y))[..., None]
    for gate in (Gate(-0.03, 0.08, 1.3, -0.08, -0.03, 5.7), Gate(0.01, -0.004, -2.5, 0.004, 0.01, 2.2)):
        strip = np.empty((4, 90, 160), np.float32)
        weave(picture.view(np.uint32)[..., 0], 0, gate, True, strip)
        u, v = x + gate.a * x + gate.b * y + gate.c, y + gate.d * x + gate.e * y + gate.f
        inside = (u > 3) & (u < 157) & (v > 3) & (v < 87)
        assert np.abs(strip[:3] - wave(u, v))[:, inside].max() < 1.5


def test_the_gate_keeps_a_picture_sharp() -> None:
    """A fine screen of dots loses less than a fifth of its contrast anywhere."""
    y, x = np.mgrid[0:540, 0:960]
    screen = (128 + 50 * np.cos(x * np.pi / 3) + 50 * np.cos(y * np.pi / 3)).astype(np.uint8)
    picture = np.stack([screen, screen, screen, np.full_like(screen, 255)], axis=2)
    for number in range(4):
        out = finish(picture, film(weave=0.2, exposure=number))[..., 0].astype(np.float64)
        contrast = np.sqrt(blocks(out**2, 60) - blocks(out, 60) ** 2)
        assert contrast.min() > 0.8 * screen.std()


def test_warmth_turns_white_to_lamplight_and_keeps_black() -> None:
    """At 1 white is the yellow of a lamp, still light; black and what is transparent stay."""
    assert finish(flat(255), film(warmth=1.0))[0, 0].tolist() == pytest.approx([255, 236, 186, 255], abs=1)
    assert (finish(flat(0), film(warmth=1.0)) == flat(0)).all()
    assert (finish(flat(0, alpha=0), film(warmth=1.0)) == 0).all()


def test_a_reflection_is_a_soft_band_of_light() -> None:
    """It only brightens, leaves most of the picture, has no edge, and lies still from exposure to exposure."""
    out = finish(flat(60, 540, 960), film(reflection=1.0)).astype(int)
    added = out[..., 0] - 60
    assert added.min() >= 0
    assert 50 < added.max() < 100
    assert 0.3 < (added < 4).mean() < 0.9
    assert np.abs(np.diff(blocks(added, 4), axis=1)).max() < 10
    assert (finish(flat(60, 540, 960), film(reflection=1.0, exposure=40)) == out).all()
    assert (finish(flat(255), film(reflection=1.0))[..., 0] == 255).all()


def test_dust_is_a_few_small_specks_of_one_exposure() -> None:
    """Some exposures have more, some fewer, light and dark; none covers more than a hundredth, and none stays."""
    covered = []
    for number in range(30):
        change = finish(flat(128, 540, 960), film(dust=1.0, exposure=number)).astype(int)[..., 0] - 128
        covered.append(change)
    share = np.array([(change != 0).mean() for change in covered])
    assert 0.0002 < share.mean() < 0.005
    assert share.max() < 0.01
    assert share.std() > 0.2 * share.mean()
    assert max(change.max() for change in covered) > 60
    assert min(change.min() for change in covered) < -60
    assert not np.logical_and.reduce([change != 0 for change in covered[:2]]).sum() > 40


def test_scratches_run_down_the_film_wander_and_vanish() -> None:
    """A thin upright line is seen in some exposures that follow one another, not far from where it was, and not in
    all: sixty exposures have both."""
    found: list[int | None] = []
    for number in range(200):
        change = finish(flat(128, 270, 480), film(scratches=0.15, exposure=number)).astype(int)[..., 0] != 128
        columns = change.sum(axis=0)
        assert (columns > 0).sum() < 40
        found.append(int(columns.argmax()) if columns.max() > 60 else None)
    steps = [abs(b - a) for a, b in pairwise(found) if a is not None and b is not None]
    assert None in found
    assert len(steps) > 5
    assert np.median(steps) <= 3


def test_a_missing_table_of_colours_is_told() -> None:
    """An AssetError names the file."""
    with pytest.raises(AssetError, match=r"gone\.cube"):
        finish(flat(1), film(lut=Path("gone.cube")))
