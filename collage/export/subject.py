"""What an export is made of, whoever offers it: a stand is one, and so is each pass of its sheets."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from collage.colours import Colour
    from collage.exposure.cel import Cel
    from collage.registry.catalogue import Drawing


class Subject(Protocol):
    """Frames that can be asked for in any order, from several threads.

    name: what its files are called.  path: the text it was read from.  size: (width, height) at scale 1.  rate: frames
    a second, exact.  length: frames, numbered 0 to length - 1.  opaque: frames need no alpha.  paper: what lies under
    the cels, None for nothing.  drawings: every drawing it can show, each once.
    """

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def rate(self) -> Fraction: ...
    @property
    def length(self) -> int: ...
    @property
    def opaque(self) -> bool: ...
    @property
    def paper(self) -> Colour | None: ...
    @property
    def drawings(self) -> tuple[Drawing, ...]: ...

    def cels(self, frame: int) -> tuple[Cel, ...]:
        """The cels of a frame in painter's order. IndexError for a frame outside 0 to length - 1."""

    def comp(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """A frame as (height, width, 4) uint8, sRGB, premultiplied RGBA."""

    def comp_fine(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.float32]:
        """The same as float32, 0 to 1, that was never rounded to 8 bits."""

    def load(self) -> None:
        """Read all pictures it can show, so that a torn one is known of before work begins: AssetError."""
