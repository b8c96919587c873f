"""Which sheets of glass anything lies on, and what is laid there so that it mixes with those below."""

from __future__ import annotations

from collections.abc import Iterator

from collage.exposure.rig import Joint, Piece, Rig


def in_use(rig: Rig) -> tuple[int, ...]:
    """The sheets that some piece may be drawn on, counted from the lowest, in that order."""
    return tuple(sorted({sheet for piece in _drawn(rig) for sheet in _homes(piece.joint)}))


def mixing(rig: Rig) -> tuple[tuple[Piece, int], ...]:
    """The pieces that are laid by a blend of their own straight on a sheet, each with that sheet, in the file's order.
    What a group or a nested scene does within itself stays there."""
    found = {(piece.layer, sheet): piece for piece in reversed(_drawn(rig)) for sheet in _blended(piece)}
    return tuple((piece, sheet) for (_, sheet), piece in sorted(found.items(), key=lambda one: one[0]))


def _drawn(rig: Rig) -> list[Piece]:
    """All but those that others are seen through, and those put aside for good."""
    return [
        piece for piece in rig.pieces if not piece.source and (piece.hiding or not all(piece.hidden.values()))
    ]  # fmt: skip


def _blended(piece: Piece) -> Iterator[int]:
    return _homes(piece.joint) if piece.blend != "normal" else iter(())


def _homes(joint: Joint) -> Iterator[int]:
    """The sheets that a joint may be drawn on by itself: whoever carries it, along every way that has no group.

    As `Stage.home` has it: the first on its way up that names a sheet, else the lowest.
    """
    waiting: list[tuple[Joint, int | None]] = [(joint, None)]
    known = set(waiting)
    for carrier, named in waiting:  # grows by who carries these
        if carrier.group and carrier is not joint:
            continue
        for sheet in set(carrier.sheet.values()) if named is None else {named}:
            for link in set(carrier.parent.values()):
                if link is None:
                    yield sheet or 0
                elif (link.joint, sheet) not in known:
                    known.add((link.joint, sheet))
                    waiting.append((link.joint, sheet))
