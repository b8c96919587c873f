"""Films: shots of scenes on one timeline, bound, and projected frame by frame in any order.

A shot lies over those before it as long as it lasts: where times overlap without a join, the later one cuts in. Each
scene is bound once, however many shots show it, and seen alone it is the very picture of its own export.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from collage.colours import Colour
from collage.errors import CollageError
from collage.exposure.cel import Card, Cel
from collage.exposure.cutting import Strip, cut
from collage.exposure.expose import expose, nested
from collage.exposure.joins import Canvas, Cels, joined
from collage.exposure.problems import Problems
from collage.exposure.stage import Stage
from collage.geometry import Affine
from collage.motion.scripts import Script
from collage.registry.catalogue import Catalogue, Drawing
from collage.scene.model import Film

_BLACK = Colour(0, 0, 0, 255)


@dataclass(frozen=True, slots=True)
class Reel:
    """A film bound. `paper` lies under all: black, or None, if some shot is transparent itself. `starts` are the
    frames where the strips begin, ascending."""

    size: tuple[int, int]
    rate: Fraction
    length: int
    paper: Colour | None
    strips: tuple[Strip, ...]
    starts: tuple[int, ...]

    def shown(self) -> tuple[Drawing, ...]:
        """Every drawing the film can show, each once, in the order of its shots."""
        rigs = {id(strip.rig): strip.rig for strip in self.strips}
        return tuple(dict.fromkeys(drawing for rig in rigs.values() for drawing in rig.shown()))


def bind_film(
    film: Film, catalogue: Catalogue, *, scripts: Callable[[Path], Mapping[str, Script]] | None = None
) -> tuple[Reel | None, Problems]:
    """The reel, None if a problem is an error, and all problems, warnings among them; those in a shot's own scene
    are `elsewhere`. `scripts` as for `bind`."""
    strips, problems = cut(film, catalogue, scripts)
    if problems.fatal:
        return None, problems
    rigs = [strip.rig for strip in strips]
    clear = any(rig.paper is None or rig.paper.alpha < 255 for rig in rigs)
    size, length = film.film.size or rigs[0].size, max(strip.end for strip in strips)
    starts = tuple(strip.first for strip in strips)
    return Reel(size, rigs[0].rate, length, None if clear else _BLACK, strips, starts), problems


def project(reel: Reel, frame: int) -> tuple[Cel, ...]:
    """The cels of a film's frame in painter's order; none between two shots. CollageError as `expose`, with the
    film's own frame and the shot before it."""
    seen = _seen(reel, frame)
    pictures = [_shot(reel, strip, frame) for strip in seen]
    if len(pictures) < 2:
        return pictures[0] if pictures else ()
    join, step = seen[1].join, frame - seen[1].first
    assert join is not None
    return joined(Canvas(reel.size, reel.paper), join, step, *pictures)


def showing(reel: Reel, frame: int) -> tuple[tuple[str, int], ...]:
    """The shots at a frame, each by its scene's name with the scene's own frame: none, one, or two that are joined,
    the old one first."""
    return tuple((strip.name, strip.own(frame)) for strip in _seen(reel, frame))


def _seen(reel: Reel, frame: int) -> tuple[Strip, ...]:
    """The strip that lies uppermost, and before it the one that it is joined to as yet."""
    place = bisect_right(reel.starts, frame) - 1
    while place >= 0 and reel.strips[place].end <= frame:
        place -= 1
    if place < 0:
        return ()
    strip = reel.strips[place]
    if strip.join is None or frame - strip.first >= strip.join.length:
        return (strip,)
    return reel.strips[place - 1], strip


def _shot(reel: Reel, strip: Strip, frame: int) -> Cels:
    try:
        return _on_canvas(reel, strip, frame)
    except CollageError as error:
        raise CollageError(f"film frame {frame}, shot {strip.name}: {error}") from error


def _on_canvas(reel: Reel, strip: Strip, frame: int) -> Cels:
    """A shot's cels on the film's canvas: flat as they are, or, if they are of another size, fitted and centred."""
    rig, own = strip.rig, strip.own(frame)
    if rig.size == reel.size:
        paper = () if rig.paper is None else (Cel(Card(rig.size, rig.paper), layer="paper"),)
        return (*paper, *expose(rig, own))
    bars = () if reel.paper is None else (Cel(Card(reel.size, reel.paper), layer="paper"),)
    return (*bars, Cel(nested(Stage(rig, own)), fitted(rig.size, reel.size), layer=strip.name))


def fitted(size: tuple[int, int], canvas: tuple[int, int]) -> Affine:
    """A picture scaled until it fills the canvas one way, in its middle."""
    scale = min(canvas[0] / size[0], canvas[1] / size[1])
    margins = ((canvas[axis] - size[axis] * scale) / 2 for axis in (0, 1))
    return Affine.shift(*margins) @ Affine.scaling(scale, scale)
