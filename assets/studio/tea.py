"""Tea for one: a china cup and its dish, a spoon, a sugar bowl and one lump, an enamel kettle."""

from __future__ import annotations

from math import atan2, cos, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import around, ball, block, clamp, egg, groove, hoop, limb, mix, ramp, rod, slab, solid, turn, weld
from tin import wood_dye
from tub import front

CUP, DISH, SPOON, LUMP, BOWL, KETTLE = 0.0, 1.0, 2.0, 3.0, 4.0, 5.0
VIEWS = {
    CUP: View(640, 460, 255.0, (280.0, 226.0), yaw=-22.0, pitch=19.0, reach=1.8),
    DISH: View(820, 300, 280.0, (410.0, 152.0), yaw=30.0, pitch=19.0, reach=1.8),
    SPOON: View(170, 520, 190.0, (85.0, 260.0), yaw=16.0, pitch=4.0, roll=0.0, reach=1.8),
    LUMP: View(170, 170, 150.0, (85.0, 84.0), yaw=32.0, pitch=24.0, roll=8.0, reach=0.9),
    BOWL: View(420, 360, 190.0, (210.0, 196.0), yaw=12.0, pitch=17.0, reach=1.8),
    KETTLE: View(700, 620, 258.0, (372.0, 350.0), yaw=-12.0, pitch=9.0, reach=2.0),
}
BRIM, TEA = 0.50, 0.37
COBALT, ROSE, LEAF, GILT = (0.045, 0.10, 0.34), (0.62, 0.13, 0.16), (0.10, 0.26, 0.10), (0.72, 0.48, 0.13)
CHINA = (0.84, 0.81, 0.73)


@solid
def cup(x, y, z):
    """Thin china: (cup, tea)."""
    r = sqrt(x * x + z * z)
    inside = egg(x, y - 0.52, z, 0.86, 0.90, 0.86)
    shell = abs(inside + 0.008 * ramp(0.3, -0.2, y) * cos(20 * atan2(z, x))) - 0.026
    shell = max(shell, y - BRIM)
    shell = weld(shell, hoop(x, y - BRIM, z, 0.868, 0.026), 0.03)
    shell = weld(shell, slab(r - 0.36, y + 0.40, 0.035, 0.06, 0.02), 0.05)
    hx, hy = x - 1.00, y - 0.14
    loop = sqrt((sqrt((hx * 0.95) ** 2 + hy * hy) - 0.27) ** 2 + (z * 0.8) ** 2) - 0.048
    loop = max(loop, 0.84 * sqrt(max(1.0 - ((y - 0.52) / 0.9) ** 2, 0.01)) - r)
    loop = weld(loop, limb(x, y, z, 1.02, 0.41, 0.0, 1.18, 0.48, 0.0, 0.045, 0.022), 0.03)
    swirl = 0.008 * sin(9.0 * r + 2.0 * atan2(z, x)) * ramp(0.0, 0.2, r)
    tea = max(inside, y - TEA - swirl)
    return weld(shell, loop, 0.05), tea


@solid
def dish(x, y, z):
    """Its saucer: shallow, fluted like the cup, with a ring for the foot."""
    r = sqrt(x * x + z * z)
    flute = 0.010 * cos(20 * atan2(z, x)) * ramp(0.7, 1.2, r)
    h = -0.10 + 0.20 * ramp(0.35, 1.40, r) + flute + 0.018 * groove(r - 0.44, 0.04)
    d = sqrt(max(abs(y - h) * 0.92 - 0.010, 0.0) ** 2 + max(r - 1.30 - flute, 0.0) ** 2) - 0.022
    return weld(d, slab(r - 0.62, y + 0.13, 0.04, 0.05, 0.02), 0.05)


@solid
def spoon(x, y, z):
    """Silver plate: a bowl below, a twisted stem, a flat end with a shell on it."""
    d = max(abs(egg(x, y + 0.98, z - 0.06, 0.20, 0.30, 0.11)) - 0.014, z - 0.075)
    d = weld(d, limb(x, y, z, 0.0, -0.70, 0.01, 0.0, 0.62, -0.02, 0.030, 0.024), 0.06)
    d -= 0.007 * sin(y * 62 + atan2(z, x) * 2) * ramp(-0.62, -0.5, y) * ramp(0.50, 0.40, y)
    end = egg(x, y - 0.92, z + 0.02, 0.125, 0.30, 0.030)
    fold, _ = around(atan2(x, y - 0.60), 24)
    end += 0.008 * groove(fold, 0.05) * ramp(0.75, 0.85, y)
    return weld(d, end, 0.05)


@solid
def lump(x, y, z):
    """One lump of sugar."""
    grain, _ = curls(x * 22, y * 22, z * 22)
    return block(x, y, z, 0.33, 0.28, 0.33, 0.06) + 0.020 * (grain - 0.5) + 0.020 * rough(x * 5, y * 6, z * 6, 2)


