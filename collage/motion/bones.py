"""Two bones that reach: the turns of an upper and a lower part that bring the tip to a target, in closed form.

By the law of cosines, in its form by Heron: it stays exact for an arm all but straight or folded, where the arc cosine
does not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from collage.geometry import Point

BENDS: Mapping[str, int] = {"drawn": 0, "clockwise": 1, "anticlockwise": -1}
"""The words for `reach`'s bend: which way the lower bone is turned from the direction of the upper one."""
_STRAIGHT = 1e-9


def reach(
    shoulder: Point, elbow: Point, tip: Point, target: Point, bend: int = 0, stretch: float = 1.0
) -> tuple[float, float, float]:
    """Degrees the upper bone is to turn by, degrees the lower one is to turn by on it, and the factor of both lengths.

    All points lie in one plane, the three joints as they are before. `bend` is 1 if the lower bone is to be turned
    clockwise from the upper one's direction, -1 anticlockwise, 0 to the side it lies on already (an arm drawn straight:
    clockwise). Bones grow, at most `stretch` times, only for a target beyond the straight arm; one that is still beyond
    is pointed at. A target nearer than the folded arm is met as near as can be, and one at the shoulder itself has no
    direction, so that the upper bone stays in line with its own. A bone of no length does not turn. Turns are -180 to
    180; apply them as: the upper about the shoulder, carrying the lower, then the lower about the elbow.
    """
    upper, lower = math.dist(shoulder, elbow), math.dist(elbow, tip)
    way = math.dist(shoulder, target)
    rest, rest_lower = _direction(shoulder, elbow), _direction(elbow, tip)
    grown = min(max(way / (upper + lower), 1.0), max(stretch, 1.0)) if upper + lower > 0.0 else 1.0
    upper, lower = upper * grown, lower * grown
    turned = rest
    if upper > 0.0:
        side = bend or _side(rest_lower - rest)
        turned = (_direction(shoulder, target) if way > 0.0 else rest) - side * _shoulder_angle(upper, lower, way)
    bent = (shoulder[0] + upper * math.cos(turned), shoulder[1] + upper * math.sin(turned))
    aimed = _direction(bent, target) if lower > 0.0 else rest_lower - rest + turned
    return _short(turned - rest), _short(aimed - turned - rest_lower + rest), grown


def _shoulder_angle(upper: float, lower: float, way: float) -> float:
    """Between the upper bone and the way to the target, in a triangle of these sides: 0 or π where there is none."""
    area = (upper + lower + way) * (lower + way - upper) * (upper + way - lower) * (upper + lower - way)
    return math.atan2(math.sqrt(max(area, 0.0)), (upper - lower) * (upper + lower) + way * way)


def _side(fold: float) -> int:
    """The side a bone is folded to by so many radians."""
    return -1 if math.sin(fold) < -_STRAIGHT else 1


def _direction(start: Point, end: Point) -> float:
    return math.atan2(end[1] - start[1], end[0] - start[0])


def _short(radians: float) -> float:
    """In degrees, by the shortest way."""
    return math.degrees(math.remainder(radians, math.tau))
