"""What is part of the format but does not act in this version: refused by name, never passed over in silence.

The model marks such fields with `x-not-yet`; the values in `x-still-fine` change nothing and are fine to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from collage.errors import Loc
from collage.scene.model import Scene, Table, by_name, table_of


def problems(document: dict[str, Any], whole: type[Table] = Scene) -> list[tuple[Loc, str]]:
    """A finding for each not-yet field that is set, with its loc. `document` is a `whole` scene or film as plain tables
    and lists."""
    return list(_walk(whole, document, ()))


def _walk(model: type[BaseModel], table: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if not isinstance(table, dict):
        return
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for key in (key for key in table if key in fields):
        marked = mark(fields[key])
        if not marked:
            yield from _inside(fields[key], table[key], (*loc, key))
        elif not _fine(table[key], marked):
            yield (*loc, key), _words(key, marked)


def _inside(field: FieldInfo, value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    model = table_of(field.annotation)
    if not model:
        return
    if isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from _walk(model, part, (*loc, index))
    elif by_name(field.annotation):
        for name, part in value.items() if isinstance(value, dict) else ():
            yield from _walk(model, part, (*loc, name))
    else:
        yield from _walk(model, value, loc)


def mark(field: FieldInfo) -> dict[str, Any] | None:
    """The `x-not-yet` mark of a field, if it has one."""
    extra = field.json_schema_extra
    return extra if isinstance(extra, dict) and "x-not-yet" in extra else None


def _fine(value: Any, marked: dict[str, Any]) -> bool:
    if isinstance(value, list | tuple):
        value = list(value)
    # True == 1 in Python, but `gain = false` is no gain of 0
    return value is None or any(value == fine and type(value) is type(fine) for fine in _still(marked))


def _still(marked: dict[str, Any]) -> Iterator[Any]:
    for fine in marked["x-still-fine"]:
        yield list(fine) if isinstance(fine, tuple) else fine
        if type(fine) is int:
            yield float(fine)


def _words(key: str, marked: dict[str, Any]) -> str:
    still = "".join(f" (only {key} = {_toml(fine)})" for fine in marked["x-still-fine"] if fine not in ({}, ()))
    what = marked["x-not-yet"]
    return f'"{key}" is part of the format, but this version does not act on {what} yet: leave it out{still}'


def _toml(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
