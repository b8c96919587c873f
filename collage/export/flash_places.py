"""What each place of a picture has been through: its last peak and valley, and when it went from one to the other."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from collage.glass.compiled import kernel

GENERAL, RED = 0, 1
TRANSITIONS = 7
"""So many within a second are more than three flashes, since two opposing ones make a flash."""
_NEVER = np.iinfo(np.int64).min
_PLACE = np.dtype([
    ("low", "f4"), ("high", "f4"),              # the levels between which it goes, or went last
    ("low_counts", "?"), ("high_counts", "?"),  # whether a change from there, or to there, counts
    ("way", "i1"),                              # 1 up, -1 down, 0 before it went anywhere
    ("told", "?"),                              # whether this way has been counted
    ("times", "i8", (TRANSITIONS,)),            # the frames of the last that were, oldest first
])  # fmt: skip
Places = npt.NDArray[Any]


class Limits(NamedTuple):
    """What makes a change count. light: of relative luminance, at least.  dark: the darker of two is below this.
    red: of how far red is above green and blue together, at least.  pure: of saturated red, its least share of all
    light.  Linear, 0 to 1."""

    light: float
    dark: float
    red: float
    pure: float


def unseen(count: int) -> Places:
    """(2, count): so many places of which nothing was seen, for all light and for red."""
    places = np.zeros((2, count), _PLACE)
    places["low"], places["high"], places["times"] = np.inf, -np.inf, _NEVER
    return places


@kernel
def look(
    pixels: npt.NDArray[np.uint8],
    lights: npt.NDArray[np.float32],
    limits: Limits,
    places: Places,
    frame: int,
    since: int,
    flashing: npt.NDArray[np.bool_],
) -> None:
    """Take in a frame, (count, 3) sRGB. `flashing`, (2, count), becomes whether a place has had all its transitions not
    before the frame `since`. `lights` is the linear light of each of the 256 levels."""
    for n in range(pixels.shape[0]):
        red, green, blue = lights[pixels[n, 0]], lights[pixels[n, 1]], lights[pixels[n, 2]]
        light = np.float32(0.2126) * red + np.float32(0.7152) * green + np.float32(0.0722) * blue
        above = max(red - green - blue, np.float32(0))
        pure = red > 0 and red >= np.float32(limits.pure) * (red + green + blue)
        _move(places[0, n], light, light < np.float32(limits.dark), np.float32(limits.light), frame)
        _move(places[1, n], above, pure, np.float32(limits.red), frame)
        flashing[0, n] = places[0, n].times[0] >= since
        flashing[1, n] = places[1, n].times[0] >= since


@njit(inline="always")
def _move(place: Any, level: np.float32, counts: bool, least: np.float32, frame: int) -> None:
    """The next level of a place. It turns where it has come `least` back from the farthest it went, so that grain on a
    slow fade makes no flashes and hides none. A way counts once, as soon as either of its ends does."""
    if level <= place.low:
        place.low, place.low_counts = level, counts
    if level >= place.high:
        place.high, place.high_counts = level, counts
    if place.way <= 0 and level - place.low >= least:
        place.way, place.told, place.high, place.high_counts = 1, False, level, counts
    elif place.way >= 0 and place.high - level >= least:
        place.way, place.told, place.low, place.low_counts = -1, False, level, counts
    if place.way != 0 and not place.told and (place.low_counts or place.high_counts):
        place.told = True
        for n in range(TRANSITIONS - 1):
            place.times[n] = place.times[n + 1]
        place.times[TRANSITIONS - 1] = frame
