"""The ledger as a picture: a page of ruled paper, a row for each asset, a strip of paper for each who holds it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collage import stand
from collage.desk.ledger import Ledger, Page, amount, seconds
from collage.desk.ledger_paper import BORDER, COLOURS, FINE, INK, MARGIN, PENCIL, RULE, Table, fitted, width_of
from collage.errors import CollageError
from collage.exposure.holding import Hold
from collage.registry.catalogue import Catalogue
from collage.scene.reader import parse
from collage.timing import round_half_up

if TYPE_CHECKING:
    from PIL import Image

WIDTH = 1200
MOST_LANES, MOST_STRIPS = 60, 3000
"""What still can be told apart."""
_EDGE, _LEFT, _RIGHT = 26, 292, 1146
"""The kraft around the page, and the frames' first and last edge."""
_HEAD, _SHOTS, _LANE, _GAP, _FOOT = 104, 34, 44, 34, 64
_THUMB = (76, 62)
_STEPS = (Fraction(1, 10), Fraction(1, 5), Fraction(1, 2), *map(Fraction, (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 36_000, 86_400, 360_000, 3_600_000, 36_000_000,
)))  # fmt: skip
"""How many seconds lie between two marks."""


class _Row(NamedTuple):
    """An asset's page, where its first lane begins, and what lies in each lane."""

    page: Page
    top: float
    lanes: tuple[tuple[Hold, ...], ...]

    @property
    def height(self) -> float:
        return max(len(self.lanes) * _LANE, _THUMB[1])


def chart(book: Ledger, root: Path) -> bytes:
    """The chart as a PNG file, 1200 pixels wide; `root` is where its assets are.

    CollageError for more rows or strips than anybody can read, and for an asset that can't be shown.
    """
    rows = _rows(book)
    strips = sum(len(page.holds) for page in book.pages)
    if sum(len(row.lanes) for row in rows) > MOST_LANES or strips > MOST_STRIPS:
        raise CollageError(f"{book.name}: too much for one chart: name an asset, or print the table")
    bottom = rows[-1].top + rows[-1].height + 22 if rows else _top(book) + 60
    table = Table(WIDTH, round(bottom + _FOOT + _EDGE))
    table.page((_EDGE, _EDGE, WIDTH - _EDGE, bottom + _FOOT))
    _heading(table, book)
    _ruled(table, book, bottom)
    if not rows:
        table.write("nothing is one of a kind here", (_LEFT + _RIGHT) / 2, bottom - 40, 20, PENCIL, "mm")
    catalogue, colours = Catalogue.open(root), _colours(book)
    for row in rows:
        _entry(table, row, book, _thumb(catalogue, row.page.asset))
        for place, lane in enumerate(row.lanes):
            middle = row.top + (row.height - len(row.lanes) * _LANE) / 2 + (place + 0.5) * _LANE
            if row.page.copies is not None:  # else there is always one more
                _rests(table, lane, middle, book)
            _lane(table, lane, middle, book, colours)
    return _encoded(table.finished())


def _top(book: Ledger) -> float:
    return _EDGE + _HEAD + (_SHOTS if book.shots else 0)


def _rows(book: Ledger) -> list[_Row]:
    rows, top = list[_Row](), _top(book) + 26
    for page in book.pages:
        rows.append(_Row(page, top, _lanes(page)))
        top += rows[-1].height + _GAP
    return rows


def _lanes(page: Page) -> tuple[tuple[Hold, ...], ...]:
    """The holds laid side by side, as many lanes as hold at once; what one piece holds on stays in its lane."""
    lanes: list[list[Hold]] = []
    for hold in page.holds:
        free = [lane for lane in lanes if lane[-1].end <= hold.first]
        lane = next((lane for lane in free if lane[-1].key == hold.key), free[0] if free else None)
        if lane is None:
            lanes.append(lane := [])
        lane.append(hold)
    return tuple(map(tuple, lanes)) or ((),)


def _colours(book: Ledger) -> Mapping[tuple[int, ...], str]:
    """A colour for each holder, in the order they come."""
    keys = dict.fromkeys(hold.key for page in book.pages for hold in page.holds)
    return {key: COLOURS[number % len(COLOURS)] for number, key in enumerate(keys)}


