"""The kinds of value that stand in a scene file, each checked once and kept as it was written.

A kind is a check that refuses in our own words, and the same rule as JSON Schema for editors.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from collage.colours import parse_colour
from collage.geometry import MOST_PIXELS, MOST_SIDE
from collage.motion.easing import parse_ease
from collage.timing import parse_length, parse_moment, parse_rate

N = TypeVar("N", int, float)

_PERCENT = re.compile(r"[+-]?[0-9]{1,6}(?:\.[0-9]{1,6})?%")
_PART = r"[a-z0-9][a-z0-9_-]*"
_NAME = re.compile(_PART)
_ASSET = re.compile(rf"{_PART}(?:/{_PART})*")
_REFERENCE = re.compile(rf"{_PART}(?:/{_PART})*(?:\.{_PART})?")
_CUE = re.compile(r"[a-z][a-z0-9_]*")
_CARRIER = re.compile(rf"(?:{_REFERENCE.pattern})?")
_ENDING = re.compile(r"\.(?:png|jpe?g|webp|tiff?)$", re.I)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAME_FORM = "names are lower-case letters, digits, _ and -"
TAKEN = frozenset({"in", "out", "end", "beat", "bar"})
"""Words of time that no cue may bear."""
LIMIT = 1e9
"""No number in a scene may be larger: far beyond any canvas, far below where floats lose a pixel."""
MOST_LETTERS = 10_000


@dataclass(eq=False)  # compared as itself: pydantic keeps kinds in sets, and a schema can't be hashed
class Kind:
    """A check (returns the value to keep, or raises ValueError) and its JSON Schema, for `typing.Annotated`."""

    check: Callable[[Any], Any]
    json: JsonSchemaValue

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(self.json)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a number belongs here, not {shown(value)}{_unquoted(value)}")
    if value != value or value in (math.inf, -math.inf):
        raise ValueError(f"{value} is no place on the glass: write a finite number")
    return _within_reach(value)


def _unquoted(value: Any) -> str:
    plain = isinstance(value, str) and re.fullmatch(r"[+-]?\d+(\.\d+)?", value)
    return f": write {value} without quotes" if plain else ""


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"a whole number belongs here, not {shown(value)}")
    return _within_reach(value)


def _within_reach(value: N) -> N:
    if abs(value) > LIMIT:  # not shown: an integer may have more digits than Python will print
        raise ValueError("a number out of reach: write at most a thousand million either way")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false belongs here, not {shown(value)}")
    return value


def _between(kind: Callable[[Any], float], low: float, high: float, value: Any) -> float:
    if not low <= kind(value) <= high:
        raise ValueError(f"{value:g} is out of bounds: write {low:g} to {high:g}")
    return float(value) if kind is _number else int(value)


def _pair(kind: Callable[[Any], Any], value: Any) -> tuple[Any, Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"two numbers [x, y] belong here, not {shown(value)}")
    if len(value) != 2:
        raise ValueError(f"two numbers [x, y] belong here, not {len(value)}")
    return kind(value[0]), kind(value[1])


def _scale(value: Any) -> float | tuple[float, float]:
    return _pair(_number, value) if isinstance(value, list | tuple) else _number(value)


def _canvas(value: Any) -> tuple[int, int]:
    width, height = _pair(_whole, value)
    if not (1 <= width <= MOST_SIDE and 1 <= height <= MOST_SIDE):
        raise ValueError(f"a canvas of {width} x {height} can't be: write 1 to {MOST_SIDE} pixels a side")
    if width * height > MOST_PIXELS:
        raise ValueError(f"a canvas of {width} x {height} is too large: write at most 64 million pixels in all")
    return width, height


def _box(value: Any) -> tuple[float, float]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        cure = f"write size = [400, 120], or of letters type = {{ size = {shown(value)} }}"
        raise ValueError(f"a size is two numbers [width, height], not {shown(value)}: {cure}")
    width, height = _pair(_number, value)
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise ValueError(f"a size of {width:g} x {height:g} can't be: write more than 0, at most {MOST_SIDE} a side")
    return width, height


def _extent(value: Any) -> float | str:
    if isinstance(value, str):
        if not _PERCENT.fullmatch(value):
            raise ValueError(f'can\'t read the length "{value[:40]}": write pixels as a bare number, or "50%"')
        return value
    return _number(value)


def _pivot(value: Any) -> str | tuple[Any, Any]:
    return _matching(_NAME, _NAME_FORM, value) if isinstance(value, str) else _pair(_extent, value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text in quotes belongs here, not {shown(value)}")
    if len(value) > MOST_LETTERS:
        raise ValueError(f"a text of {len(value)} characters is too long: write at most {MOST_LETTERS}")
    if _SURROGATE.search(value):
        raise ValueError("half a character (a lone surrogate) can't be written to a file: leave it out")
    return value


def _matching(pattern: re.Pattern[str], form: str, value: Any) -> str:
    if not pattern.fullmatch(_text(value)):
        raise ValueError(f"{shown(value)} is no name: {form}")
    return str(value)


def _asset(value: Any) -> str:
    name = _text(value)
    if not _ASSET.fullmatch(name) and _ASSET.fullmatch(near := asset_name(name)):
        form = "assets are named by their path under assets/, without the ending, in lower-case letters"
        raise ValueError(f'{shown(name)} is no asset\'s name. Did you mean "{near}"? Write asset = "{near}": {form}')
    return _matching(_ASSET, f"{_NAME_FORM}, folders joined by /", name)


def asset_name(path: str) -> str:
    """What a picture's path, however it is written, would be called as an asset; not always a valid name."""
    path = path.strip().replace("\\", "/").lower()
    under = path.rpartition("/assets/")[2].removeprefix("./").removeprefix("assets/")
    return _ENDING.sub("", under)


