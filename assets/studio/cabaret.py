"""What a skeleton needs on a stage: top hat, cane, gramophone with a record, drum, mallet, footlight."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import around, ball, block, clamp, egg, groove, hoop, limb, mix, ramp, rod, slab, solid, turn, weld

HAT, CANE, HORN, RECORD, DRUM, MALLET, LIGHT = range(7)
VIEWS = {
    "hat": (View(360, 330, 190.0, (180.0, 176.0), yaw=-14.0, pitch=13.0, roll=0.0, reach=1.8), HAT),
    "cane": (View(110, 720, 250.0, (52.0, 372.0), yaw=20.0, pitch=0.0, roll=0.0, reach=1.9), CANE),
    "gramophone": (View(620, 790, 258.0, (318.0, 408.0), yaw=-24.0, pitch=17.0, reach=2.4), HORN),
    "record": (View(420, 420, 190.0, (210.0, 210.0), reach=1.8), RECORD),
    "drum": (View(480, 420, 200.0, (240.0, 212.0), yaw=10.0, pitch=22.0, reach=1.9), DRUM),
    "mallet": (View(110, 430, 190.0, (55.0, 214.0), yaw=10.0, reach=1.8), MALLET),
    "footlight": (View(250, 220, 150.0, (124.0, 118.0), pitch=8.0, reach=1.7), LIGHT),
}


@solid
def hat(x, y, z):
    """(silk, ribbon): a chimney with a waist, a curled brim, one dent."""
    x, y = turn(x, y, 0.03 * y)
    q = sqrt(x * x + z * z)
    wide = 0.44 + 0.10 * (y - 0.05) ** 2 + 0.02 * rough(x * 2, y * 2, z * 2, 2)
    crown = slab(q - wide + 0.30, y - 0.14, 0.30, 0.58, 0.06) if q > 0.2 else abs(y - 0.14) - 0.58
    crown += 0.05 * groove(sqrt((x - 0.25) ** 2 + (y - 0.45) ** 2 + (z - 0.4) ** 2), 0.16)
    curl = -0.46 + 0.26 * x * x - 0.05 * z * z
    brim = slab(q - 0.36, y - curl, 0.40, 0.028, 0.026)
    rolled = sqrt((q - 0.76) ** 2 + (y - curl - 0.015) ** 2) - 0.034
    silk = weld(crown, min(brim, rolled), 0.06) * 0.8
    ribbon = slab(q - wide - 0.012, y + 0.32, 0.02, 0.10, 0.01) * 0.8
    return silk, ribbon


@solid
def cane(x, y, z):
    """(wood, silver)."""
    wood = limb(x, y, z, 0.0, -1.12, 0.0, 0.0, 1.05, 0.0, 0.040, 0.052)
    wood -= 0.008 * groove((y + 0.30) % 0.55 - 0.27, 0.03)
    knob = weld(ball(x, y - 1.14, z, 0.115), rod(x, y - 1.0, z, 0.066, 0.07), 0.04)
    return wood, min(knob, rod(x, y + 1.14, z, 0.050, 0.06))


@solid
def bell(x, y, z):
    """The horn: eight petals of thin tin opening upwards and towards us, and its throat."""
    x, y, z = x + 0.06, y - 0.02, z + 0.22
    y, z = turn(y, z, -0.62)
    x, y = turn(x, y, -0.30)
    w = clamp(y, -0.05, 1.22)
    q = sqrt(x * x + z * z)
    fold, _ = around(atan2(x, z), 8)
    petal = 1.0 + 0.10 * (w / 1.2) ** 2 * (abs(fold) * 8 / pi - 0.5) * -1.0
    wide = (0.055 + 0.10 * w + 0.44 * (w / 1.2) ** 3.0) * petal
    steep = 0.10 + 1.10 * (w / 1.2) ** 2
    sheet = (abs(q - wide) - 0.016) / sqrt(1.0 + steep * steep)
    end = 1.20 - 0.05 * cos(fold * 8.0) * -1.0
    return max(max(sheet, y - end), -0.08 - y) * 0.85


@solid
def gramophone(x, y, z):
    """(wood, brass, tin, felt)."""
    by = y + 0.86
    wood = block(x, by, z, 0.78, 0.26, 0.62, 0.03)
    wood = min(wood, block(x, by + 0.29, z, 0.87, 0.055, 0.71, 0.03))
    wood = min(wood, block(x, by - 0.28, z, 0.84, 0.04, 0.68, 0.025))
    wood += 0.02 * groove(slab(x, by, 0.60, 0.15, 0.03), 0.022)
    felt = rod(x - 0.06, y + 0.52, z - 0.06, 0.54, 0.035)
    brass = rod(x - 0.06, y + 0.46, z - 0.06, 0.03, 0.06)
    brass = min(brass, hoop(x - 0.06, y + 0.535, z - 0.06, 0.545, 0.022))
    post = limb(x, y, z, -0.55, -0.60, -0.45, -0.55, -0.12, -0.45, 0.055, 0.05)
    post = weld(post, limb(x, y, z, -0.55, -0.12, -0.45, -0.08, 0.02, -0.24, 0.055, 0.075), 0.06)
    arm = limb(x, y, z, -0.55, -0.36, -0.45, -0.28, -0.40, 0.16, 0.042, 0.036)
    arm = weld(arm, egg(x + 0.25, y + 0.44, z - 0.18, 0.085, 0.055, 0.085), 0.04)
    crank = limb(x, y, z, 0.76, -0.90, 0.10, 1.02, -0.90, 0.10, 0.035, 0.035)
    crank = min(crank, limb(x, y, z, 1.02, -0.90, 0.10, 1.02, -0.62, 0.20, 0.035, 0.03))
    brass = min(min(brass, post), min(arm, crank))
    for k in range(2):
        brass = min(brass, block(abs(x) - 0.72, by - 0.02 + 0.02 * k, z - 0.62, 0.05, 0.10 - 0.03 * k, 0.02, 0.015))
    grip = limb(x, y, z, 1.04, -0.60, 0.21, 1.16, -0.60, 0.21, 0.055, 0.05)
    return min(wood, grip), brass, bell(x, y, z), felt


@solid
def drum(x, y, z):
    """(shell, skin, rim and cords)."""
    q = sqrt(x * x + z * z)
    shell = slab(q - 0.45, y, 0.48, 0.50, 0.02)
    skin = slab(q - 0.45, y - 0.52, 0.47, 0.035, 0.03) if q > 0.1 else abs(y - 0.52) - 0.035
    rim = slab(q - 0.965, abs(y) - 0.46, 0.035, 0.085, 0.025)
    fold, n = around(atan2(x, z), 9)
    across = fold * 0.96
    cord = 9.0
    for s in (-1.0, 1.0):
        cx = abs(across) - 0.17 - 0.16 * (y / 0.42) * 1.0
        cord = min(cord, sqrt((cx * 0.92) ** 2 + (q - 0.965) ** 2) - 0.026 + 0.0 * s)
    cord = max(cord, abs(y) - 0.42)
    tag = max(block(abs(across) - 0.17 - 0.04, y + 0.18, q - 0.965, 0.055, 0.09, 0.035, 0.02), -1.0)
    return min(shell, 9.0), skin, rim, min(cord, tag), n


@solid
def mallet(x, y, z):
    """(wood, felt)."""
    return limb(x, y, z, 0.0, -1.02, 0.0, 0.0, 0.72, 0.0, 0.048, 0.036), egg(x, y - 0.82, z, 0.19, 0.17, 0.19)


@solid
def footlight(x, y, z):
    """(tin shell, bulb, foot)."""
    a, r = atan2(x, y + 0.35), sqrt(x * x + (y + 0.35) ** 2)
    flute = 0.022 * cos(a * 17.0) * ramp(0.1, 0.6, r)
    rim = 0.98 + 0.03 * cos(a * 17.0)
    shell = abs(egg(x, y + 0.35, z - 0.05, 0.92, 1.12, 0.45) + flute) - 0.02
    shell = max(max(shell, z - 0.02), max(r - rim, -0.36 - y))
    bulb = weld(ball(x, y + 0.05, z - 0.08, 0.19), limb(x, y, z, 0.0, -0.40, 0.06, 0.0, -0.12, 0.08, 0.09, 0.10), 0.08)
    foot = block(x, y + 0.46, z - 0.02, 0.62, 0.11, 0.26, 0.04)
    return shell * 0.7, bulb, foot


@solid
def prop(x, y, z, pose):
    """The prop that pose[0] names."""
    k = int(pose[0] + 0.5)
    if k == 0:
        a, b = hat(x, y, z)
        return min(a, b)
    if k == 1:
        a, b = cane(x, y, z)
        return min(a, b) * 0.9
    if k == 2:
        a, b, c, d = gramophone(x, y, z)
        return min(min(a, b), min(c, d)) * 0.85
    if k == 3:
        return slab(sqrt(x * x + y * y) - 0.5, abs(z), 0.5, 0.03, 0.02) if x * x + y * y > 0.04 else abs(z) - 0.03
    if k == 4:
        a, b, c, d, _ = drum(x, y, z)
        return min(min(a, b), min(c, d)) * 0.8
    if k == 5:
        a, b = mallet(x, y, z)
        return min(a, b + 0.012 * rough(x * 16, y * 16, z * 16, 2)) * 0.85
    a, b, c = footlight(x, y, z)
    return min(min(a, b), c) * 0.85


@solid
def timber(x, y, z, grain):
    """Dark polished wood, its grain along x."""
    ring = 0.5 + 0.5 * rough(x * 1.5, y * 16 + 3 * rough(x * 2, y, z, 2), z * 16, 3)
    wear = ramp(0.5, 0.9, rough(x * 5, y * 5, z * 5, 3)) * grain
    return (
        mix(mix(0.20, 0.36, ring), 0.50, wear),
        mix(mix(0.085, 0.16, ring), 0.30, wear),
        mix(mix(0.035, 0.06, ring), 0.15, wear),
        0.22,
        0.0,
        0.1,
        0.0,
    )


@solid
def brass(x, y, z):
    """Brass that a sleeve has polished here and there."""
    tarnish = ramp(-0.2, 0.9, rough(x * 5, y * 5, z * 5, 3) + 0.4 * rough(x * 24, y * 24, z * 24, 2))
    return mix(0.93, 0.45, tarnish), mix(0.66, 0.28, tarnish), mix(0.24, 0.11, tarnish), 0.22, 0.86, 0.0, 0.0


@solid
def lacquer(x, y, z, r, g, b, worn):
    """Paint on tin or wood, chipped where worn is near 1."""
    blot, fine = rough(x * 4, y * 4, z * 4, 3), rough(x * 20, y * 20, z * 20, 2)
    chip = ramp(0.58, 0.70, worn + 0.5 * blot + 0.3 * fine)
    dirt = 1.0 - 0.28 * ramp(-0.2, 0.8, rough(x * 3, y * 3, z * 3 + 4, 3))
    return mix(r * dirt, 0.42, chip), mix(g * dirt, 0.33, chip), mix(b * dirt, 0.24, chip), 0.30, 0.25 * chip, 0.05, 0.0


@solid
def disc(x, y):
    """A record: grooves, a worn label with spokes of print, a scratch."""
    q, a = sqrt(x * x + y * y), atan2(y, x)
    if q < 0.025:
        return 0.9, 0.85, 0.7, 0.5, 0.0, 0.0, 0.0
    if q < 0.37:
        dirt = 0.85 + 0.2 * rough(x * 9, y * 9, 3.0, 3)
        if (
            abs(q - 0.34) < 0.010
            or (abs(y - 0.12) < 0.035 and abs(x) < 0.22)
            or (abs(y + 0.14) < 0.016 and abs(x) < 0.17)
        ):
            return 0.80 * dirt, 0.70 * dirt, 0.45 * dirt, 0.6, 0.0, 0.0, 0.0
        if y < -0.19 and abs(x) < 0.14 and int((y + 1.0) * 40) % 2 == 0:
            return 0.80 * dirt, 0.70 * dirt, 0.45 * dirt, 0.6, 0.0, 0.0, 0.0
        return 0.60 * dirt, 0.10 * dirt, 0.06 * dirt, 0.55, 0.0, 0.0, 0.0
    track = 0.5 + 0.5 * sin(q * 260.0) * ramp(0.40, 0.44, q)
    gap = groove(q - 0.58, 0.012) + groove(q - 0.80, 0.012)
    # what is pressed into shellac gleams in two opposite fans
    fan = max(0.0, cos(2.0 * (a - 0.9))) ** 8
    dust = ramp(0.4, 0.9, rough(x * 14, y * 14, 1.0, 3)) * 0.05
    v = 0.018 + 0.03 * track + 0.05 * gap + 0.34 * fan * (0.35 + 0.65 * track) + dust
    v += 0.2 * groove(x * 0.4 + y - 0.55, 0.006) * ramp(0.4, 0.6, q)
    return v, v * 0.96, v * 0.90, 0.35, 0.0, 0.0, 0.0


@solid
def coat(x, y, z, nx, ny, nz, pose):
    """What it is made of."""
    k = int(pose[0] + 0.5)
    fine = rough(x * 22, y * 22, z * 22, 2)
    if k == 0:
        silk, ribbon = hat(x, y, z)
        if ribbon < silk:
            v = 0.9 + 0.15 * rough(x * 3, y * 60, z * 3, 2)
            return 0.52 * v, 0.075 * v, 0.05 * v, 0.40, 0.0, 0.1, 0.15
        nap = 0.030 + 0.022 * rough(atan2(x, z) * 3, y * 34, 2.0, 3) + 0.05 * ramp(0.5, 0.9, fine)
        return nap + 0.012, nap + 0.008, nap + 0.008, 0.30, 0.0, 0.05, 0.35
    if k == 1:
        wood, silver = cane(x, y, z)
        if silver < wood:
            v = 0.75 - 0.35 * ramp(0.2, 0.9, fine)
            return v, v * 0.97, v * 0.9, 0.18, 0.9, 0.0, 0.0
        v = 0.6 + 0.5 * rough(x * 20, y * 3, z * 20, 3)
        return 0.16 * v + 0.02, 0.055 * v + 0.012, 0.03 * v + 0.01, 0.16, 0.0, 0.0, 0.0
    if k == 2:
        wood, metal, tin, felt = gramophone(x, y, z)
        best = min(min(wood, metal), min(tin, felt))
        if best == wood:
            return timber(x, y, z, 0.5 + ramp(0.03, 0.0, abs(abs(x) - 0.80)))
        if best == metal:
            return brass(x, y, z)
        if best == felt:
            v = 0.8 + 0.3 * fine
            return 0.05 * v, 0.13 * v, 0.11 * v, 0.95, 0.0, 0.2, 0.2
        px, py, pz = x + 0.06, y - 0.02, z + 0.22
        py, pz = turn(py, pz, -0.62)
        px, py = turn(px, py, -0.30)
        fold, n = around(atan2(px, pz), 8)
        if py > 1.10:
            return brass(x, y, z)
        seam = groove(abs(fold) - pi / 8, 0.03)
        if int(n) % 2 == 0:
            return lacquer(x, y, z, 0.56, 0.075, 0.045, 0.30 * seam + 0.05)
        return lacquer(x, y, z, 0.80, 0.48, 0.10, 0.30 * seam + 0.05)
    if k == 3:
        return disc(x, y)
    if k == 4:
        shell, skin, rim, cord, n = drum(x, y, z)
        best = min(min(shell, skin), min(rim, cord))
        if best == skin:
            hit = ramp(0.45, 0.0, sqrt((x - 0.1) ** 2 + (z - 0.15) ** 2)) * (0.6 + 0.4 * fine)
            v = 0.93 + 0.08 * rough(x * 4, y * 4, z * 4, 3)
            return (
                0.80 * v * (1 - 0.3 * hit),
                0.72 * v * (1 - 0.35 * hit),
                0.54 * v * (1 - 0.4 * hit),
                0.5,
                0.0,
                0.3,
                0.0,
            )
        if best == rim:
            return lacquer(x, y, z, 0.78, 0.47, 0.09, 0.30 * ramp(0.5, 0.56, abs(y)) + 0.1)
        if best == cord:
            v = 0.8 + 0.3 * sin((y + atan2(x, z)) * 70)
            return 0.72 * v, 0.62 * v, 0.42 * v, 0.8, 0.0, 0.2, 0.1
        if abs(y) < 0.045:
            return lacquer(x, y, z, 0.78, 0.72, 0.56, 0.15)
        return lacquer(x, y, z, 0.09, 0.30, 0.32, 0.12) if y < 0 else lacquer(x, y, z, 0.54, 0.075, 0.045, 0.12)
    if k == 5:
        wood, felt = mallet(x, y, z)
        if felt < wood:
            v = 0.85 + 0.3 * fine
            return 0.58 * v, 0.08 * v, 0.05 * v, 0.95, 0.0, 0.3, 0.3
        v = 0.8 + 0.3 * rough(x * 30, y * 3, z * 30, 3)
        return 0.66 * v, 0.45 * v, 0.22 * v, 0.4, 0.0, 0.15, 0.0
    shell, bulb, foot = footlight(x, y, z)
    if bulb < shell and bulb < foot:
        if y < -0.22:
            return brass(x, y, z)
        return 3.6, 2.9, 1.5, 0.1, 0.0, 0.6, 0.2
    if foot < shell:
        return timber(x, y, z, 1.0)
    glow = ramp(1.0, 0.1, sqrt(x * x + y * y))
    if nz > 0.1:
        v = 0.55 + 0.9 * glow
        return 0.95 * v, 0.76 * v, 0.40 * v, 0.45, 0.3, 0.3, 0.0
    return brass(x, y, z)


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """hat, cane, gramophone, record, drum, mallet or footlight."""
    view, pose = VIEWS[name]
    return photograph(prop, coat, view, (float(pose),), zoom=zoom, samples=samples, pace=0.8)
