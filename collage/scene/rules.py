"""What one field can't see alone: rules that join fields, names and numbers of things, without resolving time.

Each rule is a function of the scene that yields a place and a message; `problems` runs them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from collage.errors import Loc
from collage.scene.copies import copies
from collage.scene.likeness import CONTENTS, ON_PAPER, RIVALS, unlike
from collage.scene.mattes import matte_rings
from collage.scene.model import DISCRETE, Layer, Scene, Table, Time, Track
from collage.scene.references import Problem, bearers, likes, names_of, references, rings
from collage.scene.source import MOST_TOLD

MOST = {"layer": 10_000, "peg": 10_000, "sheet": 1_000, "effect": 1_000}
MOST_KEYS = 200_000
MOST_MOVES = 64
"""Of one piece."""
MOST_DRAWN = 200_000
"""Letters of path data in all moves, as far as they are not the same: a path takes hundreds of times their room."""


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
        *_moves(scene),
        *_too_much_drawn(scene),
        *_parts(scene),
        *islice(references(scene, names), MOST_TOLD),
    ]
    like = likes(scene, names)
    if like or len(scene.layer) > MOST["layer"]:
        return found + like
    expanded = unlike(scene)
    return [
        *found,
        *rings(expanded, names),
        *islice(bearers(expanded, names), MOST_TOLD),
        *_too_many_keys(expanded),
        *matte_rings(expanded, names),
        *_shows_nothing(expanded),
        *_paper(expanded),
        *_clocks(expanded),
        *copies(expanded),
    ]


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


def _moving(scene: Scene) -> Iterator[tuple[Loc, Any]]:
    """All tables with channels: sheets, pegs, layers, what stands in their `part`, the camera and the lamp."""
    for table in ("sheet", "peg", "layer"):
        for index, thing in enumerate(getattr(scene, table)):
            yield from _with_parts((table, index), thing)
    for table in ("camera", "lamp"):
        if (thing := getattr(scene, table)) is not None:
            yield (table,), thing


def _with_parts(loc: Loc, thing: Table) -> Iterator[tuple[Loc, Any]]:
    yield loc, thing
    for name, part in thing.part.items() if isinstance(thing, Layer) else ():
        yield from _with_parts((*loc, "part", name), part)


def _all_tracks(scene: Scene) -> Iterator[tuple[Loc, Track[object]]]:
    for loc, thing in _moving(scene):
        for channel in type(thing.keys).model_fields:
            track = getattr(thing.keys, channel)
            if track is not None:
                yield (*loc, "keys", channel), track


def _tracks(scene: Scene) -> Iterator[Problem]:
    """No track without keys, no ease on a first key, no two channels for the same thing."""
    for loc, track in _all_tracks(scene):
        if track.file is not None:
            yield from _from_file(loc, track)
        elif not track.keys:
            yield loc, f"a channel without keys: write keys.{loc[-1]} = {_unfinished(track)}, or leave it out"
        elif track.keys[0].ease is not None:
            yield (*loc, "keys", 0, "ease"), "the first key has none before it to come from: leave its ease out"
    for loc, thing in _moving(scene):
        yield from _rivals(thing.keys, (*loc, "keys"))
        yield from _rivals(thing.expr, (*loc, "expr"))


def _from_file(loc: Loc, track: Track[object]) -> Iterator[Problem]:
    """Only drawings come from a file, and then from nowhere else."""
    if loc[-1] != "swap":
        yield (*loc, "file"), f"a file says which drawing shows, for keys.swap alone: write keys.{loc[-1]} = [[0, …]]"
    if track.keys or track.loop is not None:
        yield (*loc, "file"), "a channel takes its keys from a file or from the text: leave one of them out"


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


def _rivals(channels: Table, loc: Loc) -> Iterator[Problem]:
    for whole, part in RIVALS[1:]:
        if getattr(channels, whole, None) is not None and getattr(channels, part, None) is not None:
            beside = f"{loc[-1]}.{part} beside {loc[-1]}.{whole}"
            yield (*loc, part), f"{beside}, which holds it already: leave one of them out"


def _moves(scene: Scene) -> Iterator[Problem]:
    """Not more moves than one piece can be asked for."""
    for loc, thing in _moving(scene):
        if len(getattr(thing, "move", ())) > MOST_MOVES:
            yield (*loc, "move", MOST_MOVES), f"more than {MOST_MOVES} moves of one piece: make do with fewer"


def _too_much_drawn(scene: Scene) -> Iterator[Problem]:
    drawn, letters = set[object](), 0
    for loc, thing in _moving(scene):
        for index, move in enumerate(getattr(thing, "move", ())):
            path = move.parameters().get("d")
            if isinstance(path, str) and path not in drawn:
                drawn.add(path)
                letters += len(path)
                if letters > MOST_DRAWN:
                    yield (*loc, "move", index, "d"), f"more than {MOST_DRAWN} letters of paths up to here: draw fewer"
                    return


def _parts(scene: Scene) -> Iterator[Problem]:
    """What overrides a layer inside a nested scene can't be another layer."""
    for loc, thing in _moving(scene):
        for word in ("name", "like") if "part" in loc else ():
            if getattr(thing, word) is not None:
                yield (*loc, word), f"a part keeps its {word}, which its own scene gives it: leave it out"


