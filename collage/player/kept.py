"""The picture that the window opened with the last time, in the user's cache: something to see at once.

To make the glass ready and cut all paper takes seconds; to read a picture takes none. It is shown until the first frame
is really drawn, only if nothing that was read for it has changed since, and it never touches what is exported.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Hashable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from collage import __version__
from collage.errors import CollageError
from collage.files import read_start, write_whole
from collage.player.acetate import Acetate, Moment
from collage.registry.noting import Stamp, stamp

if TYPE_CHECKING:
    from pygame import Surface

    from collage.geometry import Size
    from collage.stand import Stand

MOST = 12
"""Pictures kept, one a scene, the last ones; each is as large as its window."""
_MOST_TOLD = 4 * 2**20
"""Bytes that tell what was read for one."""
_HEAD = 40
"""Bytes before the pixels: the mark of what it was made of, then its width and height."""


def home() -> Path:
    """The folder of this user for what can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("collage")


class Glimpse:
    """What was kept of a scene or a film, before it is even read: its `size` and `title`, of its frame `frame`."""

    def __init__(self, path: Path, mark: bytes, size: Size, title: str, frame: int) -> None:
        self.size, self.title, self.frame = size, title, frame
        self._path, self._mark = path, mark

    def show(self, surface: Surface) -> bool:
        """Lay it, if it is as large as the window; whether it is."""
        return _laid(self._path, self._mark, surface)


def glimpse(scene: Path, folder: Path) -> Glimpse | None:
    """What was kept, if none of the files that were read for it has changed; a scene of a film is among them."""
    path = _place(scene, folder)
    try:
        told = json.loads(read_start(path.with_suffix(".json"), _MOST_TOLD))
        read = [(str(name), tuple(was) if was else None) for name, was in told["read"]]
        if any(stamp(Path(name)) != was for name, was in read):
            return None
        size, frame = (int(told["size"][0]), int(told["size"][1])), int(told["frame"])
        return Glimpse(path, _mark(frame, size, read), size, str(told["title"]), frame)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


class Kept(Acetate):
    """The lowest acetate: what the window first shows is kept when it is first drawn."""

    def __init__(self, stand: Stand, frame: int, folder: Path) -> None:
        read = sorted((str(path), was) for path, was in stand.notes.items())
        self._mark, self._done = _mark(frame, stand.size, read), False
        self._told = {"frame": frame, "size": stand.size, "title": stand.title, "read": read}
        self._path = _place(stand.path, folder)
        self._writing = threading.Thread(target=lambda: None)

    def show(self, surface: Surface) -> bool:
        """Lay what was kept, if it is of the same frame of the same files and as large as the window; whether it is."""
        return _laid(self._path, self._mark, surface)

    def seen(self, at: Moment) -> Hashable:
        return None if self._done else "keep"

    def draw(self, surface: Surface, at: Moment) -> None:
        """Nothing: what is there already is kept."""
        import pygame

        self._done = True
        content = _head(self._mark, surface.get_size()) + pygame.image.tobytes(surface, "RGB")
        told = json.dumps(self._told).encode()
        self._writing = threading.Thread(target=_keep, args=(self._path, content, told), name="kept")
        self._writing.start()

    def close(self) -> None:
        if self._writing.is_alive():
            self._writing.join()


def _place(scene: Path, folder: Path) -> Path:
    return folder / "first" / f"{hashlib.sha256(str(scene.resolve()).encode()).hexdigest()[:32]}.rgb"


def _laid(path: Path, mark: bytes, surface: Surface) -> bool:
    import pygame

    size = surface.get_size()
    with suppress(OSError):
        pixels = path.read_bytes()
        if pixels[:_HEAD] == _head(mark, size) and len(pixels) == _HEAD + 3 * size[0] * size[1]:
            surface.blit(pygame.image.frombuffer(memoryview(pixels)[_HEAD:], size, "RGB"), (0, 0))
            return True
    return False


def _head(mark: bytes, size: Size) -> bytes:
    return mark + size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")


def _mark(frame: int, size: Size, read: Iterable[tuple[str, Stamp | None]]) -> bytes:
    """What the picture depends on: the program, the frame, and the stamps of all that was read, in 32 bytes."""
    return hashlib.sha256(repr((__version__, frame, tuple(size), list(read))).encode("utf-8", "surrogatepass")).digest()


def _keep(path: Path, content: bytes, told: bytes) -> None:
    """Write it, and let go of the oldest. What can't be kept is made again the next time, and that is all."""
    with suppress(OSError, CollageError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, content)
        write_whole(path.with_suffix(".json"), told)
        kept = sorted(path.parent.glob("*.rgb"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
        for each in kept[MOST:]:
            each.unlink()
            each.with_suffix(".json").unlink(missing_ok=True)
