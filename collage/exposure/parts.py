"""The parts of a scene one by one: sheets, pegs, layers with their copies, camera and lamp, as joints and pieces.

Whom they hang on, lie behind or aim at is not known yet: that is `collage.exposure.links`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate

from collage.errors import Loc, suggest
from collage.exposure.bench import Bench
from collage.exposure.camera import AT_REST_MM
from collage.exposure.contents import Shown, label, pivot_of
from collage.exposure.copies import Copy, copies
from collage.exposure.lipsync import spoken
from collage.exposure.rig import SLOTS, Discrete, Joint, Nested, Pane, Piece, Pose
from collage.exposure.span import layer_span
from collage.exposure.tracks import Setting, continuous, discrete, numbers
from collage.geometry import Point
from collage.motion.keys import Steps
from collage.registry.hooks import numbered
from collage.scene.model import Camera, Lamp, Layer, Peg, Scene, Sheet
from collage.timing import Clock, Span

_REST: dict[str, object] = {"at": (0, 0), "scale": 1.0, "turn": 0, "skew": (0, 0), "opacity": 1.0, "tint": "#ffffff"}
_REST |= {"order": 0, "blur": 0}
_CAMERA: dict[str, object] = {"at": ("50%", "50%"), "zoom": 1.0, "turn": 0, "height": AT_REST_MM, "focus": 0}
_CAMERA |= {"aperture": 0}
_LAMP = ("turn", "lean", "strength", "spread")


@dataclass(slots=True)
class Made:
    """A part as written, with where it stands, and the joints that it became: several for a layer that is repeated."""

    loc: Loc
    part: Sheet | Peg | Layer | Camera | Lamp
    setting: Setting
    joints: list[Joint]
    copies: list[Copy] = field(default_factory=lambda: [Copy()])
    size: tuple[float, float] = (0.0, 0.0)
    pieces: list[Piece] = field(default_factory=list)
    inner: Clock | None = None
    busy: list[tuple[float, float]] = field(default_factory=list)
    """When its moves move it, first and end, in frames of its own clock."""


def heights(scene: Scene) -> dict[str, float]:
    """How many millimetres each sheet lies above the table, from the lowest up, by name; gaps pile up."""
    sheets = scene.sheet or (Sheet(name="table"),)
    return dict(zip((sheet.name for sheet in sheets), accumulate(map(_gap, range(len(sheets)), sheets)), strict=True))


def _gap(index: int, sheet: Sheet) -> float:
    return float(sheet.gap) if index else 0.0


def pane(bench: Bench, sheet: Sheet, index: int, place: int) -> tuple[Pane, Made]:
    """A sheet of glass; `place` is its joint's index."""
    setting, loc = bench.setting(sheet.on, under=False), ("sheet", index)
    rest = _pose({"opacity": sheet.opacity}, _REST, setting)
    curves = continuous(sheet.keys, setting, loc, bench.problems)
    joint = Joint(place, f'sheet "{sheet.name}"', sheet.name, setting.on, rest, curves)
    return Pane(sheet.name, joint, bench.heights[sheet.name], _gap(index, sheet)), Made(loc, sheet, setting, [joint])


def peg(bench: Bench, written: Peg, index: int, place: int) -> Made:
    """A peg's joint."""
    setting, loc = bench.setting(written.on, _carried(written)), ("peg", index)
    rest = _resting(bench, written, setting, loc)
    curves = continuous(written.keys, setting, loc, bench.problems)
    return Made(loc, written, setting, [Joint(place, written.name, written.name, setting.on, rest, curves)])


def camera(bench: Bench, written: Camera, place: int) -> Made:
    """The camera's joint, its numbers where `SLOTS` says."""
    setting, loc = bench.setting(written.on, under=False), ("camera",)
    fields = {name: getattr(written, name) for name in _CAMERA if getattr(written, name) is not None}
    rest = _pose(fields, _CAMERA, setting)
    curves = continuous(written.keys, setting, loc, bench.problems)
    return Made(loc, written, setting, [Joint(place, "camera", None, setting.on, rest, curves)])


def lamp(bench: Bench, written: Lamp, place: int) -> Made:
    """The lamp's joint, its numbers where `SLOTS` says."""
    setting, loc = bench.setting(written.on, under=False), ("lamp",)
    rest = _pose({}, {name: getattr(written, name) for name in _LAMP}, setting)
    curves = continuous(written.keys, setting, loc, bench.problems)
    return Made(loc, written, setting, [Joint(place, "lamp", None, setting.on, rest, curves)])


