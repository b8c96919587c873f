"""The sounds that moves and formulas listen to, music and effects together: read when first asked, since most scenes
only play them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from collage.errors import AssetError
from collage.exposure.problems import Problems
from collage.registry.catalogue import Catalogue
from collage.registry.noting import Stamp, stamp
from collage.scene.model import Scene
from collage.timing import Clock


class Heard(NamedTuple):
    """A sound file, the second of it that frame 0 hears (below 0: it begins later), and its gain in dB."""

    path: Path
    offset: Fraction
    gain: float


class Hearing:
    """The level of a scene's sounds at a frame of the scene, 0 to 1. Safe to ask from several threads."""

    def __init__(self, sounds: tuple[Heard, ...], rate: Fraction, frames: int) -> None:
        self._sounds, self._rate, self._frames = sounds, rate, frames
        self._lock = threading.Lock()
        self._levels: tuple[float, ...] | None = None

    def __call__(self, frame: float) -> float:
        from collage.sound.levels import Level

        return Level(self._heard()).at(frame)

    def _heard(self) -> tuple[float, ...]:
        from collage.sound.levels import together

        with self._lock:
            if self._levels is None:
                self._levels = together([
                    _levels(path, stamp(path), offset, self._rate, self._frames, gain)
                    for path, offset, gain in self._sounds
                ])  # fmt: skip
            return self._levels


@lru_cache(maxsize=32)
def _levels(
    path: Path, as_it_is: Stamp | None, offset: Fraction, rate: Fraction, frames: int, gain: float
) -> tuple[float, ...]:
    """Of one sound, which a player that opens its scene anew at each save need not read again."""
    from collage.sound.decode import read_sound
    from collage.sound.levels import levels

    return levels(read_sound(path), offset, rate, frames, gain)


def hearing(scene: Scene, catalogue: Catalogue, clock: Clock, length: int, problems: Problems) -> Hearing | None:
    """None where nothing sounds. A problem for a path that leaves the project, or where no file is."""
    found = tuple(_sounds(scene, catalogue, clock, problems))
    return Hearing(found, clock.rate, length) if found else None


def sound_file(catalogue: Catalogue, written: str) -> Path:
    """The real file of a sound. AssetError for a path that leaves the project or where no file is."""
    path = catalogue.inside(written)
    if not path.is_file():
        raise AssetError(f'no sound at "{written}": paths start at the project\'s root')
    return path


def _sounds(scene: Scene, catalogue: Catalogue, clock: Clock, problems: Problems) -> Iterator[Heard]:
    music = scene.sound
    if music is not None and music.file is not None:
        with problems.at("sound", "file"):
            path = sound_file(catalogue, music.file)
            yield Heard(path, clock.length(music.offset) / clock.rate, float(music.gain))
    for index, effect in enumerate(scene.effect):
        at = 0
        with problems.at("effect", index, "at"):
            at = clock.moment(effect.at)
        with problems.at("effect", index, "file"):
            yield Heard(sound_file(catalogue, effect.file), -Fraction(at) / clock.rate, float(effect.gain))
