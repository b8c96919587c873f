"""The press's claims: tones kept, screens at their angles, inks where their hue is, what copies lose."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from cutting import PAPER, cutout, flat, photograph, press
from hypothesis import given, settings
from hypothesis import strategies as st

from collage.colours import Colour, parse_colour
from collage.exposure.cel import Edge, Print
from collage.glass.paper import made
from collage.glass.printing import ANGLES, printed
from collage.glass.screens import ROUGH, screen
from collage.motion.chance import Chance

data = pytest.importorskip("skimage.data", reason="scikit-image, whose wheel carries the photographs, is missing")
RED, TEAL, MUSTARD = (parse_colour(text) for text in ("#b8402e", "#5c9ca0", "#d9a036"))
REACHED = [(30, 30, 30), (128, 128, 128), (190, 190, 185), (184, 64, 46), (92, 156, 160), (217, 160, 54), (50, 70, 140)]
"""Colours that inks on this paper can make."""


def opaque(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    return np.dstack([picture, np.full(picture.shape[:2], 255, np.uint8)])


def mean(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    return pixels[..., :3].mean(axis=(0, 1))


def luma(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    return pixels[..., :3] @ np.array([0.3, 0.59, 0.11])


@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea"])
@pytest.mark.parametrize("cell", [3.0, 5.0, 9.0])
def test_a_photograph_keeps_its_tone_from_afar(name: str, cell: float) -> None:
    """The mean colour of a print is the photograph's within two levels, that of each eighth of it within eight; what is
    lighter or bluer than the paper, the paper can't show."""
    photo = opaque(np.minimum(getattr(data, name)(), PAPER[:3]).astype(np.uint8))
    copy = press(photo, cell)
    assert np.abs(mean(copy) - mean(photo)).max() < 2.0
    rows, columns = (side // 8 for side in photo.shape[:2])
    for y in range(8):
        for x in range(8):
            part = np.s_[y * rows : (y + 1) * rows, x * columns : (x + 1) * columns]
            assert np.abs(mean(copy[part]) - mean(photo[part])).max() < 8.0


@pytest.mark.parametrize("colour", REACHED)
@pytest.mark.parametrize("cell", [4.0, 5.0, 16.0])
def test_a_flat_colour_is_met(colour: tuple[int, int, int], cell: float) -> None:
    """A board of one colour is printed in dots whose mean is that colour."""
    copy = press(flat(320, 320, colour), cell)[16:-16, 16:-16]
    assert np.abs(mean(copy) - colour).max() < 2.0
    assert luma(copy).std() > 4.0


@settings(max_examples=15, deadline=None)
@given(st.floats(2.0, 64.0), st.integers(0, 255))
def test_a_tone_covers_its_share_of_a_cell(cell: float, tone: int) -> None:
    """The mean cover of a screen's cell is the tone that was aimed at, whatever the size of the cell."""
    table = screen(cell)
    raw = (table.aim[tone] - table.threshold) / table.ramp + 0.5
    covers = np.mean([np.clip(raw + rough, 0, 1).mean() for rough in ROUGH])
    assert abs(covers - tone / 255) < 0.004
    assert (np.diff(table.aim) > 0).all()


def test_dots_grow_round() -> None:
    """A light tone is a round dot in the middle of its cell, a dark one leaves a round hole in the corners."""
    threshold = screen(16.0).threshold
    y, x = np.mgrid[0:128, 0:128] + 0.5
    dot = np.roll(threshold < 0.15, (64, 64), (0, 1))
    far = np.hypot(y - 64, x - 64)
    assert far[dot].max() - far[~dot].min() < 3.5
    hole = threshold > 0.85
    assert far[hole].max() - far[~hole].min() < 3.5


def turned(plane: npt.NDArray[np.float64], cell: float) -> float:
    """Of a screen's four spikes in the spectrum, the angle of the first, 0 to 90 degrees."""
    spectrum = np.abs(np.fft.rfft2(plane - plane.mean()))
    v, u = np.fft.fftfreq(plane.shape[0])[:, None], np.fft.rfftfreq(plane.shape[1])[None]
    spectrum[np.abs(np.hypot(u, v) * cell - 1) > 0.1] = 0
    y, x = np.unravel_index(spectrum.argmax(), spectrum.shape)
    return float(np.degrees(np.arctan2(v[y, 0], u[0, x]))) % 90


@pytest.mark.parametrize(
    ("colour", "channel", "angle"),
    [((140, 195, 226), 0, 15.0), ((240, 150, 190), 1, 75.0), ((245, 232, 120), 2, 0.0), ((60, 58, 55), 1, 45.0)],
)
def test_each_ink_has_its_angle(colour: tuple[int, int, int], channel: int, angle: float) -> None:
    """Cyan's screen stands at 15 degrees, magenta's at 75, yellow's at 0, black's at 45, each within a hair."""
    found = turned(press(flat(400, 400, colour), 8.0)[..., channel].astype(float), 8.0)
    assert min(abs(found - angle), 90 - abs(found - angle)) < 1.2
    assert angle in (*ANGLES, 45.0)


def test_without_halftone_there_are_no_dots() -> None:
    """An unprinted photograph stays itself; one in flat inks, or under an edge, is as smooth as it was."""
    photo = photograph(60, 50)
    assert made(photo, cutout(None, Print(0)))[0] is photo
    tinted = press(flat(100, 100, (128, 120, 118)), 0, inks=(RED,))[4:-4, 4:-4]
    assert luma(tinted).std() < 2.0


def test_plates_slip_but_for_black() -> None:
    """Off the edge of a dark line some colour shows on either side of the black, within two pixels, and differently for
    another drawing; in black alone nothing slips."""
    photo = flat(120, 60, (246, 240, 226))
    photo[:, 50:70, :3] = (40, 30, 90)
    rows = [made(photo, cutout(None, Print(0, (RED, TEAL)), name))[0][..., :3].mean(0) for name in ("one", "two")]
    for row in rows:
        coloured = np.flatnonzero(np.ptp(row - PAPER[:3], axis=1) > 12)
        assert 48 <= coloured.min() <= coloured.max() <= 72
    assert np.abs(rows[0] - rows[1]).max() > 4
    grey = printed(photo, Print(4.0, (), 0.0, 1.0), None, Chance("x"))
    light = (grey[..., :3] / np.array(PAPER[:3])).astype(float)
    assert np.ptp(light, axis=2).max() < 0.05


def test_flat_inks_tint_what_is_near_their_hue() -> None:
    """Red goes on what is red, teal on what is teal, neither on grey, and the tone is kept."""
    photo = np.hstack([flat(80, 80, c) for c in ((190, 60, 50), (80, 160, 165), (130, 130, 128))])
    copy = press(photo, 5.0, inks=(RED, TEAL), fibre=0.0)
    red, teal, grey = (mean(copy[8:-8, n * 80 + 8 : n * 80 + 72]) for n in range(3))
    assert red[0] - red[2] > 80
    assert teal[2] - teal[0] > 30
    assert np.ptp(grey / PAPER[:3]) < 0.03
    for n in range(3):
        part = np.s_[8:-8, n * 80 + 8 : n * 80 + 72]
        assert abs(luma(copy[part]).mean() - luma(photo[part]).mean()) < 9


def test_an_ink_that_finds_nothing_makes_a_duotone() -> None:
    """On a grey photograph the ink goes under the tones: none in the lights, some in the half tones."""
    ramp = np.linspace(30, 246, 200).astype(np.uint8)
    photo = opaque(np.broadcast_to(ramp[None, :, None], (60, 200, 3)))
    copy = press(photo, 5.0, inks=(TEAL,), fibre=0.0)
    lights, halves = mean(copy[:, 188:]) / PAPER[:3], mean(copy[:, 80:120]) / PAPER[:3]
    assert np.ptp(lights) < 0.06 < 0.15 < halves[2] - halves[0]


def test_a_copy_loses_half_tones_and_colours() -> None:
    """Of a ramp most is black or white, where it was mostly between; half a copy lies between the two."""
    ramp = np.linspace(20, 240, 300).astype(np.uint8)
    photo = opaque(np.stack([np.broadcast_to(part, (80, 300)) for part in (ramp, ramp // 2 + 40, ramp // 3 + 60)], -1))
    between, colour = [], []
    for amount in (0.0, 0.5, 1.0):
        copy = press(photo, 0, inks=(), photocopy=max(amount, 1e-6), fibre=0.0)
        light = luma(copy) / luma(np.array([PAPER[:3]]))
        between.append(np.mean((light > 0.25) & (light < 0.75)))
        colour.append(np.ptp(copy[..., :3] / np.array(PAPER[:3]), axis=2).mean())
    assert between[0] > 0.6 > between[1] > between[2] < 0.25
    assert colour[0] > 2 * colour[2]
    assert colour[1] < colour[0]
    assert colour[2] < 0.04


def test_toner_falls_where_nothing_was_and_leaves_holes() -> None:
    """A copy of black and white has specks in the white and pinholes in the black, and no row like another."""
    photo = np.vstack([flat(300, 150, (20, 20, 20)), flat(300, 150, (240, 236, 226))])
    light = luma(press(photo, 0, photocopy=1.0, fibre=0.0))
    black, white = light[10:140], light[160:290]
    assert 0.0005 < np.mean(black > black.min() + 60) < 0.1
    assert 0.0005 < np.mean(white < white.max() - 60) < 0.1
    assert np.corrcoef(white[20], white[21])[0, 1] < 0.9


def test_fibre_lets_paper_through() -> None:
    """The more fibre, the more specks of paper show in solid black, and the more uneven it is; with none, none."""
    shares, spreads = [], []
    for fibre in (0.0, 0.3, 1.0):
        light = luma(press(flat(200, 200, (25, 24, 24)), 5.0, fibre=fibre))
        shares.append(np.mean(light > 80))
        spreads.append(light.std())
    assert shares[0] < 0.002 < shares[1] < shares[2] < 0.3
    assert spreads[0] < spreads[1] < spreads[2]


def test_ink_runs_to_the_edge_where_nothing_is_around() -> None:
    """Without an edge a slipped plate leaves no pale fringe, and the alpha is the drawing's own."""
    photo = np.pad(flat(60, 60, (60, 40, 40)), ((20, 20), (20, 20), (0, 0)))
    copy = press(photo, 0, inks=(RED,), fibre=0.0)
    assert np.array_equal(copy[..., 3], photo[..., 3])
    light = luma(copy)[20:80, 20:80]
    assert np.abs(light - light[30, 30]).max() < 6


def test_paper_is_white_under_the_photograph_only() -> None:
    """A red border stays red and unprinted, and does not shine through the photograph."""
    photo = np.pad(flat(80, 80, (128, 128, 128)), ((10, 10), (10, 10), (0, 0)))
    piece, (pad, _) = made(photo, cutout(Edge(8.0, Colour(200, 30, 30)), Print(5.0)))
    assert np.abs(mean(piece[pad + 14 : pad + 86, pad + 14 : pad + 86]) - 128).max() < 4
    border = piece[pad + 4 : pad + 8, pad + 20 : pad + 80]
    assert np.abs(mean(border) - (200, 30, 30)).max() < 8
