"""What keys do to the playhead, in two tables, and what is said of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from collage.player.clock import Playhead
from collage.player.keys import Action
from collage.player.moments import Moments

STEP = Fraction(11, 10)
"""What one press of a key makes it faster."""
FASTEST, SLOWEST = Fraction(8), Fraction(1, 10)
NORMAL = Fraction(1)
GRACE = Fraction(1, 2)
"""Seconds after a moment in which "the one before" is not yet that moment, while it plays."""
NO_KEYS = "no keys and no cues here"

Turned = Callable[[Playhead, int], Playhead]
Led = Callable[[Playhead, int, Moments], tuple[Playhead, str]]


def obey(action: Action, head: Playhead, now: int, moments: Callable[[], Moments]) -> tuple[Playhead, str] | None:
    """The playhead after an action, and what there is to say of it; None for what does not concern it. `moments` is
    asked only for what leads to one of them."""
    if action in TURNS:
        head = TURNS[action](head, now)
        return head, SAID[action](head) if action in SAID else ""
    return LEADS[action](head, now, moments()) if action in LEADS else None


def _play(head: Playhead, now: int) -> Playhead:
    """From rest always forwards."""
    return head.toggled(now) if head.playing or head.speed > 0 else head.at_speed(NORMAL, now).played(now)


def _shuttled(way: int) -> Turned:
    """J and L: that way, and twice as fast if it ran that way already."""

    def turned(head: Playhead, now: int) -> Playhead:
        if not head.playing or head.speed * way < 0:
            return head.at_speed(NORMAL * way, now).played(now)
        return head.at_speed(way * min(2 * abs(head.speed), FASTEST), now)

    return turned


def _faster(factor: Fraction) -> Turned:
    def turned(head: Playhead, now: int) -> Playhead:
        speed = head.speed * factor
        return head.at_speed(speed, now) if SLOWEST <= abs(speed) <= FASTEST else head

    return turned


def _to_stop(way: int) -> Led:
    def led(head: Playhead, now: int, moments: Moments) -> tuple[Playhead, str]:
        stops = [stop for stop in moments.stops if head.first <= stop.frame < head.end]
        if not stops:
            return head, NO_KEYS
        place = _beside([stop.frame for stop in stops], head, now, way)
        if place is None:
            return head, f"no key or cue {'after' if way > 0 else 'before'} this"
        return head.sought(stops[place].frame, now), f"{stops[place].words}: frame {stops[place].frame}"

    return led


def _to_shot(way: int) -> Led:
    """Backwards to a shot's own beginning first, as players of music do."""

    def led(head: Playhead, now: int, moments: Moments) -> tuple[Playhead, str]:
        shots = moments.shots
        place = _beside([shot.frame for shot in shots], head, now, way)
        if place is None:
            return head, "this is the last shot" if way > 0 else "here the first shot begins"
        words = f"{'on' if way > 0 else 'back'} to {shots[place].name}, shot {place + 1} of {len(shots)}"
        return head.sought(shots[place].frame, now), words

    return led


def _beside(frames: Sequence[int], head: Playhead, now: int, way: int) -> int | None:
    """Which of the frames, ascending, comes next that way, None if none does."""
    here = head.frame(now)
    if way > 0:
        place = bisect_right(frames, here)
        return place if place < len(frames) else None
    grace = int(head.rate * GRACE) if head.playing else 0
    place = bisect_left(frames, here - grace)
    if place == 0 and frames and frames[0] < here:  # nothing lies before what has only just gone by
        return 0
    return place - 1 if place else None


def speed_in_words(head: Playhead) -> str:
    """As it is said: ``normal speed``, ``0.909 × speed``, ``2 × speed, backwards``."""
    words = "normal speed" if abs(head.speed) == NORMAL else f"{float(abs(head.speed)):.3g} × speed"
    return f"{words}, backwards" if head.speed < 0 else words


def span_in_words(head: Playhead) -> str:
    """As it is said: ``plays frames 12 to 40``."""
    first, end = head.span
    return f"plays frames {first} to {end - 1}" if (first, end) != (head.first, head.end) else "plays all of it"


TURNS: Mapping[Action, Turned] = {
    Action.PLAY: _play,
    Action.BACK: lambda head, now: head.stepped(-1, now),
    Action.FORWARD: lambda head, now: head.stepped(1, now),
    Action.SECOND_BACK: lambda head, now: head.leapt(-1, now),
    Action.SECOND_FORWARD: lambda head, now: head.leapt(1, now),
    Action.HOME: lambda head, now: head.sought(head.first, now),
    Action.END: lambda head, now: head.paused(now).sought(head.end - 1, now),
    Action.SHUTTLE_BACK: _shuttled(-1),
    Action.SHUTTLE_STOP: lambda head, now: head.paused(now).at_speed(NORMAL, now),
    Action.SHUTTLE_ON: _shuttled(1),
    Action.SLOWER: _faster(1 / STEP),
    Action.FASTER: _faster(STEP),
    Action.NORMAL_SPEED: lambda head, now: head.at_speed(NORMAL, now),
    Action.MARK_IN: lambda head, now: head.marked_in(now),
    Action.MARK_OUT: lambda head, now: head.marked_out(now),
    Action.CLEAR_MARKS: lambda head, now: head.unmarked(now),
    Action.LOOP: lambda head, now: head.looped(not head.loop, now),
}
"""What moves the playhead by itself."""

LEADS: Mapping[Action, Led] = {
    Action.PREVIOUS_KEY: _to_stop(-1),
    Action.NEXT_KEY: _to_stop(1),
    Action.PREVIOUS_SHOT: _to_shot(-1),
    Action.NEXT_SHOT: _to_shot(1),
}
"""What leads to a moment of the stand."""

SAID: Mapping[Action, Callable[[Playhead], str]] = {
    Action.SHUTTLE_BACK: speed_in_words,
    Action.SHUTTLE_ON: speed_in_words,
    Action.SLOWER: speed_in_words,
    Action.FASTER: speed_in_words,
    Action.NORMAL_SPEED: speed_in_words,
    Action.MARK_IN: span_in_words,
    Action.MARK_OUT: span_in_words,
    Action.CLEAR_MARKS: span_in_words,
    Action.LOOP: lambda head: "over and over" if head.loop else "once, then it stays",
}
"""What is said afterwards, where the picture alone doesn't tell."""
