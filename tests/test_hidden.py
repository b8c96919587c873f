"""What lies wholly under solid pieces is not drawn; what could be seen always is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.colours import Colour
from collage.exposure.cel import Card, Cel, Matte, Shadow
from collage.geometry import Affine, Box
from collage.glass import plates
from collage.glass.hidden import covers, hidden
from collage.glass.jobs import plan
from collage.glass.plates import Plates
from collage.glass.shapes import SQUARE, surveyed
from collage.registry.catalogue import Drawing

FIELD = Box(0, 0, 200, 150)
PHOTO, RING = (Drawing(name, name, Path(name), (200, 150)) for name in ("photo", "ring"))
SMALL = Cel(Card((10.0, 10.0), Colour(1, 2, 3)), Affine.shift(90, 70))


@pytest.fixture(autouse=True)
def drawings() -> Iterator[None]:
    """A photo that fills its rectangle, and one with a hole in its middle."""
    photo = np.full((150, 200, 4), 255, np.uint8)
    ring = photo.copy()
    ring[70:80, 95:105] = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: photo if content is PHOTO else ring)
        yield


def left_out(*cels: Cel, box: Box = FIELD) -> list[bool]:
    known = Plates()
    return [bool(one) for one in hidden([plan(cel, Affine(), FIELD, known) for cel in cels], box)]


def test_what_lies_under_a_solid_piece_is_left_out() -> None:
    """Under a photo or a card, in any order of size; never what lies over it."""
    assert left_out(SMALL, Cel(PHOTO)) == [True, False]
    assert left_out(Cel(PHOTO), SMALL) == [False, False]
    assert left_out(SMALL, Cel(Card((60.0, 60.0), Colour(9, 9, 9)), Affine.shift(60, 50))) == [True, False]
    assert left_out(SMALL, SMALL, Cel(PHOTO), SMALL) == [True, True, False, False]


@pytest.mark.parametrize(
    "above",
    [
        Cel(PHOTO, opacity=0.99), Cel(PHOTO, tint=Colour(255, 255, 255, 254)), Cel(PHOTO, blend="multiply"),
        Cel(PHOTO, blur=2.0), Cel(PHOTO, matte=Matte(())), Cel(PHOTO, sweep=Affine.shift(9, 0)), Cel(RING),
        Cel(Card((200.0, 150.0), Colour(9, 9, 9, 254))), Cel(Card((11.0, 11.0), Colour(9, 9, 9)), Affine.shift(90, 70)),
    ],
)  # fmt: skip
def test_what_is_not_wholly_solid_hides_nothing(above: Cel) -> None:
    """Not what one sees through, nor what ends too near."""
    assert left_out(SMALL, above) == [False, False]


def test_several_pieces_hide_what_none_hides_alone() -> None:
    """Two halves over one that lies under both."""
    long = Cel(Card((30.0, 10.0), Colour(1, 2, 3)), Affine.shift(85, 70))
    halves = [Cel(Card((103.0, 150.0), Colour(9, 9, 9)), Affine.shift(x, 0)) for x in (-5, 94)]
    assert left_out(long, *halves) == [True, False, False]
    assert left_out(long, halves[0]) == left_out(long, halves[1]) == [False, False]


def test_a_piece_is_not_its_box() -> None:
    """A turned card whose box reaches out from under another, itself not."""
    stick = Cel(Card((80.0, 6.0), Colour(1, 2, 3)), Affine.shift(72, 44) @ Affine.turning(45))
    cover = Cel(Card((180.0, 60.0), Colour(9, 9, 9)), Affine.shift(54.5, -12) @ Affine.turning(45))
    assert left_out(stick, cover) == [True, False]


def test_a_shadow_that_shows_keeps_its_piece() -> None:
    """A hidden piece whose shadow reaches out from under the upper one is drawn."""
    above = Cel(Card((80.0, 80.0), Colour(9, 9, 9)), Affine.shift(55, 35))
    assert left_out(SMALL._replace(shadow=Shadow((5, 5), 1, 0.5)), above) == [True, False]
    assert left_out(SMALL._replace(shadow=Shadow((45, 5), 1, 0.5)), above) == [False, False]


def test_what_is_off_the_part_that_is_drawn_is_left_out() -> None:
    """Of a smaller box only what touches it; and nothing is nothing."""
    assert left_out(SMALL, box=Box(0, 0, 50, 50)) == [True]
    assert left_out(SMALL._replace(opacity=0.0)) == [True]
    assert left_out() == []


@given(st.floats(0, 360), st.floats(0.05, 4), st.floats(0.05, 4), st.floats(-40, 240), st.floats(-40, 190))
def test_under_what_covers_a_pixel_nothing_shows(turn: float, wide: float, high: float, x: float, y: float) -> None:
    """Wherever a turned and scaled piece is said to cover a box, its alpha there is 255 to the last pixel."""
    from collage.glass.warp import warp

    matrix = Affine.shift(x, y) @ Affine.turning(turn) @ Affine.scaling(wide, high) @ Affine.shift(-100, -75)
    known = Plates()
    for content in (PHOTO, RING, Card((200.0, 150.0), Colour(9, 9, 9))):
        job = plan(Cel(content, matrix), Affine(), FIELD, known)
        for left in range(0, 200, 20):
            for top in range(0, 150, 25):
                box = Box(left, top, left + 18, top + 21)
                if job and covers(job, box):
                    alpha = warp(job)[..., 3]
                    (x0, y0, _, _) = job.box
                    assert (alpha[box.y0 - y0 : box.y1 - y0, box.x0 - x0 : box.x1 - x0] == 255).all()


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**31), st.floats(0, 1))
def test_a_survey_counts_gaps_and_marks(width: int, height: int, seed: int, share: float) -> None:
    """In every rectangle of squares: those that are not wholly solid, and those that are not wholly clear."""
    alpha = np.where(np.random.default_rng(seed).random((height, width)) < share, 255, 0).astype(np.uint8)
    alpha[: height // 2] = 255
    gaps, marks = surveyed(alpha)
    rows, columns = (-(-side // SQUARE) for side in alpha.shape)
    lines = [alpha[y * SQUARE : (y + 1) * SQUARE] for y in range(rows)]
    squares = [[line[:, x * SQUARE : (x + 1) * SQUARE] for x in range(columns)] for line in lines]
    for sums, judged in ((gaps, lambda square: square.min() < 255), (marks, lambda square: square.max() > 0)):
        found = np.array([[judged(square) for square in row] for row in squares], int)
        for y in range(rows + 1):
            for x in range(columns + 1):
                assert sums[y, x] == found[:y, :x].sum()
