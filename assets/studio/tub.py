"""A wash tub of staves and iron hoops, full to the brim: whole, and its front alone, for what falls in between."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from scraps import shape
from solids import around, block, clamp, groove, hoop, mix, ramp, slab, solid, weld
from tin import soot_dye

VIEW = View(900, 430, 305.0, (450.0, 206.0), yaw=-11.0, pitch=15.0, reach=2.0)
STAVES, WATER, BRIM, DEEP = 34, 0.27, 0.36, -0.42


@solid
def girth(y):
    """Outer radius at a height."""
    return 1.10 + 0.16 * y - 0.10 * y * y


@solid
def staves(x, y, z, r, a):
    """The wooden wall, a seam between staves."""
    fold, n = around(a, STAVES)
    lap = 0.006 * sin(n * 5.1) + 0.004 * sin(n * 2.3 + 1.0)
    wall = abs(r - girth(y) + 0.042 + lap) - 0.042
    wall += 0.022 * groove((abs(fold) - pi / STAVES) * r, 0.013)
    return max(wall, max(y - BRIM - 0.014 * sin(n * 3.7), DEEP - y))


@solid
def iron(x, y, z, r, a):
    """Two flat hoops, riveted where their ends lap, and a ring at either side to carry it by."""
    ax = abs(x)
    best = hoop(ax - 1.245, z, y - 0.06, 0.125, 0.030)
    best = weld(best, block(ax - 1.15, y - 0.17, z, 0.05, 0.075, 0.09, 0.02), 0.02)
    for k in range(2):
        h = 0.17 if k == 0 else -0.22
        q = r - girth(y) - 0.012
        d = slab(q, y - h - 0.006 * sin(3 * a), 0.018, 0.052, 0.012)
        lap, _ = around(a - 1.15 - k * 0.5, 1)
        d -= 0.010 * ramp(0.14, 0.13, abs(lap))
        px, py = abs(lap * r) - 0.09, y - h
        d = weld(d, sqrt(px * px + py * py + (q - 0.028) ** 2) - 0.022, 0.008)
        best = min(best, d)
    return best


@solid
def water(x, y, z, r):
    """Nearly still."""
    swell = 0.010 * cos(r * 15.0) * ramp(1.0, 0.2, r) + 0.010 * rough(x * 3, 2.0, z * 5, 3)
    return max(y - WATER - swell, max(r - girth(y) + 0.06, DEEP + 0.1 - y))


@solid
def tub(x, y, z, pose):
    """Wood, iron, water."""
    r, a = sqrt(x * x + z * z), atan2(z, x)
    if r > 1.7 or abs(y) > 0.9:
        return max(r - 1.45, abs(y) - 0.75)
    return min(min(staves(x, y, z, r, a), iron(x, y, z, r, a)), water(x, y, z, r)) * 0.75


@solid
def stuff(x, y, z, nx, ny, nz, pose):
    """Grey wood that is dark where it is wet, rusty iron, teal water."""
    r, a = sqrt(x * x + z * z), atan2(z, x)
    wood, band, pool = staves(x, y, z, r, a), iron(x, y, z, r, a), water(x, y, z, r)
    blot = rough(x * 5 + 3, y * 5, z * 5, 4)
    fine = rough(x * 26, y * 26 + 9, z * 26, 2)
    if pool < min(wood, band):
        foam = ramp(0.45, 0.9, rough(x * 6, 1.0, z * 9, 3) + 0.5 * ramp(0.9, 1.04, r))
        return mix(0.035, 0.35, foam), mix(0.16, 0.50, foam), mix(0.19, 0.50, foam), mix(0.03, 0.4, foam), 0.0, 0.1, 0.0
    if band < wood:
        rust = ramp(0.0, 0.7, blot + 0.5 * fine)
        r, g, b, dull, metal, _, _ = soot_dye(blot, fine)
        return mix(r, 0.30, rust), mix(g, 0.13, rust), mix(b, 0.06, rust), mix(dull, 0.7, rust), metal, 0.0, 0.0
    _, n = around(a, STAVES)
    tone = 0.86 + 0.16 * sin(n * 7.3) + 0.08 * sin(n * 3.1)
    grain = rough(a * 30.0, y * 2.2, n * 3.0, 3)
    tone *= 1.0 + 0.30 * grain
    wet = ramp(0.10, -0.1, y - 0.30 - 0.12 * rough(a * 8, 1.0, 4.0, 2)) * 0.35 + 0.45 * ramp(-0.25, -0.42, y)
    tone *= 1.0 - clamp(wet, 0.0, 0.7)
    teal = ramp(0.55, 0.25, blot + 0.5 * fine + 0.6 * groove(y - 0.17, 0.07) + 0.6 * groove(y + 0.22, 0.07))
    teal *= ramp(0.09, 0.07, abs(y + 0.03)) * ramp(0.97, 1.0, r)
    return mix(0.46, 0.60, teal) * tone, mix(0.29, 0.10, teal) * tone, mix(0.16, 0.06, teal) * tone, 0.5, 0.0, 0.12, 0.0


def front(view: View, radius: float, height: float, zoom: float) -> np.ndarray:
    """What of a picture lies before the near half of a level ring: alpha for the piece in front."""
    turned = [a * 2 * pi / 240 for a in range(241)]
    ring = [view.pixel((radius * cos(a), height, radius * sin(a))) for a in turned]
    left, right = min(ring), max(ring)
    near = sorted(p for p in set(ring) if p[1] >= (left[1] + right[1]) / 2)
    wide, high = view.width, view.height
    points = [(0, left[1]), left, *near, right, (wide, right[1]), (wide, high), (0, high)]
    return shape([(x * zoom, y * zoom) for x, y in points], round(wide * zoom), round(high * zoom))


def shoot(part: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """The "whole" tub, or its "front"."""
    picture = photograph(tub, stuff, VIEW, zoom=zoom, samples=samples)
    if part == "front":
        picture[..., 3] *= front(VIEW, girth(BRIM) - 0.062, BRIM, zoom)
    return picture
