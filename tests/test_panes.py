"""Panes: cels drawn together on a ground of their own, clipped, blurred, dyed and laid as one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import letters

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Pane
from collage.geometry import Affine
from collage.glass import comp, decode, plates
from collage.glass.comp import Glass
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
SIZE = (60, 44)
PAPER, RED, BLUE = Colour(214, 200, 168), Colour(255, 0, 0), Colour(0, 0, 255)
NOISE = Drawing("noise", "noise", Path("noise.png"), (30, 26))


@pytest.fixture(autouse=True)
def noise() -> Iterator[None]:
    """Every drawing is a piece of half-clear noise."""
    pixels = np.random.default_rng(4).integers(0, 256, (26, 30, 4), np.uint8)
    decode.premultiply(pixels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: pixels)
        yield


def drawn(*cels: Cel, size: tuple[int, int] = SIZE, paper: Colour | None = None, threads: int = 1) -> Pixels:
    glass = Glass(threads)
    out = glass.comp(cels, size, paper)
    glass.close()
    return out


def card(colour: Colour, width: float, height: float, x: float = 0, y: float = 0) -> Cel:
    return Cel(Card((width, height), colour), Affine.shift(x, y))


def flood(colour: Colour) -> Cel:
    """A card that covers any canvas, however its pane lies."""
    return card(colour, 40_000, 40_000, -20_000, -20_000)


def about(x: float, y: float, turn: float, scale: float = 1.0) -> Affine:
    return Affine.shift(x, y) @ Affine.turning(turn) @ Affine.scaling(scale, scale) @ Affine.shift(-15, -13)


PIECES = tuple(Cel(NOISE, about(12 + 9 * n, 30 - 5 * n, 31 * n, 0.6 + 0.3 * n)) for n in range(5))


def pixel(picture: Pixels, x: int = 0, y: int = 0) -> list[int]:
    return [int(part) for part in picture[y, x]]


def test_a_clip_cuts_in_the_panes_own_pixels() -> None:
    """The rectangle moves, scales and turns with the pane."""
    pane = Pane((flood(RED),), (2, 1))
    assert letters(drawn(Cel(pane, Affine.shift(1, 1)), size=(4, 3))) == ["....", ".RR.", "...."]
    assert letters(drawn(Cel(pane, Affine.scaling(2, 2)), size=(5, 3))) == ["RRRR.", "RRRR.", "....."]
    assert letters(drawn(Cel(pane, Affine.shift(2, 0) @ Affine.turning(90)), size=(3, 3))) == [".R.", ".R.", "..."]


@given(
    st.floats(-20, 70), st.floats(-20, 60), st.floats(0, 360), st.floats(0.1, 3),
    st.floats(0.1, 50), st.floats(0.1, 50), st.tuples(*[st.integers(0, 255)] * 3),
)  # fmt: skip
def test_a_clipped_flood_is_a_card(
    x: float, y: float, turn: float, scale: float, width: float, height: float, rgb: tuple[int, int, int]
) -> None:
    """A pane full of one colour, clipped, is that card to the byte: one edge for both."""
    matrix, colour = Affine.shift(x, y) @ Affine.turning(turn) @ Affine.scaling(scale, 1.0), Colour(*rgb)
    pane = Pane((flood(colour),), (width, height))
    assert np.array_equal(drawn(Cel(pane, matrix)), drawn(Cel(Card((width, height), colour), matrix)))


def test_pieces_inside_a_pane_are_the_pieces_outside_it() -> None:
    """The same bytes as on the canvas wherever the clip leaves them whole, for any clip, and nothing beyond."""
    alone = drawn(*PIECES)
    for x, y, width, height in ((0, 0, 60, 44), (7, 3, 30, 20), (33, 9, 5, 5), (-8, -8, 20, 20), (50, 40, 90, 90)):
        inner = tuple(cel._replace(matrix=Affine.shift(-x, -y) @ cel.matrix) for cel in PIECES)
        out = drawn(Cel(Pane(inner, (width, height)), Affine.shift(x, y)))
        kept = np.s_[max(y, 0) : y + height, max(x, 0) : x + width]
        assert np.array_equal(out[kept], alone[kept])
        out[kept] = 0
        assert not out.any()


@pytest.mark.parametrize("scale", [1.0, 0.7])
def test_a_pane_on_paper_is_the_scene_itself(scale: float) -> None:
    """As large as the canvas, its first cel its paper: on any backdrop the comp of its cels, byte for byte."""
    glass = Glass()
    scene = Cel(Pane((card(PAPER, *SIZE), *PIECES), SIZE))
    expected = glass.comp(PIECES, SIZE, PAPER, scale)
    for paper in (None, BLUE, Colour(9, 9, 9, 77)):
        assert np.array_equal(glass.comp([*PIECES[::-1], scene], SIZE, paper, scale), expected)


def test_a_clip_around_the_canvas_changes_no_byte() -> None:
    """Rectangle or ellipse: what they hold whole is as if it were not clipped."""
    free = drawn(Cel(Pane(PIECES), opacity=0.6), paper=PAPER)
    for pane in (Pane(PIECES, SIZE), Pane(PIECES, (99, 99)), Pane(PIECES, (6000, 6000), round=True)):
        shift = -2900 if pane.round else 0
        inner = tuple(cel._replace(matrix=Affine.shift(-shift, -shift) @ cel.matrix) for cel in PIECES)
        out = drawn(Cel(Pane(inner, pane.size, pane.round), Affine.shift(shift, shift), 0.6), paper=PAPER)
        assert np.array_equal(out, free)


@given(st.floats(0, 1), st.integers(0, 255), st.integers(0, 255))
def test_a_faded_pane_mixes(opacity: float, above: int, below: int) -> None:
    """An opaque pane at opacity p over an opaque picture: p of one and the rest of the other, rounded once."""
    pane = Cel(Pane((flood(Colour(above, above, above)),)), opacity=opacity)
    got = pixel(drawn(pane, size=(1, 1), paper=Colour(below, below, below)))
    assert got == [got[0]] * 3 + [255]
    assert abs(got[0] - (opacity * above + (1 - opacity) * below)) <= 0.501


@given(st.floats(0, 1), st.integers(0, 255), st.integers(0, 255))
def test_plus_lighter_dissolves_without_a_dip(share: float, one: int, other: int) -> None:
    """Two opaque pictures that weigh s and 1 - s stay opaque, and each channel is their mix within one level."""
    parts = [
        Cel(Pane((flood(Colour(level, level, level)),)), opacity=weight, blend="plus-lighter")
        for level, weight in ((one, 1 - share), (other, share))
    ]
    grey, _, _, alpha = pixel(drawn(*parts, size=(1, 1)))
    assert alpha == 255
    assert abs(grey - (one * (1 - share) + other * share)) <= 1.01


def test_plus_lighter_keeps_clear_paper_clear() -> None:
    """What neither picture shows stays clear; what both show in part stays in part; nothing exceeds its alpha."""
    half = [Cel(Pane((cel,)), opacity=0.5, blend="plus-lighter") for cel in (PIECES[1], PIECES[1])]
    once, out = drawn(PIECES[1]).astype(int), drawn(*half).astype(int)
    assert np.abs(out - once).max() <= 1
    assert (out[..., :3] <= out[..., 3:]).all()
    assert not out[once[..., 3] == 0].any()


def test_any_cel_can_add() -> None:
    """Not panes alone: two lights make a third where they meet, and full stays full."""
    green = card(Colour(0, 255, 0), 2, 1, 1)._replace(blend="plus-lighter")
    out = drawn(card(RED, 2, 1), green, card(RED, 1, 1)._replace(blend="plus-lighter"), size=(3, 1))
    assert out[0].tolist() == [[255, 0, 0, 255], [255, 255, 0, 255], [0, 255, 0, 255]]


def test_tint_dyes_the_whole() -> None:
    """The pane's tint multiplies what its cels gave; its alpha fades."""
    pane = Pane((flood(Colour(200, 100, 255)), card(WHITE, 1, 1)))
    out = drawn(Cel(pane, tint=Colour(255, 102, 0, 51)), size=(2, 1))
    assert out[0].tolist() == [[51, 20, 0, 51], [40, 8, 0, 51]]


