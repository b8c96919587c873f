"""Taking hold of a piece: where a hand puts it is where the changed scene shows it, under whatever carries it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st

import collage
from collage.exposure.cel import Pane
from collage.exposure.rig import Rig
from collage.geometry import Affine
from collage.player.grip import Grip
from collage.player.lifting import lift, picture
from collage.scene.edits import Who, nudged
from collage.scene.nudges import Nudge
from collage.stand import Stand

SCENE = """format = 1
[scene]
size = [400, 300]
length = 24
[camera]
zoom = 1.5
turn = {camera}
at = [190, 160]
[[sheet]]
name = "table"
[[sheet]]
name = "high"
gap = 100
[[peg]]
name = "peg"
at = [200, 150]
turn = {turn}
scale = [{scale}, {down}]
[[layer]]
name = "piece"
card = "#ff0000"
size = [60, 40]
sheet = "high"
parent = "peg"
at = [10, -20]
turn = 25
skew = [10, 0]
keys.scale = [[0, 0.5], [20, 1]]
[[layer]]
name = "child"
card = "#00ff00"
size = [10, 10]
parent = "piece"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project without pictures."""
    (tmp_path / "assets").mkdir()
    return tmp_path


def opened(folder: Path, text: str) -> Stand:
    """A scene on the stand."""
    path = folder / "s.toml"
    path.write_text(text, encoding="utf-8")
    return collage.open(path)


@given(
    camera=st.integers(-180, 180),
    turn=st.integers(-180, 180),
    scale=st.sampled_from([0.4, 1, -1.5]),
    stretch=st.sampled_from([1, -1, 2]),
    pulled=st.tuples(st.integers(-150, 150), st.integers(-150, 150)),
    notches=st.integers(-20, 20),
    growth=st.sampled_from([0.5, 1, 1.25]),
    frame=st.integers(0, 23),
)
def test_what_is_let_go_stays_there(
    folder: Path,
    camera: int,
    turn: int,
    scale: float,
    stretch: float,
    pulled: tuple[int, int],
    notches: int,
    growth: float,
    frame: int,
) -> None:
    """Under a camera and a peg of any turn, flip and scale the text that is written shows the piece where it was put
    down, and its child where it was carried to."""
    text = SCENE.format(camera=camera, turn=turn, scale=scale, down=scale * stretch)
    with opened(folder, text) as stand:
        assert isinstance(stand.rig, Rig)
        grip = Grip.of(stand.rig, frame, stand.rig.pieces[0])
        assert grip is not None
        held = grip.pulled_to(pulled).spin(3 * notches).grow(growth)
        after = nudged(text, Who(0, "piece"), held.nudge)
        newer = stand.changed(after.scene)
        assert isinstance(newer.rig, Rig)
        assert held.landed(newer.rig)
        way = Affine.shift(*pulled) @ held.way
        before, now = (one.cels(frame)[-1].matrix for one in (stand, newer))
        for corner in ((0, 0), (10, 0), (0, 10)):
            assert math.dist((way @ before).at(corner), now.at(corner)) < 1.5
        newer.close()


def test_a_spin_is_clockwise_as_it_is_seen(folder: Path) -> None:
    """Also under a peg that is flipped, where turn counts the other way."""
    for down, written in ((1, 3), (-1, -3)):
        with opened(folder, SCENE.format(camera=0, turn=0, scale=1, down=down)) as stand:
            assert isinstance(stand.rig, Rig)
            grip = Grip.of(stand.rig, 0, stand.rig.pieces[0])
            assert grip is not None
            assert grip.spin(3).nudge.turn == written
            a, b = grip.spin(3).way[:2]
            assert math.degrees(math.atan2(b, a)) == pytest.approx(3)


def test_what_lies_flat_cannot_be_taken(folder: Path) -> None:
    """A piece scaled to nothing has no place to be pulled from."""
    text = SCENE.format(camera=0, turn=0, scale=1, down=1).replace("[0, 0.5]", "[0, 0]")
    with opened(folder, text) as stand:
        assert isinstance(stand.rig, Rig)
        assert Grip.of(stand.rig, 0, stand.rig.pieces[0]) is None


GROUP = """format = 1
[scene]
size = [200, 100]
paper = "none"
[look]
grain = 0.5
[[layer]]
name = "all"
group = true
opacity = 0.5
at = [0, 0]
[[layer]]
name = "left"
card = "#ff0000"
size = [20, 20]
parent = "all"
at = [50, 50]
[[layer]]
name = "right"
card = "#0000ff"
size = [20, 20]
parent = "all"
at = [150, 50]
"""


def test_a_member_is_lifted_out_of_its_group(folder: Path) -> None:
    """What is left are the other members in their group; the piece comes alone, as faint as its group, without the film
    stock, however far out it is carried."""
    with opened(folder, GROUP) as stand:
        assert isinstance(stand.rig, Rig)
        lifted = lift(stand.rig, 0, stand.rig.pieces[1])
        rest = lifted.rest[0].content
        assert isinstance(rest, Pane)
        group = rest.cels[0].content
        assert isinstance(group, Pane)
        assert [cel.layer for cel in group.cels] == ["right"]
        drawn, corner = picture(stand.glass, lifted.cels, stand.size, Affine.shift(-60, 0), 1.0)
        x, y = round(-10 - corner[0]), round(50 - corner[1])
        assert tuple(drawn[y, x]) == (128, 0, 0, 128)
        assert not drawn[:, 0].any()
        assert lifted.far > lifted.near
        assert lifted.opacity > 0


def test_changed_stands_share_the_glass_until_the_last_is_closed(project: Project) -> None:
    """A picture is decoded once for both; the former may be closed first and the newer one goes on."""
    path = project('format = 1\n[[layer]]\nasset = "a"\n', {"a": np.full((9, 9, 4), 255, np.uint8)})
    stand = collage.open(path)
    before = stand.comp(0)
    newer = stand.changed(nudged(path.read_text(encoding="utf-8"), Who(0, "a"), Nudge((40, 0))).scene)
    glass = stand.glass
    assert newer.glass is glass
    stand.close()
    after = newer.comp(0)
    assert newer.glass is glass
    assert np.array_equal(after, np.roll(before, 40, axis=1))
    newer.close()
    assert newer.glass is not glass
    newer.close()
