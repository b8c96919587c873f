"""Small scenes of one disc, and where it lies in them."""

from __future__ import annotations

import math

import goldens

import collage
from collage.exposure.cel import Cel
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 96\n"
BEATS = HEAD + "[sound]\ntempo = 120\nfirst_beat = 6\n[cues]\ngo = 10\n"
DISC = '[[layer]]\nasset = "disc"\nat = [0, 0]\n'


def stand(body: str, head: str = HEAD) -> collage.Stand:
    return collage.open(parse(head + body), root=goldens.FOLDER)


def cel(body: str, frame: int = 0, head: str = HEAD, name: str = "disc") -> Cel:
    (found,) = [cel for cel in stand(body, head).cels(frame) if cel.layer == name]
    return found


def spot(body: str, frame: int = 0, head: str = HEAD) -> tuple[float, float]:
    """Where the disc's pivot lies, to a millionth."""
    x, y = cel(body, frame, head).matrix.at((24, 24))
    return round(x, 6), round(y, 6)


def turn_of(one: Cel) -> float:
    return math.degrees(math.atan2(one.matrix.b, one.matrix.a))
