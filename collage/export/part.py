"""A part of what lies on the stand, to be exported like the whole: a sheet of a scene, a shot of a film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from collage.colours import Colour
    from collage.exposure.cel import Cel
    from collage.exposure.rig import Rig
    from collage.registry.catalogue import Drawing
    from collage.stand import Stand


@dataclass(frozen=True, eq=False)
class Part:
    """Frames of a rig, of which `exposed` gives the cels. It works with the stand's own pictures and threads, and is of
    no use once that is closed."""

    stand: Stand
    name: str
    rig: Rig
    paper: Colour | None
    exposed: Callable[[int], tuple[Cel, ...]]

    @property
    def path(self) -> Path:
        return self.stand.path

    @property
    def size(self) -> tuple[int, int]:
        return self.rig.size

    @property
    def rate(self) -> Fraction:
        return self.rig.rate

    @property
    def length(self) -> int:
        return self.rig.length

    @property
    def opaque(self) -> bool:
        return self.paper is not None and self.paper.alpha == 255

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        return self.rig.shown()

    def cels(self, frame: int) -> tuple[Cel, ...]:
        """The cels of a frame in painter's order. IndexError for a frame outside 0 to length - 1."""
        if not 0 <= frame < self.length:
            raise IndexError(f"{self.name} has frames 0 to {self.length - 1}, not {frame}")
        return self.exposed(frame)

    def comp(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """One frame, premultiplied, as `Stand.comp`."""
        return self.stand.glass.comp(self.cels(frame), self.size, self.paper, scale)

    def comp_fine(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.float32]:
        """One frame in floats, as `Stand.comp_fine`."""
        return self.stand.glass.comp_fine(self.cels(frame), self.size, self.paper, scale)

    def load(self) -> None:
        """As `Stand.load`: all that the stand can show."""
        self.stand.load()
