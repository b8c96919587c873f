"""Names that refer to each other: `like`, `parent`, `behind`, `matte`, `sheet`, what is aimed at and focused on.

They are found or not, lead where they may, and never in a ring. What lies inside a nested scene is looked up where
that scene is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from collage.errors import Loc, suggest
from collage.scene.likeness import own_name
from collage.scene.model import Camera, Layer, Peg, Scene, Track
from collage.scene.moves import targets

Problem = tuple[Loc, str]


@dataclass(frozen=True)
class Names:
    """Who bears a name, as `Loc` of its table, for each kind of reference; unnamed layers can't be referred to."""

    like: Mapping[str, list[Loc]]
    parent: Mapping[str, list[Loc]]
    sheet: Mapping[str, list[Loc]]

    @property
    def behind(self) -> Mapping[str, list[Loc]]:
        return self.like

    @property
    def matte(self) -> Mapping[str, list[Loc]]:
        return self.like

    @property
    def target(self) -> Mapping[str, list[Loc]]:
        return self.parent


def names_of(scene: Scene) -> Names:
    """All names of a scene, default names among them."""
    layers: dict[str, list[Loc]] = {}
    for index, layer in enumerate(scene.layer):
        if name := own_name(layer):
            layers.setdefault(name, []).append(("layer", index))
    parents = {name: list(places) for name, places in layers.items()}
    for index, peg in enumerate(scene.peg):
        parents.setdefault(peg.name, []).append(("peg", index))
    sheets: dict[str, list[Loc]] = {} if scene.sheet else {"table": []}
    for index, sheet in enumerate(scene.sheet):
        sheets.setdefault(sheet.name, []).append(("sheet", index))
    return Names(layers, parents, sheets)


def likes(scene: Scene, names: Names) -> list[Problem]:
    """What is wrong with `like`: until it is nothing, `unlike` can't be asked."""
    written = [(loc, part.like) for loc, part in _parts(scene) if isinstance(part, Layer) and part.like]
    found = [((*loc, "like"), trouble) for loc, like in written if (trouble := _trouble("like", like, names))]
    if found:
        return found
    links = {loc: names.like[like][0] for loc, like in written}
    cure = "each is like the next; take one `like` out"
    return [((*ring[0], "like"), f"{chain(scene, ring)}: {cure}") for ring in rings_in(links)]


def references(scene: Scene, names: Names) -> Iterator[Problem]:
    """Each `parent`, `behind`, `matte` and `sheet`, static or in a key, that names nothing, or more than one thing."""
    for loc, word, place, name in _all_asked(scene):
        trouble = _trouble(word, name, names) or _no_layer(word, name)
        if not trouble and loc in getattr(names, word).get(head(name), []):
            trouble = f'"{name}" is this very {loc[0]}: name another'
        if trouble:
            yield (*loc, *place), trouble


def bearers(expanded: Scene, names: Names) -> Iterator[Problem]:
    """Each reference to something inside what shows no scene, and each to one of many copies."""
    for loc, word, place, name in _all_asked(expanded):
        found = getattr(names, word).get(head(name), [])
        known = len(found) == 1 and found[0] != loc and word in ("parent", "target", "matte")
        borne = _at(expanded, found[0]) if known else None
        if "/" in name and word != "matte" and borne is not None and not (isinstance(borne, Layer) and borne.scene):
            yield (
                (*loc, *place),
                f'"{head(name)}" shows no scene that "{name}" could lie in: name a layer that does',
            )
        if isinstance(borne, Layer) and borne.repeat is not None:
            cure = _GATHERED if word == "matte" else "put both in a scene of their own and repeat that"
            yield (*loc, *place), f'"{head(name)}" is repeated, so it is no one piece to refer to: {cure}'


_GATHERED = "hang it on a layer with group = true, and name that"


def _all_asked(scene: Scene) -> Iterator[tuple[Loc, str, Loc, str]]:
    """Each reference: whose, of what kind, where in its table, and the name."""
    for loc, part in _parts(scene):
        for word in ("parent", "behind", "sheet"):
            yield from ((loc, word, place, name) for place, name in _asked(part, word))
        if isinstance(part, Layer) and part.matte:
            yield loc, "matte", ("matte", "layer"), part.matte.layer
    things: list[tuple[Loc, Peg | Layer | Camera]] = [*_parts(scene)]
    if scene.camera is not None:
        things.append((("camera",), scene.camera))
        yield from ((("camera",), "sheet", place, name) for place, name in _asked(scene.camera, "focus"))
    for loc, thing in things:
        for index, move in enumerate(thing.move):
            yield from ((loc, "target", ("move", index, word), name) for word, name in targets(move))


