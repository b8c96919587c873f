"""The knife's claims: how wide the border is, what is bridged and filled, how straight and how different cuts are."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest
from cutting import board, cut, disc, flat
from hypothesis import given, settings
from hypothesis import strategies as st

from collage.glass import knife
from collage.glass.square import squared


def pieces(alpha: np.ndarray) -> int:
    return int(cv2.connectedComponents((alpha > 127).astype(np.uint8))[0]) - 1


@pytest.mark.parametrize("border", [1.0, 2.5, 6.0, 20.0, 60.0])
@pytest.mark.parametrize("number", [0, 3])
def test_a_border_is_as_wide_as_asked(border: float, number: int) -> None:
    """Along straight edges, without wobble, within a pixel everywhere."""
    piece, pad = cut(board(160, 120, 10), border, knife=number)
    cover = piece[..., 3] / 255.0
    left, top = pad + 10, pad + 10
    rows = cover[top + 8 : top + 112]
    columns = cover[:, left + 8 : left + 152]
    for widths in (
        rows[:, :left].sum(1),
        rows[:, left + 160 :].sum(1),
        columns[:top].sum(0),
        columns[top + 120 :].sum(0),
    ):
        assert np.abs(widths - border).max() <= 1.0


@pytest.mark.parametrize("turn", [10.0, 30.0, 45.0])
def test_a_border_is_as_wide_along_slanted_edges(turn: float) -> None:
    """The area around a turned board is that of the board made larger, its corners square, within a pixel's width."""
    pixels = np.zeros((260, 260, 4), np.uint8)
    corners = cv2.boxPoints(((130.0, 130.0), (140.0, 90.0), turn))
    alpha = knife.filled((260, 260), [corners.astype(np.float64)])
    pixels[...] = alpha[..., None]
    piece, _ = cut(pixels, 8.0)
    area = piece[..., 3].sum() / 255.0
    assert abs(area - 156 * 106) <= 0.7 * 2 * (156 + 106)


def test_square_corners_stay_square() -> None:
    """Where two straight cuts meet they cross, and leave no round."""
    piece, pad = cut(flat(120, 90), 16.0)
    for y, x in ((3, 3), (3, 148), (118, 3), (118, 148)):
        assert piece[y + pad - 16, x + pad - 16, 3] == 255


def test_a_round_stays_round() -> None:
    """A disc's line has no corner to square."""
    curve = knife.marked(knife.silhouette(np.pad(disc(60, 130)[..., 3], 20)), 8.0)[0]
    assert np.array_equal(curve, squared(curve, 8.0))
    assert np.abs(np.hypot(*(curve - 85).T) - 68).max() < 0.8


