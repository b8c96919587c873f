"""Separation: a photograph taken apart into plates of ink, so that they make it again when printed over each other.

Inks are translucent: each lets a share of the paper's light through in red, green and blue, and where dots overlap the
shares multiply. Dots of different angles overlap by chance, so the mean of a print is the product of each plate's mean
(Demichel's equations, 1924, which factor for inks that multiply). Solved for the plates' tones, in sRGB as it is
stored, because that is how the glass shrinks pictures.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.glass.compiled import kernel

Pixels = npt.NDArray[np.uint8]
Plates = npt.NDArray[np.uint8]
"""(height, width, inks), the share of each pixel that an ink should cover, 0 to 255; the last ink is black."""
Plane = npt.NDArray[np.float32]
Share = npt.NDArray[np.float32]
"""(inks, 3), how much of the paper's red, green and blue each ink lets through."""

STOCK = Colour(246, 240, 226)
"""The paper that photographs are printed on."""
BLACK = (0.125, 0.112, 0.108)
PROCESS: Share = np.array([[0.03, 0.67, 0.93], [0.93, 0.04, 0.53], [1.00, 0.93, 0.04], BLACK], np.float32)
"""Cyan, magenta, yellow and black."""
_LUMA: Share = np.array([0.30, 0.59, 0.11], np.float32)
_OPENS = 0.85
"""How far a flat ink gives way to a photograph's lights: all the way would leave no flat colour."""
_ROUNDS, _SETTLED = 7, 0.002
"""How often the three colours are weighed against each other at most, and the change after which it is enough."""
_SEEN = 0.04
"""What tints less of the photograph than this is no tint."""


def four(picture: Pixels, own: bool) -> Plates:
    """Cyan, magenta, yellow and black of a premultiplied picture laid on paper, or with `own` of its colours alone."""
    plates = np.empty(picture.shape, np.uint8)
    _four(picture, np.array(STOCK, np.float32), PROCESS, own, plates)
    return plates


