"""The playhead: exact, within its range, late but never slow."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from collage.player.clock import SECOND, Playhead, within

NTSC = Fraction(24000, 1001)
rates = st.sampled_from([Fraction(24), Fraction(12), NTSC, Fraction(1, 10), Fraction(1000), Fraction(23976, 1000)])
times = st.integers(0, 10**15)


@st.composite
def heads(draw: st.DrawFn) -> Playhead:
    """Any playhead at rest, standing somewhere in its range."""
    first = draw(st.integers(0, 500))
    end = first + draw(st.integers(1, 500))
    return Playhead(draw(rates), first, end, draw(st.integers(first, end - 1)))


@given(heads(), times, times)
def test_never_outside_the_range(head: Playhead, started: int, now: int) -> None:
    """However late one asks, and even if the clock ran backwards, the frame lies in [first, end)."""
    assert head.first <= head.played(started).frame(now) < head.end


@given(heads(), times, st.integers(0, 10**12))
def test_frame_is_counted_from_the_anchor(head: Playhead, started: int, elapsed: int) -> None:
    """The frame is floor(elapsed * rate) from the anchor, in exact arithmetic, looped."""
    due = head.anchor - head.first + int(Fraction(elapsed, SECOND) * head.rate)
    assert head.played(started).frame(started + elapsed) == head.first + due % (head.end - head.first)


@given(heads(), times, st.integers(0, 10**13))
def test_wait_ends_exactly_where_the_next_frame_begins(head: Playhead, started: int, elapsed: int) -> None:
    """A nanosecond before the wait is over it is still this frame; when it is over, the next."""
    running, now = head.played(started), started + elapsed
    frame, wait = running.frame(now), running.wait(now)
    assert wait is not None
    assert wait >= 1
    assert running.frame(now + wait - 1) == frame
    assert running.frame(now + wait) == head.first + (frame - head.first + 1) % (head.end - head.first)


def test_no_drift_in_ten_hours_at_ntsc() -> None:
    """1001 seconds hold 24000 frames, and ten hours later the boundaries still fall on the nanosecond."""
    running = Playhead(NTSC, 0, 10**9, 0).played(7)
    for rounds in (1, 36):
        boundary = 7 + 1001 * SECOND * rounds
        assert running.frame(boundary) == 24000 * rounds
        assert running.frame(boundary - 1) == 24000 * rounds - 1


def test_a_late_reader_drops_frames_and_keeps_time() -> None:
    """Asked only every 100 ms, a 24-frame scene skips frames and is at frame 12 after half a second."""
    running = Playhead(Fraction(24), 0, 96, 0).played(0)
    assert [running.frame(tenth * SECOND // 10) for tenth in range(6)] == [0, 2, 4, 7, 9, 12]


def test_the_end_leads_to_the_start() -> None:
    """After the last frame of the range comes its first."""
    running = Playhead(Fraction(10), 4, 7, 6).played(0)
    assert [running.frame(tenth * SECOND // 10) for tenth in range(4)] == [6, 4, 5, 6]


@given(heads(), times, st.integers(0, 10**12), times)
def test_pause_holds_the_frame_and_play_goes_on_from_it(head: Playhead, t0: int, run: int, rest: int) -> None:
    """Paused, the frame stays however long; played again, it goes on from there with its whole time."""
    shown = head.played(t0).frame(t0 + run)
    paused = head.played(t0).toggled(t0 + run)
    assert not paused.playing
    assert paused.wait(t0 + run) is None
    assert paused.frame(t0 + run + rest) == shown
    again = paused.toggled(t0 + run + rest)
    assert again.playing
    assert again.frame(t0 + run + rest) == shown
    assert again.wait(t0 + run + rest) == -(-SECOND * head.rate.denominator // head.rate.numerator)


@given(heads(), times, st.integers(-2000, 2000))
def test_seek_stays_inside_and_keeps_running(head: Playhead, now: int, frame: int) -> None:
    """A seek goes to the frame or the nearest end, and neither starts nor stops the clock."""
    expected = min(max(frame, head.first), head.end - 1)
    for one in (head, head.played(0)):
        assert one.sought(frame, now).frame(now) == expected
        assert one.sought(frame, now).playing == one.playing


@given(heads(), times, st.integers(-50, 50))
def test_steps_go_round_the_corner_and_back(head: Playhead, now: int, frames: int) -> None:
    """A step rests; as many steps back undo it; a whole round changes nothing."""
    there = head.played(0).stepped(frames, now)
    assert not there.playing
    assert there.stepped(-frames, now).frame(now) == head.played(0).frame(now)
    assert there.stepped(head.end - head.first, now).frame(now) == there.frame(now)


def test_a_second_is_the_rate_rounded_and_stops_at_the_ends() -> None:
    """At 24000/1001 a second is 24 frames, at one frame in ten seconds it is still one; leaps don't go round."""
    head = Playhead(NTSC, 0, 60, 10)
    assert head.leapt(1, 0).frame(0) == 34
    assert head.leapt(1, 0).leapt(2, 0).frame(0) == 59
    assert head.leapt(-1, 0).frame(0) == 0
    assert Playhead(Fraction(1, 10), 0, 60, 10).leapt(1, 0).frame(0) == 11


