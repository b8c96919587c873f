"""Every blend is its specification's formula, in bytes and in floats."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from collage.glass.blends import BLENDS, BLENDS_FINE, FORMULAS
from collage.scene import values

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Mode = Callable[[Floats, Floats], Floats]


def hard_light(cb: Floats, cs: Floats) -> Floats:
    return np.where(cs <= 0.5, cb * 2 * cs, 1 - (1 - cb) * (1 - (2 * cs - 1)))


def soft_light(cb: Floats, cs: Floats) -> Floats:
    d = np.where(cb <= 0.25, ((16 * cb - 12) * cb + 4) * cb, np.sqrt(cb))
    return np.where(cs <= 0.5, cb - (1 - 2 * cs) * cb * (1 - cb), cb + (2 * cs - 1) * (d - cb))


def color_dodge(cb: Floats, cs: Floats) -> Floats:
    full = cs == 1
    return np.where(cb == 0, 0, np.where(full, 1, np.minimum(1, cb / np.where(full, 1, 1 - cs))))


def color_burn(cb: Floats, cs: Floats) -> Floats:
    none = cs == 0
    return np.where(cb == 1, 1, np.where(none, 0, 1 - np.minimum(1, (1 - cb) / np.where(none, 1, cs))))


SEPARABLE: dict[str, Mode] = {
    "normal": lambda cb, cs: cs,
    "multiply": lambda cb, cs: cb * cs,
    "screen": lambda cb, cs: 1 - (1 - cb) * (1 - cs),
    "overlay": lambda cb, cs: hard_light(cs, cb),
    "darken": np.minimum,
    "lighten": np.maximum,
    "color-dodge": color_dodge,
    "color-burn": color_burn,
    "hard-light": hard_light,
    "soft-light": soft_light,
    "difference": lambda cb, cs: np.abs(cb - cs),
    "exclusion": lambda cb, cs: cb + cs - 2 * cb * cs,
}


def lum(c: Floats) -> Floats:
    return c @ np.array([0.3, 0.59, 0.11])


def set_lum(c: Floats, luminosity: Floats) -> Floats:
    """SetLum and ClipColor as the specification writes them, pixel by pixel."""
    out = c + (luminosity - lum(c))[:, None]
    for i, c in enumerate(out):
        grey, least, most = lum(c), c.min(), c.max()
        if least < 0 and grey - least > 1e-12:
            out[i] = grey + (c - grey) * grey / (grey - least)
        if most > 1 and most - grey > 1e-12:
            out[i] = grey + (c - grey) * (1 - grey) / (most - grey)
    return out


def set_sat(c: Floats, saturation: Floats) -> Floats:
    """SetSat as the specification writes it: by sorting."""
    out = np.zeros_like(c)
    for i, (pixel, s) in enumerate(zip(c, saturation, strict=True)):
        low, mid, high = np.argsort(pixel, kind="stable")
        if pixel[high] > pixel[low]:
            out[i, mid] = (pixel[mid] - pixel[low]) * s / (pixel[high] - pixel[low])
            out[i, high] = s
    return out


def sat(c: Floats) -> Floats:
    return c.max(axis=1) - c.min(axis=1)


WHOLE: dict[str, Mode] = {
    "hue": lambda cb, cs: set_lum(set_sat(cs, sat(cb)), lum(cb)),
    "saturation": lambda cb, cs: set_lum(set_sat(cb, sat(cs)), lum(cb)),
    "color": lambda cb, cs: set_lum(cs, lum(cb)),
    "luminosity": lambda cb, cs: set_lum(cb, lum(cs)),
}
FACTORS: dict[str, Mode] = {  # Porter and Duff: how much of the source, of the backdrop; by both alphas
    "atop": lambda ab, as_: ab,
    "xor": lambda ab, as_: 1 - ab,
}


def composited(name: str, backdrop: Floats, source: Floats) -> Floats:
    """Premultiplied pixels in rows, 0 to 1, blended by the specification."""
    ab, as_ = backdrop[:, 3:], source[:, 3:]
    if name == "plus-lighter":
        return np.minimum(1, backdrop + source)
    if name in FACTORS:
        return source * FACTORS[name](ab, as_) + backdrop * (1 - as_)
    cb, cs = (p[:, :3] / np.where(p[:, 3:] == 0, 1, p[:, 3:]) for p in (backdrop, source))
    mixed = (SEPARABLE | WHOLE)[name](cb, cs)
    colour = (1 - ab) * source[:, :3] + as_ * ab * mixed + (1 - as_) * backdrop[:, :3]
    return np.concatenate([colour, as_ + ab - as_ * ab], axis=1)


def grid() -> tuple[Pixels, Pixels]:
    """17⁴ pairs: both colours and both alphas in 17 steps, the three channels a step apart, premultiplied bytes."""
    steps = np.linspace(0, 255, 17)
    colour, over, alpha, above = (axis.ravel() for axis in np.meshgrid(steps, steps, steps, steps, indexing="ij"))
    return premultiplied(colour, alpha, 17.0), premultiplied(over, above, -41.0)


def premultiplied(colour: Floats, alpha: Floats, apart: float) -> Pixels:
    alpha = np.rint(alpha)
    straight = np.stack([colour, (colour + apart) % 256, (colour + 2 * apart) % 256], axis=1)
    return np.concatenate([np.rint(straight * alpha[:, None] / 255), alpha[:, None]], axis=1).astype(np.uint8)


def seeded(seed: int, count: int) -> Pixels:
    """Pixels by chance, a fifth of them solid, a fifth not there, some grey."""
    rng = np.random.default_rng(seed)
    alpha = rng.choice([0, 255, -1, -1, -1], (count, 1))
    alpha = np.where(alpha < 0, rng.integers(0, 256, (count, 1)), alpha)
    colour = rng.integers(0, 256, (count, 3))
    colour[::7] = colour[::7, :1]
    return np.concatenate([colour * alpha // 255, alpha], axis=1).astype(np.uint8)


def blended(name: str, backdrop: Pixels, source: Pixels) -> Pixels:
    out = backdrop.copy()
    BLENDS[name](out.view(np.uint32), source.view(np.uint32))
    return out


def check(name: str, backdrop: Pixels, source: Pixels) -> None:
    out, exact = blended(name, backdrop, source), composited(name, backdrop / 255, source / 255)
    assert np.abs(out - 255 * exact).max() <= 0.5001
    assert (out[:, :3] <= out[:, 3:]).all()
    fine = (backdrop / 255).astype(np.float32)[None]
    BLENDS_FINE[name](fine, (source / 255).astype(np.float32)[None])
    assert np.abs(fine[0] - exact).max() < 1e-4


@pytest.mark.parametrize("name", [*SEPARABLE, *FACTORS, "plus-lighter"])
def test_a_separable_blend_is_its_formula_on_a_grid_of_17_to_the_4th(name: str) -> None:
    """On both colours and both alphas in 17 steps, bytes are the nearest to float64, colour is never above alpha, and
    floats agree to a fortieth of a level."""
    check(name, *grid())


@pytest.mark.parametrize("name", WHOLE)
def test_a_blend_of_whole_colours_is_its_formula_on_4096_pairs(name: str) -> None:
    """Hue, saturation, color and luminosity too, on 4,096 seeded pairs of colours."""
    check(name, seeded(1, 4096), seeded(2, 4096))


def test_every_blend_that_a_scene_may_name_is_in_both_tables() -> None:
    """A scene can't ask for a blend that the glass has not."""
    assert set(BLENDS) == set(BLENDS_FINE) == set(FORMULAS) == set(values.BLENDS)


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_not_there_changes_nothing(name: str) -> None:
    """Where the source is empty the backdrop keeps its bytes, in runs of any length."""
    backdrop, source = seeded(3, 300), seeded(4, 300)
    source[20:40] = source[64:192] = source[250:] = 0
    out = blended(name, backdrop, source)
    assert (out[source[:, 3] == 0] == backdrop[source[:, 3] == 0]).all()
    fine, clear = (backdrop / 255).astype(np.float32)[None], np.zeros((1, 300, 4), np.float32)
    before = fine.copy()
    BLENDS_FINE[name](fine, clear)
    assert (fine == before).all()


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_can_be_asked_for_one_pixel(name: str) -> None:
    """The tables' formulas are plain functions of two pixels, which the loops agree with."""
    backdrop, source = seeded(5, 40), seeded(6, 40)
    exact = [FORMULAS[name](tuple(b), tuple(s)) for b, s in zip(backdrop / 255, source / 255, strict=True)]
    assert np.abs(blended(name, backdrop, source) / 255 - exact).max() < 0.501 / 255


