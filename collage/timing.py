"""The words of time: rates, moments, lengths, spans. Exact fractions throughout, rounded once, half up.

A *moment* is a place on the timeline (``48``, ``"2s"``, ``"beat 33"``, ``"splash+12"``), a *length* is a stretch of
it (``12``, ``"0.5s"``, ``"1 beat"``). Both are sums of terms; only a moment may hold an anchor (a cue, ``end``,
``in``, ``out``, ``beat N``, ``bar N``). Frames count from 0; a span is half-open: ``out`` is the first frame not shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from collage.errors import suggest

Written = int | str
"""A moment or a length as it stands in a file."""

_NUMBER = r"\d{1,9}(?:\.\d{1,9})?"
_TERM = re.compile(
    rf"(?P<count>{_NUMBER})\s*(?P<unit>s|frames?|f|beats?|bars?)?(?![\w.])"
    rf"|(?P<grid>beat|bar)\s+(?P<number>{_NUMBER})(?![\w.])"
    r"|(?P<anchor>[a-z][a-z0-9_]*)",
    re.ASCII,  # other scripts have digits too, that no one expects here
)
_SIGN = re.compile(r"\s*([+-])\s*")
_HABITS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<![\w.:])(\d{1,9}):(\d\d(?:\.\d{1,6})?)(?![\w.:])", re.ASCII),
     lambda match: f"{_plain(60 * Fraction(match[1]) + Fraction(match[2]))}s"),
    (re.compile(r"(?<![\w.])(?=\.\d)"), lambda match: "0"),
    (re.compile(rf"({_NUMBER})\s*(?:milliseconds?|msecs?|ms)\b", re.ASCII | re.I),
     lambda match: f"{_plain(Fraction(match[1]) / 1000)}s"),
    (re.compile(rf"({_NUMBER})\s*(?:minutes?|mins?|m)\b", re.ASCII | re.I),
     lambda match: f"{_plain(Fraction(match[1]) * 60)}s"),
    (re.compile(rf"({_NUMBER})\s*(?:seconds?|secs?|s)\b", re.ASCII | re.I), lambda match: f"{match[1]}s"),
    (re.compile("[A-Z]"), lambda match: match[0].lower()),
)  # fmt: skip
"""How times are written elsewhere, each with what it is here."""
_RATE = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(?:/(\d{1,9}))?", re.ASCII)
_UNITS = {None: "frames", "f": "frames", "frame": "frames", "frames": "frames", "s": "s", "beat": "beats",
          "beats": "beats", "bar": "bars", "bars": "bars"}  # fmt: skip


class TimeError(ValueError):
    """A moment, length or rate that can't be read or resolved; its text says how to write it."""


class Term(NamedTuple):
    """A signed amount of a unit (``frames s beats bars``), or a place: ``beat``, ``bar`` or ``cue`` with its name."""

    amount: Fraction
    unit: str
    name: str = ""


class Span(NamedTuple):
    """Frames [first, end): `end` is the first frame that is not shown."""

    first: int
    end: int

    def __contains__(self, frame: object) -> bool:
        return isinstance(frame, int) and self.first <= frame < self.end


def parse_rate(written: int | float | str) -> Fraction:
    """Frames a second as an exact fraction: ``24``, ``"24000/1001"``, ``23.976`` (read as the decimal it is)."""
    match = _RATE.fullmatch(str(written).strip())
    if not match or int(match[2] or 1) == 0:
        raise TimeError(f'can\'t read the rate {written!r}: write 24 or "24000/1001"')
    rate = Fraction(match[1]) / int(match[2] or 1)
    if not Fraction(1, 10) <= rate <= 1000:
        raise TimeError(f"a rate of {written} frames a second is out of reach: 0.1 to 1000")
    return rate


def parse_moment(written: Written) -> tuple[Term, ...]:
    """The terms of a moment, to be added up by `Clock`; TimeError says how moments are written."""
    if isinstance(written, int):
        return (Term(Fraction(written), "frames"),)
    try:
        return _terms(written)
    except TimeError as error:
        raise TimeError(_cure(written) or str(error)) from None


def _terms(written: str) -> tuple[Term, ...]:
    text, terms, place, sign = written.strip(), list[Term](), 0, 1
    if text[:1] in "+-":
        sign, place = (-1 if text[:1] == "-" else 1), 1
    while True:
        match = _TERM.match(text, place)
        if not match:
            raise TimeError(f'can\'t read the moment "{written}": write 48, "2s", "beat 33", "bar 9", a cue, "end-1s"')
        terms.append(_term(match, sign))
        joint = _SIGN.match(text, match.end())
        if joint:
            sign, place = (-1 if joint[1] == "-" else 1), joint.end()
        elif match.end() == len(text):
            return tuple(terms)
        else:
            raise TimeError(f'can\'t read the moment "{written}" after "{text[: match.end()]}": join terms by + or -')


