"""The loops over pixels, compiled once by Numba and kept in its cache. All integers, all exactly rounded.

A pixel is one little-endian 32-bit word of premultiplied sRGB: red in the low byte, alpha in the high one. Two
channels travel together in one word, 16 bits each, which is what lets the compiler use the widest registers it has.
It does so only for loops from 0 over rows that it knows to be contiguous: hence whole pictures and windows in them,
and blocks cut out of rows. None of these holds Python's global lock, so threads share the work.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.glass.compiled import kernel

Words = npt.NDArray[np.uint32]
Window = tuple[int, int, int, int, int, int]
"""A part of two pictures: row and column where it begins in the one, then in the other, its height and width."""

_EIGHT = np.uint32(8)
_ALPHA = np.uint32(24)
_FULL = np.uint32(255)
_PAIR = np.uint32(0x00FF00FF)
_HIGH = np.uint32(0xFF00FF00)
_HALF = np.uint32(0x00800080)
_CARRY = np.uint32(0x00010001)
_OPAQUE = np.uint32(0xFF000000)
_NONE = np.uint32(0)
BLOCK = 64
"""Pixels that are judged together: four of the widest registers."""
EMPTY, MIXED, SOLID = 0, 1, 2


@njit(inline="always")
def scaled(pixel: np.uint32, part: np.uint32) -> np.uint32:
    """round(channel * part / 255) in each channel, part 0 to 255.

    With t = c·k + 128, (t + (t >> 8)) >> 8 is c·k/255 rounded, exact for all bytes (Blinn, "Three wrongs make a
    right", IEEE CG&A 15(6), 1995). No tie can happen, 255 being odd.
    """
    even = (pixel & _PAIR) * part + _HALF
    odd = ((pixel >> _EIGHT) & _PAIR) * part + _HALF
    even = ((even + ((even >> _EIGHT) & _PAIR)) >> _EIGHT) & _PAIR
    odd = (odd + ((odd >> _EIGHT) & _PAIR)) & _HIGH
    return even | odd


@njit(inline="always")
def laid(source: np.uint32, backdrop: np.uint32) -> np.uint32:
    """source + round(backdrop * (255 - alpha) / 255) in each channel; no carry, as colour never exceeds alpha."""
    return source + scaled(backdrop, _FULL - (source >> _ALPHA))


@njit(inline="always")
def kind(block: Words) -> int:
    """Whether pixels that lie in a row are all EMPTY, all SOLID or MIXED."""
    any_set, all_set = _NONE, ~_NONE
    for x in range(block.size):
        any_set |= block[x]
        all_set &= block[x]
    if any_set == _NONE:
        return EMPTY
    return SOLID if all_set >= _OPAQUE else MIXED


@njit()
def _over_row(below: Words, above: Words) -> None:
    """Blocks that are empty are skipped, solid ones copied: most of a cut-out is one or the other."""
    for start in range(0, above.size, BLOCK):
        low, high = below[start : start + BLOCK], above[start : start + BLOCK]
        found = kind(high)
        if found == SOLID:
            for x in range(high.size):
                low[x] = high[x]
        elif found == MIXED:
            for x in range(high.size):
                low[x] = laid(high[x], low[x])


@kernel
def over(backdrop: Words, source: Words) -> None:
    """Lay `source` over `backdrop` (same shape, (height, width) words) in place."""
    for y in range(source.shape[0]):
        _over_row(backdrop[y], source[y])


@kernel
def over_window(backdrop: Words, source: Words, window: Window) -> None:
    """The same for a part of two whole pictures, which is several times as fast as for slices of them."""
    top, left, y, x, height, width = window
    for row in range(height):
        _over_row(backdrop[top + row, left : left + width], source[y + row, x : x + width])


@njit(inline="always")
def part_of(pixel: np.uint32, channel: int) -> np.float32:
    """A channel, counted from red."""
    return np.float32(np.int32((pixel >> np.uint32(8 * channel)) & _FULL))


@njit(inline="always")
def faintly(source: np.uint32, backdrop: np.uint32, fade: np.float32) -> np.uint32:
    """A source times `fade`, laid over a backdrop: each channel rounded once, half up, and in order, so that colour
    stays under alpha."""
    keep, half = np.float32(1) - part_of(source, 3) * (fade * np.float32(1 / 255)), np.float32(0.5)
    red = np.uint32(np.int32(part_of(source, 0) * fade + part_of(backdrop, 0) * keep + half))
    green = np.uint32(np.int32(part_of(source, 1) * fade + part_of(backdrop, 1) * keep + half))
    blue = np.uint32(np.int32(part_of(source, 2) * fade + part_of(backdrop, 2) * keep + half))
    alpha = np.uint32(np.int32(part_of(source, 3) * fade + part_of(backdrop, 3) * keep + half))
    return red | (green << _EIGHT) | (blue << np.uint32(16)) | (alpha << _ALPHA)


@kernel
def over_faintly(backdrop: Words, source: Words, fade: np.float32, window: Window) -> None:
    """`over_window` for a source times `fade`, which costs no more."""
    top, left, y, x, height, width = window
    for row in range(height):
        below, above = backdrop[top + row, left : left + width], source[y + row, x : x + width]
        for start in range(0, width, BLOCK):
            low, high = below[start : start + BLOCK], above[start : start + BLOCK]
            if kind(high) != EMPTY:
                for i in range(high.size):
                    low[i] = faintly(high[i], low[i], fade)


@kernel
def plus_lighter(backdrop: Words, source: Words) -> None:
    """Add `source` to `backdrop` in place, each channel at most 255 (plus-lighter, Compositing and Blending Level 2).

    Colour stays under alpha. Sums of two channels travel in one word: a carry into bit 8 fills that channel.
    """
    height, width = source.shape
    for y in range(height):
        below, above = backdrop[y], source[y]
        for x in range(width):
            even = (below[x] & _PAIR) + (above[x] & _PAIR)
            odd = ((below[x] >> _EIGHT) & _PAIR) + ((above[x] >> _EIGHT) & _PAIR)
            even |= ((even >> _EIGHT) & _CARRY) * _FULL
            odd |= ((odd >> _EIGHT) & _CARRY) * _FULL
            below[x] = (even & _PAIR) | ((odd & _PAIR) << _EIGHT)


@kernel
def dye(patch: Words, red: int, green: int, blue: int, alpha: int) -> None:
    """Multiply each channel in place by its factor in 1/65536 (0 to 65536), rounded half up: tint and opacity.

    Colour stays under alpha as long as no factor exceeds alpha's.
    """
    half, byte = np.uint32(32768), np.uint32(0xFF)
    r, g, b, a = np.uint32(red), np.uint32(green), np.uint32(blue), np.uint32(alpha)
    height, width = patch.shape
    for y in range(height):
        row = patch[y]
        for x in range(width):
            pixel = row[x]
            row[x] = (
                (((pixel & byte) * r + half) >> np.uint32(16))
                | (((((pixel >> _EIGHT) & byte) * g + half) >> np.uint32(16)) << _EIGHT)
                | (((((pixel >> np.uint32(16)) & byte) * b + half) >> np.uint32(16)) << np.uint32(16))
                | ((((pixel >> _ALPHA) * a + half) >> np.uint32(16)) << _ALPHA)
            )


@kernel
def straighten(picture: Words) -> Words:
    """Premultiplied to straight alpha: round(colour * 255 / alpha), nothing where alpha is 0."""
    out = np.zeros_like(picture)
    height, width = picture.shape
    for y in range(height):
        for x in range(width):
            pixel = picture[y, x]
            alpha = pixel >> _ALPHA
            if alpha == _FULL:
                out[y, x] = pixel
            elif alpha != _NONE:
                half = alpha >> np.uint32(1)
                red = ((pixel & _FULL) * _FULL + half) // alpha
                green = (((pixel >> _EIGHT) & _FULL) * _FULL + half) // alpha
                blue = (((pixel >> np.uint32(16)) & _FULL) * _FULL + half) // alpha
                out[y, x] = red | (green << _EIGHT) | (blue << np.uint32(16)) | (alpha << _ALPHA)
    return out
