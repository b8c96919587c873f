"""Seeing what lies where: the piece under the pointer is named, the one that is clicked stays chosen, with its edge,
its pivot, who carries it, and its way. Shown while the window is looked over; playing, nothing lies over the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from collage.errors import CollageError
from collage.exposure.rig import OPACITY, TURN, X, Y
from collage.geometry import Affine, Point, Size
from collage.player import editor, marks_paper, pick
from collage.player.acetate import Acetate, Control, Moment
from collage.player.keys import Action
from collage.player.lines import Line, Lines
from collage.player.pick import Key, Pick
from collage.player.trail import around, ways

if TYPE_CHECKING:
    from pygame import Surface
    from pygame.event import Event

    from collage.stand import Stand

LEFT = 1
"""The button that chooses."""
OFFSET = 14
"""Pixels from the pointer to its slip."""
NOBODY = "point at a piece, or click it, and Enter opens it in your editor"
FLAT = 1e-12
T = TypeVar("T")


class Marks(Acetate):
    """`open_at` opens a file at a line, from 1 on, and gives what there is to tell of that."""

    def __init__(self, open_at: Callable[[Path, int], str] = editor.open_at) -> None:
        self.chosen: Key | None = None
        self._open_at = open_at
        self._pointer: Point | None = None
        self._lines: Lines | None = None
        self._kept: dict[str, tuple[object, object]] = {}

    def seen(self, at: Moment) -> Hashable:
        if not at.resting:
            return None
        found = self._pointed(at)
        if found is None and self.chosen is None:
            return None
        return found and found.key, self._pointer if found else None, self.chosen

    def draw(self, surface: Surface, at: Moment) -> None:
        chosen, pointed = self._chosen(at), self._pointed(at)
        if pointed is not None and pointed.key != self.chosen:
            self._lay(surface, "pointed", (pointed.key, at.frame), at, lambda: self._edge(pointed, at, chosen=False))
        if chosen is not None:
            frames = around(at.stand, at.frame)
            self._lay(surface, "way", (chosen.key, frames), at, lambda: self._way(chosen, frames, at))
            self._lay(surface, "chosen", (chosen.key, at.frame), at, lambda: self._place(chosen, at))
            paper = self._slip("chosen slip", chosen, at, "Enter opens it")
            surface.blit(paper, (surface.get_width() - paper.get_width(), 0))
        if pointed is not None and pointed.key != self.chosen and self._pointer:
            paper = self._slip("pointed slip", pointed, at, "")
            surface.blit(paper, _beside(self._pointer, paper.get_size(), surface.get_size()))

    def act(self, action: Action, at: Moment, show: Control) -> bool:
        if action is Action.LEAVE and self.chosen is not None:
            self.chosen = None
            return True
        if action is not Action.EDIT:
            return False
        found = self._chosen(at) or self._pointed(at)
        line = self._line(found, at.stand) if found else None
        if found is None:
            show.say(NOBODY)
        elif line is None:
            show.say(f"{found.name} is in no file yet that can be read: Ctrl+S writes what was dealt")
        else:
            show.say(self._open_at(line.file, line.number))
        return True

    def take(self, event: Event, at: Moment, show: Control) -> bool:
        import pygame

        if event.type == pygame.MOUSEMOTION:
            self._pointer = event.pos
        elif event.type == pygame.WINDOWLEAVE:
            self._pointer = None
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == LEFT:
            self._pointer = event.pos
            found, before = self._pointed(at), self.chosen
            self.chosen = found.key if found else None
            return self.chosen != before or found is not None
        return False

    def turned(self, stand: Stand) -> None:
        self._lines = None
        self._kept.clear()

    def _pointed(self, at: Moment) -> Pick | None:
        """What lies under the pointer, looked up when that or the picture has changed."""
        pointer = self._pointer
        if pointer is None:
            return None
        key = at.stand, at.frame, at.lens, pointer
        return self._once("under", key, lambda: _or_none(lambda: self._under(at, at.lens.on_canvas(pointer))))

    def _under(self, at: Moment, point: Point) -> Pick | None:
        key = at.stand, at.frame
        return pick.under(self._once("exposed", key, lambda: pick.exposed(*key)), point)

    def _chosen(self, at: Moment) -> Pick | None:
        """The chosen piece, as it is at the moment's frame."""
        chosen = self.chosen
        if chosen is None:
            return None
        key = at.stand, at.frame, chosen
        return self._once("again", key, lambda: _or_none(lambda: pick.again(*key)))

    def _lay(
        self, surface: Surface, what: str, which: object, at: Moment, make: Callable[[], list[marks_paper.Stroke]]
    ) -> None:
        import pygame

        made = self._once(what, (which, at.stand, at.lens), lambda: marks_paper.drawn(make(), at.lens.room))
        if made is not None:
            surface.blit(made[0], made[1], special_flags=pygame.BLEND_PREMULTIPLIED)

    def _edge(self, found: Pick, at: Moment, *, chosen: bool) -> list[marks_paper.Stroke]:
        key = found.content, found.size
        plates = at.stand.glass.plates
        lines = self._once(f"edges {chosen}", key, lambda: _or_none(lambda: marks_paper.edges(*key, plates)))
        return marks_paper.edge(lines or [], at.lens.matrix @ found.matrix, chosen=chosen)

    def _place(self, found: Pick, at: Moment) -> list[marks_paper.Stroke]:
        """Where it is: its edge, its pivot, and who carries it."""
        carried = marks_paper.chain([at.lens.matrix.at(point) for point in chain(found)])
        return self._edge(found, at, chosen=True) + carried

    def _way(self, found: Pick, frames: range, at: Moment) -> list[marks_paper.Stroke]:
        onto, keys = at.lens.matrix.at, self._lines_of(at.stand).keys
        runs = self._once("ways", (found.key, frames), lambda: ways(at.stand, frames, found.key, keys(found)))
        points = ([(onto(step.point), step.keyed) for step in run] for run in runs)
        return [
            stroke
            for run in points
            for stroke in marks_paper.way([point for point, _ in run], [point for point, keyed in run if keyed])
        ]

    def _slip(self, what: str, found: Pick, at: Moment, cure: str) -> Surface:
        room = at.lens.room
        line = self._line(found, at.stand)
        said = tuple(told(found, still=not at.playing)), f"{line or ''}{f'   {cure}' if line and cure else ''}"
        return self._once(what, (found.name, said, room), lambda: marks_paper.slip(found.name, *said, room))

    def _line(self, found: Pick, stand: Stand) -> Line | None:
        return self._once("line", (stand, found.key), lambda: self._lines_of(stand).of(found))

    def _lines_of(self, stand: Stand) -> Lines:
        if self._lines is None:
            self._lines = Lines(stand)
        return self._lines

    def _once(self, what: str, key: object, make: Callable[[], T]) -> T:
        """The last of its kind, made anew when what it depends on has changed."""
        if what not in self._kept or self._kept[what][0] != key:
            self._kept[what] = key, make()
        return self._kept[what][1]  # type: ignore[return-value]


