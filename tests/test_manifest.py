"""The manifest beside exported frames: whom it credits, and that it is there whole, ours and true, or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st

from collage.cli import run
from collage.errors import CollageError
from collage.export import frames as exporter
from collage.export import manifest
from collage.export.manifest import Credit, Manifest
from collage.export.seen import seen
from collage.exposure.cel import Card, Cel, Pane
from collage.geometry import Affine
from collage.registry.catalogue import Drawing
from collage.registry.entries import Entry

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
    """Every fact, with nothing of the machine or the day; numbers that are not known are left out."""
    path = exported("--frames", "2-5", "--step", "2", "--scale", "0.5")
    assert json.loads(path.read_text("utf-8")) == {
        "format": 1,
        "program": "collage 0.1.0",
        "scene": "test",
        "size": [32, 18],
        "rate": "24000/1001",
        "frames": "2-5",
        "step": 2,
        "credits": [
            {
                "asset": "props/cup", "cut_by": "Ada", "source": 'the "kitchen"', "licence": "CC0-1.0", "rating": 4.5,
                "hours": 112,
            }
        ],
    }  # fmt: skip


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


def test_an_interrupted_export_has_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is one left of an export before it, since its frames may have been replaced."""
    assert exported().exists()

    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(exporter, "frame_file", interrupt)
    assert not exported(code=130).exists()


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


@given(st.builds(Credit, texts, texts, texts, texts, numbers, numbers))
def test_it_reads_back_as_it_was_written(tmp_path: Path, credit: Credit) -> None:
    """Whatever people call their sources; and what a later version adds stops nobody."""
    path = tmp_path / "a.manifest.json"
    whole = Manifest("collage 9", "a", (640, 360), "24", "0-47", credits=(credit,))
    manifest.write(path, whole)
    assert manifest.read(path) == whole
    later = {**json.loads(path.read_bytes()), "prints": {"0": "abc"}}
    path.write_text(json.dumps(later))
    assert manifest.read(path) == whole


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
