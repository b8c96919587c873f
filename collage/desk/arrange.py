"""A loose grid: where pictures of any size lie so that all are seen whole, and look laid by a hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from collage.geometry import cos_sin

TURNS = (-4, 3, -2, 5, 2, -5, 4, -3)
SLIDES = ((0, -10), (8, 6), (-9, 4), (5, -7), (-4, 9))
FILL = 0.96
ROCK = 3
LARGEST_SCALE = 4.0


class Spot(NamedTuple):
    """Where one picture lies: its centre from the canvas's centre, its scale, its turn in degrees."""

    x: int
    y: int
    scale: float
    turn: int


def arrange(sizes: Sequence[tuple[int, int]], area: tuple[int, int]) -> list[Spot]:
    """A spot for each picture of `sizes` on an `area` (width, height) around the canvas's centre, row by row.

    Each fits its cell at its turn, and while it rocks by `ROCK` degrees.
    """
    rows = _rows(len(sizes), area)
    height = area[1] / len(rows)
    cells = [
        (area[0] / in_row, (place + 0.5) / in_row - 0.5, (row + 0.5) / len(rows) - 0.5)
        for row, in_row in enumerate(rows)
        for place in range(in_row)
    ]
    return [
        _spot(index, size, (width, height), (across * area[0], down * area[1]))
        for index, (size, (width, across, down)) in enumerate(zip(sizes, cells, strict=True))
    ]


def _rows(count: int, area: tuple[int, int]) -> list[int]:
    """How many pieces each row holds, so that cells come as near to square as they can and rows differ by one."""
    number = min(range(1, count + 1), key=lambda rows: abs(math.log(area[0] * rows / (-(-count // rows) * area[1]))))
    return [count * (row + 1) // number - count * row // number for row in range(number)]


def _spot(index: int, size: tuple[int, int], cell: tuple[float, float], centre: tuple[float, float]) -> Spot:
    turn = TURNS[index % len(TURNS)]
    cos, sin = cos_sin(abs(turn) + ROCK)
    width, height = size[0] * cos + size[1] * sin, size[0] * sin + size[1] * cos
    scale = min(FILL * cell[0] / width, FILL * cell[1] / height, LARGEST_SCALE)
    slide = SLIDES[index % len(SLIDES)]
    return Spot(round(centre[0] + slide[0]), round(centre[1] + slide[1]), scale, turn)
