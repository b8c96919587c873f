"""The table of pieces: which prop, which press, which edge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from zlib import crc32

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
from knife import cut, torn
from printing import BLACK, PROCESS, Press, printed

COLOUR = Press()
SMALL = Press(cell=4.2, slip=0.8, flat=0.55)
BONE = Press(cell=4.8, deep=1.15, inks=((0.93, 0.76, 0.44), (0.62, 0.36, 0.24)), angles=(15.0, 75.0), flat=0.45)
WATER = Press(
    cell=4.4, deep=0.95, tint=1.2, inks=(PROCESS[0], (0.30, 0.42, 0.62)), angles=(15.0, 75.0), slip=0.7, flat=0.55
)
STEEL = Press(
    cell=4.0, deep=1.0, inks=((0.55, 0.60, 0.66), (0.85, 0.66, 0.42)), angles=(15.0, 75.0), slip=0.6, flat=0.58
)
POSTER = Press(cell=6.0, black=BLACK, slip=1.6, flat=0.40)
SKY = Press(cell=6.0, slip=1.3, flat=0.50, firm=0.4, tint=1.3, deep=2.2)


@dataclass(frozen=True)
class Piece:
    """One picture. The edge is a knife's, a tear, or none; its arguments are kept beside it."""

    name: str
    photograph: Callable[[], np.ndarray]
    press: Press | None = COLOUR
    edge: Callable[..., np.ndarray] | None = cut
    how: dict[str, float] = field(default_factory=dict)
    quality: int = 86

    def finish(self, picture: np.ndarray) -> np.ndarray:
        """Print and cut; the seed is the name, so a piece is the same whenever it is made."""
        seed = crc32(self.name.encode())
        if self.press:
            picture = printed(picture, self.press, seed)
        return self.edge(picture, seed, **self.how) if self.edge else picture


FINE = {"border": 5.0, "facet": 0.7, "fillet": 2.0, "hole": 140.0}
SHEET = {"depth": 10.0, "margin": 15.0, "grain": 36.0}
SCRAP = {"depth": 7.0, "margin": 7.0}

PIECES: list[Piece] = [
    Piece("animals/ape", ape.climber, SMALL, how={"border": 6.0, "hole": 300.0}),
    Piece("animals/llama", llama.portrait),
    Piece("bones/bone", partial(bones.shoot, "bone"), BONE),
    Piece("bones/hand", partial(joints.shoot, "hand"), BONE, how={"hole": 200.0}),
    Piece("bones/pelvis", partial(joints.shoot, "pelvis"), BONE),
    Piece("bones/ribs", partial(bones.shoot, "ribs"), BONE, how={"hole": 260.0}),
    Piece("bones/skull", partial(bones.shoot, "skull"), BONE),
    Piece("letters/boom", scraps.boom, POSTER),
    Piece("paper/newsprint", paper.newsprint, None, None, quality=80),
    Piece("paper/scrap-1", partial(scraps.scrap, 1), None, torn, SCRAP),
    Piece("paper/scrap-2", partial(scraps.scrap, 2), None, torn, SCRAP),
    Piece("paper/scrap-3", partial(scraps.scrap, 3), None, torn, SCRAP),
    Piece("paper/star", scraps.star, SMALL, cut, {"border": 4.0, "fillet": 1.0, "facet": 0.8}),
    Piece("props/moon", moon.sleeper),
    Piece("props/nose", nose.likeness),
    Piece("props/scalpel", scalpel.instrument, STEEL, how={"border": 6.0}),
    *(Piece(f"rocket/turn-{n:04d}", partial(rocket.still, n)) for n in range(1, 25)),
    *(Piece(f"skies/{mood}", partial(sky.sky, mood), SKY, torn, SHEET, 82) for mood in sky.MOODS),
    *(Piece(f"teeth/{name}", partial(teeth.bite, name)) for name in teeth.OPEN),
    Piece("water/splash", water.the_splash, WATER, cut, FINE),
]
