"""Two bones bring their tip to a target, on the side asked for, and never lose their numbers."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collage.geometry import Affine, Point
from collage.motion.bones import BENDS, reach

coordinates = st.floats(-1000, 1000)
points = st.tuples(coordinates, coordinates)
bends = st.sampled_from([-1, 0, 1])
SHOULDER, ELBOW, TIP = (0.0, 0.0), (100.0, 0.0), (180.0, 0.0)  # an arm drawn straight, to the right


def applied(joints: tuple[Point, Point, Point], turns: tuple[float, float, float]) -> tuple[Point, Point]:
    """Where elbow and tip come to lie, by the transforms that carry the parts of a puppet."""
    (sx, sy), (ex, ey), (tx, ty) = joints
    first, second, grown = turns
    upper = Affine.shift(sx, sy) @ Affine.turning(first)
    lower = upper @ Affine.shift((ex - sx) * grown, (ey - sy) * grown) @ Affine.turning(second)
    return lower.at((0, 0)), lower.at(((tx - ex) * grown, (ty - ey) * grown))


def folded(shoulder: Point, elbow: Point, tip: Point) -> float:
    """Above 0 if the lower bone is turned clockwise from the upper one's direction."""
    return (elbow[0] - shoulder[0]) * (tip[1] - elbow[1]) - (elbow[1] - shoulder[1]) * (tip[0] - elbow[0])


@given(joints=st.tuples(points, points, points), bend=bends, way=st.floats(0, 360), share=st.floats(0, 1))
def test_the_tip_lands_on_the_target(joints: tuple[Point, Point, Point], bend: int, way: float, share: float) -> None:
    """Whatever lies between folded and straight is met to a billionth of the arm."""
    upper, lower = math.dist(*joints[:2]), math.dist(*joints[1:])
    size = upper + lower
    far = abs(upper - lower) + share * (size - abs(upper - lower))
    (x, y), angle = joints[0], math.radians(way)
    target = (x + far * math.cos(angle), y + far * math.sin(angle))
    elbow, tip = applied(joints, reach(*joints, target, bend))
    assert math.dist(tip, target) <= 1e-9 * max(size, 1.0) + 1e-12
    assert math.dist(joints[0], elbow) == pytest.approx(upper, abs=1e-9)


@given(joints=st.tuples(points, points, points), bend=st.sampled_from([-1, 1]), target=points)
def test_the_arm_bends_to_the_side_asked_for(joints: tuple[Point, Point, Point], bend: int, target: Point) -> None:
    """1 folds the lower bone clockwise, -1 anticlockwise, wherever the target lies and however the arm is drawn."""
    elbow, tip = applied(joints, reach(*joints, target, bend))
    assert folded(joints[0], elbow, tip) * bend >= -1e-6 * (1 + math.dist(*joints[:2]) * math.dist(*joints[1:]))


@given(joints=st.tuples(points, points, points), target=points)
def test_an_arm_bends_as_it_is_drawn(joints: tuple[Point, Point, Point], target: Point) -> None:
    """Without a side asked for, it is the one on which the lower bone lies; an arm drawn straight, to a hundred
    millionth, bends clockwise."""
    side = folded(*joints)
    assume(abs(side) > 1e-8 * math.dist(*joints[:2]) * math.dist(*joints[1:]))
    assert reach(*joints, target) == reach(*joints, target, 1 if side > 0 else -1)
    assert reach(SHOULDER, ELBOW, TIP, (50, 90)) == reach(SHOULDER, ELBOW, TIP, (50, 90), BENDS["clockwise"])


@pytest.mark.parametrize(
    ("target", "bend", "turns"),
    [
        ((180, 0), 1, (0, 0, 1)),
        ((100, 80), 1, (0, 90, 1)),  # 100 along, 80 down: a right angle at the elbow
        ((100, -80), -1, (0, -90, 1)),
        ((0, 180), 1, (90, 0, 1)),
        ((0, 500), 1, (90, 0, 1)),  # out of reach: straight at it
        ((500, 0), -1, (0, 0, 1)),
        ((20, 0), 1, (0, 180, 1)),  # as far folded as it goes
        ((5, 0), 1, (0, 180, 1)),  # nearer than that: just as far
        ((0, 7), 1, (90, 180, 1)),
    ],
)
def test_turns_that_can_be_worked_out(target: Point, bend: int, turns: tuple[float, float, float]) -> None:
    """Turns are degrees clockwise: the upper bone's, the lower one's on it, and how much they grow."""
    first, second, grown = reach(SHOULDER, ELBOW, TIP, target, bend)
    assert (first, abs(second) if abs(second) > 179 else second, grown) == pytest.approx(turns, abs=1e-6)


