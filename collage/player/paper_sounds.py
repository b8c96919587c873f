"""What paper sounds like when hands move it: made of noise and numbers, no recordings.

Each sound is a few bursts of noise, coloured by what they pass through (a table for the slap, the sheet itself for
the rest) and shaped by how quickly they come and go.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.float32]
    Line = npt.NDArray[np.float64]

KINDS = 5
"""How many of each sound there are, all a little different: the same one over and over sounds like a machine."""


class _Burst(NamedTuple):
    """Noise between two pitches, in Hz, that begins at a second, swells in `rise` and has died to a third `fall` later.
    grain: how much it crackles, 0 to 1."""

    begin: float
    rise: float
    fall: float
    low: float
    high: float
    loud: float
    grain: float = 0.0


class _Recipe(NamedTuple):
    """seconds: all of it.  thump: of the table, in Hz; 0 for none.  peak: how loud it gets."""

    seconds: float
    bursts: tuple[_Burst, ...]
    thump: float = 0.0
    peak: float = 0.5


RECIPES = {
    "slap": _Recipe(
        0.22,
        (
            _Burst(0.000, 0.0010, 0.012, 300, 5000, 1.0),
            _Burst(0.007, 0.0020, 0.030, 180, 1800, 0.7),
            _Burst(0.021, 0.0040, 0.022, 900, 7000, 0.16, grain=0.5),  # the edges come down after the middle
        ),
        thump=115,
        peak=0.6,
    ),
    "lift": _Recipe(
        0.26,
        (
            _Burst(0.000, 0.090, 0.045, 1600, 9000, 0.7, grain=0.8),
            _Burst(0.060, 0.050, 0.035, 700, 3200, 0.5, grain=0.4),
        ),
        peak=0.22,
    ),
    "flick": _Recipe(
        0.12,
        (
            _Burst(0.000, 0.018, 0.006, 2200, 11000, 0.5, grain=0.5),
            _Burst(0.020, 0.0006, 0.009, 1100, 8000, 1.0),
        ),
        peak=0.4,
    ),
}
NAMES = tuple(RECIPES)


@lru_cache(maxsize=len(RECIPES) * KINDS)
def made(name: str, rate: int, seed: int) -> Samples:
    """(n,) float32 at `rate` samples a second, under a third of a second, from silence to silence. The same for the
    same seed. KeyError for a name that is not in NAMES."""
    import numpy as np

    recipe, chance = RECIPES[name], np.random.default_rng([seed, NAMES.index(name)])
    times = np.arange(round(recipe.seconds * rate)) / rate
    heard = np.zeros_like(times)
    for burst in recipe.bursts:
        heard += _burst(burst, times, rate, chance)
    if recipe.thump:
        heard += _thump(recipe.thump * chance.uniform(0.9, 1.1), times)
    heard *= np.minimum(1, (times[-1] - times) / 0.02)  # to silence, however long it would ring
    heard *= recipe.peak * chance.uniform(0.85, 1) / np.abs(heard).max()
    samples = heard.astype(np.float32)
    samples.setflags(write=False)
    return samples


def _burst(burst: _Burst, times: Line, rate: int, chance: np.random.Generator) -> Line:
    import numpy as np

    noise = _between(chance.uniform(-1, 1, len(times)), burst.low, burst.high, rate)
    since = times - burst.begin * chance.uniform(0.85, 1.15)
    rise, fall = burst.rise * chance.uniform(0.9, 1.1), burst.fall * chance.uniform(0.9, 1.1)
    swell = np.clip(since / rise, 0, 1) ** 2
    envelope = swell * np.exp(-np.maximum(0, since - rise) / fall)
    shaped: Line = noise / np.abs(noise).max() * envelope * burst.loud
    shaped *= 1 - burst.grain + burst.grain * _crackle(len(times), rate, chance)
    return shaped


def _between(noise: Line, low: float, high: float, rate: int) -> Line:
    """What passes between two pitches, with slopes as soft as those of things."""
    import numpy as np

    pitches = np.fft.rfftfreq(len(noise), 1 / rate)
    passes = 1 / (1 + (low / np.maximum(pitches, 1)) ** 4) / (1 + (pitches / high) ** 4)
    coloured: Line = np.fft.irfft(np.fft.rfft(noise) * passes, len(noise))
    return coloured


def _crackle(count: int, rate: int, chance: np.random.Generator) -> Line:
    """From 0 to about 1, in some hundred leaps a second that each die away: fibres that give."""
    import numpy as np

    leaps = (chance.random(count) < 400 / rate) * chance.uniform(0.2, 1, count)
    dying = np.exp(-np.arange(round(0.006 * rate)) / (0.0015 * rate))
    crackling: Line = np.convolve(leaps, dying)[:count]
    return crackling


def _thump(pitch: float, times: Line) -> Line:
    """A table that is struck: one tone that sinks as it dies."""
    import numpy as np

    sinking = pitch * (0.75 * times - 0.25 * 0.03 * np.exp(-times / 0.03))
    thump: Line = 0.8 * np.sin(2 * np.pi * sinking) * np.exp(-times / 0.04) * np.minimum(1, times / 0.002)
    return thump
