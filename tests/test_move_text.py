"""Moves, formulas and what else acts over time, as people write them: what is taken, what is met with which line."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from collage.errors import SceneError
from collage.motion.moves import MOVES
from collage.scene.model import Camera, Effect, Layer, LayerExpr, Move, Peg, Repeat, Scene, Sound, Time, Vary
from collage.scene.moves import TABLES, ScriptedMove, move_of, targets
from collage.scene.reader import parse
from collage.scene.writer import write

A = '[[layer]]\nasset = "a"\n'


def found(line: str, above: str = A) -> list[str]:
    """What is found in a scene whose fourth line this is, as people see it."""
    with pytest.raises(SceneError) as error:
        parse(f"format = 1\n{above}{line}\n", "s")
    return [str(finding) for finding in error.value.findings]


def moved(line: str) -> tuple[Move, ...]:
    """The moves of a layer."""
    return parse(f"format = 1\n{A}move = {line}\n").layer[0].move


@pytest.mark.parametrize("name", MOVES)
def test_every_move_stands_alone_and_with_its_defaults_written(name: str) -> None:
    """`do` is enough; then all parameters are the table's defaults, which may be written too, and survive the file."""
    (move,) = moved(f'[{{ do = "{name}" }}]')
    defaults = {word: param.default for word, param in MOVES[name].params.items()}
    assert isinstance(move, TABLES[name])
    assert (move.do, move.in_, move.out, move.parameters()) == (name, "in", None, defaults)
    told = {word: value for word, value in defaults.items() if value is not None}
    layer = Layer(asset="a", move=[{"do": name, "out": "end", **told}])
    assert layer.move[0].parameters() == defaults
    assert parse(write(Scene(layer=(layer,)))).layer[0].move == layer.move


def test_parameters_are_kept_as_written() -> None:
    """Numbers, lengths, places, flags, choices and the span come as they stand; the rest by default."""
    bob, slide, cycle = moved(
        '[{ do = "bob", by = 30, every = "1 beat", in = "in+2s", out = "end" }, { do = "slide", to = ["50%", 9] },'
        ' { do = "cycle", hold = 2, how = "ping-pong" }]'
    )
    assert (bob.in_, bob.out, bob.parameters()["by"], bob.parameters()["every"]) == ("in+2s", "end", 30, "1 beat")
    assert bob.parameters()["phase"] == 0
    assert slide.parameters()["to"] == ("50%", 9)
    assert slide.parameters()["by"] is None
    assert (cycle.parameters()["hold"], cycle.parameters()["how"]) == (2, "ping-pong")


def test_a_motion_of_the_projects_own_takes_what_it_is_given() -> None:
    """Numbers, flags, texts and pairs, none of them looked at, with a span like any move."""
    (move,) = moved('[{ do = "motions.wobble", by = 3, deep = true, how = "soft", toward = [1, 2.5], out = "2s" }]')
    assert isinstance(move, ScriptedMove)
    assert (move.do, move.in_, move.out) == ("motions.wobble", "in", "2s")
    assert move.parameters() == {"by": 3, "deep": True, "how": "soft", "toward": (1, 2.5)}


def test_moves_of_python_pickle_dump_and_compare() -> None:
    """Lists of plain tables make moves, on pegs and the camera too, that workers can be sent."""
    layer = Layer(asset="a", move=[{"do": "bob", "by": 12}, {"do": "motions.wobble", "amount": [1, 2], "in_": 3}])
    assert layer.move[1].in_ == 3
    for thing in (layer, Peg(name="p", move=[{"do": "spin"}]), Camera(move=[{"do": "shake"}])):
        assert pickle.loads(pickle.dumps(thing)) == thing
        assert type(thing)(**thing.model_dump(exclude_unset=True)) == thing
        assert type(thing).model_validate_json(thing.model_dump_json(exclude_unset=True)) == thing
    for move in layer.move:
        assert pickle.loads(pickle.dumps(move)) == move
    assert Layer(asset="a", move=layer.move) == layer
    assert move_of(layer.move[0]) is layer.move[0]


