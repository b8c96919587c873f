"""Set type as pixels: lines that were broken and placed long before, drawn in their colour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from collage.registry.probe import typeface

if TYPE_CHECKING:
    from collage.exposure.cel import Lettering


def letter(lettering: Lettering) -> npt.NDArray[np.uint8]:
    """(height, width, 4) uint8, premultiplied sRGB RGBA, contiguous: the lines, anti-aliased, on nothing.

    AssetError if the font can't be read.
    """
    from PIL import Image, ImageDraw

    face = typeface(Path(lettering.font) if lettering.font else None, lettering.type_size)
    ink = Image.new("L", lettering.size)
    pen = ImageDraw.Draw(ink)
    for words, x, baseline in lettering.lines:
        pen.text((x, baseline), words, fill=255, font=face, anchor="ls")
    return _coloured(np.asarray(ink), lettering.colour)


def _coloured(cover: npt.NDArray[np.uint8], colour: tuple[int, int, int, int]) -> npt.NDArray[np.uint8]:
    """A colour laid through a mask: each level of the mask gives one premultiplied pixel, so a table does it."""
    straight = np.array([*colour[:3], 255])
    alphas = (np.arange(256) * colour[3] + 127) // 255
    table: npt.NDArray[np.uint8] = ((alphas[:, None] * straight + 127) // 255).astype(np.uint8)
    return table[cover]
