"""The giant's clay: head, jaw, glass eyes with lids, bowler, hand. pose[0] picks the part; eyes and hand use more.

All are modelled in the head's own units, so that what one View photographs fits on what another did.
"""

from __future__ import annotations

from math import atan2, cos, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, carve, clamp, egg, groove, limb, mix, ramp, rod, solid, turn, weld

HEAD, JAW, EYES, HAT, HAND = 0.0, 1.0, 2.0, 3.0, 4.0
YAW, PITCH, SCALE = 40.0, -5.0, 165.0
VIEWS = {
    "head": View(420, 440, SCALE, (172.0, 196.0), YAW, PITCH, reach=2.4),
    "jaw": View(340, 230, SCALE, (140.0, -24.0), YAW, PITCH, reach=2.4),
    "eyes": View(230, 110, SCALE, (66.0, 84.0), YAW, PITCH, reach=2.4),
    "hat": View(450, 420, SCALE, (222.0, 460.0), YAW, PITCH, roll=-3.0, reach=3.4),
    "hand": View(200, 275, 150.0, (98.0, 42.0), -24.0, 4.0, reach=2.0),
}
# how far the lids are open, where the eyes look (right, up)
GAZES = {"shut": (0.0, 0.0, 0.0), "half": (0.5, 0.2, 0.0), "open": (1.0, 0.0, 0.0), "aside": (0.92, 0.75, -0.1)}
GRIPS = {"open": 0.0, "fist": 1.0}
EYE = (0.375, 0.17, 0.70)


@solid
def nose(x, y, z):
    """Long, and bent at the end by a door long ago."""
    ax = abs(x)
    d = limb(x, y, z, 0.0, 0.34, 0.74, 0.0, 0.20, 1.02, 0.12, 0.17)
    d = weld(d, limb(x, y, z, 0.0, 0.20, 1.02, 0.0, -0.12, 1.42, 0.17, 0.14), 0.10)
    d = weld(d, limb(x, y, z, 0.0, -0.12, 1.42, 0.0, -0.38, 1.52, 0.14, 0.11), 0.10)
    d = weld(d, limb(ax, y, z, 0.06, 0.0, 0.86, 0.04, -0.24, 1.30, 0.17, 0.11), 0.12)
    d = weld(d, egg(ax - 0.20, y + 0.16, z - 0.94, 0.15, 0.15, 0.19), 0.06)
    d = weld(d, egg(x + 0.07, y - 0.24, z - 1.13, 0.06, 0.06, 0.06), 0.04)
    d = carve(d, egg(ax - 0.17, y + 0.33, z - 1.02, 0.06, 0.08, 0.10), 0.04)
    return d + 0.014 * groove(y - 0.42 - 0.2 * ax, 0.025) * ramp(0.2, 0.1, ax)


@solid
def ear(x, y, z):
    """A jug handle."""
    ex, ez = turn(x - 0.92, z + 0.06, -0.40)
    d = egg(ex, y - 0.02, ez, 0.085, 0.40, 0.30)
    d = carve(d, egg(ex - 0.10, y - 0.06, ez + 0.02, 0.09, 0.27, 0.18), 0.06)
    d = weld(d, limb(ex, y, ez, 0.03, 0.16, 0.02, 0.03, -0.16, 0.06, 0.05, 0.06), 0.05)
    return weld(d, egg(ex - 0.01, y + 0.33, ez - 0.06, 0.09, 0.10, 0.10), 0.06)


