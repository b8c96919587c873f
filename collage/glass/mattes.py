"""Mattes: a piece is seen through the shape of others, or through their light, inside of it or outside."""

from __future__ import annotations

import numpy as np
from numba import njit

from collage.exposure.cel import Matte
from collage.glass.compiled import kernel
from collage.glass.ground import Pixels, words
from collage.glass.kernels import Words

_RED, _GREEN, _BLUE = 2126, 7152, 722
"""Of 10000, how bright the primaries are (ITU-R BT.709)."""
_WHOLE = 255 * 10000


def through(patch: Pixels, seen: Pixels, matte: Matte) -> None:
    """Keep of each pixel of a patch, in place, what a matte's picture `seen` of the same size leaves of it.

    By its alpha, or by its luminance as it is over black, which premultiplied colours are; each channel rounded once.
    """
    by_alpha = not matte.luminance
    _through(words(patch), words(seen), by_alpha, matte.outside)


@njit(inline="always")
def _weight(pixel: np.uint32, by_alpha: bool, outside: bool) -> np.uint32:
    """How much a pixel of the matte leaves, 0 to _WHOLE."""
    byte = np.uint32(255)
    if by_alpha:
        weight = (pixel >> np.uint32(24)) * np.uint32(10000)
    else:
        weight = (
            (pixel & byte) * np.uint32(_RED)
            + ((pixel >> np.uint32(8)) & byte) * np.uint32(_GREEN)
            + ((pixel >> np.uint32(16)) & byte) * np.uint32(_BLUE)
        )
    return np.uint32(_WHOLE) - weight if outside else weight


@kernel
def _through(patch: Words, seen: Words, by_alpha: bool, outside: bool) -> None:
    """round(channel * weight / _WHOLE), half up; sums stay below 2**32."""
    whole, half, byte = np.uint32(_WHOLE), np.uint32(_WHOLE // 2), np.uint32(255)
    height, width = patch.shape
    for y in range(height):
        row, through = patch[y], seen[y]
        for x in range(width):
            pixel, weight = row[x], _weight(through[x], by_alpha, outside)
            if weight == whole or pixel == np.uint32(0):
                continue
            out = np.uint32(0)
            for channel in range(4):
                shift = np.uint32(8 * channel)
                out |= (((pixel >> shift) & byte) * weight + half) // whole << shift
            row[x] = out
