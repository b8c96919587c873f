"""The ledger on paper: who has an asset from when to when, who hands it to whom, and when it lies idle.

As a table for people and as JSON for programs; as a chart in `collage.desk.ledger_chart`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from heapq import heappop, heappush
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from collage.errors import CollageError, suggest
from collage.exposure.film import Reel, film_holds
from collage.exposure.holding import Hold, holds, limited
from collage.exposure.ledger import idle, whole
from collage.exposure.rig import Rig
from collage.timing import Span

IDLE = "(idle)"
_HEADS = ("frames", "seconds", "held by", "on sheet", "carried by", "handed on")


class Handover(NamedTuple):
    """A change of hands at a frame: of the "holder", or inside a hold of the "carrier" or the "sheet"."""

    frame: int
    what: str
    before: str | None
    after: str | None


class Page(NamedTuple):
    """All of one asset: its holds by time, how many frames somebody has it, the spans when nobody has, its
    handovers."""

    asset: str
    copies: int | None
    holds: tuple[Hold, ...]
    held: int
    idle: tuple[Span, ...]
    handovers: tuple[Handover, ...]


class Ledger(NamedTuple):
    """A scene's or a film's ledger. shots: of a film, where each begins, with its scene's name."""

    name: str
    rate: Fraction
    length: int
    pages: tuple[Page, ...]
    shots: tuple[tuple[int, str], ...] = ()


def ledger(name: str, rig: Rig | Reel, asset: str | None = None) -> Ledger:
    """The pages of all that has `copies`, or of one asset. CollageError for one that nothing holds."""
    rigs = rig.rigs() if isinstance(rig, Reel) else (rig,)
    copies = {asset: number for each in rigs for asset, number in each.assets.items()}
    if asset is not None and asset not in copies:
        near = suggest(asset, copies) or f" Held are {', '.join(sorted(copies)[:12]) or 'none'}"
        raise CollageError(f'{name}: no layer holds "{asset}" (photostats hold nothing).{near}')
    wanted = sorted({name for each in rigs for name in limited(each)}) if asset is None else [asset]
    found = film_holds(rig, wanted) if isinstance(rig, Reel) else holds(rig, wanted)
    by_asset = {each: tuple(group) for each, group in groupby(found, key=lambda hold: hold.asset)}
    pages = tuple(_page(each, copies[each], by_asset.get(each, ()), rig.length) for each in wanted)
    shots = tuple((strip.first, strip.name) for strip in rig.strips) if isinstance(rig, Reel) else ()
    return Ledger(name, rig.rate, rig.length, pages, shots)


def lines(book: Ledger) -> Iterator[str]:
    """The ledger as lines of text: for each asset who has it when, row by row, idle time among them."""
    yield f"{book.name}: frames 0 to {book.length - 1}, {book.rate} a second"
    if not book.pages:
        yield "nothing in it is one of a kind: name an asset, or write copies = 1 in assets/registry.toml"
    for page in book.pages:
        yield ""
        yield _title(page, book)
        rows = [_HEADS, *_rows(page, book)]
        used = [column for column in range(len(_HEADS)) if any(row[column] for row in rows[1:])]
        widths = {column: max(len(row[column]) for row in rows) for column in used}
        for row in rows:
            yield ("  " + "  ".join(row[column].ljust(widths[column]) for column in used)).rstrip()


def as_json(book: Ledger) -> dict[str, Any]:
    """The same for programs: frames `first` to `last`, both included, `start` and `end` in seconds."""

    def span(first: int, end: int) -> dict[str, Any]:
        return {"first": first, "last": end - 1, "start": _second(first, book.rate), "end": _second(end, book.rate)}

    def hold(one: Hold) -> dict[str, Any]:
        shot = {"shot": one.key[0] + 1} if book.shots else {}
        return {**span(one.first, one.end), "holder": one.holder, **shot, "layer": _layer(one), "file": one.source,
                "carrier": one.carrier, "sheet": one.sheet}  # fmt: skip

    return {
        "name": book.name,
        "rate": str(book.rate),
        "length": book.length,
        "assets": [
            {
                "asset": page.asset,
                "copies": page.copies,
                "held": page.held,
                "holds": [hold(one) for one in page.holds],
                "idle": [span(*gap) for gap in page.idle],
                "handovers": [each._asdict() for each in page.handovers],
            }
            for page in book.pages
        ],
    }