@solid
def bowl(x, y, z):
    """A pot on a foot with two handles: (china, sugar)."""
    r = sqrt(x * x + z * z)
    shell = max(abs(egg(x, y - 0.02, z, 0.74, 0.62, 0.74)) - 0.030, y - 0.30)
    shell = weld(shell, hoop(x, y - 0.30, z, 0.675, 0.034), 0.03)
    shell = weld(shell, slab(r - 0.36, y + 0.60, 0.06, 0.05, 0.03), 0.06)
    ax = abs(x)
    shell = weld(shell, max(hoop(ax - 0.80, z, y - 0.02, 0.17, 0.045), 0.70 - r), 0.05)
    heap = 9.0
    for k in range(7):
        a = k * 2.4
        q = 0.10 + 0.40 * (k % 3) / 2.0
        px, pz = x - q * cos(a), z - q * sin(a)
        px, pz = turn(px, pz, a * 1.7)
        py, qz = turn(y - 0.38 - 0.20 * ((k * 5) % 7) / 6.0 * (1.0 - k % 3 / 4.0), pz, 0.5 * sin(k * 3.0))
        heap = min(heap, block(px, py, qz, 0.18, 0.155, 0.18, 0.035))
    grain, _ = curls(x * 34, y * 34, z * 34)
    heap = weld(heap, egg(x, y - 0.20, z, 0.62, 0.16, 0.62), 0.03)
    return shell, heap + 0.010 * (grain - 0.5)


@solid
def kettle(x, y, z):
    """Enamelled sheet iron with a swan's neck: (enamel, wood, wire)."""
    r = sqrt(x * x + z * z)
    d = max(egg(x, y + 0.10, z, 0.86, 0.66, 0.86), -0.56 - y) + 0.014 * groove(y + 0.40, 0.02)
    d = weld(d, slab(r, y + 0.56, 0.66, 0.04, 0.03), 0.06)
    d = weld(d, hoop(x, y - 0.45, z, 0.44, 0.040), 0.03)
    lid = egg(x, y - 0.44, z, 0.42, 0.16, 0.42)
    d = min(d, max(lid, 0.45 - y))
    neck = limb(x, y, z, -0.66, -0.20, 0.0, -1.00, 0.02, 0.0, 0.17, 0.115)
    neck = weld(neck, limb(x, y, z, -1.00, 0.02, 0.0, -1.06, 0.34, 0.0, 0.115, 0.085), 0.10)
    neck = weld(neck, limb(x, y, z, -1.06, 0.34, 0.0, -1.27, 0.50, 0.0, 0.085, 0.070), 0.08)
    d = weld(d, neck, 0.10)
    d = max(d, -limb(x, y, z, -1.20, 0.45, 0.0, -1.40, 0.60, 0.0, 0.045, 0.06))
    wire = sqrt((sqrt(x * x + (y - 0.36) ** 2) - 0.72) ** 2 + z * z) - 0.026
    wire = max(wire, 0.36 - y)
    wire = min(wire, block(abs(x) - 0.72, y - 0.36, z, 0.045, 0.10, 0.07, 0.03))
    wood = sqrt((sqrt(x * x + (y - 0.36) ** 2) - 0.72) ** 2 + z * z) - 0.060 - 0.012 * cos(atan2(x, y - 0.36) * 6.0)
    wood = max(wood, abs(atan2(x, y - 0.36)) * 0.7 - 0.36)
    wood = min(wood, weld(ball(x, y - 0.70, z, 0.085), rod(x, y - 0.61, z, 0.040, 0.06), 0.03))
    return d, wood, wire


@solid
def thing(x, y, z, pose):
    """Whichever of them is on the table."""
    k = pose[0]
    if k < 0.5:
        china, tea = cup(x, y, z)
        return min(china, tea) * 0.75
    if k < 1.5:
        return dish(x, y, z) * 0.8
    if k < 2.5:
        return spoon(x, y, z) * 0.7
    if k < 3.5:
        return lump(x, y, z) * 0.8
    if k < 4.5:
        china, sugar = bowl(x, y, z)
        return min(china, sugar) * 0.75
    tin, wood, wire = kettle(x, y, z)
    return min(tin, min(wood, wire)) * 0.8


@solid
def garland(along, up):
    """A painted border, one of its repeats, about 0.3 wide: a rose, two leaves, dots of cobalt."""
    rose = sqrt(along * along + up * up)
    if rose < 0.062 + 0.010 * sin(5 * atan2(up, along)):
        k = 0.75 + 0.45 * sin(rose * 90.0 + 2.0 * atan2(up, along))
        return ROSE[0] * k + 0.10, ROSE[1] * k, ROSE[2] * k
    leaf = sqrt(((abs(along) - 0.105) / 0.055) ** 2 + ((up - 0.35 * (abs(along) - 0.105)) / 0.024) ** 2)
    if leaf < 1.0:
        return LEAF
    if sqrt((abs(along) - 0.145) ** 2 + (abs(up) - 0.05) ** 2) < 0.014:
        return COBALT
    return CHINA


