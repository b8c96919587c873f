"""The scrub bar: what lies along it, and where the mouse goes on it."""

from __future__ import annotations

import time
import wave
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from stagehands import FakeStand, perform, press

import collage
from collage.player import bar_paper
from collage.player.bar import Bar, frame_at
from collage.player.clock import Playhead
from collage.player.ruler import Measuring, Ruler, Stretch

pytestmark = pytest.mark.usefixtures("dummy")

WINDOW = (640, 360)
LOW = WINDOW[1] - 8


def mouse(kind: str, x: int, y: int = LOW, **facts: Any) -> Any:
    """An event of the left button."""
    import pygame

    return pygame.event.Event(getattr(pygame, kind), pos=(x, y), **({"button": 1} | facts))


def barred(script: list[list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A show of 96 frames with a bar, on frame 30."""
    stand: Any = FakeStand()
    monkeypatch.setattr(Ruler, "of", lambda stand: Ruler(96))
    return perform(script, tmp_path, stand=stand, size=WINDOW, acetates=[Bar(stand)])


def x_of(frame: int) -> int:
    """The middle of a frame's share of the bar."""
    left, right = bar_paper.sides(WINDOW)
    return round(left + (frame + 0.5) / 96 * (right - left))


@given(st.integers(0, 95))
def test_the_column_of_a_frame_gives_that_frame(frame: int) -> None:
    """There and back, for each frame of a range."""
    assert frame_at(x_of(frame), WINDOW, Playhead(Fraction(24), 0, 96, 0)) == frame


@given(st.integers(-500, 2000), st.integers(0, 50), st.integers(1, 4000))
def test_any_column_gives_a_frame_of_the_range(x: int, first: int, count: int) -> None:
    """Beyond the ends, the first and the last."""
    assert first <= frame_at(x, WINDOW, Playhead(Fraction(24), first, first + count, first)) < first + count


def test_the_mouse_scrubs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed and drawn along the bar the playhead follows, at rest; it stays where it is let go."""
    pause = press("space", " ")
    drag = [mouse("MOUSEBUTTONDOWN", x_of(50)), mouse("MOUSEMOTION", x_of(70), y=5, rel=(1, 1), buttons=(1, 0, 0))]
    head = barred([pause, [*drag, mouse("MOUSEBUTTONUP", x_of(70))]], tmp_path, monkeypatch).head
    assert (head.frame(0), head.playing) == (70, False)


def test_what_played_plays_on_after_scrubbing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the button is down it rests; then it runs on from there."""
    down = [mouse("MOUSEMOTION", 5, y=5, rel=(0, 0), buttons=(0, 0, 0)), mouse("MOUSEBUTTONDOWN", x_of(50))]
    held = barred([down], tmp_path, monkeypatch).head
    assert (held.frame(0), held.playing) == (50, False)
    on = barred([down, [mouse("MOUSEBUTTONUP", x_of(50))]], tmp_path, monkeypatch).head
    assert (on.frame(0), on.playing) == (50, True)


def test_a_press_above_the_bar_is_not_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture is for others."""
    assert (
        barred([[*press("space", " "), mouse("MOUSEBUTTONDOWN", x_of(50), y=100)]], tmp_path, monkeypatch).head.frame(0)
        == 30
    )


def test_it_shows_only_while_somebody_looks_the_window_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Playing, the picture is whole; at rest the paper lies over its lower edge."""
    seen = barred([press("space", " ")], tmp_path, monkeypatch).window.seen
    assert tuple(seen[0][LOW, 300]) == (30, 100, 50)
    assert min(seen[-1][LOW - 4, 3].tolist()) > 200


def test_the_ruler_says_what_lies_along_the_time(project: Project) -> None:
    """Cues with their names, keys, and who has what is one of a kind, in frames."""
    text = (
        'format = 1\n[scene]\nlength = 48\non = 1\n[cues]\nsplash = 12\n[[layer]]\nasset = "props/dot"\n'
        "in = 4\nout = 20\nkeys.x = [[6, 0], [18, 9]]\n"
    )
    scene = project(text, {"props/dot": np.full((2, 2, 4), 255, np.uint8)}, 'format = 1\n["props/dot"]\ncopies = 1\n')
    with collage.open(scene) as stand:
        ruler = Ruler.of(stand)
    assert ruler == Ruler(48, ((12, "splash"),), (6, 18), ((0, "test"),), (Stretch("props/dot", 4, 20),), ())


@pytest.mark.parametrize("seconds", [0.05, 0.5, 3.5])
def test_the_wave_is_the_loudest_of_each_piece(project: Project, seconds: float) -> None:
    """Sample by sample, in pieces of one length, however many are read at once; at most full scale."""
    file = project(f'format = 1\n[scene]\nlength = "{seconds}s"\n[sound]\nfile = "assets/noise.wav"\ngain = 3\n')
    noise = np.random.default_rng(3).integers(-32768, 32768, (round(48000 * seconds), 1), np.int16)
    (file.parent.parent / "assets").mkdir(exist_ok=True)
    with wave.open(str(file.parent.parent / "assets" / "noise.wav"), "wb") as out:
        out.setparams((1, 2, 48000, 0, "NONE", ""))
        out.writeframes(noise.tobytes())
    with collage.open(file) as stand:
        found, mix = Ruler.of(stand).wave, stand.sound
        heard = np.abs(mix.block(0, mix.samples)).max(axis=1)
    edges = [mix.samples * piece // len(found) for piece in range(len(found) + 1)]
    assert len(found) == min(2400, mix.samples)
    assert list(found) == [min(1.0, float(heard[a:b].max())) for a, b in pairwise(edges)]


def test_the_measuring_ends_with_a_ruler(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made beside the window, and counted once it is there."""
    stand: Any = FakeStand()
    monkeypatch.setattr(Ruler, "of", lambda stand: Ruler(7))
    measuring = Measuring(stand)
    measuring.begin()
    for _ in range(500):
        if measuring.round:
            break
        time.sleep(0.01)
    assert (measuring.round, measuring.ruler.length) == (1, 7)


@pytest.mark.parametrize("size", [(160, 90), (640, 360), (3840, 2160)])
def test_a_full_bar_is_drawn_in_any_window(size: tuple[int, int]) -> None:
    """Long names, many lanes and marks: the paper is as wide as the window, the shade lies outside the marks."""
    import pygame

    held = tuple(Stretch(f"props/{name}", 5, 90) for name in "abcdefgh")
    ruler = Ruler(96, ((3, "a very long name " * 9),), (1, 2, 3), ((0, "one"), (50, "two")), held, (0.5,) * 100)
    head = Playhead(Fraction(24), 0, 96, 40, mark_in=48)
    paper = bar_paper.strip(size, head, ruler, 24.0)
    assert paper.get_width() == size[0]
    window = pygame.Surface(size)
    bar_paper.lay(window, paper, head, 40)
    left, right = bar_paper.sides(size)
    row = size[1] - paper.get_height() + bar_paper.em(size) // 2 + round(1.25 * bar_paper.em(size)) + 3
    dark, light = (sum(window.get_at((left + (right - left) * share // 96 + 2, row))[:3]) for share in (20, 60))
    assert dark < light
