"""What every table of a scene is made of: the frozen base, the mark of what does not act yet, keys and tracks."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from collage.scene.values import EaseText, FilePath, Length, Moment

V = TypeVar("V")
DISCRETE = ("swap", "parent", "sheet", "behind", "hidden")
"""The channels that jump at the exact frame of their key."""

IN_TEXT = "text"
"""The validation context of a file: there a key is a list, in Python also ``Key(at=0, value=1)``."""


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


def by_name(annotation: Any) -> bool:
    """Whether a field holds tables or values by names that people give, as `part` and `cues` do."""
    origin: object = get_origin(annotation)
    return origin is dict


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
    file: FilePath | None = Field(
        None,
        description="Of swap alone, instead of keys: a file whose lines are seconds since the layer's in, a tab, and a "
        'drawing, as programs for lip sync write them: "assets/sound/line.tsv".',
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
