"""A small tin carousel for the turntable: striped top, four horses on brass poles, each of another colour."""

from __future__ import annotations

from math import atan2, cos, floor, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import around, ball, egg, groove, hoop, limb, ramp, rod, slab, solid, star, weld
from tin import CREAM, GOLD, OCHRE, RED, TEAL, brass_dye, chipped

VIEW = View(380, 440, 118.0, (190.0, 250.0), pitch=9.0, reach=2.4)


@solid
def canopy(x, y, z):
    """The top: a cone of pressed tin with a scalloped curtain, a ball and a flag."""
    r, a = sqrt(x * x + z * z), atan2(z, x)
    fold, _ = around(a, 16)
    rib = 0.020 * cos(fold * 16.0)
    high = y - 0.80
    cone = (r - 1.42 + high * 1.95 + rib * r) * 0.44
    roof = max(max(cone, -high), high - 0.66)
    scallop = high + 0.12 + 0.06 * cos(fold * 16.0)
    curtain = max(max(abs(r - 1.38) - 0.03, high - 0.06), -scallop)
    return min(roof, max(r - 1.36, abs(high - 0.02) - 0.03)), curtain


@solid
def fittings(x, y, z):
    """(brass, painted floor, drum in the middle, flag)."""
    r, a = sqrt(x * x + z * z), atan2(z, x)
    q, _ = around(a, 4)
    qx, qz = r * cos(q), r * sin(q)
    pole = slab(sqrt((qx - 0.98) ** 2 + qz * qz) - 0.008 * sin(y * 34.0 + atan2(qz, qx - 0.98)), y, 0.034, 0.84, 0.01)
    brass = min(pole, hoop(x, y - 0.84, z, 1.40, 0.045))
    brass = min(brass, hoop(x, y + 0.80, z, 1.40, 0.04))
    brass = min(brass, weld(ball(x, y - 1.50, z, 0.09), rod(x, y - 1.58, z, 0.025, 0.26), 0.03))
    fold, _ = around(a, 16)
    bulb = ball(r * cos(fold) - 1.43, y - 0.84, r * sin(fold), 0.045)
    floor_ = max(r - 1.38, abs(y + 0.90) - 0.10) + 0.012 * groove(y + 0.90, 0.02)
    floor_ = min(floor_, max(r - 1.22, abs(y + 1.06) - 0.09))
    face, _ = around(a, 8)
    drum = max(r * cos(face) - 0.36, abs(y) - 0.84) + 0.02 * groove(abs(r * sin(face)) - 0.15, 0.02)
    wave = 0.05 * sin(x * 9.0)
    flag = max(abs(z - wave) - 0.014, max(abs(y - 1.70) - 0.23 * (0.44 - x), max(-x, x - 0.43))) * 0.7
    return min(brass, bulb), floor_, drum, flag


@solid
def local(x, z):
    """The place of a point beside the nearest horse: outward, along its way, its number."""
    q, n = around(atan2(z, x), 4)
    r = sqrt(x * x + z * z)
    return r * cos(q) - 0.98, r * sin(q), n % 4.0


@solid
def horse(out, y, way, number):
    """Wood, at the gallop: (body, mane and tail, saddle)."""
    y = y + 0.12 - 0.16 * cos(number * pi * 0.5 + 0.6)
    x, z = way, abs(out)
    d = egg(x, y, out, 0.30, 0.155, 0.13)
    d = weld(d, limb(x, y, out, 0.20, 0.05, 0.0, 0.36, 0.30, 0.0, 0.12, 0.075), 0.06)
    d = weld(d, limb(x, y, out, 0.36, 0.32, 0.0, 0.53, 0.20, 0.0, 0.075, 0.048), 0.04)
    d = weld(d, limb(x, y, z, 0.34, 0.38, 0.03, 0.335, 0.44, 0.04, 0.02, 0.010), 0.02)
    fore = limb(x, y, z, 0.20, -0.06, 0.07, 0.44, -0.10, 0.08, 0.065, 0.042)
    fore = weld(fore, limb(x, y, z, 0.44, -0.10, 0.08, 0.38, -0.30, 0.08, 0.042, 0.032), 0.02)
    hind = limb(x, y, z, -0.20, -0.05, 0.07, -0.30, -0.24, 0.08, 0.085, 0.050)
    hind = weld(hind, limb(x, y, z, -0.30, -0.24, 0.08, -0.48, -0.32, 0.08, 0.045, 0.032), 0.02)
    d = weld(d, min(fore, hind), 0.04)
    hair = limb(x, y, out, -0.28, 0.08, 0.0, -0.50, -0.06, 0.0, 0.05, 0.06)
    mane = limb(x, y, out, 0.34, 0.40, 0.0, 0.15, 0.17, 0.0, 0.045, 0.055)
    hair = min(hair, mane) - 0.010 * sin(x * 60.0 + y * 80.0)
    seat = max(abs(egg(x, y, out, 0.30, 0.155, 0.13) - 0.014) - 0.014, max(abs(x + 0.02) - 0.13, -0.05 - y))
    return d, hair, seat


