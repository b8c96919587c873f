"""Moves that aim at other pieces: what they need is known to no piece alone, so here they are only named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collage.motion.moves.kinds import Aims, Facts


def aim(facts: Facts, values: Mapping[str, Any]) -> Aims:
    """Follow, look-at and reach, for whoever knows where all pieces are."""
    return Aims()
