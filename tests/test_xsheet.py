"""The exposure sheet: what is newly laid, how it is drawn, and the numbers of every move as they were approved."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import goldens
import pytest
from hypothesis import given
from hypothesis import strategies as st

import collage
from collage.desk.xdts import xdts
from collage.desk.xsheet import csv_lines, sheet_lines
from collage.exposure.rig import Rig
from collage.exposure.stage import Stage
from collage.exposure.xsheet import XSheet, x_sheet
from collage.motion.moves.table import MOVES
from collage.scene.model import Scene
from collage.scene.reader import parse
from collage.timing import Span

HEAD = "format = 1\n[scene]\nsize = [400, 300]\nlength = {}\n"
APPROVED = goldens.FOLDER / "xsheet"
ARROW, MOUTH = '[[layer]]\nasset = "arrow"\n', '[[layer]]\nasset = "mouth"\n'
PREY = '[[layer]]\nasset = "disc"\nat = [100, 100]\nkeys.x = [[0, 100], [48, 300, "linear"]]\n'
ARM = (
    '[[layer]]\nname = "upper"\nasset = "arrow"\nat = [200, 200]\n'
    '[[layer]]\nname = "lower"\nasset = "arrow"\nparent = "upper.tip"\npivot = [4, 20]\nturn = 60\n'
    '[[layer]]\nname = "hand"\nasset = "arrow"\nparent = "lower.tip"\npivot = [4, 20]\n'
)
BEATS = "[sound]\ntempo = 120\n"
SHOWS = {
    "blink": (MOUTH, ', every = "1s"'),
    "cycle": (MOUTH, ""),
    "chatter": (BEATS + MOUTH, ""),
    "pulse": (BEATS + ARROW, ""),
    "follow": (PREY + ARROW, ""),
    "look-at": (PREY + ARROW, ""),
    "reach": (ARM, ", to = [260, 230]"),
}
"""What a move needs to show what it does: the scene up to it, and parameters; else an arrow, and none."""


def sheet(text: str, frames: Span | None = None, *, every_copy: bool = False, root: Path = goldens.FOLDER) -> XSheet:
    """The sheet of a scene, all of it unless `frames` says otherwise."""
    with collage.open(parse(text), root=root) as stand:
        assert isinstance(stand.scene, Scene)
        assert isinstance(stand.rig, Rig)
        return x_sheet(stand.scene, stand.rig, frames or Span(0, stand.length), every_copy=every_copy)


def small(body: str, length: int = 8, frames: Span | None = None, *, every_copy: bool = False) -> XSheet:
    return sheet(HEAD.format(length) + body, frames, every_copy=every_copy)


def drawn(body: str, length: int = 8, frames: Span | None = None) -> list[str]:
    """The lines of the sheet below its title and legend."""
    return list(sheet_lines(small(body, length, frames), "tea"))[3:]


def column(body: str, length: int = 8, frames: Span | None = None) -> str:
    """The only column as one sign a frame: the first of what is newly laid, | held, X where it goes, . after that."""
    rows = [line.partition(" ┃ ") for line in drawn(body, length, frames) if "─" not in line][2:]
    return "".join({"│": "|", "×": "X"}.get(cell[:1], cell[:1] or ".") for _, _, cell in rows)


def moving(move: str) -> str:
    """A scene for a move: six frames of rest, then what it does by default; what has no end of its own ends at 42."""
    scene, more = SHOWS.get(move, (ARROW, ""))
    out = ", out = 42" if MOVES[move].lasts is None else ""
    return f'{HEAD.format(60)}{scene}move = [{{ do = "{move}", in = 6{out}{more} }}]\n'


@pytest.mark.parametrize("move", MOVES)
def test_the_numbers_of_every_move(move: str) -> None:
    """What each move does to a piece, frame by frame, is what was approved."""
    lines = "".join(f"{line}\n" for line in sheet_lines(sheet(moving(move)), move, poses=True))
    approved = APPROVED / f"{move}.txt"
    if os.environ.get("COLLAGE_WRITE_GOLDENS"):
        approved.write_text(lines, encoding="utf-8", newline="\n")
        pytest.fail(f"{approved.name} was written: read it, then run again without COLLAGE_WRITE_GOLDENS")
    assert lines == approved.read_text(encoding="utf-8")


def test_no_approved_sheet_lies_about() -> None:
    """Each is of a move that there is."""
    assert {path.stem for path in APPROVED.iterdir()} == set(MOVES)


def test_a_sheet_as_it_is_drawn() -> None:
    """Columns under their sheets, the lowest on the left; margin, cues, beats, seconds, holds, drawings and crosses."""
    text = (
        "format = 1\n[scene]\nsize = [400, 300]\nrate = 6\nlength = 8\n[sound]\ntempo = 120\nbar = 2\n[cues]\nboo = 5\n"
        '[camera]\nkeys.zoom = [[0, 1], [4, 2, "linear"]]\n[[sheet]]\nname = "table"\n[[sheet]]\nname = "stage"\n'
        '[[layer]]\nasset = "mouth"\nsheet = "stage"\nin = 2\nout = 7\nkeys.swap = [[0, "shut"], [5, "open"]]\n'
        '[[layer]]\nasset = "disc"\nkeys.x = [[0, 0], [4, 9, "linear"]]\n[[layer]]\nasset = "arrow"\n'
    )
    assert list(sheet_lines(sheet(text), "tea")) == [
        "tea: frames 0 to 7 of 0 to 7, 6 a second",
        "● or a name: newly laid, │ held by the hand (what carries it may move), × not seen from here on. "
        "The lowest sheet is on the left.",
        "",
        "                      ┃ table        ┃ stage ┃ camera",
        "frame  s  beat    cue ┃ disc   arrow ┃ mouth ┃ camera",
        "──────────────────────╂──────────────╂───────╂───────",
        "    0  0  bar 1       ┃ ●      ●     ┃ ×     ┃ ●",
        "    1                 ┃ │      │     ┃       ┃ │",
        "    2                 ┃ ●      │     ┃ shut  ┃ ●",
        "    3     beat 2      ┃ │      │     ┃ │     ┃ │",
        "    4                 ┃ ●      │     ┃ │     ┃ ●",
        "    5             boo ┃ │      │     ┃ open  ┃ │",
        "──────────────────────╂──────────────╂───────╂───────",
        "    6  1  bar 2       ┃ │      │     ┃ │     ┃ │",
        "    7                 ┃ │      │     ┃ ×     ┃ │",
    ]


@pytest.mark.parametrize(
    ("body", "signs"),
    [
        (ARROW, "●|||||||"),
        (f'{ARROW}keys.x = [[0, 0], [6, 60, "linear"]]\n', "●|●|●|●|"),
        (f'{ARROW}on = 1\nkeys.x = [[0, 0], [3, 60, "linear"]]\n', "●●●●||||"),
        (f'{ARROW}on = 3\nkeys.x = [[0, 0], [6, 60, "linear"]]\n', "●||●||●|"),
        (f"{ARROW}in = 3\nout = 6\n", "X..●||X."),
        (f"{ARROW}keys.hidden = [[0, false], [3, true], [5, false]]\n", "●||X.●||"),
        (f'{ARROW}keys.opacity = [[0, 1], [4, 0, "hold"]]\n', "●|||X..."),
        (f'{ARROW}keys.scale = [[0, 0], [4, 1, "hold"]]\n', "X...●|||"),
        (f'{MOUTH}keys.swap = [[0, "shut"], [3, "none"], [4, "open"], [6, "shut"]]\n', "s||Xo|s|"),
        (f'{ARROW}keys.x = [[0, 0], [6, 0.004, "linear"]]\n', "●|||||||"),
    ],
)
def test_what_is_newly_laid(body: str, signs: str) -> None:
    """On twos, ones, threes; spans, hiding, fading and drawings on their exact frame; what no eye sees is held."""
    assert column(body) == signs


def test_a_page_begins_with_what_is_held() -> None:
    """The first frame of a range shows what lies there, though it was laid before."""
    assert column(f'{MOUTH}keys.swap = [[0, "shut"], [1, "open"]]\n', 12, Span(5, 9)) == "o|||"


def test_what_is_carried_is_held_and_its_peg_has_a_column() -> None:
    """A moving peg has a column of its own, a still one has none; being handed on counts as being laid."""
    pegs = '[[peg]]\nname = "cart"\nkeys.x = [[0, 0], [4, 40, "linear"]]\n[[peg]]\nname = "post"\n'
    rows = [*small(f'{ARROW}keys.parent = [[0, "cart"], [5, "post"]]\n{pegs}').rows()]
    assert [[cell.new for cell in row.cells] for row in rows] == [
        [frame in (0, 5), frame in (0, 2, 4)] for frame in range(8)
    ]


def test_a_group_takes_its_members_with_it() -> None:
    """Where a group is not seen, nor is what hangs on it."""
    rows = small(f'[[layer]]\nname = "flock"\ngroup = true\nout = 3\n{ARROW}parent = "flock"\n').rows()
    assert [tuple(cell.seen for cell in row.cells) for row in rows] == [(True, True)] * 3 + [(False, False)] * 5


def test_a_nested_scene_shows_its_own_frame(tmp_path: Path) -> None:
    """Its column counts the frames of the inner scene, from where its clock starts, in every form."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "scenes").mkdir()
    card = '[[layer]]\ncard = "#fff"\nsize = [9, 9]\n'
    (tmp_path / "scenes/inner.toml").write_text(HEAD.format(9) + card)
    body = '[[layer]]\nscene = "scenes/inner.toml"\nin = 2\ntime = { start = 3, speed = 0.5 }\n'
    made = sheet(HEAD.format(6) + body, root=tmp_path)
    assert [row.cells[0].drawing for row in made.rows()] == ["", "", "3", "3", "4", "4"]
    assert [line[-1:] for line in sheet_lines(made, "tea")][-6:] == ["×", "┃", "3", "│", "4", "│"]
    assert values(xdts(made, "tea")) == {"inner": [(0, "SYMBOL_NULL_CELL"), (2, "4"), (4, "5")]}


