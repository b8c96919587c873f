"""A tin duck of two pressed halves, printed and played with; its beak goes."""

from __future__ import annotations

from math import sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import ball, egg, groove, hoop, limb, ramp, rod, solid, turn, weld
from tin import CREAM, INK, RED, TEAL, brass_dye, chipped

BEAK = {"shut": 0.03, "quack": 0.62}
YELLOW = (0.86, 0.52, 0.035)
ORANGE = (0.80, 0.22, 0.02)
VIEW = View(360, 360, 186.0, (168.0, 212.0), yaw=-30.0, pitch=8.0, reach=1.8)


@solid
def body(x, y, z):
    """Breast, tail and the head on them, bellied out from the seam."""
    az = abs(z)
    d = egg(x + 0.05, y + 0.30, z, 0.72, 0.44, 0.46)
    d = weld(d, limb(x, y, az, -0.45, -0.12, 0.05, -0.86, 0.20, 0.0, 0.26, 0.05), 0.22)
    d = weld(d, egg(x - 0.36, y + 0.16, z, 0.36, 0.38, 0.36), 0.15)
    d = weld(d, ball(x - 0.38, y - 0.46, z, 0.36), 0.14)
    return max(d, -y - 0.66)


@solid
def wing(x, y):
    """Where the wing is pressed in, flat."""
    d = sqrt(((x + 0.18) / 1.5) ** 2 + (y + 0.22) ** 2) - 0.21
    return weld(d, limb(x, y, 0.0, -0.3, -0.2, 0.0, -0.66, -0.02, 0.0, 0.14, 0.02), 0.08)


@solid
def bill(x, y, z, gape):
    """The two halves of the beak on their pin."""
    ux, uy = turn(x - 0.66, y - 0.42, -gape * 0.55)
    upper = weld(egg(ux - 0.17, uy - 0.035, z, 0.25, 0.075, 0.17), egg(ux - 0.02, uy - 0.08, z, 0.12, 0.11, 0.13), 0.06)
    upper = max(upper, -uy + 0.004)
    lx, ly = turn(x - 0.66, y - 0.42, gape * 0.75)
    lower = max(egg(lx - 0.14, ly + 0.02, z, 0.21, 0.07, 0.15), ly + 0.004)
    return min(upper, lower)


@solid
def key(x, y, z):
    """What it is wound up with."""
    kx, ky, kz = x + 0.10, y + 0.34, z - 0.62
    d = rod(kx, kz + 0.06, ky, 0.035, 0.16)
    flat = sqrt((abs(kx) - 0.13) ** 2 + ky * ky * 0.8) - 0.115
    flat = max(flat, 0.05 - sqrt((abs(kx) - 0.14) ** 2 + ky * ky))
    return min(d, max(flat, abs(kz - 0.10) - 0.02) - 0.006)


@solid
def toy(x, y, z, pose):
    """All of it."""
    d = body(x, y, z)
    if d < 0.1:
        d = d - 0.016 * groove(z, 0.014)
        flat = wing(x, y)
        if y < 0.15:
            d += 0.020 * groove(flat, 0.03) - 0.022 * ramp(0.0, -0.08, flat)
        d -= 0.014 * groove(hoop(x - 0.375, y - 0.15, z, 0.30, 0.0), 0.05)
        d += 0.006 * rough(x * 3, y * 3, z * 3, 2)
    return min(min(d, bill(x, y, z, pose[0])), key(x, y, z)) * 0.85


@solid
def printed(x, y, z):
    """The colour of the body at a point: feathers, a collar, an eye that has seen things."""
    az = abs(z)
    if (x - 0.50) ** 2 + (y - 0.56) ** 2 < 0.0225 and az > 0.12:
        off = sqrt((x - 0.50) ** 2 + (y - 0.56) ** 2)
        if off < 0.035:
            return CREAM
        return INK if off < 0.085 else (CREAM if off < 0.125 else INK)
    if 0.10 < y - 0.18 * (x - 0.38) < 0.185 and x > 0.0:
        return RED
    if y < -0.52:
        return TEAL
    flat = wing(x, y)
    if az > 0.15 and y < 0.2 and flat < 0.02:
        if flat > -0.02:
            return INK
        return ORANGE if ((x * 5.0 + y * 2.5) % 1.0) < 0.28 else YELLOW
    return ORANGE if x < -0.72 else YELLOW


@solid
def dyes(x, y, z, nx, ny, nz, pose):
    """Printed tin, brass key."""
    blot = rough(x * 4, y * 4, z * 4, 4)
    fine = rough(x * 20, y * 20, z * 20, 2)
    d, beak, wound = body(x, y, z), bill(x, y, z, pose[0]), key(x, y, z)
    if wound < d and wound < beak:
        return brass_dye(blot, fine)
    seam = 0.34 * groove(z, 0.03) + 0.30 * ramp(-0.60, -0.66, y)
    if beak < d - 0.004:
        return chipped(x, y, z, ORANGE, blot * 0.8 + fine * 0.12 + 0.28 * ramp(0.90, 1.0, x), blot, fine)
    return chipped(x, y, z, printed(x, y, z), blot * 0.8 + fine * 0.12 + seam, blot, fine)


def portrait(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """With its beak shut, or saying what it thinks."""
    return photograph(toy, dyes, VIEW, (BEAK[name],), zoom=zoom, samples=samples)
