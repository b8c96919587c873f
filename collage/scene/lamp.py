"""The light a scene is shot in, and the film it is shot on."""

from __future__ import annotations

from pydantic import Field

from collage.scene.channels import LampExpr, LampKeys
from collage.scene.tracks import Table
from collage.scene.values import CubePath, Held, Lean, Number, Share, Spread


class Lamp(Table):
    """[lamp]: casts a shadow of every piece, longer and softer the more air is under its sheet. Without it, this very
    lamp shines."""

    turn: Number = Field(
        -37, description="Where it stands: degrees, clockwise from the top; shadows fall away from it."
    )
    lean: Lean = Field(27, description="Degrees: 0 is overhead, towards 90 it rakes and shadows grow long.")
    strength: Share = Field(0.5, description="How dark shadows are, 0 to 1; 0 puts the lamp out.")
    spread: Spread = Field(0.6, description="How large it is, 0 to 10: the larger, the softer are shadows.")
    on: Held | None = Field(None, description="How many frames its poses are held; default the scene's `on`.")
    keys: LampKeys = Field(LampKeys(), description="Its channels over time.")
    expr: LampExpr = Field(LampExpr(), description="Formulas by channel, on top of its keys.")


class Look(Table):
    """[look]: the film stock, new at each exposure; without it nothing is added."""

    grain: Share = Field(0, description="The film's grain, 0 to 1.")
    flicker: Share = Field(0, description="How unsteady the light is from exposure to exposure, 0 to 1.")
    weave: Share = Field(0, description="How far the frame wanders in the gate, 0 to 1.")
    vignette: Share = Field(0, description="How dark the corners are, 0 to 1.")
    dust: Share = Field(0, description="Specks and hairs, 0 to 1.")
    scratches: Share = Field(0, description="Scratches along the film, 0 to 1.")
    warmth: Share = Field(0, description="How warm the whites are, 0 to 1.")
    reflection: Share = Field(0, description="The lamp's gleam on the glass, 0 to 1.")
    lut: CubePath | None = Field(
        None, description='A table of colours laid over it all: a .cube file, "assets/look/print.cube".'
    )
    on: Held | None = Field(None, description="For how many frames an exposure lasts; default the scene's `on`.")
