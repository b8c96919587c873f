"""Where pictures of frames are kept: found by their frame, or by what is on them; those needed last go first.

Kept by what is on them, an exposure held for two frames is one picture, and a save that changes one second of a scene
leaves the rest at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError
from collage.geometry import Size, scaled
from collage.player.lens import Lens

if TYPE_CHECKING:
    from pygame import Surface

    from collage.exposure.cel import Cel

LEAST = 3
"""Pictures that are kept however little memory there is: what is seen, what comes, and what is being drawn."""
NEVER = 1 << 62
"""Frames until what doesn't come."""


class Look(NamedTuple):
    """How fine frames are comped, in parts of the canvas, how large they are shown, and whether they could be finer."""

    part: float
    size: Size
    half: bool = False

    @classmethod
    def through(cls, lens: Lens) -> Look:
        """As fine as it is seen: coarser in a small window, as the canvas itself at most, and enlarged whole where it
        is seen whole."""
        part = min(1.0, lens.scale)
        return cls(part, scaled(lens.canvas, lens.scale if lens.zoom is None else part))

    def halved(self) -> Look:
        return Look(self.part / 2, self.size, half=True)

    @property
    def weight(self) -> int:
        """The bytes of a picture."""
        return 4 * self.size[0] * self.size[1]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A frame as it is laid in the window, or why there is none. `half`: it could be finer."""

    frame: int
    surface: Surface | None
    fault: CollageError | None = None
    half: bool = False


@dataclass(slots=True)
class _Kept:
    picture: Picture
    frames: set[int] = field(default_factory=set)


_Key = tuple[tuple["Cel", ...], Look]


class Shelf:
    """Not safe to share between threads."""

    def __init__(self) -> None:
        self._kept: dict[_Key, _Kept] = {}
        self._frames: dict[tuple[int, Look], _Kept] = {}
        self.weight = 0
        """The bytes of all pictures."""

    def at(self, frame: int, look: Look) -> Picture | None:
        """The picture of a frame that was found or put here before."""
        kept = self._frames.get((frame, look))
        return kept.picture if kept else None

    def like(self, frame: int, cels: tuple[Cel, ...], look: Look) -> Picture | None:
        """The same picture, seen in whichever frame; from now on this one has it too."""
        if kept := self._kept.get((cels, look)):
            self._note(frame, look, kept)
            return kept.picture
        return None

    def put(self, cels: tuple[Cel, ...], look: Look, picture: Picture, room: int, due: Callable[[int], int]) -> None:
        """Keep a picture, and no more of them than have room. `due` tells how long it takes until a frame comes: the
        one that comes last goes first, since a loop that is too long for the shelf would else never find anything."""
        kept = self._kept[cels, look] = _Kept(picture)
        self._note(picture.frame, look, kept)
        self.weight += look.weight
        while self.weight > room and len(self._kept) > LEAST:
            self._drop(max(self._kept, key=lambda key: min(map(due, self._kept[key].frames), default=NEVER)))

    def forget_frames(self) -> None:
        """Which frames look how is not known any more; how what looks is. What no frame had since the last time is not
        kept longer, so that many saves leave nothing behind."""
        for key in [key for key, kept in self._kept.items() if not kept.frames]:
            self._drop(key)
        self._frames.clear()
        for kept in self._kept.values():
            kept.frames.clear()

    def clear(self) -> None:
        self._kept.clear()
        self._frames.clear()
        self.weight = 0

    def _note(self, frame: int, look: Look, kept: _Kept) -> None:
        kept.frames.add(frame)
        self._frames[frame, look] = kept

    def _drop(self, key: _Key) -> None:
        look = key[1]
        for frame in self._kept.pop(key).frames:
            self._frames.pop((frame, look), None)
        self.weight -= look.weight
