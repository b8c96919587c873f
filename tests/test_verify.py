"""Frames made again elsewhere: an honest export stands, and whatever isn't as it should be is found and told."""

from __future__ import annotations

import os
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from subjects import on_stand

import collage
from collage.errors import CollageError, RunError
from collage.export import frames, manifest, verify
from collage.export.line import Stopped
from collage.export.manifest import Shot
from collage.export.part import Part
from collage.export.settings import Settings
from collage.timing import Span

RED = np.full((9, 12, 4), (200, 30, 30, 255), np.uint8)
SCENE = """format = 1
[scene]
size = [64, 36]
length = 12
on = 1
[[layer]]
asset = "props/cup"
move = [{ do = "spin", out = "end" }]
"""
Home = tuple[Path, Path]


@pytest.fixture
def home(project: Project) -> Home:
    """A scene, and a folder that it was exported to."""
    scene = project(SCENE, {"props/cup": RED})
    with collage.open(scene) as stand:
        frames.export(stand, scene.parent.parent / "out", frames=Span(0, 12))
    return scene, scene.parent.parent / "out"


def shots(folder: Path) -> tuple[Shot, ...]:
    return manifest.read(folder / "test.manifest.json").shots


def verified(home: Home, opened: verify.Opened | None = None, sample: int = 4) -> list[verify.Differing]:
    scene, folder = home
    return verify.verify(opened or partial(collage.open, scene), Settings(), folder, shots(folder), sample=sample)


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One other process is enough."""
    monkeypatch.setattr(verify, "THREADS", (2,))


def told_opened(scene: Path, log: Path, *, threads: int) -> Part:
    """Writes down which process asks for which frames, by how many threads."""
    subject = on_stand(scene, threads=threads)
    exposed = subject.exposed

    def noted(frame: int) -> tuple[object, ...]:
        with log.open("a") as file:
            print(os.getpid(), threads, frame, file=file)
        return exposed(frame)

    return Part(subject.stand, subject.name, subject.rig, subject.paper, noted)  # type: ignore[arg-type]


def test_an_export_stands(home: Home, tmp_path: Path) -> None:
    """Made again in three other processes, by one, two and three threads, each in another order; told as it goes."""
    log, told = tmp_path / "log", list[tuple[int, int]]()
    opened = partial(told_opened, home[0], log)
    found = verify.verify(opened, Settings(), home[1], shots(home[1]), sample=5, told=lambda *how: told.append(how))
    assert found == []
    assert told == [(done, 15) for done in range(1, 16)]
    asked = [tuple(map(int, line.split())) for line in log.read_text().splitlines()]
    runs = {process: (threads, []) for process, threads, _ in asked}
    for process, _, frame in asked:
        runs[process][1].append(frame)
    assert [threads for threads, _ in runs.values()] == [1, 2, 3]
    assert os.getpid() not in runs
    orders = [tuple(dict.fromkeys(each)) for _, each in runs.values()]
    assert len({*orders, tuple(sorted(orders[0]))}) == 4
    assert {tuple(sorted(order)) for order in orders} == {tuple(s.frame for s in verify.sampled(shots(home[1]), 5))}


@pytest.mark.usefixtures("once")
def test_files_that_are_not_as_they_were_are_told(home: Home) -> None:
    """Edited, torn, gone, or no file: with the cure; the others are made again."""
    folder = home[1]
    edited, torn, gone, strange = (folder / f"test.{frame:04}.png" for frame in (1, 4, 7, 9))
    edited.write_bytes(edited.read_bytes() + b"!")
    torn.write_bytes(torn.read_bytes()[:-1])
    gone.unlink()
    strange.unlink(), strange.mkdir()
    found = verified(home, sample=12)
    assert [each.file for each in found] == [edited, torn, gone, strange]
    assert [each.why.split(":")[0] for each in found] == [
        "has changed since it was exported", "has changed since it was exported", "can't be read", "can't be read",
    ]  # fmt: skip
    assert all("--resume" in each.why for each in found)


@pytest.mark.usefixtures("once")
def test_a_scene_that_changed_since_is_told(home: Home) -> None:
    """Its frames are other frames now."""
    home[0].write_text(SCENE.replace("spin", "swing"), encoding="utf-8")
    found = verified(home)
    assert {each.why.split(":")[0] for each in found} == {"its scene, pictures, program or machine have changed since"}
    assert len(found) >= 3  # a swing may meet a spin somewhere


class Fickle(Part):
    """Draws otherwise than it should."""

    def comp(self, frame: int, scale: float = 1.0) -> np.ndarray:
        return super().comp(frame, scale) ^ np.uint8(frame == 11)


def fickle(scene: Path, *, threads: int) -> Part:
    subject = on_stand(scene, threads=threads)
    return Fickle(subject.stand, subject.name, subject.rig, subject.paper, subject.exposed)


@pytest.mark.usefixtures("once")
def test_what_comes_out_otherwise_is_told(home: Home) -> None:
    """That which fingerprints can't see: the same scene, and another picture."""
    found = verified(home, partial(fickle, home[0]))
    assert [(each.frame, each.why.split(",")[0]) for each in found] == [
        (11, "comes out otherwise when made again by 2 threads")
    ]


