"""A frame of the window kept as a file: full size, the same pixels as its export, never over another file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from collage.errors import RunError

if TYPE_CHECKING:
    from collage.stand import Stand


def take(stand: Stand, frame: int, folder: Path) -> Path:
    """Save one frame as ``NAME.0012.png``, or ``NAME.0012-2.png`` if that is there; the path it went to.

    AssetError for a picture that can't be read, RunError when the folder can't be written.
    """
    from collage.glass import png

    picture = stand.picture(frame)
    encoded = png.encode(picture[..., :3] if stand.opaque else picture)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = next(path for path in names(stand, frame, folder) if not path.exists())
        _write(path, encoded)
    except OSError as error:
        raise RunError(f"can't save a screenshot in {folder}: {error.strerror or error}") from error
    return path


def names(stand: Stand, frame: int, folder: Path) -> Iterator[Path]:
    """The names a screenshot may take, the plainest first: as wide as the exported frames' numbers."""
    plain = f"{stand.name}.{frame:0{max(4, len(str(stand.length - 1)))}}"
    yield folder / f"{plain}.png"
    yield from (folder / f"{plain}-{again}.png" for again in count(2))


def _write(path: Path, content: bytes) -> None:
    """Beside its place first, so that no torn file ever bears the name."""
    torn = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        torn.write_bytes(content)
        torn.replace(path)
    finally:
        torn.unlink(missing_ok=True)
