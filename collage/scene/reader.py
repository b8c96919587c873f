"""From text to `Scene` (being written). Interface:"""

from __future__ import annotations

from pathlib import Path

from collage.scene.model import Scene


def read(path: str | Path) -> Scene:
    """The scene of a file; SceneError with every finding."""
    raise NotImplementedError
