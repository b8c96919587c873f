from __future__ import annotations

from collage.errors import Loc
from collage.scene.model import Scene


def problems(scene: Scene) -> list[tuple[Loc, str]]:
    return []
