"""`registration`: pieces laid by an unsteady hand, once everything else that moves them is known.

The hand errs only on exposures on which it touched a piece; in between that lies dead still. Any exposure can be asked
for alone, so whoever asks walks back to the last touch, past all the time in which nothing can have changed at a leap.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise

from collage.exposure.bench import Bench
from collage.exposure.parts import Made
from collage.exposure.rig import OPACITY, SLOTS, Act, Joint, Rig, X, Y
from collage.exposure.stage import Stage
from collage.motion.chance import Chance
from collage.motion.formulas import parse_formula
from collage.scene.model import Layer

Busy = tuple[float, float]
"""Frames of a joint's own clock, [first, end): whatever changes it changes it in here or at `end`."""
_ALWAYS: Busy = (-math.inf, math.inf)
_PASSING = frozenset({"t", "f", "n", "beat"})


def let_err(bench: Bench, made: list[Made], rig: Rig) -> None:
    """Give every piece of a layer with `registration` the error of the hand, as its last act."""
    for one in made:
        if not isinstance(one.part, Layer) or not one.part.registration:
            continue
        name, most, busy = bench.called("layer", int(one.loc[1])), one.part.registration, _merged(_busy(one, one.part))
        for piece, copy in zip(one.pieces, one.copies, strict=True):
            joint, chance = piece.joint, bench.chance(name, copy.index, "registration")
            spells = (_ALWAYS,) if joint.restless else busy
            touches = Touches(joint, max(piece.span.first, 0) // joint.on, spells, piece.drawing)
            joint.acts = (*joint.acts, erring(most, chance, touches))


def erring(most: float, chance: Chance, touches: Touches) -> Act:
    """Up to `most` pixels off, anew for each touch. To be the last of a joint's acts."""

    def act(pose: list[float], frame: int, number: int, stage: Stage) -> None:
        share, way = chance.pair(touches.last(number, stage.rig))
        reach, angle = most * math.sqrt(share), math.tau * way
        pose[X] += reach * math.cos(angle)
        pose[Y] += reach * math.sin(angle)

    return act


class Touches:
    """On which exposures a piece is touched: on `start`, when it is first laid, and wherever its pose, its parent or
    its drawing (`shown`, by the frame of the scene) differ from the exposure before. Safe to ask from several threads.
    """

    def __init__(self, joint: Joint, start: int, busy: tuple[Busy, ...], shown: Callable[[int], object]) -> None:
        self._joint, self._start, self._shown, self._acts = joint, start, shown, joint.acts
        self._firsts, self._ends = [first for first, _ in busy], [end for _, end in busy]
        self._known = {start: start}

    def last(self, number: int, rig: Rig) -> int:
        """The number of the last exposure up to this one on which it was touched."""
        walked, after = max(number, self._start), None
        while walked not in self._known:
            settled = self._settled(walked)
            if settled < walked:
                walked, after = settled, None
                continue
            before, after = self._clean(walked - 1, rig), after or self._clean(walked, rig)
            if before != after:
                self._known[walked] = walked
                break
            walked, after = walked - 1, before
        return self._known.setdefault(number, self._known[walked])

    def _settled(self, number: int) -> int:
        """The first exposure since which nothing can have changed up to this one; itself where something can."""
        joint = self._joint
        frame = number * joint.on - joint.delay
        spell = bisect_right(self._firsts, frame) - 1
        if spell < 0:
            return self._start
        end = self._ends[spell]
        return number if frame < end else max(math.ceil((end + joint.delay) / joint.on), self._start)

    def _clean(self, number: int, rig: Rig) -> tuple[object, ...]:
        frame = number * self._joint.on
        there = Stage(rig, frame)  # by itself: a long walk must not keep all it has seen
        return there.posed(self._joint, self._acts)[:OPACITY], there.link(self._joint), self._shown(frame)


def _busy(one: Made, layer: Layer) -> Iterator[Busy]:
    """When keys, formulas and moves of a layer may change its pose, its parent or its drawing."""
    yield from one.busy
    for channel in type(layer.expr).model_fields:
        text = getattr(layer.expr, channel)
        if text is not None and _touching(channel):
            formula = parse_formula(text)
            if formula.names & _PASSING or "level" in formula.calls:
                yield _ALWAYS
    for channel in type(layer.keys).model_fields:
        track = getattr(layer.keys, channel)
        if track is None or not _touching(channel):
            continue
        if track.loop is not None:
            yield _ALWAYS
            continue
        timed = [(one.setting.clock.moment(key.at), key) for key in track.keys]
        for (frame, key), (then, other) in pairwise(timed):
            if key.value != other.value:
                yield then if _held(channel, other.ease) else frame, then


def _touching(channel: str) -> bool:
    return channel in ("parent", "swap") or (channel in SLOTS and SLOTS[channel][0] < OPACITY)


def _held(channel: str, ease: str | None) -> bool:
    return channel not in SLOTS or (ease or "").strip().lower() == "hold"


def _merged(spells: Iterator[Busy]) -> tuple[Busy, ...]:
    """In order, those that touch or overlap made one."""
    found: list[Busy] = []
    for first, end in sorted(spells):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((first, end))
    return tuple(found)
