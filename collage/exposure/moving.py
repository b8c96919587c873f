"""Formulas and moves as written to the acts of joints: names to channels, lengths to frames, tables to functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from collage.errors import Loc
from collage.exposure.acts import Formula, Stretch, adding, calculating, checked, placing
from collage.exposure.bench import Bench
from collage.exposure.nesting import with_formula
from collage.exposure.parts import Made
from collage.exposure.rig import SLOTS, Act, Joint, Nested
from collage.exposure.scripting import scripted
from collage.motion.chance import Chance
from collage.motion.easing import parse_ease
from collage.motion.formulas import parse_formula
from collage.motion.moves.kinds import Aims, Draws, Facts, Param, Places
from collage.motion.moves.table import MOVES
from collage.scene.model import Layer
from collage.scene.model import Move as Written
from collage.timing import Clock, round_half_up

SCRIPTS = "motions."
_ENTRANCES = ("slide", "pop", "drop")
"""Moves by which a piece comes in."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A move that needs other pieces, kept until all pieces have their moves: its place in the file, and that which is
    kept for it among the joint's acts."""

    loc: Loc
    joint: Joint
    do: str
    values: Mapping[str, Any]
    stretch: Stretch
    place: int


@dataclass(frozen=True, slots=True)
class _Hand:
    """One copy of one part being given its moves."""

    bench: Bench
    made: Made
    index: int

    @property
    def joint(self) -> Joint:
        return self.made.joints[self.index]

    def chance(self, *path: str | int) -> Chance:
        name = self.bench.called(str(self.made.loc[0]), int(self.made.loc[-1]) if len(self.made.loc) > 1 else 0)
        return self.bench.chance(name, self.made.copies[self.index].index, *path)


def move_all(bench: Bench, made: Made) -> Iterator[Aim]:
    """Give every copy of a part its formulas, variations and moves; those that aim are given back."""
    told = len(bench.problems)
    given = [_resolved(bench, made, number, move) for number, move in enumerate(getattr(made.part, "move", ()))]
    for index, joint in enumerate(made.joints):
        if any(problem.severity == "error" for problem in bench.problems[told:]):
            return  # said once, not for every copy
        hand = _Hand(bench, made, index)
        acts = list(_formulas(hand))
        if (varied := _varied(hand)) is not None:
            acts.append(varied)
        for number, one in enumerate(given):
            for aim in _move(hand, one, number, acts):
                acts.append(_kept)
                yield aim
        joint.acts = tuple(acts)


def _kept(pose: list[float], frame: int, number: int, stage: object) -> None:
    """Keeps the place of an act that is not known yet."""


def _formulas(hand: _Hand) -> Iterator[Act]:
    """The act of each channel's formula; those of `swap`, `hidden` and `time` go to the piece."""
    part = hand.made.part
    expr = part.expr
    for channel in type(expr).model_fields:
        text = getattr(expr, channel)
        if text is None:
            continue
        with hand.bench.problems.at(*hand.made.loc, "expr", channel):
            place = f'"{hand.joint.label}"{hand.bench.within} expr.{channel}'
            valued = checked(_compiled(hand, text, channel), hand.bench.beats, hand.joint, place)
            if channel in SLOTS:
                slot, count = SLOTS[channel]
                yield calculating(valued, tuple(range(slot, slot + count)))
            else:
                _give(hand, channel, valued)


def _compiled(hand: _Hand, text: str, channel: str) -> Formula:
    formula, bench = parse_formula(text), hand.bench
    if "beat" in formula.names and bench.beat is None:
        raise ValueError("beats need a tempo: write [sound] and tempo = 112")
    if "level" in formula.calls and bench.level is None:
        raise ValueError('level() needs a sound: write [sound] and file = "assets/sound/waltz.ogg"')
    if "level" in formula.calls and bench.level is not None:
        bench.level(0.0)  # now, so that a sound that can't be read is told before anything plays
    width, height = bench.scene.scene.size
    return formula.compiled(
        i=float(hand.made.copies[hand.index].index), width=float(width), height=float(height),
        chance=hand.chance("expr", channel), level=_heard(bench),
    )  # fmt: skip


