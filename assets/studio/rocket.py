"""A tin rocket from a shelf of the fairground: pressed halves, soldered seam, portholes, four fins on wooden balls."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import (
    around,
    ball,
    block,
    carve,
    clamp,
    groove,
    hoop,
    outline,
    plate,
    ramp,
    rod,
    slab,
    solid,
    weld,
)
from tin import brass_dye, chipped, fin_print, hull_print, soot_dye, wood_dye

FIN_X = np.array([0.28, 0.42, 0.62, 0.84, 0.93, 0.93, 0.80, 0.70, 0.56, 0.30])
FIN_Y = np.array([-0.22, -0.38, -0.62, -0.95, -1.25, -1.52, -1.52, -1.28, -1.10, -0.98])
VIEW = View(420, 760, 193.0, (210.0, 376.0), pitch=9.0, roll=0.0, reach=2.1)


@solid
def girth(y):
    """Radius of the hull at a height, and how fast it changes."""
    u = (y + 0.2) / 1.45
    a = abs(u)
    return 0.53 * (1.0 - a**2.3), 0.53 * 2.3 * a**1.3 / 1.45


@solid
def hull(x, y, z):
    """The pressed tin body: seams, swages, rivets, portholes' seats and the hatch."""
    r = sqrt(x * x + z * z)
    a = atan2(z, x)
    g, s = girth(clamp(y, -1.10, 1.22))
    press = 0.012 * groove(y - 0.80, 0.022) - 0.014 * groove(y - 0.36, 0.035) - 0.012 * groove(y + 0.50, 0.02)
    press += 0.010 * groove(y + 0.56, 0.012)
    d = (r - g + press) / sqrt(1.0 + s * s)
    # one soldered seam runs down the back, one cut line on the front halves
    fold, _ = around(a + pi * 0.5, 1)
    d -= 0.011 * groove(fold * g, 0.016)
    d = max(d, max(-1.08 - y, y - 1.19))
    # rivets above and below the swages
    for k in range(3):
        height = 0.735 if k == 0 else (-0.435 if k == 1 else -0.94)
        if abs(y - height) < 0.08:
            count = 18 if k == 0 else 24
            fold, _ = around(a, count)
            gy, _ = girth(height)
            e = sqrt((fold * gy) ** 2 + (y - height) ** 2 + ((r - gy) * 1.4) ** 2) - 0.020
            d = weld(d, e, 0.008)
    # the hatch: a door a hair proud of the hull, with a groove around it
    fold, _ = around(a - pi * 1.08, 1)
    door = slab(fold * g, y + 0.02, 0.17, 0.26, 0.07)
    d += 0.014 * groove(door, 0.012) - 0.008 * ramp(0.01, -0.01, door)
    if abs(fold) < 0.9 and abs(y + 0.02) < 0.4:
        e = block(fold * g - 0.11, y + 0.02, r - g - 0.03, 0.014, 0.06, 0.02, 0.012)
        e = min(e, block(fold * g + 0.175, y - 0.13, r - g, 0.022, 0.04, 0.022, 0.015))
        e = min(e, block(fold * g + 0.175, y + 0.17, r - g, 0.022, 0.04, 0.022, 0.015))
        d = weld(d, e, 0.01)
    return d * 0.9


@solid
def window(x, y, z, angle, height, size):
    """A porthole: (brass ring, glass) at an angle around the hull."""
    g, s = girth(height)
    away = ball(x - cos(angle) * g, y - height, z - sin(angle) * g, size + 0.12)
    if away > 0.15:
        return away, away + 0.02
    c, n = cos(angle), sin(angle)
    along, out = x * n - z * c, x * c + z * n - g
    tilt = y - height
    # lean with the hull
    k = 1.0 / sqrt(1.0 + s * s)
    lean = s if height > -0.2 else -s
    tilt, out = (tilt - out * lean) * k, (out + tilt * lean) * k
    ring = hoop(along, out - 0.004, tilt, size, 0.036)
    q = sqrt(along * along + tilt * tilt) - size
    fold, _ = around(atan2(tilt, along), 8)
    ring = weld(ring, ball((q + size) * sin(fold), out - 0.042, (q + size) * cos(fold) - size, 0.014), 0.01)
    glass = ball(along, out + size * 1.35, tilt, size * 1.56)
    return ring, max(glass, q)


