"""The exposure sheet on paper: as animators draw it, as numbers, and as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from collage.exposure.rig import SLOTS, Pose
from collage.exposure.xsheet import Cell, Column, Row, XSheet

WIDEST = 14
"""Signs of a name; what is longer is cut."""
LAID, HELD, GONE = "●", "│", "×"
_WORDS, _BETWEEN, _BORDER, _RULE = " ", "   ", " ┃ ", "─"
_LEGEND = (
    f"{LAID} or a name: newly laid, {HELD} held by the hand (what carries it may move), {GONE} not seen from here on. "
    "The lowest sheet is on the left."
)
_FOLDED = " name.0 ×9: the first of so many copies, the others have no column."
_LAYER: Mapping[str, Pose | None] = {
    "x": None, "y": None, "scale": None, "turn": None, "opacity": None,
    "skew": (0, 0), "tint": (255,) * 4, "order": (0,), "blur": (0,),
}  # fmt: skip
"""The numbers of a pose by channel; those with a value here are written only where they are ever anything else."""
_CAMERA: Mapping[str, Pose | None] = dict.fromkeys(("x", "y", "zoom", "height", "turn"))
_PLAIN = ("x", "y", "scale_x", "scale_y", "turn", "opacity")


class Strip:
    """One column as it is written: its name, the heads of its numbers (in the drawn form none), and how wide they are.

    Every cell is to be noted before the first is written.
    """

    def __init__(self, column: Column, poses: bool) -> None:
        self.group = column.group
        copies = "" if column.copies == 1 else f".0 ×{column.copies}"
        self.name = _cut(column.name, WIDEST - len(copies)) + copies
        self._channels: Mapping[str, Pose | None] = {}
        if poses:
            self._channels = _CAMERA if column.films else _LAYER
        self._draws = column.chooses or not poses
        self._widths: dict[str, int] = {}

    def note(self, cell: Cell) -> None:
        """Make room for a cell."""
        if cell.new:
            for head, word in self._written(cell):
                plain = self._channels.get(head)
                if head in self._widths or plain is None or word != _numbers(plain):
                    self._widths[head] = max(self._widths.get(head, len(head)), len(word))

    @property
    def width(self) -> int:
        return max(len(self._filled({head: head for head in self._widths})), len(self.name), 1)

    def heads(self) -> str:
        return self._filled({head: head for head in self._widths}).ljust(self.width)

    def line(self, cell: Cell, was_seen: bool) -> str:
        """A cell: what is newly laid, a line while it is held, a cross where it goes."""
        if cell.new:
            return self._filled(dict(self._written(cell))).ljust(self.width)
        return (HELD if cell.seen else GONE if was_seen else "").ljust(self.width)

    def _filled(self, words: Mapping[str, str]) -> str:
        """The words that there is room for, in their order: numbers to the right of it, a name to the left."""
        numbers = [words[head].rjust(self._widths[head]) for head in self._channels if head in self._widths]
        names = [words[""].ljust(self._widths[""])] if "" in self._widths else []
        return _WORDS.join(numbers + names)

    def _written(self, cell: Cell) -> Iterator[tuple[str, str]]:
        for channel in self._channels:
            first, count = SLOTS[channel]
            yield channel, _numbers(cell.pose[first : first + count])
        if self._draws:
            yield "", _cut(cell.drawing, WIDEST) or LAID


def sheet_lines(sheet: XSheet, title: str, *, poses: bool = False) -> Iterator[str]:
    """The sheet as lines of text: a legend, the heads, a line for each frame and a rule before each second.

    A cell says what is newly laid, with `poses` where and how; below it a line runs as long as it is held.
    """
    first, end = sheet.frames
    strips, margin = [Strip(column, poses) for column in sheet.columns], _Margin()
    for row in sheet.rows():
        margin.note(row)
        for strip, cell in zip(strips, row.cells, strict=True):
            strip.note(cell)
    yield f"{title}: frames {first} to {end - 1} of 0 to {sheet.rig.length - 1}, {sheet.rig.rate} a second"
    yield _LEGEND + (_FOLDED if any(column.copies > 1 for column in sheet.columns) else "")
    yield ""
    yield from _heads(strips, margin, poses)
    rule = _joined(
        strips, _RULE * margin.width, [_RULE * strip.width for strip in strips], _RULE * len(_BETWEEN), "─╂─"
    )
    yield rule
    seen = [True] * len(strips)
    for row in sheet.rows():
        if row.second is not None and row.frame > first:
            yield rule
        cells = [strip.line(cell, was) for strip, cell, was in zip(strips, row.cells, seen, strict=True)]
        seen = [cell.seen for cell in row.cells]
        yield _joined(strips, margin.line(row), cells).rstrip()


class _Margin:
    """The frame's number, its second, its beat and its cues, as far as there are any."""

    def __init__(self) -> None:
        self._widths: dict[str, int] = {}

    def note(self, row: Row) -> None:
        for head, word in self._written(row).items():
            if word:
                self._widths[head] = max(self._widths.get(head, len(head)), len(word))

    @property
    def width(self) -> int:
        return len(self.heads())

    def heads(self) -> str:
        return self._filled({head: head for head in self._widths})

    def line(self, row: Row) -> str:
        return self._filled(self._written(row))

    def _filled(self, words: Mapping[str, str]) -> str:
        """Frames and seconds to the right, beats and cues to the left."""
        told = [head for head in ("frame", "s", "beat", "cue") if head in self._widths]
        return (_WORDS * 2).join(
            words[head].rjust(self._widths[head]) if head in ("frame", "s") else words[head].ljust(self._widths[head])
            for head in told
        )

    @staticmethod
    def _written(row: Row) -> dict[str, str]:
        beat = "" if row.beat is None else f"beat {row.beat}" if row.bar is None else f"bar {row.bar}"
        second = "" if row.second is None else str(row.second)
        return {"frame": str(row.frame), "s": second, "beat": beat, "cue": _cut(" ".join(row.cues), 2 * WIDEST)}


