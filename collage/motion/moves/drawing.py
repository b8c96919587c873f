"""Moves that change drawings: blink, cycle, chatter. A piece that has but one shows the same by its shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from collage.motion.moves.kinds import REST, Adds, Draws, Facts, Nudge

_HAIR = 1e-9
"""Of a period: a moment this little before a change counts as on it, for what is a whole number in fractions may miss
it by a rounding in floats."""
_PRESSED = Nudge(scale_y=0.1)


def blink(facts: Facts, values: Mapping[str, Any]) -> Adds | Draws:
    shut = _shut(facts, values)
    if facts.drawings >= 2:
        return Draws(lambda t, n, now: 1 if shut(t) else now)
    return Adds(lambda t, n: _PRESSED if shut(t) else REST)


def _shut(facts: Facts, values: Mapping[str, Any]) -> Callable[[float], bool]:
    """One blink in each period, never nearer to its start than `hold`: so two are at least that far apart.

    An exposure is the shortest that is sure to be seen, half a period the longest.
    """
    every, phase, chance = values["every"], values["phase"], facts.chance.at
    hold = min(max(values["hold"], facts.on) / every, 0.5)
    room = 1.0 - 2.0 * hold

    def shut(t: float) -> bool:
        period, part = divmod(t / every + phase + _HAIR, 1.0)
        start = hold + room * chance(int(period))
        return bool(start <= part < start + hold)

    return shut


def cycle(facts: Facts, values: Mapping[str, Any]) -> Draws:
    count, how = facts.drawings, values["how"]
    if count < 2:
        return Draws(lambda t, n, now: now)
    steps = 2 * (count - 1) if how == "ping-pong" else count
    hold: float = values["every"] / steps if values["every"] else values["hold"] or facts.on
    last, head = count - 1, float(values["phase"]) * steps + _HAIR

    def at(t: float, n: int, now: int) -> int:
        step = math.floor(t / hold + head)
        if how == "once":
            return now + min(step, last)
        step %= steps
        return now + (step if step <= last else steps - step)

    return Draws(at)


def chatter(facts: Facts, values: Mapping[str, Any]) -> Adds | Draws:
    """Drawing 0 is shut and the last wide open; a piece with no others opens by turning."""
    by, last, open_ = values["by"], facts.drawings - 1, _opening(facts, values)
    if last >= 1:
        return Draws(lambda t, n, now: math.floor(open_(t) * last + 0.5))
    return Adds(lambda t, n: Nudge(0.0, 0.0, by * open_(t)))


def _opening(facts: Facts, values: Mapping[str, Any]) -> Callable[[float], float]:
    """How far open, 0 to 1: wide on the beat itself, falling shut in half of it."""
    every, lead = values["every"], values["phase"] - facts.to_beat / values["every"]

    def opening(t: float) -> float:
        part = (t / every + lead) % 1.0
        return math.cos(math.pi * part) if part < 0.5 else 0.0

    return opening
