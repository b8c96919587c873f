"""Bones for dancing: a skull with its jaw, and a long bone of which a skeleton needs many."""

from __future__ import annotations

from math import sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import block, carve, clamp, egg, groove, limb, mix, ramp, solid, turn, weld
from teeth import LOWER, UPPER, denture

SKULL = View(400, 470, 218.0, (206.0, 212.0), yaw=-26.0, pitch=4.0, reach=1.9)
BONE = View(420, 144, 150.0, (210.0, 78.0), yaw=8.0, pitch=12.0, roll=0.0, reach=2.0)
RIBS = View(420, 480, 190.0, (210.0, 226.0), yaw=-20.0, pitch=6.0, reach=1.9)


@solid
def cranium(x, y, z):
    """Everything above the jaw."""
    ax = abs(x)
    d = egg(x, y - 0.33, z + 0.12, 0.60, 0.56, 0.72)
    d = weld(d, egg(x, y - 0.18, z - 0.30, 0.47, 0.42, 0.36), 0.2)
    d = weld(d, limb(ax, y, z, 0.10, 0.115, 0.60, 0.40, 0.12, 0.47, 0.085, 0.10), 0.10)
    d = weld(d, limb(ax, y, z, 0.46, 0.12, 0.42, 0.44, -0.14, 0.42, 0.085, 0.085), 0.06)
    d = weld(d, limb(ax, y, z, 0.20, -0.30, 0.52, 0.45, -0.16, 0.42, 0.12, 0.09), 0.08)
    d = weld(d, limb(ax, y, z, 0.47, -0.15, 0.38, 0.61, -0.08, -0.02, 0.062, 0.050), 0.05)
    arch = limb(ax, y, z, 0.61, -0.08, -0.02, 0.53, -0.02, -0.40, 0.050, 0.060)
    d = weld(d, egg(x, y + 0.28, z - 0.42, 0.30, 0.26, 0.27), 0.10)
    d = weld(d, limb(x, y, z, 0.0, 0.10, 0.62, 0.0, 0.0, 0.69, 0.062, 0.050), 0.05)
    d = carve(d, egg(ax - 0.66, y - 0.06, z - 0.10, 0.15, 0.28, 0.30), 0.10)
    d = weld(d, arch, 0.06)
    sx, sy = turn(ax - 0.245, y + 0.075, -0.18)
    d = carve(d, egg(sx, sy, z - 0.62, 0.170, 0.150, 0.34), 0.05)
    d = carve(d, limb(ax, y, z, 0.060, -0.27, 0.70, 0.012, -0.08, 0.74, 0.085, 0.040), 0.03)
    d = weld(d, block(x, y + 0.24, z - 0.60, 0.012, 0.09, 0.07, 0.010), 0.02)
    return d


@solid
def mandible(x, y, z):
    """The jaw."""
    ax = abs(x)
    d = limb(ax, y, z, 0.50, -0.14, -0.08, 0.46, -0.60, 0.0, 0.085, 0.095)
    d = weld(d, limb(ax, y, z, 0.46, -0.60, 0.0, 0.17, -0.83, 0.54, 0.10, 0.105), 0.06)
    d = weld(d, limb(ax, y, z, 0.0, -0.84, 0.60, 0.17, -0.82, 0.54, 0.115, 0.11), 0.06)
    return weld(d, limb(ax, y, z, 0.36, -0.62, 0.12, 0.12, -0.72, 0.55, 0.07, 0.08), 0.06)


@solid
def bites(x, y, z):
    """Teeth and the bone they stand in: (socket, teeth)."""
    s = 0.44
    g1, t1 = denture(x / s, (-0.475 - y) / s, (z - 0.37) / s, UPPER)
    g2, t2 = denture(x / s, (y + 0.655) / s, (z - 0.335) / s, LOWER)
    return min(g1, g2) * s, min(t1, t2) * s


@solid
def skull(x, y, z, pose):
    """All of it."""
    if y < 0.0:
        socket, teeth = bites(x, y, z)
    else:
        socket, teeth = y + 0.15, y + 0.15
    d = min(cranium(x, y, z), mandible(x, y, z))
    d = weld(d, socket + 0.02, 0.07)
    d += 0.005 * rough(x * 7, y * 7, z * 7, 3) + 0.004 * groove(seam(x, y, z), 0.012)
    return min(d, teeth) * 0.8


@solid
def seam(x, y, z):
    """The crooked line where the plates of a skull have grown together."""
    return z + 0.05 + 0.05 * rough(x * 16, y * 16, z * 16, 2) - 0.15 * abs(x)


