"""What one field can't see alone: rules that join fields, names and numbers of things, without resolving time.

Each rule is a function of the scene that yields a place and a message; `problems` runs them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from collage.errors import Loc
from collage.scene.likeness import CONTENTS, RIVALS, unlike
from collage.scene.model import DISCRETE, Scene, Table, Track
from collage.scene.references import Problem, likes, names_of, references, rings
from collage.scene.source import MOST_TOLD

MOST = {"layer": 10_000, "peg": 10_000, "sheet": 1_000}
MOST_KEYS = 200_000


def problems(scene: Scene) -> list[Problem]:
    """All findings of a scene by itself, as (loc, message). Without any, `collage.scene.likeness.unlike` is safe."""
    names = names_of(scene)
    found = [
        *_too_many(scene),
        *_twice(scene),
        *_tracks(scene),
        *_jumps(scene),
        *_aloft(scene),
        *_contents(scene),
        *islice(references(scene, names), MOST_TOLD),
    ]
    like = likes(scene, names)
    if like or len(scene.layer) > MOST["layer"]:
        return found + like
    expanded = unlike(scene)
    return [*found, *rings(expanded, names), *_too_many_keys(expanded), *_shows_nothing(expanded)]


def _too_many(scene: Scene) -> Iterator[Problem]:
    for table, most in MOST.items():
        if len(getattr(scene, table)) > most:
            yield (table, most), f"more than {most} of [[{table}]]: make do with fewer"


def _too_many_keys(expanded: Scene) -> Iterator[Problem]:
    count = 0
    for loc, track in _all_tracks(expanded):
        count += len(track.keys)
        if count > MOST_KEYS:
            yield loc, f"more than {MOST_KEYS} keys up to here, those of `like` counted again: make do with fewer"
            return


def _twice(scene: Scene) -> Iterator[Problem]:
    """Sheets and pegs are there to be named, so no two may share a name."""
    for table in ("sheet", "peg"):
        seen: set[str] = set()
        for index, part in enumerate(getattr(scene, table)):
            if part.name in seen:
                yield (table, index, "name"), f'a second {table} "{part.name}": give it a name of its own'
            seen.add(part.name)


def _all_tracks(scene: Scene) -> Iterator[tuple[Loc, Track[object]]]:
    for table in MOST:
        for index, part in enumerate(getattr(scene, table)):
            for channel in type(part.keys).model_fields:
                track = getattr(part.keys, channel)
                if track is not None:
                    yield (table, index, "keys", channel), track


def _tracks(scene: Scene) -> Iterator[Problem]:
    """No track without keys, no ease on a first key, no two channels for the same thing."""
    for loc, track in _all_tracks(scene):
        if not track.keys and track.file is None:
            yield loc, f"a channel without keys: write keys.{loc[-1]} = {_unfinished(track)}, or leave it out"
        elif track.keys and track.keys[0].ease is not None:
            yield (*loc, "keys", 0, "ease"), "the first key has none before it to come from: leave its ease out"
    for table in ("peg", "layer"):
        for index, part in enumerate(getattr(scene, table)):
            yield from _rivals(part.keys, (table, index, "keys"))


def _unfinished(track: Track[object]) -> str:
    if track.loop is None:
        return "[[0, …]]"
    loop = f'"{track.loop}"' if isinstance(track.loop, str) else track.loop
    return f"{{ keys = [[0, …]], loop = {loop} }}"


def _jumps(scene: Scene) -> Iterator[Problem]:
    """No ease but hold on a channel that has nothing in between."""
    for loc, track in _all_tracks(scene):
        for index, key in enumerate(track.keys if loc[-1] in DISCRETE else ()):
            if index and key.ease is not None and key.ease.strip().lower() != "hold":
                yield (*loc, "keys", index, "ease"), f"{loc[-1]} jumps at its exact frame: leave the ease out"


def _aloft(scene: Scene) -> Iterator[Problem]:
    """The lowest sheet has no air under it."""
    if scene.sheet and "gap" in scene.sheet[0].model_fields_set and scene.sheet[0].gap:
        yield ("sheet", 0, "gap"), "the first sheet lies on the table: write gap = 0, or leave it out"


def _rivals(keys: Table, loc: Loc) -> Iterator[Problem]:
    for whole, part in RIVALS[1:]:
        if getattr(keys, whole) is not None and getattr(keys, part) is not None:
            yield (*loc, part), f"keys.{part} beside keys.{whole}, which holds it already: leave one of them out"


def _contents(scene: Scene) -> Iterator[Problem]:
    """What a layer writes about what it shows fits together."""
    for index, layer in enumerate(scene.layer):
        own = [word for word in CONTENTS if word in layer.model_fields_set and getattr(layer, word)]
        for word in own[1:]:
            yield ("layer", index, word), f"{word} beside {own[0]}: a layer shows one thing, so leave one out"
        if own == ["asset"] and layer.size is not None:
            yield ("layer", index, "size"), "size is of a card or a text: a cut-out is sized by scale"
        if own in (["asset"], ["card"]) and "type" in layer.model_fields_set:
            yield ("layer", index, "type"), 'type is of a text: write text = "…", or leave it out'


def _shows_nothing(expanded: Scene) -> Iterator[Problem]:
    for index, layer in enumerate(expanded.layer):
        if layer.text is not None and not layer.text.strip():
            yield ("layer", index, "text"), 'an empty text shows nothing: write text = "GIANT RISES"'
        elif not any(getattr(layer, word) for word in CONTENTS):
            yield (
                ("layer", index),
                'this layer shows nothing: write asset = "props/rocket", text = "…" or card = "…"',
            )
        elif layer.card is not None and layer.size is None:
            yield ("layer", index, "card"), "a card needs its size: write size = [400, 120]"
