"""The text a scene came from, which turns the place of a field into line and column when there is something to say."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from collage.errors import Finding, Loc
from collage.scene.positions import Node, scan

MOST_TOLD = 1000
"""More findings than this of one kind help nobody."""
_LONGEST = 600
_KEY_PARTS = {"at": 0, "value": 1, "ease": 2}
"""The fields of a key, written as a list: [moment, value, ease]."""


@dataclass(frozen=True)
class Source:
    """A scene's or a film's text and the path that findings name. ``Source(name)`` stands for a scene built in Python.

    A `Loc` is a path of fields in the `Scene`: ``("layer", 3, "keys", "x", "keys", 2, "at")``. Parts that do not stand
    in the text (``"keys"`` of a track written as a list, a field inherited by `like`) are passed over, so a finding
    lands on the nearest thing that was written.
    """

    path: str
    text: str = ""
    film: bool = False

    def finding(self, loc: Loc, message: str, severity: Literal["error", "warning"] = "error") -> Finding:
        """A finding at the value of `loc`; at its key, or its header, if it is a table."""
        if not self.text:
            return Finding(self.path, 0, 0, one_line(f"{in_words(loc)}: {message}" if loc else message), severity)
        node, whole = self.seek(loc)
        return self.finding_at(_point(node, whole), message, severity)

    def finding_at_key(self, loc: Loc, message: str) -> Finding:
        """A finding at the key of `loc` (an unknown key, a name that can't be)."""
        if not self.text:
            return self.finding(loc, message)
        return self.finding_at(self.seek(loc)[0].key, message)

    def finding_at(self, offset: int, message: str, severity: Literal["error", "warning"] = "error") -> Finding:
        """A finding at a place in the text."""
        return Finding(self.path, *self.line_column(offset), one_line(message), severity)

    def seek(self, loc: Loc) -> tuple[Node, bool]:
        """The node nearest to `loc`, and whether the last part of it was found."""
        node, whole = self._root, True
        for part in loc:
            step = _step(node, part)
            node, whole = step or node, step is not None
        return node, whole

    def inside(self, loc: Loc, place: int) -> int:
        """The offset of a letter inside the text at `loc`; of the value itself where that text spans lines or has
        letters escaped."""
        start, raw = self._raw(loc)
        plain = raw[:1] in ("'", '"') and raw[:3] not in ("'''", '"""') and "\\" not in raw
        return start + 1 + min(place, max(len(raw) - 2, 0)) if plain else start

    def word(self, loc: Loc) -> str | None:
        """The text that is written at `loc`, None if no text is."""
        raw = self._raw(loc)[1]
        return str(tomllib.loads(f"word = {raw}")["word"]) if raw[:1] in ("'", '"') else None

    def _raw(self, loc: Loc) -> tuple[int, str]:
        node, whole = self.seek(loc)
        return node.start, self.text[node.start : node.end] if whole else ""

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset into the text, both from 1, columns in characters."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column, within the text."""
        return min(self._lines[min(line, len(self._lines)) - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """One line of the text, counted from 1, without its end."""
        ends = [*self._lines[number : number + 1], len(self.text) + 1]
        return self.text[self._lines[number - 1] : ends[0] - 1] if number <= len(self._lines) else ""

    @cached_property
    def _root(self) -> Node:
        return scan(self.text)

    @cached_property
    def _lines(self) -> list[int]:
        starts = [0]
        while (end := self.text.find("\n", starts[-1])) >= 0:
            starts.append(end + 1)
        return starts


def one_line(message: str) -> str:
    """A message as one line that a terminal can be trusted with: what it quotes comes from a file."""
    line = "".join(letter if letter.isprintable() else " " for letter in message)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def in_words(loc: Loc) -> str:
    """A place for people, where there is no line: ``layer 4: keys.x``. Indices count from 1, as headers are counted."""
    if len(loc) > 1 and isinstance(loc[1], int):
        rest = ".".join(str(part) for part in loc[2:])
        return f"{loc[0]} {loc[1] + 1}" + (f": {rest}" if rest else "")
    return ".".join(str(part) for part in loc)


def _step(node: Node, part: str | int) -> Node | None:
    if isinstance(part, str) and node.items:
        part = _KEY_PARTS.get(part, part)
    step = node.step(part)
    return node.step(part.rstrip("_")) if step is None and isinstance(part, str) else step


def _point(node: Node, whole: bool) -> int:
    """The value of a scalar or a list; the key or header of a table, or of what a missing field would stand in."""
    return node.key if node.table or not node.written else node.start
