"""The JSON Schemas of scene and film files, for editors that complete and check TOML, made from the model alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from collage.colours import NAMES
from collage.motion.easing import EASES
from collage.motion.functions import FUNCTIONS
from collage.motion.functions import NAMES as VARIABLES
from collage.scene.model import Film, Scene, Table

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_REMARK = {"type": "string", "description": "Where this schema lies, for editors; Collage passes it over."}


def _anyhow(words: Iterable[str]) -> str:
    """A pattern for any of these words as the reader takes them: in capitals too, and with blanks around."""
    spelled = ("".join(f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in word)
               for word in words)  # fmt: skip
    return rf"^\s*({'|'.join(spelled)})"


_SHARED: dict[str, dict[str, Any]] = {
    "colour": {
        "description": 'A colour: "#rgb", "#rrggbb", "#rrggbbaa" or a CSS name.',
        "anyOf": [
            {"type": "string", "pattern": r"^\s*#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\s*$"},
            {"enum": sorted(NAMES)},
            {"type": "string", "pattern": rf"{_anyhow(sorted(NAMES))}\s*$"},
        ],
    },
    "moment": {
        "description": 'A place in time: frames as 48, "2s", "beat 33", "bar 9", a cue, "in", "out", "end", '
        'and sums of them with lengths: "splash+12", "end-1s".',
        "type": ["integer", "string"],
    },
    "length": {
        "description": 'A stretch of time: frames as 12, "0.5s", "1 beat", "2 bars", and sums of them.',
        "type": ["integer", "string"],
    },
    "formula": {
        "description": "A formula: numbers, + - * / // % **, comparisons, and or not, a if c else b, "
        f"the names {', '.join(VARIABLES)}, and the functions {', '.join(FUNCTIONS)}.",
        "type": "string",
        "maxLength": 1000,
    },
    "ease": {
        "description": "How a piece arrives at its key.",
        "anyOf": [
            {"enum": list(EASES)},
            {"type": "string", "pattern": rf"{_anyhow(EASES)}\s*$"},
            {"type": "string", "pattern": rf"{_anyhow(('cubic-bezier', 'steps', 'linear', 'spring'))}\([\s\S]*\)\s*$"},
        ],
    },
}
"""Kinds of value with many words, told once; the model names them by a `$comment`. The lists are what editors offer,
the patterns what the reader takes."""


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a scene. Fields that do not act in this version say so."""
    return _whole(Scene, "Collage scene, format 1")


def film_schema() -> dict[str, Any]:
    """The same of a film."""
    return _whole(Film, "Collage film, format 1")


def _whole(kind: type[Table], title: str) -> dict[str, Any]:
    made = _tidied(_numbered(kind.model_json_schema(by_alias=True)))
    made["properties"]["$schema"] = _REMARK
    made["required"] = ["format", *([] if kind is Scene else ["shot"])]
    used = {part for part in _SHARED if f'"#/$defs/{part}"' in json.dumps(made)}
    made["$defs"] = {**made["$defs"], **{name: deepcopy(part) for name, part in _SHARED.items() if name in used}}
    return {"$schema": DRAFT, "title": title, **{k: made[k] for k in made if k != "title"}}


def _numbered(made: dict[str, Any]) -> dict[str, Any]:
    """Short names for tracks and keys of each kind of value, which pydantic names after our types."""
    text = json.dumps(made)
    for word in ("Key", "Track"):
        long = [name for name in made["$defs"] if f"{word}_" in name]
        for number, name in enumerate(long, 1):
            text = text.replace(f'"{name}"', f'"{word}{number}"').replace(f'/{name}"', f'/{word}{number}"')
    return dict(json.loads(text))


def _tidied(part: Any) -> Any:
    """pydantic's schema for TOML: there is no null, titles say nothing, shared kinds are references."""
    if isinstance(part, list):
        return [_tidied(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = _without_null(part)
    if "patternProperties" in part:
        part = {**part, "additionalProperties": False}
    if part.get("$comment") in _SHARED:
        rest = {key: value for key, value in part.items() if key not in ("$comment", "title")}
        return {"$ref": f"#/$defs/{part['$comment']}", **rest}
    return {key: _tidied(value) for key, value in part.items() if key != "title" or not isinstance(value, str)}


def _without_null(part: dict[str, Any]) -> dict[str, Any]:
    if part.get("default", 0) is None or isinstance(part.get("default"), dict):  # a table's fields tell their own
        part = {key: value for key, value in part.items() if key != "default"}
    choices = [choice for choice in part.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) != 1:
        return {**part, "anyOf": choices} if choices else part
    return {**choices[0], **{key: value for key, value in part.items() if key != "anyOf"}}
