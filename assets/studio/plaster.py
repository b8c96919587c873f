"""A wax hand on a stand-in's arm: seven drawings of it, and the two halves of the sleeve."""

from __future__ import annotations

from math import atan2, cos, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, clamp, egg, groove, limb, mix, ramp, rod, solid, weld

HAND, UPPER, FORE = 0.0, 1.0, 2.0
# Fingers from the first to the little one: knuckle, three lengths, radius at the knuckle and at the tip.
FINGERS = (
    ((0.31, 0.93, 0.00), (0.46, 0.29, 0.21), 0.126, 0.096),
    ((0.09, 0.98, 0.03), (0.50, 0.33, 0.22), 0.130, 0.098),
    ((-0.13, 0.94, 0.02), (0.46, 0.30, 0.21), 0.124, 0.094),
    ((-0.33, 0.84, -0.02), (0.36, 0.22, 0.19), 0.108, 0.084),
)
THUMB = ((0.28, 0.20, 0.10), (0.42, 0.34, 0.26), 0.165, 0.098)
CURL = (1.40, 1.62, 1.05)
ACROSS = ((0.25, 0.60, 0.75), (-0.42, 0.52, 0.74), (-0.95, 0.22, 0.16))
# How each drawing holds them: the spread and the three bends of four fingers, three directions of the thumb, the yaw.
Bends = tuple[tuple[float, float, float, float], ...]
POSES: dict[str, tuple[Bends, tuple[tuple[float, float, float], ...], float]] = {
    "open": (
        ((0.24, 0.04, 0.12, 0.10), (0.04, -0.02, 0.08, 0.08), (-0.15, 0.02, 0.12, 0.10), (-0.38, 0.06, 0.16, 0.12)),
        ((0.80, 0.50, 0.30), (0.80, 0.62, 0.05), (0.62, 0.80, -0.05)),
        -24.0,
    ),
    "fist": (
        tuple((s, *CURL) for s in (0.03, 0.0, -0.02, -0.05)),
        ACROSS,
        -30.0,
    ),
    "point": (
        ((0.06, -0.04, 0.06, 0.06), (0.0, *CURL), (-0.02, *CURL), (-0.05, *CURL)),
        ACROSS,
        -30.0,
    ),
    "pinch": (
        ((0.05, 0.75, 0.75, 0.35), (0.03, 0.98, 0.95, 0.5), (-0.02, 1.10, 1.05, 0.6), (-0.06, 1.15, 1.1, 0.6)),
        ((0.15, 0.70, 0.75), (0.05, 0.80, 0.60), (-0.10, 0.86, 0.50)),
        -66.0,
    ),
    "thumb": (
        tuple((s, *CURL) for s in (0.03, 0.0, -0.02, -0.05)),
        ((0.76, 0.60, 0.25), (0.98, 0.25, 0.0), (1.0, 0.02, -0.12)),
        -22.0,
    ),
    "flat": (
        ((0.05, -0.03, 0.05, 0.05), (0.01, -0.04, 0.05, 0.04), (-0.03, -0.03, 0.05, 0.05), (-0.08, 0.0, 0.06, 0.06)),
        ((0.55, 0.78, 0.30), (0.18, 0.98, 0.05), (-0.02, 1.0, -0.02)),
        -20.0,
    ),
    "two": (
        ((0.16, -0.02, 0.06, 0.06), (-0.10, -0.03, 0.06, 0.06), (-0.02, *CURL), (-0.05, *CURL)),
        ((0.22, 0.60, 0.75), (-0.45, 0.50, 0.74), (-0.97, 0.10, 0.10)),
        -26.0,
    ),
}
WRIST = (0.0, -0.30, 0.0)


def step(at: tuple[float, ...], way: tuple[float, ...], far: float) -> tuple[float, float, float]:
    """A point so far along a direction of any length."""
    n = far / sqrt(sum(v * v for v in way))
    return at[0] + way[0] * n, at[1] + way[1] * n, at[2] + way[2] * n


def joints(name: str) -> list[list[tuple[float, float, float]]]:
    """The four joints of each finger in a drawing, the thumb last."""
    bends, thumb, _ = POSES[name]
    found = []
    for (root, lengths, _, _), (spread, *flex) in zip(FINGERS, bends, strict=True):
        chain, angle = [root], 0.0
        for length, more in zip(lengths, flex, strict=True):
            angle += more
            way = (sin(spread) * cos(angle), cos(spread) * cos(angle), sin(angle))
            chain.append(step(chain[-1], way, length))
        found.append(chain)
    chain = [THUMB[0]]
    for length, way in zip(THUMB[1], thumb, strict=True):
        chain.append(step(chain[-1], way, length))
    return [*found, chain]


