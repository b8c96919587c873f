"""What the encoders of films have in common."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from collage.timing import Span

if TYPE_CHECKING:
    from collage.sound.mix import Mix

Picture = npt.NDArray[np.uint8]
"""A frame: (height, width, 4) sRGB, premultiplied, as a stand comps it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A film to be made.

    size: (width, height).  rate: frames a second of the film itself, which shows every `step`-th of a scene's
    `frames`.  opaque: no frame needs alpha.  sound: what is heard of the scene, if it is wanted.
    """

    size: tuple[int, int]
    rate: Fraction
    opaque: bool
    frames: Span
    step: int = 1
    sound: Mix | None = None

    @property
    def numbers(self) -> range:
        """Which frames of the scene it shows."""
        return range(self.frames.first, self.frames.end, self.step)


class Encoder(Protocol):
    """Writes one film. What `ready` gives goes to `add`, in order and from one thread."""

    def ready(self, picture: Picture) -> Any:
        """What can be done to a picture at any time, by any thread, out of Python's lock where it takes long."""

    def add(self, ready: Any, held: bool) -> None:
        """The next frame; whether it is the one before once more."""

    def finish(self) -> tuple[str, ...]:
        """Write what is still to come: the file is whole then. Remarks on what it could not keep."""

    def close(self) -> None:
        """Let go of the file, finished or not."""


def ticks(number: int | Fraction, rate: Fraction, unit: int) -> int:
    """When a frame begins, counted from 0, in parts of a second, `unit` of them: each rounded, halves up, so that sums
    stay exact."""
    return int((2 * number * unit / rate + 1) // 2)
