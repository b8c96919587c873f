"""`registration`: an unsteady hand errs where it touched a piece, and leaves it dead still in between."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import goldens
import pytest
from hypothesis import given
from hypothesis import strategies as st

import collage
from collage.geometry import Affine
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = {}\n"
ERR = "registration = 5\n"


def stand(body: str, length: int = 96) -> collage.Stand:
    return collage.open(parse(HEAD.format(length) + body), root=goldens.FOLDER)


def errors(body: str, length: int = 96, where: int = -1) -> list[tuple[float, float]]:
    """How far the hand is off at each frame: the difference from the same scene without registration."""
    off, clean = stand(body, length), stand(body.replace(ERR, ""), length)
    found = []
    for frame in range(length):
        if not clean.cels(frame):
            found.append((0.0, 0.0))
            continue
        a, b = off.cels(frame)[where].matrix, clean.cels(frame)[where].matrix
        assert a[:4] == b[:4]
        found.append((round(a.e - b.e, 9), round(a.f - b.f, 9)))
    return found


def touched(body: str, length: int = 96) -> list[int]:
    """The frames on which the error is another than before; the first is always one."""
    found = errors(body, length)
    return [frame for frame in range(length) if not frame or found[frame] != found[frame - 1]]


DISC = '[[layer]]\nasset = "disc"\nat = [50, 50]\n' + ERR


def test_the_error_is_within_the_circle_and_fills_it() -> None:
    """Never further off than so many pixels, near and far, to all sides."""
    found = errors(DISC + 'expr.x = "f"\n', 800)[::2]
    far = [math.hypot(*error) for error in found]
    assert max(far) <= 5
    assert max(far) > 4.5
    assert min(far) < 0.6
    quarters = [sum(1 for x, y in found if (x > 0, y > 0) == side) for side in ((0, 0), (0, 1), (1, 0), (1, 1))]
    assert min(quarters) > 60
    assert 3 < sum(far) / len(far) < 3.6  # two thirds of the circle's radius


def test_what_is_never_touched_is_off_once_and_lies_dead_still() -> None:
    """A piece that does nothing is laid once, a little off."""
    found = errors(DISC)
    assert len(set(found)) == 1
    assert found[0] != (0, 0)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("keys.x = [[0, 0], [10, 40], [20, 40], [24, 0]]", [0, 2, 4, 6, 8, 10, 22, 24]),
        ('keys.x = [[0, 0], [10, 40, "hold"], [30, 90, "hold"]]', [0, 10, 30]),
        ("keys.turn = [[4, 0], [8, 40]]", [0, 6, 8]),
        ("keys.scale = [[4, 1], [8, 2]]\non = 1", [0, 5, 6, 7, 8]),
        ("keys.opacity = [[4, 1], [8, 0]]\nkeys.order = [[0, 0], [9, 4]]", [0]),
        ('keys.y = { keys = [[0, 0], [4, 9, "hold"]], loop = 20 }', [0, 4, 20, 24, 40, 44, 60, 64, 80, 84]),
        ('move = [{ do = "slide", by = [9, 9], in = 10, out = 16, ease = "linear" }]', [0, 12, 14, 16]),
        ('move = [{ do = "bob", in = 20, out = 24, over = 2, every = 8, phase = 0.1 }]', [0, 20, 22, 24, 26]),
        ('move = [{ do = "slide", to = [9, 9], in = 31, out = 31 }]', [0, 32]),
        ('expr.x = "v + 9*(f >= 7)"\non = 1', [0, 7]),
        ('expr.x = "v + 9*random(0)"', [0]),
        ("in = 5\nkeys.x = [[0, 0], [12, 12]]", [0, 5, 6, 8, 10, 12]),
    ],
)
def test_it_errs_on_exposures_where_the_pose_changed(body: str, expected: list[int]) -> None:
    """Keys, holds, loops, moves and formulas: anew where the pose differs from the exposure before, else the same."""
    assert touched(DISC + body + "\n") == expected


def test_another_drawing_is_a_touch() -> None:
    """Changing drawings, by keys, by a move or by a formula, is laying it anew; the same one back is again."""
    mouth = '[[layer]]\nasset = "mouth"\n' + ERR
    assert touched(mouth + 'keys.swap = [[0, "shut"], [10, "open"], [20, "shut"], [30, "shut"]]\n') == [0, 10, 20]
    assert touched(mouth + 'move = [{ do = "cycle", hold = 8, in = 4, out = 20 }]\n') == [0, 12, 20]
    assert touched(mouth + 'expr.swap = "f >= 50"\n') == [0, 50]


def test_another_parent_is_a_touch_and_the_parents_own_way_is_none() -> None:
    """Handed on to another it is laid anew; carried along by one that moves it lies still in its hand."""
    pegs = '[[peg]]\nname = "a"\nkeys.x = [[0, 0], [90, 90]]\n[[peg]]\nname = "b"\n'
    body = pegs + DISC + 'keys.parent = [[0, "a"], [20, "b"], [40, "a"]]\n'
    assert touched(body) == [0, 20, 40]


def test_an_arm_that_is_made_to_reach_is_touched() -> None:
    """What an aim moves is touched by it, the bones of an arm too."""
    arm = (
        '[[peg]]\nname = "ball"\nkeys.at = [[10, [60, 20]], [20, [20, 60]]]\n'
        '[[peg]]\nname = "hand"\nparent = "lower"\nat = [30, 0]\nmove = [{ do = "reach", to = "ball" }]\n'
        '[[peg]]\nname = "lower"\nparent = "disc"\nat = [30, 0]\n' + DISC.replace("50, 50", "0, 0")
    )
    shown, clean = stand(arm), stand(arm.replace(ERR, ""))
    spot = [one.cels(f)[0].matrix.at((24, 24)) for one in (shown, clean) for f in range(40)]
    off = [math.dist(spot[f], spot[40 + f]) for f in range(40)]
    assert [f for f in range(1, 40) if abs(off[f] - off[f - 1]) > 1e-9] == [12, 14, 16, 18, 20]


def test_boil_moves_always() -> None:
    """`boil` is another error on every exposure, touched or not."""
    shown = stand(DISC.replace(ERR, "") + 'move = [{ do = "boil" }]\n')
    spots = [shown.cels(frame)[0].matrix for frame in range(96)]
    assert spots[::2] == spots[1::2]
    assert len(set(spots)) == 48


def test_dead_still_over_ten_thousand_frames_and_any_frame_alone() -> None:
    """Keyed, then still: the last frames have the error of the last key, whichever is asked for first."""
    body = DISC + 'keys.x = [[0, 0], [24, 100]]\nmove = [{ do = "drop" }]\n'
    alone = stand(body, 10_000).cels(9_999)[0].matrix
    run = stand(body, 10_000)
    assert {run.cels(frame)[0].matrix for frame in range(24, 10_000, 97)} == {alone}
    assert run.cels(22)[0].matrix.f != alone.f


def test_the_end_of_days_is_as_near() -> None:
    """Ten million frames after its last key a crowd is found as it was left, without walking all the way."""
    body = DISC + "keys.x = [[0, 0], [24, 100]]\nrepeat = { count = 50, vary = { turn = 90 } }\n"
    shown = stand(body, 10_000_000)
    assert shown.cels(9_999_999) == shown.cels(25)


@given(st.permutations(range(0, 96, 3)), st.integers(1, 3))
def test_any_order_gives_the_same(frames: list[int], on: int) -> None:
    """Whatever was asked before, a frame looks as it does in the run, also of a scene that moves by everything."""
    body = (
        DISC + f"on = {on}\n" + 'name = "a"\nkeys.x = [[0, 0], [20, 50], [60, 50], [63, 0, "hold"]]\n'
        'keys.swap = { keys = [[0, "shut"], [9, "open"]], loop = 30 }\nrepeat = { count = 2, delay = 5 }\n'
        'move = [{ do = "slide", in = 70 }, { do = "bob", in = 30, out = 40 }]\n'
    ).replace('"disc"', '"mouth"')
    shown = stand(body)
    if body not in RUNS:
        run = stand(body)
        RUNS[body] = [[one.matrix for one in run.cels(frame)] for frame in range(96)]
    assert all([one.matrix for one in shown.cels(frame)] == RUNS[body][frame] for frame in frames)


RUNS: dict[str, list[list[Affine]]] = {}


@given(st.data())
def test_it_equals_the_plain_definition(data: st.DataObject) -> None:
    """Random keys and moves: the error is anew exactly where the clean pose is another than at the exposure before."""
    chance = random.Random(data.draw(st.integers(0, 10**6)))
    on = chance.choice((1, 2, 3))
    times = sorted(chance.sample(range(60), 4))
    eases = ("", ', "hold"', ', "steps(3)"')
    keys = ", ".join(
        f"[{time}, {chance.choice((0, 10, 20))}{chance.choice(eases) if i else ''}]" for i, time in enumerate(times)
    )
    first = chance.randrange(60)
    do = chance.choice(('"slide", by = [9, 0]', '"bob", over = 4, every = 7', '"slide", to = [3, 3]', '"pop"'))
    body = DISC + f"on = {on}\nkeys.x = [{keys}]\nmove = [{{ do = {do}, in = {first}, out = {first + 9} }}]\n"
    off, clean = stand(body), stand(body.replace(ERR, ""))
    matrices = [(off.cels(f)[0].matrix, clean.cels(f)[0].matrix) for f in range(90)]
    for before, here in pairwise(matrices):
        same = here[0].e - here[1].e == pytest.approx(before[0].e - before[1].e, abs=1e-9)
        assert same == (here[1] == pytest.approx(before[1], abs=1e-11))
