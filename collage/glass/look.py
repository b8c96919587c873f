"""The film a scene is shot on: from amounts, a seed and the number of an exposure to what is done to its picture.

Amounts are 0 to 1, and what they mean at 1 stands here, found by eye. Lengths are of a picture 1080 rows high and go
with its height, so a proxy looks like the whole. All chance hangs on the seed and the exposure alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from collage.exposure.cel import Finish
from collage.glass.blends import BLENDS
from collage.glass.film_gate import Gate, weave
from collage.glass.film_grain import Grain, grain, tile
from collage.glass.film_light import Gleam, Lamplight, gleam, light
from collage.glass.film_marks import Mark, dust, scratches
from collage.glass.film_strips import ROWS, Strip, pack, unpack
from collage.glass.film_table import grade, scale
from collage.glass.kernels import Words
from collage.glass.lut import cube
from collage.glass.plates import Pixels
from collage.motion.chance import Chance

ByBands = Callable[[Callable[[int, int], None]], None]
"""Calls what it is given with (top, bottom) for bands that are all rows of the picture together, in any threads."""
Step = Callable[[Strip, int], None]
"""Changes a strip whose first row is the given one."""


class Shot(NamedTuple):
    """What is done to a picture: moved in the gate, changed step by step, and marks laid on it."""

    gate: Gate | None
    steps: tuple[Step, ...]
    marks: tuple[Mark, ...]


FLICKER = 0.25
"""How much brighter or darker an exposure may be."""
SWAY, HOP, LEAN = 10.0, 15.0, 0.25
"""How far a picture may lie off to the side, up or down in pixels, and turned in degrees."""
WARM = (0.0, 0.075, 0.27)
"""What the lamp takes from the red, green and blue of white."""
CORNER = (0.62, 0.68, 0.76)
"""What the fall-off takes from them in the corners."""
MIDDLE = (0.47, 0.45)
"""Where the lamp's light is fullest, in parts of the picture: it stands at the upper left."""
GRAIN_LEVELS, GRAIN_COLOUR = 20.0, 0.28
"""Its standard deviation in mid-tones, and the share of it that each channel has for itself."""
PARTS = (108, 192)
"""A tile's rows and columns are parted in so many, at whose beginnings grain may be laid."""
GLEAM, GLEAM_COLOUR = 0.42, (1.0, 0.97, 0.9)
"""How much of what is left to white the gleam adds, and of which colour."""


def finish(picture: Pixels, film: Finish, by_bands: ByBands | None = None) -> Pixels:
    """A picture, premultiplied (height, width, 4) uint8, as that exposure of the film shows it.

    A new one; the very picture where the film adds nothing. Alpha is kept, but for the gate, which moves all. In order:
    gate, lamp with its flicker and warmth, gleam, table of colours, grain; then dust and scratches, which lie on top.
    AssetError for a table of colours that can't be read.
    """
    source = picture.view(np.uint32)[..., 0]
    height, width = source.shape
    how = shot(film, width, height)
    if how is None:
        return picture
    out = np.empty_like(source)
    share = by_bands or (lambda work: work(0, height))
    share(lambda top, bottom: _develop(source, out, (top, bottom), how))
    for mark in how.marks:
        _lay(out, mark)
    return out.view(np.uint8).reshape(picture.shape)


def shot(film: Finish, width: int, height: int) -> Shot | None:
    """What an exposure of the film does to a picture of that size; None if nothing."""
    marks = (*dust(film, width, height), *scratches(film, width, height))
    how = Shot(_gate(film, width, height), tuple(_steps(film, width, height)), marks)
    return how if any(how) else None


def _develop(source: Words, out: Words, band: tuple[int, int], how: Shot) -> None:
    """The rows of a band, strip by strip."""
    top, bottom = band
    opaque = how.gate is not None and bool(source.min() >= 0xFF000000)
    for y in range(top, bottom, ROWS):
        strip = np.empty((4, min(ROWS, bottom - y), source.shape[1]), np.float32)
        if how.gate:
            weave(source, y, how.gate, opaque, strip)
        else:
            unpack(source, y, strip)
        for step in how.steps:
            step(strip, y)
        pack(strip, y, out)


