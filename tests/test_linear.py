"""Linear light: what is half covered lets half the light through, as a float64 model of the same says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Finish, Pane, Shadow
from collage.geometry import Affine
from collage.glass import decode, light, plates
from collage.glass.comp import Glass
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
Exact = npt.NDArray[np.float64]
SIZE = (96, 72)
PAPER = Colour(214, 200, 168)
WAVES = Drawing("waves", "waves", Path("waves.png"), (40, 30))


def waves() -> Pixels:
    """Slow waves of colour that fade out at one side; premultiplied."""
    y, x = np.mgrid[0:30, 0:40]
    parts = [127.5 + 127.5 * np.sin(x * 0.21 * n + y * 0.13 + n) for n in range(1, 4)]
    pixels = np.stack([*parts, np.clip(x * 12, 0, 255)], axis=-1).round().astype(np.uint8)
    decode.premultiply(pixels)
    return pixels


@pytest.fixture(autouse=True)
def drawing() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: waves())
        yield


def drawn(
    cels: Sequence[Cel], *, linear: bool = True, paper: Colour | None = PAPER, glass: Glass | None = None
) -> Pixels:
    """On paper that is a card among the cels, as a scene in linear light is handed over."""
    sides = float(SIZE[0]), float(SIZE[1])
    below = (Cel(Card(sides, paper)),) if paper else ()
    pane = Pane((*below, *cels), sides, linear=linear)
    return (glass or Glass()).comp([Cel(pane)], SIZE, None)


def lit(level: Exact) -> Exact:
    """IEC 61966-2-1."""
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


def shown(premultiplied: Exact) -> Exact:
    """Premultiplied light as premultiplied sRGB, 0 to 255."""
    alpha = premultiplied[..., 3:]
    straight = np.clip(premultiplied[..., :3] / np.maximum(alpha, 1e-12), 0, 1)
    level = np.where(straight <= 0.0031308, straight * 12.92, 1.055 * straight ** (1 / 2.4) - 0.055)
    return np.concatenate([level * alpha, alpha], axis=-1) * 255


def sampled(matrix: Affine) -> Exact:
    """The drawing's light, bilinear, at scale 1 and more."""
    pixels = waves() / 255
    straight = pixels[..., :3] / np.maximum(pixels[..., 3:], 1e-12)
    of = np.pad(np.concatenate([lit(straight) * pixels[..., 3:], pixels[..., 3:]], axis=-1), ((2, 2), (2, 2), (0, 0)))
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]] + 0.5
    back = matrix.inverse()
    u, v = back.a * x + back.c * y + back.e + 1.5, back.b * x + back.d * y + back.f + 1.5
    u, v = np.clip(u, 0, of.shape[1] - 1.001), np.clip(v, 0, of.shape[0] - 1.001)
    i, j = u.astype(int), v.astype(int)
    right, below = (u - i)[..., None], (v - j)[..., None]
    upper = of[j, i] * (1 - right) + of[j, i + 1] * right
    lower = of[j + 1, i] * (1 - right) + of[j + 1, i + 1] * right
    return np.asarray(upper * (1 - below) + lower * below)


