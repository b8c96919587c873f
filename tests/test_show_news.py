"""What the window makes of news: another stand from the same moment on, what is amiss, and who has what."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stagehands import FakeStand, perform, press

from collage.errors import CollageError, RunError
from collage.player import overlay, slips
from collage.player.holders import Holders, Line, Turn
from collage.player.live import Amiss, Made

pytestmark = pytest.mark.usefixtures("dummy")

TORN = Amiss("half saved? The last good one stays: assets/cup.png: this picture is broken", quiet=True)
TYPO = Amiss("scenes/tea.toml:3:8: what is this? (it plays on as it was)", quiet=False)
HELD = Holders((("water/splash", (Turn(0, "bath", False), Turn(31, "tea", True))),), news=12)
CORNER = (slice(8, 22), slice(8, 60))
"""Where the slip of who has what lies, above and left of all else."""


def changed(**how: Any) -> FakeStand:
    """A stand that differs from the plain one."""
    stand = FakeStand(alpha=how.pop("alpha", 255), on_comp=how.pop("on_comp", lambda frame: None))
    vars(stand).update(how)
    return stand


def made(stand: FakeStand) -> Made:
    return Made(stand, Holders())  # type: ignore[arg-type]


# Another stand


@pytest.mark.parametrize("paused", [True, False])
def test_another_stand_goes_on_from_the_same_frame(paused: bool, tmp_path: Path) -> None:
    """At rest or running, frame 30 stays frame 30; the former stand is closed; the title is the new one's."""
    old, new = FakeStand(), changed(title="Tea time", length=120)
    pause = press("space", " ") if paused else []
    done = perform([pause, []], tmp_path, stand=old, news=[[made(new)]])
    assert (done.head.frame(0), done.head.playing) == (30, not paused)
    assert done.stand is new
    assert (old.closed, new.closed) == (True, False)
    assert done.window.title.startswith("Tea time - frame 30/120")
    assert done.window.screens == []
    assert done.said == []


def test_a_shorter_scene_is_seen_at_its_nearest_frame(tmp_path: Path) -> None:
    """Of twenty frames the last; longer again, it loops over all of them, since the range ended with the scene."""
    done = perform([[], []], tmp_path, news=[[made(changed(length=20))]])
    assert (done.head.frame(0), done.head.end) == (19, 20)
    done = perform([[], []], tmp_path, news=[[made(changed(length=20)), made(changed(length=400))]])
    assert (done.head.frame(0), done.head.first, done.head.end) == (19, 0, 400)


def test_another_rate_keeps_the_second(tmp_path: Path) -> None:
    """Frame 30 at 24 a second is second 1.25, which at 12 is frame 15."""
    done = perform([[], []], tmp_path, news=[[made(changed(rate=Fraction(12)))]])
    assert done.head.frame(0) == 15
    assert done.head.rate == 12


def test_chosen_frames_stay_where_they_can(tmp_path: Path) -> None:
    """0 to 39 chosen of 96: of a scene of 30 they are 0 to 29, and of 200 again 0 to 39."""
    done = perform([[], []], tmp_path, end=40, news=[[made(changed(length=30))]])
    assert (done.head.first, done.head.end) == (0, 30)
    done = perform([[], []], tmp_path, end=40, news=[[made(changed(length=30)), made(changed(length=200))]])
    assert (done.head.first, done.head.end) == (0, 40)


def test_another_canvas_fits_the_same_window(tmp_path: Path) -> None:
    """A square scene lies in the middle of the window as it is."""
    seen = perform([[], []], tmp_path, news=[[made(changed(size=(90, 90)))]]).window.seen
    assert seen[0].shape == seen[-1].shape
    assert (seen[-1][90, 80:240] == (30, 100, 50)).all()
    assert (seen[-1][90, :70] == overlay.SURROUND).all()


def test_a_scene_that_becomes_transparent_lies_on_checks(tmp_path: Path) -> None:
    """And back: what is under the picture is the picture's own matter."""
    clear = made(changed(alpha=128))
    first, second, third = perform([[], [], []], tmp_path, news=[[clear], [made(FakeStand())]]).window.seen[:3]
    assert len(np.unique(second.reshape(-1, 3), axis=0)) == 2
    assert np.array_equal(first, third)


