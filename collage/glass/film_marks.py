"""What lies on film: dust of one exposure, and scratches that run through several, wandering.

A mark is a small patch of one colour, to be laid where it says. Small shapes are drawn four times as large and then
made small, which softens their edges.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Finish
from collage.glass.kernels import Words
from collage.motion.chance import Chance

SPECKS, HAIRS = 24.0, 3.0
"""How many lie on an exposure at 1, on average."""
SLOTS = 9
"""Scratches that there may be at once, at 1."""
ROUND = 48
"""Exposures in which a scratch comes and goes; the longest lasts three quarters of them."""
DARK, LIGHT = (30, 24, 18), (250, 246, 232)
"""What lies on the print, and what lay on the negative."""
_FINE = 4.0

Cover = npt.NDArray[np.float32]
"""How much of each pixel a shape covers, 0 to 1."""


class Mark(NamedTuple):
    """A colour as far as it covers each pixel, with its row and column in the picture, all inside it."""

    top: int
    left: int
    cover: Cover
    colour: tuple[int, int, int]

    @property
    def words(self) -> Words:
        """Premultiplied, in 8 bits."""
        alpha = np.rint(self.cover * np.float32(255)).astype(np.uint32)
        red, green, blue = ((alpha * part + 127) // 255 for part in self.colour)
        packed: Words = red | green << 8 | blue << 16 | alpha << 24
        return packed


def dust(film: Finish, width: int, height: int) -> Iterator[Mark]:
    """The specks and hairs of one exposure, a third of them light."""
    if not film.dust:
        return
    chance, unit = Chance(film.seed, "look", "dust", film.exposure), height / 1080
    for kind, mean, draw in (("speck", SPECKS, _speck), ("hair", HAIRS, _hair)):
        own = chance.child(kind)
        count = int(2 * mean * film.dust * own.at(0) + own.at(1))
        for number in range(count):
            one = own.child(number)
            x, y = one.pair(0)
            cover = draw(one, unit)
            strength = 0.6 + 0.35 * one.at(1)
            colour = LIGHT if one.at(2) < 0.35 else DARK
            yield from _placed(cover * strength, colour, x * width, y * height, width, height)


def _speck(chance: Chance, unit: float) -> Cover:
    """A crumb: a few corners around a middle."""
    size = unit * (1.0 + 4.5 * chance.at(3) ** 3)
    corners = 5 + int(4 * chance.at(4))
    points = []
    for corner in range(corners):
        far, off = chance.pair(5, corner)
        angle = math.tau * (corner + 0.6 * off) / corners
        points.append((size * (0.55 + 0.65 * far) * math.cos(angle), size * (0.4 + 0.5 * far) * math.sin(angle)))
    return _drawn(np.array(points), 0.0, unit)


def _hair(chance: Chance, unit: float) -> Cover:
    """A thread that curls more and more, or less and less."""
    length = unit * (35 + 120 * chance.at(3))
    heading, bend, more = math.tau * chance.at(4), 5 * chance.at(5) - 2.5, 5 * chance.at(6) - 2.5
    steps, x, y, points = 28, 0.0, 0.0, []
    for step in range(steps):
        points.append((x, y))
        along = step / steps
        angle = heading + bend * along + more * along * along
        x, y = x + math.cos(angle) * length / steps, y + math.sin(angle) * length / steps
    return _drawn(np.array(points), unit * (0.9 + 0.6 * chance.at(7)), unit)


def _drawn(points: npt.NDArray[np.float64], thick: float, unit: float) -> Cover:
    """A filled outline, or with `thick` a line of that width."""
    fine = max(1, round(_FINE / max(unit, 1.0)))
    points = points - points.min(axis=0) + thick + 1.0
    columns, rows = (int(side) + 2 for side in points.max(axis=0) + thick)
    canvas = np.zeros((rows * fine, columns * fine), np.uint8)
    corners = [np.rint(points * fine * 16).astype(np.int32)]
    if thick:
        cv2.polylines(canvas, corners, False, 255, max(1, round(thick * fine)), cv2.LINE_AA, 4)
    else:
        cv2.fillPoly(canvas, corners, 255, cv2.LINE_AA, 4)
    return np.asarray(cv2.resize(canvas, (columns, rows), interpolation=cv2.INTER_AREA), np.float32) / np.float32(255)


def scratches(film: Finish, width: int, height: int) -> Iterator[Mark]:
    """Thin lines down the whole picture. Each slot has its own beat, in which one may come, wander and go."""
    if not film.scratches:
        return
    unit = height / 1080
    for slot in range(SLOTS):
        own = Chance(film.seed, "look", "scratch", slot)
        beat = ROUND + int(own.at(0) * ROUND)
        number, now = divmod(film.exposure + int(own.at(1) * beat), beat)
        one = own.child(number)
        if one.at(0) >= film.scratches:
            continue
        lasts = 3 + int(one.at(1) ** 2 * ROUND * 0.75)
        begins = int(one.at(2) * (beat - lasts))
        if begins <= now < begins + lasts:
            yield from _scratch(one, film.exposure, now - begins, lasts, unit, width, height)


def _scratch(
    chance: Chance, exposure: int, age: int, lasts: int, unit: float, width: int, height: int
) -> Iterator[Mark]:
    """One exposure of it: straight but for a little sway, here and there interrupted."""
    rows = np.arange(height) + 0.5
    middle = chance.at(3) * width + unit * 14 * chance.child("wander").noise(exposure * 0.21)
    sway = unit * (2.5 * chance.at(4) * np.sin(rows / height * 5 + 6 * chance.at(5)) + 0.8 * chance.at(6, exposure))
    thick = unit * (0.8 + 0.9 * chance.at(7))
    fade = min(1.0, (age + 1) / 3, (lasts - age) / 3)
    strength = fade * (0.35 + 0.5 * chance.at(8)) * (0.7 + 0.3 * chance.at(9, exposure))
    broken = chance.child("broken")
    points = np.linspace(0, 1, 40)
    along = np.array([broken.noise(7 * point + 3.1 * exposure) for point in points])
    present = np.clip(1.1 + 1.6 * np.interp(rows / height, points, along), 0, 1)
    x = middle + sway
    left = math.floor(x.min() - thick)
    columns = np.arange(left, math.ceil(x.max() + thick) + 1) + 0.5
    cover = np.clip(thick / 2 + 0.5 - np.abs(columns[None, :] - x[:, None]), 0, min(1.0, thick))
    colour = LIGHT if chance.at(10) < 0.6 else DARK
    pixels = (cover * (strength * present)[:, None]).astype(np.float32)
    yield from _cut(pixels, colour, 0, left, width, height)


def _placed(cover: Cover, colour: tuple[int, int, int], x: float, y: float, width: int, height: int) -> Iterator[Mark]:
    rows, columns = cover.shape
    yield from _cut(cover, colour, math.floor(y - rows / 2), math.floor(x - columns / 2), width, height)


def _cut(cover: Cover, colour: tuple[int, int, int], top: int, left: int, width: int, height: int) -> Iterator[Mark]:
    """What of a mark lies inside the picture."""
    inside = cover[max(0, -top) : max(0, height - top), max(0, -left) : max(0, width - left)]
    if inside.size:
        yield Mark(max(0, top), max(0, left), inside, colour)
