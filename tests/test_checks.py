"""`check`: all findings of all files, in order, and what can't be read apart from what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from collage.cli import run
from collage.desk.checks import check, check_all
from collage.desk.scenes import bundled, one_scene, scenes_in
from collage.errors import CollageError

SCENE = """format = 1
[scene]
size = [64, 36]
length = 12
[[layer]]
asset = "props/cup"
[[layer]]
asset = "props/pot"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two scenes and two pictures."""
    home = tmp_path / "home"
    (home / "assets" / "props").mkdir(parents=True)
    (home / "scenes").mkdir()
    for name in ("cup", "pot"):
        Image.effect_noise((80, 80), 50).save(home / f"assets/props/{name}.png")
    for name in ("tea", "milk"):
        (home / f"scenes/{name}.toml").write_text(SCENE)
    return home


def tear(path: Path) -> None:
    """Cut a file in half."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def test_a_project_is_checked_whole(project: Path) -> None:
    """A folder means its scenes: findings of all of them, sorted by file and line."""
    (project / "scenes/tea.toml").write_text(SCENE + "turm = 1\nin = -1.5\n")
    (project / "scenes/milk.toml").write_text(SCENE.replace("pot", "pott"))
    findings, unreadable = check_all([project])
    places = [(Path(finding.path).name, finding.line) for finding in findings]
    assert places == [("milk.toml", 8), ("tea.toml", 9), ("tea.toml", 10)]
    assert unreadable == []


def test_every_torn_picture_is_named_once(project: Path) -> None:
    """Pictures are decoded to their end, and one that several scenes use is one finding."""
    for name in ("cup", "pot"):
        tear(project / f"assets/props/{name}.png")
    findings, _ = check_all([project])
    assert [Path(finding.path).name for finding in findings] == ["cup.png", "pot.png"]


def test_pictures_no_scene_shows_are_not_decoded(project: Path) -> None:
    """A torn picture nobody uses is no fault of a scene."""
    Image.effect_noise((80, 80), 50).save(project / "assets/props/lid.png")
    tear(project / "assets/props/lid.png")
    assert check(project / "scenes/tea.toml") == []


def test_the_registry_is_part_of_a_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong entry that no scene uses is found with the folder, by a path that can be opened from anywhere."""
    (project / "assets/registry.toml").write_text('format = 1\n["props/cup"]\ncopis = 1\n')
    for here in (project, project.parent, project / "scenes"):
        monkeypatch.chdir(here)
        findings, _ = check_all([project])
        registry = [finding for finding in findings if finding.path.endswith("registry.toml")]
        assert [finding.line for finding in registry] == [3]
        assert Path(registry[0].path).is_file()


def test_what_can_not_be_read_does_not_stop_the_rest(project: Path) -> None:
    """Missing files, empty folders and files that are no text are told apart from findings."""
    (project / "scenes/tea.toml").write_text("format = 2\n")
    (project / "noise.toml").write_bytes(b"\xff\xfe\x00\x01")
    paths = [project / "gone.toml", project / "assets", project / "noise.toml", project / "scenes/tea.toml"]
    findings, unreadable = check_all(paths)
    assert [finding.line for finding in findings] == [1]
    assert [message.split(":")[0] for message in unreadable] == [str(path) for path in paths[:3]]


def test_a_folder_is_checked_to_its_end(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A scene that can't be read keeps nothing from being told: other scenes, films, the registry; exit 2."""
    for name in ("apple", "zoo"):
        (project / f"scenes/{name}.toml").write_bytes(b"\xff\xfe")
    (project / "scenes/tea.toml").write_text("format = 2\n")
    (project / "scenes/b.film.toml").write_text("format = 3\n")
    (project / "assets/registry.toml").write_text('format = 1\n["props/cup"]\ncopis = 1\n')
    findings, unreadable = check_all([project])
    told = {Path(finding.path).name for finding in findings}
    assert {"tea.toml", "b.film.toml", "registry.toml"} <= told
    assert [Path(message.split(":")[0]).name for message in unreadable] == ["apple.toml", "zoo.toml"]
    assert run(["check", str(project)]) == 2
    assert capsys.readouterr().err.count("collage: ") == 2


