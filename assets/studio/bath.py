"""The bathroom: a bath on claws, whole and its front alone, a swan-necked tap, a soap and a pail."""

from __future__ import annotations

from math import cos, exp, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, block, clamp, egg, groove, hoop, limb, mix, ramp, rod, slab, solid, turn, weld
from tin import brass_dye

WHOLE, FRONT, TAP, SOAP, PAIL = 0.0, 1.0, 2.0, 3.0, 4.0
LONG, WIDE, BRIM, DEEP, WATER = 1.52, 0.70, 0.50, 1.06, 0.36
VIEWS = {
    "tub": View(860, 480, 244.0, (430.0, 236.0), pitch=19.0, yaw=0.0, reach=2.2),
    "tub-front": View(860, 480, 244.0, (430.0, 236.0), pitch=19.0, yaw=0.0, reach=2.2),
    "tap": View(360, 420, 250.0, (140.0, 236.0), yaw=-14.0, pitch=6.0, reach=1.8),
    "soap": View(230, 150, 200.0, (115.0, 76.0), yaw=-24.0, pitch=26.0, reach=1.2),
    "pail": View(300, 400, 200.0, (150.0, 268.0), yaw=-20.0, pitch=3.0, reach=2.0),
}
KIND = {"tub": WHOLE, "tub-front": FRONT, "tap": TAP, "soap": SOAP, "pail": PAIL}


@solid
def oval(x, z, a, b):
    """Distance to an ellipse on the floor, near enough."""
    k0 = sqrt((x / a) ** 2 + (z / b) ** 2)
    k1 = sqrt((x / (a * a)) ** 2 + (z / (b * b)) ** 2)
    return -b if k1 < 1e-5 else k0 * (k0 - 1.0) / k1


@solid
def hull(x, y, z):
    """Distance to the outside of the bath, as if it were a boat without end above."""
    t = clamp((BRIM - y) / DEEP, 0.0, 0.999)
    s = (1.0 - t**2.6) ** 0.42 * mix(1.0, 0.93, t)
    side = oval(x, z, LONG * s + 0.02, WIDE * s + 0.02)
    return max(side, BRIM - DEEP - y) * 0.8


@solid
def tub(x, y, z):
    """(iron, claws, water): the wall with its rolled brim, four brass feet, what it was filled with."""
    far = hull(x, y, z)
    wall = max(max(far, -far - 0.075), y - BRIM)
    roll = sqrt(oval(x, z, LONG + 0.03, WIDE + 0.03) ** 2 + (y - BRIM + 0.01) ** 2) - 0.062
    iron = weld(wall, roll, 0.05)
    fx, fz = abs(x) - 0.98, abs(z) - 0.33
    leg = limb(fx, y, fz, -0.06, -0.36, -0.02, 0.03, -0.60, 0.10, 0.15, 0.07)
    leg = weld(leg, egg(fx + 0.02, y + 0.40, fz - 0.10, 0.14, 0.12, 0.06), 0.05)
    leg = min(leg, ball(fx - 0.03, y + 0.75, fz - 0.12, 0.085))
    for k in range(3):
        a = -0.9 + 0.9 * k
        toe = limb(fx, y, fz, 0.03, -0.62, 0.12, 0.03 + 0.11 * sin(a), -0.74, 0.12 + 0.11 * cos(a), 0.04, 0.034)
        toe = weld(
            toe,
            limb(
                fx,
                y,
                fz,
                0.03 + 0.11 * sin(a),
                -0.74,
                0.12 + 0.11 * cos(a),
                0.03 + 0.08 * sin(a),
                -0.83,
                0.12 + 0.08 * cos(a),
                0.034,
                0.02,
            ),
            0.02,
        )
        leg = weld(leg, toe, 0.03)
    wave = 0.010 * sin(x * 9.0 + 2.0 * rough(x * 2, z * 2, 1.0, 2)) + 0.012 * rough(x * 3, z * 6, 4.0, 2)
    top = y - WATER - wave
    shore = ramp(-0.42, -0.10, far + 0.05 + 0.20 * rough(x * 2.0, z * 3.0, 7.0, 2))
    if shore > 0.02 and abs(top) < 0.3:
        d, name = curls(x * 8.5, 0.5, z * 8.5)
        top -= shore * (0.10 * max(0.0, 0.75 - d) + 0.03 * name)
    return iron, leg, max(top * 0.7, far + 0.04)