def _heads(strips: Sequence[Strip], margin: _Margin, poses: bool) -> Iterator[str]:
    """The sheets' names, then the columns', then those of their numbers."""
    empty = line = " " * margin.width
    for name, group in groupby(strips, lambda strip: strip.group):
        width = len(_BETWEEN.join(strip.heads() for strip in group))
        line += _BORDER + _cut(name, width).ljust(width)
    yield line.rstrip()
    names = [strip.name.ljust(strip.width) for strip in strips]
    yield _joined(strips, empty if poses else margin.heads(), names).rstrip()
    if poses:
        yield _joined(strips, margin.heads(), [strip.heads() for strip in strips]).rstrip()


def _joined(
    strips: Sequence[Strip], margin: str, words: Sequence[str], between: str = _BETWEEN, border: str = _BORDER
) -> str:
    """A line: the margin, then the columns, with a border before each group."""
    line, before = margin, ""
    for strip, word in zip(strips, words, strict=True):
        line += (between if strip.group == before else border) + word
        before = strip.group
    return line


def csv_lines(sheet: XSheet, *, poses: bool = False) -> Iterator[str]:
    """The sheet as RFC 4180 has tables, lines ended by CR LF: a row for each frame.

    A layer's field is what is newly laid (a drawing's name, a nested scene's frame, else 1), nothing while it is held,
    X while it is not seen. With `poses` it has a field for each number instead, filled for every frame it is seen.
    """
    heads = ["frame", "second", "beat", "cue"]
    for column in sheet.columns:
        heads += [f"{column.name} {head}" for head in _plain_heads(column)] if poses else [column.name]
    yield _record(heads)
    for row in sheet.rows():
        fields = [str(row.frame), _number(round(float(row.frame / sheet.rig.rate), 4))]
        fields += ["" if row.beat is None else str(row.beat), " ".join(row.cues)]
        for column, cell in zip(sheet.columns, row.cells, strict=True):
            fields += _plain_numbers(column, cell) if poses else [_plain_word(cell)]
        yield _record(fields)


def _plain_heads(column: Column) -> tuple[str, ...]:
    if column.films:
        return tuple(_CAMERA)
    return (*_PLAIN, "drawing") if column.chooses else _PLAIN


def _plain_numbers(column: Column, cell: Cell) -> list[str]:
    return [
        "" if not cell.seen else cell.drawing if head == "drawing" else _number(cell.pose[SLOTS[head][0]])
        for head in _plain_heads(column)
    ]


def _plain_word(cell: Cell) -> str:
    if not cell.seen:
        return "X"
    return (cell.drawing or "1") if cell.new else ""


def _record(fields: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(fields)
    return line.getvalue()


def _numbers(numbers: Sequence[float]) -> str:
    """A channel's numbers as one word; one is enough where all are alike."""
    return ",".join(map(_number, numbers[:1] if len(set(numbers)) == 1 else numbers))


def _number(number: float) -> str:
    """Without an exponent or idle zeros."""
    text = f"{number:.4f}"
    return text.rstrip("0").rstrip(".")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
