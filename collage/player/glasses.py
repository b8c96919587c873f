"""Looking nearer: the wheel, the middle button and two keys move the lens; time goes on as it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collage.player.acetate import Acetate, Control, Moment
from collage.player.keys import Action

if TYPE_CHECKING:
    from pygame.event import Event

NOTCH = 1.2
"""How much nearer one notch of the wheel is."""
MIDDLE = 2
"""The button that pulls the picture along."""


class Glasses(Acetate):
    """The lowest acetate: it takes what no other wants."""

    def __init__(self) -> None:
        self._pulling = False

    def act(self, action: Action, at: Moment, show: Control) -> bool:
        if action is Action.FIT:
            show.lens = at.lens.fitted()
        elif action is Action.PIXELS:
            show.lens = at.lens.plain()
        return action in (Action.FIT, Action.PIXELS)

    def take(self, event: Event, at: Moment, show: Control) -> bool:
        import pygame

        if event.type == pygame.MOUSEWHEEL:
            turned = getattr(event, "precise_y", event.y)
            show.lens = at.lens.zoomed(NOTCH**turned, pygame.mouse.get_pos())
        elif event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP) and event.button == MIDDLE:
            self._pulling = event.type == pygame.MOUSEBUTTONDOWN
        elif event.type == pygame.MOUSEMOTION and self._pulling:
            show.lens = at.lens.panned(*event.rel)
        else:
            return False
        return True
