"""`collage assets` as one who changes the box: add, remove, rename; whole, or not at all."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from commands import tree
from conftest import Project

import collage
from collage.cli import run
from collage.desk import assets_edit
from collage.desk.assets_check import findings
from collage.desk.assets_rename import rename
from collage.errors import AssetError, RunError
from collage.files import bring
from collage.glass.png import encode
from collage.registry import journal
from collage.registry.signouts import sign_out, signed_out

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ADA = {"who": "Ada", "now": NOW}
RED = np.full((10, 20, 4), (200, 30, 30, 255), np.uint8)
STANDING = np.zeros((100, 40, 4), np.uint8)
STANDING[10:80, 4:30] = (9, 9, 9, 255)  # a body
STANDING[80:90, 20:26] = (9, 9, 9, 255)  # its foot
SCENE = """# a cup and its friends
format = 1  # always

[[layer]]
asset   =   'props/cup'   # the very one
keys.x  = [[0, 0], [5, 9]]
move = [{ do = "boil" }]

[[layer]]
name = "far"
asset = "props/cup"
parent = "cup"
at = [4, 4]

[[layer]]
like = "far"
text = "props/cup"
"""
REGISTRY = '# box\nformat = 1\n\n["props/cup"] # mine\ncopies = 2\nhours = 3 # long\n'


@pytest.fixture
def box(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two cut-outs, one of which a scene shows."""
    root = project(SCENE, {"props/cup": RED, "props/hat": RED}, REGISTRY).parent.parent
    monkeypatch.chdir(root)
    return root


def saved(folder: Path, name: str, pixels: np.ndarray) -> Path:
    file = folder / name
    file.write_bytes(encode(pixels))
    return file


def contents(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in tree(root) if (root / name).is_file()}


def registry(root: Path) -> dict[str, dict[str, object]]:
    return tomllib.loads((root / "assets/registry.toml").read_text())


