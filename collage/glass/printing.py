"""The cheap press: a photograph becomes dots of ink at four angles on warm paper, a hair out of register."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.exposure.cel import Print
from collage.geometry import cos_sin
from collage.glass.compiled import kernel
from collage.glass.copier import copied
from collage.glass.grain import dice, lumps, seed
from collage.glass.screens import STEPS, Screen, Table, screen
from collage.glass.separation import BLACK, PROCESS, STOCK, Pixels, Plates, Share, four, spot
from collage.motion.chance import Chance

ANGLES = (15.0, 75.0, 0.0)
"""Degrees to which the screens of the colours are turned; black's stands at 45, where the eye sees it least."""
_SLIP = 1.4
"""The most pixels that a colour's plate lies off black's, either way."""
_FLAT = 0.3
"""The share of an ink that lies flat under its dots, where they run together: fine drawing outlives the screen."""
_NO_SCREEN = Screen(*(np.zeros((1, 1), np.float32),) * 2, np.zeros(256, np.float32))


def presses(how: Print) -> bool:
    """Whether a photograph is printed at all; with neither dots nor inks nor a copier it stays itself."""
    return bool(how.halftone or how.inks or how.photocopy)


def printed(picture: Pixels, how: Print, backing: Colour | None, chance: Chance) -> Pixels:
    """A premultiplied picture as ink on paper: straight colours, its own alpha.

    The paper is white under the photograph, and of the `backing` around it. Without one nothing is around it: inks run
    to its very edge.
    """
    inks = _inks(how)
    plates = _plates(picture, how, inks, backing is None, chance)
    table = screen(how.halftone) if how.halftone else _NO_SCREEN
    angles = (angle + _askew(chance, angle) for angle in (*ANGLES[: len(inks) - 1], 45.0))
    turns = np.array([cos_sin(angle) for angle in angles]) / max(how.halftone, 1.0)
    places = np.array([_place(chance.child("plate", n), n < len(inks) - 1) for n in range(len(inks))])
    papers = np.array([STOCK, backing or STOCK], np.float32)
    sheet = np.empty_like(picture)
    _press(picture, plates, 1 - inks, turns, places, *table, papers, backing is None, seed(chance, "tooth"), sheet)
    return sheet


def _inks(how: Print) -> Share:
    """What each ink lets through, black last; a flat ink's colour is that of its print on paper."""
    if not how.inks:
        return PROCESS
    flat = [[min(part / paper, 1.0) for part, paper in zip(ink[:3], STOCK, strict=False)] for ink in how.inks]
    return np.array([*flat, BLACK], np.float32)


def _plates(picture: Pixels, how: Print, inks: Share, own: bool, chance: Chance) -> Plates:
    """The plates of a photograph, or of its copy, in which black has taken over from process inks."""
    plates = spot(picture, own, inks) if how.inks else four(picture, own)
    if how.photocopy:
        if not how.inks:
            key, grey = plates[..., -1], spot(picture, own, inks[-1:])[..., 0]
            copy = cv2.addWeighted(key, 1.0 - how.photocopy, grey, how.photocopy, 0.0)
            plates = np.asarray(cv2.convertScaleAbs(plates, alpha=1.0 - how.photocopy), np.uint8)
            plates[..., -1] = copy
        copied(picture, plates, how.photocopy, chance)
    return plates


def _askew(chance: Chance, angle: float) -> float:
    """How many degrees a screen is off its angle: half of one at most. Even so it never falls in step with pixels."""
    lot = 2 * chance.child("askew").at(int(angle)) - 1
    return math.copysign(0.2, lot) + 0.3 * lot


def _place(chance: Chance, slips: bool) -> tuple[float, float, float, float]:
    """Where a plate's screen begins, in cells, and how far the plate lies off register, in pixels."""
    first, second = chance.pair(0)
    across, down = (_SLIP * (2 * chance.at(n) - 1) for n in (1, 2))
    return (first, second, across, down) if slips else (first, second, 0.0, 0.0)


@kernel
def _press(
    picture: Pixels,
    plates: Plates,
    stops: Share,
    turns: npt.NDArray[np.float64],
    places: npt.NDArray[np.float64],
    threshold: Table,
    ramp: Table,
    aim: Table,
    papers: Share,
    own: bool,
    tooth: np.uint64,
    sheet: Pixels,
) -> None:
    """Print row by row: what each ink stops of the paper's light. Dots are as rough as the paper's tooth."""
    height, width, inks = plates.shape
    light = np.empty((width, 3), np.float32)
    rough = np.empty(width, np.float32)
    for y in range(height):
        light[:] = 1.0
        for x in range(width):
            rough[x] = 0.30 * lumps(tooth, float(x), float(y), 2.1) + 0.16 * dice(tooth, x, y)
        for n in range(inks):
            _inked(picture, plates, n, y, stops[n], turns[n], places[n], threshold, ramp, aim, own, rough, light)
        for x in range(width):
            alpha = picture[y, x, 3]
            for c in range(3):
                paper = (papers[0, c] * alpha + papers[1, c] * (255 - alpha)) / np.float32(255.0)
                sheet[y, x, c] = np.uint8(paper * light[x, c] + np.float32(0.5))
            sheet[y, x, 3] = alpha


@kernel
def _inked(
    picture: Pixels,
    plates: Plates,
    n: int,
    y: int,
    stops: npt.NDArray[np.float32],
    turn: npt.NDArray[np.float64],
    place: npt.NDArray[np.float64],
    threshold: Table,
    ramp: Table,
    aim: Table,
    own: bool,
    rough: npt.NDArray[np.float32],
    light: npt.NDArray[np.float32],
) -> None:
    """One ink of one row, through its screen if there is one."""
    height, width = plates.shape[:2]
    right, below = np.floor(place[2]), np.floor(place[3])
    u, v = np.float32(place[2] - right), np.float32(place[3] - below)
    y0 = min(max(y + int(below), 0), height - 1)
    y1 = min(y0 + 1, height - 1)
    screened = len(threshold) > 1
    for x in range(width):
        x0 = min(max(x + int(right), 0), width - 1)
        x1 = min(x0 + 1, width - 1)
        a, b = np.float32(plates[y0, x0, n]), np.float32(plates[y0, x1, n])
        c, d = np.float32(plates[y1, x0, n]), np.float32(plates[y1, x1, n])
        if own:  # what lies outside was never on the plate: it is as at the edge
            here = np.float32(plates[y, x, n])
            a = a if picture[y0, x0, 3] else here
            b = b if picture[y0, x1, 3] else here
            c = c if picture[y1, x0, 3] else here
            d = d if picture[y1, x1, 3] else here
        above = a + (b - a) * u
        tone = above + (c + (d - c) * u - above) * v
        if tone < 0.5:
            continue
        cover = tone / np.float32(255.0)
        if screened:
            across = (x * turn[0] + y * turn[1]) + place[0]
            down = (y * turn[0] - x * turn[1]) + place[1]
            i = int((across - np.floor(across)) * STEPS) % STEPS
            j = int((down - np.floor(down)) * STEPS) % STEPS
            cover = (aim[int(tone + 0.5)] - threshold[j, i]) / ramp[j, i] + np.float32(0.5) + rough[x]
            cover = min(max(cover, np.float32(0.0)), np.float32(1.0))
            cover += (tone / np.float32(255.0) - cover) * np.float32(_FLAT)
        for k in range(3):
            light[x, k] *= 1 - cover * stops[k]
