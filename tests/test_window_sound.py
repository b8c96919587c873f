"""A real window whose sound goes into a file."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from screens import MISSING, Playing, screen, until

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")

SCENE = """format = 1
[scene]
title = "Heard"
size = [160, 90]
length = 48
on = 1
[sound]
file = "assets/steps.wav"
[[layer]]
card = "#b8402e"
size = [60, 60]
shadow = false
keys.x = [[0, 20], [47, 140]]
"""
FRAME = 2000
"""Samples."""
Heard = tuple[Playing, Callable[[], list[int]], Path]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of an X server of its own."""
    with screen() as name:
        yield name


@pytest.fixture
def heard(display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    """A scene whose frame f sounds as loud as f + 1 hundredths, being played, and what was heard so far: of each run
    of frames or of silence its level; and the file."""
    (tmp_path / "assets").mkdir()
    with wave.open(str(tmp_path / "assets" / "steps.wav"), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        levels = np.repeat(np.rint((np.arange(48) + 1) * 327.67), FRAME).astype("<i2")
        out.writeframes(levels.tobytes())
    (tmp_path / "heard.toml").write_text(SCENE, encoding="utf-8")
    raw = tmp_path / "heard.raw"
    monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
    monkeypatch.setenv("SDL_DISKAUDIOFILE", str(raw))

    def runs() -> list[int]:
        if not raw.exists():
            return []
        data = raw.read_bytes()
        levels = np.rint(np.frombuffer(data[: len(data) // 4 * 4], np.int16)[::2] / 327.67).astype(int)
        starts = np.flatnonzero(np.diff(levels, prepend=-1))
        long = np.diff(starts, append=len(levels)) > FRAME // 2
        return [int(level) for level in levels[starts[long]]]

    playing = Playing(display, tmp_path, "heard.toml")
    yield playing, runs, raw
    playing.process.kill()
    playing.process.communicate()


def test_a_scene_is_heard_as_it_is_seen(heard: Heard) -> None:
    """Frame after frame round the loop; paused it is silent, a step sounds for one frame, m makes all of it silent."""
    playing, runs, raw = heard
    until("two rounds of sound", lambda: runs().count(48) >= 2)
    found = runs()
    again = found.index(48)
    assert found[again : again + 49] == [48, *range(1, 49)]

    playing.press("space")
    until("silence", lambda: runs()[-1] == 0)
    playing.press("Home")
    playing.titled("Heard - frame 0/48 (paused)")
    for frame in (1, 2, 3):
        playing.press("Right")
        until("a slice", lambda frame=frame: runs()[-2:] == [frame + 1, 0])

    playing.press("m")
    before, size = len(runs()), raw.stat().st_size
    playing.press("space")
    until("a second", lambda: raw.stat().st_size > size + 4 * 48_000)
    assert len(runs()) == before
    playing.press("m")
    until("sound", lambda: runs()[-1] > 0)
    playing.press("q")
    code, said = playing.left()
    assert code == 0
    assert "Traceback" not in said
