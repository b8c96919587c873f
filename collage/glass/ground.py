"""What cels are laid on, and what is laid: pictures that are a part of a canvas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from collage.geometry import Box
from collage.glass.kernels import Window, Words

Pixels = npt.NDArray[np.uint8]
Dark = npt.NDArray[np.uint16]


class Plane(NamedTuple):
    """A shadow at the resolution it needs.

    `values`: (height, width) float32, how much of the light it takes, 0 to 1; they are the part `small` of the canvas
    in squares of `k` pixels, before the shadow was moved by `offset`. `box` holds all pixels it can touch.
    """

    values: npt.NDArray[np.float32]
    small: Box
    k: int
    offset: tuple[float, float]
    box: Box


class Patch(NamedTuple):
    """A cel as it is to be laid: what lies in `pixels` from `corner` (row, column) on covers `box` of the canvas.

    Never changed once it is made, since it may be kept, or be `lent` by a plate. `marks`, as large as `pixels`, are
    those of a pane's ground, in a medium that needs them. All of it is to be multiplied by `fade` while it is laid,
    which rounds once where two steps would round twice.
    """

    pixels: npt.NDArray[Any]
    box: Box
    corner: tuple[int, int] = (0, 0)
    shadow: Plane | None = None
    lent: bool = False
    marks: Dark | None = None
    fade: float = 1.0

    @property
    def words(self) -> Words:
        return words(self.pixels)

    @property
    def weight(self) -> int:
        """The bytes it would take to keep."""
        beside = (self.shadow.values if self.shadow else None, self.marks)
        return (0 if self.lent else self.pixels.nbytes) + sum(plane.nbytes for plane in beside if plane is not None)


@dataclass(slots=True)
class Ground:
    """Premultiplied (height, width, 4) pixels, contiguous, that are the part `box` of a canvas.

    `dark`, made with the first shadow: (height, width) uint16, the share of light in 1/65535 that all shadows leave
    that were laid on a pixel since it was last covered, and that the pixel itself does not know of yet. `held` is the
    bytes of all grounds that wait for this one.
    """

    pixels: npt.NDArray[Any]
    box: Box
    dark: Dark | None = None
    held: int = 0

    @property
    def words(self) -> Words:
        return words(self.pixels)

    def shaded(self) -> Dark:
        """The plane `dark`, full of light if there was none."""
        if self.dark is None:
            self.dark = np.full(self.pixels.shape[:2], 65535, np.uint16)
        return self.dark

    def copy(self) -> Ground:
        return Ground(self.pixels.copy(), self.box, None if self.dark is None else self.dark.copy())

    @property
    def weight(self) -> int:
        return self.pixels.nbytes + (0 if self.dark is None else self.dark.nbytes)


def words(pixels: Pixels) -> Words:
    """(height, width) of whole pixels."""
    return pixels.view(np.uint32)[..., 0]


def shared(one: Box, other: Box) -> Box:
    """The part of the canvas that lies in both boxes."""
    return Box(max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all that are not empty."""
    held = [box for box in boxes if not box.empty]
    if not held:
        return Box(0, 0, 0, 0)
    left, top, right, bottom = zip(*held, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


def grown(box: Box, by: int) -> Box:
    """A box and so many pixels around it."""
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


def size(box: Box) -> tuple[int, int]:
    """Height and width."""
    return box.y1 - box.y0, box.x1 - box.x0


def window(ground: Ground, patch: Patch, part: Box) -> Window:
    """A part of the canvas as rows and columns of a ground's pixels and of a patch's."""
    y, x = patch.corner
    return (
        part.y0 - ground.box.y0, part.x0 - ground.box.x0,
        part.y0 - patch.box.y0 + y, part.x0 - patch.box.x0 + x, *size(part),
    )  # fmt: skip
