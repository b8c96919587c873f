"""The sound of a show: what a playhead asks for, and what is done without a device."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from speakers import FakeMix, FakeSpeaker, Time, unreadable

from collage.errors import CollageError
from collage.player.audio import Audio
from collage.player.clock import SECOND, Playhead
from collage.player.keys import Action

REST = Playhead(Fraction(24), 0, 240, 0)


def stand(sound: Any) -> Any:
    return SimpleNamespace(sound=sound, rate=Fraction(24))


class Listening:
    """An audio on a device that is not there; what it did is known once it is closed."""

    def __init__(self, sound: Any = None, *, silent: bool = False, **how: Any) -> None:
        self.time, self.said = Time(), list[str]()
        self.speaker = FakeSpeaker(self.time)
        heard = stand(None if silent else sound or FakeMix(10))
        self.audio = Audio(heard, self.said.append, own=self.time, opened=lambda: self.speaker, **how)

    def follow(self, *heads: Playhead) -> None:
        for head in heads:
            self.audio.follow(head, self.audio.now())

    def log(self) -> list[Any]:
        """What the device was asked for, in words and lengths in frames."""
        self.audio.close()
        return [
            entry if isinstance(entry, str) or entry[0] == "volume" else (entry[0], round(len(entry[1]) / 8000 * 24))
            for entry in self.speaker.log
        ]


def test_playing_is_heard_and_rest_is_not() -> None:
    """Half a second is handed over when it starts, once however often it is told; then silence."""
    listening = Listening()
    running = REST.played(listening.audio.now())
    listening.follow(running, running, running, running.paused(listening.audio.now()))
    assert listening.log() == [("volume", 1.0), ("play", 12), "stop", "stop", "closed"]


def test_louder_and_quieter() -> None:
    """By a tenth, heard at once, between nothing and all; who was muted is heard again."""
    listening, told = Listening(volume=0.95), list[str]()
    listening.audio.mute()
    for action in (Action.LOUDER, Action.QUIETER, *[Action.QUIETER] * 11):
        assert listening.audio.act(action, None, SimpleNamespace(say=told.append))  # type: ignore[arg-type]
    assert (listening.audio.volume, listening.audio.muted) == (0.0, False)
    assert told[:3] == ["volume 100%", "volume 90%", "volume 80%"]
    heard = [entry[1] for entry in listening.log() if entry[0] == "volume"]
    assert heard[-13:] == [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0, 0.0, 0.0]


def test_steps_at_rest_are_slices() -> None:
    """Each other frame is heard for its own length; the same one again isn't."""
    listening = Listening()
    at = [REST.sought(frame, 0) for frame in (5, 6, 6, 7)]
    listening.follow(*at)
    assert listening.log()[1:] == ["stop", "stop", ("play", 1), "stop", ("play", 1), "stop", "closed"]


def test_only_life_speed_is_heard() -> None:
    """Faster, slower and backwards stop it; normal again starts it."""
    listening = Listening()
    now = listening.audio.now()
    running = REST.played(now)
    listening.follow(running)
    for speed in (Fraction(2), Fraction(1, 2), Fraction(-1)):
        listening.follow(running.at_speed(speed, now))
    listening.follow(running)
    assert listening.log()[1:] == [("play", 12), "stop", "stop", "stop", ("play", 12), "stop", "closed"]


def test_mute_goes_on_unheard() -> None:
    """m turns the volume down and up again, and says so; it does not stop what plays."""
    listening, said = Listening(volume=0.5), list[str]()
    show: Any = SimpleNamespace(say=said.append)
    at: Any = None
    listening.follow(REST.played(listening.audio.now()))
    assert listening.audio.act(Action.MUTE, at, show)
    assert listening.audio.act(Action.MUTE, at, show)
    assert not listening.audio.act(Action.PLAY, at, show)
    assert said == ["sound off", "sound on"]
    log = listening.log()
    assert [entry for entry in log if entry[0] == "volume"] == [("volume", 0.5), ("volume", 0.0), ("volume", 0.5)]
    assert log.count("stop") == 1


def test_muted_from_the_start() -> None:
    """What the state remembers holds for the stand and for paper."""
    listening = Listening(muted=True)
    listening.audio.play("slap")
    assert listening.log() == [("volume", 0.0), "stop", "closed"]


def test_paper_is_heard_without_any_other_sound() -> None:
    """The device is opened for it, and for nothing earlier."""
    for papers, log in (((), []), (("slap", "lift"), [("volume", 1.0), ("over", 5), ("over", 6), "stop", "closed"])):
        listening = Listening(silent=True)
        listening.follow(REST.played(listening.audio.now()))
        for name in papers:
            listening.audio.play(name)
        assert listening.log() == log


def test_without_a_device_it_runs_on() -> None:
    """One remark, told by `follow`; the clock is the machine's, and nothing waits."""

    def nothing() -> Any:
        raise CollageError("no sound here")

    time, said = Time(), list[str]()
    audio = Audio(stand(FakeMix(10)), said.append, own=time, opened=nothing)
    running = REST.played(audio.now())
    audio.follow(running, audio.now())
    audio.play("slap")
    audio.mute()
    audio.scrub(3)
    audio.turned(stand(FakeMix(5)))
    audio.close()
    audio.follow(running.paused(audio.now()), audio.now())
    before = audio.now()
    time.pass_by(1)
    assert said == ["no sound here"]
    assert audio.now() - before == SECOND


def test_a_device_that_fails_later_is_let_go() -> None:
    """It is told once, and everything runs on silently."""
    import pygame

    listening = Listening()

    def fails(samples: Any) -> None:
        raise pygame.error("gone")

    listening.speaker.play = fails  # type: ignore[method-assign]
    listening.follow(REST.played(listening.audio.now()), REST, REST.sought(3, 0))
    assert listening.log() == [("volume", 1.0)]
    listening.follow(REST)
    assert listening.said == ["the sound device has failed: it plays on silently (gone)"]


def test_a_broken_sound_is_told_and_the_next_stand_heard() -> None:
    """After it is mended the playhead need not move to be followed."""
    listening = Listening(unreadable("polka.wav"))
    running = REST.played(listening.audio.now())
    listening.follow(running)
    listening.audio.turned(stand(FakeMix(10)))
    listening.follow(running)
    assert listening.log() == [("volume", 1.0), "stop", "stop", ("play", 12), "stop", "closed"]
    listening.follow(running)
    assert listening.said == ["not heard: polka.wav: not a sound"]


def test_closing_twice_is_closing_once() -> None:
    """And without a word."""
    listening = Listening()
    listening.audio.close()
    listening.audio.close()
    assert listening.speaker.log.count("closed") == 1
    assert listening.said == []
