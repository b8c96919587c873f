"""The window's loop under SDL's dummy driver: what keys do, what is drawn, and when."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from stagehands import FakeStand, perform, press

from collage.errors import CollageError
from collage.player import overlay
from collage.player.acetate import Acetate, Moment
from collage.player.clock import SECOND
from collage.player.excerpt import Excerpt
from collage.player.mistake import mistake
from collage.player.pictures import Pictures
from collage.player.shelf import Picture
from collage.player.view import place, printable

pytestmark = pytest.mark.usefixtures("dummy")


@pytest.mark.parametrize(
    ("strokes", "frame", "playing"),
    [
        ([("space", " ")], 30, False),
        ([("space", " "), ("space", " ")], 30, True),
        ([("left", "")], 29, False),
        ([(",", ","), (",", ",")], 28, False),
        ([("right", "")], 31, False),
        ([(".", ".")], 31, False),
        ([("shift+left", "")], 6, True),
        ([("shift+right", "")], 54, True),
        ([("shift+right", "")] * 3, 95, True),
        ([("home", "")], 0, True),
        ([("end", "")], 95, False),
        ([("end", ""), ("right", "")], 0, False),
        ([("home", ""), ("left", "")], 95, False),
        ([("y", "y")], 30, True),
    ],
)
def test_what_keys_do_to_time(strokes: list[tuple[str, str]], frame: int, playing: bool, tmp_path: Path) -> None:
    """Each key of the table moves the playhead as its line says."""
    events = [
        event
        for name, text in strokes
        for event in press(name.removeprefix("shift+"), text, shift=name.startswith("shift+"))
    ]
    head = perform([events + press("q", "q")], tmp_path).head
    assert (head.frame(0), head.playing) == (frame, playing)


def test_a_held_key_steps_on_but_switches_once(tmp_path: Path) -> None:
    """Right repeats while it is held; Space and f do not flicker."""
    assert perform([press("right", hold=5)], tmp_path).head.frame(0) == 35
    assert not perform([press("space", " ", hold=4)], tmp_path).head.playing
    assert perform([press("f", "f", hold=4) + press("q", "q")], tmp_path).window.screens == ["full"]


def test_escape_leaves_the_full_screen_before_it_quits(tmp_path: Path) -> None:
    """In fullscreen Esc brings the window back and the show goes on; in the window it ends it."""
    first = perform([press("f", "f") + press("escape") + press("right")], tmp_path)
    assert first.window.screens == ["full", "window"]
    assert first.head.frame(0) == 31
    second = perform([press("escape"), press("right")], tmp_path)
    assert second.head.frame(0) == 30


def test_closing_the_window_quits(tmp_path: Path) -> None:
    """The window's own button ends the show."""
    import pygame

    assert perform([[pygame.event.Event(pygame.QUIT)], press("right")], tmp_path).head.frame(0) == 30


def test_the_title_names_scene_frame_and_rest(tmp_path: Path) -> None:
    """Title, frame of how many, and whether it rests; a title's control characters do no harm."""
    assert perform([press("right")], tmp_path).window.title == "Bath time - frame 31/96 (paused)"
    assert printable("a\0b\n\udcffc") == "a b  c"


def test_nothing_is_comped_that_is_not_new(tmp_path: Path) -> None:
    """Panel, note, pause and exposure draw over the kept picture; only another frame, size or a screenshot asks."""
    import pygame

    exposed = [pygame.event.Event(pygame.WINDOWEXPOSED)]
    script = [press("space", " "), press("/", "?"), press("/", "?"), press("s", "s"), exposed, press("right")]
    assert perform(script, tmp_path).stand.asked == [(30, 1.0), (30, 1.0), (31, 1.0)]


