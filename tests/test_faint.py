"""What is faint is multiplied while it is laid: each channel is rounded once, whatever shadows wait beneath."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.colours import Colour
from collage.exposure.cel import Card, Cel, Shadow
from collage.geometry import Affine, Box
from collage.glass import decode, pending
from collage.glass.comp import Glass
from collage.glass.ground import Ground, Patch

Pixels = npt.NDArray[np.uint8]
SIZE = (200, 7)
ALL = Box(0, 0, *SIZE)
fades = st.floats(0, 1, exclude_max=True).map(lambda part: float(np.float32(part))).filter(lambda part: part < 1)


def noise(seed: int) -> Pixels:
    """Premultiplied pixels of any alpha, with clear and solid runs."""
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (SIZE[1], SIZE[0], 4), np.uint8)
    pixels[:3, :80, 3], pixels[2:5, 90:] = 255, 0
    decode.premultiply(pixels)
    return pixels


def laid(below: Pixels, above: Pixels, fade: float, dark: npt.NDArray[np.uint16] | None = None) -> Ground:
    ground = Ground(below.copy(), ALL, None if dark is None else dark.copy())
    pending.lay(ground, Patch(above, ALL, fade=fade), ALL)
    return ground


@given(fades, st.integers(0, 50))
def test_a_faint_piece_is_rounded_once(fade: float, seed: int) -> None:
    """To the nearest level, and no colour comes to lie above alpha."""
    below, above = noise(seed), noise(seed + 1)
    out = laid(below, above, fade).pixels
    expected = above * fade + below * (1 - above[..., 3:] / 255 * fade)
    assert np.abs(out - expected).max() <= 0.501
    assert (out[..., :3] <= out[..., 3:]).all()


@given(fades, st.integers(0, 50))
def test_where_nothing_is_dark_nothing_is_other(fade: float, seed: int) -> None:
    """A plane full of light changes no byte, and is full afterwards."""
    below, above = noise(seed), noise(seed + 1)
    lit = np.full((SIZE[1], SIZE[0]), 65535, np.uint16)
    out = laid(below, above, fade, lit)
    assert np.array_equal(out.pixels, laid(below, above, fade).pixels)
    assert np.array_equal(out.shaded(), lit)


@given(fades, st.integers(0, 50))
def test_what_is_pending_is_laid_in_the_same_rounding(fade: float, seed: int) -> None:
    """Black that leaves so much light, then the piece; what the piece does not touch stays pending."""
    below, above = noise(seed), noise(seed + 1)
    dark = np.random.default_rng(seed).integers(0, 65536, (SIZE[1], SIZE[0])).astype(np.uint16)
    out, light = laid(below, above, fade, dark), (dark / 65535)[..., None]
    shaded = np.concatenate([below[..., :3] * light, 255 - (255 - below[..., 3:]) * light], axis=-1)
    expected, there = above * fade + shaded * (1 - above[..., 3:] / 255 * fade), above[..., 3] > 0
    assert np.abs(out.pixels - expected)[there].max() <= 0.51
    assert np.array_equal(out.shaded()[~there], dark[~there])
    assert np.array_equal(out.pixels[~there], below[~there])
    assert (out.pixels[..., :3] <= out.pixels[..., 3:]).all()


@pytest.mark.parametrize("sigma", [0.0, 6.0])
def test_a_faint_piece_casts_a_faint_shadow(sigma: float) -> None:
    """Half of what it casts when it is whole."""
    size, white = (90, 60), Colour(255, 255, 255)
    piece = Cel(Card((40.0, 30.0), white), Affine.shift(20, 10), shadow=Shadow((6.0, 8.0), sigma, 0.4))
    whole, half = (Glass().comp([piece._replace(opacity=part)], size, white) for part in (1.0, 0.5))
    below = np.s_[44:, 30:60]
    taken = 255.0 - whole[below], 255.0 - half[below]
    assert taken[0][..., :3].max() > 40
    assert np.abs(taken[0] / 2 - taken[1]).max() <= 1.5


def test_a_faint_piece_is_blended_as_faintly() -> None:
    """Opacity counts for other blends too: two halves of one picture add up to it."""
    half = Cel(Card((9.0, 9.0), Colour(200, 100, 50)), opacity=0.5, blend="plus-lighter")
    out = Glass().comp([half, half], (9, 9), None)
    assert np.abs(out[4, 4].astype(int) - (200, 100, 50, 255)).max() <= 1
