"""What one layer can't see alone of `matte`: that nothing is seen through itself, by way of others or of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collage.errors import Loc
from collage.scene.model import Layer, Peg, Scene
from collage.scene.references import Names, Problem, chain, head, rings_in

Needs = dict[Loc, list[Loc]]
"""Of each thing that is drawn, those that must be drawn first: what it is seen through, and a group's members."""


def matte_rings(expanded: Scene, names: Names) -> Iterator[Problem]:
    """Each ring of mattes, once, those through groups among them; parents as they stand in the text, not in keys."""
    seen: dict[Loc, Loc] = {
        ("layer", index): bearer
        for index, layer in enumerate(expanded.layer)
        if layer.matte and (bearer := _one(names.matte, layer.matte.layer)) and bearer != ("layer", index)
    }
    if not seen:
        return
    needs: Needs = {loc: [bearer] for loc, bearer in seen.items()}
    windows = set(seen.values())  # what others are seen through is not drawn with its group
    for member, group in _hosts(expanded, names).items():
        if member not in windows:
            needs.setdefault(group, []).append(member)
    for ring in rings_in(_endless(needs)):
        places = [place for place, loc in enumerate(ring) if loc in seen]
        if places:  # one of groups alone is a ring of parents
            turned = ring[places[0] :] + ring[: places[0]]
            what = f"{chain(expanded, turned)}: each needs the next to be seen"
            yield (*turned[0], "matte", "layer"), f"{what}; take one `matte` out"


def _one(bearers: Mapping[str, list[Loc]], name: str) -> Loc | None:
    found = bearers.get(head(name), [])
    return found[0] if len(found) == 1 else None


def _hosts(expanded: Scene, names: Names) -> dict[Loc, Loc]:
    """The nearest group above each layer."""
    parts: dict[Loc, Peg | Layer] = {("peg", index): peg for index, peg in enumerate(expanded.peg)}
    parts |= {("layer", index): layer for index, layer in enumerate(expanded.layer)}
    found: dict[Loc, Loc | None] = {}
    for start in parts:
        path: list[Loc] = []
        loc: Loc | None = start
        while loc is not None and loc not in found:
            found[loc] = None  # a ring of parents has no group, and is refused elsewhere
            path.append(loc)
            loc = _one(names.parent, parts[loc].parent or "")
        for below in reversed(path):
            found[below] = None if loc is None else _gathering(parts[loc], loc, found)
            loc = below
    return {member: group for member, group in found.items() if group is not None and member[0] == "layer"}


def _gathering(part: object, loc: Loc, found: Mapping[Loc, Loc | None]) -> Loc | None:
    return loc if isinstance(part, Layer) and part.group else found[loc]


def _endless(needs: Needs) -> dict[Loc, Loc]:
    """Of all that can never be drawn, something that it needs and that can't be drawn either."""
    users: Needs = {}
    for loc, needed in needs.items():
        for one in needed:
            users.setdefault(one, []).append(loc)
    left = {loc: len(needed) for loc, needed in needs.items()}
    drawn = [one for one in users if one not in needs]
    for one in drawn:  # grows by those whose needs are all drawn
        for user in users.get(one, ()):
            left[user] -= 1
            if not left[user]:
                drawn.append(user)
    return {loc: next(one for one in needed if left.get(one)) for loc, needed in needs.items() if left[loc]}
