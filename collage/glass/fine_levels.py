"""A plate's pixels and mipmaps in 16 bits a channel, in sRGB or in light: what the fine medium warps."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from collage.glass import light
from collage.glass.ground import Pixels, words

Deep = npt.NDArray[np.uint16]
"""(height, width, 4), premultiplied, 0 to 65535."""
Levels = npt.NDArray[Any]
"""Deep pixels, or float32 ones."""


def level(pixels: Pixels, across: int, down: int, linear: bool) -> Deep:
    """The pixels of a plate halved so many times across and down, each halving the mean of two."""
    return halved(_deep(pixels, linear), across, down)


def halved(found: Levels, across: int, down: int) -> Levels:
    """The same of deep or float32 pixels; the very pixels if there is nothing to halve."""
    while across or down:
        found = _half(found, across >= down)
        across, down = across - (across >= down), down - (down > across)
    return found


def _deep(pixels: Pixels, linear: bool) -> Deep:
    if not linear:
        return pixels * np.uint16(257)
    out = np.empty(pixels.shape, np.uint16)
    light.lit(words(pixels), light.lights(), out)
    return out


def _half(pixels: Levels, across: bool) -> Levels:
    """Half as wide (or as high), an odd last column (row) paired with nothing."""
    height, width = pixels.shape[:2]
    pixels = np.pad(pixels, ((0, 0 if across else height % 2), (0, width % 2 if across else 0), (0, 0)))
    one, other = (pixels[:, 0::2], pixels[:, 1::2]) if across else (pixels[0::2], pixels[1::2])
    if pixels.dtype != np.uint16:
        return np.asarray((one + other) * np.float32(0.5))
    total = one.astype(np.uint32)
    total += other
    total += (total >> 1) & 1  # halves go to the even side, as in 8 bits
    return (total >> 1).astype(np.uint16)
