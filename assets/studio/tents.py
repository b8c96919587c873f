"""Stalls of the fair: a striped tent, a ticket booth, a helter-skelter. pose[0] picks one, pose[1] its colour."""

from __future__ import annotations

from math import atan2, cos, floor, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import around, ball, block, clamp, hoop, limb, mix, ramp, rod, slab, solid

TENT, BOOTH, TOWER = 0.0, 1.0, 2.0
STALLS = {
    "tent": (TENT, View(560, 500, 200.0, (280.0, 330.0), -14.0, 5.0, reach=2.2)),
    "booth": (BOOTH, View(340, 470, 200.0, (170.0, 226.0), -20.0, 4.0, reach=2.0)),
    "tower": (TOWER, View(370, 830, 190.0, (185.0, 500.0), -10.0, 4.0, reach=2.6)),
}
COLOURS = {"brick": 0.0, "teal": 1.0}
CLOTHS = np.array([[0.56, 0.070, 0.045], [0.075, 0.30, 0.32]])
CREAM = (0.82, 0.75, 0.58)


@solid
def pennant(x, y, z, long):
    """A flag on a pole that ends at the origin, blown to the right: (pole, flag)."""
    pole = rod(x, y + 0.16, z, 0.014, 0.18)
    wave = 0.03 * sin(x * 14.0)
    flag = max(abs(z - wave) - 0.010, abs(y + 0.07 + 0.15 * x) - 0.085 + 0.24 * clamp(x, 0.0, 0.4))
    return pole, max(flag, abs(x - long) - long)


@solid
def tent(x, y, z):
    """(wall, roof, trim, pole, flag): cloth over poles, sagging between the ribs."""
    a = atan2(x, z)
    r = sqrt(x * x + z * z)
    sag = abs(sin(a * 6.0))
    wall = abs(r - 1.04 + 0.06 * (y + 0.4) - 0.030 * sag + 0.012 * sin(a * 48.0) * ramp(0.0, -0.7, y)) - 0.03
    wall = max(wall, abs(y + 0.36) - 0.42)
    door = abs(a + 0.30) - 0.16 * ramp(0.0, -0.5, y) - 0.02
    wall = max(wall, -door * r) if z > 0.0 and y < -0.02 else wall
    h = clamp((y - 0.02) / 1.15, 0.0, 1.0)
    cone = mix(1.20, 0.05, h) - 0.20 * sin(h * pi) + 0.035 * (1.0 - h) * (0.4 - sag)
    roof = max((r - cone) * 0.62, max(-0.02 - y, y - 1.18))
    scallop = 0.10 + 0.045 * abs(sin(a * 12.0))
    trim = max(abs(r - 1.185 - 0.02 * (0.5 - sag)) - 0.022, abs(y + 0.02 + scallop * 0.5 - 0.05) - scallop * 0.6)
    fold, _ = around(a, 12)
    ropes = limb(r * sin(fold), y, r * cos(fold), 0.0, 0.02, 1.18, 0.0, -0.76, 1.32, 0.010, 0.010)
    pole, flag = pennant(x, y - 1.48, z, 0.17)
    ball_ = ball(x, y - 1.18, z, 0.055)
    return wall * 0.8, roof, min(trim * 0.8, 9.0), min(pole, min(ball_, ropes)), flag


