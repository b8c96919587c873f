"""The clock that the sound device leads while it plays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from speakers import SECOND, Time

from collage.player.sound_clock import ASTRAY, SoundClock

MILLISECOND = SECOND // 1000


class Device:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 0

    def __call__(self) -> int:
        return self.time


@given(st.lists(st.tuples(st.integers(0, 3 * SECOND), st.integers(-SECOND, 3 * SECOND)), max_size=30))
def test_it_never_goes_back_nor_leaps(steps: list[tuple[int, int]]) -> None:
    """Whatever the device tells, each step lies between a half and one and a half of the machine's own."""
    own, device = Time(), Device()
    clock = SoundClock(own)
    clock.follow(device)
    for gone, heard in steps:
        before = clock.now()
        own.own += gone
        device.time += heard
        assert gone // 2 <= clock.now() - before <= gone + gone // 2


def test_it_is_the_machines_own_without_a_device() -> None:
    """To the nanosecond, before anything plays and after."""
    own = Time()
    clock = SoundClock(own)
    start = clock.now()
    own.own += 123_456_789
    assert clock.now() - start == 123_456_789
    clock.follow(lambda: 0)
    clock.free()
    own.own += 10
    assert clock.now() - start == 123_456_799


def test_it_catches_up_within_a_moment_and_then_stays() -> None:
    """50 ms that the device is ahead are made good in a second; after that both are the same."""
    own, device = Time(), Device()
    clock = SoundClock(own)
    clock.follow(device)
    start, device.time = clock.now(), 50 * MILLISECOND
    for _ in range(100):
        own.own += 10 * MILLISECOND
        device.time += 10 * MILLISECOND
        clock.now()
    assert abs(clock.now() - start - device.time) < 2 * MILLISECOND


def test_seldom_asked_it_is_as_right() -> None:
    """One look after a slow picture makes good what is off, not more."""
    own, device = Time(), Device()
    clock = SoundClock(own)
    clock.follow(device)
    start = clock.now()
    own.own, device.time = own.own + 2 * SECOND, 2 * SECOND - 20 * MILLISECOND
    assert clock.now() - start == device.time


def test_it_tells_when_the_device_is_elsewhere() -> None:
    """A device that stands still for long is called astray, until it is followed anew."""
    own = Time()
    clock = SoundClock(own)
    clock.follow(lambda: 0)
    assert not clock.astray
    for _ in range(100):
        own.own += ASTRAY // 20
        clock.now()
    assert clock.astray
    clock.follow(lambda: 0)
    assert not clock.astray
