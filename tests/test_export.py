"""Frames on disk: their names, their pixels, and that nothing torn is ever left."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import Marked, contents, frames_in, names
from PIL import Image

from collage.errors import AssetError, CollageError, RunError
from collage.export import line
from collage.export.frames import Made, export, picture_size
from collage.export.line import Stopped
from collage.export.settings import Settings
from collage.files import digits, frame_name, make_folder, pattern, write_whole
from collage.geometry import canvas_size
from collage.timing import Span


def test_frames_bear_the_scenes_own_numbers(tmp_path: Path) -> None:
    """A part of a scene is named by where it lies in the scene, not by counting from 0."""
    export(Marked(), tmp_path, frames=Span(2, 6), step=2)
    assert frames_in(tmp_path) == ["tea.0002.png", "tea.0004.png"]


def test_each_frame_holds_its_own_picture(tmp_path: Path) -> None:
    """The file of frame f holds the pixels of frame f, whichever thread made it."""
    export(Marked(20), tmp_path, frames=Span(0, 20), workers=4)
    for frame in range(20):
        with Image.open(tmp_path / f"tea.{frame:04}.png") as image:
            assert image.mode == "RGB"
            assert image.getpixel((3, 2)) == (frame, 10, 20)


def test_a_scene_without_paper_keeps_its_alpha(tmp_path: Path) -> None:
    """Where the paper does not cover all, frames are straight RGBA."""
    export(Marked(1, opaque=False), tmp_path, frames=Span(0, 1))
    with Image.open(tmp_path / "tea.0000.png") as image:
        assert image.mode == "RGBA"
        assert image.getpixel((0, 0)) == (0, 10, 20, 128)


def test_workers_never_show_in_the_bytes(tmp_path: Path) -> None:
    """One worker and five write the same files to the byte."""
    for workers in (1, 5):
        export(Marked(12), tmp_path / str(workers), frames=Span(0, 12), workers=workers)
    for name in names(tmp_path / "1"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "5" / name).read_bytes()


def test_what_was_written_is_told(tmp_path: Path) -> None:
    """The result names folder, pattern, count, size and the bytes on disk."""
    done = export(Marked(), tmp_path / "deep" / "down", frames=Span(0, 6), settings=Settings(scale=0.5))
    weight = sum((done.folder / name).stat().st_size for name in frames_in(done.folder))
    assert (done.folder, done.pattern, done.count, done.size) == (tmp_path / "deep/down", "tea.####.png", 6, (2, 2))
    assert done.weight == weight


def test_each_frame_is_told_in_its_turn(tmp_path: Path) -> None:
    """In the caller's thread, after the beginning, in order, counted up to the total, with its file's facts."""
    told: list[Made | str] = []
    here = threading.current_thread()

    def tell(made: Made) -> None:
        assert threading.current_thread() is here
        assert hashlib.sha256(made.file.read_bytes()).hexdigest() == made.sha256
        assert made.file.stat().st_size == made.bytes
        told.append(made)

    export(Marked(9), tmp_path, frames=Span(0, 9), workers=3, began=lambda: told.append("began"), told=tell)
    assert told[0] == "began"
    assert [(made.frame, made.how, made.done, made.total) for made in told[1:] if isinstance(made, Made)] == [
        (frame, "fresh", frame + 1, 9) for frame in range(9)
    ]


def test_frames_that_nothing_is_known_of_are_not_replaced_unasked(tmp_path: Path) -> None:
    """A file that merely exists is neither trusted nor lost: exit 2 with the cure, also where it is to be resumed; and
    replaced where everything is to be made anew."""
    (tmp_path / "tea.0003.png").write_bytes(b"mine")
    for mode in ("", "resume"):
        with pytest.raises(
            CollageError, match=r"tea\.0003\.png: is there already, and no manifest: .+--overwrite"
        ) as caught:
            export(Marked(), tmp_path, frames=Span(0, 1), mode=mode)
        assert caught.value.code == 2
    assert names(tmp_path) == ["tea.0003.png"]
    export(Marked(), tmp_path, frames=Span(3, 4), mode="overwrite")
    assert (tmp_path / "tea.0003.png").read_bytes().startswith(b"\x89PNG")


def test_frames_of_another_name_are_no_strangers(tmp_path: Path) -> None:
    """Nor are other kinds, nor what only looks like a frame of ours."""
    others = ["milk.0000.png", "tea.0000.exr", "tea.stage.0000.png", "tea.000.png", "tea.0000.png.bak"]
    for name in others:
        (tmp_path / name).write_bytes(b"mine")
    export(Marked(1), tmp_path, frames=Span(0, 1))
    assert names(tmp_path) == sorted([*others, "tea.0000.png", "tea.manifest.json"])
    assert all((tmp_path / name).read_bytes() == b"mine" for name in others)


def test_few_frames_are_in_flight_however_long_the_scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames are handed out as they are written, so neither pictures nor plans for them pile up; and no more are made
    at a time than there are workers."""
    stand, flying, most = Marked(200), set(), 0
    submit = line.ThreadPoolExecutor.submit

    def counted(pool, draw, frame):
        nonlocal most
        future = submit(pool, draw, frame)
        flying.add(future)
        most = max(most, sum(not each.done() for each in flying))
        return future

    monkeypatch.setattr(line.ThreadPoolExecutor, "submit", counted)
    export(stand, tmp_path, frames=Span(0, 200), workers=2)
    assert len(frames_in(tmp_path)) == 200
    assert most <= 6
    assert stand.most <= 2


