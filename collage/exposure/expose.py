"""The one evaluation that player and exporter share: which cels lie on the glass at a frame. Pure, in any order."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from typing import NamedTuple

from collage.colours import WHITE, Colour
from collage.errors import CollageError
from collage.exposure import cel
from collage.exposure.camera import Lens
from collage.exposure.cel import Card, Cel, Matte
from collage.exposure.ledger import handed_on
from collage.exposure.order import painted
from collage.exposure.rig import BLUR, OPACITY, SLOTS, Joint, Nested, Piece, Pose, Rig
from collage.exposure.shutter import swept, swept_whole
from collage.exposure.stage import Stage, composed
from collage.exposure.whose import Whose, told
from collage.geometry import Affine

_TINT = slice(SLOTS["tint"][0], SLOTS["tint"][0] + 4)
_affine = Affine._make


class _Place(NamedTuple):
    """Where a piece is drawn: whether it casts its own shadow there, and the group that it is part of as one picture,
    which does to all of it alike what the lens and the shutter do."""

    casts: bool = True
    whole: Joint | None = None


_FREE, _SEEN_THROUGH = _Place(), _Place(casts=False)


class _Table(NamedTuple):
    """A scene at a frame, as it is laid.

    `members` are the pieces by the group they are drawn inside, None for none, `sources` those that others are seen
    through, by their layer's place in the file. `mattes` are the cels of those that were asked for, None while they are
    being drawn.
    """

    stage: Stage
    members: dict[Piece | None, list[Piece]]
    sources: dict[int, list[Piece]]
    mattes: dict[int, tuple[Cel, ...] | None]


def expose(rig: Rig, frame: int, worn: Mapping[str, int] | None = None, whose: Whose | None = None) -> tuple[Cel, ...]:
    """The cels of a frame in painter's order; a single pane of all, its paper among them, if the scene is shot on a
    stock or composited in linear light. `worn` is how often assets were handed on, where a film knows better;
    `whose` gets what each cel was made of.

    CollageError for what only shows at a frame: a formula without a value, layers behind one another in a ring.
    """
    with _within_reach(frame):
        stage = Stage(rig, frame, worn=handed_on(rig.lines, frame) if worn is None else worn, whose=whose)
        return (Cel(nested(stage)),) if rig.whole else _cels(stage)


def expose_sheet(rig: Rig, frame: int, sheet: int) -> tuple[Cel, ...]:
    """Of a frame's cels those on one sheet, counted from the lowest: as they lie there, but without the paper under all
    and the stock they are shot on. Errors as of `expose`."""
    with _within_reach(frame):
        cels = _cels(Stage(rig, frame, worn=handed_on(rig.lines, frame)), sheet)
    return (Cel(cel.Pane(cels, rig.size, linear=True)),) if rig.linear else cels


@contextmanager
def _within_reach(frame: int) -> Iterator[None]:
    try:
        yield
    except RecursionError:
        raise CollageError(f"frame {frame}: too many pieces depend on one another: hang them higher up") from None


def nested(stage: Stage) -> cel.Pane:
    """A whole scene as one content: its paper and cels, clipped to its size, on its stock."""
    rig = stage.rig
    under = () if rig.paper is None else (Cel(Card(rig.size, rig.paper), layer="paper"),)
    finish = None if rig.stock is None else rig.stock.at(stage.frame)
    return cel.Pane((*under, *_cels(stage)), rig.size, finish=finish, linear=rig.linear)


def _cels(stage: Stage, sheet: int | None = None) -> tuple[Cel, ...]:
    """Those of all sheets, or of one."""
    rig = stage.rig
    here = [piece for piece in rig.pieces if not piece.gone(stage.frame)]
    sources: dict[int, list[Piece]] = {}
    if rig.mattes:
        for piece in here:
            if piece.source and stage.there(piece):
                sources.setdefault(piece.layer, []).append(piece)
        here = [piece for piece in here if not piece.source]
    table = _Table(stage, _gathered(stage, here) if rig.groups else {None: here}, sources, {})
    laid = table.members.get(None, [])
    if sheet is not None:
        laid = [piece for piece in laid if stage.home(piece.joint) == sheet]
    return tuple(_laid(table, laid, _FREE))


def _gathered(stage: Stage, here: Iterable[Piece]) -> dict[Piece | None, list[Piece]]:
    """The pieces by the group that they are drawn inside, None for none. Those of a group that is not here are left
    out by never being asked for."""
    members: dict[Piece | None, list[Piece]] = {}
    for piece in here:
        host = stage.host(piece.joint)
        members.setdefault(None if host is None else stage.rig.pieces[host.index], []).append(piece)
    return members


def _laid(table: _Table, pieces: list[Piece], place: _Place) -> Iterator[Cel]:
    """The cels of pieces, sheet by sheet."""
    stage = table.stage
    sheets: dict[int, list[tuple[bool, Cel]]] = {}
    for piece in painted(stage, pieces):
        locked = stage.rig.locks and stage.locked(piece.joint)
        found = [(locked, drawn) for drawn in _drawn(table, piece, place)]
        if found:
            sheets.setdefault(stage.home(piece.joint), []).extend(found)
    for index in sorted(sheets):
        yield from _on_sheet(stage, index, sheets[index])


def _drawn(table: _Table, piece: Piece, place: _Place) -> Iterator[Cel]:
    """The cels of a piece: one; none where it is lifted off; those of its members for a group."""
    if piece.content is None:
        yield from _together(table, piece, place)
        return
    stage, joint = table.stage, piece.joint
    what = shown(stage, piece)
    matte = None if piece.through is None else _matte(table, piece)
    if what is None or matte is _NOWHERE:
        return
    pose, lens, world = stage.pose(joint), stage.lens(joint), stage.world(joint)
    matrix = _affine(world if lens.matrix is None else composed(lens.matrix, world))
    opacity = _share(pose[OPACITY])
    blur, bokeh = _blur(stage, pose, lens, place)
    shadow = stage.shadow(joint) if piece.casts and place.casts and opacity else None
    sweep = swept(stage, piece, matrix, place.whole) if stage.rig.shutter else None
    drawn = Cel(what, matrix, opacity, _tint(pose), piece.label, blur, piece.blend, shadow, matte, sweep, bokeh)
    yield told(drawn, stage, piece)


def shown(stage: Stage, piece: Piece) -> cel.Content | None:
    """What a piece shows; None where it is lifted off."""
    content = piece.content
    if isinstance(content, Nested):
        return nested(stage.nested(piece.joint))
    if not isinstance(content, Mapping):
        return content
    name = piece.drawing(stage.frame)
    if name == "none":
        return None
    drawing = content[str(name)]
    if piece.cut is None:
        return drawing
    return piece.cut.out(drawing, stage.frame // piece.joint.on, stage.worn.get(piece.asset or "", 0))


def _together(table: _Table, group: Piece, place: _Place) -> Iterator[Cel]:
    """A group's members: as they are if nothing is done to them as a whole, else as one picture."""
    stage, joint = table.stage, group.joint
    members = painted(stage, table.members.get(group, []))
    pose, matte = stage.pose(joint), None if group.through is None else _matte(table, group)
    opacity, tint = _share(pose[OPACITY]), _tint(pose)
    if not members or not opacity or matte is _NOWHERE:
        return
    blur, bokeh = _blur(stage, pose, stage.lens(joint), place)
    shadow = stage.shadow(joint) if group.casts and place.casts else None
    plain = opacity == 1 and tint == WHITE and not blur and matte is None and shadow is None and group.blend == "normal"
    if plain and all(member.blend == "normal" for member in members):
        place = _Place(casts=False, whole=place.whole)
        yield from (drawn for piece in members for drawn in _drawn(table, piece, place))
        return
    inside = _Place(casts=False, whole=joint)
    cels = tuple(drawn for piece in members for drawn in _drawn(table, piece, inside))
    if cels:
        sweep = swept_whole(stage, group, place.whole) if stage.rig.shutter else None
        drawn = Cel(
            cel.Pane(cels), Affine(), opacity, tint, group.label, blur, group.blend, shadow, matte, sweep, bokeh
        )  # fmt: skip
        yield told(drawn, stage, group)


