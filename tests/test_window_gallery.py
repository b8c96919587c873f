"""The wall in a real window: prints are seen, chosen by keys and mouse, played, left for the wall again; remembered."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from screens import MISSING, Playing, screen, until

from collage.player.wall import Wall

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")

SCENE = """format = 1
[scene]
title = "{title}"
size = [320, 180]
length = 48
paper = "{colour}"
[[layer]]
card = "black"
size = [40, 40]
shadow = false
keys.x = [[0, 40], [47, 280]]
"""
TEAL, PINK = (92, 156, 160), (217, 140, 140)


class Walled(Playing):
    """`collage play` that begins with a wall."""

    def _window(self) -> str:
        assert self.process.poll() is None, self.process.communicate()
        found = self.x("search", "--pid", str(self.process.pid)).split()
        return next((window for window in found if " scenes" in self.x("getwindowname", window)), "")

    def seen_of(self, colour: tuple[int, int, int]) -> np.ndarray:
        """Where in the window a colour is."""
        return np.argwhere(abs(self.seen().astype(int) - colour).max(axis=2) <= 3)

    def middle(self, colour: tuple[int, int, int]) -> tuple[int, int]:
        """The middle of what has a colour, once much has."""
        until(str(colour), lambda: len(self.seen_of(colour)) > 9000)
        y, x = np.median(self.seen_of(colour), axis=0)
        return int(x), int(y)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of an X server of its own."""
    with screen() as name:
        yield name


@pytest.fixture
def wall(display: str, tmp_path: Path) -> Iterator[Walled]:
    """A project of two scenes and a broken one, on the wall, and ended with the test whatever happens."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes/a.toml").write_text(SCENE.format(title="Alpha", colour="#5c9ca0"))
    (tmp_path / "scenes/b.toml").write_text(SCENE.format(title="Beta", colour="#d98c8c"))
    (tmp_path / "scenes/c.toml").write_text("format = 1\n[scene]\nsize = 3\n")
    shown = Walled(display, tmp_path)
    yield shown
    shown.process.kill()
    shown.process.communicate()


def test_from_the_wall_into_a_scene_and_back(wall: Walled, tmp_path: Path) -> None:
    """Prints come to life beside one another; Enter and a click play one, Esc comes back, q leaves; what was seen last
    is remembered, and nothing is written into the project."""
    assert wall.title == f"{tmp_path.name} - 3 scenes, 1 film"
    alpha, beta = wall.middle(TEAL), wall.middle(PINK)
    assert alpha[0] + 200 < beta[0]
    size = wall.seen().shape[1::-1]
    for place, found in enumerate((alpha, beta)):
        centre = Wall.over(size, 4).centre(place, 0)
        assert all(abs(one - other) < 40 for one, other in zip(found, centre, strict=True))
    wall.press("Right", "Return")
    until("Beta plays", lambda: wall.title.startswith("Beta - frame "))
    wall.press("End")
    wall.titled("Beta - frame 47/48 (paused)")
    wall.press("Escape")
    wall.titled(f"{tmp_path.name} - 3 scenes, 1 film")
    wall.press("Return")
    until("Beta goes on", lambda: wall.title.startswith("Beta - frame "))
    wall.press("Escape")
    wall.titled(f"{tmp_path.name} - 3 scenes, 1 film")
    x, y = wall.middle(TEAL)
    wall.x("mousemove", "--window", wall.window, str(x), str(y), "click", "1")
    until("Alpha plays", lambda: wall.title.startswith("Alpha - frame "))
    wall.press("q")
    code, said = wall.left()
    assert (code, said) == (0, "")
    state = json.loads((Path(os.environ["XDG_STATE_HOME"]) / "collage/window.json").read_text())
    assert Path(state["scene"]).name == "a.toml"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["assets", "scenes"]
    assert sorted(path.name for path in (tmp_path / "scenes").iterdir()) == ["a.toml", "b.toml", "c.toml"]


def test_the_wall_keeps_up_and_tells_what_is_broken(wall: Walled, tmp_path: Path) -> None:
    """A scene that is saved hangs there a moment later; one that is broken stays on the wall with the reason."""
    wall.middle(PINK)
    (tmp_path / "scenes/d.toml").write_text(SCENE.format(title="Delta", colour="#00ff40"))
    wall.titled(f"{tmp_path.name} - 4 scenes, 1 film")
    wall.middle((0, 255, 64))
    before = wall.seen()
    wall.press("Right", "Right", "Return")
    until("the reason", lambda: (wall.seen()[-200:] != before[-200:]).any(axis=2).mean() > 0.05)
    assert wall.title == f"{tmp_path.name} - 4 scenes, 1 film"
    wall.press("Escape")
    assert wall.left()[0] == 0


def test_a_window_comes_back_as_it_was_left(wall: Walled, display: str, tmp_path: Path) -> None:
    """Made smaller by hand, it is as small the next time."""
    wall.x("windowsize", "--sync", wall.window, "700", "520")
    until("the size", lambda: wall.seen().shape[:2] == (520, 700))
    wall.press("q")
    assert wall.left()[0] == 0
    again = Playing(display, tmp_path, "scenes/a.toml")
    until("the size again", lambda: again.seen().shape[:2] == (520, 700))
    again.press("q")
    assert again.left()[0] == 0
