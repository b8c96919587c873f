"""From the stall beside the track: popcorn, its carton, a straw hat, a pennant."""

from __future__ import annotations

from math import atan2, cos, floor, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, clamp, egg, mix, ramp, rod, slab, solid, weld

# what it is, which of several, and the tripod
SHOTS: dict[str, tuple[tuple[float, float], View]] = {
    "carton": ((0.0, 0.0), View(270, 350, 165.0, (135.0, 185.0), yaw=-22.0, pitch=14.0, reach=1.8)),
    **{f"kernel-{n}": ((1.0, float(n)), View(110, 110, 125.0, (55.0, 55.0), reach=1.2)) for n in (1, 2, 3)},
    "hat": ((2.0, 0.0), View(330, 200, 165.0, (165.0, 110.0), yaw=-10.0, pitch=20.0, reach=1.6)),
    **{
        f"pennant-{n}": ((3.0, n * 2.1), View(330, 330, 150.0, (36.0, 118.0), yaw=-10.0, pitch=4.0, reach=2.4))
        for n in (1, 2, 3)
    },
}


@solid
def heap(x, y, z):
    """Popcorn, piled."""
    d = egg(x, y - 0.42, z, 0.58, 0.42, 0.52)
    if d > 0.25:
        return d - 0.12
    big, name = curls(x * 5.2, y * 5.2, z * 5.2)
    small, _ = curls(x * 12.0 + name, y * 12.0, z * 12.0)
    return (d - 0.14 * (0.62 - big) - 0.035 * (0.6 - small)) * 0.7


@solid
def carton(x, y, z):
    """(paper, popcorn)."""
    wide = 0.40 + 0.14 * (y + 0.7)
    fold = (x + z) * 9.0
    top = y - 0.34 - 0.04 * cos(fold * 1.6)
    box = slab(x, z, wide, wide * 0.86, 0.05)
    paper = max(max(box, top), -0.82 - y)
    paper = max(paper, -max(box + 0.03, -0.2 - y))
    return paper * 0.9, max(heap(x, y, z), box + 0.02 if y < 0.34 else -9.0)


@solid
def kernel(x, y, z, kind):
    """One that burst: lobes round a husk."""
    d = ball(x, y, z, 0.14)
    for n in range(6):
        a, b = n * 2.4 + kind * 1.7, sin(n * 3.1 + kind * 2.3)
        px, py, pz = cos(a) * 0.17, sin(a) * 0.17 + 0.04 * b, b * 0.10
        d = weld(d, ball(x - px, y - py, z - pz, 0.135 + 0.035 * sin(n * 5.0 + kind)), 0.035)
    far, _ = curls(x * 14.0 + kind * 3.0, y * 14.0, z * 14.0)
    return d - 0.014 * (0.6 - far)


@solid
def hat(x, y, z):
    """(straw, ribbon) of a boater."""
    r = sqrt(x * x + z * z)
    edge = slab(r, y + 0.20 - 0.05 * (r - 0.5) * sin(2.0 * atan2(z, x)), 0.88, 0.032, 0.02)
    crown = slab(r, y, 0.50 - 0.03 * y, 0.22, 0.05)
    straw = weld(edge, crown, 0.03)
    turns = r * 22.0 if abs(y) > 0.17 else y * 26.0
    straw += 0.005 * sin(turns * 6.2832) + 0.003 * sin(atan2(z, x) * 90.0)
    ribbon = max(abs(r - 0.515 + 0.03 * y) - 0.014, abs(y + 0.08) - 0.09)
    bow = egg(abs(x) - 0.08, y + 0.06, z - 0.55, 0.09, 0.07, 0.03)
    return straw, min(ribbon, bow)


@solid
def pennant(x, y, z, phase):
    """(cloth, staff)."""
    wave = 0.15 * sin(x * 3.6 - phase) * ramp(-0.05, 0.8, x) + 0.03 * sin(x * 8.0 - phase * 2.0 + y * 3.0)
    droop = y + 0.07 * x * x + 0.05 * sin(x * 3.6 - phase + 1.0) * x
    flat = max(abs(droop) - 0.46 + 0.235 * x, max(x - 1.86, 0.02 - x))
    cloth = max(abs(z - wave) - 0.018, flat) * 0.72
    staff = min(rod(x, y + 0.35, z, 0.045, 0.92), ball(x, y - 0.62, z, 0.085))
    return cloth, staff


