"""The kinds of value that stand in a scene file, each checked once and kept as it was written.

A kind is a check that refuses in our own words, and the same rule as JSON Schema for editors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
from collage.scene import checks, pathnames
from collage.scene.checks import TAKEN, shown
from collage.scene.pathnames import asset_name
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


def _or_none(kind: Callable[[Any], float], low: float, high: float) -> Kind:
    """0, or a number within bounds."""
    return Kind(partial(checks.none_or, kind, low, high), {"anyOf": [{"const": 0}, _bounded(kind, low, high).json]})


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
_INKS: JsonSchemaValue = {"type": "array", "items": {"$comment": "colour"}, "maxItems": checks.MOST_INKS}
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
Lean = Annotated[float, Kind(checks.lean, {"type": "number", "minimum": 0, "exclusiveMaximum": 90})]
Spread = Annotated[float, _bounded(checks.number, 0, 10)]
Border = Annotated[float, _bounded(checks.number, 0, 200)]
Knives = Annotated[int, _or_none(checks.whole, 2, 12)]
Halftone = Annotated[float, _or_none(checks.number, 2, 64)]
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
Inks = Annotated[tuple[str, ...], Kind(partial(checks.inks, parse_colour), _INKS)]
PaperText = Annotated[str, Kind(checks.paper, {"anyOf": [{"$comment": "colour"}, {"const": "none"}]})]
EaseText = Annotated[str, Kind(partial(checks.written_for, parse_ease), {"$comment": "ease"})]
Name = Annotated[str, _named(checks.NAME, checks.NAME_FORM)]
AssetName = Annotated[str, Kind(pathnames.asset, _string(pathnames.ASSET))]
Reference = Annotated[str, _named(checks.REFERENCE, checks.REFERENCE_FORM)]
Carrier = Annotated[str, _named(checks.CARRIER, 'write "layer", "layer.hook", or "" for nobody')]
Version = Annotated[int, Kind(checks.version, {"const": 1})]
CueName = Annotated[
    str, Kind(checks.cue, _string(re.compile(rf"(?!(?:{'|'.join(sorted(checks.TAKEN))})$){checks.CUE.pattern}")))
]
ScenePath = Annotated[str, Kind(pathnames.scene, _string(pathnames.SCENE))]
FilePath = Annotated[str, Kind(pathnames.file, _string(pathnames.FILE))]
CubePath = Annotated[str, Kind(pathnames.cube, _string(pathnames.CUBE))]
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


def choice(*words: str, meant: Mapping[str, str] | None = None) -> Kind:
    """One of a few words; `meant` are those of other programs, each with ours."""
    return Kind(partial(checks.chosen, words, meant or {}), {"enum": list(words)})


BLENDS = (
    "normal", "multiply", "screen", "overlay", "darken", "lighten", "color-dodge", "color-burn", "hard-light",
    "soft-light", "difference", "exclusion", "hue", "saturation", "color", "luminosity", "atop", "xor", "plus-lighter",
)  # fmt: skip
"""How a piece may be laid on what lies beneath: the blend modes of W3C Compositing and Blending Level 1, then the
operators of Porter and Duff that lay a piece, and the sum of both."""
_BLENDS_ELSEWHERE = {
    "add": "plus-lighter", "addition": "plus-lighter", "additive": "plus-lighter", "linear-dodge": "plus-lighter",
    "plus": "plus-lighter", "lighter": "plus-lighter", "glow": "plus-lighter", "dodge": "color-dodge",
    "burn": "color-burn", "colour": "color", "colour-dodge": "color-dodge", "colour-burn": "color-burn",
    "luminance": "luminosity", "over": "normal", "source-over": "normal", "none": "normal", "pass-through": "normal",
    "source-atop": "atop", "darker": "darken", "subtract": "difference", "negation": "exclusion",
}  # fmt: skip
Blend = Annotated[str, choice(*BLENDS, meant=_BLENDS_ELSEWHERE)]
Side = Annotated[str, choice("inside", "outside", meant={"in": "inside", "out": "outside", "inverted": "outside"})]
By = Annotated[
    str, choice("alpha", "luminance", meant={"luma": "luminance", "luminosity": "luminance", "brightness": "luminance"})
]
