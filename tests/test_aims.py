"""Heads that look, things that follow, and aims that can't be."""

from __future__ import annotations

import math

import pytest
from arms import BALL, arm, cels, degrees, root, sign, size, spot, turned
from hypothesis import given
from hypothesis import strategies as st

from collage.errors import SceneError


@given(degrees, size, sign, size, sign, st.floats(-60, 60), degrees, st.integers(0, 95))
def test_looking_at(
    facing: float, wide: float, flip: float, high: float, over: float, skew: float, body: float, frame: int
) -> None:
    """The side that faces `facing` points at the target, of a piece that is flattened, slanted or flipped, under a
    parent that is so too and turns."""
    got = cels(
        f'[[peg]]\nname = "neck"\nat = [380, 290]\nscale = [{over!r}, 0.7]\nkeys.turn = [[0, {body!r}], [90, 0]]\n'
        f'[[layer]]\nasset = "disc"\nparent = "neck"\nat = [9, 5]\nturn = 33\nskew = [{skew!r}, 0]\n'
        f"scale = [{wide * flip!r}, {high!r}]\n"
        f'move = [{{ do = "look-at", layer = "ball", facing = {facing!r} }}]\n' + BALL,
        frame,
    )
    here, there = spot(got["disc"]), spot(got["ball"], 4, 20)
    cos, sin = math.cos(math.radians(facing)), math.sin(math.radians(facing))
    front = spot(got["disc"], 24 + cos, 24 + sin)
    seen = math.atan2(front[1] - here[1], front[0] - here[0])
    wanted = math.atan2(there[1] - here[1], there[0] - here[0])
    assert abs(math.remainder(seen - wanted, math.tau)) < 1e-7


def test_looking_fades_and_bears_being_at_the_target() -> None:
    """Halfway through `over` it is turned half as far; on top of its target it stays as it is."""
    body = (
        '[[layer]]\nasset = "disc"\nat = [100, 100]\nmove = [{{ do = "look-at", layer = "p", out = 10, over = 10 }}]\n'
    )
    body += '[[peg]]\nname = "p"\nat = [100, {}]\n'
    assert [turned(cels(body.format(300), frame)["disc"]) for frame in (5, 15, 30)] == pytest.approx([90, 45, 0])
    assert turned(cels(body.format(100), 5)["disc"]) == 0


def test_following_with_lag() -> None:
    """The follower lies where its leader was `lag` frames ago, at frame 0 of the scene at the earliest."""
    lead = '[[layer]]\nname = "a"\nasset = "arrow"\nkeys.y = [[0, 0]]\nkeys.x = [[0, 0], [90, 90, "linear"]]\n'
    body = lead + '[[layer]]\nasset = "disc"\nmove = [{{ do = "follow", layer = "a"{} }}]\n'
    for frame in (0, 3, 6, 20, 95):
        then = max(frame - 6, 0)
        assert spot(cels(body.format(""), frame)["disc"]) == (min(then, 90), 0)
        assert spot(cels(body.format(", lag = 0"), frame)["disc"]) == (min(frame, 90), 0)
    twos = cels(body.format("") + "on = 2\n", 21)
    assert spot(twos["disc"]) == (14, 0)


def test_followers_of_followers() -> None:
    """In a chain each is so much later than the one before."""
    body = '[[peg]]\nname = "d0"\nkeys.x = [[0, 0], [90, 90, "linear"]]\n'
    for index in range(1, 6):
        body += f'[[layer]]\nname = "d{index}"\nasset = "disc"\n'
        body += f'move = [{{ do = "follow", layer = "d{index - 1}", lag = 3 }}]\n'
    got = cels(body, 40)
    assert [spot(got[f"d{index}"])[0] for index in range(1, 6)] == [37, 34, 31, 28, 25]


