"""A scene and its registry to a rig: every name found, every word a number, every problem gathered.

In four passes: what each part is, whom it hangs on, what it does, and whether any of that goes round in a ring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from collage.colours import parse_colour
from collage.exposure import parts
from collage.exposure.aiming import aim_all
from collage.exposure.bench import Bench, Known, Library, called
from collage.exposure.chains import check_aims, check_canvases, check_chains
from collage.exposure.clocks import STILL
from collage.exposure.contents import shown
from collage.exposure.hearing import SILENCE, hearing
from collage.exposure.jitter import check_jitter, check_rest
from collage.exposure.ledger import check_copies, count_handovers, enter
from collage.exposure.light import light, open_shutter, shoot
from collage.exposure.links import hang
from collage.exposure.mattes import see_through
from collage.exposure.moving import move_all
from collage.exposure.nesting import clock_of, nested
from collage.exposure.parts import Made
from collage.exposure.problems import Problems
from collage.exposure.registration import let_err
from collage.exposure.rig import Nested, Pane, Rig
from collage.exposure.settle import settle
from collage.exposure.span import scene_clock
from collage.exposure.tracks import one_track
from collage.motion.scripts import Script
from collage.registry.catalogue import Catalogue
from collage.scene.copies import count
from collage.scene.likeness import unlike
from collage.scene.model import Lamp, Layer, Scene, Sheet
from collage.timing import Clock

Scripts = Callable[[Path], Mapping[str, Script]]


def bind(
    scene: Scene,
    catalogue: Catalogue,
    *,
    file: Path | None = None,
    scripts: Scripts | None = None,
    known: Known | None = None,
) -> tuple[Rig | None, Problems]:
    """The rig, None if a problem is an error, and all problems, warnings among them.

    `file` is the scene's own, so that it can't show itself and finds the `motions.py` beside it; `scripts` gives the
    moves of such a file's folder, None if nothing is trusted. `known` is what earlier binding has read, and gets the
    rest.
    """
    library = Library(catalogue, scripts, known=known or Known())
    rig, problems, _ = bind_with(library, scene, file.resolve() if file else None)
    if rig is not None and rig.worn:
        count_handovers(rig, problems)
    return None if problems.fatal else rig, problems


def bind_with(library: Library, scene: Scene, file: Path | None) -> tuple[Rig | None, Problems, Clock]:
    """The same from a library that several scenes share, with the scene's clock. `file` is resolved already."""
    return _bound(scene, library, (), () if file is None else (file,))


def _bound(
    scene: Scene, library: Library, names: tuple[str | int, ...], above: tuple[Path, ...]
) -> tuple[Rig | None, Problems, Clock]:
    scene, problems = unlike(scene), Problems()
    clock, length = scene_clock(scene, problems)
    level = hearing(scene, library.catalogue, clock, length, problems)
    seeds, layers = (scene.scene.seed, *names), called(scene)
    bench = Bench(scene, clock, length, library, problems, seeds, above, level, layers, parts.heights(scene))
    made, panes = _parts(bench)
    pieces = tuple(piece for one in made for piece in one.pieces)
    camera, lamp = (next((one.joints[0] for one in made if one.loc == (word,)), None) for word in ("camera", "lamp"))
    named = {
        one.joints[0].name: one.joints[0]
        for one in made
        if one.joints and one.joints[0].name and one.loc[0] in ("peg", "layer") and not _repeated(one)
    }
    joints = tuple(joint for one in made for joint in one.joints)
    paper = None if scene.scene.paper == "none" else parse_colour(scene.scene.paper)
    rig = Rig(scene.scene.size, clock.rate, length, paper, panes, pieces, joints, named, camera, lamp)
    rig.score = level.score if level else SILENCE
    shoot(bench, rig)
    if not problems.fatal:
        _act(bench, rig, made)
    return None if problems.fatal else rig, problems, clock


def _act(bench: Bench, rig: Rig, made: list[Made]) -> None:
    """What needs all parts to be there: links, moves, and the checks of both."""
    hang(bench, made, rig.named, rig.pieces)
    if bench.problems.fatal:
        return
    check_chains(rig, made, bench.problems)
    aims = [aim for one in made for aim in move_all(bench, one)]
    if bench.problems.fatal:
        return
    check_aims(rig, aim_all(bench, aims, rig.named, rig.pieces), bench.problems)
    let_err(bench, made, rig)
    settle(rig)
    enter(bench, rig)
    see_through(bench, rig)
    light(bench, rig)
    open_shutter(rig, made)
    check_canvases(rig, bench.problems)
    check_copies(rig, bench.problems)
    check_rest(rig, bench.problems)
    check_jitter(rig, made, bench.problems)


def _parts(bench: Bench) -> tuple[list[Made], tuple[Pane, ...]]:
    """Layers first, then pegs, sheets, camera and lamp: so lie their joints."""
    scene, problems, made = bench.scene, bench.problems, list[Made]()
    place = 0
    for index, layer in enumerate(scene.layer):
        with problems.at("layer", index):
            bench.library.take(layer, count(layer.repeat) if layer.repeat else 1)
        if bench.library.work < 0 or bench.library.left < 0:
            return made, ()
        one = _layer(bench, layer, index, place)
        if one is not None:
            made.append(one)
            place += len(one.joints)
    for index, peg in enumerate(scene.peg):
        with problems.at("peg", index):
            bench.library.take(peg)
        if bench.library.work < 0:
            return made, ()
        made.append(parts.peg(bench, peg, index, place))
        place += 1
    sheets = scene.sheet or (Sheet(name="table"),)
    panes = []
    for index, sheet in enumerate(sheets):
        pane, one = parts.pane(bench, sheet, index, place)
        panes.append(pane)
        made.append(one)
        place += 1
    if scene.camera is not None:
        made.append(parts.camera(bench, scene.camera, place))
        place += 1
    made.append(parts.lamp(bench, scene.lamp or Lamp(), place))
    return made, tuple(panes)


def _layer(bench: Bench, layer: Layer, index: int, place: int) -> Made | None:
    kind = next((word for word in ("asset", "text", "scene", "card") if getattr(layer, word) is not None), "group")
    with bench.problems.at("layer", index, kind):
        if layer.scene is None:
            return parts.layer(bench, layer, index, place, shown(layer, bench.library.catalogue), None)
        return _nesting(bench, layer, index, place)
    return None


def _nesting(bench: Bench, layer: Layer, index: int, place: int) -> Made:
    """A layer that shows a scene: each copy has that scene to itself, with chance of its own."""
    name = bench.called("layer", index)
    rig, inner = nested(bench, layer, index, (*bench.names[1:], name, 0), _bound)
    made = parts.layer(bench, layer, index, place, Nested(rig, STILL), inner)
    setting = made.setting
    track = one_track(
        layer.keys, "time", lambda moment: (float(inner.moment(moment)),), setting, made.loc, bench.problems
    )
    for piece in made.pieces:
        number = made.copies[piece.joint.index - place].index
        if number:
            rig, _ = nested(bench, layer, index, (*bench.names[1:], name, number), _bound)
        piece.content = clock_of(bench, layer, index, setting.start, rig, inner, track)
    return made


def _repeated(one: Made) -> bool:
    return isinstance(one.part, Layer) and one.part.repeat is not None
