"""The evaluation: which cels lie where at a frame, by the format's rules, in any order."""

from __future__ import annotations

import math
import random
from fractions import Fraction

import goldens
from dark import DARK
from hypothesis import given
from hypothesis import strategies as st

import collage
from collage.exposure.cel import Cel
from collage.exposure.rig import Joint, Rig
from collage.exposure.stage import Stage
from collage.geometry import Affine
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\n"


def stand(body: str, head: str = HEAD) -> collage.Stand:
    return collage.open(parse(head + body + DARK), root=goldens.FOLDER)


def cels(body: str, frame: int = 0, head: str = HEAD) -> dict[str, Cel]:
    return {cel.layer: cel for cel in stand(body, head).cels(frame)}


def where(cel: Cel, x: float, y: float) -> tuple[float, float]:
    """Where a point of the picture lies on the canvas, to a millionth."""
    return tuple(round(part, 6) for part in cel.matrix.at((x, y)))  # type: ignore[return-value]


def test_the_pivot_lies_at_at() -> None:
    """Registry pivot, own pivot, shares of the picture, a hook, the centre: each comes to lie at `at`."""
    body = '[[layer]]\nasset = "{}"\n{}at = [70, 50]\nturn = 33\nscale = [2, -0.5]\n'
    for asset, pivot, point in (
        ("arrow", "", (4, 20)),
        ("arrow", "pivot = [9, 8]\n", (9, 8)),
        ("arrow", 'pivot = ["50%", "100%"]\n', (30, 40)),
        ("arrow", 'pivot = "tip"\n', (57, 20)),
        ("disc", "", (24, 24)),
    ):
        assert where(cels(body.format(asset, pivot))[asset], *point) == (70, 50)


def test_at_rests_in_the_middle_or_on_the_parent() -> None:
    """Without `at` a layer lies in the canvas's middle; under a parent on the parent's pivot or hook."""
    got = cels(
        '[[layer]]\nasset = "arrow"\n[[layer]]\nname = "a"\nasset = "disc"\nparent = "arrow"\n'
        '[[layer]]\nname = "b"\nasset = "disc"\nparent = "arrow.hole"\n'
    )
    assert where(got["arrow"], 4, 20) == (100, 60)
    assert where(got["a"], 24, 24) == (100, 60)
    assert where(got["b"], 24, 24) == (112, 60)


def test_a_child_takes_the_parents_hook_name_as_its_own_pivot() -> None:
    """Hung on `first.tip`, an asset that has a tip hangs by it."""
    got = cels('[[layer]]\nname = "first"\nasset = "arrow"\n[[layer]]\nasset = "arrow"\nparent = "first.tip"\n')
    assert where(got["arrow"], 57, 20) == where(got["first"], 57, 20)


@given(
    st.lists(st.tuples(*[st.floats(-200, 200)] * 2, st.floats(-360, 360), st.floats(0.2, 3)), min_size=1, max_size=6)
)
def test_parents_to_any_depth_multiply(chain: list[tuple[float, float, float, float]]) -> None:
    """The canvas matrix of the last of a chain is the product of all, in order."""
    text = ""
    for index, (x, y, turn, scale) in enumerate(chain):
        parent = f'parent = "p{index - 1}"\n' if index else ""
        text += f'[[peg]]\nname = "p{index}"\n{parent}at = [{x!r}, {y!r}]\nturn = {turn!r}\nscale = {scale!r}\n'
    text += f'[[layer]]\nasset = "disc"\nparent = "p{len(chain) - 1}"\n'
    expected = Affine()
    for x, y, turn, scale in chain:
        expected = expected @ Affine.shift(x, y) @ Affine.turning(turn) @ Affine.scaling(scale, scale)
    got = cels(text)["disc"].matrix.at((24, 24))
    assert math.dist(got, expected.at((0, 0))) < 1e-6 * (1 + math.hypot(*got))


def test_a_copy_by_like_does_not_take_the_names_place() -> None:
    """What is only like another has no name by default: children stay with the one that is named."""
    got = stand(
        '[[layer]]\nasset = "arrow"\nat = [10, 10]\n[[layer]]\nlike = "arrow"\nat = [90, 90]\n'
        '[[layer]]\nasset = "disc"\nparent = "arrow"\n'
    ).cels(0)
    assert where(got[2], 24, 24) == (10, 10)


def test_a_parent_may_stand_later_in_the_file() -> None:
    """Order in the file is painter's order, not the order of evaluation."""
    got = cels('[[layer]]\nasset = "disc"\nparent = "cart"\n[[peg]]\nname = "cart"\nat = [30, 40]\n')
    assert where(got["disc"], 24, 24) == (30, 40)


