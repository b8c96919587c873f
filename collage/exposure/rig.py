"""A scene with every word resolved to numbers: what `expose` asks, frame by frame.

A joint is anything that moves: a layer, a peg, a sheet, the camera, the lamp. Its pose is fourteen numbers; keys are
curves that replace some of them, then acts (formulas, moves, the hand's error) change them in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from collage.colours import Colour
from collage.exposure.cel import Card, Finish, Lettering
from collage.exposure.hearing import SILENCE, Score
from collage.geometry import Point
from collage.motion.keys import Curve, Steps
from collage.registry.catalogue import Drawing
from collage.registry.hooks import Hook
from collage.timing import Span

if TYPE_CHECKING:
    from collage.exposure.clocks import NestedClock
    from collage.exposure.cutouts import Cut
    from collage.exposure.shutter import Jump
    from collage.exposure.stage import Stage

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
    "zoom": (2, 1),
    "height": (5, 1),
    "focus": (12, 1),
    "aperture": (13, 1),
    "lean": (5, 1),
    "spread": (6, 1),
    "strength": (7, 1),
}
"""Where a continuous channel lies in a pose, and how many numbers it has. The camera's zoom lies where scales do, so
that a move that scales a layer zooms the camera; its height lies where a layer has its skew, what only makes it sharp
or not where a layer has its order and blur. The lamp's strength lies where a layer has its opacity."""

DEEPEST = 400
"""So many parents, one carrying the next, or layers, one behind the next, and no more."""
X, Y, ZOOM, TURN, HEIGHT, OPACITY, ORDER, BLUR = 0, 1, 2, 4, 5, 7, 12, 13
FOCUS, APERTURE, LEAN, SPREAD, STRENGTH = 12, 13, 5, 6, 7

T = TypeVar("T")
Act = Callable[[list[float], int, int, "Stage"], None]
"""``act(pose, frame, number, stage)`` changes a pose in place: `frame` is the exposure on the joint's own clock,
`number` the exposure's number in the scene."""
Choice = Callable[[int, int, int, int], int]
"""``choice(frame, exposure, number, drawing)``: another drawing for one, both 0-based. Moves choose by the exposure,
formulas by the exact frame."""


@dataclass(frozen=True, slots=True)
class Discrete(Generic[T]):
    """A discrete channel: its static value, and the steps that replace it."""

    static: T
    steps: Steps[T] | None = None

    def at(self, frame: int) -> T:
        return self.static if self.steps is None else self.steps.at(frame)

    def values(self) -> tuple[T, ...]:
        """All it can be."""
        return (self.static,) if self.steps is None else self.steps.values

    def changes(self) -> tuple[int, ...]:
        """The frames of one round at which it takes a value, in the order of `values`."""
        return (0,) if self.steps is None else tuple(max(self.steps.start + frame, 0) for frame in self.steps.frames)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """Where something hangs or aims: a joint's pivot, one of its hooks, or, through a nested scene, a link in there."""

    written: str
    joint: Joint
    hook: Hook | None = None
    inner: Link | None = None

    @property
    def hook_name(self) -> str:
        """The last part of what was written, if it is a hook."""
        return self.written.partition(".")[2]


@dataclass(slots=True, eq=False)
class Joint:
    """Something that moves. `index` is its place among the rig's joints; a layer's is also its piece's.

    `pinned` says that the pivot was written; else a piece hangs by its own hook of the parent's hook's name, if it
    has one. `sheet` is None where nothing names one: it is the parent's, then. `delay` is how many frames later a copy
    does everything. Binding gives the links and acts after all joints are known; from then on nothing changes.
    """

    index: int
    label: str
    name: str | None
    on: int
    rest: Pose
    curves: tuple[tuple[int, Curve], ...] = ()
    pivot: Point = (0.0, 0.0)
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    pinned: bool = True
    sheet: Discrete[int | None] = Discrete(None)
    delay: int = 0
    lock: bool = False
    group: bool = False
    parent: Discrete[Link | None] = Discrete(None)
    acts: tuple[Act, ...] = ()
    loose: Point | None = None
    """Where it rests while nobody carries it, if it says nothing of its place and is carried at other times."""
    home: int | None = None
    """The sheet it lies on, where that never changes."""
    restless: bool = False
    """What moves it hangs on other pieces, or on a script: it may be another at every exposure."""
    jumps: tuple[Jump, ...] = ()
    """Where its place jumps, so that an open shutter must not smear it."""

    @property
    def moving(self) -> bool:
        return bool(self.curves or self.acts)


@dataclass(frozen=True, slots=True)
class Nested:
    """A scene as what a layer shows: its rig, and the clock that says which of its frames."""

    rig: Rig
    clock: NestedClock


Content = Mapping[str, Drawing] | Card | Lettering | Nested | None
"""What a layer shows: an entry's drawings, a card, set type, a nested scene, or, as a group, only what it gathers."""


