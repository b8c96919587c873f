"""`collage ledger`: the table, the JSON and the chart, and what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from commands import no_window, refused  # noqa: F401 (fixtures are asked for by name)
from conftest import Project
from letters import picture
from PIL import Image

import collage
from collage.cli import run
from collage.desk.ledger import Ledger, ledger, lines
from collage.desk.ledger_chart import chart
from collage.errors import CollageError

SCENE = """format = 1
[scene]
size = [20, 20]
length = 48
[[peg]]
name = "tap"
[[peg]]
name = "tub"
[[layer]]
name = "a"
asset = "water/splash"
out = 20
keys.parent = [[0, "tap"], [10, "tub"]]
[[layer]]
name = "b"
asset = "water/splash"
in = 30
out = 36
[[layer]]
name = "c"
asset = "water/splash"
in = 36
[[layer]]
asset = "dot"
"""
REGISTRY = 'format = 1\n["water/splash"]\ncopies = 1\n'
FILM = 'format = 1\n[[shot]]\nscene = "scenes/test.toml"\nout = 24\n[[shot]]\nscene = "scenes/test.toml"\n'


@pytest.fixture
def home(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one scene with an asset that is handed on, where the shell stands."""
    file = project(SCENE, {"water/splash": picture("RG", "B."), "dot": picture("G")}, REGISTRY)
    monkeypatch.chdir(file.parent.parent)
    return file.parent.parent


def book(path: str = "scenes/test.toml", asset: str | None = None) -> Ledger:
    """The ledger of a scene or a film."""
    with collage.open(path) as ready:
        return ledger(ready.name, ready.rig, asset)


def test_the_table_says_who_has_it_and_who_handed_it_on(home: Path) -> None:
    """Row by row with idle time among them, without a column that has nothing in it."""
    assert list(lines(book())) == [
        "test: frames 0 to 47, 24 a second",
        "",
        "water/splash, one of a kind: held in 38 of 48 frames, 3 handovers",
        "  frames  seconds    held by  on sheet  carried by  handed on",
        "  0-9     0.00-0.42  a        table     tap",
        "  10-19   0.42-0.83  a        table     tub         from tap",
        "  20-29   0.83-1.25  (idle)",
        "  30-35   1.25-1.50  b        table                 by a",
        "  36-47   1.50-2.00  c        table                 by b",
    ]
    assert list(lines(book(asset="dot")))[2:] == [
        "dot, any number: held in 48 of 48 frames, no handover",
        "  frames  seconds    held by  on sheet",
        "  0-47    0.00-2.00  dot      table",
    ]


def test_json_says_the_same(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Frames with both ends, seconds, the layer with its file, the carrier; of a film the shot too."""
    assert run(["ledger", "scenes/test.toml", "--json"]) == 0
    (page,) = json.loads(capsys.readouterr().out)["assets"]
    assert page["holds"][1] == {
        "first": 10, "last": 19, "start": 0.416667, "end": 0.833333, "holder": "a", "layer": 1,
        "file": "scenes/test.toml", "carrier": "tub", "sheet": "table",
    }  # fmt: skip
    assert [(gap["first"], gap["last"]) for gap in page["idle"]] == [(20, 29)]
    assert [(each["frame"], each["what"], each["before"]) for each in page["handovers"]] == [
        (10, "carrier", "tap"), (30, "holder", "a"), (36, "holder", "b"),
    ]  # fmt: skip
    Path("scenes/all.film.toml").write_text(FILM)
    assert run(["ledger", "scenes/all.film.toml", "--json"]) == 0
    (page,) = json.loads(capsys.readouterr().out)["assets"]
    assert [(one["shot"], one["holder"], one["first"]) for one in page["holds"]] == [
        (1, "test: a", 0), (1, "test: a", 10), (2, "test: a", 24), (2, "test: a", 34),
        (2, "test: b", 54), (2, "test: c", 60),
    ]  # fmt: skip


def test_scene_and_asset_may_be_left_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a project of one scene they are its own, and all that has copies."""
    assert run(["ledger"]) == 0
    whole = capsys.readouterr().out
    assert run(["ledger", "water/splash"]) == 0
    assert capsys.readouterr().out == whole
    assert run(["ledger", ".", "water/splash"]) == 0
    assert capsys.readouterr().out == whole
    Path("assets/registry.toml").write_text("format = 1\n")
    assert run(["ledger"]) == 0
    assert "nothing in it is one of a kind" in capsys.readouterr().out


def test_what_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An asset nobody holds, two forms at once, a chart that is no PNG or would lie among the pictures."""
    assert 'Did you mean "water/splash"?' in refused(capsys, "ledger", ".", "water/splsh")
    assert "leave one of them out" in refused(capsys, "ledger", "--json", "--png", "a.png")
    assert "End the name with .png" in refused(capsys, "ledger", "--png", "a.jpg")
    assert "outside assets/" in refused(capsys, "ledger", "--png", "assets/a.png")
    assert "missing.toml" in refused(capsys, "ledger", "scenes/missing.toml")


def test_a_name_that_is_like_no_other_gets_those_that_are_held(home: Path) -> None:
    """So one sees what can be asked for."""
    with pytest.raises(CollageError, match=r'no layer holds "xyz" .*\. Held are dot, water/splash$'):
        book(asset="xyz")


def test_the_chart_is_laid_out_in_time(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1200 pixels wide, the same bytes again; a strip lies where somebody holds, and bare paper where nobody does."""
    assert run(["ledger", "--png", "deep/chart.png"]) == 0
    assert capsys.readouterr().out == "the ledger of test in deep/chart.png\n"
    content = Path("deep/chart.png").read_bytes()
    assert content == chart(book(), home)
    drawn = Image.open(io.BytesIO(content)).convert("RGB")
    assert drawn.width == 1200
    row = [drawn.getpixel((292 + 854 * frame // 48, 202)) for frame in range(48)]
    strips = [isinstance(pixel, tuple) and max(pixel) - min(pixel) > 50 for pixel in row]
    assert [frame for frame, strip in enumerate(strips) if strip and 20 <= frame < 30] == []
    for first, end in ((1, 10), (11, 20), (31, 36), (37, 48)):
        assert sum(strips[first:end]) >= (end - first) // 2


def test_a_chart_nobody_can_read_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """More rows than fit a picture: the table and one asset are what is left."""
    crowd = SCENE.replace('asset = "dot"', 'asset = "dot"\nrepeat = { count = 100 }')
    Path("scenes/test.toml").write_text(crowd)
    with pytest.raises(CollageError, match="too much for one chart"):
        chart(book(asset="dot"), home)
    assert run(["ledger", ".", "dot"]) == 0
    assert "dot.99" in capsys.readouterr().out
