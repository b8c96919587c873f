"""Which frame of a nested scene shows: its clock starts with the layer, and keys or a formula may take it over."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from collage.motion.keys import Curve
from collage.timing import Span


@dataclass(frozen=True, slots=True)
class NestedClock:
    """`start` is the inner frame shown at the layer's `first`; from there on `speed` inner frames go by in one of the
    outer scene, backwards below 0. `loop` starts over after so many inner frames; at 0 all of them go round. The last
    frame holds, and so does the first.

    By itself the clock runs on exact frames, so that the inner scene keeps its own exposures; a `curve` of keys, in
    inner frames, replaces it and is held for the layer's exposures as every pose is; so is a `formula`.
    """

    start: Fraction
    speed: Fraction
    loop: Fraction | None
    length: int
    first: int
    curve: Curve | None = None
    formula: Callable[[float, int, int], float] | None = None
    keyed: Span | None = None
    """From the first key to the last: the curve rests outside."""

    def at(self, frame: int, exposure: int, number: int) -> int:
        """The inner frame; `frame` and `exposure` are on the layer's own clock."""
        if self.curve is None and self.formula is None:
            return self._within(self.start + self.speed * (frame - self.first), self.speed < 0)
        value = float(self.start + self.speed * (exposure - self.first))
        if self.curve is not None:
            value = self.curve(exposure)
        if self.formula is not None:
            value = self.formula(value, exposure, number)
        # the nearest millionth of a frame: an ease that should reach 12 may end a rounding below it
        return self._within(Fraction(round(value * 1_000_000), 1_000_000))

    def _within(self, value: Fraction, backwards: bool = False) -> int:
        if self.loop:
            gone = value - self.start
            value = self.start + (-(-gone % self.loop) if backwards else gone % self.loop)
        # backwards a frame lasts from its number down to the one before, so that each shows equally long
        whole = math.ceil(value) if backwards else math.floor(value)
        return whole % self.length if self.loop == 0 else min(max(whole, 0), self.length - 1)


STILL = NestedClock(Fraction(0), Fraction(0), None, 1, 0)
"""Until a layer's own is known."""
