"""The camera: rule 7's formula to the letter, what is locked, what fades, and what `check` says of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_expose import cels, stand, where

from collage.errors import SceneError
from collage.exposure.cel import Pane

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\non = 1\n"
SHEETS = '[[sheet]]\nname = "low"\n[[sheet]]\nname = "mid"\ngap = {}\n[[sheet]]\nname = "top"\ngap = {}\n'
THREE = "".join(
    f'[[layer]]\nname = "{s}-disc"\nasset = "disc"\nsheet = "{s}"\nat = [70, 50]\n' for s in ("low", "mid", "top")
)


def seen(camera: str, frame: int = 0, body: str = THREE, gaps: tuple[float, float] = (30, 50)) -> dict[str, object]:
    """Where each layer's middle lies in the picture."""
    got = cels(camera + SHEETS.format(*gaps) + body, frame, HEAD)
    return {name: where(cel, 24, 24) for name, cel in got.items()}


def formula(
    p: np.ndarray, z: float, rest: float, height: float, at: np.ndarray, zoom: float, turn: float
) -> np.ndarray:
    """Rule 7, written out in float64 from the page."""
    centre, angle = np.array([100.0, 60.0]), np.deg2rad(-turn)
    rot = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    nearer, slide = (rest - z) / (height - z), rest / (height - z)
    return np.asarray(centre + zoom * rot @ (nearer * (p - centre) - slide * (at - centre)))


@given(
    st.tuples(*[st.floats(-3000, 3000)] * 2), st.floats(0.01, 50), st.floats(-720, 720), st.floats(200, 2000),
    st.floats(90, 3000), st.tuples(st.floats(0, 60), st.floats(0, 60)), st.tuples(*[st.floats(-2000, 2000)] * 2),
)  # fmt: skip
def test_the_formula_of_rule_7(
    at: tuple[float, float], zoom: float, turn: float, rest: float, height: float, gaps: tuple[float, float],
    p: tuple[float, float],
) -> None:  # fmt: skip
    """A point of each sheet comes to lie where rule 7 says, to 1e-9 of the numbers it is made of."""
    high = gaps[0] + gaps[1]
    assume(height - high > 21)
    camera = (
        f"[camera]\nat = [{at[0]!r}, {at[1]!r}]\nzoom = {zoom!r}\nturn = {turn!r}\nheight = {rest!r}\n"
        f"keys.height = [[0, {height!r}]]\n"
    )
    body = "".join(
        f'[[layer]]\nname = "l{i}"\nasset = "disc"\nsheet = "{sheet}"\nat = [{p[0]!r}, {p[1]!r}]\n'
        for i, sheet in enumerate(("low", "mid", "top"))
    )
    frame = stand(camera + SHEETS.format(*gaps) + body, HEAD).cels(0)
    shown = [inner for cel in frame for inner in (cel.content.cels if isinstance(cel.content, Pane) else (cel,))]
    assert len(shown) == 3
    for cel, z in zip(shown, (0.0, gaps[0], high), strict=True):
        want = formula(np.array(p), z, rest, height, np.array(at), zoom, turn)
        room = height - z
        size = 200 + zoom * ((rest - z) * np.hypot(*p) + rest * np.hypot(*at) + 200 * rest) / room
        assert np.abs(np.array(cel.matrix.at((24, 24))) - want).max() < 1e-9 * size


@pytest.mark.parametrize("camera", ["[camera]\n", "[camera]\nheight = 800\n", "[camera]\nkeys.turn = [[0, 0]]\n"])
def test_at_rest_nothing_changes(camera: str) -> None:
    """A camera at rest, at whatever height, gives the cels and the bytes of no camera at all."""
    body = SHEETS.format(30, 90) + THREE.replace("at = [70", "turn = 33\nat = [70")
    assert stand(camera + body, HEAD).cels(7) == stand(body, HEAD).cels(7)
    assert np.array_equal(stand(camera + body, HEAD).comp(7), stand(body, HEAD).comp(7))


