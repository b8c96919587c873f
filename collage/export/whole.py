"""Files that are there whole or not at all.

A file is written beside itself under a hidden name, brought to the disk, then renamed: whatever stops the program,
nothing torn ever bears a final name.
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from collage.errors import CollageError, RunError

_CURES = {
    errno.ENOSPC: "Make room on that disk and run it again",
    errno.EDQUOT: "Make room in your quota and run it again",
    errno.EACCES: "Choose a folder you may write to with -o",
    errno.EPERM: "Choose a folder you may write to with -o",
    errno.EROFS: "That disk is read-only: choose another folder with -o",
    errno.ENAMETOOLONG: "Choose a shorter name",
    errno.EISDIR: "A folder bears that name: move it away",
}


def write_whole(path: Path, content: bytes) -> None:
    """Write `path`, replacing what was there only once all of `content` is on the disk.

    The temporary file is removed on any failure. RunError names the file and the cure.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def make_folder(folder: Path) -> None:
    """Create `folder` and what lies above it. CollageError if a file is in the way, RunError if it can't be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise CollageError(f"{folder}: a file is in the way of this folder. Choose another with -o") from error
    except OSError as error:
        raise unwritten(folder, error) from error


def unwritten(path: Path, error: OSError) -> RunError:
    """The error of a file that could not be written: where, what and the cure."""
    cure = _CURES.get(error.errno or 0, "Run it again, or choose another folder with -o")
    return RunError(f"{path}: can't be written: {(error.strerror or str(error)).lower()}. {cure}")
