"""`collage assets replace`: another picture in the place of one that is signed out, whole, or not at all."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from commands import refused, tree
from PIL import Image

from collage.cli import run
from collage.desk.assets_check import findings
from collage.desk.assets_replace import Replaced, replace
from collage.errors import AssetError, RunError
from collage.registry.catalogue import Catalogue
from collage.registry.signouts import sign_out, signed_out

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ADA = {"who": "Ada", "now": NOW}
REGISTRY = """# box
format = 1

["props/cup"] # mine
copies = 2
hours = 3 # long

["face"]
drawings = { shut = "face/shut.png", open = "face/open.png" }

["turn"]
frames = "turn/t-##.png"
"""


def painted(file: Path, size: tuple[int, int] = (20, 10), colour: str = "red") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(file)
    return file


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cut-out of one picture, one of two drawings and one of three frames, all signed out to Ada."""
    for name in ("props/cup", "face/shut", "face/open", "turn/t-01", "turn/t-02", "turn/t-11"):
        painted(tmp_path / f"assets/{name}.png")
    (tmp_path / "assets/registry.toml").write_text(REGISTRY)
    for name in ("props/cup", "face", "turn"):
        sign_out(tmp_path, name, "Ada", now=NOW)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def registry(root: Path) -> str:
    return (root / "assets/registry.toml").read_text()


def digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def contents(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in tree(root) if (root / name).is_file()}


def test_another_picture_takes_its_place(box: Path) -> None:
    """What was written of it stays; the old file goes where the new one ends otherwise, and the checksum is new."""
    new = painted(box / "new.jpg", (30, 30))
    assert replace(box, "props/cup", new, **ADA) == Replaced((20, 10), (30, 30), ())
    assert [name for name in tree(box / "assets/props")] == ["cup.jpg"]
    assert (box / "assets/props/cup.jpg").read_bytes() == new.read_bytes()
    assert registry(box) == REGISTRY.replace("hours = 3 # long\n", f'hours = 3 # long\nsha256 = "{digest(new)}"\n')
    assert findings(box) == []