@solid
def booth(x, y, z):
    """(wood, awning, counter, brass)."""
    d = block(x, y + 0.18, z, 0.56, 0.86, 0.42, 0.03)
    hole = block(x, y - 0.16, z - 0.42, 0.34, 0.25, 0.30, 0.05)
    d = max(d, -hole)
    plank = x / 0.14 - floor(x / 0.14 + 0.5)
    d += 0.012 * ramp(0.06, 0.0, abs(plank)) * ramp(-0.12, -0.2, y)
    frame = max(abs(slab(x, y - 0.16, 0.38, 0.29, 0.06)) - 0.035, abs(z - 0.43) - 0.035) - 0.01
    gable = max(slab(x, y - 0.80, 0.66, 0.22, 0.20), abs(z - 0.20) - 0.26)
    counter = min(block(x, y + 0.14, z - 0.50, 0.46, 0.035, 0.16, 0.02), block(x, y + 1.06, z, 0.64, 0.06, 0.50, 0.03))
    sway = 0.03 * abs(sin(x * 14.5))
    run = z - 0.42
    awning = max(abs(y - 0.58 + 0.55 * run + 0.02 * cos(x * 14.5)) - 0.022, max(abs(x) - 0.62, abs(run - 0.17) - 0.20))
    drop = max(abs(run - 0.37) - 0.02, max(abs(x) - 0.62, abs(y - 0.33) - 0.05 - sway))
    star = ball(x, y - 0.80, z - 0.46, 0.105)
    bulbs = 9.0
    for n in range(7):
        t = pi * n / 6.0
        bulbs = min(bulbs, ball(x - 0.60 * cos(t), y - 0.76 - 0.19 * sin(t), z - 0.46, 0.035))
    return min(d, gable), min(awning, drop) * 0.8, min(counter, frame), min(star, bulbs)


@solid
def tower(x, y, z):
    """(hull, slide, roof, brass, flag): a cone with a slide wound round it three times."""
    a = atan2(x, z)
    r = sqrt(x * x + z * z)
    girth = 0.56 - 0.13 * (y + 1.4) / 2.4
    hull = max(r - girth, abs(y + 0.35) - 1.35) * 0.9
    plank, _ = around(a, 22)
    hull += 0.010 * ramp(0.05, 0.0, abs(plank) * 2.0)
    door = max(slab(x, y + 1.38, 0.17, 0.30, 0.16), -z)
    hull = max(hull, -max(door, 0.36 - z))
    pitch = 0.78
    lift = y + 1.75 - pitch * (a / (2.0 * pi))
    lift -= pitch * floor(lift / pitch + 0.5)
    slide = slab(r - girth - 0.13, lift, 0.16, 0.035, 0.02)
    lip = slab(r - girth - 0.27, lift - 0.06, 0.022, 0.10, 0.015)
    slide = max(min(slide, lip), max(y - 0.62, -1.62 - y)) * 0.62
    deck = rod(x, y - 0.94, z, 0.60, 0.04)
    post, _ = around(a, 10)
    rail = rod(r * sin(post), y - 1.08, r * cos(post) - 0.54, 0.016, 0.12)
    rail = min(rail, hoop(x, y - 1.20, z, 0.54, 0.022))
    cab = max(r - 0.34, abs(y - 1.18) - 0.28)
    h = clamp((y - 1.42) / 0.62, 0.0, 1.0)
    roof = max((r - mix(0.56, 0.02, h) + 0.09 * sin(h * pi)) * 0.66, max(1.40 - y, y - 2.02))
    pole, flag = pennant(x, y - 2.32, z, 0.14)
    return min(hull, cab), min(slide, deck), roof, min(rail, pole), flag


@solid
def stall(x, y, z, pose):
    """The one that pose[0] names."""
    if pose[0] < 0.5:
        a, b, c, d, e = tent(x, y, z)
        return min(min(min(a, b), min(c, d)), e) * 0.75
    if pose[0] < 1.5:
        a, b, c, d = booth(x, y, z)
        return min(min(a, b), min(c, d)) * 0.8
    a, b, c, d, e = tower(x, y, z)
    return min(min(min(a, b), min(c, d)), e) * 0.75


@solid
def canvas(r, g, b, x, y, z):
    """Cloth that has been rained on: streaks, seams, weave."""
    weave = 0.94 + 0.06 * sin(x * 210 + z * 90) * sin(y * 210)
    streak = (
        1.0
        - 0.30 * ramp(0.1, 0.9, rough(x * 6, y * 0.9, z * 6, 3))
        - 0.14 * ramp(0.1, 0.8, rough(x * 2, y * 2, z * 2, 3))
    )
    k = weave * streak
    return r * k, g * k, b * k, 0.88, 0.0, 0.35, 0.06


