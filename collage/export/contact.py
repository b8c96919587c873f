"""A contact sheet: frames as prints on a page of newspaper, each with its number, so that all is seen at a glance."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from textwrap import wrap
from threading import Event
from typing import TYPE_CHECKING

from collage.export.line import in_order, usable_processors
from collage.files import check_target, digits, write_whole
from collage.geometry import Size
from collage.glass.mounts import INK, MOUNT, PALE, RED, fitted, lay, newsprint, tilt
from collage.registry.probe import typeface
from collage.timing import Span

if TYPE_CHECKING:
    from PIL import Image

    from collage.export.subject import Subject

MOST = 60
"""Frames on one sheet: of more, every second, third or so on is shown."""
_WIDE, _GAP, _HEAD, _FOOT = 1600, 26, 180, 24
_EDGE, _CAPTION = 9, 38
_TALLEST, _LEAST = 1.8, 170
"""How tall a picture may be in a print, in times its width: what is taller is shown smaller; and the least width of a
print, so that its caption has room."""
_FINE = 2
"""Drawn so many times larger, then reduced: halftone dots are finer than a print's pixels."""


def sheet(
    subject: Subject,
    file: Path,
    *,
    frames: Span,
    step: int = 1,
    title: str = "",
    workers: int | None = None,
    stop: Event | None = None,
) -> tuple[int, ...]:
    """Write a PNG, 1600 pixels wide, of every `step`-th frame, or of as many of those, evenly, as there is room for.
    Gives their numbers.

    Called by `title`, else by the subject's name. The same bytes for the same frames. Errors as of `Stand.comp` and
    `write_whole`; Stopped when `stop` is set.
    """
    check_target(file)
    numbers = chosen(frames, step)
    across = _across(subject.size)
    wide = (_WIDE - _GAP * (across + 1)) // across
    size = _within(subject.size, wide - 2 * _EDGE)
    tall, deep = size[1] + _EDGE + _CAPTION, -(-len(numbers) // across)
    page = _page(_WIDE, _HEAD + deep * (tall + _GAP) + _FOOT)
    _headline(page, title or subject.name, _facts(subject, frames, numbers))

    def shot(frame: int) -> Image.Image:
        return _print(subject, frame, size)

    for place, print_ in enumerate(in_order(shot, numbers, workers or usable_processors(), stop)):
        left, top = _GAP + place % across * (wide + _GAP), _HEAD + place // across * (tall + _GAP)
        lay(page, print_, (left + (wide - print_.width) // 2, top), tilt(place + place // across))
    with io.BytesIO() as out:
        page.convert("RGB").save(out, "PNG")
        write_whole(file, out.getvalue())
    return tuple(numbers)


def chosen(frames: Span, step: int = 1) -> Sequence[int]:
    """Which frames are shown: all of every `step`-th if there are no more than MOST, else evenly spread ones."""
    many = len(range(frames.first, frames.end, step))
    return range(frames.first, frames.end, step * -(-many // MOST))


def _across(size: Size) -> int:
    """Prints in a row: fewer the wider they are."""
    shape = size[0] / size[1]
    return 5 if shape > 1.2 else 6 if shape > 0.8 else 8


def _within(size: Size, wide: int) -> Size:
    """Of a print's picture, as wide as may be."""
    scale = min(wide / size[0], _TALLEST * wide / size[1])
    return max(round(size[0] * scale), 1), max(round(size[1] * scale), 1)


def _facts(subject: Subject, frames: Span, numbers: Sequence[int]) -> str:
    apart = numbers[1] - numbers[0] if len(numbers) > 1 else 1
    every = f"every {apart}{_ending(apart)}, " if apart > 1 else ""
    width, height = subject.size
    rate = f"{float(subject.rate):.3f}".rstrip("0").rstrip(".")
    return f"frames {frames.first} to {frames.end - 1}, {every}{rate} a second · {width} x {height}"


def _ending(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _print(subject: Subject, frame: int, size: Size) -> Image.Image:
    """A frame as a print: cream border, its number and its second beneath."""
    from PIL import Image, ImageDraw

    room = (wanted / there for wanted, there in zip(size, subject.size, strict=True))
    pixels = subject.comp(frame, min(*room, 1 / _FINE) * _FINE)
    whole = Image.frombuffer("RGBa", (pixels.shape[1], pixels.shape[0]), pixels.tobytes(), "raw", "RGBa", 0, 1)
    picture = whole.resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    card = Image.new("RGBA", (max(size[0] + 2 * _EDGE, _LEAST), size[1] + _EDGE + _CAPTION), MOUNT)
    card.alpha_composite(picture, ((card.width - size[0]) // 2, _EDGE))
    pen, middle = ImageDraw.Draw(card), size[1] + _EDGE + _CAPTION // 2
    number = f"{frame:0{digits(subject.length)}}"
    pen.text((_EDGE + 4, middle), number, fill=INK, font=typeface(None, 22), anchor="lm")
    second = f"{float(frame / subject.rate):.2f} s"
    pen.text((card.width - _EDGE - 4, middle), second, fill=PALE, font=typeface(None, 16), anchor="rm")
    return card


def _headline(page: Image.Image, title: str, facts: str) -> None:
    """The title on a strip of paper, the facts on a smaller one that overlaps it."""
    most = _WIDE - 8 * _GAP
    lay(page, _strip(fitted(title.upper(), 60, most), 60, 26, MOUNT, INK), (_GAP + 14, 28), 1.1)
    lay(page, _strip(fitted(facts, 22, most), 22, 16, RED, MOUNT), (_GAP + 60, 116), -0.6)


def _strip(words: str, size: int, edge: int, colour: str, ink: str) -> Image.Image:
    from PIL import Image, ImageDraw

    face = typeface(None, size)
    strip = Image.new("RGBA", (round(face.getlength(words)) + 2 * edge, round(size * 1.6)), colour)
    ImageDraw.Draw(strip).text((edge, strip.height / 2), words, fill=ink, font=face, anchor="lm")
    return strip


_RUMOUR = """
The moon was seen leaving by the back door. Neighbours say it often does. A llama of good standing heard the splash and
was not asked. The giant in the fairground turned over at night, and two roundabouts with him; tickets stay valid. Of
the skies delivered last week some were better than others. The teeth deny that they ever left town.
"""
_COLUMN, _LINE, _TYPE, _FAINT = 262, 23, 18, 105
_TURN = 2.5


def _page(width: int, height: int) -> Image.Image:
    """A newspaper, turned a little, columns of faint type all over it."""
    from PIL import Image, ImageDraw

    paper, across, deep = newsprint(width, height), width + height // 8, height + width // 8
    print_ = Image.new("L", (across, deep))
    pen, face, lines = ImageDraw.Draw(print_), typeface(None, _TYPE), cycle(wrap(" ".join(_RUMOUR.split()), 27))
    for left in range(0, across, _COLUMN):
        for top in range(6, deep, _LINE):
            pen.text((left, top), next(lines), fill=_FAINT, font=face, anchor="lt")
    x, y = (across - width) // 2, (deep - height) // 2
    turned = print_.rotate(_TURN, Image.Resampling.BICUBIC).crop((x, y, x + width, y + height))
    paper.paste(INK, mask=turned)
    return paper
