"""Moves by chance or by ear: shake, boil, drift, pulse."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from collage.motion.moves.kinds import REST, Adds, Facts, Nudge

_TWIST = 0.3  # degrees a boiling piece may turn for each pixel it may be off


def shake(facts: Facts, values: Mapping[str, Any]) -> Adds:
    """Evenly over a disc: the square root keeps the middle from being favoured."""
    by, pair = values["by"], facts.chance.pair

    def at(t: float, n: int) -> Nudge:
        far, around = pair(n)
        far, around = by * math.sqrt(far), math.tau * around
        return Nudge(far * math.cos(around), far * math.sin(around))

    return Adds(at)


def boil(facts: Facts, values: Mapping[str, Any]) -> Adds:
    """As a shake, with a twist of its own."""
    by, twist, pair, one = values["by"], values["by"] * _TWIST, facts.chance.pair, facts.chance.at

    def at(t: float, n: int) -> Nudge:
        far, around = pair(n)
        far, around = by * math.sqrt(far), math.tau * around
        return Nudge(far * math.cos(around), far * math.sin(around), twist * (2.0 * one(n, 1) - 1.0))

    return Adds(at)


def drift(facts: Facts, values: Mapping[str, Any]) -> Adds:
    """Two noises, half a lattice apart lest both come home at once, swelling up from rest over a quarter period."""
    by, every, phase = values["by"], values["every"], values["phase"]
    across, down = facts.chance.child("x").noise, facts.chance.child("y").noise

    def at(t: float, n: int) -> Nudge:
        place = 2.0 * (t / every + phase)
        rise = min(4.0 * t / every, 1.0)
        rise *= by * rise * (3.0 - 2.0 * rise)
        return Nudge(rise * _wide(across(place)), rise * _wide(down(place + 0.5)))

    return Adds(at)


def _wide(noise: float) -> float:
    """Noise that keeps to the middle, spread over -1 to 1."""
    return 2.4 * noise / (1.0 + 1.4 * abs(noise))


def pulse(facts: Facts, values: Mapping[str, Any]) -> Adds:
    """With the level if that is asked for or there is one; a level asked for where nothing sounds is silence."""
    by, level = values["by"], facts.level
    source = values["source"] or ("beat" if level is None else "level")
    if source == "beat":
        return _beating(by, facts.beat or facts.rate / 2, facts.to_beat)
    if level is None:
        return Adds(lambda t, n: REST)

    def at(t: float, n: int) -> Nudge:
        size = 1.0 + by * level(t)
        return Nudge(0.0, 0.0, 0.0, size, size)

    return Adds(at)


def _beating(by: float, beat: float, to_beat: float) -> Adds:
    """Full on the beat, then dying away as the cube of what is left of it."""

    def at(t: float, n: int) -> Nudge:
        left = 1.0 - ((t - to_beat) / beat + 1e-9) % 1.0
        size = 1.0 + by * left * left * left
        return Nudge(0.0, 0.0, 0.0, size, size)

    return Adds(at)
