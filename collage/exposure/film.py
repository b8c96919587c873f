"""Films: shots of scenes on one timeline, bound, and projected frame by frame in any order.

A shot lies over those before it as long as it lasts: where times overlap without a join, the later one cuts in. Each
scene is bound once, however many shots show it, and seen alone it is the very picture of its own export.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path

from collage.colours import Colour
from collage.errors import CollageError
from collage.exposure.bench import Known
from collage.exposure.cel import Card, Cel
from collage.exposure.cutting import Strip, cut
from collage.exposure.expose import expose, nested
from collage.exposure.hearing import SILENCE, Score
from collage.exposure.holding import Hold, Walk, holds, limited
from collage.exposure.joins import Canvas, Cels, joined
from collage.exposure.ledger import Breach, begun, breaches, handed_on, in_words
from collage.exposure.problems import Problem, Problems
from collage.exposure.rig import Rig
from collage.exposure.stage import Stage
from collage.exposure.whose import Whose
from collage.geometry import Affine
from collage.motion.scripts import Script
from collage.registry.catalogue import Catalogue, Drawing
from collage.scene.model import Film
from collage.timing import Span

_BLACK = Colour(0, 0, 0, 255)


@dataclass(frozen=True, slots=True)
class Reel:
    """A film bound. `paper` lies under all: black, or None, if some shot is transparent itself. `starts` are the
    frames where the strips begin, ascending; `lines` those where the lines of the ledger of what shows its wear do;
    `score` is what the film itself brings to be heard."""

    size: tuple[int, int]
    rate: Fraction
    length: int
    paper: Colour | None
    strips: tuple[Strip, ...]
    starts: tuple[int, ...]
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    score: Score = SILENCE

    def shown(self) -> tuple[Drawing, ...]:
        """Every drawing the film can show, each once, in the order of its shots."""
        return tuple(dict.fromkeys(drawing for rig in self.rigs() for drawing in rig.shown()))

    def rigs(self) -> tuple[Rig, ...]:
        """The scenes that its shots show, each once."""
        return tuple({id(strip.rig): strip.rig for strip in self.strips}.values())


def bind_film(
    film: Film,
    catalogue: Catalogue,
    *,
    scripts: Callable[[Path], Mapping[str, Script]] | None = None,
    known: Known | None = None,
) -> tuple[Reel | None, Problems]:
    """The reel, None if a problem is an error, and all problems, warnings among them; those in a shot's own scene
    are `elsewhere`. `scripts` and `known` as for `bind`."""
    strips, sounds, problems = cut(film, catalogue, scripts, known or Known())
    if problems.fatal:
        return None, problems
    rigs = [strip.rig for strip in strips]
    clear = any(rig.paper is None or rig.paper.alpha < 255 for rig in rigs)
    size, length = film.film.size or rigs[0].size, max(strip.end for strip in strips)
    starts = tuple(strip.first for strip in strips)
    reel = Reel(size, rigs[0].rate, length, None if clear else _BLACK, strips, starts, score=sounds)
    _check_copies(reel, problems)
    worn = {name for rig in rigs for name in rig.worn}
    if worn and not problems.fatal:
        with problems.at("shot", 0, "scene"):
            reel = replace(reel, lines=begun(film_holds(reel, worn)))
    return None if problems.fatal else reel, problems


def project(reel: Reel, frame: int, whose: Whose | None = None) -> tuple[Cel, ...]:
    """The cels of a film's frame in painter's order; none between two shots. CollageError as `expose`, with the
    film's own frame and the shot before it. `whose` gets what each cel was made of."""
    seen = on_screen(reel, frame)
    pictures = [_shot(reel, strip, frame, whose) for strip in seen]
    if len(pictures) < 2:
        return pictures[0] if pictures else ()
    join, step = seen[1].join, frame - seen[1].first
    assert join is not None
    return joined(Canvas(reel.size, reel.paper), join, step, *pictures)


def showing(reel: Reel, frame: int) -> tuple[tuple[str, int], ...]:
    """The shots at a frame, each by its scene's name with the scene's own frame: none, one, or two that are joined,
    the old one first."""
    return tuple((strip.name, strip.own(frame)) for strip in on_screen(reel, frame))


