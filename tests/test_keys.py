"""Tracks: what lies at, between, before and after keys."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.motion.easing import parse_ease
from collage.motion.keys import Steps, Track

MONOTONE = ("linear", "in-out-sine", "out-cubic", "in-expo", "ease", "steps(3)", "hold")
values = st.floats(-1e6, 1e6)


@st.composite
def tracks(draw: st.DrawFn, eases: tuple[str, ...] = MONOTONE) -> Track:
    """Up to six keys of one number each, with eases that never overshoot."""
    frames = tuple(sorted(draw(st.sets(st.integers(-50, 200), min_size=1, max_size=6))))
    numbers = tuple((draw(values),) for _ in frames)
    return Track(frames, numbers, tuple(parse_ease(draw(st.sampled_from(eases))) for _ in frames))


def simple(*keys: tuple[int, float], ease: str = "linear", loop: Fraction | None = None, start: int = 0) -> Track:
    """A track of one number whose keys all arrive the same way."""
    return Track(tuple(k[0] for k in keys), tuple((k[1],) for k in keys), (parse_ease(ease),) * len(keys), loop, start)


@given(tracks((*MONOTONE, "out-back", "in-elastic", "spring(180, 12)")))
def test_a_key_is_met_to_the_bit(track: Track) -> None:
    """At a key's own frame the value is the key's, without drift."""
    assert [track.at(frame) for frame in track.frames] == list(track.values)


@given(tracks(), st.integers(-100, 300))
def test_between_keys_stays_between_their_values(track: Track, frame: int) -> None:
    """With eases that don't overshoot, a value lies between those of the keys around it; outside, the ends hold."""
    around = [v[0] for f, v in zip(track.frames, track.values, strict=True) if f <= frame][-1:]
    around += [v[0] for f, v in zip(track.frames, track.values, strict=True) if f >= frame][:1]
    slack = 1e-9 * max(map(abs, around))
    assert min(around) - slack <= track.at(frame)[0] <= max(around) + slack


def test_ends_hold_outward() -> None:
    """Before the first key and after the last, their values stand."""
    track = simple((10, 1.0), (20, 3.0))
    assert [track.at(f)[0] for f in (-1000, 9, 10, 15, 20, 21, 10**9)] == [1, 1, 1, 2, 3, 3, 3]


def test_the_ease_is_how_a_key_is_reached() -> None:
    """Each key's own ease shapes the way to it, not from it."""
    track = Track((0, 10, 20), ((0.0,), (1.0,), (2.0,)), tuple(map(parse_ease, ("hold", "hold", "linear"))))
    assert [track.at(f)[0] for f in (0, 5, 9, 10, 15)] == [0, 0, 0, 1, 1.5]


def test_all_numbers_of_a_value_move_together() -> None:
    """A value of several numbers eases each by the same share."""
    track = Track((0, 4), ((0.0, 100.0, -1.0), (8.0, 0.0, -1.0)), (parse_ease("linear"),) * 2)
    assert track.at(1) == (2.0, 75.0, -1.0)


def test_overshoot_is_kept() -> None:
    """An ease that overshoots carries the value beyond its key."""
    assert max(simple((0, 0.0), (24, 10.0), ease="out-back").at(f)[0] for f in range(25)) > 10.5


@given(st.integers(1, 90), st.integers(1, 6), st.integers(0, 400), st.integers(0, 50))
def test_a_loop_repeats(length: int, parts: int, frame: int, start: int) -> None:
    """With a loop of any exact length, whole rounds later the value is the same, and keys are met in every round."""
    loop = Fraction(length, parts)
    track = simple((0, 0.0), (7, 5.0), (30, -2.0), ease="in-out-sine", loop=loop, start=start)
    later = frame + length  # `parts` whole rounds
    assert track.at(start + frame) == track.at(start + later)
    if loop > 7:
        assert track.at(start + 7 + length) == (5.0,)


def test_a_loop_counts_from_its_start() -> None:
    """Moments of a loop count from the layer's in; before it, the first value holds, even with keys before 0."""
    track = simple((-2, 9.0), (0, 0.0), (10, 10.0), loop=Fraction(10), start=100)
    assert [track.at(f)[0] for f in (0, 99, 100, 105, 109, 110, 115)] == [9, 9, 0, 5, 9, 0, 5]


def test_a_loop_of_a_fraction_keeps_time() -> None:
    """A loop of 2.5 frames is in the middle of a frame every other round."""
    track = simple((0, 0.0), (2, 20.0), loop=Fraction(5, 2))
    assert [track.at(f)[0] for f in range(6)] == [0, 10, 20, 5, 15, 0]


def test_after_its_last_key_a_loop_waits() -> None:
    """Keys shorter than the loop hold their last value until the next round."""
    assert [simple((0, 0.0), (2, 4.0), loop=Fraction(5)).at(f)[0] for f in range(7)] == [0, 2, 4, 4, 4, 0, 2]


@given(
    st.dictionaries(st.integers(-20, 100), st.sampled_from(["shut", "open", "none"]), min_size=1), st.integers(-50, 150)
)
def test_steps_stand_until_the_next(keys: dict[int, str], frame: int) -> None:
    """A discrete value holds from its own frame to the next key's; the first holds outward too."""
    frames = tuple(sorted(keys))
    passed = [f for f in frames if f <= frame] or [frames[0]]
    assert Steps(frames, tuple(keys[f] for f in frames)).at(frame) == keys[passed[-1]]


@pytest.mark.parametrize(
    ("frame", "value"), [(0, "a"), (9, "a"), (10, "a"), (13, "b"), (15, "a"), (18, "b"), (108, "b")]
)
def test_steps_loop(frame: int, value: str) -> None:
    """A discrete loop counts from its start and repeats."""
    assert Steps((0, 3), ("a", "b"), Fraction(5), 10).at(frame) == value