def told(found: Pick, *, still: bool = True) -> list[str]:
    """What there is to know of a piece, in lines: `still`, also what changes from frame to frame."""
    pose, link = found.stage.pose(found.piece.joint), found.stage.link(found.piece.joint)
    which = f", drawing {found.drawing}" if found.drawing else ""
    if found.content is None:
        which = f", frame {found.stage.nested(found.piece.joint).frame}"
    lines = [f"{found.asset}{which if still else ''}", f"sheet {found.sheet}"]
    if link is not None:
        lines.append(f"hangs on {link.written}")
    if not still:
        return lines
    across, down = pose[2:4]
    scale = "" if across == down == 1 else f"   scale {across:.3g}" + ("" if across == down else f", {down:.3g}")
    turn = f"   turn {pose[TURN]:.1f}°" if pose[TURN] else ""
    faint = f"   opacity {pose[OPACITY]:.2g}" if pose[OPACITY] != 1 else ""
    return [*lines, f"at {pose[X]:.0f}, {pose[Y]:.0f}{turn}{scale}{faint}"]


def chain(found: Pick) -> list[Point]:
    """On the canvas: the pivot of a piece, then for each that carries it, in turn, the point it hangs on and that one's
    own pivot, as far as they lie apart."""
    stage, joint = found.stage, found.piece.joint
    points, world = [found.matrix.at(stage.turning(joint))], Affine._make(stage.world(joint))
    if abs(world.determinant) < FLAT:
        return points
    glass, link = found.matrix @ world.inverse(), stage.link(joint)
    while link is not None:
        hook = Affine._make(stage.origin(link)).at((0, 0))
        pivot = Affine._make(stage.world(link.joint)).at(stage.turning(link.joint))
        points += (point for point in map(glass.at, (hook, pivot)) if math.dist(point, points[-1]) > 1)
        link = stage.link(link.joint)
    return points


def _beside(pointer: Point, slip: Size, room: Size) -> Point:
    """Right below the pointer, or on its other side where there is no room."""
    x, y = (
        at + OFFSET if at + OFFSET + side <= most else max(0, at - OFFSET - side)
        for at, side, most in zip(pointer, slip, room, strict=True)
    )
    return x, y


def _or_none(make: Callable[[], T | None]) -> T | None:
    """None for what can't be made of this frame, which is told elsewhere."""
    try:
        return make()
    except CollageError:
        return None
