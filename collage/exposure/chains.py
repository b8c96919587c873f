"""Who carries whom, and who lies behind whom: no ring, no endless chain, at any frame that keys can bring about.

A ring that comes about at a frame holds a part that changes hands at that frame, so it is enough to follow each part's
chain from its own changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from collage.errors import Loc
from collage.exposure.expose import home
from collage.exposure.problems import Problem, Problems
from collage.exposure.rig import DEEPEST, Discrete, Joint, Piece, Rig


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
        chain, seen = [joint], {id(joint)}
        while (name := chain[-1].held_by(frame)[0]) and len(chain) <= DEEPEST:
            parent = rig.joints[name]
            if id(parent) in seen:
                ring = " in ".join(f'"{other.name}"' for other in (*chain, parent))
                yield Problem(place, f"frame {frame}: {ring}: a piece can't carry itself; change one of the parents")
                return
            chain.append(parent)
            seen.add(id(parent))
        if len(chain) > DEEPEST:
            yield Problem(place, f"more than {DEEPEST} parents, one carrying the next: hang it higher up")
            return


def _covered(rig: Rig, by_name: dict[str, Piece], loc: Loc, piece: Piece) -> Iterator[Problem]:
    for place, frame in _changes(loc, "behind", piece.behind):
        chain, seen = [piece], {id(piece)}
        while (name := chain[-1].behind.at(frame)) and len(chain) <= DEEPEST:
            over = by_name[str(name)]
            sheets = home(rig, chain[-1].joint, frame), home(rig, over.joint, frame)
            if sheets[0] != sheets[1] and len(chain) == 1:
                words = f'"{over.label}" lies on the sheet "{sheets[1]}", this on "{sheets[0]}"'
                yield Problem(place, f"frame {frame}: {words}: behind slips under a layer of the same sheet")
                return
            if id(over) in seen:
                ring = " behind ".join(f'"{other.label}"' for other in (*chain, over))
                yield Problem(place, f"frame {frame}: {ring}: pieces can't lie behind one another in a ring")
                return
            chain.append(over)
            seen.add(id(over))
        if len(chain) > DEEPEST:
            yield Problem(place, f"more than {DEEPEST} layers, one behind the next: use order")
            return


def _changes(loc: Loc, field: str, channel: Discrete) -> Iterator[tuple[Loc, int]]:
    """Where each value of a discrete channel is written, and a frame at which it holds."""
    if channel.steps is None:
        yield (*loc, field), 0
        return
    for index, frame in enumerate(channel.steps.frames):
        yield (*loc, "keys", field, "keys", index, "value"), max(channel.steps.start + frame, 0)
