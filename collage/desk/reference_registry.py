"""The registry in the reference: every key of an asset's entry, from the model that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from collage.desk.reference_tables import KEYS, grid, later, prose
from collage.desk.reference_values import default_of
from collage.registry.entries import Entry
from collage.scene.notyet import mark


def entry_table() -> str:
    """Every key of an entry: what stands there, unit, default, line."""
    return grid(KEYS, (_row(name, field) for name, field in Entry.model_fields.items()))


def not_yet_rows() -> Iterator[tuple[str, ...]]:
    """The keys of an entry that do not act in this version, as rows of the page's list of them."""
    for name, field in Entry.model_fields.items():
        if marked := mark(field):
            yield f"`{name}`", "an asset's entry", str(marked["x-not-yet"])


def _row(name: str, field: FieldInfo) -> tuple[str, ...]:
    told: Any = field.json_schema_extra
    default = "–" if field.default in ({}, "") else default_of(field)
    return f"`{name}`", told["x-value"], told["x-unit"] or "–", default, prose(field.description or "") + later(field)