def film_holds(reel: Reel, assets: Collection[str] | None = None) -> list[Hold]:
    """All holds of a film in its own frames, as `holds` of a scene: a shot holds where it is seen, also through its
    joins, and not under a later one that cut in."""
    wanted = {name for rig in reel.rigs() for name in limited(rig)} if assets is None else assets
    walk, found = Walk(), dict[int, list[Hold]]()
    for strip in reel.strips:
        if id(strip.rig) not in found:
            found[id(strip.rig)] = holds(strip.rig, wanted, walk)
    held = [
        _shifted(hold, place, strip, span)
        for place, (strip, spans) in enumerate(zip(reel.strips, turns(reel), strict=True))
        for span in spans
        for hold in found[id(strip.rig)]
    ]
    return sorted((hold for hold in held if hold.first < hold.end), key=attrgetter("asset", "first", "end", "key"))


def turns(reel: Reel) -> list[list[Span]]:
    """The frames in which each shot is seen, ascending; two overlap only where they are joined."""
    found: list[list[Span]] = [[] for _ in reel.strips]
    cuts = {frame for strip in reel.strips for frame in (strip.first, strip.mixed, strip.end)}
    for first, end in pairwise(sorted(cuts)):
        for strip in on_screen(reel, first):
            own = found[bisect_right(reel.starts, strip.first) - 1]
            if own and own[-1].end == first:
                own[-1] = Span(own[-1].first, end)
            else:
                own.append(Span(first, end))
    return found


def _shifted(hold: Hold, shot: int, strip: Strip, seen: Span) -> Hold:
    """A hold in a shot, in the film's frames, as far as it is seen."""
    later = strip.first - strip.start
    first, end = max(hold.first + later, seen.first), min(hold.end + later, seen.end)
    return hold._replace(first=first, end=end, holder=f"{strip.name}: {hold.holder}", key=(shot, *hold.key))


def _check_copies(reel: Reel, problems: Problems) -> None:
    """A problem for each shot that wants what there are only so many of while another, joined to it, has it."""
    joined = [(reel.strips[place - 1], strip) for place, strip in enumerate(reel.strips) if strip.join]
    known = {name: copies for rig in reel.rigs() for name, copies in rig.assets.items() if copies is not None}
    both = {name for one, other in joined for name in known if name in one.rig.assets and name in other.rig.assets}
    if not both:
        return
    with problems.at("shot", 0, "scene"):
        for name, group in groupby(film_holds(reel, both), key=lambda hold: hold.asset):
            for breach in breaches([*group], known[name], reel.length):
                words = in_words(_by_shot(breach), known[name], "the film", of="film ")
                problems.append(Problem(("shot", breach.wants.key[0], "scene"), words))


def _by_shot(breach: Breach) -> Breach:
    has, wants = (hold._replace(holder=f"shot {hold.key[0] + 1}, {hold.holder}") for hold in breach[:2])
    return Breach(has, wants, breach.free)


def on_screen(reel: Reel, frame: int) -> tuple[Strip, ...]:
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


def _shot(reel: Reel, strip: Strip, frame: int, whose: Whose | None) -> Cels:
    try:
        return _on_canvas(reel, strip, frame, whose)
    except CollageError as error:
        raise CollageError(f"film frame {frame}, shot {strip.name}: {error}") from error


def _on_canvas(reel: Reel, strip: Strip, frame: int, whose: Whose | None) -> Cels:
    """A shot's cels on the film's canvas: flat as they are, or, if they are of another size, fitted and centred."""
    rig, own, worn = strip.rig, strip.own(frame), handed_on(reel.lines, frame)
    if rig.size == reel.size:
        cels = expose(rig, own, worn, whose)
        if rig.paper is None or rig.whole:
            return cels
        return Cel(Card(rig.size, rig.paper), layer="paper"), *cels
    bars = () if reel.paper is None else (Cel(Card(reel.size, reel.paper), layer="paper"),)
    return (*bars, Cel(nested(Stage(rig, own, worn=worn, whose=whose)), fitted(rig.size, reel.size), layer=strip.name))


def fitted(size: tuple[int, int], canvas: tuple[int, int]) -> Affine:
    """A picture scaled until it fills the canvas one way, in its middle."""
    scale = min(canvas[0] / size[0], canvas[1] / size[1])
    margins = ((canvas[axis] - size[axis] * scale) / 2 for axis in (0, 1))
    return Affine.shift(*margins) @ Affine.scaling(scale, scale)
