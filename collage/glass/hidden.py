"""What need not be drawn: pieces of which nothing could be seen, as solid ones lie over all that they mark.

The canvas is laid out in tiles. From the top down, a piece covers the tiles over which it is surely solid, with all
that a filter takes from beside a pixel, and one whose tiles are all covered is hidden. What a plate is like there its
survey tells; a card is solid between its edges.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.exposure.cel import Card
from collage.geometry import Box
from collage.glass.compiled import kernel
from collage.glass.ground import shared, size
from collage.glass.jobs import SHARP, Job, coarse, levels, margin
from collage.glass.shapes import SQUARE, Survey

TILE = 16
"""Pixels of a tile's side, or so many times 2 that there are at most MOST of them."""
MOST = 1 << 14
Tiles = npt.NDArray[np.bool_]
Lie = npt.NDArray[np.float64]
"""How a piece lies, in numbers, as a kernel takes them quickly: the six of the map from the canvas to its pixels, their
number across and down, how far a filter looks beside a point across and down, then of its shadow the offset and how far
it spreads, below 0 for none."""
_SAME = np.zeros((1, 1), np.int32)
"""The survey of a card: nowhere anything but it."""
_UNKNOWN = np.zeros((0, 0), np.int32)
"""The survey of what may be anywhere."""


