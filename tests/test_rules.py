"""Rules that join fields and names: each names the place, the thing and the cure."""

from __future__ import annotations

import pytest

from collage.errors import SceneError
from collage.scene import rules
from collage.scene.model import Effect, Key, Layer, LayerKeys, Peg, Scene, Track
from collage.scene.reader import findings, parse
from collage.scene.source import Source

N = '[[layer]]\nscene = "scenes/n.toml"\nname = "n"\n'
A, B = '[[layer]]\nasset = "x/a"\n', '[[layer]]\nasset = "b"\n'


def found(text: str) -> list[str]:
    """What is found in a text under its first line, as people see it."""
    try:
        parse(f"format = 1\n{text}", "s")
    except SceneError as error:
        return [str(finding) for finding in error.findings]
    return []


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (f'{A}text = "x"', "s:4:8: text beside asset: a layer shows one thing"),
        ("[[layer]]\nturn = 3", "s:2:3: this layer shows nothing: write asset = "),
        ('[[layer]]\ntext = " "', "s:3:8: an empty text shows nothing"),
        ('[[layer]]\ncard = "red"', "s:3:8: a card needs its size: write size = [400, 120]"),
        (f"{A}size = [2, 2]", "s:4:8: size is of a card or a text"),
        (f"{A}type.size = 9", "s:4:1: type is of a text"),
        (f"{A}keys.at = [[0, [0, 0]]]\nkeys.y = [[0, 0]]", "s:5:10: keys.y beside keys.at"),
        (f"{A}keys.scale = [[0, 1]]\nkeys.scale_x = [[0, 0]]", "s:5:16: keys.scale_x beside keys.scale"),
        ('[[peg]]\nname = "p"\nkeys.x = [[0, 1]]\nkeys.at = [[0, [0, 0]]]', "s:4:10: keys.x beside keys.at"),
        (f'{A}keys.x = [[0, 1, "linear"], [3, 4]]', "s:4:18: the first key has none before it"),
        ('[[sheet]]\nname = "table"\nkeys.opacity = []', "s:4:16: a channel without keys: write keys.opacity = [[0, …"),
        (f"{A}keys.x = {{ loop = 4 }}", "s:4:6: a channel without keys"),
        ('[[sheet]]\nname = "s"\n[[sheet]]\nname = "s"', 's:5:8: a second sheet "s": give it a name of its own'),
        ('[[peg]]\nname = "s"\n[[peg]]\nname = "s"', 's:5:8: a second peg "s"'),
        (f'{A}parent = "trol"\n[[peg]]\nname = "trolley"', 's:4:10: no peg or layer is called "trol". Did you'),
        (f'{A}keys.parent = [[0, "b"], [4, "c.hook"]]\n{B}', 's:4:30: no peg or layer is called "c". Name one so'),
        (f'{A}sheet = "stage"', 's:4:9: no sheet "stage", as none is declared: write [[sheet]] and under it'),
        (f'{A}keys.sheet = [[0, "stage"]]', 's:4:19: no sheet "stage", as none is declared: write [[sheet]] and under'),
        (f'[[sheet]]\nname = "a"\n{A}sheet = "tabel"\n[[sheet]]\nname = "table"',
         's:6:9: no sheet "tabel". Did you mean "table"?'),
        ('[[sheet]]\nname = "a"\ngap = 30', "s:4:7: the first sheet lies on the table: write gap = 0, or"),
        (f'{A}keys.swap = [[0, "a"], [4, "b", "out-back"]]', "s:4:33: swap jumps at its exact frame: leave the ease"),
        (f'{A}keys.hidden = [[0, true], [4, false, "linear"]]', "s:4:38: hidden jumps at its exact frame"),
        (f'{A}keys.parent = [[0, "b"], [4, "", "back"]]\n{B}', "s:4:34: parent jumps at its exact frame"),
        (f'{A}keys.parent = [[0, ""], [4, "B"]]', 's:4:29: "B" is no name: write "layer", "layer.hook", or "" for'),
        ('[[layer]]\ntext = "a"\nsize = 72', "s:4:8: a size is two numbers [width, height], not 72: write size = ["),
        (f'[[sheet]]\nname = "glass"\n{A}keys.sheet = [[0, "tab"]]', 's:6:19: no sheet "tab". The sheets are glass'),
        (f'{A}behind = "trolley"\n[[peg]]\nname = "trolley"', 's:4:10: no layer is called "trolley".'),
        (f'{A}keys.behind = [[0, ""], [4, "bb"]]\n{B}', 's:4:29: no layer is called "bb". Did you mean "b"?'),
        (f'{A}parent = "bones/hand-r.wrist"', 's:4:10: no peg or layer is called "bones". Name one so'),
        (f'{A}parent = "b/hand-r.wrist"\n{B}', 's:4:10: "b" shows no scene that "b/hand-r.wrist" could lie in'),
        (f'{A}parent = "p/hand"\n[[peg]]\nname = "p"', 's:4:10: "p" shows no scene that "p/hand" could lie in'),
        (f'{A}parent = "b"\n{B}repeat.count = 3', 's:4:10: "b" is repeated, so it is no one piece to refer to: put'),
        (f'{A}group = true', 's:4:9: group beside asset: a layer shows one thing'),
        ('[[layer]]\ngroup = true\nsize = [2, 2]', "s:4:8: size is of a card or a text: a group is sized by scale"),
        (f"{N}size = [2, 2]", "s:5:8: size is of a card or a text: a nested scene is sized by scale"),
        (f"{N}type.size = 9", "s:5:1: type is of a text"),
        (f"{A}time.start = 9", 's:4:1: time is of a nested scene: write scene = "scenes/inner.toml", or leave it out'),
        (f"{A}part.arm.turn = 9", "s:4:1: part is of a nested scene"),
        (f"{A}keys.time = [[0, 3]]", "s:4:13: keys.time is of a nested scene"),
        (f'{A}expr.time = "2*v"', "s:4:13: expr.time is of a nested scene"),
        (f'{N}part.arm.name = "leg"', "s:5:17: a part keeps its name, which its own scene gives it"),
        (f'{N}part.arm.like = "leg"', "s:5:17: a part keeps its like"),
        (f'{N}part.arm.keys.x = [[0, 1, "hold"]]', "s:5:27: the first key has none before it"),
        (f'{N}part.arm.part.hand.keys.at = []', "s:5:30: a channel without keys"),
        ('[[layer]]\ngroup = true\nrepeat.count = 3', "s:4:1: a group can't be repeated: put it in a scene of its own"),
        (f"{A}repeat = {{ delay = 3 }}", "s:4:1: repeat needs to know how often: write repeat.count = 24, or"),
        (f"{A}repeat = {{ grid = [6, 4], count = 9 }}", "s:4:35: a grid of 6 x 4 has 24 copies, not 9: leave count"),
        (f'{A}expr.scale = "v"\nexpr.scale_y = "v"', "s:5:16: expr.scale_y beside expr.scale"),
        (f'{A}move = [{{ do = "look-at", layer = "c" }}]', 's:4:35: no peg or layer is called "c". Name one so'),
        (f'{A}move = [{{ do = "reach", to = "a.hook" }}]', 's:4:30: "a.hook" is this very layer: name another'),
        ('[[peg]]\nname = "p"\nmove = [{ do = "follow", layer = "q" }]', 's:4:34: no peg or layer is called "q".'),
        (f'[camera]\nmove = [{{ do = "follow", layer = "b" }}]\n{B}repeat.count = 2', 's:3:34: "b" is repeated'),
        ('[camera]\nfocus = "stage"', 's:3:9: no sheet "stage", as none is declared'),
        ('[camera]\nkeys.focus = [[0, 3], [4, "stage"]]', 's:3:27: no sheet "stage", as none is declared'),
        ('[camera]\nkeys.zoom = [[0, 1, "hold"]]', "s:3:21: the first key has none before it"),
        ("[camera]\nkeys.zoom = []", "s:3:13: a channel without keys"),
        ("[camera]\nkeys.at = [[0, [0, 0]]]\nkeys.y = [[0, 0]]", "s:4:10: keys.y beside keys.at"),
        (f'{A}parent = "b"\n{B}[[layer]]\nasset = "y/b"', 's:4:10: 2 are called "b": give one of them a name'),
        (f'{A}parent = "b"\n{B}[[peg]]\nname = "b"', 's:4:10: 2 are called "b"'),
        (f'{A}parent = "a.hook"', 's:4:10: "a.hook" is this very layer: name another'),
        (f'{A}like = "c"', 's:4:8: no layer is called "c".'),
        (f'{A}[[layer]]\nlike = "b"\n{B}{B}', 's:5:8: 2 are called "b"'),
        ('[[layer]]\nname = "a"\nlike = "b"\n[[layer]]\nname = "b"\nlike = "a"', 's:4:8: "a" → "b" → "a": each'),
    ],
)  # fmt: skip
def test_one_slip_is_one_finding(text: str, finding: str) -> None:
    """Each rule finds its slip, at its place, and nothing else."""
    lines = found(text)
    assert len(lines) == 1
    assert lines[0].startswith(finding)


