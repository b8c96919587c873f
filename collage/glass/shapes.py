"""How far flat shapes cover pixels: cards are drawn, panes are clipped, by the same edges; and what in a picture is a
flat shape.

Edges are soft by one pixel. Each row knows where it is surely inside or outside, so that only edges cost arithmetic.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.geometry import Affine, Box
from collage.glass.compiled import kernel
from collage.glass.kernels import Words, scaled

Line = npt.NDArray[np.float64]
Survey = npt.NDArray[np.int32]
SQUARE = 8
"""Pixels of a side, where a picture is surveyed."""

LINES = 64
"""Sampled in each row of an ellipse: its edge is exact along the row and known to 1/64 down it."""


def edges(matrix: Affine, size: tuple[float, float], box: Box) -> tuple[Line, Line]:
    """The sides of the rectangle (0, 0, *size) under `matrix`, in the pixels of a patch that lies at `box`.

    Each is (p, q, r, length): p·x + q·y + r is a point's distance in canvas pixels from the left (then: the top) edge,
    `length` the distance between the two edges.
    """
    back = matrix.inverse()
    across, down = (
        _line(steep := math.hypot(p, q), p, q, r, box, length / steep)
        for p, q, r, length in ((back.a, back.c, back.e, size[0]), (back.b, back.d, back.f, size[1]))
    )
    return across, down


def axes(matrix: Affine, size: tuple[float, float], box: Box) -> tuple[Line, Line]:
    """The same of the ellipse in that rectangle: (p, q, r) twice, which take a patch's points to a unit circle's."""
    back = matrix.inverse()
    wide, high = size[0] / 2, size[1] / 2
    return _line(wide, back.a, back.c, back.e - wide, box), _line(high, back.b, back.d, back.f - high, box)


def _line(unit: float, p: float, q: float, r: float, box: Box, *length: float) -> Line:
    return np.array([p / unit, q / unit, (p * box.x0 + q * box.y0 + r) / unit, *length])


@njit(inline="always")
def _ramp(distance: float) -> float:
    return min(max(distance + 0.5, 0.0), 1.0)


@njit(inline="always")
def cover(across: Line, down: Line, x: int, y: int) -> float:
    """How much of a pixel lies inside the edges, judged by its centre."""
    u = across[0] * (x + 0.5) + across[1] * (y + 0.5) + across[2]
    v = down[0] * (x + 0.5) + down[1] * (y + 0.5) + down[2]
    return (_ramp(u) - _ramp(u - across[3])) * (_ramp(v) - _ramp(v - down[3]))


@njit()
def _between(edge: Line, y: int, room: float, width: int) -> tuple[int, int]:
    """The columns [start, end) of a row whose centres lie between two edges, both moved outward by `room`."""
    level = edge[1] * (y + 0.5) + edge[2]
    low, high = -room - level, edge[3] + room - level
    if edge[0] == 0.0:
        return (0, width) if low <= 0.0 <= high else (0, 0)
    if edge[0] < 0.0:
        low, high = high, low
    start, end = np.ceil(low / edge[0] - 0.5), np.floor(high / edge[0] - 0.5) + 1.0
    return int(min(max(start, 0.0), width)), int(min(max(end, 0.0), width))


@njit()
def touched_and_full(across: Line, down: Line, y: int, width: int) -> tuple[int, int, int, int]:
    """Columns start ≤ first ≤ last ≤ end: nothing outside [start, end), all of each pixel in [first, last)."""
    (u0, u1), (v0, v1) = _between(across, y, 0.5, width), _between(down, y, 0.5, width)
    start = max(u0, v0)
    end = max(min(u1, v1), start)
    (u0, u1), (v0, v1) = _between(across, y, -0.5, width), _between(down, y, -0.5, width)
    first = min(max(u0, v0, start), end)
    return start, first, max(min(u1, v1, end), first), end


@njit()
def _paint(colour: npt.NDArray[np.int64], cover: float) -> np.uint32:
    alpha = int(cover * colour[3] + 0.5)
    red = (colour[0] * alpha + 127) // 255
    green = (colour[1] * alpha + 127) // 255
    blue = (colour[2] * alpha + 127) // 255
    return np.uint32(red | (green << 8) | (blue << 16) | (alpha << 24))


@kernel
def card(patch: Words, across: Line, down: Line, colour: npt.NDArray[np.int64]) -> None:
    """Draw a flat rectangle into `patch`: each pixel covered as far as its centre lies inside the `edges`.

    `colour` is straight sRGB and alpha, 0 to 255.
    """
    height, width = patch.shape
    for y in range(height):
        row = patch[y]
        start, first, last, end = touched_and_full(across, down, y, width)
        row[:start], row[first:last], row[end:] = 0, _paint(colour, 1.0), 0
        for x in range(start, first):
            row[x] = _paint(colour, cover(across, down, x, y))
        for x in range(last, end):
            row[x] = _paint(colour, cover(across, down, x, y))


@kernel
def clip_rectangle(patch: Words, across: Line, down: Line) -> None:
    """Keep of each pixel of `patch`, in place, what a card with these `edges` would cover."""
    height, width = patch.shape
    for y in range(height):
        row = patch[y]
        start, first, last, end = touched_and_full(across, down, y, width)
        row[:start], row[end:] = 0, 0
        for x in range(start, first):
            row[x] = scaled(row[x], np.uint32(cover(across, down, x, y) * 255.0 + 0.5))
        for x in range(last, end):
            row[x] = scaled(row[x], np.uint32(cover(across, down, x, y) * 255.0 + 0.5))


@njit()
def chord(across: Line, down: Line, y: float, width: int) -> tuple[float, float]:
    """Where the line of points at `y` enters and leaves the ellipse, held to the patch; equal if it misses."""
    u, v = across[1] * y + across[2], down[1] * y + down[2]
    square = across[0] * across[0] + down[0] * down[0]
    off = across[0] * v - down[0] * u
    inside = 1.0 - off * off / square
    if not inside > 0.0:
        return 0.0, 0.0
    middle, half = -(across[0] * u + down[0] * v) / square, np.sqrt(inside / square)
    return min(max(middle - half, 0.0), width), min(max(middle + half, 0.0), width)


@kernel
def clip_ellipse(patch: Words, across: Line, down: Line) -> None:
    """Keep of each pixel of `patch`, in place, the share of its area that lies in the ellipse of these `axes`."""
    height, width = patch.shape
    starts, ends = np.empty(LINES), np.empty(LINES)
    for y in range(height):
        row = patch[y]
        top, bottom = chord(across, down, float(y), width), chord(across, down, y + 1.0, width)
        if top[0] == bottom[0] == 0.0 and top[1] == bottom[1] == width:
            continue
        for line in range(LINES):
            starts[line], ends[line] = chord(across, down, y + (line + 0.5) / LINES, width)
        hits = ends > starts
        if not hits.any():
            row[:] = 0
            continue
        start, end = int(starts[hits].min()), int(np.ceil(ends[hits].max()))
        first, last = int(np.ceil(starts.max())), int(ends.min())
        row[:start], row[end:] = 0, 0
        for x in range(start, end):
            if not first <= x < last:
                inside = 0.0
                for line in range(LINES):
                    inside += max(min(ends[line], x + 1.0) - max(starts[line], float(x)), 0.0)
                row[x] = scaled(row[x], np.uint32(inside / LINES * 255.0 + 0.5))


@kernel
def surveyed(alpha: npt.NDArray[np.uint8]) -> tuple[Survey, Survey]:
    """Of a picture's alpha in squares of SQUARE pixels: how many above and left of a corner have a gap, and how many
    have anything. Four of a survey's numbers tell what is in any rectangle (F. Crow, "Summed-area tables for texture
    mapping", SIGGRAPH 1984)."""
    height, width = alpha.shape
    rows, columns = -(-height // SQUARE), -(-width // SQUARE)
    gaps, marks = np.zeros((rows + 1, columns + 1), np.int32), np.zeros((rows + 1, columns + 1), np.int32)
    for row in range(rows):
        for column in range(columns):
            least, most = np.uint8(255), np.uint8(0)
            for y in range(row * SQUARE, min((row + 1) * SQUARE, height)):
                for x in range(column * SQUARE, min((column + 1) * SQUARE, width)):
                    least, most = min(least, alpha[y, x]), max(most, alpha[y, x])
            gaps[row + 1, column + 1] = (
                gaps[row, column + 1] + gaps[row + 1, column] - gaps[row, column] + (least < 255)
            )
            marks[row + 1, column + 1] = (
                marks[row, column + 1] + marks[row + 1, column] - marks[row, column] + (most > 0)
            )
    return gaps, marks
