"""The kinds of value that stand in a scene file, each checked once and kept as it was written.

A kind is a check that refuses in our own words, and the same rule as JSON Schema for editors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from collage.colours import parse_colour
from collage.geometry import MOST_SIDE
from collage.motion.easing import parse_ease
from collage.motion.formulas import parse_formula
from collage.motion.paths import parse_path
from collage.scene import checks
from collage.scene.checks import TAKEN, asset_name, shown
from collage.timing import parse_length, parse_moment

__all__ = ["TAKEN", "asset_name", "shown"]


@dataclass(eq=False)  # compared as itself: pydantic keeps kinds in sets, and a schema can't be hashed
class Kind:
    """A check (returns the value to keep, or raises ValueError) and its JSON Schema, for `typing.Annotated`."""

    check: Callable[[Any], Any]
    json: JsonSchemaValue

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(self.json)


def _bounded(kind: Callable[[Any], float], low: float, high: float) -> Kind:
    number = {"type": "integer" if kind is checks.whole else "number", "minimum": low, "maximum": high}
    return Kind(partial(checks.between, kind, low, high), number)


def _named(pattern: re.Pattern[str], form: str) -> Kind:
    return Kind(partial(checks.matching, pattern, form), _string(pattern))


def _string(pattern: re.Pattern[str]) -> JsonSchemaValue:
    return {"type": "string", "pattern": f"^{pattern.pattern}$"}


def _two(item: JsonSchemaValue) -> JsonSchemaValue:
    return {"type": "array", "items": item, "minItems": 2, "maxItems": 2}


def _wholes(most: int) -> JsonSchemaValue:
    return {"type": "integer", "minimum": 1, "maximum": most}


_NUMBER = {"type": "number", "minimum": -checks.LIMIT, "maximum": checks.LIMIT}
_EXTENT = {"anyOf": [_NUMBER, {"type": "string", "pattern": f"^{checks.PERCENT.pattern}$"}]}
_LENGTH: JsonSchemaValue = {"$comment": "length"}
Extents = tuple[float | str, float | str]

Number = Annotated[float, Kind(checks.number, _NUMBER)]
Factor = Annotated[float, Kind(checks.factor, _NUMBER)]
Whole = Annotated[int, Kind(checks.whole, {"type": "integer"})]
Flag = Annotated[bool, Kind(checks.flag, {"type": "boolean"})]
Share = Annotated[float, _bounded(checks.factor, 0, 1)]
Held = Annotated[int, _bounded(checks.whole, 1, 1000)]
Beats = Annotated[int, _bounded(checks.whole, 1, 64)]
Tempo = Annotated[float, _bounded(checks.number, 1, 1000)]
Gap = Annotated[float, _bounded(checks.number, 0, 10_000)]
TypeSize = Annotated[float, _bounded(checks.number, 1, 2000)]
Leading = Annotated[float, _bounded(checks.number, 0.1, 10)]
Zoom = Annotated[float, _bounded(checks.factor, 0.001, 1000)]
Height = Annotated[float, _bounded(checks.number, 1, 100_000)]
Aperture = Annotated[float, _bounded(checks.number, 0, 1000)]
Shutter = Annotated[float, _bounded(checks.number, 0, 360)]
Decibels = Annotated[float, _bounded(checks.number, -60, 24)]
HandError = Annotated[float, _bounded(checks.number, 0, 1000)]
Copies = Annotated[int, _bounded(checks.whole, 1, checks.MOST_COPIES)]
Count = Annotated[int, _bounded(checks.whole, 1, 1_000_000)]
Words = Annotated[str, Kind(checks.text, {"type": "string", "maxLength": checks.MOST_LETTERS})]
Extent = Annotated[float | str, Kind(checks.extent, _EXTENT)]
Pair = Annotated[tuple[float, float], Kind(partial(checks.pair, checks.number), _two(_NUMBER))]
Place = Annotated[Extents, Kind(partial(checks.pair, checks.extent), _two(_EXTENT))]
Scale = Annotated[float | tuple[float, float], Kind(checks.scale, {"anyOf": [_NUMBER, _two(_NUMBER)]})]
Pivot = Annotated[str | Extents, Kind(checks.pivot, {"anyOf": [_two(_EXTENT), _string(checks.NAME)]})]
CanvasSize = Annotated[
    tuple[int, int], Kind(checks.canvas, _two({"type": "integer", "minimum": 1, "maximum": MOST_SIDE}))
]
BoxSize = Annotated[
    tuple[float, float], Kind(checks.box, _two({"type": "number", "exclusiveMinimum": 0, "maximum": MOST_SIDE}))
]
Moment = Annotated[int | str, Kind(partial(checks.timed, parse_moment), {"$comment": "moment"})]
Length = Annotated[int | str, Kind(partial(checks.timed, parse_length), _LENGTH)]
Period = Annotated[int | str, Kind(partial(checks.stretch, 1), _LENGTH)]
Stretch = Annotated[int | str, Kind(partial(checks.stretch, 0), _LENGTH)]
Looping = Annotated[bool | int | str, Kind(checks.looped, {"anyOf": [{"type": "boolean"}, _LENGTH]})]
RateText = Annotated[int | float | str, Kind(checks.rate, {"type": ["number", "string"]})]
ColourText = Annotated[str, Kind(partial(checks.written_for, parse_colour), {"$comment": "colour"})]
PaperText = Annotated[str, Kind(checks.paper, {"anyOf": [{"$comment": "colour"}, {"const": "none"}]})]
EaseText = Annotated[str, Kind(partial(checks.written_for, parse_ease), {"$comment": "ease"})]
Name = Annotated[str, _named(checks.NAME, checks.NAME_FORM)]
AssetName = Annotated[str, Kind(checks.asset, _string(checks.ASSET))]
Reference = Annotated[str, _named(checks.REFERENCE, checks.REFERENCE_FORM)]
Carrier = Annotated[str, _named(checks.CARRIER, 'write "layer", "layer.hook", or "" for nobody')]
Version = Annotated[int, Kind(checks.version, {"const": 1})]
Later = Annotated[Any, Kind(checks.frozen, {})]
"""What a later version reads: kept unlooked at, refused by `collage.scene.notyet`."""
CueName = Annotated[
    str, Kind(checks.cue, _string(re.compile(rf"(?!(?:{'|'.join(sorted(checks.TAKEN))})$){checks.CUE.pattern}")))
]
ScenePath = Annotated[str, Kind(checks.scene, _string(checks.SCENE))]
FilePath = Annotated[str, Kind(checks.file, _string(checks.FILE))]
FormulaText = Annotated[str, Kind(partial(checks.formula, parse_formula), {"$comment": "formula"})]
PathText = Annotated[str, Kind(partial(checks.written_for, parse_path), {"type": "string"})]
Area = Annotated[tuple[float | str, ...], Kind(checks.area, {**_two(_EXTENT), "minItems": 4, "maxItems": 4})]
Grid = Annotated[
    tuple[int, int], Kind(checks.grid, _two({"type": "integer", "minimum": 1, "maximum": checks.MOST_COPIES}))
]
Focus = Annotated[float | str, Kind(checks.focus, {"anyOf": [_NUMBER, _string(checks.NAME)]})]
Target = Annotated[str | Extents, Kind(checks.target, {"anyOf": [_string(checks.REFERENCE), _two(_EXTENT)]})]
Scripted = Annotated[str, _named(checks.SCRIPTED, checks.SCRIPTED_FORM)]
ParameterName = Annotated[str, _named(checks.PARAMETER, "parameters are lower-case letters, digits and _")]
Option = Annotated[
    bool | float | str | tuple[float, float],
    Kind(checks.option, {"anyOf": [{"type": ["boolean", "number", "string"]}, _two(_NUMBER)]}),
]


def choice(*words: str) -> Kind:
    """One of a few words."""
    return Kind(partial(checks.chosen, words), {"enum": list(words)})
