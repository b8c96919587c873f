"""Moves as the tests make them: defaults filled in and resolved, at 24 frames a second and 120 beats a minute."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from collage.motion.chance import Chance
from collage.motion.easing import parse_ease
from collage.motion.moves import MOVES, Adds, Draws, Facts, Nudge, Param, Places
from collage.timing import Clock

CLOCK = Clock(rate=Fraction(24), tempo=Fraction(120))


def facts(**changed: Any) -> Facts:
    """A piece of 300 by 400 for four seconds on a small canvas; what is named differs."""
    plain = Facts(
        span=96.0,
        rate=24.0,
        on=2,
        canvas=(1000.0, 500.0),
        size=(300.0, 400.0),
        drawings=0,
        chance=Chance(1, "rocket", 0, "move"),
        beat=12.0,
        to_beat=0.0,
        level=None,
    )
    return plain._replace(**changed)


def resolved(param: Param) -> Any:
    """A default as the number it stands for."""
    if param.default is None:
        return None
    if param.kind == "length":
        return float(CLOCK.length(param.default))
    return parse_ease(param.default) if param.kind == "ease" else param.default


def values(name: str, **written: Any) -> dict[str, Any]:
    return {word: resolved(param) for word, param in MOVES[name].params.items()} | written


def made(name: str, known: Facts | None = None, **written: Any) -> Any:
    return MOVES[name].make(known or facts(), values(name, **written))


def added(name: str, t: float, n: int = 0, known: Facts | None = None, **written: Any) -> Nudge:
    move = made(name, known, **written)
    assert isinstance(move, Adds)
    return move.at(t, n)


def placed(name: str, t: float, known: Facts | None = None, **written: Any) -> tuple[float, float, float]:
    """Where a piece is that would else lie at (10, 20), turned by 30 degrees."""
    move = made(name, known, **written)
    assert isinstance(move, Places)
    return move.at(t, 0, 10.0, 20.0, 30.0)


def drawn(name: str, moments: range, now: int = 0, known: Facts | None = None, **written: Any) -> list[int]:
    move = made(name, known, **written)
    assert isinstance(move, Draws)
    return [move.at(t, t, now) for t in moments]