def amount(copies: int | None) -> str:
    """How many there are, in words."""
    return "any number" if copies is None else "one of a kind" if copies == 1 else f"{copies} copies"


def seconds(frame: int, rate: Fraction) -> str:
    """A moment in seconds, to the hundredth."""
    return f"{_second(frame, rate):.2f}"


def _page(asset: str, copies: int | None, held: Sequence[Hold], length: int) -> Page:
    by_time = tuple(sorted(held, key=lambda hold: (hold.first, hold.end, hold.key)))
    given = () if copies is None else _handed(whole(by_time))
    changed = (each for hold in _pieces(by_time) for each in _changes(hold))
    handovers = sorted([*given, *changed], key=lambda each: each.frame)
    gaps = tuple(idle(by_time, length))
    return Page(asset, copies, by_time, length - sum(gap.end - gap.first for gap in gaps), gaps, tuple(handovers))


def _handed(wishes: Sequence[Hold]) -> Iterator[Handover]:
    """Each hold takes the copy that was let go last before it; the first ones take theirs from nobody."""
    running, free = list[tuple[int, int]](), list[str]()
    for place, wish in enumerate(wishes):
        while running and running[0][0] <= wish.first:
            free.append(wishes[heappop(running)[1]].holder)
        if free:
            yield Handover(wish.first, "holder", free.pop(), wish.holder)
        heappush(running, (wish.end, place))


def _pieces(held: Sequence[Hold]) -> Iterator[tuple[Hold, ...]]:
    for _, group in groupby(sorted(held, key=lambda hold: (hold.key, hold.first)), key=lambda hold: hold.key):
        yield tuple(group)


def _changes(held: Sequence[Hold]) -> Iterator[Handover]:
    """From carrier to carrier and from sheet to sheet, while one piece goes on holding."""
    for one, other in pairwise(held):
        if one.end == other.first and one.carrier != other.carrier:
            yield Handover(other.first, "carrier", one.carrier, other.carrier)
        if one.end == other.first and one.sheet != other.sheet:
            yield Handover(other.first, "sheet", one.sheet, other.sheet)


def _title(page: Page, book: Ledger) -> str:
    number = len(page.handovers)
    handed = "no handover" if not number else f"{number} handover{'s' if number > 1 else ''}"
    return f"{page.asset}, {amount(page.copies)}: held in {page.held} of {book.length} frames, {handed}"


def _rows(page: Page, book: Ledger) -> Iterator[tuple[str, ...]]:
    """One for each hold and each idle stretch, by time."""
    handed: dict[int, list[Handover]] = {}
    for each in page.handovers:
        handed.setdefault(each.frame, []).append(each)
    rows = [(hold.first, hold.end, hold) for hold in page.holds]
    for first, end, hold in sorted([*rows, *((*gap, None) for gap in page.idle)], key=lambda row: row[:2]):
        when = f"{first}-{end - 1}", f"{seconds(first, book.rate)}-{seconds(end, book.rate)}"
        if hold is None:
            yield *when, IDLE, "", "", ""
            continue
        shot = f"shot {hold.key[0] + 1}, " if book.shots else ""
        told = ", ".join(_told(each) for each in handed.get(first, ()) if each.after == getattr(hold, each.what))
        yield *when, shot + hold.holder, hold.sheet, hold.carrier or "", told


def _told(handover: Handover) -> str:
    if handover.what == "holder":
        return f"by {handover.before}"
    sheet = "sheet " if handover.what == "sheet" else ""
    return f"from {sheet}{handover.before or 'its own place'}"


def _layer(hold: Hold) -> int:
    return int(hold.loc[1]) + 1


def _second(frame: int, rate: Fraction) -> float:
    return round(float(frame / rate), 6)
