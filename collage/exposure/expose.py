"""The one evaluation that player and exporter share: which cels lie on the glass at a frame. Pure, in any order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from collage.colours import WHITE, Colour
from collage.errors import CollageError
from collage.exposure import cel
from collage.exposure.cel import Card, Cel
from collage.exposure.rig import BLUR, OPACITY, ORDER, SLOTS, Joint, Nested, Piece, Pose, Rig
from collage.exposure.stage import Stage, composed
from collage.geometry import Affine

_TINT = slice(SLOTS["tint"][0], SLOTS["tint"][0] + 4)
_affine = Affine._make
Members = dict[Piece | None, list[Piece]]
"""Pieces by the group they are drawn inside."""


def expose(rig: Rig, frame: int) -> tuple[Cel, ...]:
    """The cels of a frame in painter's order. CollageError for what only shows at a frame: a formula without a value,
    layers behind one another in a ring."""
    try:
        return _cels(Stage(rig, frame))
    except RecursionError:
        raise CollageError(f"frame {frame}: too many pieces depend on one another: hang them higher up") from None


def _cels(stage: Stage) -> tuple[Cel, ...]:
    rig = stage.rig
    here = [piece for piece in rig.pieces if not piece.gone(stage.frame)]
    members: Members = _gathered(stage, here) if rig.groups else {None: here}
    sheets: list[list[tuple[bool, Cel]]] = [[] for _ in rig.sheets]
    for piece in _painted(stage, members.get(None, [])):
        locked = rig.locks and stage.locked(piece.joint)
        sheets[stage.home(piece.joint)] += ((locked, drawn) for drawn in _drawn(stage, piece, members))
    return tuple(drawn for index, cels in enumerate(sheets) if cels for drawn in _on_sheet(stage, index, cels))


def _gathered(stage: Stage, here: Iterable[Piece]) -> Members:
    """The pieces by the group that they are drawn inside, None for none. Those of a group that is not here are left
    out by never being asked for."""
    members: Members = {}
    for piece in here:
        host = stage.host(piece.joint)
        members.setdefault(None if host is None else stage.rig.pieces[host.index], []).append(piece)
    return members


def _painted(stage: Stage, here: list[Piece]) -> list[Piece]:
    """From the bottom up: by sheet, order, place in the file, copy; then those that slip under."""
    if not stage.rig.slipping:
        return _in_order(stage, here)
    slipped: dict[int, list[Piece]] = {}
    seen, waiting, free = {piece.joint.index for piece in here}, list(here), list[Piece]()
    known = set(seen)
    for piece in waiting:  # grows by those that are not seen themselves, but that others lie behind
        target = stage.under(piece)
        if target is None or not _together_with(stage, piece, target):
            free.append(piece)
            continue
        if target.index not in known:
            known.add(target.index)
            waiting.append(stage.rig.pieces[target.index])
        slipped.setdefault(target.index, []).append(piece)
    painted = _slipped_under(_in_order(stage, free), {t: _in_order(stage, s) for t, s in slipped.items()})
    return [piece for piece in painted if piece.joint.index in seen]


def _in_order(stage: Stage, pieces: list[Piece]) -> list[Piece]:
    if len(pieces) < 2:
        return pieces
    rows = [(stage.home(piece.joint), stage.pose(piece.joint)[ORDER], piece.joint.index, piece) for piece in pieces]
    rows.sort()
    return [row[3] for row in rows]


def _together_with(stage: Stage, piece: Piece, target: Joint) -> bool:
    """Whether two are drawn in one place: on one sheet and inside one group, or none."""
    if stage.home(piece.joint) != stage.home(target):
        return False
    return not stage.rig.groups or stage.host(piece.joint) is stage.host(target)


def _slipped_under(free: list[Piece], slipped: dict[int, list[Piece]]) -> list[Piece]:
    """Those that slip under a piece right before it. A ring, which a hidden hook can bring about, lies on top."""
    painted, waiting = [], free[::-1]
    while waiting:
        under = slipped.pop(waiting[-1].joint.index, None)
        if under:
            waiting += reversed(under)
        else:
            painted.append(waiting.pop())
    return painted + [piece for under in slipped.values() for piece in under]


def _drawn(stage: Stage, piece: Piece, members: Members) -> Iterator[Cel]:
    """The cels of a piece: one; none where it is lifted off; those of its members for a group."""
    content = piece.content
    if content is None:
        yield from _together(stage, piece, members)
        return
    pose = stage.pose(piece.joint)
    shown: cel.Content
    if isinstance(content, Mapping):
        name = piece.drawing(stage.frame)
        if name == "none":
            return
        shown = content[str(name)]
    elif isinstance(content, Nested):
        shown = nested(stage.nested(piece.joint))
    else:
        shown = content
    matrix, lens = stage.world(piece.joint), stage.lens(piece.joint).matrix
    yield Cel(
        shown, _affine(matrix if lens is None else composed(lens, matrix)),
        _share(pose[OPACITY]), _tint(pose), piece.label, max(pose[BLUR], 0.0),
    )  # fmt: skip


def nested(stage: Stage) -> cel.Pane:
    """A whole scene as one content: its paper and cels, clipped to its size."""
    width, height = stage.rig.size
    paper = stage.rig.paper
    under = () if paper is None else (Cel(Card((width, height), paper), layer="paper"),)
    return cel.Pane((*under, *_cels(stage)), (width, height))


def _together(stage: Stage, group: Piece, members: Members) -> Iterator[Cel]:
    """A group's members: as they are if nothing is done to them as a whole, else as one picture."""
    cels = tuple(drawn for piece in _painted(stage, members.get(group, [])) for drawn in _drawn(stage, piece, members))
    pose = stage.pose(group.joint)
    opacity, tint, blur = _share(pose[OPACITY]), _tint(pose), max(pose[BLUR], 0.0)
    if opacity == 1 and tint == WHITE and not blur:
        yield from cels
    elif cels and opacity:
        yield Cel(cel.Pane(cels), opacity=opacity, tint=tint, layer=group.label, blur=blur)


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


def _tint(pose: list[float] | Pose) -> Colour:
    if pose[8] == pose[9] == pose[10] == pose[11] == 255:
        return WHITE
    return Colour(*[min(max(round(part), 0), 255) for part in pose[_TINT]])


def _share(value: float) -> float:
    return 0.0 if value < 0.0 else 1.0 if value > 1.0 else value