@solid
def face(x, y, z):
    """Skull, cheeks, brow, lip and neck, without the nose and ears: thumbed together from six lumps."""
    ax = abs(x)
    d = egg(x, y - 0.20, z + 0.06, 0.82, 0.86, 0.84)
    d = weld(d, egg(x, y + 0.34, z - 0.06, 0.70, 0.52, 0.66), 0.25)
    d = weld(d, egg(ax - 0.42, y + 0.19, z - 0.55, 0.27, 0.22, 0.22), 0.14)
    d = weld(d, egg(x, y + 0.46, z - 0.60, 0.34, 0.20, 0.22), 0.14)
    d = weld(d, limb(x, y, z, 0.0, -0.45, -0.15, 0.0, -1.20, -0.22, 0.60, 0.56), 0.16)
    d = carve(d, egg(ax - EYE[0], y - EYE[1], z - 0.86, 0.25, 0.21, 0.22), 0.10)
    d = weld(d, limb(ax, y, z, 0.10, 0.44, 0.82, 0.55, 0.50, 0.56, 0.085, 0.075), 0.09)
    mouth = egg(x, y + 0.70, z - 0.68, 0.40, 0.13, 0.30)
    return carve(d, mouth, 0.05)


@solid
def brow(x, y, z):
    """Two hairy caterpillars and the tufts over the ears: distance before the hair is combed."""
    ax = abs(x)
    d = limb(ax, y, z, 0.13, 0.46, 0.90, 0.56, 0.56, 0.62, 0.075, 0.045)
    return min(d, egg(ax - 0.74, y - 0.34, z + 0.30, 0.20, 0.30, 0.34))


@solid
def teeth(x, y, z):
    """Three upper ones that have met."""
    n = min(max(round(x / 0.20), -1), 1)
    return egg(x - n * 0.20, y + 0.60, z - 0.80 + 0.10 * abs(n), 0.095, 0.10, 0.06)


@solid
def head(x, y, z):
    """Skin of the head: (skin, hair, teeth)."""
    d = weld(weld(face(x, y, z), nose(x, y, z), 0.09), ear(abs(x), y, z), 0.07)
    hair = brow(x, y, z)
    if hair < 0.2:
        lock, name = curls(x * 11, y * 9, z * 11)
        hair -= 0.05 * (0.7 - lock) + 0.012 * sin(x * 60 + y * 30 + name * 6)
    return d, hair, teeth(x, y, z)


@solid
def jaw(x, y, z):
    """Chin, lower lip and one cheek back to the hinge; hollow behind the lip."""
    ax = abs(x)
    d = egg(x, y + 0.86, z - 0.38, 0.60, 0.40, 0.56)
    d = weld(d, egg(x, y + 1.04, z - 0.74, 0.30, 0.24, 0.25), 0.16)
    d = max(d, y + 0.62 + 0.10 * ax)
    d = weld(d, limb(x, y, z, -0.62, -0.40, -0.02, -0.50, -0.84, 0.32, 0.15, 0.26), 0.20)
    arc = 0.62 * ax * ax
    lip = limb(x, y, z + arc, -0.36, -0.66, 0.93, 0.36, -0.66, 0.93, 0.08, 0.08)
    d = weld(d, lip, 0.06)
    d = carve(d, egg(ax, y + 0.56, z - 0.46, 0.40, 0.14, 0.36), 0.05)
    return d + 0.03 * groove(x, 0.03) * ramp(0.8, 0.9, z) * ramp(-0.92, -1.02, y)


@solid
def eyes(x, y, z, pose):
    """Glass in clay lids: (glass, lids). pose[1] is how far they are open."""
    ax = abs(x) - EYE[0]
    ey, ez = y - EYE[1], z - EYE[2]
    glass = ball(ax, ey, ez, 0.205)
    shell = abs(ball(ax, ey, ez, 0.235)) - 0.025
    upper = -(ey - mix(-0.17, 0.16, pose[1]) - 0.55 * ax * ax + 0.35 * ez - 0.07)
    lower = ey + mix(0.13, 0.15, pose[1]) - 0.5 * ax * ax + 0.25 * ez - 0.05
    lid = min(max(shell, upper), max(shell, lower))
    return glass, max(lid, -ez - 0.06)