def test_panes_nest() -> None:
    """Clips cut one another, shades multiply, order holds; a hundred within each other are drawn."""
    inner = Cel(Pane((flood(RED),), (2, 3)), Affine.shift(1, 1), 0.5)
    outer = Cel(Pane((flood(BLUE), inner), (4, 2)), Affine.shift(1, 0))
    out = drawn(outer, size=(6, 4))
    assert out[1, :, 0].tolist() == [0, 0, 128, 128, 0, 0]
    assert out[1, :, 2].tolist() == [0, 255, 128, 128, 255, 0]
    assert out[:, 2, 3].tolist() == [255, 255, 0, 0]
    deep = card(RED, 1, 1)
    for _ in range(100):
        deep = Cel(Pane((deep,), (3, 3)))
    assert letters(drawn(deep, size=(2, 2))) == ["R.", ".."]


@pytest.mark.parametrize(
    "matrix",
    [
        Affine.scaling(0, 0), Affine.scaling(1, 0), Affine(1, 1, 1, 1), Affine.shift(math.nan, 0),
        Affine.shift(0, math.inf), Affine.scaling(math.inf, 1), Affine.scaling(math.nan, 1),
        Affine.scaling(1e300, 1e300),
    ],
)  # fmt: skip
def test_what_lies_nowhere_is_not_drawn(matrix: Affine) -> None:
    """A flat or endless pane, card or drawing shows nothing, and stops nothing."""
    pane = Pane((flood(RED),), (3, 3))
    for content in (pane, Pane((flood(RED),)), Pane((flood(RED),), (3, 3), round=True), Card((3, 3), RED), NOISE):
        assert not drawn(Cel(content, matrix)).any()


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (-3, 3), (math.nan, 2), (2, math.nan), (math.inf, 2)])
def test_a_clip_of_no_size_shows_nothing(size: tuple[float, float]) -> None:
    """Neither rectangle nor ellipse."""
    assert not drawn(Cel(Pane((flood(RED),), size)), Cel(Pane((flood(RED),), size, round=True))).any()
    assert not drawn(Cel(Pane((flood(RED),)), opacity=0)).any()


