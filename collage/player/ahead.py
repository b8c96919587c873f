"""Pictures drawn ahead of the playhead by a thread of their own, so that the window keeps time and hears its keys.

A scene too heavy for its rate drops frames: what is drawn next is what will be due when it is done. After a second of
that it is drawn half as fine, until two seconds of fine pictures lie ready again: time that is left over goes to those.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from collage.player.acetate import Moment
from collage.player.clock import SECOND, Playhead
from collage.player.pace import Pace
from collage.player.pictures import Pictures, until
from collage.player.shelf import LEAST, Look, Picture

if TYPE_CHECKING:
    from collage.stand import Stand

FAR = 2 * SECOND
"""How far ahead is drawn."""
FINEST = SECOND // 30
"""What a window shows at most: of a scene played fast not every frame is drawn."""
STALE = SECOND // 2
"""Who has not asked for so long looks elsewhere: the window is hidden, or something keeps it."""


PARTING = 1.0
"""Seconds to wait at the end for the picture that is being drawn; a script may never end."""


class _Wish(NamedTuple):
    """What was asked for last, and when, by the machine's own clock."""

    at: Moment
    look: Look
    asked: int

    def now(self) -> int:
        return self.at.now + time.perf_counter_ns() - self.asked

    def frame(self) -> int:
        return self.at.head.frame(self.now())

    @property
    def alive(self) -> bool:
        return self.at.playing and time.perf_counter_ns() - self.asked < STALE


class Ahead(Pictures):
    """Pictures that are ready when they are due, as far as the machine can. `full`: never half as fine. Close it.

    `due`, `bear` and `doze` are for the window's thread.
    """

    def __init__(self, stand: Stand, *, full: bool = False) -> None:
        super().__init__(stand)
        self._wish: _Wish | None = None
        self._shown: Picture | None = None
        self._since = 0
        self._pace = Pace(full)
        self._over = False
        self._broken: Exception | None = None
        self._drawing, self._asked, self._new = threading.Lock(), threading.Condition(self._lock), threading.Event()
        self._thread = threading.Thread(target=self._run, name="ahead", daemon=True)

    def due(self, at: Moment) -> Picture:
        """While it plays the latest that is ready, at rest the very frame, however long it takes. Raises what went
        wrong beside the window and no scene is to blame for."""
        look = Look.through(at.lens)
        with self._lock:
            if self._broken:
                raise self._broken
            if self._wish and self._wish.look != look:
                self._shelf.clear()
                self._pace.afresh()
            self._wish = _Wish(at, look, time.perf_counter_ns())
            found = self._ready(at, look) if at.playing else self._known(at.frame, look)
            if at.playing:
                self._asked.notify()
        found = found or self._made(at.frame, look, until(at.head, at.frame))
        if found is not self._shown:
            self._shown, self._since = found, at.now
        if at.playing and self._thread.ident is None:
            self._thread.start()
        return found

    def bear(self, stand: Stand) -> None:
        with self._drawing, self._lock:
            super().bear(stand)

    def doze(self, seconds: float) -> None:
        self._new.wait(seconds)
        self._new.clear()

    def close(self) -> None:
        with self._lock:
            self._over = True
            self._asked.notify()
        if self._thread.ident is not None:
            self._thread.join(PARTING)
        super().close()

    def _ready(self, at: Moment, look: Look) -> Picture | None:
        """The frame itself if it is ready, fine or not, else the last one before it that is, or what is seen now."""
        looks = (look.halved(), look) if self._pace.half else (look, look.halved())
        for moment in range(at.now, max(self._since, at.now - FAR) - 1, -_step(at.head)):
            frame = at.head.frame(moment)
            if known := self._known(frame, looks[0]) or self._known(frame, looks[1]):
                self._pace.showed(at.frame, late=moment < at.now)
                return known
        self._pace.showed(at.frame, late=True)
        return self._shown

    def _run(self) -> None:
        try:
            while not self._over:
                with self._drawing:
                    self._draw_one()
                with self._lock:
                    if not self._over and self._next() is None:
                        self._asked.wait()
        except Exception as error:  # the window raises it, as if it had come of its own work
            self._broken = error
            self._new.set()

    def _draw_one(self) -> None:
        with self._lock:
            wanted, wish = self._next(), self._wish
        if wanted is None or wish is None:
            return
        start = time.perf_counter_ns()
        made = self._made(*wanted, until(wish.at.head, wish.frame()))
        if made.frame == wanted[0]:  # else one that looks the same was there
            self._pace.took(time.perf_counter_ns() - start, made.half)
        self._new.set()

    def _next(self) -> tuple[int, Look] | None:
        """Which frame to draw next, and how; None while enough is ready, or nobody looks."""
        wish, pace = self._wish, self._pace
        if wish is None or not wish.alive:
            return None
        if pace.half:
            for look in (wish.look.halved(), wish.look):
                if wanted := self._lacking(wish, look):
                    return wanted
            pace.afresh()
        return self._lacking(wish, wish.look)

    def _lacking(self, wish: _Wish, look: Look) -> tuple[int, Look] | None:
        """The next frame that is not ready, of those that can be in time and that there is room for."""
        head, step, first = wish.at.head, _step(wish.at.head), wish.now() + self._pace.cost(look.half)
        room = max(LEAST, self._stand.spare // look.weight // 2) - 1
        frames = (head.frame(moment) for moment in range(first, first + min(FAR, room * step), step))
        return next(((frame, look) for frame in frames if not self._known(frame, look)), None)


def _step(head: Playhead) -> int:
    """Nanoseconds between two frames that are shown."""
    return max(FINEST, int(SECOND / (head.rate * abs(head.speed))))