def test_a_torn_picture_stops_it_before_anything_is_written(tmp_path: Path) -> None:
    """Pictures are read first: if one can't be, not even the folder is made."""
    stand = Marked()
    stand.broken = AssetError("assets/cup.png: torn")
    with pytest.raises(AssetError):
        export(stand, tmp_path / "out", frames=Span(0, 6))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_failure_at_any_step_leaves_whole_frames_to_go_on_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    """A full disk, a broken one or a forbidden one: one error that names file and cure, no torn frame, no temporary.
    What is finished stays, and once there is room the rest is made, to the very same end."""
    made, lock = 0, threading.Lock()

    def fail_fourth() -> None:
        nonlocal made
        with lock:
            made += 1
            if made >= 4:
                raise OSError(code, os.strerror(code))

    class Full(io.FileIO):
        def write(self, content):
            super().write(bytes(content[:20]))
            fail_fourth()
            return super().write(bytes(content[20:])) + 20

    def failing(real):
        def call(*arguments):
            fail_fourth()
            return real(*arguments)

        return call

    if step == "write":
        monkeypatch.setattr("collage.files.open", lambda path, mode: Full(path, mode.replace("b", "")), raising=False)
    else:
        monkeypatch.setattr(os, step, failing(getattr(os, step)))
    stand = Marked(50)
    with pytest.raises(RunError, match=r"tea\.\d{4}\.png: can't be written: .+\. [A-Z]") as caught:
        export(stand, tmp_path / "out", frames=Span(0, 50), workers=2)
    monkeypatch.undo()
    assert ("bytes free" in str(caught.value)) == (code == errno.ENOSPC)
    left = names(tmp_path / "out")
    assert not [name for name in left if name.endswith((".tmp", ".manifest.json"))]
    frames = [name for name in left if name.endswith(".png")]
    assert 2 <= len(frames) <= 3
    for name in frames:
        with Image.open(tmp_path / "out" / name) as image:
            image.load()
    assert len(stand.asked) < 20, "a failure must stop the other frames"
    assert export(Marked(50), tmp_path / "out", frames=Span(0, 50), mode="resume").count == 50
    export(Marked(50), tmp_path / "whole", frames=Span(0, 50))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("asked", [True, False])
def test_an_interruption_cleans_up_and_goes_on(tmp_path: Path, asked: bool) -> None:
    """Stopped, whether asked to or by an exception: no new frames, no temporary, the threads ended; it stays a
    KeyboardInterrupt. The next export takes up what there is."""
    stop, stand = threading.Event(), Marked(100)

    def interrupt(_: Made) -> None:
        if not asked:
            raise KeyboardInterrupt
        stop.set()

    with pytest.raises(Stopped if asked else KeyboardInterrupt):
        export(stand, tmp_path, frames=Span(0, 100), workers=2, told=interrupt, stop=stop)
    assert len(stand.asked) < 20
    assert set(names(tmp_path)) == {".tea.manifest.jsonl", *frames_in(tmp_path)}
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("export")]
    done = export(Marked(100), tmp_path, frames=Span(0, 100))
    assert done.resumed == len(stand.asked)


def test_an_interrupted_export_has_no_manifest(tmp_path: Path) -> None:
    """Nor is one left of an export before it, since its frames have been replaced."""
    export(Marked(), tmp_path, frames=Span(0, 6))
    changed = Marked()
    changed.pose = lambda frame: frame + 50

    def interrupt(_: Made) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(changed, tmp_path, frames=Span(0, 6), told=interrupt)
    assert not (tmp_path / "tea.manifest.json").exists()


def test_a_file_in_the_folders_place_is_wrong_usage(tmp_path: Path) -> None:
    """A file where the folder should be, or above it, is an error of its own, and stays."""
    (tmp_path / "out").write_text("mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "frames"):
        with pytest.raises(CollageError, match="a file is in the way") as caught:
            make_folder(folder)
        assert caught.value.code == 2
    assert (tmp_path / "out").read_text() == "mine"


def test_a_file_keeps_its_old_content_until_the_new_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the rename fails the old file is as it was."""
    target = tmp_path / "still.png"
    target.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(RunError, match="another folder"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["still.png"]


@given(st.integers(1, 2_000_000), st.data())
def test_names_sort_as_frames_do(length: int, data: st.DataObject) -> None:
    """Whatever the length, names have one width of at least four digits, so text order is frame order."""
    one, other = (data.draw(st.integers(0, length - 1)) for _ in range(2))
    assert (frame_name("tea", one, length) < frame_name("tea", other, length)) == (one < other)
    assert len(frame_name("tea", one, length)) == len(pattern("tea", length))
    assert digits(length) >= 4


def test_the_last_frame_decides_the_digits() -> None:
    """Frame 9999 is the last that four digits name; one more makes five for all."""
    assert frame_name("tea", 7, 10_000) == "tea.0007.png"
    assert frame_name("tea", 7, 10_001) == "tea.00007.png"


@given(st.integers(1, 4000), st.integers(1, 4000), st.floats(0.001, 1))
def test_a_scaled_size_is_never_empty_and_near(width: int, height: int, scale: float) -> None:
    """Scaling down rounds each side by at most half a pixel, and never to nothing."""
    for side, was in zip(canvas_size((width, height), scale), (width, height), strict=True):
        assert side >= 1
        assert side == 1 or abs(side - was * scale) <= 0.5


@pytest.mark.parametrize("scale", [0, -1, float("nan"), float("inf"), 1e308, 100])
def test_a_scale_that_makes_no_picture_is_refused(scale: float) -> None:
    """Nothing, less than nothing, or more than memory: refused with what to write instead."""
    with pytest.raises(CollageError, match=r"--scale: .+(above 0|at most)"):
        picture_size(Marked(size=(1920, 1080)), scale)
