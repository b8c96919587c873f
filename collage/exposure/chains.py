"""Who carries whom, who lies behind whom, who aims at whom: no ring, no endless chain, at any frame.

A ring of parents that comes about at a frame holds a part that changes hands at that frame, so it is enough to follow
each part's chain from its own changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from collage.errors import Loc
from collage.exposure.aiming import Aims
from collage.exposure.nesting import MOST_DEEP
from collage.exposure.parts import Made
from collage.exposure.problems import Problem, Problems
from collage.exposure.rig import DEEPEST, Discrete, Joint, Link, Nested, Piece, Rig
from collage.exposure.stage import Stage

Part = TypeVar("Part")
MOST_AIMS = 30
"""So many pieces, one aiming at the next, and no more."""
MOST_LAGS = 1000
"""So many moments that one pose may hang on, through followers of followers."""
MOST_STACKED = 500_000_000
"""Pixels of all the pictures that are open at once, one inside another: two gigabytes."""


def check_chains(rig: Rig, made: list[Made], problems: Problems) -> None:
    """A problem for the first chain of parents, and the first of `behind`, that leads back to itself or never ends."""
    parts = [one for one in made if one.joints]
    carried = (found for one in parts for found in _carried(one.loc, one.joints[0]))
    problems.extend(found for found in [next(carried, None)] if found)
    if not problems.fatal:
        deep = (found for one in parts if one.pieces for found in _deep(rig, one.loc, one.pieces[0]))
        problems.extend(found for found in [next(deep, None)] if found)
        covered = (found for one in parts if one.pieces for found in _covered(rig, one.loc, one.pieces[0]))
        problems.extend(found for found in [next(covered, None)] if found)


def check_aims(rig: Rig, aims: Aims, problems: Problems) -> None:
    """A problem for the first aim that waits for itself: what follows, looks at or reaches for a piece that, by parents
    or aims of its own, depends on it."""
    needs: dict[Joint, list[Joint]] = {}
    for aim, target in aims:
        if isinstance(target, Link):
            for joint in _moved(aim.joint, aim.do):
                needs.setdefault(joint, []).append(target.joint)
    for aim, target in aims:
        if not isinstance(target, Link):
            continue
        depth = max((_depth(target.joint, joint, needs) for joint in _moved(aim.joint, aim.do)), default=0)
        if depth:
            word = "to" if aim.do == "reach" else "layer"
            trouble = (
                f'"{target.written}" itself waits for "{aim.joint.label}": aim at something else'
                if depth > 0
                else f"more than {MOST_AIMS} pieces, one aiming at the next: make do with fewer"
            )
            problems.append(Problem((*aim.loc, word), trouble))
            return
    _check_lags(aims, problems)


def _check_lags(aims: Aims, problems: Problems) -> None:
    """A follower asks for another moment of its target, that for others of its own: what doubles each time must end."""
    asks: dict[Joint, list[Joint]] = {}
    for aim, target in aims:
        if isinstance(target, Link) and aim.do == "follow":
            asks.setdefault(aim.joint, []).append(target.joint)
    count: dict[Joint, int] = {}

    def moments(joint: Joint) -> int:
        """At most; parents count with what hangs on them. No chain is longer than MOST_AIMS."""
        if joint not in count:
            count[joint] = 1  # parents may go round in a ring over time
            carriers = [link.joint for link in joint.parent.values() if link is not None]
            count[joint] = 1 + sum(map(moments, asks.get(joint, ()))) + sum(moments(one) - 1 for one in carriers)
        return count[joint]

    for aim, _ in aims:
        if moments(aim.joint) > MOST_LAGS:
            many = f"more than {MOST_LAGS} moments to look up, as followers of followers have several targets each"
            problems.append(Problem(aim.loc, f"{many}: follow fewer"))
            return


def check_canvases(rig: Rig, problems: Problems) -> None:
    """A problem where pictures inside one another would take more memory than there may be."""
    width, height = rig.size
    if (rig.depth + 1) * width * height > MOST_STACKED:
        problems.append(Problem(
            ("scene", "size"),
            f"{rig.depth} groups and scenes inside one another, each {width} x {height}, take more than "
            f"{MOST_STACKED // 1_000_000} million pixels: make the canvas smaller, or put fewer inside one another",
        ))  # fmt: skip


def _moved(joint: Joint, do: str) -> list[Joint]:
    """The joints whose pose an aim decides: of an arm both bones too."""
    found = [joint]
    while do == "reach" and len(found) < 3 and (link := found[-1].parent.static) is not None:
        found.append(link.joint)
    return found


def _depth(start: Joint, wanted: Joint, needs: dict[Joint, list[Joint]]) -> int:
    """1 if `wanted` is among what `start` depends on, -1 if too many aims follow one another, else 0."""
    best: dict[Joint, int] = {start: 0}
    waiting = [start]
    while waiting:
        joint = waiting.pop()
        if joint is wanted:
            return 1
        if best[joint] > MOST_AIMS:
            return -1
        carriers = [(link.joint, 0) for link in joint.parent.values() if link is not None]
        for other, more in (*carriers, *((target, 1) for target in needs.get(joint, ()))):
            if best.get(other, -1) < best[joint] + more:
                best[other] = best[joint] + more
                waiting.append(other)
    return 0


def _carried(loc: Loc, joint: Joint) -> Iterator[Problem]:
    for place, frame in _changes(loc, "parent", joint.parent):
        chain = _followed(joint, lambda part, at=frame: _carrier(part, at))  # type: ignore[misc]
        if len(chain) > DEEPEST:
            yield Problem(place, f"more than {DEEPEST} parents, one carrying the next: hang it higher up")
        elif chain[-1] in chain[:-1]:
            ring = " in ".join(f'"{part.label}"' for part in chain)
            yield Problem(place, f"frame {frame}: {ring}: a piece can't carry itself; change one of the parents")


def _deep(rig: Rig, loc: Loc, piece: Piece) -> Iterator[Problem]:
    """A problem where a piece lies inside too many groups and shows too many scenes; what it comes to is kept."""
    inside = 1 + piece.content.rig.depth if isinstance(piece.content, Nested) else 0
    for place, frame in _changes(loc, "parent", piece.joint.parent):
        carriers = _followed(piece.joint, lambda part, at=frame: _carrier(part, at))  # type: ignore[misc]
        depth = inside + sum(carrier.group for carrier in carriers)
        rig.depth = max(rig.depth, depth)
        if depth > MOST_DEEP:
            yield Problem(place, f"more than {MOST_DEEP} groups and scenes inside one another: make do with fewer")


def _carrier(joint: Joint, frame: int) -> Joint | None:
    link = joint.parent.at(frame)
    return link.joint if link else None


def _covered(rig: Rig, loc: Loc, piece: Piece) -> Iterator[Problem]:
    for place, frame in _changes(loc, "behind", piece.behind):
        chain = _followed(piece, lambda part, at=frame: _cover(rig, part, at))  # type: ignore[misc]
        stage = Stage(rig, frame)
        sheets = [rig.sheets[stage.home(part.joint)].name for part in chain[:2]]
        if len(chain) > DEEPEST:
            yield Problem(place, f"more than {DEEPEST} layers, one behind the next: use order")
        elif sheets[0] != sheets[-1]:
            words = f'"{chain[1].label}" lies on the sheet "{sheets[1]}", this on "{sheets[0]}"'
            yield Problem(place, f"frame {frame}: {words}: behind slips under a layer of the same sheet")
        elif len(chain) > 1 and chain[-1] in chain[:-1]:
            ring = " behind ".join(f'"{part.label}"' for part in chain)
            yield Problem(place, f"frame {frame}: {ring}: pieces can't lie behind one another in a ring")
        elif len(chain) > 1 and stage.host(piece.joint) is not stage.host(chain[1].joint):
            yield Problem(
                place, f'frame {frame}: "{chain[1].label}" is not in the same group: behind slips under one that is'
            )


def _cover(rig: Rig, piece: Piece, frame: int) -> Piece | None:
    target = piece.behind.at(frame)
    return rig.pieces[target.index] if target else None


def _followed(start: Part, onward: Callable[[Part], Part | None]) -> list[Part]:
    """The chain from a part to its end, to the first part met twice, or to one more than is allowed."""
    chain, met = [start], {id(start)}
    while len(chain) <= DEEPEST and (part := onward(chain[-1])) is not None:
        chain.append(part)
        if id(part) in met:
            break
        met.add(id(part))
    return chain


def _changes(loc: Loc, field: str, channel: Discrete[Any]) -> Iterator[tuple[Loc, int]]:
    """Where each value of a discrete channel is written, and a frame at which it holds."""
    if channel.steps is None:
        yield (*loc, field), 0
        return
    for index, frame in enumerate(channel.changes()):
        yield (*loc, "keys", field, "keys", index, "value"), frame
