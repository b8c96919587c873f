"""A small file that several processes change, also on different machines: one at a time, and each change whole.

Whoever changes it first puts a lock beside it, made by O_EXCL, with process and time inside. A lock older than `STALE`
belongs to one who was killed, and is replaced. Should its owner only have slept, no harm is done either: a change is
written beside the file, then the lock is looked at once more, then the change is renamed into place; and whoever takes
the lock removes all such unfinished changes before it reads. So a late one finds its lock gone, or its change.
"""

from __future__ import annotations

import os
import platform
import secrets
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from collage.errors import CollageError, RunError
from collage.files import check_target, unwritten
from collage.registry.probe import plain

STALE = 10.0
"""Seconds after which a lock counts for nothing: a change takes a few thousandths of one."""
PATIENCE = 20.0
"""Seconds to wait for one's turn: longer than a dead one's lock holds."""
_PAUSE = 0.005
_LONGEST = 400

T = TypeVar("T")


def rewrite(path: Path, change: Callable[[], tuple[bytes, T]]) -> T:
    """Replace `path` by the bytes that `change` makes, and return what it gives beside them.

    `change` reads the file itself, at its turn; it is called anew if the turn was lost, and what it raises leaves the
    file as it was. RunError when the turn doesn't come or the disk refuses.
    """
    check_target(path)
    lock = path.with_name(f".{path.name}.lock")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if done := _at_turn(path, lock, change):
                return done[0]
        except OSError as error:
            if not _passing(error, path.parent):
                raise unwritten(path, error) from error
        time.sleep(_PAUSE)
    raise RunError(f"{path}: {_holder(lock)} is changing it. Try again; if nothing is running, remove {lock.name}")


def _passing(error: OSError, folder: Path) -> bool:
    """Whether another process is the reason: it took away what we had begun, or, on Windows, has the file open."""
    if os.name == "nt" and isinstance(error, PermissionError):
        return True
    return isinstance(error, FileNotFoundError) and folder.is_dir()


def _at_turn(path: Path, lock: Path, change: Callable[[], tuple[bytes, T]]) -> tuple[T] | None:
    """What `change` gave, in a tuple of its own; None if it is another's turn."""
    mine = f"{os.getpid()} {time.time():.3f} {secrets.token_hex(8)} {platform.node()[:100]}\n".encode()
    if not _taken(path, lock, mine):
        return None
    try:
        for left in path.parent.glob(f".{path.name}.*.tmp"):
            left.unlink(missing_ok=True)
        content, given = change()
        return (given,) if _replaced(path, content, lambda: _inside(lock) == mine) else None
    finally:
        with suppress(OSError):
            if _inside(lock) == mine:
                lock.unlink()


def _taken(path: Path, lock: Path, mine: bytes) -> bool:
    try:
        with open(lock, "xb") as file:
            file.write(mine)
    except FileExistsError:
        return _stale(lock) and _replaced(lock, mine, lambda: True)
    return True


def _replaced(path: Path, content: bytes, allowed: Callable[[], bool]) -> bool:
    """Bring the content to the disk, ask once more, then rename: in this order, whatever happens in between."""
    name = path.name.removesuffix(".lock").removeprefix(".")
    temporary = path.with_name(f".{name}.{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not allowed():
            return False
        os.replace(temporary, path)
        return True
    finally:
        with suppress(OSError):
            temporary.unlink()


def _stale(lock: Path) -> bool:
    """Whether the lock was left behind; one that is empty or holds no time is as old as its file. A time far ahead is
    of a clock that is wrong, and counts for nothing as well."""
    try:
        status = os.lstat(lock)
        if not stat.S_ISREG(status.st_mode):
            raise CollageError(f"{lock}: is no file, and only a lock may be called so: remove it")
        written = _inside(lock).split()
    except FileNotFoundError:
        return False
    since = status.st_mtime
    with suppress(ValueError, IndexError):
        since = float(written[1])
    return not abs(time.time() - since) <= STALE  # not a number is stale too


def _inside(lock: Path) -> bytes:
    """What the lock holds; nothing if there is none."""
    try:
        with open(lock, "rb") as file:
            return file.read(_LONGEST)
    except FileNotFoundError:
        return b""


def _holder(lock: Path) -> str:
    words = plain(_inside(lock).decode(errors="replace").rstrip()).split()
    return f"process {words[0]} on {' '.join(words[3:])}" if len(words) > 3 else "another process"
