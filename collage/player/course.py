"""Which samples of a mix are heard as a playhead runs, over and over: pure arithmetic, exact however long it runs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from collage.player.clock import SECOND, Playhead

ALIKE = Fraction(1, 500)
"""Seconds two courses may differ by and be heard as the same."""


class Stretch(NamedTuple):
    """So many samples of a mix from `first` on; silence, where `first` is below 0."""

    first: int
    samples: int


@dataclass(frozen=True, slots=True)
class Course:
    """A playhead's way through a mix of `rate` samples a second from the time `since` on. Its own samples count from 0
    there and never return; those of the mix do, each time the playhead begins again.

    In samples of the mix, exact: it sets out at `anchor`, and at `turn`, if it plays on at all, begins again at `first`
    and goes round in `length`. A frame begins with the first sample that lies at or after its moment.
    """

    rate: int
    since: int
    anchor: Fraction
    turn: Fraction
    first: Fraction
    length: Fraction
    loop: bool

    @classmethod
    def of(cls, head: Playhead, rate: int) -> Course:
        """Of a playhead that runs forwards, as fast as life."""
        assert head.since is not None
        assert head.speed == 1
        first, end = head.span
        last = end if head.anchor < end else head.end
        anchor, turn, again, length = (frame / head.rate * rate for frame in (head.anchor, last, first, end - first))
        return cls(rate, head.since, anchor, turn, again, length, head.loop)

    def sample(self, now: int) -> int:
        """The first of its own samples that is due at `now` or later."""
        return max(0, -(-(now - self.since) * self.rate // SECOND))

    def stretches(self, first: int, count: int) -> Iterator[Stretch]:
        """What of the mix is heard for `count` of its own samples from `first` on."""
        end = first + count
        while first < end:
            begun, turn = self._round(Fraction(first))
            if begun and not self.loop:
                to, place = end, first - end
            else:
                to = min(end, math.ceil(turn))
                place = first + math.ceil(self.first - begun if begun else self.anchor)
            yield Stretch(place, to - first)
            first = to

    def agrees(self, other: Course, now: int) -> bool:
        """Whether nobody would hear a change to the other at `now`."""
        if (self.rate, self.first, self.length, self.loop) != (other.rate, other.first, other.length, other.loop):
            return False
        (place, left), (theirs, theirs_left) = self._at(now), other._at(now)
        return max(abs(place - theirs), abs(left - theirs_left)) <= self.rate * ALIKE

    def _at(self, now: int) -> tuple[Fraction, Fraction]:
        """Where in the mix it is, and how far from there it goes."""
        own = max(Fraction(0), Fraction((now - self.since) * self.rate, SECOND))
        begun, turn = self._round(own)
        return own - begun + self.first if begun else self.anchor + own, turn - own

    def _round(self, own: Fraction) -> tuple[Fraction, Fraction]:
        """Between which of its own samples it goes round then; from 0 until it first turns."""
        turn = self.turn - self.anchor
        if own < turn:
            return Fraction(0), turn
        begun = turn + (own - turn) // self.length * self.length
        return begun, begun + self.length
