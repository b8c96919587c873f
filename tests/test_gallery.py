"""The gallery under SDL's dummy driver: what is developed, what keys and mouse choose, and how a wall is left."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stagehands import FakeStand, press

from collage.errors import CollageError
from collage.player import darkroom, wall_paper, window
from collage.player.darkroom import POSES, Darkroom
from collage.player.gallery import Gallery
from collage.player.wall import Wall

pytestmark = pytest.mark.usefixtures("dummy")

SIZE = (1000, 700)


class Box(FakeStand):
    """A fake stand that can be opened and left."""

    def __enter__(self) -> Box:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def opened(path: Path, *, threads: int) -> Any:
    """A stand of a file; one called "torn" can't be opened."""
    if path.stem == "torn":
        raise CollageError(f"{path.name}:3:1: unknown key")
    stand = Box()
    stand.path = path
    return stand


def texts(folder: Path, *names: str) -> list[Path]:
    """Empty files of these names."""
    for name in names:
        (folder / name).write_text("")
    return [folder / name for name in names]


def developed(room: Darkroom, ready: Any) -> None:
    """Wait until the prints are as wanted."""
    for _ in range(400):
        if ready(room.prints()):
            return
        threading.Event().wait(0.01)
    raise AssertionError(f"never developed: {room.prints().keys()}")


# The darkroom


def test_every_print_gets_its_poses(tmp_path: Path) -> None:
    """A scene has all its poses, small and different; a torn one its fault; a film is known as one."""
    paths = texts(tmp_path, "tea.toml", "torn.toml", "two.film.toml")
    with Darkroom(opened) as room:
        room.want(paths, (160, 96))
        developed(room, lambda prints: sum(len(each.poses) for each in prints.values()) == 2 * POSES)
        tea, torn, two = (room.prints()[path] for path in paths)
    assert (tea.title, tea.film, two.film, tea.fault) == ("Bath time", False, True, "")
    assert {pose.shape for pose in tea.poses} == {(90, 160, 3)}
    assert [int(pose[0, 0, 0]) for pose in tea.poses] == darkroom.frames(FakeStand())  # type: ignore[arg-type]
    assert (torn.poses, torn.fault) == ((), "torn.toml:3:1: unknown key")


def test_with_reduced_motion_a_print_is_one_pose(tmp_path: Path) -> None:
    """No print on the wall moves, whoever is chosen, and no more poses are made than are seen."""
    path = texts(tmp_path, "tea.toml", "torn.toml")[0]
    with Darkroom(opened, poses=1) as room:
        room.want([path], (160, 96))
        developed(room, lambda prints: path in prints and prints[path].poses)
        assert room._lacking() is None
        assert len(room.prints()[path].poses) == 1
    assert Gallery(lambda: [path], opened, "Teatime", still=True)._darkroom._poses == 1


