"""The channels of everything that moves: keys and formulas of layers, pegs, sheets, the camera and the lamp."""

from __future__ import annotations

from pydantic import Field

from collage.scene.tracks import Table, Track
from collage.scene.values import (
    Aperture,
    Carrier,
    ColourText,
    Extent,
    Factor,
    Flag,
    Focus,
    FormulaText,
    Height,
    Lean,
    Moment,
    Name,
    Number,
    Pair,
    Place,
    Scale,
    Share,
    Spread,
    Words,
    Zoom,
)

Formula = FormulaText | None


class PegKeys(Table):
    """The channels of a peg."""

    x: Track[Extent] | None = Field(None, description="Pixels from the left; replaces the x of `at`.")
    y: Track[Extent] | None = Field(None, description="Pixels from the top; replaces the y of `at`.")
    at: Track[Place] | None = Field(None, description="x and y together, [x, y]; instead of keys.x and keys.y.")
    scale: Track[Scale] | None = Field(None, description="Both ways, or [x, y]; instead of keys.scale_x and scale_y.")
    scale_x: Track[Factor] | None = Field(None, description="Across; negative flips.")
    scale_y: Track[Factor] | None = Field(None, description="Down; negative flips.")
    turn: Track[Number] | None = Field(None, description="Degrees, clockwise.")
    skew: Track[Pair] | None = Field(None, description="Degrees, [x, y].")
    parent: Track[Carrier] | None = Field(
        None,
        description='Who carries it, from this exact frame on; "" for nobody: it is let go. It does not keep '
        "its place: its own at, scale and turn then count from the new carrier. The first key holds from the start.",
    )


class LayerKeys(PegKeys):
    """The channels of a layer."""

    opacity: Track[Share] | None = Field(None, description="0 to 1; linear unless an ease says otherwise.")
    tint: Track[ColourText] | None = Field(None, description="Multiplies the colours; linear.")
    order: Track[Number] | None = Field(None, description="Higher is nearer, within a sheet.")
    swap: Track[Name] | None = Field(
        None, description='Which drawing shows; "none" lifts it off. The first key holds from the start.'
    )
    sheet: Track[Name] | None = Field(
        None, description="Which sheet it lies on, from this exact frame on. The first key holds from the start."
    )
    behind: Track[Words] | None = Field(
        None,
        description='The layer to slip under, of the same sheet and inside the same group; "" for none. '
        "The first key holds from the start.",
    )
    hidden: Track[Flag] | None = Field(None, description="Whether it is put aside. The first key holds from the start.")
    blur: Track[Number] | None = Field(None, description="Out of focus: a Gaussian's sigma in pixels; 0 is sharp.")
    time: Track[Moment] | None = Field(
        None, description="Where a nested scene's own clock stands, a moment of that scene; linear."
    )


class SheetKeys(Table):
    """The channels of a sheet."""

    opacity: Track[Share] | None = Field(None, description="0 to 1; linear unless an ease says otherwise.")


class CameraKeys(Table):
    """The channels of the camera."""

    x: Track[Extent] | None = Field(None, description="Pixels from the left; replaces the x of `at`.")
    y: Track[Extent] | None = Field(None, description="Pixels from the top; replaces the y of `at`.")
    at: Track[Place] | None = Field(None, description="x and y together, [x, y]; instead of keys.x and keys.y.")
    zoom: Track[Zoom] | None = Field(None, description="Scales every sheet alike, 0.001 to 1000.")
    height: Track[Height] | None = Field(None, description="Millimetres above the table, 1 to 100000: trucking.")
    turn: Track[Number] | None = Field(None, description="Degrees, clockwise.")
    focus: Track[Focus] | None = Field(None, description="A sheet's name, or millimetres above the table.")
    aperture: Track[Aperture] | None = Field(None, description="How open the lens is; 0 is all sharp.")


class LampKeys(Table):
    """The channels of the lamp."""

    turn: Track[Number] | None = Field(None, description="Degrees, clockwise.")
    lean: Track[Lean] | None = Field(None, description="Degrees: 0 is overhead, towards 90 it rakes.")
    strength: Track[Share] | None = Field(None, description="How dark shadows are, 0 to 1.")
    spread: Track[Spread] | None = Field(None, description="How large it is, 0 to 10.")


class PegExpr(Table):
    """Formulas of a peg's channels: each replaces what static field and keys make of it, which is its `v`."""

    x: Formula = Field(None, description='Pixels from the left: "v + 30*sin(tau*t/2)".')
    y: Formula = Field(None, description="Pixels from the top.")
    scale: Formula = Field(None, description="Both ways alike; instead of scale_x and scale_y.")
    scale_x: Formula = Field(None, description="Across; negative flips.")
    scale_y: Formula = Field(None, description="Down; negative flips.")
    turn: Formula = Field(None, description="Degrees, clockwise.")


class LayerExpr(PegExpr):
    """Formulas of a layer's channels: each replaces what static field and keys make of it, which is its `v`."""

    opacity: Formula = Field(None, description="0 to 1; what lies outside is clamped.")
    order: Formula = Field(None, description="Higher is nearer, within a sheet.")
    blur: Formula = Field(None, description="A Gaussian's sigma in pixels; 0 is sharp.")
    time: Formula = Field(None, description="Where a nested scene's own clock stands, in its frames.")
    swap: Formula = Field(None, description="Which drawing shows, by its number from 0.")
    hidden: Formula = Field(None, description="Put aside wherever it is not 0.")


class SheetExpr(Table):
    """Formulas of a sheet's channels."""

    opacity: Formula = Field(None, description="0 to 1; what lies outside is clamped.")


class CameraExpr(Table):
    """Formulas of the camera's channels: each replaces what static field and keys make of it, which is its `v`."""

    x: Formula = Field(None, description="Pixels from the left.")
    y: Formula = Field(None, description="Pixels from the top.")
    zoom: Formula = Field(None, description="Scales every sheet alike; more than 0.")
    height: Formula = Field(None, description="Millimetres above the table.")
    turn: Formula = Field(None, description="Degrees, clockwise.")
    aperture: Formula = Field(None, description="How open the lens is; 0 or less is all sharp.")


class LampExpr(Table):
    """Formulas of the lamp's channels: each replaces what static field and keys make of it, which is its `v`."""

    turn: Formula = Field(None, description="Degrees, clockwise.")
    lean: Formula = Field(
        None, description="Degrees: 0 is overhead, towards 90 it rakes; what lies outside is clamped."
    )
    strength: Formula = Field(None, description="How dark shadows are; outside 0 to 1 it is clamped.")
    spread: Formula = Field(None, description="How large it is; outside 0 to 10 it is clamped.")
