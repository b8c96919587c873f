"""What contact sheets are made of: newsprint, and things laid on it as a hand lays them, under one lamp."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collage.registry.probe import typeface

if TYPE_CHECKING:
    from PIL import Image

NEWSPRINT, INK, MOUNT, RED, PALE = "#d6c8a8", "#2e2622", "#f6f0e2", "#b8402e", "#7b6d58"
_SHADOW, _SOFT = (9, 12), 9


def newsprint(width: int, height: int) -> Image.Image:
    """Cheap paper, opaque RGBA: warm, uneven, with fibres in it; the same at every run."""
    import numpy as np
    from PIL import Image

    chance = np.random.Generator(np.random.PCG64(7))
    paper = Image.new("RGB", (width, height), NEWSPRINT)
    grain = Image.fromarray(chance.integers(112, 144, (height, width), np.uint8).astype(np.uint8))
    cloud = Image.fromarray(chance.integers(96, 160, (height // 90 + 2, width // 90 + 2), np.uint8).astype(np.uint8))
    cloud = cloud.resize((width, height), Image.Resampling.BICUBIC)
    shade = (np.asarray(grain, np.int16) - 128) // 2 + (np.asarray(cloud, np.int16) - 128) // 4
    lit = np.clip(np.asarray(paper, np.int16) + shade[..., None], 0, 255).astype(np.uint8)
    return Image.fromarray(lit).convert("RGBA")


def lay(ground: Image.Image, piece: Image.Image, place: tuple[int, int], turn: float) -> None:
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


def tilt(place: int) -> float:
    """How a hand lays the next one: a little off, in degrees, never the same way twice in a row."""
    return (0.7, -0.5, 0.2, -0.9, 0.5, -0.2, 0.9)[place % 7]


def fitted(words: str, size: int, most: int) -> str:
    """The words in type of that size, cut off where they would be more than `most` pixels long."""
    if (long := partial(_long, size=size))(words) <= most:
        return words
    return next(f"{words[:end]}…" for end in range(len(words), -1, -1) if long(words[:end] + "…") <= most)


def _long(words: str, size: int) -> float:
    return typeface(None, size).getlength(words)


def _over(ground: Image.Image, piece: Image.Image, place: tuple[int, int]) -> None:
    """Composite where they overlap; what lies outside of the ground is left."""
    box = max(-place[0], 0), max(-place[1], 0), piece.width, piece.height
    ground.alpha_composite(piece, (max(place[0], 0), max(place[1], 0)), box)
