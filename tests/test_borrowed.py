"""Words of other programs, and fields in the wrong table: each is met with the line to write."""

from __future__ import annotations

import pytest

from collage.errors import SceneError
from collage.scene.borrowed import _LINES
from collage.scene.reader import parse, parse_film

A = '[[layer]]\nasset = "a"\n'
T = '[[layer]]\ntext = "a"\n'
C = '[[layer]]\ncard = "red"\n'
P = '[[peg]]\nname = "p"\n'
S = '[[sheet]]\nname = "s"\n'


def found(text: str, film: bool = False) -> list[str]:
    """The findings of a text under its first line."""
    with pytest.raises(SceneError) as error:
        parse_film(f"format = 1\n{text}\n", "s.film.toml") if film else parse(f"format = 1\n{text}\n", "s")
    return [str(finding) for finding in error.value.findings]


@pytest.mark.parametrize(
    ("above", "line", "cure"),
    [
        (T, 'font = "x.ttf"', 'type = { font = "x.ttf" }'),
        (T, "leading = 2", "type = { leading = 2 }"),
        (T, 'align = "left"', 'type = { align = "left" }'),
        (T, "font_size = 9", "type = { size = 9 }"),
        (T, 'colour = "red"', 'type = { colour = "red" }'),
        (C, 'color = "#fff"', 'card = "#fff"'),
        (A, 'color = "red"', 'tint = "red"'),
        (A, 'colr = "red"', 'tint = "red"'),
        (A, "blur = 3", "keys.blur = [[0, 3]]"),
        (A, 'swap = "open"', 'keys.swap = [[0, "open"]]'),
        (A, "x = 5", 'at = [5, "50%"]'),
        (A, 'y = "5%"', 'at = ["50%", "5%"]'),
        (f'{A}parent = "p"\n', "x = 5", "at = [5, 0]"),
        (P, "y = 5", "at = [0, 5]"),
        (A, "scale_x = -1", "scale = [-1, 1]"),
        (A, "rotation = 5", "turn = 5"),
        (A, "angle = 5.5", "turn = 5.5"),
        (P, "rotate = 5", "turn = 5"),
        (A, "alpha = 0.5", "opacity = 0.5"),
        (S, "alpha = 0.5", "opacity = 0.5"),
        (A, "z = 3", "order = 3"),
        (A, "zIndex = 3", "order = 3"),
        (S, "z = 3", "gap = 3"),
        (A, "visible = false", "hidden = true"),
        (A, 'start = "2s"', 'in = "2s"'),
        (A, 'from = "2s"', 'in = "2s"'),
        (A, 'until = "2s"', 'out = "2s"'),
        (A, 'duration = "2s"', 'out = "in + 2s"'),
        (C, "width = 300", "size = [300, 120]"),
        (A, "width = 300", "scale = 0.5 (1 is its own size)"),
        ("[[layer]]\n", 'file = "assets/a/One.png"', 'asset = "a/one"'),
        ("[[layer]]\n", 'image = "one.png"', 'asset = "one"'),
        ("[[layer]]\n", "src = 'one'", 'asset = "one"'),
        ("[scene]\n", "fps = 12", "rate = 12"),
        ("[scene]\n", "width = 640", "size = [640, 1080]"),
        ("[scene]\n", 'background = "#fff"', 'paper = "#fff"'),
        ("[sound]\n", "bpm = 112", "tempo = 112"),
    ],
)
def test_a_borrowed_word_shows_the_line_to_write(above: str, line: str, cure: str) -> None:
    """At the key, with the value that was written in the place where it belongs."""
    word, row, table = line.partition(" =")[0], above.count("\n") + 2, above[: above.index("\n")]
    told = [finding for finding in found(above + line) if "unknown key" in finding]
    assert told == [f's:{row}:1: unknown key "{word}" in {table}. Write {cure}']


def test_a_value_of_many_lines_is_left_out() -> None:
    """What would not fit on the line shown is three dots."""
    assert found("[scene]\nresolution = [640,\n360]")[0].endswith("Write size = …")


def test_two_halves_make_one_line() -> None:
    """x and y, width and height: each finding shows both."""
    assert [line.partition("Write ")[2] for line in found(f"{A}x = 5\ny = 6")] == ["at = [5, 6]"] * 2
    assert [line.partition("Write ")[2] for line in found("[scene]\nwidth = 9\nheight = 8")] == ["size = [9, 8]"] * 2


