"""The line of a text that an error is about, and where in it: what is shown with a caret."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from collage.files import read_start

MOST = 2_000_000
"""Bytes of a text that are looked through."""
WIDE = 72
"""Letters of a line that are shown."""
_PLACE = re.compile(r"(?:^|: )(?P<path>[^:\n]+\.(?:toml|py)):(?P<line>\d{1,7})(?::(?P<column>\d{1,7}))?: ")


class Excerpt(NamedTuple):
    """A line, as much of it as can be shown. line and column count from 1; the column is that of `text`, 0 for none."""

    line: int
    text: str
    column: int


def excerpt(error: str, known: Iterable[Path]) -> Excerpt | None:
    """What an error's text speaks of with ``path:line:column: ``, if that is one of the files that were read."""
    found = _PLACE.search(error)
    if not found:
        return None
    wanted = Path(found["path"]).parts
    path = next((path for path in known if path.parts[-len(wanted) :] == wanted), None)
    if path is None:
        return None
    number, column = int(found["line"]), int(found["column"] or 0)
    try:
        lines = read_start(path, MOST).decode("utf-8", "replace").split("\n")
    except OSError:
        return None
    return _cut(number, lines[number - 1], column) if 0 < number <= len(lines) else None


def _cut(number: int, line: str, column: int) -> Excerpt | None:
    """Without what it is indented by, and only so much of a long one as shows the column."""
    whole = "".join(letter if letter.isprintable() else " " for letter in line).rstrip()
    column = column if column <= len(whole) + 1 else 0
    start = len(whole) - len(whole.lstrip())
    if column - start > WIDE:
        start = column - WIDE * 2 // 3
    text = whole[start : start + WIDE]
    at = column - start
    return Excerpt(number, text, at if 0 < at <= len(text) + 1 else 0) if text else None