@solid
def tap(x, y, z):
    """(brass, china): a column with a swan's neck and two crosses to turn, a china button on each."""
    pipe = limb(x, y, z, 0.0, -0.62, 0.0, 0.0, 0.30, 0.0, 0.075, 0.070)
    if y > 0.30:
        pipe = min(pipe, sqrt((sqrt((x - 0.30) ** 2 + (y - 0.30) ** 2) - 0.30) ** 2 + z * z) - 0.070)
    pipe = min(pipe, limb(x, y, z, 0.60, 0.30, 0.0, 0.60, 0.14, 0.0, 0.070, 0.066))
    pipe = weld(pipe, rod(x - 0.60, y - 0.10, z, 0.092, 0.045), 0.02)
    pipe = max(pipe, -rod(x - 0.60, y - 0.06, z, 0.055, 0.05))
    pipe = weld(pipe, rod(x, y + 0.64, z, 0.17, 0.04), 0.03)
    pipe = weld(pipe, rod(x, y + 0.58, z, 0.12, 0.05), 0.03)
    pipe = weld(pipe, rod(x, y - 0.27, z, 0.10, 0.025), 0.02)
    pipe = weld(pipe, limb(x, y, z, -0.30, -0.26, 0.0, 0.30, -0.26, 0.0, 0.075, 0.075), 0.06)
    button = 9.0
    for k in range(2):
        cx = 0.30 if k else -0.30
        pipe = weld(pipe, limb(x, y, z, cx, -0.26, 0.0, cx, -0.26, 0.20, 0.085, 0.055), 0.04)
        u, v = turn(x - cx, y + 0.26, 0.35 if k else -0.2)
        arm = min(
            limb(u, v, z, -0.17, 0.0, 0.22, 0.17, 0.0, 0.22, 0.03, 0.03),
            limb(u, v, z, 0.0, -0.17, 0.22, 0.0, 0.17, 0.22, 0.03, 0.03),
        )
        knob = ball(abs(u) - 0.17, v, z - 0.22, 0.05)
        knob = min(knob, ball(u, abs(v) - 0.17, z - 0.22, 0.05))
        pipe = min(pipe, weld(weld(arm, knob, 0.02), ball(u, v, z - 0.22, 0.065), 0.02))
        button = min(button, egg(u, v, z - 0.265, 0.058, 0.058, 0.035))
    return pipe, button


@solid
def soap(x, y, z):
    """(cake, suds)."""
    cake = block(x, y, z, 0.40, 0.13, 0.25, 0.12)
    cake = weld(cake, egg(x, y, z, 0.40, 0.17, 0.25), 0.08)
    cake += 0.018 * groove(slab(x, z, 0.27, 0.13, 0.08), 0.022) * ramp(0.05, 0.10, y)
    cake += 0.008 * rough(x * 4, y * 4, z * 4, 3)
    suds = 9.0
    for k in range(14):
        a = k * 2.4
        r = 0.045 + 0.035 * (0.5 + 0.5 * sin(k * 5.7))
        suds = min(
            suds, ball(x - 0.36 - 0.13 * cos(a) * (0.4 + 0.05 * k), y + 0.06 - 0.012 * k, z - 0.10 - 0.13 * sin(a), r)
        )
    return cake, suds


@solid
def pail(x, y, z):
    """(tin, wire): ribs, a rolled rim, two ears and a handle that stands up."""
    r = sqrt(x * x + z * z)
    wide = 0.50 + 0.20 * y
    tin = max(abs(r - wide) * 0.98 - 0.020, abs(y + 0.05) - 0.55)
    tin -= 0.014 * (groove(y - 0.28, 0.03) + groove(y + 0.30, 0.03))
    tin = min(tin, hoop(x, y - 0.50, z, 0.605, 0.033))
    tin = min(tin, rod(x, y + 0.56, z, 0.385, 0.025))
    tin = min(tin, rod(x, y - 0.36, z, 0.55, 0.01))
    ear = block(abs(x) - 0.60, y - 0.42, z, 0.035, 0.10, 0.09, 0.03)
    arch = sqrt((sqrt(x * x + (y - 0.46) ** 2 * 0.62) - 0.63) ** 2 + z * z) - 0.022
    arch = max(arch, 0.44 - y)
    grip = rod(y - 1.26, x, z, 0.062, 0.16)
    return min(tin, ear) + 0.004 * rough(x * 3, y * 3, z * 3, 2), min(arch, grip)


@solid
def fixture(x, y, z, pose):
    """What the tripod looks at."""
    kind = pose[0]
    if kind < 1.5:
        iron, leg, water = tub(x, y, z)
        d = min(min(iron, leg), water)
        return max(d, 0.03 - z) * 0.7 if kind > 0.5 else d * 0.7
    if kind < 2.5:
        pipe, button = tap(x, y, z)
        return min(pipe, button) * 0.9
    if kind < 3.5:
        cake, suds = soap(x, y, z)
        return min(cake, suds) * 0.9
    tin, wire = pail(x, y, z)
    return min(tin, wire) * 0.85