def _heard(bench: Bench) -> Callable[[float], float]:
    """The sound's level at a second of the scene."""
    level, rate = bench.level, float(bench.clock.rate)
    return (lambda second: 0.0) if level is None else (lambda second: level(second * rate))


def _give(hand: _Hand, channel: str, valued: Callable[[float, int, int], float]) -> None:
    """Discrete channels act on their exact frame, so their formulas know that one."""
    piece, joint = hand.made.pieces[hand.index], hand.joint
    if channel == "hidden":
        piece.hiding = lambda frame: valued(
            float(bool(piece.hidden.at(frame))), frame, (frame + joint.delay) // joint.on
        )
    elif channel == "swap":
        piece.choices = (*piece.choices, lambda frame, exposure, number, now: math.floor(valued(now, frame, number)))
    elif isinstance(piece.content, Nested):
        piece.content = with_formula(piece.content, valued)


def _varied(hand: _Hand) -> Act | None:
    """A copy's own turn and size, on top of what keys and formulas give all of them."""
    copy = hand.made.copies[hand.index]
    if not copy.turn and copy.scale == 1:
        return None
    turn, scale = copy.turn, copy.scale

    def act(pose: list[float], frame: int, number: int, stage: object) -> None:
        pose[2] *= scale
        pose[3] *= scale
        pose[4] += turn

    return act


@dataclass(frozen=True, slots=True)
class _Given:
    """A move with its words resolved, alike for every copy."""

    move: Written
    values: Mapping[str, Any]
    stretch: Stretch


def _resolved(bench: Bench, made: Made, number: int, move: Written) -> _Given:
    loc, entry, written = (*made.loc, "move", number), MOVES.get(move.do), move.parameters()
    params = entry.params if entry else {}
    values = {name: _value(bench, made, loc, name, param, written[name]) for name, param in params.items()}
    stretch = _stretch(bench, made, loc, move, values)
    made.busy.append((stretch.first, stretch.first + stretch.span + (stretch.over or 0.0)))
    return _Given(move, values, stretch)


def _move(hand: _Hand, given: _Given, number: int, acts: list[Act]) -> Iterator[Aim]:
    loc, move, stretch = (*hand.made.loc, "move", number), given.move, given.stretch
    with hand.bench.problems.at(*loc):
        if move.do.startswith(SCRIPTS):
            hand.joint.restless = True
            copy, chance = hand.made.copies[hand.index], hand.chance("move", number)
            acts.append(scripted(hand.bench, hand.joint, move, chance, stretch, copy.index))
            return
        mover = MOVES[move.do].make(_facts(hand, given, number), given.values)
        if isinstance(mover, Aims):
            yield Aim(loc, hand.joint, move.do, given.values, stretch, len(acts))
        elif isinstance(mover, Draws):
            _choose(hand, move.do, mover, stretch)
        else:
            acts.append(placing(mover, stretch) if isinstance(mover, Places) else adding(mover, stretch))


def _choose(hand: _Hand, do: str, mover: Draws, stretch: Stretch) -> None:
    """Drawings are chosen within the span; only what keeps its end goes on choosing after it. ValueError where there
    can be none."""
    if not hand.made.pieces:
        raise ValueError(f'{do} plays drawings, and "{hand.joint.label}" shows none: move a layer by it')
    at, first, span, keeps = mover.at, stretch.first, stretch.span, stretch.over is None

    def choice(frame: int, exposure: int, number: int, now: int) -> int:
        since = exposure - first
        return at(min(since, span), number, now) if 0 <= since < span or (keeps and since >= 0) else now

    piece = hand.made.pieces[hand.index]
    piece.choices = (*piece.choices, choice)


