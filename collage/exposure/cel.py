"""What the glass is given: cels, each a picture with its final matrix and opacity, in painter's order."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    """Cels that are composited together first, on a transparent canvas, and laid as one picture."""

    cels: tuple[Cel, ...]


Content = Drawing | Card | Lettering | Pane


@dataclass(frozen=True, slots=True)
class Cel:
    """A cut-out exposed at one frame.

    `matrix` maps the content's pixels to the canvas (corner convention of `collage.geometry`), `opacity` is 0 to 1,
    `tint` multiplies the colours, `layer` names it in messages, `blur` is a Gaussian's sigma in canvas pixels.
    """

    content: Content
    matrix: Affine = field(default_factory=Affine)
    opacity: float = 1.0
    tint: Colour = WHITE
    layer: str = ""
    blur: float = 0.0