@solid
def tent(x, y, z):
    """The smallest tent of the fair stands on top of the hat: (cloth, pole)."""
    a = atan2(x, z)
    r = sqrt(x * x + z * z)
    wall = 0.24 + 0.006 * sin(a * 12)
    d = max(r - wall, abs(y - 0.10) - 0.12)
    roof = max((r - (0.30 - 0.62 * (y - 0.20)) - 0.010 * cos(a * 12)) * 0.8, 0.19 - y)
    pole = rod(x, y - 0.70, z, 0.014, 0.20)
    flag = max(abs(z - 0.01 * sin(x * 30)) - 0.008, abs(y - 0.83) - 0.07 + 0.20 * clamp(x, 0.0, 0.3))
    return min(d, roof), min(pole, max(flag, abs(x - 0.14) - 0.14))


@solid
def hat(x, y, z):
    """A bowler of stiff felt: (felt, band, tent, pole)."""
    d = max(egg(x, y - 0.88, z, 0.90, 0.92, 0.92), 0.72 - y)
    r = sqrt(x * x + z * z)
    rise = 0.10 * (x * x - 0.5 * z * z)
    brim = max(abs(y - 0.72 - rise) - 0.035, r - 1.24) - 0.015
    curl = sqrt((r - 1.24) ** 2 + (y - 0.745 - rise) ** 2) - 0.062
    d = weld(weld(d, brim, 0.05), curl, 0.03)
    d += 0.014 * rough(x * 2.5, y * 2.5, z * 2.5, 3)
    band = max(egg(x, y - 0.88, z, 0.925, 0.94, 0.945), abs(y - 0.885) - 0.115)
    bow = egg(abs(z - 0.25) - 0.12, y - 0.90, x + 0.93, 0.14, 0.12, 0.06)
    cloth, pole = tent(x - 0.05, y - 1.74, z - 0.05)
    return d, min(band, bow), cloth, pole


@solid
def finger(x, y, z, n, grip):
    """One of four: two links, hanging or folded into the palm."""
    at = -0.27 + 0.18 * n
    spread = (at * 0.55) * (1.0 - grip)
    long = 0.34 - 0.05 * abs(n - 1.4)
    ky, kz = -0.80 + 0.06 * abs(n - 1.3), 0.05
    mx, my, mz = at + spread * 0.6, ky - long * mix(1.0, 0.30, grip), kz + mix(0.07, 0.30, grip)
    tx, ty, tz = at + spread, my - long * mix(0.85, -0.75, grip), mz + mix(0.14, 0.08, grip)
    d = limb(x, y, z, at, ky, kz, mx, my, mz, 0.115, 0.105)
    return weld(d, limb(x, y, z, mx, my, mz, tx, ty, tz, 0.105, 0.095), 0.03)


@solid
def hand(x, y, z, pose):
    """It hangs from the wrist at the origin; pose[1] closes it."""
    d = egg(x, y + 0.48, z, 0.40, 0.46, 0.20)
    d = weld(d, limb(x, y, z, 0.0, 0.12, 0.0, 0.0, -0.20, 0.0, 0.24, 0.25), 0.12)
    for n in range(4):
        d = weld(d, finger(x, y, z, n, pose[1]), 0.04)
    tx, ty = mix(0.66, 0.34, pose[1]), mix(-0.86, -0.84, pose[1])
    tz = mix(0.14, 0.36, pose[1])
    thumb = limb(x, y, z, 0.30, -0.30, 0.08, 0.50, -0.58, 0.16, 0.15, 0.12)
    return weld(d, weld(thumb, limb(x, y, z, 0.50, -0.58, 0.16, tx, ty, tz, 0.12, 0.10), 0.03), 0.08)


@solid
def lumpy(d, x, y, z):
    """Clay keeps the thumbs that pressed it."""
    if d > 0.06:
        return d
    print_, name = curls(x * 4.5, y * 4.5, z * 4.5)
    return d + 0.012 * rough(x * 3.2, y * 3.2, z * 3.2, 3) + 0.014 * ramp(0.5, 0.2, print_) * name


