"""TOML's traps get our own words: the place, and the line as it should be."""

from __future__ import annotations

import pytest

from collage.errors import SceneError
from collage.scene.hints import TRAPS
from collage.scene.reader import parse

LAYER = '[[layer]]\nasset = "a"\n'

# the trap's name, what stands under `format = 1`, line and column, the corrected line
SYNTAX = [
    ("time", "[scene]\nlength = 10s", (3, 10), 'length = "10s"'),
    ("time", f"{LAYER}in = beat 33", (4, 6), 'in = "beat 33"'),
    ("time", f"{LAYER}keys.x = [[2s, -900], [end-1s, 4]]", (4, 12), 'keys.x = [["2s", -900], ["end-1s", 4]]'),
    ("time", f"{LAYER}out = end", (4, 7), 'out = "end"'),
    ("percent", f"{LAYER}at = [50%, 20]", (4, 7), 'at = ["50%", 20]'),
    ("rate", "[scene]\nrate = 24000/1001 # film", (3, 8), 'rate = "24000/1001" # film'),
    ("colour", "[scene]\npaper = #fff", (3, 9), 'paper = "#fff"'),
    (
        "colour",
        f'{LAYER}keys.tint = [[0, #fff], [9, "red"]]\nturn = 1',
        (4, 18),
        'keys.tint = [[0, "#fff"], [9, "red"]]',
    ),
    ("colour", f"{LAYER}type = {{ colour = #2e2622 }}", (4, 19), 'type = { colour = "#2e2622" }'),
    ("formula", f"{LAYER}expr.y = v + 30*sin(tau*t/2) # up", (4, 10), 'expr.y = "v + 30*sin(tau*t/2)" # up'),
    ("formula", f"{LAYER}[layer.expr]\nturn = clamp(t, 0, 1)", (5, 8), 'turn = "clamp(t, 0, 1)"'),
    ("slash", "[water/splash]\ncopies = 1", (2, 2), '["water/splash"]'),
    ("backslash", '[[layer]]\nasset = "assets\\sky.png"', (3, 16), 'asset = "assets/sky.png"'),
    ("backslash", '[[layer]]\nasset = "assets\\"', (3, 16), 'asset = "assets"'),
    ("smart quotes", "[scene]\ntitle = “Bath time”", (3, 9), 'title = "Bath time"'),
    ("smart quotes", "[scene]\ntitle = ‘Bath, time’", (3, 9), "title = 'Bath, time'"),
    ("truth", f"{LAYER}hidden = yes", (4, 10), "hidden = true"),
    ("truth", f"{LAYER}hidden = No", (4, 10), "hidden = false"),
    ("truth", f"{LAYER}hidden = True", (4, 10), "hidden = true"),
    ("truth", f"{LAYER}keys.hidden = [[0, False], [3, true]]", (4, 20), "keys.hidden = [[0, false], [3, true]]"),
    ("word", "[[layer]]\nasset = props/rocket", (3, 9), 'asset = "props/rocket"'),
    ("word", f"{LAYER}keys.swap = [\n  [0, shut],\n  [4, 'open'],\n]", (5, 7), '[0, "shut"],'),
    ("point", f"{LAYER}turn = .5", (4, 8), "turn = 0.5"),
    ("colon", '[[layer]]\nasset: "a"', (3, 6), 'asset = "a"'),
    ("brackets", '[[layer]\nasset = "a"', (2, 8), "[[layer]]"),
    ("brackets", '[layer]]\nasset = "a"', (2, 7), "[[layer]]"),
    ("brackets", '[[layer # one\nasset = "a"', (2, 8), "[[layer]]"),
    ("brackets", "[[scene]\nrate = 24", (2, 8), "[scene]"),
    ("brackets", f"{LAYER}[[layer.keys]\nx = [[0, 1]]", (4, 13), "[layer.keys]"),
    ("comma", '[[layer]]\nasset = "a",\nturn = 2', (3, 12), 'asset = "a"'),
]