def _lay(picture: Words, mark: Mark) -> None:
    """A speck is only seen where there is a picture."""
    rows, columns = mark.cover.shape
    BLENDS["atop"](picture[mark.top : mark.top + rows, mark.left : mark.left + columns], mark.words)


def _steps(film: Finish, width: int, height: int) -> Iterator[Step]:
    if film.flicker or film.vignette or film.warmth:
        lamp = _lamp(film, width, height)
        yield lambda strip, top: light(strip, top, lamp)
    if film.reflection:
        band = _band(film, width, height)
        yield lambda strip, top: gleam(strip, top, band)
    if film.lut:
        table = cube(film.lut)
        points, by = table.table.reshape(-1), scale(table)
        yield lambda strip, top: grade(strip, points, by)
    if film.grain:
        noise = tile(height)
        how = _grain(film, noise.shape)
        yield lambda strip, top: grain(strip, top, noise, how)


def _uneven(film: Finish, what: str) -> float:
    """Within -1 to 1 and around 0: partly a slow wander from exposure to exposure, partly each one's own."""
    chance = Chance(film.seed, "look", what)
    first, second = chance.pair(film.exposure)
    return 0.5 * chance.noise(film.exposure * 0.3) + 0.5 * (first + second - 1.0)


def _gate(film: Finish, width: int, height: int) -> Gate | None:
    """The picture a little larger than its frame, so that its edges stay outside wherever the gate takes it."""
    if not film.weave:
        return None
    unit = film.weave * height / 1080
    lean = math.radians(LEAN * film.weave)
    sides = (SWAY * unit + math.sin(lean) * height / 2) / width, (HOP * unit + math.sin(lean) * width / 2) / height
    part = math.cos(lean) * (1.0 - min(0.4, 2 * max(sides)))
    turn = lean * _uneven(film, "lean")
    cos, sin = part * math.cos(turn) - 1.0, part * math.sin(turn)
    x, y = width / 2, height / 2
    right, down = SWAY * unit * _uneven(film, "sway"), HOP * unit * _uneven(film, "hop")
    return Gate(cos, -sin, right - cos * x + sin * y, sin, cos, down - sin * x - cos * y)


def _lamp(film: Finish, width: int, height: int) -> Lamplight:
    exposed = 1.0 + FLICKER * film.flicker * _uneven(film, "flicker")
    gains = [exposed * (1.0 - film.warmth * part) for part in WARM]
    drops = [gain * film.vignette * part for gain, part in zip(gains, CORNER, strict=True)]
    x, y = MIDDLE[0] * width, MIDDLE[1] * height
    return Lamplight(_three(gains), _three(drops), x, y, math.hypot(width - x, height - y))


def _band(film: Finish, width: int, height: int) -> Gleam:
    """A window's light on the glass, slanting; the scene's seed says where."""
    first, second = Chance(film.seed, "look", "reflection").pair()
    turn, half = math.radians(24 + 10 * first), 0.2 * height
    cos, sin = math.cos(turn), math.sin(turn)
    x, y = width * (0.2 + 0.45 * second), height * 0.42
    across = (cos / half, sin / half, -(cos * x + sin * y) / half)
    long = 1.05 * height
    along = (-sin / long, cos / long, (sin * x - cos * y) / long)
    return Gleam(GLEAM * film.reflection, across, along, GLEAM_COLOUR)


def _grain(film: Finish, sides: tuple[int, ...]) -> Grain:
    """The tile somewhere else at every exposure, by parts that a proxy's tile has too."""
    chance = Chance(film.seed, "look", "grain")
    places = []
    for of in range(4):
        down, right = chance.pair(film.exposure, of)
        places.append((int(down * PARTS[0]) * sides[0] // PARTS[0], int(right * PARTS[1]) * sides[1] // PARTS[1]))
    shared, red, green, blue = places
    upside_down = chance.at(film.exposure, 4) < 0.5
    return Grain(GRAIN_LEVELS * film.grain, GRAIN_COLOUR, (shared, red, green, blue), upside_down)


def _three(parts: list[float]) -> tuple[float, float, float]:
    red, green, blue = parts
    return red, green, blue
