"""The public door: `collage.open` gives pictures as documented, whoever asks and in whatever order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import goldens
import numpy as np
import pytest
from conftest import Project
from dark import DARK
from letters import letters, picture

import collage
from collage import CollageError, Layer, Scene, Sheet

TINY = "format = 1\n[scene]\nsize = [4, 2]\nlength = 6\n"


def test_a_picture_is_straight_rgba_of_the_scenes_size(project: Project) -> None:
    """(height, width, 4) uint8; on clear paper the colour is not darkened by alpha."""
    file = project(
        f'{TINY}paper = "none"\n{DARK}[[layer]]\nasset = "dot"\nat = [1, 1]\nopacity = 0.5\n',
        {"dot": picture("RR", "GG")},
    )
    with collage.open(file) as stand:
        got = stand.picture(0)
        assert got.shape == (2, 4, 4)
        assert got.dtype == np.uint8
        assert got[0].tolist() == [[255, 0, 0, 128]] * 2 + [[0, 0, 0, 0]] * 2
        assert letters(stand.comp(0)) == ["rr..", "gg.."]
        assert not stand.opaque


def test_a_scene_built_in_python_is_the_scene_from_text(project: Project) -> None:
    """The same fields, the same pictures."""
    file = project(
        f'{TINY}[[sheet]]\nname = "low"\n[[layer]]\nasset = "dot"\nat = [1, 1]\nkeys.x = [[0, 1], [4, 3, "linear"]]\n',
        {"dot": picture("RR", "GG")},
    )
    built = Scene(
        scene={"size": [4, 2], "length": 6},
        sheet=[Sheet(name="low")],
        layer=[Layer(asset="dot", at=(1, 1), keys={"x": [[0, 1], [4, 3, "linear"]]})],
    )
    with collage.open(file) as read, collage.open(built, root=file.parent.parent) as made:
        assert made.length == read.length == 6
        assert all(np.array_equal(made.picture(frame), read.picture(frame)) for frame in range(6))


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (Layer(card="red", size=(2, 2), parent="nope"), 'layer 1: parent: no peg or layer is called "nope"'),
        (Layer(card="red", size=(2, 2), matte={"layer": "a"}), "matte"),
        (Layer(asset="props/none"), 'no asset "props/none"'),
    ],
)
def test_a_scene_built_in_python_is_checked_too(layer: Layer, message: str) -> None:
    """The same rules, and the same words where there is no line to name."""
    with pytest.raises(CollageError, match=message):
        collage.open(Scene(layer=[layer]), root=goldens.FOLDER)


def test_frames_outside_the_scene_are_refused() -> None:
    """Frames are 0 to length - 1; asking for another says so."""
    with collage.open(Scene(layer=[Layer(card="red", size=(2, 2))])) as stand:
        with pytest.raises(IndexError, match="frames 0 to 95, not 96"):
            stand.picture(96)
        with pytest.raises(IndexError):
            stand.picture(-1)


def test_a_held_pose_is_not_drawn_again() -> None:
    """On twos the second frame of an exposure is the first's own array; the next pose, or another scale, is not."""
    with collage.open(goldens.FOLDER / "place" / "sub-pixel.toml", root=goldens.FOLDER) as still:
        assert still.comp(5) is still.comp(31)
        assert still.comp(5, 0.5).shape == (60, 100, 4)
    moving = Scene(scene={"size": (40, 20)}, layer=[Layer(card="red", size=(9, 9), keys={"x": [[0, 0], [40, 40]]})])
    with collage.open(moving) as stand:
        first = stand.comp(10)
        assert stand.comp(11) is first
        assert not np.array_equal(stand.comp(12), first)
        assert np.array_equal(stand.comp(10), first)
        assert not first.flags.writeable


def test_many_may_ask_at_once_and_again_after_closing() -> None:
    """A stand is shared by threads; closed, it starts over when asked."""
    scene = goldens.FOLDER / "time" / "overshoot.toml"
    stand = collage.open(scene, root=goldens.FOLDER, threads=2)
    expected = [stand.picture(frame) for frame in range(12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(stand.picture, range(12)))
    stand.close()
    assert all(np.array_equal(a, b) for a, b in zip(expected, together, strict=True))
    assert np.array_equal(stand.picture(3), expected[3])
    stand.close()


def test_scale_gives_a_smaller_picture() -> None:
    """Sides times the scale, rounded half up."""
    with collage.open(Scene(scene={"size": (101, 50)}, layer=[Layer(card="red", size=(9, 9))])) as stand:
        assert stand.picture(0, 0.5).shape == (25, 51, 4)


@pytest.mark.parametrize("scale", [0, -3, float("nan"), float("inf"), 1e5])
def test_a_scale_that_no_picture_can_have_is_refused(scale: float) -> None:
    """Nothing, less than nothing, no number, or more than memory holds."""
    with (
        collage.open(Scene(layer=[Layer(card="red", size=(2, 2))])) as stand,
        pytest.raises(ValueError, match=r"scale|large"),
    ):
        stand.picture(0, scale)


def test_only_drawings_that_keys_ask_for_are_read() -> None:
    """Of a turntable's stills a scene reads those it can show: the first, or those of its swap keys."""
    both = Scene(layer=[Layer(asset="mouth", keys={"swap": [[0, "open"], [4, "none"], [8, "shut"]]})])
    assert [d.name for d in collage.open(both, root=goldens.FOLDER).drawings] == ["open", "shut"]
    first = Scene(layer=[Layer(asset="mouth")])
    assert [d.name for d in collage.open(first, root=goldens.FOLDER).drawings] == ["shut"]


def test_only_what_is_shown_is_decoded(project: Project) -> None:
    """A torn picture that no layer shows does not matter; one that a layer shows is an error, not a hole."""
    text = f'{TINY}[[layer]]\nasset = "dot"\n'
    file = project(text, {"dot": picture("RR", "GG")})
    (file.parent.parent / "assets" / "torn.png").write_bytes(b"\x89PNG\r\n\x1a\n torn")
    with collage.open(file) as stand:
        stand.load()
        assert [drawing.name for drawing in stand.drawings] == ["dot"]
    file.write_text(text.replace("dot", "torn"), encoding="utf-8")
    with pytest.raises(CollageError, match=r"torn\.png"):
        collage.open(file)
