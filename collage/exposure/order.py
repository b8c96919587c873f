"""Painter's order: which of the pieces that are drawn in one place lies over which."""

from __future__ import annotations

from collage.exposure.rig import ORDER, Joint, Piece
from collage.exposure.stage import Stage


def painted(stage: Stage, here: list[Piece]) -> list[Piece]:
    """From the bottom up: by sheet, order, place in the file, copy; then those that slip under."""
    if not stage.rig.slipping:
        return _in_order(stage, here)
    slipped: dict[int, list[Piece]] = {}
    seen, waiting, free = {piece.joint.index for piece in here}, list(here), list[Piece]()
    known = set(seen)
    for piece in waiting:  # grows by those that are not seen themselves, but that others lie behind
        target = stage.under(piece)
        if target is None or not _together_with(stage, piece, target):
            free.append(piece)
            continue
        if target.index not in known:
            known.add(target.index)
            waiting.append(stage.rig.pieces[target.index])
        slipped.setdefault(target.index, []).append(piece)
    found = _slipped_under(_in_order(stage, free), {t: _in_order(stage, s) for t, s in slipped.items()})
    return [piece for piece in found if piece.joint.index in seen]


def _in_order(stage: Stage, pieces: list[Piece]) -> list[Piece]:
    if len(pieces) < 2:
        return pieces
    rows = [(stage.home(piece.joint), stage.pose(piece.joint)[ORDER], piece.joint.index, piece) for piece in pieces]
    rows.sort()
    return [row[3] for row in rows]


def _together_with(stage: Stage, piece: Piece, target: Joint) -> bool:
    """Whether two are drawn in one place: on one sheet and inside one group, or none."""
    if stage.home(piece.joint) != stage.home(target):
        return False
    return not stage.rig.groups or stage.host(piece.joint) is stage.host(target)


def _slipped_under(free: list[Piece], slipped: dict[int, list[Piece]]) -> list[Piece]:
    """Those that slip under a piece right before it. A ring, which a hidden hook can bring about, lies on top."""
    found, waiting = [], free[::-1]
    while waiting:
        under = slipped.pop(waiting[-1].joint.index, None)
        if under:
            waiting += reversed(under)
        else:
            found.append(waiting.pop())
    return found + [piece for under in slipped.values() for piece in under]