def test_targets_are_what_moves_name() -> None:
    """Layers that are followed, looked at and reached for; a point is none, nor what a script is told."""
    wanted: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
        ({"do": "follow", "layer": "bones/hand-r.wrist"}, [("layer", "bones/hand-r.wrist")]),
        ({"do": "reach", "to": "cup"}, [("to", "cup")]),
        ({"do": "reach", "to": [3, "50%"]}, []),
        ({"do": "look-at"}, []),
        ({"do": "bob"}, []),
        ({"do": "motions.x", "layer": "cup"}, []),
    ]
    for written, names in wanted:
        assert list(targets(move_of(written))) == names


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ('move = "bob"', '4:8: moves come in a list, not "bob": write move = [{ do = "bob" }]'),
        ('move = { do = "bob" }', '4:1: moves come in a list, not a table: write move = [{ do = "bob" }]'),
        ('move = ["spin"]', '4:9: a move is a table, not "spin": write { do = "spin" }'),
        ("move = [3]", '4:9: a move is a table, not 3: write { do = "bob" }'),
        ('move = [{ do = "bobb" }]', '4:16: no move "bobb". Did you mean "bob"?'),
        ('move = [{ do = "Look_At" }]', '4:16: no move "Look_At". Did you mean "look-at"?'),
        ('move = [{ do = "zzz" }]', '4:16: no move "zzz". Known are slide, path, spin'),
        ("move = [{ do = 3 }]", '4:16: the name of a move belongs here, not 3: write do = "bob"'),
        ("move = [{ by = 3 }]", '4:9: move of [[layer]] needs a do, which says what move it is: write do = "bob"'),
        ('move = [{ type = "bob" }]', '4:9: a move is named by do: write do = "bob" instead of type'),
        ('move = [{ do = "bob" }, { do = "bob", evry = 3 }]', '4:39: unknown key "evry" in move "bob" of [[lay'),
        ('move = [{ do = "bob", every = 0 }]', "4:31: 0 is no length for this: write more than nothing"),
        ('move = [{ do = "bob", every = "-2s" }]', '4:31: "-2s" is no length for this: write more than nothing'),
        ('move = [{ do = "bob", over = -1 }]', "4:30: -1 is no length for this: write nothing or more"),
        ('move = [{ do = "bob", phase = 2 }]', "4:31: 2 is out of bounds: write 0 to 1"),
        ('move = [{ do = "bob", in = "soon enough" }]', '4:28: can\'t read the moment "soon enough"'),
        ('move = [{ do = "cycle", how = "pingpong" }]', '4:31: "pingpong" is none of loop, ping-pong, once. Did you'),
        ('move = [{ do = "slide", to = "cup" }]', "4:30: two numbers [x, y] belong here"),
        ('move = [{ do = "slide", ease = "out-bak" }]', '4:32: no ease "out-bak". Did you mean "out-back"?'),
        ('move = [{ do = "follow", layer = [1, 2] }]', "4:34: text in quotes belongs here, not a list"),
        ('move = [{ do = "path", d = "M 0 0 L x" }]', "4:37: can't read the path"),
        ('move = [{ do = "motions.wob-ble" }]', '4:16: "motions.wob-ble" is no name: write do = "motions.wobble"'),
        ('move = [{ do = "motions.w", Big = 3 }]', '4:35: "Big" is no name: parameters are lower-case'),
        ('move = [{ do = "motions.w", big = [1] }]', "4:35: two numbers [x, y] belong here, not 1"),
        ('expr.x = "v + foo(t)"', '4:15: no "foo" in a formula. Did you mean "floor"?'),
        ("expr.x = 'v + foo(t)'", '4:15: no "foo" in a formula'),
        ('expr.x = "v\\u0020+ foo"', '4:10: no "foo" in a formula'),
        ('expr.x = """\nv + foo"""', '4:10: no "foo" in a formula'),
        ("expr.x = 3", '4:10: a formula stands in quotes: write "3"'),
        ('expr = "v"', '4:8: a table belongs here, not "v": write expr.x = "v", or the channel that you mean'),
        ('expr.skew = "v"', '4:6: unknown key "skew" in expr of [[layer]]. Known are x, y, scale'),
        ("expr.x = v + 30*sin(t)  # up", '4:10: a formula stands in quotes: write expr.x = "v + 30*sin(t)"  # up'),
        ("[layer.expr]\ny = clamp(t, 0, 1)", '5:5: a formula stands in quotes: write y = "clamp(t, 0, 1)"'),
        ("repeat = 24", "4:10: a table belongs here, not 24: write repeat = { count = 24 }"),
        ("repeat.count = 10001", "4:16: 10001 is out of bounds: write 1 to 10000"),
        ("repeat.grid = [101, 100]", "4:15: a grid of 101 x 100 can't be: write [columns, rows], 10000 copies at most"),
        ("repeat = { count = 2, area = [0, 0, 3] }", "4:30: four lengths [x, y, width, height] belong here"),
        ('repeat = { count = 2, area = [0, 0, "-3%", 1] }', "4:30: an area of less than nothing"),
        ("repeat = { count = 2, vary = { turns = 3 } }", '4:32: unknown key "turns" in repeat.vary of [[layer]]. Did'),
        ('time = "2s"', '4:8: a table belongs here, not "2s": write time = { start = "2s" }'),
        ("time.loop = 0", "4:13: 0 is no length for this"),
        ("registration = 1001", "4:16: 1001 is out of bounds: write 0 to 1000"),
        ('scene = "inner"', '4:9: "inner" is no scene\'s path from the project\'s root: write "scenes/inner.toml"'),
        ('scene = "/home/me/scenes/b.toml"', '4:9: "/home/me/scenes/b.toml" is no scene\'s path from the project\'s '
         'root: write "scenes/b.toml"'),
        ('scene = "scenes/a.film.toml"', '4:9: "scenes/a.film.toml" is a film, which only plays by itself'),
        ("part.Arm.turn = 3", '4:6: "Arm" is no name'),
        ("part.arm.trun = 3", '4:10: unknown key "trun" in part.arm of [[layer]]. Did you mean "turn"?'),
        ('part.arm.move = [{ do = "bob", bye = 3 }]', '4:32: unknown key "bye" in part.arm.move "bob" of [['),
    ],
)  # fmt: skip
def test_a_slip_is_met_with_the_line_to_write(line: str, finding: str) -> None:
    """One finding, at the letter where it stands, with the cure, and none of the other moves' words."""
    lines = found(line)
    assert len(lines) == 1
    assert lines[0].startswith(f"s:{finding}")