def test_a_ring_of_parents_is_named_as_a_chain() -> None:
    """A peg that is its own ancestor: the chain, once, at its first in the file; what only hangs on it is fine."""
    text = (
        f'[[peg]]\nname = "p"\nparent = "a"\n{A}parent = "q.hook"\n[[peg]]\nname = "q"\nparent = "p"\n{B}parent = "p"'
    )
    assert found(text) == ['s:4:10: "p" → "a" → "q" → "p": each hangs on the next; take one `parent` out']


def test_a_ring_made_by_like_is_found() -> None:
    """A parent that was inherited can close a ring too; it is told at the layer that inherits."""
    text = f'{A}parent = "b"\n[[layer]]\nname = "b"\nlike = "c"\n[[layer]]\nname = "c"\nasset = "z"\nparent = "a"'
    assert found(text) == ['s:4:10: "a" → "b" → "a": each hangs on the next; take one `parent` out']


def test_a_long_ring_is_shortened() -> None:
    """A ring of a hundred pegs is told in a line."""
    pegs = [Peg(name=f"p{n}", parent=f"p{(n + 1) % 100}") for n in range(100)]
    ((loc, message),) = rules.problems(Scene(peg=pegs))
    assert loc == ("peg", 0, "parent")
    assert message.startswith('"p0" → "p1" → "p2" → … → "p98" → "p99" → "p0": ')


