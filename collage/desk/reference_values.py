"""Values for the reference: what may stand at a key, in which unit, and what it is without; told from its type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from collage.scene import checks, values
from collage.scene.model import Track, by_name, table_of
from collage.scene.values import Kind


class Writing(NamedTuple):
    """A kind of value: its word, its unit, ways to write it, and what there is to know."""

    word: str
    unit: str
    examples: tuple[Any, ...]
    line: str


WRITINGS: Mapping[str, Writing] = {
    "Words": Writing("text", "", ("GIANT RISES",), "Words in quotes."),
    "Name": Writing("name", "", ("rocket", "hand-2"), "Lower-case letters, digits, `_` and `-`."),
    "CueName": Writing("cue", "", ("splash", "act_2"), "Lower-case letters, digits and `_`, a letter first."),
    "AssetName": Writing("asset", "", ("props/rocket",), "A picture's path under `assets/`, without its ending."),
    "ScenePath": Writing("scene", "", ("scenes/bath.toml",), "A scene's path from the project's root."),
    "FilePath": Writing("file", "", ("assets/sound/waltz.ogg",), "A file's path from the project's root."),
    "Reference": Writing(
        "reference", "", ("rocket", "rocket.hatch", "bones/hand-r.wrist"),
        "A layer or a peg, or after a dot one of a layer's hooks; after a slash, inside a nested scene.",
    ),
    "Carrier": Writing("carrier", "", ("bath.water", ""), "A reference, or nothing in quotes for nobody."),
    "Target": Writing("target", "", ("star", "star.tip", (960, 540)), "A reference, or a place."),
    "Pivot": Writing("pivot", "px or % of the picture", ("wrist", (412, 610), ("50%", "100%")),
                     "A hook's name, or a point of the picture."),
    "Extent": Writing("extent", "px or %", (960, "50%"),
                      "Pixels, or a share of the side of the canvas that it lies along."),
    "Place": Writing("place", "px or %", ((960, 540), ("50%", 300)), "Two extents, [x, y]."),
    "Area": Writing("area", "px or %", ((0, 0, "100%", 300),), "Four extents, [x, y, width, height]."),
    "Pair": Writing("pair", "", ((0, 12),), "Two numbers, [x, y]."),
    "Scale": Writing("scale", "times", (1, (1, -0.5)), "A number for both ways, or [x, y]; below 0 it flips."),
    "CanvasSize": Writing("canvas size", "px", ((1920, 1080),), "Two whole numbers, [width, height]."),
    "BoxSize": Writing("size", "px", ((400, 120),), "Two numbers above 0, [width, height]."),
    "Grid": Writing("grid", "copies", ((6, 4),), "Two whole numbers, [columns, rows]."),
    "Focus": Writing("focus", "mm", ("stage", 30), "A sheet's name, or millimetres above the table."),
    "Moment": Writing("moment", "frames", (48, "2s", "beat 33", "splash+12"), "A place in time: see Time."),
    "Length": Writing("length", "frames", (12, "0.5s", "2 bars"), "A stretch of time: see Time."),
    "Stretch": Writing("length or 0", "frames", (12, 0), "A stretch of time, or none: see Time."),
    "Period": Writing("length above 0", "frames", (12, "1 beat"), "A stretch of time that is not none: see Time."),
    "Looping": Writing("flag or length", "frames", (True, "2s"), "Whether it goes round, or after how long."),
    "RateText": Writing("rate", "frames/s", (24, "24000/1001"), "Frames a second, as a number or a fraction."),
    "ColourText": Writing("colour", "", ("#b8402e", "#fff", "teal"), "#rgb, #rrggbb, #rrggbbaa or a name of CSS."),
    "PaperText": Writing('colour or "none"', "", ("#d6c8a8", "none"), "A colour, or none at all."),
    "EaseText": Writing("ease", "", ("out-back", "steps(4)"), "How something arrives: see Eases."),
    "FormulaText": Writing("formula", "", ("v + 30*sin(tau*t/2)",), "See Formulas."),
    "PathText": Writing("path data", "px", ("M 0 500 C 400 200 800 200 1200 500",),
                        "The path data of SVG: M L H V C S Q T A Z, large or small."),
    "Scripted": Writing("motion", "", ("motions.wobble",), "A function of motions.py."),
    "CubePath": Writing("file", "", ("assets/look/print.cube",), "A .cube file, its path from the project's root."),
    "Blend": Writing("blend", "", ("multiply",), "How colours mix: see Blends."),
    "Inks": Writing("colours", "", (("#5c9ca0", "#b8402e"),), "At most three colours in brackets."),
    "Lean": Writing("number, 0 to below 90", "degrees", (), ""),
    "Halftone": Writing("0, or number, 2 to 64", "px of the picture", (), ""),
    "Knives": Writing("0, or whole number, 2 to 12", "knives", (), ""),
}  # fmt: skip
"""Every kind but numbers, flags and choices, which tell themselves, by its name in `collage.scene.values`."""

_NAMES = {
    argument: name
    for name, kind in vars(values).items()
    for argument in getattr(kind, "__metadata__", ())
    if isinstance(argument, Kind)
}
_SHARE = "share"
_SPOKEN = {
    "degrees": "degrees", "pixels": "px", "millimetres": "mm", "frames": "frames", "decibels": "dB", "share": _SHARE,
    "beats a minute": "beats/min", "beats": "beats", "multiple": "times", "times": "times", "flips": "times",
    "scales": "times", "fast": "times", "copies": _SHARE,
}  # fmt: skip
_UNIT = re.compile(rf"\b({'|'.join(_SPOKEN)})\b")
_JSON = {"boolean": "true or false", "integer": "whole number", "number": "number"}


class Value(NamedTuple):
    """What may stand at a key."""

    words: str
    unit: str


def value_of(annotation: Any, line: str, metadata: tuple[Any, ...] = ()) -> Value:
    """What a type takes, and in which unit: its kind's own, else the first that its description speaks of."""
    if (inner := _tracked(annotation)) is not None:
        return value_of(inner, line)
    if table_of(annotation):
        return Value(_tables(annotation), "")
    found = [*_kinds(annotation, metadata)]
    name = next((_NAMES[kind] for kind in found if kind in _NAMES), "")
    if name in WRITINGS:
        return Value(WRITINGS[name].word, WRITINGS[name].unit or (_spoken(line) if name == "Pair" else ""))
    if found:
        words = _plain(found[0].json)
        return Value(words, _SHARE if words.endswith(" 0 to 1") else _spoken(line) if "number" in words else "")
    return Value(" or ".join(_code(choice) for choice in _choices(annotation)) or "of the channel", "")