def test_poses_are_held_on_twos_and_threes() -> None:
    """Frame f shows the pose of the exposure it lies in, each joint on its own, its parent at the parent's."""
    body = (
        '[[peg]]\nname = "cart"\non = 3\nkeys.x = [[0, 0], [12, 120, "linear"]]\n'
        '[[layer]]\nasset = "disc"\non = 2\nparent = "cart"\nkeys.y = [[0, 0], [12, 12, "linear"]]\n'
    )
    shown = stand(body)
    for frame in range(13):
        (cel,) = shown.cels(frame)
        assert where(cel, 24, 24) == (frame // 3 * 3 * 10, frame // 2 * 2)


def test_spans_and_discrete_channels_act_on_their_exact_frame() -> None:
    """`in`, `out`, swap, hidden and parent change on odd frames too, though the pose is on twos."""
    body = (
        '[[layer]]\nasset = "mouth"\nin = 3\nout = 9\n'
        'keys.swap = [[0, "shut"], [5, "open"], [7, "none"], [8, "shut"]]\n'
    )
    shown = stand(body)
    got = [[cel.content.name for cel in shown.cels(frame)] for frame in range(10)]  # type: ignore[union-attr]
    assert got == [[], [], [], ["shut"], ["shut"], ["open"], ["open"], [], ["shut"], []]
    hidden = stand('[[layer]]\nasset = "disc"\nkeys.hidden = [[0, false], [5, true], [7, false]]\n')
    assert [len(hidden.cels(frame)) for frame in range(4, 9)] == [1, 0, 0, 1, 1]


def test_keys_replace_what_is_static() -> None:
    """keys.x replaces at's x and leaves its y."""
    got = cels('[[layer]]\nasset = "disc"\nat = [10, 20]\nkeys.x = [[0, "50%"]]\n')
    assert where(got["disc"], 24, 24) == (100, 20)


def test_overshooting_opacity_stays_between_nothing_and_all() -> None:
    """An ease that overshoots never gives a cel more than all of itself, nor a colour out of range."""
    shown = stand(
        '[[layer]]\nasset = "disc"\non = 1\nkeys.opacity = [[0, 0], [24, 1, "in-out-elastic"]]\n'
        'keys.tint = [[0, "#000000"], [24, "#ffffff", "in-out-back"]]\n'
    )
    seen = [cel for frame in range(48) for cel in shown.cels(frame)]
    assert all(0 <= cel.opacity <= 1 and 0 <= min(cel.tint) <= max(cel.tint) <= 255 for cel in seen)


def test_any_frame_can_be_asked_for_alone() -> None:
    """Shuffled, every frame equals the sequential run."""
    body = (
        '[[peg]]\nname = "cart"\nkeys.at = [[0, [0, 0]], [40, [200, 100], "in-out-cubic"]]\n'
        "keys.turn = [[0, 0], [48, 90]]\n"
        '[[layer]]\nasset = "mouth"\nparent = "cart"\nkeys.swap = { keys = [[0, "shut"], [3, "open"]], loop = 6 }\n'
        '[[layer]]\nasset = "disc"\nkeys.order = [[0, 0], [20, -3]]\n'
        'keys.scale = [[0, 1], [30, [2, 0.5], "out-bounce"]]\n'
    )
    shown = stand(body)
    expected = [shown.cels(frame) for frame in range(48)]
    order = list(range(48))
    random.Random(3).shuffle(order)
    fresh = stand(body)
    assert {frame: fresh.cels(frame) for frame in order} == dict(enumerate(expected))


def test_painters_order() -> None:
    """Sheets from the bottom up, then order, then place in the file; behind slips under, chains too."""
    body = (
        '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\n'
        '[[layer]]\nname = "a"\nasset = "disc"\nsheet = "high"\n[[layer]]\nname = "b"\nasset = "disc"\norder = 2\n'
        '[[layer]]\nname = "c"\nasset = "disc"\n[[layer]]\nname = "d"\nasset = "disc"\nbehind = "e"\n'
        '[[layer]]\nname = "e"\nasset = "disc"\nbehind = "c"\n[[layer]]\nname = "f"\nasset = "disc"\nparent = "a"\n'
    )
    assert [cel.layer for cel in stand(body).cels(0)] == ["d", "e", "c", "b", "a", "f"]


def test_what_is_handed_on_takes_pivot_and_sheet_from_who_carries_it() -> None:
    """Keyed parents count as parents: the hook's name gives the pivot, and the piece lies on its carrier's sheet."""
    body = (
        '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\n'
        '[[layer]]\nname = "boat"\nasset = "arrow"\nat = [100, 60]\nkeys.sheet = [[0, "low"], [24, "high"]]\n'
        '[[layer]]\nname = "flag"\nasset = "arrow"\nkeys.parent = [[0, "boat.tip"]]\n'
        '[[layer]]\nname = "sea"\nasset = "disc"\nsheet = "low"\norder = 5\n'
    )
    shown = stand(body)
    flag = next(cel for cel in shown.cels(0) if cel.layer == "flag")
    assert where(flag, 57, 20) == (153, 60)
    assert [cel.layer for cel in shown.cels(0)] == ["boat", "flag", "sea"]
    assert [cel.layer for cel in shown.cels(24)] == ["sea", "boat", "flag"]


def test_several_behind_one_lie_in_their_order() -> None:
    """Of the pieces that slip under the same one, the higher order lies higher."""
    body = (
        '[[layer]]\nname = "a"\nasset = "disc"\n[[layer]]\nname = "b"\nasset = "disc"\nbehind = "a"\norder = 2\n'
        '[[layer]]\nname = "c"\nasset = "disc"\nbehind = "a"\norder = 1\n'
    )
    assert [cel.layer for cel in stand(body).cels(0)] == ["c", "b", "a"]


@given(*[st.floats(-500, 500)] * 2, st.floats(-3, 3), st.floats(-720, 720), st.floats(-60, 60))
def test_the_local_matrix_is_the_formulas(x: float, y: float, scale: float, turn: float, skew: float) -> None:
    """T(at) · R(turn) · Skew · S(scale) · T(−pivot), multiplied out by hand."""
    joint = Joint(0, "a", "a", 1, (x, y, scale, 1.0, turn, skew, 0.0, *[1.0] * 7), pivot=(5.0, 7.0))
    rig = Rig((10, 10), Fraction(24), 1, None, (), (), (joint,), {})
    got = Affine(*Stage(rig, 0).world(joint)).at((11.0, 13.0))
    px, py = (11 - 5) * scale, 13 - 7
    px += math.tan(math.radians(skew)) * py
    angle = math.radians(turn)
    expected = x + px * math.cos(angle) - py * math.sin(angle), y + px * math.sin(angle) + py * math.cos(angle)
    assert math.dist(got, expected) < 1e-6
