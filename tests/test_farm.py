"""Jobs for render farms: templates that Open Job Description's own program accepts and runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from collage.cli import run
from collage.errors import CollageError
from collage.export.farm import template
from collage.export.settings import Settings
from collage.timing import Span

Project = Callable[..., Path]

SCENE = """\
format = 1
[scene]
size = [64, 36]
length = 7
[[layer]]
card = "#f00"
size = [20, 10]
keys.x = [[0, 5], [6, 60]]
"""


def job(scene: str = "/p/scenes/bath.toml", file: str = "/p/job.yaml", **more: Any) -> dict[str, Any]:
    """What a template says of a scene in the project /p, as its readers see it."""
    settings = more.pop("settings", Settings())
    text = template(Path(scene), Path("/p"), Path(file), Span(3, 30), chunk=8, settings=settings, **more)
    read = yaml.safe_load(text)
    assert isinstance(read, dict)
    return read


def defaults(job: dict[str, Any]) -> dict[str, Any]:
    """What each parameter is if nobody says otherwise."""
    return {each["name"]: each.get("default") for each in job["parameterDefinitions"]}


def words(job: dict[str, Any], step: int) -> list[str]:
    """The arguments of a step's command."""
    action = job["steps"][step]["script"]["actions"]["onRun"]
    assert action["command"] == "collage"
    return list(action["args"])


def openjd(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Its program, with our own on the path."""
    tools = Path(sys.executable).parent
    paths = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [tools / "openjd", *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PATH": paths},
        timeout=120,
    )


def test_a_job_makes_the_frames_that_an_export_makes(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is accepted; its two chunks and its gathering leave the frames and the manifest of one export, and no more."""
    home = project(SCENE).parents[1]
    monkeypatch.chdir(home)
    assert run(["farm", "scenes/test.toml", "-o", "job.yaml", "--chunk", "4", "--scale", "0.5"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("7 frames in 2 tasks")
    checked = openjd("check", "job.yaml", cwd=home)
    assert checked.returncode == 0, checked.stdout
    done = openjd(*said[1].split()[1:], cwd=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert run(["export", "scenes/test.toml", "-o", "here", "--scale", "0.5"]) == 0
    there, here = (
        {path.name: path.read_bytes() for path in (home / name).iterdir()} for name in ("test-frames", "here")
    )
    assert there == here
    assert len(here) == 8


def test_both_steps_are_told_the_same_settings() -> None:
    """Else the second would make all frames again. What is usual isn't written."""
    made = job(settings=Settings(0.5, "png", 16, small=True), trust=True)
    flags = ["--scale", "0.5", "--depth", "16", "--png", "small", "--trust"]
    assert words(made, 0)[-8:] == ["--part", *flags]
    assert words(made, 1)[-8:] == ["--resume", *flags]
    assert words(job(), 1)[-1] == "--resume"
    assert words(job(settings=Settings(kind="exr", depth=16)), 1)[-4:] == ["--format", "exr", "--depth", "16"]


def test_the_defaults_say_what_was_asked_for() -> None:
    """The frames with both ends, the chunk, and the scene from the project's folder."""
    asked = {"Project": ".", "Scene": "scenes/bath.toml", "Folder": "bath-frames", "Frames": "3-29", "Chunk": 8}
    assert defaults(job()) == asked
    assert defaults(job("/p/scenes/bath.film.toml"))["Folder"] == "bath-frames"


@pytest.mark.parametrize(("file", "found"), [("/job.yaml", "p"), ("/p/job.yaml", "."), ("/p/a/job.yaml", None)])
def test_the_project_is_found_from_beside_or_above_it(file: str, found: str | None) -> None:
    """A default can't go up: elsewhere the job asks for its project, as it does on machines that keep it elsewhere."""
    assert defaults(job(file=file))["Project"] == found


def test_a_job_elsewhere_is_run_with_the_project_named(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that the command prints says so."""
    scene = project(SCENE)
    monkeypatch.chdir(scene.parent)
    assert run(["farm", str(scene), "-o", "job.yaml"]) == 0
    assert capsys.readouterr().out.endswith(f"--run-dependencies -p Project={scene.parents[1]}\n")


def test_a_task_that_is_told_to_stop_has_time_to_finish_its_frames() -> None:
    """It is told before it is killed, in both steps."""
    for step in job()["steps"]:
        assert step["script"]["actions"]["onRun"]["cancelation"]["mode"] == "NOTIFY_THEN_TERMINATE"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=30))
def test_any_name_stays_what_it_is(name: str) -> None:
    """Quotes, braces, colons, line ends and control signs in a file's name neither break a job nor add to it."""
    made = job(f"/p/scenes/{name}.toml")
    assert defaults(made)["Scene"] == f"scenes/{name}.toml"
    assert defaults(made)["Folder"] == f"{name.removesuffix('.film')}-frames"
    assert "{{" not in made["name"]
    assert made["name"].isprintable()


def test_a_name_that_is_no_text_is_refused() -> None:
    """A file's name can hold bytes that no text can."""
    with pytest.raises(CollageError, match="rename it"):
        job("/p/scenes/b\udcffth.toml")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-o", "job.json"], "End the name with .yaml"),
        (["-o", "job.yaml", "--frames", "5-9"], "Its frames are 0 to 6"),
        (["-o", "job.yaml", "--scale", "0"], "--scale"),
        (["-o", "job.yaml", "--chunk", "0"], "--chunk"),
        (["-o", "scenes/test.yaml", "--frames", "x"], "--frames"),
    ],
)
def test_what_can_not_be_made_is_said_before_a_job_is_written(
    words: list[str], says: str, project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, and no file."""
    home = project(SCENE).parents[1]
    monkeypatch.chdir(home)
    assert run(["farm", "scenes/test.toml", *words]) == 2
    assert says in capsys.readouterr().err
    assert not Path(words[1]).exists()
