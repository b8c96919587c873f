"""Drawings from a file, by time, as programs that listen to a voice write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from boxes import boxed

import collage
from collage.errors import SceneError
from collage.exposure.cel import Cutout, Drawing
from collage.exposure.lipsync import MOST_BYTES

REGISTRY = '["jaw"]\ndrawings = { a = "jaw/a.png", b = "jaw/b.png", x = "jaw/x.png" }\n'
SCENE = """format = 1
[scene]
rate = {rate}
length = 96
on = 1
[[layer]]
asset = "jaw"
in = {start}
keys.swap = {{ file = "assets/line.tsv" }}
"""


def opened(root: Path, line: str | bytes, rate: str = "24", start: int = 0) -> collage.Stand:
    """A mouth that speaks such a line."""
    boxed(root, {f"jaw/{name}.png": (8, 8) for name in "abx"}, REGISTRY)
    (root / "assets" / "line.tsv").write_bytes(line if isinstance(line, bytes) else line.encode())
    (root / "scenes").mkdir(exist_ok=True)
    scene = root / "scenes" / "talk.toml"
    scene.write_text(SCENE.format(rate=rate, start=start))
    return collage.open(scene)


def said(stand: collage.Stand, frames: int) -> str:
    """The mouth of every frame, a space where there is none."""
    spoken = ""
    for frame in range(frames):
        cels = {cel.layer: cel.content for cel in stand.cels(frame)}
        mouth = cels.get("jaw")
        drawing = mouth.drawing if isinstance(mouth, Cutout) else mouth
        spoken += drawing.path.stem if isinstance(drawing, Drawing) else " "
    return spoken


def test_each_line_is_a_mouth_from_its_second_on(tmp_path: Path) -> None:
    """Seconds become frames of the scene's rate, rounded once, half up; capital letters are as small ones."""
    stand = opened(tmp_path, "0.00\tX\n0.0625\ta\n0.25\tB\n\n0.33 x\n", rate="24")
    assert said(stand, 10) == "xxaaaabbxx"
    assert said(opened(tmp_path, "0.00\tX\n1\ta\n", rate='"24000/1001"'), 26) == "x" * 24 + "aa"


def test_seconds_count_from_the_layers_in(tmp_path: Path) -> None:
    """A layer that comes later speaks its line from there."""
    assert said(opened(tmp_path, "0\tx\n0.125\ta\n", start=4), 9) == "    xxxaa"


def test_the_first_mouth_holds_before_and_the_last_after(tmp_path: Path) -> None:
    """As of any keys; "none" lifts it off."""
    assert said(opened(tmp_path, "0.125\tb\n0.25\tnone\n0.375\ta\n"), 11) == "bbbbbb   aa"


def test_of_two_in_one_frame_the_later_counts(tmp_path: Path) -> None:
    """A hundred mouths a second are not too many."""
    line = "".join(f"{number / 100:.2f}\t{'abx'[number % 3]}\n" for number in range(100))
    assert len(said(opened(tmp_path, line), 24)) == 24
    assert said(opened(tmp_path, "0\tx\n0.04\ta\n0.05\tb\n"), 2) == "xb"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "nothing is in it"),
        ("0.5 open", 'assets/line.tsv:1: no drawing "open" of this asset'),
        ("0\ta\nzero\tb", 'assets/line.tsv:2: no seconds and drawing: write "0.25", a tab, "open"'),
        ("-1\ta", "assets/line.tsv:1: no seconds"),
        ("1e9\ta", "assets/line.tsv:1: no seconds"),
        ("1\ta\n0.5\tb", "assets/line.tsv:2: earlier than the line before it"),
        (b"\xff\xfe0\ta", "no file of drawings by time"),
        ("0\ta\n" * (MOST_BYTES // 4 + 1), "longer than 1024 kB"),
    ],
)
def test_what_is_wrong_with_it_is_said_at_its_line(tmp_path: Path, line: str | bytes, words: str) -> None:
    """The scene's place, the file's line, and the cure."""
    with pytest.raises(SceneError) as error:
        opened(tmp_path, line)
    assert "talk.toml:9:" in str(error.value)
    assert words in str(error.value)


def test_it_lies_in_the_project(tmp_path: Path) -> None:
    """No path leads outside, also not by a link; one that is missing is said."""
    opened(tmp_path, "0\ta\n")
    scene = tmp_path / "scenes" / "talk.toml"
    text = scene.read_text()
    for path, words in (
        ("../line.tsv", "never outside"),
        ("assets/none.tsv", 'no file of drawings by time at "assets/'),
    ):
        scene.write_text(text.replace("assets/line.tsv", path))
        with pytest.raises(SceneError, match=words):
            collage.open(scene)


def test_a_file_or_keys(tmp_path: Path) -> None:
    """Both are one too many."""
    opened(tmp_path, "0\ta\n")
    scene = tmp_path / "scenes" / "talk.toml"
    scene.write_text(scene.read_text().replace('file = "assets/line.tsv"', 'file = "assets/line.tsv", loop = 4'))
    with pytest.raises(SceneError, match="leave one of them out"):
        collage.open(scene)


def test_a_saved_line_is_noticed(tmp_path: Path) -> None:
    """What is watched while a scene plays has the file among it."""
    assert tmp_path / "assets" / "line.tsv" in opened(tmp_path, "0\ta\n").catalogue.notes  # type: ignore[attr-defined]
