"""A level for each frame: where it listens, and how loud counts as how much."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.sound.decode import Sound
from collage.sound.levels import Level, levels, together

FULL = math.sqrt(0.5)
"""Steady samples as loud as a sine at full scale."""


def sound(*values: float, each: int = 100, rate: int = 1000, channels: int = 1) -> Sound:
    """So many samples of each value, in every channel."""
    return Sound(rate, np.repeat(np.array(values, np.float32), each)[:, None].repeat(channels, 1))


def heard(from_: Sound, offset: Fraction | int = 0, frames: int = 3, gain: float = 0) -> tuple[float, ...]:
    """At ten frames a second, of 100 samples each."""
    return levels(from_, Fraction(offset), Fraction(10), frames, gain)


def test_a_sine_at_full_scale_is_one() -> None:
    """The reference of digital levels, in one channel or in two."""
    wave = np.sin(np.arange(48_000) * math.tau / 100).astype(np.float32)[:, None]
    for samples in (wave, wave.repeat(2, 1)):
        assert levels(Sound(48_000, samples), Fraction(0), Fraction(24), 24, 0) == pytest.approx([1] * 24, abs=1e-5)


def test_half_as_loud_is_an_eighth_less() -> None:
    """Halving takes 6.02 dB of the 48, down to nothing."""
    got = heard(sound(FULL, FULL / 2, FULL / 4, FULL / 256, FULL / 300), frames=5)
    fall = 20 * math.log10(2) / 48
    assert got == pytest.approx([1, 1 - fall, 1 - 2 * fall, 0, 0], abs=1e-6)


def test_silence_is_nothing_and_too_loud_is_one() -> None:
    """0 for silence at any gain, 1 beyond full scale: never less, more, or infinite."""
    assert heard(sound(0, 1, 3e38), gain=24) == (0, 1, 1)


def test_one_loud_channel_of_two_counts_half() -> None:
    """The power is that of both channels, 3 dB less than if both sounded."""
    samples = np.array([[FULL, 0]] * 100, np.float32)
    assert heard(Sound(1000, samples), frames=1) == pytest.approx([1 - 10 * math.log10(2) / 48], abs=1e-6)


def test_gain_is_in_decibels() -> None:
    """24 dB are half the range."""
    assert heard(sound(FULL), frames=1, gain=-24) == pytest.approx([0.5], abs=1e-6)


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, (1, 0, 1)), (Fraction(1, 10), (0, 1, 0)), (Fraction(-1, 10), (0, 1, 0)), (9, (0, 0, 0)), (-9, (0, 0, 0))],
)
def test_the_offset_moves_the_sound(offset: Fraction | int, expected: tuple[float, ...]) -> None:
    """A positive one skips the beginning, a negative one waits; outside of the sound it is still."""
    assert heard(sound(FULL, 0, FULL), offset) == pytest.approx(expected, abs=1e-6)


def test_frames_that_are_no_whole_samples_do_not_drift() -> None:
    """At 30000/1001 frames a second a click in the middle of frame 29,970 is heard there and nowhere beside."""
    rate = Fraction(30_000, 1001)
    samples = np.zeros((8000 * 1001, 1), np.float32)
    samples[int((29_970 + Fraction(1, 2)) / rate * 8000)] = 1
    assert [
        frame for frame, level in enumerate(levels(Sound(8000, samples), Fraction(0), rate, 29_980, 0)) if level
    ] == [29_970]


@pytest.mark.parametrize(("offset", "expected"), [(Fraction(99, 1000), 1), (Fraction(199, 2000), 0), (0, 1)])
def test_a_frame_hears_what_begins_in_it(offset: Fraction, expected: float) -> None:
    """A sample counts from its own moment on: half a sample later the frame has missed it."""
    assert math.ceil(heard(sound(FULL, 0), offset, frames=1)[0]) == expected


def test_a_frame_shorter_than_a_sample_hears_one() -> None:
    """At more frames a second than samples none is left without."""
    assert levels(sound(FULL, rate=10), Fraction(0), Fraction(100), 20, 0) == pytest.approx([1] * 20, abs=1e-6)


@given(st.integers(-50, 50), st.integers(1, 20), st.floats(-60, 24))
def test_levels_are_shares_of_six_digits(tenths: int, frames: int, gain: float) -> None:
    """As many as asked for, each from 0 to 1 and rounded, whatever the offset and the gain."""
    got = heard(sound(0.001, 0.3, 0.05, 2), Fraction(tenths, 7), frames, gain)
    assert len(got) == frames
    assert all(0 <= level <= 1 and level == round(level, 6) for level in got)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [(0, 0.1), (0.49, 0.1), (0.5, 0.2), (2.4, 0.3), (2.5, 0), (3, 0), (-0.5, 0.1), (-0.6, 0), (1e300, 0),
     (math.inf, 0), (-math.inf, 0), (math.nan, 0)],
)  # fmt: skip
def test_between_frames_the_nearest_counts(frame: float, expected: float) -> None:
    """Halves go up; outside, and where the number is none, it is 0."""
    assert Level((0.1, 0.2, 0.3)).at(frame) == expected
    assert Level(()).at(frame) == 0


def test_sounds_at_once_add_their_powers() -> None:
    """Two alike are 3 dB louder, a sixteenth; silence adds nothing; nothing is louder than 1."""
    louder = 10 * math.log10(2) / 48
    assert together([(0.5, 0.0, 1.0)] * 2) == pytest.approx((0.5 + louder, 0.0, 1.0), abs=1e-6)
    assert together([(0.5, 0.2), (0.0, 0.0)]) == (0.5, 0.2)
    assert together([(0.1, 0.2)]) == (0.1, 0.2)