def _contents(scene: Scene) -> Iterator[Problem]:
    """What a layer writes about what it shows fits together."""
    for index, layer in enumerate(scene.layer):
        own = [word for word in CONTENTS if word in layer.model_fields_set and getattr(layer, word)]
        for word in own[1:]:
            yield ("layer", index, word), f"{word} beside {own[0]}: a layer shows one thing, so leave one out"
        if own in (["asset"], ["scene"], ["group"]) and layer.size is not None:
            what = {"asset": "a cut-out", "scene": "a nested scene"}.get(own[0], "a group")
            yield ("layer", index, "size"), f"size is of a card or a text: {what} is sized by scale"
        if own and own != ["text"] and "type" in layer.model_fields_set:
            yield ("layer", index, "type"), 'type is of a text: write text = "…", or leave it out'


def _shows_nothing(expanded: Scene) -> Iterator[Problem]:
    for index, layer in enumerate(expanded.layer):
        if layer.text is not None and not layer.text.strip():
            yield ("layer", index, "text"), 'an empty text shows nothing: write text = "GIANT RISES"'
        elif not any(getattr(layer, word) for word in CONTENTS):
            yield (
                ("layer", index),
                'this layer shows nothing: write asset = "props/rocket", text = "…", card = "…", '
                'scene = "scenes/inner.toml" or group = true',
            )
        elif layer.card is not None and layer.size is None:
            yield ("layer", index, "card"), "a card needs its size: write size = [400, 120]"


def _clocks(expanded: Scene) -> Iterator[Problem]:
    """Only a nested scene has a clock and parts of its own."""
    for index, layer in enumerate(expanded.layer):
        if layer.scene:
            continue
        written = {"time": layer.time != Time(), "part": layer.part, "keys.time": layer.keys.time}
        for word in [word for word, stands in {**written, "expr.time": layer.expr.time}.items() if stands]:
            yield (
                ("layer", index, *word.split(".")),
                f'{word} is of a nested scene: write scene = "scenes/inner.toml", or leave it out',
            )


def _paper(expanded: Scene) -> Iterator[Problem]:
    """Only a cut-out was printed and cut."""
    for index, layer in enumerate(expanded.layer):
        for word in ON_PAPER if layer.asset is None else ():
            if getattr(layer, word) is not None:
                cure = 'write asset = "props/rocket", or leave it out'
                yield ("layer", index, word), f"{word} is of a cut-out, whose picture it is laid over: {cure}"
