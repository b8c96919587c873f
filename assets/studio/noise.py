"""Seeded unevenness: nothing that was ever photographed is perfectly smooth."""

from __future__ import annotations

from math import floor, sqrt

import numpy as np
from solids import mix, solid


@solid
def dice(i, j, k):
    """A number from 0 to 1 that belongs to one lattice point."""
    h = (i * 374761393 + j * 668265263 + k * 1274126177) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    h = ((h ^ (h >> 15)) * 668265263) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFF) / 65535.0


@solid
def lumps(x, y, z):
    """Smooth value noise from -1 to 1."""
    fx, fy, fz = floor(x), floor(y), floor(z)
    i, j, k = int(fx), int(fy), int(fz)
    u, v, w = x - fx, y - fy, z - fz
    u, v, w = u * u * (3 - 2 * u), v * v * (3 - 2 * v), w * w * (3 - 2 * w)
    a = mix(mix(dice(i, j, k), dice(i + 1, j, k), u), mix(dice(i, j + 1, k), dice(i + 1, j + 1, k), u), v)
    k += 1
    b = mix(mix(dice(i, j, k), dice(i + 1, j, k), u), mix(dice(i, j + 1, k), dice(i + 1, j + 1, k), u), v)
    return mix(a, b, w) * 2.0 - 1.0


@solid
def rough(x, y, z, octaves):
    """Several sizes of lumps on top of each other, about -1 to 1."""
    total, size, norm = 0.0, 1.0, 0.0
    for _ in range(octaves):
        total += size * lumps(x, y, z)
        norm += size
        size *= 0.5
        x, y, z = x * 2.03 + 17.1, y * 2.03 - 5.3, z * 2.03 + 9.7
    return total / norm * 1.4


@solid
def curls(x, y, z):
    """Distance to the nearest of scattered points (0 to about 1) and a number of that point: locks of wool."""
    fx, fy, fz = floor(x), floor(y), floor(z)
    i, j, k = int(fx), int(fy), int(fz)
    best, name = 9.0, 0.0
    for a in range(-1, 2):
        for b in range(-1, 2):
            for c in range(-1, 2):
                n, m, o = i + a, j + b, k + c
                px = n + 0.15 + 0.7 * dice(n, m, o) - x
                py = m + 0.15 + 0.7 * dice(n + 71, m, o) - y
                pz = o + 0.15 + 0.7 * dice(n, m + 37, o) - z
                d = px * px + py * py + pz * pz
                if d < best:
                    best, name = d, dice(n, m, o + 113)
    return sqrt(best), name


def cloth(rng: np.random.Generator, height: int, width: int, cell: float) -> np.ndarray:
    """A flat sheet of smooth noise, mean 0, spread 1; cell is the size of its lumps in pixels."""
    import cv2

    rows, cols = max(4, int(height / cell) + 4), max(4, int(width / cell) + 4)
    small = rng.standard_normal((rows, cols)).astype(np.float32)
    step = np.float32(1.0 / cell)
    at_x, at_y = np.meshgrid(
        np.arange(width, dtype=np.float32) * step + 1, np.arange(height, dtype=np.float32) * step + 1
    )
    sheet = cv2.remap(small, at_x, at_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    return (sheet - sheet.mean()) / (sheet.std() + 1e-6)


def layered(
    rng: np.random.Generator, height: int, width: int, cell: float, octaves: int, fall: float = 0.5
) -> np.ndarray:
    """Layers of cloth, each half the size of the one before: paper tone, clouds, torn edges."""
    total = np.zeros((height, width), np.float32)
    for n in range(octaves):
        total += cloth(rng, height, width, max(cell / 2**n, 1.0)) * fall**n
    return total / (total.std() + 1e-6)