@solid
def ivory(x, y, z, nx, ny, nz, pose):
    """Old bone, tea in its hollows."""
    blot = 0.5 + 0.5 * rough(x * 3, y * 3, z * 3, 4)
    fine = rough(x * 24, y * 24, z * 24, 2)
    dark = 0.0
    if pose[0] > 0.5:
        ax = abs(x)
        sx, sy = turn(ax - 0.245, y + 0.075, -0.18)
        dark = ramp(0.012, -0.05, egg(sx, sy, z - 0.56, 0.165, 0.145, 0.31)) * 0.95
        dark = max(
            dark, ramp(0.015, -0.015, limb(ax, y, z, 0.060, -0.27, 0.66, 0.012, -0.08, 0.68, 0.085, 0.040)) * 0.95
        )
        if y > 0.15:
            dark = max(dark, 0.75 * groove(seam(x, y, z), 0.010))
        if y < 0.0:
            socket, teeth = bites(x, y, z)
            if teeth < 0.004:
                root = ramp(0.025, -0.005, socket)
                return mix(0.88, 0.50, root), mix(0.80, 0.36, root), mix(0.60, 0.18, root), 0.2, 0.0, 0.15, 0.0
    crack = groove(rough(x * 2.6 + 9, y * 2.6, z * 2.6, 3) - 0.1, 0.012) * 0.5 * ramp(0.45, 0.7, blot)
    pore, _ = curls(x * 30, y * 30, z * 30)
    tea = clamp(0.75 * ramp(0.45, 0.95, blot) + 0.25 * fine + crack + 0.3 * ramp(0.2, 0.1, pore), 0.0, 1.0)
    r, g, b = mix(0.86, 0.60, tea), mix(0.77, 0.42, tea), mix(0.58, 0.22, tea)
    k = 1.0 - dark
    return r * k + 0.01, g * k + 0.007, b * k + 0.005, 0.42, 0.0, 0.22, 0.0


@solid
def bone(x, y, z, pose):
    """Shaft and four knuckles."""
    bow = 0.04 * x * x
    y -= bow - 0.03
    d = limb(x, y, z, -1.05, 0.0, 0.0, 0.0, 0.0, 0.0, 0.125, 0.092)
    d = weld(d, limb(x, y, z, 0.0, 0.0, 0.0, 1.05, 0.0, 0.0, 0.092, 0.135), 0.1)
    d = weld(d, egg(x + 1.13, abs(y + 0.01) - 0.13, z, 0.17, 0.145, 0.16), 0.12)
    d = weld(d, egg(x - 1.12, y - 0.15, z, 0.19, 0.16, 0.17), 0.12)
    d = weld(d, egg(x - 1.15, y + 0.13, z - 0.03, 0.16, 0.14, 0.16), 0.12)
    return (d + 0.008 * rough(x * 5, y * 8, z * 8, 3)) * 0.8


@solid
def ribs(x, y, z, pose):
    """Spine, breastbone, eight pairs of ribs."""
    ax = abs(x)
    n = min(max(round((0.62 - y) / 0.17), -1), 9)
    sy = y - 0.62 + n * 0.17
    spine = weld(egg(x, sy, z + 0.36, 0.085, 0.075, 0.085), egg(x, sy + 0.01, z + 0.47, 0.03, 0.05, 0.09), 0.04)
    spine = weld(spine, limb(x, y, z, 0.0, 0.75, -0.38, 0.0, -0.85, -0.38, 0.06, 0.06), 0.03)
    spine = weld(spine, egg(ax - 0.09, sy, z + 0.40, 0.07, 0.028, 0.03), 0.03)
    plate = limb(x, y, z, 0.0, 0.60, 0.33, 0.0, 0.02, 0.47, 0.062, 0.045)
    plate = weld(plate, egg(x, y - 0.62, z - 0.32, 0.12, 0.075, 0.05), 0.06)
    d = weld(spine, plate, 0.02)
    for k in range(9):
        top = 0.66 - k * 0.148
        wide = 0.62 - 0.22 * ((k - 5.0) / 5.0) ** 2 - 0.015 * k
        deep = 0.40 + 0.03 * k
        # the hoop of a rib leans forward and down; the last ones do not meet in front
        lean = 0.32 + 0.03 * k
        ry = y - top + (z + 0.36) * lean - 0.55 * ramp(0.1, 0.5, z) * ramp(0.30, 0.0, ax) * 0.12 * k
        q = sqrt((x / wide) ** 2 + ((z - 0.02) / deep) ** 2)
        flat = (q - 1.0) * min(wide, deep)
        e = sqrt((flat * 1.25) ** 2 + (ry * 0.85) ** 2) - 0.044
        if k > 5:
            e = max(e, z - 0.40 + 0.16 * (k - 5))
        d = weld(d, e, 0.025)
    return (d + 0.006 * rough(x * 7, y * 7, z * 7, 2)) * 0.62


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """skull, bone or ribs."""
    if name == "skull":
        return photograph(skull, ivory, SKULL, (1.0,), zoom=zoom, samples=samples)
    return photograph(
        bone if name == "bone" else ribs, ivory, BONE if name == "bone" else RIBS, (0.0,), zoom=zoom, samples=samples
    )
