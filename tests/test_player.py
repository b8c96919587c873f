"""The player without a window: keys, sizes, screenshots, the panel, and how `play` opens and closes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from stagehands import FakeStand, press

from collage.errors import AssetError, CollageError
from collage.geometry import scaled
from collage.player import fit, keys, overlay, screenshot, window
from collage.player.keys import Action, find

sides = st.integers(1, 4000)
sizes = st.tuples(sides, sides)


# Keys


def test_no_stroke_stands_for_two_things() -> None:
    """Every stroke of the table is there once, every action has a row."""
    strokes = [stroke for row in keys.TABLE for stroke in row.strokes]
    assert len(strokes) == len(set(strokes))
    assert {row.action for row in keys.TABLE} == set(Action)


@pytest.mark.parametrize(
    ("name", "text", "shift", "action"),
    [
        ("space", " ", False, Action.PLAY),
        ("left", "", False, Action.BACK),
        ("left", "", True, Action.SECOND_BACK),
        ("home", "", True, Action.HOME),
        ("ß", "?", True, Action.KEYS),
        ("/", "", True, Action.KEYS),
        ("/", "/", False, None),
        (";", ".", True, Action.FORWARD),
        ("s", "S", False, Action.SCREENSHOT),
        ("y", "y", False, None),
    ],
)
def test_keys_are_found_on_any_layout(name: str, text: str, shift: bool, action: Action | None) -> None:
    """What a key types decides before where it lies: ? is Shift+ß in Germany, a full stop Shift+; in France."""
    assert find(name, text, shift=shift) is action


def test_chords_belong_to_others() -> None:
    """Ctrl+Q and its like do nothing here, but for those of the table."""
    assert find("q", "\x11", ctrl=True) is None
    assert find("s", "\x13", ctrl=True) is Action.SAVE
    assert find("z", "", ctrl=True, shift=True) is Action.REDO
    assert find("o", "ø", alt=True) is Action.ONION


# Sizes


@given(sizes, sizes)
def test_a_letterboxed_scene_fills_one_way_and_never_spills(scene: tuple[int, int], room: tuple[int, int]) -> None:
    """The scene at its fitting scale lies inside the window and touches it on one pair of sides."""
    shown = scaled(scene, fit.scale_into(scene, room))
    assert shown[0] <= room[0]
    assert shown[1] <= room[1]
    assert shown[0] == room[0] or shown[1] == room[1]
    assert abs(shown[0] * scene[1] - shown[1] * scene[0]) <= max(scene)


@given(sizes, st.tuples(st.integers(640, 8000), st.integers(480, 8000)))
def test_a_new_window_leaves_some_desktop(scene: tuple[int, int], desktop: tuple[int, int]) -> None:
    """A new window takes at most 80 % of the desktop and is no larger than its scene, unless that is tiny."""
    for side, whole, room, least in zip(fit.first_size(scene, desktop), scene, desktop, fit.LEAST, strict=True):
        assert side <= max(least, min(whole, round(0.8 * room) + 1))
        assert side >= least


# Screenshots


@pytest.mark.parametrize(("alpha", "mode"), [(255, "RGB"), (128, "RGBA")])
def test_a_screenshot_is_the_full_frame(tmp_path: Path, alpha: int, mode: str) -> None:
    """The file holds the straight pixels of the whole frame, without alpha where the paper covers all."""
    stand: Any = FakeStand(alpha=alpha)
    path = screenshot.take(stand, 12, tmp_path / "new")
    assert path == tmp_path / "new" / "bath.0012.png"
    saved = Image.open(path)
    assert saved.mode == mode
    assert np.array_equal(np.asarray(saved.convert("RGBA")), stand.picture(12))


def test_a_screenshot_overwrites_nothing(tmp_path: Path) -> None:
    """The second of a frame is -2, the third -3; no unfinished file stays behind."""
    stand: Any = FakeStand()
    taken = [screenshot.take(stand, 7, tmp_path).name for _ in range(3)]
    assert taken == ["bath.0007.png", "bath.0007-2.png", "bath.0007-3.png"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(taken)
    stand.length = 10_001
    assert next(screenshot.names(stand, 7, tmp_path)).name == "bath.00007.png"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder that is a file is an error that names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(CollageError, match=r"file: a file is in the way"):
        screenshot.take(FakeStand(), 7, tmp_path / "file")  # type: ignore[arg-type]


# The panel


@pytest.mark.parametrize("size", [(160, 90), (640, 360), (400, 1200), (1920, 1080)])
def test_panel_and_note_fit_the_window(size: tuple[int, int]) -> None:
    """The panel of keys lies wholly inside any window; a note is never wider than it."""
    import pygame

    pygame.font.init()
    assert all(have <= room for have, room in zip(overlay.panel(size).get_size(), size, strict=True))
    assert overlay.note("saved /a/long/way/down/to/the/place/where/it/lies/bath.0012.png", size).get_width() <= size[0]


def test_of_a_slip_too_tall_the_head_is_seen() -> None:
    """What does not fit above the bar begins at the window's upper edge."""
    import pygame

    surface, slip = pygame.Surface((100, 80)), pygame.Surface((50, 120))
    slip.fill("white", (0, 0, 50, 10))
    overlay.lay_low(surface, 60, slip)
    assert surface.get_at((50, 0)) == pygame.Color("white")


# Opening and closing


def run(stand: FakeStand, tmp_path: Path, *, first: int = 0, end: int = 96, start: int = 0) -> None:
    """`play` as the command calls it."""
    window.play(stand, first=first, end=end, start=start, screenshots=tmp_path, notice=lambda said: None)  # type: ignore[arg-type]


def test_play_opens_plays_and_closes(tmp_path: Path) -> None:
    """Under an explicit dummy driver `play` shows the start frame, obeys q and leaves nothing open."""
    import pygame

    def quit_soon(frame: int) -> None:
        for event in press("q", "q"):
            pygame.event.post(event)

    stand = FakeStand(on_comp=quit_soon)
    run(stand, tmp_path, first=10, end=20, start=5)
    assert stand.asked[0] == (10, 1.0)
    assert not pygame.display.get_init()


@pytest.mark.parametrize("error", [AssetError("a/b.png: torn"), KeyboardInterrupt()])
def test_errors_pass_through_a_closed_window(tmp_path: Path, error: BaseException) -> None:
    """A broken picture and Ctrl+C end the show as they are, after the window is closed."""
    import pygame

    def fail(frame: int) -> None:
        raise error

    with pytest.raises(type(error)):
        run(FakeStand(on_comp=fail), tmp_path)
    assert not pygame.display.get_init()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
@pytest.mark.parametrize("driver", ["", "x11"])
def test_no_display_is_said_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, driver: str) -> None:
    """Without a display `play` names the way to write frames, exit code 2, and comps nothing."""
    import pygame

    pygame.quit()
    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if driver:
        monkeypatch.setenv("SDL_VIDEODRIVER", driver)
    stand = FakeStand()
    with pytest.raises(CollageError, match=r"no display here.*collage export SCENE -o FOLDER") as caught:
        run(stand, tmp_path)
    assert caught.value.code == 2
    assert not stand.asked
