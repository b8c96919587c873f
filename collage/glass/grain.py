"""Unevenness by place: noise that belongs to a point of the paper, so that whoever asks in which order sees the same.

Lattice points are hashed from integers, the rest is plain arithmetic. `Chance` gives the seeds.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from collage.motion.chance import Chance


def seed(chance: Chance, purpose: str) -> np.uint64:
    """What the kernels' noise of one purpose starts from."""
    return np.uint64(int(chance.child(purpose).at() * 2.0**53))


@njit()
def dice(start: np.uint64, x: int, y: int) -> float:
    """Uniform in [-1, 1), unrelated from point to point of the lattice.

    The mixing is the finaliser of SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number generators",
    OOPSLA 2014), shortened by its last shift, as only the high bits are used.
    """
    h = start + np.uint64(x) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(y) * np.uint64(0xD1B54A32D192ED03)
    h = (h ^ (h >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    h = (h ^ (h >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return float(h >> np.uint64(40)) * (2.0 / 16777216.0) - 1.0


@njit()
def lumps(start: np.uint64, x: float, y: float, cell: float) -> float:
    """Smooth lumps `cell` pixels apart, within -1 to 1; the lattice is turned, since paper knows no rows."""
    u, v = (0.8 * x + 0.6 * y) / cell, (0.8 * y - 0.6 * x) / cell
    left, top = np.floor(u), np.floor(v)
    i, j, s, t = int(left), int(top), u - left, v - top
    s, t = s * s * s * (s * (s * 6.0 - 15.0) + 10.0), t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
    a = dice(start, i, j)
    c = dice(start, i, j + 1)
    above = a + (dice(start, i + 1, j) - a) * s
    return float(above + (c + (dice(start, i + 1, j + 1) - c) * s - above) * t)


@njit()
def ragged(start: np.uint64, x: float, y: float, cell: float, octaves: int, fall: float) -> float:
    """Lumps on lumps, each `fall` as strong and half the size, about -1 to 1: tears, clouds of pulp."""
    total, size, most = 0.0, 1.0, 0.0
    for octave in range(octaves):
        total += size * lumps(start + np.uint64(octave), x, y, cell)
        most += size * size
        x, y = 0.28 * x - 0.96 * y + 31.7, 0.96 * x + 0.28 * y - 17.3  # each turned against the one before
        cell, size = cell * 0.5, size * fall
    return float(total / np.sqrt(most))
