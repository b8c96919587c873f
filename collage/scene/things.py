"""What lies on the stand: sheets of glass, pegs and layers, with everything that a layer may be and do."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from collage.scene.channels import LayerExpr, LayerKeys, PegExpr, PegKeys, SheetExpr, SheetKeys
from collage.scene.moves import AnyMove
from collage.scene.paper import Edge, Matte, Print
from collage.scene.tracks import Table
from collage.scene.values import (
    Area,
    AssetName,
    Blend,
    BoxSize,
    ColourText,
    Copies,
    Flag,
    Gap,
    Grid,
    HandError,
    Held,
    Leading,
    Length,
    Looping,
    Moment,
    Name,
    Number,
    Pair,
    Pivot,
    Place,
    Reference,
    Scale,
    ScenePath,
    Share,
    TypeSize,
    Words,
)


class Sheet(Table):
    """[[sheet]]: a sheet of glass, the lowest first."""

    name: Name = Field(description="What layers call it.")
    gap: Gap = Field(30, description="Millimetres of air under it; the first has 0.")
    opacity: Share = Field(1.0, description="0 to 1, of everything on it together.")
    on: Held | None = Field(None, description="How many frames its poses are held; default the scene's `on`.")
    keys: SheetKeys = Field(SheetKeys(), description="Its channels over time.")
    expr: SheetExpr = Field(SheetExpr(), description="Formulas by channel, on top of its keys.")


class Peg(Table):
    """[[peg]]: moves, has no picture; layers hang on it."""

    name: Name = Field(description="What its children call it.")
    parent: Reference | None = Field(None, description="A peg, a layer, or one of its hooks (layer.hook).")
    at: Place | None = Field(None, description="Where it stands, pixels or percent: default [0, 0].")
    scale: Scale = Field(1.0, description="Of all it carries: both ways, or [x, y]; negative flips.")
    turn: Number = Field(0, description="Degrees, clockwise.")
    skew: Pair = Field((0, 0), description="Degrees, [x, y].")
    on: Held | None = Field(None, description="How many frames its poses are held; default the scene's `on`.")
    keys: PegKeys = Field(PegKeys(), description="Its channels over time.")
    expr: PegExpr = Field(PegExpr(), description="Formulas by channel, on top of its keys.")
    move: tuple[AnyMove, ...] = Field((), description="Moves, one after the other on top of keys and formulas.")


class Type(Table):
    """How a text layer is set."""

    font: Words = Field("", description="A font file from the project's root; default Pillow's own.")
    size: TypeSize = Field(72, description="Height of the letters in pixels (an em).")
    colour: ColourText = Field("#2e2622", description="Of the ink.")
    align: Literal["left", "centre", "right"] = Field("centre", description="Within the box or the longest line.")
    leading: Leading = Field(1.1, description="Line distance, as a multiple of size.")


class Vary(Table):
    """How the copies of a `repeat` differ, each by chance of its own."""

    turn: Number = Field(0, description="Degrees either way.")
    scale: Share = Field(0, description="0.3 makes copies from 0.7 to 1.3 of their size.")
    swap: Flag = Field(False, description="Whether each begins with a drawing of its own.")
    delay: Length = Field(0, description="Each is first seen up to so much later, and does everything later.")


class Repeat(Table):
    """Many copies of one layer, each with a number `i` from 0 and chance of its own."""

    count: Copies | None = Field(None, description="How many, 1 to 10000; default all of the grid.")
    area: Area | None = Field(
        None,
        description="Where they lie, [x, y, width, height] in pixels or percent: scattered, or in the grid; "
        'default the whole canvas: [0, 0, "100%", "100%"]. keys.x and keys.y replace a place; moves, and '
        "formulas with v, keep it.",
    )
    grid: Grid | None = Field(
        None, description="[columns, rows] instead of scattered by chance; keys.x and keys.y replace a place in it too."
    )
    delay: Length = Field(
        0, description="Each copy is first seen so much later than the one before, and does everything later."
    )
    vary: Vary = Field(Vary(), description="How they differ.")


class Time(Table):
    """Where a nested scene's own clock stands while its layer is seen."""

    start: Moment = Field(0, description="The nested scene's moment at the layer's `in`.")
    speed: Number = Field(1, description="2 is twice as fast, 0 holds, -1 runs backwards.")
    loop: Looping = Field(False, description="true starts over at its end, a length after so long.")


