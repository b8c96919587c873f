"""From `Scene` to text (being written). Interface:"""

from __future__ import annotations

from collage.scene.model import Scene


def write(scene: Scene) -> str:
    """The scene as TOML, non-defaults only."""
    raise NotImplementedError
