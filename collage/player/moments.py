"""The moments of a stand that one goes to: its keys and its cues, and where the shots of a film begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from collage.exposure.contents import label
from collage.exposure.film import Reel
from collage.exposure.keyed import frames_of
from collage.exposure.problems import Problems
from collage.exposure.span import layer_span, scene_clock, with_beats, with_cues
from collage.registry.catalogue import find_root, inside
from collage.scene.likeness import unlike
from collage.scene.model import Film, Scene, Sound, Table
from collage.timing import Clock, Span, round_half_up

if TYPE_CHECKING:
    from collage.stand import Stand

MOST_NAMED = 3


class Stop(NamedTuple):
    """A frame at which something is, and what: the cues first, then whatever has a key there."""

    frame: int
    cues: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """As it is said: ``cue splash, key of boat``."""
        named = ", ".join(self.keys[:MOST_NAMED]) + (f" and {len(self.keys) - MOST_NAMED} more" * self._many)
        keyed = [f"{'key' if len(self.keys) == 1 else 'keys'} of {named}"] if self.keys else []
        return ", ".join([*(f"cue {name}" for name in self.cues), *keyed])

    @property
    def _many(self) -> bool:
        return len(self.keys) > MOST_NAMED


class Opening(NamedTuple):
    """A shot's first frame in the film, and its scene's name."""

    frame: int
    name: str


class Moments(NamedTuple):
    """The stops and the shots, each ascending. A scene is one shot."""

    stops: tuple[Stop, ...] = ()
    shots: tuple[Opening, ...] = ()

    @classmethod
    def of(cls, stand: Stand) -> Moments:
        """Of a scene or a film, which takes a while: ask once."""
        if isinstance(stand.rig, Reel) and isinstance(stand.scene, Film):
            shots = tuple(Opening(strip.first, strip.name) for strip in stand.rig.strips)
            return cls(_stops(_film_cues(stand, stand.scene), _film_keys(stand, stand.rig, stand.scene)), shots)
        if not isinstance(stand.scene, Scene):
            return cls((), (Opening(0, stand.name),))
        clock, _ = scene_clock(unlike(stand.scene), Problems())
        inside_it = ((name, frame) for name, frame in keys(stand.scene) if 0 <= frame < stand.length)
        return cls(_stops(_cues(stand, clock), inside_it), (Opening(0, stand.name),))


def keys(scene: Scene) -> Iterator[tuple[str, int]]:
    """The frame of each key that is written, with the name of what it moves: also before the scene, and after it.

    Those of a loop come again with each round. What is repeated counts once, as its first copy; the keys of a scene
    that a layer shows are its own.
    """
    plain, nothing = unlike(scene), Problems()
    clock, length = scene_clock(plain, nothing)
    for index, layer in enumerate(plain.layer):
        own, span = layer_span(layer, index, clock, length, nothing)
        yield from ((label(layer), frame) for frame in frames_of(layer.keys, own, span))
    others: list[tuple[str, Table]] = [(peg.name, peg.keys) for peg in plain.peg]
    others += [(sheet.name, sheet.keys) for sheet in plain.sheet]
    others += [(name, part.keys) for name, part in (("camera", plain.camera), ("lamp", plain.lamp)) if part]
    for name, table in others:
        yield from ((name, frame) for frame in frames_of(table, clock, Span(0, length)))


def _stops(cues: Iterable[tuple[str, int]], keyed: Iterable[tuple[str, int]]) -> tuple[Stop, ...]:
    """Each frame once, each name once at it, in the order they come."""
    found: dict[int, tuple[dict[str, None], dict[str, None]]] = {}
    for kind, pairs in enumerate((cues, keyed)):
        for name, frame in pairs:
            found.setdefault(frame, ({}, {}))[kind][name] = None
    return tuple(Stop(frame, tuple(found[frame][0]), tuple(found[frame][1])) for frame in sorted(found))


def _cues(stand: Stand, clock: Clock) -> Iterator[tuple[str, int]]:
    """The cues that lie in it, in the order of the file."""
    for name in stand.scene.cues:
        frame = round_half_up(clock.anchors[name])
        if 0 <= frame < stand.length:
            yield name, frame


def _film_cues(stand: Stand, film: Film) -> Iterator[tuple[str, int]]:
    clock = with_beats(Clock(stand.rate), film.sound or Sound()).knowing(end=stand.length)
    return _cues(stand, with_cues(clock, film.cues, Problems()))


def _film_keys(stand: Stand, reel: Reel, film: Film) -> Iterator[tuple[str, int]]:
    """The keys of the shots, where they are seen."""
    root, scenes = find_root(stand.path), stand.scenes
    paths = [inside(root, shot.scene) for shot in film.shot]
    known = {path: list(keys(scenes[path])) for path in dict.fromkeys(paths) if path in scenes}
    for strip, path in zip(reel.strips, paths, strict=True):
        for name, own in known.get(path, ()):
            frame = strip.first + own - strip.start
            if strip.first <= frame < strip.end and (strip.name, own) in stand.shots(frame):
                yield name, frame
