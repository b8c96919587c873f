"""Wear: what hands do to a piece that is used again and again. Nicks, creases, dirty edges, tape, corners that curl.

Each flaw has a place and a birth, an amount of wear from which on it is there; from there it grows. So nothing heals:
what is there at 0.3 is still there at 0.6. Places are along the lines to cut by, which every knife shares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from collage.glass.compiled import kernel
from collage.glass.curl import corners, curled
from collage.glass.grain import dice, lumps, ragged, seed
from collage.glass.knife import Field, Line, Mask
from collage.motion.chance import Chance

Pixels = npt.NDArray[np.uint8]

_NICKS_APART = 62.0
"""Pixels of outline to one nick of a piece that is worn out."""
_GROWS = 0.4
"""The wear over which a flaw grows to its full size."""


_CREASES = (0.28, 0.55, 0.8)
_TAPES = (0.22, 0.5, 0.78)
_CURLS = (0.08, 0.9)
"""The wear at which each crease and each tape comes, and between which corners begin to curl."""
Strip = npt.NDArray[np.float64]
"""A strip of tape: its middle, its direction, half its length and half its breadth."""


class Spot(NamedTuple):
    """A place on an outline: the point, and the direction into the piece."""

    x: float
    y: float
    across: float
    down: float


def worn(sheet: Pixels, cover: Mask, depth: Field, lines: list[Line], amount: float, chance: Chance) -> None:
    """Handle a sheet, in place: `amount` 0 leaves it new, 1 is all it can bear. `depth` is that of the new piece."""
    size = float(np.sqrt(np.count_nonzero(cover)))
    _grimy(sheet, depth, float(amount), seed(chance, "grime"))
    for n, (crease, grown) in enumerate(_creases(lines, size, amount, chance.child("creases"))):
        _crease(sheet, cover, crease, grown, seed(chance, f"crease {n}"))
    strips = _strips(lines, size, chance.child("tapes"))
    for n, (spot, born) in enumerate(_births(lines, chance.child("nicks"))):
        if born < amount and not any(_under(strip, spot) for strip in strips):
            _nicked(sheet, cover, spot, _grown(amount, born), chance.child("nick", n))
    for n, (strip, born) in enumerate(zip(strips, _TAPES, strict=False)):
        if born < amount:
            _stick(sheet, cover, strip, seed(chance, f"tape {n}"))
    for n, corner in enumerate(corners(lines, size)):
        born = _CURLS[0] + (_CURLS[1] - _CURLS[0]) * chance.child("curl", n).at()
        if born < amount:
            curled(sheet, cover, corner, 1.25 * _grown(amount, born))


def _grown(amount: float, born: float) -> float:
    """How much of its full size a flaw has by now, some already at its birth."""
    return min(0.3 + 0.7 * (amount - born) / _GROWS, 1.0)


def _births(lines: list[Line], chance: Chance) -> Iterator[tuple[Spot, float]]:
    """Places along all outlines, and the wear at which a nick is there."""
    total = sum(map(len, lines))
    for n in range(int(total / _NICKS_APART) + 1):
        first, second = chance.pair(n)
        yield _along(lines, first), second * 0.95


def _along(lines: list[Line], share: float) -> Spot:
    """The place that a share of all outlines lies before; outlines go round with the paper on their left as seen."""
    ends = np.cumsum([len(line) for line in lines])
    at = min(int(share * ends[-1]), int(ends[-1]) - 1)
    which = int(np.searchsorted(ends, at, side="right"))
    line, n = lines[which], at - int(ends[which]) + len(lines[which])
    across, down = line[(n + 4) % len(line)] - line[(n - 4) % len(line)]
    length = max(float(np.hypot(across, down)), 1e-6)
    return Spot(float(line[n, 0]), float(line[n, 1]), float(down) / length, -float(across) / length)


def _creases(lines: list[Line], size: float, amount: float, chance: Chance) -> Iterator[tuple[Strip, float]]:
    """Folds from one place of the outline to another that is far enough off, and how much each shows by now."""
    for n, born in enumerate(_CREASES):
        if born >= amount:
            return
        here = _along(lines, chance.at(n, 0))
        others = (_along(lines, chance.at(n, k)) for k in range(1, 9))
        there = max(others, key=lambda spot: min(np.hypot(spot.x - here.x, spot.y - here.y), 0.9 * size))
        yield np.array([here.x, here.y, there.x, there.y]), _grown(amount, born)


def _strips(lines: list[Line], size: float, chance: Chance) -> list[Strip]:
    """Where tape is stuck sooner or later: across the outline, more in than out, as one mends an edge."""
    strips = []
    for n in range(1 + (size > 250) + (size > 600)):
        spot, askew = _along(lines, chance.at(n, 0)), 0.7 * (2 * chance.at(n, 1) - 1)
        half, broad = min(max(0.10 * size, 16.0), 62.0), min(max(0.028 * size, 5.0), 15.0)
        across = spot.across * np.cos(askew) - spot.down * np.sin(askew)
        down = spot.across * np.sin(askew) + spot.down * np.cos(askew)
        inward = half * (0.35 + 0.4 * chance.at(n, 2))
        strips.append(np.array([spot.x + across * inward, spot.y + down * inward, across, down, half, broad]))
    return strips


def _under(strip: Strip, spot: Spot) -> bool:
    """Whether a place lies under tape, or almost."""
    x, y = spot.x - strip[0], spot.y - strip[1]
    along, off = x * strip[2] + y * strip[3], y * strip[2] - x * strip[3]
    return bool(abs(along) < strip[4] + 8 and abs(off) < strip[5] + 8)


def _nicked(sheet: Pixels, cover: Mask, spot: Spot, grown: float, lot: Chance) -> None:
    """Most nicks are small; some are slits, and a few go deep."""
    deep = 2.5 + 5.0 * lot.at(0) ** 2 + 10.0 * lot.at(1) ** 10
    half = 1.2 + deep * 0.9 * lot.at(2) ** 1.5
    _nick(sheet, cover, np.array(spot), deep, half, grown, seed(lot, "shape"))


@kernel
def _nick(sheet: Pixels, cover: Mask, spot: Strip, deep: float, half: float, grown: float, start: np.uint64) -> None:
    """Bite a ragged wedge out of the edge; the print beside it is rubbed off. A larger bite holds every smaller one."""
    height, width = cover.shape
    reach = deep + half + 6.0
    lean = 0.5 * dice(start, 0, 0)
    for y in range(max(int(spot[1] - reach), 0), min(int(spot[1] + reach) + 2, height)):
        for x in range(max(int(spot[0] - reach), 0), min(int(spot[0] + reach) + 2, width)):
            u, v = x + 0.5 - spot[0], y + 0.5 - spot[1]
            inward = u * spot[2] + v * spot[3]
            aside = abs(v * spot[2] - u * spot[3] - lean * inward)
            if inward < -reach * 0.5:
                continue
            far = max(inward, 0.0) / deep + aside / half
            far += 0.20 * lumps(start, float(x), float(y), 3.0) + 0.10 * lumps(start, float(x), float(y), 9.0)
            left = (far - grown) * min(deep, 2.0 * half)
            if left > 2.5:
                continue
            cover[y, x] = min(cover[y, x], np.uint8(min(max(left + 0.5, 0.0), 1.0) * 255.0 + 0.5))
            rubbed = min(max((1.7 - left) / 1.5, 0.0), 1.0)
            for c in range(3):
                sheet[y, x, c] = np.uint8(sheet[y, x, c] + (247.0 - 6.0 * c - sheet[y, x, c]) * rubbed + 0.5)
            sheet[y, x, 3] = np.uint8(sheet[y, x, 3] * (1.0 - rubbed))


@kernel
def _crease(sheet: Pixels, cover: Mask, ends: Strip, grown: float, start: np.uint64) -> None:
    """A fold that was smoothed out again: one side catches the lamp, ink has cracked off along it here and there."""
    height, width = cover.shape
    across, down = ends[2] - ends[0], ends[3] - ends[1]
    length = max(np.sqrt(across * across + down * down), 1.0)
    across, down = across / length, down / length
    lit = 1.0 if 0.6 * down - 0.8 * across > 0.0 else -1.0
    for y in range(height):
        for x in range(width):
            u, v = x + 0.5 - ends[0], y + 0.5 - ends[1]
            off = v * across - u * down
            along = u * across + v * down
            if abs(off) > 9.0 or along < -8.0 or along > length + 8.0 or cover[y, x] == 0:
                continue
            off += 1.6 * lumps(start, along, 0.0, 60.0) + 0.5 * lumps(start, along, 9.0, 11.0)
            strong = grown * (0.62 + 0.38 * lumps(start, along, 77.0, 45.0))
            shade = 1.0 - lit * strong * 0.11 * off / (0.55 + 0.22 * off * off)
            crack = 0.75 + 0.5 * lumps(start, float(x), float(y), 2.2) + 0.5 * lumps(start, along, 33.0, 17.0)
            bare = min(max((strong * 1.6 * crack - 0.55 - abs(off)) / 0.8 + 0.3, 0.0), 0.85)
            for c in range(3):
                value = sheet[y, x, c] * shade
                sheet[y, x, c] = np.uint8(min(max(value + (244.0 - 7.0 * c - value) * bare, 0.0), 255.0) + 0.5)


@kernel
def _grimy(sheet: Pixels, depth: Field, amount: float, start: np.uint64) -> None:
    """Edges darken where fingers were."""
    height, width = depth.shape
    for y in range(height):
        for x in range(width):
            if not 0.0 < depth[y, x] < 26.0:
                continue
            cloud = 0.5 + 0.7 * ragged(start, float(x), float(y), 60.0, 4, 0.6)
            soiled = amount * max(cloud, 0.0) * (1.0 - depth[y, x] / 26.0) ** 2
            for c in range(3):
                sheet[y, x, c] = np.uint8(sheet[y, x, c] * (1.0 - min(soiled, 1.0) * (0.26 + 0.07 * c)) + 0.5)


@kernel
def _stick(sheet: Pixels, cover: Mask, strip: Strip, start: np.uint64) -> None:
    """A strip of old tape, folded round the edge: yellow, browner at its sides, with a shine and bubbles, its ends
    toothed by the dispenser."""
    height, width = cover.shape
    reach = strip[4] + strip[5] + 3.0
    for y in range(max(int(strip[1] - reach), 0), min(int(strip[1] + reach) + 2, height)):
        for x in range(max(int(strip[0] - reach), 0), min(int(strip[0] + reach) + 2, width)):
            u, v = x + 0.5 - strip[0], y + 0.5 - strip[1]
            along, off = u * strip[2] + v * strip[3], v * strip[2] - u * strip[3]
            tooth = abs((off * 0.36 + 40.0) % 1.0 - 0.5) * 2.2
            end = strip[4] - tooth - abs(along)
            side = strip[5] + 0.25 * lumps(start, along, 5.0, 14.0) - abs(off)
            there = min(max(min(end, side) + 0.5, 0.0), 1.0)
            if there == 0.0 or cover[y, x] == 0:
                continue
            rim = min(max(1.0 - min(end, side) / 2.2, 0.0), 1.0)
            loose = max(lumps(start + np.uint64(1), along * 0.6, off, 8.0) - 0.35, 0.0)
            shine = max(1.0 - abs(along * 0.3 + off - 2.0) / (0.5 * strip[5]), 0.0)
            haze = 0.20 + 0.28 * loose + 0.07 * dice(start, int(along * 0.2 + 500.0), int(off + 500.0)) + 0.06 * shine
            for c in range(3):
                film = 1.0 - 0.035 - 0.075 * c - 0.03 * c * c - rim * (0.10 + 0.03 * c)
                glare = 226.0 - 24.0 * c - 10.0 * c * c + 26.0 * shine
                value = sheet[y, x, c] * film
                value += (glare - value) * haze
                sheet[y, x, c] = np.uint8(min(max(sheet[y, x, c] + (value - sheet[y, x, c]) * there, 0.0), 255.0) + 0.5)
