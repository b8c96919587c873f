"""Blurs: a Gaussian, or the disc of an open lens, each made small where it is wide.

At 1/k of the size a sigma of 2 to 4 says as much as the whole. Where a picture ends it is taken to go on for ever as
it ends, so that one which fills the canvas stays as strong at its edge; who wants nothing beyond leaves a margin.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from collage.geometry import Affine
from collage.glass.compiled import kernel
from collage.glass.ground import Pixels, words
from collage.glass.kernels import Words

REGRIDDING = 1 / 4
"""The variance, in small pixels, that drawing small and enlarging add by themselves: 1/12 of a box, 1/6 of a tent."""
_FINE = 4
"""Points across a pixel at which a disc's edge is measured."""
Light = npt.NDArray[np.float32]


def soften(small: Pixels, sigma: float, k: int, bokeh: bool) -> Pixels:
    """A picture at 1/k of its size, blurred by what is left of a sigma in whole pixels."""
    left = math.sqrt((sigma / k) ** 2 - (REGRIDDING if k > 1 else 0.0))
    if bokeh:
        return _discs(small, 2 * left)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), left, borderType=cv2.BORDER_REPLICATE), np.uint8)


def enlarged(small: Pixels, place: Affine, size: tuple[int, int]) -> Pixels:
    """A picture (height, width) of a small one, bilinear; `place` takes the small one's corners to the large one's."""
    out = np.empty((*size, 4), np.uint8)
    sample(small, place, out)
    return out


def sample(pixels: npt.NDArray[Any], to_patch: Affine, patch: npt.NDArray[Any]) -> None:
    """Fill `patch` bilinearly; `to_patch` maps corners to corners, OpenCV's indices are centres."""
    back = (Affine.shift(-0.5, -0.5) @ to_patch @ Affine.shift(0.5, 0.5)).inverse()
    matrix = np.array([[back.a, back.c, back.e], [back.b, back.d, back.f]])
    size = (patch.shape[1], patch.shape[0])
    cv2.warpAffine(pixels, matrix, size, dst=patch, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)


def blurred(pixels: Pixels, sigma: float, k: int, bokeh: bool) -> Pixels:
    """A whole picture blurred by sigma pixels."""
    height, width = pixels.shape[:2]
    beyond = cv2.BORDER_REPLICATE
    whole = cv2.copyMakeBorder(pixels, 0, -height % k, 0, -width % k, beyond)
    small = cv2.resize(whole, (whole.shape[1] // k, whole.shape[0] // k), interpolation=cv2.INTER_AREA)
    soft = soften(np.asarray(small, np.uint8), sigma, k, bokeh)
    if k == 1:
        return soft
    ringed = np.asarray(cv2.copyMakeBorder(soft, 1, 1, 1, 1, beyond), np.uint8)
    return enlarged(ringed, Affine.scaling(k, k) @ Affine.shift(-1, -1), (height, width))


def _discs(pixels: Pixels, radius: float) -> Pixels:
    """Each pixel's light spread over a disc: a disc of radius r varies by r²/4 along an axis, a Gaussian by sigma².

    As light and not as sRGB, so that a spark becomes a bright disc and not a grey one.
    """
    lit = np.empty(pixels.shape, np.float32)
    _to_light(words(pixels), _table(), lit)
    cv2.filter2D(lit, -1, disc(radius), dst=lit, borderType=cv2.BORDER_REPLICATE)
    out = np.empty_like(pixels)
    _from_light(lit, words(out))
    return out


def disc(radius: float) -> Light:
    """The share of each pixel that lies in a disc around the middle one; in all 1."""
    reach = math.ceil(radius)
    side = (2 * reach + 1) * _FINE
    at = (np.arange(side) + 0.5) / _FINE - (reach + 0.5)
    inside = (at[:, None] ** 2 + at**2 <= radius**2).astype(np.float32)
    cover = inside.reshape(2 * reach + 1, _FINE, -1, _FINE).sum(axis=(1, 3))
    cover[reach, reach] = max(cover[reach, reach], 1)
    return np.asarray(cover / cover.sum(), np.float32)


def _table() -> Light:
    """The light of each level of sRGB (IEC 61966-2-1)."""
    level = np.arange(256) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4).astype(np.float32)


@kernel
def _to_light(pixels: Words, table: Light, out: Light) -> None:
    """Premultiplied sRGB to premultiplied light, 0 to 1."""
    height, width = pixels.shape
    for y in range(height):
        for x in range(width):
            pixel = pixels[y, x]
            alpha = pixel >> np.uint32(24)
            share = np.float32(alpha) / np.float32(255)
            out[y, x, 3] = share
            for channel in range(3):
                level = (pixel >> np.uint32(8 * channel)) & np.uint32(255)
                straight = (level * np.uint32(255) + alpha // np.uint32(2)) // max(alpha, np.uint32(1))
                out[y, x, channel] = table[straight] * share


@kernel
def _from_light(light: Light, out: Words) -> None:
    height, width = out.shape
    for y in range(height):
        for x in range(width):
            share = min(max(light[y, x, 3], np.float32(0)), np.float32(1))
            alpha = np.uint32(share * np.float32(255) + np.float32(0.5))
            pixel = alpha << np.uint32(24)
            for channel in range(3):
                if alpha > 0:
                    straight = min(max(light[y, x, channel] / share, np.float32(0)), np.float32(1))
                    level = straight * 12.92 if straight <= 0.0031308 else 1.055 * straight ** (1 / 2.4) - 0.055
                    pixel |= np.uint32(level * alpha + 0.5) << np.uint32(8 * channel)
            out[y, x] = pixel
