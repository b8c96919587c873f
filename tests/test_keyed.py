"""The frames at which a layer has keys."""

from __future__ import annotations

from collage.exposure.keyed import MOST, key_frames
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\non = 1\n[cues]\nsplash = 30\n"
CARD = '[[layer]]\nname = "one"\ncard = "#fff"\nsize = [9, 9]\n'


def frames(rest: str, layer: int = 0) -> list[int]:
    return sorted(key_frames(parse(HEAD + CARD + rest), layer))


def test_keys_of_all_channels_count_each_frame_once() -> None:
    """Whatever words say when: frames, seconds, cues, the layer's own in and out."""
    rest = 'in = 4\nkeys.x = [["in", 0], ["1s", 9], ["splash+2", 3]]\nkeys.turn = [[24, 0], ["out", 90]]\n'
    assert frames(rest) == [4, 24, 32, 48]


def test_keys_that_go_round_count_in_each_round() -> None:
    """From the layer's in to its out."""
    assert frames("in = 6\nout = 30\nkeys.x = { keys = [[0, 0], [4, 9]], loop = 10 }\n") == [6, 10, 16, 20, 26]


def test_a_layer_has_the_keys_of_the_one_it_is_like() -> None:
    """With its own laid over them, channel by channel."""
    rest = 'keys.x = [[3, 0], [7, 9]]\nkeys.y = [[11, 0]]\n[[layer]]\nname = "two"\nlike = "one"\nkeys.x = [[20, 0]]\n'
    assert frames(rest, 1) == [11, 20]


def test_without_keys_there_are_none() -> None:
    """Moves are no keys."""
    assert frames('move = [{ do = "bob" }]\n') == []


def test_no_loop_is_followed_for_ever() -> None:
    """A key every frame of a scene of days is counted so far and no farther."""
    text = (HEAD + CARD).replace("length = 48", "length = 9000000")
    assert len(key_frames(parse(text + "keys.x = { keys = [[0, 0]], loop = 1 }\n"), 0)) == MOST
