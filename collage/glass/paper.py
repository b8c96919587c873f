"""Paper: a drawing printed, cut and handled, as the glass gets it. All that was done to a piece before it was laid."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Cutout, Edge, Print
from collage.glass.decode import premultiply
from collage.glass.kernels import straighten
from collage.glass.knife import cut, margin, marked, silhouette
from collage.glass.printing import presses, printed
from collage.glass.rim import blackened, depths, lit, torn
from collage.glass.stock import laid, pulp
from collage.glass.worn import worn
from collage.motion.chance import Chance

Pixels = npt.NDArray[np.uint8]

_UNPRINTED = Print(0.0)
_TOOTH = 0.35
"""How uneven bare paper is at least."""


def made(pixels: Pixels, cutout: Cutout) -> tuple[Pixels, tuple[int, int]]:
    """A whole drawing, (height, width, 4) premultiplied uint8, as its paper piece, and where its corner lies in that.

    The same for the same drawing and cut-out in every process; `pixels` stay as they are, and come back as they are
    if nothing is to be done. What is printed is the same for every knife. An edge makes the piece larger on all sides,
    and opaque: paper is seen through what is translucent, and stray faint pixels fall under the knife.
    """
    edge, how = cutout.edge, cutout.print or _UNPRINTED
    if not pixels[..., 3].any() or (edge is None and not presses(how) and not how.fibre):
        return pixels, (0, 0)
    chance = Chance("paper", cutout.drawing.asset, cutout.drawing.name)
    pad = margin(edge) if edge else 0
    picture = cv2.copyMakeBorder(pixels, pad, pad, pad, pad, cv2.BORDER_CONSTANT) if pad else pixels
    sheet = _sheet(np.ascontiguousarray(picture), edge, how, chance)
    if edge:
        sheet[..., 3] = _cut_out(sheet, edge, chance)
    premultiply(sheet)
    return sheet, (pad, pad)


def _sheet(picture: Pixels, edge: Edge | None, how: Print, chance: Chance) -> Pixels:
    """The photograph on paper, uncut: straight colours and its own alpha."""
    if presses(how):
        sheet = printed(picture, how, edge.colour if edge else None, chance)
    elif edge:
        sheet = laid(picture, edge.colour)
    else:
        sheet = straighten(picture.view(np.uint32)[..., 0])[..., None].view(np.uint8)
    pulp(sheet, chance, _TOOTH + how.fibre if edge else 0.0, how.fibre)
    return sheet


def _cut_out(sheet: Pixels, edge: Edge, chance: Chance) -> npt.NDArray[np.uint8]:
    """How far there is paper once a sheet is cut out, 0 to 255; what hands do to it meanwhile is done to the sheet."""
    alpha = np.ascontiguousarray(sheet[..., 3])
    solid = silhouette(alpha)
    lines = marked(solid, edge.border)
    cover: npt.NDArray[np.uint8] = np.maximum(cut(solid.shape, lines, edge, chance), alpha * solid)
    if edge.torn:
        torn(sheet, cover, lines, edge, chance)
    if edge.dark:
        blackened(sheet, cover, edge, chance)
    if edge.wear:
        worn(sheet, cover, depths(cover), lines, edge.wear, chance)
    lit(sheet, cover)
    return cover
