"""`collage export` as people and programs use it: what it writes, what it says, and what it refuses."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from commands import SCENE, no_window, project, refused, tree  # noqa: F401 (fixtures are asked for by name)
from PIL import Image

from collage.cli import run
from collage.cli.exporting import Bar, lasting, text
from collage.export.claim import claimed

EXPORT = ("export", "scenes/tea.toml", "-o")
MOVING = SCENE + 'move = [{ do = "spin", every = 240 }]\n'
FLASHING = """format = 1
[scene]
size = [64, 36]
length = 24
on = 1
[[layer]]
card = "#fff"
size = [64, 36]
keys.opacity = { keys = [[0, 0, ], [1, 1, "hold"]], loop = 2 }
"""


@pytest.fixture
def moving(project: Path) -> Path:  # noqa: F811
    """A project whose piece turns, on twos."""
    (project / "scenes/tea.toml").write_text(MOVING)
    return project


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    """What the command prints, which succeeds."""
    capsys.readouterr()
    assert run(arguments) == 0, capsys.readouterr().err
    return capsys.readouterr()


def test_it_says_how_the_frames_came_about(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Made, copied from a held pose, or there already."""
    assert said(capsys, *EXPORT, "out")[0].endswith(", 6 fresh, 6 held\n")
    assert said(capsys, *EXPORT, "out", "--resume")[0].endswith(", 12 resumed\n")
    (moving / "out/tea.0004.png").unlink()
    assert said(capsys, *EXPORT, "out")[0].endswith(", 1 fresh, 11 resumed\n")
    assert said(capsys, *EXPORT, "out", "--overwrite")[0].endswith(", 6 fresh, 6 held\n")
    assert said(capsys, *EXPORT, "out", "-q") == ("", "")


