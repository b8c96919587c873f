"""What the glass is given: cels, each a picture with its final matrix and opacity, in painter's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from collage.colours import WHITE, Colour
from collage.geometry import Affine
from collage.registry.catalogue import Drawing


@dataclass(frozen=True, slots=True)
class Card:
    """A flat rectangle of one colour, `size` in pixels (fractions allowed: its edge is anti-aliased)."""

    size: tuple[float, float]
    colour: Colour


@dataclass(frozen=True, slots=True)
class Lettering:
    """Set type: `lines` already broken, each with the baseline's left end in the picture's pixels."""

    lines: tuple[tuple[str, float, float], ...]
    font: str
    type_size: float
    colour: Colour
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pane:
    """Cels that are composited together first, on a transparent canvas, and laid as one picture.

    `size` clips them to the rectangle (0, 0, width, height) in the pane's own pixels, those that the cel's matrix maps
    to the canvas, or with `round` to the ellipse in that rectangle; edges are anti-aliased. None clips nothing.
    """

    cels: tuple[Cel, ...]
    size: tuple[float, float] | None = None
    round: bool = False


Content = Drawing | Card | Lettering | Pane


class Cel(NamedTuple):
    """A cut-out exposed at one frame.

    `matrix` maps the content's pixels to the canvas (corner convention of `collage.geometry`), `opacity` is 0 to 1,
    `tint` multiplies the colours, `layer` names it in messages, `blur` is a Gaussian's sigma in canvas pixels. `blend`
    is how it is laid: "normal" covers, "plus-lighter" adds, so that two pictures faded by s and 1 - s make a dissolve.
    A tuple, since a frame makes hundreds of them.
    """

    content: Content
    matrix: Affine = Affine()
    opacity: float = 1.0
    tint: Colour = WHITE
    layer: str = ""
    blur: float = 0.0
    blend: str = "normal"