_NOWHERE = Matte(())


def _matte(table: _Table, piece: Piece) -> Matte | None:
    """What a piece is seen through; None where that hides nothing, `_NOWHERE` where it hides all."""
    assert piece.through is not None
    layer, outside, luminance = piece.through
    if layer not in table.mattes:
        table.mattes[layer] = None
        table.mattes[layer] = tuple(_laid(table, table.sources.get(layer, []), _SEEN_THROUGH))
    cels = table.mattes[layer]
    if cels is None:
        raise CollageError(f'frame {table.stage.frame}: "{piece.label}" is seen through itself: take its matte out')
    if not cels:
        return None if outside else _NOWHERE
    return Matte(cels, outside, luminance)


def _on_sheet(stage: Stage, index: int, cels: list[tuple[bool, Cel]]) -> Iterator[Cel]:
    """A sheet that is fully there needs no picture of its own; one that is not fades as a whole. What is locked does
    not fade with the camera's nearness."""
    written = _share(stage.pose(stage.rig.sheets[index].joint)[OPACITY])
    there = stage.lenses()[index].there
    if written == 1 and there == 1:
        yield from (drawn for _, drawn in cels)
        return
    for locked, run in groupby(cels, key=lambda pair: pair[0]):
        together = tuple(drawn for _, drawn in run)
        opacity = written if locked else written * there
        if opacity == 1:
            yield from together
        elif opacity:
            yield Cel(cel.Pane(together), opacity=opacity, layer=together[0].layer)


def _blur(stage: Stage, pose: list[float] | Pose, lens: Lens, place: _Place) -> tuple[float, bool]:
    """The sigma of its own blur and the lens's, whose variances add up, and whether it is the lens's discs."""
    own = max(pose[BLUR], 0.0)
    if not lens.sigma or place.whole is not None:
        return own, False
    return math.hypot(own, lens.sigma), stage.rig.bokeh


def _tint(pose: list[float] | Pose) -> Colour:
    if pose[8] == pose[9] == pose[10] == pose[11] == 255:
        return WHITE
    return Colour(*[min(max(round(part), 0), 255) for part in pose[_TINT]])


def _share(value: float) -> float:
    return 0.0 if value < 0.0 else 1.0 if value > 1.0 else value
