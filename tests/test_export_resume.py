"""Frames that need not be made: those that hold a pose, and those that are there already and proven to be right."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import Marked, contents, frames_in, names

from collage.errors import CollageError, RunError
from collage.export import manifest
from collage.export.developing import Developed, develop
from collage.export.frames import Exported, Made, export
from collage.export.line import Stopped
from collage.export.settings import Settings
from collage.timing import Span

ALL = Span(0, 12)


def on_twos(length: int = 12) -> Marked:
    """A scene whose poses are held for two frames, and come back after six."""
    stand = Marked(length)
    stand.pose = lambda frame: frame // 2 % 3
    return stand


def counts(done: Exported) -> tuple[int, int, int]:
    return done.fresh, done.held, done.resumed


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_a_picture_is_made_once(tmp_path: Path, workers: int) -> None:
    """Held poses and those that come back are copies, whole files of their own: changing one changes no other."""
    stand = on_twos()
    assert counts(export(stand, tmp_path, frames=ALL, workers=workers)) == (3, 9, 0)
    assert sorted(stand.asked) == [0, 2, 4]
    assert len({os.stat(tmp_path / name).st_ino for name in frames_in(tmp_path)}) == 12
    for frame in range(12):
        twin = tmp_path / f"tea.{frame // 2 * 2 % 6:04}.png"
        assert (tmp_path / f"tea.{frame:04}.png").read_bytes() == twin.read_bytes()


def test_what_is_there_and_right_is_kept(tmp_path: Path) -> None:
    """The second time nothing is made, and not a byte of any file is written."""
    export(on_twos(), tmp_path, frames=ALL)
    before = {name: os.stat(tmp_path / name).st_mtime_ns for name in frames_in(tmp_path)}
    whole, again = contents(tmp_path), on_twos()
    told: list[Made] = []
    assert counts(export(again, tmp_path, frames=ALL, mode="resume", told=told.append)) == (0, 0, 12)
    assert [made.how for made in told] == ["resumed"] * 12
    assert again.asked == []
    assert {name: os.stat(tmp_path / name).st_mtime_ns for name in before} == before
    assert contents(tmp_path) == whole


def test_after_an_edit_the_frames_it_touches_are_made(tmp_path: Path) -> None:
    """One pose of three is changed: its four frames are new, one of them made."""
    export(on_twos(), tmp_path, frames=ALL)
    edited = on_twos()
    edited.pose = lambda frame: (7, 1, 2)[frame // 2 % 3]
    assert counts(export(edited, tmp_path, frames=ALL)) == (1, 3, 8)
    assert edited.asked == [0]
    export(edited, tmp_path / "anew", frames=ALL)
    assert contents(tmp_path / "anew").items() <= contents_of_files(tmp_path).items()


def contents_of_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("harm", ["gone", "torn", "as long", "empty", "a folder", "linked"])
def test_a_file_that_is_not_what_was_noted_is_made_again(tmp_path: Path, harm: str) -> None:
    """Whatever happened to it; one that merely exists is never trusted. A folder in its place is told of, and stays."""
    export(Marked(), tmp_path, frames=Span(0, 6))
    whole, file = contents(tmp_path), tmp_path / "tea.0002.png"
    content = file.read_bytes()
    file.unlink()
    match harm:
        case "torn":
            file.write_bytes(content[:-1])
        case "as long":
            file.write_bytes(content[:-1] + b"x")
        case "empty":
            file.touch()
        case "a folder":
            file.mkdir()
        case "linked":
            file.symlink_to(tmp_path / "tea.0001.png")
    again = Marked()
    if harm == "a folder":
        with pytest.raises(CollageError, match="is a folder"):
            export(again, tmp_path, frames=Span(0, 6))
        file.rmdir()
    assert counts(export(again, tmp_path, frames=Span(0, 6))) == (1, 0, 5)
    assert set(again.asked) == {2}
    assert contents(tmp_path) == whole
    assert not file.is_symlink()


def test_a_pose_whose_file_was_changed_meanwhile_is_made_again(tmp_path: Path) -> None:
    """What is copied is looked at: an edit of the first of its frames, while the export goes on, spreads to none."""
    stand = on_twos()

    def meddle(made: Made) -> None:
        if made.frame == 1:
            (tmp_path / "tea.0000.png").write_bytes(b"painted over")

    assert counts(export(stand, tmp_path, frames=ALL, workers=1, told=meddle)) == (4, 8, 0)
    assert (tmp_path / "tea.0006.png").read_bytes() == (tmp_path / "tea.0007.png").read_bytes() != b"painted over"
    assert counts(export(on_twos(), tmp_path, frames=ALL)) == (1, 0, 11)


def test_overwriting_makes_all_anew(tmp_path: Path) -> None:
    """Though all of it was right."""
    export(on_twos(), tmp_path, frames=ALL)
    whole, again = contents(tmp_path), on_twos()
    assert counts(export(again, tmp_path, frames=ALL, mode="overwrite")) == (3, 9, 0)
    assert contents(tmp_path) == whole


@pytest.mark.parametrize("how", [Settings(scale=0.5), Settings(depth=16), Settings(small=True)])
def test_other_settings_are_another_picture(tmp_path: Path, how: Settings) -> None:
    """So nothing of it is kept; nor is it where the files get other names."""
    export(Marked(), tmp_path, frames=Span(0, 6))
    assert counts(export(Marked(), tmp_path, frames=Span(0, 6), settings=how)) == (6, 0, 0)
    done = export(Marked(), tmp_path, frames=Span(0, 6), settings=how, start_number=1)
    assert done.resumed == 0
    assert done.left == ("tea.0000.png",)


def test_numbers_can_start_elsewhere(tmp_path: Path) -> None:
    """The scene's frame 0 gets that number, also where only a part is exported, and there are digits for the last."""
    export(Marked(), tmp_path, frames=Span(2, 4), start_number=1)
    assert frames_in(tmp_path) == ["tea.0003.png", "tea.0004.png"]
    export(Marked(), tmp_path / "late", frames=Span(0, 1), start_number=9995)
    assert frames_in(tmp_path / "late") == ["tea.09995.png"]
    assert manifest.read(tmp_path / "tea.manifest.json").frames == "2-3"


