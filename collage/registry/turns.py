"""One at a time: processes that change the same files, also on different machines.

Whoever comes first makes a lock by O_EXCL, with process and time inside. A lock older than `STALE` belongs to one who
was killed, and is replaced. Should its owner only have slept, no harm is done either, if it does as `journal` does: all
is prepared, then the lock is looked at once more, then one renaming makes the change; and whoever takes the lock first
removes what others have prepared. So a late one finds its lock gone, or its preparations.
"""

from __future__ import annotations

import os
import platform
import secrets
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from collage.errors import CollageError, RunError
from collage.files import beside, bring, unwritten
from collage.registry.probe import plain

STALE = 10.0
"""Seconds after which a lock counts for nothing: a change takes a few hundredths of one, among 10,000 entries one."""
PATIENCE = 20.0
"""Seconds to wait for one's turn: longer than a dead one's lock holds."""
_PAUSE = 0.005
_LONGEST = 400

T = TypeVar("T")
Ours = Callable[[], bool]
"""Whether it is still our turn."""


def in_turn(lock: Path, act: Callable[[Ours], tuple[T] | None]) -> T:
    """Do something when nobody else does, and return what it gives, in a tuple of its own; None from it is that the
    turn was lost, and it is called anew at the next. RunError when the turn doesn't come or the disk refuses.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        mine = f"{os.getpid()} {time.time():.3f} {secrets.token_hex(8)} {platform.node()[:100]}\n".encode()
        if _taken(lock, mine):
            try:
                if done := act(partial(_holds, lock, mine)):
                    return done[0]
            finally:
                with suppress(OSError):
                    if _holds(lock, mine):
                        lock.unlink()
        time.sleep(_PAUSE)
    raise RunError(f"{lock.parent}: {_holder(lock)} is changing it. Try again; if nothing is running, remove {lock}")


def held(error: OSError) -> bool:
    """Whether another process has the file open, which on Windows is in the way of a change: it may be tried again."""
    return os.name == "nt" and isinstance(error, PermissionError)


def _taken(lock: Path, mine: bytes) -> bool:
    made = False
    try:
        with open(lock, "xb") as file:
            made = True
            file.write(mine)
    except FileExistsError:
        return _stale(lock) and _taken_over(lock, mine)
    except OSError as error:
        if made:  # a full disk: nobody is to wait for what could not be written
            with suppress(OSError):
                lock.unlink()
        elif held(error):
            return False
        raise unwritten(lock, error) from error
    return True


def _taken_over(lock: Path, mine: bytes) -> bool:
    temporary = beside(lock)
    try:
        bring(temporary, mine)
        os.replace(temporary, lock)
    except FileNotFoundError:  # another took over, and tidied up
        return False
    except OSError as error:
        if held(error):
            return False
        raise unwritten(lock, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    return True


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


def _holds(lock: Path, mine: bytes) -> bool:
    return _inside(lock) == mine


def _inside(lock: Path) -> bytes:
    """What the lock holds; nothing if there is none, or, on Windows, if it is being replaced."""
    try:
        with open(lock, "rb") as file:
            return file.read(_LONGEST)
    except FileNotFoundError:
        return b""
    except OSError as error:
        if held(error):
            return b""
        raise unwritten(lock, error) from error


def _holder(lock: Path) -> str:
    words = plain(_inside(lock).decode(errors="replace").rstrip()).split()
    return f"process {words[0]} on {' '.join(words[3:])}" if len(words) > 3 else "another process"
