"""Arms of two arrows and a disc for a hand, and where they come to lie."""

from __future__ import annotations

import math

import goldens
from hypothesis import strategies as st

import collage
from collage.exposure.cel import Cel
from collage.geometry import Point
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [800, 600]\nlength = 96\non = 1\n"
BONE = 53
"""From an arrow's pivot to its tip."""


def cels(body: str, frame: int = 0, head: str = HEAD) -> dict[str, Cel]:
    return {cel.layer: cel for cel in collage.open(parse(head + body), root=goldens.FOLDER).cels(frame)}


def spot(cel: Cel, x: float = 24, y: float = 24) -> Point:
    return cel.matrix.at((x, y))


def arm(to: str, upper: str = "", lower: str = "", more: str = "") -> str:
    """An upper arm on the peg "root", a lower arm on its tip, a disc for a hand."""
    reach = f'move = [{{ do = "reach", to = {to}{more} }}]\n'
    return (
        f'[[layer]]\nname = "upper"\nasset = "arrow"\nparent = "root"\n{upper}'
        f'[[layer]]\nname = "lower"\nasset = "arrow"\nparent = "upper.tip"\npivot = [4, 20]\n{lower}'
        f'[[layer]]\nname = "hand"\nasset = "disc"\nparent = "lower.tip"\n{reach}'
    )


def root(x: float = 400, y: float = 300, more: str = "") -> str:
    return f'[[peg]]\nname = "root"\nat = [{x!r}, {y!r}]\n{more}'


def joints(got: dict[str, Cel]) -> tuple[Point, Point, Point]:
    """Shoulder, elbow and tip on the glass."""
    return spot(got["upper"], 4, 20), spot(got["upper"], 57, 20), spot(got["hand"])


def bent(got: dict[str, Cel]) -> float:
    """More than 0 where the lower bone is folded clockwise."""
    (ax, ay), (bx, by), (cx, cy) = joints(got)
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx)


def turned(cel: Cel) -> float:
    return math.degrees(math.atan2(cel.matrix.b, cel.matrix.a))


size = st.floats(0.3, 2.5)
sign = st.sampled_from([1.0, -1.0])
degrees = st.floats(-400, 400)
BALL = '[[layer]]\nname = "ball"\nasset = "arrow"\nat = [430, 350]\nturn = 30\nkeys.x = [[0, 430], [90, 350]]\n'
