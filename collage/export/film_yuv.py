"""Pictures as films keep them: luma and chroma, after Recommendation ITU-R BT.709-6.

With R, G, B from 0 to 1, Y = 0.2126 R + 0.7152 G + 0.0722 B, and the differences B - Y and R - Y are divided by 1.8556
and 1.5748 (item 3). Y then goes from 16 to 235 and the differences from 16 to 240, times 4 in 10 bits (item 4). The
kernels' integers are rounded once, the same on every machine, and none of them holds Python's lock.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from collage.glass.compiled import kernel

Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]

_ONE = 1 << 20
_RED, _BLUE = 0.2126, 0.0722
_GREEN = 1 - _RED - _BLUE


def _whole(parts: tuple[float, float, float], span: float) -> tuple[int, int, int]:
    """Shares of red, green and blue, times span / 255, in parts of 2^20; green takes what rounding left over."""
    red, _, blue = (round(part * span / 255 * _ONE) for part in parts)
    return red, round(sum(parts) * span / 255 * _ONE) - red - blue, blue


_LUMA = _whole((_RED, _GREEN, _BLUE), 219)
_CB = _whole((-_RED / 1.8556, -_GREEN / 1.8556, (1 - _BLUE) / 1.8556), 224)
_CR = _whole(((1 - _RED) / 1.5748, -_GREEN / 1.5748, -_BLUE / 1.5748), 224)
_YR, _YG, _YB = _LUMA
_UR, _UG, _UB = _CB
_VR, _VG, _VB = _CR


@kernel
def luma(picture: Bytes, out: Bytes) -> None:
    """Y of each pixel of (height, width, 4) RGBA, into the first columns of (height, at least width)."""
    base = np.int32((16 << 20) + (1 << 19))
    for y in range(picture.shape[0]):
        row, line = picture[y], out[y]
        for x in range(picture.shape[1]):
            total = np.int32(row[x, 0]) * _YR + np.int32(row[x, 1]) * _YG + np.int32(row[x, 2]) * _YB
            line[x] = np.uint8((np.int32(total) + base) >> 20)


@kernel
def chroma(picture: Bytes, blue: Bytes, red: Bytes) -> None:
    """Cb and Cr of every second pixel of every second row, each weighed 2 with its neighbours on the left and right 1,
    and all that with the row below: where 4:2:0 has them unless a film says otherwise (H.264, annex E, type 0)."""
    height, width = picture.shape[:2]
    base = np.int64((128 << 23) + (1 << 22))
    for j in range((height + 1) // 2):
        upper, lower = picture[2 * j], picture[min(2 * j + 1, height - 1)]
        for i in range((width + 1) // 2):
            here, left, right = 2 * i, max(2 * i - 1, 0), min(2 * i + 1, width - 1)
            r = np.int64(upper[left, 0]) + upper[right, 0] + lower[left, 0] + lower[right, 0]
            g = np.int64(upper[left, 1]) + upper[right, 1] + lower[left, 1] + lower[right, 1]
            b = np.int64(upper[left, 2]) + upper[right, 2] + lower[left, 2] + lower[right, 2]
            r += 2 * (np.int64(upper[here, 0]) + lower[here, 0])
            g += 2 * (np.int64(upper[here, 1]) + lower[here, 1])
            b += 2 * (np.int64(upper[here, 2]) + lower[here, 2])
            blue[j, i] = np.uint8((r * _UR + g * _UG + b * _UB + base) >> 23)
            red[j, i] = np.uint8((r * _VR + g * _VG + b * _VB + base) >> 23)


@kernel
def deep(picture: Bytes, light: Shorts, blue: Shorts, red: Shorts) -> None:
    """Y, Cb and Cr of each pixel in 10 bits."""
    half = np.int64(1 << 17)
    for y in range(picture.shape[0]):
        for x in range(picture.shape[1]):
            r, g, b = np.int64(picture[y, x, 0]), np.int64(picture[y, x, 1]), np.int64(picture[y, x, 2])
            light[y, x] = np.uint16((r * _YR + g * _YG + b * _YB + (16 << 20) + half) >> 18)
            blue[y, x] = np.uint16((r * _UR + g * _UG + b * _UB + (128 << 20) + half) >> 18)
            red[y, x] = np.uint16((r * _VR + g * _VG + b * _VB + (128 << 20) + half) >> 18)


def even(picture: Bytes) -> Bytes:
    """With even sides: the last row or column once more where they are odd."""
    height, width = picture.shape[:2]
    if height % 2 == width % 2 == 0:
        return picture
    return np.pad(picture, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")


def filled(picture: Bytes) -> Bytes:
    """A premultiplied picture with straight alpha, whose colours go on softly where it is transparent: no dark edge is
    there to leak into what is seen. They come from copies, each half as large, of which the first that shows anything
    there counts."""
    from collage.glass.comp import straight

    sharp = straight(picture)
    clear = sharp[..., 3] == 0
    if clear.any():
        sharp[clear, :3] = np.rint(_spread(picture.astype(np.float32))[clear])
    return sharp


def _spread(picture: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    import cv2

    height, width = picture.shape[:2]
    alpha = picture[..., 3:]
    known: npt.NDArray[np.float32] = np.minimum(picture[..., :3] * 255 / np.maximum(alpha, 1e-6), 255)
    if height == width == 1 or alpha.all():
        return known
    half = cv2.resize(picture, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA)
    softer = cv2.resize(_spread(half), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.where(alpha > 0, known, softer.reshape(height, width, 3))
