"""The window at work: keys and news in, frames out. What is to be seen is a `View`, drawn only when it differs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.player import screenshot
from collage.player.acetate import Acetate, Moment
from collage.player.clock import SECOND, Playhead, within
from collage.player.holders import Holders
from collage.player.keys import REPEATING, Action, Keymap, find
from collage.player.lens import Lens
from collage.player.live import Amiss, Made, News
from collage.player.moments import Moments
from collage.player.pictures import Pictures
from collage.player.screen import Screen
from collage.player.transport import obey
from collage.player.view import Easel, View, printable

if TYPE_CHECKING:
    from pygame import Window
    from pygame.event import Event

    from collage.stand import Stand

PATIENCE = 0.025
"""Seconds to sleep at most: how soon a key is heard."""
CALM = 40
"""After so many rounds in which nothing happened the sleep may be thrice as long, and at rest most need no looking."""
LULL = 8
"""Of so many calm rounds at rest one looks whether a note has had its time."""
NOTE_STAYS = 4 * SECOND
REST_STAYS = 3 * SECOND // 2
NOBODY_ASKED = "nothing here is one of a kind: copies = 1 in assets/registry.toml makes it so"


class Show:
    """One window showing a stand, and what follows it, until somebody quits. `now` counts nanoseconds, the sound's
    where there is sound, and `follow`, its ear, is told in every round where the playhead is. `news` gives what has
    come since it was last asked. `opening` is what somebody chose to see next, once it is over; `back`
    is what Esc chooses."""

    def __init__(
        self,
        window: Window,
        stand: Stand,
        head: Playhead,
        screenshots: Path,
        notice: Callable[[str], None],
        now: Callable[[], int] = time.perf_counter_ns,
        news: Callable[[], Iterable[News]] = tuple,
        acetates: Sequence[Acetate] = (),
        follow: Callable[[Playhead, int], None] = lambda head, now: None,
        keymap: Keymap | None = None,
        pictures: Pictures | None = None,
        back: Path | None = None,
        screen: Screen | None = None,
    ) -> None:
        self.head, self.stand, self.lens = head, stand, Lens(stand.size, window.get_surface().get_size())
        self.opening: Path | None = None
        self._back, self._screen = back, screen or Screen(window)
        self._window, self._now, self._news, self._acetates = window, now, news, acetates
        self._screenshots, self._notice = screenshots, notice
        self._follow, self._keymap = follow, keymap or Keymap()
        self._easel = Easel(window, stand, notice, acetates, self._keymap.rows, pictures)
        self._range = head.first, None if head.end == stand.length else head.end
        self._running, self._panel, self._who, self._checks = True, False, False, True
        self._note, self._note_until, self._resting_until = "", 0, 0
        self._holders, self._amiss = Holders(), Amiss("", quiet=True)
        self._moments: Moments | None = None
        self._held: set[int] = set()
        self._hidden, self._calm = False, 0
        self._seen: View | None = None

    def run(self) -> None:
        """Play until quit, then close the acetates. The clock starts once the first frame, which may be slow to draw,
        is there to be seen."""
        try:
            self.head = self.head.played(self._now())
            start = self.head.anchor
            self._refresh()
            self.head = self.head.sought(start, self._now())
            while self._running:
                self._follow(self.head, self._now())
                if self.head.playing or self._calm < CALM or not self._calm % LULL:
                    self._refresh()
                for event in self._events():
                    self._take(event)
                for news in self._news():
                    self._hear(news)
        finally:
            for acetate in self._acetates:
                acetate.close()

    @property
    def frame(self) -> int:
        """The one that is due now."""
        return self.head.frame(self._now())

    def say(self, words: str) -> None:
        """A note at the bottom, for some seconds."""
        self._note, self._note_until = printable(words), self._now() + NOTE_STAYS

    def leave(self, opening: Path | None = None) -> None:
        """End the show; `opening` is what is to be shown next."""
        self._running, self.opening = False, opening

    def turn_to(self, stand: Stand) -> None:
        """Show another stand from the same moment on; nothing but the picture changes. The former one is closed."""
        self.head = self.head.carried(stand.rate, *within(self._range, stand.length), self._now())
        former, self.stand, self._moments = self.stand, stand, None
        self._easel.bear(stand)
        for acetate in self._acetates:
            acetate.turned(stand)
        self._seen = None
        former.close()

    def _events(self) -> list[Event]:
        """What happened, after sleeping until another frame is due, but only for a moment."""
        import pygame

        now = self._now()
        if self._hidden or (self._seen and self.head.frame(now) == self._seen.frame):
            due = None if self._hidden else self.head.wait(now)
            # event.wait would wake every millisecond to look
            patience = PATIENCE if self._calm < CALM else 3 * PATIENCE
            self._easel.doze(patience if due is None else min(patience, due / SECOND))
        events = pygame.event.get()
        self._calm = 0 if events else self._calm + 1
        return events

    def _take(self, event: Event) -> None:
        import pygame

        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self._act(Action.QUIT)
        elif event.type == pygame.KEYDOWN:
            self._press(event)
        elif event.type == pygame.KEYUP:
            self._held.discard(event.key)
        elif event.type == pygame.WINDOWFOCUSLOST:
            self._held.clear()
        elif event.type in (pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN):
            self._hidden = True
        elif event.type in (
            pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED, pygame.WINDOWRESTORED, pygame.WINDOWSHOWN,
        ):  # fmt: skip
            self._hidden, self._seen = False, None
        else:
            if event.type == pygame.MOUSEMOTION:
                self._resting_until = self._now() + REST_STAYS
            self._offer(event)
            if event.type == pygame.MOUSEMOTION and event.pos[1] >= self._floor():
                self._offer(pygame.event.Event(pygame.WINDOWLEAVE))  # it is over something else

    def _press(self, event: Event) -> None:
        import pygame

        shift, ctrl, alt = (
            bool(event.mod & mask)
            for mask in (pygame.KMOD_SHIFT, pygame.KMOD_CTRL | pygame.KMOD_META, pygame.KMOD_LALT)
        )
        text = getattr(event, "unicode", "")
        action = find(pygame.key.name(event.key), text, shift=shift, ctrl=ctrl, alt=alt, actions=self._keymap.actions)
        held = event.key in self._held
        self._held.add(event.key)
        if action is None:
            self._offer(event)
        elif not held or action in REPEATING:
            self._act(action)

    def _floor(self) -> int:
        at = self._moment()
        return min((acetate.floor(at) for acetate in self._acetates), default=at.lens.room[1])

    def _offer(self, event: Event) -> None:
        """To the acetates, the topmost first, until one takes it."""
        at = self._moment()
        any(acetate.take(event, at, self) for acetate in reversed(self._acetates))

    def _act(self, action: Action) -> None:
        if action is Action.LEAVE and self._panel:  # it lies over all
            self._turn_the_panel()
            return
        at = self._moment()
        if any(acetate.act(action, at, self) for acetate in reversed(self._acetates)):
            return
        if obeyed := obey(action, self.head, self._now(), self._known_moments):
            self.head, words = obeyed
            if words:
                self.say(words)
        elif action in OWN:
            OWN[action](self)

    def _known_moments(self) -> Moments:
        if self._moments is None:
            self._moments = Moments.of(self.stand)
        return self._moments

    def _leave_what_is_on(self) -> None:
        if not self._screen.left():
            self._quit(self._back)

    def _quit(self, opening: Path | None = None) -> None:
        if not any(acetate.stays(self) for acetate in self._acetates):
            self.leave(opening)

    def _turn_the_screen(self) -> None:
        self._screen.turn()

    def _turn_the_panel(self) -> None:
        self._panel = not self._panel

    def _turn_the_checks(self) -> None:
        self._checks = not self._checks

    def _tell_who(self) -> None:
        self._who = not self._who
        if self._who and not self._holders.turns:
            self.say(NOBODY_ASKED)

    def _keep(self) -> None:
        """A screenshot of the frame that is seen; where it went, or why not, stays on the window for a while."""
        seen = self._seen.frame if self._seen and self.head.playing else self.head.frame(self._now())
        try:
            said = f"saved {screenshot.take(self.stand, seen, self._screenshots)}"
        except CollageError as error:
            said = str(error)
        self.say(said)
        self._notice(said)

    def _hear(self, news: News) -> None:
        self._calm = 0
        if isinstance(news, Made):
            if news.stand is not self.stand:
                self.turn_to(news.stand)
            self._holders, self._amiss = news.holders, Amiss("", quiet=True)
        else:
            if news.line != self._amiss.line:
                self._notice(news.line)
            self._amiss = news

    def _moment(self) -> Moment:
        now = self._now()
        self.head = self.head.settled(now)
        self.lens = self.lens.over(self.stand.size, self._window.get_surface().get_size())
        resting = now < self._resting_until or not self.head.playing
        return Moment(self.stand, self.head.frame(now), self.head.playing, self.lens, now, resting, self.head)

    def _refresh(self) -> None:
        at = self._moment()
        if self._hidden:
            return
        view = View(
            frame=at.frame,
            picture=self._easel.due(at),
            shots=", ".join(f"{name} {number}" for name, number in self.stand.shots(at.frame)),
            lens=at.lens,
            playing=at.playing,
            panel=self._panel,
            checks=self._checks,
            note=self._note if at.now < self._note_until else "",
            resting=at.resting,
            held=self._holders.at(at.frame) if at.resting or self._who else (),
            amiss=self._amiss,
            acetates=tuple(acetate.seen(at) for acetate in self._acetates),
        )
        if view != self._seen:
            self._easel.draw(view, at)
            self._seen = view


OWN: dict[Action, Callable[[Show], None]] = {
    Action.SCREENSHOT: Show._keep,
    Action.WHO: Show._tell_who,
    Action.KEYS: Show._turn_the_panel,
    Action.CHECKS: Show._turn_the_checks,
    Action.FULLSCREEN: Show._turn_the_screen,
    Action.LEAVE: Show._leave_what_is_on,
    Action.QUIT: Show._quit,
}
"""What the show does itself, after the acetates were asked."""