# TOML that is no valid TOML, or valid and not what was meant: place, and what the message holds
HEADINGS = [
    ('[layer]\nasset = "a"', (2, 2), "write [[layer]]"),
    ('[layer]\nasset = "a"\n[[layer]]\nasset = "b"', (2, 2), "write [[layer]]"),
    ('[[layer]]\nasset = "a"\n[layer]\nasset = "b"', (4, 2), "write [[layer]]"),
    ('[sheet]\nname = "a"', (2, 2), "write [[sheet]]"),
    ('[peg]\nname = "a"', (2, 2), "write [[peg]]"),
    ("[[scene]]\nrate = 24", (2, 3), "write [scene]"),
    ("[layer.keys]\nx = [[0, 1]]", (2, 2), "write [[layer]] above"),
    (f"[layer.keys]\nx = [[0, 1]]\n{LAYER}", (2, 2), "write [[layer]] above"),
    (f'{LAYER}[[peg]]\nname = "b"\n[layer.keys]\nx = [[0, 1]]', (6, 2), "[[peg]] (line 4): write [peg.keys]"),
    (f'{LAYER}[layer.keys]\n[[peg]]\nname = "b"\n[layer.keys]', (7, 2), "[[peg]] (line 5): write [peg.keys]"),
    (f"{LAYER}[layer.keys]\nx = [[0, 1]]\n[layer.keys]", (6, 2), "first on line 4"),
    (f"{LAYER}keys.x = [[0, 1]]\n[layer.keys]\ny = [[0, 2]]", (5, 2), "write keys.y = [[0, 2]]"),
    (f"{LAYER}[layer.keys]\nkeys.x = [[0, 1]]", (5, 1), "write x = [[0, 1]]"),
    (f"{LAYER}[layer.keys]\nx = [[0, 1]]\nopacity = 0.5", (6, 11), "(line 4): write opacity = 0.5 above [layer.keys]"),
    (f"{LAYER}[layer.keys]\nhidden = true", (5, 10), "(line 4): write hidden = true above [layer.keys]"),
    (f'{LAYER}[layer.keys]\nin = "2s"', (5, 1), '(line 4): write in = "2s" above [layer.keys]'),
    (f"{LAYER}[layer.keys]\nat = [1, 2]", (5, 6), "(line 4): write at = [1, 2] above [layer.keys]"),
    (f"{LAYER}keys.opacity = 0.5", (4, 16), "write opacity = 0.5 without keys, or keys.opacity = [[0, 0.5]]"),
    (f"{LAYER}keys.x = 5", (4, 10), "not 5: write keys.x = [[0, 5]]"),
    (f"{LAYER}[layer.keys]\nblur = 5", (5, 8), "not 5: write blur = [[0, 5]]"),
    (f"{LAYER}keys = [[0, 1]]", (4, 8), "write keys.x = [[0, 1]], or the channel"),
    ('[[sheet]]\nname = "a"\nkeys = [[0, 1]]', (4, 8), "write keys.opacity = [[0, 1]], or"),
    (f"{LAYER}keys.x.loop = 12", (4, 6), "write keys.x = { keys = [[0, …]], loop = 12 }"),
    (f'{LAYER}keys.x.loop = "2s"', (4, 6), 'write keys.x = { keys = [[0, …]], loop = "2s" }'),
    (f"{LAYER}keys.x = [[0, 1]]\nkeys.x.loop = 12", (5, 1), "write keys.x = { keys = [[0, 1]], loop = 12 }"),
    (f"{LAYER}keys.x.loop = 12\nkeys.x = [[0, 1]]", (5, 1), "write keys.x = { keys = [[0, 1]], loop = 12 }"),
    (f"{LAYER}keys.x = [\n[0, 1],\n]\nkeys.x.loop = 9", (7, 1), "write keys.x = { keys = [[0, …], …], loop = 9 }"),
    (f"{LAYER}[layer.keys]\nx = [[0, 1]]\nx.loop = 9", (6, 1), "write x = { keys = [[0, 1]], loop = 9 }"),
    (f"{LAYER}type.size = 9\ntype = {{ leading = 1 }}", (5, 1), '"type" is written in two ways'),
    (f"{LAYER}keys.x = [0, 5]", (4, 10), "[[moment, value]"),
    ("rate = 24", (2, 1), "write [scene] above it"),
    ('["water/splash"]\ncopies = 1', (2, 2), 'asset = "water/splash"'),
    ('[[layer]]\nasset = "props\\rocket"', (3, 9), 'write "props/rocket"'),
    (f'{LAYER}turn = 1\nturn = 2\nasset = "b"', (5, 1), "first on line 4"),
    ("[scene]\nrate = 24\n[cues]\n[scene]\non = 1", (5, 2), "first on line 2"),
]


