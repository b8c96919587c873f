"""The loops over pixels of the fine medium: (height, width, 4), premultiplied, float32 from 0 to 1.

A source may be in 16 bits as well, whose `unit` is then 1/65535. Marks, (height, width) uint16, tell where a ground is
no longer plain: LIT where nothing soft lies, 0 where a shadow does.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.glass.compiled import kernel
from collage.glass.ground import Dark
from collage.glass.kernels import Window, Words
from collage.glass.light import Curve, read
from collage.glass.pending import PATTERN
from collage.glass.shadows import Corner, Place, Values, shares, stretched

Floats = npt.NDArray[np.float32]
Deep = npt.NDArray[Any]
"""float32, or uint16."""
LIT = np.uint16(65535)
_NONE, _ONE = np.float32(0), np.float32(1)


@kernel
def over(ground: Floats, source: Deep, unit: np.float32, at: Window) -> None:
    """source + backdrop * (1 - alpha), in a window."""
    top, left, y, x, height, width = at
    for row in range(height):
        low, high = ground[top + row, left : left + width], source[y + row, x : x + width]
        for n in range(width):
            _laid(low, high, n, unit)


@kernel
def over_marked(ground: Floats, marks: Dark, source: Deep, soft: Dark, unit: np.float32, at: Window) -> None:
    """The same; what is covered is unmarked, unless the source is `soft` there: marks of its own, or an empty array."""
    top, left, y, x, height, width = at
    for row in range(height):
        low, high = ground[top + row, left : left + width], source[y + row, x : x + width]
        for n in range(width):
            alpha = _laid(low, high, n, unit)
            if alpha >= _ONE:
                marks[top + row, left + n] = LIT
            if soft.size and alpha > _NONE and soft[y + row, x + n] != LIT:
                marks[top + row, left + n] = 0


@njit(inline="always")
def _laid(low: Floats, high: Deep, n: int, unit: np.float32) -> np.float32:
    """One pixel; its alpha."""
    x, alpha = np.uint64(n), np.float32(high[n, 3]) * unit
    if alpha >= _ONE:
        for channel in range(4):
            low[x, channel] = np.float32(high[x, channel]) * unit
    elif alpha > _NONE:
        keep = _ONE - alpha
        for channel in range(4):
            low[x, channel] = np.float32(high[x, channel]) * unit + keep * low[x, channel]
    return alpha


@kernel
def scaled(source: Deep, factors: Floats, out: Floats) -> None:
    """Each channel times its factor."""
    red, green, blue, alpha = factors[0], factors[1], factors[2], factors[3]
    height, width = source.shape[:2]
    for y in range(height):
        row, into = source[y], out[y]
        for x in range(np.uint64(width)):
            into[x, 0] = np.float32(row[x, 0]) * red
            into[x, 1] = np.float32(row[x, 1]) * green
            into[x, 2] = np.float32(row[x, 2]) * blue
            into[x, 3] = np.float32(row[x, 3]) * alpha


@kernel
def gather(sums: Floats, part: Deep, unit: np.float32) -> None:
    """Add so much of a picture to a sum of pictures of the same shape."""
    into, of = sums.reshape(-1), part.reshape(-1)
    for i in range(of.size):
        into[i] += np.float32(of[i]) * unit


@kernel
def settled(pixels: Floats, x0: int, y0: int, x1: int, y1: int) -> None:
    """Hold pixels to what a colour can be: alpha 0 to 1, colour 0 to alpha."""
    for y in range(y0, y1):
        for x in range(x0, x1):
            alpha = min(max(pixels[y, x, 3], _NONE), _ONE)
            pixels[y, x, 3] = alpha
            for channel in range(3):
                pixels[y, x, channel] = min(max(pixels[y, x, channel], _NONE), alpha)


@kernel
def shade(pixels: Floats, marks: Dark, at: Window, values: Values, k: int, corner: Corner, offset: Place) -> None:
    """Lay black of a shadow's `values` in a window, as `shadows` would dim the light there. `corner` is the window's
    first pixel, counted from the plane's (column, row), before the shadow was moved by `offset`."""
    top, left, _, _, height, width = at
    squares, across = np.empty(width, np.uint64), np.empty((3, width), np.float32)
    for x in range(width):
        square, across[0, x], across[1, x], across[2, x] = shares(corner[0] + x, offset[0], k)
        squares[x] = square
    lines, spans = np.empty((3, width), np.float32), np.zeros((3, 2), np.int64)  # by a row's number modulo 3
    known = -1
    for y in range(height):
        square, a, b, c = shares(corner[1] + y, offset[1], k)
        while known < square + 1:
            known += 1
            if known >= square - 1:
                slot = known % 3  # one by one: Numba takes 3 s longer over a whole row at once
                spans[slot, 0], spans[slot, 1] = stretched(values, known, squares, across, k, lines, slot)
        before, here, after = lines[(square - 1) % 3], lines[square % 3], lines[(square + 1) % 3]
        row, marked = pixels[top + y, left : left + width], marks[top + y, left : left + width]
        start = min(spans[0, 0], spans[1, 0], spans[2, 0])
        for x in range(start, max(start, spans[0, 1], spans[1, 1], spans[2, 1])):
            taken = np.float32(a) * before[x] + np.float32(b) * here[x] + np.float32(c) * after[x]
            if taken > _NONE:
                light, n = max(_ONE - taken, _NONE), np.uint64(x)
                marked[n] = 0
                for channel in range(3):
                    row[n, channel] *= light
                row[n, 3] = _ONE - (_ONE - row[n, 3]) * light


