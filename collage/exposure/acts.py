"""What changes a pose after its keys: formulas, and moves that add or place.

Each function here is asked once, at binding, and gives an `Act` that is asked every frame. Frames in acts are exposures
on the joint's own clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.exposure.rig import TURN, Act, Joint, X, Y
from collage.motion.moves.kinds import Adds, Places

if TYPE_CHECKING:
    from collage.exposure.stage import Stage

Formula = Callable[[float, float, float, float, float], float]
"""(v, t, f, n, beat) to a number."""
_LEAST, _MOST = -1e15, 1e15
_POWERS = ("an exponent", "a negative number")
"""How `collage.motion.functions.power` begins to say what is wrong."""


@dataclass(frozen=True, slots=True)
class Beats:
    """How frames count in beats: ``beat = frame * each + first``; `each` is 0 without a tempo."""

    rate: float
    each: float = 0.0
    first: float = 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """When a move acts: from frame `first` for `span` frames, then fading over `over`; None keeps its end instead."""

    first: float
    span: float
    over: float | None

    def weight(self, since: float) -> float:
        """How much of the move is left so many frames after its in: 0 before, 1 within."""
        if since < 0:
            return 0.0
        if self.over is None or since < self.span:
            return 1.0
        return 1.0 - (since - self.span) / self.over if since < self.span + self.over else 0.0


def adding(move: Adds, stretch: Stretch) -> Act:
    """Adds to place and turn, multiplies scales and opacity."""
    at, first, span, keeps, weight = move.at, stretch.first, stretch.span, stretch.over is None, stretch.weight

    def act(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        since = frame - first
        if since < 0:
            return
        if since < span:
            x, y, turn, scale_x, scale_y, opacity = at(since, number)
        elif keeps:
            x, y, turn, scale_x, scale_y, opacity = at(span, number)
        else:
            left = weight(since)
            if not left:
                return
            x, y, turn, scale_x, scale_y, opacity = at(since, number)
            x, y, turn = x * left, y * left, turn * left
            scale_x, scale_y = 1 + (scale_x - 1) * left, 1 + (scale_y - 1) * left
            opacity = 1 + (opacity - 1) * left
        pose[0] += x
        pose[1] += y
        pose[2] *= scale_x
        pose[3] *= scale_y
        pose[4] += turn
        pose[7] *= opacity

    return act


def placing(move: Places, stretch: Stretch) -> Act:
    """Replaces place and turn; keeps its end."""
    at, first, span = move.at, stretch.first, stretch.span

    def act(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        since = frame - first
        if since >= 0:
            pose[X], pose[Y], pose[TURN] = at(min(since, span), number, pose[X], pose[Y], pose[TURN])

    return act


def calculating(valued: Callable[[float, int, int], float], slots: tuple[int, ...]) -> Act:
    """Replaces the numbers of a channel by a formula of them, as `checked` gives it."""

    def act(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        for slot in slots:
            pose[slot] = valued(pose[slot], frame, number)

    return act


def checked(formula: Formula, beats: Beats, joint: Joint, place: str) -> Callable[[float, int, int], float]:
    """(v, frame, number) to a finite number; where there is none, a CollageError that names `place`, layer and channel,
    and the frame of the scene: for continuous channels that on which the exposure began."""
    rate, each, first = beats.rate, beats.each, beats.first

    def valued(v: float, frame: int, number: int) -> float:
        try:
            value = formula(v, frame / rate, frame, number, frame * each + first)
        except (ArithmeticError, ValueError) as error:
            raise _valueless(place, frame + joint.delay, _reason(error)) from None
        if not _LEAST < value < _MOST:
            raise _valueless(
                place, frame + joint.delay, "it is no number" if value != value else "it grows beyond all bounds"
            )
        return value

    return valued


def _reason(error: Exception) -> str:
    if isinstance(error, ZeroDivisionError):
        return "it divides by zero"
    if isinstance(error, OverflowError):
        return "it grows beyond all bounds"
    return str(error) if str(error).startswith(_POWERS) else "it is no number"  # not in Python's own words


def _valueless(place: str, frame: int, reason: str) -> CollageError:
    return CollageError(f"frame {frame}: {place} has no value: {reason}. Guard it with max, clamp or … if … else …")
