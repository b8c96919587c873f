"""A real window on a real X server that nobody sees, driven by real keys."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from screens import MISSING, STRIP, Playing, picture, screen, until

import collage
from collage.player import overlay

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")

SCENE = """format = 1
[scene]
title = "Tiny slide"
size = [320, 180]
length = 48
on = 1
[[layer]]
card = "#b8402e"
size = [60, 90]
shadow = false
keys.x = [[0, 40], [47, 280]]
keys.turn = [[0, 0], [47, 80]]
"""


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of an X server of its own."""
    with screen() as name:
        yield name


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    """A project of one small scene, played at 1:1."""
    (tmp_path / "assets").mkdir()
    path = tmp_path / "tiny.toml"
    path.write_text(SCENE, encoding="utf-8")
    return path


@pytest.fixture
def playing(display: str, scene: Path) -> Iterator[Playing]:
    """The scene being played, and ended with the test whatever happens."""
    shown = Playing(display, scene.parent, scene.name)
    yield shown
    shown.process.kill()
    shown.process.communicate()


def test_keys_and_pixels_of_a_real_window(playing: Playing, scene: Path) -> None:
    """It plays by itself; keys step it; window and screenshot are the exported frame to the bit; q leaves with 0."""
    before = playing.title
    assert before.startswith("Tiny slide - frame ")
    until("another frame", lambda: playing.title != before)
    playing.press("End")
    playing.titled("Tiny slide - frame 47/48 (paused)")
    playing.press("Left", "Left", "Right", "comma")
    playing.titled("Tiny slide - frame 45/48 (paused)")
    playing.shows(picture(scene, 45))

    saved = scene.parent / "tiny.0045.png"
    playing.press("s")
    until("a screenshot", saved.exists)
    command = [sys.executable, "-m", "collage", "export", scene.name, "-o", "out", "--frames", "45"]
    subprocess.run(command, cwd=scene.parent, env=playing.env, check=True, capture_output=True)
    assert saved.read_bytes() == (scene.parent / "out" / saved.name).read_bytes()

    playing.press("q")
    code, said = playing.left()
    assert code == 0
    assert saved.name in said
    assert "Traceback" not in said


def test_the_question_mark_shows_and_hides_the_keys(playing: Playing, scene: Path) -> None:
    """? lays the panel's paper over the picture, ? again takes it off without a trace."""
    playing.press("Home", "space")
    playing.press("Home")
    playing.titled("Tiny slide - frame 0/48 (paused)")
    playing.shows(picture(scene, 0))
    playing.press("question")
    paper = np.array(overlay.PAPER)
    until("paper", lambda: (abs(playing.seen() - paper).max(axis=2) <= 3).mean() > 0.1)
    playing.press("question")
    playing.shows(picture(scene, 0))


def test_a_resized_window_letterboxes_the_scene(playing: Playing, scene: Path) -> None:
    """In a square window the scene is comped at three quarters and lies between two dark bars."""
    playing.press("End")
    playing.titled("Tiny slide - frame 47/48 (paused)")
    playing.x("windowsize", playing.window, "240", "240")
    expected = np.empty((240, 240, 3), np.uint8)
    expected[:] = overlay.SURROUND
    expected[52:187] = picture(scene, 47, 0.75)
    playing.shows(expected)


def test_interrupt_closes_the_window(playing: Playing) -> None:
    """Ctrl+C in the terminal ends it with 130 and no traceback."""
    playing.process.send_signal(signal.SIGINT)
    code, said = playing.left()
    assert code == 130
    assert "Traceback" not in said


FILM = """format = 1
[film]
title = "Two slides"
[[shot]]
scene = "tiny.toml"
out = 24
join = { how = "wipe", length = 8 }
[[shot]]
scene = "tiny.toml"
"""


def test_a_film_plays_with_both_counts(display: str, scene: Path) -> None:
    """The title has the film's frame and the shots', and a frame within a join is what the film is exported as."""
    film = scene.with_name("two.film.toml")
    film.write_text(FILM, encoding="utf-8")
    playing = Playing(display, scene.parent, film.name)
    playing.press("Home", "space")
    playing.press("Home", *["Right"] * 20)
    playing.titled("Two slides - frame 20/64 - tiny 20, tiny 4 (paused)")
    with collage.open(film) as stand:
        expected = stand.comp(20)[..., :3]
    until("the picture above the slip", lambda: np.array_equal(playing.seen()[:80], expected[:80]))
    until("the slip", lambda: not np.array_equal(playing.seen()[80:-STRIP], expected[80:-STRIP]))
    playing.press("q")
    assert playing.left()[0] == 0


SCRIPT = """import collage

@collage.motion
def trip(now):
    return {"x": 1 / (now.frame - 10)}
"""


def test_a_script_that_fails_keeps_the_last_good_frame(display: str, scene: Path) -> None:
    """Its file and line are said over the picture and on the terminal, and the next frame is drawn as ever."""
    scene.write_text(SCENE + 'move = [{ do = "motions.trip" }]\n', encoding="utf-8")
    scene.with_name("motions.py").write_text(SCRIPT, encoding="utf-8")
    playing = Playing(display, scene.parent, "--trust", "--from", "20", scene.name)
    playing.press("Home", "space")
    playing.press("Home", *["Right"] * 9)
    playing.titled("Tiny slide - frame 9/48 (paused)")
    with collage.open(scene, trust=True) as stand:
        before, after = (stand.comp(frame)[..., :3] for frame in (9, 11))
    playing.shows(before)
    playing.press("Right")
    playing.titled("Tiny slide - frame 10/48 (paused)")
    until("the slip", lambda: not np.array_equal(playing.seen()[:-STRIP], before[:-STRIP]))
    assert np.array_equal(playing.seen()[:20], before[:20])
    playing.press("Right")
    playing.shows(after)
    playing.press("q")
    code, said = playing.left()
    assert code == 0
    assert "motions.py:5:" in said
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said
