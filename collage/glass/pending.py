"""Shadows that are laid, but not yet drawn: they wait in 16 bits until something must be drawn on them.

In 8 bits shadows that pile up drift and show bands, however well each is rounded. So a shadow only dims the ground's
plane `dark`. What is pending there is drawn with the next piece that covers a pixel in part, or by `settle`, which
spreads what can't be said in 8 bits over the pixels around, by a fixed pattern.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from collage.geometry import Box
from collage.glass import kernels
from collage.glass.compiled import kernel
from collage.glass.ground import Dark, Ground, Patch, window
from collage.glass.kernels import BLOCK, EMPTY, SOLID, Window, Words, faintly, kind, laid, part_of

_LIT = np.uint16(65535)
_BYTE = np.uint32(255)
_ALPHA = np.uint32(24)
_SHARE = np.float32(1 / 65535)
_HALF = np.float32(0.5)
_ORDER = """
59 45 11 38  4 61 49 39
26  5 31 57 25 35 21 13
34 53 20 48 15 52  7 56
 2 43  9 37  1 41 29 46
60 17 28 58 23 62 14 22
 8 40 51 12 36  6 50 33
54 24  3 47 27 55 19 44
16 32 63 18 42 10 30  0
"""
"""In which order the pixels of a square round up. Found by trying: of 240 made by R. Ulichney's "void-and-cluster
method" (Proc. SPIE 1913, 1993) the one whose squares keep their mean best on soft slopes, to 1/8 of a level, without
any run of more than 11 equal pixels where a slope is steep enough to make one of 12 by itself."""
PATTERN = np.tile((np.array(_ORDER.split(), np.float32).reshape(8, 8) + 0.5) / 64, (1, 1 + BLOCK // 8))


def lay(ground: Ground, patch: Patch, part: Box) -> None:
    """Lay a patch over the ground, with what shadows are pending there."""
    at, fade = window(ground, patch, part), np.float32(patch.fade)
    if ground.dark is None and fade < 1:
        kernels.over_faintly(ground.words, patch.words, fade, at)
    elif ground.dark is None:
        kernels.over_window(ground.words, patch.words, at)
    elif fade < 1:
        _lay_faintly(ground.words, ground.dark, patch.words, fade, at)
    else:
        _lay(ground.words, ground.dark, patch.words, at)


def settle(ground: Ground, part: Box) -> None:
    """Lay what is pending: afterwards the ground's pixels know all their shadows."""
    if ground.dark is not None and not part.empty:
        x, y, _, _ = ground.box
        _settle(ground.words, ground.dark, part.x0 - x, part.y0 - y, part.x1 - x, part.y1 - y, x, y)


@njit(inline="always")
def _channel(pixel: np.uint32, shift: int) -> np.float32:
    return np.float32(np.int32((pixel >> np.uint32(shift)) & _BYTE))


@njit(inline="always")
def _lit(pixel: np.uint32, share: np.float32, whole: np.float32, rest: np.float32) -> np.uint32:
    """A pixel under black that leaves a share of `whole`: each channel rounded down after `rest` was added, which
    leaves what is fully lit as it was. Colour stays under alpha, all having the same `rest`."""
    red = np.uint32(np.int32(_channel(pixel, 0) * share + rest))
    green = np.uint32(np.int32(_channel(pixel, 8) * share + rest))
    blue = np.uint32(np.int32(_channel(pixel, 16) * share + rest))
    alpha = np.uint32(np.int32(whole - (np.float32(255) - _channel(pixel, 24)) * share + rest))
    return red | (green << np.uint32(8)) | (blue << np.uint32(16)) | (alpha << _ALPHA)