def test_few_copies_have_a_column_each() -> None:
    """Up to eight copies are numbered; of more the first stands for all, as the legend says, but for programs."""
    few, many = (f"{ARROW}repeat = {{ count = {count}, delay = 1 }}\n" for count in (3, 9))
    assert [one.name for one in small(few).columns] == ["arrow.0", "arrow.1", "arrow.2"]
    assert "┃ arrow.0 ×9" in drawn(many)[1]
    assert ["first of so many" in [*sheet_lines(small(body), "tea")][1] for body in (few, many)] == [False, True]
    assert drawn(f'{many}name = "a-long-name-of-it"\n')[1].endswith("┃ a-long-n….0 ×9")
    assert len(small(many, every_copy=True).columns) == 9


def test_twins_are_told_apart() -> None:
    """Two layers of one name have columns of two names."""
    assert [one.name for one in small(ARROW * 3).columns] == ["arrow", "arrow 2", "arrow 3"]


def test_long_names_are_cut() -> None:
    """No column is wider than fourteen signs for its name's sake."""
    assert drawn(f'{ARROW}name = "the-longest-arrow-of-all"\n')[1].endswith("┃ the-longest-a…")


def test_what_is_rarely_used_has_a_place_only_where_it_is() -> None:
    """Skew, tint, order and blur are written only if the piece ever has any."""
    plain, blurred = (
        next(line for line in sheet_lines(small(body), "tea", poses=True) if "opacity" in line)
        for body in (ARROW, f'{ARROW}expr.blur = "f"\n')
    )
    assert plain.split() == ["frame", "s", "┃", "x", "y", "scale", "turn", "opacity"]
    assert blurred.split() == [*plain.split(), "blur"]


