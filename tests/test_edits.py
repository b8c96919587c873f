"""Scenes changed in their text: what is moved, what stays to the letter, and what is refused."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.errors import CollageError, SceneError
from collage.scene import edits
from collage.scene.edits import Who, load, write_over
from collage.scene.likeness import own_name
from collage.scene.model import Layer
from collage.scene.nudges import Nudge
from collage.scene.reader import parse

SCENE = """format = 1   # the first line

[[sheet]]
name = "table"

[[layer]]
name  = "sky"       # far away
asset = "skies/dusk"
at    = [ 960, 330 ]   # in the middle
keys.y    = [[0, -620], [16, 330, "out-back"]]
# how it sways
keys.turn = { keys = [[0, -6], [16, 1.5]], loop = 16 }

[[layer]]
asset = "props/moon"
in    = 0

[[layer]]
name = "half"
asset = "skies/half"
scale = [1,2]
[layer.keys]
at = [
    ["1s", ["50%", 10]],  # begins
    ["2s", [300, "25%"], "in"],
]
scale_x = [[0, 0], [10, 1.5]]

[[layer]]
card='red'
size=[10, 10]
parent="sky"
"""


def nudged(text: str, index: int, nudge: Nudge) -> str:
    """The text with a layer moved."""
    names = [own_name(layer) for layer in parse(text).layer]
    return edits.nudged(text, Who(index, names[index]), nudge).text


def with_layer(text: str, layer: Layer) -> str:
    """The text with one more layer."""
    return edits.with_layer(text, layer).text


def lines(before: str, after: str) -> dict[int, str]:
    """The lines, from 1, that are not as they were, for texts of as many lines."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    return {number: new for number, (old, new) in enumerate(pairs, 1) if old != new}


def test_only_the_value_that_moves_is_another() -> None:
    """A static x moves to its new place; blanks, comments and everything else stay."""
    after = nudged(SCENE, 0, Nudge((-40.04, 0)))
    assert lines(SCENE, after) == {9: "at    = [ 920, 330 ]   # in the middle"}


def test_all_keys_of_a_channel_are_shifted_alike() -> None:
    """y is keyed, so its keys move and the static y, which they replace, does not; turns in a loop likewise."""
    after = nudged(SCENE, 0, Nudge((0, 12.5), turn=4))
    assert lines(SCENE, after) == {
        10: 'keys.y    = [[0, -607.5], [16, 342.5, "out-back"]]',
        12: "keys.turn = { keys = [[0, -2], [16, 5.5]], loop = 16 }",
    }


def test_what_is_not_written_is_put_in_as_the_others_are() -> None:
    """A layer that rests in the middle gets lines of its own, right under what it is."""
    after = nudged(SCENE, 1, Nudge((10, -40), turn=-3, scale=1.5))
    assert 'asset = "props/moon"\nat = [970, 500]\nturn = -3\nscale = 1.5\nin    = 0\n\n[[layer]]' in after
    assert after.replace("at = [970, 500]\nturn = -3\nscale = 1.5\n", "") == SCENE


def test_what_is_put_in_lines_up_with_what_is_lined_up() -> None:
    """Where the equals signs of a layer stand in a column, so do those of new lines."""
    assert "330 ]   # in the middle\nscale = 2\n" in nudged(SCENE, 0, Nudge(scale=2))
    text = SCENE.replace("at    = [ 960, 330 ]   # in the middle\n", "")
    assert 'asset = "skies/dusk"\nat    = [961, 540]\n' in nudged(text, 0, Nudge((1, 0)))


def test_a_child_that_says_nothing_lies_on_its_parents_origin() -> None:
    """Under a parent the place counts from [0, 0]; blanks around the equals sign are left out where others do so."""
    assert 'parent="sky"\nat=[3, -4]\n' in nudged(SCENE, 3, Nudge((3, -4)))


def test_pairs_and_percentages_of_keys_move_in_pixels() -> None:
    """Of keys.at only the coordinate that moves is written anew, percentages as the pixels they were of."""
    after = nudged(SCENE, 2, Nudge((10, 0), scale=2))
    assert lines(SCENE, after) == {
        21: "scale = [2,4]",
        24: '    ["1s", [970, 10]],  # begins',
        25: '    ["2s", [310, "25%"], "in"],',
        27: "scale_x = [[0, 0], [10, 3]]",
    }


LIKE = SCENE + '[[layer]]\nname = "twin"\nlike = "sky"\nscale = 2\n'


def test_what_is_lent_by_like_is_refused_where_it_cannot_be_said_here() -> None:
    """Keys of the other layer belong to that one: the message names it, with the line."""
    with pytest.raises(SceneError, match=r'scene:35:8: "twin" has its keys.turn from "sky"'):
        nudged(LIKE, 4, Nudge(turn=5))


def test_a_layer_that_is_like_another_gets_a_place_of_its_own() -> None:
    """A static place that another lends is overridden here, and that one stays where it is."""
    after = nudged(LIKE, 4, Nudge((-60, 0), scale=0.5))
    assert after == LIKE.replace('like = "sky"\nscale = 2', 'like = "sky"\nat = [900, 330]\nscale = 1')


def test_whoever_is_like_a_layer_must_not_move_along() -> None:
    """Moving a layer that lends its place to another is refused, and says who would go with it."""
    with pytest.raises(SceneError, match='"twin" is like "sky", and would move with it'):
        nudged(LIKE, 0, Nudge((5, 0)))
    assert nudged(LIKE, 0, Nudge(scale=2)).count("\nscale = 2\n") == 2