def spot(picture: Pixels, own: bool, inks: Share) -> Plates:
    """Some flat inks and black. An ink tints what is near its hue, flatly, as a brush would, the stronger the colour
    the fuller. If they find next to nothing, the first goes under the whole photograph, as the second colour of a
    duotone. Black makes the tone good."""
    plates = np.empty((*picture.shape[:2], len(inks)), np.uint8)
    for n, tint in enumerate(_tints(picture, inks[:-1]) if len(inks) > 1 else ()):
        plates[..., n] = cv2.resize(tint, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    _black(picture, np.array(STOCK, np.float32), inks, own, plates)
    return plates


def _tints(picture: Pixels, inks: Share) -> list[npt.NDArray[np.uint8]]:
    """How much of each colour ink goes where, 0 to 255, at half the size."""
    size = max(1, (picture.shape[1] + 1) // 2), max(1, (picture.shape[0] + 1) // 2)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    soft = cv2.GaussianBlur(small, (0, 0), 1.6)
    solid = np.maximum(soft[..., 3], 1.0)
    light = soft[..., :3] / solid[..., None]
    grey = np.asarray(light @ _LUMA, np.float32)
    hue = light - grey[..., None]
    strong: Plane = np.sqrt((hue * hue).sum(-1))
    near = np.stack([hue @ _toward(ink) for ink in inks])
    best = near.argmax(0)
    flats = [_flat(near[n], strong, ink) * (best == n) for n, ink in enumerate(inks)]
    solid_there = small[..., 3] > 128
    found = sum(np.count_nonzero(solid_there & (flat > 0.3)) for flat in flats)
    if found < _SEEN * np.count_nonzero(solid_there):
        flats[0] = _step(np.float32(1.0) - grey, 0.02, 0.75)
    return [(flat * 255 + 0.5).astype(np.uint8) for flat in flats]


def _flat(near: Plane, strong: Plane, ink: Share) -> Plane:
    """How much of an ink a brush lays: none on what is grey or of another hue, all on what is half as strong as it."""
    own = float(np.linalg.norm(ink - ink @ _LUMA))
    return _step(near / np.maximum(strong, np.float32(1e-4)), 0.7, 0.92) * _step(strong, 0.05, 0.5 * own)


def _toward(ink: Share) -> Share:
    """The direction of an ink's hue among colours without their grey."""
    hue = ink - ink @ _LUMA
    unit: Share = (hue / max(float(np.linalg.norm(hue)), 1e-4)).astype(np.float32)
    return unit


def _step(value: npt.NDArray[np.floating], low: float, high: float) -> Plane:
    """0 below, 1 above, smooth between."""
    part = np.clip((value - low) / max(high - low, 1e-4), 0, 1)
    step: Plane = (part * part * (3 - 2 * part)).astype(np.float32)
    return step


@kernel
def _light(picture: Pixels, y: int, x: int, stock: Share, own: bool, light: Share) -> np.float32:
    """How much of the paper's light a pixel wants, into `light`; the most of the three."""
    alpha, most = np.float32(picture[y, x, 3]), np.float32(0.0)
    for c in range(3):
        shown = np.float32(picture[y, x, c])
        if own:
            shown *= np.float32(255.0) / alpha
        else:
            shown += stock[c] * (np.float32(255.0) - alpha) / np.float32(255.0)
        light[c] = min(max(shown / stock[c], np.float32(0.0)), np.float32(1.0))
        most = max(most, light[c])
    return most


@kernel
def _four(picture: Pixels, stock: Share, inks: Share, own: bool, plates: Plates) -> None:
    """Black takes over the grey that the three share, more the darker it is; then each of the three answers for the
    channel that it stops most, and a few rounds settle them. Where the others stop too much of one already, black
    gives way."""
    height, width = picture.shape[:2]
    light, tone, one = np.empty(3, np.float32), np.empty(3, np.float32), np.float32(1.0)
    for y in range(height):
        for x in range(width):
            plates[y, x] = 0
            if picture[y, x, 3] == 0:
                continue
            most = _light(picture, y, x, stock, own, light)
            grey = min((one - most) / (one - inks[3, 0]), one)
            key = grey * (np.float32(0.30) + np.float32(0.70) * grey)
            tone[:] = 0.0
            for c in range(3):
                light[c] /= one - key * (one - inks[3, c])
            for _ in range(_ROUNDS):
                dim, moved = one, np.float32(0.0)
                for c in range(3):
                    p, q = (c + 1) % 3, (c + 2) % 3
                    left = light[c] / ((one - tone[p] * (one - inks[p, c])) * (one - tone[q] * (one - inks[q, c])))
                    settled = min(max((one - left) / (one - inks[c, c]), np.float32(0.0)), one)
                    moved = max(moved, abs(settled - tone[c]))
                    tone[c] = settled
                    dim = max(dim, left)
                if moved < _SETTLED:
                    break
                if dim == one:
                    continue
                through = min((one - key * (one - inks[3, 0])) * dim, one)
                for c in range(3):
                    light[c] *= one - key * (one - inks[3, c])
                key = (one - through) / (one - inks[3, 0])
                for c in range(3):
                    light[c] /= one - key * (one - inks[3, c])
            for c in range(3):
                plates[y, x, c] = np.uint8(tone[c] * 255 + 0.5)
            plates[y, x, 3] = np.uint8(key * 255 + 0.5)


@kernel
def _black(picture: Pixels, stock: Share, inks: Share, own: bool, plates: Plates) -> None:
    """The black that brings the tinted paper down to the photograph's tone."""
    height, width = picture.shape[:2]
    count = len(inks) - 1
    light = np.empty(3, np.float32)
    weights = np.array([0.30, 0.59, 0.11], np.float32)
    for y in range(height):
        for x in range(width):
            if picture[y, x, 3] == 0:
                plates[y, x] = 0
                continue
            _light(picture, y, x, stock, own, light)
            wanted, black = np.float32(0.0), np.float32(0.0)
            for c in range(3):
                wanted += weights[c] * light[c]
                black += weights[c] * inks[count, c]
            tinted = _tinted(plates[y, x], inks, weights)
            if tinted < wanted:  # lights open up, most of the way
                part = 1 - np.float32(_OPENS) * (wanted - tinted) / (1 - tinted)
                for n in range(count):
                    plates[y, x, n] = np.uint8(plates[y, x, n] * part + np.float32(0.5))
                tinted = _tinted(plates[y, x], inks, weights)
            key = float((1 - wanted / tinted) / (1 - black))
            plates[y, x, count] = np.uint8(min(max(key, 0.0), 1.0) * 255 + 0.5)


@kernel
def _tinted(tones: npt.NDArray[np.uint8], inks: Share, weights: npt.NDArray[np.float32]) -> np.float32:
    """How light the paper is under the colour inks of a pixel."""
    total = np.float32(1e-3)
    for c in range(3):
        through = weights[c]
        for n in range(len(inks) - 1):
            through *= 1 - tones[n] * (1 - inks[n, c]) / np.float32(255.0)
        total += through
    return total