@given(tempo=st.integers(40, 1000), rate=st.sampled_from(["24", "24000/1001", "12.5"]), offset=st.integers(0, 9))
def test_beats_stand_where_the_clock_puts_them(tempo: int, rate: str, offset: int) -> None:
    """A frame bears the first beat whose moment, rounded, it is; bars are every fourth."""
    text = f'format = 1\n[scene]\nlength = 40\nrate = "{rate}"\n[sound]\ntempo = {tempo}\nfirst_beat = "0.{offset}s"\n'
    made = sheet(text + ARROW)
    expected: dict[int, int] = {}
    for beat in range(1, 200):
        expected.setdefault(made.clock.moment(f"beat {beat}"), beat)
    for row in made.rows():
        assert row.beat == expected.get(row.frame)
        assert row.bar == ((row.beat - 1) // 4 + 1 if row.beat and row.beat % 4 == 1 else None)


@given(st.integers(0, 47), st.integers(0, 47))
def test_any_range_shows_the_poses_of_the_stage(one: int, other: int) -> None:
    """Each row holds what the evaluation gives for its frame, whatever the range it is part of."""
    made = sheet(HEAD.format(48) + f'{ARROW}move = [{{ do = "swing" }}]\n', Span(min(one, other), max(one, other) + 1))
    rows = [*made.rows()]
    assert [row.frame for row in rows] == [*range(*made.frames)]
    for row in rows:
        pose = Stage(made.rig, row.frame).pose(made.columns[0].joint)
        assert row.cells[0].pose == pytest.approx(tuple(pose), abs=0.005)


def test_the_table_is_what_spreadsheets_read() -> None:
    """RFC 4180: CR LF, a field for each head; what is laid, nothing held, X unseen; cues, beats and seconds."""
    body = f'[cues]\nboo = 4\n{BEATS}{MOUTH}out = 5\nkeys.swap = [[0, "shut"], [2, "open"]]\n{ARROW}in = 1\n'
    text = "".join(csv_lines(small(body, 6)))
    assert text.count("\r\n") == text.count("\n") == 7
    assert [*csv.reader(io.StringIO(text, newline=""))] == [
        ["frame", "second", "beat", "cue", "mouth", "arrow"],
        ["0", "0", "1", "", "shut", "X"],
        ["1", "0.0417", "", "", "", "1"],
        ["2", "0.0833", "", "", "open", ""],
        ["3", "0.125", "", "", "", ""],
        ["4", "0.1667", "", "boo", "", ""],
        ["5", "0.2083", "", "", "X", ""],
    ]


def test_the_table_of_numbers() -> None:
    """Every frame has every number of what is seen, the camera among them."""
    body = (
        f'[camera]\nheight = 400\nkeys.zoom = [[0, 1], [2, 2, "linear"]]\n'
        f"{MOUTH}out = 2\nscale = [2, -0.5]\nturn = -0.0001\nat = [10.006, 20]\n"
    )
    assert [*csv.reader(csv_lines(small(body, 3), poses=True))][0:4:3] == [
        ["frame", "second", "beat", "cue"]
        + [f"mouth {head}" for head in ("x", "y", "scale_x", "scale_y", "turn", "opacity", "drawing")]
        + [f"camera {head}" for head in ("x", "y", "zoom", "height", "turn")],
        ["2", "0.0833", "", "", *[""] * 7, "200", "150", "2", "400", "0"],
    ]
    assert next(csv.reader([[*csv_lines(small(body, 3), poses=True)][2]]))[4:11] == [
        "10.01", "20", "2", "-0.5", "0", "1", "shut"
    ]  # fmt: skip


def values(text: str) -> dict[str, list[tuple[int, str]]]:
    """The (frame, cell) of every track by its name, read as the programs do that read such files."""
    first, _, rest = text.partition("\n")
    assert first == "exchangeDigitalTimeSheet Save Data"
    whole = json.loads(rest)
    assert whole["version"] == 5
    (table,) = whole["timeTables"]
    (head,), (field,) = table["timeTableHeaders"], table["fields"]
    assert head["fieldId"] == field["fieldId"] == 0
    found = {}
    for track in field["tracks"]:
        changes = [(frame["frame"], frame["data"]) for frame in track["frames"]]
        assert changes[0][0] == 0
        assert all(
            0 <= frame < table["duration"] and [*one] == [0]
            for frame, data in changes
            for one in [[d["id"] for d in data]]
        )
        found[head["names"][track["trackNo"]]] = [(frame, data[0]["values"][0]) for frame, data in changes]
    assert len(found) == len(head["names"])
    return found


def test_a_digital_sheet_holds_the_cells() -> None:
    """Tracks from the bottom up, cells by number from 1, empty ones named so, a change only where there is one; moving
    makes none, and neither pegs, groups nor the camera have a track."""
    body = (
        '[camera]\nkeys.zoom = [[0, 1], [4, 2]]\n[[peg]]\nname = "cart"\nkeys.x = [[0, 1], [4, 2]]\n'
        f'[[layer]]\nname = "flock"\ngroup = true\n{MOUTH}keys.swap = [[0, "shut"], [2, "open"], [4, "none"]]\n'
        f'{ARROW}in = 1\nmove = [{{ do = "bob" }}]\n{ARROW}'
    )
    text = xdts(small(body, 6), "tea")
    assert json.loads(text.partition("\n")[2])["timeTables"][0]["duration"] == 6
    assert values(text) == {
        "mouth": [(0, "1"), (2, "2"), (4, "SYMBOL_NULL_CELL")],
        "arrow": [(0, "SYMBOL_NULL_CELL"), (1, "1")],
        "arrow 2": [(0, "1")],
    }


def test_a_part_of_a_digital_sheet_begins_at_its_own_frame_0() -> None:
    """The range is a sheet by itself."""
    body = f'{MOUTH}keys.swap = [[0, "shut"], [2, "open"], [4, "none"]]\n'
    assert values(xdts(small(body, 6, Span(3, 6)), "tea")) == {"mouth": [(0, "2"), (1, "SYMBOL_NULL_CELL")]}
