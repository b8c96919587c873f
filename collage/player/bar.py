"""The scrub bar: a strip of paper along the window's lower edge, shown while somebody looks the window over.

It bears the sound, the cues and the shots, who has what is one of a kind, and the marks; the mouse goes to any frame.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from collage.geometry import Size
from collage.player import bar_paper
from collage.player.acetate import Acetate, Control, Moment
from collage.player.clock import Playhead
from collage.player.ruler import Measuring

if TYPE_CHECKING:
    from pygame import Surface
    from pygame.event import Event

    from collage.stand import Stand

LEFT = 1


class Bar(Acetate):
    """Of a stand, and of whatever is shown later."""

    def __init__(self, stand: Stand) -> None:
        self._measuring = Measuring(stand)
        self._paper: tuple[Hashable, Surface | None] = None, None
        self._held, self._went_on = False, False

    def turned(self, stand: Stand) -> None:
        self._measuring.turn(stand)

    def seen(self, at: Moment) -> Hashable:
        if not (at.resting or self._held):
            return None
        return self._what(at), at.frame

    def floor(self, at: Moment) -> int:
        room = at.lens.room
        return room[1] if self.seen(at) is None else room[1] - bar_paper.height(room)

    def draw(self, surface: Surface, at: Moment) -> None:
        what, (kept, paper) = self._what(at), self._paper
        if paper is None or kept != what:
            paper = bar_paper.strip(at.lens.room, at.head, self._measuring.ruler, float(at.stand.rate))
            self._paper = what, paper
        bar_paper.lay(surface, paper, at.head, at.frame)
        self._measuring.begin()

    def take(self, event: Event, at: Moment, show: Control) -> bool:
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == LEFT and _over(event.pos, at):
            self._held, self._went_on = True, at.playing
            show.head = show.head.paused(at.now)
            self._seek(event.pos, at, show)
        elif event.type == pygame.MOUSEMOTION and self._held:
            self._seek(event.pos, at, show)
        elif event.type == pygame.MOUSEBUTTONUP and event.button == LEFT and self._held:
            self._held = False
            if self._went_on:
                show.head = show.head.played(at.now)
        elif event.type == pygame.MOUSEWHEEL and _over(pygame.mouse.get_pos(), at):
            show.head = show.head.stepped(-event.y, at.now)
        else:
            return False
        return True

    def _seek(self, pixel: tuple[int, int], at: Moment, show: Control) -> None:
        show.head = show.head.sought(frame_at(pixel[0], at.lens.room, show.head), at.now)

    def _what(self, at: Moment) -> Hashable:
        return at.lens.room, at.head.first, at.head.end, tuple(at.head.span), self._measuring.round


def frame_at(x: float, window: Size, head: Playhead) -> int:
    """The frame of the range under a column of the window; beyond its ends the first and the last."""
    left, right = bar_paper.sides(window)
    share = (x - left) / max(right - left, 1)
    frame = head.first + int(share * (head.end - head.first)) if share > 0 else head.first
    return min(frame, head.end - 1)


def _over(pixel: tuple[int, int], at: Moment) -> bool:
    return at.resting and pixel[1] >= at.lens.room[1] - bar_paper.height(at.lens.room)
