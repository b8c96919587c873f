"""The kinds of value that stand in a scene file, each checked once and kept as it was written.

A kind is a type with a validator and a line of JSON Schema, so that a wrong value is refused in our own words
and an editor knows the same rules.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from collage.colours import parse_colour
from collage.motion.easing import parse_ease
from collage.timing import parse_length, parse_moment, parse_rate

_PERCENT = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,6})?%")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_ASSET = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*")
_REFERENCE = re.compile(r"[a-z0-9][a-z0-9_-]*(?:/[a-z0-9][a-z0-9_-]*)*(?:\.[a-z0-9][a-z0-9_-]*)?")
_CUE = re.compile(r"[a-z][a-z0-9_]*")
_NAME_FORM = "lower-case letters, digits, _ and -"
TAKEN = frozenset({"in", "out", "end", "beat", "bar"})
LIMIT = 1e9
"""No number in a scene may be larger: far beyond any canvas, far below where floats lose a pixel."""


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a number belongs here, not {_shown(value)}")
    if not math.isfinite(value):
        raise ValueError(f"{value} is no place on the glass: write a finite number")
    if abs(value) > LIMIT:
        raise ValueError(f"{value:g} is out of reach: at most a thousand million either way")
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"a whole number belongs here, not {_shown(value)}")
    if abs(value) > LIMIT:
        raise ValueError(f"{value} is out of reach: at most a thousand million either way")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false belongs here, not {_shown(value)}")
    return value


def _between(kind: Callable[[Any], float], low: float, high: float) -> PlainValidator:
    def between(value: Any) -> float:
        if not low <= kind(value) <= high:
            raise ValueError(f"{value:g} is outside {low:g} to {high:g}")
        return float(value) if kind is _number else int(value)

    return PlainValidator(between)


def _scale(value: Any) -> float | tuple[float, float]:
    return _pair(value, _number) if isinstance(value, tuple) else _number(value)


def _pivot(value: Any) -> str | tuple[Any, Any]:
    if isinstance(value, str):
        if not _NAME.fullmatch(value):
            raise ValueError(f'"{value}" is no name of a hook: {_NAME_FORM}')
        return value
    return _pair(value, _extent)


def _pair(value: Any, kind: Callable[[Any], Any]) -> tuple[Any, Any]:
    if not isinstance(value, tuple):
        raise ValueError(f"two numbers [x, y] belong here, not {_shown(value)}")
    if len(value) != 2:
        raise ValueError(f"two numbers [x, y] belong here, not {len(value)}")
    return kind(value[0]), kind(value[1])


def _extent(value: Any) -> float | str:
    if isinstance(value, str):
        if not _PERCENT.fullmatch(value):
            raise ValueError(f'can\'t read the length "{value}": write pixels as a bare number, or "50%"')
        return value
    return _number(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text in quotes belongs here, not {_shown(value)}")
    if len(value) > 10_000:
        raise ValueError(f"a text of {len(value)} characters is too long: at most 10000")
    return value


def _matching(pattern: re.Pattern[str], form: str) -> PlainValidator:
    def matching(value: Any) -> str:
        if not pattern.fullmatch(_text(value)):
            raise ValueError(f'"{value}" is no name: {form}')
        return str(value)

    return PlainValidator(matching)


def _cue(value: Any) -> str:
    if not _CUE.fullmatch(_text(value)):
        raise ValueError(f'"{value}" is no name for a cue: a letter, then lower-case letters, digits and _')
    if value in TAKEN:
        raise ValueError(f'"{value}" is taken: {", ".join(sorted(TAKEN))} have meanings of their own')
    return str(value)


def _written_by(parse: Any) -> PlainValidator:
    """A validator that keeps the text as written once `parse` has accepted it."""

    def written(value: Any) -> int | str:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise ValueError(f"a whole number of frames or a text belongs here, not {_shown(value)}")
        parse(value)
        return value

    return PlainValidator(written)


def _rate(value: Any) -> int | float | str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f'a rate belongs here, not {_shown(value)}: write 24 or "24000/1001"')
    parse_rate(value)
    return value


def _in_words(parse: Any) -> PlainValidator:
    def checked(value: Any) -> str:
        parse(_text(value))
        return str(value)

    return PlainValidator(checked)


def _paper(value: Any) -> str:
    if value != "none":
        parse_colour(_text(value))
    return str(value)


def _shown(value: Any) -> str:
    kinds = {bool: "true or false", str: "text", int: "a number", float: "a number", tuple: "a list", dict: "a table"}
    return f'the text "{value[:40]}"' if isinstance(value, str) else kinds.get(type(value), str(type(value).__name__))


def _schema(**json: Any) -> WithJsonSchema:
    return WithJsonSchema(json)


Number = Annotated[float, PlainValidator(_number), _schema(type="number")]
Whole = Annotated[int, PlainValidator(_whole), _schema(type="integer")]
Flag = Annotated[bool, PlainValidator(_flag), _schema(type="boolean")]
Share = Annotated[float, _between(_number, 0, 1), _schema(type="number", minimum=0, maximum=1)]
Held = Annotated[int, _between(_whole, 1, 1000), _schema(type="integer", minimum=1, maximum=1000)]
Beats = Annotated[int, _between(_whole, 1, 64), _schema(type="integer", minimum=1, maximum=64)]
Tempo = Annotated[float, _between(_number, 1, 1000), _schema(type="number", minimum=1, maximum=1000)]
Gap = Annotated[float, _between(_number, 0, 10_000), _schema(type="number", minimum=0, maximum=10_000)]
TypeSize = Annotated[float, _between(_number, 1, 2000), _schema(type="number", minimum=1, maximum=2000)]
Leading = Annotated[float, _between(_number, 0.1, 10), _schema(type="number", minimum=0.1, maximum=10)]
Words = Annotated[str, PlainValidator(_text), _schema(type="string")]
Extent = Annotated[
    float | str, PlainValidator(_extent), _schema(anyOf=[{"type": "number"}, {"type": "string", "pattern": "%$"}])
]
_NUMBERS = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
_EXTENTS = {"type": "array", "items": {"type": ["number", "string"]}, "minItems": 2, "maxItems": 2}
Pair = Annotated[tuple[float, float], PlainValidator(partial(_pair, kind=_number)), _schema(**_NUMBERS)]
Place = Annotated[tuple[float | str, float | str], PlainValidator(partial(_pair, kind=_extent)), _schema(**_EXTENTS)]
Scale = Annotated[float | tuple[float, float], PlainValidator(_scale), _schema(anyOf=[{"type": "number"}, _NUMBERS])]
Pivot = Annotated[
    str | tuple[float | str, float | str], PlainValidator(_pivot), _schema(anyOf=[_EXTENTS, {"type": "string"}])
]
Moment = Annotated[int | str, _written_by(parse_moment), _schema(type=["integer", "string"])]
Length = Annotated[int | str, _written_by(parse_length), _schema(type=["integer", "string"])]
RateText = Annotated[int | float | str, PlainValidator(_rate), _schema(type=["number", "string"])]
ColourText = Annotated[str, _in_words(parse_colour), _schema(type="string", format="color")]
PaperText = Annotated[str, PlainValidator(_paper), _schema(type="string")]
EaseText = Annotated[str, _in_words(parse_ease), _schema(type="string")]
Name = Annotated[str, _matching(_NAME, _NAME_FORM), _schema(type="string", pattern=f"^{_NAME.pattern}$")]
AssetName = Annotated[
    str, _matching(_ASSET, f"{_NAME_FORM}, folders joined by /"), _schema(type="string", pattern=f"^{_ASSET.pattern}$")
]
Reference = Annotated[str, _matching(_REFERENCE, 'write "layer" or "layer.hook"'), _schema(type="string")]
CueName = Annotated[str, PlainValidator(_cue), _schema(type="string", pattern=f"^{_CUE.pattern}$")]
