"""What is saved while a real window plays is seen in it, and who has what is seen in its corner."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from screens import MISSING, STRIP, Playing, picture, screen, until

from collage.player import overlay

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")

HOT = """format = 1
[scene]
title = "Hot"
size = [320, 180]
length = 48
[[layer]]
asset = "cup"
at = [100, 90]
"""


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of an X server of its own."""
    with screen() as name:
        yield name


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    """A project of one red cup, played at 1:1."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "cup.png").write_bytes(cup("#c02020"))
    path = tmp_path / "tiny.toml"
    path.write_text(HOT, encoding="utf-8")
    return path


def cup(colour: str, size: tuple[int, int] = (60, 60)) -> bytes:
    """A picture of one colour, of noise if that is "", which can be torn in its middle."""
    out = io.BytesIO()
    image = Image.effect_noise(size, 90).convert("RGB") if not colour else Image.new("RGB", size, colour)
    image.save(out, "PNG")
    return out.getvalue()


def test_what_is_saved_is_seen(display: str, scene: Path) -> None:
    """Pictures, the registry and the text, saved while it rests: each is seen in the same window at the same frame.
    What is torn or broken leaves the last good one and is told once; mended, it is seen."""
    picture_file, registry = (scene.parent / "assets" / name for name in ("cup.png", "registry.toml"))
    playing = Playing(display, scene.parent, scene.name)
    playing.press("End", "Left", "Left")
    playing.titled("Hot - frame 45/48 (paused)")
    playing.shows(picture(scene, 45))

    picture_file.write_bytes(cup("#2020c0", (90, 90)))
    playing.shows(picture(scene, 45))
    registry.write_text("format = 1\n[cup]\npivot = [0, 0]\n", encoding="utf-8")
    good = picture(scene, 45)
    playing.shows(good)

    def told() -> bool:
        seen = playing.seen()[:-STRIP]
        return np.array_equal(seen[:8], good[:8]) and not np.array_equal(seen, good[:-STRIP])

    picture_file.write_bytes(cup("", (90, 90))[:4000])
    until("the slip of the torn picture", told)
    picture_file.write_bytes(cup("#20c020"))
    good = picture(scene, 45)
    playing.shows(good)
    scene.write_text(HOT.replace("at = [100, 90]", "at = [100]").replace("length = 48", "length = 40"))
    until("the slip of the broken text", told)
    scene.write_text(HOT.replace("length = 48", "length = 40"))
    playing.titled("Hot - frame 39/40 (paused)")
    playing.shows(good)
    playing.press("q")
    code, said = playing.left()
    assert code == 0
    lines = said.splitlines()
    assert len(lines) == 2
    assert "half saved?" in lines[0]
    assert "cup.png" in lines[0]
    assert lines[1].startswith("tiny.toml:8:6: ")
    assert "Traceback" not in said


def test_it_plays_on_while_something_is_saved(display: str, scene: Path) -> None:
    """The window's frames go on, and the new picture is there while they do."""
    saved = scene.parent / "assets" / "cup.png"
    playing = Playing(display, scene.parent, scene.name)
    titles = set()
    until("red", lambda: playing.seen()[90, 100, 0] > 150)
    saved.write_bytes(cup("#2020c0"))
    until("blue", lambda: titles.add(playing.title) or playing.seen()[90, 100, 2] > 150)
    until("more frames", lambda: titles.add(playing.title) or len(titles) > 3)
    assert not any("paused" in title for title in titles)
    playing.press("q")
    assert playing.left() == (0, "")


def test_w_shows_who_has_what(display: str, scene: Path) -> None:
    """Its paper lies in the upper left corner while it plays, and w takes it off again."""
    (scene.parent / "assets" / "registry.toml").write_text("format = 1\n[cup]\ncopies = 1\n", encoding="utf-8")
    playing = Playing(display, scene.parent, scene.name)
    paper = np.array(overlay.PAPER)

    def there() -> bool:
        return bool((abs(playing.seen()[5:30, 5:60] - paper).max(axis=2) <= 3).any())

    until("no slip", lambda: not there())
    playing.press("w")
    until("the slip", there)
    playing.press("w")
    until("no slip", lambda: not there())
    playing.press("q")
    assert playing.left()[0] == 0
