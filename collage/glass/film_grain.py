"""Grain: a tile of clumped noise, made once for a height of picture, laid elsewhere at every exposure.

Grains are of the picture, not of its pixels: a tile is made for 1080 rows and then made larger or smaller with the
picture. A proxy of half the size shows the same grains, as it shows the same pieces.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from numba import njit

from collage.glass.compiled import kernel
from collage.glass.film_strips import Row, Strip

Tile = npt.NDArray[np.int8]
UNIT = 30
"""A standard deviation in a tile for 1080 rows."""
_ROWS = 1080
_TILE = (1296, 2304)
"""Rows and columns of the tile for 1080 rows: more than most pictures have, so that none shows one twice."""
_CLUMPS = ((0.62, 1.0), (1.5, 0.55), (4.0, 0.12))
"""(sigma, weight) of what grain is made of: silver, its clumps, and the clouds of them."""
_MOST_PIXELS = 2**24


class Grain(NamedTuple):
    """`levels` is the noise's standard deviation in mid-tones; `colour` the share that each channel has of its own.
    `at` is where the tile's row and column 0 lie, for what all channels share, then for each; `upside_down` turns that
    over which they share, or else those of their own, so that neither repeats the other."""

    levels: float
    colour: float
    at: tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]
    upside_down: bool


@lru_cache(maxsize=4)
def tile(height: int) -> Tile:
    """Noise that fits itself on all sides, for pictures of that many rows. Always the same."""
    scale = height / _ROWS
    part = min(1.0, math.sqrt(_MOST_PIXELS / (_TILE[0] * _TILE[1])) / scale)
    rows, columns = (math.ceil(side * part) for side in _TILE)
    noise = _clumped(np.random.Generator(np.random.Philox(1080)).integers(-128, 128, (rows, columns), np.int8))
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    if scale <= 1:
        noise = np.asarray(cv2.resize(noise, size, interpolation=cv2.INTER_AREA), np.float32)
    else:
        beside = 4
        across, down = columns / size[0], rows / size[1]
        matrix = np.array([[across, 0, across / 2 - 0.5 + beside], [0, down, down / 2 - 0.5 + beside]])
        padded = cv2.copyMakeBorder(noise, beside, beside, beside, beside, cv2.BORDER_WRAP)
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        noise = np.asarray(cv2.warpAffine(padded, matrix, size, flags=flags), np.float32)
    out = np.clip(np.rint(noise * UNIT), -127, 127).astype(np.int8)
    out.flags.writeable = False
    return out


def _clumped(white: npt.NDArray[np.int8]) -> npt.NDArray[np.float32]:
    """Blurred noises in one, of standard deviation 1."""
    reach = 16
    around = cv2.copyMakeBorder(white.astype(np.float32), reach, reach, reach, reach, cv2.BORDER_WRAP)
    total = np.zeros(white.shape, np.float32)
    for sigma, weight in _CLUMPS:
        part = cv2.GaussianBlur(around, (0, 0), sigma)[reach:-reach, reach:-reach]
        total += np.float32(weight / float(part.std())) * part
    return np.asarray(total / np.float32(total.std()), np.float32)


@njit()
def _noise(noise: Tile, y: int, at: tuple[int, int], upside_down: bool, out: Row) -> None:
    """A row of the tile, as often as it takes."""
    rows, columns = noise.shape
    row = (y - at[0]) % rows
    source = noise[rows - 1 - row if upside_down else row]
    x, start = 0, -at[1] % columns
    while x < out.size:
        count = min(columns - start, out.size - x)
        part, into = source[start : start + count], out[x : x + count]
        for i in range(count):
            into[i] = np.float32(part[i])
        x, start = x + count, 0


@njit(inline="always")
def response(tone: np.float32) -> np.float32:
    """How strongly grain shows at a tone, 0 to 1: most in mid-tones, some in shadows, little in clear film."""
    return np.float32(0.22) + np.float32(3.12) * tone * (np.float32(1.0) - tone)


@njit(error_model="numpy")
def _response(red: Row, green: Row, blue: Row, alpha: Row, levels: float, out: Row) -> None:
    strength, none, one = np.float32(levels / 255.0), np.float32(0.0), np.float32(1.0)
    for x in range(out.size):
        bright = np.float32(0.3) * red[x] + np.float32(0.59) * green[x] + np.float32(0.11) * blue[x]
        tone = min(max(bright / max(alpha[x], one), none), one)
        out[x] = alpha[x] * strength * response(tone)


@njit()
def _grained(row: Row, strength: Row, shared: Row, own: Row, colour: float) -> None:
    part = np.float32(colour)
    for x in range(row.size):
        row[x] += strength[x] * (shared[x] + part * own[x])


@kernel
def grain(strip: Strip, top: int, noise: Tile, how: Grain) -> None:
    """Add grain to a strip whose first row is `top`."""
    width = strip.shape[2]
    strength, shared, own = np.empty(width, np.float32), np.empty(width, np.float32), np.empty(width, np.float32)
    levels = how.levels / UNIT / math.sqrt(1.0 + how.colour * how.colour)
    for y in range(strip.shape[1]):
        _response(strip[0, y], strip[1, y], strip[2, y], strip[3, y], levels, strength)
        _noise(noise, top + y, how.at[0], how.upside_down, shared)
        for channel in range(3):
            _noise(noise, top + y, how.at[channel + 1], not how.upside_down, own)
            _grained(strip[channel, y], strength, shared, own, how.colour)
