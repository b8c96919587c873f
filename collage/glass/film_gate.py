"""The gate of a projector, in which film never lies quite still: a picture moved by parts of a pixel.

Cubic interpolation in two passes, first down to the line that a row of the result is taken from, which may lean, then
along it: with the tiny turns of a gate both are loops over pixels that lie side by side.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from collage.glass.compiled import kernel
from collage.glass.film_strips import Row, Strip
from collage.glass.kernels import Words

_BESIDE = 8
"""Pixels by which a line is continued at either end."""


class Gate(NamedTuple):
    """Where a pixel is taken from: for one whose centre is (x, y), from (ax + by + c, dx + ey + f) beside it."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float


@njit(error_model="numpy")
def _steady(part: float, slope: float, most: int) -> int:
    """For how many pixels a place that is `part` beyond a whole one stays between the same two."""
    if slope == 0.0:
        return most
    return max(1, min(most, int(((1.0 if slope > 0.0 else 0.0) - part) / slope)))


@njit()
def _weigh(part: float, slope: float, weights: Strip, x: int, count: int) -> None:
    """The shares of the four pixels around each place (Keys, "Cubic convolution interpolation for digital image
    processing", IEEE Trans. ASSP 29(6), 1981, with a = -1/2)."""
    start, lean, half = np.float32(part), np.float32(slope), np.float32(0.5)
    first, second = weights[0, x : x + count], weights[1, x : x + count]
    third, fourth = weights[2, x : x + count], weights[3, x : x + count]
    for i in range(count):
        t = start + lean * np.float32(np.int32(i))
        t2, ht = t * t, half * t
        first[i] = t2 - ht * t2 - ht
        second[i] = (np.float32(3.0) * ht - np.float32(2.5)) * t2 + np.float32(1.0)
        third[i] = (np.float32(2.0) - np.float32(3.0) * ht) * t2 + ht
        fourth[i] = (ht - half) * t2


@njit()
def _between(rows: tuple[Words, Words, Words, Words], channel: int, weights: Strip, x: int, out: Row) -> None:
    """One channel between the second and the third of four rows."""
    above, upper, lower, below = rows
    count, down, byte = out.size, np.uint32(8 * channel), np.uint32(255)
    first, second = weights[0, x : x + count], weights[1, x : x + count]
    third, fourth = weights[2, x : x + count], weights[3, x : x + count]
    for i in range(count):
        out[i] = (
            np.float32(np.int32((above[i] >> down) & byte)) * first[i]
            + np.float32(np.int32((upper[i] >> down) & byte)) * second[i]
            + np.float32(np.int32((lower[i] >> down) & byte)) * third[i]
            + np.float32(np.int32((below[i] >> down) & byte)) * fourth[i]
        )


@njit()
def _along(line: Row, weights: Strip, x: int, out: Row) -> None:
    """One channel between the second and the third of the pixels of a line, and on."""
    count = out.size
    first, second = weights[0, x : x + count], weights[1, x : x + count]
    third, fourth = weights[2, x : x + count], weights[3, x : x + count]
    for i in range(count):
        out[i] = line[i] * first[i] + line[i + 1] * second[i] + line[i + 2] * third[i] + line[i + 3] * fourth[i]


@njit(inline="always")
def _row(picture: Words, y: int, x: int, count: int) -> Words:
    return picture[min(max(y, 0), picture.shape[0] - 1), x : x + count]


@njit()
def _draw(picture: Words, y: int, gate: Gate, channels: int, weights: Strip, lines: Strip) -> None:
    """The line that row y is taken from, at the picture's own columns."""
    width = picture.shape[1]
    slope = gate.d / (1.0 + gate.a)
    first = (0.5 - gate.b * (y + 0.5) - gate.c) * slope + gate.e * (y + 0.5) + gate.f
    x = 0
    while x < width:
        at = first + slope * x
        whole = np.floor(at)
        count, j = _steady(at - whole, slope, width - x), y + int(whole)
        _weigh(at - whole, slope, weights, x, count)
        rows = (
            _row(picture, j - 1, x, count),
            _row(picture, j, x, count),
            _row(picture, j + 1, x, count),
            _row(picture, j + 2, x, count),
        )
        for channel in range(channels):
            _between(rows, channel, weights, x, lines[channel, _BESIDE + x : _BESIDE + x + count])
        x += count
    for channel in range(channels):
        line = lines[channel]
        for i in range(_BESIDE):
            line[i], line[_BESIDE + width + i] = line[_BESIDE], line[_BESIDE + width - 1]


@njit()
def _take(lines: Strip, y: int, gate: Gate, channels: int, weights: Strip, strip: Strip, into: int) -> None:
    width, x = strip.shape[2], 0
    while x < width:
        at = gate.a * (x + 0.5) + gate.b * (y + 0.5) + gate.c
        whole = np.floor(at)
        count = _steady(at - whole, gate.a, width - x)
        i = min(max(x + int(whole) + _BESIDE - 1, 0), lines.shape[1] - count - 3)
        _weigh(at - whole, gate.a, weights, x, count)
        for channel in range(channels):
            _along(lines[channel, i : i + count + 3], weights, x, strip[channel, into, x : x + count])
        x += count


@kernel
def weave(picture: Words, top: int, gate: Gate, opaque: bool, strip: Strip) -> None:
    """The rows from `top` on of a picture seen through the gate. Beyond its edges it goes on as they are."""
    width = picture.shape[1]
    lines, weights = np.empty((4, width + 2 * _BESIDE), np.float32), np.empty((4, width), np.float32)
    channels = 3 if opaque else 4
    for y in range(strip.shape[1]):
        _draw(picture, top + y, gate, channels, weights, lines)
        _take(lines, top + y, gate, channels, weights, strip, y)
        alpha = strip[3, y]
        for x in range(width):
            alpha[x] = np.float32(255.0) if opaque else min(max(alpha[x], np.float32(0.0)), np.float32(255.0))