def findings(text: str) -> tuple[str, ...]:
    """The findings of a text under its first line, as people see them."""
    with pytest.raises(SceneError) as error:
        parse(f"format = 1\n{text}\n", "s")
    return tuple(map(str, error.value.findings))


@pytest.mark.parametrize(("name", "text", "place", "line"), SYNTAX)
def test_a_trap_shows_the_corrected_line(name: str, text: str, place: tuple[int, int], line: str) -> None:
    """The one finding is at the slip, in the trap's words, and ends with the line put right."""
    words = next(trap.words for trap in TRAPS if trap.name == name)
    assert findings(text) == (f"s:{place[0]}:{place[1]}: {words}: write {line}",)


def test_every_trap_has_an_example() -> None:
    """No trap stands in the table untried."""
    assert {trap.name for trap in TRAPS} == {name for name, *_ in SYNTAX}


@pytest.mark.parametrize(("text", "place", "cure"), HEADINGS)
def test_tables_and_keys_in_the_wrong_place(text: str, place: tuple[int, int], cure: str) -> None:
    """A heading or a key that means something else than it seems is found, with what to write."""
    first = findings(text)[0]
    assert first.startswith(f"s:{place[0]}:{place[1]}: ")
    assert cure in first


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('title = "Bath', (2, 9), "quotes opened here"),
        ('[scene]\ntitle = """Bath\ntime is\nover', (3, 9), "quotes opened here"),
        ("a = [1,\n2\n[scene]\n", (4, 1), "list is not closed"),
        ("a = { x = 1", (2, 12), "{ } table is not closed"),
        ("[scene", (2, 7), "heading is not closed as it was opened: write [scene]"),
        ("= 3", (2, 1), "no line of TOML"),
        ("scene", (2, 6), "key without a value"),
        ('a = "\x01"', (2, 7), "control character"),
        ("a = " + "9" * 5000, (2, 5005), "thousands of digits"),
    ],
)
def test_the_rest_of_toml_is_reworded(text: str, place: tuple[int, int], words: str) -> None:
    """What is in no trap still has a place and our own words."""
    first = findings(text)[0]
    assert words in first
    assert first.startswith(f"s:{place[0]}:")


def test_strings_and_comments_are_left_alone() -> None:
    """What looks like a trap inside quotes or a comment is none."""
    scene = parse('format = 1 # yes, 10s\n[[layer]]\ntext = "yes 50% “smart”" # paper = #fff\n')
    assert scene.layer[0].text == "yes 50% “smart”"


def test_sub_tables_under_their_own_kind_are_fine() -> None:
    """[layer.keys] under its layer and [peg.keys] under its peg raise nothing, quoted brackets in texts included."""
    scene = parse(f'format = 1\n{LAYER}[layer.keys]\nx = [[0, 1]]\n[[peg]]\nname = "p"\n[peg.keys]\nx = [[0, 1]]\n')
    assert scene.layer[0].keys.x is not None
    assert scene.peg[0].keys.x is not None
    quoted = parse('format = 1\n[[peg]]\nname = "p"\n[[layer]]\ntext = """\n[peg.keys]\n"""\n')
    assert quoted.layer[0].text == "[peg.keys]\n"
