"""The pictures of frames as the window wants them, drawn when they are due and kept as far as there is memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.player.acetate import Moment
from collage.player.clock import Playhead
from collage.player.shelf import NEVER, Look, Picture, Shelf

if TYPE_CHECKING:
    from pygame import Surface

    from collage.stand import Stand

_TEXTS = (".toml", ".py")


class Pictures:
    """Those of a stand."""

    def __init__(self, stand: Stand) -> None:
        self._stand, self._shelf = stand, Shelf()
        self._lock = threading.RLock()
        """Of what is known, not of drawing it."""
        self._faults: dict[tuple[int, Look], Picture] = {}

    def due(self, at: Moment) -> Picture:
        """What is to be seen at a moment; a frame that can't be drawn is a picture with a fault."""
        look = Look.through(at.lens)
        return self._known(at.frame, look) or self._made(at.frame, look, until(at.head, at.frame))

    def bear(self, stand: Stand) -> None:
        """Another stand from now on. What looks the same there stays at hand, unless a picture has been saved."""
        if not _alike(self._stand, stand):
            self._shelf.clear()
        self._shelf.forget_frames()
        self._faults.clear()
        self._stand = stand

    def doze(self, seconds: float) -> None:
        """Sleep, at most until there is something new to see."""
        time.sleep(seconds)

    def close(self) -> None:
        """Draw no more, and keep nothing."""
        self._shelf.clear()

    def _known(self, frame: int, look: Look) -> Picture | None:
        return self._shelf.at(frame, look) or self._faults.get((frame, look))

    def _made(self, frame: int, look: Look, due: Callable[[int], int]) -> Picture:
        """A frame that is not known yet; `due` tells what else is needed last, as `Shelf.put` says."""
        stand = self._stand
        try:
            cels = stand.cels(frame)
            with self._lock:
                if found := self._shelf.like(frame, cels, look):
                    return found
            picture = Picture(frame, drawn(stand, frame, look), half=look.half)
        except CollageError as error:
            with self._lock:
                return self._faults.setdefault((frame, look), Picture(frame, None, error))
        with self._lock:
            self._shelf.put(cels, look, picture, stand.spare, due)
        return picture


def drawn(stand: Stand, frame: int, look: Look) -> Surface:
    """A frame, comped as fine and as large as a look says. CollageError for one that has no picture."""
    import pygame

    pixels = stand.comp(frame, look.part)
    height, width = pixels.shape[:2]
    surface = pygame.image.frombuffer(pixels.data, (width, height), "RGBX" if stand.opaque else "RGBA")
    return surface if look.size == (width, height) else pygame.transform.smoothscale(surface, look.size)


def until(head: Playhead, frame: int) -> Callable[[int], int]:
    """How many frames from one on another is due, as the playhead goes round."""
    (first, end), way = head.span, 1 if head.speed > 0 else -1
    return lambda other: (other - frame) * way % (end - first) if first <= other < end else NEVER


def _alike(one: Stand, other: Stand) -> bool:
    """Whether what looks the same in numbers looks the same: no picture, and nothing beneath them, is another."""
    if (one.size, one.rig.paper, one.opaque) != (other.size, other.rig.paper, other.opaque):
        return False
    before, after = one.notes, other.notes
    both = [path for path in list(before) if path.suffix not in _TEXTS and path in after]
    return all(before[path] == after[path] for path in both)
