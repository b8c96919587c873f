"""`like`: fields one by one, keys channel by channel, names never."""

from __future__ import annotations

import pytest

from collage.errors import CollageError
from collage.scene.likeness import own_name, unlike
from collage.scene.model import Layer, Scene
from collage.scene.reader import parse


def expanded(text: str) -> tuple[Layer, ...]:
    """The layers of a text with every `like` resolved."""
    return unlike(parse(f"format = 1\n{text}")).layer


BASE = """[[layer]]
name = "base"
asset = "props/rocket"
at = [10, 20]
opacity = 0.5
in = "1s"
keys.x = [[0, 1], [9, 2]]
keys.turn = [[0, 3]]
"""


def test_what_stands_overrides_and_the_rest_is_kept() -> None:
    """A field at its default overrides too, since it was written."""
    layer = expanded(BASE + '[[layer]]\nlike = "base"\nat = [5, 5]\nopacity = 1\n')[1]
    assert (layer.asset, layer.at, layer.opacity, layer.in_) == ("props/rocket", (5, 5), 1, "1s")


def test_keys_merge_channel_by_channel() -> None:
    """A channel of its own replaces that channel whole and leaves the others."""
    keys = expanded(BASE + '[[layer]]\nlike = "base"\nkeys.x = [[0, 7]]\nkeys.y = [[0, 8]]\n')[1].keys
    assert keys.x is not None
    assert [key.value for key in keys.x.keys] == [7]
    assert keys.y is not None
    assert keys.turn is not None


def test_type_merges_entry_by_entry() -> None:
    """One entry of `type` changes, the others stay."""
    base = '[[layer]]\nname = "a"\ntext = "x"\ntype = { size = 9, colour = "red" }\n'
    layer = expanded(base + '[[layer]]\nlike = "a"\ntype.size = 72\n')[1]
    assert (layer.type.size, layer.type.colour) == (72, "red")


SCENE = """[[layer]]
name = "base"
scene = "scenes/bones.toml"
time = { start = "1s", speed = 2 }
part.arm = { turn = 3, keys.x = [[0, 1]] }
part.leg.turn = 4
expr = { x = "v + 1", y = "v + 2", scale_x = "v" }
move = [{ do = "bob" }, { do = "spin" }]
repeat = { count = 4, delay = 3 }
"""


def test_what_acts_over_time_merges_or_is_replaced() -> None:
    """Formulas, clock and parts one by one, rivals among them; moves and copies as a whole."""
    own = 'expr = { y = "v", scale = "v + 4" }\ntime.start = 0\npart.arm.turn = 9\npart.hand.hidden = true\n'
    plain, layer = expanded(f'{SCENE}[[layer]]\nlike = "base"\n{own}move = [{{ do = "drop" }}]\nrepeat.count = 9\n')
    assert (layer.expr.x, layer.expr.y, layer.expr.scale, layer.expr.scale_x) == ("v + 1", "v", "v + 4", None)
    assert (layer.time.start, layer.time.speed) == (0, 2)
    assert {name: (part.turn, part.hidden) for name, part in layer.part.items()} == {
        "arm": (9, False), "leg": (4, False), "hand": (0, True),
    }  # fmt: skip
    assert layer.part["arm"].keys == plain.part["arm"].keys
    assert [move.do for move in layer.move] == ["drop"]
    assert layer.repeat is not None
    assert (layer.repeat.count, layer.repeat.delay) == (9, 0)


def test_another_content_takes_the_clock_and_the_parts_along() -> None:
    """A cut-out that is like a nested scene keeps its moves, but has no inner clock and no parts."""
    layer = expanded(f'{SCENE}[[layer]]\nlike = "base"\nasset = "a"\n')[1]
    assert (layer.scene, layer.asset, layer.part) == (None, "a", {})
    assert layer.time == Layer().time
    assert len(layer.move) == 2
    other = expanded(f'{SCENE}[[layer]]\nlike = "base"\nscene = "scenes/b.toml"\n')[1]
    assert (other.scene, other.time.start, set(other.part)) == ("scenes/b.toml", "1s", {"arm", "leg"})


def test_rivals_replace_each_other() -> None:
    """A text takes the place of the asset; keys.at that of keys.x, and the other way round."""
    text, at = expanded(
        BASE + '[[layer]]\nname = "t"\nlike = "base"\ntext = "hi"\nkeys.at = [[0, [1, 2]]]\n'
        '[[layer]]\nlike = "t"\nkeys.y = [[0, 4]]\n'
    )[1:]
    assert (text.text, text.asset, text.keys.x) == ("hi", None, None)
    assert text.keys.at is not None
    assert (at.keys.at, at.text) == (None, "hi")
    assert at.keys.y is not None


def test_names_are_final_afterwards() -> None:
    """Default names are written in; a layer that got its asset by `like` bears no name, so it takes none away."""
    layers = expanded('[[layer]]\nasset = "props/rocket"\n[[layer]]\nlike = "rocket"\n[[layer]]\ntext = "x"\n')
    assert [layer.name for layer in layers] == ["rocket", None, None]
    assert [layer.like for layer in layers] == [None, None, None]
    assert layers[1].asset == "props/rocket"


def test_own_name_is_the_last_part_of_the_own_asset() -> None:
    """A name that is written comes first; a card has none."""
    assert own_name(Layer(asset="a/b/c")) == "c"
    assert own_name(Layer(asset="a/b/c", name="d")) == "d"
    assert own_name(Layer(card="red", size=(1, 1))) is None


def test_own_name_of_a_nested_scene_is_the_last_part_of_its_path() -> None:
    """As of an asset; one that is inherited by `like` gives no name."""
    assert own_name(Layer(scene="scenes/sets/bath.toml")) == "bath"
    assert own_name(Layer(scene="scenes/bath.toml", name="tub")) == "tub"
    layers = expanded('[[layer]]\nscene = "scenes/bath.toml"\n[[layer]]\nlike = "bath"\ntime.speed = 2\n')
    assert [layer.name for layer in layers] == ["bath", None]
    assert layers[1].scene == "scenes/bath.toml"


def test_a_chain_of_likes_in_any_order() -> None:
    """A thousand layers, each like the next further down, come out right and without recursion."""
    count = 3000
    layers = [Layer(name=f"l{n}", like=f"l{n + 1}", turn=n) if n % 2 else Layer(name=f"l{n}", like=f"l{n + 1}")
              for n in range(count)]  # fmt: skip
    scene = unlike(Scene(layer=[*layers, Layer(name=f"l{count}", asset="a", turn=-1, order=4)]))
    assert {layer.order for layer in scene.layer} == {4}
    assert scene.layer[0].turn == 1
    assert scene.layer[count - 2].turn == count - 1


def test_a_scene_without_like_stays_as_it_is() -> None:
    """Where there is nothing to expand and every layer has a name, the very same scene comes back."""
    scene = Scene(layer=[Layer(name="a", asset="b")])
    assert unlike(scene) is scene


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([Layer(like="rocket")], "no layer is called that"),
        ([Layer(asset="a/rocket"), Layer(asset="b/rocket"), Layer(like="rocket")], "2 layers are called that"),
        ([Layer(name="a", like="b"), Layer(name="b", like="a")], "leads back to itself"),
        ([Layer(asset="rocket"), Layer(like="rockett")], 'Did you mean "rocket"'),
    ],
)
def test_what_can_not_be_expanded_is_an_error(layers: list[Layer], words: str) -> None:
    """A scene built in Python meets the same limits, as a CollageError."""
    with pytest.raises(CollageError, match=words):
        unlike(Scene(layer=layers))
