"""A warp puts pixels where the matrix says, filters them as promised, and depends on its cel and canvas alone."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import letters, picture

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel
from collage.geometry import Affine, Box
from collage.glass.jobs import bounds, plan
from collage.glass.plates import Plate, Plates, trimmed
from collage.glass.warp import fade, warp
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
CANVAS = (64, 48)
FIELD = Box(0, 0, *CANVAS)


class Given(Plates):
    """Plates of pixels at hand, so that no file is read."""

    def __init__(self, pixels: Pixels) -> None:
        super().__init__()
        self.given = trimmed(pixels)

    def plate(self, content: object) -> Plate:
        return self.given


def cel_of(matrix: Affine, opacity: float = 1.0, tint: Colour = WHITE) -> Cel:
    return Cel(Drawing("a", "a", Path("a.png"), (1, 1)), matrix, opacity, tint)


def laid(pixels: Pixels, matrix: Affine, canvas: tuple[int, int] = CANVAS, **how: object) -> Pixels:
    """The warped cel on a transparent canvas."""
    out = np.zeros((canvas[1], canvas[0], 4), np.uint8)
    job = plan(cel_of(matrix, **how), Affine(), Box(0, 0, *canvas), Given(pixels))  # type: ignore[arg-type]
    if job:
        out[job.box.y0 : job.box.y1, job.box.x0 : job.box.x1] = warp(job)
    return out


def bilinear(pixels: Pixels, matrix: Affine, canvas: tuple[int, int]) -> npt.NDArray[np.float64]:
    """The same by definition, in float64: each canvas centre mapped back, four neighbours weighed, nothing outside."""
    padded = np.pad(pixels.astype(np.float64), ((2, 2), (2, 2), (0, 0)))
    back = matrix.inverse()
    y, x = np.mgrid[0 : canvas[1], 0 : canvas[0]] + 0.5
    u = np.clip(back.a * x + back.c * y + back.e - 0.5, -1.5, pixels.shape[1] + 0.5) + 2
    v = np.clip(back.b * x + back.d * y + back.f - 0.5, -1.5, pixels.shape[0] + 0.5) + 2
    i, j = np.floor(u).astype(int), np.floor(v).astype(int)
    fu, fv = (u - i)[..., None], (v - j)[..., None]
    top = padded[j, i] * (1 - fu) + padded[j, i + 1] * fu
    return top * (1 - fv) + (padded[j + 1, i] * (1 - fu) + padded[j + 1, i + 1] * fu) * fv


def soft_disc(side: int = 40) -> Pixels:
    """A smooth, lopsided, premultiplied piece."""
    y, x = np.mgrid[0:side, 0:side] + 0.5 - side / 2
    alpha = np.clip((side * 0.45 - np.hypot(x, y * 1.3)) / 4, 0, 1)[..., None]
    colour = np.dstack([128 + 2 * x, 128 - 2 * y, 90 + x + y]) * alpha
    return np.rint(np.dstack([colour, alpha * 255])).astype(np.uint8)


@given(
    st.floats(-30, 90), st.floats(-30, 70), st.floats(-360, 360), st.floats(1, 20), st.floats(-1.0, 1.0), st.booleans()
)
def test_a_warp_is_bilinear_at_the_centres(
    x: float, y: float, turn: float, scale: float, skew: float, flip: bool
) -> None:
    """Never more than one level from a float64 reference, in any channel of any pixel."""
    pixels = soft_disc()
    matrix = Affine.shift(x, y) @ Affine.turning(turn) @ Affine.skewing(skew * 20, 0)
    matrix = matrix @ Affine.scaling(-scale if flip else scale, scale) @ Affine.shift(-20, -20)
    assert np.abs(laid(pixels, matrix) - bilinear(pixels, matrix, CANVAS)).max() <= 1


def test_whole_pixels_are_copied_to_the_bit() -> None:
    """A piece that is only moved by whole pixels is the same pixels, also where the canvas cuts it."""
    piece = picture("R.", "GB")
    assert letters(laid(piece, Affine.shift(1, 1), (4, 4))) == ["....", ".R..", ".GB.", "...."]
    assert letters(laid(piece, Affine.shift(-1, 3), (4, 4))) == ["....", "....", "....", "...."]
    assert letters(laid(piece, Affine.shift(-1, 2), (4, 4))) == ["....", "....", "....", "B..."]
    assert letters(laid(piece, Affine.shift(3, -1), (4, 4))) == ["...G", "....", "....", "...."]


@pytest.mark.parametrize(("turn", "rows"), [(90, ["GR", "B."]), (180, ["BG", ".R"]), (270, [".B", "RG"])])
def test_quarter_turns_lose_no_pixel(turn: int, rows: list[str]) -> None:
    """Clockwise by quarters: the pixels change places and nothing else."""
    matrix = Affine.shift(1, 1) @ Affine.turning(turn) @ Affine.shift(-1, -1)
    assert letters(laid(picture("R.", "GB"), matrix, (2, 2))) == rows


def test_half_a_pixel_is_half_of_two() -> None:
    """Between two pixels lies their mean, and an edge half covered is half there."""
    out = laid(picture("WWWW"), Affine.shift(0.5, 0), (6, 1))
    assert out[0, :, 3].tolist() == [128, 255, 255, 255, 128, 0]


@given(st.floats(0.03, 0.99), st.floats(0.03, 0.99), st.floats(0, 90))
def test_a_shrunk_screen_is_its_mean_grey(across: float, down: float, turn: float) -> None:
    """However a fine screen is shrunk, no moiré is left once it is smaller than half: only its mean."""
    screen = np.full((256, 256, 4), 255, np.uint8)
    screen[..., :3] = np.where((np.indices((256, 256)).sum(axis=0) % 2)[..., None], 255, 0)
    matrix = Affine.shift(32, 24) @ Affine.turning(turn) @ Affine.scaling(across, down) @ Affine.shift(-128, -128)
    out = laid(screen, matrix)
    inner = out[20:28, 28:36] if min(across, down) > 0.12 else out[23:25, 31:33]
    solid = inner[inner[..., 3] == 255]
    if min(across, down) <= 0.5 and len(solid):
        assert np.abs(solid[:, :3].astype(int) - 128).max() <= 2


def test_receding_makes_nothing_lighter() -> None:
    """Noise shrunk by 2, 8, 32 and 128 keeps its mean to a third of a level."""
    noise = np.random.default_rng(1).integers(0, 256, (512, 512, 4), dtype=np.uint8)
    noise[..., 3] = 255
    plate = trimmed(noise)
    for halvings in (1, 3, 5, 7):
        assert np.abs(plate.level(halvings, halvings).mean(axis=(0, 1)) - noise.mean(axis=(0, 1))).max() < 0.34


def test_no_fringe_takes_colour_from_what_is_not_there() -> None:
    """A white piece stays white to its last faint pixel, however it is turned and scaled."""
    white = np.zeros((30, 30, 4), np.uint8)
    white[5:25, 5:25] = 255
    for turn, scale in ((17, 1.3), (33, 0.7), (45, 0.3), (0, 0.45)):
        matrix = Affine.shift(32, 24) @ Affine.turning(turn) @ Affine.scaling(scale, scale) @ Affine.shift(-15, -15)
        out = laid(white, matrix).astype(int)
        assert out[..., 3].any()
        assert np.abs(out[..., :3] - out[..., 3:]).max() == 0


def test_trimming_changes_nothing() -> None:
    """A piece in a large empty picture warps to the same pixels as the piece alone."""
    piece = soft_disc(20)
    big = np.zeros((90, 120, 4), np.uint8)
    big[33:53, 47:67] = piece
    for scale in (1.7, 0.4):
        matrix = Affine.shift(12.3, 9.7) @ Affine.turning(21) @ Affine.scaling(scale, scale)
        assert np.array_equal(laid(big, matrix @ Affine.shift(-47, -33)), laid(piece, matrix))


@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), min_size=1, max_size=8), st.floats(0, 360))
def test_the_box_holds_every_visible_pixel(dots: list[tuple[int, int]], turn: float) -> None:
    """Nothing of a piece lies outside the box that its outline gives."""
    pixels = np.zeros((40, 40, 4), np.uint8)
    for x, y in dots:
        pixels[y, x] = 255
    matrix = Affine.shift(32, 24) @ Affine.turning(turn) @ Affine.scaling(1.2, 6.0) @ Affine.shift(-20, -20)
    job = plan(cel_of(matrix), Affine(), FIELD, Given(pixels))
    box = job.box if job else Box(0, 0, 0, 0)
    seen = bilinear(pixels, matrix, CANVAS)[..., 3] > 0.5
    seen[box.y0 : box.y1, box.x0 : box.x1] = False
    assert not seen.any()


@pytest.mark.parametrize("scale", [1e-12, 1e9, 1e-6, 32_768.0])
def test_absurd_scales_stay_on_the_canvas(scale: float) -> None:
    """No memory beyond the canvas is asked for, and a piece too small to see is not drawn."""
    matrix = Affine.shift(32, 24) @ Affine.scaling(scale, scale) @ Affine.shift(-20, -20)
    job = plan(cel_of(matrix), Affine(), FIELD, Given(soft_disc()))
    if job:
        assert 0 <= job.box.x0 <= job.box.x1 <= CANVAS[0]
        assert warp(job).shape[:2] == (job.box.y1 - job.box.y0, job.box.x1 - job.box.x0)
    else:
        assert scale < 1e-4


def test_nothing_is_drawn_of_what_cannot_be_seen() -> None:
    """Off the canvas, flat, transparent, or empty: no job."""
    seen = Given(soft_disc())
    assert plan(cel_of(Affine.shift(-500, 0)), Affine(), FIELD, seen) is None
    assert plan(cel_of(Affine.scaling(1, 0)), Affine(), FIELD, seen) is None
    assert plan(cel_of(Affine(), opacity=0), Affine(), FIELD, seen) is None
    assert plan(cel_of(Affine()), Affine(), FIELD, Given(np.zeros((5, 5, 4), np.uint8))) is None


def test_opacity_and_tint_multiply_the_premultiplied_pixels() -> None:
    """A tint multiplies each channel, opacity and a tint's alpha all four; alone, they wait until the piece is laid."""
    white, red = np.full((4, 4, 4), 255, np.uint8), Colour(255, 102, 0)
    assert laid(white, Affine(), tint=red)[0, 0].tolist() == [255, 102, 0, 255]
    assert laid(white, Affine(), tint=red, opacity=0.5)[0, 0].tolist() == [128, 51, 0, 128]
    assert laid(white, Affine(), tint=Colour(255, 255, 255, 51), opacity=0.5)[0, 0].tolist() == [255] * 4
    assert fade(cel_of(Affine(), tint=Colour(255, 255, 255, 51), opacity=0.5)) == 0.1
    assert fade(cel_of(Affine(), tint=red, opacity=0.5)) == 1


