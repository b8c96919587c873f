"""Wear's claims: nothing at first, more with use, nothing ever heals; where corners curl and what tape does."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from cutting import cut, disc, flat, photograph

from collage.glass import curl, knife, worn
from collage.glass.curl import Corner, corners, curled
from collage.motion.chance import Chance

AMOUNTS = (0.15, 0.3, 0.45, 0.6, 0.8, 1.0)


def handled(pixels: npt.NDArray[np.uint8], amount: float, **how: float) -> npt.NDArray[np.int64]:
    return cut(pixels, 10.0, wear=amount, **how)[0].astype(int)


@pytest.mark.parametrize("pixels", [photograph(360, 260), disc(130, 270)], ids=["board", "disc"])
def test_wear_grows_and_nothing_heals(pixels: npt.NDArray[np.uint8]) -> None:
    """Whatever differs from the new piece at some wear still differs at more, and the more the wear, the more of it."""
    new = handled(pixels, 0.0)
    before, total = np.zeros(new.shape[:2], bool), 0.0
    for amount in AMOUNTS:
        piece = handled(pixels, amount)
        off = np.abs(piece - new).max(2)
        assert np.count_nonzero(before & (off == 0)) <= 0.015 * np.count_nonzero(before)
        assert off.sum() > total
        before, total = off > 6, float(off.sum())
    assert before.mean() > 0.03


def test_what_is_bitten_off_stays_off() -> None:
    """Paper that is gone at 0.3 is gone at 0.6, but under tape and a curl's own pixel."""
    pieces = [handled(photograph(360, 260), amount)[..., 3] for amount in (0.0, *AMOUNTS)]
    for less, more in pairwise(pieces):
        gone = (less < 30) & (pieces[0] > 225)
        assert np.count_nonzero(gone & (more > 90)) <= 0.03 * np.count_nonzero(gone)
    assert np.count_nonzero(pieces[-1] < 30) > np.count_nonzero(pieces[0] < 30) + 100


def test_every_knife_has_the_same_flaws() -> None:
    """Cut again, a worn piece has its nicks, creases and tape where it had them."""
    one, two = handled(photograph(300, 220), 0.9, knife=0), handled(photograph(300, 220), 0.9, knife=1)
    assert np.mean(np.abs(one - two).max(2) > 12) < 0.02


def test_a_board_has_four_corners_and_a_disc_none() -> None:
    """Only corners curl; each is where it is, points outward, and bends by itself."""
    lines = knife.marked(np.pad(np.ones((200, 300), np.uint8), 30), 10.0)
    found = corners(lines, 245.0)
    assert len(found) == 4
    for corner in found:
        away = np.array([corner.x - 180, corner.y - 130])
        assert np.abs(np.abs(away) - (160, 110)).max() < 3
        assert np.sign(away).tolist() == np.sign([corner.across, corner.down]).tolist()
    assert not corners(knife.marked(knife.silhouette(disc(100, 230)[..., 3]), 10.0), 180.0)


def test_a_corner_beside_something_longer_lies_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    """A corner past which other paper reaches can't bend alone; the one on its free side can."""
    monkeypatch.setattr(curl, "_MOST", 20)
    solid = np.zeros((200, 200), np.uint8)
    solid[60:180, 20:80] = solid[20:180, 100:180] = solid[150:180, 20:180] = 1
    found = corners(knife.marked(solid, 2.0), 130.0)
    assert any(np.hypot(corner.x - 18, corner.y - 58) < 3 for corner in found)
    assert not any(np.hypot(corner.x - 82, corner.y - 58) < 9 for corner in found)


def test_a_curl_shortens_a_corner_and_lights_it() -> None:
    """A bent corner covers less, more so the further it bends; it is brighter towards the lamp's far side, and dark
    towards the lamp; the rest of the sheet is untouched."""
    sheet, cover = np.full((100, 100, 4), 160, np.uint8), np.zeros((100, 100), np.uint8)
    cover[10:90, 10:90] = 255
    lower, upper = Corner(90, 90, 0.7071, 0.7071, 30), Corner(10, 10, -0.7071, -0.7071, 30)
    gone = []
    for angle in (0.4, 0.8, 1.2):
        bent, left = sheet.copy(), cover.copy()
        curled(bent, left, lower, angle)
        gone.append(np.count_nonzero(left < 128))
        assert np.array_equal(bent[:40, :40], sheet[:40, :40])
        assert np.array_equal(left[:40, :40], cover[:40, :40])
    assert gone[0] < gone[1] < gone[2]
    bright, dark = sheet.copy(), sheet.copy()
    curled(bright, cover.copy(), lower, 0.6)
    curled(dark, cover.copy(), upper, 0.6)
    assert bright.max() > 170
    assert dark.min() < 120
    assert bright[..., :3].min() >= 150
    assert dark[..., :3].max() <= 170


def test_tape_yellows_what_is_under_it() -> None:
    """Along a strip white paper loses blue; beside it nothing changes, and where there is no paper there is no tape."""
    sheet, cover = np.full((60, 120, 4), 240, np.uint8), np.full((60, 120), 255, np.uint8)
    cover[:, 100:] = 0
    worn._stick(sheet, cover, np.array([70.0, 30, 1, 0, 40, 9]), np.uint64(5))
    inside, below = sheet[24:36, 35:95].astype(int), sheet[45:]
    assert (inside[..., 0] - inside[..., 2]).min() > 15
    assert (below == 240).all()
    assert (sheet[:, 100:] == 240).all()


def test_a_larger_nick_holds_every_smaller_one() -> None:
    """As a nick grows, paper only goes."""
    before = np.full((40, 40), 255, np.uint8)
    for grown in (0.3, 0.6, 1.0):
        sheet, cover = np.full((40, 40, 4), 90, np.uint8), np.full((40, 40), 255, np.uint8)
        worn._nick(sheet, cover, np.array([0.0, 20, 1, 0]), 12.0, 8.0, grown, np.uint64(9))
        assert (cover <= before).all()
        assert cover.sum() < before.sum()
        assert sheet[..., 0].max() > 200  # the print beside it is rubbed off
        before = cover


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (12, 12)])
def test_the_smallest_pieces_wear_too(size: tuple[int, int]) -> None:
    """A scrap of a few pixels can be worn out, torn and inked without a fault."""
    piece, pad = cut(flat(*size), 3.0, wear=1.0, torn=1.0, dark=1.0, wobble=1.0)
    assert piece.shape == (size[1] + 2 * pad, size[0] + 2 * pad, 4)


def test_chance_places_flaws_by_name() -> None:
    """Two drawings wear in different places, one always in the same."""
    lines = knife.marked(np.pad(np.ones((100, 100), np.uint8), 20), 5.0)
    one, same, other = (
        [(spot.x, born) for spot, born in worn._births(lines, Chance(name))] for name in ("one", "one", "other")
    )
    assert one == same != other