@solid
def enamel(x, y, z, inside):
    """Cream enamel: crazed, chipped to black iron where it was kicked, rust run down within."""
    blot = rough(x * 2.5, y * 2.5, z * 2.5, 4)
    k = 0.96 + 0.05 * blot
    if inside > 0.5:
        run = ramp(0.35, 0.8, rough(x * 7, y * 0.8, z * 7, 2))
        return (
            mix(0.88, 0.70, run * 0.5) * k,
            mix(0.86, 0.52, run * 0.5) * k,
            mix(0.79, 0.34, run * 0.5) * k,
            0.09,
            0.0,
            0.1,
            0.0,
        )
    low = ramp(0.0, -0.55, y)
    worn = rough(x * 2.6, y * 2.6, z * 2.6 + 3, 4) + 0.22 * low + 0.24 * groove(y - BRIM - 0.03, 0.03)
    chip = ramp(0.60, 0.66, worn)
    edge = ramp(0.50, 0.60, worn) * (1.0 - chip)
    dirt = 1.0 - 0.35 * low * ramp(-0.3, 0.7, blot) - 0.35 * edge
    rust = ramp(0.0, 0.8, rough(x * 16, y * 16, z * 16, 2))
    return (
        mix(0.84 * dirt, mix(0.07, 0.24, rust), chip),
        mix(0.79 * dirt, mix(0.06, 0.11, rust), chip),
        mix(0.66 * dirt, mix(0.055, 0.05, rust), chip),
        mix(0.10, 0.6, chip),
        0.0,
        0.1,
        0.0,
    )


@solid
def tub_dye(x, y, z, blot, fine):
    """Enamel, brass or bath water."""
    iron, leg, water = tub(x, y, z)
    if leg < iron and leg < water:
        return brass_dye(blot, fine)
    if water < iron:
        far = hull(x, y, z)
        shore = ramp(-0.42, -0.10, far + 0.05 + 0.20 * rough(x * 2.0, z * 3.0, 7.0, 2))
        d, _ = curls(x * 26, 0.5, z * 26)
        foam = shore * (0.85 + 0.15 * ramp(0.5, 0.1, d))
        v = 1.0 + 0.5 * rough(x * 4, z * 8, 2.0, 3)
        return (
            mix(0.10 * v, 0.88, foam),
            mix(0.34 * v, 0.90, foam),
            mix(0.38 * v, 0.90, foam),
            mix(0.04, 0.4, foam),
            mix(0.18, 0.0, foam),
            0.25 * foam,
            0.0,
        )
    return enamel(x, y, z, 1.0 if hull(x, y, z) < -0.045 and y < BRIM - 0.03 else 0.0)


@solid
def dyes(x, y, z, nx, ny, nz, pose):
    """Which of them a point is made of."""
    kind = pose[0]
    blot = rough(x * 4, y * 4, z * 4, 4)
    fine = rough(x * 20, y * 20, z * 20, 2)
    if kind < 1.5:
        return tub_dye(x, y, z, blot, fine)
    if kind < 2.5:
        pipe, button = tap(x, y, z)
        if button < pipe:
            mark = ramp(0.024, 0.018, abs(abs(x) - 0.30))
            return (
                mix(0.86, 0.55 if x > 0 else 0.12, mark),
                mix(0.83, 0.12 if x > 0 else 0.25, mark),
                mix(0.74, 0.08 if x > 0 else 0.40, mark),
                0.08,
                0.0,
                0.1,
                0.0,
            )
        return brass_dye(blot - 0.15, fine)
    if kind < 3.5:
        cake, suds = soap(x, y, z)
        if suds < cake:
            return 0.86, 0.90, 0.92, 0.06, 0.15, 0.3, 0.0
        crack = groove(rough(x * 3 + 2, y * 3, z * 3, 2), 0.02) * 0.3
        v = (0.97 + 0.06 * blot) * (1.0 - crack)
        return 0.80 * v, 0.40 * v, 0.38 * v, 0.28, 0.0, 0.35, 0.0
    tin, wire = pail(x, y, z)
    if wire < tin and y > 1.18 and abs(x) < 0.17:
        v = 0.85 + 0.2 * rough(x * 30, y * 5, z * 5, 2)
        return 0.52 * v, 0.27 * v, 0.12 * v, 0.4, 0.0, 0.1, 0.0
    spangle, name = curls(x * 7, y * 7, z * 7)
    rust = ramp(0.35, 0.75, blot + 0.25 * exp(-(((y + 0.58) / 0.10) ** 2)) + 0.2 * exp(-(((y - 0.5) / 0.05) ** 2)))
    v = 0.50 + 0.16 * name + 0.05 * spangle
    return (
        mix(v, 0.30, rust),
        mix(v * 0.99, 0.15, rust),
        mix(v * 0.96, 0.07, rust),
        mix(0.34, 0.7, rust),
        mix(0.75, 0.1, rust),
        0.0,
        0.0,
    )


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """tub, tub-front, tap, soap or pail."""
    return photograph(fixture, dyes, VIEWS[name], (KIND[name],), zoom=zoom, samples=samples, pace=0.8)