@pytest.mark.parametrize("sigma", [1.0, 2.0, 3.9, 4.0, 5.0, 7.9, 8.0, 11.0])
def test_blur_is_a_gaussian_of_its_sigma(sigma: float) -> None:
    """A half plane blurred is the normal distribution's integral across the edge, also what lies off the canvas."""
    canvas = (200, 60)
    cel = Cel(Card((4000, 4000), WHITE), Affine.shift(100, -2000), blur=sigma)
    job = plan(cel, Affine(), Box(0, 0, *canvas), Plates())
    assert job is not None
    out = np.zeros((60, 200, 4), np.uint8)
    out[job.box.y0 : job.box.y1, job.box.x0 : job.box.x1] = warp(job)
    expected = [255 * (0.5 + 0.5 * math.erf((x + 0.5 - 100) / sigma / math.sqrt(2))) for x in range(200)]
    assert np.abs(out[..., 3] - np.array(expected)).max() <= 3


def test_a_blurred_piece_moves_without_shimmering() -> None:
    """Slid by tenths of a pixel, the blurred light is the same in sum to a thousandth."""
    sums = []
    for step in range(20):
        cel = Cel(Card((40, 40), WHITE), Affine.shift(60 + step / 10, 50 + step / 7), blur=9.0)
        job = plan(cel, Affine(), Box(0, 0, 160, 140), Plates())
        assert job is not None
        sums.append(int(warp(job).sum()))
    assert max(sums) - min(sums) < 0.005 * sums[0]


def test_a_card_has_the_area_it_is_given() -> None:
    """Turned, scaled and cut by the canvas or not, its coverage sums to its area."""
    for turn in (0, 10, 45, 77):
        matrix = Affine.shift(32, 24) @ Affine.turning(turn) @ Affine.scaling(1.5, 1.2) @ Affine.shift(-8.25, -5)
        job = plan(Cel(Card((16.5, 10), Colour(255, 255, 255)), matrix), Affine(), FIELD, Plates())
        assert job is not None
        area = warp(job)[..., 3].sum() / 255
        assert math.isclose(area, 16.5 * 10 * 1.5 * 1.2, rel_tol=0.01)


def test_boxes_are_empty_outside_and_whole_inside() -> None:
    """The box holds all centres within reach of the outline's, within the canvas."""
    square = np.array([(0, 0), (10, 0), (10, 10), (0, 10)], np.float64)
    assert bounds(square, Affine.shift(5, 5), FIELD, (0.5, 2.5)) == Box(4, 2, 16, 18)
    assert bounds(square, Affine.shift(-20, 5), FIELD, (0.5, 0.5)).empty
    assert bounds(square, Affine.scaling(1e9, 1e9), FIELD, (0.5, 0.5)) == Box(0, 0, 64, 48)