def test_trucking_makes_nearer_sheets_grow_and_slide_more() -> None:
    """From 500 mm to 300: sheet z grows by (500 − z)/(300 − z); panned, it slides by 500/(300 − z)."""
    camera = '[camera]\nkeys.height = [[0, 500], [24, 300, "linear"]]\nkeys.x = [[24, 100], [48, 112, "linear"]]\n'
    shown = stand(camera + SHEETS.format(30, 50) + THREE, HEAD)
    grown = {cel.layer: cel.matrix.a for cel in shown.cels(24)}
    assert grown == pytest.approx({"low-disc": 500 / 300, "mid-disc": 470 / 270, "top-disc": 420 / 220})
    before, after = seen(camera, 24), seen(camera, 47)
    slid = [before[name][0] - after[name][0] for name in before]  # type: ignore[index]
    assert slid == pytest.approx([11.5 * 500 / (300 - z) for z in (0, 30, 80)])
    assert slid[0] < slid[1] < slid[2]


def test_pan_zoom_and_turn_do_what_they_say() -> None:
    """Looking to the right moves the picture left; zoom 2 doubles about the middle; turned clockwise, the picture turns
    the other way."""
    table = '[[layer]]\nasset = "disc"\nat = [120, 60]\n'
    assert where(cels("[camera]\nat = [110, 60]\n" + table)["disc"], 24, 24) == (110, 60)
    assert where(cels("[camera]\nzoom = 2\n" + table)["disc"], 24, 24) == (140, 60)
    assert where(cels("[camera]\nturn = 90\n" + table)["disc"], 24, 24) == (100, 40)


def test_a_sheet_fades_from_60_to_20_mm_under_the_lens() -> None:
    """All of it at 60 mm, half at 40, nothing from 20 on and below the sheet, and no division by zero at its height."""
    camera = '[camera]\nkeys.height = [[0, 141], [1, 140, "hold"], [2, 120, "hold"], [3, 100.5, "hold"], ' \
        '[4, 100, "hold"], [5, 80, "hold"], [6, 50, "hold"]]\n'  # fmt: skip
    body = (
        SHEETS.format(30, 50)
        + '[[layer]]\nasset = "disc"\nsheet = "top"\n'
        + '[[layer]]\nname = "on-table"\ncard = "#fff"\nsize = [9, 9]\nsheet = "low"\n'
    )
    shown = stand(camera + body, HEAD)
    got = [{cel.layer: cel.opacity for cel in shown.cels(frame)} for frame in range(7)]
    assert [frame.get("disc", 0.0) for frame in got] == pytest.approx([1, 1, 0.5, 0.0125, 0, 0, 0])
    assert [frame["on-table"] for frame in got] == pytest.approx([1, 1, 1, 1, 1, 1, 0.75])


def test_a_sheet_fades_as_one() -> None:
    """Two overlapping pieces of a fading sheet lie in one pane, so the lower never shines through the upper."""
    body = (
        '[[layer]]\nname = "a"\nasset = "disc"\nsheet = "top"\n[[layer]]\nname = "b"\nasset = "disc"\nsheet = "top"\n'
    )
    (cel,) = stand("[camera]\nkeys.height = [[0, 120]]\n" + SHEETS.format(30, 50) + body, HEAD).cels(0)
    assert isinstance(cel.content, Pane)
    assert [inner.layer for inner in cel.content.cels] == ["a", "b"]
    assert cel.opacity == 0.5


@pytest.mark.parametrize(("height", "fine"), [(139.5, False), (140, True), (50, False)])
def test_a_sheet_that_fades_at_rest_is_refused(height: float, fine: bool) -> None:
    """A sheet less than 60 mm under the resting camera is a finding that says how high the camera has to be."""
    body = f"[camera]\nheight = {height}\n" + SHEETS.format(30, 50) + THREE
    if fine:
        assert stand(body, HEAD).warnings == ()
        return
    with pytest.raises(SceneError, match=r'"top" lies 80 mm up.*write height = 140 or more in \[camera\]'):
        stand(body, HEAD)


def test_without_a_camera_sheets_may_lie_as_high_as_they_like() -> None:
    """A tower of sheets without a camera is laid 1:1: nothing fades."""
    body = "".join(f'[[sheet]]\nname = "s{i}"\n{"gap = 90" if i else ""}\n' for i in range(9))
    assert stand(body + '[[layer]]\nasset = "disc"\nsheet = "s8"\n').cels(0)[0].opacity == 1


