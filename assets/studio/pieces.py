"""The table of pieces: which prop is photographed for which picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import anatomy
import ape
import bath
import bones
import cabaret
import carousel
import coaster
import colossus
import colossus_suit
import crawler
import duck
import eyes
import frontpage
import ground
import heavens
import hinges
import joints
import lagoon
import lido
import llama
import moon
import nose
import numpy as np
import paper
import pastepot
import peacock
import plaster
import rocket
import saucer
import scalpel
import scraps
import sky
import sneeze
import stall
import surgery
import tea
import teeth
import tents
import tickets
import tiles
import tissue
import tub
import verdicts
import water
import weather
import wheel
import woodtype


@dataclass(frozen=True)
class Piece:
    """One picture; the quality is WebP's."""

    name: str
    photograph: Callable[[], np.ndarray]
    quality: int = 95


PIECES: list[Piece] = [
    Piece("animals/ape", ape.climber),
    Piece("animals/llama", llama.portrait),
    *(Piece(f"bath/{name}", partial(bath.shoot, name)) for name in bath.KIND),
    Piece("bones/bone", partial(bones.shoot, "bone")),
    *(Piece(f"bones/{name}", partial(hinges.shoot, name)) for name in hinges.VIEWS),
    Piece("bones/hand", partial(joints.shoot, "hand")),
    Piece("bones/pelvis", partial(joints.shoot, "pelvis")),
    Piece("bones/ribs", partial(bones.shoot, "ribs")),
    Piece("bones/skull", partial(bones.shoot, "skull")),
    *(Piece(f"carousel/turn-{n:04d}", partial(carousel.still, n), 90) for n in range(1, 25)),
    *(Piece(f"coaster/{name}", partial(coaster.shoot, name), 92) for name in coaster.NAMES),
    *(Piece(f"crawler/step-{n}", partial(crawler.climber, n)) for n in range(1, crawler.STEPS + 1)),
    *(Piece(f"duck/{name}", partial(duck.portrait, name)) for name in duck.BEAK),
    *(Piece(f"eyes/{name}", partial(eyes.look, name)) for name in eyes.LOOKS),
    *(Piece(f"flame/fire-{n}", partial(tissue.flame, n)) for n in range(1, 5)),
    Piece("fair/booth", partial(tents.shoot, "booth")),
    Piece("fair/glow", wheel.glow),
    *(Piece(f"fair/gondola-{dye}", partial(wheel.shoot, "gondola", dye)) for dye in wheel.CARS),
    Piece("fair/ground", ground.ground, 85),
    *(Piece(f"fair/{ride}", partial(wheel.shoot, ride)) for ride in ("lamps", "pond", "rim", "rope", "stand")),
    *(Piece(f"fair/tent-{dye}", partial(tents.shoot, "tent", dye)) for dye in tents.COLOURS),
    Piece("fair/tower", partial(tents.shoot, "tower")),
    *(Piece(f"giant/{part}", partial(colossus.shoot, part)) for part in ("hat", "head", "jaw")),
    *(Piece(f"giant/eyes-{gaze}", partial(colossus.shoot, "eyes", gaze)) for gaze in colossus.GAZES),
    *(Piece(f"giant/hand-{grip}", partial(colossus.shoot, "hand", grip)) for grip in colossus.GRIPS),
    *(Piece(f"giant/{part}", partial(colossus_suit.shoot, part)) for part in colossus_suit.PARTS),
    *(Piece(f"hands/{name}", partial(plaster.gesture, name)) for name in plaster.POSES),
    Piece("letters/boom", scraps.boom),
    *(Piece(f"letters/{name}", card, 93) for name, card in woodtype.CARDS.items()),
    Piece("letters/skies", verdicts.skies),
    Piece("letters/sneeze", sneeze.shout),
    Piece("paper/banner", woodtype.banner, 86),
    Piece("paper/chart", anatomy.chart, 88),
    Piece("paper/gingham", tissue.gingham, 86),
    Piece("paper/glue", woodtype.streak, 90),
    Piece("paper/hills", tissue.hills, 88),
    Piece("paper/lino", tiles.lino, 86),
    Piece("paper/newsprint", paper.newsprint, 80),
    Piece("paper/ripple", tissue.ripple),
    *(Piece(f"paper/scrap-{n}", partial(scraps.scrap, n)) for n in (1, 2, 3)),
    Piece("paper/stain", tissue.stain),
    Piece("paper/star", scraps.star),
    Piece("paper/tiles", tiles.wall, 86),
    Piece("paper/wrapping", anatomy.wrapping, 80),
    *(Piece(f"peacock/{name}", partial(peacock.shoot, name), 93) for name in peacock.SHOTS),
    *(Piece(f"paste/{name}", shot, 93) for name, shot in pastepot.SHOTS.items()),
    *(Piece(f"pool/{name}", partial(lido.shoot, name), 93) for name in lido.VIEWS),
    *(Piece(name, sheet, quality) for name, (sheet, quality) in lagoon.SHEETS.items()),
    *(Piece(f"press/{name}", printed, 90) for name, printed in frontpage.SHEETS.items()),
    Piece("props/comet", partial(heavens.shoot, heavens.COMET)),
    Piece("props/egg-cup", eyes.egg_cup),
    Piece("props/eyeball", eyes.loose),
    Piece("props/mobile", partial(heavens.shoot, heavens.WIRE)),
    Piece("props/moon", moon.sleeper),
    Piece("props/nose", nose.likeness),
    Piece("props/planet", partial(heavens.shoot, heavens.PLANET)),
    Piece("props/scalpel", scalpel.instrument),
    *(Piece(f"props/sleeve-{name}", partial(plaster.half, name)) for name in plaster.SLEEVE),
    Piece("props/stand", partial(heavens.shoot, heavens.STAND)),
    Piece("props/tub", partial(tub.shoot, "whole")),
    Piece("props/tub-front", partial(tub.shoot, "front")),
    *(Piece(f"props/{name}", partial(surgery.shoot, name)) for name in surgery.KIND),
    *(Piece(f"rocket/turn-{n:04d}", partial(rocket.still, n)) for n in range(1, 25)),
    *(Piece(f"saucer/turn-{n:04d}", partial(saucer.still, n)) for n in range(1, 25)),
    *(Piece(f"skies/{mood}", partial(sky.sky, mood), 88) for mood in sky.MOODS),
    *(Piece(f"skies/{name}", plate, 82) for name, plate in weather.PLATES.items()),
    *(Piece(f"stage/{name}", partial(cabaret.shoot, name), 93) for name in cabaret.VIEWS),
    *(Piece(f"stall/{name}", partial(stall.shoot, name), 93) for name in stall.SHOTS),
    *(Piece(f"stall/{name}", printed, 90) for name, printed in tickets.PAPERS.items()),
    *(Piece(f"steam/wisp-{n}", partial(tissue.steam, n)) for n in (1, 2)),
    Piece("tea/bowl", partial(tea.shoot, tea.BOWL)),
    Piece("tea/cup", partial(tea.shoot, tea.CUP)),
    Piece("tea/dish", partial(tea.shoot, tea.DISH)),
    Piece("tea/kettle", partial(tea.shoot, tea.KETTLE)),
    Piece("tea/lump", partial(tea.shoot, tea.LUMP, samples=3)),
    Piece("tea/rim", tea.rim),
    Piece("tea/spoon", partial(tea.shoot, tea.SPOON, samples=3)),
    *(Piece(f"teeth/{name}", partial(teeth.bite, name)) for name in teeth.OPEN),
    *(Piece(f"verdicts/label-{name}", label, 90) for name, label in verdicts.LABELS.items()),
    *(Piece(f"verdicts/{name}", stamped, 92) for name, stamped in verdicts.VERDICTS.items()),
    Piece("water/splash", water.the_splash),
]
