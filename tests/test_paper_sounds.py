"""Sounds of paper, made of noise."""

from __future__ import annotations

import numpy as np
import pytest

from collage.player.paper_sounds import KINDS, NAMES, made

EVERY = [(name, seed) for name in NAMES for seed in range(KINDS)]


def pitch(samples: np.ndarray, rate: int) -> float:
    """The mean of what it is made of, in Hz."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    return float((power * np.fft.rfftfreq(len(samples), 1 / rate)).sum() / power.sum())


@pytest.mark.parametrize(("name", "seed"), EVERY)
def test_each_is_short_and_sound(name: str, seed: int) -> None:
    """Under a third of a second, heard and never too loud, from silence to silence without a click at either end."""
    samples = made(name, 48_000, seed)
    assert samples.dtype == np.float32
    assert len(samples) < 16_000
    assert 0.1 < np.abs(samples).max() < 0.7
    assert np.abs(samples[[0, -1]]).max() < 1e-3
    assert np.abs(samples.mean()) < 0.01


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_is_a_sound(name: str) -> None:
    """The same seed gives the same samples, another gives others of the same kind."""
    made.cache_clear()
    first = made(name, 48_000, 1)
    made.cache_clear()
    assert np.array_equal(first, made(name, 48_000, 1))
    other = made(name, 48_000, 2)
    assert not np.array_equal(first, other)
    assert 0.5 < pitch(first, 48_000) / pitch(other, 48_000) < 2


def test_they_are_told_apart() -> None:
    """A slap strikes at once and is low; a lift swells; a flick is over first and is high."""
    loudest = {name: int(np.abs(made(name, 48_000, 0)).argmax()) / 48 for name in NAMES}
    assert loudest["slap"] < 15
    assert loudest["lift"] > 40
    energy = {name: np.cumsum(made(name, 48_000, 0).astype(float) ** 2) for name in NAMES}
    over = {name: int(np.searchsorted(sums, 0.9 * sums[-1])) for name, sums in energy.items()}
    assert over["flick"] < over["lift"]
    assert pitch(made("slap", 48_000, 0), 48_000) < pitch(made("flick", 48_000, 0), 48_000) / 2


@pytest.mark.parametrize("rate", [22_050, 44_100, 96_000])
def test_they_last_as_long_at_any_rate(rate: int) -> None:
    """Seconds are seconds."""
    assert len(made("slap", rate, 0)) / rate == pytest.approx(len(made("slap", 48_000, 0)) / 48_000, abs=1e-3)
