"""The exposure sheet: what lies on the glass at each frame, a column for each layer, and when it was laid anew.

A piece is newly laid where its own pose, its drawing, its carrier, its sheet or what it slips under differ from the
frame before; what it is carried by has a column of its own, so a hand on a moving arm that keeps its pose is held.
Differences that no eye could see count as none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from collage.exposure.problems import Problems
from collage.exposure.rig import OPACITY, Joint, Nested, Piece, Pose, Rig
from collage.exposure.span import scene_clock
from collage.exposure.stage import Stage
from collage.scene.likeness import unlike
from collage.scene.model import Scene
from collage.timing import Clock, Span, round_half_up

MOST_COPIES = 8
"""So many copies of a layer have a column each; of more, only the first has one."""
PEGS, CAMERA = "pegs", "camera"
"""The columns' groups beside the sheets."""
_DIGITS = (2, 2, 4, 4, 3, 3, 3, 4, 0, 0, 0, 0, 3, 2)
"""Decimals of a pose's numbers that can be seen: hundredths of a pixel, thousandths of a degree."""


@dataclass(frozen=True, slots=True)
class Column:
    """A layer, or one of its copies; or, without a piece, a peg or the camera, as far as they move.

    `group` is the sheet that it lies on when it is first seen; `copies` is how many it stands for.
    """

    name: str
    group: str
    joint: Joint
    piece: Piece | None = None
    copies: int = 1

    @property
    def chooses(self) -> bool:
        """Whether it has several things to show: drawings, or the frames of a nested scene."""
        return self.piece is not None and (isinstance(self.piece.content, Nested) or len(self.piece.places) > 1)

    @property
    def films(self) -> bool:
        """Whether it is the camera."""
        return self.piece is None and self.group == CAMERA


class Cell(NamedTuple):
    """One column at one frame. `drawing` is its name, the frame of a nested scene, or "" where there is only one thing
    to show; `pose` holds numbers as fine as they can be seen, the camera's as `collage.exposure.rig.SLOTS` says."""

    seen: bool
    new: bool
    drawing: str
    pose: Pose


