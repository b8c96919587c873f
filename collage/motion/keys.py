"""Tracks: what a channel does over frames, from keys to a value at any frame, pure and in any order.

A key's ease is how the piece arrives at it. The first and last values hold outward; with `loop` the keys' frames count
from `start` and repeat every `loop` frames (a fraction: half a beat may be no whole number), and before `start` the
first value holds. At a key's frame the value is the key's own, to the bit.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from collage.motion.css import Ease as Ease

V = TypeVar("V")
Curve = Callable[[int], float]
"""One number over frames."""


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
        return tuple([curve(frame) for curve in self.curves()])

    def curves(self) -> tuple[Curve, ...]:
        """A function of the frame for each number of the values: what is asked every frame, made once."""
        return tuple(self._curve(tuple([value[part] for value in self.values])) for part in range(len(self.values[0])))

    def _curve(self, values: tuple[float, ...]) -> Curve:
        frames, eases, last = self.frames, self.eases, len(self.frames)

        def curve(moment: float) -> float:
            after = bisect_right(frames, moment)
            if after == 0:
                return values[0]
            first, value = frames[after - 1], values[after - 1]
            if after == last or moment == first:
                return value
            return value + (values[after] - value) * eases[after]((moment - first) / (frames[after] - first))

        loop, start = self.loop, self.start
        return curve if loop is None else lambda frame: curve(_looped(frame - start, loop))


@dataclass(frozen=True, slots=True)
class Steps(Generic[V]):
    """Names or yes-and-no over frames: each value stands from its own frame until the next."""

    frames: tuple[int, ...]
    values: tuple[V, ...]
    loop: Fraction | None = None
    start: int = 0

    def at(self, frame: int) -> V:
        """The value at a frame; of the first key before it."""
        moment = frame if self.loop is None else _looped(frame - self.start, self.loop)
        return self.values[max(bisect_right(self.frames, moment) - 1, 0)]


def _looped(since: int, loop: Fraction) -> float:
    """The moment within a round, whole where it is whole; before the start, earlier than every key."""
    if since < 0:
        return -math.inf
    whole, part = divmod(since * loop.denominator % loop.numerator, loop.denominator)
    return whole + part / loop.denominator if part else whole
