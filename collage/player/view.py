"""What the window shows: a `View` says all of it in words and numbers, an `Easel` draws that for the stand it bears."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import RunError
from collage.geometry import Size
from collage.player import nearer, overlay, slips
from collage.player.acetate import Acetate, Moment
from collage.player.excerpt import excerpt
from collage.player.holders import Line
from collage.player.keys import TABLE, Row
from collage.player.lens import Lens
from collage.player.live import Amiss
from collage.player.mistake import mistake
from collage.player.pictures import Pictures
from collage.player.shelf import Picture

if TYPE_CHECKING:
    from pygame import Surface, Window

    from collage.stand import Stand

HALF = "half as fine, to keep time"
_AT_PLAY = re.compile(r'(?:film frame \d+, )?(.*?)frame \d+: ("[^"]*"(?: in "[^"]*")?)')


def place(fault: str) -> str:
    """Where a fault of a frame comes from, whichever frame it is: the line of a script if it has one, and the layer."""
    found = _AT_PLAY.match(fault)
    return "".join(found.groups()) if found else fault


def printable(text: str) -> str:
    """A text that every window takes: a title may hold control characters, a file's name bytes that are no text."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


class View(NamedTuple):
    """All that decides what the window shows of a stand.

    checks: whether those or black are behind what is transparent.  resting: whether the bar lies along the
    lower edge.  amiss: why what was saved can't be shown.  acetates: what each of them shows.
    """

    frame: int
    picture: Picture
    shots: str
    lens: Lens
    playing: bool
    panel: bool
    checks: bool
    note: str
    resting: bool
    held: tuple[Line, ...]
    amiss: Amiss
    acetates: tuple[Hashable, ...]

    @property
    def size(self) -> Size:
        """Of the window."""
        return self.lens.room


class Easel:
    """A window, what was drawn for it last, and the stand that is seen on it. `notice` is told of frames without a
    picture, once for each place; `rows` are the keys that the panel lists."""

    def __init__(
        self,
        window: Window,
        stand: Stand,
        notice: Callable[[str], None],
        acetates: Sequence[Acetate] = (),
        rows: Sequence[Row] = TABLE,
        pictures: Pictures | None = None,
    ) -> None:
        self._pictures = pictures or Pictures(stand)
        self._window, self._stand, self._notice, self._acetates, self._rows = window, stand, notice, acetates, rows
        self._drawn: dict[str, tuple[object, Surface]] = {}
        self._told: set[str] = set()

    def due(self, at: Moment) -> Picture:
        """What there is to see at a moment."""
        return self._pictures.due(at)

    def doze(self, seconds: float) -> None:
        """Sleep, at most until there is another picture to see."""
        self._pictures.doze(seconds)

    def bear(self, stand: Stand) -> None:
        """Another stand from now on; the picture that is seen stays until that has one."""
        self._pictures.bear(stand)
        self._stand = stand
        self._told.clear()
        if "picture" in self._drawn:
            self._drawn["picture"] = None, self._drawn["picture"][1]

    def draw(self, view: View, at: Moment) -> None:
        """CollageError for a first frame that has no picture; later ones keep the last good one."""
        surface = self._window.get_surface()
        fault = self._taken(view.picture)
        surface.fill(overlay.SURROUND)
        self._lay_picture(surface, self._drawn["picture"][1], view)
        for acetate, shown in zip(self._acetates, view.acetates, strict=True):
            if shown is not None:
                acetate.draw(surface, at)
        floor = min((acetate.floor(at) for acetate in self._acetates), default=view.size[1])
        if view.resting and view.shots:
            words = f"{view.shots}  ·  film {view.frame}"
            piece = self._kept("shots", (words, view.size), lambda: overlay.note(words, view.size))
            surface.blit(piece, (0, floor - piece.get_height()))
        if view.held:
            surface.blit(self._kept("held", (view.held, view.size), lambda: slips.held(view.held, view.size)), (0, 0))
        if view.picture.half:
            piece = self._kept("half", view.size, lambda: overlay.note(HALF, view.size))
            surface.blit(piece, (surface.get_width() - piece.get_width(), 0))
        overlay.lay_low(surface, floor, *self._slips(view, fault))
        if view.panel:
            overlay.lay(surface, self._kept("panel", view.size, lambda: overlay.panel(view.size, self._rows)))
        self._window.flip()
        self._window.title = self._title(view)

    def _slips(self, view: View, fault: str) -> list[Surface]:
        """What is to be read at the bottom, the first lowest."""
        size, found = view.size, []
        if view.note:
            found.append(self._kept("note", (view.note, size), lambda: overlay.note(view.note, size)))
        if fault:
            where = excerpt(fault, self._stand.notes)
            found.append(self._kept("fault", (fault, size), lambda: mistake(printable(fault), where, size)))
        if line := printable(view.amiss.line):
            _, quiet, where = view.amiss
            paper = self._kept("amiss", (view.amiss, size), lambda: mistake(line, where, size, quiet=quiet))
            found.append(paper)
        return found

    def _title(self, view: View) -> str:
        name = printable(self._stand.title)
        shots = f" - {printable(view.shots)}" if view.shots else ""
        return f"{name} - frame {view.frame}/{self._stand.length}{shots}{'' if view.playing else ' (paused)'}"

    def _taken(self, picture: Picture) -> str:
        """Take a picture to be seen. What is wrong with its frame, if it has none: the last good one stays, and whoever
        started us is told, once for each place, however many frames it spoils. Without a good one the error passes."""
        if picture.surface is not None:
            self._drawn["picture"] = picture, picture.surface
        error = picture.fault
        if error is None or (isinstance(error, RunError) and "picture" in self._drawn):
            return ""  # a picture was saved after it had been let go: a new stand is under way
        if "picture" not in self._drawn:
            raise error
        fault = str(error)
        if place(fault) not in self._told:
            self._told.add(place(fault))
            self._notice(fault)
        return fault

    def _lay_picture(self, surface: Surface, picture: Surface, view: View) -> None:
        import pygame

        part, place = self._enlarged(picture, view.lens)
        if part.get_flags() & pygame.SRCALPHA:
            size = part.get_size()
            if view.checks:
                surface.blit(self._kept("checks", size, lambda: overlay.checks(size)), place)
            else:
                surface.fill("black", (place, size))
            surface.blit(part, place, special_flags=pygame.BLEND_PREMULTIPLIED)
        else:
            surface.blit(part, place)

    def _enlarged(self, picture: Surface, lens: Lens) -> tuple[Surface, tuple[int, int]]:
        """What the lens shows of a picture, and where in the window."""
        if lens.zoom is None:
            return picture, (round(lens.matrix.e), round(lens.matrix.f))
        grown = self._kept("grown", (self._drawn["picture"][0], lens), lambda: nearer.part(picture, lens)[0])
        return grown, nearer.place(picture, lens)

    def _kept(self, what: str, key: object, draw: Callable[[], Surface]) -> Surface:
        """The last surface of its kind, drawn anew when what it depends on has changed."""
        if what not in self._drawn or self._drawn[what][0] != key:
            self._drawn[what] = key, draw()
        return self._drawn[what][1]