@solid
def glaze(x, y, z, band, gilt, count):
    """China's colour: cobalt rim at gilt above, garland at the height band, a craze of fine lines and a few stains."""
    r = sqrt(x * x + z * z)
    fold, _ = around(atan2(z, x), count)
    dye = garland(fold * r, band)
    if gilt > -0.012:
        dye = GILT
    elif gilt > -0.075:
        dye = COBALT
    soft = 0.90 + 0.14 * rough(x * 9, y * 9, z * 9, 3)
    grime = 1.0 - 0.16 * ramp(0.2, 0.9, rough(x * 2.5, y * 2.5 + 4, z * 2.5, 3))
    crack, _ = curls(x * 7, y * 7, z * 7)
    grime *= 1.0 - 0.10 * groove(crack - 0.62, 0.012)
    worn = ramp(0.55, 0.70, rough(x * 16, y * 16, z * 16, 2)) * 0.5
    r, g, b = mix(dye[0], CHINA[0], worn), mix(dye[1], CHINA[1], worn), mix(dye[2], CHINA[2], worn)
    return r * grime * soft, g * grime * soft, b * grime * soft * (0.94 + 0.06 * grime), 0.10, 0.0, 0.12, 0.0


@solid
def sugar_dye(x, y, z):
    """White with a sparkle."""
    _, name = curls(x * 30, y * 30, z * 30)
    v = 0.80 + 0.14 * name
    return v, v * 0.98, v * 0.93, 0.35 if name > 0.8 else 0.8, 0.0, 0.45, 0.06


@solid
def silver(blot, fine):
    """Plate, rubbed and tarnished."""
    t = ramp(-0.1, 0.9, blot + fine * 0.4)
    return mix(0.86, 0.42, t), mix(0.84, 0.36, t), mix(0.78, 0.27, t), 0.16, 0.95, 0.0, 0.0


@solid
def kettle_dye(x, y, z, blot, fine):
    """Red enamel speckled white, black where it has sprung off; wood, wire."""
    tin, wood, wire = kettle(x, y, z)
    if wood < min(tin, wire):
        return wood_dye(x, y, z, blot - 0.4, fine)
    if wire < tin:
        return silver(blot, fine)
    rim = groove(y - 0.45, 0.05) + ramp(-0.48, -0.58, y) + ramp(-1.22, -1.30, x)
    speck, name = curls(x * 22, y * 22, z * 22)
    white = ramp(0.30, 0.22, speck) * (1.0 if name > 0.45 else 0.0)
    chip = ramp(0.70, 0.73, blot * 0.75 + fine * 0.3 + 0.35 * clamp(rim, 0.0, 1.0))
    soot = 1.0 - 0.55 * ramp(-0.15, -0.6, y + 0.25 * blot)
    r, g, b = mix(0.075, 0.80, white) * soot, mix(0.30, 0.78, white) * soot, mix(0.33, 0.70, white) * soot
    return mix(r, 0.03, chip), mix(g, 0.027, chip), mix(b, 0.025, chip), mix(0.12, 0.6, chip), 0.0, 0.0, 0.0


@solid
def dye(x, y, z, nx, ny, nz, pose):
    """What the thing on the table is made of."""
    blot = rough(x * 5 + 3, y * 5, z * 5, 4)
    fine = rough(x * 26, y * 26 + 9, z * 26, 2)
    k, r = pose[0], sqrt(x * x + z * z)
    if k < 0.5:
        china, tea = cup(x, y, z)
        if tea < china:
            foam = ramp(0.7, 1.0, rough(x * 9, 1.0, z * 9, 3) + 0.6 * ramp(0.74, 0.85, r))
            return mix(0.20, 0.55, foam), mix(0.062, 0.36, foam), mix(0.014, 0.20, foam), 0.04, 0.0, 0.25, 0.0
        if r < 0.835 and y > -0.3:
            stain = 1.0 - 0.25 * groove(y - TEA - 0.03, 0.03)
            return CHINA[0] * stain, CHINA[1] * stain * stain, CHINA[2] * stain**3, 0.12, 0.0, 0.12, 0.0
        if r > 0.93:
            return GILT[0], GILT[1], GILT[2], 0.25, 0.5, 0.0, 0.0
        return glaze(x, y, z, y - 0.22, y - 0.51, 10)
    if k < 1.5:
        return glaze(x, y, z, r - 1.02, r - 1.31, 12)
    if k < 2.5:
        return silver(blot, fine)
    if k < 3.5:
        return sugar_dye(x, y, z)
    if k < 4.5:
        china, sugar = bowl(x, y, z)
        if sugar < china:
            return sugar_dye(x, y, z)
        return glaze(x, y, z, y + 0.04, y - 0.32, 9)
    return kettle_dye(x, y, z, blot, fine)


def shoot(which: float, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One of the six."""
    return photograph(thing, dye, VIEWS[which], pose=(which,), zoom=zoom, samples=samples)


def rim(zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """The cup without what is behind its rim: it lies before the spoon and whatever else is in the tea."""
    picture = shoot(CUP, zoom, samples)
    picture[..., 3] *= front(VIEWS[CUP], 0.84, BRIM, zoom)
    return picture
