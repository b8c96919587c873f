"""The loops over pixels, compiled once by Numba and kept in its cache. All integers, all exactly rounded.

A pixel is one little-endian 32-bit word of premultiplied sRGB: red in the low byte, alpha in the high one. Two
channels travel together in one word, 16 bits each, which is what lets the compiler use the widest registers it has.
None of these holds Python's global lock, so threads share the work.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.glass.compiled import kernel

Words = npt.NDArray[np.uint32]

_EIGHT = np.uint32(8)
_ALPHA = np.uint32(24)
_FULL = np.uint32(255)
_PAIR = np.uint32(0x00FF00FF)
_HIGH = np.uint32(0xFF00FF00)
_HALF = np.uint32(0x00800080)
_CARRY = np.uint32(0x00010001)
_OPAQUE = np.uint32(0xFF000000)
_NONE = np.uint32(0)
_RUN = 16


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
def _laid(source: np.uint32, backdrop: np.uint32) -> np.uint32:
    """source + round(backdrop * (255 - alpha) / 255) in each channel; no carry, as colour never exceeds alpha."""
    return source + scaled(backdrop, _FULL - (source >> _ALPHA))


@kernel
def over(backdrop: Words, source: Words) -> None:
    """Lay `source` over `backdrop` (same shape, (height, width) words) in place.

    Runs of sixteen that are wholly empty are skipped, wholly opaque ones copied: most of a cut-out is one or the other.
    """
    height, width = source.shape
    whole = width - width % _RUN
    for y in range(height):
        below, above = backdrop[y], source[y]
        for start in range(0, whole, _RUN):
            any_set, all_set = _NONE, ~_NONE
            for x in range(start, start + _RUN):
                any_set |= above[x]
                all_set &= above[x]
            if any_set == _NONE:
                continue
            if all_set >= _OPAQUE:
                for x in range(start, start + _RUN):
                    below[x] = above[x]
            else:
                for x in range(start, start + _RUN):
                    below[x] = _laid(above[x], below[x])
        for x in range(whole, width):
            below[x] = _laid(above[x], below[x])


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


BLENDS: dict[str, Callable[[Words, Words], None]] = {"normal": over, "plus-lighter": plus_lighter}
"""How a cel is laid: (backdrop, source) of one shape, the backdrop changed in place."""


@kernel
def dye(patch: Words, red: int, green: int, blue: int, alpha: int) -> None:
    """Multiply each channel in place by its factor in 1/65536 (0 to 65536), rounded half up: tint and opacity.

    Colour stays under alpha as long as no factor exceeds alpha's.
    """
    half, word = np.uint64(32768), np.uint64(0xFF)
    r, g, b, a = np.uint64(red), np.uint64(green), np.uint64(blue), np.uint64(alpha)
    height, width = patch.shape
    for y in range(height):
        row = patch[y]
        for x in range(width):
            pixel = np.uint64(row[x])
            row[x] = np.uint32(
                (((pixel & word) * r + half) >> np.uint64(16))
                | (((((pixel >> np.uint64(8)) & word) * g + half) >> np.uint64(16)) << np.uint64(8))
                | (((((pixel >> np.uint64(16)) & word) * b + half) >> np.uint64(16)) << np.uint64(16))
                | ((((pixel >> np.uint64(24)) * a + half) >> np.uint64(16)) << np.uint64(24))
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
