"""The train: a tin car with a grinning brass sun on its nose, and a car of planks."""

from __future__ import annotations

from math import atan2, cos, floor, sin, sqrt

from march import View
from noise import rough
from solids import around, ball, block, carve, clamp, egg, groove, hoop, limb, mix, ramp, slab, solid, star, weld
from tin import CREAM, GOLD, OCHRE, RED, TEAL, brass_dye, chipped, soot_dye

VIEW = View(500, 340, 165.0, (222.0, 168.0), yaw=-30.0, pitch=7.0, reach=2.2)
SUN = 1.45  # how large the sun on the nose is


@solid
def brim(x):
    """How high the side of a car is: low where one gets in, high behind the back."""
    return 0.16 + 0.34 * ramp(-0.45, -1.0, x) + 0.12 * ramp(0.45, 1.0, x)


@solid
def tub(x, y, z, long, wide):
    """(walls, bead along their upper edge) of a car without its lid."""
    bow = 0.10 * ramp(0.0, -0.6, y)
    flat = slab(x - 0.3 * bow, z, long - bow, wide - bow * 0.8, 0.26)
    up = y - brim(x)
    body = max(flat, max(up, -0.50 - y)) * 0.9
    body = carve(body, max(flat + 0.06, -0.30 - y), 0.03)
    bead = sqrt(flat * flat + up * up) - 0.048
    return body, bead


@solid
def wheels(x, y, z):
    """(iron, brass): four wheels with spokes, their axles and a frame."""
    ax, az = abs(x) - 0.58, abs(z) - 0.44
    r = sqrt(ax * ax + (y + 0.55) ** 2)
    tyre = slab(r - 0.215, az, 0.036, 0.055, 0.02)
    tyre = min(tyre, slab(r - 0.235, az + 0.07, 0.045, 0.014, 0.01))
    fold, _ = around(atan2(y + 0.55, ax) + 0.3, 6)
    tyre = min(tyre, max(sqrt((r * sin(fold)) ** 2 + az * az) - 0.026, r - 0.22))
    iron = min(tyre, block(x, y + 0.50, abs(z) - 0.30, 0.92, 0.05, 0.05, 0.02))
    iron = min(iron, max(r - 0.045, abs(z) - 0.46))
    hitch = limb(x, y, z, -0.9, -0.48, 0.0, -1.30, -0.50, 0.0, 0.045, 0.045)
    iron = min(iron, min(hitch, hoop(x + 1.33, z, y + 0.50, 0.075, 0.03)))
    return iron, egg(ax, y + 0.55, az - 0.05, 0.07, 0.07, 0.06)


@solid
def grin(x, y, z):
    """The sun on the nose: a face that has done this ride before."""
    x, y, z = (x - 1.12) / SUN, (y - 0.14) / SUN, (z - 0.12) / SUN
    a = 0.55
    fx, fz = x * sin(a) - z * cos(a), x * cos(a) + z * sin(a)
    if ball(fx, y, fz, 0.0) > 0.8:
        return ball(fx, y, fz, 0.6) * SUN
    rays = max(star(fx, y, 12, 0.36, 1.0) * 0.7, abs(fz + 0.06) - 0.03)
    d = weld(egg(fx, y, fz, 0.26, 0.27, 0.20), rays, 0.04)
    ax = abs(fx)
    d = weld(d, limb(ax, y, fz, 0.05, 0.10, 0.185, 0.15, 0.15, 0.13, 0.028, 0.022), 0.02)
    d = carve(d, egg(ax - 0.095, y - 0.06, fz - 0.19, 0.045, 0.035, 0.05), 0.015)
    d = weld(d, ball(ax - 0.095, y - 0.055, fz - 0.155, 0.026), 0.005)
    d = weld(d, egg(fx, y + 0.005, fz - 0.21, 0.038, 0.075, 0.05), 0.025)
    d = weld(d, egg(ax - 0.15, y + 0.035, fz - 0.14, 0.055, 0.05, 0.05), 0.04)
    smile = y + 0.135 - ax * ax * 3.2
    mouth = max(max(abs(smile) - 0.045, ax - 0.155), 0.08 - fz)
    d = carve(d, mouth, 0.012)
    tooth = ax - 0.05 * floor(ax / 0.05 + 0.5)
    bite = max(max(egg(fx, y + 0.02, fz, 0.235, 0.235, 0.185), abs(smile) - 0.04), ax - 0.15)
    return min(d, bite + 0.012 * groove(tooth, 0.008) + 0.01 * groove(smile, 0.008)) * SUN


@solid
def tin_car(x, y, z):
    """(tin, bead, brass, iron)."""
    body, bead = tub(x, y, z, 1.02, 0.54)
    body = weld(body, egg(x - 0.86, y + 0.12, z, 0.34, 0.30, 0.42), 0.12)
    body = carve(body, max(slab(x, z, 0.94, 0.47, 0.22), -0.28 - y), 0.03)
    body -= 0.012 * groove(y + 0.24, 0.03) + 0.010 * groove(x + 0.42, 0.014) + 0.010 * groove(x - 0.42, 0.014)
    iron, brass = wheels(x, y, z)
    return body, bead, min(brass, grin(x, y, z)), iron


