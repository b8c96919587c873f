"""The sounds of a scene or a film: found, given their moments, and, for moves and formulas that listen, their level.

They are read when first asked for, since most scenes only play them.
"""

from __future__ import annotations

import threading
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from collage.errors import AssetError
from collage.exposure.problems import Problems
from collage.registry.catalogue import Catalogue
from collage.registry.noting import Stamp, stamp
from collage.scene.model import Film, Scene
from collage.sound.mix import Voice
from collage.timing import Clock


class Score(NamedTuple):
    """What a scene or a film itself brings to be heard, in its own seconds: its music, and its effects."""

    music: Voice | None = None
    effects: tuple[Voice, ...] = ()

    @property
    def voices(self) -> tuple[Voice, ...]:
        return self.effects if self.music is None else (self.music, *self.effects)


SILENCE = Score()
"""Of most scenes."""


class Hearing:
    """The level of a scene's sounds at a frame of the scene, 0 to 1. Safe to ask from several threads."""

    def __init__(self, score: Score, rate: Fraction, frames: int) -> None:
        self.score, self._rate, self._frames = score, rate, frames
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
                    _levels(voice.path, stamp(voice.path), voice.offset, self._rate, self._frames, voice.gain)
                    for voice in self.score.voices
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
    found = score(scene, catalogue, clock, length, problems)
    return Hearing(found, clock.rate, length) if found.voices else None


def score(whole: Scene | Film, catalogue: Catalogue, clock: Clock, length: int, problems: Problems) -> Score:
    """What [sound] and [[effect]] of a scene or a film of so many frames say. Problems as of `hearing`."""
    music, end = None, length / clock.rate
    if whole.sound is not None and whole.sound.file is not None:
        with problems.at("sound", "file"):
            path = sound_file(catalogue, whole.sound.file)
            offset = clock.length(whole.sound.offset) / clock.rate
            music = Voice(path, offset, float(whole.sound.gain), Fraction(0), end)
    effects = list[Voice]()
    for index, effect in enumerate(whole.effect):
        at = 0
        with problems.at("effect", index, "at"):
            at = clock.moment(effect.at)
        with problems.at("effect", index, "file"):
            path = sound_file(catalogue, effect.file)
            effects.append(Voice(path, -at / clock.rate, float(effect.gain), Fraction(0), end))
    return Score(music, tuple(effects))


def sound_file(catalogue: Catalogue, written: str) -> Path:
    """The real file of a sound. AssetError for a path that leaves the project or where no file is."""
    path = catalogue.inside(written)
    if not path.is_file():
        raise AssetError(f'no sound at "{written}": paths start at the project\'s root')
    return path
