"""A contact sheet: every cut-out laid on newsprint in its own cream mount, with its shadow and its name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from collage.desk.assets import Row
from collage.desk.assets_thumbnails import facts, visible
from collage.errors import CollageError
from collage.registry.catalogue import Catalogue
from collage.registry.probe import typeface

if TYPE_CHECKING:
    from PIL import Image

MOST = 300
"""Assets on one sheet."""
_WIDE, _ACROSS, _GAP, _HEAD = 1600, 5, 28, 120
_CELL = (_WIDE - _GAP * (_ACROSS + 1)) // _ACROSS
_CAPTION = 62
_TALL = _CELL + _CAPTION
_NEWSPRINT, _INK, _MOUNT, _RED, _PALE = "#d6c8a8", "#2e2622", "#f6f0e2", "#b8402e", "#7b6d58"
_SHADOW, _SOFT = (9, 12), 9


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
    sheet = _newsprint(_WIDE, _HEAD + deep * (_TALL + _GAP) + _GAP)
    pen = ImageDraw.Draw(sheet)
    pen.text((_GAP + 4, 66), title, fill=_INK, font=typeface(None, 52), anchor="lm")
    count = "1 cut-out" if len(rows) == 1 else f"{len(rows)} cut-outs"
    pen.text((_WIDE - _GAP - 4, 66), count, fill=_INK, font=typeface(None, 26), anchor="rm")
    pen.line((_GAP, 104, _WIDE - _GAP, 104), fill=_INK, width=3)
    pen.line((_GAP, 110, _WIDE - _GAP, 110), fill=_INK)
    for place, row in enumerate(rows):
        x = _GAP + place % _ACROSS * (_CELL + _GAP)
        y = _HEAD + _GAP // 2 + place // _ACROSS * (_TALL + _GAP)
        _lay(sheet, _mount(catalogue, row), (x, y), _tilt(place))
    with io.BytesIO() as file:
        sheet.save(file, "PNG")
        return file.getvalue()


def _mount(catalogue: Catalogue, row: Row) -> Image.Image:
    """A cream card with the cut-out on it and what it is called beneath."""
    from PIL import Image, ImageDraw

    mount = Image.new("RGBA", (_CELL, _TALL), _MOUNT)
    pen = ImageDraw.Draw(mount)
    piece, words = _piece(catalogue, row.asset), facts(row, " x ")  # the type has no sign for times
    if piece is None:
        pen.line((40, 40, _CELL - 40, _CELL - 40), fill=_RED, width=4)
        pen.line((40, _CELL - 40, _CELL - 40, 40), fill=_RED, width=4)
    else:
        _lay(mount, piece, ((_CELL - piece.width) // 2, (_CELL - piece.height) // 2 + 4), 0)
    pen.text((14, _CELL + 18), _fitted(row.asset, 21), fill=_INK, font=typeface(None, 21), anchor="lm")
    pen.text((14, _CELL + 44), _fitted(words, 16), fill=_PALE, font=typeface(None, 16), anchor="lm")
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


def _lay(ground: Image.Image, piece: Image.Image, place: tuple[int, int], turn: float) -> None:
    """A piece on what lies beneath, turned about its centre, with the lamp's shadow to the lower right."""
    from PIL import Image, ImageFilter

    edge = 3 * _SOFT
    framed = Image.new("RGBA", (piece.width + 2 * edge, piece.height + 2 * edge))
    framed.paste(piece, (edge, edge))
    if turn:
        framed = framed.rotate(turn, Image.Resampling.BICUBIC)
    shade = Image.new("RGBA", framed.size, (46, 38, 34, 0))
    shade.putalpha(framed.getchannel("A").filter(ImageFilter.GaussianBlur(_SOFT)).point(lambda alpha: alpha * 2 // 5))
    x, y = place[0] - edge, place[1] - edge
    _over(ground, shade, (x + _SHADOW[0], y + _SHADOW[1]))
    _over(ground, framed, (x, y))


def _over(ground: Image.Image, piece: Image.Image, place: tuple[int, int]) -> None:
    """Composite where they overlap; what lies outside of the ground is left."""
    box = max(-place[0], 0), max(-place[1], 0), piece.width, piece.height
    ground.alpha_composite(piece, (max(place[0], 0), max(place[1], 0)), box)


def _tilt(place: int) -> float:
    """How a hand lays the next one: a little off, never the same way twice in a row."""
    return (0.7, -0.5, 0.2, -0.9, 0.5, -0.2, 0.9)[place % 7]


def _fitted(words: str, size: int) -> str:
    """The words, cut off where the mount ends."""
    face, most = typeface(None, size), _CELL - 28
    if face.getlength(words) <= most:
        return words
    return next(f"{words[:end]}…" for end in range(len(words), -1, -1) if face.getlength(words[:end] + "…") <= most)


def _newsprint(width: int, height: int) -> Image.Image:
    """Cheap paper: warm, uneven, with fibres in it; the same at every run."""
    import numpy as np
    from PIL import Image

    chance = np.random.Generator(np.random.PCG64(7))
    paper = Image.new("RGB", (width, height), _NEWSPRINT)
    grain = Image.fromarray(chance.integers(112, 144, (height, width), np.uint8).astype(np.uint8))
    cloud = Image.fromarray(chance.integers(96, 160, (height // 90 + 2, width // 90 + 2), np.uint8).astype(np.uint8))
    cloud = cloud.resize((width, height), Image.Resampling.BICUBIC)
    shade = (np.asarray(grain, np.int16) - 128) // 2 + (np.asarray(cloud, np.int16) - 128) // 4
    lit = np.clip(np.asarray(paper, np.int16) + shade[..., None], 0, 255).astype(np.uint8)
    return Image.fromarray(lit).convert("RGBA")