@solid
def fittings(x, y, z):
    """Distances to the other parts: brass, glass, fins, dark metal, red wood."""
    brass, glass = window(x, y, z, pi * 0.5, 0.16, 0.165)
    r1, g1 = window(x, y, z, pi * 0.5, 0.585, 0.098)
    r2, g2 = window(x, y, z, pi * 1.72, 0.12, 0.135)
    brass, glass = min(brass, min(r1, r2)), min(glass, min(g1, g2))
    g, _ = girth(-0.53)
    brass = min(brass, hoop(x, y + 0.53, z, g + 0.004, 0.03))
    g, _ = girth(0.36)
    brass = min(brass, hoop(x, y - 0.36, z, g - 0.002, 0.026))
    r = sqrt(x * x + z * z)
    # the needle and its beads
    brass = min(brass, max(r - 0.030 + 0.006 * (y - 1.1), abs(y - 1.36) - 0.26))
    brass = weld(brass, hoop(x, y - 1.17, z, 0.035, 0.034), 0.02)
    brass = min(brass, hoop(x, y - 1.34, z, 0.022, 0.026))
    wood = ball(x, y - 1.63, z, 0.078)
    a, _ = around(atan2(z, x) - pi * 0.25, 4)
    fx, fz = r * cos(a), r * sin(a)
    flat = outline(fx, y, FIN_X, FIN_Y) if y < 0.0 else y + 0.12
    fin = plate(flat, fz, 0.016, 0.008)
    fin = weld(fin, sqrt(max(abs(flat) - 0.004, 0.0) ** 2 + fz * fz) - 0.027, 0.02)
    # a pressed panel in the middle of each fin
    fin += 0.010 * groove(flat + 0.085, 0.016) * ramp(0.06, 0.0, abs(fz))
    wood = min(wood, ball(fx - 0.865, y + 1.575, fz, 0.088))
    bell = 0.21 + 0.16 * clamp(-(y + 1.10) / 0.34, 0.0, 1.0) ** 1.6
    dark = max((r - bell) * 0.85, abs(y + 1.24) - 0.19)
    dark = carve(dark, max((r - bell + 0.035) * 0.85, y + 1.13), 0.02)
    dark -= 0.008 * groove(y + 1.17, 0.012) + 0.008 * groove(y + 1.25, 0.012)
    dark = min(dark, rod(x, y + 1.36, z, 0.13, 0.06))
    return brass, glass, fin, dark, wood


@solid
def rocket(x, y, z, pose):
    """The whole toy."""
    near = ball(x, y, z, 0.0)
    if near > 2.2:
        return near - 2.0
    brass, glass, fin, dark, wood = fittings(x, y, z)
    return min(min(min(hull(x, y, z), brass), min(glass, fin)), min(dark, wood))


@solid
def printed_tin(x, y, z, on_fin):
    """Colour and wear of the two printed parts, the fins and the hull."""
    a = atan2(z, x)
    if on_fin:
        r = sqrt(x * x + z * z)
        fold, _ = around(a - pi * 0.25, 4)
        return fin_print(outline(r * cos(fold), y, FIN_X, FIN_Y))
    g, _ = girth(y)
    return hull_print(y, a, g)


@solid
def enamel(x, y, z, nx, ny, nz, pose):
    """Printed tin, chipped at the edges, dirty in the seams; the other parts each in their own stuff."""
    brass, glass, fin, dark, wood = fittings(x, y, z)
    best = min(min(min(hull(x, y, z), brass), min(glass, fin)), min(dark, wood))
    blot = rough(x * 5 + 3, y * 5, z * 5, 4)
    fine = rough(x * 26, y * 26 + 9, z * 26, 2)
    if best == glass:
        return 0.012, 0.035, 0.05, 0.03, 0.0, 0.0, 0.0
    if best == brass:
        return brass_dye(blot, fine)
    if best == wood:
        return wood_dye(x, y, z, blot, fine)
    if best == dark:
        return soot_dye(blot, fine)
    dye, wear = printed_tin(x, y, z, best == fin)
    return chipped(x, y, z, dye, blot * 0.75 + fine * 0.35 + wear, blot, fine)


def still(number: int, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One stop of the turntable, 15 degrees apart."""
    view = View(
        VIEW.width, VIEW.height, VIEW.scale, VIEW.centre, yaw=15.0 * (number - 1), pitch=VIEW.pitch, reach=VIEW.reach
    )
    return photograph(rocket, enamel, view, zoom=zoom, samples=samples)
