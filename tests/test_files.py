"""What `-o` may write over and what it may not, and names on the command line that are no files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from commands import SCENE, no_window, project, refused, tree  # noqa: F401 (fixtures are asked for by name)

import collage
from collage.cli import run
from collage.errors import AssetError, CollageError
from collage.files import write_whole
from collage.registry.catalogue import inside

HOME = Path(collage.__file__).parent.parent
pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")


def told(*arguments: str, cwd: Path, path: Path = HOME, options: tuple[str, ...] = ()) -> tuple[int, str, str]:
    """Exit code, output and errors of the command as a program of its own; a program that waits for ever fails."""
    done = subprocess.run(
        [sys.executable, *options, "-m", "collage", *arguments],
        cwd=cwd, capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": str(path)},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_what_is_written_is_there_whole(tmp_path: Path) -> None:
    """A new file and one that was there hold the new content, and nothing lies beside them."""
    for content in (b"one", b"two"):
        write_whole(tmp_path / "a.txt", content)
        assert (tmp_path / "a.txt").read_bytes() == content
        assert tree(tmp_path) == ["a.txt"]


def test_a_folder_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a folder is called, also where it is the current one."""
    monkeypatch.chdir(tmp_path)
    for name in (".", "..", str(tmp_path)):
        with pytest.raises(CollageError, match="is a folder: add the name of a file"):
            write_whole(Path(name), b"")
    assert tree(tmp_path) == []


@pipes
def test_a_pipe_and_a_device_are_never_replaced(tmp_path: Path) -> None:
    """Nor is a link to one; what is there stays what it is."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    (tmp_path / "null").symlink_to(os.devnull)
    for name in ("pipe", "link", "null"):
        with pytest.raises(CollageError, match=rf"{name}: is no file: choose another name"):
            write_whole(tmp_path / name, b"")
    assert tree(tmp_path) == ["link", "null", "pipe"]
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "null").is_symlink()


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("scenes/tea.toml", "a scene may need it: choose another name"),
        ("scenes/inner.toml", "a scene may need it"),
        ("scenes/motions.py", "a scene may need it"),
        ("link.txt", "a scene may need it"),
        ("assets/registry.toml", "choose a place outside assets/"),
        ("assets/props/cup.png", "choose a place outside assets/"),
        ("assets/new.png", "choose a place outside assets/"),
        ("deep/../assets/props/cup.png", "choose a place outside assets/"),
        ("box/props/cup.png", "choose a place outside assets/"),
        (".", "is a folder: add the name"),
        ("scenes", "is a folder: add the name"),
    ],
)
def test_a_sheet_replaces_nothing_a_scene_is_made_of(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    target: str,
    words: str,
) -> None:
    """Scenes, scripts, the registry and the pictures, also by a link; refused before any work is done."""
    for name in ("scenes/inner.toml", "scenes/motions.py", "assets/registry.toml"):
        (project / name).write_text("# precious")
    (project / "deep").mkdir()
    (project / "link.txt").symlink_to(project / "scenes/tea.toml")
    (project / "box").symlink_to(project / "assets")
    monkeypatch.setattr("collage.stand.open", None)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert words in refused(capsys, "xsheet", "scenes/tea.toml", "-o", target)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_still_replaces_no_picture_of_the_project(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A picture that the scene shows stays; one that a still made before is replaced."""
    picture = (project / "assets/props/cup.png").read_bytes()
    line = refused(capsys, "still", "scenes/tea.toml", "-o", "assets/props/cup.png")
    assert "choose a place outside assets/" in line
    assert (project / "assets/props/cup.png").read_bytes() == picture
    for _ in range(2):
        assert run(["still", "scenes/tea.toml", "-o", "out.png"]) == 0


def test_a_scene_of_any_name_is_not_replaced_by_its_sheet(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A scene need not end in .toml to be safe."""
    (project / "scenes/tea.txt").write_text(SCENE)
    assert "choose another name" in refused(capsys, "xsheet", "scenes/tea.txt", "-o", "scenes/tea.txt")
    assert (project / "scenes/tea.txt").read_text() == SCENE


@pipes
def test_a_pipe_is_no_scene(project: Path) -> None:  # noqa: F811
    """Each command refuses it in a line instead of waiting for it, and so a device."""
    os.mkfifo(project / "scenes/pipe.toml")
    names, commands = ("scenes/pipe.toml", os.devnull), (["check"], ["still", "-o", "a.png"], ["xsheet"])
    asked = [[*command, name] for command in commands for name in names]
    one_after_another = "import sys; from collage.cli import run; print([run(words.split()) for words in sys.argv[1:]])"
    done = subprocess.run(
        [sys.executable, "-c", one_after_another, *map(" ".join, asked)],
        cwd=project, capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": str(HOME)},
    )  # fmt: skip
    assert done.stdout == f"{[2] * len(asked)}\n"
    for (*_, name), told_of_it in zip(asked, done.stderr.splitlines(), strict=True):
        assert f"{name}: is no file but a device or a pipe: save the text as a file" in told_of_it


@pytest.mark.parametrize("text", ["assets/" + "x" * 256 + ".png", "assets/" + "é" * 128 + "/a.png"])
def test_a_name_too_long_for_any_disk_is_refused_in_words(tmp_path: Path, text: str) -> None:
    """More than 255 bytes in a part; up to that many pass."""
    with pytest.raises(AssetError, match="a part of more than 255 bytes, which no disk takes: shorten it"):
        inside(tmp_path, text)
    assert inside(tmp_path, "assets/" + "x" * 255).name == "x" * 255


def test_a_long_name_is_told_at_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """`check` says where in the scene it stands, not that permissions are missing."""
    (project / "scenes/tea.toml").write_text(SCENE.replace("props/cup", "x" * 300 + "/cup"))
    assert run(["check", "scenes/tea.toml"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("scenes/tea.toml:6:9: ")
    assert "more than 255 bytes" in out
    assert err == ""


def test_a_hostile_folder_lends_no_library(tmp_path: Path) -> None:
    """`python -m collage` imports nothing from the folder it stands in."""
    for name in ("typer", "numpy", "tomllib", "json", "signal"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w')\nraise SystemExit(7)\n")
    assert told("schema", cwd=tmp_path)[0] == 0
    assert not (tmp_path / "ran").exists()


def test_a_checkout_runs_as_it_is() -> None:
    """`python -m collage` in the folder that holds the package needs no installation."""
    libraries = Path(typer.__file__).parent.parent
    assert told("--version", cwd=HOME, path=libraries, options=("-S",)) == (0, f"collage {collage.__version__}\n", "")