@given(heads(), times, st.integers(0, 10**12), st.integers(0, 10**12))
def test_carried_over_the_same_frames_nothing_changes(head: Playhead, started: int, elapsed: int, more: int) -> None:
    """At any later time the frame is what it would have been, to the nanosecond; at rest it stays."""
    for before in (head, head.played(started)):
        after = before.carried(head.rate, head.first, head.end, started + elapsed)
        assert after.frame(started + elapsed + more) == before.frame(started + elapsed + more)


@given(rates, rates, st.integers(0, 10**6), times, st.integers(0, 10**12), st.integers(0, 10**12))
def test_carried_to_another_rate_the_second_stays(
    one: Fraction, other: Fraction, frame: int, started: int, elapsed: int, more: int
) -> None:
    """Running, the frame is the one that the new rate has at the same moment, now and later; at rest, the one at the
    moment when the old frame begins."""
    head, end = Playhead(one, 0, 10**12, frame), 10**12
    resting = head.carried(other, 0, end, started)
    assert resting.frame(started + more) == int(frame / one * other)
    moment = frame / one + Fraction(elapsed + more, SECOND)
    if one != other:
        running = head.played(started).carried(other, 0, end, started + elapsed)
        assert abs(running.frame(started + elapsed + more) - moment * other) <= 1 + other / 10**8
        assert running.frame(started + elapsed) == int((frame / one + Fraction(elapsed, SECOND)) * other)


@given(heads(), times, st.integers(0, 500), st.integers(1, 500))
def test_carried_to_other_frames_it_is_at_the_nearest(head: Playhead, now: int, first: int, count: int) -> None:
    """Where the frame is there it stays, else it is the first or the last; running it goes on running."""
    other = Playhead(head.rate, first, first + count, first).carried(head.rate, head.first, head.end, now)
    assert other.frame(now) == min(max(first, head.first), head.end - 1)
    assert head.played(now).carried(head.rate, first, first + count, now).playing


@given(st.integers(0, 99), st.integers(1, 100) | st.none(), st.integers(1, 150))
def test_a_range_keeps_within_the_scene(first: int, count: int | None, length: int) -> None:
    """It holds what the scene has of it, and all of the scene if that is nothing; open, it ends with the scene."""
    span = within((first, None if count is None else first + count), length)
    end = length if count is None else min(first + count, length)
    assert span == ((first, end) if first < end else (0, end))
    assert 0 <= span.first < span.end <= length


# Speed, direction, marks

speeds = st.builds(Fraction, st.sampled_from([-80, -11, -10, -3, 1, 9, 10, 11, 25, 80]), st.just(10))


@st.composite
def marked(draw: st.DrawFn) -> Playhead:
    """Any playhead at rest, at any speed, with marks anywhere, over and over or once."""
    head, marks = draw(heads()), st.none() | st.integers(0, 1000)
    return replace(head, speed=draw(speeds), loop=draw(st.booleans()), mark_in=draw(marks), mark_out=draw(marks))


def strolled(head: Playhead, frames: int) -> int:
    """The frame after so many single steps, taken one by one as a person would."""
    frame, (first, end), way = head.anchor, head.span, 1 if head.speed > 0 else -1
    for _ in range(frames):
        last = (end if frame < end else head.end) - 1 if way > 0 else first if frame >= first else head.first
        if frame != last:
            frame += way
        elif head.loop:
            frame = first if way > 0 else end - 1
    return frame