def test_a_line_of_json_for_each_frame(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In order, each with its file's facts; then one of the whole. Nothing else goes there."""
    lines = [json.loads(line) for line in said(capsys, *EXPORT, "out", "--json")[0].splitlines()]
    assert [line["frame"] for line in lines[:-1]] == list(range(12))
    assert all(set(line) == {"frame", "file", "how", "sha256", "bytes", "done", "total"} for line in lines[:-1])
    assert lines[3]["file"] == str(Path("out/tea.0003.png"))
    assert Counter(line["how"] for line in lines[:-1]) == {"fresh": 6, "held": 6}
    assert lines[-1] == {
        "folder": "out", "pattern": "tea.####.png", "count": 12, "size": [64, 36], "fresh": 6, "held": 6, "resumed": 0,
        "bytes": sum(line["bytes"] for line in lines[:-1]), "left": [], "flashes": [],
    }  # fmt: skip


def test_a_dry_run_says_what_would_be_done(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And does nothing; it is right about it."""
    before = tree(moving)
    words = "in out as tea.####.png, 6 would be made, 6 copied, 0 kept as they are\n"
    assert said(capsys, *EXPORT, "out", "--dry-run") == (f"tea: frames 0 to 11 of 0 to 11: {words}", "")
    said(capsys, *EXPORT, "a.gif", "--dry-run")
    assert tree(moving) == before
    said(capsys, *EXPORT, "out", "--frames", "0-4")
    (moving / "out/tea.0002.png").write_bytes(b"torn")
    foreseen = json.loads(said(capsys, *EXPORT, "out", "--dry-run", "--json")[0])
    done = json.loads(said(capsys, *EXPORT, "out", "--json")[0].splitlines()[-1])
    assert {key: foreseen[key] for key in ("fresh", "held", "resumed")} == {"fresh": 4, "held": 4, "resumed": 4}
    assert [done["fresh"], done["held"], done["resumed"]] == [4, 4, 4]
    assert foreseen["dry_run"]


@pytest.mark.parametrize(
    ("options", "frames"),
    [
        (["--start", "9"], [9, 10, 11]),
        (["-e", "1"], [0, 1]),
        (["-s", "3", "-e", "3"], [3]),
        (["-s", "2", "-e", "8", "--step", "3"], [2, 5, 8]),
    ],
)
def test_a_range_by_its_ends(project: Path, options: list[str], frames: list[int]) -> None:  # noqa: F811
    """Both included."""
    assert run([*EXPORT, "out", *options]) == 0
    assert sorted(path.name for path in (project / "out").glob("*.png")) == [f"tea.{frame:04}.png" for frame in frames]


@pytest.mark.parametrize(
    ("out", "options", "words"),
    [
        ("out", ["--start", "12"], "--start 12: outside tea. Its frames are 0 to 11"),
        ("out", ["--end", "12"], "--end 12: outside"),
        ("out", ["--start", "5", "--end", "2"], "the range ends before it begins"),
        ("out", ["--start", "5", "--frames", "2"], "leave out --start and --end"),
        ("out", ["--resume", "--overwrite"], "give one of them"),
        ("out", ["--depth", "12"], "'--depth'"),
        ("out", ["--start-number", "-1"], "'--start-number'"),
        ("out", ["--passes", "--verify"], "give one of them"),
        ("out", ["--contact-sheet", "a.jpg"], "End the name with .png"),
        ("out", ["--dask", "nowhere"], "no address of a scheduler"),
        ("deep/tea.####.png", [], "Name their folder alone: deep/tea"),
        ("deep/tea.%04d.png", [], "Name their folder alone: deep/tea"),
        ("tea[####].exr", [], "Name their folder alone: tea"),
        ("tea.png", [], "frames go into a folder: write tea. One alone: collage still"),
        ("tea.avi", [], "End it with .mp4 .webm"),
        ("tea.mp4", ["--depth", "16"], "--depth means nothing to a film"),
        ("tea.mp4", ["--resume"], "--resume means nothing to a film, which is made in one go: leave it out"),
        ("tea.wav", ["--step", "2"], "--step means nothing to sound"),
        ("tea.wav", [], "nothing sounds in it"),
        ("tea.otio", ["--frames", "2"], "--frames means nothing to a timeline"),
        ("assets/tea.gif", [], "choose a place outside assets/"),
        ("assets/props", [], "choose a place outside assets/"),
        ("assets/tea.d", [], "choose a place outside assets/"),
        ("out", ["--sample", "3"], "add --verify"),
    ],
)
def test_what_makes_no_sense_is_refused(
    project: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    out: str,
    options: list[str],
    words: str,
) -> None:
    """In a line, with the cure, before anything is written."""
    before = tree(project)
    assert words in refused(capsys, *EXPORT, out, *options)
    assert tree(project) == before


def test_numbers_sizes_and_kinds(project: Path) -> None:  # noqa: F811
    """As they were asked for."""
    assert run([*EXPORT, "out", "--frames", "3", "--start-number", "1001", "--proxy", "--depth", "16"]) == 0
    with Image.open("out/tea.1004.png") as image:
        assert image.size == (32, 18)
    assert Path("out/tea.1004.png").read_bytes()[24] == 16, "bits of a channel"
    for packing in ("fast", "small"):
        assert run([*EXPORT, packing, "--frames", "3", "--png", packing]) == 0
    with Image.open("fast/tea.0003.png") as fast, Image.open("small/tea.0003.png") as small:
        assert np.array_equal(np.asarray(fast), np.asarray(small))
    assert Path("small/tea.0003.png").stat().st_size < Path("fast/tea.0003.png").stat().st_size


def test_an_existing_folder_may_be_called_anything(project: Path) -> None:  # noqa: F811
    """Its name's ending says nothing then."""
    (project / "take.mp4").mkdir()
    assert run([*EXPORT, "take.mp4", "--frames", "0"]) == 0
    assert tree(project / "take.mp4") == ["tea.0000.png", "tea.manifest.json"]
    assert run([*EXPORT, "v1.2", "--frames", "0"]) == 0
    assert tree(project / "v1.2") == ["tea.0000.png", "tea.manifest.json"]


def test_passes_are_sequences_of_their_own(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """One for each sheet, with a manifest each, counted through."""
    sheets = '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\n[[layer]]\nasset = "props/cup"\nsheet = "high"\n'
    (project / "scenes/tea.toml").write_text(SCENE + sheets)
    out, _ = said(capsys, *EXPORT, "out", "--passes", "--frames", "0-1", "--json")
    frames = [line for line in map(json.loads, out.splitlines()) if "frame" in line]
    assert [(Path(line["file"]).name, line["done"], line["total"]) for line in frames] == [
        ("tea.low.0000.png", 1, 4), ("tea.low.0001.png", 2, 4),
        ("tea.high.0000.png", 3, 4), ("tea.high.0001.png", 4, 4),
    ]  # fmt: skip
    assert [name for name in tree(project / "out") if "manifest" in name] == [
        "tea.high.manifest.json", "tea.low.manifest.json",
    ]  # fmt: skip


def test_a_contact_sheet_beside(project: Path) -> None:  # noqa: F811
    """Of the frames that were exported."""
    assert run([*EXPORT, "out", "--frames", "0-3", "--contact-sheet", "deep/sheet.png"]) == 0
    with Image.open("deep/sheet.png") as image:
        assert image.width == 1600


def test_parts_by_several_hands_are_gathered(moving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a farm does: parts into one folder, then the whole."""
    assert run([*EXPORT, "whole"]) == 0
    for frames in ("6-11", "0-5"):
        assert run([*EXPORT, "out", "--frames", frames, "--part", "--resume"]) == 0
    assert said(capsys, *EXPORT, "out", "--frames", "0-11", "--resume")[0].endswith(", 12 resumed\n")
    for name in tree(moving / "whole"):
        assert (moving / "out" / name).read_bytes() == (moving / "whole" / name).read_bytes()
    assert tree(moving / "out") == tree(moving / "whole")


def test_the_second_exporter_is_told_of_the_first(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """Exit 1, since it can be tried again."""
    (project / "out").mkdir()
    with claimed(project / "out", "tea", "", "frames 0-11 of tea"):
        words = refused(capsys, *EXPORT, "out", code=1)
    assert f"out: process {os.getpid()} has been exporting frames 0-11 of tea into it for " in words


def test_what_is_left_of_before_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """Frames beyond the end of a scene that got shorter."""
    assert run([*EXPORT, "out"]) == 0
    (project / "scenes/tea.toml").write_text(SCENE.replace("length = 12", "length = 4"))
    _, err = said(capsys, *EXPORT, "out")
    assert "don't show what the scene shows now: tea.0004.png to tea.0011.png (8)" in err


@pytest.mark.parametrize("out", ["out", "a.apng"])
def test_flashes_are_warned_of(project: Path, capsys: pytest.CaptureFixture[str], out: str) -> None:  # noqa: F811
    """On standard error, and the export is done all the same; unless they are allowed."""
    (project / "scenes/tea.toml").write_text(FLASHING)
    assert run(["check", "scenes/tea.toml"]) == 1
    assert "flashes" in capsys.readouterr().out
    _, err = said(capsys, *EXPORT, out)
    assert "scenes/tea.toml: warning: flashes: frames 1-23 " in err
    assert "flashes" not in said(capsys, *EXPORT, out, "--overwrite", "--allow-flashes")[1]


def test_sound_goes_beside_the_frames_or_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """Beside them all of it, also where some frames are exported; alone what is heard in the range."""
    import wave

    (project / "assets/sound").mkdir()
    with wave.open(str(project / "assets/sound/hum.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(np.arange(48000, dtype="<i2").tobytes())
    (project / "scenes/tea.toml").write_text(SCENE + '[sound]\nfile = "assets/sound/hum.wav"\n')
    said(capsys, *EXPORT, "out", "--frames", "6-7")
    assert tree(project / "out") == ["tea.0006.png", "tea.0007.png", "tea.manifest.json", "tea.wav"]
    assert said(capsys, *EXPORT, "deep/part.wav", "--frames", "6-7")[0].startswith(
        "0.083 s of sound, 48000 Hz, 16 bits"
    )
    for path, first, count in (("out/tea.wav", 0, 24000), ("deep/part.wav", 12000, 4000)):
        with wave.open(path) as file:
            assert np.array_equal(np.frombuffer(file.readframes(50000), "<i2"), np.arange(first, first + count))
    said(capsys, *EXPORT, "part", "--frames", "6-7", "--part")
    assert "tea.wav" not in tree(project / "part"), "parts leave it to whoever gathers them"


def test_a_film_and_a_timeline_by_their_endings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """Each says what it wrote, and where."""
    assert said(capsys, *EXPORT, "deep/a.apng", "--frames", "0-5")[0].startswith(
        "6 frames of 64×36, 0.250 s, in deep/a.apng, "
    )
    lines = [json.loads(line) for line in said(capsys, *EXPORT, "b.apng", "--frames", "0-5", "--json")[0].splitlines()]
    assert [line["frame"] for line in lines[:-1]] == list(range(6))
    assert (lines[-1]["file"], lines[-1]["count"], lines[-1]["seconds"]) == ("b.apng", 6, 0.25)
    assert Path("b.apng").read_bytes() == Path("deep/a.apng").read_bytes()
    assert said(capsys, *EXPORT, "deep/cut.otio", "--proxy")[0] == "1 shot of 12 frames in deep/cut.otio\n"
    assert "deep/cut.shots/tea/tea.0011.png" in tree(project)


def test_some_frames_are_made_again_elsewhere(
    moving: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In other processes, to the same bytes."""
    monkeypatch.setattr("collage.export.verify.THREADS", (2,))  # one of them is enough
    out, _ = said(capsys, *EXPORT, "out", "--frames", "0-3", "--verify", "--sample", "2")
    assert out.endswith("2 frames made again in other processes: the same to the byte\n")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_a_stopped_film_leaves_nothing(project: Path) -> None:  # noqa: F811
    """Nor a line how to go on with it."""
    (project / "scenes/tea.toml").write_text(SCENE.replace("length = 12", "length = 100000"))
    process = subprocess.Popen(
        [sys.executable, "-m", "collage", *EXPORT, "a.gif"], cwd=project, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(project.glob(".a.gif*.tmp")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1].startswith("stopped")
    assert "to go on" not in err
    assert [name for name in tree(project) if "gif" in name] == []


def test_the_bar_says_how_far_it_is() -> None:
    """Frames done, rate, time left, and how they came about."""
    assert text(12, 48, 24.0, Counter(fresh=6, held=6)) == (
        f"12/48 {'━' * 6}{'╌' * 18} 24.0 frames/s, 2 s left, 6 fresh, 6 held"
    )
    assert text(48, 48, 24.0, Counter(resumed=48)) == f"48/48 {'━' * 24} 24.0 frames/s, 48 resumed"
    assert "left" not in text(0, 48, 0.0, Counter())


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1:00 min"), (200, "3:20 min"), (7500, "2:05 h")]
)
def test_how_long_it_will_take(seconds: float, words: str) -> None:
    """In the units that people think in."""
    assert lasting(seconds) == words


def test_a_narrow_terminal_gets_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut to its width, drawn over what was there, and taken away in the end."""
    monkeypatch.setenv("COLUMNS", "30")
    bar = Bar()
    bar.show(12, 12, "fresh")
    bar.clear()
    err = capsys.readouterr().err
    assert err == f"\r12/12 {'━' * 23}\r{' ' * 29}\r"
    bar.clear()
    assert capsys.readouterr().err == ""


def test_the_bar_tells_of_each_work_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the counting begins anew, nothing is told of what was counted before."""
    bar = Bar()
    bar.show(300, 300, "fresh")
    capsys.readouterr()
    bar.show(1, 1, "")
    err = capsys.readouterr().err.strip()
    assert err.startswith("1/1 ")
    assert err.endswith("frames/s")
    assert "-" not in err
