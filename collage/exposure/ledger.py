"""The ledger of what there are only so many of: at any frame no more pieces hold it than there are copies.

`collage.exposure.holding` says who holds what; here that is compared. `photostat` declares a deliberate copy.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from collage.exposure.bench import Bench
from collage.exposure.holding import Hold, holds, limited
from collage.exposure.problems import Problem, Problems
from collage.exposure.rig import Nested, Rig
from collage.timing import Span

MOST_TOLD = 20
"""Breaches of one asset: each is cured by hand, and the next then shows."""


class Breach(NamedTuple):
    """Someone wants an asset while all its copies are held.

    has: the hold that ends first of those in the way.  wants: the whole of the wish, from its first frame to its last.
    free: where the wish would fit, nearest to where it is; where it fits nowhere, the nearest shorter stretch, and
    None if there is none at all.
    """

    has: Hold
    wants: Hold
    free: Span | None


def enter(bench: Bench, rig: Rig) -> None:
    """Write into a rig, whose nested scenes are bound, what its pieces hold, and which file it is."""
    assets: dict[str, int | None] = {}
    for piece in rig.pieces:
        layer = bench.scene.layer[piece.layer]
        if layer.asset is not None and not layer.photostat:
            piece.asset = layer.asset
            assets[layer.asset] = bench.library.catalogue.asset(layer.asset).copies
        elif isinstance(piece.content, Nested):
            assets.update(piece.content.rig.assets)
    rig.assets = assets
    rig.worn = frozenset(_worn(rig))
    root = bench.library.catalogue.root.resolve()
    if bench.above and bench.above[-1].is_relative_to(root):
        rig.source = Path(bench.above[-1]).relative_to(root).as_posix()


def _worn(rig: Rig) -> Iterator[str]:
    """What is one of a kind and shows by its edge how often it was handed on."""
    for piece in rig.pieces:
        if isinstance(piece.content, Nested):
            yield from piece.content.rig.worn
        elif piece.asset is not None and rig.assets[piece.asset] == 1 and piece.cut is not None and piece.cut.wears:
            yield piece.asset


def count_handovers(rig: Rig, problems: Problems) -> None:
    """Keep in a rig when what shows its wear is handed on. A problem where that can't be followed."""
    with problems.at("layer", next(piece.layer for piece in rig.pieces if _shows(rig, piece.joint.index, rig.worn))):
        rig.lines = begun(holds(rig, rig.worn))


def begun(held: Sequence[Hold]) -> dict[str, tuple[int, ...]]:
    """The frames at which the lines of each asset's ledger begin, of holds in their order."""
    return {
        asset: tuple(sorted(hold.first for hold in group)) for asset, group in groupby(held, attrgetter("asset"))
    }  # fmt: skip


def handed_on(lines: Mapping[str, tuple[int, ...]], frame: int) -> dict[str, int]:
    """How often each asset has been handed on at a frame: its lines so far, but for the first."""
    return {asset: max(bisect_right(firsts, frame) - 1, 0) for asset, firsts in lines.items()}


def check_copies(rig: Rig, problems: Problems) -> None:
    """A problem for each layer that wants an asset while all its copies are held by others, here or in nested scenes;
    those within one nested scene it has told already."""
    wanted = {name for name in limited(rig) if _contested(rig, name)}
    if not wanted:
        return
    with problems.at("layer", next(piece.layer for piece in rig.pieces if _shows(rig, piece.joint.index, wanted))):
        found = holds(rig, wanted)
        for name, copies in _copies(rig, wanted):
            told = set()
            for breach in breaches([hold for hold in found if hold.asset == name], copies, rig.length):
                piece = rig.pieces[breach.wants.key[0]]
                loc = ("layer", piece.layer, "scene" if isinstance(piece.content, Nested) else "asset")
                if loc not in told:
                    told.add(loc)
                    problems.append(Problem(loc, in_words(breach, copies, "the scene")))