def test_repeats_and_formulas_of_their_own_are_refused() -> None:
    """Copies lie where repeat says; a formula without v takes no notice of a place, one with v does."""
    repeated = 'format = 1\n[[layer]]\nasset = "a"\nrepeat = { count = 3 }\n'
    with pytest.raises(SceneError, match=r'scene:4:\d+: "a" is repeated'):
        nudged(repeated, 0, Nudge((1, 0)))
    formula = 'format = 1\n[[layer]]\nasset = "a"\nexpr.x = "50*t"\n'
    with pytest.raises(SceneError, match=r"scene:4:\d+: .*expr\.x"):
        nudged(formula, 0, Nudge((1, 0)))
    assert "at = [960, 541]" in nudged(formula, 0, Nudge((0, 1)))
    assert "at = [961, 540]" in nudged(formula.replace("50*t", "v + 50*t"), 0, Nudge((1, 0)))


def test_who_is_handed_on_without_a_place_is_refused() -> None:
    """Now in the canvas's middle, now on a parent: its `at` has to be written first."""
    text = 'format = 1\n[[peg]]\nname = "p"\n[[layer]]\nasset = "a"\nkeys.parent = [[0, ""], [9, "p"]]\n'
    with pytest.raises(SceneError, match="write its at first"):
        nudged(text, 0, Nudge((1, 0)))


def test_layers_in_one_line_are_refused_where_a_line_is_missing() -> None:
    """A value that stands there is changed; a new key has no place, which is said."""
    text = 'format = 1\nlayer = [{ asset = "a", at = [1, 2] }]\n'
    assert nudged(text, 0, Nudge((1, 0))) == text.replace("[1, 2]", "[2, 2]")
    with pytest.raises(CollageError, match="can't be edited here"):
        nudged(text, 0, Nudge(turn=3))
    with pytest.raises(CollageError, match="can't be edited here"):
        with_layer(text, Layer(asset="b"))


def test_line_ends_and_byte_order_mark_stay() -> None:
    """A file from another system keeps its own line ends, also in lines that are put in."""
    windows = "\ufeff" + SCENE.replace("\n", "\r\n")
    for change in (Nudge((0, 12.5)), Nudge(turn=1, scale=2)):
        assert nudged(windows, 1, change) == "\ufeff" + nudged(SCENE, 1, change).replace("\n", "\r\n")
    mixed = SCENE.replace("\n", "\r\n", 9)
    assert nudged(mixed, 0, Nudge((1, 2))).count("\r\n") == 9


def test_nothing_changes_by_nothing() -> None:
    """Less than a twentieth of a pixel is no move: the text is the same."""
    assert nudged(SCENE, 0, Nudge((0.04, -0.04), turn=0.01, scale=1.0001)) == SCENE


def test_a_layer_is_added_at_the_end() -> None:
    """All that was there stays to the letter, also where the last line has no end."""
    added = Layer(name="card-2", asset="props/card", at=(10, 20.5), turn=-4, scale=0.5)
    for text in (SCENE, SCENE.rstrip("\n")):
        after = with_layer(text, added)
        assert after.startswith(SCENE)
        assert parse(after).layer[-1] == added
    with pytest.raises(SceneError, match='2 are called "sky"'):
        with_layer(SCENE, Layer(asset="other/sky"))


def test_a_layer_is_found_again_by_its_name() -> None:
    """Its number is another once a layer was written above it; gone, or there twice, it is said to be gone."""
    more = SCENE.replace("[[layer]]", '[[layer]]\nasset = "new"\n\n[[layer]]', 1)
    moved = edits.nudged(more, Who(1, "moon"), Nudge((0, 1)))
    assert moved.scene.layer[2].at == (960, 541)
    assert moved.text.replace("at = [960, 541]\n", "") == more
    with pytest.raises(CollageError, match='"sun" is not there any more'):
        edits.nudged(more, Who(1, "sun"), Nudge((0, 1)))


def test_a_file_saved_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """Only the text that was read is replaced; somebody else's save stays."""
    path = tmp_path / "a.toml"
    path.write_bytes(SCENE.replace("\n", "\r\n").encode())
    before = load(path)
    after = nudged(before, 0, Nudge((1, 0)))
    write_over(path, before, after)
    assert path.read_bytes() == after.encode()
    with pytest.raises(CollageError, match="saved by another program meanwhile"):
        write_over(path, before, after)
    assert path.read_bytes() == after.encode()


@given(
    by=st.tuples(st.integers(-5000, 5000), st.integers(-5000, 5000)),
    turn=st.integers(-720, 720),
    index=st.integers(0, 3),
)
def test_there_and_back_is_the_same_place(by: tuple[int, int], turn: int, index: int) -> None:
    """What is moved and moved back means what it meant, to the number, whatever was put in on the way."""
    there = nudged(SCENE, index, Nudge((by[0] / 10, by[1] / 10), turn / 10))
    back = nudged(there, index, Nudge((-by[0] / 10, -by[1] / 10), -turn / 10))
    rests = {"at": [0, 0] if index == 3 else [960, 540], "turn": 0}
    for old, new in zip(tomllib.loads(SCENE)["layer"], tomllib.loads(back)["layer"], strict=True):
        put_in = new.keys() - old.keys()
        assert {key: new[key] for key in put_in} == {key: rests[key] for key in put_in}
        assert in_pixels({key: new[key] for key in old}) == in_pixels(old)


def in_pixels(layer: dict[str, Any]) -> dict[str, Any]:
    """A layer whose percentages are pixels."""
    return json.loads(json.dumps(layer).replace('"50%"', "960").replace('"25%"', "270"))
