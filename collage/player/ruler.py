"""What lies along a stand's time: its cues, keys and shots, its sound, and who has what is one of a kind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError
from collage.exposure.film import Reel, film_holds
from collage.exposure.holding import holds
from collage.player.moments import Moments

if TYPE_CHECKING:
    from collage.stand import Stand

FINENESS = 2400
"""Into so many pieces a sound is cut to be drawn: more than a window has pixels, mostly."""


class Stretch(NamedTuple):
    """Frames [first, end) in which an asset is had by somebody."""

    asset: str
    first: int
    end: int


class Ruler(NamedTuple):
    """All of it, ascending, of so many frames. `cues` and `shots` are names with their frames, `keys` frames; `wave` is
    how loud the sound is, 0 to 1, in pieces of one length from the first frame to the end; empty where none is."""

    length: int = 1
    cues: tuple[tuple[int, str], ...] = ()
    keys: tuple[int, ...] = ()
    shots: tuple[tuple[int, str], ...] = ()
    held: tuple[Stretch, ...] = ()
    wave: tuple[float, ...] = ()

    @classmethod
    def of(cls, stand: Stand) -> Ruler:
        """Reads what the stand was made of, its sounds too; what can't be read is left out."""
        try:
            moments = Moments.of(stand)
        except CollageError:
            moments = Moments()
        return cls(
            stand.length,
            tuple((stop.frame, ", ".join(stop.cues)) for stop in moments.stops if stop.cues),
            tuple(stop.frame for stop in moments.stops if stop.keys),
            tuple((shot.frame, shot.name) for shot in moments.shots),
            tuple(_held(stand)),
            _wave(stand),
        )


def _held(stand: Stand) -> Iterator[Stretch]:
    rig = stand.rig
    if not any(copies for each in (rig.rigs() if isinstance(rig, Reel) else (rig,)) for copies in each.assets.values()):
        return
    try:
        found = film_holds(rig) if isinstance(rig, Reel) else holds(rig)
    except CollageError:  # the slip says why
        return
    yield from sorted(Stretch(hold.asset, hold.first, hold.end) for hold in found)


def _wave(stand: Stand) -> tuple[float, ...]:
    """The loudest sample of each piece."""
    mix = getattr(stand, "sound", None)
    if mix is None:
        return ()
    import numpy as np

    try:
        pieces = min(FINENESS, mix.samples)
        edges = np.arange(pieces + 1) * mix.samples // max(pieces, 1)
        at_once = max(1, mix.rate * pieces // max(mix.samples, 1))
        peaks = list[float]()
        for start in range(0, pieces, at_once):
            part = edges[start : start + at_once + 1]
            loud = np.abs(mix.block(int(part[0]), int(part[-1] - part[0]))).max(axis=1)
            peaks += np.maximum.reduceat(loud, part[:-1] - part[0]).tolist()
    except (CollageError, OSError):  # whoever plays it says so
        return ()
    return tuple(min(peak, 1.0) for peak in peaks)


class Measuring:
    """A ruler that is made beside the window: empty until it is there. `round` counts those that were finished."""

    def __init__(self, stand: Stand) -> None:
        self.ruler, self.round = Ruler(), 0
        self._stand, self._begun = stand, False

    def turn(self, stand: Stand) -> None:
        """Measure another; until that is done the former one's ruler serves."""
        self._stand, self._begun = stand, False

    def begin(self) -> None:
        """Now is the time for it, if it was not yet: the picture has been drawn, which would have had to wait."""
        if not self._begun:
            self._begun = True
            threading.Thread(target=self._measure, args=(self._stand,), name="ruler", daemon=True).start()

    def _measure(self, stand: Stand) -> None:
        ruler = Ruler.of(stand)
        if stand is self._stand:
            self.ruler, self.round = ruler, self.round + 1
