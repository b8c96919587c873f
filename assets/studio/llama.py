"""A woollen llama with a woven blanket: every lock of the wool is a bump on the solid."""

from __future__ import annotations

from math import floor, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, clamp, egg, groove, limb, mix, ramp, slab, solid, weld

VIEW = View(620, 760, 226.0, (286.0, 445.0), yaw=-24.0, pitch=7.0, reach=2.2)
BLANKET = (-0.10, 0.40, -0.16)


@solid
def barrel(x, y, z):
    """The body without wool."""
    d = limb(x, y, z, -0.52, -0.02, 0.0, 0.42, 0.0, 0.0, 0.37, 0.38)
    d = weld(d, egg(x + 0.62, y - 0.06, z, 0.33, 0.36, 0.34), 0.2)
    return weld(d, egg(x - 0.55, y + 0.02, z, 0.28, 0.36, 0.30), 0.2)


@solid
def skull(x, y, z):
    """Head without wool: brow, muzzle, split lip."""
    az = abs(z)
    d = egg(x - 0.90, y - 1.22, z, 0.19, 0.17, 0.155)
    d = weld(d, limb(x, y, z, 0.98, 1.17, 0.0, 1.22, 1.09, 0.0, 0.125, 0.085), 0.10)
    d = weld(d, egg(x - 1.26, y - 1.075, az - 0.022, 0.085, 0.075, 0.06), 0.05)
    d = weld(d, egg(x - 1.19, y - 1.005, z, 0.085, 0.045, 0.06), 0.025)
    d = weld(d, egg(x - 0.99, y - 1.30, az - 0.10, 0.07, 0.04, 0.045), 0.04)
    d += 0.03 * groove(x - 1.325, 0.03) * groove(y - 1.095, 0.014) * groove(az - 0.04, 0.025)
    d += 0.012 * groove(y - 1.035 - (x - 1.2) * 0.1, 0.010) * ramp(1.08, 1.14, x)
    return d


@solid
def fleece(x, y, z):
    """Woolly parts: (distance, depth of the wool there)."""
    body = barrel(x, y, z)
    az = abs(z)
    neck = limb(x, y, z, 0.60, 0.10, 0.0, 0.80, 0.66, 0.0, 0.27, 0.19)
    neck = weld(neck, limb(x, y, z, 0.80, 0.66, 0.0, 0.88, 1.14, 0.0, 0.19, 0.15), 0.12)
    body = weld(body, neck, 0.22)
    s = 0.16 if x > 0.0 else 0.12
    px = 0.47 if x > 0.0 else -0.66
    leg = limb(x, y, az, px, -0.10, s, px - 0.02, -0.66, 0.17, 0.22, 0.115)
    body = weld(body, leg, 0.12)
    tail = limb(x, y, z, -0.90, 0.20, 0.0, -1.06, -0.06, 0.02, 0.10, 0.12)
    body = weld(body, tail, 0.10)
    tuft = egg(x - 0.90, y - 1.37, z, 0.13, 0.10, 0.11)
    head = weld(skull(x, y, z), tuft, 0.08)
    d = weld(body, head, 0.10)
    deep = 0.085 * ramp(0.95, 0.55, y) + 0.055
    deep *= ramp(1.06, 0.92, x) * ramp(-0.78, -0.55, y)
    deep *= mix(1.0, 0.35, ramp(0.88, 0.98, x) * ramp(1.0, 1.1, y) * ramp(1.36, 1.30, y))
    return d, deep


@solid
def wool(x, y, z):
    """Fleece with its locks; only worked out close by."""
    d, deep = fleece(x, y, z)
    if d > 0.16:
        return d - 0.09
    wx, wy, wz = x + 0.05 * rough(x * 3, y * 3, z * 3, 2), y, z + 0.05 * rough(z * 3, x * 3, y * 3, 2)
    big, name = curls(wx * 8.5, wy * 6.0, wz * 8.5)
    small, _ = curls(wx * 21 + name * 3, wy * 15, wz * 21)
    lock = (0.75 - big) * 0.72 + (0.6 - small) * 0.34
    strands = 0.0026 * sin(wx * 150 + wy * 60 + name * 6.0) if deep > 0.03 else 0.0
    return d - deep * lock + strands