def covered(card: Card, matrix: Affine) -> Exact:
    """A card's light: each pixel covered as far as its centre lies inside its edges."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]] + 0.5
    back, share = matrix.inverse(), np.ones((SIZE[1], SIZE[0]))
    for p, q, r, side in ((back.a, back.c, back.e, card.size[0]), (back.b, back.d, back.f, card.size[1])):
        at, steep = p * x + q * y + r, np.hypot(p, q)
        share *= np.clip(at / steep + 0.5, 0, 1) - np.clip((at - side) / steep + 0.5, 0, 1)
    return share[..., None] * solid(card.colour)


def solid(colour: Colour) -> Exact:
    straight = lit(np.array(colour[:3]) / 255)
    return np.array([*straight * colour.alpha / 255, colour.alpha / 255])


def modelled(cels: Sequence[Cel], paper: Colour | None) -> Exact:
    """Laid over one another in float64."""
    ground = np.broadcast_to(solid(paper) if paper else np.zeros(4), (SIZE[1], SIZE[0], 4)).copy()
    for cel in cels:
        piece = covered(cel.content, cel.matrix) if isinstance(cel.content, Card) else sampled(cel.matrix)
        piece = piece * cel.opacity * np.array([*lit(np.array(cel.tint[:3]) / 255), 1])
        if cel.shadow and cel.opacity:
            keep = 1 - soft(piece[..., 3], cel.shadow)
            ground[..., :3] *= keep[..., None]
            ground[..., 3] = 1 - (1 - ground[..., 3]) * keep
        ground = piece + (1 - piece[..., 3:]) * ground
    return shown(ground)


def soft(alpha: Exact, shadow: Shadow) -> Exact:
    """A shadow moved by whole pixels and blurred by a Gaussian, in float64; nothing is known of beyond the canvas."""
    (dx, dy), sigma = shadow.offset, shadow.sigma
    reach = 30
    moved = np.pad(alpha, reach)
    at = np.arange(-reach, reach + 1)
    weights = np.exp(-(at**2) / (2 * sigma**2))
    weights /= weights.sum()
    for axis in (0, 1):
        moved = np.apply_along_axis(np.convolve, axis, moved, weights, "same")
    moved = np.roll(moved, (int(dy), int(dx)), (0, 1))
    return moved[reach:-reach, reach:-reach] * shadow.opacity


def scene(seed: int, shadows: bool = False) -> list[Cel]:
    """Cards and pictures at scale 1 and more, faded and tinted."""
    chance = random.Random(seed)
    found = []
    for _ in range(chance.randint(1, 7)):
        scale = chance.uniform(1, 2.5)
        turned = Affine.turning(chance.uniform(0, 360)) @ Affine.scaling(scale, scale * chance.uniform(1, 1.2))
        place = Affine.shift(chance.uniform(10, 86), chance.uniform(10, 62)) @ turned @ Affine.shift(-20, -15)
        colour = Colour(*(chance.randrange(256) for _ in range(3)), chance.choice((255, 120)))
        content = chance.choice((WAVES, Card((chance.uniform(8, 60), chance.uniform(8, 60)), colour)))
        tint = chance.choice((WHITE, Colour(255, 120, 30)))
        cel = Cel(content, place, chance.choice((1.0, chance.uniform(0.1, 1))), tint)
        if shadows:
            offset = float(chance.randint(-4, 8)), float(chance.randint(-4, 8))
            cel = cel._replace(shadow=Shadow(offset, chance.uniform(1, 2.4), chance.uniform(0.1, 0.6)))
        found.append(cel)
    return found


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("paper", [PAPER, None])
def test_linear_light_agrees_with_float64(seed: int, paper: Colour | None) -> None:
    """To 1 level, over paper and over nothing: cards and pictures, dyed and faded, whatever lies on whatever."""
    cels = scene(seed)
    assert np.abs(drawn(cels, paper=paper) - modelled(cels, paper)).max() <= 1


@pytest.mark.parametrize("seed", range(40))
def test_shadows_take_light(seed: int) -> None:
    """The same with a shadow under each, dithered, but at the rim, which knows of pieces beyond: to 1 level again."""
    cels, inner = scene(seed, shadows=True), np.s_[16:-16, 16:-16]
    assert np.abs(drawn(cels)[inner] - np.round(modelled(cels, PAPER))[inner]).max() <= 1


def test_half_of_white_on_black_is_half_the_light() -> None:
    """188, not 128: what a lens would mix out of them."""
    cels = [Cel(Card((96, 72), WHITE), opacity=0.5)]
    assert drawn(cels, paper=Colour(0, 0, 0))[9, 9].tolist() == [188, 188, 188, 255]
    assert drawn(cels, paper=Colour(0, 0, 0), linear=False)[9, 9].tolist() == [128, 128, 128, 255]


def test_red_and_green_meet_without_mud() -> None:
    """The edge between them holds half the light of each."""
    cels = [Cel(Card((40.5, 72), Colour(255, 0, 0)))]
    assert drawn(cels, paper=Colour(0, 255, 0))[9, 40].tolist() == [188, 188, 0, 255]


def test_every_plain_colour_comes_back() -> None:
    """A picture alone goes to light and back without a change, at every level and alpha."""
    pixels = np.zeros((256, 256, 4), np.uint8)
    pixels[..., 0], pixels[..., 3] = np.minimum(*np.mgrid[0:256, 0:256]), np.arange(256)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: pixels)
        pane = Pane((Cel(Drawing("a", "a", Path("a.png"), (256, 256))),), (256.0, 256.0), linear=True)
        assert np.array_equal(Glass().comp([Cel(pane)], (256, 256), None), pixels)


def test_the_tables_are_the_formula() -> None:
    """Between their points too: within 1/1000 of a level, and one is the other's inverse."""
    at = np.linspace(0, 1, 100_001)
    for table, curve in ((light.levels(), light.level), (light.lights(), light.light)):
        read = np.interp(at, np.arange(table.size) / light.STEPS, table)
        assert np.abs(read - curve(at)).max() < 1 / 1000 / 255
    assert np.abs(light.level(light.light(at)) - at).max() < 1e-6


def test_a_pane_in_linear_light_on_a_canvas_that_is_not() -> None:
    """It is laid as the picture that it would be by itself."""
    cels = scene(3)
    pane = Pane((Cel(Card((96, 72), PAPER)), *cels), (96.0, 72.0), linear=True)
    beside = Cel(Card((10, 10), Colour(1, 2, 3)), Affine.shift(80, 60))
    out = Glass().comp([Cel(pane), beside], SIZE, Colour(0, 0, 0))
    assert np.array_equal(out[:60], drawn(cels)[:60])


def test_a_finish_is_of_what_is_seen() -> None:
    """A film's look changes linear scenes as others: warmth takes from blue alone, and black stays black."""
    warm, black = Finish(warmth=1.0), Colour(0, 0, 0)
    pane = Pane((Cel(Card((96, 72), Colour(128, 128, 128))),), (96.0, 72.0), finish=warm, linear=True)
    plain = Pane((Cel(Card((96, 72), Colour(128, 128, 128))),), (96.0, 72.0), finish=warm)
    assert np.array_equal(Glass().comp([Cel(pane)], SIZE, black), Glass().comp([Cel(plain)], SIZE, black))
