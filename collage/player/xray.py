"""X-ray: the sheets of glass from the side, pulled apart, each with what lies on it at this frame.

Turned by the mouse, pulled further apart by the wheel. The glass is parallel projected: turned about the upright, then
tilted, so that straight edges stay straight and parallel, as in a drawing of a machine.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError
from collage.exposure.expose import expose_sheet
from collage.exposure.rig import Rig
from collage.exposure.sheets import in_use
from collage.player import xray_paper
from collage.player.acetate import Acetate, Control, Moment
from collage.player.keys import Action

if TYPE_CHECKING:
    from pygame import Surface
    from pygame.event import Event

    from collage.stand import Stand

FILM = "a film has no glass of its own: play its scene, then press Alt+L"
WIDTH = 640
"""Pixels that a sheet is drawn across: it is only looked through."""
LEFT = 1


class Slant(NamedTuple):
    """From where it is seen: turned and tilted by degrees, the sheets so far apart, in parts of the window's height."""

    turn: float = -28.0
    tilt: float = 32.0
    gap: float = 0.15

    def moved(self, dx: float, dy: float) -> Slant:
        return self._replace(turn=(self.turn + dx / 4 + 180) % 360 - 180, tilt=min(max(self.tilt + dy / 6, 8.0), 88.0))

    def spread(self, notches: float) -> Slant:
        return self._replace(gap=min(max(self.gap * 1.12**notches, 0.02), 0.6))


class Pane(NamedTuple):
    """A sheet: its name, its height above the table in millimetres, and its picture."""

    name: str
    height: float
    picture: Surface


class Xray(Acetate):
    """Off until it is asked for; then it covers the picture, and time goes on."""

    def __init__(self) -> None:
        self._on, self._held, self._slant = False, False, Slant()
        self._kept: tuple[Hashable, tuple[Pane, ...]] = None, ()

    def act(self, action: Action, at: Moment, show: Control) -> bool:
        if action is Action.LEAVE and self._on:
            self._on = False
            return True
        if action is not Action.XRAY:
            return False
        if not isinstance(at.stand.rig, Rig):
            show.say(FILM)
        else:
            self._on = not self._on
        return True

    def take(self, event: Event, at: Moment, show: Control) -> bool:
        import pygame

        if not self._on:
            return False
        if event.type == pygame.MOUSEWHEEL:
            self._slant = self._slant.spread(getattr(event, "precise_y", event.y))
        elif event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP) and event.button == LEFT:
            self._held = event.type == pygame.MOUSEBUTTONDOWN
        elif event.type == pygame.MOUSEMOTION and self._held:
            self._slant = self._slant.moved(*event.rel)
        return True

    def turned(self, stand: Stand) -> None:
        self._on = self._on and isinstance(stand.rig, Rig)

    def seen(self, at: Moment) -> Hashable:
        return (at.frame, at.lens.room, self._slant) if self._on else None

    def draw(self, surface: Surface, at: Moment) -> None:
        key = at.stand, at.frame
        if self._kept[0] != key:
            self._kept = key, panes(at.stand, at.frame)
        xray_paper.draw(surface, self._kept[1], self._slant, xray_paper.Facts.of(at.stand, at.frame))


def panes(stand: Stand, frame: int) -> tuple[Pane, ...]:
    """The sheets that anything may lie on, the lowest first. What can't be drawn leaves its sheet clear."""
    rig = stand.rig
    if not isinstance(rig, Rig):
        return ()
    scale = min(1.0, WIDTH / stand.size[0])
    return tuple(
        Pane(rig.sheets[sheet].name, rig.sheets[sheet].z, _picture(stand, rig, frame, sheet, scale))
        for sheet in in_use(rig)
    )


def _picture(stand: Stand, rig: Rig, frame: int, sheet: int, scale: float) -> Surface:
    import pygame

    try:
        pixels = stand.glass.comp(expose_sheet(rig, frame, sheet), stand.size, None, scale)
    except CollageError:
        return pygame.Surface((1, 1), pygame.SRCALPHA)
    height, width = pixels.shape[:2]
    return pygame.image.frombuffer(pixels.tobytes(), (width, height), "RGBA")
