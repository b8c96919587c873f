"""Makes the pictures of scenes/REFERENCE.md: python tests/reference_pictures.py [MOVE…]

Each is drawn by the program itself from a scene of `reference_scenes`: some of a move's poses over one another like
onion skins, the last in full, and the way that its pivot takes, with a dot for each exposure.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reference_scenes import PLATES, SIZE, Plate

import collage
from collage.motion.easing import parse_ease
from collage.scene.reader import parse
from collage.stand import Stand

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "scenes" / "reference"
_INK = (46, 38, 34)
_SMALL = (480, 270)
_COLOURS = 60
_TONES = ((196, 183, 152), (205, 193, 162), (212, 200, 170), (219, 208, 179))
_EDGES = (90, 130, 165)
_CELL = (96, 132)
_FAMILIES = ("sine", "quad", "cubic", "quart", "quint", "expo", "circ", "back", "elastic", "bounce")
_WAYS = ("in", "out", "in-out")
_OTHERS = ("linear", "hold", "ease", "ease-in", "ease-out", "ease-in-out", "cubic-bezier(0.7, -0.4, 0.3, 1.4)",
           "steps(4)", "linear(0, 0.8 30%, 0.5 60%, 1)", "spring(180, 12)")  # fmt: skip
_TABLE = """
[[layer]]
asset = "paper/newsprint"
at = [560, 300]
turn = -4
scale = 0.86
"""


def picture(name: str) -> Image.Image:
    """The picture of one move, 480 by 270, of few colours."""
    plate = PLATES[name]
    with _stand(plate.layers) as stand:
        page = _page()
        for part in _strip(stand, plate) if plate.strip else _layers(stand, plate):
            page.alpha_composite(_small(part))
    return page.convert("RGB").quantize(
        _COLOURS, Image.Quantize.MEDIANCUT, kmeans=2, dither=Image.Dither.NONE
    )  # fmt: skip


def _small(part: Image.Image) -> Image.Image:
    """Half as large; Pillow premultiplies what it resizes, so edges keep their colours."""
    return part.resize(_SMALL, Image.Resampling.LANCZOS)


def encoded(drawn: Image.Image) -> bytes:
    """As the file is."""
    file = io.BytesIO()
    drawn.save(file, "PNG", optimize=True)
    return file.getvalue()


def _stand(layers: str, paper: str = "none", on: int = 2) -> Stand:
    """All layers lie on a sheet of glass above the table, so that the lamp's shadows are seen."""
    width, height = SIZE
    head = f'format = 1\n[scene]\nsize = [{width}, {height}]\nlength = "8s"\non = {on}\npaper = "{paper}"\n'
    sheets = '[[sheet]]\nname = "table"\n[[sheet]]\nname = "glass"\n'
    return collage.open(parse(head + sheets + layers.replace("[[layer]]\n", '[[layer]]\nsheet = "glass"\n')), root=ROOT)


def _page() -> Image.Image:
    """A newspaper printed so faintly, in four tones, that it can be laid things upon; small files want few tones."""
    with _stand(_TABLE, "#d6c8a8") as stand:
        grey = Image.fromarray(stand.picture(0)).convert("L").filter(ImageFilter.GaussianBlur(0.8))
    grey = grey.resize(_SMALL, Image.Resampling.BOX)
    page = np.array(_TONES, np.uint8)[np.digitize(np.asarray(grey), _EDGES)]
    return Image.fromarray(page).convert("RGBA")


def _layers(stand: Stand, plate: Plate) -> Iterator[Image.Image]:
    """Poses from the faintest to the one in full, with the trails under that."""
    *ghosts, last = plate.poses
    for index, frame in enumerate(ghosts):
        yield _faded(_pose(stand, frame), 0.3 + 0.4 * (index + 1) / len(ghosts))
    for trail in plate.trails:
        yield _trail(plate.layers, trail, plate)
    yield _pose(stand, last)


def _strip(stand: Stand, plate: Plate) -> Iterator[Image.Image]:
    """Poses side by side, all in full."""
    middle = (len(plate.poses) - 1) / 2
    for index, frame in enumerate(plate.poses):
        moved = Image.new("RGBA", SIZE)
        moved.paste(_pose(stand, frame), (round((index - middle) * plate.strip), 0))
        yield moved


def _pose(stand: Stand, frame: int) -> Image.Image:
    return Image.fromarray(stand.picture(frame))


def _faded(pose: Image.Image, opacity: float) -> Image.Image:
    pose.putalpha(pose.getchannel("A").point(lambda level: level * opacity))
    return pose


def _trail(layers: str, trail: tuple[str, tuple[float, float]], plate: Plate) -> Image.Image:
    """A thin line of ink as the piece would go on ones, and a dot for each exposure."""
    last = plate.poses[-1] if plate.until is None else plate.until
    with _stand(layers, on=1) as stand:
        way = [_spot(stand, *trail, frame) for frame in range(last + 1)]
    drawn = Image.new("RGBA", SIZE, (*_INK, 0))
    pen = ImageDraw.Draw(drawn)
    pen.line(way, (*_INK, 150), 2, joint="curve")
    for x, y in way[::2]:
        pen.ellipse((x - 5, y - 5, x + 5, y + 5), (*_INK, 230))
    return drawn


def _spot(stand: Stand, layer: str, point: tuple[float, float], frame: int) -> tuple[float, float]:
    return next(cel.matrix.at(point) for cel in stand.cels(frame) if cel.layer == layer)


def eases() -> Image.Image:
    """The curves of all families and of some of CSS: time to the right, the way gone upwards, a dot each exposure."""
    columns, rows = len(_FAMILIES), len(_WAYS) + 1
    names = [f"{way}-{family}" for way in _WAYS for family in _FAMILIES] + list(_OTHERS)
    drawn = Image.new("RGB", (columns * _CELL[0] * 2, rows * _CELL[1] * 2), _TONES[-1])
    pen, font = ImageDraw.Draw(drawn), ImageFont.load_default(20)
    for index, name in enumerate(names):
        left, top = index % columns * _CELL[0] * 2, index // columns * _CELL[1] * 2
        _curve(pen, name, left + 40, top + 64)
        pen.text((left + _CELL[0], top + 2 * _CELL[1] - 30), _shown(name), _INK, font, "mm")
    small = drawn.resize((columns * _CELL[0], rows * _CELL[1]), Image.Resampling.LANCZOS)
    return small.quantize(64, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _curve(pen: ImageDraw.ImageDraw, name: str, left: float, top: float) -> None:
    ease, side = parse_ease(name), _CELL[0] * 2 - 80

    def at(step: int) -> tuple[float, float]:
        return left + step / 120 * side, top + (1 - ease(step / 120)) * side

    pen.rectangle((left, top, left + side, top + side), _TONES[1])
    pen.line([at(step) for step in range(121)], _INK, 3, joint="curve")
    for x, y in (at(step) for step in range(0, 121, 10)):
        pen.ellipse((x - 5, y - 5, x + 5, y + 5), "#b8402e")


def _shown(name: str) -> str:
    return name.partition("(")[0] + "(…)" if "(" in name else name


def main(names: list[str]) -> None:
    """Write the pictures of these moves and of "eases", or all."""
    FOLDER.mkdir(exist_ok=True)
    for name in names or [*PLATES, "eases"]:
        (FOLDER / f"{name}.png").write_bytes(encoded(eases() if name == "eases" else picture(name)))


if __name__ == "__main__":
    main(sys.argv[1:])
