"""Moments: the keys and cues that one steps through, and where shots begin."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Project

import collage
from collage.exposure.keyed import MOST
from collage.player.moments import Moments, Opening, Stop, keys
from collage.scene.reader import parse

CARD = '[[layer]]\ncard = "red"\nsize = [9, 9]\n'


def scene(rest: str, head: str = "length = 96\non = 1\n") -> str:
    return f"format = 1\n[scene]\n{head}{rest}"


def moments(path: Path) -> Moments:
    with collage.open(path) as stand:
        return Moments.of(stand)


def test_keys_and_cues_of_a_scene_ascend_and_say_what_they_are(project: Project) -> None:
    """Each frame once: its cues, then each thing that has a key there, once however many of its channels do."""
    text = scene(
        '[cues]\nsplash = "1s"\nlast = "end-6"\n[camera]\nkeys.zoom = [[0, 1], [24, 2]]\n'
        '[lamp]\nkeys.turn = [[60, 9]]\n[[peg]]\nname = "hand"\nkeys.x = [[24, 5]]\n'
        f'{CARD}name = "boat"\nkeys.x = [[12, 0], [24, 9]]\nkeys.turn = [[24, 9]]\nkeys.hidden = [[90, true]]\n'
    )
    found = moments(project(text))
    assert found.shots == (Opening(0, "test"),)
    assert found.stops == (
        Stop(0, (), ("camera",)),
        Stop(12, (), ("boat",)),
        Stop(24, ("splash",), ("boat", "hand", "camera")),
        Stop(60, (), ("lamp",)),
        Stop(90, ("last",), ("boat",)),
    )


@pytest.mark.parametrize(
    ("stop", "words"),
    [
        (Stop(3, ("a",)), "cue a"),
        (Stop(3, (), ("boat",)), "key of boat"),
        (Stop(3, ("a", "b"), ("boat", "wing")), "cue a, cue b, keys of boat, wing"),
        (Stop(3, (), ("a", "b", "c", "d", "e")), "keys of a, b, c and 2 more"),
    ],
)
def test_a_stop_in_words(stop: Stop, words: str) -> None:
    """Cues by name, then at most three of what has keys."""
    assert stop.words == words


def test_moments_count_from_the_layer(project: Project) -> None:
    """A key at "in+8" is eight frames after the layer's in, and what `like` gives is keyed too."""
    text = scene(f'{CARD}name = "a"\nin = 10\nkeys.x = [["in+8", 0]]\n[[layer]]\nname = "b"\nlike = "a"\nin = 30\n')
    assert [(stop.frame, stop.keys) for stop in moments(project(text)).stops] == [(18, ("a",)), (38, ("b",))]


def test_keys_outside_are_not_gone_to(project: Project) -> None:
    """Those before the first frame and after the last aren't there."""
    text = scene(f'[cues]\nlate = 400\n{CARD}keys.x = [["-4", 0], [95, 1], [96, 2]]\n')
    assert [stop.frame for stop in moments(project(text)).stops] == [95]


def test_a_loop_comes_again_until_the_layer_is_gone(project: Project) -> None:
    """Keys of a loop of 2.5 frames from frame 10 on are met each round, in the first frame that has reached them."""
    looped = f'{CARD}in = 10\nout = 18\nkeys.x = {{ keys = [[0, 0], [1, 5], [4, 9]], loop = "0.125s" }}\n'
    text = scene(looped, "rate = 20\nlength = 96\non = 1\n")
    assert [stop.frame for stop in moments(project(text)).stops] == [10, 11, 13, 14, 15, 16]


def test_a_loop_without_end_has_an_end() -> None:
    """However long a scene and short a loop, what is listed is bounded."""
    looped = scene(f"{CARD}keys.x = {{ keys = [[0, 0]], loop = 1 }}\n", "length = 9000000\n")
    assert len(list(keys(parse(looped)))) == MOST


FILM = """format = 1
[cues]
splash = "1s"
[[shot]]
scene = "scenes/one.toml"
in = 10
out = 40
[[shot]]
scene = "scenes/one.toml"
out = 30
join = { how = "dissolve", length = 6 }
[[shot]]
scene = "scenes/two.toml"
"""


@pytest.fixture
def film(project: Project) -> Path:
    """Two shots of one scene with keys at 5, 20 and 35, and one of another with a key at 0."""
    home = project("").parent
    (home / "one.toml").write_text(scene(f'{CARD}name = "boat"\nkeys.x = [[5, 0], [20, 1], [35, 2]]\n'))
    (home / "two.toml").write_text(scene(f'[cues]\nown = 7\n{CARD}name = "cup"\nkeys.x = [[0, 1]]\n'))
    path = home / "trip.film.toml"
    path.write_text(FILM)
    return path


def test_a_film_has_the_keys_of_its_shots_where_they_are_seen(film: Path) -> None:
    """In the film's frames: what lies outside a shot's in and out is not there; cues are the film's own."""
    found = moments(film)
    assert found.shots == (Opening(0, "one"), Opening(30, "one"), Opening(54, "two"))
    boat = ("boat",)
    assert found.stops == (
        Stop(10, (), boat), Stop(24, ("splash",)), Stop(25, (), boat), Stop(35, (), boat), Stop(50, (), boat),
        Stop(54, (), ("cup",)),
    )  # fmt: skip


def test_a_film_whose_scene_is_half_saved_has_its_keys(film: Path) -> None:
    """They are of what is seen, not of a text that can't be read at the moment."""
    with collage.open(film) as stand:
        film.with_name("one.toml").write_text("format = ")
        assert [stop.frame for stop in Moments.of(stand).stops] == [10, 24, 25, 35, 50, 54]
