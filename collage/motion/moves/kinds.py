"""What a move is: what it may know, what it takes, and the four things it can turn into.

A move is made once for a piece, with every time in frames and every place in pixels, and is then a pure function: any
moment may be asked for alone. `t` counts frames from the move's in, `n` is the number of the exposure, which is all
that chance may hang on. Whoever calls keeps the span: nothing is asked before `in`, and after `out` a move that keeps
its end is asked for its last moment again, one that fades is blended to nothing over `over` frames.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collage.motion.chance import Chance


class Nudge(NamedTuple):
    """What an adding move does to a pose: x, y (pixels) and turn (degrees) are added, scales and opacity multiply."""

    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    opacity: float = 1.0


REST = Nudge()


class Adds(NamedTuple):
    """A move that adds to the pose so far: (t, n) -> Nudge."""

    at: Callable[[float, int], Nudge]


class Places(NamedTuple):
    """A move that replaces place and turn: (t, n, x, y, turn) -> (x, y, turn), given those so far."""

    at: Callable[[float, int, float, float, float], tuple[float, float, float]]


class Draws(NamedTuple):
    """A move that changes drawings: (t, n, drawing now) -> drawing, 0-based; the caller wraps it round."""

    at: Callable[[float, int, int], int]


class Aims(NamedTuple):
    """A move that needs other pieces (follow, look-at, reach): whoever knows them all carries it out.

    Like every empty tuple it counts as false: tell the kinds of mover apart by class.
    """


Mover = Adds | Places | Draws | Aims


class Facts(NamedTuple):
    """What a move may know of its piece, its scene and its span, all resolved to numbers."""

    span: float
    """Frames from the move's in to its out; 0 or more."""
    rate: float
    """Frames a second."""
    on: int
    """Frames an exposure is held."""
    canvas: tuple[float, float]
    size: tuple[float, float]
    """Of the piece's own picture, (0, 0) for a peg or the camera."""
    drawings: int
    """How many it can show; with 0 or 1 there are none to choose from."""
    chance: Chance
    """Of this very move of this very copy."""
    beat: float | None
    """Frames a beat lasts, None without a tempo."""
    to_beat: float
    """Frames from the move's in to the first beat at or after it, 0 without a tempo."""
    level: Callable[[float], float] | None
    """Frames since the move's in -> the sound's level, 0 to 1; None without a sound file."""


class Param(NamedTuple):
    """One thing a move takes. `default` is as a person would write it, `line` says what it does and in what unit.

    `kind` is one of ``number share count length moment extent place scale flag ease path target``, or
    ``choice:one|two``. A share is 0 to 1, a count whole and at least 1; a length (of time) is above 0 but for ``over``
    and ``lag``, which may be 0; a path is text for `collage.motion.paths.parse_path`; a target names a layer or its
    hook, or of ``reach`` is a place.
    """

    kind: str
    default: Any
    line: str


class Move(NamedTuple):
    """One entry of the table: its reference, its parameters, and how a piece's own is made.

    `make` wants a value for every parameter, defaults filled in, resolved to numbers: a length to frames, an extent to
    pixels, a place to (x, y), an ease to its function; None where the default is None and nothing was written.
    """

    line: str
    params: Mapping[str, Param]
    make: Callable[[Facts, Mapping[str, Any]], Mover]
    ends: Literal["keeps", "fades"]
    lasts: Callable[[float], float] | None
    """Frames a second -> the span in frames if none is written; None lasts to the out of the piece."""
