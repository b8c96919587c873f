"""Who holds which asset from when to when, through groups and nested scenes to any depth.

A layer holds its asset for every frame of its span while neither it nor the group it is drawn inside is hidden or over;
opacity, place and drawing make no difference. What a nested scene holds is held while that scene shows those frames of
its own. Nothing is walked frame by frame but what may change at any frame: a formula, keys between the first and the
last, and there only by exposures.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from collage.errors import CollageError, Loc
from collage.exposure.clocks import NestedClock
from collage.exposure.rig import Discrete, Joint, Nested, Piece, Rig
from collage.exposure.stage import Stage
from collage.timing import Span

MOST_STEPS = 300_000
"""So many frames at which something may change are looked at for one ledger: some seconds of work, and on twos seven
hours of a nested scene whose keys never rest. Still stretches cost nothing."""


class Hold(NamedTuple):
    """Frames [first, end) in which one piece holds an asset, carried by one thing on one sheet.

    holder: its name, with those of the scenes around it ("bath/splash").  loc and source: its place in its own file,
    and that file from the project's root, "" for a scene that has none.  key: which piece of the scene, which piece
    inside that, and on; in a film the shot comes first.
    """

    asset: str
    first: int
    end: int
    holder: str
    loc: Loc
    source: str
    carrier: str | None
    sheet: str
    key: tuple[int, ...]


class Walk:
    """How many steps are left."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def take(self, steps: int, who: str) -> None:
        """CollageError where it is too much."""
        self._left -= steps
        if self._left < 0:
            raise CollageError(
                f'the ledger can\'t follow "{who}", which may change at more than {MOST_STEPS} frames: end it by out, '
                "loop it in fewer rounds, or write photostat = true on what it shows"
            )


def holds(rig: Rig, assets: Collection[str] | None = None, walk: Walk | None = None) -> list[Hold]:
    """All holds of a scene and of those in it, by asset and then by time; by default of what has `copies`.

    CollageError for what changes at too many frames to follow.
    """
    walk, stage = walk or Walk(), Stage(rig, 0)
    wanted = limited(rig) if assets is None else assets
    found = [
        hold
        for piece, name in zip(rig.pieces, _names(rig), strict=True)
        for hold in _of_piece(stage, piece, name, wanted, walk)
    ]
    return sorted(found, key=lambda hold: (hold.asset, hold.first, hold.end, hold.key))


def limited(rig: Rig) -> tuple[str, ...]:
    """The assets that a scene shows, and those in it, of which there are only so many."""
    return tuple(sorted(name for name, copies in rig.assets.items() if copies is not None))


def _names(rig: Rig) -> Iterator[str]:
    """What the ledger calls each piece: copies of one layer are counted."""
    sizes = Counter(piece.layer for piece in rig.pieces)
    firsts = {piece.layer: piece.joint.index for piece in reversed(rig.pieces)}
    for piece in rig.pieces:
        number = f".{piece.joint.index - firsts[piece.layer]}" if sizes[piece.layer] > 1 else ""
        yield f"{piece.label}{number}"


def _of_piece(stage: Stage, piece: Piece, name: str, wanted: Collection[str], walk: Walk) -> Iterator[Hold]:
    if piece.asset is not None and piece.asset in wanted:
        loc, source = ("layer", piece.layer, "asset"), stage.rig.source
        for span, carrier, sheet in laid(stage, piece, walk):
            yield Hold(piece.asset, *span, name, loc, source, carrier, sheet, (piece.joint.index,))
    if isinstance(piece.content, Nested) and not piece.content.rig.assets.keys().isdisjoint(wanted):
        yield from _of_nested(stage, piece, name, wanted, walk)


def _of_nested(stage: Stage, piece: Piece, name: str, wanted: Collection[str], walk: Walk) -> Iterator[Hold]:
    """What a nested scene holds, in the frames of the scene around it."""
    content = piece.content
    assert isinstance(content, Nested)
    inner = holds(content.rig, wanted, walk)
    cuts = sorted({0, content.rig.length, *(hold.first for hold in inner), *(hold.end for hold in inner)})
    cells: list[list[int]] = [[] for _ in cuts]
    for number, hold in enumerate(inner):
        for cell in range(bisect_right(cuts, hold.first) - 1, bisect_right(cuts, hold.end - 1)):
            cells[cell].append(number)
    runs = dict[int, Span]()
    for span, _, _ in laid(stage, piece, walk):
        for (first, end), cell in _stretches(piece, content.clock, span, cuts, walk):
            walk.take(len(cells[cell]), name)
            for number in cells[cell]:
                run = runs.get(number)
                if run is not None and run.end < first:
                    yield _around_it(inner[number], run, name, piece)
                runs[number] = Span(run.first if run is not None and run.end == first else first, end)
    for number, run in runs.items():
        yield _around_it(inner[number], run, name, piece)


def _around_it(inner: Hold, span: Span, name: str, piece: Piece) -> Hold:
    first, end = span
    return inner._replace(first=first, end=end, holder=f"{name}/{inner.holder}", key=(piece.joint.index, *inner.key))


