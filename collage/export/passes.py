"""Passes: each sheet of glass by itself, as a transparent sequence, for people who put pictures together elsewhere.

Laid over one another from the lowest, and over the paper, they give the frame as it is before the film stock: their
cels are the frame's own, told apart. In 8 bits that is within a level of the frame, and within three under soft
shadows, which are spread over neighbouring pixels in each pass anew; nothing gets lighter or darker by it. Files of 16
bits give it within two of their levels.

Each pass has what was done to its own pieces: camera, focus, shutter, shadows (as black of some opacity), mattes, also
those that lie on another sheet, and the sheet's opacity. `remarks` says what it can't hold.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.export.part import Part
from collage.exposure.expose import expose_sheet
from collage.exposure.rig import Rig
from collage.exposure.sheets import in_use, mixing

if TYPE_CHECKING:
    from collage.stand import Stand


def of(stand: Stand) -> tuple[Part, ...]:
    """A pass for each sheet that anything may lie on, the lowest first, called NAME.SHEET, as bath.stage. CollageError
    for a film, whose shots have each their own sheets, and for a scene that shows nothing."""
    rig = _scene(stand)
    passes = tuple(_pass(stand, rig, sheet) for sheet in in_use(rig))
    if not passes:
        raise CollageError(f"{stand.path}: nothing lies on any sheet, so there are no passes: export it without")
    return passes


def _pass(stand: Stand, rig: Rig, sheet: int) -> Part:
    return Part(stand, f"{stand.name}.{rig.sheets[sheet].name}", rig, None, partial(expose_sheet, rig, sheet=sheet))


def remarks(stand: Stand) -> tuple[str, ...]:
    """A line for each thing of the scene that its passes can't hold, with the cure."""
    rig = _scene(stand)
    told = [
        f'"{piece.label}" mixes by {piece.blend} with what lies below sheet "{rig.sheets[sheet].name}", and a pass '
        f"stands alone: give it a sheet of its own, and lay that pass by {piece.blend}"
        for piece, sheet in mixing(rig)
    ]
    if rig.linear:
        told.append("the scene is linear = true: lay its passes over one another in linear light")
    if rig.stock is not None:
        told.append("the passes are without the film stock of [look]: it goes over all of them together")
    return tuple(told)


def _scene(stand: Stand) -> Rig:
    if not isinstance(stand.rig, Rig):
        scenes = ", ".join(dict.fromkeys(strip.name for strip in stand.rig.strips))
        raise CollageError(f"{stand.path}: a film has no sheets: export the passes of its scenes, {scenes}, one by one")
    return stand.rig