def _stretch(bench: Bench, made: Made, loc: Loc, move: Written, values: Mapping[str, Any]) -> Stretch:
    """When a move acts, in frames of the joint's own clock. A problem if it ends before it begins."""
    clock, entry = _clock(bench, made), MOVES.get(move.do)
    first, end = Fraction(0), Fraction(round_half_up(clock.anchors["out"]))
    with bench.problems.at(*loc, "in"):
        first = Fraction(clock.moment(move.in_))
    lasts = None if entry is None else entry.lasts
    if lasts is not None:
        end = first + round_half_up(Fraction(lasts(float(bench.clock.rate))))
    if move.do in _ENTRANCES and not any(values[word] for word in ("to", "by") if word in values):
        _warn_late(bench, made, loc, move, first)
    if move.out is not None:
        with bench.problems.at(*loc, "out"):
            end = Fraction(clock.moment(move.out))
            if end < first:
                raise ValueError(f"out {end} comes before in {first}: a move ends after it begins")
    over = float(values.get("over") or 0.0) if entry is not None and entry.ends == "fades" else None
    return Stretch(float(first), float(max(end - first, Fraction(0))), over)


def _warn_late(bench: Bench, made: Made, loc: Loc, move: Written, first: Fraction) -> None:
    """Before its in a move does nothing: a piece that is there by then is seen at its place, then jumps away."""
    written = f'"{move.in_}"' if isinstance(move.in_, str) else move.in_
    if isinstance(made.part, Layer) and first > made.setting.start:
        bench.problems.warn(
            f"{move.do} begins at frame {first}, but the piece lies there from frame {made.setting.start} on and will "
            f"jump away to come in: write in = {written} in the layer instead",
            *loc, "in",
        )  # fmt: skip


def _clock(bench: Bench, made: Made) -> Clock:
    """The part's clock; a peg, a sheet and the camera last as long as the scene."""
    clock = made.setting.clock
    return clock if "out" in clock.anchors else clock.knowing(in_=0, out=bench.length)


def _facts(hand: _Hand, given: _Given, number: int) -> Facts:
    bench, made, stretch = hand.bench, hand.made, given.stretch
    beat = bench.beat
    to_beat = 0.0
    if beat is not None:
        to_beat = float((bench.clock.origin * bench.clock.rate - Fraction(stretch.first)) % beat)
    level, first = bench.level if given.move.do == "pulse" else None, stretch.first
    if given.values.get("source") == "level" and level is None:
        raise ValueError('pulse hears no sound: write [sound] and file = "assets/sound/waltz.ogg", or source = "beat"')
    if level is not None:
        level(0.0)  # now, so that a sound that can't be read is told before anything plays
    width, height = bench.scene.scene.size
    drawings = len(made.pieces[hand.index].places) if made.pieces else 0
    return Facts(
        stretch.span, float(bench.clock.rate), made.setting.on, (float(width), float(height)), made.size, drawings,
        hand.chance("move", number), None if beat is None else float(beat), to_beat,
        None if level is None else lambda since: level(first + since),
    )  # fmt: skip


def _value(bench: Bench, made: Made, loc: Loc, name: str, param: Param, written: Any) -> Any:
    """A parameter as its move wants it; problems are placed at the parameter."""
    if written is None:
        return None
    setting = made.setting
    with bench.problems.at(*loc, name):
        match param.kind:
            case "length":
                return float(_length(setting.clock, written, param.default))
            case "extent":
                return setting.pixels(written, 0)
            case "place":
                return setting.pixels(written[0], 0), setting.pixels(written[1], 1)
            case "scale":
                return tuple(map(float, written)) if isinstance(written, tuple) else (float(written),) * 2
            case "ease":
                return parse_ease(written)
            case "number" | "share":
                return float(written)
    return written


def _length(clock: Clock, written: Any, default: Any) -> Fraction:
    """Frames; what moves on the beat by default moves anyway where there is no tempo: a beat is half a second, then."""
    if clock.tempo is None and isinstance(written, str) and written == default and "beat" in written:
        clock = replace(clock, tempo=Fraction(120))
    return clock.length(written)
