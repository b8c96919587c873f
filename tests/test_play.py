"""`collage play`: what the window is opened on, and how."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import SCENE, project, refused  # noqa: F401 (fixtures are asked for by name)

from collage.cli import run


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        ([], (0, 12, 0)),
        (["--frames", "3-7"], (3, 8, 3)),
        (["--from", "5"], (0, 12, 5)),
        (["--frames", "4-"], (4, 12, 4)),
    ],
)
def test_play_opens_the_window_on_what_was_asked(
    project: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], asked: tuple[int, int, int]
) -> None:
    """The window plays the range from the frame asked for, and screenshots go to where the shell stands."""
    calls: list[tuple[object, ...]] = []

    def window(stand, *, first, end, start, screenshots, **_) -> None:
        calls.append((stand.name, first, end, start, screenshots))

    monkeypatch.setattr("collage.player.window.play", window)
    assert run(["play", "scenes/tea.toml", *options]) == 0
    assert calls == [("tea", *asked, project)]


@pytest.mark.parametrize("path", [[], ["."]])
def test_a_wall_is_shown_of_all_there_is(project: Path, monkeypatch: pytest.MonkeyPatch, path: list[str]) -> None:
    """Without a path, and of a folder with several, there is a wall: its scenes and films, the bundled film last."""
    (project / "scenes/two.toml").write_text(SCENE)
    walls: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        "collage.player.window.browse",
        lambda found, opened, headline, *, screenshots, **_: walls.append((found(), headline, screenshots)),
    )
    assert run(["play", *path]) == 0
    ((found, headline, screenshots),) = walls
    assert [path.name for path in found] == ["tea.toml", "two.toml", "funhouse.film.toml"]
    assert (headline, screenshots) == (project.name, project)


def test_a_wall_has_the_bundled_film_where_there_is_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a path, wherever one is; a scene that appears later hangs beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("collage.player.window.browse", lambda found, *_, **__: walls.append(found))
    walls: list[Callable[[], list[Path]]] = []
    assert run(["play"]) == 0
    assert [path.name for path in walls[0]()] == ["funhouse.film.toml"]
    (tmp_path / "new.toml").write_text(SCENE)
    assert [path.name for path in walls[0]()] == ["new.toml", "funhouse.film.toml"]


def test_a_project_of_one_scene_is_played(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wall of one would only be in the way."""
    names: list[str] = []
    monkeypatch.setattr("collage.player.window.play", lambda stand, **_: names.append(stand.name))
    assert run(["play", "."]) == 0
    assert names == ["tea"]


@pytest.mark.parametrize(
    ("options", "variable", "still"),
    [([], None, False), (["--reduced-motion"], None, True), ([], "1", True), ([], "", False), ([], "0", False)],
)
def test_reduced_motion_is_asked_for_once_or_for_good(
    project: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], variable: str | None, still: bool
) -> None:
    """By an option or by the environment, it reaches the window and the wall alike."""
    asked: list[bool] = []
    if variable is not None:
        monkeypatch.setenv("COLLAGE_REDUCED_MOTION", variable)
    monkeypatch.setattr("collage.player.window.play", lambda stand, *, still, **_: asked.append(still))
    monkeypatch.setattr("collage.player.window.browse", lambda *_, still, **__: asked.append(still))
    assert run(["play", "scenes/tea.toml", *options]) == 0
    assert run(["play", *options]) == 0
    assert asked == [still, still]


def test_an_environment_that_makes_no_sense_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line that names the variable."""
    monkeypatch.setenv("COLLAGE_REDUCED_MOTION", "perhaps")
    assert "COLLAGE_REDUCED_MOTION" in refused(capsys, "play", "scenes/tea.toml")