def test_a_scene_that_is_saved_is_developed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was torn and is mended gets its poses; what is not wanted any more is forgotten."""
    monkeypatch.setattr(darkroom, "LOOK", 0.01)
    (path,), good = texts(tmp_path, "tea.toml"), []

    def fickle(path: Path, *, threads: int) -> Any:
        if not good:
            raise CollageError("not yet")
        return opened(path, threads=threads)

    with Darkroom(fickle) as room:
        room.want([path], (160, 96))
        developed(room, lambda prints: prints and prints[path].fault == "not yet")
        good.append(True)
        path.write_text("mended")
        developed(room, lambda prints: len(prints[path].poses) == POSES)
        room.want([], (160, 96))
        developed(room, lambda prints: not prints)


def test_a_fault_of_ours_spoils_one_print_only(tmp_path: Path) -> None:
    """Whatever is raised for one scene, the others are developed."""
    paths = texts(tmp_path, "bad.toml", "tea.toml")

    def failing(path: Path, *, threads: int) -> Any:
        if path.stem == "bad":
            raise ZeroDivisionError("oh")
        return opened(path, threads=threads)

    with Darkroom(failing) as room:
        room.want(paths, (160, 96))
        developed(room, lambda prints: len(prints) == 2 and len(prints[paths[1]].poses) == POSES)
        assert "ZeroDivisionError: oh" in room.prints()[paths[0]].fault


@pytest.mark.parametrize(
    ("length", "expected"), [(1, [0]), (4, [0]), (24, [0, 6, 12, 18]), (48, [6, 12, 18, 24, 30, 36])]
)
def test_poses_are_in_the_scene_and_in_its_time(length: int, expected: list[int]) -> None:
    """A quarter of a second apart, about the middle, and never beyond the end."""
    stand: Any = FakeStand()
    stand.length = length
    assert darkroom.frames(stand) == expected


# The wall


def visit(paths: list[Path], *events: list[Any], gallery: Gallery | None = None) -> tuple[Gallery, Path | None, Any]:
    """Run a gallery on a script of events, one batch a round; Esc follows."""
    import pygame

    glass = pygame.Window("wall", SIZE)
    gallery = gallery or Gallery(lambda: paths, opened, "Teatime")
    script = [*events, press("escape")]

    def batch() -> list[Any]:
        return script.pop(0)

    gallery._events = batch  # type: ignore[method-assign]
    picked = gallery.run(glass)
    return gallery, picked, glass


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ([], "a"), (["right"], "b"), (["right", "left"], "a"), (["left"], "a"), (["end"], "e"), (["end", "right"], "e"),
        (["down"], "d"), (["down", "up"], "a"), (["end", "home"], "a"), (["page down"], "d"),
    ],
)  # fmt: skip
def test_keys_choose_and_enter_picks(tmp_path: Path, keys: list[str], chosen: str) -> None:
    """Arrows go from print to print, in a wall of three columns; Enter picks the one that is chosen."""
    paths = texts(tmp_path, *(f"{name}.toml" for name in "abcde"))
    assert Wall.over(SIZE, 5).columns == 3
    _, picked, glass = visit(paths, [], *[press(key) for key in keys], press("return"))
    assert picked == tmp_path / f"{chosen}.toml"
    assert glass.title == "Teatime - 5 scenes"


@pytest.mark.parametrize("key", ["escape", "q"])
def test_leaving_picks_nothing(tmp_path: Path, key: str) -> None:
    """Esc and q leave the wall, and nothing is played."""
    assert visit(texts(tmp_path, "a.toml"), [], press(key, key if key == "q" else ""))[1] is None


def test_a_click_picks_what_it_is_on(tmp_path: Path) -> None:
    """Pressed and let go on the same print; beside one, or let go elsewhere, it picks nothing."""
    import pygame

    paths, at = texts(tmp_path, "a.toml", "b.toml"), Wall.over(SIZE, 2).centre

    def click(down: tuple[int, int], up: tuple[int, int]) -> list[Any]:
        return [
            pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=down),
            pygame.event.Event(pygame.MOUSEBUTTONUP, button=1, pos=up),
        ]

    assert visit(paths, [], click(at(1, 0), at(1, 0)))[1] == paths[1]
    assert visit(paths, [], click(at(1, 0), at(0, 0)))[1] is None
    assert visit(paths, [], click((3, 3), (3, 3)))[1] is None


def test_keys_after_the_choice_are_for_what_comes_next(tmp_path: Path) -> None:
    """What is pressed while a scene opens is not lost."""
    import pygame

    paths = texts(tmp_path, "a.toml")
    pygame.event.clear()
    assert visit(paths, [], press("return") + press("space"))[1] == paths[0]
    assert [event.key for event in pygame.event.get(pygame.KEYDOWN)] == [pygame.K_SPACE]


def test_the_pointer_chooses_once_it_moves(tmp_path: Path) -> None:
    """Where it happens to rest when the window opens is nobody's choice; where it goes then is."""
    import pygame

    paths, at = texts(tmp_path, "a.toml", "b.toml", "c.toml"), Wall.over(SIZE, 3).centre

    def go(place: int) -> list[Any]:
        return [pygame.event.Event(pygame.MOUSEMOTION, pos=at(place, 0), rel=(1, 1), buttons=(0, 0, 0))]

    assert visit(paths, [], go(1))[0].chosen == paths[0]
    assert visit(paths, [], go(1), go(2))[0].chosen == paths[2]


def test_what_comes_and_goes_is_seen(tmp_path: Path) -> None:
    """A new file hangs on the wall without a word; the neighbour of one that goes is chosen."""
    now, paths = [0], texts(tmp_path, "a.toml", "b.toml")
    gallery = Gallery(lambda: paths, opened, "Teatime", now=lambda: now[0])
    gallery.chosen = paths[1]

    def pass_time(change: Any) -> list[Any]:
        change()
        now[0] += 2_000_000_000
        return []

    class Round(list[Any]):
        def __init__(self, change: Any) -> None:
            super().__init__()
            self.change = change

        def __iter__(self) -> Iterator[Any]:
            return iter(pass_time(self.change))

    _, picked, glass = visit(
        paths,
        [],
        Round(lambda: paths.extend(texts(tmp_path, "c.film.toml"))),
        Round(lambda: paths.pop(1)),
        gallery=gallery,
    )
    assert picked is None
    assert gallery.chosen == tmp_path / "c.film.toml"
    assert glass.title == "Teatime - 1 scene, 1 film"


