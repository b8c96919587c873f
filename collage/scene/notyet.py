"""What is part of the format but does not act in this version: refused by name, never passed over in silence.

The model marks such fields with `x-not-yet`.
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
        elif table[key] is not None:
            yield (
                (*loc, key),
                f'"{key}" is part of the format, but this version does not act on {marked} yet: leave it out',
            )


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


def mark(field: FieldInfo) -> str:
    """What a field with the `x-not-yet` mark would do, else nothing."""
    extra = field.json_schema_extra
    return str(extra.get("x-not-yet", "")) if isinstance(extra, dict) else ""