def breaches(held: Sequence[Hold], copies: int, length: int) -> list[Breach]:
    """Every wish that is in the way of another, of holds of one asset in a timeline of so many frames: at most
    `MOST_TOLD`. A hold that is handed from carrier to carrier is one."""
    wishes, taken, found = whole(held), list[tuple[int, int]](), list[Breach]()
    for place, wish in enumerate(wishes):
        while taken and taken[0][0] <= wish.first:
            heappop(taken)
        if len(taken) < copies:
            heappush(taken, (wish.end, place))
            continue
        if len(found) == MOST_TOLD:
            break
        others = [hold for hold in wishes if hold.key != wish.key]
        found.append(Breach(wishes[taken[0][1]], wish, _nearest(wish, _gaps(others, copies, length))))
    return found


def whole(held: Sequence[Hold]) -> list[Hold]:
    """The holds by time, those of one piece that follow each other without a gap made one."""
    found: list[Hold] = []
    for hold in sorted(held, key=lambda hold: (hold.key, hold.first)):
        if found and found[-1].key == hold.key and found[-1].end == hold.first:
            found[-1] = found[-1]._replace(end=hold.end)
        else:
            found.append(hold)
    return sorted(found, key=attrgetter("first", "end", "key"))


def idle(held: Sequence[Hold], length: int) -> list[Span]:
    """The spans in which nobody holds."""
    return _gaps(held, 1, length)


def in_words(breach: Breach, copies: int, where: str, *, of: str = "") -> str:
    """A breach as its message; `where` is "the scene" or "the film", `of` goes before frames: "film "."""
    has, wants, free = breach
    kind = "one of a kind" if copies == 1 else f"there {copies} times"
    files = {hold.source for hold in (has, wants)}
    first, other = (f" ({hold.source})" if len(files) > 1 and hold.source else "" for hold in (has, wants))
    return (
        f'"{wants.asset}" is {kind}: "{has.holder}"{first} has it in {of}frames {has.first} to {has.end - 1}, '
        f'"{wants.holder}"{other} wants it in {wants.first} to {wants.end - 1}; {_cure(wants, free, where)}, '
        "or write photostat = true for a deliberate copy"
    )


def _cure(wants: Hold, free: Span | None, where: str) -> str:
    if free is None:
        return f"it is free nowhere in {where}, so show it in fewer layers"
    if free.end - free.first >= wants.end - wants.first:
        return f"it is free for as long in {free.first} to {free.end - 1}"
    return f"it is free next in {free.first} to {free.end - 1} alone, so want it there, or let it go sooner"


def _contested(rig: Rig, name: str) -> bool:
    """Whether several of a scene's own layers want a thing; nested ones count as any number."""
    own, nested = 0, 0
    for piece in rig.pieces:
        own += piece.asset == name
        nested += isinstance(piece.content, Nested) and name in piece.content.rig.assets
    copies = rig.assets[name]
    return copies is not None and own + nested > 1 and (nested > 0 or own > copies)


def _shows(rig: Rig, index: int, wanted: Collection[str]) -> bool:
    piece = rig.pieces[index]
    inside = piece.content.rig.assets if isinstance(piece.content, Nested) else {}
    return piece.asset in wanted or any(name in wanted for name in inside)


def _copies(rig: Rig, wanted: Collection[str]) -> Iterator[tuple[str, int]]:
    for name in sorted(wanted):
        copies = rig.assets[name]
        if copies is not None:
            yield name, copies


def _gaps(held: Sequence[Hold], copies: int, length: int) -> list[Span]:
    """The spans in which fewer than so many hold."""
    events = sorted([(hold.first, 1) for hold in held] + [(hold.end, -1) for hold in held])
    gaps, count, since = list[Span](), 0, 0
    for frame, group in groupby(events, key=lambda event: event[0]):
        before, count = count, count + sum(step for _, step in group)
        if before < copies <= count and frame > since:
            gaps.append(Span(since, min(frame, length)))
        elif count < copies <= before:
            since = frame
    if count < copies and since < length:
        gaps.append(Span(since, length))
    return gaps


def _nearest(wish: Hold, gaps: Sequence[Span]) -> Span | None:
    """The place in a gap that is nearest to a wish, whole if any gap is long enough."""
    long = wish.end - wish.first
    fits = [gap for gap in gaps if gap.end - gap.first >= long]
    if not fits:
        return min(gaps, key=lambda gap: max(gap.first - wish.first, wish.first - gap.end, 0), default=None)
    firsts = (min(max(wish.first, gap.first), gap.end - long) for gap in fits)
    first = min(firsts, key=lambda first: abs(first - wish.first))
    return Span(first, first + long)