@pytest.mark.parametrize(
    ("above", "line", "finding"),
    [
        ("[camera]\n", "zoom = 0", "3:8: 0 is out of bounds: write 0.001 to 1000"),
        ("[camera]\n", "height = -5", "3:10: -5 is out of bounds: write 1 to 100000"),
        ("[camera]\n", "fov = 60", '3:1: unknown key "fov" in [camera]. Write zoom = 1.0'),
        ("[camera]\n", "keys = [[0, 1]]", "3:8: keys belong to a channel: write keys.x = [[0, 1]]"),
        ("[camera.keys]\n", "turn = 3", "3:8: this landed in [camera.keys] (line 2): write turn = 3 above"),
        ("[camera]\n", 'move = [{ do = "shak" }]', '3:16: no move "shak". Did you mean "shake"?'),
        ("[camera]\n", 'expr.zoom = "1/"', "3:16: a number is missing at the end"),
        ("[[camera]]\n", "zoom = 1", "2:3: there is one of these only, so it wears single brackets: write [camera]"),
        ("[[effect]]\n", "at = 3", '2:3: [[effect]] needs a file: write file = "assets/sound/slap.wav" in it'),
        ("[effect]\n", 'file = "a.wav"', "2:2: there are several of these, so it wears double brackets: write [[ef"),
        ("[sound]\n", "gain = 30", "3:8: 30 is out of bounds: write -60 to 24"),
        ("[sound]\n", 'file = "../a.ogg"', '3:8: "../a.ogg" is no path from the project\'s root'),
        ("[sound]\n", 'file = "C:\\\\assets\\\\a.ogg"', '3:8: "C:\\assets\\a.ogg" is no path from the project\'s root, '
         'with / and never outside it: write "assets/a.ogg"'),
    ],
)  # fmt: skip
def test_camera_and_sounds_are_met_alike(above: str, line: str, finding: str) -> None:
    """The tables that are no layers have the same kind of words."""
    assert found(line, above)[0].startswith(f"s:{finding}")


