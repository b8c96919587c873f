"""Files that are there whole or not at all, and what frames are called.

A file is written beside itself under a hidden name, brought to the disk, then renamed: whatever stops the program,
nothing torn ever bears a final name. A frame is ``hello.0007.png``, where 7 is the scene's own frame number, of one
width for the whole scene, so that a part exported today sorts among the rest exported tomorrow.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from collage.errors import CollageError, RunError

LEAST_DIGITS = 4
_LARGE = 2**18
"""Bytes of a file that nobody is likely to read again at once."""
_CURES = {
    errno.ENOSPC: "Make room on that disk and run it again",
    errno.EDQUOT: "Make room in your quota and run it again",
    errno.EACCES: "Choose a folder you may write to",
    errno.EPERM: "Choose a folder you may write to",
    errno.EROFS: "That disk is read-only: choose another folder",
    errno.ENAMETOOLONG: "Choose a shorter name",
}


def write_whole(path: Path, content: bytes) -> None:
    """Write `path`, replacing what was there only once all of `content` is on the disk.

    The temporary file is removed on any failure. CollageError if what is there is no file, RunError names the file and
    the cure.
    """
    check_target(path)
    temporary = beside(path)
    try:
        try:
            bring(temporary, content)
            os.replace(temporary, path)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except OSError as error:
        raise unwritten(path, error) from error


def beside(path: Path, token: str = "") -> Path:
    """The hidden name, in the same folder, under which what becomes `path` is written; another each time, unless a
    token says which."""
    return path.with_name(f".{path.name}.{token or secrets.token_hex(8)}.tmp")


def bring(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it. OSError as the system says it.

    A large one then leaves its room in the system's cache to the next: of hundreds of frames each takes a third of the
    time so, and what others have in the cache stays there.
    """
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        if len(content) >= _LARGE and hasattr(os, "posix_fadvise"):
            with suppress(OSError):  # it is on the disk all the same
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def settle(folder: Path) -> None:
    """Wait until the disk knows what was renamed in a folder, where a system can be asked to."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):  # some shared disks can't be
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def read_start(path: Path, most: int) -> bytes:
    """A file's bytes, or the first so many. OSError as the system says it, and for what is no file: a pipe would wait
    for ever."""
    if os.path.lexists(path) and not os.path.isfile(path):
        raise OSError(errno.EINVAL, "It is no file", str(path))
    with open(path, "rb") as file:
        return file.read(most)


def unread(error: OSError) -> str:
    """Why a file can't be read, and the cure, to follow its name."""
    cure = "remove it" if error.errno == errno.EINVAL else "check its permissions"
    return f"can't be read: {(error.strerror or str(error)).lower()}: {cure}"


def check_target(path: Path) -> None:
    """CollageError if a folder, a device or a pipe bears this name, also by a link: a file must not take its place."""
    if os.path.isdir(path):
        raise CollageError(f"{path}: is a folder: add the name of a file in it")
    if os.path.exists(path) and not os.path.isfile(path):
        raise CollageError(f"{path}: is no file: choose another name")


def make_folder(folder: Path) -> None:
    """Create `folder` and what lies above it. CollageError if a file is in the way, RunError if it can't be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise CollageError(f"{folder}: a file is in the way of this folder. Choose another") from error
    except OSError as error:
        raise unwritten(folder, error) from error


def unwritten(path: Path, error: OSError) -> RunError:
    """The error of a file that could not be written: where, what, on a full disk how much room there is, and the
    cure."""
    cure = _CURES.get(error.errno or 0, "Run it again, or choose another folder")
    free = _free(path.parent) if error.errno == errno.ENOSPC else ""
    return RunError(f"{path}: can't be written: {(error.strerror or str(error)).lower()}. {cure}{free}")


def _free(folder: Path) -> str:
    try:
        return f": it has {shutil.disk_usage(folder).free:,} bytes free"
    except OSError:
        return ""


def digits(length: int) -> int:
    """How wide frame numbers are in a scene of `length` frames: as its last frame needs, at least four."""
    return max(LEAST_DIGITS, len(str(max(length - 1, 0))))


def frame_name(scene: str, frame: int, length: int, kind: str = "png") -> str:
    """The file of one frame of a scene of `length` frames."""
    return f"{scene}.{frame:0{digits(length)}}.{kind}"


def pattern(scene: str, length: int, kind: str = "png") -> str:
    """How all of them are written in one line: ``hello.####.png``."""
    return f"{scene}.{'#' * digits(length)}.{kind}"
