"""The easing functions of CSS Easing Functions Level 2 (W3C), and a spring: eases that take arguments.

Each maker is given the texts between the commas and returns the curve, or raises ValueError in our own words. Curves
take and give any real number: the specification continues Béziers and `linear()` beyond [0, 1] by their end tangents.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from collage.errors import suggest

Ease = Callable[[float], float]

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,3})?")
_COUNT = re.compile(r"\+?\d{1,9}")
_REACH = 1e6
_AT_REST = 0.001
STEP_POSITIONS = ("end", "jump-both", "jump-end", "jump-none", "jump-start", "start")


def number(text: str) -> float:
    """A CSS number; ValueError for anything else, or one beyond a million either way."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f'"{text[:40]}" is no number')
    value = float(text)
    if abs(value) > _REACH:
        raise ValueError(f"{text[:40]} is out of reach: at most a million either way")
    return value


def cubic_bezier(arguments: Sequence[str]) -> Ease:
    """``cubic-bezier(x1, y1, x2, y2)``, each x from 0 to 1; solved as near as floats allow."""
    if len(arguments) != 4:
        raise ValueError(f"four numbers are needed, not {len(arguments)}: cubic-bezier(0.25, 0.1, 0.25, 1)")
    x1, y1, x2, y2 = (number(text) for text in arguments)
    if not (0 <= x1 <= 1 and 0 <= x2 <= 1):
        raise ValueError("the first and third numbers are moments: they lie between 0 and 1")
    return bezier(x1, y1, x2, y2)


def bezier(x1: float, y1: float, x2: float, y2: float) -> Ease:
    """The curve through (0, 0) and (1, 1) with control points (x1, y1) and (x2, y2), as y of x."""
    cx, cy = 3 * x1, 3 * y1
    bx, by = 3 * (x2 - x1) - cx, 3 * (y2 - y1) - cy
    ax, ay = 1 - cx - bx, 1 - cy - by
    before, after = _slope(x1, y1, x2, y2), _slope(1 - x2, 1 - y2, 1 - x1, 1 - y1)

    def ease(t: float) -> float:
        if t <= 0:
            return before * t
        if t >= 1:
            return 1 + after * (t - 1)
        s = _solve(ax, bx, cx, t)
        return ((ay * s + by) * s + cy) * s

    return ease


def _slope(x: float, y: float, other_x: float, other_y: float) -> float:
    """Of the tangent at the near end: through its control point, else the other, else level."""
    if x > 0:
        return y / x
    return other_y / other_x if other_x > 0 else 0.0


def _solve(a: float, b: float, c: float, x: float) -> float:
    """The s in [0, 1] where the rising cubic a·s³ + b·s² + c·s reaches x: Newton's steps, kept inside a bracket."""
    low, high, s = 0.0, 1.0, 0.5
    for _ in range(200):
        off = ((a * s + b) * s + c) * s - x
        if off == 0:
            return s
        low, high = (low, s) if off > 0 else (s, high)
        slope = (3 * a * s + 2 * b) * s + c
        following = s - off / slope if slope > 1e-9 else math.inf
        if following == s:
            return s
        s = following if low < following < high else (low + high) / 2
        if s in (low, high):
            return s
    return s


def steps(arguments: Sequence[str]) -> Ease:
    """``steps(n)`` or ``steps(n, position)`` with the five jump terms; `end` where none is given."""
    if len(arguments) not in (1, 2):
        raise ValueError("a count and where to jump: steps(4, jump-end)")
    position = arguments[1] if len(arguments) == 2 else "end"
    if position not in STEP_POSITIONS:
        raise ValueError(f'no step position "{position[:40]}".{suggest(position, STEP_POSITIONS)}')
    fewest = 2 if position == "jump-none" else 1
    if not _COUNT.fullmatch(arguments[0]) or not fewest <= int(arguments[0]) <= 10_000:
        raise ValueError(f"the count of steps is a whole number, {fewest} to 10000")
    return stairs(int(arguments[0]), position)


def stairs(count: int, position: str) -> Ease:
    """`count` equal intervals; a step falls on its very moment, though t·count may miss it by a rounding."""
    first = 1 if position in ("jump-start", "start", "jump-both") else 0
    jumps = count + {"jump-none": -1, "jump-both": 1}.get(position, 0)

    def ease(t: float) -> float:
        product = t * count
        near = round(product)
        step = (near if abs(product - near) < 1e-11 else math.floor(product)) + first
        if t >= 0:
            step = max(step, 0)
        if t <= 1:
            step = min(step, jumps)
        return step / jumps

    return ease


def linear(arguments: Sequence[str]) -> Ease:
    """``linear(0, 0.25 25% 75%, 1)``: straight lines between stops, filled in as the specification says."""
    inputs, outputs = _points(arguments)
    if len(outputs) == 1:
        return lambda t: outputs[0]

    def ease(t: float) -> float:
        after = min(max(bisect_right(inputs, t), 1), len(inputs) - 1)
        x0, x1, y0, y1 = inputs[after - 1], inputs[after], outputs[after - 1], outputs[after]
        if t == x1 or x0 == x1:
            return y0 if t < x0 else y1
        return y0 + (t - x0) / (x1 - x0) * (y1 - y0)

    return ease