def test_everything_that_acts_over_time_is_read() -> None:
    """Camera, effects, copies, clocks, parts, formulas, each with its defaults where nothing is written."""
    assert (Camera().at, Camera().zoom, Camera().height, Camera().aperture) == (("50%", "50%"), 1, 500, 0)
    assert (Time().start, Time().speed, Time().loop) == (0, 1, False)
    assert (Repeat(count=3).area, Repeat(count=3).delay, Repeat(count=3).vary) == (None, 0, Vary())
    assert (Effect(file="a.wav").at, Effect(file="a.wav").gain, Sound().gain) == (0, 0, 0)
    text = 'time = { start = "beat 3", speed = -2, loop = "4s" }\npart.arm.part.hand.turn = 9\nexpr.y = "v + 3"\n'
    layer = parse(f'format = 1\n[sound]\ntempo = 60\n[[layer]]\nscene = "scenes/a.toml"\n{text}').layer[0]
    assert (layer.time.start, layer.time.speed, layer.time.loop) == ("beat 3", -2, "4s")
    assert layer.part["arm"].part["hand"].turn == 9
    assert layer.expr == LayerExpr(y="v + 3")


def test_a_move_in_python_is_frozen_and_checked() -> None:
    """What is wrong in Python is refused as in a file, at its place."""
    layer = Layer(asset="a", move=[{"do": "bob"}])
    with pytest.raises(ValidationError):
        layer.move[0].by = 3  # type: ignore[attr-defined]
    with pytest.raises(ValidationError) as error:
        Layer(asset="a", move=[{"do": "bob"}, {"do": "bob", "by": "3", "evry": 3}])
    assert [one["loc"] for one in error.value.errors()] == [("move", 1, "by"), ("move", 1, "evry")]


JUNK = [
    "3", "[]", "[3]", "{}", "{ a = 1 }", '"x"', "true", "nan", "2024-01-01", "[[]]", "[[0, 1]]", '[[0, 1], [4, "s"]]',
    '{ do = "bob", by = {} }', '[{ do = "bob" }]', '[{ do = "slide", to = {}, by = [1] }]', '{ x = "v" }',
    '[{ do = "motions.a", b = [[1]] }]', '[{ do = ["bob"], "é" = 1 }]',
]  # fmt: skip
ACTING = [
    "move", "expr", "expr.x", "part", "part.a", "part.a.move", "part.a.keys.x", "repeat", "repeat.vary", "repeat.area",
    "repeat.grid", "repeat.count", "time", "time.start", "time.loop", "keys.time", "scene", "group", "lock",
    "registration", "move.do",
]  # fmt: skip
LOOKING = [
    "camera", "camera.zoom", "camera.keys", "camera.keys.focus", "camera.expr", "camera.move", "camera.focus", "effect",
    "sound", "cues",
]  # fmt: skip
THEIRS = ("Input should", "Value error", "Extra inputs", "Field required", "pydantic", "dict", "tuple", "NoneType")


@pytest.mark.parametrize("key", [*ACTING, *LOOKING])
def test_any_value_is_taken_or_refused_in_our_words(key: str) -> None:
    """Whatever stands where, it is a scene, or findings with a place and no word of a library."""
    told = []
    for junk in JUNK:
        try:
            parse(f"format = 1\n{A if key in ACTING else ''}{key} = {junk}\n")
        except SceneError as error:
            told += error.findings
    assert told
    assert all(finding.line >= 2 for finding in told)
    assert not [finding for finding in told if any(words in finding.message for words in THEIRS)]