@pytest.mark.parametrize(
    ("line", "place", "name"),
    [
        ("keys.rotation = [[0, 1]]", (4, 6), "turn"),
        ("keys.alpha = [[0, 1]]", (4, 6), "opacity"),
        ('type.color = "red"', (4, 6), "colour"),
        ("type.font_size = 3", (4, 6), "size"),
    ],
)
def test_inside_a_table_the_name_is_enough(line: str, place: tuple[int, int], name: str) -> None:
    """Channels and parts of type are named in our words."""
    (told,) = [finding for finding in found(T + line) if "unknown" in finding]
    assert told.startswith(f"s:{place[0]}:{place[1]}: ")
    assert told.endswith(f'Did you mean "{name}"?')


@pytest.mark.parametrize(("line", "cure"), [("fps = 12", "rate = 12"), ("width = 9\nheight = 8", "size = [9, 8]")])
def test_above_all_tables(line: str, cure: str) -> None:
    """A setting in another program's word above all tables gets its table and its line."""
    assert found(line)[0].endswith(f"above all tables. Write [scene] and under it {cure}")
    assert found(line)[0].startswith("s:2:1: ")


def test_a_heading_is_no_setting() -> None:
    """A table that bears such a word is an unknown table."""
    assert found("[background]\nx = 1")[0].startswith('s:2:2: unknown table "background"')


@pytest.mark.parametrize(
    ("do", "line", "cure"),
    [
        ("bob", "amplitude = 9", "by = 9"),
        ("bob", 'period = "2s"', 'every = "2s"'),
        ("bob", 'duration = "2s"', 'out = "in + 2s"'),
        ("bob", "delay = 12", 'in = "in + 12"'),
        ("bob", 'end = "2s"', 'out = "2s"'),
        ("bob", 'until = "2s"', 'out = "2s"'),
        ("bob", 'from = "beat 3"', 'in = "beat 3"'),
        ("bob", "offset = 0.5", "phase = 0.5"),
        ("drop", 'easing = "linear"', 'ease = "linear"'),
        ("follow", 'target = "b"', 'layer = "b"'),
        ("cycle", 'mode = "once"', 'how = "once"'),
    ],
)
def test_moves_are_told_in_their_own_words(do: str, line: str, cure: str) -> None:
    """A parameter as others call it is met with ours, also in a table of its own."""
    for text, column in ((f'move = [{{ do = "{do}", {line} }}]', 9 + len(f'{{ do = "{do}", ')), ("", 1)):
        written = text or f'[[layer.move]]\ndo = "{do}"\n{line}'
        told = found(A + written)[0]
        assert told.startswith(f"s:{4 if text else 6}:{column}: unknown key ")
        assert told.endswith(f'in move "{do}" of [[layer]]. Write {cure}')


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ('duration = "2s"', 'out = "in + 2s"'),
        ("length = 48", 'out = "in + 48"'),
        ('from = "1s"', 'in = "1s"'),
        ('until = "end-1s"', 'out = "end-1s"'),
    ],
)
def test_a_shot_is_cut_by_in_and_out(line: str, cure: str) -> None:
    """How much of its scene a shot shows, in other programs' words: never a join."""
    word = line.partition(" =")[0]
    told = found(f'[[shot]]\nscene = "scenes/a.toml"\n{line}', film=True)
    assert told == [f's.film.toml:4:1: unknown key "{word}" in [[shot]]. Write {cure}']
    parse_film(f'format = 1\n[[shot]]\nscene = "scenes/a.toml"\n{cure}\n', "s.film.toml")


def test_a_move_that_has_no_such_thing_is_not_told_to_write_it() -> None:
    """A spring knows no loop: what there is is listed instead."""
    assert "Known are do, in, out, ease" in found(f'{A}move = [{{ do = "pop", amplitude = 9 }}]')[0]


def test_every_line_can_be_filled() -> None:
    """Each word of the table is met with a line, not with the list of all keys."""
    tables = {
        "asset": A,
        "text": T,
        "card": C,
        "layer": "[[layer]]\n",
        "peg": P,
        "sheet": S,
        "type": f"{T}[layer.type]\n",
        "repeat": f"{A}[layer.repeat]\ncount = 3\n",
        "time": f"{A}[layer.time]\n",
        "edge": f"{A}[layer.edge]\n",
        "print": f"{A}[layer.print]\n",
        "matte": f"{A}[layer.matte]\n",
        "effect": "[[effect]]\n",
        "shot": "[[shot]]\n",
        "join": "[[shot]]\n[shot.join]\n",
    }
    for kind, lines in _LINES.items():
        for word in " ".join(lines).split() if kind != "move" else ():
            told = found(f"{tables.get(kind, f'[{kind}]{chr(10)}')}{word} = 3", kind in ("film", "shot", "join"))
            cures = ("Write", "Did you mean", "landed in")
            assert any(word in line and any(cure in line for cure in cures) for line in told), (word, told)
