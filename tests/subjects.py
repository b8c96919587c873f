"""Subjects of exports: any cels as a subject, and a stand that is opened in another process."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

import collage
from collage.colours import Colour
from collage.export.part import Part
from collage.exposure.cel import Cel
from collage.registry.catalogue import Drawing

GREY = Colour(10, 20, 30)


@dataclass
class Laid:
    """The same cels at each frame, which nobody can draw."""

    laid: tuple[Cel, ...]
    drawings: tuple[Drawing, ...] = ()
    name: str = "laid"
    path: Path = Path("scenes/laid.toml")
    size: tuple[int, int] = (640, 360)
    rate: Fraction = Fraction(24)
    length: int = 10**6
    paper: Colour | None = GREY

    @property
    def opaque(self) -> bool:
        return self.paper is not None

    def cels(self, frame: int) -> tuple[Cel, ...]:
        return self.laid

    def comp(self, frame: int, scale: float = 1.0) -> np.ndarray:
        raise NotImplementedError

    comp_fine = comp

    def load(self) -> None:
        """Nothing."""


def on_stand(scene: Path, *, threads: int = 1) -> Part:
    """A scene as the stand shows it."""
    stand = collage.open(scene, threads=threads)
    return Part(stand, stand.name, stand.rig, stand.rig.paper, stand.cels)
