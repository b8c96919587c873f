"""The notebook of an unfinished export: what was made is remembered through kills, and nothing in it is trusted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.errors import CollageError, RunError
from collage.export import manifest, notebook
from collage.export.manifest import Manifest, Shot
from collage.export.notebook import Notebook, known

HEADER = '{"format": 1, "program": "collage 1", "scene": "tea"}'


def shot(frame: int, word: str = "", name: str = "tea") -> Shot:
    digest = sha256(f"{frame}{word}".encode()).hexdigest()
    return Shot(frame, f"{name}.{frame:04}.png", digest[:40], digest, 100 + frame)


def whole(*shots: Shot, scene: str = "tea") -> Manifest:
    return Manifest("collage 1", scene, (64, 36), "24", *manifest.numbers(each.frame for each in shots), shots=shots)


def finished(folder: Path, *shots: Shot, stem: str = "tea", scene: str = "tea") -> Path:
    path = manifest.place(folder, stem)
    manifest.write(path, whole(*shots, scene=scene))
    return path


def opened(folder: Path, stem: str = "tea") -> Notebook:
    return Notebook(folder, "tea", stem, known(folder, "tea"))


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_nothing_is_known_of_an_empty_folder(tmp_path: Path) -> None:
    """Nor of one that isn't there."""
    for folder in (tmp_path, tmp_path / "none"):
        assert known(folder, "tea") == notebook.Known()


def test_what_was_noted_is_known_at_once(tmp_path: Path) -> None:
    """Without any end: a kill costs nothing that was noted. The last word on a frame counts."""
    notes = opened(tmp_path)
    for each in (shot(0), shot(5), shot(1), shot(5, "again")):
        notes.note(each)
        assert known(tmp_path, "tea").shots[each.frame] == each
    assert known(tmp_path, "tea").shots == {0: shot(0), 1: shot(1), 5: shot(5, "again")}
    assert known(tmp_path, "tea").manifest is None
    assert files(tmp_path) == {".tea.manifest.jsonl"}


def test_finishing_leaves_the_manifest_alone(tmp_path: Path) -> None:
    """It holds what it is given, and nothing else lies there."""
    notes = opened(tmp_path)
    notes.note(shot(0))
    notes.finish(whole(shot(0), shot(1)))
    assert files(tmp_path) == {"tea.manifest.json"}
    assert known(tmp_path, "tea").manifest == whole(shot(0), shot(1))
    assert known(tmp_path, "tea").shots == {0: shot(0), 1: shot(1)}


def test_a_manifest_goes_with_the_first_frame_that_is_replaced(tmp_path: Path) -> None:
    """It would tell of frames that aren't any more. What it knew of the others stays known; to look at frames, or to
    find them as they were, changes nothing."""
    path = finished(tmp_path, shot(0), shot(1))
    before, notes = path.read_bytes(), opened(tmp_path)
    notes.note(shot(1))
    assert path.read_bytes() == before
    assert files(tmp_path) == {path.name}
    notes.note(shot(1, "new"))
    assert files(tmp_path) == {".tea.manifest.jsonl"}
    assert known(tmp_path, "tea").shots == {0: shot(0), 1: shot(1, "new")}


def test_it_goes_on_where_one_was_cut_short(tmp_path: Path) -> None:
    """As often as it takes."""
    for frame in range(5):
        opened(tmp_path).note(shot(frame))
    assert known(tmp_path, "tea").shots == {frame: shot(frame) for frame in range(5)}


