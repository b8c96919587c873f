"""The picture that the window opened with the last time, in the user's cache: something to see at once.

To make the glass ready and cut all paper takes seconds; to read a picture takes none. It is shown until the first frame
is really drawn, only if nothing that was read for it has changed since, and it never touches what is exported.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Hashable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from collage import __version__
from collage.errors import CollageError
from collage.files import write_whole
from collage.player.acetate import Acetate, Moment

if TYPE_CHECKING:
    from pygame import Surface

    from collage.geometry import Size
    from collage.stand import Stand

MOST = 12
"""Pictures kept, one a scene, the last ones; each is as large as its window."""
_HEAD = 40
"""Bytes before the pixels: the mark of what it was made of, then its width and height."""


def home() -> Path:
    """The folder of this user for what can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("collage")


class Kept(Acetate):
    """The lowest acetate: what the window first shows is kept when it is first drawn."""

    def __init__(self, stand: Stand, frame: int, folder: Path) -> None:
        self._mark, self._done = _mark(stand, frame), False
        self._path = folder / "first" / f"{hashlib.sha256(str(stand.path.resolve()).encode()).hexdigest()[:32]}.rgb"
        self._writing = threading.Thread(target=lambda: None)

    def show(self, surface: Surface) -> bool:
        """Lay what was kept, if it is of the same frame of the same files and as large as the window; whether it is."""
        import pygame

        size = surface.get_size()
        with suppress(OSError):
            head, pixels = self._head(size), self._path.read_bytes()
            if pixels[:_HEAD] == head and len(pixels) == _HEAD + 3 * size[0] * size[1]:
                surface.blit(pygame.image.frombuffer(memoryview(pixels)[_HEAD:], size, "RGB"), (0, 0))
                return True
        return False

    def seen(self, at: Moment) -> Hashable:
        return None if self._done else "keep"

    def draw(self, surface: Surface, at: Moment) -> None:
        """Nothing: what is there already is kept."""
        import pygame

        self._done = True
        content = self._head(surface.get_size()) + pygame.image.tobytes(surface, "RGB")
        self._writing = threading.Thread(target=_keep, args=(self._path, content), name="kept")
        self._writing.start()

    def close(self) -> None:
        if self._writing.is_alive():
            self._writing.join()

    def _head(self, size: Size) -> bytes:
        return self._mark + size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")


def _mark(stand: Stand, frame: int) -> bytes:
    """What the picture depends on: the program, the frame, and the stamps of all that was read, in 32 bytes."""
    read = sorted((str(path), stamp) for path, stamp in stand.notes.items())
    return hashlib.sha256(repr((__version__, frame, stand.size, read)).encode("utf-8", "surrogatepass")).digest()


def _keep(path: Path, content: bytes) -> None:
    """Write it, and let go of the oldest. What can't be kept is made again the next time, and that is all."""
    with suppress(OSError, CollageError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, content)
        kept = sorted(path.parent.glob("*.rgb"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
        for each in kept[MOST:]:
            each.unlink()
