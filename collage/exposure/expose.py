"""The one evaluation that player and exporter share: which cels lie on the glass at a frame. Pure, in any order."""

from __future__ import annotations

from collections.abc import Mapping

from collage.colours import Colour
from collage.errors import CollageError
from collage.exposure.cel import Cel, Content
from collage.exposure.cel import Pane as Together
from collage.exposure.rig import BLUR, DEEPEST, OPACITY, ORDER, SLOTS, Joint, Piece, Pose, Rig, local
from collage.geometry import Affine

_BEYOND = 1e15
"""Where floats no longer hold a pixel's fraction."""
_TINT = slice(SLOTS["tint"][0], SLOTS["tint"][0] + 4)


def expose(rig: Rig, frame: int) -> tuple[Cel, ...]:
    """The cels of a frame in painter's order. CollageError if keyed parents come to carry one another."""
    poses = [piece.joint.pose(frame) for piece in rig.pieces]
    levels = {pane.name: level for level, pane in enumerate(rig.sheets)}
    homes = [levels[home(rig, piece.joint, frame)] for piece in rig.pieces]
    stand: dict[int, Affine] = {}
    sheets: list[list[Cel]] = [[] for _ in rig.sheets]
    for index in _painted(rig, poses, homes, frame):
        piece = rig.pieces[index]
        content = _content(piece, frame)
        if content is not None:
            cel = _cel(piece, content, _matrix(rig, piece.joint, frame, stand, ()), poses[index])
            sheets[homes[index]].append(cel)
    return tuple(
        cel for pane, cels in zip(rig.sheets, sheets, strict=True) for cel in _on_sheet(pane.joint, cels, frame)
    )


def _on_sheet(joint: Joint, cels: list[Cel], frame: int) -> list[Cel]:
    """A sheet that is fully there needs no picture of its own; one that is not fades as a whole."""
    opacity = _share(joint.pose(frame)[OPACITY])
    if opacity == 1 or not cels:
        return cels
    return [Cel(Together(tuple(cels)), opacity=opacity, layer=cels[0].layer)] if opacity else []


def _content(piece: Piece, frame: int) -> Content | None:
    """What a piece shows at a frame: None outside its span, while hidden, or lifted off."""
    if frame not in piece.span or piece.hidden.at(frame):
        return None
    if isinstance(piece.content, Mapping):
        swap = piece.swap.at(frame)
        return None if swap == "none" else piece.content[str(swap)]
    return piece.content


def _cel(piece: Piece, content: Content, matrix: Affine, pose: Pose) -> Cel:
    tint = Colour(*(min(max(round(part), 0), 255) for part in pose[_TINT]))
    return Cel(content, matrix, _share(pose[OPACITY]), tint, piece.label, max(pose[BLUR], 0.0))


def _matrix(rig: Rig, joint: Joint, frame: int, stand: dict[int, Affine], above: tuple[Joint, ...]) -> Affine:
    """A joint's own pixels to the canvas, each ancestor at its own exposure; `stand` remembers those of this frame."""
    known = stand.get(id(joint))
    if known is not None:
        return known
    if joint in above:
        ring = " in ".join(f'"{other.name}"' for other in (*above[above.index(joint) :], joint))
        raise CollageError(f"frame {frame}: {ring}: a piece can't carry itself; change keys.parent")
    matrix = local(joint.pose(frame), joint.pivot_at(frame))
    name, hook = joint.held_by(frame)
    if name:
        parent = rig.joints[name]
        carried = _matrix(rig, parent, frame, stand, (*above, joint))
        matrix = carried @ Affine.shift(*(parent.hooks[hook] if hook else parent.pivot_at(frame))) @ matrix
    if not sum(map(abs, matrix)) < _BEYOND:
        raise CollageError(f'frame {frame}: "{joint.name}" is carried or scaled beyond all bounds: use smaller numbers')
    stand[id(joint)] = matrix
    return matrix


def home(rig: Rig, joint: Joint, frame: int) -> str:
    """The sheet a piece lies on: its own, else the nearest ancestor's that has one, else the lowest."""
    for _ in range(DEEPEST):
        sheet, (parent, _) = joint.sheet.at(frame), joint.held_by(frame)
        if sheet or not parent:
            return str(sheet or rig.sheets[0].name)
        joint = rig.joints[parent]
    return rig.sheets[0].name


def _painted(rig: Rig, poses: list[Pose], homes: list[int], frame: int) -> list[int]:
    """Indices of the pieces from the bottom up: by sheet, order, place in the file; then those that slip under."""
    pieces = rig.pieces
    free: list[int] = []
    under: dict[str, list[int]] = {}
    for index in sorted(range(len(pieces)), key=lambda index: (poses[index][ORDER], index)):
        target = pieces[index].behind.at(frame)
        (under.setdefault(str(target), []) if target else free).append(index)
    free.sort(key=lambda index: homes[index])
    painted, waiting = [], free[::-1]
    while waiting:
        index = waiting[-1]
        slipped = under.pop(pieces[index].joint.name or "", None)
        if slipped:
            waiting += reversed(slipped)
        else:
            painted.append(waiting.pop())
    if under:
        names = ", ".join(f'"{pieces[index].label}"' for slipped in under.values() for index in slipped)
        raise CollageError(f"frame {frame}: {names}: pieces can't lie behind one another in a ring; change behind")
    return painted


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