def _points(arguments: Sequence[str]) -> tuple[list[float], list[float]]:
    """Inputs, never falling, and outputs of the stops: a stop of two percentages gives two points."""
    written: list[float | None] = []
    outputs: list[float] = []
    for stop in arguments:
        output, places = _stop(stop)
        written.extend(places or [None])
        outputs.extend([output] * max(len(places), 1))
    written[0] = 0.0 if written[0] is None else written[0]
    written[-1] = 1.0 if written[-1] is None else written[-1]
    return _spread(_rising(written)), outputs


def _stop(text: str) -> tuple[float, list[float]]:
    words = text.split()
    shares = [word for word in words if word.endswith("%")]
    numbers = [word for word in words if not word.endswith("%")]
    if len(numbers) != 1 or len(shares) > 2 or numbers[0] not in (words[0], words[-1]):
        raise ValueError(f'can\'t read the stop "{text[:40]}": write 0.25, or 0.25 50%, or 0.25 25% 75%')
    return number(numbers[0]), [number(share[:-1]) / 100 for share in shares]


def _rising(inputs: list[float | None]) -> list[float | None]:
    largest, rising = -math.inf, list[float | None]()
    for place in inputs:
        largest = largest if place is None else max(largest, place)
        rising.append(None if place is None else largest)
    return rising


def _spread(inputs: list[float | None]) -> list[float]:
    """Runs without an input are spaced evenly between their neighbours, the first and last of which have one."""
    known = [index for index, place in enumerate(inputs) if place is not None]
    spread = [float(inputs[0] or 0.0)]
    for left, right in pairwise(known):
        start, end = float(inputs[left] or 0.0), float(inputs[right] or 0.0)
        spread += [start + (end - start) * (i - left) / (right - left) for i in range(left + 1, right)] + [end]
    return spread


def spring(arguments: Sequence[str]) -> Ease:
    """``spring(stiffness, damping)``: a mass of 1 let go at 0, its rest at 1, stretched to rest at the key.

    With k and c, ω = √k and ζ = c / 2ω, the distance from rest e obeys e″ + 2ζωe′ + ω²e = 0, e(0) = 1, e′(0) = 0.
    Time is scaled so that t = 1 is the earliest moment from which |e| stays within 0.001, and the rest is exactly 1:
    so the shape hangs on ζ alone.
    """
    if len(arguments) != 2:
        raise ValueError(f"two numbers are needed, not {len(arguments)}: spring(180, 12)")
    stiffness, damping = (number(text) for text in arguments)
    if stiffness <= 0 or damping <= 0:
        raise ValueError("stiffness and damping are above 0: spring(180, 12)")
    ratio = damping / (2 * math.sqrt(stiffness))
    if not 0.01 <= ratio <= 100:
        low, high = (share * 2 * math.sqrt(stiffness) for share in (0.01, 100))
        fault = "swings for ever" if ratio < 0.01 else "barely moves"
        raise ValueError(f"this spring {fault}: with a stiffness of {stiffness:g}, damping is {low:.3g} to {high:.3g}")
    return _springing(ratio)


def _springing(ratio: float) -> Ease:
    distance = _distance(ratio)
    whole = _rest(ratio, distance)
    return lambda t: 0.0 if t <= 0 else 1.0 if t >= 1 else 1 - distance(t * whole)


def _distance(ratio: float) -> Ease:
    """e of time in units of 1/ω: swinging (ζ < 1), creeping (ζ > 1) or between."""
    root = math.sqrt(abs(1 - ratio * ratio))
    if root < 1e-6:
        return lambda s: math.exp(-s) * (1 + s)
    if ratio < 1:
        return lambda s: math.exp(-ratio * s) * (math.cos(root * s) + ratio / root * math.sin(root * s))
    slow, fast = -1 / (ratio + root), -(ratio + root)
    return lambda s: (fast * math.exp(slow * s) - slow * math.exp(fast * s)) / (fast - slow)


def _rest(ratio: float, distance: Ease) -> float:
    """When |e| last falls to 0.001. A swing turns at each n·π/√(1−ζ²), each exp(−ζπ/√(1−ζ²)) of the one before."""
    low, high, side = 0.0, 1.0, 1
    if ratio < 1 and (swing := math.sqrt(1 - ratio * ratio)) >= 1e-6:
        turns = math.ceil(-math.log(_AT_REST) * swing / (ratio * math.pi))
        low, high, side = (turns - 1) * math.pi / swing, turns * math.pi / swing, 1 if turns % 2 else -1
    while side * distance(high) > _AT_REST:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if side * distance(middle) > _AT_REST else (low, middle)
    return high
