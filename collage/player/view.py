"""What the window shows: a `View` says all of it in words and numbers, an `Easel` draws that for the stand it bears."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError, RunError
from collage.geometry import Size, scaled
from collage.player import overlay, slips
from collage.player.fit import centred, scale_into
from collage.player.holders import Line

if TYPE_CHECKING:
    from pygame import Surface, Window

    from collage.stand import Stand

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

    strip: how much of the range has gone, None where that isn't shown.  amiss: why what was saved can't be shown, and
    whether that is said quietly.
    """

    frame: int
    shots: str
    size: Size
    playing: bool
    panel: bool
    note: str
    strip: float | None
    held: tuple[Line, ...]
    amiss: str
    quiet: bool


class Easel:
    """A window, what was drawn for it last, and the stand that is seen on it. `notice` is told of frames without a
    picture, once for each place."""

    def __init__(self, window: Window, stand: Stand, notice: Callable[[str], None]) -> None:
        self._window, self._stand, self._notice = window, stand, notice
        self._drawn: dict[str, tuple[object, Surface]] = {}
        self._told: set[str] = set()

    def bear(self, stand: Stand) -> None:
        """Another stand from now on; the picture that is seen stays until that has one."""
        self._stand = stand
        self._told.clear()
        if "picture" in self._drawn:
            self._drawn["picture"] = None, self._drawn["picture"][1]

    def draw(self, view: View) -> None:
        """CollageError for a first frame that has no picture; later ones keep the last good one."""
        surface = self._window.get_surface()
        fault = self._drawn_or_not(view)
        surface.fill(overlay.SURROUND)
        self._lay_picture(surface, self._drawn["picture"][1])
        if view.strip is not None:
            overlay.strip(surface, view.strip)
            if view.shots:
                words = f"{view.shots}  ·  film {view.frame}"
                overlay.corner(surface, self._kept("shots", (words, view.size), lambda: overlay.note(words, view.size)))
        if view.held:
            surface.blit(self._kept("held", (view.held, view.size), lambda: slips.held(view.held, view.size)), (0, 0))
        overlay.lay_low(surface, *self._slips(view, fault))
        if view.panel:
            overlay.lay(surface, self._kept("panel", view.size, lambda: overlay.panel(view.size)))
        self._window.flip()
        self._window.title = self._title(view)

    def _slips(self, view: View, fault: str) -> list[Surface]:
        """What is to be read at the bottom, the first lowest."""
        size, found = view.size, []
        if view.note:
            found.append(self._kept("note", (view.note, size), lambda: overlay.note(view.note, size)))
        if fault:
            found.append(self._kept("fault", (fault, size), lambda: overlay.fault(printable(fault), size)))
        if view.amiss:
            paper = overlay.remark if view.quiet else overlay.fault
            key = view.amiss, view.quiet, size
            found.append(self._kept("amiss", key, lambda: paper(printable(view.amiss), size)))
        return found

    def _title(self, view: View) -> str:
        name = printable(self._stand.title)
        shots = f" - {printable(view.shots)}" if view.shots else ""
        return f"{name} - frame {view.frame}/{self._stand.length}{shots}{'' if view.playing else ' (paused)'}"

    def _drawn_or_not(self, view: View) -> str:
        """Draw the frame, if it differs from the one that is seen. What is wrong with it, if it has no picture: the
        last good one stays, and whoever started us is told, once for each place, however many frames it
        spoils. Without a good one the error passes."""
        try:
            # on twos every other frame looks like the one before
            same = self._stand.cels(view.frame), view.size
            self._kept("picture", same, lambda: self._picture(view.frame, view.size))
        except CollageError as error:
            if "picture" not in self._drawn:
                raise
            if isinstance(error, RunError):  # a picture was saved after it had been let go: a new stand is under way
                return ""
            fault = str(error)
            if place(fault) not in self._told:
                self._told.add(place(fault))
                self._notice(fault)
            return fault
        return ""

    def _lay_picture(self, surface: Surface, picture: Surface) -> None:
        import pygame

        size = picture.get_size()
        place = centred(size, surface.get_size())
        if picture.get_flags() & pygame.SRCALPHA:
            surface.blit(self._kept("checks", size, lambda: overlay.checks(size)), place)
            surface.blit(picture, place, special_flags=pygame.BLEND_PREMULTIPLIED)
        else:
            surface.blit(picture, place)

    def _picture(self, frame: int, room: Size) -> Surface:
        """The frame as large as it fits: drawn smaller in a small window, drawn full size and enlarged in a large."""
        import pygame

        scale = scale_into(self._stand.size, room)
        pixels = self._stand.comp(frame, min(1.0, scale))
        height, width = pixels.shape[:2]
        drawn = pygame.image.frombuffer(pixels.data, (width, height), "RGBX" if self._stand.opaque else "RGBA")
        return drawn if scale <= 1.0 else pygame.transform.smoothscale(drawn, scaled(self._stand.size, scale))

    def _kept(self, what: str, key: object, draw: Callable[[], Surface]) -> Surface:
        """The last surface of its kind, drawn anew when what it depends on has changed."""
        if what not in self._drawn or self._drawn[what][0] != key:
            self._drawn[what] = key, draw()
        return self._drawn[what][1]