class Layer(Table):
    """[[layer]]: a cut-out, a text or a card on a sheet, with everything it does."""

    name: Name | None = Field(
        None, description="What others call it. Default: the last part of the asset, or of the scene, that it writes."
    )
    like: Name | None = Field(None, description="Start from another layer's fields; what stands here overrides.")
    asset: AssetName | None = Field(None, description="A cut-out: its path under assets/, without the ending.")
    text: Words | None = Field(None, description="Words instead of a cut-out.")
    card: ColourText | None = Field(None, description="A flat card of this colour instead of a cut-out.")
    size: BoxSize | None = Field(None, description="Of a card, or of a text's box: pixels [width, height].")
    type: Type = Field(Type(), description="How a text is set.")
    sheet: Name | None = Field(None, description="The sheet it lies on: default its parent's, else the lowest.")
    parent: Reference | None = Field(None, description="A peg, a layer, or one of its hooks (layer.hook).")
    pivot: Pivot | None = Field(
        None,
        description="The point that lies at `at`: [x, y] or a hook's name. Default: under a hook, its own "
        "hook of that name, if it has one; else the registry's pivot; else the centre.",
    )
    at: Place | None = Field(
        None, description="Where the pivot lies, pixels or percent: default the canvas's centre, under a parent [0, 0]."
    )
    scale: Scale = Field(1.0, description="Both ways, or [x, y]; negative flips.")
    turn: Number = Field(0, description="Degrees, clockwise.")
    skew: Pair = Field((0, 0), description="Degrees, [x, y].")
    opacity: Share = Field(1.0, description="0 to 1.")
    tint: ColourText = Field("#ffffff", description="Multiplies the colours.")
    in_: Moment = Field(0, alias="in", description="The first frame it is seen.")
    out: Moment = Field("end", description="The first frame it is no longer seen.")
    on: Held | None = Field(None, description="How many frames its poses are held; default the scene's `on`.")
    order: Number = Field(0, description="Higher is nearer, within a sheet.")
    behind: Words = Field(
        "", description='A layer of the same sheet, and inside the same group, to slip under; "" for none.'
    )
    hidden: Flag = Field(False, description="Put aside: not drawn.")
    photostat: Flag = Field(False, description="A declared copy of a one-of-a-kind asset.")
    keys: LayerKeys = Field(LayerKeys(), description="Its channels over time.")
    scene: ScenePath | None = Field(
        None, description='A nested scene instead of a cut-out, from the project\'s root: "scenes/inner.toml".'
    )
    group: Flag = Field(False, description="Shows nothing itself, gathers the layers whose parents reach it.")
    time: Time = Field(Time(), description="Where a nested scene's own clock stands.")
    part: dict[Name, Layer] = Field(
        default_factory=dict, description="By the name of a layer inside a nested scene: what it has otherwise here."
    )
    repeat: Repeat | None = Field(None, description="Many copies of it.")
    lock: Flag = Field(False, description="Stays put while the camera moves.")
    registration: HandError = Field(
        0, description="Pixels of hand error, 0 to 1000, only on exposures where the piece was touched."
    )
    expr: LayerExpr = Field(LayerExpr(), description="Formulas by channel, on top of its keys.")
    move: tuple[AnyMove, ...] = Field((), description="Moves, one after the other on top of keys and formulas.")
    blend: Blend = Field("normal", description="How its colours mix with what lies beneath, on its sheet and below.")
    matte: Matte | None = Field(None, description="Another layer that it is seen through.")
    shadow: Flag | None = Field(
        None,
        description="Whether the lamp casts its shadow: by default of all but what covers the canvas at rest. A group "
        "casts one.",
    )
    edge: Edge | None = Field(None, description="How a cut-out was cut; default as the registry says.")
    print: Print | None = Field(None, description="How a cut-out was printed; default as the registry says.")