class Through(NamedTuple):
    """What a piece is seen through: the layer, by its place in the file, and how."""

    layer: int
    outside: bool = False
    luminance: bool = False


@dataclass(slots=True, eq=False)
class Piece:
    """A layer, or one of its copies, as something that is seen: its joint, its span, and what it shows.

    `layer` is its place in the file. `places` has the names of its drawings, in order, each with its number, which
    hooks that move with them count by. `choices` are the moves and formulas that choose a drawing.
    """

    joint: Joint
    layer: int
    span: Span
    content: Content
    places: Mapping[str, float]
    behind: Discrete[Joint | None]
    hidden: Discrete[bool]
    swap: Discrete[str | None]
    choices: tuple[Choice, ...] = ()
    lying: Discrete[str | None] | None = None
    """The drawing that lay there before, for hooks to count by while it is lifted off."""
    hiding: Curve | None = None
    """A formula for `hidden`."""
    asset: str | None = None
    """The registry's entry that it holds; none if it shows another thing, or a photostat."""
    casts: bool = True
    """Whether the lamp casts its shadow."""
    blend: str = "normal"
    cut: Cut | None = None
    """How its drawings were printed and cut."""
    through: Through | None = None
    source: bool = False
    """Whether another is seen through it: it is not drawn itself, then."""

    @property
    def label(self) -> str:
        return self.joint.label

    def gone(self, frame: int) -> bool:
        """Outside its span, or put aside."""
        own = frame - self.joint.delay
        if not self.span.first <= frame < self.span.end:
            return True
        return bool(self.hidden.at(own)) if self.hiding is None else self.hiding(own) != 0

    def drawing(self, frame: int) -> str | None:
        """The drawing it shows at a frame; "none" if it is lifted off, None if it has no drawings."""
        own = frame - self.joint.delay
        name = self.swap.at(own)
        if not self.choices or name == "none" or not self.places:
            return name
        number, names = frame // self.joint.on, tuple(self.places)
        index = names.index(str(name))
        for choose in self.choices:
            index = choose(own, number * self.joint.on - self.joint.delay, number, index) % len(names)
        return names[index]

    def shown(self) -> tuple[Drawing, ...]:
        """Every drawing it can bring to be seen."""
        if isinstance(self.content, Nested):
            return self.content.rig.shown()
        if not isinstance(self.content, Mapping):
            return ()
        names = tuple(self.places) if self.choices else self.swap.values()
        return tuple(self.content[str(name)] for name in names if name != "none")


@dataclass(frozen=True, slots=True)
class Pane:
    """A sheet of glass: its name, its opacity as a joint, how many millimetres it lies above the table, and how many of
    them are the air under it."""

    name: str
    joint: Joint
    z: float
    gap: float


@dataclass(frozen=True, slots=True)
class Stock:
    """The film stock: what it does, to be numbered by exposures of so many frames."""

    finish: Finish
    on: int

    def at(self, frame: int) -> Finish:
        return self.finish._replace(exposure=frame // self.on)


@dataclass(slots=True, eq=False)
class Rig:
    """Everything `expose` needs of a scene.

    `joints` are those of the pieces, in the pieces' order, then pegs, sheets, the camera's and the lamp's. `named` are
    those that can be referred to. `groups`, `locks`, `hiding_hooks`, `slipping` (those that lie behind others) and
    `mattes` say whether there are any at all.
    """

    size: tuple[int, int]
    rate: Fraction
    length: int
    paper: Colour | None
    sheets: tuple[Pane, ...]
    pieces: tuple[Piece, ...]
    joints: tuple[Joint, ...]
    named: Mapping[str, Joint]
    camera: Joint | None = None
    lamp: Joint | None = None
    bokeh: bool = False
    shutter: float = 0.0
    """For which share of an exposure the shutter is open."""
    linear: bool = False
    stock: Stock | None = None
    groups: bool = False
    locks: bool = False
    hiding_hooks: bool = False
    slipping: bool = False
    mattes: bool = False
    depth: int = 0
    """How many pictures may lie inside one another: groups, mattes, and scenes with what is in them."""
    assets: Mapping[str, int | None] = field(default_factory=dict)
    """What its pieces and those of nested scenes hold, each with how many copies there are, None for any number."""
    worn: frozenset[str] = frozenset()
    """Those of them, one of a kind, that show how often they were handed on."""
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """When each line of the ledger of what is `worn` begins; of the outermost scene alone."""
    score: Score = SILENCE
    """What it brings to be heard itself, without what is nested in it."""
    source: str = ""
    """The scene's file from the project's root, where that is known."""

    @property
    def whole(self) -> bool:
        """Whether all of it, paper included, is one picture: of its own stock, or of its own light."""
        return self.stock is not None or self.linear

    def shown(self) -> tuple[Drawing, ...]:
        """Every drawing the scene can show, each once, in the order of the file."""
        return tuple(dict.fromkeys(drawing for piece in self.pieces for drawing in piece.shown()))
