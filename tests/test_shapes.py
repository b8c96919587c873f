"""Flat shapes cover the pixels they should: cards as drawn, rectangles and ellipses as clipped."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.geometry import Affine, Box
from collage.glass import shapes

WHITE = np.array([255, 255, 255, 255])
PATCH = Box(7, 3, 47, 33)


def clipped(matrix: Affine, size: tuple[float, float], box: Box, ellipse: bool = False) -> npt.NDArray[np.uint8]:
    """The alphas that are left of a white patch."""
    patch = np.full((box.y1 - box.y0, box.x1 - box.x0), 0xFFFFFFFF, np.uint32)
    if ellipse:
        shapes.clip_ellipse(patch, *shapes.axes(matrix, size, box))
    else:
        shapes.clip_rectangle(patch, *shapes.edges(matrix, size, box))
    return patch.view(np.uint8).reshape(*patch.shape, 4)[..., 3]


def by_definition(matrix: Affine, size: tuple[float, float], box: Box) -> npt.NDArray[np.float64]:
    """A rectangle's coverage, each pixel on its own: its centre's distance from each edge, from -1/2 to 1/2."""
    back = matrix.inverse()
    y, x = np.mgrid[box.y0 : box.y1, box.x0 : box.x1] + 0.5
    cover = np.ones(x.shape)
    for p, q, r, length in ((back.a, back.c, back.e, size[0]), (back.b, back.d, back.f, size[1])):
        inside, steep = p * x + q * y + r, math.hypot(p, q)
        cover *= np.clip(inside / steep + 0.5, 0, 1) - np.clip((inside - length) / steep + 0.5, 0, 1)
    return cover


def test_a_card_covers_the_area_it_has() -> None:
    """A card from 1.25 to 3.5 has those shares of its edge pixels, exactly."""
    patch = np.zeros((1, 5), np.uint32)
    shapes.card(patch, *shapes.edges(Affine.shift(1.25, 0), (2.25, 1), Box(0, 0, 5, 1)), WHITE)
    assert patch.view(np.uint8).reshape(5, 4)[:, 3].tolist() == [0, 191, 255, 128, 0]


matrices = st.builds(
    lambda x, y, turn, skew, wide, high: (
        Affine.shift(x, y) @ Affine.turning(turn) @ Affine.skewing(skew, 0) @ Affine.scaling(wide, high)
    ),
    st.floats(-20, 60), st.floats(-20, 50), st.one_of(st.sampled_from([0, 45, 90, 1e-9]), st.floats(0, 360)),
    st.floats(-60, 60), st.floats(0.02, 8), st.one_of(st.just(-1.0), st.floats(0.02, 8)),
)  # fmt: skip


@given(matrices, st.floats(0, 40), st.floats(0, 40))
def test_rows_know_where_they_are_inside_and_outside(matrix: Affine, width: float, height: float) -> None:
    """A card and a clip have the coverage that each pixel alone would have, rounded; what was in a patch is gone."""
    cover = by_definition(matrix, (width, height), PATCH)
    drawn = np.full(cover.shape, 0x12345678, np.uint32)
    shapes.card(drawn, *shapes.edges(matrix, (width, height), PATCH), WHITE)
    alphas = drawn.view(np.uint8).reshape(*drawn.shape, 4)[..., 3]
    assert np.abs(alphas - cover * 255).max() <= 0.5001
    assert np.array_equal(clipped(matrix, (width, height), PATCH), alphas)


def test_a_square_on_its_corner_has_soft_sides() -> None:
    """Turned by 45 degrees: a centre 0.354 of a pixel outside a side has 0.146 of it, one as far inside 0.854."""
    matrix, side = Affine.shift(4, 0.5) @ Affine.turning(45), 3.5 * math.sqrt(2)
    alphas = clipped(matrix, (side, side), Box(0, 0, 8, 8)).tolist()
    assert alphas[:4] == [
        [0, 0, 0, 32, 32, 0, 0, 0],
        [0, 0, 37, 218, 218, 37, 0, 0],
        [0, 37, 218, 255, 255, 218, 37, 0],
        [32, 218, 255, 255, 255, 255, 218, 32],
    ]
    assert alphas[::-1] == alphas


def test_a_round_clip_is_symmetric_and_soft() -> None:
    """A disc three pixels wide: a whole pixel amid four nearly whole ones, and corners cut."""
    alphas = clipped(Affine.shift(1, 1), (3, 3), Box(0, 0, 5, 5), ellipse=True)
    assert alphas[2].tolist() == [0, 248, 255, 248, 0]
    assert alphas[1].tolist() == [0, 139, 248, 139, 0]
    assert not alphas[0].any()
    assert np.array_equal(alphas, alphas[::-1])
    assert np.array_equal(alphas, alphas[:, ::-1])


@pytest.mark.parametrize("axes", [(0.6, 0.9), (1.0, 1.0), (2.3, 30.0), (17.0, 11.5), (38.0, 29.0)])
@pytest.mark.parametrize("turn", [0, 30, 45, 90, 171])
def test_an_ellipse_has_the_area_it_should(axes: tuple[float, float], turn: float) -> None:
    """Within half a percent of pi a b (and a tenth of a pixel for the rounding of each), from a dot to a pond."""
    wide, high = axes
    matrix = Affine.shift(40.3, 40.7) @ Affine.turning(turn) @ Affine.scaling(2, 2) @ Affine.shift(-wide / 2, -high / 2)
    area = clipped(matrix, axes, Box(0, 0, 81, 81), ellipse=True).sum() / 255
    assert math.isclose(area, math.pi * wide * high, rel_tol=0.005, abs_tol=0.02)


@given(st.floats(-30, 30), st.floats(-30, 30), st.floats(1, 80), st.floats(1, 80), st.floats(0, 360))
def test_an_ellipse_keeps_what_is_inside_and_drops_what_is_outside(
    x: float, y: float, wide: float, high: float, turn: float
) -> None:
    """Pixels whose corners all lie well inside stay whole; those that lie a pixel away are gone."""
    matrix = Affine.shift(x + 20, y + 15) @ Affine.turning(turn) @ Affine.shift(-wide / 2, -high / 2)
    alphas = clipped(matrix, (wide, high), PATCH, ellipse=True)
    back = matrix.inverse()
    rows, columns = np.mgrid[PATCH.y0 : PATCH.y1 + 1, PATCH.x0 : PATCH.x1 + 1]
    u = (back.a * columns + back.c * rows + back.e - wide / 2) / (wide / 2)
    v = (back.b * columns + back.d * rows + back.f - high / 2) / (high / 2)
    far = np.hypot(u, v)
    corners = np.stack([far[:-1, :-1], far[1:, :-1], far[:-1, 1:], far[1:, 1:]])
    assert (alphas[corners.max(axis=0) < 1 - 1e-9] == 255).all()
    assert not alphas[corners.min(axis=0) > 1 + 3 / min(wide, high)].any()


def test_a_clip_that_holds_all_changes_nothing() -> None:
    """Not a byte, wherever its edges are beyond the patch."""
    for ellipse, size in ((False, (40.0, 30.0)), (True, (140.0, 130.0))):
        corner = (7 - (size[0] - 40) / 2, 3 - (size[1] - 30) / 2)
        assert (clipped(Affine.shift(*corner), size, PATCH, ellipse) == 255).all()
