"""What keys do to the playhead: shuttle, speed, marks, and the way to the next key, cue or shot."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.player.clock import SECOND, Playhead
from collage.player.keys import Action
from collage.player.moments import Moments, Opening, Stop
from collage.player.transport import FASTEST, LEADS, SAID, SLOWEST, TURNS, obey

TWO_SHOTS = Moments(
    (Stop(10, ("splash",)), Stop(40, (), ("boat", "wing")), Stop(70, (), ("boat",))),
    (Opening(0, "bath"), Opening(48, "tea")),
)


def at(frame: int, playing: bool = False, **facts: object) -> Playhead:
    """A playhead over 96 frames, at 24 a second."""
    return Playhead(Fraction(24), 0, 96, frame, 0 if playing else None, **facts)  # type: ignore[arg-type]


def after(head: Playhead, *actions: Action, now: int = 0, moments: Moments = TWO_SHOTS) -> tuple[Playhead, str]:
    """The playhead after some actions at one time, and what was said last."""
    said = ""
    for action in actions:
        done = obey(action, head, now, lambda: moments)
        assert done is not None
        head, said = done
    return head, said


J, K, L = Action.SHUTTLE_BACK, Action.SHUTTLE_STOP, Action.SHUTTLE_ON


@pytest.mark.parametrize(
    ("playing", "actions", "speed", "said"),
    [
        (False, [L], 1, "normal speed"),
        (False, [L, L], 2, "2 × speed"),
        (True, [L], 2, "2 × speed"),
        (False, [L] * 9, 8, "8 × speed"),
        (False, [J], -1, "normal speed, backwards"),
        (True, [J], -1, "normal speed, backwards"),
        (False, [J, J, J], -4, "4 × speed, backwards"),
        (False, [J] * 9, -8, "8 × speed, backwards"),
        (False, [J, J, L], 1, "normal speed"),
        (False, [L, L, J], -1, "normal speed, backwards"),
        (True, [Action.FASTER, Action.FASTER], 1.21, "1.21 × speed"),
        (True, [Action.SLOWER], 1 / 1.1, "0.909 × speed"),
        (True, [Action.SLOWER, Action.FASTER], 1, "normal speed"),
        (True, [J, Action.FASTER], -1.1, "1.1 × speed, backwards"),
        (True, [J, J, Action.NORMAL_SPEED], 1, "normal speed"),
    ],
)
def test_speeds(playing: bool, actions: list[Action], speed: float, said: str) -> None:
    """J and L run and double to eight times; [ and ] are tenths and undo each other; Backspace is as in life."""
    head, words = after(at(30, playing), *actions)
    assert float(head.speed) == pytest.approx(speed)
    assert head.playing
    assert (head.frame(0), words) == (30, said)


def test_slower_and_faster_end_somewhere_and_start_nothing() -> None:
    """However often they are pressed, the speed stays within its bounds; at rest it stays at rest."""
    for action in (Action.SLOWER, Action.FASTER):
        head, _ = after(at(30), *[action] * 60)
        assert SLOWEST <= head.speed <= FASTEST
        assert not head.playing


def test_k_stops_and_space_goes_on_forwards() -> None:
    """K rests at normal speed; after a run backwards Space plays on, not back."""
    stopped, _ = after(at(30, True), J, J, K)
    assert (stopped.playing, stopped.speed, stopped.frame(SECOND)) == (False, 1, 30)
    again, _ = after(at(30, True), J, Action.PLAY, Action.PLAY)
    assert (again.playing, again.speed) == (True, 1)
    slow, _ = after(at(30, True), Action.SLOWER, Action.PLAY, Action.PLAY)
    assert slow.speed == Fraction(10, 11)


def test_marks_are_said() -> None:
    """What is played is said by its first and last frame."""
    head, said = after(at(12), Action.MARK_IN)
    assert (head.span, said) == ((12, 96), "plays frames 12 to 95")
    head, said = after(head.sought(40, 0), Action.MARK_OUT)
    assert (head.span, said) == ((12, 41), "plays frames 12 to 40")
    head, said = after(head, Action.CLEAR_MARKS)
    assert (head.span, said) == ((0, 96), "plays all of it")


def test_over_and_over_or_once() -> None:
    """Ctrl+L turns between the two and says which."""
    once, said = after(at(30), Action.LOOP)
    assert (once.loop, said) == (False, "once, then it stays")
    assert after(once, Action.LOOP)[1] == "over and over"


@pytest.mark.parametrize(
    ("frame", "action", "arrives", "said"),
    [
        (0, Action.NEXT_KEY, 10, "cue splash: frame 10"),
        (10, Action.NEXT_KEY, 40, "keys of boat, wing: frame 40"),
        (39, Action.NEXT_KEY, 40, "keys of boat, wing: frame 40"),
        (70, Action.NEXT_KEY, 70, "no key or cue after this"),
        (95, Action.PREVIOUS_KEY, 70, "key of boat: frame 70"),
        (70, Action.PREVIOUS_KEY, 40, "keys of boat, wing: frame 40"),
        (10, Action.PREVIOUS_KEY, 10, "no key or cue before this"),
        (5, Action.NEXT_SHOT, 48, "on to tea, shot 2 of 2"),
        (50, Action.NEXT_SHOT, 50, "this is the last shot"),
        (50, Action.PREVIOUS_SHOT, 48, "back to tea, shot 2 of 2"),
        (48, Action.PREVIOUS_SHOT, 0, "back to bath, shot 1 of 2"),
        (0, Action.PREVIOUS_SHOT, 0, "here the first shot begins"),
    ],
)
def test_to_the_next_and_the_one_before(frame: int, action: Action, arrives: int, said: str) -> None:
    """It goes there and says what is there, or stays and says that there is nothing more; rest or play goes on."""
    head, words = after(at(frame), action)
    assert (head.frame(0), head.playing, words) == (arrives, False, said)


@pytest.mark.parametrize("action", [Action.PREVIOUS_KEY, Action.PREVIOUS_SHOT])
def test_while_it_plays_one_gets_beyond_what_has_just_gone_by(action: Action) -> None:
    """Half a second after a moment, the one before is the one before that; later, and at rest, it is that moment."""
    here, before = (40, 10) if action is Action.PREVIOUS_KEY else (48, 0)
    assert after(at(here + 12, True), action)[0].frame(0) == before
    assert after(at(here + 13, True), action)[0].frame(0) == here
    assert after(at(here + 12), action)[0].frame(0) == here
    assert after(at(here + 13, True), action)[0].playing


def test_just_after_the_first_it_goes_back_to_that() -> None:
    """Where nothing lies before it, a moment that has only just gone by is the one before."""
    assert after(at(12, True), Action.PREVIOUS_KEY)[0].frame(0) == 10
    assert after(at(3, True), Action.PREVIOUS_SHOT)[0].frame(0) == 0


def test_keys_outside_the_chosen_frames_are_none() -> None:
    """Of frames 30 to 59 only the key at 40 is led to."""
    head = Playhead(Fraction(24), 30, 60, 50)
    assert after(head, Action.NEXT_KEY)[1] == "no key or cue after this"
    head, _ = after(head, Action.PREVIOUS_KEY)
    assert head.frame(0) == 40
    assert after(head, Action.PREVIOUS_KEY)[1] == "no key or cue before this"


def test_without_keys_that_is_said() -> None:
    """A scene of moves alone has nothing to lead to."""
    assert after(at(5), Action.NEXT_KEY, moments=Moments()) == (at(5), "no keys and no cues here")


def test_what_is_not_of_time_is_left_to_others() -> None:
    """Other actions are None; none is in both tables; moments are not asked for what needs none."""

    def never() -> Moments:
        raise AssertionError("moments were asked for")

    assert obey(Action.MUTE, at(3), 0, never) is None
    assert not set(TURNS) & set(LEADS)
    assert set(SAID) <= set(TURNS)
    assert all(obey(action, at(3), 0, never) for action in TURNS)


@given(st.lists(st.sampled_from(list(TURNS) + list(LEADS))), st.integers(0, 10**10))
def test_whatever_is_pressed_the_frame_stays_in_range(actions: list[Action], step: int) -> None:
    """After any keys, some time apart, the playhead shows a frame there is, at a speed there is."""
    head, now = at(30, True), 0
    for action in actions:
        now += step
        head, _ = after(head.settled(now), action, now=now)
        assert 0 <= head.frame(now) < 96
        assert SLOWEST <= abs(head.speed) <= FASTEST
