"""Wind-up chattering teeth: two plastic dentures on a pin, a spring housing, a brass key and shoes."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import (
    ball,
    block,
    carve,
    clamp,
    egg,
    groove,
    hoop,
    limb,
    mix,
    ramp,
    rod,
    slab,
    solid,
    turn,
    weld,
)

ARCH = 0.70
HINGE = (0.10, -0.62)
OPEN = {"shut": 0.03, "half": 0.27, "open": 0.56}
UPPER = np.array([[0.0, 0.25, 0.45, 0.67, 0.87, 1.07, 1.33, 1.60], [0.29, 0.25, 0.30, 0.24, 0.22, 0.19, 0.18, 0.18]])
LOWER = np.array([[0.0, 0.165, 0.345, 0.55, 0.75, 0.95, 1.22, 1.50], [0.25, 0.25, 0.28, 0.23, 0.21, 0.18, 0.17, 0.17]])
VIEW = View(520, 500, 166.0, (240.0, 281.0), yaw=-40.0, pitch=14.0, reach=1.9)


@solid
def tooth(n, du, y, v, half, tall, side):
    """One tooth by its number from the middle: blades in front, points, then mills."""
    jit = sin(n * 12.9 + side * 4.1)
    tall += 0.012 * jit
    du, y = turn(du, y, 0.035 * sin(n * 7.7 + side * 2.3))
    v -= 0.012 * sin(n * 5.3 + side * 3.7)
    up = clamp(y / tall, 0.0, 1.0)
    front = ramp(3.6, 1.6, n)
    thick = mix(0.125, mix(0.10, 0.045, up), front)
    wide = half * (0.84 + 0.16 * ramp(0.0, 0.75, up)) - 0.004
    lean = mix(0.0, 0.03 * up, front)
    r = mix(0.06, 0.042, front)
    d = block(du, y - tall * 0.5 + 0.08, v - 0.045 + lean, wide, tall * 0.5 + 0.08, thick, min(r, thick * 0.9))
    d -= 0.014 * groove(up - 0.45, 0.4) * ramp(wide, 0.0, abs(du))
    if n == 2:
        d = carve(d, -(y - tall + 0.62 * abs(du)) * 0.85, 0.05)
    elif n > 2:
        d += (0.018 - 0.022 * cos(du / half * pi) * ramp(-0.10, 0.10, abs(v) - 0.02)) * ramp(0.75, 1.0, up)
    return d


@solid
def denture(x, y, z, rows):
    """One jaw, teeth towards +y from the gum line at 0: (gum, teeth)."""
    ax = abs(x)
    if z > 0.0:
        v = sqrt(x * x + z * z) - ARCH
        u = ARCH * atan2(ax, z)
    else:
        v = ax - ARCH
        u = ARCH * pi * 0.5 - z
    side = 1.0 if x > 0.0 else 0.0
    last = 6
    n = 0
    while n < last and u > rows[0, n + 1]:
        n += 1
    half = (rows[0, n + 1] - rows[0, n]) * 0.5
    du = u - rows[0, n] - half
    bone = tooth(n, du, y, v, half, rows[1, n], side)
    if du > 0.0 and n < last:
        h2 = (rows[0, n + 2] - rows[0, n + 1]) * 0.5
        bone = min(bone, tooth(n + 1, du - half - h2, y, v, h2, rows[1, n + 1], side))
    elif du <= 0.0:
        k = n - 1 if n > 0 else 0
        h2 = (rows[0, k + 1] - rows[0, k]) * 0.5
        bone = min(bone, tooth(k, du + half + h2, y, v, h2, rows[1, k], side if n > 0 else 1.0 - side))
    # the gum climbs between the teeth and bulges over the roots
    across = clamp(abs(du) / half, 0.0, 1.2)
    rim = 0.055 * across * across - 0.01
    gum = slab(v + 0.01, y + 0.20 - rim * 0.5, 0.185, 0.22 + rim * 0.5, 0.11)
    gum -= 0.020 * cos(min(across, 1.0) * pi) * groove(y + 0.11, 0.12) * ramp(0.0, 0.1, v)
    # a moulded rim along the foot and a flash line
    gum = weld(gum, slab(v + 0.0, y + 0.385, 0.215, 0.035, 0.03), 0.05)
    gum = max(gum, u - 1.80)
    plate = max(v, abs(y + 0.315 + 0.10 * clamp(-v, 0.0, 0.6) ** 2) - 0.112)
    plate = max(plate, -z - 0.70)
    return weld(gum, plate, 0.06), max(bone, u - 1.70)


@solid
def fittings(x, y, z):
    """The rest: (housing, brass, shoe, sole)."""
    box = block(x, y + 0.12, z + 0.18, 0.36, 0.34, 0.44, 0.06)
    box += 0.012 * groove(y + 0.02, 0.015)
    pin = rod(y - HINGE[0], x, z - HINGE[1], 0.055, 0.83)
    pin = min(pin, rod(y - HINGE[0], abs(x) - 0.80, z - HINGE[1], 0.10, 0.022))
    # the key: shaft, collar, two wings with a hole
    kx, ky, kz = x - 1.19, y + 0.33, z + 0.10
    ky, kz = turn(ky, kz, 0.6)
    wing = abs(ky)
    flat = sqrt((wing - 0.15) ** 2 + kx * kx * 0.85) - 0.145
    flat = max(flat, 0.062 - sqrt((wing - 0.165) ** 2 + kx * kx))
    key = max(flat, abs(kz) - 0.022) - 0.008
    key = weld(key, rod(ky, kx + 0.20, kz, 0.042, 0.24), 0.03)
    key = min(key, rod(ky, kx + 0.30, kz, 0.085, 0.03))
    brass = min(pin, key)
    y += 0.07
    fx = abs(x) - 0.36
    fx, fz = turn(fx, z - 0.12, 0.16)
    shoe = egg(fx, y + 0.76, fz - 0.30, 0.215, 0.185, 0.30)
    shoe = weld(shoe, egg(fx, y + 0.76, fz + 0.10, 0.165, 0.16, 0.26), 0.14)
    shoe = weld(shoe, limb(fx, y, fz, 0.0, -0.50, 0.02, 0.0, -0.72, 0.02, 0.12, 0.12), 0.06)
    shoe = min(shoe, hoop(fx, y + 0.60, fz - 0.02, 0.125, 0.032))
    shoe = max(shoe, -(y + 0.81))
    # bow
    bow = egg(abs(fx) - 0.085, y + 0.585 - abs(fx) * 0.2, fz - 0.20, 0.085, 0.045, 0.035)
    bow = min(bow, ball(fx, y + 0.585, fz - 0.21, 0.036))
    sole = max(slab(fx, fz - 0.13, 0.235, 0.49, 0.21), abs(y + 0.845) - 0.032) - 0.008
    return box, brass, shoe, min(sole, bow)


@solid
def split(x, y, z, pose):
    """Distances to every material: gum, teeth, housing, brass, shoe, sole."""
    g1, t1 = denture(x, y + 0.14, z, LOWER)
    uy, uz = turn(y - HINGE[0], z - HINGE[1], pose[0])
    uy, uz = uy + HINGE[0], uz + HINGE[1]
    g2, t2 = denture(x, 0.335 - uy, (uz - 0.03) * 0.985, UPPER)
    # lugs that hold the pin
    lug = rod(y - HINGE[0] + 0.06, abs(x) - 0.70, z - HINGE[1], 0.18, 0.075)
    lug2 = rod(uy - HINGE[0] - 0.06, abs(x) - 0.66, uz - HINGE[1], 0.18, 0.075)
    gum = min(weld(g1, lug, 0.08), weld(g2, lug2, 0.08))
    box, brass, shoe, sole = fittings(x, y, z)
    return gum, min(t1, t2), box, brass, shoe, sole


@solid
def chatterer(x, y, z, pose):
    """The whole toy."""
    gum, bone, box, brass, shoe, sole = split(x, y, z, pose)
    gum += 0.0022 * rough(x * 9, y * 9, z * 9, 2)
    return min(min(min(gum, bone), min(box, brass)), min(shoe, sole)) * 0.85


@solid
def plastic(x, y, z, nx, ny, nz, pose):
    """Toy colours: handled, a little grimy where fingers do not reach."""
    gum, bone, box, brass, shoe, sole = split(x, y, z, pose)
    best = min(min(min(gum, bone), min(box, brass)), min(shoe, sole))
    stain = 0.5 + 0.5 * rough(x * 4, y * 4, z * 4, 3)
    fine = rough(x * 22, y * 22, z * 22, 2)
    if best == bone:
        root = ramp(0.09, 0.0, gum)
        speck = ramp(0.75, 0.95, fine + 0.3 * stain)
        return (
            mix(mix(0.90, 0.70, root), 0.45, speck * 0.4),
            mix(mix(0.84, 0.50, root), 0.33, speck * 0.4),
            mix(mix(0.70, 0.27, root), 0.20, speck * 0.4),
            0.13,
            0.0,
            0.15,
            0.0,
        )
    if best == gum:
        near = ramp(0.05, 0.0, bone)
        v = mix(0.86, 1.1, stain)
        return mix(0.60, 0.36, near) * v, mix(0.085, 0.035, near) * v, mix(0.09, 0.04, near) * v, 0.14, 0.0, 0.22, 0.0
    if best == brass:
        tarnish = ramp(-0.3, 0.9, fine * 0.5 + stain - 0.4)
        return mix(0.93, 0.42, tarnish), mix(0.66, 0.26, tarnish), mix(0.22, 0.10, tarnish), 0.20, 0.88, 0.0, 0.0
    if best == shoe:
        scuff = ramp(0.55, 0.8, fine + 0.4 * ramp(0.25, 0.5, z) * stain)
        return (
            mix(0.78, 0.45, scuff),
            mix(0.46, 0.30, scuff),
            mix(0.07, 0.10, scuff),
            mix(0.16, 0.5, scuff),
            0.0,
            0.1,
            0.0,
        )
    if best == sole:
        return 0.07, 0.055, 0.05, 0.35, 0.0, 0.0, 0.0
    return 0.10 * mix(0.8, 1.1, stain), 0.34 * mix(0.8, 1.1, stain), 0.36 * mix(0.8, 1.1, stain), 0.25, 0.0, 0.1, 0.0


def bite(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One of the three drawings: shut, half, open."""
    return photograph(chatterer, plastic, VIEW, (OPEN[name],), zoom=zoom, samples=samples, pace=0.75)