@solid
def paintwork(r, g, b, x, y, z):
    """Painted wood; the paint has come off where hands were."""
    chip = ramp(0.55, 0.65, rough(x * 5, y * 5, z * 5, 4) + 0.25 * rough(x * 26, y * 9, z * 26, 2))
    grain = 0.85 + 0.2 * rough(x * 30, y * 3, z * 30, 2)
    return mix(r, 0.42, chip) * grain, mix(g, 0.30, chip) * grain, mix(b, 0.18, chip) * grain, 0.40, 0.0, 0.1, 0.0


@solid
def tent_dye(x, y, z, dye):
    """Stripes over wall and roof."""
    wall, roof, trim, pole, flag = tent(x, y, z)
    best = min(min(min(wall, roof), min(trim, pole)), flag)
    if best == pole:
        return paintwork(0.75, 0.48, 0.10, x, y, z)
    if best == flag:
        return canvas(0.80, 0.50, 0.10, x, y, z)
    if best == trim:
        return canvas(0.80, 0.50, 0.10, x, y, z)
    if sin(atan2(x, z) * 12.0 + 0.6) > 0.0:
        return canvas(dye[0], dye[1], dye[2], x, y, z)
    return canvas(0.82, 0.75, 0.58, x, y, z)


@solid
def booth_dye(x, y, z):
    """Teal planks, a striped awning."""
    wood, awning, counter, brass = booth(x, y, z)
    best = min(min(wood, awning), min(counter, brass))
    if best == brass:
        return 0.95, 0.72, 0.30, 0.15, 0.6, 0.2, 0.0
    if best == counter:
        return paintwork(0.78, 0.68, 0.48, x, y, z)
    if best == awning:
        if sin(x * 14.5 * 2.0 + 0.4) > 0.0:
            return canvas(0.56, 0.07, 0.045, x, y, z)
        return canvas(0.82, 0.75, 0.58, x, y, z)
    if y > 0.62:
        return paintwork(0.75, 0.45, 0.08, x, y, z)
    return paintwork(0.09, 0.32, 0.34, x, y, z)


@solid
def tower_dye(x, y, z):
    """Cream and brick, the slide of worn brass-coloured wood."""
    hull, slide, roof, brass, flag = tower(x, y, z)
    best = min(min(min(hull, slide), min(roof, brass)), flag)
    a = atan2(x, z)
    if best == flag:
        return canvas(0.80, 0.50, 0.10, x, y, z)
    if best == brass:
        return paintwork(0.80, 0.72, 0.55, x, y, z)
    if best == slide:
        return paintwork(0.74, 0.46, 0.10, x, y, z)
    if best == roof:
        if sin(a * 6.0) > 0.0:
            return canvas(0.075, 0.30, 0.32, x, y, z)
        return canvas(0.82, 0.75, 0.58, x, y, z)
    if sin(a * 1.0 - y * 2.0 * pi / 0.78 + 0.9) > 0.0:
        return paintwork(0.80, 0.73, 0.56, x, y, z)
    return paintwork(0.56, 0.075, 0.05, x, y, z)


@solid
def paint(x, y, z, nx, ny, nz, pose):
    """The colours of the one that pose[0] names."""
    if pose[0] < 0.5:
        return tent_dye(x, y, z, CLOTHS[int(pose[1])])
    if pose[0] < 1.5:
        return booth_dye(x, y, z)
    return tower_dye(x, y, z)


def shoot(name: str, colour: str = "brick", zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """tent, booth or tower; a tent comes in two colours."""
    number, view = STALLS[name]
    return photograph(stall, paint, view, (number, COLOURS[colour]), zoom=zoom, samples=samples)
