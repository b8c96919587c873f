"""Hinged puppets: parts that carry parts, arms that reach."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import goldens
import pytest
from arms import BALL, BONE, HEAD, arm, bent, cels, degrees, root, sign, size, spot, turned
from hypothesis import given
from hypothesis import strategies as st

import collage
from collage.errors import SceneError
from collage.geometry import Affine
from collage.scene.reader import parse


@given(
    st.tuples(size, sign, size, sign, degrees), st.tuples(size, sign, sign, degrees),
    st.tuples(size, sign, size, sign, degrees), st.tuples(st.floats(0.001, 0.999), degrees),
    st.sampled_from(["drawn", "clockwise", "anticlockwise"]), st.integers(0, 95),
)  # fmt: skip
def test_the_tip_lies_on_the_target(
    body: tuple[float, ...], up: tuple[float, ...], low: tuple[float, ...], aim: tuple[float, float],
    bend: str, frame: int,
) -> None:  # fmt: skip
    """To a millionth of a pixel, for arms of any size, mirrored, under a body that is stretched, flipped and turns."""
    width, flip, height, tip_over, tilt = body
    root_scale = f"scale = [{width * flip!r}, {height * tip_over!r}]\nturn = {tilt!r}\n"
    spin = 'keys.turn = [[0, 0], [90, 270, "linear"]]\n'
    carrier = (
        Affine.shift(300, 200) @ Affine.turning(3 * min(frame, 90))
        @ Affine.shift(40, 30) @ Affine.turning(tilt) @ Affine.scaling(width * flip, height * tip_over)
    )  # fmt: skip
    first = BONE * up[0]
    second = first * low[0]
    way = abs(first - second) + aim[0] * (first + second - abs(first - second))
    x, y = carrier.at((7 + way * math.cos(aim[1]), -5 + way * math.sin(aim[1])))
    got = cels(
        f'[[peg]]\nname = "trunk"\nat = [300, 200]\n{spin}' + root(40, 30, 'parent = "trunk"\n' + root_scale)
        + arm(
            f"[{x!r}, {y!r}]",
            f"at = [7, -5]\nturn = {up[3]!r}\nscale = [{up[0] * up[1]!r}, {up[0] * up[2]!r}]\n",
            f"turn = {low[4]!r}\nscale = [{low[0] * low[1]!r}, {low[2] * low[3]!r}]\n",
            f', bend = "{bend}"',
        ),
        frame,
    )  # fmt: skip
    assert math.dist(spot(got["hand"]), (x, y)) < 1e-6
    assert math.dist(spot(got["lower"], 4, 20), spot(got["upper"], 57, 20)) < 1e-9 * 1000


def test_what_can_be_reached_for() -> None:
    """A layer's pivot, a layer's hook, a point in pixels or percent."""
    for frame in (0, 40):
        for to, wanted in (('"ball"', (4, 20)), ('"ball.hole"', (16, 20))):
            got = cels(BALL + root() + arm(to), frame)
            assert math.dist(spot(got["hand"]), spot(got["ball"], *wanted)) < 1e-6
        got = cels(root() + arm('["55%", 320]'), frame)
        assert math.dist(spot(got["hand"]), (440, 320)) < 1e-6


def test_a_layer_inside_a_nested_scene_can_be_reached_for(tmp_path: Path) -> None:
    """The tip lies where the inner layer is seen, as the nested scene is moved and as it moves in there."""
    (tmp_path / "scenes").mkdir()
    shutil.copytree(goldens.FOLDER / "assets", tmp_path / "assets")
    inner = '[[layer]]\nname = "dot"\nasset = "disc"\nkeys.at = [[0, [10, 20]], [90, [60, 30], "linear"]]\n'
    (tmp_path / "scenes/inner.toml").write_text("format = 1\n[scene]\nsize = [100, 80]\nlength = 96\non = 1\n" + inner)
    box = '[[layer]]\nname = "box"\nscene = "scenes/inner.toml"\nat = [450, 340]\nscale = 0.5\n'
    box += 'keys.turn = [[0, 0], [90, 90, "linear"]]\n'
    for frame in (0, 30, 72):
        shown = collage.open(parse(HEAD + box + root() + arm('"box/dot"')), root=tmp_path).cels(frame)
        (pane, *_, hand) = shown
        inside = pane.content.cels[-1].matrix.at((24, 24))  # type: ignore[union-attr]
        assert math.dist(spot(hand), pane.matrix.at(inside)) < 1e-6


def test_beyond_reach_it_points_and_a_limit_lets_it_stretch() -> None:
    """Further than both bones the arm is straight and points there; with stretch it grows that far and no further;
    the hand keeps its size."""
    for stretch, length in ((1, 2 * BONE), (1.2, 2.4 * BONE), (2, 150)):
        got = cels(root() + arm("[400, 450]", "turn = 20\n", "turn = 30\n", f", stretch = {stretch}"))
        assert spot(got["hand"]) == pytest.approx((400, 300 + length), abs=1e-9)
        assert math.hypot(*got["hand"].matrix[:2]) == pytest.approx(1)
        assert math.hypot(*got["lower"].matrix[:2]) == pytest.approx(length / (2 * BONE))
    near = cels(root() + arm("[430, 330]", more=", stretch = 2"))
    assert math.hypot(*near["upper"].matrix[:2]) == pytest.approx(1)


def test_the_words_of_bend() -> None:
    """Clockwise and anticlockwise say which way the lower part folds; "drawn" keeps the side it is drawn on."""
    for word, drawn, side in (
        ("clockwise", 0, 1), ("clockwise", -40, 1), ("anticlockwise", 40, -1), ("drawn", 40, 1), ("drawn", -40, -1),
        ("drawn", 0, 1),
    ):  # fmt: skip
        got = cels(root() + arm("[440, 350]", "turn = 80\n", f"turn = {drawn}\n", f', bend = "{word}"'))
        assert math.copysign(1, bent(got)) == side
        flipped = cels(
            root(more="scale = [-1, 1]\n") + arm("[360, 350]", "turn = 80\n", f"turn = {drawn}\n", f', bend = "{word}"')
        )
        assert math.copysign(1, bent(flipped)) == -side


def test_reach_acts_within_its_span_and_fades() -> None:
    """Before in the arm hangs as it is; after out it goes back over `over` frames, halfway at half of it."""
    body = root() + arm("[450, 340]", more=', in = 10, out = 20, over = 8, bend = "clockwise"')
    at_rest = turned(cels(body, 9)["upper"])
    full = turned(cels(body, 15)["upper"])
    assert at_rest == 0
    assert abs(full) > 10
    assert math.dist(spot(cels(body, 10)["hand"]), (450, 340)) < 1e-6
    assert [turned(cels(body, frame)["upper"]) / full for frame in (19, 20, 22, 24, 28, 40)] == pytest.approx(
        [1, 1, 0.75, 0.5, 0, 0]
    )


def test_two_arms_on_one_body() -> None:
    """Each reaches its own, the body moving as it will."""
    other = arm("[300, 330]").replace("upper", "upper-l").replace("lower", "lower-l").replace('"hand"', '"hand-l"')
    body = root(more="keys.turn = [[0, 0], [90, 40]]\n") + arm('"ball"') + other + BALL
    for frame in (0, 33, 80):
        got = cels(body.replace("[300, 330]", "[350, 330]"), frame)
        assert math.dist(spot(got["hand"]), spot(got["ball"], 4, 20)) < 1e-6
        assert math.dist(spot(got["hand-l"]), (350, 330)) < 1e-6


def test_an_arm_knows_whatever_else_turns_its_bones() -> None:
    """Moves and aims of the bones, wherever they stand in the file, come before the reach of their hand."""
    look, slide = '{ do = "look-at", layer = "ball", facing = 50 }', '{ do = "slide", by = [9, 4], out = "in" }'
    upper = f'move = [{{ do = "swing", by = 30 }}, {slide}, {look}]\n'
    lower = 'expr.turn = "f"\nmove = [{ do = "breathe", by = 0.3 }, { do = "spin" }]\n'
    for order in (arm('"ball"', upper, lower) + BALL, BALL + arm('"ball"', upper, lower)):
        for frame in (0, 17, 50):
            got = cels(root() + order, frame)
            assert math.dist(spot(got["hand"]), spot(got["ball"], 4, 20)) < 1e-6


def test_a_part_of_an_arm_aims_at_nothing_before_it_has_reached() -> None:
    """What waits for the arm that waits for it is refused with its name; a hand may look somewhere after it reached."""
    look = '{ do = "look-at", layer = "ball" }'
    with pytest.raises(SceneError, match=r'"lower" can\'t look-at before "hand" has reached.*take it away'):
        cels(BALL + root() + arm('"ball"', lower=f"move = [{look}]\n"))
    with pytest.raises(SceneError, match=r'"hand" can\'t look-at before "hand" has reached.*write it after reach'):
        cels(BALL + root() + arm("[450, 340]").replace("move = [", f"move = [{look}, "))
    got = cels(BALL + root() + arm("[450, 340]").replace(" }]", f" }}, {look}]"))
    assert math.dist(spot(got["hand"]), (450, 340)) < 1e-6
    front, (x, y) = spot(got["hand"], 34, 24), spot(got["ball"], 4, 20)
    assert math.atan2(front[1] - 340, front[0] - 450) == pytest.approx(math.atan2(y - 340, x - 450))


def test_arms_on_arms() -> None:
    """A hand that carries an arm of its own: both tips lie on their targets, whichever stands first in the file."""
    second = (
        '[[peg]]\nname = "finger"\nparent = "hand"\nat = [20, 0]\n'
        '[[layer]]\nname = "nail"\nasset = "disc"\nparent = "finger"\nat = [30, 0]\n'
        'move = [{ do = "reach", to = [470, 372], bend = "clockwise" }]\n'
    )
    for body in (arm("[450, 340]") + second, second + arm("[450, 340]")):
        got = cels(root() + body)
        assert math.dist(spot(got["hand"]), (450, 340)) < 1e-6
        assert math.dist(spot(got["nail"]), (470, 372)) < 1e-6


@pytest.mark.parametrize(
    "body",
    [
        '[[layer]]\nasset = "disc"\nmove = [{ do = "reach" }]\n',
        '[[layer]]\nasset = "disc"\nparent = "root"\nmove = [{ do = "reach" }]\n',
        '[[peg]]\nname = "a"\nparent = "root"\n[[layer]]\nasset = "disc"\nkeys.parent = [[0, "a"], [5, "root"]]\n'
        'move = [{ do = "reach" }]\n',
    ],
)
def test_a_hand_needs_an_arm(body: str) -> None:
    """Without two parts that always carry it a hand can't reach: said with the cure."""
    with pytest.raises(SceneError, match=r'"disc" reaches by the two parts that carry it.* hang it on a lower part'):
        cels(root() + body)


