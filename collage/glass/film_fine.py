"""Film on pictures in floats: the same gate, lamp, grain and marks as in `look`, without bytes and without dither."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Finish
from collage.glass.film_gate import Gate
from collage.glass.film_marks import Mark
from collage.glass.film_strips import Strip
from collage.glass.look import ByBands, Shot, shot

Floats = npt.NDArray[np.float32]
"""(rows, columns, 4), premultiplied sRGB, 0 to 1."""
Places = npt.NDArray[np.intp]
ROWS = 32
"""Rows that are treated at a time."""
LEVELS = np.float32(255)
"""What 1 is in a strip."""


def finish(picture: Floats, film: Finish, by_bands: ByBands | None = None) -> Floats:
    """A picture as that exposure of the film shows it: a new one, or the very picture where the film adds nothing.
    AssetError as of `look.finish`."""
    height, width = picture.shape[:2]
    how = shot(film, width, height)
    if how is None:
        return picture
    out = np.empty_like(picture)
    share = by_bands or (lambda work: work(0, height))
    share(lambda top, bottom: _develop(picture, out, (top, bottom), how))
    for mark in how.marks:
        _lay(out, mark)
    return out


def _develop(source: Floats, out: Floats, band: tuple[int, int], how: Shot) -> None:
    top, bottom = band
    for y in range(top, bottom, ROWS):
        end = min(y + ROWS, bottom)
        strip = woven(source, y, end, how.gate) if how.gate else _planes(source[y:end])
        strip *= LEVELS
        for step in how.steps:
            step(strip, y)
        np.clip(strip[3], 0, LEVELS, out=strip[3])
        np.clip(strip[:3], 0, strip[3], out=strip[:3])
        np.multiply(strip.transpose(1, 2, 0), 1 / LEVELS, out=out[y:end])


def _lay(picture: Floats, mark: Mark) -> None:
    """`atop`, as in bytes."""
    rows, columns = mark.cover.shape
    under = picture[mark.top : mark.top + rows, mark.left : mark.left + columns]
    cover, colour = mark.cover[..., None], np.array(mark.colour, np.float32) / LEVELS
    under[..., :3] = colour * cover * under[..., 3:] + under[..., :3] * (1 - cover)


def _planes(rows: Floats) -> Strip:
    """Each channel by itself, an array of its own."""
    return np.array(rows.transpose(2, 0, 1), order="C")


def woven(picture: Floats, top: int, bottom: int, gate: Gate) -> Strip:
    """Rows of a picture seen through the gate, by the same two passes as in bytes: down to the line that a row is taken
    from, then along it. Beyond its edges the picture goes on as they are."""
    height, width = picture.shape[:2]
    x, y = np.arange(width), np.arange(top, bottom)[:, None]
    slope = gate.d / (1.0 + gate.a)
    down = (0.5 - gate.b * (y + 0.5) - gate.c) * slope + gate.e * (y + 0.5) + gate.f + slope * x
    whole = np.floor(down)
    first = min(max(top + int(whole.min()) - 1, 0), height - 1)
    last = min(max(bottom + int(whole.max()) + 2, first + 1), height)
    rows, starts = y + whole.astype(np.intp) - first, (y - top) * width
    known = _planes(picture[first:last])
    lines = _between(known, lambda by: np.clip(rows + by, 0, last - first - 1) * width + x, down - whole)
    along = gate.a * (x + 0.5) + gate.b * (y + 0.5) + gate.c
    whole = np.floor(along)
    columns = x + whole.astype(np.intp)
    return _between(lines, lambda by: np.clip(columns + by, 0, width - 1) + starts, along - whole)


def _between(planes: Strip, places: Callable[[int], Places], part: npt.NDArray[np.float64]) -> Strip:
    """Of four pixels a place, so far beyond the second."""
    flat = planes.reshape(4, -1)
    out = np.zeros((4, *part.shape), np.float32)
    for by, share in zip(range(-1, 3), _shares(part.astype(np.float32)), strict=True):
        at = places(by)
        for channel in range(4):
            out[channel] += share * flat[channel].take(at)
    return out


def _shares(t: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """As `film_gate` weighs the four."""
    t2, ht = t * t, t / 2
    return np.stack([t2 - ht * t2 - ht, (3 * ht - 2.5) * t2 + 1, (2 - 3 * ht) * t2 + ht, (ht - 0.5) * t2])
