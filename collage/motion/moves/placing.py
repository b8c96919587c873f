"""Moves that place a piece: slide, path, crawl. They keep their end."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from collage.motion.moves.kinds import Adds, Facts, Nudge, Places
from collage.motion.moves.shooting import eased
from collage.motion.paths import Path, parse_path

_STRIDE = 0.75  # of a step; the rest of it the piece stands still


def slide(facts: Facts, values: Mapping[str, Any]) -> Adds | Places:
    way = eased(values["ease"], facts.span)
    if values["to"] is not None:
        return _sliding_to(values["to"], way)
    if values["by"] is not None:
        across, down = values["by"]
        return Adds(lambda t, n: Nudge(across * (share := way(t)), down * share))
    width = facts.canvas[0]
    return Adds(lambda t, n: Nudge(width * (way(t) - 1.0)))


def _sliding_to(goal: tuple[float, float], way: Callable[[float], float]) -> Places:
    goal_x, goal_y = goal

    def at(t: float, n: int, x: float, y: float, turn: float) -> tuple[float, float, float]:
        share = way(t)
        return x + (goal_x - x) * share, y + (goal_y - y) * share, turn

    return Places(at)


def path(facts: Facts, values: Mapping[str, Any]) -> Places:
    course, orient, facing = _course(facts, values["d"]), values["orient"], values["facing"]
    way, length, along = eased(values["ease"], facts.span), course.length, course.at

    def at(t: float, n: int, x: float, y: float, turn: float) -> tuple[float, float, float]:
        x, y, heading = along(way(t) * length)
        return x, y, heading - facing if orient else turn

    return Places(at)


def crawl(facts: Facts, values: Mapping[str, Any]) -> Places:
    """As many whole steps as the span holds, each of just `every` frames so that they stay on a beat, at least one.

    A step eases in and out over three quarters of its time while the piece leans over and back.
    """
    course, orient, lean = _course(facts, values["d"]), values["orient"], values["lean"]
    facing = values["facing"]
    step = min(values["every"], facts.span)
    steps = max(math.floor(facts.span / step + 1e-9), 1) if step > 0 else 1
    stride, along = course.length / steps, course.at

    def at(t: float, n: int, x: float, y: float, turn: float) -> tuple[float, float, float]:
        if step <= 0 or t >= step * steps:
            x, y, heading = along(stride * steps)
            return x, y, heading - facing if orient else turn
        whole, part = divmod(t / step, 1.0)
        gone = min(part / _STRIDE, 1.0)
        gone *= gone * (3.0 - 2.0 * gone)
        x, y, heading = along((whole + gone) * stride)
        tilt = lean * math.sin(math.pi * gone)
        return x, y, (heading - facing if orient else turn) + (tilt if whole % 2.0 == 0.0 else -tilt)

    return Places(at)


def _course(facts: Facts, d: str | None) -> Path:
    """The path asked for, or an arc over the canvas, from beyond its left edge to beyond its right."""
    if d is not None:
        return parse_path(d)
    (width, height), margin = facts.canvas, max(facts.size)
    return parse_path(f"M{-margin} {height * 0.6} Q{width / 2} {height * -0.1} {width + margin} {height * 0.6}")