def test_a_new_stand_without_a_picture_keeps_the_old_one(tmp_path: Path) -> None:
    """What fails in the new scene's first frame is said over the old one's picture, even if that was told before."""

    def fail(frame: int) -> None:
        raise CollageError("scenes/motions.py:7: ZeroDivisionError")

    news = [[made(changed(cels=fail))], [made(changed(cels=fail))]]
    done = perform([[], [], []], tmp_path, news=news)
    good, bad = done.window.seen[:2]
    assert np.array_equal(good[:20], bad[:20])
    assert not np.array_equal(good, bad)
    assert done.said == ["scenes/motions.py:7: ZeroDivisionError"] * 2


def test_a_picture_saved_after_it_was_let_go_is_no_fault(tmp_path: Path) -> None:
    """Until the new stand is there the last picture stays, in silence."""

    def fail(frame: int) -> None:
        if frame == 31:
            raise RunError("cup.png: this file changed while frames were made of it")

    done = perform([press("right"), press("left"), press("right")], tmp_path, stand=FakeStand(on_comp=fail))
    assert done.said == []
    assert np.array_equal(done.window.seen[1][:100], done.window.seen[2][:100])


# What is amiss


@pytest.mark.parametrize("fault", [TORN, TYPO])
def test_what_is_amiss_is_told_once_and_shown_until_it_is_mended(fault: Amiss, tmp_path: Path) -> None:
    """Over the lower part of a picture that plays on; a new stand takes it off."""
    news = [[fault], [fault], [made(FakeStand())]]
    done = perform([press("space", " "), [], press("right"), press("left"), []], tmp_path, news=news, size=(640, 480))
    first, bad, *_, last = done.window.seen
    assert done.said == [fault.line]
    assert np.array_equal(first[:240], bad[:240])
    red = (abs(bad[300:].astype(int) - overlay.RED).max(axis=2) < 40).any()
    assert bool(red) is not fault.quiet
    assert (abs(bad[300:].astype(int) - overlay.PAPER).max(axis=2) < 4).mean() > 0.05
    assert not (abs(last[300:].astype(int) - overlay.PAPER).max(axis=2) < 4).any()


# Who has it


def shows_slip(seen: Any) -> bool:
    return bool((abs(seen[CORNER].astype(int) - overlay.PAPER).max(axis=2) < 4).any())


def holding(stand: FakeStand) -> Made:
    return Made(stand, HELD)  # type: ignore[arg-type]


def test_who_has_it_is_seen_at_rest_and_when_asked(tmp_path: Path) -> None:
    """Not while it plays, unless w was pressed; w again hides it."""
    stand = FakeStand()
    script = [press("w", "w"), press("w", "w"), press("space", " ")]
    seen = perform(script, tmp_path, stand=stand, news=[[holding(stand)]]).window.seen
    assert [shows_slip(each) for each in seen] == [False, True, False, True]


def test_the_mouse_brings_it_for_a_while(tmp_path: Path) -> None:
    """As it brings the line of time."""
    import pygame

    stand = FakeStand()
    moved = [pygame.event.Event(pygame.MOUSEMOTION, pos=(1, 1), rel=(1, 1), buttons=(0, 0, 0))]
    seen = perform([moved, []], tmp_path, stand=stand, news=[[holding(stand)]]).window.seen
    assert shows_slip(seen[-1])


def test_asked_where_nothing_is_one_of_a_kind_it_says_so(tmp_path: Path) -> None:
    """A note, instead of nothing at all."""
    seen = perform([press("w", "w")], tmp_path, size=(640, 480)).window.seen
    assert not shows_slip(seen[-1])
    assert (abs(seen[-1][400:].astype(int) - overlay.PAPER).max(axis=2) < 4).mean() > 0.02


def test_handing_on_is_red(tmp_path: Path) -> None:
    """The line of a new holder is red, the one before was not."""
    stand = FakeStand()
    seen = perform(
        [press("space", " "), press("right"), []], tmp_path, stand=stand, news=[[holding(stand)]]
    ).window.seen
    ink = [bool((abs(each[:40, :200].astype(int) - overlay.RED).max(axis=2) < 30).any()) for each in seen]
    assert ink == [False, False, True]


@pytest.mark.parametrize("size", [(160, 90), (320, 180), (1280, 720)])
def test_the_slip_fits_the_window(size: tuple[int, int]) -> None:
    """However long the names, they are cut off; lines without a name, or without words, are no trouble."""
    lines = (Line("water/splash", "bath"), Line("a" * 60, "b" * 300, True), Line("and 3 more", ""), Line("", "no"))
    slip = slips.held(lines, size)
    assert slip.get_width() <= size[0]
    assert slips.held((Line("", ""),), size).get_width() > 0