def dying(scene: Path, *, threads: int) -> Part:
    os._exit(3)


@pytest.mark.usefixtures("once")
def test_a_process_that_dies_is_an_error_that_can_be_retried(home: Home) -> None:
    """With its exit code; nobody waits for it for ever."""
    with pytest.raises(RunError, match="ended by itself, with code 3: run it again"):
        verified(home, partial(dying, home[0]))


@pytest.mark.usefixtures("once")
def test_a_scene_that_is_broken_now_is_told_as_ever(home: Home) -> None:
    """In the words of who found it."""
    home[0].write_text(SCENE.replace("cup", "cop"), encoding="utf-8")
    with pytest.raises(CollageError, match='no asset "props/cop"'):
        verified(home)


@pytest.mark.usefixtures("once")
def test_a_scene_that_is_shorter_now_is_told(home: Home) -> None:
    """Its manifest lists frames that it hasn't any more."""
    home[0].write_text(SCENE.replace("length = 12", "length = 5"), encoding="utf-8")
    with pytest.raises(CollageError, match="test has frames 0 to 4, not 11: export again with --resume"):
        verified(home)


def sleeping(scene: Path, *, threads: int) -> Part:
    time.sleep(600)
    raise AssertionError


def test_it_stops_when_asked_to(home: Home) -> None:
    """At once, though the other process is busy for long."""
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        verify.verify(partial(sleeping, home[0]), Settings(), home[1], shots(home[1]), stop=stop)


def test_nothing_to_look_at_starts_nothing(home: Home) -> None:
    """Neither an empty manifest nor one whose files are all gone."""
    for shot in shots(home[1]):
        (home[1] / shot.file).unlink()
    assert len(verified(home, partial(dying, home[0]), sample=12)) == 12
    assert verify.verify(partial(dying, home[0]), Settings(), home[1], ()) == []


@given(st.integers(1, 300), st.integers(1, 40))
def test_a_sample_is_spread_and_always_the_same(many: int, sample: int) -> None:
    """As many as asked for, the first among them, in order; from three on the last too; no gap is wider than the even
    half of them leaves."""
    all_ = [Shot(frame, "", "", "", 0) for frame in range(many)]
    chosen = [shot.frame for shot in verify.sampled(all_, sample)]
    assert chosen == sorted(set(chosen)) == [shot.frame for shot in verify.sampled(all_, sample)]
    assert len(chosen) == min(many, sample)
    assert chosen[0] == 0
    if sample > 2:
        assert chosen[-1] == many - 1
        gaps = [later - earlier for earlier, later in pairwise(chosen)]
        assert max(gaps, default=0) <= -(-many // ((sample + 1) // 2 - 1))