def test_cuts_are_short_and_straight() -> None:
    """Around a disc the knife makes strokes: neither one for each pixel nor a few long ones, none far off its line."""
    (line,) = knife.marked(np.pad(knife.silhouette(disc(100, 210)[..., 3]), 20), 6.0)
    corners = knife.strokes(line, np.uint64(1), np.uint64(2), 0.0, 1.15, 16.0, 64.0)
    assert 14 <= len(corners) <= 45
    piece, pad = cut(disc(100, 210), 6.0, wobble=0.2)
    found, _ = cv2.findContours((piece[..., 3] > 127).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    off = np.hypot(*(found[0][:, 0] - (pad + 105 - 0.5)).T) - 106
    assert -3.2 < off.min() < -0.6
    assert 0.0 < off.max() < 2.4


def test_gaps_of_a_hair_are_bridged() -> None:
    """Two boards a few pixels apart are one piece of paper; far apart they are two."""
    near, far = np.zeros((2, 80, 200, 4), np.uint8)
    near[20:60, 20:80] = near[20:60, 86:150] = 255
    far[20:60, 20:80] = far[20:60, 130:180] = 255
    assert pieces(cut(near, 2.0)[0][..., 3]) == 1
    assert pieces(cut(far, 2.0)[0][..., 3]) == 2


def test_a_small_island_is_held_by_a_neck() -> None:
    """A drop beside a board hangs on to it by paper at a distance at which two boards would be parted."""
    boards, drop = np.zeros((2, 120, 240, 4), np.uint8)
    boards[20:100, 20:120] = boards[20:100, 144:230] = 255
    drop[20:100, 20:120] = drop[58:62, 144:148] = 255
    assert pieces(cut(boards, 4.0)[0][..., 3]) == 2
    assert pieces(cut(drop, 4.0)[0][..., 3]) == 1


@pytest.mark.parametrize(("hole", "paper"), [(14, True), (29, True), (60, False)])
def test_holes_are_cut_out_if_a_knife_gets_in(hole: int, paper: bool) -> None:
    """A hole too small for the blade is filled with paper; a large one is cut, with a border inside."""
    pixels = flat(140, 140)
    side = slice(70 - hole // 2, 70 + hole // 2)
    pixels[side, side] = 0
    piece, pad = cut(pixels, 6.0)
    assert (int(piece[pad + 70, pad + 70, 3]) == 255) is paper


@pytest.mark.parametrize("border", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("wobble", [0.0, 1.0])
def test_the_knife_never_cuts_into_the_photograph(border: float, wobble: float) -> None:
    """However narrow the border and unsteady the hand, what is solid keeps its alpha."""
    pixels = disc(50, 120)
    piece, pad = cut(pixels, border, wobble=wobble)
    inner = piece[pad:-pad, pad:-pad, 3]
    solid = pixels[..., 3] >= knife.SOLID
    assert (inner[solid] >= pixels[..., 3][solid]).all()


def test_wobble_makes_the_border_uneven() -> None:
    """The more wobble, the more its width varies, and the mean stays as asked."""
    spreads = []
    for wobble in (0.0, 0.3, 1.0):
        piece, pad = cut(flat(500, 60), 10.0, wobble=wobble)
        widths = piece[: pad + 10, pad + 20 : pad + 480, 3].sum(0) / 255.0 - 10
        spreads.append(widths.std())
        assert abs(widths.mean() - 10) < 1.5
    assert spreads[0] < 0.5 < spreads[1] < spreads[2]


def test_knives_differ_by_a_pixel_or_two() -> None:
    """Another knife cuts the same shape again: elsewhere along the whole edge, but hardly off it."""
    covers = [cut(disc(80, 180), 6.0, wobble=0.2, knife=number)[0][..., 3].astype(int) for number in range(3)]
    solid = (covers[0] > 127).astype(np.uint8)
    off = np.abs(knife.away(solid))
    for other in covers[1:]:
        changed = np.abs(other - covers[0]) > 8
        assert changed.any()
        assert off[changed].max() < 3.0
        angles = np.arctan2(*(np.argwhere(changed) - len(solid) / 2).T)
        assert np.count_nonzero(np.histogram(angles, 12, (-math.pi, math.pi))[0]) >= 10


corner = st.floats(3.0, 37.0).map(lambda x: round(x, 3))


@settings(max_examples=60)
@given(st.lists(st.tuples(corner, corner), min_size=3, max_size=3))
def test_areas_are_filled_exactly(points: list[tuple[float, float]]) -> None:
    """The cover of a triangle sums to its area, and is whole well inside."""
    line = np.array(points)
    cover = knife.filled((40, 40), [line])
    (x0, y0), (x1, y1), (x2, y2) = points
    area = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) / 2
    touched = np.count_nonzero(cover)
    assert abs(cover.sum() / 255.0 - area) <= 0.002 * touched + 0.35
    middle = line.mean(0)
    inner = 2 * area / max(sum(np.hypot(*(b - a)) for a, b in zip(line, np.roll(line, -1, 0), strict=True)), 1e-9)
    if inner > 1.5:  # the radius of the circle that fits in; the middle is no nearer to an edge than two thirds of it
        assert cover[int(middle[1]), int(middle[0])] == 255


def test_a_hole_goes_round_the_other_way() -> None:
    """A square in a square, turned the other way round, is left out."""
    outer = np.array([[2.0, 2], [2, 18], [18, 18], [18, 2]])
    cover = knife.filled((20, 20), [outer, (outer[::-1] - 10) / 2 + 10])
    assert cover.sum() == 255 * (256 - 64)
    assert cover[10, 10] == 0


def test_distances_are_signed_and_end_somewhere() -> None:
    """From the edge of a mask, negative inside; of nothing, and of everything, they are still numbers."""
    mask = np.zeros((9, 20), np.uint8)
    mask[:, 10:] = 1
    assert knife.away(mask)[4, [0, 9, 10, 19]].tolist() == [9.5, 0.5, -0.5, -9.5]
    for whole in (np.zeros((5, 7), np.uint8), np.ones((5, 7), np.uint8)):
        assert np.isfinite(knife.away(whole)).all()


def test_a_faint_drawing_has_a_silhouette_too() -> None:
    """Where nothing is half opaque, what is at least half as solid as the most counts; of nothing there is none."""
    alpha = np.array([[0, 10, 40, 60]], np.uint8)
    assert knife.silhouette(alpha).tolist() == [[0, 0, 1, 1]]
    assert knife.silhouette(np.array([[0, 127, 128, 255]], np.uint8)).tolist() == [[0, 0, 1, 1]]
    assert not knife.silhouette(np.zeros((3, 3), np.uint8)).any()