@given(cut=st.integers(1, 400))
def test_a_torn_line_is_passed_over(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    """Wherever it was torn: lines before it stand, and those after it too."""
    folder = tmp_path_factory.mktemp("torn")
    notes = opened(folder)
    notes.note(shot(0))
    notes.note(shot(1))
    path = notebook.place(folder, "tea")
    content = path.read_bytes()
    path.write_bytes(content[:-cut] if len(content) - cut > len(HEADER) + 20 else content[:-1])
    notes.note(shot(2))
    found = known(folder, "tea").shots
    assert found[2] == shot(2)
    assert set(found.items()) <= {(frame, shot(frame)) for frame in range(3)}
    assert (0 in found) or cut > len(manifest.line(shot(1)))


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe", b"{}", b"[" * 4000, b'"' + b"x" * 100_000, b"null", b"7",
        manifest.line(shot(1)).replace("tea.0001", "../tea").encode(),
        manifest.line(shot(1)).replace('"frame": 1', '"frame": true').encode(),
        manifest.line(shot(1)).replace('"frame": 1', '"frame": -1').encode(),
        manifest.line(shot(1)).replace('"bytes": 101', '"bytes": 1e99').encode(),
    ],
)  # fmt: skip
def test_what_is_no_frame_is_passed_over(tmp_path: Path, line: bytes) -> None:
    """Whoever wrote it, and those beside it stand."""
    lines = [HEADER.encode(), manifest.line(shot(0)).encode(), line, manifest.line(shot(2)).encode()]
    notebook.place(tmp_path, "tea").write_bytes(b"\n".join(lines))
    assert known(tmp_path, "tea").shots == {0: shot(0), 2: shot(2)}


@pytest.mark.parametrize(
    "header", ["", "{}", HEADER.replace("tea", "coffee"), HEADER.replace("collage", "montage"), "["]
)
def test_a_notebook_of_anothers_counts_for_nothing(tmp_path: Path, header: str) -> None:
    """And stays, until one of ours takes its name."""
    path = notebook.place(tmp_path, "tea")
    path.write_text(f"{header}\n{manifest.line(shot(0))}")
    assert known(tmp_path, "tea") == notebook.Known()
    assert path.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are of POSIX")
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    """Nor is it written to: the frames are made all the same."""
    os.mkfifo(notebook.place(tmp_path, "tea"))
    opened(tmp_path).note(shot(0))
    assert known(tmp_path, "tea") == notebook.Known()


def test_a_folder_in_its_place_stops_nothing(tmp_path: Path) -> None:
    """It is only a memory."""
    notebook.place(tmp_path, "tea").mkdir()
    finished(tmp_path, shot(0))
    opened(tmp_path).note(shot(0, "new"))
    assert known(tmp_path, "tea").shots == {0: shot(0)}


