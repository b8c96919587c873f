"""How frames are made, whichever they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["png", "exr"]
Depth = Literal[8, 16]


@dataclass(frozen=True, slots=True)
class Settings:
    """What each frame's file depends on beside the scene.

    scale: of the picture's sides.  kind: of the files.  depth: bits of a channel; an EXR has 16, in floats.
    small: packed as small as it goes, which takes longer.
    """

    scale: float = 1.0
    kind: Kind = "png"
    depth: Depth = 8
    small: bool = False
