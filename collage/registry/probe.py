"""What a picture or a font says of itself, without its pixels: the one place below the glass that knows Pillow.

Files are untrusted: four formats, a cap on pixels before any decoding, and every fault of a broken file told as an
AssetError that names the file and the cure.
"""

from __future__ import annotations

import math
import os
import re
import stat
import threading
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from collage.errors import AssetError, Finding

if TYPE_CHECKING:
    from PIL import Image, ImageFile, ImageFont

Lines = tuple[tuple[str, float, float], ...]
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 32_768
_MOST_BYTES = 2**30
_MOST_FONT_BYTES = 2**26
_PLAIN_PNG = re.compile(
    rb"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR(.{4})(.{4})[\x08\x10][\0\2\4\6]\0\0[\0\1].{4}"
    rb"(?:\0\0\0\x01sRGB.{5}|\0\0\0\x04gAMA.{8}|\0\0\0\x20cHRM.{36}|\0\0\0\x09pHYs.{13}|\0\0\0\x07tIME.{11})*+.{4}IDAT",
    re.DOTALL,
)
"""A PNG without a palette, with nothing before its pixels that could turn it or be wrong but for the checksums."""
_ORIENTATION = 0x0112  # the EXIF tag; 5 to 8 lie on their side
_WARNINGS = threading.Lock()  # the filters of `warnings` belong to the whole program


class Fault(AssetError):
    """An AssetError that knows its own place: `finding` is what `check` lists."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def fault(path: Path, message: str) -> Fault:
    """About a file as a whole, named as seen from where the user stands."""
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return Fault(Finding(plain(shown.as_posix()), 0, 0, message))


def plain(text: str) -> str:
    """What a file or its name says, fit for one line of a message: no line breaks, no control of the terminal."""
    short = text[:500]
    return short if short.isprintable() else "".join(mark if mark.isprintable() else "?" for mark in short)


def size(path: Path) -> tuple[int, int]:
    """Width and height in pixels as the picture is meant to be seen (EXIF orientation obeyed), from its header.

    AssetError as `opened`. A plain PNG is read right here, as to look into thousands with Pillow takes long; whatever
    is out of the ordinary is Pillow's to judge.
    """
    _check_file(path, _MOST_BYTES, "a picture")
    if plainly := _size_of_plain_png(path):
        _check_size(path, plainly)
        return plainly
    with opened(path) as image:
        width, height = image.size
        return (height, width) if orientation(image) >= 5 else (width, height)


def _size_of_plain_png(path: Path) -> tuple[int, int] | None:
    try:
        with path.open("rb", buffering=0) as file:
            head = file.read(256)
    except OSError:
        return None
    match = _PLAIN_PNG.match(head)
    if not match or not all(_sums(head, match.end() - 8)):
        return None
    width, height = int.from_bytes(match[1]), int.from_bytes(match[2])
    return (width, height) if width and height else None


def _sums(head: bytes, end: int) -> Iterator[bool]:
    """Whether the checksum of each of a PNG's chunks before `end` is right."""
    place = 8
    while place < end:
        after = place + 8 + int.from_bytes(head[place : place + 4])
        yield zlib.crc32(head[place + 4 : after]) == int.from_bytes(head[after : after + 4])
        place = after + 4


@contextmanager
def opened(path: Path) -> Iterator[ImageFile.ImageFile]:
    """The picture with its header read and its size within bounds, pixels still undecoded.

    AssetError for whatever goes wrong, also inside the `with`: broken files raise many kinds of exception.
    """
    from PIL import Image, UnidentifiedImageError

    _check_file(path, _MOST_BYTES, "a picture")
    try:
        with _quietly():
            image = Image.open(path, formats=FORMATS)
        with image:
            _check_size(path, image.size)
            yield image
    except AssetError:
        raise
    except Image.DecompressionBombError:
        raise fault(path, f"this picture is too large: at most {MOST_PIXELS // 10**6} million pixels") from None
    except UnidentifiedImageError:
        raise fault(path, "this is no PNG, JPEG, WebP or TIFF, whatever its name says: save it as one") from None
    except MemoryError:
        raise fault(path, "there is not enough memory for this picture: make it smaller") from None
    except Exception as error:
        raise fault(path, f"this picture is broken ({_brief(error)}): save or copy it again") from None


def orientation(image: Image.Image) -> int:
    """The EXIF orientation still to be obeyed, 1 to 8; asked before the pixels are decoded, and decoding none.

    Of a PNG only what stands before its pixels counts; a TIFF is turned by Pillow itself.
    """
    from PIL import Image

    written = image.info.get("exif")
    if not written or image.format == "TIFF":
        return 1
    exif = Image.Exif()
    try:
        with _quietly():
            exif.load(written)
        value = exif.get(_ORIENTATION, 1)
    except Exception:  # broken EXIF is no reason to refuse a good picture
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


