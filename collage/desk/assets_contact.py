"""A contact sheet: every cut-out laid on newsprint in its own cream mount, with its shadow and its name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from collage.desk.assets import Row
from collage.desk.assets_thumbnails import facts, visible
from collage.errors import CollageError
from collage.glass.mounts import INK, MOUNT, PALE, RED, fitted, lay, newsprint, tilt
from collage.registry.catalogue import Catalogue
from collage.registry.probe import typeface

if TYPE_CHECKING:
    from PIL import Image

MOST = 300
"""Assets on one sheet."""
_WIDE, _ACROSS, _GAP, _HEAD = 1600, 5, 28, 120
_CELL = (_WIDE - _GAP * (_ACROSS + 1)) // _ACROSS
_CAPTION = 62
_TALL, _MOST_WORDS = _CELL + _CAPTION, _CELL - 28


def contact(catalogue: Catalogue, rows: Sequence[Row], title: str) -> bytes:
    """A PNG file, 1600 pixels wide, with a mount for each row in their order; a broken asset says so in its mount.

    CollageError for none, and for more than MOST.
    """
    from PIL import ImageDraw

    if not rows:
        raise CollageError("no cut-outs for a contact sheet: put pictures in by collage assets add")
    if len(rows) > MOST:
        raise CollageError(
            f"{len(rows)} cut-outs, and a contact sheet has room for {MOST}: name a folder of them, as "
            f"collage assets contact {rows[0].asset.partition('/')[0]}"
        )
    deep = -(-len(rows) // _ACROSS)
    sheet = newsprint(_WIDE, _HEAD + deep * (_TALL + _GAP) + _GAP)
    pen = ImageDraw.Draw(sheet)
    pen.text((_GAP + 4, 66), title, fill=INK, font=typeface(None, 52), anchor="lm")
    count = "1 cut-out" if len(rows) == 1 else f"{len(rows)} cut-outs"
    pen.text((_WIDE - _GAP - 4, 66), count, fill=INK, font=typeface(None, 26), anchor="rm")
    pen.line((_GAP, 104, _WIDE - _GAP, 104), fill=INK, width=3)
    pen.line((_GAP, 110, _WIDE - _GAP, 110), fill=INK)
    for place, row in enumerate(rows):
        x = _GAP + place % _ACROSS * (_CELL + _GAP)
        y = _HEAD + _GAP // 2 + place // _ACROSS * (_TALL + _GAP)
        lay(sheet, _mount(catalogue, row), (x, y), tilt(place))
    with io.BytesIO() as file:
        sheet.save(file, "PNG")
        return file.getvalue()


def _mount(catalogue: Catalogue, row: Row) -> Image.Image:
    """A cream card with the cut-out on it and what it is called beneath."""
    from PIL import Image, ImageDraw

    mount = Image.new("RGBA", (_CELL, _TALL), MOUNT)
    pen = ImageDraw.Draw(mount)
    piece, words = _piece(catalogue, row.asset), facts(row, " x ")  # the type has no sign for times
    if piece is None:
        pen.line((40, 40, _CELL - 40, _CELL - 40), fill=RED, width=4)
        pen.line((40, _CELL - 40, _CELL - 40, 40), fill=RED, width=4)
    else:
        lay(mount, piece, ((_CELL - piece.width) // 2, (_CELL - piece.height) // 2 + 4), 0)
    pen.text((14, _CELL + 18), fitted(row.asset, 21, _MOST_WORDS), fill=INK, font=typeface(None, 21), anchor="lm")
    pen.text((14, _CELL + 44), fitted(words, 16, _MOST_WORDS), fill=PALE, font=typeface(None, 16), anchor="lm")
    return mount


def _piece(catalogue: Catalogue, name: str) -> Image.Image | None:
    """Its first drawing as large as a mount takes; None if it is broken. Made larger only a little."""
    from PIL import Image

    if (pixels := visible(catalogue, name)) is None:
        return None
    whole = Image.frombuffer("RGBa", (pixels.shape[1], pixels.shape[0]), pixels.tobytes(), "raw", "RGBa", 0, 1)
    scale = min((_CELL - 40) / whole.width, (_CELL - 40) / whole.height, 1.5)
    size = max(round(whole.width * scale), 1), max(round(whole.height * scale), 1)
    return whole.resize(size, Image.Resampling.BOX if scale > 1 else Image.Resampling.LANCZOS).convert("RGBA")
