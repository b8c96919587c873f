"""The shutter: where a piece has come when it closes, what must not be smeared, and what is smeared as one."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from test_expose import stand

import collage
from collage.exposure.cel import Cel, Pane
from collage.exposure.shutter import Jump
from collage.geometry import Affine

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 24\non = {}\n"
HALF = "[camera]\nshutter = 180\n"
DISC = '[[layer]]\nname = "disc"\nasset = "disc"\nat = [0, 60]\n'


def cel(body: str, frame: int = 0, on: int = 1, layer: str = "disc") -> Cel:
    (found,) = [one for one in stand(body, HEAD.format(on)).cels(frame) if one.layer == layer]
    return found


def went(one: Cel, x: float = 24, y: float = 24) -> tuple[float, float] | None:
    """How far a point of the picture goes while the shutter is open, to a millionth."""
    if one.sweep is None:
        return None
    (x0, y0), (x1, y1) = one.matrix.at((x, y)), one.sweep.at((x, y))
    return round(x1 - x0, 6), round(y1 - y0, 6)


SLIDE = 'keys.x = [[0, 0], [20, 200, "linear"]]\n'


@pytest.mark.parametrize(("shutter", "gone"), [(180, 5), (360, 10), (90, 2.5), (0, None)])
def test_a_share_of_the_way_to_the_next_exposure(shutter: float, gone: float | None) -> None:
    """10 px a frame: 180 degrees smear 5 of them; a closed shutter none."""
    body = f"[camera]\nshutter = {shutter}\n" + DISC + SLIDE
    assert went(cel(body, 7)) == (None if gone is None else (gone, 0))


def test_what_stands_still_is_not_swept() -> None:
    """Before, between and after its keys; another drawing is no motion."""
    mouth = '[[layer]]\nname = "disc"\nasset = "mouth"\nmove = [{ do = "cycle" }]\nkeys.opacity = [[0, 0], [24, 1]]\n'
    assert [cel(HALF + mouth, frame).sweep for frame in (0, 5, 23)] == [None] * 3
    assert cel(HALF + DISC + SLIDE, 22).sweep is None


def test_a_held_exposure_is_the_same_on_all_its_frames() -> None:
    """On threes the way is that to the next pose, three frames on, alike on every frame of the hold."""
    shown = stand(HALF + DISC + SLIDE, HEAD.format(3))
    assert shown.cels(6) == shown.cels(7) == shown.cels(8)
    assert went(shown.cels(7)[0]) == (15, 0)


@given(st.floats(-170, 170), st.floats(0.2, 3), st.floats(0.2, 3), st.integers(1, 360))
def test_what_spins_and_grows_stays_whole(turn: float, wide: float, high: float, shutter: int) -> None:
    """The swept matrix turns and stretches by its share, without the collapse that a mean of matrices is."""
    keys = (
        f'keys.turn = [[0, 0], [1, {turn!r}, "linear"]]\nkeys.scale = [[0, 1], [1, [{wide!r}, {high!r}], "linear"]]\n'
    )
    one = cel(f"[camera]\nshutter = {shutter}\n" + DISC + keys)
    share, sweep = shutter / 360, one.sweep or one.matrix
    a, b, c, d, _, _ = sweep
    assert math.hypot(a, b) == pytest.approx(1 + (wide - 1) * share, abs=1e-5)
    assert math.hypot(c, d) == pytest.approx(1 + (high - 1) * share, abs=1e-5)
    assert math.atan2(b, a) == pytest.approx(math.radians(turn * share), abs=1e-5)
    assert sweep.at((24, 24)) == pytest.approx(one.matrix.at((24, 24)), abs=1e-5)


def test_more_than_half_a_turn_goes_the_shorter_way() -> None:
    """270 degrees an exposure look like 90 the other way."""
    one = cel(HALF + DISC + 'keys.turn = [[0, 0], [2, 540, "linear"]]\n')
    assert one.sweep is not None
    assert math.degrees(math.atan2(one.sweep.b, one.sweep.a)) == pytest.approx(-45)


def test_what_is_turned_over_goes_through_its_edge() -> None:
    """From one side to the other the width goes through nothing; no turn comes of it."""
    one = cel(HALF + DISC + 'keys.scale_x = [[0, 1], [1, -0.5, "linear"]]\n')
    assert one.sweep is not None
    assert one.sweep[:4] == pytest.approx((0.25, 0, 0, 1))
    back = cel(HALF + DISC + 'scale = [-1, 1]\nkeys.turn = [[0, 0], [1, 30, "linear"]]\n').sweep
    assert back is not None
    assert back[:4] == pytest.approx(tuple((Affine.turning(15) @ Affine.scaling(-1, 1))[:4]))


def test_an_arm_swings_about_its_pivot() -> None:
    """The pivot stays where it is all the while."""
    arrow = '[[layer]]\nname = "disc"\nasset = "arrow"\nat = [90, 60]\nkeys.turn = [[0, 0], [1, 80, "linear"]]\n'
    one = cel(HALF + arrow)
    assert one.sweep is not None
    assert one.sweep.at((4, 20)) == pytest.approx((90, 60))
    angle = math.radians(40)
    assert one.sweep.at((57, 20)) == pytest.approx((90 + 53 * math.cos(angle), 60 + 53 * math.sin(angle)))


@pytest.mark.parametrize(
    ("fields", "frame"),
    [
        ("", 23),
        ("out = 12\n", 11),
        ("keys.hidden = [[0, false], [12, true], [15, false]]\n", 11),
        ('keys.parent = [[0, ""], [12, "peg"]]\n', 11),
        ('keys.sheet = [[0, "low"], [12, "high"]]\n', 11),
    ],
)
def test_the_last_exposure_looks_back(fields: str, frame: int) -> None:
    """Before the end, before it goes, and before it changes hands or sheets, the motion goes on as it came."""
    body = HALF + '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\n[[peg]]\nname = "peg"\nat = [50, 70]\n'
    body += DISC + 'keys.x = [[0, 0], [12, 60, "in-quad"], [24, 300, "in-quad"]]\n' + fields
    now, before = (cel(body, at).matrix.e for at in (frame, frame - 1))
    assert went(cel(body, frame)) == (round((now - before) / 2, 6), 0)


def test_a_single_exposure_has_no_way_to_go() -> None:
    """There for one exposure only, it is sharp however it moves otherwise."""
    assert cel(HALF + DISC + SLIDE + "in = 5\nout = 6\n", 5).sweep is None
    assert went(cel(HALF + DISC + SLIDE + "in = 5\nout = 7\n", 5)) == (5, 0)


def test_what_shrinks_does_not_go_past_nothing() -> None:
    """Going on as it came, a size stops at 0."""
    one = cel(HALF + DISC + 'out = 2\nkeys.scale = [[0, 1], [1, 0.1, "linear"]]\n', 1)
    assert one.sweep is not None
    assert one.sweep[:4] == pytest.approx((0, 0, 0, 0), abs=1e-12)


def test_a_jump_is_not_smeared() -> None:
    """A key that holds before it, and a loop that starts over elsewhere, are cuts: no streak across the canvas."""
    hold = DISC + 'keys.x = [[0, 0], [8, 40, "linear"], [12, 900, "hold"], [20, 908, "linear"]]\n'
    assert [went(cel(HALF + hold, frame)) for frame in (7, 9, 11, 12)] == [(2.5, 0), None, None, (0.5, 0)]
    loop = DISC + 'keys.x = { keys = [[0, 0], [8, 160, "linear"]], loop = 8 }\n'
    assert {went(cel(HALF + loop, frame)) for frame in range(24)} == {(10, 0)}
    peg = '[[peg]]\nname = "p"\nkeys.x = [[0, 0], [12, 900, "hold"]]\n' + DISC + 'parent = "p"\n'
    assert cel(HALF + peg, 11).sweep is None
    camera = '[camera]\nshutter = 180\nkeys.x = [[0, 100], [12, 0, "hold"]]\n' + DISC
    assert [cel(camera, frame).sweep for frame in (11, 12)] == [None, None]


@given(
    st.lists(st.integers(0, 20), min_size=1, max_size=4, unique=True).map(sorted), st.integers(0, 9),
    st.integers(-5, 60), st.integers(0, 25),
)  # fmt: skip
def test_jumps_between_frames(frames: list[int], start: int, first: int, more: int) -> None:
    """After the first frame and up to the last, once or in rounds, as counting frame by frame has it."""
    after = range(first + 1, first + more + 1)
    assert Jump(tuple(frames)).between(first, first + more) == any(frame in frames for frame in after)
    rounds = any(frame >= start and (frame - start) % 21 in frames for frame in after)
    assert Jump(tuple(frames), Fraction(21), start).between(first, first + more) == rounds


def test_carriers_and_camera_sweep_what_they_carry() -> None:
    """A piece at rest on a moving peg, or under a panning camera, is swept; a locked one by its own motion alone."""
    peg = '[[peg]]\nname = "p"\n' + SLIDE + DISC + 'parent = "p"\nlock = {}\n'
    assert went(cel(HALF + peg.format("false"), 3)) == (5, 0)
    pan = '[camera]\nshutter = 180\nkeys.x = [[0, 100], [20, 300, "linear"]]\n'
    assert went(cel(pan + DISC, 3)) == (-5, 0)
    assert went(cel(pan + peg.format("false"), 3)) is None
    assert went(cel(pan + peg.format("true"), 3)) == (5, 0)


def test_each_by_its_own_exposures() -> None:
    """A camera on ones over a piece on twos: its step is that of one frame, the piece's that of two, on every frame."""
    pan = '[camera]\nshutter = 180\non = 1\nkeys.x = [[0, 100], [20, 120, "linear"]]\n'
    assert [went(cel(pan + DISC + SLIDE, frame, on=2)) for frame in (4, 5)] == [(9.5, 0), (9.5, 0)]


