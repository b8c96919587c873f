"""A scene with every word resolved to numbers: what `expose` asks, frame by frame.

A joint is anything that moves, a peg or a layer. Its pose is fourteen numbers, some of them moved by tracks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from collage.colours import Colour
from collage.exposure.cel import Card, Lettering
from collage.geometry import Affine, Point
from collage.motion.keys import Steps, Track
from collage.registry.catalogue import Drawing
from collage.timing import Span

Pose = tuple[float, ...]
"""x, y, scale_x, scale_y, turn, skew_x, skew_y, opacity, red, green, blue, alpha, order, blur."""

SLOTS: Mapping[str, tuple[int, int]] = {
    "x": (0, 1),
    "y": (1, 1),
    "at": (0, 2),
    "scale": (2, 2),
    "scale_x": (2, 1),
    "scale_y": (3, 1),
    "turn": (4, 1),
    "skew": (5, 2),
    "opacity": (7, 1),
    "tint": (8, 4),
    "order": (12, 1),
    "blur": (13, 1),
}
"""Where a continuous channel lies in a pose, and how many numbers it has."""

DEEPEST = 400
"""So many parents, one carrying the next, or layers, one behind the next, and no more."""
OPACITY, ORDER, BLUR = SLOTS["opacity"][0], SLOTS["order"][0], SLOTS["blur"][0]


@dataclass(frozen=True, slots=True)
class Discrete:
    """A discrete channel: its static value, and the steps that replace it."""

    static: str | bool | None
    steps: Steps | None = None

    def at(self, frame: int) -> str | bool | None:
        return self.static if self.steps is None else self.steps.at(frame)


@dataclass(frozen=True, slots=True)
class Joint:
    """A peg or a layer as something that moves. `parent` is a reference: a name, or name.hook.

    `pinned` says that the pivot was written; else a piece hangs by its own hook of the parent's hook's name, if it
    has one. `sheet` is None where nothing names one: it is the parent's, then.
    """

    name: str | None
    on: int
    rest: Pose
    tracks: tuple[tuple[int, int, Track], ...] = ()
    pivot: Point = (0.0, 0.0)
    hooks: Mapping[str, Point] = field(default_factory=dict)
    parent: Discrete = Discrete(None)
    pinned: bool = True
    sheet: Discrete = Discrete(None)

    def pose(self, frame: int) -> Pose:
        """The pose of the exposure that this frame lies in."""
        if not self.tracks:
            return self.rest
        exposure = frame // self.on * self.on
        pose = list(self.rest)
        for slot, count, track in self.tracks:
            pose[slot : slot + count] = track.at(exposure)
        return tuple(pose)

    def held_by(self, frame: int) -> tuple[str, str]:
        """The name of the parent at a frame and the hook of it, each empty if there is none."""
        name, _, hook = str(self.parent.at(frame) or "").partition(".")
        return name, hook

    def pivot_at(self, frame: int) -> Point:
        """The point that lies at `at`, in this joint's own pixels."""
        return self.pivot if self.pinned else self.hooks.get(self.held_by(frame)[1], self.pivot)


@dataclass(frozen=True, slots=True)
class Piece:
    """A layer as something that is seen: its joint, its span, and what it shows."""

    joint: Joint
    label: str
    span: Span
    content: Mapping[str, Drawing] | Card | Lettering
    behind: Discrete
    hidden: Discrete
    swap: Discrete

    def drawings(self) -> tuple[Drawing, ...]:
        """Those that the swap channel can bring to be seen."""
        if not isinstance(self.content, Mapping):
            return ()
        names = (self.swap.static,) if self.swap.steps is None else self.swap.steps.values
        return tuple(self.content[str(name)] for name in names if name != "none")


@dataclass(frozen=True, slots=True)
class Pane:
    """A sheet of glass: its name and opacity."""

    name: str
    joint: Joint


@dataclass(frozen=True, slots=True)
class Rig:
    """Everything `expose` needs. `joints` by name holds what can be a parent; `pieces` are in the file's order."""

    size: tuple[int, int]
    rate: Fraction
    length: int
    paper: Colour | None
    sheets: tuple[Pane, ...]
    pieces: tuple[Piece, ...]
    joints: Mapping[str, Joint]


def local(pose: Pose, pivot: Point) -> Affine:
    """T(at) · R(turn) · Skew · S(scale) · T(−pivot): a joint's own pixels to its parent's."""
    x, y, scale_x, scale_y, turn, skew_x, skew_y = pose[:7]
    matrix = Affine.shift(x, y)
    if turn:
        matrix = matrix @ Affine.turning(turn)
    if skew_x or skew_y:
        matrix = matrix @ Affine.skewing(skew_x, skew_y)
    return matrix @ Affine.scaling(scale_x, scale_y) @ Affine.shift(-pivot[0], -pivot[1])