class Row(NamedTuple):
    """One frame: `second` where a whole one begins, `beat` and `bar` by their numbers where they fall."""

    frame: int
    second: int | None
    beat: int | None
    bar: int | None
    cues: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class XSheet:
    """Columns from the lowest sheet up, then the pegs and the camera if they move, and a row for each of `frames`."""

    rig: Rig
    clock: Clock
    frames: Span
    columns: tuple[Column, ...]

    def rows(self) -> Iterator[Row]:
        """The frames in order, each worked out when asked for. On the first, all that is seen counts as new, as a
        fresh page repeats what is held. CollageError as `expose` raises it."""
        cues, before = self._cues(), [object()] * len(self.columns)
        for frame in range(*self.frames):
            stage, cells = Stage(self.rig, frame), []
            for index, column in enumerate(self.columns):
                cell, laid = _cell(stage, column, before[index])
                before[index] = laid
                cells.append(cell)
            beat = _beat_at(self.clock, frame)
            first = beat is not None and (beat - 1) % self.clock.bar == 0
            bar = (beat - 1) // self.clock.bar + 1 if first and beat else None
            yield Row(frame, _second_at(self.clock.rate, frame), beat, bar, cues.get(frame, ()), tuple(cells))

    def _cues(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for name, exact in self.clock.anchors.items():
            if name != "end":
                frame = round_half_up(exact)
                found[frame] = (*found.get(frame, ()), name)
        return found


def x_sheet(scene: Scene, rig: Rig, frames: Span, *, every_copy: bool = False) -> XSheet:
    """The exposure sheet of a scene and the rig that it was bound to; `every_copy` has a column however many."""
    clock, _ = scene_clock(unlike(scene), Problems())
    return XSheet(rig, clock, frames, tuple(_columns(rig, every_copy)))


def _columns(rig: Rig, every_copy: bool) -> Iterator[Column]:
    unique = _namer()
    pieces = [*_layers(rig, every_copy)]
    homes = {column.joint.index: _home(rig, column.joint, first) for column, first in pieces}
    for column, _ in sorted(pieces, key=lambda pair: (homes[pair[0].joint.index], pair[0].joint.index)):
        sheet = rig.sheets[homes[column.joint.index]].name
        yield Column(unique(column.name), sheet, column.joint, column.piece, column.copies)
    sheets = {pane.joint.index for pane in rig.sheets}
    for joint in rig.joints[len(rig.pieces) :]:
        if joint not in (rig.camera, rig.lamp) and joint.index not in sheets and joint.moving:
            yield Column(unique(joint.label), PEGS, joint)
    if rig.camera is not None and rig.camera.moving:
        yield Column(CAMERA, CAMERA, rig.camera)


def _layers(rig: Rig, every_copy: bool) -> Iterator[tuple[Column, int]]:
    """A column for each piece, or for the first of too many copies, with the frame it is first seen."""
    copies: dict[int, list[Piece]] = {}
    for piece in rig.pieces:
        copies.setdefault(piece.layer, []).append(piece)
    for same in copies.values():
        folded = len(same) > MOST_COPIES and not every_copy
        for number, piece in enumerate(same[:1] if folded else same):
            name = piece.label if folded or len(same) == 1 else f"{piece.label}.{number}"
            yield Column(name, "", piece.joint, piece, len(same) if folded else 1), piece.span.first


def _home(rig: Rig, joint: Joint, frame: int) -> int:
    return Stage(rig, frame).home(joint) if joint.home is None else joint.home


def _namer() -> Callable[[str], str]:
    """Twins, which can't be referred to, are counted."""
    taken: set[str] = set()

    def unique(name: str) -> str:
        number, called = 1, name
        while called in taken:
            number += 1
            called = f"{name} {number}"
        taken.add(called)
        return called

    return unique


def _cell(stage: Stage, column: Column, before: object) -> tuple[Cell, object]:
    """A cell, and what must stay the same for the next one to be held."""
    joint, piece = column.joint, column.piece
    pose = tuple(round(number, digits) + 0.0 for number, digits in zip(stage.pose(joint), _DIGITS, strict=True))
    link = stage.link(joint)
    carrier = None if link is None else link.written
    if piece is None:
        laid: object = (pose, carrier)
        return Cell(True, laid != before, "", pose), laid
    if not _seen(stage, piece) or not pose[2] or not pose[3]:
        return Cell(False, False, "", pose), None
    drawing = _drawing(stage, piece) if column.chooses else ""
    under = stage.under(piece) if stage.rig.slipping else None
    laid = (pose, carrier, drawing, stage.home(joint), None if under is None else under.index)
    return Cell(True, laid != before, drawing, pose), laid


def _drawing(stage: Stage, piece: Piece) -> str:
    return str(stage.nested(piece.joint).frame if isinstance(piece.content, Nested) else piece.drawing(stage.frame))


def _seen(stage: Stage, piece: Piece) -> bool:
    """In its span, not put aside, lifted off or faded away, and neither is the group it is drawn inside."""
    if piece.gone(stage.frame) or piece.drawing(stage.frame) == "none":
        return False
    host = stage.host(piece.joint) if stage.rig.groups else None
    return stage.pose(piece.joint)[OPACITY] > 0 and (host is None or _seen(stage, stage.rig.pieces[host.index]))


def _second_at(rate: Fraction, frame: int) -> int | None:
    """The whole second that begins with a frame, exactly or since the frame before."""
    second = math.floor(frame / rate)
    return second if frame == 0 or second > math.floor((frame - 1) / rate) else None


def _beat_at(clock: Clock, frame: int) -> int | None:
    """The number of the first beat that falls on a frame, its moment rounded half up."""
    if clock.tempo is None:
        return None
    each, first = Fraction(60) / clock.tempo * clock.rate, clock.origin * clock.rate
    number = max(math.ceil((frame - Fraction(1, 2) - first) / each), 0)
    return number + 1 if round_half_up(first + number * each) == frame else None
