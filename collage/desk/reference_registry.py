"""The registry in the reference: every key of an asset's entry, from the model that reads it."""

from __future__ import annotations

from typing import Any

from pydantic.fields import FieldInfo

from collage.desk.reference_tables import KEYS, grid, prose
from collage.desk.reference_values import default_of
from collage.registry.entries import Entry
from collage.scene.likeness import ON_PAPER


def entry_table() -> str:
    """Every key of an entry: what stands there, unit, default, line."""
    return grid(KEYS, (_row(name, field) for name, field in Entry.model_fields.items()))


def _row(name: str, field: FieldInfo) -> tuple[str, ...]:
    told: Any = field.json_schema_extra
    default = "–" if field.default in ({}, "") else default_of(field)
    words = f"[{told['x-value']}](#layer{name})" if name in ON_PAPER else told["x-value"]
    return f"`{name}`", words, told["x-unit"] or "–", default, prose(field.description or "")
