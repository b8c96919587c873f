"""`repeat`: the copies of one layer, each with its own place, delay and chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from collage.exposure.tracks import Setting
from collage.geometry import Point
from collage.motion.chance import Chance
from collage.scene.copies import count
from collage.scene.model import Repeat
from collage.timing import round_half_up


@dataclass(frozen=True, slots=True)
class Copy:
    """What sets one copy apart: its number, how many frames later it does everything, where it lies (None: where the
    layer says), how much it is turned and scaled beside the layer, and a share that picks its first drawing."""

    index: int = 0
    delay: int = 0
    at: Point | None = None
    turn: float = 0.0
    scale: float = 1.0
    pick: float | None = None


def copies(repeat: Repeat | None, setting: Setting, chance: Chance) -> Iterator[Copy]:
    """All copies, in order; the layer itself, unvaried, without a `repeat`. ValueError for an area under a parent that
    is written in percent, or a delay below 0."""
    if repeat is None:
        yield Copy()
        return
    clock, vary = setting.clock, repeat.vary
    each, late = clock.length(repeat.delay), clock.length(vary.delay)
    if each < 0 or late < 0:
        raise ValueError("a copy comes later than the one before, never earlier: write a delay of 0 or more")
    for index in range(count(repeat)):
        own = chance.child(index)
        delay = round_half_up(each * index + late * Fraction(own.at(0)))
        yield Copy(
            index, delay, _place(repeat, index, setting, own),
            vary.turn * (2 * own.at(1) - 1), 1 + vary.scale * (2 * own.at(2) - 1),
            own.at(3) if vary.swap else None,
        )  # fmt: skip


def _place(repeat: Repeat, index: int, setting: Setting, chance: Chance) -> Point | None:
    """The middle of its cell of the grid, row by row, or a place by chance; None without grid and area."""
    if repeat.area is None and repeat.grid is None:
        return None
    if repeat.area is None and setting.under:
        raise ValueError("a grid under a parent needs its area: write area = [0, 0, 400, 300] in repeat")
    x, y, width, height = (
        setting.pixels(part, side)
        for part, side in zip(repeat.area or (0, 0, "100%", "100%"), (0, 1, 0, 1), strict=True)
    )
    if repeat.grid is None:
        across, down = chance.pair(4)
    else:
        columns, rows = repeat.grid
        across, down = (index % columns + 0.5) / columns, (index // columns % rows + 0.5) / rows
    return x + width * across, y + height * down