@solid
def legs(x, y, z):
    """Short-haired shins and two toes a foot: (shin, toes)."""
    az = abs(z)
    px = 0.45 if x > 0.0 else -0.68
    step = 0.05 if (x > 0.0) == (z > 0.0) else -0.04
    shin = limb(x, y, az, px, -0.58, 0.17, px + step, -1.12, 0.17, 0.082, 0.062)
    shin = weld(shin, ball(x - px - step * 0.5, y + 0.86, az - 0.17, 0.072), 0.06)
    fx = x - px - step - 0.05
    toes = max(egg(fx, y + 1.185, abs(az - 0.17) - 0.040, 0.105, 0.075, 0.042), -(y + 1.225))
    return shin, toes


@solid
def ears(x, y, z):
    """Bananas."""
    az = abs(z)
    a = limb(x, y, az, 0.82, 1.33, 0.10, 0.775, 1.50, 0.155, 0.058, 0.060)
    a = weld(a, limb(x, y, az, 0.775, 1.50, 0.155, 0.83, 1.665, 0.13, 0.060, 0.014), 0.03)
    cup = limb(x, y, az, 0.89, 1.38, 0.145, 0.87, 1.60, 0.175, 0.04, 0.015)
    return max(a, -cup + 0.0), cup


@solid
def tack(x, y, z):
    """Blanket, its fringe, halter and pompoms: (cloth, pompom)."""
    body = barrel(x, y, z)
    shell = abs(body - 0.085 - 0.008 * rough(x * 4, y * 4, z * 4, 2)) - 0.018
    flat = slab(x - 0.5 * (BLANKET[0] + BLANKET[1]) + 0.12, 0.0, 0.36, 1.0, 0.03)
    cloth = max(shell, max(flat, BLANKET[2] - y))
    fold = x - floor(x / 0.045 + 0.5) * 0.045
    fringe = max(
        max(shell + 0.006, abs(fold) - 0.013), max(flat, abs(y - BLANKET[2] + 0.055) - 0.07 + 0.01 * sin(x * 60))
    )
    cloth = min(cloth, fringe)
    head = skull(x, y, z)
    strap = max(abs(head - 0.008) - 0.010, abs(x - 1.09 + (y - 1.1) * 0.25) - 0.024)
    strap = min(
        strap, max(abs(head - 0.008) - 0.010, max(abs(y - 1.19 + (x - 1.0) * 0.1) - 0.017, abs(x - 0.99) - 0.10))
    )
    neck = limb(x, y, z, 0.80, 0.66, 0.0, 0.88, 1.14, 0.0, 0.19, 0.15)
    band = max(abs(neck - 0.055) - 0.028, abs(y - 0.88 + (x - 0.82) * 0.5) - 0.04)
    cloth = min(cloth, min(strap, band))
    pom = ball(x - 1.06, y - 1.17, abs(z) - 0.155, 0.042)
    pom = min(pom, ball(x - 1.035, y - 0.72, z - 0.03, 0.075))
    pom = min(pom, ball(x - 1.00, y - 0.76, abs(z - 0.02) - 0.135, 0.062))
    pom = min(pom, ball(x - 0.86, y - 0.93, abs(z) - 0.235, 0.055))
    if pom < 0.08:
        tuft, _ = curls(x * 42, y * 42, z * 42)
        pom -= 0.016 * (0.7 - tuft)
    return cloth, pom


@solid
def llama(x, y, z, pose):
    """The whole animal."""
    shin, toes = legs(x, y, z)
    cloth, pom = tack(x, y, z)
    ear, _ = ears(x, y, z)
    eye = ball(x - 1.015, y - 1.245, abs(z) - 0.125, 0.043)
    d = min(weld(wool(x, y, z), shin, 0.03), toes)
    return min(min(d, min(cloth, pom)), min(weld(ear, d, 0.02), eye)) * 0.8


