"""The window at work: keys in, frames out. What is to be seen is a `View`; it is drawn only when it differs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError
from collage.geometry import Size, scaled
from collage.player import overlay, screenshot
from collage.player.clock import SECOND, Playhead
from collage.player.fit import centred, scale_into
from collage.player.keys import REPEATING, Action, find

if TYPE_CHECKING:
    from pygame import Surface, Window
    from pygame.event import Event

    from collage.stand import Stand

PATIENCE = 0.025
"""Seconds to sleep at most: how soon a key is heard."""
NOTE_STAYS = 4 * SECOND
STRIP_STAYS = 3 * SECOND // 2

TRANSPORT: dict[Action, Callable[[Playhead, int], Playhead]] = {
    Action.PLAY: lambda head, now: head.toggled(now),
    Action.BACK: lambda head, now: head.stepped(-1, now),
    Action.FORWARD: lambda head, now: head.stepped(1, now),
    Action.SECOND_BACK: lambda head, now: head.leapt(-1, now),
    Action.SECOND_FORWARD: lambda head, now: head.leapt(1, now),
    Action.HOME: lambda head, now: head.sought(head.first, now),
    Action.END: lambda head, now: head.paused(now).sought(head.end - 1, now),
}
"""What moves the playhead, and how."""


_AT_PLAY = re.compile(r'(?:film frame \d+, )?(.*?)frame \d+: ("[^"]*"(?: in "[^"]*")?)')


def place(fault: str) -> str:
    """Where a fault of a frame comes from, whichever frame it is: the line of a script if it has one, and the layer."""
    found = _AT_PLAY.match(fault)
    return "".join(found.groups()) if found else fault


def printable(text: str) -> str:
    """A text that every window takes: a title may hold control characters, a file's name bytes that are no text."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


class View(NamedTuple):
    """All that decides what the window shows."""

    frame: int
    shots: str
    size: Size
    playing: bool
    panel: bool
    note: str
    strip: bool


class Show:
    """One window showing one stand until somebody quits. `now` counts nanoseconds."""

    def __init__(
        self,
        window: Window,
        stand: Stand,
        head: Playhead,
        screenshots: Path,
        notice: Callable[[str], None],
        now: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        self.head = head
        self._window, self._stand, self._now = window, stand, now
        self._screenshots, self._notice = screenshots, notice
        self._running, self._fullscreen, self._panel = True, False, False
        self._note, self._note_until, self._strip_until = "", 0, 0
        self._held: set[int] = set()
        self._seen: View | None = None
        self._drawn: dict[str, tuple[object, Surface]] = {}
        self._told: set[str] = set()

    def run(self) -> None:
        """Play until quit. The clock starts once the first frame, which may be slow to draw, is there to be seen."""
        self.head = self.head.played(self._now())
        start = self.head.anchor
        self._refresh()
        self.head = self.head.sought(start, self._now())
        while self._running:
            self._refresh()
            for event in self._events():
                self._take(event)

    def _events(self) -> list[Event]:
        """What happened, after sleeping until another frame is due, but only for a moment."""
        import pygame

        now = self._now()
        if self._seen and self.head.frame(now) == self._seen.frame:
            due = self.head.wait(now)
            # event.wait would wake every millisecond to look
            time.sleep(PATIENCE if due is None else min(PATIENCE, due / SECOND))
        return pygame.event.get()

    def _take(self, event: Event) -> None:
        import pygame

        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self._running = False
        elif event.type == pygame.KEYDOWN:
            self._press(event)
        elif event.type == pygame.KEYUP:
            self._held.discard(event.key)
        elif event.type == pygame.WINDOWFOCUSLOST:
            self._held.clear()
        elif event.type == pygame.MOUSEMOTION:
            self._strip_until = self._now() + STRIP_STAYS
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED):
            self._seen = None

    def _press(self, event: Event) -> None:
        import pygame

        chord = event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_LALT)
        shift = bool(event.mod & pygame.KMOD_SHIFT)
        action = find(pygame.key.name(event.key), getattr(event, "unicode", ""), shift=shift, chord=bool(chord))
        held = event.key in self._held
        self._held.add(event.key)
        if action and (not held or action in REPEATING):
            self._act(action)

    def _act(self, action: Action) -> None:
        if action in TRANSPORT:
            self.head = TRANSPORT[action](self.head, self._now())
        elif action is Action.SCREENSHOT:
            self._keep()
        elif action is Action.KEYS:
            self._panel = not self._panel
        elif action is Action.QUIT or (action is Action.LEAVE and not self._fullscreen):
            self._running = False
        else:
            self._fill_screen(not self._fullscreen)

    def _fill_screen(self, full: bool) -> None:
        self._fullscreen = full
        if full:
            self._window.set_fullscreen(desktop=True)
        else:
            self._window.set_windowed()

    def _keep(self) -> None:
        """A screenshot of the frame that is seen; where it went, or why not, stays on the window for a while."""
        seen = self._seen.frame if self._seen and self.head.playing else self.head.frame(self._now())
        try:
            said = f"saved {screenshot.take(self._stand, seen, self._screenshots)}"
        except CollageError as error:
            said = str(error)
        self._note, self._note_until = printable(said), self._now() + NOTE_STAYS
        self._notice(said)

    def _refresh(self) -> None:
        now = self._now()
        frame = self.head.frame(now)
        view = View(
            frame=frame,
            shots=", ".join(f"{name} {number}" for name, number in self._stand.shots(frame)),
            size=self._window.get_surface().get_size(),
            playing=self.head.playing,
            panel=self._panel,
            note=self._note if now < self._note_until else "",
            strip=now < self._strip_until or not self.head.playing,
        )
        if view != self._seen:
            self._draw(view)
            self._seen = view

    def _draw(self, view: View) -> None:
        surface = self._window.get_surface()
        fault = self._drawn_or_not(view)
        surface.fill(overlay.SURROUND)
        self._lay_picture(surface, self._drawn["picture"][1])
        if view.strip:
            overlay.strip(surface, float(Fraction(view.frame - self.head.first + 1, self.head.end - self.head.first)))
            if view.shots:
                words = f"{view.shots}  ·  film {view.frame}"
                overlay.corner(surface, self._kept("shots", words, lambda: overlay.note(words, view.size)))
        slips = []
        if view.note:
            slips.append(self._kept("note", (view.note, view.size), lambda: overlay.note(view.note, view.size)))
        if fault:
            slips.append(self._kept("fault", (fault, view.size), lambda: overlay.fault(printable(fault), view.size)))
        overlay.lay_low(surface, *slips)
        if view.panel:
            overlay.lay(surface, self._kept("panel", view.size, lambda: overlay.panel(view.size)))
        self._window.flip()
        self._window.title = self._title(view)

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
        if self._stand.opaque:
            surface.blit(picture, place)
        else:
            surface.blit(self._kept("checks", size, lambda: overlay.checks(size)), place)
            surface.blit(picture, place, special_flags=pygame.BLEND_PREMULTIPLIED)

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
