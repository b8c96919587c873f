"""Thumbnails in the terminal: their letters and colours, who gets to see them, and that nobody else waits for them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from collage.cli import run
from collage.cli.thumbnails import colourful, illustrated
from collage.desk.assets import Row
from collage.desk.assets_thumbnails import ACROSS, DOWN, Letter, caption, letters

RED, BLUE, NONE = (200, 30, 30, 255), (30, 30, 200, 255), (0, 0, 0, 0)


@pytest.fixture
def box(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a red cup and a blue hat."""
    cup, hat = (np.full((8, 8, 4), colour, np.uint8) for colour in (RED, BLUE))
    root = project("format = 1\n", {"props/cup": cup, "hats/hat": hat}).parent.parent
    monkeypatch.chdir(root)
    return root


def drawn(*rows: list[tuple[int, ...]]) -> list[list[Letter]]:
    return [list(row) for row in letters(np.array(rows, np.uint8))]


def terminal(width: int = 40) -> Console:
    return Console(file=io.StringIO(), force_terminal=True, color_system="truecolor", width=width, highlight=False)


def in_terminal(root: Path, *arguments: str, **environment: str) -> str:
    """What the command writes when its output is a real terminal of 80 columns."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    wanted = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "80", **environment}
    spared = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "collage", "assets", *arguments]
    with subprocess.Popen(command, stdout=theirs, cwd=root, env=spared | wanted) as process:
        os.close(theirs)
        written = b""
        while True:
            try:
                block = os.read(ours, 65536)
            except OSError:  # how Linux says that the other side has closed it
                break
            if not block:
                break
            written += block
    os.close(ours)
    assert process.returncode == 0
    return written.decode()


def test_a_letter_is_two_pixels() -> None:
    """The upper in the colour of the ink, the lower behind it."""
    assert drawn([RED], [BLUE]) == [[Letter("▀", RED[:3], BLUE[:3])]]


def test_nothing_is_drawn_where_nothing_is() -> None:
    """The terminal's own colour stays behind what is see-through: above, below, or both, and under an odd last row."""
    assert drawn([NONE, RED, NONE], [RED, NONE, NONE]) == [[Letter("▄", RED[:3]), Letter("▀", RED[:3]), Letter()]]
    assert drawn([RED]) == [[Letter("▀", RED[:3])]]


def test_edges_keep_their_colour() -> None:
    """Half of each shrunk pixel is see-through, which makes none of it darker."""
    stripes = np.zeros((16, 16 * ACROSS, 4), np.uint8)
    stripes[:, ::2] = RED
    (first, *_), *_ = letters(stripes)
    assert all(abs(part - red) <= 1 for part, red in zip(first.ink or NONE, RED[:3], strict=False))


@given(st.integers(1, 400), st.integers(1, 400))
def test_a_thumbnail_fits_and_is_never_blown_up(width: int, height: int) -> None:
    """At most so many letters, at least one, in the picture's own proportions to within half a pixel and an odd row."""
    rows = letters(np.full((height, width, 4), 255, np.uint8))
    across, down = len(rows[0]), len(rows)
    assert 1 <= across <= min(ACROSS, width)
    assert 1 <= down <= min(DOWN, -(-height // 2))
    scale = min(ACROSS / width, 2 * DOWN / height, 1)
    assert abs(across - max(width * scale, 1)) <= 0.5
    assert abs(2 * down - max(height * scale, 1)) <= 1.5


def test_a_caption_says_what_there_is() -> None:
    """Name, facts, worth; what isn't known takes no room."""
    row = Row("water/splash", (760, 620), 3, 1, 1, 4.5, "CC0-1.0")
    assert caption(row) == ("water/splash", "760×620 · 3 drawings · one of a kind · 1 use", "rated 4.5 · CC0-1.0")
    assert caption(Row("a", None, 0, 0, 2, None, "")) == ("a", "broken · 2 copies · unused", "")


def test_words_stand_beside_the_middle_of_their_picture() -> None:
    """Small pictures beside the middle of their words; narrow ones in the middle of their column."""
    console, tall = terminal(), ((Letter("▀", RED[:3]),),) * 5
    illustrated(console, [["cup"], ["hat", "", "5×5"]], [tall, tall[:1]])
    told = console.file.getvalue()  # type: ignore[attr-defined]
    plain = [
        line.rstrip() for line in "".join(part.partition("m")[2] or part for part in told.split("\x1b")).split("\n")
    ]
    left = " " * ((ACROSS - 1) // 2)
    assert [line.startswith(f"{left}▀") for line in plain[:5]] == [True] * 5
    assert plain[2].endswith("  cup")
    assert [line.strip() for line in plain[6:9]] == ["hat", "▀", "5×5"]


def test_long_words_never_break_a_picture() -> None:
    """What is wider than the terminal is cut off."""
    console = terminal(30)
    illustrated(console, [["a" * 100]], [((Letter("▀", RED[:3]),),)])
    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert told.count("\n") == 2
    assert "…" in told


def test_a_terminal_shows_pictures(box: Path) -> None:
    """In the piece's colours, with its name; in words where colours are off or words are asked for."""
    told = in_terminal(box, "list")
    assert "38;2;200;30;30" in told
    assert "props/cup" in told
    for plain in (in_terminal(box, "list", NO_COLOR="1"), in_terminal(box, "list", TERM="dumb"),
                  in_terminal(box, "list", "--no-thumbnails")):  # fmt: skip
        assert "\x1b" not in plain
        assert plain.splitlines()[0].split()[:2] == ["asset", "size"]


def test_few_colours_will_do(box: Path) -> None:
    """A terminal of 256 gets the nearest; one of 16 gets words."""
    assert "38;5;160" in in_terminal(box, "list", COLORTERM="")
    assert "\x1b" not in in_terminal(box, "list", COLORTERM="", TERM="xterm")


def test_a_broken_picture_stops_nothing(box: Path) -> None:
    """It is listed without one, also if only its end is torn."""
    picture = box / "assets/props/cup.png"
    picture.write_bytes(picture.read_bytes()[:60])
    (box / "assets/props/bad.png").write_bytes(b"none")
    told = in_terminal(box, "list")
    assert "props/bad" in told
    assert "props/cup" in told
    assert "200;30;30" not in told
    assert "30;30;200" in told


def test_nobody_else_waits_for_pictures(
    box: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the output is no terminal, or a terminal has more of them than one looks through, none is decoded."""

    def decode(*_: object) -> None:
        raise AssertionError("a picture was decoded")

    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("collage.glass.decode.decode", decode)
    assert colourful() is None
    assert run(["assets", "list"]) == 0
    monkeypatch.setattr("collage.cli.assets.colourful", terminal)
    monkeypatch.setattr("collage.desk.assets_thumbnails.MOST", 1)
    assert run(["assets", "list"]) == 0
    assert capsys.readouterr().out.count("props/cup") == 2


def test_a_folder_chooses(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With or without slashes or assets/ before it, or one asset by its name; one that isn't there is guessed at."""
    for written in ("props", "props/", "assets/props", "props/cup"):
        assert run(["assets", "list", written]) == 0
        assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["asset", "props/cup"]
    assert run(["assets", "list", "prop"]) == 2
    assert 'Did you mean "props"?' in capsys.readouterr().err


def test_an_empty_box_says_how_it_is_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A heading without lines would say nothing."""
    (tmp_path / "assets").mkdir()
    assert run(["assets", "list", "--project", str(tmp_path)]) == 0
    assert "collage assets add" in capsys.readouterr().err
    assert run(["assets", "contact", "-o", str(tmp_path / "a.png"), "--project", str(tmp_path)]) == 2
