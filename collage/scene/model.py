"""A scene as a person writes it: the tables of `scenes/NAME.toml`, frozen, nothing resolved yet.

Field names are the file's own keys (``in`` is `in_` in Python). Moments, lengths, percentages and colours stay as
written; `collage.exposure.rig` turns them into numbers. A field marked `x-not-yet` is part of the format but does
not act in this version: `collage.scene.notyet` refuses it by name.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from collage.scene.values import (
    AssetName,
    Beats,
    ColourText,
    CueName,
    EaseText,
    Extent,
    Flag,
    Gap,
    Held,
    Leading,
    Length,
    Moment,
    Name,
    Number,
    Pair,
    PaperText,
    Pivot,
    Place,
    RateText,
    Reference,
    Scale,
    Share,
    Tempo,
    TypeSize,
    Whole,
    Words,
)

V = TypeVar("V")


def tuples(value: Any) -> Any:
    """Lists as tuples, all the way down: a frozen model holds nothing that can change."""
    if isinstance(value, list | tuple):
        return tuple(tuples(part) for part in value)
    if isinstance(value, dict):
        return {key: tuples(part) for key, part in value.items()}
    return value


def not_yet(what: str, *still: Any) -> dict[str, Any]:
    """The mark of a field that does not act yet; the values in `still` are fine to write."""
    return {"x-not-yet": what, "x-still-fine": list(still)}


class Table(BaseModel):
    """The base of every table: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Key(Table, Generic[V]):
    """One key of a track: written ``[moment, value]`` or ``[moment, value, ease]``."""

    at: Moment
    value: V
    ease: EaseText | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        if isinstance(value, dict | Key):
            return value
        if not isinstance(value, list | tuple) or len(value) not in (2, 3):
            raise ValueError("a key is written [moment, value] or [moment, value, ease]")
        return dict(zip(("at", "value", "ease"), tuples(value), strict=False))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        fields = handler.resolve_ref_schema(handler(schema))["properties"]
        items = [fields["at"], fields["value"], {"type": "string", "description": "How the piece arrives."}]
        return {"type": "array", "prefixItems": items, "minItems": 2, "maxItems": 3}


class Track(Table, Generic[V]):
    """What one channel does over time: written as a list of keys, or as a table with `keys` and `loop`."""

    keys: tuple[Key[V], ...] = Field((), description="[moment, value, ease]: the ease is how the piece arrives.")
    loop: Length | None = Field(None, description="Repeat the keys every so often, counted from the layer's in.")
    file: Words | None = Field(
        None, description="A file of drawings by time.", json_schema_extra=not_yet("a track from a file")
    )

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        return {"keys": tuples(value)} if isinstance(value, list | tuple) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        table = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [table["properties"]["keys"], table]}


class PegKeys(Table):
    """The channels of a peg."""

    x: Track[Extent] | None = Field(None, description="Pixels from the left.")
    y: Track[Extent] | None = Field(None, description="Pixels from the top.")
    at: Track[Place] | None = Field(None, description="x and y together.")
    scale: Track[Scale] | None = Field(None, description="Both ways, or [x, y].")
    scale_x: Track[Number] | None = Field(None, description="Across; negative flips.")
    scale_y: Track[Number] | None = Field(None, description="Down; negative flips.")
    turn: Track[Number] | None = Field(None, description="Degrees, clockwise.")
    skew: Track[Pair] | None = Field(None, description="Degrees, [x, y].")
    parent: Track[Reference] | None = Field(None, description="Who carries it, from this exact frame on.")


class LayerKeys(PegKeys):
    """The channels of a layer."""

    opacity: Track[Share] | None = Field(None, description="0 to 1; linear unless an ease says otherwise.")
    tint: Track[ColourText] | None = Field(None, description="Multiplies the colours; linear.")
    order: Track[Number] | None = Field(None, description="Higher is nearer, within a sheet.")
    swap: Track[Name] | None = Field(None, description='Which drawing shows; "none" lifts it off.')
    sheet: Track[Name] | None = Field(None, description="Which sheet it lies on.")
    behind: Track[Words] | None = Field(None, description="The layer to slip under.")
    hidden: Track[Flag] | None = Field(None, description="Whether it is put aside.")
    blur: Track[Number] | None = Field(None, description="Pixels.", json_schema_extra=not_yet("blur"))
    time: Track[Moment] | None = Field(
        None, description="A nested scene's clock.", json_schema_extra=not_yet("a nested scene's clock")
    )