def test_a_wall_that_rests_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing changes and no print has a second pose, the window is left alone."""
    drawn: list[int] = []
    paths = texts(tmp_path, "torn.toml")
    gallery = Gallery(lambda: paths, opened, "Teatime")
    draw = gallery._hanging.draw

    def count(*what: Any) -> None:
        drawn.append(1)
        draw(*what)

    monkeypatch.setattr(gallery._hanging, "draw", count)
    visit(paths, *[[] for _ in range(50)], gallery=gallery)
    assert 1 <= len(drawn) <= 3  # before and after the fault is known


def test_a_wall_without_newsprint_or_light_is_still_a_wall(tmp_path: Path) -> None:
    """A project without newsprint has plain paper, of whatever size."""
    assert wall_paper.newsprint(tmp_path) is None
    for size in [(1, 1), (160, 90), (2000, 300)]:
        assert wall_paper.ground(size, None).get_size() == size


def test_a_print_has_one_look_wherever_it_hangs() -> None:
    """The same name gives the same pixels, another name another tilt."""
    import pygame

    def look(name: str) -> bytes:
        mount = wall_paper.mount(name, "Tea", False, (16, 9), (240, 144), chosen=False)
        return pygame.image.tobytes(wall_paper.hung(wall_paper.mounted(mount, None), name, chosen=False), "RGBA")

    assert look("a") == look("a")
    assert look("a") != look("b")


# In and out


def test_back_and_forth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scene that is chosen plays; Esc there leads back to the wall, where it is chosen; the next one goes on where it
    was left; q ends it all, and the last scene is remembered."""
    import pygame

    paths, visits, heads = texts(tmp_path, "a.toml", "b.toml"), [0], []

    class Told(Gallery):
        def run(self, glass: Any) -> Path | None:
            visits[0] += 1
            assert visits[0] == 1 or self.chosen == paths[0]
            self.chosen = paths[0]
            return self.chosen

    def show(self: Any, stand: Any, head: Any, back: Path | None = None) -> Path | None:
        heads.append((stand.path, head.anchor))
        self._frames[stand.path.resolve()] = 17
        return back if len(heads) == 1 else None

    monkeypatch.setattr("collage.player.gallery.Gallery", Told)
    monkeypatch.setattr(window._House, "show", show)
    window.browse(lambda: paths, opened, "Teatime", threads=1, screenshots=tmp_path, notice=print)
    assert heads == [(paths[0], 0), (paths[0], 17)]
    assert not pygame.display.get_init()


def test_what_cannot_be_opened_is_said_on_the_wall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall comes back with the reason, and plays on with others."""
    (path,) = texts(tmp_path, "torn.toml")
    said: list[tuple[str, bool]] = []

    class Told(Gallery):
        def run(self, glass: Any) -> Path | None:
            return None if said else path

        def say(self, words: str, *, amiss: bool = False) -> None:
            said.append((words, amiss))

    monkeypatch.setattr("collage.player.gallery.Gallery", Told)
    window.browse(lambda: [path], opened, "Teatime", threads=1, screenshots=tmp_path, notice=print)
    assert said == [("torn.toml:3:1: unknown key", True)]


def test_a_display_that_goes_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the window system says then is one line, and it can be tried again."""
    import pygame

    def gone(*_: Any) -> None:
        raise pygame.error("display unplugged")

    monkeypatch.setattr("collage.player.gallery.Gallery.run", gone)
    with pytest.raises(CollageError, match=r"the window is gone \(display unplugged\): start it again") as caught:
        window.browse(lambda: [tmp_path], opened, "Teatime", threads=1, screenshots=tmp_path, notice=print)
    assert caught.value.code == 1
    assert not pygame.display.get_init()


def test_pixels_of_a_clear_scene_lie_on_card(tmp_path: Path) -> None:
    """What is transparent is white on a print."""
    clear: Any = FakeStand(alpha=0)
    assert np.all(darkroom._pose(clear, 3, (32, 18)) == 255)