def test_following_under_a_parent_and_by_the_camera() -> None:
    """A follower's own parent is taken off again; a camera that follows has its leader in the middle."""
    lead = '[[layer]]\nname = "a"\nasset = "arrow"\nkeys.at = [[0, [50, 60]], [90, [350, 160], "linear"]]\n'
    peg = '[[peg]]\nname = "p"\nat = [30, 40]\nscale = [2, -1]\nkeys.turn = [[0, 0], [90, 90, "linear"]]\n'
    body = lead + peg + '[[layer]]\nasset = "disc"\nparent = "p"\nmove = [{ do = "follow", layer = "a", lag = 0 }]\n'
    for frame in (0, 30, 90):
        got = cels(body, frame)
        assert math.dist(spot(got["disc"]), spot(got["a"], 4, 20)) < 1e-9
        seen = cels('[camera]\non = 1\nmove = [{ do = "follow", layer = "a", lag = 0 }]\n' + lead, frame)
        assert spot(seen["a"], 4, 20) == pytest.approx((400, 300))


def test_handed_on_inside_an_exposure() -> None:
    """A follower on threes that changes hands on an odd frame stays on its target at that very frame."""
    body = (
        '[[peg]]\nname = "a"\nat = [10, 10]\n[[peg]]\nname = "b"\nat = [200, 100]\nturn = 90\n'
        '[[peg]]\nname = "t"\nat = [70, 80]\n[[layer]]\nasset = "disc"\non = 3\nkeys.parent = [[0, "a"], [7, "b"]]\n'
        'move = [{ do = "follow", layer = "t" }]\n'
    )
    for frame in range(5, 12):
        assert spot(cels(body, frame)["disc"]) == pytest.approx((70, 80))


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('[[layer]]\nname = "a"\nasset = "disc"\nmove = [{ do = "follow", layer = "b" }]\n'
         '[[layer]]\nname = "b"\nasset = "disc"\nmove = [{ do = "look-at", layer = "a" }]\n', ("a", "b")),
        (root() + arm('"ball"') + '[[layer]]\nname = "ball"\nasset = "disc"\nparent = "hand"\n', ("ball", "hand")),
        (root() + arm('"ball"') + '[[layer]]\nname = "ball"\nasset = "disc"\nparent = "upper"\n', ("ball", "hand")),
        ('[[layer]]\nname = "a"\nasset = "disc"\nmove = [{ do = "follow", layer = "a" }]\n', ("a", "a")),
    ],
)  # fmt: skip
def test_aims_in_a_ring_are_refused(body: str, names: tuple[str, str]) -> None:
    """What waits for itself is told when the scene is opened, with both names."""
    with pytest.raises(SceneError) as told:
        cels(body)
    assert all(f'"{name}"' in str(told.value) for name in names)


def test_unsaid_targets() -> None:
    """Without a target it is the layer before it in the file that it neither hangs on nor carries; else the middle of
    the canvas."""
    lead = '[[layer]]\nname = "a"\nasset = "arrow"\nat = [50, 60]\n'
    lead += '[[layer]]\nname = "b"\nasset = "arrow"\nat = [420, 340]\n'
    follow = '[[layer]]\nasset = "disc"\n{}move = [{{ do = "follow" }}]\n'
    assert spot(cels(lead + follow.format(""))["disc"]) == (420, 340)
    assert spot(cels(lead + follow.format('parent = "b"\n'))["disc"]) == pytest.approx((50, 60))
    assert spot(cels(follow.format("") + lead)["disc"]) == (400, 300)
    got = cels(lead + root() + arm('"b"').replace(', to = "b"', ""))
    assert math.dist(spot(got["hand"]), (420, 340)) < 1e-6


def test_what_is_aimed_at_must_be_there() -> None:
    """Unknown names and hooks are refused at their place, with what was meant."""
    for to, said in (('"bal"', 'Did you mean "ball"'), ('"ball.hol"', 'Did you mean "hole"')):
        with pytest.raises(SceneError, match=said):
            cels(BALL + root() + arm(to))
