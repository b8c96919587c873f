"""The transport in a real window, by real keys: shuttle, marks, keys and cues, shots, and the panel of all keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from screens import MISSING, Playing, screen, until

from collage.player import overlay

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")

SCENE = """format = 1
[scene]
title = "Long slide"
size = [640, 360]
length = 240
on = 1
[cues]
splash = 60
[[layer]]
name = "card"
card = "#b8402e"
size = [60, 90]
shadow = false
keys.x = [[20, 40], [200, 560]]
"""
FILM = """format = 1
[film]
title = "Two slides"
[[shot]]
scene = "slide.toml"
out = 48
[[shot]]
scene = "slide.toml"
"""


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of an X server of its own."""
    with screen() as name:
        yield name


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A project of a scene of ten seconds, and a film of two shots of it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "slide.toml").write_text(SCENE, encoding="utf-8")
    (tmp_path / "two.film.toml").write_text(FILM, encoding="utf-8")
    return tmp_path


@pytest.fixture
def play(display: str, home: Path) -> Iterator[Callable[..., Playing]]:
    """``play("slide.toml")`` opens a window, which ends with the test whatever happens."""
    opened: list[Playing] = []

    def one(*arguments: str) -> Playing:
        opened.append(Playing(display, home, *arguments))
        return opened[-1]

    yield one
    for each in opened:
        each.process.kill()
        each.process.communicate()


def frame(playing: Playing) -> int:
    """The frame in the title."""
    found = re.search(r" - frame (\d+)/", playing.title)
    return int(found[1]) if found else -1


def paper(playing: Playing) -> float:
    """How much of the window is paper that lies over the picture."""
    return float((abs(playing.seen().astype(int) - np.array(overlay.PAPER)).max(axis=2) <= 3).mean())


def test_a_scene_by_its_keys(play: Callable[..., Playing]) -> None:
    """J goes back, Down and Up to keys and cues, I and O keep it between them, Ctrl+L ends it at the last."""
    playing = play("slide.toml", "--from", "120")
    playing.press("j", "j", "j")
    until("a frame before", lambda: frame(playing) < 118)
    playing.press("k")
    until("rest", lambda: "(paused)" in playing.title)
    playing.press("Home")
    for at in (20, 60, 200):
        playing.press("Down")
        playing.titled(f"Long slide - frame {at}/240 (paused)")
    playing.press("Up")
    playing.titled("Long slide - frame 60/240 (paused)")
    until("the cue's note", lambda: paper(playing) > 0.005)
    playing.press("i", "Right", "Right", "Right", "o", "l")
    until("play", lambda: "(paused)" not in playing.title)
    assert {frame(playing) for _ in range(30)} <= {60, 61, 62, 63}
    playing.press("ctrl+l")
    playing.titled("Long slide - frame 63/240 (paused)")
    playing.press("question")
    until("the keys", lambda: paper(playing) > 0.4)
    playing.press("q")
    code, said = playing.left()
    assert (code, "Traceback" in said) == (0, False)


def test_a_film_by_its_shots(play: Callable[..., Playing]) -> None:
    """PgDn goes to the second shot, PgUp to its beginning and then to the first, and says so."""
    playing = play("two.film.toml")
    playing.press("space", "Home")
    playing.titled("Two slides - frame 0/288 - slide 0 (paused)")
    playing.press("Next")
    playing.titled("Two slides - frame 48/288 - slide 0 (paused)")
    until("the shot's note", lambda: paper(playing) > 0.005)
    playing.press("Right", "Right", "Prior")
    playing.titled("Two slides - frame 48/288 - slide 0 (paused)")
    playing.press("Prior")
    playing.titled("Two slides - frame 0/288 - slide 0 (paused)")
    playing.press("q")
    assert playing.left()[0] == 0
