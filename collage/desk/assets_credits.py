"""Who made what is seen: credits as a text, and as a scene of paper slips that roll by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from collage.registry.catalogue import Catalogue
from collage.registry.entries import Entry
from collage.registry.probe import plain, set_type
from collage.scene.model import Layer, Peg, Scene, Sheet
from collage.scene.reader import is_film, read, read_film
from collage.scene.writer import write

CANVAS = (1920, 1080)
RATE = 24
_SPEED = 4
"""Pixels a frame: 11 seconds from the bottom of the canvas to its top."""
_WIDE, _MARGIN, _GAP = 1100, 44, 40
_MOST_LINES = 14
"""On one slip; more lines go on the next."""
_LEADING = 14
"""Between a heading and its lines."""
_PAPER, _INK, _RED = "#f6f0e2", "#2e2622", "#b8402e"
_HEAD = {"size": 54, "colour": _RED}
_BODY = {"size": 38, "colour": _INK, "leading": 1.3}
_SHADE, _SHADE_OPACITY, _BLUR = (11, 16), 0.35, 9
_NOBODY = "Hand unknown"


class Section(NamedTuple):
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


def sections(catalogue: Catalogue, names: Iterable[str]) -> list[Section]:
    """The credits of these assets: who cut them, where they come from, and what others may do with them."""
    entries = [(name, catalogue.entry(name)) for name in sorted(set(names))]
    made = [
        Section(f"Cut by {who}" if who else _NOBODY, tuple(name for name, _ in pieces))
        for who, pieces in _by(entries, "cut_by")
    ]
    sources = tuple(f"{name}: {plain(entry.source)}" for name, entry in entries if entry.source)
    licences = tuple(f"{said or 'no licence named'}: {_count(pieces)}" for said, pieces in _by(entries, "licence"))
    last = [Section("From", sources), Section("Licences", licences)]
    return [section for section in (*made, *last) if section.lines]


def title_of(path: Path) -> str:
    """What a scene or a film calls itself, else its file's stem. SceneError, AssetError as the reader."""
    whole = read_film(path)[0].film if is_film(path) else read(path).scene
    return whole.title or path.stem.removesuffix(".film")


def text(title: str, credits: Iterable[Section]) -> str:
    """The credits to read, ending in a line end."""
    blocks = [[title], *([section.heading, *(f"  {line}" for line in section.lines)] for section in credits)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def scene(title: str, credits: Iterable[Section]) -> str:
    """A scene file in which they roll over the glass from bottom to top, each section on slips of paper. AssetError
    for words that the type at hand has no letters for."""
    layers: list[Layer] = []
    top = 0.0
    for number, (heading, lines) in enumerate([(title, ()), *_slips(credits)]):
        slip, height = _slip(heading, lines, top, number)
        layers += slip
        top += height + _GAP
    length = int((CANVAS[1] + top + 2 * _MARGIN) / _SPEED) + 1
    start, end = CANVAS[1] + _MARGIN, CANVAS[1] + _MARGIN - length * _SPEED
    peg = Peg(name="roll", at=(CANVAS[0] / 2, start), keys={"y": [[0, start], [length, end, "linear"]]})
    setting = {"title": f"{title}: credits", "length": length + 1, "rate": RATE, "on": 1}
    return write(Scene(scene=setting, sheet=(Sheet(name="table"),), peg=(peg,), layer=tuple(layers)))


def _slips(credits: Iterable[Section]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for section in credits:
        for first in range(0, len(section.lines), _MOST_LINES):
            yield section.heading if not first else "", section.lines[first : first + _MOST_LINES]


def _slip(heading: str, lines: tuple[str, ...], top: float, number: int) -> tuple[list[Layer], float]:
    """A piece of paper with its words, a little askew as a hand lays it, and its shadow; and its height in pixels."""
    name, turn = f"slip-{number}", (-0.6, 0.5, -0.3)[number % 3]
    texts = [(words, kind) for words, kind in ((heading, _HEAD), ("\n".join(lines), _BODY)) if words]
    heights = [_height(words, kind) for words, kind in texts]
    height = sum(heights) + _LEADING * (len(texts) - 1) + _MARGIN * 2
    middle = top + height / 2
    paper = {"size": (_WIDE, height), "parent": "roll", "turn": turn, "shadow": False}
    shade_at, soft = (_SHADE[0], middle + _SHADE[1]), {"blur": [[0, _BLUR]]}
    slip = [
        Layer(name=f"{name}-shade", card=_INK, at=shade_at, opacity=_SHADE_OPACITY, keys=soft, **paper),
        Layer(name=name, card=_PAPER, at=(0, middle), **paper),
    ]
    y = _MARGIN - height / 2
    for (words, kind), own in zip(texts, heights, strict=True):
        box, at = (_WIDE - 2 * _MARGIN, own), (0, y + own / 2)
        slip.append(Layer(name=f"{name}-{len(slip) - 1}", text=words, size=box, type=kind, parent=name, at=at))
        y += own + _LEADING
    return slip, height


def _height(words: str, kind: dict[str, object]) -> int:
    size, leading = float(str(kind["size"])), float(str(kind.get("leading", 1.1)))
    box = (_WIDE - 2 * _MARGIN, 1.0)
    return set_type(words, font=None, size=size, align="centre", leading=leading, box=box)[1][1]


def _by(entries: list[tuple[str, Entry]], key: str) -> Iterator[tuple[str, list[tuple[str, Entry]]]]:
    """Entries by what they say under a key, in order, those that say nothing last."""

    def said(pair: tuple[str, Entry]) -> tuple[bool, str]:
        words = plain(str(getattr(pair[1], key)))
        return not words, words

    for (_, words), pieces in groupby(sorted(entries, key=said), key=said):
        yield words, list(pieces)


def _count(pieces: list[tuple[str, Entry]]) -> str:
    return "1 piece" if len(pieces) == 1 else f"{len(pieces)} pieces"
