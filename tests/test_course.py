"""Which samples of a mix a playhead passes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from collage.player.clock import SECOND, Playhead
from collage.player.course import Course, Stretch

RATE = 48_000
RATES = st.sampled_from([Fraction(24), Fraction(24000, 1001), Fraction(25), Fraction(7), Fraction(60), Fraction(49, 2)])


@st.composite
def heads(draw: st.DrawFn) -> Playhead:
    """Running ones, with and without marks and loop."""
    first, length = draw(st.integers(0, 50)), draw(st.integers(1, 60))
    end = first + length
    marks = [draw(st.none() | st.integers(first, end)) for _ in range(2)]
    anchor = draw(st.integers(first, end - 1))
    return Playhead(draw(RATES), first, end, anchor, 5 * SECOND, Fraction(1), draw(st.booleans()), *marks)


@given(heads(), st.integers(0, 40 * RATE), st.integers(1, 4 * RATE))
def test_samples_lie_in_the_frame_that_is_seen(head: Playhead, first: int, count: int) -> None:
    """Whichever stretch is asked for: its ends are heard while their frames are seen, but for a sample's rounding,
    round every corner; and once it is over it is silent."""
    course = Course.of(head, RATE)
    for stretch in course.stretches(first, count):
        for own, sample in ((first, stretch.first), (first + stretch.samples - 1, stretch.first + stretch.samples - 1)):
            now = 5 * SECOND + ceil(Fraction(own * SECOND, RATE))
            if head.over(now) or sample < 0:
                assert sample < 0
                assert head.over(now + SECOND // RATE)
            else:
                begins, ends = (ceil((head.frame(now) + more) / head.rate * RATE) for more in (0, 1))
                assert begins - 1 <= sample <= ends
        first += stretch.samples


@given(heads(), st.integers(0, RATE), st.lists(st.integers(1, RATE), min_size=1, max_size=5))
def test_parts_are_the_whole(head: Playhead, first: int, parts: list[int]) -> None:
    """Block after block gives the samples of one long one."""
    course = Course.of(head, RATE)

    def samples(start: int, count: int) -> list[int]:
        return [
            stretch.first + number if stretch.first >= 0 else -1
            for stretch in course.stretches(start, count)
            for number in range(0, stretch.samples)
        ]

    single, place = samples(first, sum(parts)), first
    for part in parts:
        assert samples(place, part) == single[place - first : place - first + part]
        place += part


def test_a_loop_goes_round_without_a_gap() -> None:
    """24 frames from frame 12 on: half of them, then all from the first sample."""
    head = Playhead(Fraction(24), 0, 24, 12, 0)
    found = list(Course.of(head, RATE).stretches(0, 24000 + 48000 + 10))
    assert found == [Stretch(24000, 24000), Stretch(0, 48000), Stretch(0, 10)]


def test_an_hour_of_short_loops_loses_nothing() -> None:
    """Loops of frames that don't begin on samples are in step after an hour as after the first."""
    head = Playhead(Fraction(49, 2), 0, 1, 0, 0)
    course = Course.of(head, RATE)
    loops = 88_200  # in an hour
    starts = course.sample(ceil(Fraction(loops * SECOND) / head.rate))
    assert next(course.stretches(starts, 1)).first in (0, 1)


@given(heads(), st.integers(0, 20 * SECOND))
def test_the_same_way_under_another_name_agrees(head: Playhead, gone: int) -> None:
    """A playhead counted anew from where it is goes on unheard."""
    now = 5 * SECOND + gone
    if not head.over(now):
        same = head.carried(head.rate, head.first, head.end, now)
        assert Course.of(head, RATE).agrees(Course.of(same, RATE), now)


def test_another_way_does_not_agree() -> None:
    """10 ms away, a longer loop, or once only."""
    head = Playhead(Fraction(24), 0, 48, 12, 0)
    course = Course.of(head, RATE)
    for other in (replace(head, since=10_000_000), replace(head, mark_out=40), replace(head, loop=False)):
        assert not course.agrees(Course.of(other, RATE), SECOND // 4)
