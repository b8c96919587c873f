"""Motion blur: the places that a piece goes through while the shutter is open, and the mean of its pictures there."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from collage.geometry import Affine, Box
from collage.glass.compiled import kernel
from collage.glass.ground import Pixels, size

STEP = 1.5
"""Pixels between neighbouring pictures, of the corner that goes farthest."""
MOST = 48
"""Pictures at most: beyond 72 pixels they stand further apart, as in a film shot with a flickering lamp."""
LEAST_WAY = 0.25
"""Pixels. Who moves less, stands."""
FARTHEST = 1e12
"""Pixels, or times, beyond which numbers are no motion."""
_LEGS = 8
_STRIP = 1 << 16
"""Pixels of a strip."""


def way(move: Affine, corners: npt.NDArray[np.float64]) -> tuple[Affine, ...]:
    """Where things go on the canvas until `move` has carried them there: maps of the canvas, evenly spread in time,
    each for the middle of its share; none if nothing goes as far as one could see.

    `corners` (n, 2) hold the piece on the canvas. Its centre goes straight, its turn and stretch go evenly.
    """
    if not all(abs(part) < FARTHEST for part in move) or move.determinant <= 0:
        return ()
    longest = _longest(move, corners)
    if longest < LEAST_WAY:
        return ()
    count = min(max(math.ceil(longest / STEP), 2), MOST)
    return tuple(_part(move, corners, (step + 0.5) / count) for step in range(count))


def _longest(move: Affine, corners: npt.NDArray[np.float64]) -> float:
    """The way of the corner that goes farthest, as a chain of short legs."""
    points = np.stack([_carried(_part(move, corners, leg / _LEGS), corners) for leg in range(_LEGS + 1)])
    return float(np.hypot(*np.moveaxis(np.diff(points, axis=0), -1, 0)).sum(axis=0).max())


def _carried(move: Affine, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    turned: npt.NDArray[np.float64] = points @ np.array([(move.a, move.b), (move.c, move.d)])
    return np.add(turned, (move.e, move.f))


def _part(move: Affine, corners: npt.NDArray[np.float64], share: float) -> Affine:
    """A share of a motion: [[a, c], [b, d]] = turn · stretch, the stretch symmetric (polar decomposition)."""
    a, b, c, d, _, _ = move
    angle = math.atan2(b - c, a + d)
    cos, sin = math.cos(angle), math.sin(angle)
    wide, slant, high = (cos * a + sin * b - 1, cos * c + sin * d, cos * d - sin * c - 1)  # turned back, less the unit
    cos, sin = math.cos(angle * share), math.sin(angle * share)
    wide, slant, high = 1 + wide * share, slant * share, 1 + high * share
    a, b, c, d = cos * wide - sin * slant, sin * wide + cos * slant, cos * slant - sin * high, sin * slant + cos * high
    x, y = (float(corners[:, axis].min() + corners[:, axis].max()) / 2 for axis in (0, 1))
    there = move.at((x, y))
    u, v = (start + (end - start) * share for start, end in zip((x, y), there, strict=True))
    return Affine(a, b, c, d, u - a * x - c * y, v - b * x - d * y)


def averaged(box: Box, way: Sequence[Affine], draw: Callable[[Affine, Box, Pixels], None]) -> Pixels:
    """The mean of what `draw` fills a part of a box with for each map of a way, rounded once, half up.

    In strips that stay in the processor's cache, which also keeps the sums small however large the box is.
    """
    height, width = size(box)
    out, rows = np.empty((height, width, 4), np.uint8), max(_STRIP // max(width, 1), 16)
    for top in range(0, height, rows):
        part = out[top : top + rows]
        strip = Box(box.x0, box.y0 + top, box.x1, box.y0 + top + len(part))
        sums, one = np.zeros(part.size, np.uint16), np.empty(part.shape, np.uint8)
        for move in way:
            draw(move, strip, one)
            _add(sums, one.reshape(-1))
        _divide(sums, len(way), part.reshape(-1))
    return out


@kernel
def _add(sums: npt.NDArray[np.uint16], part: Pixels) -> None:
    for i in range(part.size):
        sums[i] += np.uint16(part[i])


@kernel
def _divide(sums: npt.NDArray[np.uint16], count: int, out: Pixels) -> None:
    half, whole = np.uint32(count // 2), np.uint32(count)
    for i in range(out.size):
        out[i] = np.uint8((np.uint32(sums[i]) + half) // whole)