def test_what_is_forbidden_can_not_be_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scene or a folder without permission to read is told apart, not a finding and not a traceback."""

    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    monkeypatch.setattr(Path, "glob", forbidden)
    for path in (project / "scenes/tea.toml", project):
        findings, (message,) = check_all([path])
        assert findings == []
        assert re.search(r"tea\.toml: .*ermission|home: permission denied", message)


def test_a_warning_is_a_finding(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key inside an exposure is seen a frame late: check says so and ends with 1, though export would run."""
    (project / "scenes/tea.toml").write_text(SCENE + "keys.x = [[0, 1], [5, 9]]\n")
    assert run(["check", str(project / "scenes/tea.toml")]) == 1
    assert "tea.toml:9:" in (line := capsys.readouterr().out)
    assert "warning: " in line
    assert run(["still", str(project / "scenes/tea.toml"), "-o", str(project / "a.png")]) == 0


def test_a_folder_called_scenes_is_one_of_scenes(project: Path) -> None:
    """A project and its scenes/ mean the same files, sorted; other files are passed over."""
    (project / "scenes/scene.schema.json").write_text("{}")
    names = ["milk.toml", "tea.toml"]
    assert [path.name for path in scenes_in(project)] == names
    assert [path.name for path in scenes_in(project / "scenes")] == names
    assert scenes_in(project / "assets") == []


def test_a_film_is_checked_and_is_no_scene(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A project's film is checked with it, in the same words for check, play and export; its only scene stands for the
    project all the same."""
    film = project / "scenes/tea.film.toml"
    film.write_text('format = 1\n[[shot]]\nscene = "scenes/tea.toml"\nout = 13\n')
    (project / "scenes/milk.toml").unlink()
    assert [path.name for path in scenes_in(project)] == ["tea.toml"]
    assert one_scene(project) == project / "scenes/tea.toml"
    told = [[str(finding) for finding in check_all([path])[0]] for path in (project, film)]
    for command in (["play", str(film)], ["export", str(film), "-o", str(project / "out")]):
        assert run(command) == 2
        told.append([capsys.readouterr().err.strip()])
    assert told == [[f"{film}:4:7: out 13 is beyond the end of scenes/tea.toml, which is 12 frames: at most 12"]] * 4


def test_what_a_film_says_of_a_scene_is_the_scenes_own_finding(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by the film and by itself it is one, whether the project was named from here or from the top."""
    (project / "scenes/tea.film.toml").write_text('format = 1\n[[shot]]\nscene = "scenes/tea.toml"\n')
    (project / "scenes/tea.toml").write_text(SCENE + "keys.x = [[0, 1], [5, 9]]\n")
    monkeypatch.chdir(project.parent)
    for named in (project, Path("home"), project / "scenes"):
        (warning,) = check_all([named])[0]
        assert Path(warning.path).is_file()
        assert Path(warning.path).is_absolute() == named.is_absolute()


def test_a_folder_stands_for_its_only_scene(project: Path) -> None:
    """One scene is found, or one film; of several, or none, the message says what to do; a file is itself."""
    with pytest.raises(CollageError, match=r"2 scenes here. Name one of them, as .*milk\.toml"):
        one_scene(project)
    film = project / "scenes/both.film.toml"
    film.write_text("")
    assert one_scene(project) == film
    (project / "scenes/more.film.toml").write_text("")
    with pytest.raises(CollageError, match=r"2 scenes and 2 films here"):
        one_scene(project)
    (project / "scenes/milk.toml").unlink()
    assert one_scene(project) == project / "scenes/tea.toml"
    assert one_scene(project / "gone.toml") == project / "gone.toml"
    with pytest.raises(CollageError, match="no scenes"):
        one_scene(project / "assets")


def test_an_unknown_bundled_scene_is_an_error() -> None:
    """Asking for a scene that does not come with the program says what to do."""
    with pytest.raises(CollageError, match='"goodbye" is missing'):
        bundled("goodbye")