@solid
def clay(x, y, z, pose):
    """The part that pose[0] names."""
    if pose[0] < 0.5:
        skin, hair, bone = head(x, y, z)
        d = min(min(lumpy(skin, x, y, z), hair), bone)
    elif pose[0] < 1.5:
        d = lumpy(jaw(x, y, z), x, y, z)
    elif pose[0] < 2.5:
        glass, lids = eyes(x, y, z, pose)
        d = min(glass, lids + 0.004 * rough(x * 9, y * 9, z * 9, 2))
    elif pose[0] < 3.5:
        felt, band, cloth, pole = hat(x, y, z)
        d = min(min(felt, band), min(cloth, pole))
    else:
        d = lumpy(hand(x, y, z, pose), x, y, z)
    return d * 0.72


@solid
def flesh(x, y, z, stubble, red):
    """Skin as it was painted over the clay: blotches, freckles, dots of a beard."""
    blot = rough(x * 3, y * 3, z * 3, 4)
    dot, name = curls(x * 30, y * 30, z * 30)
    fleck, rare = curls(x * 9 + 5, y * 9, z * 9)
    beard = stubble * ramp(0.36, 0.18, dot) * ramp(0.05, 0.2, name)
    freckle = (1.0 - stubble) * ramp(0.24, 0.12, fleck) * ramp(0.6, 0.8, rare) * 0.5
    t = clamp(red + 0.18 * blot, 0.0, 1.0)
    k = (1.0 - 0.72 * beard) * (1.0 - 0.22 * stubble) * (1.0 - freckle) * (0.95 + 0.08 * blot)
    return mix(0.80, 0.66, t) * k, mix(0.47, 0.17, t) * k, mix(0.30, 0.11, t) * k, 0.42, 0.0, 0.30, 0.02


@solid
def head_dye(x, y, z):
    """Skin, hair, teeth, and the dark of the mouth."""
    skin, hair, bone = head(x, y, z)
    if hair < skin and hair < bone:
        v = 0.8 + 0.3 * rough(x * 14, y * 14, z * 14, 2)
        return 0.26 * v, 0.12 * v, 0.055 * v, 0.8, 0.0, 0.1, 0.15
    if bone < skin:
        return 0.82, 0.74, 0.52, 0.2, 0.0, 0.15, 0.0
    ax = abs(x)
    if egg(x, y + 0.70, z - 0.68, 0.42, 0.14, 0.32) < 0.01:
        return 0.10, 0.018, 0.016, 0.5, 0.0, 0.0, 0.0
    tip = ramp(1.0, 1.5, z) * 0.75 + 0.4 * groove(rough(x * 5 + 4, y * 5, z * 5, 3), 0.04) * ramp(0.9, 1.2, z)
    cheek = ramp(0.32, 0.05, ball(ax - 0.45, y + 0.22, z - 0.66, 0.0)) * 0.5
    lobes = ramp(0.80, 0.98, ax) * ramp(0.55, 0.40, abs(y)) * 0.5
    stubble = ramp(-0.30, -0.50, y) * ramp(1.0, 0.8, z) + ramp(0.1, -0.3, y) * ramp(0.52, 0.72, ax) * ramp(
        0.86, 0.78, ax
    )
    return flesh(x, y, z, clamp(stubble, 0.0, 1.0), max(tip, max(cheek, lobes)))