def test_aims_and_hands_are_ahead_too() -> None:
    """What follows, and an arm that reaches, is swept to where it is at the next exposure."""
    leader = DISC + SLIDE
    follower = '[[layer]]\nname = "b"\nasset = "disc"\nmove = [{ do = "follow", layer = "disc", lag = 0 }]\n'
    assert went(cel(HALF + leader + follower, 4, layer="b")) == (5, 0)
    arm = (
        leader + '[[peg]]\nname = "root"\nat = [60, 110]\n[[layer]]\nname = "up"\nasset = "arrow"\nparent = "root"\n'
        '[[layer]]\nname = "low"\nasset = "arrow"\nparent = "up.tip"\npivot = [4, 20]\n'
        '[[layer]]\nname = "hand"\nasset = "disc"\nparent = "low.tip"\nmove = [{ do = "reach", to = "disc" }]\n'
    )
    assert went(cel(HALF + arm, 4, layer="hand")) == pytest.approx((5, 0), abs=1e-4)


def test_nothing_beyond_the_scene_is_asked() -> None:
    """A formula that has no value after the last frame, or before the first, stops no exposure; nor does a carrier's
    on longer exposures."""
    body = '[[peg]]\nname = "p"\non = 7\nexpr.x = "100 / (28 - f)"\n' + DISC
    body += 'parent = "p"\nexpr.x = "1 / (24 - f) + f**0.5"\n'
    shown = stand(HALF + body, HEAD.format(1))
    assert [len(shown.cels(frame)) for frame in range(24)] == [1] * 24


