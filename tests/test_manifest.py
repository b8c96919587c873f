"""The manifest beside exported frames: whom it credits, and that it is there whole, ours and true, or not at all."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st

from collage.cli import run
from collage.errors import CollageError
from collage.export import manifest
from collage.export.machine import platform
from collage.export.manifest import Credit, Manifest, Shot
from collage.export.seen import seen
from collage.exposure.cel import Card, Cel, Pane
from collage.geometry import Affine
from collage.registry.catalogue import Drawing
from collage.registry.entries import Entry

if sys.platform != "win32":
    import resource

RED = np.full((4, 6, 4), (200, 30, 30, 255), np.uint8)
SCENE = """format = 1
[scene]
size = [64, 36]
length = 12
rate = "24000/1001"
[[layer]]
asset = "props/cup"
[[layer]]
asset = "props/spoon"
in = 6
[[layer]]
asset = "props/hat"
opacity = 0
"""
REGISTRY = """format = 1
["props/cup"]
cut_by = "Ada"
source = "the \\"kitchen\\""
licence = "CC0-1.0"
rating = 4.5
hours = 112
"""
DOT = Drawing("dot", "dot", Path("dot.png"), (10, 10))
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=9)
numbers = st.none() | st.floats(0, 10)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
shots = st.builds(
    lambda frame, word, *rest: Shot(frame, f"{word}.{frame}.png", *rest),
    st.integers(0, 10**6), st.from_regex(r"\A[a-z0-9é ][a-z.é' -]{0,5}\Z"),
    digests.map(lambda digest: digest[:40]), digests, st.integers(0, 10**9),
)  # fmt: skip


@pytest.fixture
def home(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of three cut-outs: one is there from the start, one from frame 6, one can't be seen."""
    scene = project(SCENE, {f"props/{name}": RED for name in ("cup", "spoon", "hat")}, REGISTRY)
    monkeypatch.chdir(scene.parent.parent)
    return scene.parent.parent


def exported(*options: str, code: int = 0) -> Path:
    """The manifest of an export of the scene, whether it is there or not."""
    assert run(["export", "scenes/test.toml", "-o", "out", *options]) == code
    return Path("out/test.manifest.json")


def at(x: float, y: float, content: Drawing | Pane | Card = DOT, **how: float) -> Cel:
    return Cel(content, Affine.shift(x, y), **how)  # type: ignore[arg-type]


def test_it_says_what_was_exported(home: Path) -> None:
    """Every fact, with nothing of the day or of who did it; numbers that are not known are left out."""
    path = exported("--frames", "2-5", "--step", "2", "--scale", "0.5")
    told = json.loads(path.read_text("utf-8"))
    shots = told.pop("shots")
    assert told == {
        "format": 1,
        "program": "collage 0.1.0",
        "scene": "test",
        "size": [32, 18],
        "rate": "24000/1001",
        "frames": "2-4",
        "step": 2,
        "credits": [
            {
                "asset": "props/cup", "cut_by": "Ada", "source": 'the "kitchen"', "licence": "CC0-1.0", "rating": 4.5,
                "hours": 112,
            }
        ],
        "settings": {"scale": 0.5, "kind": "png", "depth": 8, "small": False},
        "platform": platform(),
    }  # fmt: skip
    for frame, shot in zip((2, 4), shots, strict=True):
        content = (path.parent / f"test.{frame:04}.png").read_bytes()
        assert shot.pop("fingerprint")
        digest = sha256(content).hexdigest()
        assert shot == {"frame": frame, "file": f"test.{frame:04}.png", "sha256": digest, "bytes": len(content)}


def test_each_frame_has_a_line(home: Path) -> None:
    """By number, so that two manifests can be compared line by line."""
    lines = [line for line in exported().read_text("utf-8").splitlines() if '"sha256"' in line]
    assert [json.loads(line.strip().rstrip(","))["frame"] for line in lines] == list(range(12))


def test_credits_are_of_what_is_seen_in_these_frames(home: Path) -> None:
    """The spoon comes in at frame 6; the hat is never seen."""
    for frames, names in (("0-5", ["props/cup"]), ("6", ["props/cup", "props/spoon"])):
        assert [credit.asset for credit in manifest.read(exported("--frames", frames)).credits] == names


def test_workers_never_show_in_it(home: Path) -> None:
    """One or five, the same bytes."""
    assert exported("--workers", "1").read_bytes() == exported("--workers", "5").read_bytes()


