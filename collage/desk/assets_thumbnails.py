"""Cut-outs as small as a few letters, for terminals: each letter is two pixels, one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collage.desk.assets import Row
from collage.errors import AssetError
from collage.registry.catalogue import Catalogue

if TYPE_CHECKING:
    from collage.glass.decode import Pixels

ACROSS, DOWN = 16, 6
"""Letters at most. A letter is about twice as high as wide, so half of one is nearly a square."""
MOST = 200
"""Thumbnails in one list: more take too long, and nobody looks at them all."""
_THERE = 80
"""The least alpha of a pixel that is drawn; low enough that what is thin, as a bone, stays."""
RGB = tuple[int, int, int]


class Letter(NamedTuple):
    """A half block or a space: the colour of its ink and of what lies behind it, None for the terminal's own."""

    sign: str = " "
    ink: RGB | None = None
    ground: RGB | None = None


Thumbnail = tuple[tuple[Letter, ...], ...]


def thumbnail(catalogue: Catalogue, name: str) -> Thumbnail:
    """Rows of letters, none if the asset is broken."""
    pixels = visible(catalogue, name)
    return () if pixels is None else letters(pixels)


def caption(row: Row) -> tuple[str, str, str]:
    """What stands beside it: its name, how large it is and how much in use, how good it is and under which licence."""
    rating = "" if row.rating is None else f"rated {row.rating:g}"
    return row.asset, facts(row), " · ".join(filter(None, (rating, row.licence)))


def facts(row: Row, times: str = "×") -> str:
    """Its size, its drawings if there are several, how many there are, and its uses; `times` stands in the size."""
    size = f"{row.size[0]}{times}{row.size[1]}" if row.size else "broken"
    drawings = f"{row.drawings} drawings" if row.drawings > 1 else ""
    only = "one of a kind" if row.copies == 1 else f"{row.copies} copies" if row.copies else ""
    uses = "unused" if not row.uses else "1 use" if row.uses == 1 else f"{row.uses} uses"
    return " · ".join(filter(None, (size, drawings, only, uses)))


def visible(catalogue: Catalogue, name: str) -> Pixels | None:
    """An asset's first drawing, cut down to what is not transparent: (height, width, 4) uint8, premultiplied sRGB.
    None if the asset is broken."""
    from collage.glass.decode import decode
    from collage.glass.plates import trimmed

    try:
        return trimmed(decode(next(iter(catalogue.asset(name).drawings.values())).path)).pixels
    except AssetError:
        return None


def letters(pixels: Pixels) -> Thumbnail:
    """Premultiplied pixels (height, width, 4), each colour the mean of its share of the picture; never made larger."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(ACROSS / width, 2 * DOWN / height, 1.0)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    rows = [[_colour(*pixel) for pixel in row] for row in small.tolist()]
    if len(rows) % 2:
        rows.append([None] * size[0])
    return tuple(tuple(map(_letter, *pair)) for pair in zip(rows[::2], rows[1::2], strict=True))


def _colour(red: int, green: int, blue: int, alpha: int) -> RGB | None:
    if alpha < _THERE:
        return None
    return _straight(red, alpha), _straight(green, alpha), _straight(blue, alpha)


def _straight(part: int, alpha: int) -> int:
    return min(round(part * 255 / alpha), 255)


def _letter(upper: RGB | None, lower: RGB | None) -> Letter:
    if upper is None:
        return Letter() if lower is None else Letter("▄", lower)
    return Letter("▀", upper, lower)
