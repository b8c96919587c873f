"""Films as animated WebPs: small, with alpha. After the WebP container specification (RFC 9649, 2.7).

Workers pack pictures as files of their own, whose inner parts become the frames of one: so any length takes no memory.
"""

from __future__ import annotations

import io
import struct
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np

from collage.errors import RunError
from collage.export.film_kind import Facts, Picture, ticks
from collage.export.film_yuv import filled

_QUALITY = 90
_ALPHA, _ANIMATED = 0x10, 0x02
_OVER, _REPLACE = 0, 2
_MOST_BYTES = 2**32 - 10
_LONGEST = 2**24 - 1


class Webp:
    """Frames last whole thousandths of a second, as exact in sum as those go. Played for ever."""

    def __init__(self, file: Path, facts: Facts) -> None:
        self._name, self._facts, self._file = file, facts, open(file, "xb")  # noqa: SIM115
        self._shown, self._clear = 0, not facts.opaque
        self._file.write(self._head(0))

    def _head(self, size: int) -> bytes:
        flags = _ANIMATED | (_ALPHA if self._clear else 0)
        canvas = struct.pack("<I", flags) + b"".join(_three(side - 1) for side in self._facts.size)
        chunks = _chunk(b"VP8X", canvas) + _chunk(b"ANIM", struct.pack("<IH", 0, 0))
        return b"RIFF" + struct.pack("<I", size) + b"WEBP" + chunks

    def ready(self, picture: Picture) -> bytes:
        """The parts of a WebP that hold its pixels."""
        from collage.glass.comp import opaque

        return _parts(opaque(picture) if self._facts.opaque else filled(picture))

    def add(self, ready: bytes, held: bool) -> None:
        if held:
            self._clear = True
            self._frame(_nothing(), (1, 1), _OVER)
        else:
            self._frame(ready, self._facts.size, _REPLACE)

    def _frame(self, parts: bytes, size: tuple[int, int], how: int) -> None:
        begin, end = (ticks(self._shown + more, self._facts.rate, 1000) for more in (0, 1))
        numbers = (0, 0, size[0] - 1, size[1] - 1, min(end - begin, _LONGEST))
        self._file.write(_chunk(b"ANMF", b"".join(map(_three, numbers)) + bytes([how]) + parts))
        self._shown += 1
        if self._file.tell() > _MOST_BYTES:
            raise RunError("a WebP can't be larger than 4 GB: export fewer frames, or at a smaller --scale")

    def finish(self) -> tuple[str, ...]:
        size = self._file.tell() - 8
        self._file.seek(0)
        self._file.write(self._head(size))
        self._file.close()
        return ()

    def close(self) -> None:
        with suppress(OSError):  # what is given up need not fit on the disk
            self._file.close()


def _parts(picture: Picture) -> bytes:
    """What follows the head of a WebP of a picture, (height, width, 3 or 4) straight."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(picture).save(file, "WEBP", quality=_QUALITY, method=4, alpha_quality=100)
    whole = file.getvalue()
    extended = whole[12:16] == b"VP8X"
    return whole[30 if extended else 12 :]


@cache
def _nothing() -> bytes:
    """A transparent pixel, which leaves the frame before as it is."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.zeros((1, 1, 4), np.uint8)).save(file, "WEBP", lossless=True)
    return file.getvalue()[12:]


def _chunk(tag: bytes, body: bytes) -> bytes:
    return tag + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _three(number: int) -> bytes:
    return number.to_bytes(3, "little")