def test_names_borne_twice_are_fine_until_referred_to() -> None:
    """Two layers of one asset share its name, and nobody minds."""
    assert found(f'{A}{A}[[peg]]\nname = "a"\n{B}') == []


def test_a_layer_may_hang_on_what_comes_later() -> None:
    """Order in the file does not matter for references; hooks and empty `behind` are no names."""
    assert found(f'{A}parent = "b.nose"\nbehind = ""\n{B}behind = "a"\n[[layer]]\nlike = "b"\n') == []


def test_what_jumps_may_hold_and_the_first_sheet_may_say_that_it_lies_flat() -> None:
    """ "hold" is what discrete channels do anyway, however it is spelled; 0 is the first sheet's gap anyway."""
    assert found(f'{A}keys.swap = [[0, "a"], [4, "b", "hold"], [8, "c", " HOLD"]]') == []
    assert found(f'[[sheet]]\nname = "a"\ngap = 0\n[[sheet]]\nname = "b"\ngap = 5\n{A}') == []


def test_a_parent_may_let_go() -> None:
    """An empty parent in a key is nobody, and nobody is not looked up; on pegs too."""
    assert found(f'{A}keys.parent = [[0, "b"], [4, ""], [8, "b.nose"]]\n{B}') == []
    assert found('[[peg]]\nname = "p"\nkeys.parent = [[0, ""]]') == []
    assert found(f'{A}parent = ""')[0].startswith('s:4:10: "" is no name')


def test_limits_of_number() -> None:
    """Ten thousand layers and two hundred thousand keys are allowed, one more is not; `like` counts its copies."""
    layer = Layer(name="a", asset="a")
    assert rules.problems(Scene(layer=(layer,) * 10_000)) == []
    ((loc, message),) = rules.problems(Scene(layer=(layer,) * 10_001))
    assert (loc, message) == (("layer", 10_000), "more than 10000 of [[layer]]: make do with fewer")
    long = Layer(name="a", asset="a", keys=LayerKeys(x=Track(keys=tuple(Key(at=n, value=n) for n in range(1000)))))
    likes = tuple(Layer(name=f"l{n}", like="a") for n in range(199))
    assert rules.problems(Scene(layer=(long, *likes))) == []
    ((loc, message),) = rules.problems(Scene(layer=(long, *likes, Layer(name="last", like="a"))))
    assert loc == ("layer", 200, "keys", "x")
    assert "more than 200000 keys" in message


