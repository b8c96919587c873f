"""Shadows: the shape of a piece, blurred at the resolution that its softness needs, dims the light on a ground.

How that is drawn in the end is the affair of `pending`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt
from numba import njit

from collage.geometry import Box
from collage.glass.compiled import kernel
from collage.glass.ground import Dark, Ground, Patch, Plane, shared, window
from collage.glass.jobs import Cast, coarse, margin
from collage.glass.kernels import BLOCK, Window, Words

Values = npt.NDArray[np.float32]
Slots = tuple[int, int, int]
Corner = tuple[int, int]
Weights = tuple[float, float, float]
Place = tuple[float, float]
Part = tuple[int, int, int, int]
Fill = Callable[[Window, int, Corner, Values], None]
_BYTE = np.uint32(255)
_ALPHA = np.uint32(24)
_HALF = np.float32(0.5)
_ONE = np.float32(1.0)
_STEP = np.uint64(1)


def plane(patch: Patch, cast: Cast) -> Plane:
    """The shadow that a patch casts."""

    def fill(at: Window, k: int, corner: Corner, out: Values) -> None:
        _reduced(patch.words, at, k, patch.fade * cast.opacity / 255 / (k * k), corner, out)

    return shaped(patch, cast, fill)


def shaped(patch: Patch, cast: Cast, fill: Fill) -> Plane:
    """The same of a patch in any medium, which fills the squares: the mean of the patch's alpha in each, times the
    shadow's opacity."""
    k = coarse(cast.sigma)
    rest = [_narrowed(cast.sigma, k, along) for along in cast.offset]
    ring = margin(cast.sigma)
    x0, y0, x1, y1 = patch.box
    small = Box(x0 // k - ring, y0 // k - ring, -(-x1 // k) + ring, -(-y1 // k) + ring)
    values = np.zeros((small.y1 - small.y0, small.x1 - small.x0), np.float32)
    at = (*patch.corner, y0, x0, y1 - y0, x1 - x0)
    fill(at, k, (small.y0, small.x0), values)
    if max(rest) > 0:
        _blur(values, rest)
    return Plane(values, small, k, cast.offset, _touched(small, k, cast.offset))


def _blur(values: Values, rest: list[float]) -> None:
    """In place; the ring around is as wide as the blur."""
    width, height = (2 * math.ceil(3.5 * sigma) + 1 for sigma in rest)
    sharp = 1e-3  # what OpenCV takes for nothing; 0 would be its own choice
    x, y = (max(sigma, sharp) for sigma in rest)
    cv2.GaussianBlur(values, (width, height), x, dst=values, sigmaY=y, borderType=cv2.BORDER_REPLICATE)


def _narrowed(sigma: float, k: int, offset: float) -> float:
    """The sigma left to blur by, in squares: their side and the curve between them blur too."""
    if k > 1:
        return math.sqrt((sigma / k) ** 2 - 1 / 6 - 1 / (12 * k * k) - 1 / 4)
    part = offset - math.floor(offset)
    return math.sqrt(max(sigma**2 - part * (1 - part), 0.0))


def _touched(small: Box, k: int, offset: tuple[float, float]) -> Box:
    """The pixels between whose neighbouring squares all are known."""
    (x, y), (x0, y0, x1, y1) = offset, small
    return Box(
        math.ceil((x0 + 1) * k + x), math.ceil((y0 + 1) * k + y),
        math.floor((x1 - 1) * k + x), math.floor((y1 - 1) * k + y),
    )  # fmt: skip


def shade(ground: Ground, patch: Patch, covers: bool, band: Box) -> None:
    """Lay a patch's shadow within a band, but where the patch is solid if that `covers` it at once."""
    cast = patch.shadow
    assert cast is not None
    assert ground.dark is not None
    part = shared(shared(cast.box, ground.box), band)
    if part.empty:
        return
    box, at = patch.box, window(ground, patch, part)
    inner = (box.x0 - part.x0, box.y0 - part.y0, box.x1 - part.x0, box.y1 - part.y0) if covers else (0, 0, 0, 0)
    first = (part.x0 - cast.small.x0 * cast.k, part.y0 - cast.small.y0 * cast.k)
    _shade(ground.dark, at, patch.words, inner, cast.values, cast.k, first, cast.offset)


@kernel
def _reduced(patch: Words, at: Window, k: int, share: float, small: Corner, out: Values) -> None:
    """Alphas times `share`, each handed to the four squares of k pixels around it by how near their centres are, so
    that no edge is moved. `at`: where the pixels begin in the patch, then on the canvas, row and column; height and
    width. `out` begins with the square `small` (row, column)."""
    row, column, y0, x0, height, width = at
    if k == 1:
        for y in range(height):
            line, pixels = out[y0 - small[0] + y], patch[row + y]
            for x in range(width):
                line[x0 - small[1] + x] = np.float32(pixels[column + x] >> _ALPHA) * np.float32(share)
        return
    first = (x0 - k // 2) // k  # the square whose centre is the last before the first pixel
    lead = x0 - k // 2 - first * k
    squares = (lead + width + k - 1) // k
    whole, lower = np.zeros(squares * k, np.uint32), np.zeros(squares * k, np.uint32)
    upper, unit = np.empty(squares * k, np.float32), np.float32(share / (4 * k * k))
    y = 0
    while y < height:
        square = (y0 + y - k // 2) // k
        start = square * k + k // 2 - y0
        whole[:], lower[:] = 0, 0
        while y < min(start + k, height):
            pixels, weight = patch[row + y, column : column + width], np.uint32(2 * (y - start) + 1)
            sums, near = whole[lead : lead + width], lower[lead : lead + width]
            for x in range(width):
                alpha = pixels[x] >> _ALPHA
                sums[x] += alpha
                near[x] += alpha * weight
            y += 1
        for below in range(2):
            for x in range(upper.size):
                upper[x] = np.float32(lower[x] if below else whole[x] * np.uint32(2 * k) - lower[x]) * unit
            line = out[square + below - small[0], first - small[1] : first - small[1] + squares + 1]
            if k == 2:
                _handed(upper, 2, line)
            else:
                _handed(upper, k, line)


@njit(inline="always")
def _handed(columns: Values, k: int, line: Values) -> None:
    """Hand columns to the squares before and after them."""
    for part in range(k):
        after = np.float32(2 * part + 1)
        before = np.float32(2 * k) - after
        for square in range(columns.size // k):
            line[square] += columns[square * k + part] * before
        for square in range(columns.size // k):
            line[square + 1] += columns[square * k + part] * after


@njit(inline="always")
def shares(pixel: int, offset: float, k: int) -> tuple[int, float, float, float]:
    """The square a pixel's centre lies in, and the weights of the one before, itself and the next.

    Straight lines for whole pixels, which keep a sharp shadow sharp; else a quadratic B-spline, which shows no grid.
    """
    position = (pixel + 0.5 - offset) / k
    square = math.floor(position)
    d = position - square - 0.5
    if k == 1:
        return square, max(-d, 0.0), 1.0 - abs(d), max(d, 0.0)
    return square, 0.5 * (0.5 - d) ** 2, 0.75 - d * d, 0.5 * (0.5 + d) ** 2


@njit()
def stretched(
    values: Values, row: int, squares: npt.NDArray[np.uint64], weights: Values, k: int, out: Values, slot: int
) -> tuple[int, int]:
    """A row of squares as pixels, in a row of `out`; from where to where it is not empty."""
    width = out.shape[1]
    y, z, least, most = np.uint64(row), np.uint64(slot), width, 0
    if k == 1:
        a, b, c, first = weights[0, 0], weights[1, 0], weights[2, 0], squares[0]
        for x in range(np.uint64(width)):
            at = first + x
            out[z, x] = a * values[y, at - _STEP] + b * values[y, at] + c * values[y, at + _STEP]
    elif k == 2 and width > 3:
        _doubled(values, y, squares, weights, out, z)
    else:
        for x in range(np.uint64(width)):
            at = squares[x]
            before, here, after = values[y, at - _STEP], values[y, at], values[y, at + _STEP]
            out[z, x] = weights[0, x] * before + weights[1, x] * here + weights[2, x] * after
    while most < width and out[z, np.uint64(most)] == 0:
        most += 1
    least, most = most, width
    while most > least and out[z, np.uint64(most - 1)] == 0:
        most -= 1
    return least, most


@njit()
def _doubled(
    values: Values, y: np.uint64, squares: npt.NDArray[np.uint64], weights: Values, out: Values, z: np.uint64
) -> None:
    """The same for squares of two pixels, which are most: two at once, in a loop that widens."""
    width = out.shape[1]
    lead = 0 if width > 1 and squares[0] == squares[1] else 1
    first, two, even, odd = squares[0] + np.uint64(lead), np.uint64(2), np.uint64(lead), np.uint64(lead + 1)
    a, b, c = weights[0, even], weights[1, even], weights[2, even]
    p, q, r = weights[0, odd], weights[1, odd], weights[2, odd]
    for i in range(np.uint64((width - lead) // 2)):
        at = first + i
        before, here, after = values[y, at - _STEP], values[y, at], values[y, at + _STEP]
        out[z, even + two * i] = a * before + b * here + c * after
        out[z, odd + two * i] = p * before + q * here + r * after
    for end in (0, width - 1):
        at, x = squares[end], np.uint64(end)
        before, here, after = values[y, at - _STEP], values[y, at], values[y, at + _STEP]
        out[z, x] = weights[0, x] * before + weights[1, x] * here + weights[2, x] * after


@kernel
def _shade(
    dark: Dark, at: Window, patch: Words, inner: Part, values: Values, k: int, corner: Corner, offset: Place
) -> None:
    """Multiply `dark` by the light that a plane leaves, within a window. `corner` is its first pixel, counted from the
    plane's (column, row), before the shadow was moved by `offset`; `inner` is the part that the patch will cover."""
    top, left, row, column, height, width = at
    squares, weights = np.empty(width, np.uint64), np.empty((3, width), np.float32)
    for x in range(width):
        square, weights[0, x], weights[1, x], weights[2, x] = shares(corner[0] + x, offset[0], k)
        squares[x] = square
    lines, spans = np.empty((3, width), np.float32), np.zeros((3, 2), np.int64)  # by a row's number modulo 3
    known = -1
    for y in range(height):
        square, a, b, c = shares(corner[1] + y, offset[1], k)
        while known < square + 1:
            known += 1
            if known >= square - 1:
                slot = known % 3  # one by one: Numba takes 3 s longer over a whole row at once
                spans[slot, 0], spans[slot, 1] = stretched(values, known, squares, weights, k, lines, slot)
        start = min(spans[0, 0], spans[1, 0], spans[2, 0])
        end = max(spans[0, 1], spans[1, 1], spans[2, 1])
        first = last = max(start, end)
        if inner[1] <= y < inner[3]:
            x0, x1 = max(start, inner[0]), min(end, inner[2])
            if x0 < x1:
                first, last = _solid(patch, row + y, column + x0, column + x1)
                first, last = first - column, last - column
        slots = (square - 1) % 3, square % 3, (square + 1) % 3
        _dim(dark, top + y, left, start, first, lines, slots, (a, b, c))
        _dim(dark, top + y, left, last, end, lines, slots, (a, b, c))


@njit()
def _solid(patch: Words, row: int, start: int, end: int) -> tuple[int, int]:
    """From where to where the first run of solid blocks goes, of a part of a row."""
    first = start
    while first < end and not _all_solid(patch, row, first, min(first + BLOCK, end)):
        first += BLOCK
    last = first
    while last < end and _all_solid(patch, row, last, min(last + BLOCK, end)):
        last += BLOCK
    return min(first, end), min(last, end)


@njit(inline="always")
def _all_solid(patch: Words, row: int, start: int, end: int) -> bool:
    y = np.uint64(row)
    all_set = ~np.uint32(0)
    for x in range(np.uint64(start), np.uint64(end)):
        all_set &= patch[y, x]
    return bool(all_set >> _ALPHA == _BYTE)


@njit(inline="always")
def _dim(dark: Dark, row: int, left: int, start: int, end: int, lines: Values, slots: Slots, weights: Weights) -> None:
    """Multiply a part of a row of `dark` by what three lines leave between them."""
    y, shift = np.uint64(row), np.uint64(left)
    before, here, after = np.uint64(slots[0]), np.uint64(slots[1]), np.uint64(slots[2])
    p, q, r = np.float32(weights[0]), np.float32(weights[1]), np.float32(weights[2])
    for x in range(np.uint64(start), np.uint64(max(start, end))):
        light = _ONE - (p * lines[before, x] + q * lines[here, x] + r * lines[after, x])
        dark[y, shift + x] = np.uint16(np.int32(np.float32(dark[y, shift + x]) * light + _HALF))