def layer(bench: Bench, written: Layer, index: int, place: int, what: Shown | Nested, inner: Clock | None) -> Made:
    """A layer's pieces, one for each copy; `place` is the first one's index."""
    loc, problems, keys = ("layer", index), bench.problems, written.keys
    clock, span = layer_span(written, index, bench.clock, bench.length, problems)
    setting = bench.setting(written.on, _carried(written), clock, span.first)
    shown = what if isinstance(what, Shown) else _as_shown(what)
    pivot: Point = (0.0, 0.0)
    with problems.at(*loc, "pivot"):
        pivot = pivot_of(written, shown)
    curves = continuous(keys, setting, loc, problems)
    rest = _resting(bench, written, setting, loc)
    names = numbered(shown.content) if isinstance(shown.content, Mapping) else {}
    _check_swaps(bench, written, names, loc)
    levels = {sheet.name: level for level, sheet in enumerate(bench.scene.sheet)} or {"table": 0}
    sheet = _mapped(discrete(keys, "sheet", written.sheet, setting, loc, problems), levels)
    hidden = discrete(keys, "hidden", written.hidden, setting, loc, problems)
    swap = spoken(bench.library.catalogue, written, names, shown.first, setting, loc, problems) or discrete(
        keys, "swap", shown.first, setting, loc, problems
    )
    made = Made(loc, written, setting, [], [], shown.size, [], inner)
    with problems.at(*loc, "repeat"):
        made.copies = list(copies(written.repeat, setting, bench.chance(bench.called("layer", index), "repeat")))
    for copy in made.copies:
        joint = Joint(
            place + copy.index, label(written, index), written.name, setting.on, _placed(rest, copy), curves, pivot,
            shown.hooks, written.pivot is not None, sheet, copy.delay, written.lock, written.group,
        )  # fmt: skip
        if written.at is None and setting.under and copy.at is None:
            joint.loose = bench.scene.scene.size[0] / 2, bench.scene.scene.size[1] / 2
        made.joints.append(joint)
        made.pieces.append(Piece(
            joint, index, _later(span, copy.delay, bench.length),
            what if isinstance(what, Nested) else shown.content, names,
            Discrete(None), hidden, _picked(swap, copy, names), blend=written.blend, cut=shown.cut,
        ))  # fmt: skip
    return made


def _as_shown(what: Nested) -> Shown:
    width, height = what.rig.size
    return Shown(None, (float(width), float(height)))


def _later(span: Span, delay: int, length: int) -> Span:
    return Span(span.first + delay, min(span.end + delay, length))


def _placed(rest: Pose, copy: Copy) -> Pose:
    return rest if copy.at is None else (*copy.at, *rest[2:])


def _picked(swap: Discrete[str | None], copy: Copy, names: Mapping[str, float]) -> Discrete[str | None]:
    if copy.pick is None or not names:
        return swap
    return replace(swap, static=tuple(names)[int(copy.pick * len(names))])


def _mapped(names: Discrete[str | None], levels: Mapping[str, int]) -> Discrete[int | None]:
    """Sheets by their number from the bottom."""
    steps = names.steps
    if steps is None:
        return Discrete(levels.get(names.static or ""))
    values = tuple(levels.get(value or "") for value in steps.values)
    return Discrete(levels.get(names.static or ""), Steps(steps.frames, values, steps.loop, steps.start))


def _carried(part: Peg | Layer) -> bool:
    return bool(part.parent or part.keys.parent)


def _resting(bench: Bench, part: Peg | Layer, setting: Setting, loc: Loc) -> Pose:
    """The static pose; a layer that says nothing rests in the canvas's middle, or on its parent's origin."""
    written = {name: getattr(part, name) for name in _REST if getattr(part, name, None) is not None}
    if isinstance(part, Layer) and part.at is None and not setting.under:
        written["at"] = ("50%", "50%")
    with bench.problems.at(*loc, "at"):
        return _pose(written, _REST, setting)
    return _pose({}, _REST, setting)


def _pose(written: Mapping[str, object], defaults: Mapping[str, object], setting: Setting) -> Pose:
    pose = [0.0] * 14
    for channel, default in defaults.items():
        slot, count = SLOTS[channel]
        pose[slot : slot + count] = numbers(channel, written.get(channel, default), setting)
    return tuple(pose)


def _check_swaps(bench: Bench, written: Layer, known: Mapping[str, float], loc: Loc) -> None:
    """Every drawing that keys ask for is one of the asset's."""
    for index, key in enumerate(written.keys.swap.keys if written.keys.swap else ()):
        if key.value != "none" and key.value not in known:
            with bench.problems.at(*loc, "keys", "swap", "keys", index, "value"):
                raise ValueError(
                    f'no drawing "{key.value}" of "{label(written)}".{suggest(key.value, {*known, "none"})}'
                )