def test_a_scene_built_in_python_is_held_to_the_same() -> None:
    """`findings` checks the rules without a text, and names the field instead of the line."""
    scene = Scene(layer=[Layer(asset="a", parent="b"), Layer(asset="c", keys={"x": {"file": "assets/a.tsv"}})])
    first, second = findings(scene, Source("scene"))
    assert str(first).startswith('scene: layer 1: parent: no peg or layer is called "b".')
    assert str(second).startswith("scene: layer 2: keys.x.file: a file says which drawing shows, for keys.swap alone")


def test_limits_of_moves_effects_and_copies() -> None:
    """64 moves of a piece, a thousand effects and twenty thousand pieces are allowed, one more of each is not."""
    moves = [{"do": "bob"}] * 64
    assert rules.problems(Scene(layer=[Layer(asset="a", move=moves)])) == []
    ((loc, message),) = rules.problems(Scene(layer=[Layer(asset="a", move=[*moves, {"do": "spin"}])]))
    assert (loc, message) == (("layer", 0, "move", 64), "more than 64 moves of one piece: make do with fewer")
    effects = (Effect(file="a.wav"),) * 1001
    assert rules.problems(Scene(effect=effects[1:])) == []
    assert [loc for loc, _ in rules.problems(Scene(effect=effects))] == [("effect", 1000)]
    many = Layer(asset="a", repeat={"grid": [100, 100]})
    assert rules.problems(Scene(layer=[many, many])) == []
    ((loc, message),) = rules.problems(Scene(layer=[many, Layer(asset="b"), many, many]))
    assert loc == ("layer", 2, "repeat")
    assert message.startswith("more than 20000 pieces up to here")
    busy = Layer(asset="a", move=[{"do": "bob"}] * 20, repeat={"count": 10_000})
    assert rules.problems(Scene(layer=[busy])) == []
    ((loc, message),) = rules.problems(Scene(layer=[busy, Layer(asset="a", move=[{"do": "bob"}])]))
    assert (loc, message.split(",")[0]) == (("layer", 1, "move"), "more than 200000 moves up to here")


def test_what_is_inherited_is_held_to_the_rules_too() -> None:
    """A group that is like a repeated layer is repeated; one with an asset of its own has lost clock and parts."""
    text = f'{A}repeat.count = 3\n[[layer]]\nname = "g"\nlike = "a"\ngroup = true\n'
    assert found(text) == ["s:5:3: a group can't be repeated: put it in a scene of its own and repeat that"]
    assert found(f'{N}time.start = 3\npart.arm.turn = 3\n[[layer]]\nlike = "n"\nasset = "a"') == []


def test_references_into_nested_scenes_and_to_points_are_left_to_those_who_know_them() -> None:
    """The head of "n/hand.wrist" is looked up here, a point or a layer deep inside is not."""
    move = 'move = [{ do = "reach", to = [1, "50%"] }, { do = "reach", to = "n/hand" }]'
    assert found(f'{N}{A}parent = "n/arm/hand.wrist"\n{move}') == []
    assert found(f'{A}move = [{{ do = "motions.wobble", layer = "nobody" }}]') == []


def test_paths_are_not_drawn_without_end() -> None:
    """The letters of all different paths together have a bound; the same path again costs nothing."""
    path = "M0 0" + "L1.0001 1" * 1000
    layer = '[[layer]]\ncard = "red"\nsize = [1, 1]\nmove = [{{ do = "path", d = "{}" }}]\n'
    same = "format = 1\n" + layer.format(path) * 30
    assert parse(same)
    with pytest.raises(SceneError, match="letters of paths"):
        parse("format = 1\n" + "".join(layer.format(f"{path}L{index} 0") for index in range(30)))