def _cure(written: str) -> str:
    """What to say to a time as other programs write it, or to a percentage; nothing if it is neither."""
    if "%" in written:
        return f'"{written}": percentages are lengths in space, not in time: write 48 or "2s"'
    text = written.strip()
    for habit, ours in _HABITS:
        text = habit.sub(ours, text)
    try:
        _terms(text)
    except TimeError:
        return ""
    return f'can\'t read the moment "{written}". Did you mean "{text}"?' if text != written.strip() else ""


def _plain(seconds: Fraction) -> str:
    return f"{float(seconds):.6f}".rstrip("0").rstrip(".")


def parse_length(written: Written) -> tuple[Term, ...]:
    """The terms of a length; TimeError if it holds a place (a cue, ``beat 3``) where a stretch of time belongs."""
    terms = parse_moment(written)
    if any(term.unit in ("beat", "bar", "cue") for term in terms):
        raise TimeError(f'"{written}" is a moment where a length belongs: write 12, "0.5s", "1 beat", "2 bars"')
    return terms


def _term(match: re.Match[str], sign: int) -> Term:
    if match["anchor"]:
        return Term(Fraction(sign), "cue", match["anchor"])
    if match["grid"]:
        if sign < 0:
            raise TimeError(
                f'"{match[0]}" is a place and can\'t be subtracted: a length is written "1 {match["grid"]}"'
            )
        return Term(Fraction(match["number"]), match["grid"])
    unit = _UNITS[match["unit"]]
    if unit == "frames" and "." in match["count"]:
        raise TimeError(f'"{match[0]}": frames are whole; seconds are written "{match["count"]}s"')
    return Term(sign * Fraction(match["count"]), unit)


@dataclass(frozen=True, slots=True)
class Clock:
    """Turns moments into frames. `tempo` in beats a minute; `origin` is the second of the scene where beat 1 lies.

    `anchors` maps cues, and ``end``, ``in``, ``out`` where they are known, to exact frames.
    """

    rate: Fraction
    tempo: Fraction | None = None
    origin: Fraction = Fraction(0)
    bar: int = 4
    anchors: Mapping[str, Fraction] = field(default_factory=dict)

    def frames(self, terms: tuple[Term, ...]) -> Fraction:
        """The exact sum in frames; TimeError for an unknown cue, or beats without a tempo."""
        return sum((self._one(term) for term in terms), Fraction(0))

    def moment(self, written: Written) -> int:
        """The frame of a moment, rounded half up."""
        return round_half_up(self.frames(parse_moment(written)))

    def length(self, written: Written) -> Fraction:
        """The exact frames of a length."""
        return self.frames(parse_length(written))

    def knowing(self, **anchors: Fraction | int) -> Clock:
        """The same clock with more anchors."""
        known = {**self.anchors, **{name.rstrip("_"): Fraction(frame) for name, frame in anchors.items()}}
        return Clock(self.rate, self.tempo, self.origin, self.bar, known)

    def from_in(self) -> Clock:
        """The clock of a loop, whose moments count from the layer's `in`: there, `in` is 0."""
        start = self.anchors.get("in")
        if start is None:
            return self
        return self.knowing(in_=0, **({"out": self.anchors["out"] - start} if "out" in self.anchors else {}))

    def _beat(self) -> Fraction:
        if self.tempo is None:
            raise TimeError("beats and bars need a tempo: write [sound] and tempo = 112")
        return Fraction(60) / self.tempo * self.rate

    def _one(self, term: Term) -> Fraction:
        amount = term.amount
        match term.unit:
            case "frames":
                return amount
            case "s":
                return amount * self.rate
            case "beats":
                return amount * self._beat()
            case "bars":
                return amount * self._beat() * self.bar
            case "beat":
                return (amount - 1) * self._beat() + self.origin * self.rate
            case "bar":
                return (amount - 1) * self.bar * self._beat() + self.origin * self.rate
        if term.name not in self.anchors:
            raise TimeError(f'no cue "{term.name}" here.{suggest(term.name, self.anchors)}')
        return amount * self.anchors[term.name]


def round_half_up(value: Fraction) -> int:
    """To the nearest whole frame, halves towards later."""
    return math.floor(value + Fraction(1, 2))
