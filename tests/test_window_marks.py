"""Pointing, choosing and Enter in a real window, with a real mouse."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from screens import MISSING, Playing, picture, screen, until

from collage.player import marks_paper, overlay

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")

SCENE = """format = 1
[scene]
title = "Two cards"
size = [640, 360]
length = 48
[[layer]]
name = "left"
card = "#5c9ca0"
size = [120, 90]
at = [140, 200]
shadow = false
[[layer]]
name = "right"
card = "#d98c8c"
size = [120, 90]
at = [480, 200]
shadow = false
keys.y = [[0, 200], [47, 250]]
"""
EDITOR = """#!{python}
import os, sys
with open({told!r} + ".part", "w") as file:
    file.write(" ".join(sys.argv[1:]))
os.rename({told!r} + ".part", {told!r})
"""


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of an X server of its own."""
    with screen() as name:
        yield name


@pytest.fixture
def playing(display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Playing]:
    """The scene at rest on its first frame, and an editor that notes what it is asked for."""
    program = tmp_path / "subl"
    program.write_text(EDITOR.format(python=sys.executable, told=str(tmp_path / "told")), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(program))
    (tmp_path / "assets").mkdir()
    (tmp_path / "two.toml").write_text(SCENE, encoding="utf-8")
    shown = Playing(display, tmp_path, "two.toml")
    shown.press("Home", "space")
    shown.press("Home")
    shown.titled("Two cards - frame 0/48 (paused)")
    yield shown
    shown.process.kill()
    shown.process.communicate()


def move(playing: Playing, x: int, y: int) -> None:
    playing.x("mousemove", "--window", playing.window, str(x), str(y))


def red(playing: Playing, x: int, y: int) -> bool:
    """Whether an edge of what is chosen goes by there."""
    part = playing.seen()[y - 3 : y + 4, x - 3 : x + 4].astype(int)
    return bool((abs(part - marks_paper.RED) < 40).all(axis=2).any())


def test_a_click_chooses_and_enter_opens_its_line(playing: Playing, tmp_path: Path) -> None:
    """The pointer lays a slip of paper; a click lays a red edge; Enter asks the editor for the layer's line; Esc and a
    pointer on bare paper leave the picture as it was."""
    still, paper = picture(tmp_path / "two.toml", 0), np.array(overlay.PAPER)
    move(playing, 480, 200)
    until("a slip", lambda: (abs(playing.seen()[190:330, 300:].astype(int) - paper) < 4).all(axis=2).mean() > 0.1)
    assert not red(playing, 420, 200)
    playing.x("click", "1")
    until("an edge", lambda: red(playing, 420, 200) and red(playing, 480, 155))
    playing.press("Return")
    until("an editor", (tmp_path / "told").exists)
    line = SCENE.splitlines().index('name = "right"')
    assert (tmp_path / "told").read_text(encoding="utf-8") == f"{tmp_path}/two.toml:{line}"
    playing.press("Escape")
    move(playing, 320, 20)
    until("the bare picture", lambda: np.array_equal(playing.seen()[:250], still[:250]))


def test_what_is_chosen_is_followed_from_frame_to_frame(playing: Playing) -> None:
    """At the last frame its edge lies where the piece has come to."""
    move(playing, 480, 200)
    playing.x("click", "1")
    until("an edge", lambda: red(playing, 480, 155))
    move(playing, 320, 20)
    playing.press("End")
    playing.titled("Two cards - frame 47/48 (paused)")
    until("the edge with it", lambda: not red(playing, 440, 155) and red(playing, 440, 204) and red(playing, 440, 294))
