"""The window's transport: keys and the playhead under SDL's dummy driver, marks and speeds kept through a save."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from stagehands import FakeStand, perform, press

from collage.player import overlay
from collage.player.acetate import Acetate
from collage.player.clock import SECOND, Playhead
from collage.player.holders import Holders
from collage.player.live import Made
from collage.player.moments import Moments, Opening, Stop

FOUND = Moments((Stop(10, ("splash",)), Stop(40, (), ("boat",))), (Opening(0, "bath"), Opening(48, "tea")))


@pytest.fixture(autouse=True)
def no_scene(dummy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moments that need none."""
    monkeypatch.setattr(Moments, "of", lambda stand: FOUND)


def keys(*strokes: str) -> list[Any]:
    """The events of keys pressed one after the other; "ctrl+l" holds Ctrl."""
    import pygame

    events = []
    for written in strokes:
        held, _, name = written.rpartition("+")
        pressed = press(name, "" if held or len(name) > 1 else name)
        for event in pressed if held else ():
            event.mod = pygame.KMOD_LCTRL
        events += pressed
    return events


@pytest.mark.parametrize(
    ("strokes", "frame", "speed", "playing"),
    [
        (["l"], 30, 2, True),
        (["j", "j"], 30, -2, True),
        (["l", "k"], 30, 1, False),
        (["space", "]", "]"], 30, Fraction(121, 100), False),
        (["[", "backspace"], 30, 1, True),
        (["down"], 40, 1, True),
        (["space", "up"], 10, 1, False),
        (["page down"], 48, 1, True),
        (["page up"], 0, 1, True),
    ],
)
def test_what_keys_do_to_speed_and_place(
    strokes: list[str], frame: int, speed: Fraction, playing: bool, tmp_path: Path
) -> None:
    """Each key of the table moves the playhead as its line says."""
    head = perform([keys(*strokes, "q")], tmp_path).head
    assert (head.frame(0), head.speed, head.playing) == (frame, speed, playing)


def test_marks_and_the_loop(tmp_path: Path) -> None:
    """I and O are where the playhead is, X clears them, Ctrl+L plays once."""
    head = perform([keys("i", "down", "o", "ctrl+l", "q")], tmp_path).head
    assert (head.span, head.loop) == ((30, 41), False)
    assert perform([keys("i", "x", "q")], tmp_path).head.span == (0, 96)


def test_what_a_key_says_is_seen(tmp_path: Path) -> None:
    """The shot's name, a mark, a speed: a note at the bottom of the window."""
    for name in ("page down", "i", "l", "down"):
        seen = perform([keys("space"), keys(name)], tmp_path, size=(640, 480)).window.seen[-1]
        assert (abs(seen[400:].astype(int) - overlay.PAPER).max(axis=2) < 4).mean() > 0.02, name


def test_once_it_rests_at_its_end(tmp_path: Path) -> None:
    """Played once, the last frame is seen, and the title says that it rests."""
    time = [0]

    def now() -> int:
        time[0] += SECOND // 96
        return time[0]

    done = perform([keys("ctrl+l"), *[[]] * 6], tmp_path, start=93, now=now, news=[[]] * 60)
    assert not done.head.playing
    assert done.window.title == "Bath time - frame 95/96 (paused)"


def test_a_save_keeps_speed_marks_and_loop(tmp_path: Path) -> None:
    """Another stand plays on backwards, between the same marks, once."""
    news = [[], [], [Made(FakeStand(), Holders())]]  # type: ignore[arg-type]
    head = perform([keys("i", "j", "j", "ctrl+l"), [], []], tmp_path, news=news).head
    assert (head.mark_in, head.speed, head.loop, head.playing) == (30, -2, False, True)


def test_moments_are_those_of_the_stand_that_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are asked for once for each stand, and only when a key needs them."""
    asked: list[Any] = []
    monkeypatch.setattr(Moments, "of", lambda stand: (asked.append(stand), FOUND)[1])
    old, new = FakeStand(), FakeStand()
    news: list[list[Any]] = [[], [], [Made(new, Holders())]]  # type: ignore[arg-type]
    perform([keys("left"), keys("down", "up"), [], keys("down")], tmp_path, stand=old, news=news)
    assert asked == [old, new]


def test_escape_leaves_the_keys_first(tmp_path: Path) -> None:
    """The panel goes, the show goes on; a second Esc ends it."""
    done = perform([press("/", "?"), keys("escape"), keys("right"), keys("escape"), keys("right")], tmp_path)
    assert done.head.frame(0) == 31


def test_the_sound_is_told_where_the_playhead_is(tmp_path: Path) -> None:
    """In every round, with the time: that it runs, and where it was moved to at rest."""
    told: list[tuple[bool, int, Fraction]] = []

    def follow(head: Playhead, now: int) -> None:
        told.append((head.playing, head.frame(now), head.speed))

    perform([keys("l"), keys("right"), keys("right")], tmp_path, follow=follow)
    assert list(dict.fromkeys(told)) == [(True, 30, 1), (True, 30, 2), (False, 31, 2), (False, 32, 2)]


def test_acetates_are_closed_with_the_show(tmp_path: Path) -> None:
    """However it ends."""

    class Sheet(Acetate):
        closed = 0

        def close(self) -> None:
            self.closed += 1

    sheet = Sheet()
    perform([], tmp_path, acetates=[sheet])
    assert sheet.closed == 1

    def fail(head: Playhead, now: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        perform([], tmp_path, acetates=[sheet], follow=fail)
    assert sheet.closed == 2
