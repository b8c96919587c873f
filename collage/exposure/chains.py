"""Who carries whom, and who lies behind whom: no ring, no endless chain, at any frame that keys can bring about.

A ring that comes about at a frame holds a part that changes hands at that frame, so it is enough to follow each part's
chain from its own changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from collage.errors import Loc
from collage.exposure.expose import home
from collage.exposure.problems import Problem, Problems
from collage.exposure.rig import DEEPEST, Discrete, Joint, Piece, Rig

Part = TypeVar("Part")


def check_chains(rig: Rig, pegs: tuple[Joint, ...], problems: Problems) -> None:
    """A problem for the first chain of parents, and the first of `behind`, that leads back to itself or never ends."""
    joints: list[tuple[Loc, Joint]] = [(("peg", index), joint) for index, joint in enumerate(pegs)]
    joints += [(("layer", index), piece.joint) for index, piece in enumerate(rig.pieces)]
    problems.extend(next(([found] for loc, joint in joints for found in _carried(rig, loc, joint)), []))
    by_name = {piece.joint.name: piece for piece in rig.pieces if piece.joint.name}
    pieces = enumerate(rig.pieces)
    problems.extend(next(([found] for i, piece in pieces for found in _covered(rig, by_name, ("layer", i), piece)), []))


def _carried(rig: Rig, loc: Loc, joint: Joint) -> Iterator[Problem]:
    for place, frame in _changes(loc, "parent", joint.parent):
        chain = _followed(joint, lambda part, at=frame: rig.joints.get(part.held_by(at)[0]))  # type: ignore[misc]
        if len(chain) > DEEPEST:
            yield Problem(place, f"more than {DEEPEST} parents, one carrying the next: hang it higher up")
        elif chain[-1] in chain[:-1]:
            ring = " in ".join(f'"{part.name}"' for part in chain)
            yield Problem(place, f"frame {frame}: {ring}: a piece can't carry itself; change one of the parents")


def _covered(rig: Rig, by_name: Mapping[str, Piece], loc: Loc, piece: Piece) -> Iterator[Problem]:
    for place, frame in _changes(loc, "behind", piece.behind):
        chain = _followed(piece, lambda part, at=frame: by_name.get(str(part.behind.at(at) or "")))  # type: ignore[misc]
        sheets = [home(rig, part.joint, frame) for part in chain[:2]]
        if len(chain) > DEEPEST:
            yield Problem(place, f"more than {DEEPEST} layers, one behind the next: use order")
        elif sheets[0] != sheets[-1]:
            words = f'"{chain[1].label}" lies on the sheet "{sheets[1]}", this on "{sheets[0]}"'
            yield Problem(place, f"frame {frame}: {words}: behind slips under a layer of the same sheet")
        elif len(chain) > 1 and chain[-1] in chain[:-1]:
            ring = " behind ".join(f'"{part.label}"' for part in chain)
            yield Problem(place, f"frame {frame}: {ring}: pieces can't lie behind one another in a ring")


def _followed(start: Part, onward: Callable[[Part], Part | None]) -> list[Part]:
    """The chain from a part to its end, to the first part met twice, or to one more than is allowed."""
    chain, met = [start], {id(start)}
    while len(chain) <= DEEPEST and (part := onward(chain[-1])) is not None:
        chain.append(part)
        if id(part) in met:
            break
        met.add(id(part))
    return chain


def _changes(loc: Loc, field: str, channel: Discrete) -> Iterator[tuple[Loc, int]]:
    """Where each value of a discrete channel is written, and a frame at which it holds."""
    if channel.steps is None:
        yield (*loc, field), 0
        return
    for index, frame in enumerate(channel.steps.frames):
        yield (*loc, "keys", field, "keys", index, "value"), max(channel.steps.start + frame, 0)
