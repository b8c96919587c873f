"""Plates: the pixels of what is shown, each decoded, premultiplied and trimmed once, shrunk when first needed.

A plate's `levels` are its mipmaps, made by halving each axis on its own, so that a piece that is turned edge-on
is filtered along the axis that shrinks and stays sharp along the other.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Content, Lettering
from collage.glass.decode import decode
from collage.glass.lettering import letter
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]


@dataclass(slots=True)
class Plate:
    """One picture ready for the glass.

    pixels: (height, width, 4) uint8, premultiplied sRGB, trimmed to what is not transparent.  origin: where the
    trimmed corner lies in the whole picture.  outline: (n, 2) float64, the convex hull of its pixels' corners in the
    whole picture's pixels: what bounds a warp.
    """

    pixels: Pixels
    origin: tuple[int, int]
    outline: npt.NDArray[np.float64]
    _levels: dict[tuple[int, int], Pixels] = field(default_factory=dict)

    def level(self, across: int, down: int) -> Pixels:
        """The pixels halved so many times across and down, each halving the mean of two, rounded half to even."""
        if not across and not down:
            return self.pixels
        if (across, down) not in self._levels:
            finer = self.level(across - (across >= down), down - (down > across))
            self._levels[across, down] = _halved(finer, across >= down)
        return self._levels[across, down]


class Plates:
    """Every plate of a stand, by content. Safe to ask from several threads: each picture is decoded once."""

    def __init__(self) -> None:
        self._plates: dict[Content, Plate] = {}
        self._lock = threading.Lock()

    def plate(self, content: Drawing | Lettering) -> Plate:
        """The plate of a drawing or of lettering; AssetError if its picture or font can't be read."""
        plate = self._plates.get(content)
        if plate is None:
            with self._lock:
                plate = self._plates.get(content)
                if plate is None:
                    plate = self._plates[content] = trimmed(_pixels(content))
        return plate


def trimmed(pixels: Pixels) -> Plate:
    """A plate of premultiplied pixels (height, width, 4), cut down to the box of its visible ones."""
    alpha = pixels[..., 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return Plate(np.zeros((1, 1, 4), np.uint8), (0, 0), np.zeros((0, 2)))
    x0, x1, y0, y1 = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    inner = np.ascontiguousarray(pixels[y0:y1, x0:x1])
    return Plate(inner, (x0, y0), np.add(_outline(inner[..., 3]), (x0, y0)))


def _outline(alpha: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """The convex hull of the corners of all visible pixels: of each row only the two ends can lie on it."""
    visible = alpha > 0
    rows = np.flatnonzero(visible.any(axis=1))
    left = visible[rows].argmax(axis=1)
    right = alpha.shape[1] - visible[rows, ::-1].argmax(axis=1)
    ends = [np.stack([x, rows + dy], axis=1) for x in (left, right) for dy in (0, 1)]
    hull = cv2.convexHull(np.concatenate(ends).astype(np.int32))
    return hull.reshape(-1, 2).astype(np.float64)


def _halved(pixels: Pixels, across: bool) -> Pixels:
    """Half as wide (or as high), an odd last column (row) paired with nothing."""
    height, width = pixels.shape[:2]
    pixels = np.pad(pixels, ((0, 0 if across else height % 2), (0, width % 2 if across else 0), (0, 0)))
    pairs = (pixels[:, 0::2], pixels[:, 1::2]) if across else (pixels[0::2], pixels[1::2])
    total = pairs[0].astype(np.uint16)
    total += pairs[1]
    total += (total >> 1) & 1  # halves go to the even side: a piece that recedes grows neither lighter nor darker
    total >>= 1
    return total.astype(np.uint8)


def _pixels(content: Drawing | Lettering) -> Pixels:
    return letter(content) if isinstance(content, Lettering) else decode(content.path)