@given(angle=st.floats(0, 360), far=st.floats(181, 5000), stretch=st.floats(1, 3))
def test_bones_stretch_as_far_as_they_may(angle: float, far: float, stretch: float) -> None:
    """Beyond the straight arm both grow alike, up to the limit; then the arm points at its target."""
    target = (far * math.cos(math.radians(angle)), far * math.sin(math.radians(angle)))
    turns = reach(SHOULDER, ELBOW, TIP, target, 1, stretch)
    assert turns[2] == pytest.approx(min(far / 180, stretch))
    _, tip = applied((SHOULDER, ELBOW, TIP), turns)
    assert math.dist(tip, SHOULDER) == pytest.approx(min(far, 180 * stretch))
    assert math.dist(tip, target) == pytest.approx(max(far - 180 * stretch, 0), abs=1e-6)


def test_bones_never_shrink() -> None:
    """A stretch below 1 is none, and a target within reach leaves the bones as long as they are."""
    assert reach(SHOULDER, ELBOW, TIP, (400, 0), 1, 0.5)[2] == 1
    assert reach(SHOULDER, ELBOW, TIP, (90, 30), 1, 3.0)[2] == 1


@settings(max_examples=30)
@given(lengths=st.tuples(st.floats(10, 200), st.floats(10, 200)), bend=st.sampled_from([-1, 1]))
def test_the_arm_moves_smoothly_with_its_target(lengths: tuple[float, float], bend: int) -> None:
    """As a target goes by, from out of reach through the arm's range and out again, neither joint jumps.

    Near straight the elbow moves as the root of the way, so a step of 0.5 px is held against the root of it.
    """
    upper, lower = lengths
    joints = ((0.0, 0.0), (upper, 0.0), (upper + lower, 0.0))
    near = abs(upper - lower) + 0.3 * min(lengths)
    way = [(near, -500 + k / 2) for k in range(2001)]
    elbows = [applied(joints, reach(*joints, target, bend, 1.2))[0] for target in way]
    assert max(math.dist(one, two) for one, two in pairwise(elbows)) < 4 * math.sqrt(0.5 * max(lengths))


@given(joints=st.tuples(points, points, points), bend=bends, stretch=st.floats(0, 10))
def test_a_target_at_the_shoulder_is_no_trouble(joints: tuple[Point, Point, Point], bend: int, stretch: float) -> None:
    """It has no direction: the upper bone stays in line with its own, and the arm folds as near as it can."""
    turns = reach(*joints, joints[0], bend, stretch)
    upper, lower = math.dist(*joints[:2]), math.dist(*joints[1:])
    _, tip = applied(joints, turns)
    assert math.dist(tip, joints[0]) == pytest.approx(abs(upper - lower), abs=1e-6)
    assert math.sin(math.radians(turns[0])) == pytest.approx(0, abs=1e-9)


@given(target=points, bend=bends, stretch=st.floats(0, 10))
def test_bones_of_no_length(target: Point, bend: int, stretch: float) -> None:
    """A bone without a length does not turn; the other points at the target."""
    here, there = (3.0, 4.0), (3.0, 54.0)
    assume(math.dist(here, target) > 1)
    heading = math.degrees(math.atan2(target[1] - 4, target[0] - 3))
    aside = math.remainder(heading - 90, 360)
    assert reach(here, here, here, target, bend, stretch) == (0, 0, 1)
    first, second, _ = reach(here, there, there, target, bend, stretch)
    assert (math.remainder(first - aside, 360), second) == pytest.approx((0, 0), abs=1e-6)
    first, second, _ = reach(here, here, there, target, bend, stretch)
    assert (first, math.remainder(second - aside, 360)) == pytest.approx((0, 0), abs=1e-6)


@given(st.tuples(*[st.tuples(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15))] * 4), bends)
def test_numbers_stay_numbers(four: tuple[Point, Point, Point, Point], bend: int) -> None:
    """Joints anywhere, also in one place or beyond all canvases, give turns of at most half a circle."""
    first, second, grown = reach(*four, bend, 2.0)
    assert -180 <= first <= 180
    assert -180 <= second <= 180
    assert 1 <= grown <= 2