def test_keys_formulas_and_moves_act_on_the_camera() -> None:
    """Each channel by keys, by formula on top of it, by moves that add and place."""
    table = '[[layer]]\nasset = "disc"\nat = [120, 60]\n'

    def at(camera: str, frame: int) -> tuple[float, float]:
        return where(cels("[camera]\n" + camera + table, frame, HEAD)["disc"], 24, 24)

    assert at('keys.at = [[0, ["50%", 60]], [10, [110, 70], "linear"]]\n', 10) == (110, 50)
    assert at('keys.zoom = [[0, 1], [10, 3, "linear"]]\n', 5) == (140, 60)
    assert at('expr.x = "v + f"\nexpr.y = "v - f"\n', 4) == (116, 64)
    assert at('expr.zoom = "1 + f/10"\nexpr.turn = "9*f"\n', 10) == (100, 20)
    assert at('expr.height = "500 - 10*f"\n', 25) == (140, 60)
    assert at('move = [{ do = "slide", to = [120, 60] }]\n', 47) == (100, 60)
    assert at('move = [{ do = "spin", by = 90, out = 10, ease = "linear" }]\n', 10) == (100, 40)


def test_breathing_zooms_and_wandering_pans() -> None:
    """`breathe` scales every sheet alike about the middle; drift and shake move the picture without scaling it."""
    breathing = stand('[camera]\nmove = [{ do = "breathe", by = 0.1 }]\n' + SHEETS.format(30, 50) + THREE, HEAD)
    scales = [[cel.matrix.a for cel in breathing.cels(frame)] for frame in range(40)]
    assert all(max(row) - min(row) < 1e-12 for row in scales)
    assert max(row[0] for row in scales) > 1.05
    assert min(row[0] for row in scales) >= 0.89
    for move in ("drift", "shake"):
        shown = stand(f'[camera]\nmove = [{{ do = "{move}" }}]\n' + THREE.replace('sheet = "low"', "")
                      .replace('sheet = "mid"', "").replace('sheet = "top"', ""), HEAD)  # fmt: skip
        places = {where(shown.cels(frame)[0], 24, 24) for frame in range(20)}
        assert len(places) > 10
        assert all(abs(x - 70) < 30 and abs(y - 50) < 30 for x, y in places)


def test_a_camera_that_follows_keeps_its_layer_in_the_middle() -> None:
    """Without lag, the layer that the camera follows stays in the middle of the picture, on any sheet."""
    body = '[[layer]]\nasset = "disc"\nkeys.x = [[0, 20], [40, 180]]\n'
    camera = '[camera]\nmove = [{ do = "follow", layer = "disc", lag = 0 }]\n'
    for frame in (0, 11, 30, 47):
        assert where(cels(camera + body, frame, HEAD)["disc"], 24, 24) == (100, 60)
    sheets = '[[sheet]]\nname = "low"\n[[sheet]]\nname = "high"\ngap = 150\n'
    trucking = camera.replace("move", "keys.height = [[0, 500], [40, 300]]\nmove")
    for frame in (0, 11, 30, 47):
        seen = where(cels(trucking + sheets + body + 'sheet = "high"\n', frame, HEAD)["disc"], 24, 24)
        assert seen == pytest.approx((100, 60))


def test_the_camera_holds_its_own_exposures() -> None:
    """`camera.on` rules, else the scene's: the layer moves on ones, the camera on threes."""
    body = '[camera]\non = 3\nkeys.x = [[0, 100], [12, 112, "linear"]]\n[[layer]]\nasset = "disc"\nat = [50, 60]\n'
    assert [where(cels(body, frame, HEAD)["disc"], 24, 24)[0] for frame in range(7)] == [50, 50, 50, 47, 47, 47, 44]
    twos = HEAD.replace("on = 1", "on = 2")
    assert [where(cels(body.replace("on = 3\n", ""), f, twos)["disc"], 24, 24)[0] for f in range(4)] == [50, 50, 48, 48]


