"""The player without a screen: keys, sizes, screenshots, and the window's loop under SDL's dummy driver."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from collage.errors import AssetError, CollageError, RunError
from collage.player import fit, keys, overlay, screenshot, window
from collage.player.clock import SECOND, Playhead
from collage.player.keys import Action, find
from collage.player.show import Show, printable

sides = st.integers(1, 4000)
sizes = st.tuples(sides, sides)


class FakeStand:
    """A stand whose frame f is the flat colour (f, 100, 50); `asked` lists what was comped, `on_comp` acts in it."""

    name, title, size, rate, length = "bath", "Bath time", (320, 180), Fraction(24), 96

    def __init__(self, *, alpha: int = 255, on_comp: Callable[[int], None] = lambda frame: None) -> None:
        self.opaque, self.alpha, self.on_comp = alpha == 255, alpha, on_comp
        self.asked: list[tuple[int, float]] = []

    def cels(self, frame: int) -> tuple[int, ...]:
        """What the frame is made of: its number."""
        return (frame,)

    def comp(self, frame: int, scale: float = 1.0) -> Any:
        """The frame, premultiplied."""
        self.asked.append((frame, scale))
        self.on_comp(frame)
        picture = self.picture(frame, scale)
        picture[..., :3] = picture[..., :3] * (self.alpha / 255)
        return picture

    def picture(self, frame: int, scale: float = 1.0) -> Any:
        """The frame, straight."""
        width, height = fit.scaled(self.size, scale)
        return np.full((height, width, 4), (frame, 100, 50, self.alpha), np.uint8)


class FakeWindow:
    """A window that presses the next keys of a script each time it has shown something; `seen` are its titles."""

    def __init__(self, script: Sequence[Sequence[Any]], size: tuple[int, int] = (320, 180)) -> None:
        import pygame

        self.surface, self.script, self.title = pygame.Surface(size), list(script), ""
        self.seen: list[Any] = []
        self.screens: list[str] = []

    def get_surface(self) -> Any:
        """What is drawn on."""
        return self.surface

    def flip(self) -> None:
        """Show it, then post the script's next events."""
        import pygame

        self.seen.append(pygame.surfarray.array3d(self.surface).swapaxes(0, 1))
        for event in self.script.pop(0) if self.script else ():
            pygame.event.post(event)

    def set_fullscreen(self, *, desktop: bool) -> None:
        """Note it."""
        self.screens.append("full")

    def set_windowed(self) -> None:
        """Note it."""
        self.screens.append("window")


def press(name: str, text: str = "", *, shift: bool = False, hold: int = 1) -> list[Any]:
    """The events of a key pressed, held so many repeats, and let go."""
    import pygame

    code, mod = pygame.key.key_code(name), pygame.KMOD_SHIFT if shift else 0
    down = pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text)
    return [down] * hold + [pygame.event.Event(pygame.KEYUP, key=code, mod=mod)]


@pytest.fixture(autouse=True)
def dummy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A display that needs no screen."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    pygame.display.init()
    pygame.font.init()
    yield
    pygame.quit()


def perform(
    script: Sequence[Sequence[Any]],
    tmp_path: Path,
    *,
    stand: FakeStand | None = None,
    size: tuple[int, int] = (320, 180),
    now: Callable[[], int] = lambda: 0,
    start: int = 30,
) -> SimpleNamespace:
    """Run a show on a clock that stands still unless `now` says otherwise; q is pressed after the script."""
    stand, calls = stand or FakeStand(), count()

    def patient() -> int:
        assert next(calls) < 5000, "the script waits for a picture that never comes"
        return now()

    glass, said = FakeWindow([*script, press("q", "q")], size), list[str]()
    show = Show(glass, stand, Playhead(stand.rate, 0, 96, start), tmp_path, said.append, patient)  # type: ignore[arg-type]
    show.run()
    return SimpleNamespace(head=show.head, window=glass, stand=stand, said=said)


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
        ("x", "x", False, None),
    ],
)
def test_keys_are_found_on_any_layout(name: str, text: str, shift: bool, action: Action | None) -> None:
    """What a key types decides before where it lies: ? is Shift+ß in Germany, a full stop Shift+; in France."""
    assert find(name, text, shift=shift) is action


def test_chords_belong_to_others() -> None:
    """Ctrl+S and its like do nothing here."""
    assert find("s", "\x13", chord=True) is None


# Sizes


@given(sizes, sizes)
def test_a_letterboxed_scene_fills_one_way_and_never_spills(scene: tuple[int, int], room: tuple[int, int]) -> None:
    """The scene at its fitting scale lies inside the window and touches it on one pair of sides."""
    shown = fit.scaled(scene, fit.scale_into(scene, room))
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
    """A folder that is a file is a RunError that names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match=r"can't save a screenshot in .*file"):
        screenshot.take(FakeStand(), 7, tmp_path / "file")  # type: ignore[arg-type]


# The loop


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
        ([("x", "x")], 30, True),
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
    """Panel, note, pause and exposure draw over the kept picture; only another frame or size asks for a comp."""
    import pygame

    exposed = [pygame.event.Event(pygame.WINDOWEXPOSED)]
    script = [press("space", " "), press("/", "?"), press("/", "?"), press("s", "s"), exposed, press("right")]
    assert perform(script, tmp_path).stand.asked == [(30, 1.0), (31, 1.0)]


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
    assert small.stand.asked == [(30, 0.5)]
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
    assert "can't save" in perform([press("s", "s")], tmp_path / "file").said[0]


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


# The panel


@pytest.mark.parametrize("size", [(160, 90), (640, 360), (400, 1200), (1920, 1080)])
def test_panel_and_note_fit_the_window(size: tuple[int, int]) -> None:
    """The panel of keys lies wholly inside any window; a note is never wider than it."""
    assert all(have <= room for have, room in zip(overlay.panel(size).get_size(), size, strict=True))
    assert overlay.note("saved /a/long/way/down/to/the/place/where/it/lies/bath.0012.png", size).get_width() <= size[0]


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
    assert stand.asked == [(10, 1.0)]
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
