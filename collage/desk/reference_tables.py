"""The tables of the reference: every key of scenes and films, and every channel, from the model alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from collage.desk.reference_values import default_of, field_value, fields, value_of
from collage.scene.model import (
    DISCRETE,
    CameraExpr,
    CameraKeys,
    Film,
    Key,
    LampExpr,
    LampKeys,
    LayerExpr,
    LayerKeys,
    PegExpr,
    PegKeys,
    Scene,
    SheetExpr,
    SheetKeys,
    Table,
    by_name,
    table_of,
)

Section = tuple[str, str]
"""A title and what stands under it."""

OWNERS: tuple[tuple[str, type[Table], type[Table]], ...] = (
    ("layer", LayerKeys, LayerExpr),
    ("peg", PegKeys, PegExpr),
    ("sheet", SheetKeys, SheetExpr),
    ("camera", CameraKeys, CameraExpr),
    ("lamp", LampKeys, LampExpr),
)
_ELSEWHERE = {"keys": "channels", "expr": "formulas", "move": "moves", "part": "layer"}
"""Keys whose tables are told in a section of another name."""
KEYS = ("key", "value", "unit", "default", "what it is")


def grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    head = tuple(head)
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def prose(text: str) -> str:
    """A description with nothing in it that Markdown would take for a sign, but for what stands between backticks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([*_<])", r"\\\1", part) for part in parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def scene_tables() -> Iterator[Section]:
    """Every table of a scene, in the order of the file."""
    yield "The whole scene", _table(Scene, "")
    yield from _inner(Scene, "", {Scene})


def film_tables() -> Iterator[Section]:
    """Every table that films have and scenes have not."""
    shared = {model for _, field in fields(Scene) if (model := table_of(field.annotation))}
    yield "The whole film", _table(Film, "")
    yield from _inner(Film, "", {Film, *shared})


def _inner(model: type[Table], path: str, seen: set[type[Table]]) -> Iterator[Section]:
    for name, field in fields(model):
        inner, place = table_of(field.annotation), f"{path}{name}"
        if inner is None and by_name(field.annotation) and model is Scene:
            yield f"[{name}]", f"{prose(field.description or '')}\n\n" + grid(KEYS, [_named(field)])
        if inner is None or inner in seen or name in _ELSEWHERE:
            continue
        seen.add(inner)
        yield _title(place, field.annotation, path), f"{_about(inner)}\n\n{_table(inner, f'{place}.')}"
        yield from _inner(inner, f"{place}.", seen)


def _title(place: str, annotation: Any, path: str) -> str:
    if path:
        return place
    return f"[[{place}]]" if get_origin(annotation) is tuple else f"[{place}]"


def _about(model: type[Table]) -> str:
    """A table's own sentence, without its name, which is the title."""
    text = prose(re.sub(r"^\[+\w+\]+: ", "", " ".join((model.__doc__ or "").split())))
    return text[:1].upper() + text[1:]


def _named(field: Any) -> tuple[str, ...]:
    meant = value_of(get_args(field.annotation)[1], "")
    return "any name", meant.words, meant.unit, "–", "When it is."


def _table(model: type[BaseModel], path: str) -> str:
    return grid(KEYS, (row(name, field, path) for name, field in fields(model)))


def row(name: str, field: Any, path: str = "") -> tuple[str, ...]:
    """A key of a table: its name, value, unit, default and line. `path` leads to the table, as ``layer.``."""
    words, unit = field_value(field)
    inner = table_of(field.annotation)
    if inner is not None and not issubclass(inner, Key):
        words = f"[{words}](#{_ELSEWHERE.get(name) or re.sub(r'[^a-z]', '', path + name)})"
    return f"`{name}`", words, unit or "–", default_of(field), prose(field.description)


def channels() -> str:
    """Every channel that keys may move: whose it is, what it holds, how it changes."""
    head = ("channel", "of", "value", "unit", "changes", "ease if none is written", "what it is")
    return grid(head, ((f"`keys.{name}`", of, *_told(name, field), prose(field.description))
                       for name, of, field in _gathered(1)))  # fmt: skip


def formula_channels() -> str:
    """Every channel that a formula may give."""
    return grid(("channel", "of", "what the formula gives"),
                ((f"`expr.{name}`", of, prose(field.description)) for name, of, field in _gathered(2)))  # fmt: skip


def _gathered(which: int) -> Iterator[tuple[str, str, Any]]:
    """Channels with their owners, those of one name and one description together."""
    found: dict[tuple[str, str], tuple[list[str], Any]] = {}
    for owner in OWNERS:
        for name, field in owner[which].model_fields.items():  # type: ignore[union-attr]
            found.setdefault((name, field.description or ""), ([], field))[0].append(owner[0])
    return ((name, ", ".join(owners), field) for (name, _), (owners, field) in found.items())


def _told(name: str, field: Any) -> tuple[str, str, str, str]:
    words, unit = field_value(field)
    if name in DISCRETE:
        return words, unit or "–", "at once", "–"
    return words, unit or "–", "smoothly", "`linear`" if "linear" in field.description else "`in-out-sine`"
