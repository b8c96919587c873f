"""Who has what is one of a kind, frame by frame: the ledger, made ready once so that a frame only looks it up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError
from collage.exposure.film import Reel, film_holds
from collage.exposure.holding import Hold, holds

if TYPE_CHECKING:
    from collage.stand import Stand

MOST_LINES = 6
NEWS = Fraction(1, 2)
"""Seconds for which a new holder is news."""
NOBODY = "nobody"


class Line(NamedTuple):
    """An asset and who has it, in words. `new`: they have only just got it."""

    asset: str
    words: str
    new: bool = False


class Turn(NamedTuple):
    """Frames from `first` on in which the same pieces hold an asset."""

    first: int
    words: str
    handed: bool


@dataclass(frozen=True, slots=True)
class Holders:
    """The turns of each asset of which there are only so many, by name; `news` is NEWS in frames, at least one."""

    turns: tuple[tuple[str, tuple[Turn, ...]], ...] = ()
    news: int = 1

    @classmethod
    def of(cls, stand: Stand) -> Holders:
        """Of a scene or a film. Where the ledger can't follow it, a line that says so."""
        rig = stand.rig
        rigs = rig.rigs() if isinstance(rig, Reel) else (rig,)
        copies = {name: number for each in rigs for name, number in each.assets.items() if number is not None}
        if not copies:
            return cls()
        try:
            found = film_holds(rig) if isinstance(rig, Reel) else holds(rig)
        except CollageError as error:
            return cls((("", (Turn(0, str(error), False),)),))
        held = {name: list(group) for name, group in groupby(found, key=lambda hold: hold.asset)}
        turns = tuple((name, tuple(_turns(held.get(name, []), copies[name]))) for name in sorted(copies))
        return cls(turns, max(1, int(stand.rate * NEWS)))

    def at(self, frame: int) -> tuple[Line, ...]:
        """A line for each asset, those beyond MOST_LINES counted in one more."""
        lines = [self._line(name, turns, frame) for name, turns in self.turns[:MOST_LINES]]
        more = len(self.turns) - MOST_LINES
        return (*lines, *([Line(f"and {more} more", "")] if more > 0 else ()))

    def _line(self, name: str, turns: Sequence[Turn], frame: int) -> Line:
        turn = turns[bisect_right(turns, frame, key=lambda turn: turn.first) - 1]
        return Line(name, turn.words, turn.handed and frame - turn.first < self.news)


def _turns(held: Sequence[Hold], copies: int) -> Iterator[Turn]:
    """From frame 0 on, without gaps. Turns that read alike are one."""
    cuts = sorted({0, *(hold.first for hold in held), *(hold.end for hold in held)})
    waiting, having, before = sorted(held, key=lambda hold: hold.first, reverse=True), list[Hold](), ""
    for frame in cuts:
        having = [hold for hold in having if hold.end > frame]
        while waiting and waiting[-1].first == frame:
            having.append(waiting.pop())
        words = _words(having, waiting[-1] if waiting else None, copies)
        if words != before:
            yield Turn(frame, words, handed=frame > 0 and bool(having) and having[-1].first == frame)
        before = words


def _words(having: Sequence[Hold], coming: Hold | None, copies: int) -> str:
    if having:
        names = ", ".join(sorted(_name(hold) for hold in having))
        return names if copies == 1 else f"{names} ({len(having)} of {copies})"
    return NOBODY if coming is None else f"{NOBODY}, next {_name(coming)} at {coming.first}"


def _name(hold: Hold) -> str:
    return f"{hold.holder} on {hold.carrier}" if hold.carrier else hold.holder
