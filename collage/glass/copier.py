"""The photocopier: what lies between black and white is lost, and what toner does by itself is added."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from collage.glass.compiled import kernel
from collage.glass.grain import dice, lumps, seed
from collage.glass.separation import Plates
from collage.motion.chance import Chance

_AROUND = 8
"""Pixels over which the drum evens out large blacks."""


def copied(picture: npt.NDArray[np.uint8], plates: Plates, amount: float, chance: Chance) -> None:
    """Turn the black plate of a photograph into a copy's, in place.

    The curve steepens about the middle until half tones are lost; edges are stressed and large blacks pale in their
    middle, as a drum charges them; toner falls beside them, leaves holes in them, and runs in streaks.
    """
    key = np.ascontiguousarray(plates[..., -1])
    coarse = max(1, key.shape[1] // 4), max(1, key.shape[0] // 4)
    small = cv2.GaussianBlur(cv2.resize(key, coarse, interpolation=cv2.INTER_AREA), (0, 0), _AROUND / 4)
    even = np.asarray(cv2.resize(small, key.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    _toner(picture, even, plates, float(amount), seed(chance, "toner"))


@kernel
def _toner(
    picture: npt.NDArray[np.uint8], even: npt.NDArray[np.uint8], plates: Plates, amount: float, start: np.uint64
) -> None:
    height, width, inks = plates.shape
    low, high = 0.40 * amount, 1.0 - 0.42 * amount
    streak = np.empty(width)
    for x in range(width):
        line = lumps(start + np.uint64(1), float(x), 0.0, 2.2)
        band = lumps(start + np.uint64(2), float(x), 0.0, 60.0)
        streak[x] = 0.05 * band + 0.9 * max(abs(line) - 0.72, 0.0) * (1.0 if line > 0 else -1.0)
    for y in range(height):
        for x in range(width):
            if picture[y, x, 3] == 0:
                continue
            tone = plates[y, x, inks - 1] / 255.0
            fine = 0.6 * lumps(start + np.uint64(3), float(x), float(y), 1.7) + 0.4 * dice(start, x, y)
            drift = lumps(start + np.uint64(4), float(x), float(y), 90.0)
            run = streak[x] * (0.5 + 0.5 * lumps(start + np.uint64(5), float(x) * 0.2, float(y), 130.0))
            level = tone + amount * (0.9 * (tone - even[y, x] / 255.0) + 0.16 * fine + 0.07 * drift + run)
            level = min(max((level - low) / (high - low), 0.0), 1.0)
            level = level + amount * (level * level * (3.0 - 2.0 * level) - level)
            dust = max(fine - 0.80 + 0.07 * drift, 0.0) * 5.0
            hole = max(-fine - 0.74, 0.0) * 3.0
            level = max(level - amount * hole, 0.0) if level > 0.5 else level + amount * dust
            plates[y, x, inks - 1] = np.uint8(min(level, 1.0) * 255.0 + 0.5)