GROUP = '[[layer]]\nname = "g"\ngroup = true\nopacity = 0.5\nat = [60, 60]\n'


def test_a_group_is_swept_as_one() -> None:
    """Its picture goes where the group goes; members that only ride on it stay sharp in there."""
    moving = GROUP + 'keys.turn = [[0, 0], [20, 200, "linear"]]\nkeys.x = [[0, 60], [20, 80, "linear"]]\n'
    body = HALF + moving + '[[layer]]\nname = "m"\nasset = "disc"\nparent = "g"\nat = [30, 0]\n'
    (whole,) = stand(body, HEAD.format(1)).cels(4)
    assert isinstance(whole.content, Pane)
    assert whole.sweep is not None
    assert whole.sweep.at((64, 60)) == pytest.approx((64.5, 60))
    assert math.degrees(math.atan2(whole.sweep.b, whole.sweep.a)) == pytest.approx(5)
    assert [member.sweep for member in whole.content.cels] == [None]


def test_a_member_is_swept_by_its_own_motion() -> None:
    """In a group that moves, what a member does beside; in one that rests, all of it; flat, all of both."""
    member = '[[layer]]\nname = "m"\nasset = "disc"\nparent = "g"\n' + SLIDE
    for fields, whole, own in (("", None, (5, 0)), ('keys.y = [[0, 0], [20, 80, "linear"]]\n', (0, 2), (5, 0))):
        (group,) = stand(HALF + GROUP + fields + member, HEAD.format(1)).cels(4)
        assert isinstance(group.content, Pane)
        assert went(group, 0, 0) == whole
        assert went(group.content.cels[0]) == own
        (flat,) = stand(HALF + GROUP.replace("0.5", "1") + fields + member, HEAD.format(1)).cels(4)
        assert went(flat) == (5, 2 if whole else 0)