@pytest.mark.parametrize("name", ["multiply", "soft-light", "hue", "xor"])
def test_bands_and_windows_give_the_same_bytes(name: str) -> None:
    """A picture blended in bands, or as a part of a larger one, is the same as in one go; around it nothing changes."""
    backdrop, source = (seeded(seed, 40 * 150).reshape(40, 150, 4).view(np.uint32)[..., 0] for seed in (7, 8))
    whole = backdrop.copy()
    BLENDS[name](whole, source)
    bands = np.full((50, 200), 7, np.uint32)
    bands[3:43, 20:170] = backdrop
    for top, bottom in ((0, 1), (1, 20), (20, 40)):
        BLENDS[name](bands[3 + top : 3 + bottom, 20:170], source[top:bottom])
    assert (bands[3:43, 20:170] == whole).all()
    bands[3:43, 20:170] = 7
    assert (bands == 7).all()


def test_a_source_that_may_not_be_written_can_be_laid() -> None:
    """Plates are frozen: a blend reads its source and no more."""
    source = seeded(9, 64)
    source.flags.writeable = False
    assert (blended("multiply", np.full((64, 4), 255, np.uint8), source)[:, 3] == 255).all()


def test_black_and_white_at_their_ends() -> None:
    """Full dodge whitens all but black, full burn blackens all but white, at any alpha that can hold them."""
    for alpha in range(1, 256):
        black, white = np.array([[0, 0, 0, alpha]], np.uint8), np.full((1, 4), alpha, np.uint8)
        opaque_white, opaque_black = np.full((1, 4), 255, np.uint8), np.array([[0, 0, 0, 255]], np.uint8)
        assert (blended("color-dodge", opaque_black, white) == opaque_black).all()
        assert (blended("color-burn", white, opaque_black)[0, 0] == alpha).all()
        assert (blended("color-dodge", black, opaque_white)[0, 0] == 255 - alpha).all()
        assert (blended("color-burn", opaque_white, black) == opaque_white).all()
