"""Curves by arc length: pieces of lines, Béziers and ellipses laid end to end and asked for by the pixels gone.

Each piece is cut once into chords that stay within 0.01 px of it, so that asking is a search and a few sums.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from collage.geometry import Point

_NEAR = 0.01
_FINEST = 500  # chords a piece: enough for a curve across four large canvases
_MOST_CHORDS = 10_000  # of a whole path; beyond, all its pieces are cut more coarsely
_GENTLE = 0.5
_SPECK = 1e-9
_THINNEST = 1e-6
Sample = tuple[float, float, float, float]
"""x, y, and the velocity there: in pixels for the whole piece."""
Chord = tuple[float, float, float, float, float, float]
"""x and y where it begins, what they gain a pixel gone, the heading there in degrees, what it gains a pixel gone."""


class Piece(NamedTuple):
    """A stretch of curve: its sample at a share 0 to 1, and a bound of its second derivative by that share."""

    at: Callable[[float], Sample]
    bend: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A curve by the pixels gone along it; jumps between its parts take none. `parse_path` makes them.

    `length` in pixels; `starts` the pixels gone at the beginning of each chord.
    """

    length: float
    starts: tuple[float, ...]
    chords: tuple[Chord, ...]

    def at(self, gone: float) -> tuple[float, float, float]:
        """x, y and heading `gone` pixels from the start; before it and after the end, the nearest of the two.

        The heading is in degrees, 0 to the right and 90 down. It goes on beyond 180 where the path curls, so it jumps
        at corners only.
        """
        starts = self.starts
        gone = 0.0 if gone < 0.0 else gone if gone < self.length else self.length
        index = bisect_right(starts, gone) - 1
        x, y, across, down, heading, change = self.chords[index]
        gone -= starts[index]
        return x + across * gone, y + down * gone, heading + change * gone


def joined(pieces: Sequence[Piece], start: Point) -> Path:
    """The path of all pieces in turn; without any that has a length, one that stays at `start`."""
    length, heading, starts, chords = 0.0, 0.0, list[float](), list[Chord]()
    for piece, count in zip(pieces, _counts(pieces), strict=True):
        for one, two in pairwise([piece.at(step / count) for step in range(count + 1)]):
            across, down = two[0] - one[0], two[1] - one[1]
            if math.hypot(across, down) < _SPECK:
                continue
            first = _beside(_heading(one, across, down, count), heading)
            heading = _beside(_heading(two, across, down, count), first)
            far = _arc_length(math.hypot(across, down), math.radians(heading - first))
            starts.append(length)
            chords.append((one[0], one[1], across / far, down / far, first, (heading - first) / far))
            length += far
    if not starts:
        return Path(0.0, (0.0,), ((*start, 0.0, 0.0, 0.0, 0.0),))
    return Path(length, tuple(starts), tuple(chords))


def _counts(pieces: Sequence[Piece]) -> list[int]:
    """Into how many chords each is cut: n of them stray at most bend / 8n²; all together are bounded."""
    counts = [min(max(math.ceil(math.sqrt(piece.bend / (8 * _NEAR))), 1), _FINEST) for piece in pieces]
    share = min(_MOST_CHORDS / max(sum(counts), 1), 1.0)
    return [max(int(count * share), 1) for count in counts]


def _arc_length(chord: float, turn: float) -> float:
    """Of a gentle arc that turns so many radians over its chord; the chord itself where it is a corner."""
    return chord * (1.0 + turn * turn / 24.0) if abs(turn) < _GENTLE else chord


def _heading(sample: Sample, across: float, down: float, count: int) -> float:
    """Along the velocity, or where that dies away, along the chord."""
    fast, chord = math.hypot(sample[2], sample[3]), math.hypot(across, down) * count
    return math.degrees(math.atan2(sample[3], sample[2]) if fast > 1e-6 * chord else math.atan2(down, across))


def _beside(heading: float, before: float) -> float:
    """The same direction, written as near to the one before as can be."""
    return heading + 360.0 * round((before - heading) / 360.0)


def line(start: Point, end: Point) -> Piece:
    (x, y), across, down = start, end[0] - start[0], end[1] - start[1]
    return Piece(lambda share: (x + across * share, y + down * share, across, down))


def quadratic(start: Point, control: Point, end: Point) -> Piece:
    """As the cubic it also is."""
    return cubic(start, _toward(start, control), _toward(end, control), end)


def _toward(end: Point, control: Point) -> Point:
    return end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3


def cubic(start: Point, first: Point, second: Point, end: Point) -> Piece:
    """A Bézier in Bernstein's form; its second derivative is at most six times its largest second difference."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, first, second, end

    def at(u: float) -> Sample:
        v = 1.0 - u
        a, b, c, d = v * v * v, 3 * v * v * u, 3 * v * u * u, u * u * u
        e, f, g = 3 * v * v, 6 * v * u, 3 * u * u
        return (
            a * x0 + b * x1 + c * x2 + d * x3,
            a * y0 + b * y1 + c * y2 + d * y3,
            e * (x1 - x0) + f * (x2 - x1) + g * (x3 - x2),
            e * (y1 - y0) + f * (y2 - y1) + g * (y3 - y2),
        )

    bend = max(math.hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), math.hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3))
    return Piece(at, 6 * bend)


def arc(start: Point, radii: tuple[float, float], turn: float, large: bool, clockwise: bool, end: Point) -> Piece:
    """An arc of an ellipse turned by `turn` degrees, between two points, by the notes F.6.5 and F.6.6
    of SVG 1.1.

    Radii too short to span the points are lengthened; with none, or from a point to itself, it is a line. `clockwise`
    is SVG's sweep flag.
    """
    rx, ry = abs(radii[0]), abs(radii[1])
    if min(rx, ry) < _THINNEST or math.dist(start, end) < _SPECK:
        return line(start, end)
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = (cos * half_x + sin * half_y) / rx, (cos * half_y - sin * half_x) / ry  # on a circle of radius 1
    reach = math.hypot(x, y)
    if reach > 1.0:
        rx, ry, x, y, reach = rx * reach, ry * reach, x / reach, y / reach, 1.0
    aside = math.sqrt(max(1.0 - reach * reach, 0.0)) / reach * (-1 if large == clockwise else 1)
    middle_x, middle_y = aside * y, -aside * x
    first = math.atan2(y - middle_y, x - middle_x)
    sweep = math.atan2(-y - middle_y, -x - middle_x) - first
    sweep += math.tau if clockwise and sweep < 0 else -math.tau if not clockwise and sweep > 0 else 0.0
    centre_x = cos * rx * middle_x - sin * ry * middle_y + (start[0] + end[0]) / 2
    centre_y = sin * rx * middle_x + cos * ry * middle_y + (start[1] + end[1]) / 2

    def at(share: float) -> Sample:
        angle = first + sweep * share
        along, across = rx * math.cos(angle), ry * math.sin(angle)
        fast, aslant = -sweep * rx * math.sin(angle), sweep * ry * math.cos(angle)
        return (
            centre_x + cos * along - sin * across,
            centre_y + sin * along + cos * across,
            cos * fast - sin * aslant,
            sin * fast + cos * aslant,
        )

    return Piece(at, sweep * sweep * max(rx, ry))
