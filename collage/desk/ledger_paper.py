"""What the ledger's chart is made of: kraft, ruled paper, strips cut by hand and laid with a shadow, set type.

Drawn at twice its size and reduced, so that every edge is smooth; all chance comes from one seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collage.registry.probe import typeface

if TYPE_CHECKING:
    from PIL import Image

INK, BORDER, KRAFT, PAGE = "#2e2622", "#f6f0e2", "#c9b48a", "#efe6d0"
RULE, MARGIN, PENCIL = "#b9cfca", "#c98f80", "#6d6259"
COLOURS = ("#5c9ca0", "#d9a036", "#d98c8c", "#b8402e", "#8f9c6a", "#7f8fb0")
FINE = 2
"""Pixels drawn for one of the picture's."""
_SEED = 7
_KNIFE = 34
"""A knife that follows a ruler by hand leaves a facet about so long."""

Box = tuple[float, float, float, float]
"""left, top, right, bottom, in the picture's pixels."""


class Table:
    """A picture that things are laid on, in their order. All numbers are the picture's own pixels."""

    def __init__(self, width: int, height: int) -> None:
        import numpy as np
        from PIL import Image

        self.size = width, height
        self._chance = np.random.RandomState(_SEED)
        self.picture = Image.new("RGB", (width * FINE, height * FINE), KRAFT)
        self._mottle((0, 0, width, height), 26)

    def page(self, box: Box) -> None:
        """A sheet of paper, laid with its shadow."""
        self.strip(box, PAGE, border=0, depth=9)
        self._mottle(box, 9)

    def strip(self, box: Box, colour: str, *, border: float = 3, depth: float = 4) -> None:
        """A strip of printed paper with the white edge that the knife left, and its shadow to the lower right."""
        from PIL import ImageDraw

        outer = self._cut(box)
        self._shade(outer, depth)
        pen = ImageDraw.Draw(self.picture)
        pen.polygon(outer, fill=BORDER if border else colour)
        if border and box[2] - box[0] > 2 * border + 1:
            inner = box[0] + border, box[1] + border, box[2] - border, box[3] - border
            pen.polygon(self._cut(inner), fill=colour)
            self._mottle(inner, 20)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float = 1.0) -> None:
        """A ruled line."""
        from PIL import ImageDraw

        ImageDraw.Draw(self.picture).line(
            [part * FINE for point in (start, end) for part in point], fill=colour, width=round(width * FINE)
        )

    def dashes(self, left: float, right: float, y: float, dash: float = 5) -> None:
        """A level pencil line, dashed."""
        x = left
        while x < right:
            self.line((x, y), (min(x + dash, right), y), PENCIL)
            x += 2 * dash

    def arrow(self, tip: tuple[float, float]) -> None:
        """The head of a pencil arrow that points right."""
        self.line((tip[0] - 7, tip[1] - 4), tip, PENCIL)
        self.line((tip[0] - 7, tip[1] + 4), tip, PENCIL)

    def pin(self, x: float, y: float) -> None:
        """A red pin: here it goes from hand to hand at once."""
        from PIL import ImageDraw

        self._shade([((x + dx) * FINE, (y + dy) * FINE) for dx, dy in ((-4, -4), (4, -4), (4, 4), (-4, 4))], 3)
        pen = ImageDraw.Draw(self.picture)
        for radius, colour in ((6.0, "#8f2c1e"), (5.0, "#b8402e"), (1.8, "#e7a091")):
            lift = 1.6 if radius < 2 else 0
            pen.ellipse(
                [(x - radius - lift) * FINE, (y - radius - lift) * FINE, (x + radius - lift) * FINE,
                 (y + radius - lift) * FINE], fill=colour,
            )  # fmt: skip

    def write(self, words: str, x: float, y: float, size: float, colour: str = INK, anchor: str = "lm") -> None:
        """Set type; `anchor` is as Pillow's: "lm" is its left, half its height."""
        from PIL import ImageDraw

        ImageDraw.Draw(self.picture).text(
            (x * FINE, y * FINE), words, fill=colour, font=typeface(None, size * FINE), anchor=anchor
        )

    def paste(self, cutout: Image.Image, left: float, top: float) -> None:
        """A cut-out of twice the size, straight RGBA, laid with its shadow."""
        from PIL import Image, ImageChops, ImageFilter

        cover = Image.new("L", self.picture.size)
        at = round(left * FINE), round(top * FINE)
        cover.paste(cutout.getchannel("A"), at)
        soft = ImageChops.offset(cover, 3 * FINE, 4 * FINE).filter(ImageFilter.GaussianBlur(3 * FINE))
        self.picture.paste(INK, mask=soft.point(lambda level: level * 90 // 255))
        self.picture.paste(cutout, at, cutout)

    def finished(self) -> Image.Image:
        """The picture, reduced, with the lamp's fall-off towards the corners."""
        import numpy as np
        from PIL import Image

        width, height = self.size
        small = np.asarray(self.picture.resize(self.size, Image.Resampling.BOX), np.float32)
        x, y = np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)
        light = 1.02 - 0.1 * ((x[None, :] + 0.35) ** 2 + (y[:, None] + 0.5) ** 2) / 2
        return Image.fromarray((small * light[..., None]).clip(0, 255).round().astype(np.uint8))

    def _cut(self, box: Box) -> list[tuple[float, float]]:
        """The outline of a box as a knife leaves it."""
        left, top, right, bottom = box
        across = max(round((right - left) / _KNIFE), 1)
        along = [left + (right - left) * step / across for step in range(across + 1)]
        corners = [*((x, top) for x in along), *((x, bottom) for x in reversed(along))]
        wobble = self._chance.uniform(-0.7, 0.7, (len(corners), 2))
        return [((x + dx) * FINE, (y + dy) * FINE) for (x, y), (dx, dy) in zip(corners, wobble.tolist(), strict=True)]

    def _shade(self, outline: Sequence[tuple[float, float]], depth: float) -> None:
        """A soft shadow to the lower right of what will be laid there."""
        from PIL import Image, ImageDraw, ImageFilter

        room = round(4 * depth * FINE)
        left, top = (round(min(point[axis] for point in outline)) - room for axis in (0, 1))
        right, bottom = (round(max(point[axis] for point in outline)) + room for axis in (0, 1))
        cover = Image.new("L", (right - left, bottom - top))
        shift = depth * FINE * 0.7
        ImageDraw.Draw(cover).polygon([(x - left + shift, y - top + shift * 1.2) for x, y in outline], fill=120)
        soft = cover.filter(ImageFilter.GaussianBlur(depth * FINE * 0.8))
        self.picture.paste(Image.new("RGB", soft.size, INK), (left, top), soft)

    def _mottle(self, box: Box, strength: float) -> None:
        """Uneven paper: fibres and clouds of a few levels, darker and lighter alike."""
        import numpy as np
        from PIL import Image

        left, top, right, bottom = (round(side * FINE) for side in box)
        left, top = max(left, 0), max(top, 0)
        right, bottom = min(right, self.picture.width), min(bottom, self.picture.height)
        if right <= left or bottom <= top:
            return
        size = right - left, bottom - top
        grain = np.asarray(self._noise(size, 3)) * 0.6 + np.asarray(self._noise(size, 90)) * 0.4 - 127.5
        patch = np.asarray(self.picture.crop((left, top, right, bottom)), np.float32)
        mixed = (patch + grain[..., None] * (strength / 127.5)).clip(0, 255).round().astype(np.uint8)
        self.picture.paste(Image.fromarray(mixed), (left, top))

    def _noise(self, size: tuple[int, int], grain: int) -> Image.Image:
        import numpy as np
        from PIL import Image

        cells = size[1] // grain + 2, size[0] // grain + 2
        levels = self._chance.randint(0, 256, cells).astype(np.uint8)
        return Image.fromarray(levels).resize(size, Image.Resampling.BICUBIC)


def width_of(words: str, size: float) -> float:
    """How wide set type is, in the picture's pixels."""
    return typeface(None, size * FINE).getlength(words) / FINE


def fitted(words: str, size: float, room: float) -> str:
    """As much of a name as there is room for, its end before its beginning; nothing if hardly a letter fits."""
    for shorter in (words, words.rpartition(": ")[2], words.rpartition("/")[2]):
        if width_of(shorter, size) <= room:
            return shorter
    shorter = words.rpartition("/")[2]
    while len(shorter) > 1 and width_of(f"{shorter}…", size) > room:
        shorter = shorter[:-1]
    return f"{shorter}…" if len(shorter) > 1 else ""
