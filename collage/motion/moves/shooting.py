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


_LANDINGS = (0.0, 3 / 7, 5 / 7, 6 / 7, 1.0)
"""When a drop begins, and when it meets the ground, in shares of its span: of 14 frames it lands on 6, 10, 12 and 14,
which are exposures on twos, so that it is seen to land."""


def _bounced(t: float) -> float:
    """How far down, 0 to 1: a fall, then bounces of a ninth and a thirty-sixth of its height, as of card. One gravity
    rules them all, so a bounce's height follows from how long it lasts."""
    fall = _LANDINGS[1]
    if t < fall:
        return (t / fall) ** 2
    after = next(index for index, landing in enumerate(_LANDINGS) if t < landing or landing == 1.0)
    return 1.0 - (t - _LANDINGS[after - 1]) * max(_LANDINGS[after] - t, 0.0) / fall**2


def drop(facts: Facts, values: Mapping[str, Any]) -> Adds:
    """With an ease of its own unless one is asked for."""
    height = facts.size[1] + 200.0 if values["height"] is None else values["height"]
    way = eased(values["ease"] or _bounced, facts.span)
    return Adds(lambda t, n: Nudge(0.0, height * (way(t) - 1.0)))
