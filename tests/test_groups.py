"""Groups: drawn in one place, as one picture where something is done to them as a whole, else as if they were not."""

from __future__ import annotations

import numpy as np
import pytest
from test_expose import cels, stand, where

from collage.errors import SceneError
from collage.exposure.cel import Cel, Pane

SHEETS = '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\n'
CARD = '[[layer]]\nname = "{}"\ncard = "#{}"\nsize = [40, 40]\n'


def names(body: str, frame: int = 0) -> list[object]:
    """The layers' names in painter's order, a pane's as a list."""
    return [_named(cel) for cel in stand(body).cels(frame)]


def _named(cel: Cel) -> object:
    return [_named(inner) for inner in cel.content.cels] if isinstance(cel.content, Pane) else cel.layer


def group(fields: str = "", name: str = "g") -> str:
    return f'[[layer]]\nname = "{name}"\ngroup = true\nat = [0, 0]\n{fields}'


def card(name: str, fields: str = "", colour: str = "f00") -> str:
    return CARD.format(name, colour) + fields


def test_members_are_drawn_at_the_groups_place_on_its_sheet() -> None:
    """Whatever sheet and order members say, they lie together where the group lies in the order."""
    body = (
        SHEETS + group('sheet = "high"\norder = 1\n') + card("m", 'parent = "g"\nsheet = "low"\norder = 9\n')
        + card("n", 'parent = "g"\nsheet = "low"\norder = -9\n') + card("under", 'sheet = "high"\n')
        + card("over", 'sheet = "high"\norder = 2\n') + card("table")
    )  # fmt: skip
    assert names(body) == ["table", "under", "n", "m", "over"]


def test_a_piece_reaches_its_group_through_other_parents() -> None:
    """A layer on a peg on a layer in the group is drawn inside it; one beside it is not."""
    body = (
        '[[peg]]\nname = "p"\nparent = "m"\n' + group("opacity = 0.5\n") + card("m", 'parent = "g"\n')
        + card("deep", 'parent = "p"\n') + card("beside")
    )  # fmt: skip
    assert names(body) == [["m", "deep"], "beside"]


def test_a_group_that_nothing_is_done_to_is_flat() -> None:
    """Cels and bytes are those of the layers without the group."""
    pair = card("a", "at = [60, 60]\nturn = 20\n") + card("b", "at = [80, 50]\nopacity = 0.5\n", "00f")
    hung = pair.replace("at = [", 'parent = "g"\nat = [')
    assert stand(group() + hung).cels(0) == stand(pair).cels(0)
    assert np.array_equal(stand(group() + hung).comp(0), stand(pair).comp(0))


def test_a_faded_group_fades_as_one() -> None:
    """Where two members overlap only the upper is seen, at the group's opacity; it is laid once."""
    body = (
        group("opacity = 0.5\n")
        + card("a", 'parent = "g"\nat = [60, 60]\n')
        + card("b", 'parent = "g"\nat = [80, 60]\n', "00f")
    )
    paper = 'paper = "#000"\n'
    picture = stand(paper + body, "format = 1\n[scene]\nsize = [200, 120]\n").comp(0)
    apart = [tuple(int(part) for part in picture[60, x, :3]) for x in (45, 70, 95, 120)]
    assert apart == [(128, 0, 0), (0, 0, 128), (0, 0, 128), (0, 0, 0)]


@pytest.mark.parametrize(
    ("field", "check"),
    [
        ("opacity = 0.25", lambda cel: cel.opacity == 0.25),
        ('tint = "#804020"', lambda cel: tuple(cel.tint)[:3] == (128, 64, 32)),
        ("keys.blur = [[0, 3]]", lambda cel: cel.blur == 3),
        ('expr.opacity = "0.5"', lambda cel: cel.opacity == 0.5),
    ],
)
def test_what_is_done_to_the_group_is_done_once(field: str, check: object) -> None:
    """Opacity, tint and blur are the pane's; the members keep their own."""
    body = group(field + "\n") + card("a", 'parent = "g"\nopacity = 0.5\n') + card("b", 'parent = "g"\n')
    (cel,) = stand(body).cels(0)
    assert check(cel)
    assert isinstance(cel.content, Pane)
    assert cel.layer == "g"
    assert [(inner.opacity, inner.blur) for inner in cel.content.cels] == [(0.5, 0), (1, 0)]


def test_a_group_is_isolated_only_while_it_has_to_be() -> None:
    """Fading from 1 to 0 it is flat, then a pane, then nothing."""
    body = group("on = 1\nkeys.opacity = [[10, 1], [20, 0]]\n") + card("a", 'parent = "g"\n')
    assert [names(body, frame) for frame in (9, 10, 11, 19, 20)] == [["a"], ["a"], [["a"]], [["a"]], []]


