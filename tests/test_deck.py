"""What plays on the device: always what is seen, whatever the device's own idea of a second."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from speakers import RATE, SECOND, FakeMix, FakeSpeaker, Time, unreadable

from collage.player.clock import Playhead
from collage.player.deck import Deck
from collage.player.sound_clock import SoundClock

FPS = Fraction(24)


class Playing:
    """A deck that plays `seconds` over and over on a device of some pace."""

    def __init__(self, seconds: int = 10, pace: Fraction = Fraction(1), at: int = 0) -> None:
        self.time = Time()
        self.speaker = FakeSpeaker(self.time, pace)
        self.clock, self.said = SoundClock(self.time), list[str]()
        self.deck = Deck(self.speaker, self.clock, self.said.append)
        self.mix: Any = FakeMix(seconds)
        self.deck.put_on(self.mix, FPS)
        self.head = Playhead(FPS, 0, seconds * 24, at, self.clock.now())
        self.deck.play(self.head)

    def ticks(self, seconds: float, step: float = 0.01) -> Iterator[int]:
        """The times at which a window would look, a little irregular."""
        chance, end = Random(1), self.time.own + round(seconds * SECOND)
        while self.time.own < end:
            self.time.pass_by(step * chance.uniform(0.5, 1.5))
            self.deck.feed()
            yield self.clock.now()

    def worst(self, seconds: float, step: float = 0.01, *, settling: float = 0) -> float:
        """How far apart it is at most, in frames, but for the first `settling` seconds."""
        list(self.ticks(settling, step))
        return max(self._apart(now) for now in self.ticks(seconds, step)) * 24

    def _apart(self, now: int) -> float:
        """Seconds from what is seen to what is heard, as the crow flies round the loop."""
        loop = (self.head.end - self.head.first) / self.head.rate
        seen = Fraction(now - (self.head.since or 0), SECOND) + self.head.anchor / FPS
        apart = (Fraction(self.speaker.sounding() - 1) / RATE - seen) % loop
        return float(min(apart, loop - apart))


@pytest.mark.parametrize("pace", [Fraction(101, 100), Fraction(99, 100)])
def test_ten_minutes_on_a_device_that_is_off(pace: Fraction) -> None:
    """1 % off for ten minutes: six seconds by the machine's clock, and never a frame apart."""
    playing = Playing(60, pace)
    start, own = playing.clock.now(), playing.time.own
    assert playing.worst(600, 0.04) < 1
    assert abs((playing.clock.now() - start) - (playing.time.own - own)) > 5 * SECOND


def test_it_begins_anywhere() -> None:
    """From the middle of the scene, a moment after the playhead set out, in step."""
    playing = Playing(at=100)
    assert playing.worst(1) < 1
    assert next(first for first, _ in playing.mix.asked) in range(100 * RATE // 24, 100 * RATE // 24 + 200)


def test_nothing_is_cut_off_at_the_start() -> None:
    """The very first sample is played, and the picture waits for it: a beat on the first frame is heard whole."""
    playing = Playing()
    assert playing.mix.asked[0][0] == 0
    start = playing.clock.now()
    playing.time.pass_by(playing.speaker.ahead / SECOND)
    assert playing.clock.now() == start
    assert playing.worst(0.5) < 1


def test_a_device_that_stood_still_is_taken_up_again() -> None:
    """Half a second lost, as when a cable is pulled: within a second both are together again."""
    playing = Playing()
    list(playing.ticks(2))
    playing.speaker.stall(0.5)
    assert playing.worst(3, settling=1) < 1


def test_a_slow_picture_starves_it_only_for_itself() -> None:
    """Three seconds in which nobody looked: it is silent for the rest of them, then in step."""
    playing = Playing()
    list(playing.ticks(2))
    playing.time.pass_by(3)
    assert playing.speaker.idle
    assert playing.worst(3, settling=0.5) < 1


def test_a_read_that_takes_long_is_made_up_for() -> None:
    """What has gone by while files were read is skipped; if that was all, the next look begins."""
    playing = Playing()
    block, waits = playing.mix.block, list[float]()

    def slowly(first: int, count: int) -> Any:
        playing.time.pass_by(waits.pop() if waits else 0)
        return block(first, count)

    playing.mix.block = slowly
    for wait in (0.3, 2.0):
        waits.append(wait)
        playing.deck.stop()
        playing.deck.play(playing.head)
        assert playing.worst(1, settling=0.1) < 1


def test_the_same_way_is_not_begun_anew() -> None:
    """A playhead counted anew, and a new stand that sounds alike, go on without a break; a leap does not."""
    playing = Playing()
    list(playing.ticks(1))
    begun = len(playing.speaker.log)
    now = playing.clock.now()
    alike: Any = FakeMix(10)
    playing.deck.put_on(alike, FPS)
    playing.deck.play(playing.head.carried(FPS, 0, 240, now))
    assert len(playing.speaker.log) == begun
    playing.deck.play(playing.head.sought(3, now))
    assert playing.speaker.log[begun][0] == "play"


def test_another_mix_is_heard_from_the_same_moment(tmp_path: Path) -> None:
    """Other voices, or a file saved anew: it goes on with those at once, and takes over what was read."""
    (tmp_path / "polka").write_bytes(b"1")
    playing = Playing()
    list(playing.ticks(1))
    for text in (b"12", b"123"):
        (tmp_path / "polka").write_bytes(text)
        mix: Any = FakeMix(10, name=str(tmp_path / "polka"))
        playing.deck.put_on(mix, FPS)
        assert mix.asked
        assert mix.inherited
        assert playing.worst(1, settling=0.1) < 1


def test_silence_and_sound_again() -> None:
    """A stand without sound stops it; one with sound is heard from where the playhead is."""
    playing = Playing()
    playing.deck.put_on(None, FPS)
    assert playing.speaker.idle
    assert not playing.deck.playing
    list(playing.ticks(1))
    playing.deck.put_on(playing.mix, FPS)
    assert playing.worst(1, settling=0.1) < 1


def test_a_slice_is_one_frame_without_clicks() -> None:
    """Frame 10 and nothing else; it swells and dies away; the machine's clock goes on."""
    playing = Playing()
    playing.deck.slice(10)
    _, samples = playing.speaker.log[-1]
    first = -(-10 * RATE // 24)
    assert abs(len(samples) - RATE / 24) < 1
    assert samples[len(samples) // 2, 0] == first + len(samples) // 2 + 1
    assert samples[0, 0] == samples[-1, 0] == 0
    assert not playing.deck.playing


def test_stopped_it_is_silent_and_stays() -> None:
    """Nothing is supplied after a stop."""
    playing = Playing()
    playing.deck.stop()
    list(playing.ticks(2))
    assert playing.speaker.idle


def test_what_cannot_be_read_is_told_once() -> None:
    """A broken sound is silence and one line; the next stand is heard."""
    playing = Playing()
    broken: Any = unreadable("polka.wav")
    playing.deck.put_on(broken, FPS)
    playing.deck.play(playing.head)
    playing.deck.slice(3)
    list(playing.ticks(1))
    assert playing.said == ["not heard: polka.wav: not a sound"]
    playing.deck.play(playing.head)
    playing.deck.put_on(playing.mix, FPS)
    assert playing.deck.playing


def test_slaps_in_a_row_differ() -> None:
    """Over what plays, never twice the same."""
    playing = Playing()
    playing.deck.lay_over("slap")
    playing.deck.lay_over("slap")
    (over, first), (_, second) = playing.speaker.log[-2:]
    assert over == "over"
    assert not np.array_equal(first, second)
    assert playing.deck.playing
