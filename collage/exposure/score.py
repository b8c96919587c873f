"""What is heard of a scene or of a film: every sound with its place on the timeline. Pure, and no file is opened.

A scene's sounds are cut off at its end. A nested scene brings its effects, not its music, as far as its own clock just
runs (at speed 1, also in a loop) and for as long as its layer is there. A film hears of a shot what that would let
hear, while it is seen; a film's own music takes the place of that of its shots, never of their effects.

Where a sound is cut in its midst, it is spliced as tape is, aslant. Over a join the music of the one shot passes into
that of the other, and what the old one's effects leave behind dies away; the new one's are heard at once. What goes on
in step across a cut (two scenes that place themselves in one score) isn't cut at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from collage.errors import CollageError
from collage.exposure.film import Reel, turns
from collage.exposure.holding import Walk, laid
from collage.exposure.rig import Nested, Piece, Rig
from collage.exposure.stage import Stage
from collage.sound.mix import Voice
from collage.timing import Span

SPLICE = Fraction(1, 200)
"""Seconds that a splice takes."""
MOST = 10_000
"""Sounds of one scene or film."""


class _Window(NamedTuple):
    """Seconds [first, end) in which something is heard whose own second 0 lies at `zero`. What is cut by it swells and
    dies away over so many seconds, where they are given; where not, it is spliced."""

    first: Fraction
    end: Fraction
    zero: Fraction
    rise: Fraction | None = None
    fall: Fraction | None = None


def heard(rig: Rig | Reel) -> tuple[Voice, ...]:
    """All sounds, in no order but always the same. CollageError where there are more than `MOST`."""
    more = _of_shots(rig) if isinstance(rig, Reel) else _of_nested(rig, Walk())
    return _joined([*rig.score.voices, *_few(more)])


def _joined(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """The same sound at the same moment is one, however many bring it, one after the other or at once."""
    found: dict[tuple[object, ...], list[Voice]] = {}
    for voice in sorted(voices, key=attrgetter("first", "end")):
        alike = found.setdefault((voice.path, voice.offset, voice.gain), [])
        if alike and voice.first <= alike[-1].end:
            last = max(alike[-1], voice, key=attrgetter("end"))
            alike[-1] = alike[-1]._replace(end=last.end, fall=last.fall)
        else:
            alike.append(voice)
    return tuple(voice for alike in found.values() for voice in alike)


def _few(voices: Iterable[Voice]) -> Iterator[Voice]:
    for number, voice in enumerate(voices):
        if number == MOST:
            raise CollageError(
                f"more than {MOST} sounds, with those of nested scenes and of shots: let less of them sound, or mix "
                "them into one file"
            )
        yield voice


def _of_nested(rig: Rig, walk: Walk) -> Iterator[Voice]:
    """The effects of the scenes in a scene, in its own seconds."""
    stage, total = Stage(rig, 0), rig.length / rig.rate
    for piece in rig.pieces:
        content = piece.content
        if isinstance(content, Nested):
            effects = _joined([*content.rig.score.effects, *_few(_of_nested(content.rig, walk))])
            if effects and _plain(content, rig.rate):
                for span, _, _ in laid(stage, piece, walk):
                    for window in _rounds(piece, content, Span(*span), rig.rate):
                        yield from _through(window, effects, total)


def _plain(content: Nested, rate: Fraction) -> bool:
    """Whether its time passes as that around it does."""
    clock = content.clock
    return clock.curve is None and clock.formula is None and clock.speed == content.rig.rate / rate


def _rounds(piece: Piece, content: Nested, span: Span, rate: Fraction) -> Iterator[_Window]:
    """The rounds that a nested scene makes while its layer is there: one if it doesn't loop."""
    clock, own = content.clock, content.rig.rate
    first, end = (frame / rate for frame in span)
    begin, start = (clock.first + piece.joint.delay) / rate, clock.start / own
    if clock.loop is None:
        yield _Window(first, end, begin - start)
        return
    around = (clock.loop or clock.length) / own
    if not clock.loop:  # all of its frames go round, so that a round begins with its first
        begin, start = begin - start, Fraction(0)
    for number in range(math.floor((first - begin) / around), math.ceil((end - begin) / around)):
        turn = begin + number * around
        yield _Window(max(first, turn), min(end, turn + around), turn - start)


def _of_shots(reel: Reel) -> Iterator[Voice]:
    """The sounds of a film's shots, in its own seconds."""
    inside = {id(rig): _joined([*rig.score.effects, *_few(_of_nested(rig, Walk()))]) for rig in reel.rigs()}
    total = reel.length / reel.rate
    for place, spans in enumerate(turns(reel)):
        rig = reel.strips[place].rig
        music = () if reel.score.music or not rig.score.music else (rig.score.music,)
        for span in spans:
            window = _shot(reel, place, span)
            yield from _through(window, music, total)
            yield from _through(window._replace(rise=None), inside[id(rig)], total)


def _shot(reel: Reel, place: int, span: Span) -> _Window:
    """Where a shot is seen for a while."""
    strip, rate = reel.strips[place], reel.rate
    after = reel.strips[place + 1] if place + 1 < len(reel.strips) else None
    rise = strip.join.length / rate if strip.join and span.first == strip.first else None
    fall = after.join.length / rate if after and after.join and span.end == after.mixed else None
    return _Window(span.first / rate, span.end / rate, (strip.first - strip.start) / rate, rise, fall)


def _through(window: _Window, voices: Iterable[Voice], total: Fraction) -> Iterator[Voice]:
    """What is heard of voices through a window, in the seconds around it, which are so many."""
    for voice in voices:
        first, end = max(window.first, voice.first + window.zero), min(window.end, voice.end + window.zero)
        offset = voice.offset - window.zero
        if first < end and -offset < end:
            amidst = first > 0 and -offset < first
            rise = (SPLICE if amidst else Fraction(0)) if window.rise is None else window.rise
            fall = (SPLICE if end < total else Fraction(0)) if window.fall is None else window.fall
            yield Voice(voice.path, offset, voice.gain, first, end, rise, fall)
