"""Whose a cel is: the piece that each was made of, for whoever points at a picture and asks what lies there.

Cels know only what messages call their layer. A frame that is exposed for somebody who asks is told beside its cels;
all others are exposed as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collage.exposure.cel import Cel
    from collage.exposure.rig import Piece
    from collage.exposure.stage import Stage


class Owner(NamedTuple):
    """A piece, on the stage that its cel was made on. A group owns the cel of all its members, if it has one."""

    cel: Cel
    stage: Stage
    piece: Piece


Whose = dict[int, Owner]
"""By the `id` of each cel, which stays its own since the owner keeps it."""


def told(cel: Cel, stage: Stage, piece: Piece) -> Cel:
    """The cel, noted if the stage is asked."""
    if stage.whose is not None:
        stage.whose[id(cel)] = Owner(cel, stage, piece)
    return cel