def test_a_full_disk_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be noted is not known, the next is, once there is room."""
    notes = opened(tmp_path)
    with monkeypatch.context() as full:
        full.setattr(notebook, "write_whole", lambda *_: (_ for _ in ()).throw(RunError("full")))
        notes.note(shot(0))
    notes.note(shot(1))
    path = notebook.place(tmp_path, "tea")
    with monkeypatch.context() as full:
        full.setattr("builtins.open", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        notes.note(shot(2))
    notes.note(shot(3))
    assert path.exists()
    assert set(known(tmp_path, "tea").shots) == {1, 3}


def test_a_manifest_of_anothers_is_refused(tmp_path: Path) -> None:
    """It could be replaced otherwise."""
    manifest.place(tmp_path, "tea").write_text("{}")
    with pytest.raises(CollageError, match="is no list of exported frames"):
        known(tmp_path, "tea")


def test_threads_note_whole_lines(tmp_path: Path) -> None:
    """However many."""
    notes = opened(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(notes.note, map(shot, range(200))))
    assert known(tmp_path, "tea").shots == {frame: shot(frame) for frame in range(200)}


def test_a_kill_at_any_moment_loses_no_noted_frame(tmp_path: Path) -> None:
    """What a process says it has noted is known after it was killed, and all lists can be read."""
    code = (
        "import sys, pathlib, test_notebook as t\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "notes = t.opened(folder)\n"
        "for frame in range(10**6):\n"
        "    notes.note(t.shot(frame, sys.argv[2])); print(frame, flush=True)\n"
    )
    for run in range(3):
        with subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(run)], stdout=subprocess.PIPE,
                              cwd=Path(__file__).parent) as process:  # fmt: skip
            assert process.stdout
            told = [process.stdout.readline() for _ in range(20 + 13 * run)]
            process.kill()
            told += process.stdout.readlines()
        found = known(tmp_path, "tea").shots
        noted = [int(line) for line in told if line.endswith(b"\n")]
        assert len(noted) >= 20
        assert all(found[frame] == shot(frame, str(run)) for frame in noted)


def test_parts_are_gathered(tmp_path: Path) -> None:
    """Finished ones and such as were cut short; the next export of the whole writes one manifest and removes them."""
    for frames in ((0, 1), (2, 3)):
        notes = opened(tmp_path, f"tea.{frames[0]}-{frames[1]}")
        for frame in frames:
            notes.note(shot(frame))
        notes.finish(whole(*map(shot, frames)))
    opened(tmp_path, "tea.4-9").note(shot(4))
    assert files(tmp_path) == {"tea.0-1.manifest.json", "tea.2-3.manifest.json", ".tea.4-9.manifest.jsonl"}
    found, notes = known(tmp_path, "tea"), opened(tmp_path)
    assert found.shots == {frame: shot(frame) for frame in range(5)}
    for each in found.shots.values():
        notes.note(each)
    assert len(files(tmp_path)) == 3
    notes.finish(whole(*found.shots.values()))
    assert files(tmp_path) == {"tea.manifest.json"}
    assert known(tmp_path, "tea").shots == found.shots


def test_gathering_that_is_cut_short_loses_nothing(tmp_path: Path) -> None:
    """With the first frame of its own it has taken over all that parts knew."""
    finished(tmp_path, shot(0), stem="tea.0-0")
    opened(tmp_path).note(shot(1))
    assert files(tmp_path) == {".tea.manifest.jsonl"}
    assert set(known(tmp_path, "tea").shots) == {0, 1}


def test_a_part_leaves_other_lists_alone(tmp_path: Path) -> None:
    """Those of the whole and of other parts, whoever is at them; it goes on from its own."""
    finished(tmp_path, shot(0), shot(1))
    finished(tmp_path, shot(2), stem="tea.2-2")
    opened(tmp_path, "tea.3-9").note(shot(3))
    notes = opened(tmp_path, "tea.3-9")
    notes.note(shot(4))
    notes.finish(whole(shot(3), shot(4)))
    assert files(tmp_path) == {"tea.manifest.json", "tea.2-2.manifest.json", "tea.3-9.manifest.json"}
    assert set(known(tmp_path, "tea").shots) == set(range(5))


def test_a_part_that_was_added_to_meanwhile_stays(tmp_path: Path) -> None:
    """Someone is at it: what was read of it is not all there is."""
    part = opened(tmp_path, "tea.4-9")
    part.note(shot(4))
    notes = opened(tmp_path)
    part.note(shot(5))
    notes.finish(whole(shot(4)))
    assert files(tmp_path) == {"tea.manifest.json", ".tea.4-9.manifest.jsonl"}
    assert set(known(tmp_path, "tea").shots) == {4, 5}


def test_another_scene_is_no_part(tmp_path: Path) -> None:
    """Though it be called like one, or like nothing a name should be."""
    finished(tmp_path, shot(0, name="tea.0-9"), stem="tea.0-9", scene="tea.0-9")
    finished(tmp_path, shot(0, name="teas"), stem="teas", scene="teas")
    manifest.place(tmp_path, "tea.1-2").write_text("mine")
    assert known(tmp_path, "tea") == notebook.Known()
    opened(tmp_path).finish(whole(shot(0)))
    assert files(tmp_path) == {f"{stem}.manifest.json" for stem in ("tea", "tea.0-9", "teas", "tea.1-2")}


def test_finishing_is_the_same_however_often_it_was_cut_short(tmp_path: Path) -> None:
    """The same frames, the same manifest, to the byte."""
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    straight = opened(tmp_path / "a")
    for frame in range(4):
        straight.note(shot(frame))
        opened(tmp_path / "b").note(shot(3 - frame))
    straight.finish(whole(*map(shot, range(4))))
    opened(tmp_path / "b").finish(whole(*known(tmp_path / "b", "tea").shots.values()))
    one, other = (manifest.place(tmp_path / name, "tea").read_bytes() for name in "ab")
    assert json.loads(one)["frames"] == "0-3"
    assert one == other
