"""What a formula may name and call: one table of names, one of functions, each with the line its reference shows.

Every function takes and gives floats; whatever floats come, it raises nothing but ArithmeticError or ValueError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

LARGEST_EXPONENT = 64


class Function(NamedTuple):
    """A function of formulas: it takes `least` to `most` numbers; `line` shows how to call it and what it gives.

    `call` is None where it depends on the layer: `Formula.compiled` brings it.
    """

    call: Callable[..., float] | None
    least: int
    most: int
    line: str


def _floor(x: float) -> float:
    return float(math.floor(x))


def _round(x: float) -> float:
    return float(math.floor(x + 0.5))


def _clamp(x: float, low: float = 0.0, high: float = 1.0) -> float:
    return min(max(x, low), high)


def _lerp(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def _step(edge: float, x: float) -> float:
    return 1.0 if x >= edge else 0.0


def _smoothstep(a: float, b: float, x: float) -> float:
    """As in GLSL; where both edges are one, which GLSL leaves open, a step."""
    if a == b:
        return _step(a, x)
    share = _clamp((x - a) / (b - a))
    return share * share * (3.0 - 2.0 * share)


def _wave(x: float) -> float:
    return math.sin(math.tau * x)


def _pulse(x: float) -> float:
    left = 1.0 - (x - math.floor(x))
    return left * left


def power(base: float, exponent: float) -> float:
    """base ** exponent, never complex and never a long sum.

    Raises ValueError for an exponent over 64 in size and for a part of a power of a negative number, ZeroDivisionError
    for a negative power of 0, OverflowError where the result is too large.
    """
    if abs(exponent) > LARGEST_EXPONENT:
        raise ValueError(f"an exponent of {exponent:g} is too large: at most {LARGEST_EXPONENT}")
    if base == 0 and exponent < 0:
        raise ZeroDivisionError("a negative power of 0 divides by zero")
    if base < 0 and exponent % 1 and math.isfinite(base):
        raise ValueError(f"a negative number ({base:g}) has no power of {exponent:g}: write abs(…)**{exponent:g}")
    return math.pow(base, exponent)


FUNCTIONS: Mapping[str, Function] = {
    "sin": Function(math.sin, 1, 1, "sin(x): the sine of an angle in radians (a full turn is tau), -1 to 1"),
    "cos": Function(math.cos, 1, 1, "cos(x): the cosine of an angle in radians (a full turn is tau), -1 to 1"),
    "tan": Function(math.tan, 1, 1, "tan(x): the tangent of an angle in radians (a full turn is tau)"),
    "abs": Function(abs, 1, 1, "abs(x): x without its sign"),
    "min": Function(lambda *numbers: min(numbers), 1, 16, "min(a, b, …): the least of 1 to 16 numbers"),
    "max": Function(lambda *numbers: max(numbers), 1, 16, "max(a, b, …): the greatest of 1 to 16 numbers"),
    "floor": Function(_floor, 1, 1, "floor(x): the whole number at or below x"),
    "round": Function(_round, 1, 1, "round(x): the nearest whole number, halves up: floor(x + 0.5)"),
    "clamp": Function(_clamp, 1, 3, "clamp(x, low=0, high=1): x, but no less than low and no more than high"),
    "lerp": Function(_lerp, 3, 3, "lerp(a, b, t): on the straight way from a (t = 0) to b (t = 1), and beyond"),
    "mix": Function(_lerp, 3, 3, "mix(a, b, t): the same as lerp"),
    "smoothstep": Function(_smoothstep, 3, 3, "smoothstep(a, b, x): 0 before a, 1 after b, a smooth ramp between"),
    "step": Function(_step, 2, 2, "step(edge, x): 0 before the edge, 1 from it on"),
    "noise": Function(None, 1, 1, "noise(x): a smooth wander by chance, -1 to 1, about one turn for each 1 of x"),
    "random": Function(None, 1, 2, "random(i, k=0): a number by chance, 0 to 1, one for each whole i and k"),
    "wave": Function(_wave, 1, 1, "wave(x): a sine that comes round with each 1 of x, -1 to 1: sin(tau*x)"),
    "pulse": Function(_pulse, 1, 1, "pulse(x): 1 at each whole x, falling to 0 before the next; pulse(beat) beats"),
    "level": Function(None, 0, 1, "level(back=0): how loud the sound is, 0 to 1, now or that many seconds ago"),
}
"""Every function of formulas, in the order of the reference."""

NAMES: Mapping[str, str] = {
    "v": "the channel's value so far, in its own unit: the static field, or what its keys give",
    "t": "seconds of the scene at this exposure",
    "f": "the frame of the scene at this exposure, from 0",
    "n": "the exposure's number, from 0",
    "i": "the copy's number under repeat, from 0",
    "beat": "the beat of the sound, counted as in \"beat 33\": 1 at the first, 1.5 halfway to the second",
    "W": "the canvas's width in pixels",
    "H": "the canvas's height in pixels",
    "pi": "half a turn in radians, 3.14159…",
    "tau": "a full turn in radians, 6.28318…",
}  # fmt: skip
"""Every name of formulas with its unit, in the order of the reference."""