def nail(chain: list[tuple[float, float, float]], r: float) -> tuple[float, float, float]:
    """The middle of a nail: on the outer side of the last joint's bend."""
    a, b, c = (np.array(p) for p in chain[-3:])
    along = (c - b) / np.linalg.norm(c - b)
    back = along - (b - a) / np.linalg.norm(b - a)
    back -= along * (back @ along)
    if np.linalg.norm(back) < 1e-3:
        back = np.array((0.0, 0.0, 1.0))
    x, y, z = c + along * r * 0.15 - back / np.linalg.norm(back) * r * 0.85
    return float(x), float(y), float(z)


def pose(name: str) -> tuple[float, ...]:
    """Everything the solid must know: which piece, then for each finger two radii, four joints and the nail."""
    numbers = [HAND]
    for chain, (_, _, thick, thin) in zip(joints(name), (*FINGERS, THUMB), strict=True):
        numbers += [thick, thin]
        for point in (*chain, nail(chain, thin)):
            numbers += point
    return tuple(numbers)


@solid
def finger(x, y, z, pose, f):
    """One finger, its three parts welded, a crease at each joint."""
    at = 1 + f * 17
    r0, r1 = pose[at], pose[at + 1]
    d = 9.0
    for k in range(3):
        p = at + 2 + k * 3
        ax, ay, az = pose[p], pose[p + 1], pose[p + 2]
        bx, by, bz = pose[p + 3], pose[p + 4], pose[p + 5]
        ra, rb = mix(r0, r1, k / 3.0), mix(r0, r1, (k + 1) / 3.0)
        part = limb(x, y, z, ax, ay, az, bx, by, bz, ra, rb)
        if part < 0.12:
            dx, dy, dz = bx - ax, by - ay, bz - az
            long = sqrt(dx * dx + dy * dy + dz * dz)
            h = ((x - ax) * dx + (y - ay) * dy + (z - az) * dz) / long
            part -= 0.008 * groove(h - long * 0.5, long * 0.3)
            if k > 0:
                part += 0.008 * groove(h - 0.012, 0.013) + 0.004 * groove(h - 0.055, 0.011)
        d = weld(d, part, 0.05)
    return d


@solid
def flesh(x, y, z, pose):
    """Metacarpals welded to a palm, the two mounds of it, fingers and thumb."""
    d = limb(x, y, z, 0.0, -0.45, 0.0, 0.0, 0.10, 0.0, 0.23, 0.22)
    for f in range(4):
        at = 1 + f * 17
        bone = limb(
            x, y, z, 0.13 - f * 0.085, 0.06, -0.02, pose[at + 2], pose[at + 3], pose[at + 4], 0.155, pose[at] * 1.16
        )
        d = weld(d, bone, 0.10)
    d = weld(d, egg(x - 0.20, y - 0.36, z - 0.14, 0.19, 0.30, 0.15), 0.12)
    d = weld(d, egg(x + 0.23, y - 0.36, z - 0.10, 0.15, 0.32, 0.13), 0.12)
    if z > 0.0:
        d += 0.016 * groove(x - 0.10 - 0.35 * (y - 0.35) ** 2, 0.018) * ramp(0.0, 0.2, y)
        d += 0.014 * groove(y - 0.72 + 0.25 * x, 0.016) + 0.012 * groove(y - 0.58 + 0.10 * x, 0.014)
    for f in range(4):
        d = weld(d, finger(x, y, z, pose, f), 0.045)
    return weld(d, finger(x, y, z, pose, 4), 0.075)


@solid
def nails(x, y, z, pose):
    """Distance to the nearest nail's middle."""
    d = 9.0
    for f in range(5):
        p = 1 + f * 17 + 14
        d = min(d, ball(x - pose[p], y - pose[p + 1], z - pose[p + 2], 0.0) - (0.02 if f == 4 else 0.0))
    return d


@solid
def cuff(x, y, z):
    """(starched cuff, its link, wool): the cuff stands off the wrist and goes into the sleeve."""
    r = sqrt(x * x + z * z * 1.25)
    tube = max(abs(r - 0.345 - 0.05 * (y + 0.1)) - 0.022, abs(y + 0.26) - 0.21) - 0.008
    tube += 0.007 * groove(y + 0.115, 0.008)
    link = egg(x - 0.02, y + 0.22, z - 0.335, 0.055, 0.055, 0.03)
    wool = max(abs(r - 0.405 + 0.02 * sin(y * 19 + x * 5)) - 0.035, abs(y + 0.51) - 0.21) - 0.012
    wool += 0.010 * rough(x * 6, y * 9, z * 6, 3)
    plug = rod(x, y + 0.54, z, 0.38, 0.19)
    return tube, link, min(wool, plug)


@solid
def sleeve(x, y, z, pose):
    """Half a sleeve along x, stuffed; its folds gather where the elbow is."""
    upper = pose[0] < 1.5
    half = 1.20 if upper else 1.06
    elbow = ramp(half * 0.2, half, x) if upper else ramp(-half * 0.2, -half, x)
    girth = mix(0.44, 0.385, clamp(0.5 + x / (2 * half), 0.0, 1.0)) if not upper else 0.455
    d = limb(x, y, z, -half, 0.0, 0.0, half, 0.0, 0.0, girth, girth)
    if d < 0.25:
        a = atan2(z, y)
        wave = x * 13.0 + 2.2 * sin(a + 1.0) + 1.3 * rough(x * 1.5, y * 2.0, z * 2.0, 2)
        d += (0.012 + 0.065 * elbow) * sin(wave) * (0.6 + 0.4 * cos(a * 2 + x * 3))
        d += 0.022 * rough(x * 2.2, y * 3.5, z * 3.5, 3) + 0.006 * groove(y + 0.05 * sin(x * 3), 0.016)
    return d * 0.8