@contextmanager
def _quietly() -> Iterator[None]:
    """Pillow warns of oddities on the standard error; what matters here raises, by Pillow or by our own bounds."""
    with _WARNINGS, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def set_type(
    text: str,
    *,
    font: Path | None,
    size: float,
    align: Literal["left", "centre", "right"],
    leading: float,
    box: tuple[float, float] | None,
) -> tuple[Lines, tuple[int, int]]:
    """Lines of type, each (words, x, baseline), and the picture they need, in pixels; never an empty picture.

    `font` is a file that is known to lie inside the project, or None for Pillow's own. `size` is an em, `leading` the
    distance of lines in ems. In a box, words wrap to its width and lines begin at its top; the picture is at least the
    box and grows for what doesn't fit, so that nothing is cut off. AssetError for a font that can't be read, and for
    type beyond the bounds of a picture, and for letters the font doesn't have.
    """
    face = typeface(font, size)
    lines = [line for part in text.expandtabs(4).splitlines() or [""] for line in _wrapped(part, face, box)]
    inks = [face.getbbox(line, anchor="ls") for line in lines]
    _check_letters(text, face)
    lengths = [face.getlength(line) for line in lines]
    side = math.ceil(max(max(-ink[0], ink[2] - length, 0) for ink, length in zip(inks, lengths, strict=True)))
    width = max(math.ceil(max(lengths)) + 2 * side, math.ceil(box[0]) if box else 1, 1)
    baselines, bottom = _stacked(inks, face.getmetrics(), size * leading)
    height = max(math.ceil(bottom), math.ceil(box[1]) if box else 1)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise AssetError(f"this text would be {width}×{height} pixels: make its type smaller, or its box (size)")
    share = {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
    starts = [side + share * (width - 2 * side - length) for length in lengths]
    return tuple(zip(lines, starts, baselines, strict=True)), (width, height)


def _stacked(inks: Sequence[tuple[float, ...]], metrics: tuple[int, int], distance: float) -> tuple[list[float], float]:
    """The baselines of lines so far apart, the first as low as the highest ink needs; and where the lowest ends."""
    ascent, descent = metrics
    top = max(ascent, *(math.ceil(-ink[1] - row * distance) for row, ink in enumerate(inks)))
    baselines = [top + row * distance for row in range(len(inks))]
    return baselines, max(y + max(descent, ink[3]) for y, ink in zip(baselines, inks, strict=True))


def typeface(font: Path | None, size: float) -> ImageFont.FreeTypeFont:
    """A font file at so many pixels to the em, or Pillow's own; plain layout, the same wherever Pillow was built.

    AssetError if the file can't be read as a font.
    """
    from PIL import ImageFont

    if font is None:
        own = ImageFont.load_default(size)
        if not isinstance(own, ImageFont.FreeTypeFont):
            raise AssetError("this Pillow was built without FreeType: install Pillow from its wheel to set type")
        return own.font_variant(layout_engine=ImageFont.Layout.BASIC)
    _check_file(font, _MOST_FONT_BYTES, "a font")
    try:
        return ImageFont.truetype(font, size, layout_engine=ImageFont.Layout.BASIC)
    except Exception as error:  # whatever FreeType makes of a broken file
        raise fault(font, f"this is no font that can be used ({_brief(error)}): give a .ttf or .otf file") from None


def _wrapped(line: str, face: ImageFont.FreeTypeFont, box: tuple[float, float] | None) -> list[str]:
    """One written line as those that fit the box, broken at spaces; a word longer than the box stands alone."""
    if box is None or face.getlength(line) <= box[0]:
        return [line]
    lines: list[str] = []
    for word in line.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= box[0]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _check_letters(text: str, face: ImageFont.FreeTypeFont) -> None:
    """Letters that a font lacks come out as its box for U+FFFF, which is no letter in any."""
    face = face.font_variant(size=16)
    box = bytes(face.getmask("\uffff"))
    lacking = (
        sorted({mark for mark in text if not mark.isspace() and bytes(face.getmask(mark)) == box}) if any(box) else []
    )
    if lacking:
        raise AssetError(
            f'this font has no {" ".join(lacking[:10])}: name one that has, as type = {{ font = "assets/…ttf" }}'
        )


def _check_file(path: Path, most: int, what: str) -> None:
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        found = None
    except OSError as error:
        raise fault(path, f"this file can't be read: {_brief(error)}") from None
    if found and stat.S_ISDIR(found.st_mode):
        raise fault(path, f"this is a folder where {what} belongs: name a file in it")
    if not found or not stat.S_ISREG(found.st_mode):
        raise fault(path, f"there is no such file: put {what} there or correct the path")
    if found.st_size == 0:
        raise fault(path, "this file is empty: save or copy it again")
    if found.st_size > most:
        raise fault(path, f"this file is too large: at most {most >> 20} MiB")


def _check_size(path: Path, found: tuple[int, int]) -> None:
    width, height = found
    if width * height > MOST_PIXELS or max(found) > LONGEST_SIDE:
        most = f"at most {MOST_PIXELS // 10**6} million pixels and {LONGEST_SIDE} a side"
        raise fault(path, f"this picture of {width}×{height} is too large: {most}")
    if min(found) < 1:
        raise fault(path, "this picture has no pixels: save it again")


def _brief(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return plain(" ".join(str(text).split())[:80])
