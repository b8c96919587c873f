"""Joins: what is seen while one shot becomes the next, as cels. The glass knows no films.

A join is made as an optical printer makes it: frame by frame, on ones, whatever the shots are held on. Each function
takes the two shots as cels that cover the film's canvas (where its paper is clear: as far as they have paper) and
gives the cels of the join's frame number `step`, 0 to length - 1. No frame of a join repeats a shot as it is alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from collage.colours import WHITE, Colour, parse_colour
from collage.exposure.cel import Card, Cel, Pane
from collage.geometry import Affine, cos_sin


class Join(NamedTuple):
    """`length` in frames, above 0; `colour` of a fade; `turn` where a wipe or a page travels to."""

    how: str
    length: int
    colour: Colour
    turn: float


class Canvas(NamedTuple):
    """The film's: pixels, and the paper that lies under all, None where frames are transparent."""

    size: tuple[int, int]
    paper: Colour | None


Cels = tuple[Cel, ...]
_BACK = parse_colour("#f2ebda")
_SHADOW = parse_colour("#1d140c")
_SHADED = parse_colour("#96918a")
_LEAN = 14.0
"""Degrees by which a page is lifted at a corner before it is along its whole edge."""


def joined(canvas: Canvas, join: Join, step: int, old: Cels, new: Cels) -> Cels:
    """The cels of one frame of a join."""
    return _JOINS[join.how](canvas, join, step, old, new)


def _dissolve(canvas: Canvas, join: Join, step: int, old: Cels, new: Cels) -> Cels:
    return _mixed(canvas, old, new, _share(join, step))


def _fade(canvas: Canvas, join: Join, step: int, old: Cels, new: Cels) -> Cels:
    """Half and half; in the middle the colour stands alone, for one frame or two."""
    cover = min(step + 1, join.length - step) / math.ceil(join.length / 2)
    plain = (Cel(Card(canvas.size, join.colour), layer="fade"),)
    return _mixed(canvas, old if 2 * step < join.length else new, plain, cover)


def _wipe(canvas: Canvas, join: Join, step: int, old: Cels, new: Cels) -> Cels:
    """A straight edge; the new shot lies behind it."""
    start, length, breadth = _travel(canvas.size, join.turn)
    reach = length * _smooth(_share(join, step))
    shown = _cut(new, start, (reach, breadth), "wipe")
    if canvas.paper is not None:
        return (*old, shown)
    rest = _cut(old, start @ Affine.shift(reach, 0), (length - reach, breadth), "wipe")
    return rest, shown._replace(blend="plus-lighter")


def _iris(canvas: Canvas, join: Join, step: int, old: Cels, new: Cels) -> Cels:
    """A circle from the centre to the corners. No circle can be cut out of the old shot: where that is transparent
    too, it fades meanwhile, so as not to be left standing in the new one's holes."""
    share = _smooth(_share(join, step))
    (x, y), radius = (side / 2 for side in canvas.size), share * math.hypot(*canvas.size) / 2
    shown = _cut(new, Affine.shift(x - radius, y - radius), (2 * radius, 2 * radius), "iris", round_=True)
    return (*old, shown) if canvas.paper is not None else (Cel(Pane(old), opacity=1 - share, layer="iris"), shown)


def _page(canvas: Canvas, join: Join, step: int, old: Cels, new: Cels) -> Cels:
    """The old shot is a sheet of paper, lifted by its lower corner and folded over: ahead of the fold it still lies
    flat, and on that, face down, what was behind. Its free edge travels twice as fast as the fold, off the canvas."""
    share = _smooth(_share(join, step))
    lean = (_LEAN if cos_sin(join.turn)[1] < 0 else -_LEAN) * (1 - share)
    start, length, breadth = _travel(canvas.size, join.turn + lean)
    reach = length * share
    fold = start @ Affine.shift(reach, 0)
    over = fold @ Affine.scaling(-1, 1) @ fold.inverse()
    flat = _cut(old, fold, (length, breadth), "page")
    if canvas.paper is None:
        revealed = _cut(new, start, (reach, breadth), "page")
        back = (Cel(Pane(old), over, tint=_SHADED, layer="page"),)
        return revealed, flat._replace(blend="plus-lighter"), _cut(back, fold, (length, breadth), "page")
    back = (Cel(Pane(_back(canvas, old, fold, reach, breadth), canvas.size), over, layer="page"),)
    shadow = _cut((Cel(Card(canvas.size, _SHADOW), over),), fold, (length, breadth), "page")
    height = min(reach / 12, math.hypot(*canvas.size) / 100)
    return (
        *new,
        flat,
        shadow._replace(opacity=0.45, blur=1.6 * height),
        _cut(back, fold, (length, breadth), "page"),
    )


def _back(canvas: Canvas, old: Cels, fold: Affine, reach: float, breadth: float) -> Cels:
    """The sheet's back, as it lay before it was folded: bare paper, the print faintly seen through it, shaded where it
    is bent. `reach` is how far behind the fold it goes."""
    bend = min(0.09 * math.hypot(*canvas.size), reach / 2)
    dark = Affine.shift(-0.4 * bend, 0)
    light = Affine.shift(-2 * bend, 0)
    return (
        Cel(Card(canvas.size, _BACK), layer="page"),
        Cel(Pane(old), opacity=0.1, layer="page"),
        Cel(Card((bend, breadth), _SHADOW), fold @ dark, opacity=0.5, layer="page", blur=0.5 * bend),
        Cel(Card((0.5 * bend, breadth), WHITE), fold @ light, opacity=0.35, layer="page", blur=0.4 * bend),
    )


_JOINS: Mapping[str, Callable[[Canvas, Join, int, Cels, Cels], Cels]] = {
    "dissolve": _dissolve,
    "fade": _fade,
    "wipe": _wipe,
    "iris": _iris,
    "page": _page,
}


def _share(join: Join, step: int) -> float:
    """How far a join is at a frame, above 0 and below 1."""
    return (step + 1) / (join.length + 1)


def _smooth(share: float) -> float:
    """in-out-sine: what moves across starts and ends gently."""
    return (1 - math.cos(math.pi * share)) / 2


def _mixed(canvas: Canvas, one: Cels, other: Cels, share: float) -> Cels:
    """(1 - share) of the one and so much of the other. Over paper that is what covering by a share gives; clear
    pictures have to be faded both, and added."""
    if canvas.paper is not None:
        return (*one, Cel(Pane(other), opacity=share, layer="dissolve"))
    return (
        Cel(Pane(one), opacity=1 - share, layer="dissolve"),
        Cel(Pane(other), opacity=share, layer="dissolve", blend="plus-lighter"),
    )


def _cut(cels: Cels, matrix: Affine, size: tuple[float, float], layer: str, *, round_: bool = False) -> Cel:
    """The cels where they are, clipped to a rectangle, or the ellipse in it, that `matrix` lays on the canvas."""
    return Cel(Pane((Cel(Pane(cels), matrix.inverse(), layer=layer),), size, round_), matrix, layer=layer)


def _travel(size: tuple[int, int], turn: float) -> tuple[Affine, float, float]:
    """The strip of canvas that an edge sweeps towards `turn`, a pixel more all round: the matrix from its own pixels,
    whose +x goes there, its length, and its breadth."""
    width, height = size
    cos, sin = cos_sin(turn - 90)
    length = abs(width * cos) + abs(height * sin) + 2
    breadth = abs(width * sin) + abs(height * cos) + 2
    centre = Affine.shift(width / 2, height / 2) @ Affine.turning(turn - 90)
    return centre @ Affine.shift(-length / 2, -breadth / 2), length, breadth