def _cue(value: Any) -> str:
    if value in TAKEN:
        raise ValueError(f'"{value}" is taken: {", ".join(sorted(TAKEN))} have meanings of their own')
    return _matching(_CUE, "a cue is a letter, then lower-case letters, digits and _", value)


def _timed(parse: Callable[[int | str], Any], value: Any) -> int | str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f'a whole number of frames or a text such as "2s" belongs here, not {shown(value)}')
    if isinstance(value, int):
        _within_reach(value)
    elif len(value) > 200:
        raise ValueError("a time of more than 200 characters: give a place on the timeline a name in [cues]")
    parse(value)
    return value


def _rate(value: Any) -> int | float | str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f'a rate belongs here, not {shown(value)}: write 24 or "24000/1001"')
    parse_rate(value if isinstance(value, str) else _number(value))
    return value


def _written_for(parse: Callable[[str], Any], value: Any) -> str:
    parse(_text(value))
    return str(value)


def _paper(value: Any) -> str:
    return "none" if value == "none" else _written_for(parse_colour, value)


def _version(value: Any) -> int:
    if type(value) is int and value > 1:
        raise ValueError(f"format {shown(value)} was written for a newer Collage; this one reads format = 1: update it")
    if type(value) is not int or value != 1:
        raise ValueError(f"{shown(value)} is no version of the format: write format = 1")
    return value


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down: a frozen model holds nothing that can change."""
    if isinstance(value, list | tuple):
        return tuple(_frozen(part) for part in value)
    return {key: _frozen(part) for key, part in value.items()} if isinstance(value, dict) else value


def shown(value: Any) -> str:
    """What a wrong value is, for a message: short texts and numbers as they are, the rest by kind."""
    if isinstance(value, str):
        return '"' + "".join(letter if letter.isprintable() else "�" for letter in value[:40]) + '"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value) if abs(value) < LIMIT else "a number"
    if isinstance(value, list | tuple | dict):
        return "a table" if isinstance(value, dict) else "a list"
    return f"a {type(value).__name__}"


def _bounded(kind: Callable[[Any], float], low: float, high: float) -> Kind:
    number = {"type": "integer" if kind is _whole else "number", "minimum": low, "maximum": high}
    return Kind(partial(_between, kind, low, high), number)


def _named(pattern: re.Pattern[str], form: str) -> Kind:
    return Kind(partial(_matching, pattern, form), _string(pattern))


def _string(pattern: re.Pattern[str]) -> JsonSchemaValue:
    return {"type": "string", "pattern": f"^{pattern.pattern}$"}


def _two(item: JsonSchemaValue) -> JsonSchemaValue:
    return {"type": "array", "items": item, "minItems": 2, "maxItems": 2}


_NUMBER = {"type": "number", "minimum": -LIMIT, "maximum": LIMIT}
_EXTENT = {"anyOf": [_NUMBER, {"type": "string", "pattern": f"^{_PERCENT.pattern}$"}]}
_TIME = {"type": ["integer", "string"]}
Extents = tuple[float | str, float | str]

Number = Annotated[float, Kind(_number, _NUMBER)]
Whole = Annotated[int, Kind(_whole, {"type": "integer"})]
Flag = Annotated[bool, Kind(_flag, {"type": "boolean"})]
Share = Annotated[float, _bounded(_number, 0, 1)]
Held = Annotated[int, _bounded(_whole, 1, 1000)]
Beats = Annotated[int, _bounded(_whole, 1, 64)]
Tempo = Annotated[float, _bounded(_number, 1, 1000)]
Gap = Annotated[float, _bounded(_number, 0, 10_000)]
TypeSize = Annotated[float, _bounded(_number, 1, 2000)]
Leading = Annotated[float, _bounded(_number, 0.1, 10)]
Words = Annotated[str, Kind(_text, {"type": "string", "maxLength": MOST_LETTERS})]
Extent = Annotated[float | str, Kind(_extent, _EXTENT)]
Pair = Annotated[tuple[float, float], Kind(partial(_pair, _number), _two(_NUMBER))]
Place = Annotated[Extents, Kind(partial(_pair, _extent), _two(_EXTENT))]
Scale = Annotated[float | tuple[float, float], Kind(_scale, {"anyOf": [_NUMBER, _two(_NUMBER)]})]
Pivot = Annotated[str | Extents, Kind(_pivot, {"anyOf": [_two(_EXTENT), _string(_NAME)]})]
CanvasSize = Annotated[tuple[int, int], Kind(_canvas, _two({"type": "integer", "minimum": 1, "maximum": MOST_SIDE}))]
BoxSize = Annotated[
    tuple[float, float], Kind(_box, _two({"type": "number", "exclusiveMinimum": 0, "maximum": MOST_SIDE}))
]
Moment = Annotated[int | str, Kind(partial(_timed, parse_moment), _TIME)]
Length = Annotated[int | str, Kind(partial(_timed, parse_length), _TIME)]
RateText = Annotated[int | float | str, Kind(_rate, {"type": ["number", "string"]})]
ColourText = Annotated[str, Kind(partial(_written_for, parse_colour), {"$comment": "colour"})]
PaperText = Annotated[str, Kind(_paper, {"anyOf": [{"$comment": "colour"}, {"const": "none"}]})]
EaseText = Annotated[str, Kind(partial(_written_for, parse_ease), {"$comment": "ease"})]
Name = Annotated[str, _named(_NAME, _NAME_FORM)]
AssetName = Annotated[str, Kind(_asset, _string(_ASSET))]
Reference = Annotated[str, _named(_REFERENCE, 'write "layer" or "layer.hook"')]
Carrier = Annotated[str, _named(_CARRIER, 'write "layer", "layer.hook", or "" for nobody')]
Version = Annotated[int, Kind(_version, {"const": 1})]
Later = Annotated[Any, Kind(_frozen, {})]
"""What a later version reads: kept unlooked at, refused by `collage.scene.notyet`."""
CueName = Annotated[str, Kind(_cue, _string(re.compile(rf"(?!(?:{'|'.join(sorted(TAKEN))})$){_CUE.pattern}")))]
