"""Passes: each sheet alone, and all of them together the frame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from dark import DARK

import collage
from collage.errors import CollageError
from collage.export import passes
from collage.scene.reader import parse_film

Project = Callable[..., Path]
HEAD = 'format = 1\n[scene]\nsize = [64, 36]\nlength = 24\npaper = "#808040"\n'
SHEETS = '[[sheet]]\nname = "low"\n[[sheet]]\nname = "mid"\n[[sheet]]\nname = "high"\n'


def card(name: str, fields: str = "", colour: str = "#c03020") -> str:
    return f'[[layer]]\nname = "{name}"\ncard = "{colour}"\nsize = [20, 12]\n{fields}'


@pytest.fixture
def staged(project: Project) -> Callable[..., collage.Stand]:
    """``staged(body, head=…)`` is that scene on the stand."""
    return lambda body, head=HEAD + SHEETS: collage.open(project(head + body))


def rejoined(stand: collage.Stand, frame: int) -> list[object]:
    return [cel for one in passes.of(stand) for cel in one.cels(frame)]


def over(stand: collage.Stand, pictures: list[np.ndarray]) -> np.ndarray:
    """Premultiplied pictures laid over a stand's paper, from the lowest, in exact numbers."""
    ground = np.empty((*pictures[0].shape[:2], 3))
    ground[:] = stand.rig.paper[:3]
    for picture in pictures:
        ground = ground * (1 - picture[..., 3:] / 255.0) + picture[..., :3]
    return ground


CROWDED = {
    "plain": card("a") + card("b", 'sheet = "high"\n') + card("c", 'sheet = "mid"\n'),
    "handed from sheet to sheet": card("a", 'keys.sheet = [[0, "low"], [6, "high"], [12, "mid"]]\n') + card("b"),
    "slipping under": card("a", 'sheet = "mid"\n') + card("b", 'sheet = "mid"\nbehind = "a"\n') + card("c"),
    "behind one of another sheet": card("a", 'keys.sheet = [[0, "mid"], [9, "low"]]\n')
    + card("b", 'sheet = "mid"\nkeys.behind = [[0, "a"]]\n'),
    "a group on a sheet": '[[layer]]\nname = "g"\ngroup = true\nsheet = "high"\nopacity = 0.5\n'
    + card("m", 'parent = "g"\nsheet = "low"\n') + card("n"),
    "a plain group": '[[layer]]\nname = "g"\ngroup = true\nsheet = "mid"\nshadow = false\n'
    + card("m", 'parent = "g"\n') + card("n", 'parent = "m"\n'),
    "carried by a peg": '[[peg]]\nname = "p"\n' + card("a", 'parent = "p"\n')
    + card("b", 'sheet = "high"\n') + card("c", 'keys.parent = [[0, "b"], [8, "p"]]\n'),
    "through a matte of another sheet": card("a", 'sheet = "high"\nmatte = { layer = "m" }\n')
    + card("m", 'sheet = "low"\n'),
    "faded sheets": card("a") + card("b", 'sheet = "mid"\n') + '[camera]\nkeys.height = [[0, 500], [20, 40]]\n',
    "locked under a faded sheet": card("a", 'sheet = "mid"\nlock = true\n') + card("b", 'sheet = "mid"\n')
    + '[camera]\nkeys.height = [[0, 500], [20, 90]]\n',
}  # fmt: skip


@pytest.mark.parametrize("body", CROWDED.values(), ids=CROWDED)
def test_the_passes_hold_the_frames_own_cels(staged: Callable[..., collage.Stand], body: str) -> None:
    """One after the other, from the lowest sheet, they are all that the frame shows, each cel once and unchanged."""
    with staged(body) as stand:
        for frame in range(24):
            assert rejoined(stand, frame) == list(stand.cels(frame))


def test_only_sheets_that_something_lies_on_have_a_pass(staged: Callable[..., collage.Stand]) -> None:
    """Named as the scene and the sheet; one that only a matte's source, a hidden piece or a group's member names has
    none."""
    body = (
        card("a", 'sheet = "mid"\nmatte = { layer = "m" }\n') + card("m", 'sheet = "high"\n')
        + card("put-aside", "hidden = true\n")
        + '[[layer]]\nname = "g"\ngroup = true\nsheet = "mid"\n' + card("n", 'parent = "g"\nsheet = "high"\n')
    )  # fmt: skip
    with staged(body) as stand:
        assert [one.name for one in passes.of(stand)] == ["test.mid"]


def test_a_sheet_that_is_come_to_later_has_a_pass_from_the_start(staged: Callable[..., collage.Stand]) -> None:
    """It is empty until then, so that all sequences are of one length."""
    with staged(card("a", 'keys.sheet = [[0, "low"], [12, "high"]]\n')) as stand:
        low, high = passes.of(stand)
        assert (low.name, high.name, high.length) == ("test.low", "test.high", 24)
        assert high.cels(11) == ()
        assert not high.comp(11).any()
        assert low.cels(12) == ()