def test_frames_that_look_alike_are_comped_once(tmp_path: Path) -> None:
    """On twos the second frame of an exposure shows the picture of the first, under its own number."""
    stand = FakeStand()
    stand.cels = lambda frame: (frame // 2,)  # type: ignore[method-assign]
    shown = perform([press("right"), press("right"), press("right")], tmp_path, stand=stand)
    assert [frame for frame, _ in stand.asked] == [30, 32]
    assert shown.window.title == "Bath time - frame 33/96 (paused)"


def test_a_small_window_asks_for_a_small_comp_and_a_large_one_for_no_larger(tmp_path: Path) -> None:
    """The comp is as large as it is shown, never larger than the scene; the screenshot is always whole."""
    small = perform([press("s", "s")], tmp_path, size=(160, 200))
    assert small.stand.asked == [(30, 0.5), (30, 1.0)]
    assert Image.open(tmp_path / "bath.0030.png").size == (320, 180)
    assert perform([], tmp_path, size=(640, 400)).stand.asked == [(30, 1.0)]


def test_letterboxing(tmp_path: Path) -> None:
    """The picture keeps its shape in the middle; the rest is the dark surround."""
    for size, top in (((160, 200), 55), ((640, 400), 20)):
        seen = perform([], tmp_path, size=size).window.seen[0]
        assert (seen[:top] == overlay.SURROUND).all()
        assert (seen[top:-top] == (30, 100, 50)).all()
        assert (seen[-top:] == overlay.SURROUND).all()


def test_a_transparent_scene_lies_on_checks(tmp_path: Path) -> None:
    """Half transparent colour shows both greys of the checkerboard through it."""
    seen = perform([], tmp_path, stand=FakeStand(alpha=128)).window.seen[0].astype(int)
    for x, grey in ((4, 205), (16, 222)):
        expected = np.array((30, 100, 50)) * 128 / 255 + grey * 127 / 255
        assert abs(seen[4, x] - expected).max() <= 2


def test_a_screenshot_is_told_on_the_window_and_outside(tmp_path: Path) -> None:
    """The note covers part of the picture; the notice holds the path, or the reason why there is none."""
    good = perform([press("space", " "), press("s", "s")], tmp_path)
    assert good.said == [f"saved {tmp_path / 'bath.0030.png'}"]
    assert (good.window.seen[-1] != good.window.seen[-2]).any()
    (tmp_path / "file").write_text("")
    assert "in the way" in perform([press("s", "s")], tmp_path / "file").said[0]


def test_the_clock_starts_when_the_first_frame_is_seen(tmp_path: Path) -> None:
    """Ten seconds of loading before the first frame skip nothing."""
    time = [0]

    def load(frame: int) -> None:
        time[0] += 10 * SECOND if len(stand.asked) == 1 else 0

    stand = FakeStand(on_comp=load)
    assert perform([], tmp_path, stand=stand, now=lambda: time[0]).head.frame(time[0]) == 30


def test_a_slow_scene_drops_frames_and_keeps_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a comp takes four frames' time, every fourth frame is seen, at its own moment."""
    clock = [0]

    def spend(seconds: float) -> None:
        clock[0] += math.ceil(seconds * SECOND)

    monkeypatch.setattr("collage.player.show.time.sleep", spend)
    stand = FakeStand(on_comp=lambda frame: spend(4 / 24))
    perform([[]] * 5, tmp_path, stand=stand, now=lambda: clock[0])
    assert [frame for frame, _ in stand.asked] == [30, 31, 35, 39, 43, 47]


def test_a_frame_without_a_picture_keeps_the_last_good_one(tmp_path: Path) -> None:
    """What is wrong is said over it and told once; the next good frame is shown as ever, and the show goes on."""

    def fail(frame: int) -> None:
        if frame == 31:
            raise CollageError("scenes/motions.py:7: ZeroDivisionError")

    script = [press("space", " "), press("right"), press("left"), press("right"), press("right")]
    done = perform(script, tmp_path, stand=FakeStand(on_comp=fail))
    first, bad, after = done.window.seen[1], done.window.seen[2], done.window.seen[-1]
    corners = (slice(0, 20), slice(0, 20))
    assert np.array_equal(bad[corners], first[corners])
    assert not np.array_equal(bad, first)
    assert (after[corners] == (32, 100, 50)).all()
    assert done.said == ["scenes/motions.py:7: ZeroDivisionError"]


def test_a_fault_is_told_once_for_each_place(tmp_path: Path) -> None:
    """A line of a script that fails on every frame, whatever it says, is one line outside; another layer is another."""

    def fail(frame: int) -> None:
        if frame > 30:
            layer = "cup" if frame < 33 else "pot"
            raise CollageError(f'scenes/motions.py:7: frame {frame}: "{layer}" motions.go: ValueError: {frame}')

    told = perform([press("space", " ")] + [press("right")] * 5, tmp_path, stand=FakeStand(on_comp=fail)).said
    assert [line.split('"')[1] for line in told] == ["cup", "pot"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('frame 3: "a" expr.x has no value: 1', 'frame 9: "a" expr.x has no value: 2', True),
        ('film frame 3, shot b: frame 1: "a" expr.x', 'film frame 4, shot b: frame 2: "a" expr.x', True),
        ('m.py:4: frame 3: "a" in "c.toml" go', 'm.py:4: frame 3: "a" in "d.toml" go', False),
        ('m.py:4: frame 3: "a" go', 'm.py:5: frame 3: "a" go', False),
        ("cup.png: torn", "pot.png: torn", False),
    ],
)
def test_where_a_fault_comes_from(one: str, other: str, same: bool) -> None:
    """Its place is a script's line, its scene and its layer, in a film too; what is of no frame is its own place."""
    assert (place(one) == place(other)) is same