def puppet() -> str:
    """Twelve parts on hooks: hips, trunk, head, two arms of three, a leg of two, and another."""
    return (goldens.FOLDER / "rigs/puppet-reaches.toml").read_text(encoding="utf-8")


def test_a_puppet_of_twelve_parts_walks_and_reaches() -> None:
    """Each limb lies where the product of all that carry it puts it; the hand keeps hold while the puppet walks."""
    shown = collage.open(parse(puppet()), root=goldens.FOLDER)
    for frame in range(0, 48, 5):
        got = {cel.layer: cel for cel in shown.cels(frame)}
        assert len(got) == 13
        wave = math.sin(math.tau * frame / 24)
        hips = Affine.shift(110 + 40 * min(frame, 47) / 47, 150 - 4 * math.sin(math.tau * frame / 12))
        leg = hips @ Affine.shift(-6, 2) @ Affine.turning(90 + 24 * wave)
        shin = leg @ Affine.shift(BONE, 0) @ Affine.turning(14 + 14 * math.sin(math.tau * (frame / 24 + 0.25)))
        assert got["thigh-l"].matrix == pytest.approx(leg @ Affine.shift(-4, -20), abs=1e-9)
        assert got["shin-l"].matrix == pytest.approx(shin @ Affine.shift(-4, -20), abs=1e-9)
        assert math.dist(spot(got["hand-r"], 6, 6), spot(got["apple"])) < 1e-6