@solid
def ware(x, y, z, pose):
    """By pose[0]."""
    if pose[0] < 0.5:
        a, b = carton(x, y, z)
        return min(a, b) * 0.85
    if pose[0] < 1.5:
        return kernel(x, y, z, pose[1]) * 0.85
    a, b = hat(x, y, z) if pose[0] < 2.5 else pennant(x, y, z, pose[1])
    return min(a, b) * 0.8


@solid
def corn(blot, fine, husk):
    """Cream, butter in the creases, a little husk."""
    v = 0.92 + 0.14 * fine
    r, g, b = mix(0.88, 0.84, blot), mix(0.80, 0.62, blot), mix(0.60, 0.26, blot)
    return mix(r, 0.34, husk) * v, mix(g, 0.15, husk) * v, mix(b, 0.03, husk) * v, 0.6, 0.0, 0.35, 0.1


@solid
def carton_paint(x, y, z, blot, fine):
    """Red and cream stripes of a cheap print; a round badge."""
    a, b = carton(x, y, z)
    if b < a:
        pit, _ = curls(x * 5.2, y * 5.2, z * 5.2)
        return corn(ramp(0.35, 0.75, pit + 0.2 * blot), fine, 0.0)
    wide = 0.40 + 0.14 * (y + 0.7)
    across = x / wide if abs(z) > abs(x) * 0.86 else z / (wide * 0.86)
    stripe = floor(across * 3.5 + 50.5) % 2
    badge = sqrt((across * wide) ** 2 + (y + 0.24) ** 2)
    r, g, b = (0.56, 0.060, 0.040) if stripe == 0 else (0.82, 0.75, 0.60)
    if badge < 0.20 and abs(z) > abs(x) * 0.86:
        r, g, b = (0.82, 0.75, 0.60) if badge > 0.17 or badge < 0.055 else (0.75, 0.44, 0.07)
    v = 0.9 + 0.12 * fine - 0.10 * blot
    return r * v, g * v, b * v, 0.55, 0.0, 0.05, 0.0


@solid
def wrap(x, y, z, nx, ny, nz, pose):
    """By pose[0], as the wares."""
    blot = rough(x * 5 + 3, y * 5, z * 5, 3)
    fine = rough(x * 30, y * 30 + 9, z * 30, 2)
    if pose[0] < 0.5:
        return carton_paint(x, y, z, blot, fine)
    if pose[0] < 1.5:
        husk = ramp(0.16, 0.10, ball(x - 0.03, y + 0.05, z - 0.2, 0.0))
        return corn(clamp(0.4 + 0.5 * blot, 0.0, 1.0), fine, husk)
    v = 0.85 + 0.22 * fine + 0.12 * blot
    if pose[0] < 2.5:
        a, b = hat(x, y, z)
        if b < a:
            band = abs(y + 0.08) < 0.03
            return (
                (0.75 if band else 0.52) * v,
                (0.66 if band else 0.06) * v,
                (0.5 if band else 0.035) * v,
                0.7,
                0.0,
                0.1,
                0.1,
            )
        return 0.74 * v, 0.55 * v, 0.24 * v, 0.6, 0.0, 0.1, 0.05
    cloth, staff = pennant(x, y, z, pose[1])
    if staff < cloth:
        gilt = y > 0.54
        return (
            (0.70 if gilt else 0.40) * v,
            (0.44 if gilt else 0.26) * v,
            (0.08 if gilt else 0.13) * v,
            0.5,
            0.0,
            0.0,
            0.0,
        )
    weave = 0.86 + 0.08 * sin(x * 190.0) + 0.08 * sin(y * 190.0)
    v *= weave
    droop = y + 0.07 * x * x + 0.05 * sin(x * 3.6 - pose[1] + 1.0) * x
    hem = abs(droop) - 0.46 + 0.235 * x
    if hem > -0.05 or x < 0.12:
        return 0.78 * v, 0.50 * v, 0.10 * v, 0.9, 0.0, 0.25, 0.1
    disc = sqrt((x - 0.46) ** 2 + droop * droop) < 0.17
    if disc:
        return 0.80 * v, 0.73 * v, 0.58 * v, 0.9, 0.0, 0.25, 0.1
    return 0.55 * v, 0.075 * v, 0.045 * v, 0.9, 0.0, 0.25, 0.1


def shoot(name: str, zoom: float = 1.0, samples: int = 3) -> np.ndarray:
    """A ware by its name; small pictures are sampled more finely."""
    pose, view = SHOTS[name]
    return photograph(ware, wrap, view, pose, samples, zoom)
