"""A drawer of made paper: pieces that were printed and cut before, kept on disk, since that takes a tenth of a second.

What lies in it is what would be made again. It is found by all that the making depends on: the picture's own bytes,
what is done to them, this program's files and the libraries. A torn, foreign or missing file means one thing: the piece
is made. Nothing in it is ever run. For players; exporters make all of it anew.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Cutout
from collage.files import beside

Pixels = npt.NDArray[np.uint8]
Made = tuple[Pixels, tuple[int, int]]
"""Premultiplied pixels (height, width, 4), and where the drawing's own corner lies in them."""

MOST = 400_000_000
"""Bytes of files in a drawer; what was used longest ago goes first."""
_HEAD = 4 * 4 + 4
"""Bytes before the packed pixels: height, width and the corner, then the check sum of the pixels as they are."""
_LARGEST = 64_000_000
"""Pixels of a piece; whatever claims more is none of ours."""
_MADE_BY = ("numpy", "opencv-python-headless", "numba", "llvmlite", "pillow")


class Drawer:
    """A folder of them. Safe to share between threads and programs."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder, self._most, self._new = folder, most, 0

    def taken(self, cutout: Cutout, make: Callable[[], Made]) -> Made:
        """The piece as it lies here, or as it is made now, and from then on lies here. Errors as of `make`."""
        name = self._name(cutout)
        if (found := self._find(name)) is not None:
            return found
        made = make()
        if name and name == self._name(cutout):  # else another picture was saved meanwhile
            self._put(name, made)
        return made

    def _find(self, name: str) -> Made | None:
        with suppress(OSError, ValueError):
            path = self._folder / name
            found = _unpacked(path.read_bytes())
            os.utime(path)
            return found
        return None

    def _put(self, name: str, made: Made) -> None:
        """What can't be kept is made again the next time, and that is all. Nor does it wait for the disk."""
        path, packed = self._folder / name, _packed(made)
        whole = beside(path)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            whole.write_bytes(packed)
            whole.replace(path)
            self._new += len(packed)
            if self._new > self._most // 16:
                self._new = 0
                self._tidy()
        except OSError:
            with suppress(OSError):
                whole.unlink()

    def _name(self, cutout: Cutout) -> str:
        """Of the file; "" for a picture that can't be read."""
        drawing = cutout.drawing
        what = repr((drawing.asset, drawing.name, cutout.edge, cutout.print, _making()))
        digest = hashlib.sha256(what.encode("utf-8", "surrogatepass"))
        try:
            digest.update(drawing.path.read_bytes())
        except OSError:
            return ""
        return f"{digest.hexdigest()}.paper"

    def _tidy(self) -> None:
        """Throw away what was used longest ago, and what a program that was killed left half written."""
        files = [(path, path.stat()) for path in self._folder.iterdir()]
        room = self._most
        for path, status in sorted(files, key=lambda each: each[1].st_mtime_ns, reverse=True):
            room -= status.st_size
            if room < 0:
                path.unlink(missing_ok=True)


@cache
def _making() -> tuple[object, ...]:
    """What makes paper: the files of this program that do it, the libraries and the processor."""
    from llvmlite.binding import get_host_cpu_name  # type: ignore[import-untyped]

    from collage.glass import compiled, paper

    versions = tuple(version(name) for name in _MADE_BY)
    return compiled.stamp(Path(paper.__file__)), versions, platform.machine(), get_host_cpu_name()


def _packed(made: Made) -> bytes:
    from isal import isal_zlib

    pixels, corner = made
    numbers = np.array([*pixels.shape[:2], *corner, isal_zlib.crc32(pixels.tobytes())], "<u4")
    return numbers.tobytes() + bytes(isal_zlib.compress(pixels.tobytes(), 1))


def _unpacked(packed: bytes) -> Made:
    """ValueError for what is none of ours, or torn; never more memory than its size says, and that is limited."""
    from isal import isal_zlib

    if len(packed) < _HEAD:
        raise ValueError("torn")
    height, width, x, y, check = (int(number) for number in np.frombuffer(packed, "<u4", 5))
    if not 0 < height * width <= _LARGEST:
        raise ValueError("no piece is so large")
    size = 4 * height * width
    unpacking = isal_zlib.decompressobj()
    try:
        pixels = unpacking.decompress(packed[_HEAD:], size)
    except isal_zlib.IsalError as error:  # type: ignore[misc]
        raise ValueError("torn") from error
    if len(pixels) != size or isal_zlib.crc32(pixels) != check:
        raise ValueError("torn")
    return np.frombuffer(bytearray(pixels), np.uint8).reshape(height, width, 4), (x, y)