def test_a_group_isolates_what_blends_in_it() -> None:
    """One member that is not laid as usual makes its group one picture, and that group no other; outside it stays."""
    outer = group("", "outer") + group('parent = "outer"\n') + card("n", 'parent = "outer"\n')
    body = outer + card("m", 'parent = "g"\nblend = "multiply"\n')
    inner, n = stand(body).cels(0)
    assert isinstance(inner.content, Pane)
    assert [cel.blend for cel in inner.content.cels] == ["multiply"]
    assert (inner.layer, inner.blend, n.layer) == ("g", "normal", "n")
    (whole,) = stand(body.replace('parent = "outer"\n', 'parent = "outer"\nblend = "screen"\n', 1)).cels(0)
    assert whole.layer == "outer"
    assert isinstance(whole.content, Pane)
    assert [(cel.layer, cel.blend) for cel in whole.content.cels] == [("g", "screen"), ("n", "normal")]
    (laid,) = stand(group('blend = "screen"\n') + card("m", 'parent = "g"\n')).cels(0)
    assert (laid.layer, laid.blend) == ("g", "screen")
    assert [cel.blend for cel in stand(card("m", 'blend = "multiply"\n')).cels(0)] == ["multiply"]


def test_span_and_hidden_are_passed_on() -> None:
    """Members are seen only while the group is, on exact frames, and only in their own spans."""
    body = group("in = 3\nout = 9\nkeys.hidden = [[0, false], [5, true], [7, false]]\n") + card(
        "a", 'parent = "g"\nout = 8\n'
    )
    assert [len(stand(body).cels(frame)) for frame in range(11)] == [0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0]


def test_a_plain_parent_passes_on_transform_alone() -> None:
    """A hidden, faded, ended layer that is no group takes nothing from its child."""
    body = card("p", "opacity = 0\nout = 1\nhidden = true\n") + card("a", 'parent = "p"\n')
    assert names(body, 5) == ["a"]
    assert cels(body, 5)["a"].opacity == 1


def test_groups_within_groups() -> None:
    """Each group is one picture in the one around it; the inner's order counts among its siblings."""
    body = (
        group("opacity = 0.5\n", "outer") + group('parent = "outer"\nopacity = 0.5\norder = -1\n', "inner")
        + card("a", 'parent = "outer"\n') + card("b", 'parent = "inner"\n') + card("c", 'parent = "inner"\n')
    )  # fmt: skip
    assert names(body) == [[["b", "c"], "a"]]
    assert names(body.replace("opacity = 0.5\norder", "order")) == [["b", "c", "a"]]
    assert names(body.replace('name = "inner"\n', 'name = "inner"\nhidden = true\n')) == [["a"]]


def test_handed_into_a_group_and_out_again() -> None:
    """keys.parent moves a piece into the group, and out, on its exact frames though all is on twos."""
    body = (
        group("opacity = 0.5\n")
        + card("a", 'parent = "g"\n')
        + card("b", 'keys.parent = [[0, ""], [3, "g"], [7, ""]]\n')
    )
    got = [names(body, frame) for frame in range(9)]
    assert got == [[["a"], "b"]] * 3 + [[["a", "b"]]] * 4 + [[["a"], "b"]] * 2


def test_behind_and_order_inside() -> None:
    """Inside a group behind and order work as outside; a whole group slips under a layer; what lies behind a group
    lies behind all of it."""
    inside = (
        group("opacity = 0.5\n") + card("a", 'parent = "g"\norder = 2\n') + card("b", 'parent = "g"\n')
        + card("c", 'parent = "g"\nbehind = "b"\norder = 8\n')
    )  # fmt: skip
    assert names(inside) == [["c", "b", "a"]]
    assert names(card("t") + inside.replace("opacity = 0.5\n", 'opacity = 0.5\nbehind = "t"\n')) == [
        ["c", "b", "a"],
        "t",
    ]
    assert names(inside + card("u", 'behind = "g"\n')) == ["u", ["c", "b", "a"]]


def test_behind_across_a_groups_edge_is_refused() -> None:
    """Slipping under a member from outside is a finding that says what would do."""
    with pytest.raises(SceneError, match='"a" is not in the same group'):
        stand(group() + card("a", 'parent = "g"\n') + card("b", 'behind = "a"\n'))


