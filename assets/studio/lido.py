"""The pool's ironware: a board that bends, its tower, the ladder, a swimming ring, a sun umbrella."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from cabaret import brass, lacquer, timber
from march import View, photograph
from noise import rough
from solids import around, ball, block, groove, hoop, limb, mix, ramp, rod, solid, weld

# how far the free end hangs, in lengths of the board
BEND = {"level": -0.04, "down": -0.26, "low": -0.44, "up": 0.20}
PLANK = View(820, 470, 330.0, (440.0, 170.0), yaw=12.0, pitch=9.0, reach=1.9)
VIEWS = {
    **{f"board-{name}": (PLANK, (0.0, bend)) for name, bend in BEND.items()},
    "tower": (View(470, 910, 300.0, (240.0, 430.0), yaw=24.0, pitch=7.0, reach=2.0), (1.0, 0.0)),
    "ring": (View(420, 290, 182.0, (210.0, 140.0), yaw=0.0, pitch=36.0, reach=1.6), (2.0, 0.0)),
    "umbrella": (View(760, 800, 300.0, (380.0, 330.0), yaw=10.0, pitch=-4.0, roll=7.0, reach=2.2), (3.0, 0.0)),
    "ladder": (View(300, 560, 220.0, (150.0, 270.0), yaw=-32.0, pitch=12.0, reach=1.8), (4.0, 0.0)),
}


@solid
def board(x, y, z, bend):
    """(plank, mat): it is held at x = 1 and free at x = -1.1."""
    s = max(0.55 - x, 0.0) / 1.65
    y -= bend * s * s * 1.65
    slope = sqrt(1.0 + (2 * bend * s) ** 2)
    plank = block(x, y, z, 1.12, 0.042, 0.24, 0.025) / slope
    mat = block(x + 0.20, y - 0.045, z, 0.88, 0.018, 0.20, 0.012) / slope
    return plank, mat


@solid
def tower(x, y, z):
    """(painted pipe, rungs, concrete): four legs, a ladder on its back, two rails."""
    az = abs(z) - 0.24
    pipe = limb(x, y, az, 0.10, -1.25, 0.08, 0.02, 0.62, 0.0, 0.045, 0.045)
    pipe = weld(pipe, limb(x, y, az, 0.48, -1.25, 0.08, 0.40, 0.62, 0.0, 0.045, 0.045), 0.02)
    pipe = weld(pipe, limb(x, y, az, -0.46, -1.25, 0.04, -0.02, 0.30, 0.0, 0.045, 0.045), 0.03)
    pipe = min(pipe, limb(x, y, az, -0.16, 0.60, 0.0, 0.46, 0.60, 0.0, 0.042, 0.042))
    rail = limb(x, y, az, 0.42, 0.60, 0.02, 0.42, 1.10, 0.02, 0.034, 0.034)
    rail = weld(rail, limb(x, y, az, 0.42, 1.10, 0.02, -0.14, 1.06, 0.02, 0.034, 0.034), 0.06)
    rail = weld(rail, limb(x, y, az, -0.14, 1.06, 0.02, -0.14, 0.60, 0.02, 0.034, 0.034), 0.06)
    k = min(max(round((y + 1.0) / 0.26), 0), 5)
    ry = y + 1.0 - k * 0.26
    lean = 0.48 - 0.043 * (y + 1.25)
    rung = sqrt((x - lean) ** 2 + ry * ry) - 0.03
    rung = max(rung, abs(z) - 0.27)
    drum = rod(x + 0.10, sqrt(0.0) + z, y - 0.66, 0.09, 0.30)
    slab_ = block(x - 0.02, y + 1.30, z, 0.64, 0.07, 0.46, 0.03) + 0.01 * rough(x * 6, y * 6, z * 6, 2)
    return min(pipe, drum), min(rung, rail), slab_


@solid
def umbrella(x, y, z):
    """(canvas, pole): eight scalloped gores."""
    q = sqrt(x * x + z * z)
    fold, n = around(atan2(x, z), 8)
    flat = q * cos(fold) / cos(pi / 8)
    dome = 0.80 - 0.46 * (flat / 1.1) ** 1.7 - 0.05 * cos(fold * 8) * -((q / 1.1) ** 2)
    cloth = (abs(y - dome) - 0.014) * 0.72
    cloth = max(cloth, flat - 1.06)
    skirt = max(abs(flat - 1.06) - 0.014, abs(y - dome + 0.08 + 0.03 * cos(fold * 16)) - 0.085) * 0.8
    cloth = min(cloth, skirt)
    pole = limb(x, y, z, 0.0, -1.50, 0.0, 0.0, 0.84, 0.0, 0.038, 0.034)
    pole = min(pole, ball(x, y - 0.90, z, 0.065))
    return cloth, pole, n


@solid
def ladder(x, y, z):
    """(chrome, treads): two hooks over the rim of the pool."""
    ax = abs(x) - 0.40
    pipe = limb(ax, y, z, 0.0, -1.10, 0.20, 0.0, 0.70, 0.20, 0.055, 0.055)
    q = sqrt((y - 0.70) ** 2 + (z + 0.10) ** 2) - 0.30
    arch = max(sqrt(q * q + ax * ax) - 0.055, 0.70 - y)
    pipe = min(min(pipe, arch), limb(ax, y, z, 0.0, 0.20, -0.40, 0.0, 0.70, -0.40, 0.055, 0.055))
    k = min(max(round((y + 0.90) / 0.38), 0), 3)
    tread = block(x, y + 0.90 - k * 0.38, z - 0.20, 0.40, 0.03, 0.11, 0.015)
    return pipe, tread


@solid
def thing(x, y, z, pose):
    """What pose[0] names; pose[1] bends the board."""
    k = int(pose[0] + 0.5)
    if k == 0:
        a, b = board(x, y, z, pose[1])
        return min(a, b) * 0.8
    if k == 1:
        a, b, c = tower(x, y, z)
        return min(min(a, b), c) * 0.9
    if k == 2:
        pucker = 0.012 * groove((atan2(x, z) * 8 / pi) % 1.0 - 0.5, 0.06)
        d = hoop(x, y, z, 0.72, 0.30) + pucker + 0.006 * rough(x * 3, y * 3, z * 3, 2)
        return min(d, rod(x - 0.50, y - 0.28, z - 0.52, 0.035, 0.06)) * 0.9
    if k == 3:
        a, b, _ = umbrella(x, y, z)
        return min(a, b) * 0.85
    a, b = ladder(x, y, z)
    return min(a, b) * 0.9


@solid
def chrome(x, y, z):
    """Bathed metal: bright, with rust at its joints."""
    rust = ramp(0.55, 0.85, rough(x * 5, y * 5, z * 5, 3) + 0.2 * rough(x * 24, y * 24, z * 24, 2))
    return (
        mix(0.80, 0.34, rust),
        mix(0.82, 0.17, rust),
        mix(0.82, 0.08, rust),
        mix(0.14, 0.6, rust),
        0.92 * (1 - rust),
        0.0,
        0.0,
    )


@solid
def cotton(x, y, z, r, g, b):
    """Canvas that has been left out in the sun."""
    v = 0.92 + 0.05 * sin(x * 210) * sin(y * 210) + 0.10 * rough(x * 4, y * 4, z * 4, 3)
    return r * v, g * v, b * v, 0.9, 0.0, 0.45, 0.05


@solid
def finish(x, y, z, nx, ny, nz, pose):
    """What it is made of."""
    k = int(pose[0] + 0.5)
    fine = rough(x * 24, y * 24, z * 24, 2)
    if k == 0:
        plank, mat = board(x, y, z, pose[1])
        if mat < plank:
            v = 0.75 + 0.35 * fine + 0.12 * sin(x * 120) * sin(z * 120)
            return 0.66 * v, 0.52 * v, 0.30 * v, 0.95, 0.0, 0.2, 0.15
        if x < -0.92:
            return lacquer(x, y, z, 0.56, 0.075, 0.045, 0.25)
        if abs(z) > 0.22 and int((x + 9.0) * 5) % 2 == 0:
            return lacquer(x, y, z, 0.80, 0.74, 0.58, 0.18)
        return lacquer(x, y, z, 0.10, 0.33, 0.35, 0.20)
    if k == 1:
        pipe, rung, stone = tower(x, y, z)
        if stone < pipe and stone < rung:
            v = 0.85 + 0.25 * rough(x * 5, y * 5, z * 5, 4) + 0.1 * fine
            return 0.52 * v, 0.48 * v, 0.40 * v, 0.95, 0.0, 0.1, 0.0
        if rung < pipe:
            return chrome(x, y, z)
        return lacquer(x, y, z, 0.10, 0.33, 0.35, 0.12 + 0.3 * ramp(-0.95, -1.2, y))
    if k == 2:
        fold, n = around(atan2(x, z) + 0.2, 8)
        worn = 0.35 * groove(abs(fold) - pi / 8, 0.03)
        if y > 0.26 and sqrt((x - 0.50) ** 2 + (z - 0.52) ** 2) < 0.06:
            return brass(x, y, z)
        if int(n + 16.0) % 2 == 0:
            return lacquer(x, y, z, 0.62, 0.085, 0.05, worn - 0.10)
        return lacquer(x, y, z, 0.86, 0.80, 0.66, worn - 0.10)
    if k == 3:
        canvas, pole, n = umbrella(x, y, z)
        if pole < canvas:
            return timber(y, x, z, 0.7)
        if int(n + 16.0) % 2 == 0:
            return cotton(x, y, z, 0.80, 0.47, 0.10)
        return cotton(x, y, z, 0.84, 0.78, 0.62)
    pipe, tread = ladder(x, y, z)
    if tread < pipe:
        return timber(x, y, z, 0.9)
    return chrome(x, y, z)


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One of VIEWS."""
    view, pose = VIEWS[name]
    return photograph(thing, finish, view, pose, zoom=zoom, samples=samples, pace=0.8)
