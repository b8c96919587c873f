"""What every instrument and every paper noise is made of: chance from a name, coloured noise, things that ring."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

RATE = 48_000
BEAT = 24_000
"""Samples of a beat at 120 a minute: beat n starts at sample (n - 1) * BEAT, exactly."""
HIGHEST = 18_000
"""Hz; nothing is made above, so nothing folds down."""

Line = npt.NDArray[np.float64]
Mode = tuple[float, float, float]
"""Hz, share, and the seconds after which it has died to a third."""


def chance(*key: object) -> np.random.Generator:
    """Dice that belong to one thing alone, so that any bar can be played without those before it."""
    digest = blake2b("/".join(map(str, ("funhouse", *key))).encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest, "little"))


def clock(seconds: float) -> Line:
    """The second of each sample."""
    return np.arange(round(seconds * RATE)) / RATE


def hertz(pitch: float) -> float:
    """Of a key, counted in half-tones with 69 for a' at 440 Hz."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def hiss(count: int, low: float, high: float, dice: np.random.Generator) -> Line:
    """Noise between two pitches with slopes of 12 dB an octave, its loudest sample 1."""
    pitches = np.fft.rfftfreq(count, 1 / RATE)
    passes = 1 / (1 + (low / np.maximum(pitches, 1)) ** 4) / (1 + (pitches / high) ** 4)
    noise = np.fft.irfft(np.fft.rfft(dice.uniform(-1, 1, count)) * passes, count)
    return noise / np.abs(noise).max()


def rung(seconds: float, modes: Sequence[Mode], rise: float = 0.0006) -> Line:
    """A struck thing: tones that die, each at its own pace, brought to silence at the end."""
    t = clock(seconds)
    heard = np.zeros_like(t)
    for pitch, share, fall in modes:
        if pitch < HIGHEST:
            heard += share * np.exp(-t / fall) * np.sin(2 * np.pi * pitch * t)
    return heard * np.minimum(1, t / rise) * ending(t)


def burst(t: Line, begin: float, rise: float, fall: float) -> Line:
    """From 0 up to 1 in `rise` and down to a third `fall` later."""
    since = t - begin
    return np.clip(since / rise, 0, 1) ** 2 * np.exp(-np.maximum(0, since - rise) / fall)


def ending(t: Line, last: float = 0.02) -> Line:
    """1, and down to 0 in the last hundredths, however long it would ring."""
    return np.minimum(1, (t[-1] - t) / last)


def turned(pitches: Line) -> Line:
    """The phase, in radians, of a tone whose pitch changes, in Hz at each sample."""
    return 2 * np.pi * np.cumsum(pitches) / RATE


def lay(onto: Line, sound: Line, start: int) -> None:
    """Add a sound to samples (n, …) from a place on; what lies outside them is not heard."""
    first, last = max(start, 0), min(start + len(sound), len(onto))
    if first < last:
        onto[first:last] += sound[first - start : last - start]