def test_frames_that_were_not_asked_for_stay_listed(tmp_path: Path) -> None:
    """A part that is exported anew adds to what is there, and the whole is there as if exported at once."""
    export(Marked(), tmp_path / "whole", frames=Span(0, 6))
    for frames in (Span(0, 3), Span(4, 6), Span(2, 4)):
        export(Marked(), tmp_path / "parts", frames=frames)
    assert contents(tmp_path / "parts") == contents(tmp_path / "whole")


def test_what_no_longer_shows_the_scene_is_named(tmp_path: Path) -> None:
    """Frames beyond its new end, and frames that show something else now, lie there still: told, and listed no more."""
    export(Marked(6), tmp_path, frames=Span(0, 6))
    shorter = Marked(4)
    shorter.pose = lambda frame: frame if frame != 1 else 99
    assert export(shorter, tmp_path, frames=Span(2, 3)).left == ("tea.0001.png", "tea.0004.png", "tea.0005.png")
    listed = manifest.read(tmp_path / "tea.manifest.json")
    assert [shot.frame for shot in listed.shots] == [0, 2, 3]
    (tmp_path / "tea.0001.png").unlink()
    assert export(shorter, tmp_path, frames=Span(0, 4)).left == ()


def test_parts_are_gathered(tmp_path: Path) -> None:
    """Each machine lists its own; the export that gathers makes what is missing, and leaves one list."""
    export(on_twos(), tmp_path / "whole", frames=ALL)
    folder = tmp_path / "parts"
    for frames in (Span(6, 12), Span(0, 3)):
        export(on_twos(), folder, frames=frames, part=True)
    assert [name for name in names(folder) if "manifest" in name] == ["tea.0-2.manifest.json", "tea.6-11.manifest.json"]
    assert counts(export(on_twos(), folder, frames=ALL, mode="resume")) == (1, 2, 9)
    assert contents(folder) == contents(tmp_path / "whole")


