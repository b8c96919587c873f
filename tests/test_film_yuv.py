"""Luma and chroma by integers, against BT.709 in float64; and what lies under the transparent."""

from __future__ import annotations

import numpy as np
import pytest
from flips import cut_out, differences, luma, opaque, subsampled
from hypothesis import given
from hypothesis import strategies as st

from collage.export import film_yuv
from collage.glass.comp import straight

SIDES = st.integers(1, 9)
NEARLY_HALF = 0.5005
"""A level rounded once, by coefficients of 20 bits."""


def noise(width: int, height: int, seed: int) -> np.ndarray:
    return opaque(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))


@given(SIDES, SIDES, st.integers(0, 99))
def test_luma_is_the_standards_rounded_once(width: int, height: int, seed: int) -> None:
    """Of any colour, into rows that are longer than the picture's."""
    picture, out = noise(width, height, seed), np.zeros((height, width + 3), np.uint8)
    film_yuv.luma(picture, out)
    assert np.abs(out[:, :width] - luma(picture)).max() <= NEARLY_HALF
    assert not out[:, width:].any()


@given(SIDES, SIDES, st.integers(0, 99))
def test_chroma_is_halved_where_decoders_think_it_lies(width: int, height: int, seed: int) -> None:
    """Level with left columns, between rows, of odd sizes too, and rounded once."""
    picture = noise(width, height, seed)
    shape = (height + 1) // 2, (width + 1) // 2
    blue, red = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    film_yuv.chroma(picture, blue, red)
    for got, wanted in zip((blue, red), differences(picture), strict=True):
        assert np.abs(got - subsampled(wanted)).max() <= NEARLY_HALF


@given(SIDES, SIDES, st.integers(0, 99))
def test_ten_bits_are_four_times_as_fine(width: int, height: int, seed: int) -> None:
    """Y, Cb and Cr at each pixel, rounded to a quarter of a level of 8 bits."""
    picture = noise(width, height, seed)
    out = np.zeros((3, height, width), np.uint16)
    film_yuv.deep(picture, *out)
    for got, wanted in zip(out, (luma(picture), *differences(picture)), strict=True):
        assert np.abs(got / 4 - wanted).max() <= NEARLY_HALF / 4


@pytest.mark.parametrize(("level", "wanted"), [(0, 16), (255, 235)])
def test_black_and_white_are_the_ends_and_without_colour(level: int, wanted: int) -> None:
    """16 and 235, 64 and 940; greys have no chroma at all."""
    grey = opaque(np.full((2, 2, 3), level, np.uint8))
    y, blue, red = np.zeros((2, 2), np.uint8), np.zeros((1, 1), np.uint8), np.zeros((1, 1), np.uint8)
    film_yuv.luma(grey, y)
    film_yuv.chroma(grey, blue, red)
    fine = np.zeros((3, 2, 2), np.uint16)
    film_yuv.deep(grey, *fine)
    assert (y == wanted).all()
    assert blue[0, 0] == red[0, 0] == 128
    assert (fine == np.array([4 * wanted, 512, 512])[:, None, None]).all()


@given(SIDES, SIDES)
def test_odd_sides_are_made_even_by_their_last(width: int, height: int) -> None:
    """The picture is as it was; what is added repeats its last row and column."""
    picture = noise(width, height, 1)
    padded = film_yuv.even(picture)
    assert padded.shape[0] % 2 == padded.shape[1] % 2 == 0
    assert (padded[:height, :width] == picture).all()
    assert (padded[-1, :width] == picture[-1]).all()
    assert (padded[:height, -1] == picture[:, -1]).all()


def test_colour_goes_on_under_what_is_transparent() -> None:
    """What is seen stays as it is; beyond, colours differ little from the nearest that is seen, and alpha is none."""
    picture = cut_out(1)[0]
    sharp, filled = straight(picture), film_yuv.filled(picture)
    seen = picture[..., 3] > 0
    assert (filled[seen] == sharp[seen]).all()
    assert (filled[..., 3] == picture[..., 3]).all()
    row = filled[60].astype(int)
    first = int(np.flatnonzero(seen[60])[0])
    assert np.abs(row[first - 4 : first, :3] - row[first + 4, :3]).max() < 60
    assert filled[~seen][:, :3].min(axis=0).max() > 0  # no black is left


@given(st.integers(1, 9), st.integers(1, 9))
def test_nothing_to_see_is_black(width: int, height: int) -> None:
    """A fully transparent picture of any size has no colour to spread."""
    assert not film_yuv.filled(np.zeros((height, width, 4), np.uint8)).any()


def test_one_colour_spreads_as_it_is() -> None:
    """A dot that is all there is gives its colour to the whole picture."""
    picture = np.zeros((21, 30, 4), np.uint8)
    picture[4, 25] = 200, 100, 50, 255
    assert (film_yuv.filled(picture)[..., :3] == (200, 100, 50)).all()