@solid
def wood_car(x, y, z):
    """(planks, bead, brass, iron)."""
    body, _ = tub(x, y, z, 0.98, 0.52)
    body += 0.014 * groove(y - 0.20 * floor(y / 0.20 + 0.5), 0.012)
    flat = slab(x, z, 0.98, 0.52, 0.26)
    up = y - brim(x)
    bead = max(max(abs(flat) - 0.035, abs(up) - 0.04), -up - 0.04)
    strap = max(max(flat - 0.022, min(abs(x - 0.55) - 0.06, abs(x + 0.60) - 0.06)), max(up - 0.02, -0.48 - y))
    strap = max(strap, -flat - 0.05)
    nail = ball(abs(abs(x + 0.025) - 0.575), (y + 0.04) - 0.20 * floor((y + 0.04) / 0.20 + 0.5), abs(z) - 0.545, 0.026)
    iron, brass = wheels(x, y, z)
    lamp = ball(x - 1.02, y + 0.10, z - 0.16, 0.15)
    lamp = min(lamp, hoop(y + 0.10, x - 1.08, z - 0.16, 0.13, 0.035))
    nail = max(nail, max(up + 0.05, -0.46 - y))
    return body, bead, min(min(brass, lamp), min(strap, nail)), iron


@solid
def car(x, y, z, pose):
    """By pose[1]: 0 tin, 1 planks, 2 planks painted otherwise."""
    body, bead, brass, iron = tin_car(x, y, z) if pose[1] < 0.5 else wood_car(x, y, z)
    return min(min(body, bead), min(brass, iron)) * 0.8


@solid
def litho(x, y, z):
    """The printed tin: a band of stars over brick red, and how worn it is."""
    u = (x + 0.21) - 0.42 * floor((x + 0.21) / 0.42) - 0.21
    edge = 0.34 * groove(y + 0.24, 0.05) + 0.30 * ramp(-0.40, -0.50, y) + 0.25 * ramp(0.95, 1.15, x)
    if abs(y + 0.02) < 0.125:
        if abs(abs(y + 0.02) - 0.105) < 0.016:
            return GOLD, edge
        return (OCHRE if star(u, y + 0.02, 5, 0.060, 2.4) < 0.0 else CREAM), edge
    return (TEAL if y < -0.24 else RED), edge


@solid
def boards(x, y, z, blot, fine, other):
    """Teal or mustard paint on planks, gone where hands and shoes were; a lozenge on each side."""
    row = floor(y / 0.20)
    grain = rough(x * 2.2, y * 34, z * 6 + row * 9.0, 3)
    bare = ramp(0.30, 0.46, blot * 0.55 + grain * 0.5 + 0.30 * ramp(-0.35, -0.5, y))
    lozenge = abs(x) * 0.62 + abs(y + 0.12) * 1.1
    v = 0.85 + 0.2 * fine + 0.12 * sin(row * 9.0)
    r, g, b = (0.62, 0.36, 0.06) if (lozenge < 0.17) != other else (0.07, 0.24, 0.255)
    if abs(lozenge - 0.20) < 0.022:
        r, g, b = 0.66, 0.60, 0.46
    w = clamp(0.9 + 0.4 * grain, 0.4, 1.3)
    return mix(r * v, 0.46 * w, bare), mix(g * v, 0.29 * w, bare), mix(b * v, 0.15 * w, bare)


@solid
def paint(x, y, z, pose):
    """Tin or planks, a bead of brass or worn wood, brass and iron."""
    body, bead, brass, iron = tin_car(x, y, z) if pose[1] < 0.5 else wood_car(x, y, z)
    best = min(min(body, bead), min(brass, iron))
    blot = rough(x * 5 + 3, y * 5, z * 5, 4)
    fine = rough(x * 26, y * 26 + 9, z * 26, 2)
    if best == iron:
        return soot_dye(blot, fine)
    if best == brass or (best == bead and pose[1] < 0.5):
        r, g, b, dull, metal, wrap, sheen = brass_dye(blot - 0.25, fine)
        dirt = 1.0
        if x > 0.9:
            a = 0.55
            sx, sy, sz = (x - 1.12) / SUN, (y - 0.14) / SUN, (z - 0.12) / SUN
            fx, fz = sx * sin(a) - sz * cos(a), sx * cos(a) + sz * sin(a)
            dirt = 1.0 - 0.75 * ramp(0.0, -0.05, egg(fx, sy, fz, 0.26, 0.27, 0.20) + 0.005)
        return r * dirt, g * dirt, b * dirt, dull, metal, wrap, sheen
    if best == bead:
        v = 0.8 + 0.3 * fine
        return 0.50 * v, 0.060 * v, 0.038 * v, 0.4, 0.0, 0.0, 0.0
    if pose[1] < 0.5:
        dye, wear = litho(x, y, z)
        return chipped(x, y, z, dye, blot * 0.72 + fine * 0.33 + wear, blot, fine)
    r, g, b = boards(x, y, z, blot, fine, pose[1] > 1.5)
    return r, g, b, 0.55, 0.0, 0.0, 0.0
