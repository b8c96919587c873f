"""Shadows lie where the lamp puts them, soft without bands, and however many lie on one another none is lost."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Pane, Shadow
from collage.geometry import Affine
from collage.glass import decode, plates
from collage.glass.comp import Glass
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
Exact = npt.NDArray[np.float64]
SIZE = (320, 240)
PAPER = Colour(214, 200, 168)
LEAF = Drawing("leaf", "leaf", Path("leaf.png"), (120, 90))
STEEP = 1 / 12
"""Levels a pixel: where a slope is steeper, a run of equal pixels would be at most 12 long by itself."""


@pytest.fixture(autouse=True)
def leaf() -> Iterator[None]:
    """Every drawing is a star-shaped, half-clear leaf."""
    y, x = np.mgrid[0:90, 0:120] + 0.5
    angle, radius = np.arctan2(y - 45, x - 60), np.hypot(y - 45, x - 60)
    pixels = np.full((90, 120, 4), 90, np.uint8)
    pixels[..., 3] = np.clip(36 + 9 * np.sin(5 * angle) - radius, 0, 1) * 255
    pixels[30:50, :, 3] //= 2
    decode.premultiply(pixels)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: pixels)
        yield


def drawn(*cels: Cel, paper: Colour | None = PAPER, size: tuple[int, int] = SIZE, threads: int = 1) -> Pixels:
    glass = Glass(threads)
    out = glass.comp(cels, size, paper)
    glass.close()
    return out


def card(x: float, y: float, width: float, height: float, shadow: Shadow | None = None) -> Cel:
    return Cel(Card((width, height), Colour(20, 30, 40)), Affine.shift(x, y), shadow=shadow)


def soft(side: int, start: float, end: float, sigma: float) -> Exact:
    """How much of a Gaussian around each pixel's centre lies between two points."""
    at = np.arange(side) + 0.5
    ramps = [np.array([math.erf((x - edge) / sigma / math.sqrt(2)) for x in at]) for edge in (start, end)]
    return (ramps[0] - ramps[1]) / 2


def fallen(x: float, y: float, width: float, height: float, shadow: Shadow) -> Exact:
    """How much light the shadow of a card takes, in float64."""
    (dx, dy), sigma, opacity = shadow
    down, across = soft(SIZE[1], y + dy, y + dy + height, sigma), soft(SIZE[0], x + dx, x + dx + width, sigma)
    return opacity * np.outer(down, across)