class SheetKeys(Table):
    """The channels of a sheet."""

    opacity: Track[Share] | None = Field(None, description="0 to 1; linear unless an ease says otherwise.")


class Settings(Table):
    """[scene]: the canvas and its clock; all of it may be left out."""

    title: Words = Field("", description="What the window and the credits call it.")
    size: tuple[Whole, Whole] = Field((1920, 1080), description="Canvas pixels [width, height], at most 16384 a side.")
    rate: RateText = Field(24, description='Frames a second: 24, "24000/1001".')
    length: Length | None = Field(None, description="How long: default to the last key, move or span, else 4 s.")
    on: Held = Field(2, description="Each pose is held so many frames: 1 on ones, 2 on twos.")
    seed: Whole = Field(1, description="Where all chance comes from.")
    paper: PaperText = Field("#d6c8a8", description='What lies under the glass; "none" is transparent.')
    linear: Flag = Field(
        False, description="Composite in linear light.", json_schema_extra=not_yet("linear light", False)
    )


class Sound(Table):
    """[sound]: the music that beats and bars count."""

    file: Words | None = Field(
        None, description="The music, from the project's root.", json_schema_extra=not_yet("playing music")
    )
    offset: Length = Field("0s", description="Frame 0 hears this second of the file; beats are counted in the file.")
    tempo: Tempo | None = Field(None, description="Beats a minute.")
    first_beat: Length = Field("0s", description="Where beat 1 lies in the file.")
    bar: Beats = Field(4, description="Beats in a bar.")
    gain: Number = Field(0, description="Decibels.", json_schema_extra=not_yet("playing music", 0))


class Sheet(Table):
    """[[sheet]]: a sheet of glass, the lowest first."""

    name: Name = Field(description="What layers call it.")
    gap: Gap = Field(30, description="Millimetres of air under it; the first has 0.")
    opacity: Share = Field(1.0, description="0 to 1, of everything on it together.")
    on: Held | None = Field(None, description="Its own exposures; default the scene's.")
    keys: SheetKeys = Field(SheetKeys(), description="Its channels over time.")


class Peg(Table):
    """[[peg]]: moves, has no picture; layers hang on it."""

    name: Name = Field(description="What its children call it.")
    parent: Reference | None = Field(None, description="A peg, a layer, or one of its hooks.")
    at: Place | None = Field(None, description="Where it stands: default [0, 0].")
    scale: Scale = Field(1.0, description="Of everything on it.")
    turn: Number = Field(0, description="Degrees, clockwise.")
    skew: Pair = Field((0, 0), description="Degrees, [x, y].")
    on: Held | None = Field(None, description="Its own exposures; default the scene's.")
    keys: PegKeys = Field(PegKeys(), description="Its channels over time.")
    expr: dict[str, Words] = Field(
        default_factory=dict, description="Formulas.", json_schema_extra=not_yet("a formula", {})
    )
    move: tuple[Any, ...] = Field((), description="Moves, in order.", json_schema_extra=not_yet("a move", ()))


class Type(Table):
    """How a text layer is set."""

    font: Words = Field("", description="A font file from the project's root; default Pillow's own.")
    size: TypeSize = Field(72, description="Height of the letters in pixels (an em).")
    colour: ColourText = Field("#2e2622", description="Of the ink.")
    align: Literal["left", "centre", "right"] = Field("centre", description="Within the box or the longest line.")
    leading: Leading = Field(1.1, description="Line distance, as a multiple of size.")


