"""Affine maps: the conventions the whole house rests on."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collage.geometry import Affine, Box, cos_sin

numbers = st.floats(-1000, 1000)
points = st.tuples(numbers, numbers)
parts = st.floats(-4, 4)
maps = st.builds(Affine, parts, parts, parts, parts, numbers, numbers)


def near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return math.dist(one, other) <= 1e-7 * (1 + math.hypot(*one) + math.hypot(*other))


@given(maps, maps, points)
def test_a_product_applies_the_inner_map_first(outer: Affine, inner: Affine, point: tuple[float, float]) -> None:
    """(outer @ inner) at p is outer at (inner at p)."""
    assert near((outer @ inner).at(point), outer.at(inner.at(point)))


@given(maps, maps, maps, points)
def test_products_associate(a: Affine, b: Affine, c: Affine, point: tuple[float, float]) -> None:
    """Parents may be gathered from either end."""
    assert near(((a @ b) @ c).at(point), (a @ (b @ c)).at(point))


@given(maps, points)
def test_an_inverse_leads_back(matrix: Affine, point: tuple[float, float]) -> None:
    """Where the map does not flatten the plane."""
    assume(abs(matrix.determinant) > 0.01)
    back = matrix.inverse().at(matrix.at(point))
    assert math.dist(back, point) < 1e-6 * (1 + math.hypot(*point) + math.hypot(matrix.e, matrix.f)) * 100


@given(maps, maps)
def test_areas_multiply(a: Affine, b: Affine) -> None:
    """The determinant of a product is the product of the determinants."""
    assert math.isclose((a @ b).determinant, a.determinant * b.determinant, rel_tol=1e-6, abs_tol=1e-6)


def test_turning_is_clockwise_as_seen() -> None:
    """y points down: a quarter turn takes right to down, and down to left."""
    assert Affine.turning(90).at((1, 0)) == (0, 1)
    assert Affine.turning(90).at((0, 1)) == (-1, 0)


@given(st.integers(-100, 100))
def test_quarter_turns_are_exact(quarters: int) -> None:
    """No rounding at multiples of 90 degrees, however many."""
    expected = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters % 4]
    assert cos_sin(quarters * 90.0) == expected


@given(st.floats(-1e6, 1e6))
def test_other_turns_are_the_library_s(degrees: float) -> None:
    """Between the quarters, cosine and sine of the angle."""
    assert near(cos_sin(degrees), (math.cos(math.radians(degrees)), math.sin(math.radians(degrees))))


def test_skew_slants_as_svg_does() -> None:
    """skew x moves a point sideways by tan(x) for each pixel it lies down."""
    assert near(Affine.skewing(45, 0).at((3, 10)), (13, 10))
    assert near(Affine.skewing(0, 45).at((10, 3)), (10, 13))


def test_a_flat_map_has_no_inverse() -> None:
    """It is refused, not guessed."""
    with pytest.raises(ZeroDivisionError):
        Affine.scaling(1, 0).inverse()


@pytest.mark.parametrize(("box", "empty"), [((0, 0, 1, 1), False), ((3, 3, 3, 9), True), ((5, 0, 2, 2), True)])
def test_a_box_is_empty_without_width_or_height(box: tuple[int, int, int, int], empty: bool) -> None:
    """Half-open: equal ends hold nothing."""
    assert Box(*box).empty is empty
