"""The evaluation: which cels lie where at a frame, by the format's rules, in any order."""

from __future__ import annotations

import math
import random

import goldens
import pytest
from hypothesis import given
from hypothesis import strategies as st

import collage
from collage.errors import CollageError, SceneError
from collage.exposure.cel import Cel
from collage.exposure.rig import local
from collage.geometry import Affine
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\n"


def stand(body: str, head: str = HEAD) -> collage.Stand:
    return collage.open(parse(head + body), root=goldens.FOLDER)


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


def test_keyed_parents_that_come_to_carry_one_another_are_told() -> None:
    """A ring that arises at a frame is an error that names the frame and the pieces, not a hang."""
    body = (
        '[[peg]]\nname = "home"\n[[layer]]\nname = "a"\nasset = "disc"\nkeys.parent = [[0, "home"], [5, "b"]]\n'
        '[[layer]]\nname = "b"\nasset = "disc"\nparent = "a"\n'
    )
    shown = stand(body)
    assert len(shown.cels(4)) == 2
    with pytest.raises(CollageError, match='frame 5: "a" in "b" in "a"'):
        shown.cels(5)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('[[layer]]\nasset = "arow"\n', 'no asset "arow". Did you mean "arrow"'),
        ('[[layer]]\nasset = "disc"\nin = 10\nout = 60\n', "reaches outside the scene"),
        ('[[layer]]\nasset = "disc"\nin = 10\nout = 10\n', "never be seen"),
        ('[[layer]]\nasset = "disc"\nin = -2\n', "reaches outside"),
        ('[[layer]]\nasset = "disc"\nkeys.x = [[0, 1], [0, 2]]\n', "keys ascend"),
        ('[[layer]]\nasset = "disc"\nkeys.x = [["1s", 1], [20, 2]]\n', "keys ascend"),
        ('[[layer]]\nasset = "disc"\nkeys.x = { keys = [[0, 1]], loop = 0 }\n', "longer than nothing"),
        ('[[layer]]\nasset = "disc"\nkeys.x = [["splsh", 1]]\n[cues]\nsplash = 3\n', 'Did you mean "splash"'),
        ('[[layer]]\nasset = "disc"\nkeys.x = [["beat 2", 1]]\n', "need a tempo"),
        (
            '[[layer]]\nasset = "mouth"\nkeys.swap = [[0, "opne"]]\n',
            'no drawing "opne" of "mouth". Did you mean "open"',
        ),
        ('[[layer]]\nasset = "arrow"\npivot = "tpi"\n', 'no hook "tpi"'),
        ('[[layer]]\nasset = "arrow"\n[[layer]]\nasset = "disc"\nparent = "arrow.tpi"\n', 'no hook "tpi" on "arrow"'),
        ('[[peg]]\nname = "p"\n[[layer]]\nasset = "disc"\nparent = "p"\nat = ["50%", 0]\n', "Under a parent"),
        ('[cues]\na = "b"\nb = "a+1"\n[[layer]]\nasset = "disc"\n', "form a ring"),
    ],
)
def test_what_can_not_be_bound_is_told(body: str, message: str) -> None:
    """Place, thing and cure; nothing is exposed."""
    with pytest.raises(SceneError) as caught:
        stand(body)
    assert message in str(caught.value)


def test_all_problems_are_found_at_once() -> None:
    """One bad layer does not hide the next."""
    with pytest.raises(SceneError) as caught:
        stand('[[layer]]\nasset = "nope"\n[[layer]]\nasset = "disc"\nin = 99\n[[layer]]\nasset = "nix"\n')
    assert len(caught.value.findings) == 3


def test_a_key_inside_an_exposure_warns() -> None:
    """On twos a key at frame 5 is first seen at 6: said, and nothing is stopped."""
    shown = stand('[[layer]]\nasset = "disc"\nkeys.x = [[0, 1], [5, 2]]\n')
    assert ["first seen at frame 6" in finding.message for finding in shown.warnings] == [True]


@pytest.mark.parametrize(
    ("scene", "length"),
    [
        ('format = 1\n[[layer]]\nasset = "disc"\n', 96),
        ('format = 1\n[scene]\nrate = 12\n[[layer]]\nasset = "disc"\n', 48),
        ('format = 1\n[[layer]]\nasset = "disc"\nkeys.x = [[0, 1], ["3s", 2]]\n', 73),
        ('format = 1\n[[layer]]\nasset = "disc"\nout = "in+2s"\nin = 12\n', 60),
        ('format = 1\n[scene]\nlength = "2 beats"\n[sound]\ntempo = 60\n[[layer]]\nasset = "disc"\n', 48),
    ],
)
def test_the_length_is_the_last_key_or_span_else_four_seconds(scene: str, length: int) -> None:
    """Said, or the frame after the last key, or the longest span, or 4 s at the scene's rate."""
    assert stand("", scene).length == length


def test_beats_lie_where_the_music_has_them() -> None:
    """Beat 1 at first_beat of the file, of which frame 0 hears `offset`."""
    head = 'format = 1\n[scene]\nlength = 100\n[sound]\ntempo = 120\nfirst_beat = "1s"\noffset = "0.5s"\nbar = 3\n'
    shown = stand('[[layer]]\nasset = "disc"\nin = "beat 2"\nout = "bar 2"\n', head)
    assert shown.rig.pieces[0].span == (24, 48)


@given(*[st.floats(-500, 500)] * 2, st.floats(-3, 3), st.floats(-720, 720), st.floats(-60, 60))
def test_the_local_matrix_is_the_formulas(x: float, y: float, scale: float, turn: float, skew: float) -> None:
    """T(at) · R(turn) · Skew · S(scale) · T(−pivot), multiplied out by hand."""
    got = local((x, y, scale, 1.0, turn, skew, 0.0), (5.0, 7.0)).at((11.0, 13.0))
    px, py = (11 - 5) * scale, 13 - 7
    px += math.tan(math.radians(skew)) * py
    angle = math.radians(turn)
    expected = x + px * math.cos(angle) - py * math.sin(angle), y + px * math.sin(angle) + py * math.cos(angle)
    assert math.dist(got, expected) < 1e-6