@solid
def arm(x, y, z, pose):
    """The hand in its cuff, or one half of the sleeve."""
    if pose[0] > 0.5:
        return sleeve(x, y, z, pose)
    tube, link, wool = cuff(x, y, z)
    d = flesh(x, y, z, pose)
    if d < 0.08:
        d += 0.005 * rough(x * 7, y * 7, z * 7, 3) + 0.0022 * rough(x * 34, y * 34, z * 34, 2)
        d += 0.006 * groove(nails(x, y, z, pose) - 0.074, 0.010)
    return min(min(d, tube), min(link, wool)) * 0.85


@solid
def wool_dye(x, y, z, a, along):
    """Dark cloth with a chalk stripe, the weave in it, lint where it was leaned on."""
    stripe = groove(((a / (2 * pi) * 15.0) % 1.0) - 0.5, 0.055)
    weave = 0.5 + 0.5 * sin(along * 210.0) * sin(a * 90.0)
    lint = ramp(0.5, 0.9, rough(x * 20, y * 20, z * 20, 2))
    v = 0.72 + 0.30 * weave + 0.15 * rough(x * 3, y * 3, z * 3, 2) + 0.8 * lint
    chalk = stripe * (0.55 + 0.45 * weave)
    return mix(0.050 * v, 0.50, chalk), mix(0.085 * v, 0.46, chalk), mix(0.095 * v, 0.37, chalk), 0.85, 0.0, 0.1, 0.10


@solid
def wax_dye(x, y, z, pose):
    """Tinted wax: pink where blood would be, dirt in the creases, a crack or two."""
    blot = rough(x * 3.5, y * 3.5, z * 3.5, 4)
    tips = 9.0
    for f in range(5):
        p = 1 + f * 17 + 11
        tips = min(tips, ball(x - pose[p], y - pose[p + 1], z - pose[p + 2], 0.0))
    pink = clamp(0.55 * ramp(0.34, 0.05, tips) + 0.22 * blot + 0.25 * ramp(0.1, 0.5, y) * ramp(0.85, 0.6, y), 0.0, 1.0)
    crack = groove(rough(x * 3 + 8, y * 3, z * 3, 2), 0.012) * ramp(0.2, 0.6, blot)
    _, name = curls(x * 30, y * 30, z * 30)
    k = (1.0 - 0.5 * crack) * (0.96 + 0.08 * name)
    near = nails(x, y, z, pose)
    if near < 0.074:
        return 0.80, 0.56, 0.46, 0.16, 0.0, 0.25, 0.0
    return mix(0.80, 0.74, pink) * k, mix(0.565, 0.30, pink) * k, mix(0.40, 0.20, pink) * k, 0.36, 0.0, 0.32, 0.02


@solid
def dyes(x, y, z, nx, ny, nz, pose):
    """Which of them a point is made of."""
    if pose[0] > 0.5:
        return wool_dye(x, y, z, atan2(z, y), x)
    tube, link, wool = cuff(x, y, z)
    skin = flesh(x, y, z, pose)
    best = min(min(skin, tube), min(link, wool))
    if best == wool:
        return wool_dye(x, y, z, atan2(x, z), y)
    if best == tube:
        v = 0.86 - 0.10 * ramp(0.0, 0.8, rough(x * 5, y * 5, z * 5, 3)) + 0.03 * sin(y * 300.0)
        return v, v * 0.97, v * 0.90, 0.75, 0.0, 0.2, 0.03
    if best == link:
        return 0.90, 0.62, 0.20, 0.2, 0.85, 0.0, 0.0
    return wax_dye(x, y, z, pose)


def view(name: str) -> View:
    """The tripod: the wrist stays on one pixel whatever the hand does."""
    return View(430, 500, 168.0, (206.0, 366.0), yaw=POSES[name][2], pitch=4.0, reach=2.6)


SLEEVE = {
    "upper": View(640, 220, 170.0, (320.0, 110.0), yaw=0.0, pitch=8.0, reach=2.2),
    "fore": View(580, 200, 170.0, (290.0, 100.0), yaw=0.0, pitch=8.0, reach=2.2),
}


def gesture(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One of the drawings of the hand."""
    return photograph(arm, dyes, view(name), pose(name), zoom=zoom, samples=samples, pace=0.8)


def half(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """The upper or the fore half of the sleeve."""
    which = UPPER if name == "upper" else FORE
    return photograph(arm, dyes, SLEEVE[name], (which,), zoom=zoom, samples=samples, pace=0.7)
