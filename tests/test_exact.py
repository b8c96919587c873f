"""The exact medium: what the others draw, in floats that nothing rounds, beside a model in float64."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import test_linear as model
from test_fine import PIECES, TURNED
from test_glass_caches import BACK, SIZE, SOLID, film, pictures
from test_shadows import fallen

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Finish, Matte, Pane, Shadow
from collage.geometry import Affine
from collage.glass import plates
from collage.glass.blends import FORMULAS
from collage.glass.comp import Glass
from collage.glass.exact import Exact, sampled
from collage.glass.look import CORNER, MIDDLE
from collage.glass.medium import medium_for
from collage.registry.catalogue import Drawing

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
PAPER, BLACK = Colour(214, 200, 168), Colour(0, 0, 0)
SIDES = (float(SIZE[0]), float(SIZE[1]))
LEVEL = 65535
"""What 1 is in 16 bits."""


@pytest.fixture(autouse=True)
def drawings() -> Iterator[None]:
    """A drawing that is solid but for its rim, one with holes, one that fills the canvas, and slow waves of colour."""
    made = pictures() | {model.WAVES.path: model.waves()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: made[content.path])
        yield


def drawn(*cels: Cel, paper: Colour | None = PAPER) -> Floats:
    return Glass().comp_fine(cels, SIZE, paper)


def pane(*cels: Cel, paper: Colour | None = PAPER, linear: bool = False, film: Finish | None = None) -> Cel:
    """As a scene in linear light, or on a film, is handed over."""
    below = (Cel(Card(SIDES, paper)),) if paper else ()
    return Cel(Pane((*below, *cels), SIDES, finish=film, linear=linear))


def levels_off(out: Floats, expected: Doubles) -> float:
    return float(np.abs(out.astype(np.float64) - expected).max()) * LEVEL


# ---- beside float64


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("paper", [PAPER, None])
@pytest.mark.parametrize("linear", [False, True])
def test_pieces_are_what_float64_makes_of_them(seed: int, paper: Colour | None, linear: bool) -> None:
    """Cards and turned pictures, dyed and faded, whatever lies on whatever: within half a level of 16 bits in sRGB, and
    within one in linear light, where the darkest levels lie closer together than floats tell places of pixels."""
    cels = model.scene(seed)
    with pytest.MonkeyPatch.context() as patch:
        if not linear:
            patch.setattr(model, "lit", lambda level: level)
            patch.setattr(model, "shown", lambda picture: picture * 255)
        expected = model.modelled(cels, paper) / 255
    assert levels_off(drawn(pane(*cels, paper=paper, linear=linear), paper=None), expected) <= (1 if linear else 0.5)


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("linear", [False, True])
def test_blends_are_their_formulas(name: str, linear: bool) -> None:
    """Colours of every alpha on one another, on whole pixels: within a tenth of a level."""
    chance = np.random.default_rng(5)
    made = [chance.integers(0, 256, (10, 16, 4), np.uint8) for _ in range(2)]
    for pixels in made:
        pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    below, above = (Drawing(n, n, Path(n), (16, 10)) for n in ("below", "above"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: made[content.asset == "above"])
        cels = Cel(below), Cel(above, blend=name)
        size = (16.0, 10.0)
        out = Glass().comp_fine([Cel(Pane(cels, size, linear=linear))], (16, 10), None)
    parts = [turned(pixels / 255, model.lit if linear else None) for pixels in made]
    expected = np.array([
        [FORMULAS[name](tuple(b), tuple(s)) for b, s in zip(*rows, strict=True)] for rows in zip(*parts, strict=True)
    ])  # fmt: skip
    assert levels_off(out, model.shown(expected) / 255 if linear else expected) <= 0.1


def turned(premultiplied: Doubles, curve: object) -> Doubles:
    """The colours as light, if there is a curve."""
    if not callable(curve):
        return premultiplied
    alpha = premultiplied[..., 3:]
    straight = premultiplied[..., :3] / np.maximum(alpha, 1e-12)
    return np.concatenate([curve(straight) * alpha, alpha], axis=-1)


@pytest.mark.parametrize("scale", [0.55, 1.1])
def test_a_warp_knows_its_place_far_from_the_corner(scale: float) -> None:
    """On white noise, the hardest there is, 1,500 pixels wide: within one level of float64 (OpenCV alone: ten)."""
    pixels = np.random.default_rng(2).random((40, 1500, 4)).astype(np.float32)
    matrix = Affine.shift(700.37, 200.1) @ Affine.turning(13) @ Affine.scaling(scale, scale) @ Affine.shift(-750, -20)
    out = np.empty((500, 1400, 4), np.float32)
    sampled(pixels, matrix, out)
    y, x = np.mgrid[0:500, 0:1400] + 0.5
    back, of = matrix.inverse(), np.pad(pixels.astype(np.float64), ((2, 2), (2, 2), (0, 0)))
    u, v = back.a * x + back.c * y + back.e + 1.5, back.b * x + back.d * y + back.f + 1.5
    u, v = np.clip(u, 0, 1502.999), np.clip(v, 0, 42.999)
    i, j = u.astype(int), v.astype(int)
    right, below = (u - i)[..., None], (v - j)[..., None]
    upper = of[j, i] * (1 - right) + of[j, i + 1] * right
    lower = of[j + 1, i] * (1 - right) + of[j + 1, i + 1] * right
    assert levels_off(out, upper * (1 - below) + lower * below) <= 1


@pytest.mark.parametrize("sigma", [3.0, 9.0, 20.0])
def test_a_shadow_is_a_smooth_gaussian(sigma: float) -> None:
    """As near to float64 as ever, which is less than a level of 8 bits under black, but without dither: it never rises
    on its way out."""
    shadow = Shadow((11.0, 9.0), sigma, 1.0)
    cel = Cel(Card((120.0, 90.0), BLACK), Affine.shift(90, 70), shadow=shadow)
    light = Glass().comp_fine([cel], (320, 240), WHITE)[..., 0]
    seen = np.ones(light.shape, bool)
    seen[69:161, 89:211] = False
    assert np.abs(light - (1 - fallen(90, 70, 120, 90, shadow)))[seen].max() * 255 <= 0.9
    assert (np.diff(light[120, 212:]) > -1e-6).all()


# ---- never through 8 bits


def fine_steps(picture: Floats) -> bool:
    """Whether there are far more levels of red than bytes have."""
    return len(np.unique(np.rint(picture[..., 0] * LEVEL))) > 1000


def test_nothing_passes_through_bytes() -> None:
    """A slow ramp keeps its thousands of levels through each kind of pane, matte, light and film."""
    soft = Cel(Card((48.0, 72.0), WHITE), blur=18.0)
    inside = {
        "plain": soft,
        "a pane": Cel(Pane((soft,))),
        "a clipped pane": Cel(Pane((soft,), (90.0, 70.0)), TURNED),
        "a pane of its own": Cel(Pane((soft,), SIDES, finish=Finish(warmth=0.3)), TURNED),
        "a pane in linear light": Cel(Pane((soft,), linear=True)),
        "a linear pane on film": Cel(Pane((soft,), SIDES, finish=Finish(vignette=0.5), linear=True)),
        "a matte": Cel(Card(SIDES, WHITE), matte=Matte((soft,))),
        "a matte's luminance": Cel(Card(SIDES, WHITE), matte=Matte((soft,), luminance=True)),
        "a blend": soft._replace(blend="screen"),
        "a dye": soft._replace(tint=Colour(255, 120, 30), opacity=0.7),
    }
    for name, cel in inside.items():
        assert fine_steps(drawn(cel, paper=BLACK)), name
        assert fine_steps(drawn(pane(cel, paper=BLACK, linear=True))), name
        assert fine_steps(drawn(pane(cel, paper=BLACK, film=Finish(flicker=1.0, exposure=3)))), name


def test_all_within_is_exact() -> None:
    """Whatever lies on what is drawn exactly, in linear light or not."""
    screen, plain = Cel(BACK, blend="screen"), Cel(BACK)
    assert medium_for([plain], False, Exact()) == medium_for([screen], False, Exact()) == Exact()
    assert medium_for([plain], True, Exact()) == medium_for([screen], False, Exact(linear=True)) == Exact(linear=True)


# ---- the same picture as ever


ROUGH = {"bokeh": 4, "a pane": 3}
"""Where the quick medium rounds more than twice."""


@pytest.mark.parametrize("what", PIECES)
@pytest.mark.parametrize("paper", [PAPER, None])
def test_each_kind_of_piece_is_what_a_player_shows(what: str, paper: Colour | None) -> None:
    """To two levels of 8 bits, over paper and over nothing, and colour never above alpha."""
    out = drawn(PIECES[what], paper=paper)
    assert np.abs(out * 255 - Glass().comp([PIECES[what]], SIZE, paper)).max() <= ROUGH.get(what, 2)
    assert (out[..., :3] <= out[..., 3:]).all()


def test_a_wide_faded_piece_shows_its_own_shadow() -> None:
    """Through itself, in bytes as in floats, however many of its pixels in a row are solid."""
    card = Card((300.0, 200.0), Colour(184, 64, 46))
    cel = Cel(card, Affine.shift(8.3, 9), 0.5, shadow=Shadow((4.0, 5.0), 3.0, 0.6))
    out = Glass().comp_fine([cel], (320, 240), PAPER)
    assert np.abs(out * 255 - Glass().comp([cel], (320, 240), PAPER)).max() <= 1.5
    below = np.array(PAPER[:3]) * (1 - 0.6 * 0.5)
    assert np.abs(out[120, 160, :3] * 255 - (np.array(card.colour[:3]) + below) / 2).max() <= 0.01


@pytest.mark.parametrize("amount", ["grain", "flicker", "weave", "vignette", "warmth", "reflection", "dust"])
def test_film_is_the_same_film(amount: str) -> None:
    """Whatever it does to bytes it does to floats: the bytes are these, dithered, so a level away at most, and no
    brighter on the whole; where specks lie, each is rounded by itself."""
    shot = Finish(**{amount: 1.0}, seed=7, exposure=12)
    shown = Glass().comp([pane(Cel(BACK), film=shot)], SIZE, None)
    apart = drawn(pane(Cel(BACK), film=shot), paper=None) * 255 - shown
    assert np.abs(apart).max() <= (1.5 if amount == "dust" else 1.01)
    assert abs(apart.mean()) <= 0.02


def test_film_in_floats_has_every_step() -> None:
    """The lamp's fall-off, in float64: within half a level of 16 bits."""
    flat = Cel(Card(SIDES, Colour(200, 200, 200)))
    out = drawn(pane(flat, film=Finish(vignette=0.6)), paper=None)
    (width, height), y, x = SIZE, *(np.mgrid[0 : SIZE[1], 0 : SIZE[0]] + 0.5)
    square = ((x - MIDDLE[0] * width) ** 2 + (y - MIDDLE[1] * height) ** 2) / (
        (width * (1 - MIDDLE[0])) ** 2 + (height * (1 - MIDDLE[1])) ** 2
    )
    for channel, part in enumerate(CORNER):
        expected = 200 / 255 * (1 - 0.6 * part * square * (1.25 - 0.25 * square))
        assert levels_off(out[..., channel], expected) <= 0.5


def test_a_scale_is_that_of_a_player() -> None:
    """The same size, rounded half up."""
    for scale in (0.5, 0.33, 1.7):
        cels = [Cel(SOLID, TURNED)]
        assert Glass().comp_fine(cels, SIZE, PAPER, scale).shape == Glass().comp(cels, SIZE, PAPER, scale).shape


@pytest.mark.parametrize("seed", range(12))
def test_no_cache_and_no_thread_changes_a_byte(seed: int) -> None:
    """Random scenes of everything, frame by frame, also where a player asks for others meanwhile."""
    frames = [[pane(*cels, linear=seed % 2 == 1, film=Finish(weave=0.4, grain=0.3))] for cels in film(seed)]
    plain, quick, both = Glass(caches=False), Glass(), Glass(2)
    for number, cels in enumerate(frames):
        expected = plain.comp_fine(cels, SIZE, PAPER)
        shown = quick.comp(cels, SIZE, PAPER)
        assert np.array_equal(quick.comp_fine(cels, SIZE, PAPER), expected), number
        assert np.array_equal(both.comp_fine(cels, SIZE, PAPER), expected), number
        assert np.array_equal(plain.comp(cels, SIZE, PAPER), shown), number
    both.close()
