"""Chance is a function of its path: unambiguous, even, independent, smooth where it should be, the same everywhere."""

from __future__ import annotations

import copy
import itertools
import math
import pickle
import random
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collage.motion.chance import Chance

DICE = Chance(1, "rocket", 0, "x")
parts = st.one_of(st.integers(-(10**30), 10**30), st.text(max_size=6))
paths = st.lists(parts, max_size=4).map(tuple)


def typed(path: tuple[str | int, ...]) -> list[tuple[type, str | int]]:
    return [(type(part), part) for part in path]


def test_is_pinned() -> None:
    """These very numbers come on every platform and from every version: scenes look the same for ever."""
    assert DICE.at() == 0.9623104626767185
    assert [DICE.at(0), DICE.at(1), DICE.at(-1, 7)] == [0.4279364380518983, 0.09569063313990345, 0.5386715055808509]
    assert DICE.pair(3) == (0.4238495453979345, 0.1395880308074271)
    assert [DICE.noise(0), DICE.noise(0.25), DICE.noise(-31.7)] == [
        0.3281097412109375,
        0.25850316882133484,
        -0.13158233593750035,
    ]
    assert Chance().at(0) == 0.5870572420448423


@given(paths, paths)
@example(("a", "b"), ("ab",))
@example((1,), ("1",))
@example(("a", ""), ("a",))
@example(("i1:",), (1,))
@example((12,), (1, 2))
def test_two_paths_are_two_chances(one: tuple[str | int, ...], other: tuple[str | int, ...]) -> None:
    """Paths that differ in any part, its type or its limits draw different numbers, equal ones the same."""
    assert (Chance(*one).at(0) == Chance(*other).at(0)) == (typed(one) == typed(other))


@given(paths, paths)
def test_a_child_is_the_longer_path(one: tuple[str | int, ...], more: tuple[str | int, ...]) -> None:
    """A child draws as if it had been made from the whole path at once."""
    assert Chance(*one).child(*more).at(5) == Chance(*one, *more).at(5)


def test_numbers_are_not_paths() -> None:
    """A number of a draw is neither a part of the path nor run together with its neighbour."""
    draws = [DICE.at(1, 2), DICE.at(12), DICE.at(1), DICE.at(), DICE.at(1, 2, 0), DICE.at(-1, 2), DICE.at(10**40)]
    draws += [DICE.child(1).at(2), DICE.child(1, 2).at(), DICE.child("1 2 ").at(), DICE.child("~0").at()]
    assert len(set(draws)) == len(draws)


def test_is_even() -> None:
    """4096 draws fall evenly into 64 drawers: chi squared stays within its 0.1 % tails (30.8 and 103.4 at 63)."""
    for seed in range(4):
        drawers = Counter(int(Chance(seed).at(k) * 64) for k in range(4096))
        chi = sum((drawers[d] - 64) ** 2 / 64 for d in range(64))
        assert 30 < chi < 104


def test_a_pair_is_two_chances() -> None:
    """The two of a pair fill the square evenly, the first is the draw of the same numbers, both lie in [0, 1)."""
    pairs = [DICE.pair(k) for k in range(4096)]
    assert [first for first, _ in pairs] == [DICE.at(k) for k in range(4096)]
    assert all(0 <= number < 1 for pair in pairs for number in pair)
    squares = Counter((int(x * 8), int(y * 8)) for x, y in pairs)
    assert 30 < sum((squares[square] - 64) ** 2 / 64 for square in itertools.product(range(8), repeat=2)) < 104


def test_neighbours_are_unrelated() -> None:
    """Draws of neighbouring numbers do not correlate (0.047 is 3 sigma of 4096)."""
    draws = [DICE.at(k) - 0.5 for k in range(4097)]
    assert abs(sum(a * b for a, b in itertools.pairwise(draws)) * 12 / 4096) < 0.047


def test_the_order_of_asking_is_nothing() -> None:
    """Any order and any number of askings gives what the first gave."""
    asked = [(k, DICE.at(k), DICE.pair(k), DICE.noise(k / 3)) for k in range(200)]
    random.Random(7).shuffle(asked)
    for k, at, pair, noise in asked * 2:
        assert (DICE.at(k), DICE.pair(k), DICE.noise(k / 3)) == (at, pair, noise)


def test_travels() -> None:
    """Pickled or copied, it is the same chance."""
    for twin in (pickle.loads(pickle.dumps(DICE)), copy.deepcopy(DICE)):
        assert (twin.at(4), twin.noise(4.4), twin.path) == (DICE.at(4), DICE.noise(4.4), DICE.path)


@given(st.floats(-1e15, 1e15))
def test_noise_stays_within_one(x: float) -> None:
    """Wherever it is asked, it lies between -1 and 1."""
    assert -1 <= DICE.noise(x) <= 1


def test_noise_is_about_nothing() -> None:
    """Over 4000 lattice steps its mean is 0, and it uses much of its range; also at the whole numbers alone."""
    for step in (0.21, 1.0):
        values = [DICE.noise(k * step) for k in range(-2000, 8000)]
        assert abs(sum(values) / len(values)) < 0.02
        assert min(values) < -0.75
        assert max(values) > 0.75


def test_noise_turns_smoothly() -> None:
    """Value, slope and curvature go on without a jump, across lattice points and blocks of them too."""
    h = 1 / 1024
    for x in (k * h for k in range(-1024, 40 * 1024, 7)):
        a, b, c, d = (DICE.noise(x + k * h) for k in range(4))
        assert abs(b - a) < 8 * h
        assert abs(c - 2 * b + a) < 40 * h * h
        assert abs(d - 3 * c + 3 * b - a) < 400 * h**3


def test_noise_far_away() -> None:
    """A billion seconds on and before the start it goes on as lively as here, with a slope of its own in each step."""
    for far in (1e12, -1e12):
        values = [DICE.noise(far + k) for k in range(100)]
        assert len(set(values)) == 100
        assert max(values) - min(values) > 0.6
    assert DICE.noise(1e300) == DICE.noise(1e300)


@pytest.mark.parametrize("x", [math.nan, math.inf, -math.inf])
def test_noise_of_nowhere(x: float) -> None:
    """Asked at no number, it raises what a caller of formulas expects."""
    with pytest.raises((ValueError, OverflowError)):
        DICE.noise(x)


def test_two_chances_wander_apart() -> None:
    """Noise hangs on the path as draws do."""
    assert [DICE.noise(k / 2) for k in range(9)] != [DICE.child("y").noise(k / 2) for k in range(9)]
