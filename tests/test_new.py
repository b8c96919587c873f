"""A new project: it plays at once, teaches, and is made whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from collage.desk.arrange import FILL, LARGEST_SCALE, ROCK, arrange
from collage.desk.lesson import CANVAS, PERIODS, STAGE
from collage.desk.new import new_project
from collage.desk.tidy import clean, unused
from collage.errors import AssetError, CollageError, RunError
from collage.geometry import Affine
from collage.scene.reader import read

SIZES = st.tuples(st.integers(1, 8000), st.integers(1, 8000))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder of pictures as people have them, and a file that is none."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number, name in enumerate(
        ["IMG 0012 (copy).JPG", "img-0012 copy.png", "Žluťoučký kůň.webp", "茶.tiff", "END.png"]
    ):
        Image.new("RGB", (40 + number, 30), (200, 20 * number, 0)).save(folder / name)
    (folder / "notes.txt").write_text("not a picture")
    return folder


def all_files(folder: Path) -> list[str]:
    """Every file below a folder, hidden ones too, by its path from there."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_pictures_come_in_under_clean_names(tmp_path: Path, photos: Path) -> None:
    """Names become lower-case and plain; collisions are numbered, words with a meaning too, nothing becomes piece-1."""
    new_project(tmp_path / "Tea Party", [photos])
    assert all_files(tmp_path / "Tea Party" / "assets") == [
        "pictures/end-2.png",
        "pictures/img-0012-copy-2.png",
        "pictures/img-0012-copy.jpg",
        "pictures/piece-1.tiff",
        "pictures/zlutoucky-kun.webp",
        "registry.toml",
    ]


def test_sources_stay_as_they_were(tmp_path: Path, photos: Path) -> None:
    """The pictures are copied to the byte, and their folder is left alone."""
    before = {path.name: path.read_bytes() for path in photos.iterdir()}
    new_project(tmp_path / "tea", [photos])
    assert {path.name: path.read_bytes() for path in photos.iterdir()} == before
    assert (tmp_path / "tea/assets/pictures/end-2.png").read_bytes() == before["END.png"]


def test_the_scene_shows_every_picture_and_moves_each(tmp_path: Path, photos: Path) -> None:
    """One layer for each picture, hung on the peg, with keys that loop into the scene's length on even frames."""
    scene = tomllib.loads(new_project(tmp_path / "tea", [photos]).read_text("utf-8"))
    pieces = [layer for layer in scene["layer"] if "asset" in layer]
    assert [piece["asset"] for piece in pieces] == [
        "pictures/end-2",
        "pictures/img-0012-copy",
        "pictures/img-0012-copy-2",
        "pictures/zlutoucky-kun",
        "pictures/piece-1",
    ]
    for piece in pieces:
        (track,) = piece["keys"].values()
        assert piece["parent"] == scene["peg"][0]["name"]
        assert track["keys"][0][1] == track["keys"][-1][1] != track["keys"][1][1]
        assert all(moment % 2 == 0 for moment, _ in track["keys"])
    assert all(192 % period == 0 for period in PERIODS)


@pytest.mark.parametrize("with_pictures", [True, False])
def test_the_scene_reads_without_a_finding(tmp_path: Path, photos: Path, with_pictures: bool) -> None:
    """It opens as a scene, begins with the lines of schema and format, and its comments name the words."""
    path = new_project(tmp_path / "tea-party", [photos] if with_pictures else [])
    text = path.read_text("utf-8")
    assert path == tmp_path / "tea-party" / "scenes" / "tea-party.toml"
    assert text.splitlines()[:2] == ["#:schema ./scene.schema.json", "format = 1"]
    assert (path.parent / "scene.schema.json").is_file()
    assert read(path).scene.title == "Tea party"
    for word in ("sheet", "peg", "key", "twos", "layer", "loop"):
        assert re.search(rf"(?i)^.*#.*\b{word}", text, re.MULTILINE), f"no comment explains {word}"


def test_the_same_pictures_make_the_same_project(tmp_path: Path, photos: Path) -> None:
    """Nothing depends on chance, time or the order of a folder's listing."""
    texts = [new_project(tmp_path / name / "tea", [photos]).read_bytes() for name in ("one", "two")]
    assert texts[0] == texts[1]


def test_pictures_may_be_named_one_by_one(tmp_path: Path, photos: Path) -> None:
    """Files are taken in the order given, so the last lies on top."""
    scene = new_project(tmp_path / "tea", [photos / "茶.tiff", photos / "END.png"])
    assets = [layer["asset"] for layer in tomllib.loads(scene.read_text("utf-8"))["layer"] if "asset" in layer]
    assert assets == ["pictures/piece-1", "pictures/end-2"]


