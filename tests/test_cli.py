"""The command: what it prints where, its exit codes, and that bad input is one line and leaves nothing."""

from __future__ import annotations

import errno
import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from commands import SCENE, no_window, project, refused, tree  # noqa: F401 (fixtures are asked for by name)
from PIL import Image

import collage
from collage.cli import run
from collage.cli.commands import COMMANDS
from collage.cli.options import span
from collage.cli.speech import shown
from collage.errors import CollageError


def test_export_writes_the_frames_it_names(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The range goes to stderr, one line of result to stdout, and the files lie where it says."""
    assert run(["export", "scenes/tea.toml", "-o", "out", "--frames", "2-5", "--step", "2", "--scale", "0.5"]) == 0
    out, err = capsys.readouterr()
    assert err == "tea: frames 2 to 5 of 0 to 11, every 2 frames\n"
    assert out.startswith("2 frames of 32×18 in out: tea.####.png, ")
    assert out.count("\n") == 1
    assert tree(project / "out") == ["tea.0002.png", "tea.0004.png", "tea.manifest.json"]
    with Image.open("out/tea.0002.png") as image:
        assert (image.size, image.mode) == ((32, 18), "RGB")


def test_a_still_equals_the_exported_frame(project: Path) -> None:
    """`still` and `export` write the same bytes for the same frame."""
    assert run(["export", "scenes/tea.toml", "-o", "out", "--frames", "7"]) == 0
    assert run(["still", "scenes/tea.toml", "--frame", "7", "-o", "deep/seven.png"]) == 0
    assert Path("deep/seven.png").read_bytes() == Path("out/tea.0007.png").read_bytes()


def test_a_project_of_one_scene_can_be_named_by_its_folder(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder stands for its only scene; with two, one has to be named."""
    assert run(["still", ".", "-o", "a.png"]) == 0
    capsys.readouterr()
    (project / "scenes/two.toml").write_text(SCENE)
    assert "2 scenes here. Name one" in refused(capsys, "still", ".", "-o", "b.png")


@pytest.mark.parametrize(
    ("written", "first", "end"),
    [("0-11", 0, 12), ("3", 3, 4), ("3-", 3, 12), ("-3", 0, 4), ("11", 11, 12), ("5-5", 5, 6), (" 2-4 ", 2, 5)],
)
def test_ranges_include_both_ends(written: str, first: int, end: int) -> None:
    """A-B, N, A- and -B mean the frames a person counts."""
    assert span(written, 12, "tea") == (first, end)


@pytest.mark.parametrize(
    "written", ["12", "0-12", "12-", "-12", "5-3", "a-b", "", "-", "1-2-3", "1.5", "-5--3", "9" * 40]
)
def test_a_range_outside_the_scene_is_refused(written: str) -> None:
    """What the scene does not have, or what is no range, is refused with what to write."""
    with pytest.raises(CollageError, match=r"frames are 0 to 11|[Ww]rite \d"):
        span(written, 12, "tea")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "export"),
        (["--help"], "export"),
        (["export", "-h"], "--workers"),
        (["--version"], f"collage {collage.__version__}"),
    ],
)
def test_help_and_version_answer(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    """No arguments mean help; help and version go to stdout and are no failure."""
    assert run(arguments) == 0
    out, err = capsys.readouterr()
    assert words in out
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["exprt"], "Did you mean 'export'"),
        (["export"], "Missing argument 'SCENE'"),
        (["export", "scenes/tea.toml"], "'--output'"),
        (["export", "scenes/tea.toml", "-o", "out", "--step", "0"], "'--step'"),
        (["export", "scenes/tea.toml", "-o", "out", "--workers", "many"], "'--workers'"),
        (["export", "scenes/tea.toml", "-o", "out", "--frames", "5-900"], "Its frames are 0 to 11"),
        (
            ["export", "scenes/tea.toml", "-o", "out", "--scale", "nan"],
            "--scale: a scale of nan is none: write a number above 0",
        ),
        (["export", "scenes/tea.toml", "-o", "out", "--scale", "1000"], "too large"),
        (["export", "scenes/tea.toml", "-o", "scenes/tea.toml"], "a file is in the way"),
        (["still", "scenes/tea.toml", "-o", "out.jpg"], "with .png"),
        (["still", "scenes/tea.toml", "-o", "."], "with .png"),
        (["still", "scenes/tea.toml", "-o", "out.png", "--frame", "12"], "Its frames are 0 to 11"),
        (["still", "scenes/tea.toml", "-o", "out.png", "--frame", "-1"], "Its frames are 0 to 11"),
        (["play", "scenes/tea.toml", "--from", "12"], "Its frames are 0 to 11"),
        (["play", "assets"], "no scenes/*.toml"),
        (["play", "--from", "3"], "--frames and --from are for one scene"),
        (["new", "scenes"], "not empty"),
        (["new", "fresh", "--from", "photos"], "no such file or folder"),
        (["check", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_wrong_usage_is_one_line_and_leaves_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """Exit 2, one line that says what was wrong, and not a file more than before."""
    before = tree(project)
    assert words in refused(capsys, *arguments)
    assert tree(project) == before


def program(*arguments: str, cwd: Path | None = None, stdout: int = subprocess.PIPE) -> subprocess.Popen[str]:
    """The command as a program of its own, wherever it is called from."""
    return subprocess.Popen(
        [sys.executable, "-m", "collage", *arguments],
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(collage.__file__).parent.parent)},
    )


