"""From `Scene` or `Film` to text: TOML that says what is not default, in the model's order, as a person would.

``parse(write(scene)) == scene`` for every scene without findings; the same scene always gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from collage.scene.model import Edge, Film, Key, Print, Scene, Table, Track

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_WIDE = 110
"""A track longer than this stands with a line for each key."""


def write(scene: Scene | Film) -> str:
    """The scene or film as TOML: ``format = 1``, then a table for each thing, non-defaults only."""
    blocks = [["format = 1"]]
    for name, value in _entries(scene):
        if name == "format":
            continue
        many = isinstance(value, tuple)
        for table in value if many else (value,):
            heading = f"[[{name}]]" if many else f"[{name}]"
            blocks.append([heading, *_lines(table)])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _entries(table: Table, like: bool = False) -> Iterator[tuple[str, Any]]:
    """The fields to write, under the file's names: what differs from the default; inside a layer that is `like`
    another also what is set to the default, since that overrides."""
    for name, field in type(table).model_fields.items():
        value = getattr(table, name)
        plain = value == field.get_default(call_default_factory=True)
        if value is not None and (not plain or (like and name in table.model_fields_set)):
            yield field.alias or name, value
    yield from (table.model_extra or {}).items()


def _lines(table: Table | Mapping[str, Any], like: bool = False) -> Iterator[str]:
    """``key = value`` for each entry; the tables inside as dotted keys, so that each thing is one block."""
    like = like or bool(getattr(table, "like", None))
    entries = _entries(table, like) if isinstance(table, Table) else table.items()
    for name, value in entries:
        if isinstance(value, Table) and not isinstance(value, Track):
            inner = list(_lines(value, like or isinstance(value, Edge | Print)))  # whose defaults override the registry
            yield from (f"{_key(name)}.{line}" for line in inner or [])
            if not inner:
                yield f"{_key(name)} = {{}}"
        elif name == "part":  # whatever stands there overrides, also what is a default elsewhere
            yield from (f"part.{line}" for line in _lines(value, like=True))
        else:
            yield f"{_key(name)} = {_value(value)}"


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return _number(value)
        case str():
            return _text(value)
        case Track():
            return _track(value)
        case Key():
            return _value([part for part in (value.at, value.value, value.ease) if part is not None])
        case Table():
            return _value(dict(_entries(value)))
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case Mapping():
            return "{ " + ", ".join(f"{_key(name)} = {_value(part)}" for name, part in value.items()) + " }"
    raise TypeError(f"a scene holds no {type(value).__name__}: write it as text, number, list or table")


def _track(track: Track[Any]) -> str:
    keys = _value(track.keys)
    if set(dict(_entries(track))) <= {"keys"}:
        return keys if len(keys) <= _WIDE else "[\n" + "".join(f"    {_value(key)},\n" for key in track.keys) + "]"
    return "{ " + ", ".join(f"{name} = {_value(part)}" for name, part in _entries(track)) + " }"


def _number(value: float) -> str:
    """Whole numbers without a point: 960, not 960.0."""
    return str(int(value)) if value == int(value) else repr(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPED:
        return _ESCAPED[letter]
    return f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter
