"""The paper itself: its tooth, its clouds and its fibres, and where ink does not quite cover it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.glass.compiled import kernel
from collage.glass.grain import dice, lumps, ragged, seed
from collage.motion.chance import Chance

Pixels = npt.NDArray[np.uint8]
_APART = 260.0
"""Square pixels of paper to one fibre that can be seen."""
_SHADES = (-30, -18, 14, 26)


def laid(picture: Pixels, backing: Colour) -> Pixels:
    """A premultiplied picture on paper, opaque where paper is seen: straight colours and its own alpha."""
    sheet = picture.copy()
    for c in range(3):
        seen = ((255 - np.arange(256)) * backing[c] + 127) // 255  # of the paper, under each alpha
        sheet[..., c] += seen.astype(np.uint8)[picture[..., 3]]
    return sheet


def pulp(sheet: Pixels, chance: Chance, bare: float, inked: float) -> None:
    """Give a sheet the unevenness of paper, in place: of strength `bare` where its alpha is 0, `inked` where it is 255.

    Ink of strength `inked` above 0 leaves the hollows of the paper white.
    """
    _uneven(sheet, strands(sheet.shape, chance), seed(chance, "pulp"), float(bare), float(inked))


def strands(shape: tuple[int, ...], chance: Chance) -> npt.NDArray[np.uint8]:
    """Single fibres, some lighter and some darker than 128."""
    height, width = shape[:2]
    plane = np.full((height, width), 128, np.uint8)
    count = int(height * width / _APART) + 1
    draws = np.random.Generator(np.random.PCG64(int(seed(chance, "strands"))))
    curls = np.empty((count, 4, 2))
    curls[:, 0] = draws.random((count, 2)) * (width, height)
    turn, bend, step = draws.random(count) * 7, draws.random(count) - 0.5, 1.2 + 3.4 * draws.random(count) ** 2
    for n in range(3):
        heading = turn + n * bend * 1.3
        curls[:, n + 1] = curls[:, n] + np.stack([np.cos(heading), np.sin(heading)], -1) * step[:, None]
    points = np.round(curls * 16).astype(np.int32)
    for n, shade in enumerate(_SHADES):
        cv2.polylines(plane, list(points[n :: len(_SHADES)]), False, 128 + shade, 1, cv2.LINE_AA, 4)
    return plane


@kernel
def _uneven(sheet: Pixels, strand: npt.NDArray[np.uint8], start: np.uint64, bare: float, inked: float) -> None:
    height, width = sheet.shape[:2]
    for y in range(height):
        for x in range(width):
            alpha = sheet[y, x, 3] / 255.0
            strong = bare + (inked - bare) * alpha
            if strong <= 0.0:
                continue
            tooth = 0.6 * lumps(start, float(x), float(y), 2.0) + 0.4 * dice(start, x, y)
            cloud = ragged(start + np.uint64(7), float(x), float(y), 46.0, 2, 0.6)
            fibre = (strand[y, x] - 128.0) / 128.0
            shade = 1.0 + strong * (0.07 * tooth + 0.035 * cloud + 0.30 * fibre)
            hollow = max(-tooth - 0.22 + 0.25 * cloud, 0.0) * 1.5 + max(fibre, 0.0) * 1.2
            white = min(inked * alpha * hollow, 0.9)
            for c in range(3):
                value = sheet[y, x, c]
                value = value + (240.0 - 7.0 * c - value) * white
                sheet[y, x, c] = np.uint8(min(max(value * shade, 0.0), 255.0) + 0.5)
