"""A peacock of painted clay in three pieces: a body, a head to hinge on it, and a fan in five openings."""

from __future__ import annotations

from math import atan2, cos, floor, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, clamp, egg, groove, limb, mix, ramp, solid, turn, weld

BODY = View(400, 480, 205.0, (190.0, 225.0), yaw=-28.0, pitch=5.0, reach=2.0)
HEAD = View(230, 260, 205.0, (80.0, 190.0), yaw=-30.0, pitch=5.0, reach=1.6)
FAN = View(600, 368, 184.0, (300.0, 308.0), reach=1.8, eye=30.0)
# half of the fan's angle in radians
OPENINGS = {"shut": 0.10, "ajar": 0.42, "half": 0.82, "wide": 1.25, "proud": 1.72}
SHOTS = ("body", "head", *(f"fan-{name}" for name in OPENINGS))
# feathers on each side of the middle, length, where the row lies
ROWS = np.array([[9.0, 1.52, 0.0], [7.5, 1.14, 0.09], [6.0, 0.78, 0.17], [4.5, 0.46, 0.24]])


@solid
def scales(x, y, z, d, size):
    """Feathers pressed into the clay with the end of a spoon."""
    if d > 0.1:
        return d - 0.02
    far, _ = curls(x * size, y * size * 0.72, z * size)
    return d - 0.30 / size * (0.72 - far)


@solid
def trunk(x, y, z):
    """Breast, back and the stump of the neck."""
    d = egg(x + 0.05, y, z, 0.52, 0.36, 0.34)
    d = weld(d, egg(x - 0.28, y - 0.12, z, 0.30, 0.36, 0.29), 0.16)
    d = weld(d, limb(x, y, z, 0.36, 0.24, 0.0, 0.46, 0.66, 0.0, 0.20, 0.125), 0.14)
    return weld(d, egg(x + 0.52, y - 0.06, z, 0.22, 0.20, 0.20), 0.14)


@solid
def wing(x, y, z):
    """Folded against the side."""
    u, v = turn(x + 0.14, y - 0.03, -0.22)
    d = egg(u, v, abs(z) - 0.29, 0.44, 0.21, 0.085)
    fold = v * 9.0 + u * u * 3.0
    return d + 0.010 * groove(fold - floor(fold + 0.5), 0.16) * ramp(0.1, -0.2, u)


@solid
def shanks(x, y, z):
    """Legs and toes."""
    az = abs(z) - 0.13
    d = limb(x, y, az, 0.05, -0.25, 0.0, 0.00, -0.58, 0.0, 0.14, 0.055)
    d = weld(d, limb(x, y, az, 0.00, -0.58, 0.0, 0.06, -0.98, 0.0, 0.040, 0.036), 0.04)
    toe = limb(x, y, az, 0.06, -0.99, 0.0, 0.30, -1.05, 0.0, 0.042, 0.022)
    toe = weld(toe, limb(x, y, abs(az), 0.06, -0.99, 0.0, 0.24, -1.05, 0.12, 0.040, 0.022), 0.02)
    return weld(d, weld(toe, limb(x, y, az, 0.06, -0.99, 0.0, -0.10, -1.05, 0.0, 0.036, 0.02), 0.02), 0.03)


@solid
def body(x, y, z):
    """(feathers, wings, legs)."""
    return scales(x, y, z, trunk(x, y, z), 12.0), wing(x, y, z), shanks(x, y, z)


@solid
def crown(x, y, z):
    """Seven wires, a bead on each."""
    k = clamp(floor(atan2(x - 0.11, y - 0.42) / 0.16 + 0.5), -3.0, 3.0)
    a = k * 0.16 - 0.06
    tx, ty, tz = 0.11 + sin(a) * 0.40, 0.42 + cos(a) * 0.40, 0.02 * sin(k * 4.0)
    d = limb(x, y, z, 0.11, 0.42, 0.0, tx, ty, tz, 0.011, 0.009)
    return min(d, egg(x - tx, y - ty, z - tz, 0.036, 0.045, 0.03))


@solid
def head(x, y, z):
    """(feathers, beak, eyes, crown)."""
    d = limb(x, y, z, 0.0, -0.06, 0.0, 0.06, 0.28, 0.0, 0.135, 0.098)
    d = weld(d, egg(x - 0.11, y - 0.36, z, 0.155, 0.128, 0.112), 0.08)
    d = weld(d, egg(x - 0.17, y - 0.37, abs(z) - 0.075, 0.06, 0.05, 0.04), 0.03)
    beak = weld(
        limb(x, y, z, 0.22, 0.36, 0.0, 0.36, 0.315, 0.0, 0.055, 0.014),
        limb(x, y, z, 0.22, 0.31, 0.0, 0.32, 0.285, 0.0, 0.036, 0.012),
        0.01,
    )
    return scales(x, y, z, d, 17.0), beak, ball(x - 0.165, y - 0.385, abs(z) - 0.098, 0.034), crown(x, y, z)


