"""When: the scene's clock, its length, and the span of each layer, from the moments people write."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from collage.exposure.problems import Problems
from collage.scene.model import Layer, Scene, Sound, Table, Track
from collage.timing import Clock, Span, TimeError, Written, parse_moment, parse_rate

LONGEST = 10_000_000
"""Frames: more than four days at 24 a second."""
_REST = 4  # seconds of a scene in which nothing says how long it is


def scene_clock(scene: Scene, problems: Problems) -> tuple[Clock, int]:
    """The clock with cues and `end`, and the scene's length in frames. Problems are placed, and the rest goes on."""
    rate = parse_rate(scene.scene.rate)
    clock = Clock(rate)
    with problems.at("sound"):
        clock = _with_beats(clock, scene.sound or Sound())
    clock = _with_cues(clock, scene, problems)
    length = max(math.ceil(rate * _REST), 1)
    with problems.at("scene", "length"):
        length = _length(clock, scene)
        if not 1 <= length <= LONGEST:
            raise ValueError(f"a scene of {length} frames: it lasts at least 1 frame and at most {LONGEST}")
    return clock.knowing(end=length), length


def layer_span(layer: Layer, index: int, clock: Clock, length: int, problems: Problems) -> tuple[Clock, Span]:
    """The layer's own clock, which knows its `in` and `out`, and its span."""
    span = Span(0, length)
    with problems.at("layer", index, "in"):
        span = Span(clock.moment(layer.in_), length)
    with problems.at("layer", index, "out"):
        span = Span(span.first, clock.knowing(in_=span.first).moment(layer.out))
    with problems.at("layer", index, "out" if 0 <= span.first < length else "in"):
        if span.first < 0 or span.end > length:
            raise ValueError(
                f"in {span.first}, out {span.end} reaches outside the scene, which is {length} frames: 0 to {length}"
            )
        if span.end <= span.first:
            raise ValueError(f"out {span.end} is not after in {span.first}: the layer would never be seen")
    return clock.knowing(in_=span.first, out=span.end), span


def _with_beats(clock: Clock, sound: Sound) -> Clock:
    tempo = None if sound.tempo is None else Fraction(str(sound.tempo))
    beats = Clock(clock.rate, tempo, Fraction(0), sound.bar)
    origin = (beats.length(sound.first_beat) - beats.length(sound.offset)) / clock.rate
    return Clock(clock.rate, tempo, origin, sound.bar)


def _with_cues(clock: Clock, scene: Scene, problems: Problems) -> Clock:
    """Cues may build on cues: those that can be resolved are, until none is left or none can be."""
    waiting = dict(scene.cues)
    while waiting:
        known = {}
        for name, written in waiting.items():
            terms = parse_moment(written)
            if not any(term.unit == "cue" and term.name in waiting for term in terms):
                with problems.at("cues", name):
                    known[name] = Fraction(0)  # so that one bad cue is one finding, not one for each use
                    known[name] = clock.frames(terms)
        if not known:
            for name in waiting:
                with problems.at("cues", name):
                    raise ValueError(f'the cue "{name}" waits for itself: {", ".join(sorted(waiting))} form a ring')
            return clock.knowing(**dict.fromkeys(waiting, 0))
        clock = clock.knowing(**known)
        waiting = {name: written for name, written in waiting.items() if name not in known}
    return clock


def _length(clock: Clock, scene: Scene) -> int:
    if scene.scene.length is not None:
        return math.ceil(clock.length(scene.scene.length))
    ends = list(_ends(clock, scene))
    return max(ends) if ends else max(math.ceil(clock.rate * _REST), 1)


def _ends(clock: Clock, scene: Scene) -> Iterator[int]:
    """The first frame after each key, and each span's end, as far as they don't ask for the end themselves."""
    for keys in (*(peg.keys for peg in scene.peg), *(sheet.keys for sheet in scene.sheet)):
        for moment in _moments(keys):
            yield from _frame(clock, moment, 1)
    for layer in scene.layer:
        own = clock
        for first in _frame(clock, layer.in_, 0):
            own = clock.knowing(in_=first)
            if first > 0:
                yield first + 1
        for end in _frame(own, layer.out, 0):
            own = own.knowing(out=end)
            yield end
        for moment in _moments(layer.keys):
            yield from _frame(own, moment, 1)


def _moments(keys: Table) -> Iterator[Written]:
    for name in type(keys).model_fields:
        track: Track[Any] | None = getattr(keys, name)
        if track is not None and track.loop is None:
            yield from (key.at for key in track.keys)


def _frame(clock: Clock, written: Written, more: int) -> Iterator[int]:
    try:
        yield clock.moment(written) + more
    except TimeError:
        return  # said where the moment itself is resolved