def test_locked_layers_stay_put_and_so_does_what_hangs_on_them() -> None:
    """A locked layer, its child and its grandchild lie as without a camera, and none fades; their neighbours do."""
    body = (
        SHEETS.format(30, 50) + '[[layer]]\nname = "a"\nasset = "disc"\nlock = true\nsheet = "top"\nturn = 20\n'
        '[[layer]]\nname = "b"\nasset = "disc"\nparent = "a"\nat = [10, 3]\n'
        '[[layer]]\nname = "c"\nasset = "disc"\nparent = "b"\nat = [10, 3]\nsheet = "low"\n'
        '[[layer]]\nname = "free"\nasset = "disc"\nsheet = "top"\n'
    )
    plain = cels(body, 5, HEAD)
    filmed = cels("[camera]\nat = [0, 9]\nzoom = 3\nturn = 70\nkeys.height = [[0, 110]]\n" + body, 5, HEAD)
    assert [filmed[name] for name in "abc"] == [plain[name] for name in "abc"]
    assert filmed["free"].opacity == 0.25
    assert filmed["free"].content != plain["free"].content


def test_zooming_to_nothing_never_turns_the_picture_over() -> None:
    """An ease or a formula that takes the zoom to 0 or below shows nothing: no picture upside down, no crash."""
    body = '[camera]\nexpr.zoom = "1 - f/10"\n[[layer]]\nasset = "disc"\n'
    assert [len(stand(body, HEAD).cels(frame)) for frame in (0, 9, 10, 11, 20)] == [1, 1, 0, 0, 0]


def test_focus_names_a_sheet_or_a_height() -> None:
    """A known sheet and a number are fine; an unknown sheet is refused with a suggestion."""
    for focus in ('"mid"', "30"):
        assert stand(f"[camera]\nfocus = {focus}\nkeys.focus = [[0, {focus}]]\n" + SHEETS.format(30, 50) + THREE, HEAD)
    with pytest.raises(SceneError, match=r'no sheet "midd"\. Did you mean "mid"'):
        stand('[camera]\nfocus = "midd"\n' + SHEETS.format(30, 50) + THREE, HEAD)


def warned(body: str) -> str:
    return " ".join(str(warning) for warning in stand(body).warnings)


ONES = '[camera]\non = 1\nkeys.x = [[0, 0], [40, 90]]\n[[layer]]\nasset = "disc"\n'


def test_jitter_is_warned_of_with_its_cures() -> None:
    """A piece moving on twos under a camera on ones: which, why, and the three ways out, `lock` among them."""
    told = warned(ONES + 'move = [{ do = "bob" }]\n')
    for words in ('"disc" moves on twos', "camera moves on ones", "on = 1", "lock = true", "on = 2 in [camera]"):
        assert words in told
    carried = '[[peg]]\nname = "p"\nkeys.turn = [[0, 0], [8, 9]]\n' + ONES + 'parent = "p"\n'
    assert '"disc" moves on twos' in warned(carried)


@pytest.mark.parametrize(
    "body",
    [
        ONES,
        ONES + 'lock = true\nmove = [{ do = "bob" }]\n',
        ONES + 'on = 1\nmove = [{ do = "bob" }]\n',
        ONES + "keys.opacity = [[0, 0], [8, 1]]\n",
        ONES + 'expr.opacity = "t/2"\n',
        ONES.replace("on = 1\n", "") + 'move = [{ do = "bob" }]\n',
        ONES.replace("keys.x = [[0, 0], [40, 90]]\n", "") + 'move = [{ do = "bob" }]\n',
    ],
    ids=["still", "locked", "on-ones", "fading", "fading-formula", "camera-on-twos", "camera-still"],
)
def test_no_jitter_where_nothing_jitters(body: str) -> None:
    """No warning for what is still, locked, on the camera's exposures, or only fades."""
    assert "jitters" not in warned(body)


def test_a_thousand_kilometres_away_nothing_breaks() -> None:
    """The farthest and lowest cameras that can be written give finite numbers."""
    for height in (100000, 1):
        got = stand(f'[camera]\nzoom = 1000\nkeys.height = [[0, {height}]]\n[[layer]]\nasset = "disc"\n', HEAD).cels(0)
        assert all(np.isfinite(cel.matrix).all() for cel in got)
        assert len(got) == (height > 20)