@solid
def eye_dye(x, y, z, pose):
    """A teal iris under glass, and lids of the giant's own skin."""
    glass, lids = eyes(x, y, z, pose)
    if lids < glass:
        ax = abs(x) - EYE[0]
        rim = ramp(0.02, 0.0, abs(glass - 0.03)) * 0.2
        r, g, b, dull, metal, wrap, sheen = flesh(x, y, z, 0.0, 0.25 + rim + 0.2 * ramp(0.0, -0.1, y - EYE[1]))
        lash = groove(y - EYE[1] - mix(-0.14, 0.19, pose[1]) - 0.3 * ax * ax, 0.02) * 0.5
        return r * (0.88 - lash), g * (0.84 - lash), b * (0.84 - lash), dull, metal, wrap, sheen
    side = 1.0 if x > 0.0 else -1.0
    gx, gy = turn(x - side * EYE[0], z - EYE[2], -0.50 + 0.55 * pose[2]), y - EYE[1] - 0.08 * pose[3]
    out = sqrt(gx[0] ** 2 + gy * gy)
    if gx[1] < 0.0 or out > 0.112:
        vein = groove(rough(x * 16, y * 16, z * 16, 3), 0.05) * ramp(0.11, 0.24, out) * 0.35
        return 0.84, 0.80 * (1 - vein), 0.68 * (1 - vein), 0.04, 0.0, 0.1, 0.0
    if out < 0.056:
        return 0.01, 0.01, 0.01, 0.02, 0.0, 0.0, 0.0
    ray = 0.75 + 0.35 * sin(atan2(gx[0], gy) * 23.0) * ramp(0.05, 0.1, out)
    k = ray * (1.0 - 0.75 * ramp(0.100, 0.112, out))
    return 0.10 * k, 0.50 * k, 0.48 * k, 0.03, 0.0, 0.0, 0.0


@solid
def hat_dye(x, y, z):
    """Old black felt gone brown at the edges, a brick band, striped canvas."""
    felt, band, cloth, pole = hat(x, y, z)
    fine = rough(x * 26, y * 26, z * 26, 2)
    best = min(min(felt, band), min(cloth, pole))
    if best == pole:
        return (0.80, 0.50, 0.10, 0.6, 0.0, 0.1, 0.0) if y > 2.45 else (0.35, 0.2, 0.1, 0.6, 0.0, 0.0, 0.0)
    if best == cloth:
        stripe = sin(atan2(x - 0.05, z - 0.05) * 6.0) > 0.0
        v = 0.92 + 0.1 * fine
        return (
            (0.62 * v, 0.08 * v, 0.05 * v, 0.85, 0.0, 0.3, 0.1)
            if stripe
            else (0.82 * v, 0.76 * v, 0.6 * v, 0.85, 0.0, 0.3, 0.1)
        )
    if best == band:
        rib = 0.8 + 0.2 * sin(y * 190.0)
        return 0.50 * rib, 0.065 * rib, 0.05 * rib, 0.5, 0.0, 0.1, 0.1
    worn = ramp(0.2, 0.9, rough(x * 3, y * 3, z * 3, 3)) + ramp(1.20, 1.30, sqrt(x * x + z * z)) * 0.6
    v = 0.85 + 0.2 * fine
    return mix(0.062, 0.20, worn) * v, mix(0.050, 0.13, worn) * v, mix(0.046, 0.085, worn) * v, 0.85, 0.0, 0.05, 0.16


@solid
def wash(x, y, z, nx, ny, nz, pose):
    """What each part is painted with."""
    if pose[0] < 0.5:
        return head_dye(x, y, z)
    if pose[0] < 1.5:
        lip = groove(y + 0.655, 0.08) * ramp(0.60, 0.75, z + 0.55 * x * x) * ramp(0.44, 0.34, abs(x))
        return flesh(x, y, z, 1.0 - 0.9 * lip, 0.15 + 0.5 * lip)
    if pose[0] < 2.5:
        return eye_dye(x, y, z, pose)
    if pose[0] < 3.5:
        return hat_dye(x, y, z)
    knuckle = 0.35 * groove(y + 0.80, 0.10) + 0.3 * ramp(-1.25, -1.5, y)
    return flesh(x, y, z, 0.0, knuckle)


def shoot(part: str, drawing: str = "", zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """head, jaw, hat; eyes and hand as a drawing."""
    pose = {
        "head": (HEAD,),
        "jaw": (JAW,),
        "hat": (HAT,),
        "eyes": (EYES, *GAZES.get(drawing, (1.0, 0.0, 0.0))),
        "hand": (HAND, GRIPS.get(drawing, 0.0)),
    }[part]
    return photograph(clay, wash, VIEWS[part], pose, zoom=zoom, samples=samples)
