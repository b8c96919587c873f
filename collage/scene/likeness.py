"""`like`: a layer that starts from another layer's fields.

What stands in the layer overrides one field at a time; `keys`, `expr`, `type`, `time`, `edge`, `print` and `matte` are
merged one channel, one entry at a time, `part` one layer at a time; `move` and `repeat` are replaced as a whole. What
excludes each other also replaces each other: a layer with its own `text` does not keep the other's `asset`, one with
`keys.at` not the other's `keys.x`. A name is never inherited.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from collage.errors import CollageError, suggest
from collage.scene.model import Layer, Scene, Table

T = TypeVar("T", bound=Table)

CONTENTS = ("asset", "text", "card", "scene", "group")
"""What a layer can be; one of them at a time."""
RIVALS = (CONTENTS, ("at", "x"), ("at", "y"), ("scale", "scale_x"), ("scale", "scale_y"))
_MERGED = ("keys", "expr", "type", "time", "edge", "print", "matte")
_OF_SCENES = ("time", "part")
"""What only a layer that shows a scene has."""
ON_PAPER = ("edge", "print")
"""What only a cut-out has."""


def own_name(layer: Layer) -> str | None:
    """What a layer is called: its name, or the last part of the asset or the scene that it writes itself."""
    return layer.name or (layer.asset or (layer.scene or "").removesuffix(".toml")).rpartition("/")[2] or None


def unlike(scene: Scene) -> Scene:
    """The scene with every `like` expanded and every default name written in: afterwards `name` is final and `like`
    is None. CollageError for a `like` to a name that no layer, or more than one, bears, or one that leads in a ring."""
    if not any(layer.like or not layer.name for layer in scene.layer):
        return scene
    known = _by_name(scene)
    done: dict[int, Layer] = {}
    for start in range(len(scene.layer)):
        for index in reversed(_ancestry(scene, known, start, done)):
            done[index] = _expanded(scene, known, index, done)
    return scene.model_copy(update={"layer": tuple(done[index] for index in range(len(scene.layer)))})


def _by_name(scene: Scene) -> dict[str, list[int]]:
    known: dict[str, list[int]] = {}
    for index, layer in enumerate(scene.layer):
        known.setdefault(own_name(layer) or "", []).append(index)
    return known


def _ancestry(scene: Scene, known: dict[str, list[int]], start: int, done: dict[int, Layer]) -> list[int]:
    """The layer and those it is like, nearest first, as far as they are not expanded yet."""
    chain = dict.fromkeys([start] if start not in done else [])
    index = start
    while (word := scene.layer[index].like) and index not in done:
        bearers = known.get(word, [])
        if len(bearers) != 1:
            raise CollageError(f'like = "{word}": {_trouble(word, bearers, known)}')
        index = bearers[0]
        if index in chain:
            raise CollageError(f'like = "{word}" leads back to itself: take one `like` of the ring out')
        if index not in done:
            chain[index] = None
    return list(chain)


def _trouble(word: str, bearers: list[int], known: dict[str, list[int]]) -> str:
    if bearers:
        return f"{len(bearers)} layers are called that: give one its own name"
    return f"no layer is called that.{suggest(word, filter(None, known)) or ' Name one so, or leave it out'}"


def _expanded(scene: Scene, known: dict[str, list[int]], index: int, done: dict[int, Layer]) -> Layer:
    layer = scene.layer[index]
    name = {"name": own_name(layer)}
    if not layer.like:
        return layer.model_copy(update=name)
    return merged(done[known[layer.like][0]], layer).model_copy(update={**name, "like": None})


def merged(base: T, own: T) -> T:
    """`base` with every field that stands in `own` laid over it."""
    written = _standing(own)
    for rivals in RIVALS:
        if any(field in written for field in rivals):
            base = _without(base, [field for field in rivals if field not in written])
    if "scene" not in written and any(field in written for field in CONTENTS):
        base = _without(base, _OF_SCENES)
    if "asset" not in written and any(field in written for field in CONTENTS):
        base = _without(base, ON_PAPER)
    for field in _MERGED:
        if isinstance(written.get(field), Table) and (under := getattr(base, field)) is not None:
            written[field] = merged(under, written[field])
    if "part" in written:
        written["part"] = _parts(getattr(base, "part", {}), written["part"])
    return base.model_copy(update=written)


def _parts(base: dict[str, Layer], own: dict[str, Layer]) -> dict[str, Layer]:
    return base | {name: merged(base[name], part) if name in base else part for name, part in own.items()}


def _standing(table: Table) -> dict[str, Any]:
    """The fields that were written; None is how Python says that one was not."""
    found = {field: getattr(table, field) for field in table.model_fields_set}
    return {field: value for field, value in found.items() if value is not None}


def _without(table: T, fields: Iterable[str]) -> T:
    known = type(table).model_fields
    dropped = [field for field in fields if field in known and field in table.model_fields_set]
    return (
        table.model_copy(update={field: known[field].get_default(call_default_factory=True) for field in dropped})
        if dropped
        else table
    )