@solid
def pattern(x, y, z):
    """The weave of the blanket: bands of brick, mustard, teal and cream, diamonds in the middle."""
    u, v = (x + 0.03) / 0.72 + 0.5, y
    band = abs(u - 0.5) * 2.0
    thread = 0.85 + 0.15 * sin(x * 260) * sin(y * 260 + z * 260)
    diamond = abs((v * 7.0 + 20.0) % 1.0 - 0.5) + abs(u - 0.5) * 2.6
    if band > 0.90:
        r, g, b = 0.05, 0.04, 0.04
    elif band > 0.80:
        r, g, b = 0.78, 0.47, 0.08
    elif band > 0.68:
        zig = abs((v * 14.0 + 40.0) % 1.0 - 0.5) * 0.16
        r, g, b = (0.80, 0.72, 0.56) if band - 0.68 < zig + 0.02 else (0.08, 0.30, 0.32)
    elif band > 0.60:
        r, g, b = 0.80, 0.72, 0.56
    elif diamond < 0.28:
        r, g, b = 0.78, 0.47, 0.08
    elif diamond < 0.46:
        r, g, b = 0.05, 0.04, 0.04
    else:
        r, g, b = 0.52, 0.06, 0.04
    return r * thread, g * thread, b * thread


@solid
def coat(x, y, z, nx, ny, nz, pose):
    """Cream wool, brown where it is old; painted hooves, wet eyes."""
    shin, toes = legs(x, y, z)
    cloth, pom = tack(x, y, z)
    ear, cup = ears(x, y, z)
    eye = ball(x - 1.015, y - 1.245, abs(z) - 0.125, 0.043)
    hair = weld(wool(x, y, z), shin, 0.03)
    best = min(min(min(hair, toes), min(cloth, pom)), min(ear, eye))
    if best == eye:
        return 0.012, 0.008, 0.006, 0.02, 0.0, 0.0, 0.0
    if best == toes:
        return 0.06, 0.045, 0.035, 0.4, 0.0, 0.0, 0.0
    if best == pom:
        if y > 1.0 or (0.74 > y > 0.70 and abs(z) < 0.12):
            return 0.62, 0.07, 0.05, 0.9, 0.0, 0.2, 0.2
        return 0.80, 0.50, 0.09, 0.9, 0.0, 0.2, 0.2
    if best == cloth:
        if x > 0.6:
            return 0.50, 0.06, 0.04, 0.8, 0.0, 0.1, 0.1
        r, g, b = pattern(x, y, z)
        return r, g, b, 0.9, 0.0, 0.1, 0.08
    blot = 0.5 + 0.5 * rough(x * 2.2, y * 2.2, z * 2.2, 3)
    fine = 0.85 + 0.2 * rough(x * 30, y * 18, z * 30, 2)
    muzzle = max(ramp(1.12, 1.24, x), 0.8 * ramp(-0.70, -1.0, y))
    d, deep = fleece(x, y, z)
    pit = ramp(0.02, -0.035, hair * 0.0 + (d - deep * 0.28)) * ramp(0.02, 0.06, deep)
    r, g, b = mix(0.86, 0.66, blot * 0.8), mix(0.76, 0.48, blot * 0.8), mix(0.58, 0.30, blot * 0.8)
    r, g, b = mix(r, 0.22, muzzle * 0.85), mix(g, 0.13, muzzle * 0.85), mix(b, 0.085, muzzle * 0.85)
    dark = fine * (1.0 - 0.35 * pit)
    if best == ear and cup < 0.03:
        return 0.62 * fine, 0.36 * fine, 0.27 * fine, 0.9, 0.0, 0.3, 0.1
    lips = groove(y - 1.035 - (x - 1.2) * 0.1, 0.012) * ramp(1.10, 1.16, x)
    nostril = groove(x - 1.325, 0.035) * groove(y - 1.095, 0.018) * groove(abs(z) - 0.04, 0.03)
    dark *= 1.0 - 0.7 * clamp(lips + nostril, 0.0, 1.0)
    lid = ramp(0.085, 0.05, sqrt((x - 1.015) ** 2 + (y - 1.245) ** 2 + (abs(z) - 0.125) ** 2))
    dark *= 1.0 - 0.75 * lid
    return r * dark, g * dark, b * dark, 0.95, 0.0, 0.35, 0.16


def portrait(zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """It stood still for this."""
    return photograph(llama, coat, VIEW, zoom=zoom, samples=samples, pace=0.8)
