"""When: the scene's clock, its length, and the span of each layer, from the moments people write."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import Any

from collage.exposure.problems import Problems
from collage.scene.model import Layer, Move, Scene, Sound, Table, Track
from collage.timing import Clock, Span, Term, TimeError, Written, parse_moment, parse_rate, round_half_up

LONGEST = 10_000_000
"""Frames: more than four days at 24 a second."""
_REST = 4  # seconds of a scene in which nothing says how long it is


def scene_clock(scene: Scene, problems: Problems) -> tuple[Clock, int]:
    """The clock with cues and `end`, and the scene's length in frames. Problems are placed, and the rest goes on."""
    rate = parse_rate(scene.scene.rate)
    clock = Clock(rate)
    with problems.at("sound"):
        clock = with_beats(clock, scene.sound or Sound())
    written, length = scene.scene.length, math.ceil(rate * _REST)
    if written is not None:
        with problems.at("scene", "length"):
            length = _checked(round_half_up(clock.length(written)))
        return with_cues(clock.knowing(end=length), scene.cues, problems), length
    early = with_cues(clock, scene.cues, Problems())  # cues that count from the end have to wait for it
    with problems.at("scene"):
        length = _checked(max(_ends(early, scene), default=length))
    return with_cues(clock.knowing(end=length), scene.cues, problems), length


def _checked(length: int) -> int:
    if not 1 <= length <= LONGEST:
        raise ValueError(f"a scene of {length} frames: it lasts at least 1 frame and at most {LONGEST}")
    return length


def layer_span(layer: Layer, index: int, clock: Clock, length: int, problems: Problems) -> tuple[Clock, Span]:
    """The layer's own clock, which knows its `in` and `out`, and its span."""
    first, end = Fraction(0), Fraction(length)
    with problems.at("layer", index, "in"):
        first = clock.frames(parse_moment(layer.in_))
    with problems.at("layer", index, "out"):
        end = clock.knowing(in_=first).frames(parse_moment(layer.out))
    span = Span(round_half_up(first), round_half_up(end))
    with problems.at("layer", index, "out" if 0 <= span.first < length else "in"):
        if span.first < 0 or span.end > length:
            raise ValueError(
                f"in {span.first}, out {span.end} reaches outside the scene, which is {length} frames: 0 to {length}"
            )
        if span.end <= span.first:
            raise ValueError(f"out {span.end} is not after in {span.first}: the layer would never be seen")
    return clock.knowing(in_=first, out=end), span


def with_beats(clock: Clock, sound: Sound) -> Clock:
    """The clock that counts the beats of this music."""
    tempo = None if sound.tempo is None else Fraction(str(sound.tempo))
    beats = Clock(clock.rate, tempo, Fraction(0), sound.bar)
    origin = (beats.length(sound.first_beat) - beats.length(sound.offset)) / clock.rate
    return Clock(clock.rate, tempo, origin, sound.bar)


def with_cues(clock: Clock, cues: Mapping[str, Written], problems: Problems) -> Clock:
    """Cues may build on cues: each is resolved after those it names."""
    terms = {name: parse_moment(written) for name, written in cues.items()}
    needs = {name: {term.name for term in sums if term.name in terms} for name, sums in terms.items()}
    known: dict[str, Fraction] = {}
    try:
        for name in TopologicalSorter(needs).static_order():
            with problems.at("cues", name):
                known[name] = Fraction(0)  # so that one bad cue is one finding, not one for each use
                known[name] = _reachable(clock.knowing(**{need: known[need] for need in needs[name]}), terms[name])
    except CycleError as error:
        ring = " waits for ".join(f'"{name}"' for name in reversed(error.args[1]))
        with problems.at("cues", error.args[1][0]):
            raise ValueError(f"cues form a ring: {ring}; give one of them a moment of its own") from None
        known = dict.fromkeys(terms, Fraction(0))
    return clock.knowing(**known)


def _reachable(clock: Clock, terms: tuple[Term, ...]) -> Fraction:
    frame = clock.frames(terms)
    if abs(frame) > LONGEST:
        raise ValueError(f"this cue lies more than {LONGEST} frames away")
    return frame


def _ends(clock: Clock, scene: Scene) -> Iterator[int]:
    """The frame after each key that is not on frame 0, and each end of a move or a span that is written, as far as they
    don't ask for the end."""
    start = clock.knowing(in_=0)
    for keys in (*(peg.keys for peg in scene.peg), *(sheet.keys for sheet in scene.sheet)):
        yield from _after_keys(clock, keys)
    for moves in (*(peg.move for peg in scene.peg), scene.camera.move if scene.camera else ()):
        yield from _after_moves(start, moves)
    for table in (scene.camera, scene.lamp):
        if table is not None:
            yield from _after_keys(clock, table.keys)
    for layer in scene.layer:
        own = clock
        for first in _frames(clock, layer.in_):
            own = clock.knowing(in_=first)
        for end in _frames(own, layer.out):
            own = own.knowing(out=end)
            yield round_half_up(end)
        yield from _after_keys(own, layer.keys)
        yield from _after_moves(own if "in" in own.anchors else start, layer.move)


def _after_moves(clock: Clock, moves: Iterable[Move]) -> Iterator[int]:
    """For each move that says when it ends, the frame after that at which it has come to its end, or has faded."""
    for move in moves:
        if move.out is None:
            continue
        fading = Fraction(1)
        for over in _frames(clock, move.parameters().get("over") or 1):
            fading = max(over, fading)
        yield from (round_half_up(end + fading) for end in _frames(clock, move.out))


def _after_keys(clock: Clock, keys: Table) -> Iterator[int]:
    for moment in _moments(keys):
        yield from (round_half_up(frame) + 1 for frame in _frames(clock, moment) if frame > 0)


def _moments(keys: Table) -> Iterator[Written]:
    for name in type(keys).model_fields:
        track: Track[Any] | None = getattr(keys, name)
        if track is not None and track.loop is None:
            yield from (key.at for key in track.keys)


def _frames(clock: Clock, written: Written) -> Iterator[Fraction]:
    try:
        yield clock.frames(parse_moment(written))
    except TimeError:
        return  # said where the moment itself is resolved
