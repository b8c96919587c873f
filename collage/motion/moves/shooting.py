"""Moves that happen once and keep their end: spin, pop, drop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from collage.motion.moves.kinds import Adds, Facts, Nudge


def eased(ease: Callable[[float], float], span: float) -> Callable[[float], float]:
    """The share of the way gone after t frames; a span of none has ended when it begins."""
    end = ease(1.0)
    return lambda t: ease(t / span) if t < span else end


def spin(facts: Facts, values: Mapping[str, Any]) -> Adds:
    by, every = values["by"], values["every"]
    if every:
        return Adds(lambda t, n: Nudge(0.0, 0.0, by * (t / every)))
    way = eased(values["ease"], facts.span)
    return Adds(lambda t, n: Nudge(0.0, 0.0, by * way(t)))


def pop(facts: Facts, values: Mapping[str, Any]) -> Adds:
    """Never below nothing: an ease that draws back first would show the piece mirrored."""
    way = eased(values["ease"], facts.span)

    def at(t: float, n: int) -> Nudge:
        size = max(way(t), 0.0)
        return Nudge(0.0, 0.0, 0.0, size, size)

    return Adds(at)


def drop(facts: Facts, values: Mapping[str, Any]) -> Adds:
    height = facts.size[1] + 200.0 if values["height"] is None else values["height"]
    way = eased(values["ease"], facts.span)
    return Adds(lambda t, n: Nudge(0.0, height * (way(t) - 1.0)))
