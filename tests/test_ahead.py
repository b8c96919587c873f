"""Pictures drawn ahead by a thread: in time where that can be, the latest that is ready where not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from typing import Any

import pytest
from stagehands import FakeStand

from collage.errors import CollageError
from collage.player.acetate import Moment
from collage.player.ahead import FAR, Ahead
from collage.player.clock import SECOND, Playhead
from collage.player.lens import Lens

FRAME = -(-SECOND // 24)
LONG = 30 * SECOND
"""What a machine that has much else to do may take."""


def moment(stand: Any, now: int, *, playing: bool = True, size: tuple[int, int] = (320, 180), **how: Any) -> Moment:
    """The moment `now` of a stand that plays since 0 from frame 30."""
    head = Playhead(Fraction(24), 0, stand.length, 30, since=0 if playing else None, **how)
    return Moment(stand, head.frame(now), playing, Lens(stand.size, size), now, False, head)


def waited(true: Callable[[], Any]) -> None:
    """For the thread; fails loudly."""
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("never happened")


def frames(stand: FakeStand) -> list[int]:
    return [frame for frame, _ in stand.asked]


def test_frames_are_drawn_before_they_are_due() -> None:
    """While frame 30 is seen those after it are made, in order, and are there at once when they are due."""
    stand: Any = FakeStand()
    with closing(Ahead(stand)) as pictures:
        assert pictures.due(moment(stand, 0)).frame == 30
        waited(lambda: len(stand.asked) > 20)
        made = frames(stand)
        assert made == sorted(made)
        assert pictures.due(moment(stand, 5 * FRAME)).frame == 35
        assert frames(stand).count(35) == 1


def test_backwards_frames_are_drawn_that_way() -> None:
    """J plays them the other way round, and so they are made."""
    stand: Any = FakeStand()
    with closing(Ahead(stand)) as pictures:
        pictures.due(moment(stand, 0, speed=Fraction(-1)))
        waited(lambda: len(stand.asked) > 5)
        assert frames(stand)[1:4] == [29, 28, 27]


def test_no_farther_than_two_seconds_and_than_there_is_room() -> None:
    """It stops there, and doesn't draw for ever what must be thrown away."""
    for spare, most in ((10**9, FAR // FRAME + 16), (2 * 8 * 4 * 320 * 180, 8 + 16)):
        stand: Any = FakeStand()
        stand.spare = spare
        with closing(Ahead(stand)) as pictures:
            for _ in range(30):
                pictures.due(moment(stand, 0))
                time.sleep(0.01)
            assert len(stand.asked) <= most


def test_at_rest_nothing_is_drawn_but_the_frame_that_is_seen() -> None:
    """Paused, no thread works; the very frame is there, drawn in place."""
    stand: Any = FakeStand()
    with closing(Ahead(stand)) as pictures:
        assert pictures.due(moment(stand, 0, playing=False)).frame == 30
        pictures.due(moment(stand, 0))
        waited(lambda: len(stand.asked) > 3)
        pictures.due(moment(stand, 0, playing=False))
        time.sleep(0.3)
        before = len(stand.asked)
        time.sleep(0.1)
        assert len(stand.asked) == before


def test_who_does_not_look_is_drawn_nothing() -> None:
    """A hidden window asks for nothing: half a second later nothing is drawn any more."""
    stand: Any = FakeStand(on_comp=lambda frame: time.sleep(0.05))
    with closing(Ahead(stand)) as pictures:
        pictures.due(moment(stand, 0))
        time.sleep(0.8)
        before = len(stand.asked)
        time.sleep(0.2)
        assert len(stand.asked) == before


def test_a_heavy_scene_shows_the_latest_that_is_ready() -> None:
    """The window never waits: it sees the last frame that was done in time, and never an earlier one after a later."""
    drawers, seen, start = list[str](), list[int](), 0

    def slowly(frame: int) -> None:
        drawers.append(threading.current_thread().name)
        time.sleep(0.1)

    stand: Any = FakeStand(on_comp=slowly)
    with closing(Ahead(stand)) as pictures:
        pictures.due(moment(stand, 0))
        start = time.perf_counter_ns()
        while (now := time.perf_counter_ns() - start) < LONG and len(set(seen)) < 4:
            seen.append(pictures.due(moment(stand, now)).frame)
            pictures.doze(0.005)
    assert seen == sorted(seen)
    assert len(set(seen)) == 4
    assert set(drawers[1:]) == {"ahead"}  # but for the first, which there is nothing before


def test_half_as_fine_when_it_can_not_keep_time_and_fine_again_when_it_rests() -> None:
    """After a while pictures are drawn at half the scale, and say so; paused, the frame is fine; `full` forbids it."""
    for full in (False, True):
        stand: Any = FakeStand()
        stand.comp = slow(stand)
        with closing(Ahead(stand, full=full)) as pictures:
            start, halves = time.perf_counter_ns(), 0
            while (now := time.perf_counter_ns() - start) < (2 * SECOND if full else LONG) and not halves:
                halves += pictures.due(moment(stand, now)).half
                pictures.doze(0.005)
            assert bool(halves) is not full
            assert not pictures.due(moment(stand, now, playing=False)).half


def slow(stand: FakeStand) -> Callable[..., Any]:
    """A comp that takes three frames' time when it is fine, and little when it is half as fine."""
    comp = stand.comp

    def drawn(frame: int, scale: float = 1.0) -> Any:
        time.sleep(0.12 if scale == 1 else 0.005)
        return comp(frame, scale)

    return drawn


def test_a_fault_is_seen_at_its_frame() -> None:
    """Drawn ahead or not, it is known when the frame is due, and the next is as ever."""

    def fail(frame: int) -> None:
        if frame == 32:
            raise CollageError("no")

    stand: Any = FakeStand(on_comp=fail)
    with closing(Ahead(stand)) as pictures:
        pictures.due(moment(stand, 0))
        waited(lambda: 36 in frames(stand))
        assert str(pictures.due(moment(stand, 2 * FRAME)).fault) == "no"
        assert pictures.due(moment(stand, 3 * FRAME)).frame == 33


def test_what_no_scene_is_to_blame_for_is_raised_in_the_window() -> None:
    """As if it had come of the window's own work."""

    def fail(frame: int) -> None:
        if frame > 30:
            raise ZeroDivisionError

    stand: Any = FakeStand(on_comp=fail)
    with closing(Ahead(stand)) as pictures:
        pictures.due(moment(stand, 0))
        waited(lambda: len(stand.asked) > 1)
        with pytest.raises(ZeroDivisionError):
            waited(lambda: pictures.due(moment(stand, 0)) is None)


def test_another_stand_is_waited_for_no_longer_than_a_picture() -> None:
    """Once it is borne nothing more is drawn of the former one, which can be closed."""
    old: Any = FakeStand(on_comp=lambda frame: time.sleep(0.02))
    new: Any = FakeStand()
    new.cels = lambda frame: ("new", frame)
    with closing(Ahead(old)) as pictures:
        pictures.due(moment(old, 0))
        waited(lambda: len(old.asked) > 2)
        pictures.bear(new)
        count = len(old.asked)
        pictures.due(moment(new, 0))
        waited(lambda: len(new.asked) > 5)
        assert len(old.asked) == count


def test_closing_ends_the_thread() -> None:
    """Whether it has begun or not."""
    before = threading.active_count()
    stand: Any = FakeStand()
    with closing(Ahead(stand)):
        pass
    with closing(Ahead(stand)) as pictures:
        pictures.due(moment(stand, 0))
    assert threading.active_count() == before
