"""A piece off the glass: the picture of what is left, and that of the piece with all that hangs on it.

Both are exposed from the scene's own rig, with the other's pieces put aside, so that they are what the glass shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from collage.exposure.cel import Cel, Cutout, Pane
from collage.exposure.expose import expose
from collage.exposure.lamp import cast, through
from collage.exposure.rig import Joint, Piece, Rig
from collage.exposure.stage import Stage
from collage.geometry import MOST_SIDE, Affine, Point, Size
from collage.timing import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from collage.glass.comp import Glass

    Pixels = npt.NDArray[np.uint8]

HEIGHT = 70.0
"""Millimetres above its sheet at which a hand holds a piece."""
_MARGIN = 3
_ASIDE = Span(0, 0)


class Lifted(NamedTuple):
    """`rest` are the cels of what is left, `cels` those of the piece, where they were. The piece casts its shadow by
    `near` as it lies, by `far` and as softly as `sigma` in the hand, of `opacity`; all in canvas pixels."""

    rest: tuple[Cel, ...]
    cels: tuple[Cel, ...]
    near: Point
    far: Point
    sigma: float
    opacity: float


def lift(rig: Rig, frame: int, piece: Piece) -> Lifted:
    """Take a piece of a scene off the glass at a frame. CollageError as of `expose`."""
    stage = Stage(rig, frame)
    mine, around = _hanging_on(stage, piece.joint), {joint.index for joint in stage.chain(piece.joint) if joint.group}
    rest = _with(rig, (_aside(each) if each.joint.index in mine else each for each in rig.pieces))
    kept = mine | around
    alone = _with(rig, (each if each.joint.index in kept or each.source else _aside(each) for each in rig.pieces))
    alone = replace(alone, stock=None, linear=False)
    near, far, sigma, opacity = _shadows(stage, piece.joint)
    return Lifted(expose(rest, frame), _bare(expose(alone, frame)), near, far, sigma, opacity)


def picture(glass: Glass, cels: tuple[Cel, ...], canvas: Size, way: Affine, scale: float) -> tuple[Pixels, Point]:
    """Cels that have gone a way, alone: premultiplied RGBA at a scale, as large as they need, and the point of the
    canvas where its corner lies. What lies farther than a canvas beyond the canvas is left out."""
    left, top, right, bottom = _bounds(cels, way, canvas)
    shifted = Cel(Pane(cels), Affine.shift(-left, -top) @ way)
    return glass.comp((shifted,), (right - left, bottom - top), None, scale), (left, top)


def _hanging_on(stage: Stage, joint: Joint) -> set[int]:
    """The joint and all that it carries."""
    return {each.joint.index for each in stage.rig.pieces if joint in stage.chain(each.joint)}


def _with(rig: Rig, pieces: Iterable[Piece]) -> Rig:
    return replace(rig, pieces=tuple(pieces))


def _aside(piece: Piece) -> Piece:
    return replace(piece, span=_ASIDE)


def _bare(cels: Iterable[Cel]) -> tuple[Cel, ...]:
    """Without the shadows that they cast onto the sheet: in the hand they cast one together."""
    return tuple(cel._replace(shadow=None) for cel in cels)


def _shadows(stage: Stage, joint: Joint) -> tuple[Point, Point, float, float]:
    rig = stage.rig
    sheet, pose = rig.sheets[stage.home(joint)], None if rig.lamp is None else stage.pose(rig.lamp)
    seen = stage.lens(joint).matrix
    near, far = (
        None if pose is None else through(seen, cast(pose, gap, rig.size[0])) for gap in (sheet.gap, sheet.gap + HEIGHT)
    )
    if near is None or far is None:
        return (0.0, 0.0), (0.0, 0.0), 1.0, 0.0
    return near.offset, far.offset, far.sigma, far.opacity


def _bounds(cels: tuple[Cel, ...], way: Affine, canvas: Size) -> tuple[int, int, int, int]:
    """Of all that cels show, in whole canvas pixels with a margin."""
    points = [point for cel in cels for point in _corners(cel, way)] or [(0.0, 0.0)]
    beyond = [min(side, (MOST_SIDE - side) // 2) for side in canvas]
    low = [max(int(min(point[axis] for point in points)) - _MARGIN, -beyond[axis]) for axis in (0, 1)]
    high = [
        min(int(max(point[axis] for point in points)) + _MARGIN + 1, canvas[axis] + beyond[axis]) for axis in (0, 1)
    ]
    return low[0], low[1], max(high[0], low[0] + 1), max(high[1], low[1] + 1)


def _corners(cel: Cel, way: Affine) -> Iterator[Point]:
    content, matrix = cel.content, way @ cel.matrix
    if isinstance(content, Pane) and content.size is None:
        for inner in content.cels:
            yield from _corners(inner, matrix)
        return
    grown = cel.blur * 3
    if isinstance(content, Cutout):
        grown += content.edge.border + 4 if content.edge else 0
        content = content.drawing
    assert content.size is not None
    width, height = content.size
    for x, y in ((-grown, -grown), (width + grown, -grown), (-grown, height + grown), (width + grown, height + grown)):
        yield matrix.at((x, y))
