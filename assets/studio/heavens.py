"""What hangs in a fairground's sky: a wooden planet in a tin ring, a comet with a tail of wool, wire to hang stars on.

And what stands below: the turntable on which toys are shown.
"""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import around, ball, groove, hoop, limb, mix, ramp, rod, slab, solid, weld
from tin import CREAM, GOLD, OCHRE, RED, TEAL, brass_dye, chipped, wood_dye

PLANET, COMET, WIRE, STAND = 0.0, 1.0, 2.0, 3.0
VIEWS = {
    PLANET: View(560, 400, 196.0, (280.0, 200.0), yaw=-20.0, pitch=17.0, roll=16.0, reach=1.9),
    COMET: View(600, 230, 180.0, (346.0, 112.0), yaw=0.0, pitch=4.0, reach=2.4),
    WIRE: View(640, 130, 215.0, (320.0, 56.0), yaw=0.0, pitch=3.0, reach=1.9),
    STAND: View(520, 310, 230.0, (260.0, 96.0), yaw=14.0, pitch=14.0, reach=1.6),
}
STRANDS = 11


@solid
def globe(x, y, z):
    """A turned ball with the grooves of the lathe, on two pegs."""
    d = ball(x, y, z, 0.66) + 0.008 * groove(y - 0.21, 0.012) + 0.008 * groove(y + 0.17, 0.012)
    d += 0.006 * groove(y - 0.47, 0.010) + 0.006 * groove(y + 0.42, 0.010) + 0.003 * rough(x * 4, y * 14, z * 4, 2)
    return weld(d, rod(x, y, z, 0.045, 0.80), 0.02)


@solid
def ring(x, y, z):
    """Stamped out of a biscuit tin and held by four wires: (tin, brass)."""
    r, a = sqrt(x * x + z * z), atan2(z, x)
    tin = max(abs(r - 1.06) - 0.215, abs(y - 0.008 * cos(2 * a)) - 0.010) - 0.006
    tin = min(tin, hoop(x, y, z, 1.28, 0.020))
    fold, _ = around(a, 4)
    fx, fz = r * cos(fold), r * sin(fold)
    brass = limb(fx, y, fz, 0.60, 0.0, 0.0, 0.90, 0.012, 0.0, 0.020, 0.020)
    return tin, min(brass, ball(fx - 0.90, y - 0.018, fz, 0.032))


@solid
def head(x, y, z):
    """The comet's head: a gilt ball with spikes of all lengths."""
    x -= 0.92
    d = ball(x, y, z, 0.245)
    a, _ = around(atan2(y, x), 9)
    q = sqrt(x * x + y * y)
    px, py = q * cos(a), q * sin(a)
    d = weld(d, limb(px, py, z, 0.18, 0.0, 0.0, 0.47, 0.0, 0.0, 0.085, 0.010), 0.05)
    fold, _ = around(atan2(y, x) + pi / 9, 9)
    px, py = q * cos(fold), q * sin(fold)
    return weld(d, limb(px, py, z, 0.14, 0.0, 0.12, 0.30, 0.0, 0.20, 0.07, 0.012), 0.04)


@solid
def tail(x, y, z):
    """Strands of thick wool, combed out to the left: (distance, number of the strand)."""
    s = (0.95 - x) / 2.55
    best, name = 9.0, 0.0
    for k in range(STRANDS):
        c = k - (STRANDS - 1) / 2
        long = 0.66 + 0.34 * sin(k * 2.4 + 1.0) ** 2
        t = min(max(s, 0.0), long)
        wave = 0.055 * t * sin(t * 9.0 + k * 1.7) + 0.015 * sin(t * 23.0 + k)
        dy, dz = y - c * 0.072 * (0.5 + t) + wave, z - 0.16 * t * sin(k * 2.3 + 4 * t)
        over = (s - t) * 2.55
        q = sqrt(dy * dy + dz * dz + over * over)
        twist = 0.010 * sin(x * 46 + 2.0 * atan2(dy, dz) + k)
        d = q - (0.062 * (1.0 - 0.62 * t / long) + twist)
        if d < best:
            best, name = d, float(k)
    return best * 0.55, name


@solid
def wire(x, y, z):
    """A bow of wire with an eye at either end and two between, a coil and a bead in the middle: (brass, wood)."""
    bow = 0.10 - 0.16 * x * x
    d = sqrt(((y - bow) / sqrt(1.0 + 0.1 * x * x)) ** 2 + z * z) - 0.017
    d = max(d, abs(x) - 1.33)
    ax = abs(x)
    d = min(d, hoop(ax - 1.33, z, y + 0.245, 0.060, 0.016))
    d = min(d, hoop(ax - 0.66, z, y + 0.034, 0.055, 0.016))
    turnings, _ = around(x * pi / 0.21, 1)
    coil = sqrt((sqrt((y - bow) ** 2 + z * z) - 0.040) ** 2 + (turnings * 0.21 / (2 * pi) * 0.5) ** 2) - 0.016
    d = min(d, max(coil, ax - 0.16))
    d = min(d, hoop(x, z, y - 0.175, 0.055, 0.016))
    return d, ball(x, y + 0.005, z, 0.070)