@kernel
def reduced(pixels: Deep, unit: float, at: Window, k: int, small: Corner, out: Values) -> None:
    """Alphas times `unit`, each handed to the four squares of k pixels around it by how near their centres are; to its
    own where k is 1. `at` and `small` are as of the loop of that name in `shadows`."""
    row, column, y0, x0, height, width = at
    line, lean = np.empty(out.shape[1], np.float32), 1.0 / (2 * k)
    for y in range(height):
        line[:] = 0
        for x in range(width):
            alpha = np.float32(pixels[row + y, column + x, 3])
            if alpha > _NONE:
                square, after = _between(x0 + x, k, lean)
                line[square - small[1]] += alpha * (_ONE - after)
                line[square + 1 - small[1]] += alpha * after
        square, after = _between(y0 + y, k, lean)
        here, below = np.float32(unit) * (_ONE - after), np.float32(unit) * after
        for x in range(line.size):
            out[square - small[0], x] += line[x] * here
            out[square + 1 - small[0], x] += line[x] * below


@njit(inline="always")
def _between(pixel: int, k: int, lean: float) -> tuple[int, np.float32]:
    """The square whose centre is the last before a pixel's, and the part that the next one gets."""
    if k == 1:
        return pixel, _NONE
    square = (pixel - k // 2) // k
    return square, np.float32((2 * (pixel - square * k - k // 2) + 1) * lean)


@kernel
def level_bytes(pixels: Floats, marks: Dark, x: int, y: int, curve: Curve, out: Words) -> None:
    """To 8 bits: rounded, or where marked spread over neighbours by `pending`'s pattern. A `curve` turns straight
    colours first, if there is one. (x, y) is where the pixels begin on the canvas; marks may be empty."""
    whole, height, width = np.float32(255), pixels.shape[0], pixels.shape[1]
    for row in range(height):
        line, into = pixels[row], out[row]
        for n in range(np.uint64(width)):
            rest = np.float32(0.5)
            if marks.size and marks[row, n] != LIT:
                rest = PATTERN[(y + row) % 8, (x + n) % 8]
            alpha = min(max(line[n, 3], _NONE), _ONE)
            red, green, blue = line[n, 0], line[n, 1], line[n, 2]
            if curve.size and alpha > _NONE:
                part = _ONE / alpha
                red = read(curve, red * part) * alpha
                green = read(curve, green * part) * alpha
                blue = read(curve, blue * part) * alpha
            into[n] = (
                np.uint32(min(max(red, _NONE), alpha) * whole + rest)
                | (np.uint32(min(max(green, _NONE), alpha) * whole + rest) << np.uint32(8))
                | (np.uint32(min(max(blue, _NONE), alpha) * whole + rest) << np.uint32(16))
                | (np.uint32(alpha * whole + rest) << np.uint32(24))
            )