def test_a_fault_hides_neither_the_picture_nor_the_keys(tmp_path: Path) -> None:
    """It lies at the bottom of the window, under the panel of keys."""

    def fail(frame: int) -> None:
        if frame == 31:
            raise CollageError("scenes/motions.py:7: ZeroDivisionError")

    script = [press("space", " "), press("right"), press("left"), press("/", "?"), press("right")]
    _, good, bad, _, keys, both, *_ = perform(
        script, tmp_path, stand=FakeStand(on_comp=fail), size=(640, 480)
    ).window.seen
    upper, lower, middle = slice(0, 300), slice(380, 470), (slice(60, 400), slice(220, 420))
    assert np.array_equal(bad[upper], good[upper])
    assert not np.array_equal(bad[lower], good[lower])
    assert np.array_equal(keys[middle], both[middle])


def test_slips_lie_above_one_another() -> None:
    """The first is the lowest, and none covers another."""
    import pygame

    window, red, blue = (pygame.Surface(size) for size in ((80, 80), (20, 10), (40, 30)))
    red.fill("red")
    blue.fill("blue")
    overlay.lay_low(window, 80, red, blue)
    column = [window.get_at((40, y))[:3] for y in range(80)]
    assert column == [(0, 0, 0)] * 38 + [(0, 0, 255)] * 30 + [(255, 0, 0)] * 10 + [(0, 0, 0)] * 2


def test_a_film_shows_its_frame_and_its_shots(tmp_path: Path) -> None:
    """The title has both, and at rest a slip in the corner has them too."""

    class Film(FakeStand):
        def shots(self, frame: int) -> tuple[tuple[str, int], ...]:
            return ("bath", frame - 20), ("pool", frame - 30)

    done = perform([press("space", " ")], tmp_path, stand=Film(), size=(320, 240))
    assert done.window.title == "Bath time - frame 30/96 - bath 10, pool 0 (paused)"
    corner = done.window.seen[1][-30:-8, :60]
    assert len(np.unique(corner.reshape(-1, 3), axis=0)) > 20


def test_a_fault_fits_any_window() -> None:
    """However long the words and however small the window, the slip lies within it."""
    line = Excerpt(7, "x = 1 / (now.frame - 10) " * 3, 7)
    for size in ((320, 180), (1280, 720), (120, 90)):
        slip = mistake("scenes/motions.py:7: frame 12: a very long " + "word " * 60 + "x" * 300, line, size)
        assert slip.get_width() <= size[0]
        assert slip.get_height() <= size[1]


def test_a_hidden_window_draws_nothing(tmp_path: Path) -> None:
    """Minimised, keys still count, but nothing is comped until it is seen again; then what is due is."""
    import pygame

    away, back = (pygame.event.Event(what) for what in (pygame.WINDOWMINIMIZED, pygame.WINDOWRESTORED))
    script = [[away, *press("right")], press("right"), press("right"), [back]]
    done = perform(script, tmp_path, news=[[], [], []])
    assert [frame for frame, _ in done.stand.asked] == [30, 33]
    assert done.window.title == "Bath time - frame 33/96 (paused)"


def test_what_is_half_as_fine_says_so(tmp_path: Path) -> None:
    """A slip in the upper right corner, only while such a picture is seen."""

    class Coarse(Pictures):
        def due(self, at: Moment) -> Picture:
            return replace(super().due(at), half=at.frame == 31)

    stand = FakeStand()
    script = [press("space", " "), press("right"), press("right")]
    seen = perform(script, tmp_path, stand=stand, pictures=Coarse(stand)).window.seen  # type: ignore[arg-type]
    corner = (slice(0, 40), slice(200, 320))
    papers = [(abs(each[corner].astype(int) - overlay.PAPER).max(axis=2) < 4).any() for each in seen]
    assert papers[:2] == [False, False]
    assert any(papers[2:])
    assert not papers[-1]


def test_what_is_covered_is_not_pointed_at(tmp_path: Path) -> None:
    """A pointer that comes onto what covers the lower edge has left what lies under it."""
    import pygame

    heard: list[int] = []

    class Under(Acetate):
        def take(self, event: Any, at: Moment, show: Any) -> bool:
            heard.append(event.type)
            return False

        def floor(self, at: Moment) -> int:
            return 150

    def go(y: int) -> list[Any]:
        return [pygame.event.Event(pygame.MOUSEMOTION, pos=(20, y), rel=(1, 1), buttons=(0, 0, 0))]

    perform([press("space", " "), go(149) + go(150) + press("right")], tmp_path, acetates=[Under()])
    assert heard == [pygame.MOUSEMOTION, pygame.MOUSEMOTION, pygame.WINDOWLEAVE]
