"""Cut-out collage animation: a scene file becomes a playing window and a folder of frames.

`open` gives a scene ready to be pictured; `Scene`, `Layer`, `Peg` and `Sheet` build one in Python; `write` turns it
into TOML; `motion` marks a move of a project's own in its `motions.py`. Nothing heavy loads until a name is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collage.errors import CollageError
    from collage.motion.scripts import motion
    from collage.scene.model import Film, Layer, Peg, Scene, Sheet, Shot
    from collage.scene.reader import read
    from collage.scene.writer import write
    from collage.stand import Stand, open

__version__ = "0.1.0"

_HOMES = {
    "CollageError": "collage.errors",
    "Film": "collage.scene.model",
    "Layer": "collage.scene.model",
    "Peg": "collage.scene.model",
    "Scene": "collage.scene.model",
    "Sheet": "collage.scene.model",
    "Shot": "collage.scene.model",
    "Stand": "collage.stand",
    "motion": "collage.motion.scripts",
    "open": "collage.stand",
    "read": "collage.scene.reader",
    "write": "collage.scene.writer",
}

__all__ = ["CollageError", "Film", "Layer", "Peg", "Scene", "Sheet", "Shot", "Stand", "motion", "open", "read", "write"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'collage' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