def test_a_picture_is_added_under_a_clean_name(box: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With its checksum, and its pivot between its feet; the scene can show it at once, and check is content."""
    file = saved(tmp_path_factory.mktemp("x"), "My Statue (2).PNG", STANDING)
    assert run(["assets", "add", str(file), "--to", "figures/"]) == 0
    entry = registry(box)["figures/my-statue-2"]
    assert entry == {"pivot": [23, 90], "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    assert (box / "assets/figures/my-statue-2.png").read_bytes() == file.read_bytes()
    assert (box / "assets/registry.toml").read_text().startswith(REGISTRY)
    assert [finding for finding in findings(box) if finding.severity == "error"] == []


def test_a_picture_without_a_silhouette_has_no_foot(box: Path) -> None:
    """A photograph is held at its centre: no pivot is written."""
    file = saved(box, "sky.png", RED)
    assert assets_edit.add(box, [file], "skies", **ADA) == ["skies/sky"]
    assert list(registry(box)["skies/sky"]) == ["sha256"]


def test_a_pivot_that_was_written_first_stays(box: Path) -> None:
    """An entry may be there before its picture; only the checksum is added to it."""
    (box / "assets/registry.toml").write_text(f'{REGISTRY}["props/statue"]\npivot = [1, 2] # mine\n')
    assets_edit.add(box, [saved(box, "statue.png", STANDING)], "props", **ADA)
    assert registry(box)["props/statue"]["pivot"] == [1, 2]
    assert "sha256" in registry(box)["props/statue"]


@pytest.mark.parametrize(("to", "name"), [("assets/props", "props/sky"), ("assets/", "sky"), ("/", "sky")])
def test_a_folder_may_be_named_as_it_lies(box: Path, to: str, name: str) -> None:
    """With assets/ before it, as a shell completes it: no second assets/ comes to lie inside, which would make a
    project of the box."""
    assert assets_edit.add(box, [saved(box, "sky.png", RED)], to, **ADA) == [name]
    assert not (box / "assets/assets").exists()


def test_a_box_without_a_registry_gets_one(box: Path) -> None:
    """Its first line says the version."""
    (box / "assets/registry.toml").unlink()
    assets_edit.add(box, [saved(box, "sky.png", RED)], "skies", **ADA)
    assert (box / "assets/registry.toml").read_text().startswith("format = 1\n")


@pytest.mark.parametrize(
    ("name", "content", "to"),
    [
        ("hat.png", encode(RED), "props"),  # taken
        ("torn.png", encode(RED)[:60], "props"),
        ("words.txt", b"words", "props"),
        ("§.png", encode(RED), "props"),
        ("good.png", encode(RED), "../outside"),
        ("good.png", encode(RED), "Props"),
        ("good.png", encode(RED), "old/assets/props"),
        ("format.png", encode(RED), ""),
        ("folder", None, "props"),
    ],
)
def test_nothing_is_added_if_one_is_amiss(
    box: Path, name: str, content: bytes | None, to: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says why, and no file has changed, also not for the sound picture before it."""
    (box / "new").mkdir()
    sound = saved(box, "new/sound.png", RED)
    if content is None:
        (box / "new" / name).mkdir()
    else:
        (box / "new" / name).write_bytes(content)
    before = contents(box)
    assert run(["assets", "add", str(sound), f"new/{name}", "--to", to]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert contents(box) == before


def test_no_more_is_added_than_memory_holds(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound, the cure is said and nothing is changed."""
    monkeypatch.setattr(assets_edit, "MOST_BYTES", len(encode(RED)) * 3 // 2)
    pictures = [saved(box, f"{name}.png", RED) for name in ("a", "b")]
    before = contents(box)
    with pytest.raises(collage.CollageError, match="in several goes"):
        assets_edit.add(box, pictures, "props", **ADA)
    assert contents(box) == before


def test_what_is_used_is_not_removed(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says where the first use is, and how many more there are."""
    before = contents(box)
    assert run(["assets", "remove", "props/cup"]) == 2
    assert 'scenes/test.toml:5:13: uses "props/cup" and 1 more' in capsys.readouterr().err
    assert contents(box) == before


def test_what_is_not_used_goes_whole(box: Path) -> None:
    """Its picture and its entry; another asset's stay."""
    (box / "scenes/test.toml").unlink()
    assert run(["assets", "remove", "props/cup"]) == 0
    assert tree(box / "assets") == ["props", "props/hat.png", "registry.toml"]
    assert registry(box) == {"format": 1}


def test_drawings_go_with_their_asset(box: Path) -> None:
    """All the pictures that belong to it."""
    (box / "assets/registry.toml").write_text('format = 1\n[two]\nframes = "props/####.png"\n')
    for number in ("0001", "0002"):
        saved(box / "assets/props", f"{number}.png", RED)
    assets_edit.remove(box, "two", **ADA)
    assert tree(box / "assets/props") == ["cup.png", "hat.png"]


@pytest.mark.parametrize("verb", [("remove", "props/hat"), ("rename", "props/hat", "props/cap")])
def test_a_scene_that_cannot_be_read_stops_it(
    box: Path, verb: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """It may use the asset: its first fault is told, and nothing changes."""
    (box / "scenes/bad.toml").write_text('format = 1\n[[layer]]\nasset = "props/hat"\nat = 3\n')
    before = contents(box)
    assert run(["assets", *verb]) == 2
    assert "scenes/bad.toml:4:" in capsys.readouterr().err
    assert contents(box) == before


def test_a_name_changes_everywhere(box: Path) -> None:
    """In the registry, on the disk, and in the scene where it is an asset's name; every other letter stays. The layer
    that was called by the asset keeps that name, so what hangs on it and what chance does stay as they were."""
    with collage.open(box / "scenes/test.toml") as stand:
        before = [stand.picture(frame, 0.2) for frame in (0, 4)]
    assert rename(box, "props/cup", "kitchen/mug", **ADA) == (2, 1)
    assert (box / "scenes/test.toml").read_text() == SCENE.replace(
        "asset   =   'props/cup'", 'name = "cup"\nasset   =   "kitchen/mug"'
    ).replace('asset = "props/cup"', 'asset = "kitchen/mug"')
    assert (box / "assets/registry.toml").read_text() == REGISTRY.replace("props/cup", "kitchen/mug")
    assert tree(box / "assets") == ["kitchen", "kitchen/mug.png", "props", "props/hat.png", "registry.toml"]
    with collage.open(box / "scenes/test.toml") as stand:
        after = [stand.picture(frame, 0.2) for frame in (0, 4)]
    assert np.array_equal(before, after)


def test_moving_to_another_folder_names_no_layer(box: Path) -> None:
    """The layer's name is the last part still, and need not be written."""
    rename(box, "props/cup", "kitchen/cup", **ADA)
    assert (box / "scenes/test.toml").read_text().count("name = ") == 1


def test_a_scene_from_windows_keeps_its_line_ends(box: Path) -> None:
    """All of them, and its byte order mark."""
    raw = b"\xef\xbb\xbf" + SCENE.replace("\n", "\r\n").encode()
    (box / "scenes/test.toml").write_bytes(raw)
    rename(box, "props/cup", "props/mug", **ADA)
    after = (box / "scenes/test.toml").read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# a cup")
    assert after.count(b"\n") == after.count(b"\r\n") == raw.count(b"\n") + 1


@pytest.mark.parametrize("layer", ['{ asset = "props/cup" }', '{ like = "x", asset = """props/cup""" }'])
def test_layers_in_one_line_are_rewritten(box: Path, layer: str) -> None:
    """Their new name stands before the asset, after a comma."""
    text = f'format = 1\nlayer = [{{ name = "x", card = "red", size = [1, 1] }}, {layer}]\n'
    (box / "scenes/test.toml").write_text(text)
    rename(box, "props/cup", "props/mug", **ADA)
    second = tomllib.loads((box / "scenes/test.toml").read_text())["layer"][1]
    assert (second["name"], second["asset"]) == ("cup", "props/mug")


@pytest.mark.parametrize("new", ["props/hat", "Props/Cup", "props/", "../cup", "format", "props/cup"])
def test_a_name_that_cannot_be_is_refused(box: Path, new: str) -> None:
    """Taken, or written otherwise than names are."""
    before = contents(box)
    with pytest.raises(AssetError):
        rename(box, "props/cup", new, **ADA)
    assert contents(box) == before


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A disk that is full at the writing of the file whose number stands in this list, counted from 1; the plan of the
    change is the first."""
    left = [0]

    def write(path: Path, content: bytes) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        bring(path, content)

    monkeypatch.setattr(journal, "bring", write)
    return left


@pytest.mark.parametrize("file", [1, 2, 3, 4])
def test_a_failure_midway_puts_a_name_back(box: Path, file: int, full_disk: list[int]) -> None:
    """Whichever file can't be written, scene or registry: everything is as it was, the picture's name too."""
    before = contents(box)
    full_disk[0] = file
    with pytest.raises(RunError, match="no space left"):
        rename(box, "props/cup", "kitchen/mug", **ADA)
    assert contents(box) == before


@pytest.mark.parametrize("file", [1, 2, 3, 4])
def test_a_failure_midway_adds_nothing(
    box: Path, file: int, full_disk: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Neither picture is left where the second, or the registry, can't be written."""
    folder = tmp_path_factory.mktemp("x")
    pictures = [saved(folder, "a.png", RED), saved(folder, "b.png", STANDING)]
    before = contents(box)
    full_disk[0] = file
    with pytest.raises(RunError, match="no space left"):
        assets_edit.add(box, pictures, "props", **ADA)
    assert contents(box) == before


def test_a_failure_midway_removes_nothing(box: Path, full_disk: list[int]) -> None:
    """The picture is where it was, if the plan of the change can't be written."""
    before = contents(box)
    full_disk[0] = 1
    with pytest.raises(RunError, match="no space left"):
        assets_edit.remove(box, "props/hat", **ADA)
    assert contents(box) == before


@pytest.mark.parametrize("verb", [("remove", "props/hat"), ("rename", "props/hat", "a")])
def test_what_somebody_else_has_is_left_alone(
    box: Path, verb: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 and who has it, until they return it; whoever has it may go on, and so may anyone if nobody has it."""
    assert run(["signout", "props/hat", "--as", "Ada"]) == 0
    before = contents(box)
    assert run(["assets", *verb, "--as", "Bob"]) == 1
    assert '"props/hat" is with Ada until it is returned' in capsys.readouterr().err
    assert contents(box) == before
    assert run(["assets", *verb, "--as", "Ada"]) == 0
    assert contents(box) != before


def test_a_name_that_somebody_else_has_is_not_taken(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may stand on the sheet by hand, before there is a picture: neither `add` nor `rename` comes upon it."""
    (box / "assets/signouts.toml").write_text(
        'format = 1\n"props/pot" = { name = "Ada", since = 2026-11-22T02:00:00Z }\n'
    )
    saved(box, "pot.png", RED)
    before = contents(box)
    for verb in (["add", "pot.png", "--to", "props"], ["rename", "props/hat", "props/pot"]):
        assert run(["assets", *verb, "--as", "Bob"]) == 1
        assert '"props/pot" is with Ada' in capsys.readouterr().err
        assert contents(box) == before
    assert run(["assets", "add", "pot.png", "--to", "props", "--as", "Ada"]) == 0


def test_the_sheet_goes_along(box: Path) -> None:
    """Renaming gives the line the new name, with all else that stands on it; removing takes it away."""
    line = '"props/hat"={ name="Ada", since=2026-11-22T02:00:00Z } # a new brim'
    (box / "assets/signouts.toml").write_text(f"format = 1\n# hats\n{line}\n")
    sign_out(box, "props/cup", "Ada", now=NOW)
    rename(box, "props/hat", "hats/bowler", **ADA)
    assert f"# hats\n{line.replace('props/hat', 'hats/bowler').replace('=', ' =', 1)}\n" in (
        (box / "assets/signouts.toml").read_text()
    )
    assets_edit.remove(box, "hats/bowler", **ADA)
    assert list(signed_out(box, NOW)) == ["props/cup"]


def test_what_is_there_is_replaced_and_not_added(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says how; two files of one name are told apart from that."""
    saved(box, "hat.png", RED)
    assert run(["assets", "add", "hat.png", "--to", "props"]) == 2
    err = capsys.readouterr().err
    assert "collage signout props/hat" in err
    assert "collage assets replace" in err
    saved(box, "HAT (1).png", RED)
    saved(box, "hat-1.png", RED)
    assert run(["assets", "add", "HAT (1).png", "hat-1.png", "--to", "props"]) == 2
    assert "like one before it" in capsys.readouterr().err
