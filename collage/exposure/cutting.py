"""A film's shots cut: each scene found and bound, each shot given its frames, each join its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from collage.colours import parse_colour
from collage.errors import CollageError, SceneError
from collage.exposure.bench import MOST_PIECES, Bound, Known, Library
from collage.exposure.bind import bind_with
from collage.exposure.hearing import SILENCE, Score, score
from collage.exposure.joins import Join
from collage.exposure.problems import Problems
from collage.exposure.rig import Rig
from collage.exposure.span import LONGEST, with_beats, with_cues
from collage.motion.scripts import Script
from collage.registry.catalogue import Catalogue
from collage.scene.model import Film, Shot, Sound
from collage.timing import Clock, Written, parse_moment, parse_rate, round_half_up

_MOST_IN_ALL = 5 * MOST_PIECES
"""Of all scenes of a film: some 300 MB."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A shot's frames spliced into the film: [first, end) of the film show the scene from its frame `start` on.

    name: its scene file's stem.  join: how the shot before becomes this one, from `first` on; None for a cut.
    """

    name: str
    rig: Rig
    start: int
    first: int
    end: int
    join: Join | None = None

    def own(self, frame: int) -> int:
        """The scene's own frame at a frame of the film."""
        return self.start + frame - self.first

    @property
    def mixed(self) -> int:
        """The frame of the film from which the shot before is gone."""
        return self.first + (self.join.length if self.join else 0)


@dataclass(frozen=True, slots=True)
class _Take:
    """What a shot shows: a scene bound, its clock, and which of its frames [start, end)."""

    name: str
    rig: Rig
    clock: Clock
    start: int = 0
    end: int = 0

    @property
    def length(self) -> int:
        return self.end - self.start


def cut(
    film: Film, catalogue: Catalogue, scripts: Callable[[Path], Mapping[str, Script]] | None, known: Known
) -> tuple[tuple[Strip, ...], Score, Problems]:
    """The strips in the order of the shots, and the film's own sounds, complete if no problem is an error."""
    problems = Problems()
    takes = list(_takes(film, Library(catalogue, scripts, _MOST_IN_ALL, known=known), problems))
    rate = _rate(film, takes, problems)
    if rate is None:
        return (), SILENCE, problems
    clock, moments = _clock(film, rate, problems), Problems()
    strips = _strips(film, [take for take in takes if take is not None], clock, problems)
    end = max((strip.end for strip in strips), default=0)
    sounds = score(film, catalogue, with_cues(clock.knowing(end=end), film.cues, moments), end, problems)
    _check_returns(strips, problems)
    return tuple(strips), sounds, problems


def _takes(film: Film, library: Library, problems: Problems) -> Iterator[_Take | None]:
    """One for each shot, None for one that has none. A scene is bound once."""
    bound: dict[Path, _Take | None] = {}
    for index, shot in enumerate(film.shot):
        take = None
        with problems.at("shot", index, "scene"):
            path = library.catalogue.inside(shot.scene)
            if path not in bound:
                bound[path] = None  # so that what is wrong with it is said once
                bound[path] = _bound(library, shot.scene, problems)
            take = bound[path]
        yield None if take is None else _trimmed(take, shot, index, problems)


def _bound(library: Library, written: str, problems: Problems) -> _Take:
    """A scene bound; what it says of itself is said in its own file."""
    path = library.catalogue.inside(written)
    one = library.known.scenes.get(path)
    if one is None or one.work > library.work:  # what is too much is told where it is bound
        one = library.known.scenes[path] = _bound_anew(library, written)
    else:
        library.left, library.work = library.left - one.pieces, library.work - one.work
    if library.left < 0:
        raise CollageError(f"more than {_MOST_IN_ALL} layers with their copies in the film's scenes: make two films")
    problems.elsewhere += one.told
    return _Take(path.stem, one.rig, one.clock)


def _bound_anew(library: Library, written: str) -> Bound:
    library.asked.clear()
    path, scene, source = library.read(written)
    before, work, library.left = library.left, library.work, MOST_PIECES  # each scene may be as large as alone
    rig, found, clock = bind_with(library, scene, path)
    pieces, library.left = MOST_PIECES - library.left, library.left + before - MOST_PIECES
    told = sorted({*(source.finding(*problem) for problem in found), *found.elsewhere})
    if rig is None:
        raise SceneError(finding for finding in told if finding.severity == "error")
    return Bound(rig, clock, tuple(told), pieces, work - library.work, frozenset(library.asked))


def _trimmed(take: _Take, shot: Shot, index: int, problems: Problems) -> _Take:
    start, end, length = 0, take.rig.length, take.rig.length
    with problems.at("shot", index, "in"):
        first = take.clock.moment(shot.in_)
        if not 0 <= first < length:
            raise ValueError(f"in {first} lies outside {shot.scene}, whose frames are 0 to {length - 1}")
        start = first
    with problems.at("shot", index, "out"):
        end = take.clock.knowing(in_=start).moment(shot.out)
        if end > length:
            raise ValueError(f"out {end} is beyond the end of {shot.scene}, which is {length} frames: at most {length}")
        if end <= start:
            raise ValueError(f"out {end} is not after in {start}: the shot would never be seen")
    return replace(take, start=start, end=end)


