"""Thumbnails on the terminal, beside the words that belong to them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from collage.desk.assets_thumbnails import Letter, Thumbnail

_GAP = "  "
Row = TypeVar("Row")


def colourful() -> Console | None:
    """The terminal that standard output is, if it shows many colours and half blocks, else None."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    many = console.color_system in ("truecolor", "256") and not console.no_color
    return console if many and console.encoding.startswith("utf") else None


def illustrated(console: Console, captions: Iterable[Sequence[str]], pictures: Iterable[Thumbnail]) -> None:
    """Each picture, as soon as it is made, and its caption's lines to the right of it; what is wider than the terminal
    is cut off."""
    from rich.text import Text

    from collage.desk.assets_thumbnails import ACROSS

    for words, picture in zip(captions, pictures, strict=True):
        height = max(len(words), len(picture))
        name, *more = words
        lines = _centred([Text(name, "bold"), *map(Text, more)], height, Text())
        for letters, line in zip(_centred(picture, height, ()), lines, strict=True):
            row = _drawn(letters)
            row.align("center", ACROSS)
            console.print(row + _GAP + line, no_wrap=True, overflow="ellipsis")
        console.print()


def _centred(rows: Sequence[Row], height: int, blank: Row) -> list[Row]:
    above = (height - len(rows)) // 2
    return [blank] * above + list(rows) + [blank] * (height - above - len(rows))


def _drawn(letters: Iterable[Letter]) -> Text:
    from rich.color import Color
    from rich.style import Style
    from rich.text import Text

    drawn = Text()
    for sign, ink, ground in letters:
        colours = (each and Color.from_rgb(*each) for each in (ink, ground))
        drawn.append(sign, Style.from_color(*colours))
    return drawn
