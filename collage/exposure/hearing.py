"""The sound that moves and formulas listen to: read when first asked, since most scenes only play it."""

from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path

from collage.errors import AssetError
from collage.registry.catalogue import Catalogue
from collage.scene.model import Scene
from collage.timing import Clock


class Hearing:
    """The level of a scene's music at a frame of the scene, 0 to 1. Safe to ask from several threads."""

    def __init__(self, path: Path, offset: Fraction, rate: Fraction, frames: int, gain: float) -> None:
        self._asked = (path, offset, rate, frames, gain)
        self._lock = threading.Lock()
        self._levels: tuple[float, ...] | None = None

    def __call__(self, frame: float) -> float:
        from collage.sound.levels import Level

        return Level(self._heard()).at(frame)

    def _heard(self) -> tuple[float, ...]:
        with self._lock:
            if self._levels is None:
                from collage.sound.decode import read_sound
                from collage.sound.levels import levels

                path, offset, rate, frames, gain = self._asked
                self._levels = levels(read_sound(path), offset, rate, frames, gain)
            return self._levels


def level_of(scene: Scene, catalogue: Catalogue, clock: Clock, length: int) -> Hearing | None:
    """None without music. AssetError for a path that leaves the project or where no file is."""
    if scene.sound is None or scene.sound.file is None:
        return None
    path = catalogue.inside(scene.sound.file)
    if not path.is_file():
        raise AssetError(f'no sound at "{scene.sound.file}": paths start at the project\'s root')
    offset = clock.length(scene.sound.offset) / clock.rate
    return Hearing(path, offset, clock.rate, length, float(scene.sound.gain))
