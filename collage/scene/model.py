"""A scene as a person writes it: the tables of `scenes/NAME.toml`, frozen, nothing resolved yet.

Field names are the file's own keys (``in`` is `in_` in Python). Moments, lengths, percentages and colours stay as
written; `collage.exposure.rig` turns them into numbers. A field marked `x-not-yet` is part of the format but does
not act in this version: `collage.scene.notyet` refuses it by name.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from collage.scene.values import (
    AssetName,
    Beats,
    BoxSize,
    CanvasSize,
    Carrier,
    ColourText,
    CueName,
    EaseText,
    Extent,
    Flag,
    Gap,
    Held,
    Later,
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
    Version,
    Whole,
    Words,
)

V = TypeVar("V")
DISCRETE = ("swap", "parent", "sheet", "behind", "hidden")
"""The channels that jump at the exact frame of their key."""

IN_TEXT = "text"
"""The validation context of a file: there a key is a list, in Python also ``Key(at=0, value=1)``."""


def not_yet(what: str, *still: Any) -> dict[str, Any]:
    """The mark of a field that does not act yet; the values in `still` are fine to write."""
    return {"x-not-yet": what, "x-still-fine": list(still)}


class Table(BaseModel):
    """The base of every table: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    def __reduce__(self) -> tuple[Any, ...]:
        """As what was written: the tracks of each kind of value are classes that pickle could not find by name."""
        return type(self).model_validate, (self.model_dump(exclude_unset=True),)