class Layer(Table):
    """[[layer]]: a cut-out, a text or a card on a sheet, with everything it does."""

    name: Name | None = Field(None, description="Default: the last part of its asset's name.")
    like: Name | None = Field(None, description="Start from another layer's fields; what stands here overrides.")
    asset: AssetName | None = Field(None, description="A cut-out of the registry.")
    text: Words | None = Field(None, description="Words instead of a cut-out.")
    card: ColourText | None = Field(None, description="A flat card of this colour instead of a cut-out.")
    size: Pair | None = Field(None, description="Of a card, or of a text's box.")
    type: Type = Field(Type(), description="How a text is set.")
    sheet: Name | None = Field(None, description="Default: its parent's, else the lowest.")
    parent: Reference | None = Field(None, description="A peg, a layer, or one of its hooks (layer.hook).")
    pivot: Pivot | None = Field(None, description="The point that lies at `at`: [x, y] or a hook's name.")
    at: Place | None = Field(None, description="Where the pivot lies: default the centre, under a parent [0, 0].")
    scale: Scale = Field(1.0, description="Both ways, or [x, y]; negative flips.")
    turn: Number = Field(0, description="Degrees, clockwise.")
    skew: Pair = Field((0, 0), description="Degrees, [x, y].")
    opacity: Share = Field(1.0, description="0 to 1.")
    tint: ColourText = Field("#ffffff", description="Multiplies the colours.")
    in_: Moment = Field(0, alias="in", description="The first frame it is seen.")
    out: Moment = Field("end", description="The first frame it is no longer seen.")
    on: Held | None = Field(None, description="Its own exposures; default the scene's.")
    order: Number = Field(0, description="Higher is nearer, within a sheet.")
    behind: Words = Field("", description="A layer of the same sheet to slip under.")
    hidden: Flag = Field(False, description="Put aside: not drawn.")
    photostat: Flag = Field(False, description="A declared copy of a one-of-a-kind asset.")
    keys: LayerKeys = Field(LayerKeys(), description="Its channels over time.")
    scene: Words | None = Field(None, description="A nested scene.", json_schema_extra=not_yet("a nested scene"))
    group: Flag = Field(False, description="Gathers its children.", json_schema_extra=not_yet("a group", False))
    blend: Words = Field("normal", description="The W3C modes.", json_schema_extra=not_yet("a blend", "normal"))
    matte: Any = Field(None, description="Shows only inside another.", json_schema_extra=not_yet("a matte"))
    shadow: Flag | None = Field(
        None, description="Whether the lamp casts its shadow.", json_schema_extra=not_yet("the lamp", False)
    )
    registration: Number = Field(
        0, description="Pixels of hand error.", json_schema_extra=not_yet("registration error", 0)
    )
    lock: Flag = Field(False, description="Stays put under the camera.", json_schema_extra=not_yet("the camera", False))
    edge: Any = Field(None, description="How it was cut.", json_schema_extra=not_yet("a cut edge"))
    print: Any = Field(None, description="How it was printed.", json_schema_extra=not_yet("print"))
    expr: dict[str, Words] = Field(
        default_factory=dict, description="Formulas.", json_schema_extra=not_yet("a formula", {})
    )
    move: tuple[Any, ...] = Field((), description="Moves, in order.", json_schema_extra=not_yet("a move", ()))
    repeat: Any = Field(None, description="Many copies.", json_schema_extra=not_yet("repeat"))
    time: Any = Field(None, description="A nested scene's clock.", json_schema_extra=not_yet("a nested scene's clock"))
    part: Any = Field(None, description="Overrides inside it.", json_schema_extra=not_yet("a nested scene"))


class Scene(Table):
    """A whole scene file. Build one in Python by the same names: ``Scene(layer=[Layer(asset="props/rocket")])``."""

    format: Literal[1] = Field(1, description="The version of the format: always the first line.")
    scene: Settings = Field(Settings(), description="The canvas and its clock.")
    sound: Sound | None = Field(None, description="The music that beats and bars count.")
    cues: dict[CueName, Moment] = Field(default_factory=dict, description="Moments with names.")
    sheet: tuple[Sheet, ...] = Field((), description='Sheets of glass, bottom first; default one, "table".')
    peg: tuple[Peg, ...] = Field((), description="Things that move and carry.")
    layer: tuple[Layer, ...] = Field((), description="What is seen.")
    camera: Any = Field(None, description="Looks straight down.", json_schema_extra=not_yet("the camera"))
    lamp: Any = Field(None, description="Casts the shadows.", json_schema_extra=not_yet("the lamp"))
    look: Any = Field(None, description="The film stock.", json_schema_extra=not_yet("the look"))
    effect: tuple[Any, ...] = Field((), description="Sounds.", json_schema_extra=not_yet("a sound effect", ()))

    @model_validator(mode="before")
    @classmethod
    def _frozen(cls, value: Any) -> Any:
        return tuples(value)
