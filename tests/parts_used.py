"""What parts of the format there are, and which of them the bundled scenes, films and registry use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from collage.desk.reference_motion import CALLED, FAMILIES, SINGLE, WAYS
from collage.motion.functions import FUNCTIONS, NAMES
from collage.registry.entries import Entry, read_registry
from collage.scene.film import JOINS
from collage.scene.model import Film, Scene, Table, Track, table_of
from collage.scene.moves import TABLES, Move
from collage.scene.reader import is_film, read, read_film
from collage.scene.things import Type
from collage.scene.values import BLENDS

MOMENTS = {
    "in frames": r"\d+", "in seconds": r"[\d.]+s", "in beats": r"beat [\d.]+", "in bars": r"bar [\d.]+",
    "by a cue": r"[a-z]\w*", "the end": r"end", "the layer's in": r"in", "the layer's out": r"out",
    "a cue and frames": r"[a-z]\w*\+\d+", "before the end": r"end-.*", "in and beats": r"in\+[\d.]+ beats?",
}  # fmt: skip
LENGTHS = {
    "of frames": r"\d+", "of seconds": r"[\d.]+s", "of beats": r"[\d.]+ beats?", "of bars": r"[\d.]+ bars?",
}  # fmt: skip
_COMMON = {"do", "in", "out", "over", "phase"}
_TAKEN = {"in", "out", "end"}


def there_are() -> set[str]:
    """Every part by name: the keys of each table, the moves with what they take, the forms of values, the words of
    formulas. Motions of a project's own are left out: they run only with --trust, and what is bundled opens without."""
    parts = set[str]()
    for model in _models((Scene, Film), set()):
        parts |= {f"{_name(model)}.{field.alias or name}" for name, field in model.model_fields.items()}
    for do, table in TABLES.items():
        parts |= {_of_move(do, field.alias or name) for name, field in table.model_fields.items()}
        parts.add(f"move {do}")
    parts |= {f"registry.{name}" for name in Entry.model_fields}
    parts |= {f"blend {name}" for name in BLENDS if name != "normal"} | {f"join {how}" for how in JOINS if how != "cut"}
    parts |= {"side outside", "by luminance", "a key that holds", "a hook that moves", "a hook that hides"}
    parts |= {f"align {way}" for way in get_args(Type.model_fields["align"].annotation) if way != "centre"}
    parts |= {f"moment {form}" for form in MOMENTS} | {f"length {form}" for form in LENGTHS}
    parts |= {f"ease {name}" for name in (*SINGLE, *FAMILIES, *WAYS)} | {
        f"ease {form.partition('(')[0]}(…)" for form in CALLED
    }
    return parts | {f"formula {name}" for name in (*FUNCTIONS, *NAMES)}


def used(root: Path, texts: Iterable[Path]) -> set[str]:
    """The parts that these scenes and films use, and the project's registry."""
    parts = set[str]()
    for path in texts:
        whole: Table = read_film(path)[0] if is_film(path) else read(path)
        parts |= set(_of(whole))
    registry = read_registry((root / "assets" / "registry.toml").read_bytes())
    for entry in registry.entries.values():
        parts |= {f"registry.{name}" for name in entry.model_fields_set}
        moving = [hook for hook in entry.hooks.values() if isinstance(hook, dict)]
        parts |= {"a hook that moves"} if moving else set()
        parts |= {"a hook that hides"} if any(None in hook.values() for hook in moving) else set()
    return parts


def _models(models: Iterable[Any], seen: set[str]) -> Iterator[type[BaseModel]]:
    for model in models:
        if model is None or _name(model) in seen or issubclass(model, Move):
            continue
        seen.add(_name(model))
        yield model
        yield from _models((table_of(field.annotation) for field in model.model_fields.values()), seen)


def _name(model: type[BaseModel]) -> str:
    return model.__name__.partition("[")[0]


def _of_move(do: str, key: str) -> str:
    """A parameter of a move; what many moves take alike is one part."""
    return f"any move.{key}" if key in _COMMON else f"move {do}.{key}"


def _of(value: Any) -> Iterator[str]:
    """The parts in a value of a scene, however deep."""
    if isinstance(value, Table):
        if isinstance(value, Move):
            yield f"move {value.do}"
        for key in value.model_fields_set:
            found, written = getattr(value, key), type(value).model_fields[key].alias or key
            yield _of_move(value.do, written) if isinstance(value, Move) else f"{_name(type(value))}.{written}"
            yield from _worth(type(value), key, found)
            yield from _of(found)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _of(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _worth(Track, "at", part)
            yield from _of(part)


def _worth(model: type[Table], key: str, value: Any) -> Iterator[str]:
    """What kind of value stands in a field, where kinds are parts of the format."""
    if key in ("blend", "side", "by", "align") and isinstance(value, str):
        yield f"{key} {value}"
    elif key == "how":
        yield f"join {value}"
    elif key == "ease" and isinstance(value, str):
        yield from _ease(value)
        if value == "hold":
            yield "a key that holds"
    elif _name(model).endswith("Expr") and isinstance(value, str):
        yield from (f"formula {word}" for word in re.findall(r"[A-Za-z]+", value))
    elif key in ("at", "in_", "out", "start") and isinstance(value, str | int):
        yield from (f"moment {form}" for form, text in MOMENTS.items() if _is(text, value, form))
    elif isinstance(value, str | int) and key in ("length", "loop", "delay", "every", "lag", "over", "offset"):
        yield from (f"length {form}" for form, text in LENGTHS.items() if re.fullmatch(text, str(value)))


def _is(text: str, value: str | int, form: str) -> bool:
    return bool(re.fullmatch(text, str(value))) and not (form == "by a cue" and value in _TAKEN)


def _ease(value: str) -> Iterator[str]:
    if "(" in value:
        yield f"ease {value.partition('(')[0].strip()}(…)"
    elif value in SINGLE:
        yield f"ease {value}"
    else:
        way, _, family = value.rpartition("-")
        yield f"ease {family}"
        yield f"ease {way or 'out'}"