def _rate(film: Film, takes: Sequence[_Take | None], problems: Problems) -> Fraction | None:
    """The film's rate; a problem for each shot of another."""
    written = film.film.rate
    rate = parse_rate(written) if written is not None else next((take.rig.rate for take in takes if take), None)
    whose = "the film" if written is not None else "its first shot"
    for index, (shot, take) in enumerate(zip(film.shot, takes, strict=True)):
        if take is not None and take.rig.rate != rate:
            with problems.at("shot", index, "scene"):
                raise ValueError(
                    f"{shot.scene} has {take.rig.rate} frames a second, {whose} {rate}: a film has one rate; "
                    f"write rate = {_spelt(rate)} in that scene"
                )
    return rate


def _spelt(rate: Fraction | None) -> str:
    return f'"{rate}"' if "/" in str(rate) else str(rate)


def _clock(film: Film, rate: Fraction, problems: Problems) -> Clock:
    """The film's clock, without an `end`: that is known only when all shots are placed."""
    clock = Clock(rate)
    with problems.at("sound"):
        clock = with_beats(clock, film.sound or Sound())
    return clock


def _strips(film: Film, takes: Sequence[_Take], clock: Clock, problems: Problems) -> list[Strip]:
    """As many as can be placed: up to the first that is wrong."""
    before, after = (
        with_cues(clock.knowing(end=end), film.cues, found) for end, found in ((0, problems), (1, Problems()))
    )
    strips: list[Strip] = []
    if problems.fatal:
        return strips
    for index, (shot, take) in enumerate(zip(film.shot, takes, strict=True)):
        join = _join(film.shot[index - 1], index - 1, before, problems) if index else None
        first = strips[-1].end - (join.length if join else 0) if strips else 0
        with problems.at("shot", index, "at"):
            first = first if shot.at is None else _start(shot.at, before, after)
        strips.append(Strip(take.name, take.rig, take.start, first, first + take.length, join))
        _check_place(film, strips, problems)
        if problems.fatal:
            break
    return strips


def _start(written: Written, before: Clock, after: Clock) -> int:
    """A moment of the film that must not hang on where the film ends, as two ends show."""
    terms = parse_moment(written)
    if before.frames(terms) != after.frames(terms):
        raise ValueError(f'"{written}" waits for the film\'s end, which waits for its shots: count from elsewhere')
    return before.moment(written)


def _join(shot: Shot, index: int, clock: Clock, problems: Problems) -> Join | None:
    if shot.join is None or shot.join.how == "cut":
        return None
    length = 0
    with problems.at("shot", index, "join", "length"):
        length = round_half_up(clock.length(shot.join.length))
    return Join(shot.join.how, length, parse_colour(shot.join.colour), float(shot.join.turn)) if length > 0 else None


def _check_place(film: Film, strips: Sequence[Strip], problems: Problems) -> None:
    """Whether the last strip may lie where it does."""
    strip, index = strips[-1], len(strips) - 1
    written = film.shot[index].at is not None
    if index:
        with problems.at("shot", index - 1, "join", "length"):
            _check_length(strips[-2], strip, written)
    if problems.fatal:
        return
    with problems.at("shot", index, "at"):
        if strip.first < 0:
            raise ValueError(f"starts at frame {strip.first}: a film begins at frame 0")
        if strip.end > LONGEST:
            raise ValueError(f"reaches to frame {strip.end}: a film lasts at most {LONGEST} frames")
        if index:
            _check_start(strips[-2], strip)


def _check_length(before: Strip, strip: Strip, written: bool) -> None:
    """ValueError for a join that is longer than one of its shots; where no moment is written, the next would start
    with this one, or sooner."""
    join, one, other = strip.join, before.end - before.first, strip.end - strip.first
    if join and join.length > min(one if written else one - 1, other):
        raise ValueError(
            f"a join of {join.length} frames is too long for its shots, which are {one} and {other} frames: shorten it"
        )


def _check_start(before: Strip, strip: Strip) -> None:
    """ValueError for a shot out of order, within the join before, or too late for its own."""
    free = before.first + (before.join.length if before.join else 1)
    if strip.first < free:
        raise ValueError(
            f"starts at frame {strip.first}, and the shot before it is not there alone until {free}: shots stand in "
            "the order they are seen, and a join ends before the next begins"
        )
    if strip.join and before.end - strip.first < strip.join.length:
        lasts, ends = strip.join.length, before.end
        raise ValueError(
            f"starts at frame {strip.first}: the join lasts {lasts} frames, but the shot before it ends at {ends}. "
            f"Start at {ends - lasts} at the latest, or leave at out"
        )


def _check_returns(strips: Sequence[Strip], problems: Problems) -> None:
    """A warning for each shot that is seen again after a later one, which is not meant where an `out` was forgotten."""
    for index, strip in enumerate(strips):
        hidden, place = strip.end, index + 1
        if place < len(strips):
            hidden = strips[place].end
        while place < len(strips) and strips[place].first <= hidden < strip.end:
            hidden, place = max(hidden, strips[place].end), place + 1
        if hidden < strip.end:
            problems.warn(
                f"goes on under the next shot and is seen again from frame {hidden}: end it by out, or "
                "show the rest as a [[shot]] of its own",
                "shot", index, "out",
            )  # fmt: skip