def _at(scene: Scene, loc: Loc) -> Peg | Layer:
    index = int(loc[1])
    return scene.peg[index] if loc[0] == "peg" else scene.layer[index]


def rings(expanded: Scene, names: Names) -> Iterator[Problem]:
    """Each ring of static parents or of layers behind each other, once. `expanded` holds no `like`."""
    for word, verb in (("parent", "hangs on"), ("behind", "lies behind")):
        links: dict[Loc, Loc] = {}
        for loc, part in _parts(expanded):
            bearers = getattr(names, word).get(head(getattr(part, word, None) or ""), [])
            if len(bearers) == 1 and bearers[0] != loc:
                links[loc] = bearers[0]
        for ring in rings_in(links):
            yield (*ring[0], word), f"{chain(expanded, ring)}: each {verb} the next; take one `{word}` out"


def _parts(scene: Scene) -> Iterator[tuple[Loc, Peg | Layer]]:
    for index, peg in enumerate(scene.peg):
        yield ("peg", index), peg
    for index, layer in enumerate(scene.layer):
        yield ("layer", index), layer


def _asked(part: Peg | Layer | Camera, word: str) -> Iterator[tuple[Loc, str]]:
    """The names that a field and its channel refer to, with their places in the table; "" refers to nothing."""
    static = getattr(part, word, None)
    if static and isinstance(static, str):
        yield (word,), static
    track: Track[str] | None = getattr(part.keys, word, None)
    for index, key in enumerate(track.keys if track else ()):
        if key.value and isinstance(key.value, str):
            yield ("keys", word, "keys", index, "value"), key.value


def head(reference: str) -> str:
    """The part of a reference that is a name of this scene: "bones" of "bones/hand-r.wrist"."""
    return re.split("[/.]", reference, maxsplit=1)[0]


def _near(name: str, known: Collection[str]) -> str:
    """A suggestion, among as many names as can be compared in no time."""
    return suggest(name, known) if len(known) <= 1000 else ""


def _trouble(word: str, reference: str, names: Names) -> str:
    name, known = head(reference), getattr(names, word)
    bearers = known.get(name)
    if bearers is not None:
        return f'{len(bearers)} are called "{name}": give one of them a name of its own' if len(bearers) > 1 else ""
    if word == "sheet" and not any(known.values()):
        return f'no sheet "{name}", as none is declared: write [[sheet]] and under it name = "{name}", above the layers'
    if word == "sheet":
        return f'no sheet "{name}".{_near(name, known) or " The sheets are " + ", ".join(known)}'
    what = "layer" if word in ("behind", "like", "matte") else "peg or layer"
    return f'no {what} is called "{name}".{_near(name, known) or " Name one so, or name another"}'


def _no_layer(word: str, reference: str) -> str:
    """What is wrong with slipping under, or being seen through, something that is no layer of this scene's own."""
    if word not in _WHOLE or reference == head(reference):
        return ""
    what = "lies in a nested scene" if "/" in reference else "is a hook"
    return f'"{reference}" {what}, and a layer {_WHOLE[word]} a whole one: write "{head(reference)}"'


_WHOLE = {"behind": "slips under", "matte": "is seen through"}


def rings_in(links: Mapping[Loc, Loc]) -> list[list[Loc]]:
    """The rings in a graph where each node has one way on; each begins at its first node in file order."""
    done: set[Loc] = set()
    found = []
    for start in links:
        path: dict[Loc, int] = {}
        node: Loc | None = start
        while node is not None and node not in done and node not in path:
            path[node] = len(path)
            node = links.get(node)
        if node in path:
            found.append(list(path)[path[node] :])
        done.update(path)
    return found


def chain(scene: Scene, ring: list[Loc]) -> str:
    """A ring in words, from its first to its first."""
    names = [_called(scene, loc) for loc in (*ring, ring[0])]
    return " → ".join(names if len(names) < 8 else [*names[:3], "…", *names[-3:]])


def _called(scene: Scene, loc: Loc) -> str:
    index = int(loc[1])
    name = scene.peg[index].name if loc[0] == "peg" else own_name(scene.layer[index])
    return f'"{name}"' if name else f"layer {index + 1}"
