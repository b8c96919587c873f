"""A few rows of a picture as floats, which is how film treats it: several steps, rounded once.

A strip is (4, rows, width) float32: red, green, blue and alpha, premultiplied, 0 to 255. It stays in the processor's
cache from step to step, and any share of a picture's strips may be made by any thread, since none needs another.
Colour may leave 0 to alpha for a while; alpha is always within 0 to 255.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.glass.compiled import kernel
from collage.glass.kernels import Words

Row = npt.NDArray[np.float32]
Strip = npt.NDArray[np.float32]
ROWS = 16
"""Rows in a strip."""

_EXACT = 0.002
"""What is so near to a whole level counts as that level: rounding in floats must not show as dither."""


@kernel
def unpack(picture: Words, top: int, strip: Strip) -> None:
    """The rows of a picture from `top` on."""
    for y in range(strip.shape[1]):
        pixels = picture[top + y]
        for channel in range(4):
            row, down = strip[channel, y], np.uint32(8 * channel)
            for x in range(row.size):
                row[x] = np.float32(np.int32((pixels[x] >> down) & np.uint32(255)))


@njit(inline="always")
def _rounded(value: np.float32, threshold: np.uint32) -> np.int32:
    """Up where the part beyond a whole level exceeds a threshold, 0 to 65535."""
    spread = np.float32((1.0 - 2.0 * _EXACT) / 65536.0)
    part = np.float32(np.int32(threshold & np.uint32(0xFFFF))) * spread + np.float32(_EXACT)
    return np.int32(max(value, np.float32(0.0)) + part)


@kernel
def pack(strip: Strip, top: int, picture: Words) -> None:
    """Dithered to bytes, no colour above alpha.

    Thresholds are the rank-1 lattice of the plastic number (Roberts, "The unreasonable effectiveness of quasirandom
    sequences", 2018) by the pixel's place, a third apart from channel to channel: the mean of any few neighbours comes
    out right, and the same picture always as the same bytes.
    """
    third, byte = np.uint32(21845), np.uint32(8)
    for y in range(strip.shape[1]):
        red, green, blue, alpha = strip[0, y], strip[1, y], strip[2, y], strip[3, y]
        out, start = picture[top + y], np.uint32(top + y) * np.uint32(37345)
        for x in range(out.size):
            threshold = start + np.uint32(x) * np.uint32(49471)
            a = np.int32(alpha[x] + np.float32(0.5))
            r = np.uint32(min(_rounded(red[x], threshold), a))
            g = np.uint32(min(_rounded(green[x], threshold + third), a))
            b = np.uint32(min(_rounded(blue[x], threshold + third + third), a))
            out[x] = r | (g << byte) | (b << (byte + byte)) | (np.uint32(a) << np.uint32(24))
