"""Tracks: what a channel does over frames, from keys to a value at any frame, pure and in any order.

A key's ease is how the piece arrives at it. The first and last values hold outward; with `loop` the keys' frames count
from `start` and repeat every `loop` frames (a fraction: half a beat may be no whole number), and before `start` the
first value holds. At a key's frame the value is the key's own, to the bit.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

from collage.motion.css import Ease as Ease

Value = str | bool


@dataclass(frozen=True, slots=True)
class Track:
    """Numbers over frames. `frames` strictly ascend; `eases[i]` is the way to key i, so the first is never asked.

    All values have one length. With `loop`, frames count from `start` (the layer's in), else from the scene's 0.
    """

    frames: tuple[int, ...]
    values: tuple[tuple[float, ...], ...]
    eases: tuple[Ease, ...]
    loop: Fraction | None = None
    start: int = 0

    def at(self, frame: int) -> tuple[float, ...]:
        moment = frame if self.loop is None else _looped(frame - self.start, self.loop)
        frames, values = self.frames, self.values
        after = bisect_right(frames, moment)
        if after == 0:
            return values[0]
        before = after - 1
        first = frames[before]
        if after == len(frames) or moment == first:
            return values[before]
        way = self.eases[after]((moment - first) / (frames[after] - first))
        return tuple([a + (b - a) * way for a, b in zip(values[before], values[after], strict=True)])


@dataclass(frozen=True, slots=True)
class Steps:
    """Names or yes-and-no over frames: each value stands from its own frame until the next."""

    frames: tuple[int, ...]
    values: tuple[Value, ...]
    loop: Fraction | None = None
    start: int = 0

    def at(self, frame: int) -> Value | None:
        """The value; None only of a track without keys."""
        if not self.frames:
            return None
        moment = frame if self.loop is None else _looped(frame - self.start, self.loop)
        return self.values[max(bisect_right(self.frames, moment) - 1, 0)]


def _looped(since: int, loop: Fraction) -> float:
    """The moment within a round, whole where it is whole; before the start, earlier than every key."""
    if since < 0:
        return -math.inf
    whole, part = divmod(since * loop.denominator % loop.numerator, loop.denominator)
    return whole + part / loop.denominator if part else whole
