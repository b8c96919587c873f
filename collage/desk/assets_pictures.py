"""A picture on its way into the box, looked at to its end; and the pictures of an asset that are there already."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

from collage.errors import AssetError, CollageError
from collage.files import read_start, unread
from collage.registry.catalogue import ENDINGS, Catalogue, inside

MOST_BYTES = 2**30
"""Bytes of pictures that one change may bring: they are held in memory."""
_SOLID = 128
"""From this alpha on, a pixel counts as part of the piece."""


class Picture(NamedTuple):
    """A file's bytes, its ending in lower case, its size in pixels, and the foot it stands on, if it has one."""

    content: bytes
    ending: str
    size: tuple[int, int]
    foot: tuple[int, int] | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def take(source: Path) -> Picture:
    """A file that is whole: it has been decoded to its end. CollageError with the cure for what is no picture."""
    from collage.glass.decode import decode

    ending = source.suffix.lower()
    if source.is_dir():
        raise AssetError(f"{source}: is a folder: name the pictures in it")
    if ending not in ENDINGS:
        raise AssetError(f"{source}: not a picture this takes: save it as PNG, JPEG, WebP or TIFF")
    pixels = decode(source)
    try:
        content = read_start(source, MOST_BYTES + 1)
    except OSError as error:
        raise AssetError(f"{source}: {unread(error)}") from None
    if len(content) > MOST_BYTES:
        raise CollageError(f"{source}: more than {MOST_BYTES >> 30} GiB: save it smaller")
    return Picture(content, ending, (pixels.shape[1], pixels.shape[0]), _foot(pixels[..., 3]))


def pictures(root: Path, catalogue: Catalogue, name: str) -> list[str]:
    """The pictures of an asset that are there, as paths from the root; also of one that is broken by having two."""
    entry = catalogue.entry(name)
    if entry.drawings or entry.frames:
        files = [f"assets/{file}" for file in catalogue.pictures(name, entry).values()]
    else:
        files = [f"assets/{name}{ending}" for ending in ENDINGS]
    return [file for file in files if file.endswith(ENDINGS) and inside(root, file).is_file()]


def _foot(alpha: Any) -> tuple[int, int] | None:
    """Where a piece stands: the middle of the lowest fiftieth of what is solid. None for a picture without a
    silhouette, which is best held at its centre."""
    import numpy as np

    solid = np.asarray(alpha) >= _SOLID
    rows = np.flatnonzero(solid.any(axis=1))
    if not len(rows) or solid.all():
        return None
    tall = int(rows[-1] - rows[0]) + 1
    columns = np.flatnonzero(solid[int(rows[-1]) - tall // 50 : int(rows[-1]) + 1].any(axis=0))
    return int(columns[0] + columns[-1] + 1) // 2, int(rows[-1]) + 1