def off_by(out: Pixels, light: Exact, seen: npt.NDArray[np.bool_]) -> float:
    """How far the mean of any square of 8 by 8 pixels is off, of those that are seen whole."""
    error = out[..., :3] - np.array(PAPER[:3]) * light[..., None]
    squares = error.reshape(SIZE[1] // 8, 8, SIZE[0] // 8, 8, 3).mean(axis=(1, 3))
    whole = seen.reshape(SIZE[1] // 8, 8, SIZE[0] // 8, 8).all(axis=(1, 3))
    return float(np.abs(squares[whole]).max())


def longest(out: Pixels, light: Exact, seen: npt.NDArray[np.bool_]) -> int:
    """The longest run of equal pixels, along rows and columns, where the shadow is steep."""
    found = 0
    for channel in range(3):
        for picture, level, mask in (
            (out[..., channel], light * PAPER[channel], seen),
            (out[..., channel].T, light.T * PAPER[channel], seen.T),
        ):
            steep = (np.abs(np.diff(level, axis=1)) >= STEEP) & mask[:, 1:] & mask[:, :-1]
            same = (np.diff(picture.astype(int), axis=1) == 0) & steep
            run = np.ones(len(same), int)
            for column in same.T:
                run = np.where(column, run + 1, 1)
                found = max(found, int(run.max()))
    return found


def beside(x: float, y: float, width: float, height: float) -> npt.NDArray[np.bool_]:
    """The pixels that a card does not touch."""
    seen = np.ones((SIZE[1], SIZE[0]), bool)
    seen[math.floor(y) : math.ceil(y + height), math.floor(x) : math.ceil(x + width)] = False
    return seen


@pytest.mark.parametrize("sigma", [1.0, 1.7, 2.4, 2.5, 4.9, 5.0, 9.0, 10.0, 11.8, 17.0, 20.0, 33.0])
def test_a_soft_shadow_is_a_gaussian_without_bands(sigma: float) -> None:
    """Against float64: squares keep their mean to a quarter of a level, and no run on a slope is longer than 12."""
    place, shadow = (60, 50, 130, 90), Shadow((23.3, 31.7), sigma, 0.45)
    out, light, seen = drawn(card(*place, shadow)), 1 - fallen(*place, shadow), beside(*place)
    assert off_by(out, light, seen) < 0.25
    assert longest(out, light, seen) <= 12


@pytest.mark.parametrize("sigma", [2.8, 8.0, 14.0])
def test_thirty_faint_shadows_pile_up_exactly(sigma: float) -> None:
    """Each of an alpha under 8: what 8 bits would lose is all there."""
    shadow, light = Shadow((17.0, 12.5), sigma, 7 / 255), np.ones((SIZE[1], SIZE[0]))
    places = [(60 + n, 50 + n / 2, 130, 90) for n in range(30)]
    for place in places:
        light *= 1 - fallen(*place, shadow)
    out, seen = drawn(*(card(*place, shadow) for place in places)), beside(60, 50, 160, 105)
    assert off_by(out, light, seen) < 0.25
    assert longest(out, light, seen) <= 12
    assert light[seen].min() < 0.65


@pytest.mark.parametrize(("turn", "scale"), [(0, 1), (31, 1.2), (70, 0.6)])
def test_a_drawing_casts_its_own_shape(turn: float, scale: float) -> None:
    """Its alpha, as it is drawn, convolved in float64; holes and all."""
    matrix = Affine.shift(150, 110) @ Affine.turning(turn) @ Affine.scaling(scale, scale) @ Affine.shift(-60, -45)
    alpha = drawn(Cel(LEAF, matrix), paper=None)[..., 3] / 255
    for sigma in (1.2, 2.8, 7.0):
        reach = math.ceil(6 * sigma)
        bell = np.exp(-((np.arange(-reach, reach + 1) / sigma) ** 2) / 2)
        blurred = alpha
        for axis in (0, 1):
            blurred = np.apply_along_axis(np.convolve, axis, blurred, bell / bell.sum(), "same")
        moved = np.roll(blurred, (9, 14), (0, 1))
        out = drawn(Cel(LEAF, matrix, shadow=Shadow((14.0, 9.0), sigma, 0.5)))
        assert off_by(out, 1 - 0.5 * moved, alpha == 0) < 0.25


def test_a_hard_shadow_is_the_piece_moved() -> None:
    """Without any softness, by whole pixels: exactly the part of the light that is left."""
    out = drawn(card(10, 10, 20, 10, Shadow((5, 4), 0, 0.5)), paper=Colour(200, 100, 50))
    assert (out[20:24, 15:35] == (100, 50, 25, 255)).all()
    assert (out[14:24, 30:35] == (100, 50, 25, 255)).all()
    out[10:24, 10:35] = (200, 100, 50, 255)
    assert (out == (200, 100, 50, 255)).all()


def test_half_a_pixel_of_offset_is_half_of_two() -> None:
    """A hard shadow moved by fractions has an edge of their size."""
    out = drawn(card(10, 10, 20, 10, Shadow((5.25, 0), 0, 1)), paper=WHITE)
    assert out[15, [34, 36], 0].tolist() == [0, 255]
    assert out[15, 35, 0] in (191, 192)


def test_on_clear_paper_a_shadow_is_black_of_its_alpha() -> None:
    """Its alpha is as exact as a colour's, and nothing shines through it."""
    place, shadow = (60, 50, 130, 90), Shadow((23.3, 31.7), 11.8, 0.45)
    out, seen = drawn(card(*place, shadow), paper=None), beside(*place)
    assert not out[seen][:, :3].any()
    error = out[..., 3] - 255 * fallen(*place, shadow)
    squares = error.reshape(SIZE[1] // 8, 8, SIZE[0] // 8, 8).mean(axis=(1, 3))
    whole = seen.reshape(SIZE[1] // 8, 8, SIZE[0] // 8, 8).all(axis=(1, 3))
    assert np.abs(squares[whole]).max() < 0.25


def test_colour_stays_under_alpha() -> None:
    """Shadows on half-clear pieces on nothing: still premultiplied."""
    shadow = Shadow((6, 7), 3.3, 0.4)
    cels = [Cel(LEAF, Affine.shift(30 + 9 * n, 20 + 5 * n), 0.7, shadow=shadow) for n in range(9)]
    out = drawn(*cels, paper=None)
    assert (out[..., :3] <= out[..., 3:]).all()


def test_a_piece_off_the_canvas_casts_onto_it() -> None:
    """The same shadow as on a canvas that is larger on all sides."""
    shadow = Shadow((40.0, 25.0), 9.0, 0.5)
    for x, y in ((-150, 60), (300, -70), (-90, -80), (325, 100), (100, 245)):
        far = card(x, y, 130, 90, shadow)
        out = drawn(far).astype(int)
        wide = drawn(far._replace(matrix=Affine.shift(160, 160) @ far.matrix), size=(640, 560))[160:400, 160:480]
        assert np.abs(out - wide).max() <= 1
    assert (drawn(card(-150, 60, 130, 90, shadow)) != (*PAPER[:3], 255)).any()


def test_a_pane_casts_one_shadow() -> None:
    """Two cards side by side in a pane cast what one card of both their sizes casts, also over the canvas's edge."""
    shadow = Shadow((20.0, 15.0), 8.0, 0.5)
    for x in (70, -40):
        halves = Pane((card(x, 50, 60, 80), card(x + 60, 50, 60, 80)))
        assert np.array_equal(drawn(Cel(halves, shadow=shadow)), drawn(card(x, 50, 120, 80, shadow)))


def test_what_is_left_of_a_piece_casts() -> None:
    """A piece at a quarter of its opacity takes a quarter of the light."""
    place, shadow = (60, 50, 130, 90), Shadow((23.3, 31.7), 7.0, 0.8)
    faded = card(*place, shadow)._replace(opacity=0.25)
    quarter = 1 - fallen(*place, shadow._replace(opacity=0.8 * 64 / 255))  # a quarter of 255, rounded
    assert off_by(drawn(faded), quarter, beside(*place)) < 0.25


def test_what_lies_over_shadows_rounds_once() -> None:
    """A half-clear sheet over three shadows is within a level of float64."""
    shadow, light = Shadow((17.0, 12.5), 6.0, 0.4), np.ones((SIZE[1], SIZE[0]))
    places = [(60 + 8 * n, 50, 130, 90) for n in range(3)]
    for place in places:
        light *= 1 - fallen(*place, shadow)
    veil = Cel(Card((400.0, 400.0), Colour(255, 240, 230, 102)))
    out = drawn(*(card(*place, shadow) for place in places), veil)[beside(60, 50, 146, 90)]
    exact = 0.4 * np.array((255, 240, 230)) + 0.6 * np.array(PAPER[:3]) * light[..., None]
    assert np.abs(out[..., :3] - exact[beside(60, 50, 146, 90)]).max() <= 1


@pytest.mark.parametrize("blend", ["multiply", "screen", "difference", "plus-lighter"])
def test_a_blend_sees_the_shadows_beneath(blend: str) -> None:
    """Over shadows it gives what it gives over a picture that has them in it."""
    cast = card(60, 50, 130, 90, Shadow((17.0, 12.5), 6.0, 0.4))
    over = Cel(Card((150.0, 150.0), Colour(120, 80, 200, 180)), Affine.shift(120, 60), blend=blend)
    flat = Pane((Cel(Card((320.0, 240.0), PAPER)), cast))
    assert np.array_equal(drawn(cast, over), drawn(Cel(flat, opacity=1.0), over, paper=None))


def test_no_light_is_taken_by_what_casts_none() -> None:
    """Without a shadow, with one of no opacity, or one that falls beside the canvas, every byte is the same."""
    plain = drawn(Cel(LEAF, Affine.shift(33.3, 40)))
    for shadow in (
        Shadow((5, 5), 3, 0),
        Shadow((5, 5), 3, math.nan),
        Shadow((5000, 0), 3, 1),
        Shadow((math.inf, 0), 3, 1),
    ):
        assert np.array_equal(drawn(Cel(LEAF, Affine.shift(33.3, 40), shadow=shadow)), plain)


def test_threads_and_panes_share_one_shadow() -> None:
    """One thread or three, on the canvas or on a pane around it all: the same bytes."""
    shadow = Shadow((13.3, 7.1), 5.0, 0.3)
    cels = [Cel(LEAF, Affine.shift(20 + 13 * n, 10 + 9 * n) @ Affine.turning(9 * n), shadow=shadow) for n in range(12)]
    expected = drawn(*cels, paper=None)
    assert np.array_equal(drawn(*cels, paper=None, threads=3), expected)
    assert np.array_equal(drawn(Cel(Pane(tuple(cels)), blend="plus-lighter"), paper=None), expected)


def test_scale_makes_shadows_alike() -> None:
    """At half the scale everything is half as large: offset and softness too."""
    shadow, glass = Shadow((20.0, 14.0), 8.0, 0.5), Glass()
    half = card(30, 25, 65, 45, Shadow((10.0, 7.0), 4.0, 0.5))
    expected = glass.comp([half], (160, 120), PAPER)
    assert np.array_equal(glass.comp([card(60, 50, 130, 90, shadow)], SIZE, PAPER, 0.5), expected)


def test_absurd_shadows_stay_small() -> None:
    """The widest softness is clamped, and what is meaningless casts nothing."""
    for sigma in (1e3, 1e9, math.inf):
        out = drawn(card(60, 50, 130, 90, Shadow((5, 5), sigma, 1.0)))
        assert out[200, 300, 0] < PAPER.red
    assert (drawn(card(60, 50, 130, 90, Shadow((5, 5), math.nan, 1.0)))[200, 300] == (*PAPER[:3], 255)).all()
