"""Numbers that no scene should have: clamped or passed over, without a warning, a crash or a byte of difference."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from collage.colours import Colour
from collage.exposure.cel import Card, Cel, Finish, Matte, Pane, Shadow
from collage.geometry import Affine
from collage.glass import plates
from collage.glass.comp import Glass
from collage.registry.catalogue import Drawing

SIZE = (64, 48)
DRAWING = Drawing("dot", "dot", Path("dot.png"), (20, 16))
NUMBERS = (0, -1, 1e-300, 1e-9, 1e9, 1e12, 1e300, -1e300, math.inf, -math.inf, math.nan, 0.5, 1.0, 3.0, 255.5)


@pytest.fixture(autouse=True)
def dot() -> Iterator[None]:
    """Every drawing is a plain rectangle."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plates, "_pixels", lambda content: np.full((16, 20, 4), 255, np.uint8))
        yield


def number(chance: random.Random) -> float:
    return chance.choice(NUMBERS) if chance.random() < 0.7 else chance.uniform(-500, 500)


def matrix(chance: random.Random) -> Affine:
    if chance.random() < 0.5:
        return Affine(*(number(chance) if chance.random() < 0.3 else part for part in (1.0, 0.0, 0.0, 1.0, 9.0, 9.0)))
    scale = chance.choice((1e9, 1e-9, 1e4, 1e-4, 1))
    place = Affine.shift(chance.uniform(-40, 90), chance.uniform(-40, 70)) @ Affine.turning(chance.uniform(0, 360))
    return place @ Affine.scaling(scale, scale * chance.choice((1, 1e-3, 1e3)))


def cel(chance: random.Random, depth: int = 0) -> Cel:
    content: Drawing | Card | Pane = chance.choice((DRAWING, Card((number(chance), number(chance)), Colour(9, 9, 9))))
    if chance.random() < 0.3 and depth < 3:
        inner = tuple(cel(chance, depth + 1) for _ in range(chance.randint(0, 3)))
        size = chance.choice((None, (30.0, 20.0), (number(chance), number(chance))))
        content = Pane(inner, size, chance.random() < 0.4, chance.choice((None, Finish())))
    some = Cel(content, matrix(chance), chance.choice((1.0, number(chance))), blur=chance.choice((0.0, number(chance))))
    some = some._replace(bokeh=chance.random() < 0.3)
    if chance.random() < 0.4:
        some = some._replace(shadow=Shadow((number(chance), number(chance)), number(chance), number(chance)))
    if chance.random() < 0.3:
        some = some._replace(sweep=matrix(chance))
    if chance.random() < 0.2 and depth < 3:
        some = some._replace(
            matte=Matte(tuple(cel(chance, depth + 1) for _ in range(2)), luminance=chance.random() < 0.5)
        )
    return some


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("seed", range(150))
def test_absurd_numbers_are_drawn_or_passed_over(seed: int) -> None:
    """Scales, sizes, softness and motion of any kind, nested: a picture, the same with and without what is kept."""
    chance = random.Random(seed)
    cels = [cel(chance) for _ in range(chance.randint(1, 5))]
    out = Glass().comp(cels, SIZE, Colour(214, 200, 168))
    assert np.array_equal(out, Glass(caches=False).comp(cels, SIZE, Colour(214, 200, 168)))
