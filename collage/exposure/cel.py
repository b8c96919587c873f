"""What the glass is given: cels, each a picture with its final matrix and opacity, in painter's order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
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


class Edge(NamedTuple):
    """How a piece was cut. `border` is paper left around it, in the picture's pixels; `wobble`, `torn`, `dark` and
    `wear` are amounts, 0 to 1; `knife` numbers the cuts of one shape, so that an edge can breathe."""

    border: float
    colour: Colour
    wobble: float = 0.0
    torn: float = 0.0
    dark: float = 0.0
    wear: float = 0.0
    knife: int = 0


class Print(NamedTuple):
    """How a piece was printed. `halftone` is the cell's side in the picture's pixels, 0 for none; `inks` beside black,
    none for the photograph's own colours; `fibre` and `photocopy` are amounts, 0 to 1."""

    halftone: float
    inks: tuple[Colour, ...] = ()
    fibre: float = 0.0
    photocopy: float = 0.0


@dataclass(frozen=True, slots=True)
class Cutout:
    """A drawing on paper: printed, then cut. Its chance comes from the drawing's asset and name."""

    drawing: Drawing
    edge: Edge | None = None
    print: Print | None = None


class Finish(NamedTuple):
    """The film stock of one exposure, each amount 0 to 1. `lut` is a .cube file inside the project. `seed` is the
    scene's chance, `exposure` the number of this exposure."""

    grain: float = 0.0
    flicker: float = 0.0
    weave: float = 0.0
    vignette: float = 0.0
    dust: float = 0.0
    scratches: float = 0.0
    warmth: float = 0.0
    reflection: float = 0.0
    lut: Path | None = None
    seed: int = 0
    exposure: int = 0


@dataclass(frozen=True, slots=True)
class Pane:
    """Cels that are composited together first, on a transparent canvas, and laid as one picture.

    `size` clips them to the rectangle (0, 0, width, height) in the pane's own pixels, those that the cel's matrix maps
    to the canvas, or with `round` to the ellipse in that rectangle; edges are anti-aliased. None clips nothing.
    `finish` is the film they are shot on. `linear` composites them in linear light.
    """

    cels: tuple[Cel, ...]
    size: tuple[float, float] | None = None
    round: bool = False
    finish: Finish | None = None
    linear: bool = False


Content = Drawing | Cutout | Card | Lettering | Pane


class Shadow(NamedTuple):
    """What a piece casts, directly under itself, in black: moved by `offset`, blurred by a Gaussian of `sigma`, both in
    the pixels that the cel's matrix maps to; of `opacity` 0 to 1 where the piece is solid."""

    offset: tuple[float, float]
    sigma: float
    opacity: float


class Matte(NamedTuple):
    """What a piece is seen through: cels beside it, in the same pixels. It shows where they are, or `outside` where
    they are not, by their alpha, or by the `luminance` of what is seen over black."""

    cels: tuple[Cel, ...]
    outside: bool = False
    luminance: bool = False


class Cel(NamedTuple):
    """A cut-out exposed at one frame.

    `matrix` maps the content's pixels to the canvas (corner convention of `collage.geometry`), `opacity` is 0 to 1,
    `tint` multiplies the colours, `layer` names it in messages, `blur` is a Gaussian's sigma in canvas pixels. `blend`
    is how it is laid, a name of `collage.glass.blends`: "normal" covers, "plus-lighter" adds, so that two pictures
    faded by s and 1 - s make a dissolve. `sweep` is the matrix when the shutter closes, if the piece moved meanwhile.
    `bokeh` blurs by a disc of the same variance, in linear light, instead of a Gaussian. A tuple, since a frame makes
    hundreds of them. What is done to a piece goes in this order: printed and cut, warped (swept), blurred, dyed, seen
    through its matte; then its shadow is laid, by the alpha that is left, and the piece by its blend.
    """

    content: Content
    matrix: Affine = Affine()
    opacity: float = 1.0
    tint: Colour = WHITE
    layer: str = ""
    blur: float = 0.0
    blend: str = "normal"
    shadow: Shadow | None = None
    matte: Matte | None = None
    sweep: Affine | None = None
    bokeh: bool = False