def table_of(annotation: Any) -> type[Table] | None:
    """The kind of table inside a field's type: `Layer` of ``tuple[Layer, ...]``, None for plain values."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    return next(filter(None, map(table_of, get_args(annotation))), None)


class Key(Table, Generic[V]):
    """One key of a track: written ``[moment, value]`` or ``[moment, value, ease]``."""

    at: Moment = Field(description='The moment of the key: 48, "2s", "beat 33", a cue, "end-1s".')
    value: V = Field(description="What the channel is at that moment.")
    ease: EaseText | None = Field(
        None, description='How the piece arrives here from the key before: "out-back", "hold"; default in-out-sine.'
    )

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, Key) or (isinstance(value, dict) and info.context != IN_TEXT):
            return value
        if not isinstance(value, list | tuple) or len(value) not in (2, 3):
            raise ValueError("a key is written [moment, value] or [moment, value, ease]")
        return dict(zip(("at", "value", "ease"), value, strict=False))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        fields = handler.resolve_ref_schema(handler(schema))["properties"]
        items = [fields["at"], fields["value"], fields["ease"]]
        return {"type": "array", "description": _FORM, "prefixItems": items, "minItems": 2, "maxItems": 3}


_FORM = "[moment, value, ease]: the ease is how the piece arrives."


class Track(Table, Generic[V]):
    """What one channel does over time: written as a list of keys, or as a table with `keys` and `loop`."""

    keys: tuple[Key[V], ...] = Field((), description=f"The keys, each {_FORM}")
    loop: Length | None = Field(None, description="Repeat the keys every so often, counted from the layer's in.")
    file: Words | None = Field(
        None, description="A file of drawings by time.", json_schema_extra=not_yet("tracks from files")
    )

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        if not isinstance(value, list | tuple):
            return value
        if value and not any(isinstance(key, list | tuple | dict | Key) for key in value):
            raise ValueError("keys come in a list of their own, even one: [[moment, value], [moment, value, ease]]")
        return {"keys": value}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        table = handler.resolve_ref_schema(handler(schema))
        return {"anyOf": [table["properties"]["keys"], table]}


class PegKeys(Table):
    """The channels of a peg."""

    x: Track[Extent] | None = Field(None, description="Pixels from the left; replaces the x of `at`.")
    y: Track[Extent] | None = Field(None, description="Pixels from the top; replaces the y of `at`.")
    at: Track[Place] | None = Field(None, description="x and y together, [x, y]; instead of keys.x and keys.y.")
    scale: Track[Scale] | None = Field(None, description="Both ways, or [x, y]; instead of keys.scale_x and scale_y.")
    scale_x: Track[Number] | None = Field(None, description="Across; negative flips.")
    scale_y: Track[Number] | None = Field(None, description="Down; negative flips.")
    turn: Track[Number] | None = Field(None, description="Degrees, clockwise.")
    skew: Track[Pair] | None = Field(None, description="Degrees, [x, y].")
    parent: Track[Carrier] | None = Field(
        None, description='Who carries it, from this exact frame on; "" for nobody: from here on it is let go.'
    )


class LayerKeys(PegKeys):
    """The channels of a layer."""

    opacity: Track[Share] | None = Field(None, description="0 to 1; linear unless an ease says otherwise.")
    tint: Track[ColourText] | None = Field(None, description="Multiplies the colours; linear.")
    order: Track[Number] | None = Field(None, description="Higher is nearer, within a sheet.")
    swap: Track[Name] | None = Field(None, description='Which drawing shows; "none" lifts it off.')
    sheet: Track[Name] | None = Field(None, description="Which sheet it lies on, from this exact frame on.")
    behind: Track[Words] | None = Field(None, description='The layer to slip under; "" for none.')
    hidden: Track[Flag] | None = Field(None, description="Whether it is put aside.")
    blur: Track[Number] | None = Field(None, description="Out of focus: a Gaussian's sigma in pixels; 0 is sharp.")
    time: Track[Moment] | None = Field(
        None, description="A nested scene's clock.", json_schema_extra=not_yet("the clock of nested scenes")
    )


class SheetKeys(Table):
    """The channels of a sheet."""

    opacity: Track[Share] | None = Field(None, description="0 to 1; linear unless an ease says otherwise.")


class Settings(Table):
    """[scene]: the canvas and its clock; all of it may be left out."""

    title: Words = Field("", description="What the window and the credits call it; default the file's name.")
    size: CanvasSize = Field(
        (1920, 1080), description="Canvas pixels [width, height]: at most 16384 a side and 64 million in all."
    )
    rate: RateText = Field(24, description='Frames a second: 24, "24000/1001".')
    length: Length | None = Field(None, description="How long it is: default to the last key, move or span, else 4 s.")
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
    tempo: Tempo | None = Field(None, description="Beats a minute; moments in beats and bars need it.")
    first_beat: Length = Field("0s", description="Where beat 1 lies in the file.")
    bar: Beats = Field(4, description="Beats in a bar.")
    gain: Number = Field(0, description="Decibels.", json_schema_extra=not_yet("playing music", 0))


class Sheet(Table):
    """[[sheet]]: a sheet of glass, the lowest first."""

    name: Name = Field(description="What layers call it.")
    gap: Gap = Field(30, description="Millimetres of air under it; the first has 0.")
    opacity: Share = Field(1.0, description="0 to 1, of everything on it together.")
    on: Held | None = Field(None, description="How many frames its poses are held; default the scene's `on`.")
    keys: SheetKeys = Field(SheetKeys(), description="Its channels over time.")


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
    expr: dict[str, Words] = Field(
        default_factory=dict, description="Formulas.", json_schema_extra=not_yet("formulas", {})
    )
    move: tuple[Later, ...] = Field((), description="Moves, in order.", json_schema_extra=not_yet("moves", ()))


class Type(Table):
    """How a text layer is set."""

    font: Words = Field("", description="A font file from the project's root; default Pillow's own.")
    size: TypeSize = Field(72, description="Height of the letters in pixels (an em).")
    colour: ColourText = Field("#2e2622", description="Of the ink.")
    align: Literal["left", "centre", "right"] = Field("centre", description="Within the box or the longest line.")
    leading: Leading = Field(1.1, description="Line distance, as a multiple of size.")


class Layer(Table):
    """[[layer]]: a cut-out, a text or a card on a sheet, with everything it does."""

    name: Name | None = Field(None, description="What others call it. Default: the last part of the asset it writes.")
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
        description="The point that lies at `at`: [x, y] or a hook's name; default the registry's, else the centre.",
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
    behind: Words = Field("", description='A layer of the same sheet to slip under; "" for none.')
    hidden: Flag = Field(False, description="Put aside: not drawn.")
    photostat: Flag = Field(False, description="A declared copy of a one-of-a-kind asset.")
    keys: LayerKeys = Field(LayerKeys(), description="Its channels over time.")
    scene: Words | None = Field(None, description="A nested scene.", json_schema_extra=not_yet("nested scenes"))
    group: Flag = Field(False, description="Gathers its children.", json_schema_extra=not_yet("groups", False))
    blend: Words = Field("normal", description="The W3C modes.", json_schema_extra=not_yet("blends", "normal"))
    matte: Later = Field(None, description="Shows only inside another.", json_schema_extra=not_yet("mattes"))
    shadow: Flag | None = Field(
        None, description="Whether the lamp casts its shadow.", json_schema_extra=not_yet("the lamp", False)
    )
    registration: Number = Field(
        0, description="Pixels of hand error.", json_schema_extra=not_yet("registration error", 0)
    )
    lock: Flag = Field(False, description="Stays put under the camera.", json_schema_extra=not_yet("the camera", False))
    edge: Later = Field(None, description="How it was cut.", json_schema_extra=not_yet("how pieces are cut"))
    print: Later = Field(None, description="How it was printed.", json_schema_extra=not_yet("how pieces are printed"))
    expr: dict[str, Words] = Field(
        default_factory=dict, description="Formulas.", json_schema_extra=not_yet("formulas", {})
    )
    move: tuple[Later, ...] = Field((), description="Moves, in order.", json_schema_extra=not_yet("moves", ()))
    repeat: Later = Field(None, description="Many copies.", json_schema_extra=not_yet("copies of a layer"))
    time: Later = Field(
        None, description="A nested scene's clock.", json_schema_extra=not_yet("the clock of nested scenes")
    )
    part: Later = Field(None, description="Overrides inside it.", json_schema_extra=not_yet("nested scenes"))


class Scene(Table):
    """A whole scene file. Build one in Python by the same names: ``Scene(layer=[Layer(asset="props/rocket")])``."""

    format: Version = Field(1, description="The version of the format: always the first line.")
    scene: Settings = Field(Settings(), description="The canvas and its clock.")
    sound: Sound | None = Field(None, description="The music that beats and bars count.")
    cues: dict[CueName, Moment] = Field(default_factory=dict, description="Moments with names.")
    sheet: tuple[Sheet, ...] = Field((), description='Sheets of glass, bottom first; default one, "table".')
    peg: tuple[Peg, ...] = Field((), description="Things that move and carry.")
    layer: tuple[Layer, ...] = Field((), description="What is seen.")
    camera: Later = Field(None, description="Looks straight down.", json_schema_extra=not_yet("the camera"))
    lamp: Later = Field(None, description="Casts the shadows.", json_schema_extra=not_yet("the lamp"))
    look: Later = Field(None, description="The film stock.", json_schema_extra=not_yet("the look"))
    effect: tuple[Later, ...] = Field((), description="Sounds.", json_schema_extra=not_yet("sound effects", ()))
