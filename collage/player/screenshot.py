"""A frame of the window kept as a file: full size, the same pixels as its export, never over another file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from collage.files import frame_name, make_folder, write_whole
from collage.stand import frame_file

if TYPE_CHECKING:
    from collage.stand import Stand


def take(stand: Stand, frame: int, folder: Path) -> Path:
    """Save one frame as ``NAME.0012.png``, or ``NAME.0012-2.png`` if that is there; the path it went to.

    AssetError for a picture that can't be read, RunError or CollageError when the folder can't be written.
    """
    encoded = frame_file(stand, frame)
    make_folder(folder)
    path = next(path for path in names(stand, frame, folder) if not path.exists())
    write_whole(path, encoded)
    return path


def names(stand: Stand, frame: int, folder: Path) -> Iterator[Path]:
    """The names a screenshot may take, the plainest first: as wide as the exported frames' numbers."""
    plain = folder / frame_name(stand.name, frame, stand.length)
    yield plain
    yield from (plain.with_stem(f"{plain.stem}-{again}") for again in count(2))