runs = st.lists(
    st.tuples(
        st.integers(0, 11), st.integers(1, 12), st.integers(1, 3), st.sampled_from(["", "resume", "overwrite"]),
        st.booleans(), st.none() | st.integers(0, 6),
    ),
    max_size=4,
)  # fmt: skip


@settings(max_examples=25)
@given(runs=runs, poses=st.lists(st.integers(0, 4), min_size=12, max_size=12), workers=st.integers(1, 3))
def test_however_one_comes_to_the_whole_it_is_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    runs: list[tuple[int, int, int, str, bool, int | None]],
    poses: list[int],
    workers: int,
) -> None:
    """Parts in any order, with any step, stopped anywhere, overlapping, resumed or made anew: once the whole is
    exported the folder is what one undisturbed export gives, to the byte and to the name."""
    root = tmp_path_factory.mktemp("runs")
    stand = Marked(12)
    stand.pose = poses.__getitem__
    for first, count, step, mode, part, most in runs:
        stop = threading.Event()

        def told(made: Made, most: int | None = most, stop: threading.Event = stop) -> None:
            if most is not None and made.done > most:
                stop.set()

        frames = Span(first, min(12, first + count))
        with suppress(Stopped):
            export(
                stand, root / "runs", frames=frames, step=step, mode=mode, part=part, workers=workers, told=told,
                stop=stop,
            )  # fmt: skip
    export(stand, root / "runs", frames=Span(0, 12), workers=workers)
    export(stand, root / "whole", frames=Span(0, 12))
    assert contents(root / "runs") == contents(root / "whole")


def test_a_frame_that_fails_is_named_and_the_others_are_made(tmp_path: Path) -> None:
    """Where one is to keep going; frames that look the same fail with it, and only these are left to make."""
    stand = on_twos()
    well = develop(stand, Settings())

    def make(frame: int) -> Developed:
        if stand.pose(frame) == 1:
            raise RunError("the machine fell off the table")
        return well(frame)

    with pytest.raises(
        RunError, match=r"4 frames of 12 could not be made, .*2-3.*: the machine fell off the table\. .*--res"
    ):
        export(stand, tmp_path, frames=ALL, make=make, keep_going=True, workers=2)
    assert len(frames_in(tmp_path)) == 8
    assert not (tmp_path / "tea.manifest.json").exists()
    assert counts(export(on_twos(), tmp_path, frames=ALL)) == (1, 3, 8)


def test_without_going_on_the_first_failure_ends_it(tmp_path: Path) -> None:
    """As it is, whatever it is."""

    def make(frame: int) -> Developed:
        raise ZeroDivisionError("oops")

    with pytest.raises(ZeroDivisionError, match="oops"):
        export(Marked(), tmp_path, frames=Span(0, 6), make=make)
    assert names(tmp_path) == []


def test_nothing_is_left_of_what_was_killed(tmp_path: Path) -> None:
    """Temporaries of ours are swept, and nobody else's are."""
    token = "0123456789abcdef"
    ours = [f".tea.0003.png.{token}.tmp", f"..tea.manifest.jsonl.{token}.tmp", f"..tea.claim.{token}.tmp",
            f".tea.manifest.json.{token}.tmp", f".tea.0-3.manifest.json.{token}.tmp"]  # fmt: skip
    others = [f".milk.0003.png.{token}.tmp", ".tea.0003.png.tmp", f".tea.notes.{token}.tmp"]
    for name in (*ours, *others):
        (tmp_path / name).touch()
    export(Marked(1), tmp_path, frames=Span(0, 1))
    assert names(tmp_path) == sorted([*others, "tea.0000.png", "tea.manifest.json"])


@pytest.mark.parametrize("name", [".tea", "tea\ntime", "tea:time"])
def test_a_name_that_no_list_could_tell_of_is_refused(tmp_path: Path, name: str) -> None:
    """Before anything is written: the next export would take the manifest for somebody else's."""
    subject = Marked()
    subject.name = name
    with pytest.raises(CollageError, match="rename the scene"):
        export(subject, tmp_path / "out", frames=Span(0, 3))
    assert not names(tmp_path)