def laid(stage: Stage, piece: Piece, walk: Walk) -> Iterator[tuple[Span, str | None, str]]:
    """The spans in which a piece is there, with what carries it and the sheet it lies on."""
    span, rig = piece.span, stage.rig
    cuts = {*span}
    for joint in _kin(rig, piece.joint):
        owner = rig.pieces[joint.index] if joint.index < len(rig.pieces) else None
        if owner is not None and (owner is piece or joint.group):
            cuts.update(_flips(owner, span, walk))
        for channel in (joint.parent, joint.sheet):
            cuts.update(_changes(channel, joint, span, walk))
    run: tuple[Span, str | None, str] | None = None
    for first, end in pairwise(sorted(cuts)):
        stage.frame = first  # it is asked only who carries whom, of which it keeps nothing
        if not stage.there(piece):
            continue
        link = stage.link(piece.joint)
        how = link.written if link else None, rig.sheets[stage.home(piece.joint)].name
        if run is not None and run[0].end == first and run[1:] == how:
            run = Span(run[0].first, end), *how
            continue
        if run is not None:
            yield run
        run = Span(first, end), *how
    if run is not None:
        yield run


def _kin(rig: Rig, joint: Joint) -> list[Joint]:
    """Whoever can have a say in where a joint lies: itself, and all that ever carry it."""
    found = {joint.index: joint}
    waiting = [joint] if rig.groups or joint.home is None else []
    while waiting:
        for link in waiting.pop().parent.values():
            if link is not None and link.joint.index not in found:
                found[link.joint.index] = link.joint
                waiting.append(link.joint)
    return list(found.values())


def _flips(piece: Piece, span: Span, walk: Walk) -> Iterator[int]:
    """The frames within a span at which a piece may come or go."""
    yield from (frame for frame in piece.span if span.first < frame < span.end)
    if piece.hiding is None:
        yield from _changes(piece.hidden, piece.joint, span, walk)
        return
    first, end = max(span.first, piece.span.first), min(span.end, piece.span.end)
    walk.take(max(end - first, 0), piece.label)
    gone = False
    for frame in range(first, end):
        before, gone = gone, piece.gone(frame)
        if before != gone:
            yield frame


def _changes(channel: Discrete[Any], joint: Joint, span: Span, walk: Walk) -> Iterable[int]:
    """The frames within a span at which a discrete channel may change."""
    steps, delay = channel.steps, joint.delay
    if steps is None:
        return ()
    if steps.loop is None:
        return (frame + delay for frame in steps.frames if span.first < frame + delay < span.end)
    start, frames = steps.start + delay, (0, *steps.frames)
    rounds = range(max(math.floor((span.first - start) / steps.loop), 0), math.ceil((span.end - start) / steps.loop))
    walk.take(min(len(rounds) * len(frames), span.end - span.first), joint.label)
    if len(rounds) * len(frames) >= span.end - span.first:
        return range(span.first + 1, span.end)
    all_of_them = (start + math.ceil(turn * steps.loop + frame) for turn in rounds for frame in frames)
    return (frame for frame in all_of_them if span.first < frame < span.end)


def _stretches(piece: Piece, clock: NestedClock, span: Span, cuts: list[int], walk: Walk) -> Iterator[tuple[Span, int]]:
    """A span in stretches during which the inner frame stays between the same two cuts, and which those are."""
    joint, last = piece.joint, None
    frames = [] if len(cuts) < 3 else sorted({*_candidates(joint, clock, span, cuts, walk)})
    first = span.first
    for frame in (span.first, *frames):
        number = frame // joint.on
        inner = clock.at(frame - joint.delay, number * joint.on - joint.delay, number)
        cell = bisect_right(cuts, inner) - 1
        if last is not None and cell != last:
            yield Span(first, frame), last
            first = frame
        last = cell
    assert last is not None
    yield Span(first, span.end), last


def _candidates(joint: Joint, clock: NestedClock, span: Span, cuts: list[int], walk: Walk) -> Iterator[int]:
    """The frames within a span at which the inner frame may pass a cut: rather too many than too few."""
    delay, (first, end) = joint.delay, span
    if clock.curve is None and clock.formula is None:
        found: Iterable[int] = _passes(clock, Span(first - delay, end - delay), cuts, joint.label, walk)
        yield from (frame + delay for frame in found if first < frame + delay < end)
        return
    if clock.formula is None and clock.keyed is not None:  # before and after its keys it rests
        first, end = max(first, clock.keyed.first + delay), min(end, clock.keyed.end + delay + joint.on)
    steps = range(first - first % joint.on, end, joint.on)
    walk.take(len(steps), joint.label)
    yield from (frame for frame in steps if span.first < frame < span.end)


def _passes(clock: NestedClock, span: Span, cuts: list[int], who: str, walk: Walk) -> Iterable[int]:
    """The frames, on the layer's own clock, around which a clock that just runs passes a cut or begins a round."""
    if clock.speed == 0:
        return ()
    around = Fraction(clock.length) if clock.loop == 0 else clock.loop
    ends = sorted(clock.start + clock.speed * (frame - clock.first) for frame in span)
    targets = {Fraction(target) for cut in cuts for target in (cut - 1, cut)} | {clock.start}
    rounds = range(1)
    if around is not None:
        spread = max(abs(target - clock.start) for target in targets)
        rounds = range(math.floor((ends[0] - clock.start - spread) / around) - 1,
                       math.ceil((ends[1] - clock.start + spread) / around) + 2)  # fmt: skip
    if 3 * len(rounds) * len(targets) >= span.end - span.first:
        walk.take(span.end - span.first, who)
        return range(*span)
    walk.take(3 * len(rounds) * len(targets), who)
    return _near(clock, targets, rounds, around or Fraction(0))


def _near(clock: NestedClock, targets: Iterable[Fraction], rounds: range, around: Fraction) -> Iterator[int]:
    for target in targets:
        for number in rounds:
            exact = clock.first + (target + number * around - clock.start) / clock.speed
            yield from (math.floor(exact), math.floor(exact) + 1, math.floor(exact) + 2)