@pytest.mark.parametrize("scale", ["0", "1e-9", "[1e-9, 1]"])
def test_a_group_that_grows_out_of_nothing(scale: str) -> None:
    """Flat there is no motion of it to be seen: its picture is not swept, and no number in it is infinite."""
    grows = f'keys.scale = [[0, {scale}], [4, 1, "linear"]]\n'
    body = HALF + GROUP + grows + '[[layer]]\nname = "m"\nasset = "disc"\nparent = "g"\n' + SLIDE
    shown = stand(body, HEAD.format(1))
    (whole,) = shown.cels(0)
    assert isinstance(whole.content, Pane)
    assert whole.sweep is None or scale.startswith("[")
    sweeps = [one.sweep for frame in range(6) for cel in shown.cels(frame) for one in (cel, *cel.content.cels)]  # type: ignore[union-attr]
    assert all(math.isfinite(number) for sweep in sweeps if sweep for number in sweep)


def test_a_nested_scene_has_a_shutter_of_its_own(project: Project) -> None:
    """Its layer is swept by the outer shutter, what moves in it by the inner."""
    inner = HEAD.format(1) + '[camera]\nshutter = {}\n[[layer]]\nname = "dot"\ncard = "#fff"\nsize = [9, 9]\n' + SLIDE
    layer = '[[layer]]\nname = "box"\nscene = "scenes/inner.toml"\nkeys.y = [[0, 0], [20, 80, "linear"]]\n'
    file = project(HEAD.format(1) + HALF + layer)
    for shutter, swept in ((0, None), (360, (10, 0))):
        (file.parent / "inner.toml").write_text(inner.format(shutter), encoding="utf-8")
        (box,) = collage.open(file).cels(4)
        assert went(box) == (0, 2)
        assert isinstance(box.content, Pane)
        assert went(box.content.cels[1]) == swept


def test_a_sheet_that_passes_the_lens_sweeps_nothing() -> None:
    """Where the next exposure has the sheet behind the camera, its pieces come as they came."""
    body = '[camera]\nshutter = 180\nkeys.height = [[0, 200], [4, 1, "linear"]]\n' + DISC
    shown = stand(body, HEAD.format(1))
    assert [len(shown.cels(frame)) for frame in range(6)] == [1, 1, 1, 1, 0, 0]
    ((last,),) = (one.content.cels for one in shown.cels(3) if isinstance(one.content, Pane))
    grown = 500 / (200 - 3 * 49.75), 500 / (200 - 2 * 49.75)
    assert last.sweep is not None
    assert last.sweep.a == pytest.approx(grown[0] + (grown[0] - grown[1]) / 2)


def test_any_frame_alone_equals_the_run() -> None:
    """Sweeps too can be asked for in any order."""
    body = HALF + GROUP + SLIDE + '[[layer]]\nname = "m"\nasset = "disc"\nparent = "g"\nmove = [{ do = "drift" }]\n'
    shown, fresh = stand(body, HEAD.format(2)), stand(body, HEAD.format(2))
    run = [shown.cels(frame) for frame in range(24)]
    assert [fresh.cels(frame) for frame in reversed(range(24))] == run[::-1]
