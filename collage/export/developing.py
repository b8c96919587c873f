"""From the number of a frame to the bytes of its file, whichever kind was asked for.

8 bits come from the picture that a player would show; 16 bits and floats are drawn once more, finely, from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from collage.export.flashes import Thumb, thumb

if TYPE_CHECKING:
    from collage.export.settings import Settings
    from collage.export.subject import Subject

Encode = Callable[[Any, bool], bytes]
"""The file of a premultiplied picture, without its alpha if it has none worth keeping."""


class Developed(NamedTuple):
    """What making one frame gives: the file's bytes, and the frame made small, to be watched for flashes."""

    content: bytes
    thumb: Thumb


def develop(subject: Subject, settings: Settings) -> Callable[[int], Developed]:
    """What makes frames of a subject: to be called with their numbers, in any order, from any threads.

    The bytes hang on the frame's cels and the settings alone. CollageError at once for files that can't be made here;
    the frames raise as `Stand.comp` does.
    """
    fine = is_fine(settings)
    comp, encode = (subject.comp_fine if fine else subject.comp), _encoder(settings)

    def frame(number: int) -> Developed:
        picture = comp(number, settings.scale)
        return Developed(encode(picture, subject.opaque), thumb(picture))

    return frame


def is_fine(settings: Settings) -> bool:
    """Whether frames are drawn in floats."""
    return settings.kind == "exr" or settings.depth == 16


def _encoder(settings: Settings) -> Encode:
    if settings.kind == "exr":
        from collage.glass import exr

        exr.check()
        return lambda picture, opaque: exr.encode(picture[..., :3] if opaque else picture)
    return _deep_png(settings.small) if is_fine(settings) else _plain_png(settings.small)


def _plain_png(small: bool) -> Encode:
    from collage.glass.comp import opaque, straight
    from collage.glass.png import encode, encode_small

    pack = encode_small if small else encode
    return lambda picture, covered: pack(opaque(picture) if covered else straight(picture))


def _deep_png(small: bool) -> Encode:
    from collage.glass.exact import straight
    from collage.glass.png import encode16

    return lambda picture, covered: encode16(picture[..., :3] if covered else straight(picture), small=small)