def _x(book: Ledger, frame: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * frame / book.length


def _heading(table: Table, book: Ledger) -> None:
    """Whose ledger it is; of a film, its shots as a strip of film."""
    x, y = _EDGE + 30, _EDGE + 46
    table.write("The ledger of", x, y - 14, 13, PENCIL)
    table.write(fitted(book.name, 30, 640), x, y + 10, 30)
    told = f"{book.length} frames, {seconds(book.length, book.rate)} s, {book.rate} a second"
    table.write(told, _RIGHT, y + 14, 14, PENCIL, "rm")
    ends = [first for first, _ in book.shots[1:]] + [book.length]
    for number, ((first, name), end) in enumerate(zip(book.shots, ends, strict=False), 1):
        left, right, top = _x(book, first), _x(book, end), _EDGE + _HEAD - 8
        table.strip((left + 1, top, right - 1, top + 30), "#3a322c", border=0, depth=3)
        for hole in range(int((right - left - 8) // 9)):
            for dy in (4, 26):
                table.line((left + 6 + 9 * hole, top + dy), (left + 10 + 9 * hole, top + dy), "#d8cbb0", 3)
        if words := fitted(f"{number} {name}", 12, right - left - 10):
            table.write(words, (left + right) / 2, top + 15, 12, BORDER, "mm")


def _ruled(table: Table, book: Ledger, bottom: float) -> None:
    """The page's rules, its red margin, and the time along its foot."""
    top = _top(book)
    y = top + 10
    while y < bottom:
        table.line((_EDGE + 4, y), (WIDTH - _EDGE - 4, y), RULE, 0.5)
        y += 24
    for margin in (_LEFT - 26, _LEFT - 22):
        table.line((margin, _EDGE + 3), (margin, bottom + _FOOT - 3), MARGIN)
    table.line((_LEFT, bottom), (_RIGHT, bottom), INK, 1.5)
    long = book.length / book.rate
    step = next((step for step in _STEPS if long / step <= 14), _STEPS[-1])
    for number in range(int(long / step) + 1):
        x = _x(book, float(number * step * book.rate))
        table.line((x, top + 4), (x, bottom), RULE, 1)
        table.line((x, bottom), (x, bottom + 8), INK, 1.5)
        table.write(f"{float(number * step):g}", x, bottom + 17, 13, INK, "mm")
        table.write(
            str(round_half_up(number * step * book.rate)) if step >= 1 else "", x, bottom + 34, 10, PENCIL, "mm"
        )
        for part in range(1, 5):
            if (small := x + (_RIGHT - _LEFT) * float(step / long) * part / 5) < _RIGHT:
                table.line((small, bottom), (small, bottom + 4), INK, 0.75)
    table.write("seconds", _LEFT - 36, bottom + 17, 11, PENCIL, "rm")
    table.write("frames" if step >= 1 else "", _LEFT - 36, bottom + 34, 10, PENCIL, "rm")


def _entry(table: Table, row: _Row, book: Ledger, thumb: Image.Image) -> None:
    """The asset itself, its name, and how long it is out."""
    middle, page = row.top + row.height / 2, row.page
    width, height = thumb.width / FINE, thumb.height / FINE
    table.paste(thumb, _EDGE + 26 + (_THUMB[0] - width) / 2, middle - height / 2)
    x, room = _EDGE + 116, _LEFT - _EDGE - 116 - 30
    kind, _, name = page.asset.rpartition("/")
    table.write(fitted(kind, 11, room), x, middle - 22, 11, PENCIL)
    table.write(fitted(name, 18, room), x, middle - 6, 18)
    table.write(amount(page.copies), x, middle + 13, 11, PENCIL)
    table.write(f"out {100 * page.held // book.length} % of the time", x, middle + 27, 11, PENCIL)


def _lane(table: Table, lane: Sequence[Hold], y: float, book: Ledger, colours: Mapping[tuple[int, ...], str]) -> None:
    """Strips of paper, and a pin where it goes straight from hand to hand."""
    for hold in lane:
        left, right, colour = _x(book, hold.first), _x(book, hold.end), colours[hold.key]
        table.strip((left + 0.5, y - 19, max(right - 0.5, left + 2.5), y + 19), colour)
        ink = BORDER if colour == "#b8402e" else INK
        how = " on ".join(filter(None, (hold.carrier, hold.sheet)))
        both = fitted(how, 10, right - left - 16) if right - left > 40 else ""
        table.write(fitted(hold.holder, 13, right - left - 14), left + 8, y - 6 if both else y, 13, ink)
        table.write(both, left + 8, y + 8, 10, ink)
    for before, hold in pairwise(lane):
        if before.end == hold.first and before.key != hold.key:
            table.pin(_x(book, hold.first), y - 19)


def _rests(table: Table, lane: Sequence[Hold], y: float, book: Ledger) -> None:
    """Pencil where a copy lies idle."""
    ends = [0, *(hold.end for hold in lane)]
    for free, hold in zip(ends, lane, strict=False):
        _idle(table, book, free, hold.first, y, arrow=True)
    if ends[-1] < book.length:
        _idle(table, book, ends[-1], book.length, y, arrow=False)


def _idle(table: Table, book: Ledger, first: int, end: int, y: float, *, arrow: bool) -> None:
    left, right = _x(book, first) + 6, _x(book, end) - 5
    if right - left < 8:
        return
    table.dashes(left, right, y)
    if arrow:
        table.arrow((right, y))
    words = f"idle {seconds(end - first, book.rate)} s"
    if width_of(words, 11) < right - left - 16:
        table.write(words, (left + right) / 2, y - 9, 11, PENCIL, "mm")


def _thumb(catalogue: Catalogue, asset: str) -> Image.Image:
    """The asset's first drawing, straight RGBA, as the glass shows it, small."""
    from PIL import Image

    room = _THUMB[0] * FINE, _THUMB[1] * FINE
    size = catalogue.asset(asset).size
    scale = min(room[0] / size[0], room[1] / size[1])
    canvas = [max(round(side * scale), 1) for side in size]
    text = f'format = 1\n[scene]\nsize = {canvas}\npaper = "none"\nlength = 1\n[[layer]]\nasset = "{asset}"\n'
    text += f'photostat = true\npivot = ["50%", "50%"]\nscale = {scale:.6f}\n'
    with stand.open(parse(text), root=catalogue.root) as ready:
        return Image.fromarray(ready.picture(0))


def _encoded(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
