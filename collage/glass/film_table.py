"""Colours through a table: in tetrahedra between the points of a cube, or along each channel's own curve."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.glass.compiled import kernel
from collage.glass.film_strips import Row, Strip
from collage.glass.lut import Cube

Corners = npt.NDArray[np.int32]


class Scale(NamedTuple):
    """How colours become places between a table's points: `sides` points along each axis or curve, a colour c of a
    channel lying at (c - low) · per."""

    curves: bool
    sides: int
    low: tuple[float, float, float]
    per: tuple[float, float, float]


def scale(cube: Cube) -> Scale:
    """That of a table."""
    last = cube.size - 1
    red, green, blue = (last / (high - low) for low, high in zip(cube.low, cube.high, strict=True))
    return Scale(cube.table.ndim == 2, cube.size, cube.low, (red, green, blue))


def look_up(colours: npt.NDArray[np.float32], cube: Cube) -> npt.NDArray[np.float32]:
    """Straight colours, (…, 3), through a table; what it gives beyond 0 to 1 is cut off."""
    strip = np.ones((4, 1, colours.size // 3), np.float32)
    strip[:3, 0] = colours.reshape(-1, 3).T
    grade(strip, cube.table.reshape(-1), scale(cube))
    return np.ascontiguousarray(strip[:3, 0].T).reshape(colours.shape)


@kernel
def grade(strip: Strip, points: Row, by: Scale) -> None:
    """Change a strip's colours, whatever alpha they are under. `points` are the table's, one after another."""
    width = strip.shape[2]
    places, weights = np.empty((3, width), np.float32), np.empty((4, width), np.float32)
    corners = np.empty((4, width), np.int32)
    for y in range(strip.shape[1]):
        for channel in range(3):
            _place(strip[channel, y], strip[3, y], by, channel, places[channel])
        if by.curves:
            for channel in range(3):
                _along_curve(places[channel], points, by.sides, channel, strip[channel, y])
        else:
            _corner(places[0], places[1], places[2], by.sides, corners, weights)
            _within_corners(corners, weights, points, strip[0, y], strip[1, y], strip[2, y])
        for channel in range(3):
            _cover(strip[channel, y], strip[3, y])


@njit(error_model="numpy")
def _place(row: Row, alpha: Row, by: Scale, channel: int, out: Row) -> None:
    """Exactly on a point where no more than rounding parts a colour from it."""
    per, low, last = np.float32(by.per[channel]), np.float32(by.low[channel]), np.float32(by.sides - 1)
    for x in range(out.size):
        at = (row[x] / max(alpha[x], np.float32(1e-6)) - low) * per
        at = min(max(at, np.float32(0.0)), last)
        near = np.float32(np.int32(at + np.float32(0.5)))
        out[x] = near if abs(at - near) < np.float32(3e-5) else at


@njit()
def _along_curve(places: Row, points: Row, sides: int, channel: int, row: Row) -> None:
    last, own = np.int32(sides - 2), np.uint64(channel)
    for x in range(row.size):
        first = min(np.int32(places[x]), last)
        part, at = places[x] - np.float32(first), np.uint64(first) * np.uint64(3) + own
        row[x] = points[at] * (np.float32(1.0) - part) + points[at + np.uint64(3)] * part


@njit()
def _cover(row: Row, alpha: Row) -> None:
    """Straight colours cut off at 0 and 1 and put under their alpha again."""
    for x in range(row.size):
        row[x] = min(max(row[x], np.float32(0.0)), np.float32(1.0)) * alpha[x]


@njit()
def _corner(red: Row, green: Row, blue: Row, sides: int, corners: Corners, weights: Strip) -> None:
    """The corners of the tetrahedron that each colour lies in, and their weights.

    Of the cell around a colour: from its first corner to the opposite one along the edges, that of the channel which is
    farthest into the cell first, that of the least far last; the weights are what each is farther than the next
    (Kasson, Nin, Plouffe & Hafner, "Performing color space conversions with three-dimensional linear interpolation",
    Journal of Electronic Imaging 4(3), 1995).
    """
    last, along_red = np.int32(sides - 2), np.int32(3)
    along_green, along_blue = np.int32(3 * sides), np.int32(3 * sides * sides)
    across = along_red + along_green + along_blue
    first, second, third, fourth = corners[0], corners[1], corners[2], corners[3]
    w0, w1, w2, w3 = weights[0], weights[1], weights[2], weights[3]
    for x in range(red.size):
        i, j, k = min(np.int32(red[x]), last), min(np.int32(green[x]), last), min(np.int32(blue[x]), last)
        r, g, b = red[x] - np.float32(i), green[x] - np.float32(j), blue[x] - np.float32(k)
        most, least, middle = max(r, g, b), min(r, g, b), max(min(r, g), min(max(r, g), b))
        farthest = (along_red if r >= b else along_blue) if r >= g else (along_green if g >= b else along_blue)
        nearest = along_blue if b <= g and b <= r else (along_green if g <= r else along_red)
        start = i * along_red + j * along_green + k * along_blue
        first[x], second[x], third[x], fourth[x] = start, start + farthest, start + across - nearest, start + across
        w0[x], w1[x], w2[x], w3[x] = np.float32(1.0) - most, most - middle, middle - least, least


@njit()
def _within_corners(corners: Corners, weights: Strip, points: Row, red: Row, green: Row, blue: Row) -> None:
    """Wide indices and stores at the end: so an address costs nothing, and what is read is not read again."""
    first, second, third, fourth = corners[0], corners[1], corners[2], corners[3]
    w0, w1, w2, w3 = weights[0], weights[1], weights[2], weights[3]
    one, two = np.uint64(1), np.uint64(2)
    for x in range(red.size):
        a, b, c, d = np.uint64(first[x]), np.uint64(second[x]), np.uint64(third[x]), np.uint64(fourth[x])
        p, q, r, s = w0[x], w1[x], w2[x], w3[x]
        in_red = p * points[a] + q * points[b] + r * points[c] + s * points[d]
        in_green = p * points[a + one] + q * points[b + one] + r * points[c + one] + s * points[d + one]
        in_blue = p * points[a + two] + q * points[b + two] + r * points[c + two] + s * points[d + two]
        red[x], green[x], blue[x] = in_red, in_green, in_blue
