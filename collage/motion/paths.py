"""Paths as SVG writes them, read into curves by arc length.

The grammar is that of SVG 2, 9.3.9 (a number may also end in its point, as in SVG 1.1): commands M L H V C S Q T A Z,
absolute or with small letters relative; numbers may touch (``1.5.5-3``), and so may flags (``a5 5 0 01 10 10``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from collage.geometry import Point
from collage.motion.curves import Path as Path
from collage.motion.curves import Piece, arc, cubic, joined, line, quadratic

MOST_CHARACTERS = 10_000
MOST_SEGMENTS = 2_000
FARTHEST = 1e6
"""Pixels: no number in a path may be larger."""

_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_TAKES |= {letter.lower(): count for letter, count in _TAKES.items()}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_FLAG = re.compile(r"[01]")
_BLANK = re.compile(r"[ \t\n\f\r]*")
_GAP = re.compile(r"[ \t\n\f\r]*(,?)[ \t\n\f\r]*")

Segment = tuple[str, list[float]]
"""A command's letter, and one set of its arguments."""


class PathError(ValueError):
    """A path that can't be read: `place` is the offset in its text, the message says what to write."""

    def __init__(self, text: str, place: int, fault: str) -> None:
        self.place = place
        near = "".join(mark if mark.isprintable() else " " for mark in text[place : place + 12])
        at = f'character {place + 1}, "{near}"' if near.strip() else "its end"
        super().__init__(f"can't read the path at {at}: {fault}")


@lru_cache(maxsize=64)
def parse_path(text: str) -> Path:
    """The curve that a path's text draws. PathError (a ValueError) names the place and the cure."""
    if len(text) > MOST_CHARACTERS:
        raise PathError(text, MOST_CHARACTERS, f"it has {len(text)} characters, draw it with {MOST_CHARACTERS} at most")
    segments = list(_segments(text))
    if not segments:
        raise PathError(text, len(text), 'it is empty: write "M 0 0 L 100 0", or leave d out for an arc of its own')
    start = segments[0][1]
    return joined(_pieces(segments), (start[0], start[1]))


def _segments(text: str) -> Iterator[Segment]:
    place, count = _skip(_BLANK, text, 0), 0
    while place < len(text):
        letter = text[place]
        if letter not in _TAKES or (not count and letter not in "Mm"):
            raise PathError(text, place, _no_command(letter, count == 0))
        place = _skip(_BLANK, text, place + 1)
        more = True
        while more:
            count += 1
            if count > MOST_SEGMENTS:
                raise PathError(text, place, f"more than {MOST_SEGMENTS} segments: draw it with fewer")
            numbers, place = _arguments(text, place, letter)
            yield letter, numbers
            more, place = _continues(text, place, letter)
            letter = {"M": "L", "m": "l"}.get(letter, letter)


def _no_command(letter: str, first: bool) -> str:
    if letter in _TAKES:
        return 'a path begins where the pen is set down: write "M 0 0" first'
    if first:
        return 'a path begins with M and a place, as "M 0 0 L 100 0"'
    return "a command (M L H V C S Q T A Z) or a number belongs here"


def _arguments(text: str, place: int, letter: str) -> tuple[list[float], int]:
    """One set of arguments and where they end."""
    numbers: list[float] = []
    for index in range(_TAKES[letter]):
        if index:
            place = _skip(_GAP, text, place)
        kind = _FLAG if letter in "Aa" and index in (3, 4) else _NUMBER
        match = kind.match(text, place)
        if not match:
            raise PathError(text, place, _missing(letter, index, kind))
        number = float(match[0])
        if abs(number) > FARTHEST:
            raise PathError(text, place, f"a number out of reach: write at most {FARTHEST:.0f} either way")
        numbers.append(number)
        place = match.end()
    return numbers, place


def _missing(letter: str, index: int, kind: re.Pattern[str]) -> str:
    if kind is _FLAG:
        return "an arc's fourth and fifth are flags, 0 or 1: A rx ry turn large sweep x y"
    count = _TAKES[letter]
    return f"{letter} takes {count} number{'s'[: count > 1]} at a time, and number {index + 1} is missing"


def _continues(text: str, place: int, letter: str) -> tuple[bool, int]:
    """Whether another set of arguments follows, and where what follows begins."""
    gap = _GAP.match(text, place)
    assert gap
    more = bool(_TAKES[letter] and _NUMBER.match(text, gap.end()))
    if gap[1] and not more:
        raise PathError(text, gap.start(1), "a comma stands between two numbers only: leave it out")
    return more, gap.end()


def _skip(blank: re.Pattern[str], text: str, place: int) -> int:
    match = blank.match(text, place)
    return match.end() if match else place


def _pieces(segments: Sequence[Segment]) -> list[Piece]:
    """What the pen draws; `control` is the last control point, for S after a cubic, T after a quadratic."""
    pieces: list[Piece] = []
    here = start = control = (0.0, 0.0)
    before = ""
    for letter, numbers in segments:
        command, points = _absolute(letter, numbers, here)
        if command in "ST":  # their first control point is the last one's mirror image
            mirrored = (2 * here[0] - control[0], 2 * here[1] - control[1])
            smooth = before in ("CS" if command == "S" else "QT")
            points = [mirrored if smooth else here, *points]
        end = points[-1] if points else start
        match command:
            case "M":
                start = end
            case "C" | "S":
                pieces.append(cubic(here, points[0], points[1], end))
            case "Q" | "T":
                pieces.append(quadratic(here, points[0], end))
            case "A":
                rx, ry, turn, large, sweep = numbers[:5]
                pieces.append(arc(here, (rx, ry), turn, large == 1, sweep == 1, end))
            case _:
                pieces.append(line(here, end))
        control = points[-2] if command in "CSQT" else end
        here, before = end, command
    return pieces


def _absolute(letter: str, numbers: Sequence[float], here: Point) -> tuple[str, list[Point]]:
    """The command in capitals, and its points on the canvas: the control points, then the end. Z has none."""
    command = letter.upper()
    x, y = (0.0, 0.0) if letter == command else here
    if command == "H":
        return command, [(x + numbers[0], here[1])]
    if command == "V":
        return command, [(here[0], y + numbers[0])]
    places = numbers[5:] if command == "A" else numbers
    return command, [(x + places[i], y + places[i + 1]) for i in range(0, len(places), 2)]