@given(marked(), times, st.integers(0, 3000))
def test_at_any_speed_it_goes_where_single_steps_would(head: Playhead, started: int, frames: int) -> None:
    """Forwards or back, within marks or from outside into them, round or once: as if it had been stepped."""
    pace = head.rate * abs(head.speed)
    now = started + ceil(frames * SECOND / pace)
    assert head.played(started).frame(now) == strolled(head.played(started), int((now - started) * pace / SECOND))


@given(marked(), times, st.integers(0, 10**12))
def test_a_wait_ends_with_the_next_frame_at_any_speed(head: Playhead, started: int, elapsed: int) -> None:
    """A nanosecond before, the frame is the same; played once, there is nothing to wait for after the last."""
    running, now = head.played(started), started + elapsed
    wait = running.wait(now)
    if wait is None:
        assert running.over(now)
        assert running.frame(now) == running.frame(now + 10**12)
        assert not running.settled(now).playing
    else:
        assert running.settled(now) is running
        assert running.frame(now + wait - 1) == running.frame(now)


@given(marked(), times, st.integers(0, 10**12))
def test_what_changes_the_way_changes_nothing_now(head: Playhead, started: int, elapsed: int) -> None:
    """Another speed, a mark, a loop or none: the frame that is shown stays, and rest or play."""
    running, now = head.played(started), started + elapsed
    for changed in (
        running.at_speed(Fraction(3, 2), now), running.at_speed(Fraction(-2), now), running.marked_in(now),
        running.marked_out(now), running.unmarked(now), running.looped(not running.loop, now),
    ):  # fmt: skip
        assert changed.frame(now) == running.frame(now)
        assert changed.playing


def test_another_speed_keeps_the_part_of_a_frame() -> None:
    """Half through a frame of a second, at twice the speed, the other half takes a quarter."""
    head = Playhead(Fraction(1), 0, 100, 7).played(0).at_speed(Fraction(2), SECOND // 2)
    assert head.wait(SECOND // 2) == SECOND // 4
    assert head.at_speed(Fraction(-1), SECOND // 2).wait(SECOND // 2) == SECOND


def test_marks_hold_where_they_can() -> None:
    """An out before an in drops the in, and the other way round; marks a shorter scene lacks hold again in a longer."""
    head = Playhead(Fraction(24), 0, 96, 50).marked_in(0)
    assert head.span == (50, 96)
    assert head.sought(20, 0).marked_out(0).span == (0, 21)
    both = head.sought(70, 0).marked_out(0)
    assert both.span == (50, 71)
    assert both.sought(80, 0).marked_in(0).span == (80, 96)
    shorter = both.carried(Fraction(24), 0, 40, 0)
    assert shorter.span == (0, 40)
    assert shorter.carried(Fraction(24), 0, 96, 0).span == (50, 71)


def test_once_it_stays_and_plays_again_from_the_start() -> None:
    """The last frame has its whole time, then all rests; Space begins again, backwards at the end."""
    once = Playhead(Fraction(1), 0, 4, 2, loop=False).played(0)
    assert not once.over(2 * SECOND - 1)
    rested = once.settled(2 * SECOND)
    assert (rested.playing, rested.frame(10 * SECOND)) == (False, 3)
    assert rested.played(0).frame(0) == 0
    assert rested.sought(0, 0).at_speed(Fraction(-1), 0).played(0).frame(0) == 3


def test_once_steps_end_at_the_ends() -> None:
    """Without a loop no step goes round the corner."""
    once = Playhead(Fraction(24), 0, 4, 3, loop=False)
    assert once.stepped(1, 0).frame(0) == 3
    assert once.stepped(-9, 0).frame(0) == 0


@given(rates, rates, speeds, st.integers(10**5, 10**6), times, st.integers(0, 10**11))
def test_carried_backwards_or_fast_the_second_stays(
    one: Fraction, other: Fraction, speed: Fraction, frame: int, started: int, elapsed: int
) -> None:
    """At any speed the moment on the timeline is the same before and after, to a frame of either."""
    head, now = Playhead(one, 0, 10**12, frame, speed=speed).played(started), started + elapsed
    carried = head.carried(other, 0, 10**12, now)
    assert carried.speed == speed
    assert abs(Fraction(carried.frame(now)) / other - Fraction(head.frame(now)) / one) <= 1 / one + 1 / other
