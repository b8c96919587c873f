"""Hands in a real window on a real X server: a real mouse takes a piece elsewhere and Ctrl+S writes that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from screens import MISSING, Playing, picture, screen, until

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")

SCENE = """format = 1
[scene]
title = "Two cards"
size = [640, 360]
[[layer]]
name = "red"
card = "#b8402e"
size = [80, 60]
at = [200, 180]  # to be moved
[[layer]]
name = "teal"
card = "#5c9ca0"
size = [80, 60]
at = [480, 180]
"""


@pytest.fixture
def playing(tmp_path: Path) -> Iterator[Playing]:
    """The scene in a window, paused at its beginning."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "two.toml").write_text(SCENE, encoding="utf-8")
    with screen() as display:
        shown = Playing(display, tmp_path, "two.toml")
        shown.press("Home", "space")
        shown.press("Home")
        shown.titled("Two cards - frame 0/96 (paused)")
        yield shown
        shown.process.kill()
        shown.process.communicate()


def near(playing: Playing, x: int, y: int, colour: tuple[int, int, int]) -> bool:
    """Whether a pixel of the window is about of a colour."""
    return bool(np.abs(playing.seen()[y, x].astype(int) - colour).max() < 4)


def test_a_real_mouse_moves_a_real_piece(playing: Playing, tmp_path: Path) -> None:
    """It is lifted over the other one, dropped, undone, done again and written; q leaves without a question."""
    red, teal, path = (184, 64, 46), (92, 156, 160), tmp_path / "two.toml"
    place = ("mousemove", "--window", playing.window)
    playing.press("g")
    playing.x(*place, "200", "180")
    playing.x("mousedown", "1")
    for x in (260, 340, 420, 460):
        playing.x(*place, str(x), "170")
    until("red over teal", lambda: near(playing, 455, 165, red))
    until("an empty place", lambda: near(playing, 180, 180, (214, 200, 168)))
    playing.x("mouseup", "1")
    until("teal over red", lambda: near(playing, 480, 190, teal) and near(playing, 425, 160, red))
    playing.press("ctrl+z")
    until("red is back", lambda: near(playing, 200, 180, red))
    playing.press("ctrl+shift+z")
    until("red is there again", lambda: near(playing, 425, 160, red))
    playing.press("ctrl+s")
    moved = SCENE.replace("at = [200, 180]", "at = [460, 170]")
    until("a save", lambda: path.read_text(encoding="utf-8") == moved)
    expected = picture(path, 0)
    until("the saved scene", lambda: np.array_equal(playing.seen()[60:270], expected[60:270]))
    playing.press("q")
    code, _ = playing.left()
    assert code == 0