def test_a_film_credits_all_that_its_shots_show(home: Path) -> None:
    """By the film's own name."""
    (home / "scenes/trip.film.toml").write_text('format = 1\n[[shot]]\nscene = "scenes/test.toml"\n')
    assert run(["export", "scenes/trip.film.toml", "-o", "out"]) == 0
    assert len(manifest.read(home / "out/trip.manifest.json").credits) == 2


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b'{"program": "other"}', b"[" * 100_000, b'{"a": 1, "a"'])
def test_a_file_of_someone_elses_stays(home: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 before a frame is written, with the cure."""
    (home / "out").mkdir()
    (home / "out/test.manifest.json").write_bytes(content)
    assert exported(code=2).read_bytes() == content
    assert "no list of exported frames: move it away" in capsys.readouterr().err
    assert len(list((home / "out").iterdir())) == 1


def test_a_folder_in_its_place_stays(home: Path) -> None:
    """It is no manifest either."""
    (home / "out/test.manifest.json").mkdir(parents=True)
    assert exported(code=2).is_dir()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of POSIX")
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    """It is no list of ours either."""
    os.mkfifo(tmp_path / "tea.manifest.json")
    with pytest.raises(CollageError, match="is no list"):
        manifest.check(tmp_path / "tea.manifest.json")


def test_another_programs_list_is_not_ours(tmp_path: Path) -> None:
    """Though it has all our keys."""
    path = tmp_path / "a.manifest.json"
    manifest.write(path, Manifest("montage 3", "a", (1, 1), "24", "0-0"))
    with pytest.raises(CollageError, match="no list"):
        manifest.read(path)


@given(
    st.builds(Credit, texts, texts, texts, texts, numbers, numbers), st.lists(shots, unique_by=lambda shot: shot.frame)
)
def test_it_reads_back_as_it_was_written(tmp_path: Path, credit: Credit, made: list[Shot]) -> None:
    """Whatever people call their sources and scenes, frames by number; and what a later version adds, also to a frame,
    stops nobody."""
    path = tmp_path / "a.manifest.json"
    whole = Manifest("collage 9", "a", (640, 360), "24", "0-47", credits=(credit,), platform={"system": "Of Tea"})
    manifest.write(path, replace(whole, shots=tuple(made)))
    whole = replace(whole, shots=tuple(sorted(made, key=lambda shot: shot.frame)))
    assert manifest.read(path) == whole
    later = json.loads(path.read_bytes())
    later = {**later, "prints": {"0": "abc"}, "shots": [{**shot, "by": "Ada"} for shot in later["shots"]]}
    path.write_text(json.dumps(later))
    assert manifest.read(path) == whole


def test_one_without_frames_can_be_read(tmp_path: Path) -> None:
    """As they were once: it says of no frame what it shows."""
    path = tmp_path / "a.manifest.json"
    path.write_text(
        '{"format": 1, "program": "collage 0.1.0", "scene": "a", "size": [4, 3], "rate": "24", "frames": "0-1"}'
    )
    assert manifest.read(path).shots == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"file": "../a.png"}, {"file": "/a.png"}, {"file": "b\\a.png"}, {"file": ".hidden"}, {"file": ""},
        {"file": ".."}, {"file": "a\n.png"}, {"file": "C:a"}, {"file": "x" * 256}, {"file": 7}, {"frame": -1},
        {"frame": "1"}, {"frame": True}, {"frame": 1.5}, {"frame": 10**9}, {"frame": 0}, {"file": "a.0000.png"},
        {"bytes": -1}, {"bytes": 2**60}, {"fingerprint": "xyz"}, {"fingerprint": ""}, {"sha256": "0" * 63},
        {"sha256": "0" * 65}, {"sha256": None},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_frame_can_be_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    """Whoever wrote it: a file elsewhere, a frame or a file that is there twice, what is no digest."""
    path, good = tmp_path / "a.manifest.json", Shot(1, "a.0001.png", "0" * 40, "0" * 64, 9)
    manifest.write(
        path, Manifest("collage 9", "a", (4, 3), "24", "0-1", shots=(replace(good, frame=0, file="a.0000.png"), good))
    )
    told = json.loads(path.read_bytes())
    told["shots"][1].update(wrong)
    path.write_text(json.dumps(told))
    with pytest.raises(CollageError, match="is no list of exported frames"):
        manifest.read(path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux how much memory a process may take")
@pytest.mark.parametrize("part", ["[],", "{},", "0,", '"",', '{"asset":7},', "[" * 1000 + "]" * 1000 + ","])
@pytest.mark.parametrize("where", ["shots", "credits", "else"])
@pytest.mark.parametrize("most", [3_000_000, 6 * 10**7], ids=["short", "long"])
def test_a_bomb_takes_little_memory(tmp_path: Path, part: str, where: str, most: int) -> None:
    """Megabytes of next to nothing don't become gigabytes, nor is anything in them told one by one."""
    path = tmp_path / "a.manifest.json"
    path.write_text(
        '{"format": 1, "program": "collage 0.1.0", "scene": "a", "size": [4, 3], "rate": "24", "frames": "0-1",'
        f'"{where}": [{part * (most // len(part))}0]}}'
    )
    before, old = resource.getrlimit(resource.RLIMIT_AS), int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (old * resource.getpagesize() + 500_000_000, before[1]))
    try:
        with suppress(CollageError):
            assert manifest.read(path).shots == ()
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def test_one_that_is_too_long_is_refused(tmp_path: Path) -> None:
    """Sixty-four megabytes are three hours of frames."""
    path = tmp_path / "a.manifest.json"
    manifest.write(path, Manifest("collage 9", "a", (4, 3), "24", "0-1"))
    with path.open("ab") as file:
        file.truncate(manifest.MOST_BYTES + 1)
    with pytest.raises(CollageError, match="is no list"):
        manifest.read(path)