@solid
def fan(x, y, z, half):
    """The nearest feather: (distance, along it, across it, its length)."""
    r, a = sqrt(x * x + y * y), atan2(x, y)
    away = max(abs(z - 0.12) - 0.26, r - 1.60)
    if away > 0.1:
        return away, 0.0, 0.0, 1.0
    best, bu, bv, bl = 9.0, 0.0, 0.0, 1.0
    for row in range(4):
        each, length, lift = ROWS[row, 0], ROWS[row, 1], ROWS[row, 2]
        if r > length + 0.2:
            continue
        gap = half * (1.0 - 0.06 * row) / each
        near = floor(a / gap + 0.5 * (row % 2) + 0.5)
        for n in range(-1, 2):
            k = clamp(near + n, -each + 0.5 * (row % 2), each) - 0.5 * (row % 2)
            long = length * (1.0 + 0.025 * sin(k * 7.3 + row)) * (1.0 - 0.05 * (k / each) ** 2)
            u, v = r * cos(a - k * gap), r * sin(a - k * gap)
            flat = limb(u, v, 0.0, 0.10, 0.0, 0.0, long - 0.125, 0.0, 0.0, 0.025, 0.122)
            w = z - lift - 0.020 * (k - 2.0 * floor(k * 0.5)) + 0.004 * abs(k) + 0.05 * v * v
            d = sqrt(max(flat + 0.01, 0.0) ** 2 + max(abs(w) - 0.006, 0.0) ** 2) - 0.010
            if d < best:
                best, bu, bv, bl = d, u, v, long
    ribs = 0.0022 * sin(bu * 150.0 - abs(bv) * 120.0) - 0.012 * groove(bv, 0.012)
    return best + ribs, bu, bv, bl


@solid
def bird(x, y, z, pose):
    """By pose[0]: 0 body, 1 head, 2 fan of pose[1]."""
    if pose[0] > 1.5:
        d, _, _, _ = fan(x, y, z, pose[1])
        return d * 0.7
    if pose[0] > 0.5:
        a, b, c, d = head(x, y, z)
        return min(min(a, b), min(c, d)) * 0.8
    a, b, c = body(x, y, z)
    return min(a, min(b, c)) * 0.8


@solid
def eyespot(u, v, long):
    """A feather's colours, from its quill to the eye at its end."""
    e = sqrt((u - long + 0.125) ** 2 + (v * 1.12) ** 2)
    notch = sqrt((u - long + 0.090) ** 2 + (v * 1.3) ** 2)
    if e < 0.040 and notch > 0.022:
        return 0.020, 0.020, 0.11
    if e < 0.066:
        return 0.02, 0.30, 0.44
    if e < 0.092:
        return 0.42, 0.20, 0.055
    if e < 0.106:
        return 0.60, 0.44, 0.09
    if abs(v) < 0.012:
        return 0.55, 0.46, 0.24
    t = ramp(0.2, 1.2, u)
    return mix(0.10, 0.06, t), mix(0.20, 0.26, t), mix(0.12, 0.10, t)


@solid
def plumage(x, y, z, nx, ny, nz, pose):
    """Blue that turns green where it faces up, barred wings, horn."""
    blot = rough(x * 5 + 2, y * 5, z * 5, 3)
    fine = rough(x * 30, y * 30, z * 30, 2)
    v = 0.86 + 0.22 * fine
    if pose[0] > 1.5:
        _, u, w, long = fan(x, y, z, pose[1])
        r, g, b = eyespot(u, w, long)
        v *= 0.90 + 0.14 * sin(u * 150.0 - abs(w) * 120.0) + 0.15 * blot
        return r * v, g * v, b * v, 0.42, 0.25, 0.0, 0.1
    green = clamp(0.35 + 0.5 * ny + 0.5 * blot, 0.0, 1.0)
    blue = mix(0.015, 0.03, green) * v, mix(0.075, 0.27, green) * v, mix(0.36, 0.30, green) * v
    if pose[0] > 0.5:
        a, b, c, d = head(x, y, z)
        best = min(min(a, b), min(c, d))
        if best == c:
            return 0.012, 0.008, 0.006, 0.03, 0.0, 0.0, 0.0
        if best == b:
            return 0.40 * v, 0.30 * v, 0.19 * v, 0.35, 0.0, 0.1, 0.0
        patch = abs(abs(y - 0.385) - 0.052) < 0.022 and 0.07 < x < 0.235 and abs(z) > 0.06
        if best == a and patch:
            return 0.78 * v, 0.74 * v, 0.64 * v, 0.5, 0.0, 0.1, 0.0
        return blue[0], blue[1], blue[2], 0.30, 0.25, 0.0, 0.1
    a, b, c = body(x, y, z)
    if c < min(a, b):
        bare = ramp(-0.42, -0.5, y)
        return mix(0.30, 0.24, bare) * v, mix(0.22, 0.19, bare) * v, mix(0.12, 0.15, bare) * v, 0.6, 0.0, 0.1, 0.0
    if b < a:
        bar = sin(x * 46.0 + 9.0 * y + 3.0 * blot) > 0.1
        r, g, b = (0.62, 0.50, 0.32) if bar else (0.12, 0.065, 0.035)
        tip = ramp(-0.34, -0.46, x)
        return mix(r, 0.46, tip) * v, mix(g, 0.16, tip) * v, mix(b, 0.04, tip) * v, 0.6, 0.0, 0.1, 0.0
    return blue[0], blue[1], blue[2], 0.30, 0.25, 0.0, 0.1


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """body, head, or fan- and an opening."""
    if name.startswith("fan-"):
        return photograph(bird, plumage, FAN, (2.0, OPENINGS[name[4:]]), samples, zoom, exposure=1.25)
    view, kind = (HEAD, 1.0) if name == "head" else (BODY, 0.0)
    return photograph(bird, plumage, view, (kind, 0.0), samples, zoom, exposure=1.2)