def test_a_groups_transform_carries() -> None:
    """Members turn, grow and lie with the group about its pivot, and the group under a peg with that."""
    body = (
        '[[peg]]\nname = "p"\nat = [100, 0]\nturn = 90\n'
        '[[layer]]\nname = "g"\ngroup = true\nparent = "p"\nat = [10, 0]\nscale = 2\n'
        + card("a", 'parent = "g"\nat = [5, 7]\n')
    )  # fmt: skip
    assert where(cels(body)["a"], 20, 20) == (100 - 14, 10 + 10)


def test_a_group_lies_in_the_middle_by_itself() -> None:
    """Without `at` a group's origin is the canvas's middle, as a layer's is, and members count from there."""
    body = '[[layer]]\nname = "g"\ngroup = true\n' + card("a", 'parent = "g"\n')
    assert where(cels(body)["a"], 20, 20) == (100, 60)


def test_camera_and_lock_act_on_the_groups_sheet() -> None:
    """Members go with the group's sheet whatever they say; a locked group keeps all of them from the camera."""
    body = (
        '[camera]\nzoom = 1\nkeys.height = [[0, 300]]\n' + SHEETS.replace('"high"\n', '"high"\ngap = 50\n')
        + group('sheet = "high"\n') + card("a", 'parent = "g"\nsheet = "low"\nat = [100, 60]\n')
    )  # fmt: skip
    assert cels(body)["a"].matrix.a == pytest.approx(450 / 250)
    assert cels(body.replace("group = true\n", "group = true\nlock = true\n"))["a"].matrix.a == 1
    (pane,) = stand(body.replace("group = true\n", "group = true\nopacity = 0.5\n")).cels(0)
    assert isinstance(pane.content, Pane)
    assert pane.content.cels[0].matrix.a == pytest.approx(450 / 250)


def test_a_sheets_opacity_lies_over_the_groups() -> None:
    """The sheet fades the faded group once more, as one picture with its neighbours."""
    body = (
        '[[sheet]]\nname = "low"\nopacity = 0.5\n' + group("opacity = 0.5\n") + card("a", 'parent = "g"\n') + card("b")
    )
    (sheet,) = stand(body).cels(0)
    assert sheet.opacity == 0.5
    assert isinstance(sheet.content, Pane)
    assert [(cel.layer, cel.opacity) for cel in sheet.content.cels] == [("g", 0.5), ("b", 1)]


def test_too_many_groups_inside_one_another_are_refused() -> None:
    """Sixty are fine, and one more is a finding, not a crash."""

    def nested(count: int) -> str:
        hung = "".join(group(f'parent = "g{i}"\nopacity = 0.9\n', f"g{i + 1}") for i in range(count - 1))
        return group("opacity = 0.9\n", "g0") + hung + card("a", f'parent = "g{count - 1}"\n')

    assert stand(nested(60)).comp(0).any()
    with pytest.raises(SceneError, match="more than 60 groups and scenes inside one another"):
        stand(nested(61))


def test_four_hundred_parents_carry() -> None:
    """A chain of as many parents as are allowed is posed without running out of calls."""
    body = card("c0", "at = [0, 0]\n") + "".join(
        card(f"c{i}", f'parent = "c{i - 1}"\nat = [1, 0]\n') for i in range(1, 390)
    )
    assert where(stand(body).cels(0)[-1], 20, 20) == (389, 0)


def test_behind_on_another_sheet_changes_nothing() -> None:
    """While its sheet is another one, a piece lies where it would without `behind`."""
    body = (
        SHEETS + card("a", 'sheet = "low"\n')
        + card("b", 'behind = "a"\norder = 5\nkeys.sheet = [[0, "low"], [8, "high"]]\n')
        + card("c", 'sheet = "high"\n')
    )  # fmt: skip
    assert [names(body, frame) for frame in (0, 8)] == [["b", "a", "c"], ["a", "c", "b"]]


def test_behind_a_piece_that_is_not_seen() -> None:
    """A hidden or ended piece still keeps the place of what lies behind it, chains too."""
    body = (
        card("under") + card("a", "out = 4\norder = -3\n") + card("b", 'behind = "a"\nhidden = true\n')
        + card("c", 'behind = "b"\norder = 7\n')
    )  # fmt: skip
    assert names(body, 0) == ["c", "a", "under"]
    assert names(body, 6) == ["c", "under"]


def test_behind_a_repeated_layer_is_refused() -> None:
    """Many copies are no one piece to slip under; it is said, not passed over."""
    with pytest.raises(SceneError, match='"leaf" is repeated'):
        stand(card("leaf", "repeat = { count = 3 }\n") + card("x", 'behind = "leaf"\n'))