def test_three_hours_fit(tmp_path: Path) -> None:
    """A manifest of 250,000 frames keeps to the bounds: one of a twentieth of them takes a twentieth of the room."""
    shots = tuple(Shot(frame, f"feature.{frame:06}.png", "0" * 40, "0" * 64, 10**7) for frame in range(12_500))
    path = tmp_path / "a.manifest.json"
    manifest.write(path, Manifest("collage 9", "feature", (4, 3), "24", "0-12499", shots=shots))
    content = path.read_bytes()
    assert 20 * len(content) < manifest.MOST_BYTES
    assert 20 * sum(map(content.count, (b",", b"{", b"["))) < 3_000_000
    assert manifest.read(path).shots == shots


@pytest.mark.parametrize(
    ("frames", "told"),
    [
        ([], ("", 1)),
        ([7], ("7-7", 1)),
        (range(48), ("0-47", 1)),
        ([4, 2], ("2-4", 2)),
        (range(0, 48, 2), ("0-46", 2)),
        ([*range(12), *range(24, 36)], ("0-11, 24-35", 1)),
        ([0, 2, 4, 10, 12], ("0-4, 10-12", 2)),
        ([3, 3, 4], ("3-4", 1)),
    ],
)
def test_frames_in_few_words(frames: list[int], told: tuple[str, int]) -> None:
    """Which there are, whatever order they came in."""
    assert manifest.numbers(frames) == told


def test_an_entry_that_is_silent_is_credited_all_the_same() -> None:
    """No hours are not known hours."""
    assert manifest.credit("props/hat", Entry()) == Credit("props/hat")


@pytest.mark.parametrize(
    ("cel", "there"),
    [
        (at(0, 0), True),
        (at(-9, -9), True),
        (at(-10, 0), False),
        (at(0, -10.5), False),
        (at(99, 49), True),
        (at(100, 0), False),
        (at(0, 50), False),
        (at(0, 0, opacity=0.0), False),
        (at(0, 0, opacity=0.01), True),
        (Cel(DOT, Affine.shift(-5, 20) @ Affine.turning(-45)), True),
        (Cel(DOT, Affine.shift(50, 20) @ Affine.scaling(0, 1)), False),
        (at(0, 0, Card((9, 9), (0, 0, 0, 255))), False),
        (at(0, 0, Pane((at(20, 20),))), True),
        (at(0, 0, Pane((at(20, 20),)), opacity=0.0), False),
        (at(0, 0, Pane((at(20, 20),), (19, 19))), False),
        (at(0, 0, Pane((at(20, 20),), (21, 21))), True),
        (at(85, 0, Pane((at(20, 20),), (40, 40))), False),
        (at(-15, 0, Pane((at(20, 20, Pane((at(0, 0),), (5, 5))),), (30, 30))), True),
    ],
)
def test_what_is_seen(cel: Cel, there: bool) -> None:
    """On a canvas of 100 by 50: what lies on it, by a pixel, not see-through, not flat, inside all it is clipped to."""
    assert seen([cel], (100, 50)) == ({"dot"} if there else set())
