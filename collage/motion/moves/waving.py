"""Moves that come and go as a wave: swing, bob, orbit, breathe, squash. With no phase all but orbit begin at rest."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from collage.motion.moves.kinds import Adds, Facts, Nudge


def angle(every: float, phase: float) -> Callable[[float], float]:
    """The wave's angle in radians after t frames, taken within one period, so that it is as fine after hours."""
    return lambda t: math.tau * ((t / every + phase) % 1.0)


def swing(facts: Facts, values: Mapping[str, Any]) -> Adds:
    by, turned, sin = values["by"], angle(values["every"], values["phase"]), math.sin
    return Adds(lambda t, n: Nudge(0.0, 0.0, by * sin(turned(t))))


def bob(facts: Facts, values: Mapping[str, Any]) -> Adds:
    by, turned, sin = values["by"], angle(values["every"], values["phase"]), math.sin
    return Adds(lambda t, n: Nudge(0.0, -by * sin(turned(t))))


def orbit(facts: Facts, values: Mapping[str, Any]) -> Adds:
    radius, turned = values["radius"], angle(values["every"], values["phase"])

    def at(t: float, n: int) -> Nudge:
        turn = turned(t)
        return Nudge(radius * math.cos(turn), radius * math.sin(turn))

    return Adds(at)


def breathe(facts: Facts, values: Mapping[str, Any]) -> Adds:
    by, turned, sin = values["by"], angle(values["every"], values["phase"]), math.sin

    def at(t: float, n: int) -> Nudge:
        size = 1.0 + by * sin(turned(t))
        return Nudge(0.0, 0.0, 0.0, size, size)

    return Adds(at)


def squash(facts: Facts, values: Mapping[str, Any]) -> Adds:
    """Its area stays: one side gains what the other loses, as a factor."""
    by, turned, sin = values["by"], angle(values["every"], values["phase"]), math.sin

    def at(t: float, n: int) -> Nudge:
        wave = by * sin(turned(t))
        long = 1.0 + abs(wave)
        return Nudge(0.0, 0.0, 0.0, long, 1.0 / long) if wave > 0 else Nudge(0.0, 0.0, 0.0, 1.0 / long, long)

    return Adds(at)
