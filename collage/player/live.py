"""What is saved while it plays: looked for, opened anew and made ready beside the window, which never waits for it.

A text that can't be read and a picture that is torn leave what is seen as it is. That is told only once the files have
come to rest, since most are half there for a moment whenever they are saved.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError, SceneError
from collage.player.excerpt import Excerpt, excerpt
from collage.player.holders import Holders
from collage.player.watch import Watch
from collage.registry.noting import Notes

if TYPE_CHECKING:
    from collage.stand import Stand

LOOK = 0.1
"""Seconds between two looks at the disk."""
SETTLE = 0.02
"""Seconds that whoever writes a file has for the rest of it, before it is read."""
CALM = 3
"""Looks that find nothing new before a fault is told."""
PARTING = 1.0
"""Seconds to wait for what is being opened when the show is over; a script may never end."""
_TEXTS = (".toml", ".py")


class Made(NamedTuple):
    """A stand that is ready to be shown, or the one that is shown already, and who has what on it."""

    stand: Stand
    holders: Holders


class Amiss(NamedTuple):
    """Why what was saved can't be shown, in one line. `quiet`: it is no text, so perhaps it is only half saved yet.
    `where` is the line of the text, and the place in it."""

    line: str
    quiet: bool
    where: Excerpt | None = None


News = Made | Amiss


class Live:
    """Watches what a stand is made of, from `with` on to its end, in a thread of its own."""

    def __init__(self, stand: Stand) -> None:
        self._given = self._stand = stand
        self._news = SimpleQueue[News | Exception]()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def __enter__(self) -> Live:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Ends the thread, and closes what nobody has taken. What takes longer is closed by the thread itself."""
        self._over.set()
        self._thread.join(PARTING)
        self._close_untold()

    def news(self) -> Iterator[News]:
        """What there is to tell since it was last asked; never waits. Raises what no file is to blame for."""
        for news in self._untold():
            if isinstance(news, Exception):
                raise news
            yield news

    def _untold(self) -> Iterator[News | Exception]:
        while True:
            try:
                yield self._news.get_nowait()
            except Empty:
                return

    def _run(self) -> None:
        try:
            self._watch()
        except Exception as error:  # the window raises it, as if it had come of its own work
            self._news.put(error)
        if self._over.is_set():
            self._close_untold()

    def _close_untold(self) -> None:
        """The stand that was given is not ours to close."""
        for news in self._untold():
            if isinstance(news, Made) and news.stand is not self._given:
                news.stand.close()

    def _watch(self) -> None:
        self._news.put(Made(self._stand, Holders.of(self._stand)))
        watch, saved, amiss, calm = Watch(self._stand.notes), set[Path](), None, 0
        while not self._over.wait(LOOK):
            if found := watch.look():
                self._over.wait(SETTLE)
                notes, saved, calm = Notes(), saved | found, 0
                if (amiss := self._opened(notes, saved)) is None:
                    saved = set()
                watch = Watch(notes)
            elif amiss is not None and (calm := calm + 1) == max(CALM, watch.round):
                self._news.put(amiss)

    def _opened(self, notes: Notes, saved: set[Path]) -> Amiss | None:
        """Open anew what was saved, if that can be done."""
        try:
            stand = self._stand.again(notes)
        except (CollageError, OSError, MemoryError) as error:
            self._stand.keep(saved)
            return _amiss(error, saved, notes)
        self._stand = stand
        self._news.put(Made(stand, Holders.of(stand)))
        return None


def _amiss(error: Exception, saved: set[Path], read: Iterable[Path]) -> Amiss:
    findings = error.findings if isinstance(error, SceneError) else ()
    more = sum(finding.severity == "error" for finding in findings) - 1
    line = f"{str(error) or type(error).__name__}{f' (and {more} more)' if more > 0 else ''}"
    if any(path.suffix in _TEXTS for path in saved):
        return Amiss(f"{line} (it plays on as it was)", quiet=False, where=excerpt(str(error), read))
    return Amiss(f"half saved? The last good one stays: {line}", quiet=True)