@solid
def stand(x, y, z):
    """A turntable: a wooden disc with a tin rim on a turned foot: (wood, brass)."""
    r = sqrt(x * x + z * z)
    d = slab(r, y + 0.05, 0.98, 0.055, 0.03) + 0.010 * groove(r - 0.80, 0.014) + 0.010 * groove(r - 0.40, 0.014)
    foot = 0.20 + 0.10 * cos((y + 0.30) * 13.0) * ramp(-0.50, -0.40, y) + 0.50 * ramp(-0.42, -0.62, y)
    d = min(d, max((r - foot) * 0.6, max(-0.66 - y, y + 0.05)))
    brass = max(abs(r - 0.985) - 0.014, abs(y + 0.05) - 0.066)
    fold, _ = around(atan2(z, x), 30)
    return d, min(brass, ball(r * cos(fold) - 0.998, y + 0.05, r * sin(fold), 0.020))


@solid
def stand_dye(x, y, z, blot, fine):
    """Two rings of painted checks, rubbed by all that stood there."""
    wood, brass = stand(x, y, z)
    if brass < wood:
        return brass_dye(blot, fine)
    r, a = sqrt(x * x + z * z), atan2(z, x)
    dye = RED
    if y > -0.05 and r < 0.80:
        _, n = around(a, 12)
        dye = CREAM if (int(n + 24) % 2 == 0) == (r > 0.40) else TEAL
    return chipped(x, y, z, dye, blot * 0.8 + fine * 0.35 + 0.12, blot, fine)


@solid
def thing(x, y, z, pose):
    """Whichever of the four is on the table."""
    if pose[0] < 0.5:
        tin, brass = ring(x, y, z)
        return min(globe(x, y, z), min(tin, brass)) * 0.9
    if pose[0] < 1.5:
        d, _ = tail(x, y, z)
        return min(head(x, y, z) * 0.9, d)
    if pose[0] > 2.5:
        wood, brass = stand(x, y, z)
        return min(wood, brass) * 0.85
    brass, wood = wire(x, y, z)
    return min(brass, wood) * 0.8


@solid
def banded(y, wobble):
    """The planet's weather, painted with a broad brush."""
    y += wobble
    if abs(y) > 0.47:
        return TEAL
    if y > 0.21:
        return CREAM
    if y < -0.17:
        return OCHRE if y < -0.30 else CREAM
    return RED if -0.02 < y < 0.12 else GOLD


@solid
def planet_dye(x, y, z, blot, fine):
    """Painted wood, printed tin, brass."""
    tin, brass = ring(x, y, z)
    wood = globe(x, y, z)
    if brass < min(tin, wood):
        return brass_dye(blot, fine)
    if tin < wood:
        r = sqrt(x * x + z * z)
        fold, _ = around(atan2(z, x), 44)
        dye = CREAM if r < 0.93 else (TEAL if r < 1.12 else RED)
        if abs(r - 1.19) < 0.028 and abs(fold) < 0.028:
            dye = GOLD
        return chipped(x, y, z, dye, blot * 0.7 + fine * 0.35 + 0.25 * ramp(1.2, 1.28, r), blot, fine)
    dye = banded(y, 0.02 * rough(x * 3, y * 3, z * 3, 2))
    brush = 1.0 + 0.18 * rough(x * 3, y * 40, z * 3, 2)
    bare = ramp(0.66, 0.74, blot + fine * 0.3)
    return (
        mix(dye[0] * brush, 0.58, bare), mix(dye[1] * brush, 0.40, bare), mix(dye[2] * brush, 0.22, bare),
        0.42, 0.0, 0.1, 0.0,
    )  # fmt: skip


@solid
def comet_dye(x, y, z, blot, fine):
    """Gilt, and wool dyed from cream to brick."""
    d, name = tail(x, y, z)
    if head(x, y, z) * 0.9 < d:
        worn = ramp(0.5, 0.7, blot + 0.4 * fine)
        return mix(0.90, 0.55, worn), mix(0.60, 0.16, worn), mix(0.14, 0.09, worn), 0.25, 0.8 * (1 - worn), 0.0, 0.0
    v = 0.9 + 0.25 * fine
    k = int(name) % 4
    dye = CREAM if k == 0 else (GOLD if k == 1 else (OCHRE if k == 2 else RED))
    return dye[0] * v, dye[1] * v, dye[2] * v, 0.95, 0.0, 0.35, 0.25


@solid
def dye(x, y, z, nx, ny, nz, pose):
    """What the thing on the table is made of."""
    blot = rough(x * 5 + 3, y * 5, z * 5, 4)
    fine = rough(x * 26, y * 26 + 9, z * 26, 2)
    if pose[0] < 0.5:
        return planet_dye(x, y, z, blot, fine)
    if pose[0] < 1.5:
        return comet_dye(x, y, z, blot, fine)
    if pose[0] > 2.5:
        return stand_dye(x, y, z, blot, fine)
    brass, wood = wire(x, y, z)
    return brass_dye(blot, fine) if brass < wood else wood_dye(x, y, z, blot, fine)


def shoot(which: float, zoom: float = 1.0, samples: int = 3) -> np.ndarray:
    """One of the four."""
    return photograph(thing, dye, VIEWS[which], pose=(which,), zoom=zoom, samples=samples)
