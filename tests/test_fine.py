"""The fine medium: what the quick one draws, in floats that are rounded once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import numpy.typing as npt
import pytest
from test_glass_caches import BACK, HOLED, SIZE, SOLID, film, pictures
from test_shadows import PAPER as SHADED
from test_shadows import SIZE as LARGE
from test_shadows import fallen, longest, off_by

from collage.colours import Colour
from collage.errors import CollageError
from collage.exposure.cel import Card, Cel, Finish, Matte, Pane, Shadow
from collage.geometry import Affine
from collage.glass import comp, plates
from collage.glass.blends import FORMULAS
from collage.glass.comp import Glass
from collage.glass.fine import Fine
from collage.glass.medium import EightBits, medium_for

Pixels = npt.NDArray[np.uint8]
PAPER = Colour(214, 200, 168)
SIDES = (float(SIZE[0]), float(SIZE[1]))
TURNED = Affine.shift(50, 36) @ Affine.turning(20) @ Affine.scaling(1.3, 1.1) @ Affine.shift(-30, -25)


@pytest.fixture(autouse=True)
def drawings() -> Iterator[None]:
    """A drawing that is solid but for its rim, one with holes, and one that fills the canvas."""
    made = pictures()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: made[content.path])
        yield


def drawn(*cels: Cel, paper: Colour | None = PAPER, medium: Fine | EightBits | None = None) -> Pixels:
    with pytest.MonkeyPatch.context() as patch:
        if medium is not None:
            patch.setattr(comp, "medium_for", lambda *of: medium)
        return Glass().comp(cels, SIZE, paper)


finely = partial(drawn, medium=Fine())


def apart(*cels: Cel, paper: Colour | None = PAPER) -> float:
    """How far the two media are apart at most."""
    quick = drawn(*cels, paper=paper, medium=EightBits())
    return float(np.abs(finely(*cels, paper=paper).astype(int) - quick).max())


def test_a_blend_makes_all_that_lies_with_it_fine() -> None:
    """And all within; what only covers or adds is drawn quickly, and what is linear is so all the way in."""
    plain, mixed = Cel(Card((9, 9), PAPER)), Cel(Card((9, 9), PAPER), blend="screen")
    assert medium_for([plain, plain._replace(blend="plus-lighter")], False) == EightBits()
    assert medium_for([plain, mixed], False) == Fine()
    assert medium_for([plain], False, Fine()) == Fine()
    assert medium_for([mixed], False, EightBits()) == Fine()
    assert medium_for([mixed], False, Fine(linear=True)) == medium_for([plain], True) == Fine(linear=True)


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("linear", [False, True])
def test_blends_are_their_formulas(name: str, linear: bool) -> None:
    """Two clear cards on nothing: in sRGB, rounded to the nearest; in linear light, of its values."""
    below, above = Colour(200, 90, 30, 180), Colour(60, 140, 220, 130)
    cels = Cel(Card(SIDES, below)), Cel(Card(SIDES, above), blend=name)
    out = finely(*cels, paper=None, medium=Fine(linear))[20, 20]
    expected = np.array(FORMULAS[name](pixel(below, linear), pixel(above, linear)))
    if linear:
        straight = expected[:3] / expected[3]
        level = np.where(straight <= 0.0031308, straight * 12.92, 1.055 * straight ** (1 / 2.4) - 0.055)
        expected[:3] = level * expected[3]
    assert np.abs(out - expected * 255).max() <= 0.51


def pixel(colour: Colour, linear: bool) -> tuple[float, float, float, float]:
    parts, alpha = np.array(colour[:3]) / 255, colour.alpha / 255
    if linear:
        parts = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    red, green, blue = (float(part) * alpha for part in parts)
    return red, green, blue, alpha


def test_what_is_rounded_once_keeps_faint_layers() -> None:
    """A hundred veils of 1/300 each: lost in 8 bits, not here."""
    veils = [Cel(Card(SIDES, Colour(0, 0, 0)), opacity=1 / 300)] * 100
    expected = np.array(PAPER[:3]) * (1 - 1 / 300) ** 100
    assert np.abs(finely(*veils)[5, 5, :3] - expected).max() <= 0.51


PIECES = {
    "a picture": Cel(HOLED, TURNED),
    "whole pixels": Cel(HOLED, Affine.shift(7, -3)),
    "shrunk": Cel(HOLED, TURNED @ Affine.scaling(0.3, 0.2)),
    "dyed": Cel(HOLED, TURNED, 0.6, Colour(255, 160, 90, 200)),
    "a card": Cel(Card((33.3, 21.7), Colour(9, 99, 199, 150)), TURNED),
    "blurred": Cel(HOLED, TURNED, blur=1.4),
    "blurred wide": Cel(SOLID, TURNED, blur=9.0),
    "bokeh": Cel(SOLID, TURNED, blur=5.0, bokeh=True),
    "swept": Cel(SOLID, TURNED, sweep=Affine.shift(9, 4) @ TURNED @ Affine.turning(6)),
    "inside": Cel(BACK, matte=Matte((Cel(HOLED, TURNED),))),
    "outside": Cel(BACK, matte=Matte((Cel(HOLED, TURNED),), outside=True)),
    "by luminance": Cel(BACK, opacity=0.5, matte=Matte((Cel(HOLED, TURNED),), luminance=True)),
    "a sharp shadow": Cel(SOLID, TURNED, shadow=Shadow((4.5, 6.0), 0.0, 0.5)),
    "a shadow": Cel(SOLID, TURNED, shadow=Shadow((4.5, 6.0), 2.0, 0.5)),
    "a wide shadow": Cel(SOLID, TURNED, 0.7, shadow=Shadow((4.5, 6.0), 13.0, 0.5)),
    "a card's shadow": Cel(Card((30.0, 20.0), PAPER), TURNED, shadow=Shadow((4.5, 6.0), 5.0, 0.5)),
    "a pane": Cel(Pane((Cel(HOLED, TURNED), Cel(SOLID, Affine.shift(31, 20))), (50.0, 40.0)), TURNED),
    "a round pane": Cel(Pane((Cel(SOLID), Cel(BACK)), (50.0, 40.0), round=True), TURNED, 0.5),
    "a soft pane": Cel(Pane((Cel(SOLID, TURNED),)), blur=4.0),
    "a swept pane": Cel(Pane((Cel(SOLID, TURNED),)), sweep=Affine.shift(9, 4) @ Affine.turning(6)),
    "a pane's shadow": Cel(Pane((Cel(HOLED, TURNED),)), shadow=Shadow((4.5, 6.0), 3.0, 0.5)),
    "a pane with a finish": Cel(Pane((Cel(BACK),), SIDES, finish=Finish(warmth=1.0, vignette=1.0)), TURNED),
    "adding": Cel(SOLID, TURNED, 0.4, blend="plus-lighter"),
}  # fmt: skip
ROUGH = {"bokeh": 4}
"""Where the quick medium rounds more than twice."""


@pytest.mark.parametrize("what", PIECES)
@pytest.mark.parametrize("paper", [PAPER, None])
def test_each_kind_of_piece_is_what_the_quick_medium_draws(what: str, paper: Colour | None) -> None:
    """To two levels, over paper and over nothing."""
    assert apart(PIECES[what], paper=paper) <= ROUGH.get(what, 2)


@pytest.mark.parametrize("what", PIECES)
def test_each_kind_of_piece_is_drawn_in_linear_light(what: str) -> None:
    """In white on white nothing can be seen of it; else everything stays a colour, and something is seen."""
    out = drawn(PIECES[what], paper=None, medium=Fine(linear=True))
    assert out.any()
    assert (out[..., :3] <= out[..., 3:]).all()


def linear(cels: list[Cel]) -> list[Cel]:
    return [Cel(Pane((Cel(Card(SIDES, PAPER)), *cels), SIDES, linear=True))]


@pytest.mark.parametrize("seed", range(24))
def test_no_cache_and_no_thread_changes_a_byte(seed: int) -> None:
    """Random scenes of everything in linear light, frame by frame: as if each were the first."""
    frames = [linear(cels) if seed % 3 else [*cels, Cel(HOLED, TURNED, blend="overlay")] for cels in film(seed)]
    plain, quick, both = Glass(caches=False), Glass(), Glass(2)
    for number, cels in enumerate(frames):
        expected = plain.comp(cels, SIZE, PAPER)
        assert np.array_equal(quick.comp(cels, SIZE, PAPER), expected), number
        assert np.array_equal(both.comp(cels, SIZE, PAPER), expected), number
    both.close()


@pytest.mark.parametrize(("sigma", "opacity"), [(3.0, 0.5), (9.0, 0.3), (20.0, 0.1)])
def test_slopes_of_shadows_have_no_bands(sigma: float, opacity: float) -> None:
    """Means of 8×8 within 0.25 level of float64, no run of equal values longer than 12 where it is steep."""
    shadow = Shadow((11.0, 9.0), sigma, opacity)
    cel = Cel(Card((120.0, 90.0), Colour(20, 30, 40)), Affine.shift(90, 70), shadow=shadow)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comp, "medium_for", lambda *of: Fine())
        out = Glass().comp([cel], LARGE, SHADED)
    lit, seen = 1 - fallen(90, 70, 120, 90, shadow), np.ones((LARGE[1], LARGE[0]), bool)
    seen[69:161, 89:211] = False
    assert off_by(out, lit, seen) <= 0.25
    assert longest(out, lit, seen) <= 12


def test_only_shadows_are_dithered() -> None:
    """What covers a shadow is rounded as if there were none, a pane's too."""
    shaded = Cel(SOLID, TURNED, shadow=Shadow((3.0, 3.0), 6.0, 0.5))
    lid = Cel(Card(SIDES, Colour(101, 77, 33)))
    veil = Cel(Card(SIDES, PAPER), opacity=0.3, blend="multiply")
    assert np.array_equal(drawn(shaded, lid, veil), drawn(lid, veil))
    assert np.array_equal(drawn(Cel(Pane((shaded,))), lid, veil), drawn(lid, veil))
    assert np.array_equal(drawn(Cel(Pane((Cel(Card(SIDES, PAPER)), shaded))), veil), drawn(shaded, veil))


def test_an_unknown_blend_is_named() -> None:
    """With the layer, and the one that was meant."""
    with pytest.raises(CollageError, match=r'layer "hat": there is no blend "multply".+multiply'):
        drawn(Cel(BACK), Cel(SOLID, TURNED, layer="hat", blend="multply"))


def test_fine_levels_count() -> None:
    """What a plate holds in 16 bits is a part of its weight, and made once."""
    plate = plates.trimmed(pictures()[BACK.path])
    before, level = plate.weight, plate.fine(1, 0, True)
    assert plate.weight == before + level.nbytes
    assert plate.fine(1, 0, True) is level


def test_solid_stays_solid() -> None:
    """However it is warped and shrunk: what hides in 8 bits hides here."""
    plate = plates.trimmed(np.full((37, 53, 4), 255, np.uint8))
    for across in range(4):
        for down in range(4):
            assert (plate.fine(across, down, False)[: 37 >> down, : 53 >> across] == 65535).all()
    whole = Cel(
        Pane((Cel(BACK, Affine.shift(48, 36) @ Affine.turning(9) @ Affine.scaling(3, 3) @ Affine.shift(-48, -36)),))
    )
    assert (finely(whole, paper=None)[..., 3] == 255).all()