@solid
def carousel(x, y, z, pose):
    """The whole toy."""
    roof, curtain = canopy(x, y, z)
    brass, low, drum, flag = fittings(x, y, z)
    out, way, number = local(x, z)
    body, hair, seat = horse(out, y, way, number)
    ride = min(body, min(hair, seat))
    return min(min(min(roof, curtain), min(brass, low)), min(min(drum, flag), ride)) * 0.8


@solid
def stripe(a, count, one, two):
    """Two colours in turn around the axis."""
    return one if floor((a + pi) / (2.0 * pi) * count + 0.25) % 2 == 0 else two


@solid
def coat(number):
    """Each horse has its own: cream, teal, brick, pink."""
    if number < 0.5:
        return 0.80, 0.72, 0.55
    if number < 1.5:
        return 0.07, 0.27, 0.29
    if number < 2.5:
        return 0.50, 0.06, 0.035
    return 0.72, 0.33, 0.32


@solid
def paint(x, y, z, nx, ny, nz, pose):
    """Printed tin above and below, lacquered horses, brass."""
    roof, curtain = canopy(x, y, z)
    brass, low, drum, flag = fittings(x, y, z)
    out, way, number = local(x, z)
    body, hair, seat = horse(out, y, way, number)
    best = min(min(min(roof, curtain), min(brass, low)), min(min(drum, flag), min(body, min(hair, seat))))
    blot = rough(x * 5 + 3, y * 5, z * 5, 3)
    fine = rough(x * 24, y * 24 + 9, z * 24, 2)
    a, r = atan2(z, x), sqrt(x * x + z * z)
    worn = blot * 0.7 + fine * 0.35
    if best == brass:
        return brass_dye(blot - 0.2, fine)
    if best == body:
        cr, cg, cb = coat(number)
        v = 0.85 + 0.2 * fine
        dark = ramp(-0.22, -0.30, y + 0.12 - 0.16 * cos(number * pi * 0.5 + 0.6)) * 0.75
        eye = ball(way - 0.40, y + 0.12 - 0.16 * cos(number * pi * 0.5 + 0.6) - 0.325, abs(out) - 0.06, 0.028)
        v *= (1.0 - dark) * (0.15 if eye < 0.0 else 1.0)
        return cr * v, cg * v, cb * v, 0.26, 0.0, 0.0, 0.0
    if best == hair:
        return 0.10, 0.055, 0.03, 0.5, 0.0, 0.0, 0.0
    if best == seat:
        return 0.66, 0.40, 0.07, 0.4, 0.0, 0.0, 0.0
    if best == flag:
        return 0.62, 0.38, 0.06, 0.8, 0.0, 0.2, 0.0
    if best == drum:
        face, _ = around(a, 8)
        mirror = abs(r * sin(face)) < 0.10 and abs(abs(y) - 0.32) < 0.26
        if mirror:
            return 0.75, 0.76, 0.74, 0.06, 0.9, 0.0, 0.0
        return chipped(x, y, z, OCHRE, worn, blot, fine)
    if best == low:
        fold, _ = around(a, 16)
        gem = star(fold * r, y + 0.90, 4, 0.05, 2.0) < 0.0
        if y > -0.81:
            return chipped(x, y, z, stripe(a, 24.0, OCHRE, CREAM), worn, blot, fine)
        return chipped(x, y, z, GOLD if gem else (TEAL if y > -0.98 else RED), worn + 0.1, blot, fine)
    if best == curtain:
        return chipped(x, y, z, stripe(a, 16.0, TEAL, GOLD), worn + 0.2 * groove(y - 0.68, 0.06), blot, fine)
    dye = stripe(a, 16.0, RED, CREAM)
    return chipped(x, y, z, dye, worn + 0.25 * ramp(0.3, 0.1, r), blot, fine)


def still(number: int, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One stop of the turntable, 15 degrees apart."""
    view = View(VIEW.width, VIEW.height, VIEW.scale, VIEW.centre, 15.0 * (number - 1), VIEW.pitch, reach=VIEW.reach)
    return photograph(carousel, paint, view, zoom=zoom, samples=samples)
