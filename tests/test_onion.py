"""Onion skin and x-ray: what is drawn of other poses, and of each sheet."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from conftest import Project
from stagehands import perform, press

import collage
from collage.exposure.cel import Pane
from collage.player import xray_paper
from collage.player.lens import Lens
from collage.player.nearer import part
from collage.player.onion import COMING, PAST, Onion, skinned
from collage.player.onion import _picture as drawn
from collage.player.xray import Slant, Xray, panes

pytestmark = pytest.mark.usefixtures("dummy")

MOVING = """format = 1
[scene]
size = [64, 36]
length = 12
on = 2
[lamp]
strength = 0
[[sheet]]
name = "low"
[[sheet]]
name = "high"
[[layer]]
card = "white"
size = [64, 36]
at = ["50%", "50%"]
sheet = "low"
[[layer]]
card = "white"
size = [8, 8]
keys.x = [[0, 4], [11, 60]]
keys.y = [[0, 18], [11, 18]]
sheet = "high"
"""


@pytest.fixture
def scene(project: Project) -> Path:
    """A card that slides over one that lies still."""
    return project(MOVING)


def test_the_poses_around_lie_under_the_present_piece(scene: Path) -> None:
    """Two before and two after, the farthest lowest, tinted; what lies still shows once."""
    with collage.open(scene) as stand:
        now, cels = stand.cels(6), skinned(stand, 6)
        assert (cels[0], cels[-1]) == (now[0], now[-1])
        places = [(cel.matrix.e, cel.tint) for cel in cels[1:-1]]
        expected = {
            (stand.cels(frame)[1].matrix.e, tint) for frame, tint in ((2, PAST), (4, PAST), (8, COMING), (10, COMING))
        }
    assert set(places) == expected
    assert len(places) == 4


def test_at_the_ends_there_is_one_side(scene: Path) -> None:
    """The first pose has none before it, the last none after."""
    with collage.open(scene) as stand:
        assert {cel.tint for cel in skinned(stand, 0)[1:-1]} == {COMING}
        assert {cel.tint for cel in skinned(stand, 11)[1:-1]} == {PAST}


def test_where_nothing_moves_there_is_no_skin(project: Project) -> None:
    """The frame's own cels."""
    with collage.open(project('format = 1\n[scene]\nlength = 8\n[[layer]]\ncard = "red"\nsize = [4, 4]\n')) as stand:
        assert skinned(stand, 3) == stand.cels(3)


def test_a_scene_on_film_stock_is_skinned_inside(project: Project) -> None:
    """The poses lie within the one picture that the stock is made of."""
    with collage.open(project(MOVING + "[look]\ngrain = 0.5\n")) as stand:
        (whole,) = skinned(stand, 6)
        assert isinstance(whole.content, Pane)
        assert len(whole.content.cels) == len(stand.cels(6)[0].content.cels) + 4


def shown(scene: Path, script: list[list[Any]], tmp_path: Path, *acetates: Any) -> SimpleNamespace:
    """A real scene in a window of its own size, paused on frame 6."""
    stand: Any = collage.open(scene)
    with stand:
        return perform(
            [press("space", " "), *script], tmp_path, stand=stand, size=(64, 36), start=6, end=12, acetates=acetates
        )


def alt(name: str) -> list[Any]:
    """A key with Alt."""
    import pygame

    code = pygame.key.key_code(name)
    down = pygame.event.Event(pygame.KEYDOWN, key=code, mod=pygame.KMOD_LALT, unicode=name)
    return [down, pygame.event.Event(pygame.KEYUP, key=code, mod=0)]


def test_the_present_stays_opaque_over_red_and_green(scene: Path) -> None:
    """Red behind, green ahead, the piece itself untouched."""
    import pygame

    with collage.open(scene) as stand:
        skin: Any = drawn(stand, 6, 1.0)
        plain = stand.comp(6)[..., :3]
        behind, middle, ahead = (round(stand.cels(frame)[1].matrix.e) + 4 for frame in (4, 6, 8))
    seen = pygame.surfarray.array3d(skin).swapaxes(0, 1).astype(int)
    assert np.array_equal(seen[15:21, middle], plain[15:21, middle])
    assert seen[18, behind, 0] > seen[18, behind, 1] + 30
    assert seen[18, ahead, 1] > seen[18, ahead, 0] + 30


def test_alt_o_shows_it_and_hides_it_again(scene: Path, tmp_path: Path) -> None:
    """A switch, that works at rest and not while it plays."""
    onion = Onion()
    shots = shown(scene, [alt("o"), alt("o")], tmp_path, onion).window.seen
    assert not np.array_equal(shots[-2], shots[-1])
    assert onion.seen(SimpleNamespace(playing=False, frame=1, lens=None)) is None  # type: ignore[arg-type]


def test_an_x_ray_parts_what_lies_on_each_sheet(scene: Path) -> None:
    """The lowest first; each picture shows what lies there and nothing else."""
    with collage.open(scene) as stand:
        low, high = panes(stand, 6)
    import pygame

    assert (low.name, high.name) == ("low", "high")
    alphas = [pygame.surfarray.array_alpha(pane.picture) for pane in (low, high)]
    assert (alphas[0] == 255).all()
    assert (alphas[1] > 0).sum() in range(60, 101)


def test_alt_l_opens_the_glass_and_escape_closes_it(scene: Path, tmp_path: Path) -> None:
    """The picture gives way to the sheets; Esc brings it back instead of ending the show."""
    shots = shown(scene, [alt("l"), press("escape")], tmp_path, Xray()).window.seen
    assert not np.array_equal(shots[-2], shots[-1])
    assert np.array_equal(shots[-3][:30], shots[-1][:30])


@pytest.mark.parametrize("slant", [Slant(), Slant(90, 88, 0.6), Slant(-180, 8, 0.02)])
@pytest.mark.parametrize("size", [(160, 90), (1280, 720), (400, 900)])
def test_all_of_it_lies_in_the_window(slant: Slant, size: tuple[int, int]) -> None:
    """However it is turned and pulled apart, no sheet and no table leaves the window by its upper or lower edge."""
    look = xray_paper.Look.at((640, 360), size, slant, 5)
    rows = [y for _, y in (*look.corners(xray_paper.BELOW, xray_paper.TABLE_GROWN), *look.corners(4))]
    assert min(rows) >= 0
    assert max(rows) <= size[1]


def test_a_part_enlarged_lies_where_the_lens_says() -> None:
    """Nearer, only what is seen is enlarged, and it lies on its place to a window pixel."""
    import pygame

    picture = pygame.Surface((64, 36))
    picture.set_at((40, 20), (255, 0, 0))
    lens = Lens((64, 36), (320, 180)).zoomed(2, (200, 100))
    shown_part, (left, top) = part(picture, lens)
    window = pygame.Surface((320, 180))
    window.blit(shown_part, (left, top))
    x, y = lens.matrix.at((40.5, 20.5))
    assert tuple(window.get_at((round(x), round(y))))[:3] == (255, 0, 0)
    assert shown_part.get_width() < 64 * lens.scale
