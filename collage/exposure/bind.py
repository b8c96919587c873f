"""A scene and its registry to a rig: every name found, every word a number, every problem gathered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from collage.colours import parse_colour
from collage.errors import Loc, suggest
from collage.exposure.chains import check_chains
from collage.exposure.contents import Shown, label, pivot_of, shown
from collage.exposure.ledger import check_copies
from collage.exposure.problems import Problems
from collage.exposure.rig import SLOTS, Discrete, Joint, Pane, Piece, Pose, Rig
from collage.exposure.span import layer_span, scene_clock
from collage.exposure.tracks import Setting, continuous, discrete, numbers
from collage.geometry import Point
from collage.registry.catalogue import Catalogue
from collage.scene.likeness import unlike
from collage.scene.model import Layer, Peg, Scene, Sheet
from collage.timing import Clock

_REST: dict[str, object] = {"at": (0, 0), "scale": 1.0, "turn": 0, "skew": (0, 0), "opacity": 1.0, "tint": "#ffffff"}
_REST |= {"order": 0, "blur": 0}


@dataclass(frozen=True, slots=True)
class _Bench:
    """What binding a part needs of the whole."""

    scene: Scene
    clock: Clock
    length: int
    problems: Problems

    def setting(self, on: int | None, under: bool, clock: Clock | None = None, start: int = 0) -> Setting:
        return Setting(clock or self.clock, start, self.scene.scene.size, on or self.scene.scene.on, under)


def bind(scene: Scene, catalogue: Catalogue) -> tuple[Rig | None, Problems]:
    """The rig, None if a problem is an error, and all problems, warnings among them."""
    scene, problems = unlike(scene), Problems()
    clock, length = scene_clock(scene, problems)
    bench = _Bench(scene, clock, length, problems)
    sheets = scene.sheet or (Sheet(name="table"),)
    contents = [_shown(layer, index, catalogue, problems) for index, layer in enumerate(scene.layer)]
    panes = tuple(_pane(bench, sheet, index) for index, sheet in enumerate(sheets))
    pegs = tuple(_peg(bench, peg, index) for index, peg in enumerate(scene.peg))
    pieces = tuple(
        _piece(bench, layer, index, what)
        for index, (layer, what) in enumerate(zip(scene.layer, contents, strict=True))
        if what is not None
    )
    joints = {joint.name: joint for joint in (*pegs, *(piece.joint for piece in pieces)) if joint.name}
    _check_hooks(scene, joints, problems)
    paper = None if scene.scene.paper == "none" else parse_colour(scene.scene.paper)
    rig = Rig(scene.scene.size, clock.rate, length, paper, panes, pieces, joints)
    if not problems.fatal:
        check_chains(rig, pegs, problems)
        check_copies(rig, scene.layer, catalogue, problems)
    return None if problems.fatal else rig, problems


def _shown(layer: Layer, index: int, catalogue: Catalogue, problems: Problems) -> Shown | None:
    kind = "asset" if layer.asset is not None else "text" if layer.text is not None else "card"
    with problems.at("layer", index, kind):
        return shown(layer, catalogue)
    return None


def _pane(bench: _Bench, sheet: Sheet, index: int) -> Pane:
    setting = bench.setting(sheet.on, under=False)
    rest = _rest({"opacity": sheet.opacity}, setting)
    tracks = continuous(sheet.keys, setting, ("sheet", index), bench.problems)
    return Pane(sheet.name, Joint(sheet.name, setting.on, rest, tracks))


def _peg(bench: _Bench, peg: Peg, index: int) -> Joint:
    setting, loc = bench.setting(peg.on, under=_carried(peg)), ("peg", index)
    rest = _resting(peg, setting, loc, bench.problems)
    tracks = continuous(peg.keys, setting, loc, bench.problems)
    parent = discrete(peg.keys, "parent", peg.parent, setting, loc, bench.problems)
    return Joint(peg.name, setting.on, rest, tracks, parent=parent)


def _piece(bench: _Bench, layer: Layer, index: int, what: Shown) -> Piece:
    loc, problems, keys = ("layer", index), bench.problems, layer.keys
    clock, span = layer_span(layer, index, bench.clock, bench.length, problems)
    setting = bench.setting(layer.on, _carried(layer), clock, span.first)
    pivot: Point = (0.0, 0.0)
    with problems.at(*loc, "pivot"):
        pivot = pivot_of(layer, what)
    tracks = continuous(keys, setting, loc, problems)
    parent = discrete(keys, "parent", layer.parent, setting, loc, problems)
    rest = _resting(layer, setting, loc, problems)
    sheet, pinned = discrete(keys, "sheet", layer.sheet, setting, loc, problems), layer.pivot is not None
    joint = Joint(layer.name, setting.on, rest, tracks, pivot, what.hooks, parent, pinned, sheet)
    _check_swaps(layer, what, loc, problems)

    def channel(word: str, static: str | bool | None) -> Discrete:
        return discrete(keys, word, static, setting, loc, problems)

    return Piece(
        joint, label(layer, index), span, what.content,
        behind=channel("behind", layer.behind),
        hidden=channel("hidden", layer.hidden), swap=channel("swap", what.first),
    )  # fmt: skip


def _carried(part: Peg | Layer) -> bool:
    return bool(part.parent or part.keys.parent)


def _resting(part: Peg | Layer, setting: Setting, loc: Loc, problems: Problems) -> Pose:
    """The static pose; a layer that says nothing rests in the canvas's middle, or on its parent's origin."""
    written = {name: getattr(part, name) for name in _REST if getattr(part, name, None) is not None}
    if isinstance(part, Layer) and part.at is None and not setting.under:
        written["at"] = ("50%", "50%")
    with problems.at(*loc, "at"):
        return _rest(written, setting)
    return _rest({}, setting)


def _rest(written: Mapping[str, object], setting: Setting) -> Pose:
    pose = [0.0] * 14
    for channel, default in _REST.items():
        slot, count = SLOTS[channel]
        pose[slot : slot + count] = numbers(channel, written.get(channel, default), setting)
    return tuple(pose)


def _check_swaps(layer: Layer, what: Shown, loc: Loc, problems: Problems) -> None:
    """Every drawing that keys ask for is one of the asset's."""
    known = what.content if isinstance(what.content, Mapping) else {}
    for index, key in enumerate(layer.keys.swap.keys if layer.keys.swap else ()):
        if key.value != "none" and key.value not in known:
            with problems.at(*loc, "keys", "swap", "keys", index, "value"):
                raise ValueError(f'no drawing "{key.value}" of "{label(layer)}".{suggest(key.value, {*known, "none"})}')


def _check_hooks(scene: Scene, joints: Mapping[str, Joint], problems: Problems) -> None:
    """Every hook that a parent is named with is one of that parent's."""
    parts: list[tuple[Loc, Peg | Layer]] = [(("peg", index), peg) for index, peg in enumerate(scene.peg)]
    parts += [(("layer", index), layer) for index, layer in enumerate(scene.layer)]
    for loc, part in parts:
        asked: list[tuple[Loc, str | None]] = [(("parent",), part.parent)]
        for spot, key in enumerate(part.keys.parent.keys if part.keys.parent else ()):
            asked.append((("keys", "parent", "keys", spot, "value"), key.value))
        for where, reference in asked:
            name, _, hook = (reference or "").partition(".")
            if hook and name in joints and hook not in joints[name].hooks:
                with problems.at(*loc, *where):
                    raise ValueError(f'no hook "{hook}" on "{name}".{suggest(hook, joints[name].hooks)}')