@kernel
def _lay(backdrop: Words, dark: Dark, source: Words, at: Window) -> None:
    """As `over`, where what is pending is applied to the backdrop in the same rounding; what is covered is lit."""
    top, left, y, x, height, width = at
    for row in range(height):
        below, above = backdrop[top + row, left : left + width], source[y + row, x : x + width]
        lights = dark[top + row, left : left + width]
        for start in range(0, width, BLOCK):
            low, high, light = (
                below[start : start + BLOCK], above[start : start + BLOCK], lights[start : start + BLOCK],
            )  # fmt: skip
            found = kind(high)
            if found == EMPTY:
                continue
            if found == SOLID:
                for i in range(high.size):
                    low[i] = high[i]
                for i in range(high.size):
                    light[i] = _LIT
            elif _all_lit(light):
                for i in range(high.size):
                    low[i] = laid(high[i], low[i])
            else:
                _lay_dark(low, light, high)


@njit(inline="always")
def _all_lit(light: Dark) -> bool:
    least = _LIT
    for x in range(light.size):
        least &= light[x]
    return bool(least == _LIT)


@njit(inline="always")
def _lay_dark(low: Words, light: Dark, high: Words) -> None:
    """Where nothing is dark this is what `laid` gives, as no tie can happen."""
    for x in range(high.size):
        above, below, share = high[x], low[x], light[x]
        keep = np.float32(np.int32(_BYTE - (above >> _ALPHA)))
        part = keep * (np.float32(share) * _SHARE) * np.float32(1 / 255)
        mixed = above + _lit(below, part, keep, _HALF)
        low[x] = mixed if above != 0 else below
        light[x] = _LIT if above != 0 else share


@kernel
def _lay_faintly(backdrop: Words, dark: Dark, source: Words, fade: np.float32, at: Window) -> None:
    """The same for a source times `fade`."""
    top, left, y, x, height, width = at
    for row in range(height):
        below, above = backdrop[top + row, left : left + width], source[y + row, x : x + width]
        lights = dark[top + row, left : left + width]
        for start in range(0, width, BLOCK):
            low, high, light = (
                below[start : start + BLOCK], above[start : start + BLOCK], lights[start : start + BLOCK],
            )  # fmt: skip
            if kind(high) == EMPTY:
                continue
            if _all_lit(light):
                for i in range(high.size):
                    low[i] = faintly(high[i], low[i], fade)
            else:
                _lay_dark_faintly(low, light, high, fade)


@njit(inline="always")
def _lay_dark_faintly(low: Words, light: Dark, high: Words, fade: np.float32) -> None:
    for x in range(high.size):
        above, below, share = high[x], low[x], light[x]
        whole = part_of(above, 3) * fade
        keep = np.float32(255) - whole
        part = keep * (np.float32(share) * _SHARE) * np.float32(1 / 255)
        alpha = np.int32(whole + (keep - (np.float32(255) - part_of(below, 3)) * part) + _HALF)
        mixed = np.uint32(alpha) << _ALPHA
        for channel in range(3):
            value = np.int32(part_of(above, channel) * fade + part_of(below, channel) * part + _HALF)
            mixed |= np.uint32(min(value, alpha)) << np.uint32(8 * channel)
        low[x] = mixed if above != 0 else below
        light[x] = _LIT if above != 0 else share


@kernel
def _settle(backdrop: Words, dark: Dark, x0: int, y0: int, x1: int, y1: int, left: int, top: int) -> None:
    """Within columns x0 to x1 and rows y0 to y1. `left`, `top` is where the pixels begin on the canvas."""
    for row in range(y0, y1):
        y, z = np.uint64(row), np.uint64((top + row) % 8)
        for start in range(x0, x1, BLOCK):
            end = min(start + BLOCK, x1)
            if not _all_lit(dark[row, start:end]):
                first, shift = np.uint64(start), np.uint64((left + start) % 8)
                for x in range(np.uint64(end - start)):
                    share, rest = np.float32(dark[y, first + x]) * _SHARE, PATTERN[z, shift + x]
                    backdrop[y, first + x] = _lit(backdrop[y, first + x], share, np.float32(255), rest)
                    dark[y, first + x] = _LIT