def test_an_empty_folder_is_filled_and_stays_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`collage new .` works where the shell stands: the folder is not replaced by another."""
    home = tmp_path / "here"
    home.mkdir()
    before = home.stat().st_ino
    monkeypatch.chdir(home)
    new_project(Path("."), [])
    assert home.stat().st_ino == before
    assert all_files(home) == ["assets/registry.toml", "scenes/here.toml", "scenes/scene.schema.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    """Neither a folder with anything in it nor a file is touched."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("years")
    for folder in (tmp_path / "mine", tmp_path / "mine" / "work.txt"):
        with pytest.raises(CollageError, match="that does not exist yet"):
            new_project(folder, [])
    assert all_files(tmp_path) == ["mine/work.txt"]


@pytest.mark.parametrize("name", ["torn.png", "text.png", "missing.png", "notes.txt", "empty"])
def test_a_source_that_is_no_picture_stops_it(tmp_path: Path, photos: Path, name: str) -> None:
    """Torn, a text named .png, missing, of another kind, a folder without pictures: nothing is made."""
    (photos / "torn.png").write_bytes((photos / "END.png").read_bytes()[:20])
    (photos / "text.png").write_text("hello")
    (photos / "empty").mkdir()
    with pytest.raises(AssetError, match=re.escape(name)):
        new_project(tmp_path / "tea", [photos / "END.png", photos / name])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photos"]


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("step", ["copyfile", "replace"])
def test_a_failure_midway_leaves_nothing(
    tmp_path: Path, photos: Path, monkeypatch: pytest.MonkeyPatch, step: str, there: bool
) -> None:
    """A full disk while copying or renaming leaves no project and no draft; an empty folder stays, empty."""
    calls = []

    def fail_second(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) == (2 if there or step == "copyfile" else 1):
            raise OSError(28, "No space left on device")
        real(*arguments)

    home = shutil if step == "copyfile" else os
    real = getattr(home, step)
    if there:
        (tmp_path / "tea").mkdir()
    monkeypatch.setattr(home, step, fail_second)
    with pytest.raises(RunError, match="no space left"):
        new_project(tmp_path / "tea", [photos])
    assert calls
    assert sorted(path.name for path in tmp_path.iterdir()) == (["photos", "tea"] if there else ["photos"])
    assert not there or not any((tmp_path / "tea").iterdir())


@given(st.text(max_size=80))
def test_a_clean_name_is_a_name(text: str) -> None:
    """Whatever a file is called, what is left is nothing or a name of the format, and cleaning it again keeps it."""
    assert re.fullmatch(r"([a-z0-9]([a-z0-9_-]*[a-z0-9])?)?", clean(text))
    assert clean(clean(text)) == clean(text)


@given(st.lists(st.sampled_from(["", "a", "a-2", "b"]), max_size=12))
def test_names_are_never_shared(wanted: list[str]) -> None:
    """However many files want one name, each gets its own."""
    names: list[str] = []
    for name in wanted:
        names.append(unused(name, names))
    assert len(set(names)) == len(names)
    assert "" not in names


@given(st.lists(SIZES, min_size=1, max_size=60))
def test_every_piece_lies_whole_within_the_canvas(sizes: list[tuple[int, int]]) -> None:
    """At its turn, rocking either way, no corner of a piece leaves the canvas."""
    for (width, height), spot in zip(sizes, arrange(sizes, STAGE), strict=True):
        for rock in (-ROCK, 0, ROCK):
            place = (
                Affine.shift(spot.x, spot.y) @ Affine.turning(spot.turn + rock) @ Affine.scaling(spot.scale, spot.scale)
            )
            for corner in ((-width / 2, -height / 2), (width / 2, -height / 2)):
                x, y = place.at(corner)
                assert abs(x) <= CANVAS[0] / 2
                assert abs(y) <= CANVAS[1] / 2


@given(st.lists(st.just((300, 300)), min_size=1, max_size=40))
def test_pieces_of_one_size_never_cover_each_other(sizes: list[tuple[int, int]]) -> None:
    """Each keeps to its own cell: centres lie further apart than the pieces are wide."""
    spots = arrange(sizes, STAGE)
    for index, one in enumerate(spots):
        assert 0 < one.scale <= LARGEST_SCALE
        for other in spots[:index]:
            apart = max(abs(one.x - other.x), abs(one.y - other.y))
            assert apart >= 300 * one.scale * FILL


def test_a_torn_picture_stops_it_and_hidden_files_are_left_where_they_are(tmp_path: Path, photos: Path) -> None:
    """What can't be shown is told before anything is made; what a system hides among pictures is no picture."""
    (photos / "._END.png").write_bytes(b"not ours")
    new_project(tmp_path / "fine", [photos])
    assert len(all_files(tmp_path / "fine" / "assets")) == 6
    whole = (photos / "END.png").read_bytes()
    (photos / "END.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AssetError, match=r"END\.png"):
        new_project(tmp_path / "torn", [photos])
    assert not (tmp_path / "torn").exists()