def hidden(jobs: Sequence[Job | None], box: Box) -> npt.NDArray[np.bool_]:
    """For each job, in painter's order, whether it can be left out where only a box is to be drawn; None can."""
    out, (height, width) = np.ones(len(jobs), np.bool_), size(box)
    side = TILE << max(math.ceil(math.log2(max(width * height / (TILE * TILE * MOST), 1)) / 2), 0)
    tiles, whole = np.zeros((-(-height // side), -(-width // side)), np.bool_), np.array(box)
    lowest = next((at for at, job in enumerate(jobs) if job), 0)
    for at in range(len(jobs) - 1, -1, -1):
        job = jobs[at]
        if job is not None and not (seen := shared(job.marks, box)).empty:
            lie, gaps, marks = _lie(job)
            out[at] = not _seen(tiles, side, whole, np.array(seen), lie, gaps, marks, at > lowest and _is_solid(job))
    return out


def covers(job: Job, box: Box) -> bool:
    """Whether a piece is surely solid over all of a box."""
    lie, gaps, _ = _lie(job)
    return _is_solid(job) and bool(_all_solid(lie, gaps, *map(float, box)))


def _is_solid(job: Job) -> bool:
    """Whether a piece hides what it covers: neither seen through nor blended."""
    cel = job.cel
    clear = isinstance(cel.content, Card) and cel.content.colour.alpha < 255
    return not clear and cel.blend == "normal" and cel.opacity >= 1 and cel.tint.alpha == 255 and cel.matte is None


def _lie(job: Job) -> tuple[Lie, Survey, Survey]:
    """How a piece lies, where it has gaps and where it has anything: anywhere, if it is softened, swept or a pane."""
    is_card = isinstance(job.cel.content, Card)
    if job.sigma >= SHARP or job.way or (job.plate is None and not is_card):
        return np.zeros(13), _UNKNOWN, _UNKNOWN
    a, b, c, d, e, f = job.matrix.inverse()
    shadow = (*job.cast.offset, margin(job.cast.sigma) * coarse(job.cast.sigma)) if job.cast else (0.0, 0.0, -1.0)
    if isinstance(job.cel.content, Card):  # its edge is soft by half a pixel to either side, as seen on the canvas
        ring = 0.51 * math.hypot(a, c), 0.51 * math.hypot(b, d)
        return np.array((a, b, c, d, e, f, *job.cel.content.size, *ring, *shadow), np.float64), _SAME, _SAME
    assert job.plate is not None
    (x, y), (across, down), (high, wide) = job.plate.origin, levels(job.matrix), job.plate.pixels.shape[:2]
    lie = np.array((a, b, c, d, e - x, f - y, wide, high, 1.5 * 2.0**across, 1.5 * 2.0**down, *shadow), np.float64)
    return lie, *job.plate.survey


@njit()
def _count(sums: Survey, left: float, top: float, right: float, bottom: float) -> int:
    """Of the squares that a rectangle within a piece touches, in its pixels."""
    height, width = sums.shape
    x0, x1 = min(int(left) // SQUARE, width - 1), min(int(right) // SQUARE + 1, width - 1)
    y0, y1 = min(int(top) // SQUARE, height - 1), min(int(bottom) // SQUARE + 1, height - 1)
    return int(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])


@njit()
def _reach(lie: Lie, x0: float, y0: float, x1: float, y1: float, by: float) -> tuple[float, float, float, float]:
    """The box of a piece's pixels that can be seen at the pixels of a box of the canvas, grown `by` so much."""
    x, y, wide, high = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0 - 1) / 2 + by, (y1 - y0 - 1) / 2 + by
    u, v = lie[0] * x + lie[2] * y + lie[4], lie[1] * x + lie[3] * y + lie[5]
    across, down = abs(lie[0]) * wide + abs(lie[2]) * high + lie[8], abs(lie[1]) * wide + abs(lie[3]) * high + lie[9]
    return u - across, v - down, u + across, v + down


@kernel
def _all_solid(lie: Lie, gaps: Survey, x0: float, y0: float, x1: float, y1: float) -> bool:
    left, top, right, bottom = _reach(lie, x0, y0, x1, y1, 0.0)
    if not (gaps.size > 0 and left >= 0 and top >= 0 and right <= lie[6] and bottom <= lie[7]):
        return False
    return gaps.size == 1 or _count(gaps, left, top, right, bottom) == 0


@njit()
def _marked(lie: Lie, marks: Survey, x: float, y: float, side: float, by: float) -> bool:
    """Whether a piece can leave a mark on a square of the canvas, grown `by` so much."""
    left, top, right, bottom = _reach(lie, x, y, x + side, y + side, by)
    if left >= lie[6] or top >= lie[7] or right <= 0 or bottom <= 0:
        return False
    left, top, right, bottom = max(left, 0.0), max(top, 0.0), min(right, lie[6]), min(bottom, lie[7])
    return marks.size == 1 or _count(marks, left, top, right, bottom) > 0


@njit()
def _needed(lie: Lie, marks: Survey, x: float, y: float, side: float) -> bool:
    """Whether a piece or its shadow can mark a tile."""
    if marks.size == 0 or _marked(lie, marks, x, y, side, 0.0):
        return True
    return bool(lie[12] >= 0 and _marked(lie, marks, x - lie[10], y - lie[11], side, lie[12]))


@kernel
def _seen(
    tiles: Tiles, side: int, box: npt.NDArray[np.int64], part: npt.NDArray[np.int64], lie: Lie, gaps: Survey,
    marks: Survey, solid: bool,
) -> bool:  # fmt: skip
    """Whether a piece can mark a tile of a part of the box that is not covered yet; if so, cover what it is solid over,
    if it is."""
    rows = range((part[1] - box[1]) // side, (part[3] - 1 - box[1]) // side + 1)
    columns = range((part[0] - box[0]) // side, (part[2] - 1 - box[0]) // side + 1)
    found = False
    for row in rows:
        for column in columns:
            x, y = float(box[0] + column * side), float(box[1] + row * side)
            found = found or (not tiles[row, column] and _needed(lie, marks, x, y, side))
        if found:
            break
    if found and solid:
        for row in rows:
            for column in columns:
                x, y = box[0] + column * side, box[1] + row * side
                right, bottom = min(x + side, box[2]), min(y + side, box[3])
                tiles[row, column] = tiles[row, column] or _all_solid(lie, gaps, x, y, right, bottom)
    return found
