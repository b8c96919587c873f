"""A tin flying saucer, wound up with a key: two pressed shells, portholes, a glass dome, wooden balls to land on."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import around, ball, egg, groove, hoop, limb, ramp, rod, solid, star, weld
from tin import CREAM, GOLD, INK, RED, TEAL, brass_dye, chipped, wood_dye

VIEW = View(620, 400, 182.0, (310.0, 196.0), pitch=13.0, reach=2.0)


@solid
def shells(x, y, z, r, a):
    """Both pressed shells, their swages, the rivets beside the rim."""
    top = ball(x, y + 1.705, z, 2.085) + 0.016 * groove(r - 1.02, 0.022) - 0.018 * groove(r - 0.58, 0.030)
    low = ball(x, y - 2.639, z, 2.899) + 0.014 * groove(r - 0.72, 0.024)
    fold, _ = around(a + 0.1, 12)
    low += 0.012 * groove(fold * r, 0.02) * ramp(0.30, 0.40, r) * ramp(1.10, 1.0, r)
    seam, _ = around(a - 0.7, 1)
    top -= 0.012 * groove(seam * r, 0.018)
    d = max(top, low)
    fold, _ = around(a, 40)
    rise = sqrt(max(2.085**2 - 1.09 * 1.09, 0.0)) - 1.705
    return weld(d, ball(r * cos(fold) - 1.09, y - rise, r * sin(fold), 0.020), 0.010)


@solid
def porthole(x, y, z, r, a):
    """Eight windows that look up from the shell: (brass, glass)."""
    fold, _ = around(a, 8)
    along, out = r * sin(fold), r * cos(fold) - 0.80
    c, s = 0.923, 0.384
    u, v = out * c - (y - 0.2205) * s, out * s + (y - 0.2205) * c
    ring = hoop(along, v - 0.004, u, 0.105, 0.030)
    spoke, _ = around(atan2(u, along), 6)
    q = sqrt(u * u + along * along)
    ring = weld(ring, ball(q * cos(spoke) - 0.105, v - 0.034, q * sin(spoke), 0.012), 0.008)
    return ring, egg(along, v, u, 0.10, 0.045, 0.10)


@solid
def fittings(x, y, z, r, a):
    """Distances to brass, glass and red wood."""
    brass, glass = porthole(x, y, z, r, a)
    brass = min(brass, hoop(x, y + 0.005, z, 1.195, 0.042))
    brass = min(brass, hoop(x, y - 0.335, z, 0.43, 0.036))
    dome = egg(x, y - 0.34, z, 0.42, 0.36, 0.42)
    glass = min(glass, max(dome, 0.30 - y))
    # two brass hoops hold the dome down, a needle stands on it
    brass = min(brass, hoop(x, z, y - 0.34, 0.395, 0.018) if y > 0.36 else 1.0)
    brass = min(brass, limb(x, y, z, 0.0, 0.68, 0.0, 0.0, 0.94, 0.0, 0.034, 0.016))
    brass = weld(brass, hoop(x, y - 0.715, z, 0.045, 0.026), 0.02)
    wood = ball(x, y - 0.965, z, 0.066)
    # what it lands on
    fold, _ = around(a - pi * 0.25, 4)
    fx, fz = r * cos(fold), r * sin(fold)
    brass = min(brass, limb(fx, y, fz, 0.60, -0.14, 0.0, 0.74, -0.47, 0.0, 0.034, 0.026))
    wood = min(wood, ball(fx - 0.76, y + 0.53, fz, 0.098))
    brass = min(brass, rod(x, y + 0.27, z, 0.21, 0.05))
    # the key
    brass = min(brass, limb(x, y, z, 1.18, 0.0, 0.0, 1.36, 0.0, 0.0, 0.036, 0.030))
    bow = weld(hoop(x - 1.43, z, y - 0.088, 0.070, 0.026), hoop(x - 1.43, z, y + 0.088, 0.070, 0.026), 0.03)
    return min(brass, bow), glass, wood


@solid
def saucer(x, y, z, pose):
    """The whole toy."""
    far = egg(x, y - 0.15, z, 1.65, 1.0, 1.65)
    if far > 0.4:
        return far - 0.1
    r, a = sqrt(x * x + z * z), atan2(z, x)
    brass, glass, wood = fittings(x, y, z, r, a)
    return min(min(shells(x, y, z, r, a), brass), min(glass, wood)) * 0.9


@solid
def printed(y, r, a):
    """The lithographed rings of the shells, dome to rim, and of the belly."""
    if y < -0.02:
        _, n = around(a + 0.1, 12)
        return TEAL if r > 0.72 else (RED if int(n + 24) % 2 == 0 else CREAM)
    if r < 0.55:
        check = int((a + pi) / (2 * pi) * 28) + int(r / 0.06)
        return INK if check % 2 == 0 else CREAM
    if r < 0.61:
        return GOLD
    if r > 1.02:
        fold, _ = around(a + 0.065, 24)
        return GOLD if star(fold * r, r - 1.09, 5, 0.030, 2.4) < 0.0 or r < 1.045 else TEAL
    _, n = around(a + pi / 8, 16)
    return RED if int(n + 32) % 2 == 0 else CREAM


@solid
def enamel(x, y, z, nx, ny, nz, pose):
    """Printed tin, chipped at its swages and its rim; brass, wood, dark glass."""
    r, a = sqrt(x * x + z * z), atan2(z, x)
    brass, glass, wood = fittings(x, y, z, r, a)
    best = min(min(shells(x, y, z, r, a), brass), min(glass, wood))
    blot = rough(x * 5 + 3, y * 5, z * 5, 4)
    fine = rough(x * 26, y * 26 + 9, z * 26, 2)
    if best == glass:
        if y > 0.33:
            return 0.020, 0.075, 0.060, 0.03, 0.0, 0.0, 0.0
        return 0.015, 0.045, 0.065, 0.03, 0.0, 0.0, 0.0
    if best == brass:
        return brass_dye(blot, fine)
    if best == wood:
        return wood_dye(x, y, z, blot, fine)
    wear = 0.30 * (groove(r - 1.02, 0.05) + groove(r - 0.58, 0.05) + ramp(1.10, 1.18, r))
    return chipped(x, y, z, printed(y, r, a), blot * 0.75 + fine * 0.35 + wear, blot, fine)


def still(number: int, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One stop of its turntable, 15 degrees apart."""
    v = VIEW
    view = View(v.width, v.height, v.scale, v.centre, yaw=15.0 * (number - 1), pitch=v.pitch, reach=v.reach)
    return photograph(saucer, enamel, view, zoom=zoom, samples=samples)
