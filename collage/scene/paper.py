"""What the knife, the press and the stencil do to a piece: how it was cut and printed, and what it is seen through."""

from __future__ import annotations

from pydantic import Field

from collage.scene.tracks import Table
from collage.scene.values import Border, By, ColourText, Halftone, Inks, Knives, Reference, Share, Side


class Edge(Table):
    """How a cut-out was cut. Each key that is written overrides the registry's; `edge = {}` is this very cut."""

    border: Border = Field(6, description="Paper left around it, 0 to 200 pixels of the picture.")
    colour: ColourText = Field("#f6f0e2", description="Of the paper.")
    wobble: Share = Field(0.2, description="How unsteady the knife was, 0 to 1.")
    boil: Knives = Field(
        0, description="So many knives cut it in turn, one an exposure: the edge breathes, the picture does not."
    )
    torn: Share = Field(0, description="Torn rather than cut, 0 to 1: a frayed edge that shows the fibres.")
    dark: Share = Field(0, description="How black the cut is, 0 to 1, as of a print on black card.")
    wear: Share = Field(
        0, description="Nicks, tape and curled corners, 0 to 1; more with each time that it is handed on."
    )


class Print(Table):
    """How a cut-out was printed. Each key that is written overrides the registry's; `print = {}` is this very print."""

    halftone: Halftone = Field(5, description="Distance of the dots, in pixels of the picture; 0 is a photograph.")
    inks: Inks = Field((), description="At most three colours beside black; without any, the picture's own colours.")
    fibre: Share = Field(0.1, description="How much of the paper's fibre shows, 0 to 1.")
    photocopy: Share = Field(0, description="How far it went through a photocopier, 0 to 1.")


class Matte(Table):
    """Another layer that this one is seen through; that one is not drawn itself."""

    layer: Reference = Field(description="The layer it is seen through, which has its own place, sheet and moves.")
    side: Side = Field("inside", description="Where it shows: inside the other, or outside.")
    by: By = Field("alpha", description="What counts of the other: how solid it is, or how bright.")
