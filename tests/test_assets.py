"""`collage assets` as one who looks: list, show, where, unused, check, credits, contact."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from PIL import Image

import collage
from collage.cli import run
from collage.desk.assets_check import findings
from collage.desk.assets_uses import seen, survey
from collage.desk.checks import check
from collage.glass.png import encode

RED = np.full((4, 6, 4), (200, 30, 30, 255), np.uint8)
BLUE = np.full((5, 5, 4), (30, 30, 200, 255), np.uint8)
SCENE = """format = 1
[scene]
length = 24
[[layer]]
asset = "props/cup"
in = 6
[[layer]]
name = "second"
like = "cup"
out = 20
[[layer]]
scene = "scenes/inner.toml"
part.spoon.asset = "props/cup"
"""
INNER = 'format = 1\n[scene]\nlength = 8\n[[layer]]\nname = "spoon"\nasset = "props/spoon"\n'
REGISTRY = """format = 1
["props/cup"]
copies = 1
rating = 4.5
licence = "CC0-1.0"
cut_by = "Ada"
source = "kitchen"
hooks.rim = [3, 0]
"""


@pytest.fixture
def box(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two cut-outs, a scene that shows one of them inside another, and nobody's hat."""
    scene = project(SCENE, {"props/cup": RED, "props/spoon": BLUE, "props/hat": RED[:, ::-1] // 2}, REGISTRY)
    (scene.parent / "inner.toml").write_text(INNER)
    monkeypatch.chdir(scene.parent.parent)
    return scene.parent.parent


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["assets", *arguments]) == code
    return capsys.readouterr().out


def test_the_list_has_a_line_for_each(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Size, drawings, uses, copies, rating and licence, under headings."""
    lines = [line.split() for line in told(capsys, "list").splitlines()]
    assert lines[0] == ["asset", "size", "drawings", "uses", "copies", "rating", "licence"]
    assert lines[1] == ["props/cup", "6×4", "1", "3", "1", "4.5", "CC0-1.0"]
    assert lines[3] == ["props/spoon", "5×5", "1", "1"]


def test_the_list_says_where_to_ask_about_what_is_broken(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the table, and only if something is."""
    assert run(["assets", "list"]) == 0
    assert capsys.readouterr().err == ""
    (box / "assets/registry.toml").write_text("format = 2")
    assert run(["assets", "list"]) == 0
    out, err = capsys.readouterr()
    assert out.count("broken") == 3
    assert err == "collage assets check says what is broken\n"


def test_the_list_for_programs(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON has the same, with nulls for what isn't known; a broken picture is listed too."""
    (box / "assets/props/hat.png").write_bytes(b"no picture")
    rows = {row["asset"]: row for row in json.loads(told(capsys, "list", "--json"))}
    assert rows["props/cup"]["size"] == [6, 4]
    assert rows["props/cup"]["uses"] == 3
    assert (rows["props/hat"]["size"], rows["props/hat"]["rating"]) == (None, None)


def test_show_has_all_that_is_known(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its file, its pivot, its hooks, and who cut it."""
    facts = json.loads(told(capsys, "show", "props/cup", "--json"))
    assert facts["drawings"] == {"cup": "assets/props/cup.png"}
    assert (facts["pivot"], facts["hooks"], facts["cut_by"]) == ([3, 2], {"rim": [3, 0]}, "Ada")
    assert "rim  3, 0" in told(capsys, "show", "props/cup")
    (box / "assets/registry.toml").write_text('format = 1\n["props/cup"]\nhooks = { rim = [3, 0], handle = [1, 2] }\n')
    assert "rim     3, 0\n" in told(capsys, "show", "props/cup")


def test_where_names_file_line_and_frames(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each layer with its own span: one that writes the asset, one that is like it, and a part of a nested scene."""
    assert told(capsys, "where", "props/cup").splitlines() == [
        'scenes/test.toml:5:9: "cup" in frames 6 to 23',
        'scenes/test.toml:9:8: "second" in frames 6 to 19',
        'scenes/test.toml:13:20: "spoon" in frames 0 to 23',
    ]


def test_paths_are_told_from_where_one_stands(
    box: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder of the project the project is found upward, and an editor finds the file."""
    monkeypatch.chdir(box / "scenes")
    assert told(capsys, "where", "props/spoon").startswith("inner.toml:6:9: ")
    (use,) = json.loads(told(capsys, "where", "props/spoon", "--json"))
    assert (use["path"], use["frames"]) == ("inner.toml", [0, 8])


def test_scenes_are_found_wherever_they_lie(box: Path) -> None:
    """Deep in a folder, but not in one that is a project of its own, nor among what is hidden."""
    for place in ("shots/deep", "other", ".hidden"):
        (box / place).mkdir(parents=True)
        (box / place / "x.toml").write_text(INNER)
    (box / "other/assets").mkdir()
    assert [use.path for use in survey(box, "props/spoon").uses] == ["scenes/inner.toml", "shots/deep/x.toml"]


def test_a_scene_that_cannot_be_read_is_told(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are looked through all the same."""
    (box / "scenes/bad.toml").write_text('format = 1\n[[layer]]\nasset = "props/cup"\nat = 3\n')
    assert run(["assets", "where", "props/cup"]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 3
    assert err.startswith("collage: not looked into: scenes/bad.toml:4:")


def test_what_nothing_uses(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One name a line."""
    assert told(capsys, "unused") == "props/hat\n"


def test_an_unknown_name_is_guessed_at(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and what was probably meant."""
    assert run(["assets", "where", "props/cupp"]) == 2
    assert 'Did you mean "props/cup"?' in capsys.readouterr().err


def test_outside_of_a_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and what to do."""
    assert run(["assets", "list", "--project", str(tmp_path)]) == 2
    assert "--project" in capsys.readouterr().err


def test_a_clean_box_has_no_findings(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0 and silence."""
    assert told(capsys, "check") == ""


def test_check_finds_what_is_wrong(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed picture at its checksum's line, an entry without a picture at its own, and twins."""
    (box / "assets/props/twin.png").write_bytes((box / "assets/props/spoon.png").read_bytes())
    more = f'sha256 = "{"0" * 64}"\n["props/gone"]\ncopies = 2\n'
    (box / "assets/registry.toml").write_text(REGISTRY + more)
    found = told(capsys, "check", code=1).splitlines()
    assert [line.split(": ")[0] for line in found] == [
        "assets/props/twin.png", "assets/registry.toml:9:1", "assets/registry.toml:10:1"
    ]  # fmt: skip
    assert 'is the same picture as "props/spoon"' in found[0]
    assert "replace props/cup FILE" in found[1]


def test_a_right_checksum_is_silent(box: Path) -> None:
    """As `sha256sum` gives it, in capitals too; of several drawings, of all their bytes in a row."""
    import hashlib

    pictures = [(box / f"assets/props/{name}.png").read_bytes() for name in ("cup", "hat")]
    both = hashlib.sha256(b"".join(pictures)).hexdigest()
    text = f'["two"]\ndrawings = {{ a = "props/cup.png", b = "props/hat.png" }}\nsha256 = "{both.upper()}"\n'
    (box / "assets/registry.toml").write_text(f"format = 1\n{text}")
    assert findings(box) == []
    (box / "assets/props/hat.png").write_bytes(encode(RED))
    assert len(findings(box)) == 1


def test_rights_are_asked_for(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each piece without a licence, and only where it is asked."""
    found = told(capsys, "check", "--rights", code=1)
    assert found.count("\n") == 2
    assert '"props/hat" doesn\'t say' in found


def test_rights_of_what_a_scene_shows(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning at the entry, or where a piece without one is first named, in nested scenes and films too; what isn't
    shown, isn't there or is broken is left to others."""
    hats = '[[layer]]\nasset = "props/hat"\n[[layer]]\nasset = "props/hat"\nname = "two"\n'
    (box / "scenes/inner.toml").write_text(INNER + hats)
    (box / "scenes/trip.film.toml").write_text('format = 1\n[[shot]]\nscene = "scenes/test.toml"\n')
    (box / "assets/registry.toml").write_text(
        REGISTRY.replace("copies = 1\n", "") + '["props/spoon"]\ncut_by = "Bob"\n'
    )
    (box / "assets/props/unseen.png").write_bytes((box / "assets/props/hat.png").read_bytes() + b"more")
    for shown in ("scenes/test.toml", "scenes/inner.toml", "scenes/trip.film.toml", "."):
        assert run(["check", shown]) == 0
        assert run(["check", "--rights", shown]) == 1
        entry, layer = capsys.readouterr().out.splitlines()
        assert entry.startswith('assets/registry.toml:8:1: warning: "props/spoon" doesn\'t say')
        assert layer.startswith('scenes/inner.toml:8:9: warning: "props/hat" doesn\'t say')
    (box / "assets/props/hat.png").write_bytes(b"no picture")
    silent = [each for each in check(box / "scenes/inner.toml", rights=True) if "others may do" in each.message]
    assert [Path(each.path).name for each in silent] == ["registry.toml"]


def test_credits_are_of_what_is_seen(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a scene with those nested in it; of a film with its shots'; of all without either."""
    assert seen(box, box / "scenes/inner.toml") == {"props/spoon"}
    (box / "scenes/trip.film.toml").write_text('format = 1\n[[shot]]\nscene = "scenes/test.toml"\n')
    assert seen(box, box / "scenes/trip.film.toml") == {"props/cup", "props/spoon"}
    words = told(capsys, "credits", "scenes/trip.film.toml")
    assert words.startswith("trip\n\nCut by Ada\n  props/cup\n\nHand unknown\n  props/spoon\n")
    assert "From\n  props/cup: kitchen\n" in words
    assert "props/hat" in told(capsys, "credits")


def test_credits_roll(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a scene without findings: at the first and the last frame the glass is bare, in the middle it is not."""
    told(capsys, "credits", "--scene", "scenes/roll.toml")
    assert check(box / "scenes/roll.toml") == []
    with collage.open(box / "scenes/roll.toml") as stand:
        first, middle, last = (stand.picture(frame, 0.1) for frame in (0, stand.length // 2, stand.length - 1))
    assert len(np.unique(first[..., :3])) == len(np.unique(last[..., :3])) == 3
    assert len(np.unique(middle[..., :3])) > 10


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("scenes/inner.toml", "is there already"),
        ("assets/roll.toml", "among the project's"),
        ("roll.txt", "with .toml"),
    ],
)
def test_credits_never_write_over_a_scene(box: Path, capsys: pytest.CaptureFixture[str], file: str, why: str) -> None:
    """What is there stays, byte for byte; nor do they go among the pictures, or under a name that is no scene's."""
    before = {path: path.read_bytes() for path in box.rglob("*.*")}
    assert run(["assets", "credits", "--scene", file]) == 2
    assert why in capsys.readouterr().err
    assert {path: path.read_bytes() for path in box.rglob("*.*")} == before


def test_credits_of_a_scene_that_is_not_there(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named as it was written."""
    assert run(["assets", "credits", "scenes/gone.toml"]) == 2
    assert capsys.readouterr().err.startswith("collage: scenes/gone.toml: no such file")


def test_the_contact_sheet_shows_each_piece(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Red and blue lie on it; a broken picture is crossed out, and stops nothing; a folder chooses."""
    (box / "assets/props/hat.png").write_bytes(b"no picture")
    assert told(capsys, "contact", "-o", "out/sheet.png") == "3 cut-outs in out/sheet.png\n"
    with Image.open(box / "out/sheet.png") as sheet:
        pixels = np.asarray(sheet.convert("RGB")).reshape(-1, 3).astype(int)
    for colour in ((200, 30, 30), (30, 30, 200)):
        assert (abs(pixels - colour).max(axis=1) < 12).any()
    assert run(["assets", "contact", "skies", "-o", "out/none.png"]) == 2
    assert not (box / "out/none.png").exists()


def test_the_contact_sheet_shows_pieces_large(box: Path) -> None:
    """However much room its picture leaves around a piece."""
    wide = np.zeros((400, 400, 4), np.uint8)
    wide[180:220, 180:220] = (30, 200, 30, 255)
    (box / "assets/props/spot.png").write_bytes(encode(wide))
    assert run(["assets", "contact", "props/spot", "-o", "spot.png"]) == 0
    pixels = np.asarray(Image.open("spot.png").convert("RGB")).astype(int)
    assert (abs(pixels - (30, 200, 30)).max(axis=2) < 12).sum() > 40 * 40


def test_the_contact_sheet_is_the_same_each_time(box: Path) -> None:
    """Byte for byte."""
    files = [box / "a.png", box / "b.png"]
    for file in files:
        assert run(["assets", "contact", "-o", file.name]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert Image.open(io.BytesIO(files[0].read_bytes())).size[0] == 1600
