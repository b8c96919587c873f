"""Films as animated PNGs: every pixel as it is. After the PNG specification, third edition, 11.2 and 11.3.1.

Of each frame only the rectangle that changed is written, at least one pixel.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np

from collage.export.film_kind import Facts, Picture, ticks

_COLOUR_TYPES = {3: 2, 4: 6}
_MOST = 2**16 - 1
_FALLBACK = 10_000
"""Parts of a second, for rates that two numbers of 16 bits can't say."""
_REPLACE = 0


class Apng:
    """Played for ever, at the exact rate."""

    def __init__(self, file: Path, facts: Facts) -> None:
        self._facts, self._file = facts, open(file, "xb")  # noqa: SIM115
        self._shown = self._parts = 0
        self._before: Picture | None = None

    def ready(self, picture: Picture) -> Picture:
        """(height, width, 3 or 4), straight."""
        from collage.glass.comp import opaque, straight

        return opaque(picture) if self._facts.opaque else straight(picture)

    def add(self, ready: Picture, held: bool) -> None:
        if self._before is None:
            self._head(ready.shape[2])
        self._frame(ready)
        self._before = ready
        self._shown += 1

    def _head(self, channels: int) -> None:
        self._file.write(b"\x89PNG\r\n\x1a\n")
        self._chunk(b"IHDR", struct.pack(">IIBBBBB", *self._facts.size, 8, _COLOUR_TYPES[channels], 0, 0, 0))
        self._chunk(b"sRGB", b"\0")
        self._chunk(b"acTL", struct.pack(">II", len(self._facts.numbers), 0))

    def _frame(self, picture: Picture) -> None:
        from collage.glass.png import encode

        top, left, height, width = changed(self._before, picture)
        place = struct.pack(">IIII", width, height, left, top)
        self._chunk(b"fcTL", self._part() + place + struct.pack(">HHBB", *self._delay(), 0, _REPLACE))
        for packed in _packed(encode(np.ascontiguousarray(picture[top : top + height, left : left + width]))):
            if self._shown:
                self._chunk(b"fdAT", self._part() + packed)
            else:
                self._chunk(b"IDAT", packed)

    def _part(self) -> bytes:
        self._parts += 1
        return struct.pack(">I", self._parts - 1)

    def _delay(self) -> tuple[int, int]:
        rate = self._facts.rate
        if max(rate.numerator, rate.denominator) <= _MOST:
            return rate.denominator, rate.numerator
        begin, end = (ticks(self._shown + more, rate, _FALLBACK) for more in (0, 1))
        return min(end - begin, _MOST), _FALLBACK

    def _chunk(self, tag: bytes, body: bytes) -> None:
        self._file.write(struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body)))

    def finish(self) -> tuple[str, ...]:
        self._chunk(b"IEND", b"")
        self._file.close()
        return ()

    def close(self) -> None:
        with suppress(OSError):  # what is given up need not fit on the disk
            self._file.close()


def changed(before: Picture | None, now: Picture) -> tuple[int, int, int, int]:
    """The rectangle, top, left, height and width, outside of which a picture is as the one before; one pixel if it is
    the same all over."""
    if before is now:
        return 0, 0, 1, 1
    if before is None:
        return 0, 0, *now.shape[:2]
    rows = np.flatnonzero((before != now).any(axis=(1, 2)))
    if not rows.size:
        return 0, 0, 1, 1
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    columns = np.flatnonzero((before[top:bottom] != now[top:bottom]).any(axis=(0, 2)))
    left, right = int(columns[0]), int(columns[-1]) + 1
    return top, left, bottom - top, right - left


def _packed(png: bytes) -> Iterator[bytes]:
    """The bodies of a PNG's IDAT chunks."""
    place = 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        if png[place + 4 : place + 8] == b"IDAT":
            yield png[place + 8 : place + 8 + length]
        place += 12 + length
