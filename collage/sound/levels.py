"""How loud a sound is at each frame: what opens a mouth, and what a lamp or a heart beats to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collage.sound.decode import Sound

RANGE = 48.0
"""Decibels from the quietest that shows to the loudest."""
_SINE = 0.5
"""The mean square of a sine at full scale: the 0 dB of digital levels (AES17)."""


class Level(NamedTuple):
    """One level a frame, as moves and formulas ask for it: `Level(levels(…)).at`."""

    levels: tuple[float, ...]

    def at(self, frame: float) -> float:
        """The level of the nearest frame (halves go up), 0 before the first and after the last."""
        if not -0.5 <= frame < len(self.levels):  # also what is not a number
            return 0.0
        nearest = math.floor(frame + 0.5)
        return self.levels[nearest] if nearest < len(self.levels) else 0.0


def levels(sound: Sound, offset: Fraction, rate: Fraction, frames: int, gain: float = 0.0) -> tuple[float, ...]:
    """One level from 0 to 1 for each of so many frames, of the samples that are played while the frame is seen.

    `offset` is the second of the sound that frame 0 begins with, negative if the sound begins later; `rate` is in
    frames a second, `gain` in dB. The root mean square over the frame and both channels, in dB as meters show it, is
    spread over 48 dB: a sine at full scale is 1, each 6 dB below it is ⅛ less, and −48 dB, or no sound, is 0. Ears
    judge by ratios, so a mouth opens for speech (about −25 to −15 dB: a half to two thirds) and shuts in its pauses.
    Rounded to six digits, that processors may agree. A frame shorter than a sample hears the sample it begins with.
    """
    first, step = offset * sound.rate, sound.rate / rate
    starts = [math.ceil(first + step * frame) for frame in range(frames + 1)]
    return tuple(_level(sound, start, max(end, start + 1), gain) for start, end in pairwise(starts))


def _level(sound: Sound, start: int, end: int, gain: float) -> float:
    """Of the samples from `start` up to `end`; what lies outside of the sound is silent."""
    import numpy as np

    inside = sound.samples[max(start, 0) : max(end, 0)]
    power = float(np.square(inside, dtype=np.float64).sum()) / ((end - start) * sound.samples.shape[1])
    if power == 0:
        return 0.0
    decibels = 10 * math.log10(power / _SINE) + gain
    return round(min(max(1 + decibels / RANGE, 0.0), 1.0), 6)


def together(several: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The levels of sounds that are heard at once: their powers add up, as those of unlike sounds do."""
    if len(several) == 1:
        return several[0]
    return tuple(_added(at_once) for at_once in zip(*several, strict=True))


def _added(at_once: tuple[float, ...]) -> float:
    power = sum(10 ** ((level - 1) * RANGE / 10) for level in at_once if level)
    return round(min(max(1 + 10 * math.log10(power) / RANGE, 0.0), 1.0), 6) if power else 0.0
