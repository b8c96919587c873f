"""A stand of plain colours, for tests of what is done with frames, whatever they show."""

from __future__ import annotations

import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np

from collage.colours import Colour
from collage.exposure.cel import Card, Cel
from collage.geometry import Affine, canvas_size


class Marked:
    """A stand whose frame f is one colour, (f, 10, 20), half covered unless opaque; it notes which frames it makes,
    and how many at a time at most. Frames of one `pose` look the same."""

    def __init__(self, length: int = 6, *, opaque: bool = True, size: tuple[int, int] = (4, 3)) -> None:
        self.name, self.length, self.opaque, self.size, self.rate = "tea", length, opaque, size, Fraction(24)
        self.path, self.drawings, self.paper = Path("tea.toml"), (), None
        self.asked: list[int] = []
        self.most, self._making, self._lock = 0, 0, threading.Lock()
        self.broken: Exception | None = None
        self.pose: Callable[[int], int] = lambda frame: frame

    def load(self) -> None:
        if self.broken:
            raise self.broken

    def cels(self, frame: int) -> tuple[Cel, ...]:
        return (Cel(Card((4, 3), Colour(self.pose(frame), 10, 20, 255)), Affine()),)

    def comp(self, frame: int, scale: float = 1.0) -> np.ndarray:
        with self._lock:
            self.asked.append(frame)
            self._making += 1
            self.most = max(self.most, self._making)
        try:
            return self._painted(frame, scale)
        finally:
            with self._lock:
                self._making -= 1

    def _painted(self, frame: int, scale: float) -> np.ndarray:
        width, height = canvas_size(self.size, scale)
        mark = (self.pose(frame), 10, 20, 255) if self.opaque else (self.pose(frame) // 2, 5, 10, 128)
        return np.full((height, width, 4), mark, np.uint8)

    def comp_fine(self, frame: int, scale: float = 1.0) -> np.ndarray:
        return (self.comp(frame, scale) / 255).astype(np.float32)


def names(folder: Path) -> list[str]:
    """All that lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def frames_in(folder: Path) -> list[str]:
    """The frames in a folder."""
    return [name for name in names(folder) if name.endswith(".png")]


def contents(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, with what it holds."""
    return {name: (folder / name).read_bytes() for name in names(folder)}