def several() -> list[Cel]:
    """Panes of all kinds, within each other, between pieces."""
    return [
        PIECES[0],
        Cel(Pane(PIECES[1:4], (50, 30)), about(30, 20, 20), 0.7),
        Cel(Pane((*PIECES, Cel(Pane(PIECES[2:], (20, 20), round=True), about(30, 30, 5))), (40, 40)), blur=1.7),
        PIECES[4],
        Cel(Pane(PIECES[:3], (33.3, 21.2), round=True), about(40, 30, 77), blur=9.0, tint=Colour(200, 255, 80, 200)),
        Cel(Pane(PIECES), blend="plus-lighter", opacity=0.3),
    ]


def test_threads_and_batches_change_no_byte_of_a_pane(monkeypatch: pytest.MonkeyPatch) -> None:
    """One, two, three and seven threads agree, and so do the smallest batches."""
    expected = drawn(*several(), paper=PAPER)
    for threads in (2, 3, 7):
        assert np.array_equal(drawn(*several(), paper=PAPER, threads=threads), expected)
    monkeypatch.setattr(comp, "BATCH", 3000)
    assert np.array_equal(drawn(*several(), paper=PAPER, threads=2), expected)


@pytest.mark.parametrize("sigma", [0.0, 1.3, 6.0])
def test_a_pane_within_a_smaller_one_is_cut_and_no_more(sigma: float) -> None:
    """A clip shows the very bytes of a pane that lies deeper, blurred or not, as if the clip were not there."""
    inner = Cel(Pane(PIECES, (44, 30)), Affine.shift(3, 5) @ Affine.turning(8), 0.8, blur=sigma)
    free, cut = drawn(inner), drawn(Cel(Pane((inner._replace(matrix=Affine.shift(-9, -7) @ inner.matrix),), (20, 15)),
                                        Affine.shift(9, 7)))  # fmt: skip
    assert np.array_equal(cut[7:22, 9:29], free[7:22, 9:29])
    assert not cut[:7].any()


@pytest.mark.parametrize("sigma", [1.0, 3.9, 4.0, 7.9, 11.0])
def test_a_blurred_clip_is_a_gaussian_of_its_sigma(sigma: float) -> None:
    """Across the clip's edge lies the normal distribution's integral, the clip being cut before it is blurred."""
    out = drawn(Cel(Pane((flood(WHITE),), (4000, 4000)), Affine.shift(101, -2000), blur=sigma), size=(200, 40))
    expected = [255 * (0.5 + 0.5 * math.erf((x + 0.5 - 101) / sigma / math.sqrt(2))) for x in range(200)]
    assert np.abs(out[..., 3] - np.array(expected)).max() <= 3


