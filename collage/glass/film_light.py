"""The light that film is shot and shown by: a lamp that falls off toward the corners, and its gleam on the glass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from collage.glass.compiled import kernel
from collage.glass.film_strips import Row, Strip


class Lamplight(NamedTuple):
    """What red, green and blue are multiplied by: gains, less drops as far as the light has fallen at a distance from
    (x, y); `unit` is the distance at which it has by 1."""

    gains: tuple[float, float, float]
    drops: tuple[float, float, float]
    x: float
    y: float
    unit: float


class Gleam(NamedTuple):
    """A slanting band of light, `strength` 0 to 1 at its brightest. `across` and `along` are (a, b, c) of ax + by + c,
    which is 0 on the band's axes and 1 where it ends."""

    strength: float
    across: tuple[float, float, float]
    along: tuple[float, float, float]
    colour: tuple[float, float, float]


@njit(inline="always")
def fallen(square: np.float32) -> np.float32:
    """How far light has fallen at a squared distance: 0 in the middle, 1 at 1, smooth."""
    return square * (np.float32(1.25) - np.float32(0.25) * square)


@njit(inline="always")
def bump(t: np.float32) -> np.float32:
    """1 at 0, nothing from 1 on, with two smooth derivatives."""
    rest = max(np.float32(1.0) - t * t, np.float32(0.0))
    return rest * rest * rest


@njit(inline="always")
def panes(across: np.float32) -> np.float32:
    """The band: a broad pane, and a narrow one beside it."""
    return bump(across) + np.float32(0.55) * bump(np.float32(3.2) * across - np.float32(4.6))


@kernel
def light(strip: Strip, top: int, lamp: Lamplight) -> None:
    """Multiply a strip whose first row is `top`."""
    narrow = 1.0 / (lamp.unit * lamp.unit)
    fall, left = np.empty(strip.shape[2], np.float32), np.float32(0.5 - lamp.x)
    for y in range(strip.shape[1]):
        down = top + y + 0.5 - lamp.y
        down2, shrink = np.float32(down * down), np.float32(narrow)
        for x in range(fall.size):
            right = np.float32(np.int32(x)) + left
            fall[x] = fallen((right * right + down2) * shrink)
        for channel in range(3):
            row, gain, drop = strip[channel, y], np.float32(lamp.gains[channel]), np.float32(lamp.drops[channel])
            for x in range(row.size):
                row[x] *= gain - drop * fall[x]


@kernel
def gleam(strip: Strip, top: int, band: Gleam) -> None:
    """Add light as a second projector would, which leaves room to white."""
    shine, alpha, strength = np.empty(strip.shape[2], np.float32), strip[3], np.float32(band.strength)
    for y in range(strip.shape[1]):
        down = top + y + 0.5
        a, b = np.float32(band.across[0]), np.float32(band.across[0] * 0.5 + band.across[1] * down + band.across[2])
        c, d = np.float32(band.along[0]), np.float32(band.along[0] * 0.5 + band.along[1] * down + band.along[2])
        for x in range(shine.size):
            right = np.float32(np.int32(x))
            shine[x] = strength * bump(c * right + d) * panes(a * right + b)
        for channel in range(3):
            row, tint = strip[channel, y], np.float32(band.colour[channel])
            _shone(row, alpha[y], shine, tint)


@njit()
def _shone(row: Row, alpha: Row, shine: Row, tint: np.float32) -> None:
    for x in range(row.size):
        row[x] += (alpha[x] - row[x]) * shine[x] * tint