def _tables(annotation: Any) -> str:
    if by_name(annotation):
        return "a table for each name"
    return "tables" if get_origin(annotation) is tuple else "a table"


def fields(model: Any) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a table by the names that files use."""
    for name, field in model.model_fields.items():
        yield field.alias or name, field


def field_value(field: FieldInfo) -> Value:
    if by_name(field.annotation) and not table_of(field.annotation):
        named, meant = get_args(field.annotation)
        return Value(f"{value_of(meant, '').words} for each {value_of(named, '').words}", "")
    return value_of(field.annotation, field.description or "", tuple(field.metadata))


def default_of(field: FieldInfo) -> str:
    """The default as it would be written, a dash where the description tells it or there is none to write."""
    if field.is_required():
        return "needed"
    return written(field.default) if field.default_factory is None and not table_of(field.annotation) else "–"


def written(value: Any) -> str:
    """A value as TOML, between backticks."""
    return "–" if value is None or value == () else _code(value)


def _code(value: Any) -> str:
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _tracked(annotation: Any) -> Any:
    """What the keys of a track hold; None for what is no track."""
    for kind in (annotation, *get_args(annotation)):
        if isinstance(kind, type) and issubclass(kind, Track):
            return kind.__pydantic_generic_metadata__["args"][0]
    return None


def _kinds(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Kind]:
    yield from (one for one in metadata if isinstance(one, Kind))
    yield from (one for one in getattr(annotation, "__metadata__", ()) if isinstance(one, Kind))
    for part in get_args(annotation):
        if not isinstance(part, str):
            yield from _kinds(part, ())


def _choices(annotation: Any) -> Iterator[Any]:
    for part in (annotation, *get_args(annotation)):
        if get_origin(part) is Literal:
            yield from get_args(part)


def _plain(rule: Mapping[str, Any]) -> str:
    """A number, a flag or a choice in words, from its JSON Schema."""
    if "const" in rule or "enum" in rule:
        return " or ".join(_code(choice) for choice in rule.get("enum", [rule.get("const")]))
    low, high = rule.get("minimum", -checks.LIMIT), rule.get("maximum", checks.LIMIT)
    bounds = f", {low:g} to {high:.7g}" if low > -checks.LIMIT else ""
    return _JSON[rule["type"]] + bounds


def _spoken(line: str) -> str:
    found = _UNIT.search(line.lower())
    return _SPOKEN[found[1]] if found else ""