@pytest.mark.parametrize("sigma", [0.5, 5.0, 40.0, 900.0])
def test_a_blurred_picture_stays_whole_at_the_edge_of_the_canvas(sigma: float) -> None:
    """There the last pixels are taken to go on, so that no rim fades."""
    for size in (None, SIZE):
        out = drawn(Cel(Pane((card(PAPER, *SIZE),), size), blur=sigma))
        assert np.abs(out.astype(int) - (*PAPER[:3], 255)).max() == 0


def test_scale_blurs_alike() -> None:
    """At half the scale a blur of 8 pixels is one of 4; the pane's own matrix does not change it."""
    glass, pane = Glass(), Pane((flood(WHITE),), (20, 20))
    small = glass.comp([Cel(pane, Affine.shift(20, 12), blur=4.0)], (60, 44), None)
    large = Cel(pane, Affine.shift(40, 24) @ Affine.scaling(2, 2), blur=8.0)
    assert np.array_equal(glass.comp([large], (120, 88), None, 0.5), small)


def cover(matrix: Affine, pane: Pane) -> npt.NDArray[np.float64]:
    """How much of each pixel of the canvas a clip holds, in float64 and 400 lines to a row."""
    assert pane.size is not None
    back, lines = matrix.inverse(), 400
    (wide, high), (width, height) = pane.size, SIZE
    if not pane.round:
        y, x = np.mgrid[0:height, 0:width] + 0.5
        out = np.ones((height, width))
        for p, q, r, length in ((back.a, back.c, back.e, wide), (back.b, back.d, back.f, high)):
            inside, steep = (p * x + q * y + r) / math.hypot(p, q), math.hypot(p, q)
            out *= np.clip(inside + 0.5, 0, 1) - np.clip(inside - length / steep + 0.5, 0, 1)
        return out
    line = (np.arange(height * lines)[:, None] + 0.5) / lines
    u, v = 2 / wide * (back.c * line + back.e) - 1, 2 / high * (back.d * line + back.f) - 1
    p, q = 2 / wide * back.a, 2 / high * back.b
    half = np.sqrt(np.maximum(1 - (p * v - q * u) ** 2 / (p * p + q * q), 0) / (p * p + q * q))
    middle, x = -(p * u + q * v) / (p * p + q * q), np.arange(width)
    overlap = np.clip(np.minimum(middle + half, x + 1) - np.maximum(middle - half, x), 0, 1)
    return overlap.reshape(height, lines, width).mean(axis=1)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0, 40), st.floats(0, 30), st.floats(0, 360), st.floats(0.5, 2), st.floats(1, 40), st.floats(1, 40),
    st.booleans(), st.floats(0.01, 1), st.sampled_from(["normal", "plus-lighter"]), st.integers(0, 255),
)  # fmt: skip
def test_a_pane_is_what_float64_says(
    x: float, y: float, turn: float, scale: float, wide: float, high: float,
    round_: bool, opacity: float, blend: str, tint: int,
) -> None:  # fmt: skip
    """Clip, dye and lay, each rounded once: within a level nearly everywhere, within two (three on a curve) always."""
    matrix = Affine.shift(x, y) @ Affine.turning(turn) @ Affine.scaling(scale, 1)
    pane, shade = Pane(PIECES, (wide, high), round_), Colour(tint, 255, 99, 200)
    below = drawn(*PIECES[:2]).astype(np.float64)
    whole = drawn(*(cel._replace(matrix=matrix @ cel.matrix) for cel in PIECES)).astype(np.float64)
    dye = np.array([*shade[:3], 255]) / 255 * opacity * shade.alpha / 255
    source = whole * cover(matrix, pane)[..., None] * dye
    mixed = source + below * (1 - source[..., 3:] / 255 if blend == "normal" else 1)
    error = np.abs(drawn(*PIECES[:2], Cel(pane, matrix, opacity, shade, blend=blend)) - np.minimum(mixed, 255))
    assert error.max() <= (3 if round_ else 2)
    assert (error > 1).mean() < 0.005
