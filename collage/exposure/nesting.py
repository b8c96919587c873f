"""Scenes as layers: found, changed part by part, bound, and given their clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from collage.errors import CollageError, Finding, SceneError, suggest
from collage.exposure.bench import MOST_PIECES, TOO_MANY, Bench, Library
from collage.exposure.clocks import NestedClock
from collage.exposure.problems import Problem, Problems
from collage.exposure.rig import Nested, Rig
from collage.motion.keys import Track
from collage.scene import rules
from collage.scene.copies import count
from collage.scene.likeness import merged, unlike
from collage.scene.model import Layer, Scene
from collage.timing import Clock, Span

Binder = Callable[..., tuple[Rig | None, Problems, Clock]]
MOST_DEEP = 60
"""So many scenes and groups inside one another, and no more."""
_BY_NAME = ("keys", "expr", "type", "time", "part")


class Unbound(SceneError):
    """A scene that can't be shown, its findings perhaps all told already."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.findings = tuple(findings)
        Exception.__init__(self, "a nested scene can't be shown")


def nested(bench: Bench, layer: Layer, index: int, names: tuple[str | int, ...], binder: Binder) -> tuple[Rig, Clock]:
    """The rig of the scene that a layer shows, and that scene's clock. CollageError if it can't be found or includes
    itself, SceneError with its own findings if it can't be bound."""
    assert layer.scene is not None
    path, scene, source = bench.library.read(layer.scene)
    if path in bench.above:
        ring = " in ".join(f'"{each.name}"' for each in (*bench.above[bench.above.index(path) :], path))
        raise CollageError(f"{ring}: a scene can't show itself; show another")
    if len(bench.above) > MOST_DEEP:
        raise CollageError(f"more than {MOST_DEEP} scenes inside one another: make do with fewer")
    first = not bench.library.sizes
    if (first and _size(bench.library, bench.scene, 0) > MOST_PIECES) or (
        size_of(bench.library, path, scene) > bench.library.left
    ):
        raise CollageError(TOO_MANY)
    told, (changed, places) = bench.problems, parts_changed(bench, scene, layer, index)
    if places and (amiss := [Problem(*found) for found in rules.problems(changed)]):
        part = Problem(("layer", index, "part"), "")
        told += (_of_part(found, places, layer, index) or part._replace(message=found.message) for found in amiss)
        raise Unbound
    rig, problems, clock = binder(changed, bench.library, names, (*bench.above, path))
    ours = {found: placed for found in problems if (placed := _of_part(found, places, layer, index))}
    told += (placed for placed in ours.values() if placed not in told)
    inside = sorted({*(source.finding(*found) for found in problems if found not in ours), *problems.elsewhere})
    if rig is None:
        raise Unbound(finding for finding in inside if finding.severity == "error")
    told.elsewhere += (finding for finding in inside if finding not in told.elsewhere)
    return rig, clock


def size_of(library: Library, path: Path, scene: Scene, depth: int = 0) -> int:
    """How many pieces a scene makes, counted file by file, so that what doubles at every level is refused before any
    of it is bound. What can't be read, and a ring, is left for binding to find."""
    if path not in library.sizes:
        library.sizes[path] = 0
        library.sizes[path] = _size(library, scene, depth)
    return library.sizes[path]


def _size(library: Library, scene: Scene, depth: int) -> int:
    size = 0
    for layer in unlike(scene).layer:
        inside = 0
        with suppress(CollageError):
            if layer.scene and depth <= MOST_DEEP:
                inside = size_of(library, *library.read(layer.scene)[:2], depth + 1)
        size += (count(layer.repeat) if layer.repeat else 1) * (1 + inside)
    return size


def _of_part(problem: Problem, places: dict[int, str], layer: Layer, index: int) -> Problem | None:
    """A problem of the changed scene, at the `part` that it comes of; None if the scene itself is to blame."""
    table, place, *rest = (*problem.loc, None, None)[: max(len(problem.loc), 2)]
    if table != "layer" or place not in places or not rest:
        return None
    name = places[int(str(place))]
    change = layer.part[name]
    field = "in_" if rest[0] == "in" else str(rest[0])
    if field not in change.model_fields_set:
        return None
    if field in _BY_NAME and len(rest) > 1:
        entries = getattr(change, field)
        if rest[1] not in (entries if field == "part" else entries.model_fields_set):
            return None
    return problem._replace(loc=("layer", index, "part", name, *problem.loc[2:]))


def parts_changed(bench: Bench, scene: Scene, layer: Layer, index: int) -> tuple[Scene, dict[int, str]]:
    """The scene with each `part.NAME` laid over its layer of that name, and those names by their layers' places. A
    problem for a name that none, or several, bear."""
    if not layer.part:
        return scene, {}
    plain = unlike(scene)
    layers, places = list(plain.layer), dict[int, str]()
    for name, change in layer.part.items():
        found = [place for place, part in enumerate(layers) if part.name == name]
        with bench.problems.at("layer", index, "part", name):
            if len(found) != 1:
                known = suggest(name, filter(None, (part.name for part in layers)))
                many = f"{len(found)} layers are" if found else "no layer is"
                raise ValueError(f'{many} called "{name}" in {layer.scene}.{known}')
            layers[found[0]] = merged(layers[found[0]], change).model_copy(update={"name": name})
            places[found[0]] = name
    return plain.model_copy(update={"layer": tuple(layers)}), places


def clock_of(bench: Bench, layer: Layer, index: int, first: int, rig: Rig, inner: Clock, track: Track | None) -> Nested:
    """The nested scene with its clock, as `time` and keys.time have it. Problems at their places."""
    start, loop, speed = Fraction(0), None, Fraction(str(layer.time.speed)) * rig.rate / bench.clock.rate
    with bench.problems.at("layer", index, "time", "start"):
        start = Fraction(inner.moment(layer.time.start))
    if speed < 0:  # backwards it begins at its end, unless told otherwise
        start = min(start, Fraction(rig.length - 1)) if _says_start(layer) else Fraction(rig.length - 1)
    with bench.problems.at("layer", index, "time", "loop"):
        if layer.time.loop is not False:
            loop = Fraction(0) if layer.time.loop is True else inner.length(layer.time.loop)
            if loop <= 0 and layer.time.loop is not True:
                raise ValueError("a loop lasts longer than nothing")
    curve = None if track is None else track.curves()[0]
    keyed = Span(track.frames[0], track.frames[-1]) if track is not None and track.loop is None else None
    return Nested(rig, NestedClock(start, speed, loop, rig.length, first, curve, keyed=keyed))


def _says_start(layer: Layer) -> bool:
    return "start" in layer.time.model_fields_set


def with_formula(content: Nested, formula: Callable[[float, int, int], float]) -> Nested:
    """The same with a formula for its time."""
    return Nested(content.rig, replace(content.clock, formula=formula))