def test_it_stays_signed_out(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the command says how to return it, in the name that was given."""
    painted(box / "new.png", colour="blue")
    assert run(["assets", "replace", "props/cup", "new.png", "--as", "Ada"]) == 0
    said = "replaced props/cup: it stays signed out. Return it by collage return props/cup --as Ada\n"
    assert capsys.readouterr() == (said, "")
    assert signed_out(box, NOW)["props/cup"].name == "Ada"
    assert run(said.strip().rpartition("collage ")[2].split()) == 0


def test_it_has_to_be_signed_out(
    box: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To whoever replaces it: else exit 1, with the very command that mends it; nothing changes before."""
    monkeypatch.setattr("getpass.getuser", lambda: "bob")
    painted(box / "new.png", colour="blue")
    before = contents(box)
    assert '"props/cup" is with Ada until it is returned' in refused(
        capsys, "assets", "replace", "props/cup", "new.png", code=1
    )
    run(["return", "props/cup", "--as", "Ada"])
    capsys.readouterr()
    for who in ((), ("--as", "Cy")):
        line = refused(capsys, "assets", "replace", "props/cup", "new.png", *who, code=1)
        assert contents(box) == {**before, "assets/signouts.toml": (box / "assets/signouts.toml").read_bytes()}
        assert run(line.strip().rpartition("by collage ")[2].split()) == 0
        assert run(["assets", "replace", "props/cup", "new.png", *who]) == 0
        assert run(["return", "props/cup", *who]) == 0
        before = contents(box)
        capsys.readouterr()


def test_one_that_expired_is_taken_again_first(box: Path) -> None:
    """An end that has passed is as if it were returned."""
    (box / "assets/signouts.toml").write_text(
        'format = 1\n"props/cup" = { name = "Ada", since = 2026-11-22T01:00:00Z, until = 2026-11-22T02:00:00Z }\n'
    )
    with pytest.raises(RunError, match="collage signout props/cup --as Ada"):
        replace(box, "props/cup", painted(box / "new.png"), **ADA)


@pytest.mark.parametrize(
    ("name", "drawing", "file"), [("face", "open", "face/open.png"), ("turn", "11", "turn/t-11.png")]
)
def test_one_drawing_of_several_is_replaced(box: Path, name: str, drawing: str, file: str) -> None:
    """Its file keeps its name and the registry its text; the other drawings stay."""
    new = painted(box / "new.png", colour="blue")
    before = contents(box)
    assert replace(box, name, new, drawing=drawing, **ADA) == Replaced((20, 10), (20, 10), ())
    assert contents(box) == {**before, f"assets/{file}": new.read_bytes()}


def test_a_torn_drawing_can_be_replaced(box: Path) -> None:
    """That is what one does it for; the size is that of the sound ones."""
    (box / "assets/face/shut.png").write_bytes(b"torn")
    new = painted(box / "new.png", colour="blue")
    assert replace(box, "face", new, drawing="shut", **ADA).old is None
    assert Catalogue.open(box).asset("face").size == (20, 10)


def test_a_checksum_of_all_drawings_stays_true(box: Path) -> None:
    """Where the entry has one, it is of all files one after the other."""
    (box / "assets/registry.toml").write_text(REGISTRY.replace('["face"]\n', '["face"]\nsha256 = "old"\n'))
    new = painted(box / "new.png", colour="blue")
    replace(box, "face", new, drawing="open", **ADA)
    entry = tomllib.loads(registry(box))["face"]
    assert entry["sha256"] == digest(box / "assets/face/shut.png", new)
    assert not [finding for finding in findings(box) if finding.severity == "error"]


@pytest.mark.parametrize(
    ("name", "drawing", "file", "words"),
    [
        ("face", "open", "big.png", r'big\.png: is 30×40, but the other drawings of "face" are 20×10'),
        ("turn", "2", "big.png", r'is 30×40, but the other drawings of "turn" are 20×10'),
        ("face", "open", "new.jpg", r'drawing "open" of "face" is assets/face/open\.png: save this one as \.png'),
        ("face", None, "new.png", r"has several drawings: say which by --drawing shut\. There are shut, open$"),
        ("face", "opne", "new.png", r'"face" has no drawing "opne"\. Did you mean "open"\?$'),
        ("turn", "07", "new.png", r'"turn" has no drawing "07"'),
        ("props/cup", "saucer", "new.png", r'"props/cup" is one picture and has no drawings'),
        ("props/cub", None, "new.png", r'no asset "props/cub"\. Did you mean "props/cup"\?'),
    ],
)
def test_what_does_not_fit_is_refused(box: Path, name: str, drawing: str | None, file: str, words: str) -> None:
    """With both sizes, the format asked for, or the drawings that there are; nothing changes."""
    painted(box / "big.png", (30, 40))
    painted(box / "new.png")
    painted(box / "new.jpg")
    before = contents(box)
    with pytest.raises(AssetError, match=words):
        replace(box, name, box / file, drawing=drawing, **ADA)
    assert contents(box) == before


def test_the_only_picture_may_be_called_by_its_name(box: Path) -> None:
    """As scenes call it."""
    assert replace(box, "props/cup", painted(box / "new.png"), drawing="cup", **ADA).new == (20, 10)


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ("pivot = [10, 10]", "the pivot"),
        ('pivot = ["50%", "100%"]', None),
        ('pivot = ["50%", 10]\nhooks.rim = [1, 2]', "the pivot and the hooks"),
        ("hooks.rim = { cup = [1, 2] }", "the hooks"),
        ('hooks.rim = { cup = "hidden" }', None),
        ("copies = 1", None),
    ],
)
def test_points_in_pixels_are_pointed_at(
    box: Path, capsys: pytest.CaptureFixture[str], facts: str, points: str | None
) -> None:
    """A picture of another size gets one line on stderr, with both sizes, if points of it are counted in pixels; they
    stay as they are. One of the same size gets none."""
    (box / "assets/registry.toml").write_text(f'format = 1\n["props/cup"]\n{facts}\n')
    for size, warned in (((20, 10), False), ((30, 40), bool(points))):
        painted(box / "new.png", size)
        assert run(["assets", "replace", "props/cup", "new.png", "--as", "Ada"]) == 0
        err = capsys.readouterr().err
        words = f"assets/registry.toml: props/cup was 20×10 and is 30×40 now: look whether {points} still fit\n"
        assert err == (words if warned else "")
    assert facts in registry(box)


def test_one_of_two_pictures_of_a_name_is_left(box: Path) -> None:
    """An asset that is broken by having two endings is whole again."""
    painted(box / "assets/props/cup.webp")
    replace(box, "props/cup", painted(box / "new.png", (7, 7)), **ADA)
    assert tree(box / "assets/props") == ["cup.png"]
    assert Catalogue.open(box).asset("props/cup").size == (7, 7)
