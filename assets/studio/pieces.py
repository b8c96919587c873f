"""The table of pieces: which prop is photographed for which picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import ape
import bones
import joints
import llama
import moon
import nose
import numpy as np
import paper
import rocket
import scalpel
import scraps
import sky
import teeth
import water


@dataclass(frozen=True)
class Piece:
    """One picture; the quality is WebP's."""

    name: str
    photograph: Callable[[], np.ndarray]
    quality: int = 95


PIECES: list[Piece] = [
    Piece("animals/ape", ape.climber),
    Piece("animals/llama", llama.portrait),
    Piece("bones/bone", partial(bones.shoot, "bone")),
    Piece("bones/hand", partial(joints.shoot, "hand")),
    Piece("bones/pelvis", partial(joints.shoot, "pelvis")),
    Piece("bones/ribs", partial(bones.shoot, "ribs")),
    Piece("bones/skull", partial(bones.shoot, "skull")),
    Piece("letters/boom", scraps.boom),
    Piece("paper/newsprint", paper.newsprint, 80),
    *(Piece(f"paper/scrap-{n}", partial(scraps.scrap, n)) for n in (1, 2, 3)),
    Piece("paper/star", scraps.star),
    Piece("props/moon", moon.sleeper),
    Piece("props/nose", nose.likeness),
    Piece("props/scalpel", scalpel.instrument),
    *(Piece(f"rocket/turn-{n:04d}", partial(rocket.still, n)) for n in range(1, 25)),
    *(Piece(f"skies/{mood}", partial(sky.sky, mood), 88) for mood in sky.MOODS),
    *(Piece(f"teeth/{name}", partial(teeth.bite, name)) for name in teeth.OPEN),
    Piece("water/splash", water.the_splash),
]
