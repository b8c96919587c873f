"""Light and its levels: sRGB to linear light and back, by the formula of IEC 61966-2-1.

Tables stand for the formula, read between their points by straight lines: they are off by less than 1/1000 of an 8-bit
level. Premultiplied colours are divided by alpha, turned, and multiplied again, since only straight ones have a light.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.glass.compiled import kernel
from collage.glass.kernels import Words

Real = TypeVar("Real", np.float32, np.float64)
Values = npt.NDArray[np.float32]
Curve = npt.NDArray[np.float32]
"""A table of STEPS + 2 values at 0, 1 / STEPS, 2 / STEPS…"""
STEPS = 1 << 14


def light(level: npt.NDArray[Real]) -> npt.NDArray[Real]:
    """The linear light of sRGB, both 0 to 1."""
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


def level(light: npt.NDArray[Real]) -> npt.NDArray[Real]:
    """The sRGB of linear light, both 0 to 1."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)


@cache
def lights() -> Curve:
    """`light` as a table."""
    return _table(light)


@cache
def levels() -> Curve:
    """`level` as a table."""
    return _table(level)


def _table(curve: Any) -> Curve:
    table = np.asarray(curve(np.minimum(np.arange(STEPS + 2) / STEPS, 1.0)), np.float32)
    table.flags.writeable = False
    return table


@njit(inline="always")
def read(curve: Curve, at: np.float32) -> np.float32:
    """The value of a table at a place, which is taken to the nearest end if it lies outside."""
    place = min(max(at, np.float32(0)), np.float32(1)) * np.float32(STEPS)
    step = np.int32(place)
    before, after = curve[np.uint64(step)], curve[np.uint64(step + 1)]
    value: np.float32 = before + (place - np.float32(step)) * (after - before)
    return value


@kernel
def turn(pixels: Values, curve: Curve) -> None:
    """Turn premultiplied (height, width, 4) pixels, 0 to 1, in place."""
    height, width = pixels.shape[:2]
    for y in range(height):
        for x in range(width):
            alpha = pixels[y, x, 3]
            if alpha > 0:
                for channel in range(3):
                    pixels[y, x, channel] = read(curve, pixels[y, x, channel] / alpha) * alpha


@kernel
def lit(pixels: Words, curve: Curve, out: npt.NDArray[np.uint16]) -> None:
    """Premultiplied sRGB as premultiplied light in 16 bits."""
    byte, whole, half = np.uint32(255), np.float32(65535), np.float32(0.5)
    height, width = pixels.shape
    for y in range(height):
        for x in range(width):
            pixel = pixels[y, x]
            alpha = pixel >> np.uint32(24)
            share, unit = np.float32(alpha) / np.float32(255), np.float32(1) / np.float32(max(alpha, np.uint32(1)))
            for channel in range(3):
                straight = np.float32((pixel >> np.uint32(8 * channel)) & byte) * unit
                out[y, x, channel] = np.uint16(read(curve, straight) * share * whole + half)
            out[y, x, 3] = np.uint16(alpha * np.uint32(257))
