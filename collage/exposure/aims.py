"""Moves that need other pieces: `follow`, `look-at` and `reach`. They ask the stage where those are.

What a joint aims at is taken at its own exposure, minus its lag; binding refuses aims that wait for each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from collage.exposure.acts import Stretch
from collage.exposure.rig import HEIGHT, TURN, Act, Joint, Link, X, Y
from collage.exposure.stage import Stage
from collage.geometry import Affine, Point, cos_sin
from collage.motion.bones import reach

Target = Link | Point
"""Another piece, or a point on the canvas."""


def following(joint: Joint, target: Target, lag: int, stretch: Stretch) -> Act:
    """Places a joint where its target was `lag` frames ago; the camera so that it sees it in the middle, on whatever
    sheet it lies."""

    def act(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        weight = stretch.weight(frame - stretch.first)
        if weight:
            now = stage.at(number * joint.on)
            then = now.at(max(number * joint.on - lag, 0))
            x, y = _carried(now, stage.link(joint), _spot(then, target))
            if joint is stage.rig.camera and isinstance(target, Link):
                x, y = _under_lens(then, target.joint, (x, y))
            pose[X] += (x - pose[X]) * weight
            pose[Y] += (y - pose[Y]) * weight

    return act


def _under_lens(stage: Stage, joint: Joint, spot: Point) -> Point:
    """Where the camera has to be for a point on a joint's sheet to be in the middle: screen = C in the camera's own
    formula gives at = C + (R - z)/R · (p - C), whatever its height is now."""
    camera, (width, height) = stage.rig.camera, stage.rig.size
    if camera is None:
        return spot
    rest, z = camera.rest[HEIGHT], stage.rig.sheets[stage.home(joint)].z
    near = (rest - z) / rest
    return width / 2 + near * (spot[0] - width / 2), height / 2 + near * (spot[1] - height / 2)


def looking(joint: Joint, target: Target, facing: float, stretch: Stretch) -> Act:
    """Turns a joint so that the side of its picture that faces `facing` degrees points at its target."""
    cos, sin = cos_sin(facing)
    front = (cos, sin)

    def act(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        weight = stretch.weight(frame - stretch.first)
        if not weight:
            return
        now = stage.at(number * joint.on)
        x, y = _carried(now, stage.link(joint), _spot(now, target))
        x, y = x - pose[X], y - pose[Y]
        ahead, aside = _shaped(pose).at(front)
        if (x or y) and (ahead or aside):
            turn = math.degrees(math.atan2(y, x) - math.atan2(aside, ahead))
            pose[TURN] += _nearest(turn - pose[TURN]) * weight

    return act


@dataclass(frozen=True, slots=True)
class Arm:
    """Two bones and a tip: `upper` carries `lower` carries `hand`, whose pivot is the tip. `acts` are what moved each
    of them before the arm reaches."""

    upper: Joint
    lower: Joint
    hand: Joint
    acts: tuple[tuple[Act, ...], tuple[Act, ...], tuple[Act, ...]]
    target: Target
    bend: int
    stretch: float
    when: Stretch


def reaching(arm: Arm) -> tuple[Act, Act, Act]:
    """What `reach` does to the upper bone, the lower bone and the hand: the bones turn (and stretch together, as far
    as the limit lets them) so that the tip lies on the target; the hand keeps its size.

    Solved in the space of whoever carries the upper bone, at the hand's exposure. Exact as long as the bones are scaled
    alike both ways; a bone that is skewed or flattened comes as near as its turns can bring it.
    """

    def solved(stage: Stage) -> tuple[float, float, float, float]:
        number = stage.number(arm.hand)
        weight = arm.when.weight(number * arm.hand.on - arm.hand.delay - arm.when.first)
        if not weight:
            return 0.0, 0.0, 0.0, 1.0
        now = stage.at(number * arm.hand.on)
        if id(arm) not in now.solved:
            now.solved[id(arm)] = _solve(arm, now)
        return (weight, *now.solved[id(arm)])

    def upper(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        weight, turn, _, stretch = solved(stage)
        pose[TURN] += _nearest(turn) * weight
        _grow(pose, 1 + (stretch - 1) * weight)

    def lower(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        weight, _, turn, _ = solved(stage)
        pose[TURN] += _nearest(turn) * weight

    def hand(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        weight, _, _, stretch = solved(stage)
        _grow(pose, 1 / (1 + (stretch - 1) * weight))

    return upper, lower, hand


def _solve(arm: Arm, stage: Stage) -> tuple[float, float, float]:
    """Degrees to turn the upper and the lower bone by, and the factor of both lengths."""
    bones = (arm.upper, arm.lower, arm.hand)
    upper, lower, hand = (stage.posed(joint, acts) for joint, acts in zip(bones, arm.acts, strict=True))
    near, far = _linear(upper), _linear(lower)
    shoulder = (upper[X], upper[Y])
    elbow = _plus(shoulder, near.at(_lever(stage, arm.lower, lower, arm.upper)))
    tip = _plus(elbow, near.at(far.at(_lever(stage, arm.hand, hand, arm.lower))))
    aim = _carried(stage, stage.link(arm.upper), _spot(stage, arm.target))
    first, second, factor = reach(shoulder, elbow, tip, aim, arm.bend, arm.stretch)
    return first, -second if near.determinant < 0 else second, factor


def _linear(pose: Sequence[float]) -> Affine:
    """What a bone does to directions: turned, skewed, scaled."""
    return Affine.turning(pose[TURN]) @ _shaped(pose)


def _shaped(pose: Sequence[float]) -> Affine:
    """The same without the turn."""
    return Affine.skewing(pose[5], pose[6]) @ Affine.scaling(pose[2], pose[3])


def _lever(stage: Stage, joint: Joint, pose: Sequence[float], carrier: Joint) -> Point:
    """From a bone's pivot to the place where it carries a joint, in the bone's pixels."""
    link = stage.link(joint)
    if link is None or link.hook is None:
        return pose[X], pose[Y]
    (x, y), _ = stage.hook(carrier, link.hook)
    px, py = stage.pivot(carrier, stage.link(carrier))
    return x + pose[X] - px, y + pose[Y] - py


def _plus(one: Point, other: Point) -> Point:
    return one[0] + other[0], one[1] + other[1]


def _spot(stage: Stage, target: Target) -> Point:
    if isinstance(target, Link):
        _, _, _, _, x, y = stage.origin(target)
        return x, y
    return target


def _carried(stage: Stage, link: Link | None, spot: Point) -> Point:
    """A point on the glass in the pixels of whoever carries a joint."""
    if link is None:
        return spot
    carrier = Affine(*stage.origin(link))
    return carrier.inverse().at(spot) if abs(carrier.determinant) > 1e-12 else (0.0, 0.0)


def _nearest(degrees: float) -> float:
    """The same turn by the shortest way, -180 to 180."""
    return (degrees + 180) % 360 - 180


def _grow(pose: list[float], factor: float) -> None:
    pose[2] *= factor
    pose[3] *= factor
