"""The texts of the glass: lamp, look, blends, mattes, edges and prints as people write them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from collage.errors import SceneError
from collage.scene.likeness import unlike
from collage.scene.model import Camera, Edge, Lamp, Look, Matte, Print, Scene
from collage.scene.reader import parse
from collage.scene.schema import schema
from collage.scene.values import BLENDS
from collage.scene.writer import write

ASSET = '[[layer]]\nname = "a"\nasset = "props/rocket"\n'
TEXT = '[[layer]]\ntext = "x"\n'
TABLES = schema()["$defs"]


def told(text: str) -> list[str]:
    """The findings of a text under its first line, each with its line and column."""
    with pytest.raises(SceneError) as error:
        parse(f"format = 1\n{text}\n", "s")
    return [str(finding).removeprefix("s:") for finding in error.value.findings]


def layer(line: str) -> Any:
    return parse(f"format = 1\n{ASSET}{line}\n").layer[0]


def test_every_table_has_the_formats_defaults() -> None:
    """A lamp, a film stock, a cut and a print of which nothing is written are those of the format."""
    lamp = Lamp()
    assert (lamp.turn, lamp.lean, lamp.strength, lamp.spread, lamp.on) == (-37, 27, 0.5, 0.6, None)
    assert {value for name, value in Look() if name not in ("lut", "on")} == {0}
    assert (Look().lut, Look().on) == (None, None)
    assert dict(Edge()) == {
        "border": 6, "colour": "#f6f0e2", "wobble": 0.2, "boil": 0, "torn": 0, "dark": 0, "wear": 0,
    }  # fmt: skip
    assert dict(Print()) == {"halftone": 5, "inks": (), "fibre": 0.1, "photocopy": 0}
    assert dict(Matte(layer="a")) == {"layer": "a", "side": "inside", "by": "alpha"}
    assert (Camera().aperture, Camera().bokeh, Camera().shutter) == (0, False, 0)


def test_what_is_not_written_is_not_there() -> None:
    """Without the tables there is none; an empty one is there with its defaults."""
    bare = parse(f"format = 1\n{ASSET}")
    assert (bare.lamp, bare.look) == (None, None)
    assert [getattr(bare.layer[0], name) for name in ("matte", "shadow", "edge", "print", "blend")] == [
        None, None, None, None, "normal",
    ]  # fmt: skip
    full = parse(f"format = 1\n[lamp]\n[look]\n{ASSET}edge = {{}}\nprint = {{}}\n")
    assert (full.lamp, full.look) == (Lamp(), Look())
    assert (full.layer[0].edge, full.layer[0].print) == (Edge(), Print())


def test_it_is_kept_which_keys_were_written() -> None:
    """A default that is written overrides the registry, so it is told from one that is not, also after pickling's way
    and writing."""
    scene = parse(f'format = 1\n{ASSET}edge.border = 6\nprint = {{ inks = ["teal"] }}\n')
    for one in (scene, parse(write(scene)), Scene(**scene.model_dump(exclude_unset=True)), unlike(scene)):
        assert one.layer[0].edge.model_fields_set == {"border"}
        assert one.layer[0].print.model_fields_set == {"inks"}
    assert "edge.border = 6\n" in write(scene)


def test_the_lamp_moves_by_keys_and_formulas() -> None:
    """All four of its numbers, as any channel."""
    lamp = parse(
        "format = 1\n[lamp]\non = 1\nkeys.turn = [[0, -37], [24, 20, 'out-sine']]\nkeys.lean = [[0, 0]]\n"
        "keys.strength = [[0, 1]]\nkeys.spread = [[0, 10]]\nexpr.strength = 'v * 0.5'\n"
    ).lamp
    assert lamp is not None
    assert lamp.keys.turn is not None
    assert [key.value for key in lamp.keys.turn.keys] == [-37, 20]
    assert lamp.expr.strength == "v * 0.5"
    assert told("[lamp]\nkeys.turn = []")[0].startswith("3:13: a channel without keys: write keys.turn = [[0, …]]")
    assert told('[lamp]\nkeys.turn = [[0, 1, "hold"]]')[0].startswith("3:21: the first key has none before it")
    assert "write keys.turn = [[0, 1]]" in told("[lamp]\nkeys = [[0, 1]]")[0]
    assert told("[lamp]\nexpr.lean = v * 2") == ['3:13: a formula stands in quotes: write expr.lean = "v * 2"']


@pytest.mark.parametrize("blend", BLENDS)
def test_every_blend_is_known_by_name(blend: str) -> None:
    """All sixteen modes of the specification, atop, xor and the sum of lights."""
    assert layer(f'blend = "{blend}"').blend == blend
    assert len(set(BLENDS)) == 19


@pytest.mark.parametrize(
    ("written", "meant"),
    [("soft_light", "soft-light"), ("Soft Light", "soft-light"), ("MULTIPLY", "multiply"), ("add", "plus-lighter"),
     ("linear-dodge", "plus-lighter"), ("lighter", "plus-lighter"), ("colour", "color"), ("color dodge", "color-dodge"),
     ("colour-burn", "color-burn"), ("luminance", "luminosity"), ("source_over", "normal"), ("multipy", "multiply")],
)  # fmt: skip
def test_blends_of_other_programs_lead_to_ours(written: str, meant: str) -> None:
    """Other spellings and other names are refused with the word to write."""
    (line,) = told(f'{ASSET}blend = "{written}"')
    assert line.startswith(f'5:9: "{written}" is none of normal, multiply, ')
    assert line.endswith(f' Did you mean "{meant}"?')


BOUNDS = [
    ("[lamp]", "lean", "0", "89.9", "90"), ("[lamp]", "lean", "0", "1", "-1"), ("[lamp]", "strength", "0", "1", "1.1"),
    ("[lamp]", "spread", "0", "10", "10.1"), ("[look]", "grain", "0", "1", "2"),
    ("[look]", "reflection", "0", "1", "-1"),
    (ASSET, "edge.border", "0", "200", "201"), (ASSET, "edge.wear", "0", "1", "1.5"),
    (ASSET, "edge.boil", "0", "12", "13"), (ASSET, "edge.boil", "2", "3", "1"),
    (ASSET, "print.halftone", "0", "64", "65"),
    (ASSET, "print.halftone", "2", "2.5", "1.9"), (ASSET, "print.photocopy", "0", "1", "1.01"),
    ("[camera]", "aperture", "0", "1000", "1001"), ("[camera]", "shutter", "0", "360", "361"),
]  # fmt: skip


@pytest.mark.parametrize(("above", "key", "low", "high", "beyond"), BOUNDS)
def test_numbers_are_bounded(above: str, key: str, low: str, high: str, beyond: str) -> None:
    """The ends of what is allowed are read, what is beyond is refused with what to write."""
    for value in (low, high):
        parse(f"format = 1\n{above}\n{key} = {value}\n")
    (line,) = told(f"{above}\n{key} = {beyond}")
    assert f"{beyond} is out of bounds: write {min(low, '0')}" in line or ": write 2 to " in line


def test_the_schema_has_the_same_bounds() -> None:
    """What an editor takes for a number is what the reader takes."""
    lamp, edge, press = (TABLES[name]["properties"] for name in ("Lamp", "Edge", "Print"))
    assert lamp["lean"] | {"minimum": 0, "exclusiveMaximum": 90} == lamp["lean"]
    assert lamp["strength"] | {"minimum": 0, "maximum": 1} == lamp["strength"]
    assert edge["boil"]["anyOf"] == [{"const": 0}, {"type": "integer", "minimum": 2, "maximum": 12}]
    assert press["halftone"]["anyOf"] == [{"const": 0}, {"type": "number", "minimum": 2, "maximum": 64}]
    assert (press["inks"]["maxItems"], press["inks"]["items"]) == (3, {"$ref": "#/$defs/colour"})
    assert TABLES["Layer"]["properties"]["blend"]["enum"] == list(BLENDS)
    cube = TABLES["Look"]["properties"]["lut"]["pattern"]
    words = ["assets/a.cube", "a.CUBE", "a.png", "../a.cube", "/a.cube"]
    assert [word for word in words if re.search(cube, word)] == words[:2]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("edge.boil = 2.5", "5:13: a whole number belongs here, not 2.5"),
        ("edge = 8", "5:8: a table belongs here, not 8: write edge = { border = 8 }"),
        ("edge = true", "5:8: a table belongs here, not true: write edge = {} for all its defaults"),
        ("print = 6", "5:9: a table belongs here, not 6: write print = { halftone = 6 }"),
        ('matte = "b"', '5:9: a table belongs here, not "b": write matte = { layer = "b" }'),
        ('matte.side = "outside"', '5:1: matte of [[layer]] needs a layer: write layer = "window" in it'),
        ('matte = { layer = "b.x.y" }', '5:19: "b.x.y" is no name: write "layer" or "layer.hook"'),
        ('matte = { layer = "b", side = "in" }', '5:31: "in" is none of inside, outside. Did you mean "inside"?'),
        ('matte = { layer = "b", by = "luma" }', '5:29: "luma" is none of alpha, luminance. Did you mean "luminance"?'),
        ('print.inks = "teal"', '5:14: inks come in a list, even one: write inks = ["teal"]'),
        ('print.inks = ["a", "b", "c", "d"]', "5:14: 4 inks are too many: write at most 3, black is always there"),
        ('print.inks = ["teal", "tael"]', '5:14: can\'t read the colour "tael"'),
        ("print.inks = 3", "5:14: a list of colours belongs here, not 3: write inks = "),
        ('shadow = "no"', '5:10: true or false belongs here, not "no"'),
        ('edge.colour = "whit"', '5:15: can\'t read the colour "whit"'),
    ],
)
def test_wrong_values_show_the_right_ones(line: str, words: str) -> None:
    """One finding, at the value, with what to write instead."""
    (found,) = told(ASSET + line)
    assert found.startswith(words)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("print.png", '"print.png" is no table of colours: write the path of a .cube file, "assets/look/print.cube"'),
        ("../print.cube", 'with / and never outside it: write "assets/look/print.cube"'),
        ("/home/me/assets/look/a.cube", 'write "assets/look/a.cube"'),
    ],
)  # fmt: skip
def test_a_table_of_colours_is_a_cube_in_the_project(path: str, words: str) -> None:
    """Another ending and paths that leave are refused; capitals in the ending are fine."""
    (found,) = told(f'[look]\nlut = "{path}"')
    assert words in found
    assert parse('format = 1\n[look]\nlut = "assets/look/PRINT.CUBE"\n').look == Look(lut="assets/look/PRINT.CUBE")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (f"{ASSET}[layer.edge]\ntorn = 1\nturn = 5", "7:1: this landed in [layer.edge] (line 5): write turn = 5 above"),
        (f"{ASSET}[layer.print]\nkeys.x = [[0, 1]]", "6:1: this landed in [layer.print] (line 5): write keys.x = [["),
        (f'{ASSET}edge.bordr = 3', '5:6: unknown key "bordr" in edge of [[layer]]. Did you mean "border"?'),
        (f'{ASSET}edge.width = 3', '5:6: unknown key "width" in edge of [[layer]]. Did you mean "border"?'),
        (f'{ASSET}print.dots = 3', '5:7: unknown key "dots" in print of [[layer]]. Did you mean "halftone"?'),
        (f'{ASSET}matte = {{ source = "b" }}', '5:11: unknown key "source" in matte of [[layer]]. Did you mean "lay'),
        (f'{ASSET}mask = "b"', '5:1: unknown key "mask" in [[layer]]. Write matte = { layer = "b" }'),
        (f'{ASSET}border = 9', '5:1: unknown key "border" in [[layer]]. Write edge = { border = 9 }'),
        (f'{ASSET}torn = 0.5', '5:1: unknown key "torn" in [[layer]]. Write edge = { torn = 0.5 }'),
        (f'{ASSET}halftone = 5', '5:1: unknown key "halftone" in [[layer]]. Write print = { halftone = 5 }'),
        (f'{ASSET}mix_blend_mode = "screen"', '5:1: unknown key "mix_blend_mode" in [[layer]]. Write blend = "screen"'),
        ("[lamp]\nangle = 30", '3:1: unknown key "angle" in [lamp]. Write turn = 30'),
        ("[lamp]\nintensity = 0.3", '3:1: unknown key "intensity" in [lamp]. Write strength = 0.3'),
        ("[lamp]\nelevation = 60", '3:1: unknown key "elevation" in [lamp]. Write lean = 27 (0 is overhead'),
        ("[look]\nnoise = 0.1", '3:1: unknown key "noise" in [look]. Write grain = 0.1'),
        ("[look]\ngrian = 0.1", '3:1: unknown key "grian" in [look]. Did you mean "grain"?'),
        ("[camera]\nmotion_blur = 180", '3:1: unknown key "motion_blur" in [camera]. Write shutter = 180'),
        ("[[lamp]]\nturn = 3", "2:3: there is one of these only, so it wears single brackets: write [lamp]"),
        (f"{ASSET}lut = 'a.cube'", '5:1: unknown key "lut" in [[layer]]. It belongs under [look]'),
        ("[scene]\nshutter = 180", '3:1: unknown key "shutter" in [scene]. It belongs under [camera]'),
        ("[scene]\nlamp.turn = 3", '3:1: unknown key "lamp" in [scene]. It is a table by itself: write [lamp] above'),
        ("[layer.edge]\ntorn = 1", "2:2: [layer.edge] has nothing to belong to: write [[layer]] above it"),
        ("[layer]\nedge.torn = 1", "2:2: there are several of these, so it wears double brackets: write [[layer]]"),
        (f'{ASSET}[[peg]]\nname = "p"\n[layer.edge]\ntorn = 1',
         "7:2: [layer.edge] stands under [[peg]] (line 5): move it to its layer"),
        ("[light]\nturn = 3", '2:2: unknown table "light". Did you mean [lamp]?'),
        ("[grade]\nwarmth = 1", '2:2: unknown table "grade". Did you mean [look]?'),
    ],
)  # fmt: skip
def test_unknown_keys_are_never_passed_over(text: str, finding: str) -> None:
    """Each is told at its key, with the key to write, also from other programs and under the wrong heading."""
    found = told(text)
    assert any(line.startswith(finding) for line in found), found


@pytest.mark.parametrize("word", ["edge", "print"])
def test_only_cut_outs_are_cut_and_printed(word: str) -> None:
    """On a text, a card, a scene or a group it would do nothing, so it is refused, also where it comes by `like`."""
    for shows in ('text = "x"', 'card = "red"\nsize = [2, 2]', 'scene = "scenes/a.toml"', "group = true"):
        (found,) = told(f"[[layer]]\n{shows}\n{word} = {{}}")
        assert f"{word} is of a cut-out, whose picture it is laid over" in found
    (found,) = told(f'{ASSET}[[layer]]\nlike = "a"\ntext = "x"\n{word} = {{}}')
    assert found.startswith("8:")


def test_likes_are_cut_key_by_key() -> None:
    """What stands in the layer overrides the other's edge, print and matte one key at a time; what shows something else
    takes neither edge nor print along."""
    base = f'{TEXT}name = "w"\n{ASSET}edge = {{ border = 9, torn = 1 }}\nmatte = {{ layer = "w", side = "outside" }}\n'
    base += (
        '[[layer]]\nname = "b"\nlike = "a"\nedge.torn = 0\nprint.fibre = 1\nmatte = { layer = "w", by = "luminance" }\n'
    )
    _, _, like, text = unlike(parse(f'format = 1\n{base}[[layer]]\nlike = "b"\ntext = "y"\n')).layer
    assert like.edge is not None
    assert (like.edge.border, like.edge.torn, like.edge.model_fields_set) == (9, 0, {"border", "torn"})
    assert like.print == Print(fibre=1)
    assert like.matte == Matte(layer="w", side="outside", by="luminance")
    assert (text.edge, text.print, text.matte) == (None, None, like.matte)