def test_check_is_silent_on_a_clean_scene(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to say: exit 0 and no output; as JSON an empty array."""
    assert run(["check", "."]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["check", "--json", "scenes/tea.toml"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_findings_as_json_are_all_that_stands_on_stdout(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding is an object of five fields, and there is nothing before or after the array."""
    (project / "scenes/tea.toml").write_text(SCENE + "turm = 3\nopacity = 7\n")
    assert run(["check", "--json", "."]) == 1
    findings = json.loads(capsys.readouterr().out)
    assert [finding["line"] for finding in findings] == [7, 8]
    assert all(set(finding) == {"path", "line", "column", "message", "severity"} for finding in findings)


def test_export_that_can_not_write_can_be_tried_again(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is exit 1 and names file and cure; no frame and no temporary is left."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert run(["export", "scenes/tea.toml", "-o", "out", "--frames", "0"]) == 1
    assert "tea.0000.png: can't be written: no space left on device. Make room" in capsys.readouterr().err
    assert tree(project / "out") == []


@pytest.mark.parametrize("kind", [KeyboardInterrupt, typer.Abort])
def test_an_interruption_is_exit_130(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    """Ctrl+C ends without a word of Python, also as the argument parser renames it."""

    def interrupt(*_: object, **__: object) -> None:
        raise kind

    monkeypatch.setattr("collage.export.frames.export", interrupt)
    assert run(["export", "scenes/tea.toml", "-o", "out"]) == 130
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_an_end_from_outside_leaves_whole_frames_only(project: Path, sent: str, code: int) -> None:
    """A real signal in the middle of an export: its exit code, no traceback, every file a whole picture."""
    (project / "scenes/tea.toml").write_text(SCENE.replace("length = 12", "length = 100000"))
    export = program("export", "scenes/tea.toml", "-o", "out", cwd=project)
    while len(list(project.glob("out/tea.*.png"))) < 3 and export.poll() is None:
        time.sleep(0.01)
    export.send_signal(getattr(signal, sent))
    _, err = export.communicate(timeout=60)
    assert export.returncode == code
    assert "Traceback" not in err
    assert "to go on: collage export scenes/tea.toml --output out --resume\n" in err
    left = {path.name for path in (project / "out").iterdir()}
    assert not [name for name in left if name.endswith((".tmp", ".claim", ".manifest.json"))]
    for path in (project / "out").glob("*.png"):
        with Image.open(path) as image:
            image.load()


def test_a_fault_of_ours_is_a_line_unless_debugging(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error nobody foresaw says so in one line; --debug lets it through with its traceback."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops\x1b[31m")

    monkeypatch.setattr("collage.stand.open", fail)
    line = refused(capsys, "still", "scenes/tea.toml", "-o", "a.png", code=1)
    assert r"a fault of this program: ZeroDivisionError: oops\x1b[31m" in line
    with pytest.raises(ZeroDivisionError):
        run(["--debug", "still", "scenes/tea.toml", "-o", "a.png"])


def test_names_from_files_can_not_colour_or_break_a_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escapes, line ends, direction marks and markup in a file's name are shown, not obeyed."""
    name = "scenes/[red]\x1b[31m\nx\u202e.toml"
    (project / name).write_text("format = 2\n")
    assert r"scenes/[red]\x1b[31m\nx\u202e.toml:1:" in refused(capsys, "still", name, "-o", "a.png")
    assert shown("tea × 2 é \udcff") == r"tea × 2 é \udcff"


def test_schema_is_json_that_names_every_table(capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed can be parsed, and describes the tables of a scene."""
    assert run(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert {"format", "scene", "sheet", "peg", "layer"} <= set(schema["properties"])


def test_new_says_how_to_go_on(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands it prints work as they are printed, also for a name with a space; the project passes check."""
    assert run(["new", "tea party", "--from", "assets/props"]) == 0
    play, export = (shlex.split(line) for line in capsys.readouterr().out.splitlines()[1:])
    assert play == ["collage", "play", "tea party/scenes/tea-party.toml"]
    assert run(["check", "tea party"]) == 0
    assert run([*export[1:], "--frames", "0", "--scale", "0.1"]) == 0
    assert tree(project / "tea party" / "frames") == ["tea-party.0000.png", "tea-party.manifest.json"]


def test_a_project_without_pictures_passes_check(project: Path) -> None:
    """Cards and a title need no picture and no finding."""
    assert run(["new", "fresh"]) == 0
    assert run(["check", "fresh"]) == 0
    assert run(["still", "fresh", "--frame", "30", "--scale", "0.1", "-o", "a.png"]) == 0


def test_every_command_tells_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command of the table stands in the help with a sentence, each option with a text."""
    assert run(["--help"]) == 0
    listing = capsys.readouterr().out
    for command in COMMANDS:
        assert f"\n  {command.__name__} " in listing
        assert command.__doc__


def test_help_loads_nothing_heavy() -> None:
    """What draws, computes or validates is not even imported to show help."""
    script = "import sys; from collage.cli import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"numpy", "cv2", "pygame", "numba", "PIL", "pydantic"} & set(done.stderr.split())


def test_the_program_itself_ends_with_the_code(project: Path) -> None:
    """As a process: one line on stderr, nothing on stdout, exit 2."""
    still = program("still", "no.toml", "-o", "a.png")
    out, err = still.communicate(timeout=60)
    assert (still.returncode, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("collage: no.toml: ")


@pytest.mark.parametrize("command", ["schema", "--version"])
def test_a_reader_that_leaves_is_no_error(command: str) -> None:
    """`collage schema | head -1` says nothing on stderr, nor does output so short that it is only sent at the end."""
    read, write = os.pipe()
    os.close(read)
    deaf = program(command, stdout=write)
    os.close(write)
    assert deaf.communicate(timeout=60)[1] == ""
    assert deaf.returncode == 1


def test_the_schemas_of_scenes_and_films_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """`collage schema` is of scenes, with --film of films; both are JSON."""
    for words, table in ((["schema"], "layer"), (["schema", "--film"], "shot")):
        assert run(words) == 0
        assert table in json.loads(capsys.readouterr().out)["properties"]