def test_a_pass_is_transparent_and_the_scenes_size(staged: Callable[..., collage.Stand]) -> None:
    """It has no paper, also where a scene's covers all, and is scaled like any picture."""
    with staged(card("a") + DARK) as stand:
        (one,) = passes.of(stand)
        assert not one.opaque
        assert one.paper is None
        picture = one.comp(0, 0.5)
        assert picture.shape == (18, 32, 4)
        assert picture[0, 0].tolist() == [0, 0, 0, 0]
        assert picture[9, 16].tolist() == [0xC0, 0x30, 0x20, 255]


def test_passes_have_no_film_stock(staged: Callable[..., collage.Stand]) -> None:
    """What the look adds, grain on the whole picture, is not in them; they are those of the scene without it."""
    with staged(card("a")) as plain:
        before = [one.comp(3) for one in passes.of(plain)]
    with staged(card("a") + "[look]\ngrain = 1\nvignette = 1\n") as shot:
        after = [one.comp(3) for one in passes.of(shot)]
        assert any("[look]" in line for line in passes.remarks(shot))
    assert np.array_equal(before, after)


def test_without_shadows_laid_over_one_another_they_are_the_frame_within_a_level() -> None:
    """The bundled scene in the dark, before its film stock: at most one pixel in 10,000 is a level and a half off."""
    with collage.open("scenes/hello.toml") as stand:
        stand.rig.stock = stand.rig.lamp = None
        for frame in (20, 130):
            off = np.abs(over(stand, [one.comp(frame) for one in passes.of(stand)]) - stand.comp(frame)[..., :3])
            assert off.max() <= 1.6
            assert (off > 1).mean() < 1e-4


def test_with_shadows_they_are_the_frame_within_three_levels_and_as_bright() -> None:
    """Soft shadows are spread over neighbouring pixels; the mean is the frame's to a hundredth of a level."""
    with collage.open("scenes/hello.toml") as stand:
        stand.rig.stock = None
        off = over(stand, [one.comp(130) for one in passes.of(stand)]) - stand.comp(130)[..., :3]
        assert np.abs(off).max() <= 3
        assert abs(off.mean()) < 0.01


def test_in_floats_laid_over_one_another_they_are_the_frame() -> None:
    """What 16 bits are made of: within a tenth of their level everywhere, shadows and all."""
    with collage.open("scenes/hello.toml") as stand:
        stand.rig.stock = None
        ground = np.full((270, 480, 3), np.array(stand.rig.paper[:3]) / 255.0)
        for one in passes.of(stand):
            picture = one.comp_fine(130, 0.25).astype(np.float64)
            ground = ground * (1 - picture[..., 3:]) + picture[..., :3]
        assert np.abs(ground - stand.comp_fine(130, 0.25)[..., :3]).max() * 65535 < 0.1


def test_in_linear_light_a_pass_is_made_in_linear_light(staged: Callable[..., collage.Stand]) -> None:
    """Two half-seen cards on one sheet are mixed as the scene mixes them; that the passes must be, too, is told."""
    body = card("a") + card("b", "opacity = 0.5\n", "#2040c0") + DARK
    with staged(body, head=HEAD + "linear = true\n" + SHEETS) as stand:
        (one,) = passes.of(stand)
        assert np.array_equal(one.comp(0)[18, 32], stand.comp(0)[18, 32])
        assert any("linear light" in line for line in passes.remarks(stand))


def test_what_mixes_with_sheets_below_is_told_with_the_cure(staged: Callable[..., collage.Stand]) -> None:
    """A blend reaches through the glass, which a pass can't: layer, sheet and blend are named, once for all copies."""
    body = card("glow", 'sheet = "high"\nblend = "screen"\nrepeat = { count = 3 }\n') + card("plain")
    with staged(body) as stand:
        (line,) = passes.remarks(stand)
        assert '"glow" mixes by screen with what lies below sheet "high"' in line


def test_a_blend_that_stays_within_its_group_is_not_told(staged: Callable[..., collage.Stand]) -> None:
    """A group with a member that mixes is one picture, so its pass holds it."""
    body = '[[layer]]\nname = "g"\ngroup = true\n' + card("m", 'parent = "g"\nblend = "multiply"\n')
    with staged(body) as stand:
        assert passes.remarks(stand) == ()
        assert rejoined(stand, 0) == list(stand.cels(0))


def test_a_frame_outside_the_scene_has_no_pass(staged: Callable[..., collage.Stand]) -> None:
    """As of the scene itself."""
    with staged(card("a")) as stand, pytest.raises(IndexError, match=r"test\.low has frames 0 to 23, not 24"):
        passes.of(stand)[0].cels(24)


def test_a_scene_that_shows_nothing_has_no_passes(staged: Callable[..., collage.Stand]) -> None:
    """One line that says so."""
    with staged("") as stand, pytest.raises(CollageError, match="nothing lies on any sheet"):
        passes.of(stand)


def test_a_film_names_the_scenes_that_have_passes(project: Project, tmp_path: Path) -> None:
    """Its shots have each their own sheets: refused, with their scenes."""
    project(HEAD + card("a"))
    film = parse_film('format = 1\n[[shot]]\nscene = "scenes/test.toml"\n[[shot]]\nscene = "scenes/test.toml"\n')
    with collage.open(film, root=tmp_path) as stand, pytest.raises(CollageError, match="of its scenes, test, one by"):
        passes.of(stand)
