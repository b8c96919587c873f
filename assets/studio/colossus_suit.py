"""The giant's Sunday suit, cut to be hinged: trunk, skirt, arms, legs, boots. pose[0] picks the part.

Joints lie at the origin and straight below it; ends are round, so that no joint ever gapes.
"""

from __future__ import annotations

from math import atan2, floor, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import clamp, egg, groove, hoop, limb, mix, ramp, slab, solid, turn, weld

TRUNK, SKIRT, ARM, FOREARM, THIGH, SHIN, BOOT = 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0
SCALE = 110.0
PARTS = {
    "trunk": (TRUNK, View(420, 440, SCALE, (206.0, 214.0), 24.0, -2.0, reach=2.6)),
    "skirt": (SKIRT, View(380, 250, SCALE, (188.0, 56.0), 24.0, -2.0, reach=2.6)),
    "arm": (ARM, View(150, 290, SCALE, (75.0, 66.0), 14.0, 0.0, reach=2.4)),
    "forearm": (FOREARM, View(150, 260, SCALE, (75.0, 60.0), 14.0, 0.0, reach=2.4)),
    "thigh": (THIGH, View(170, 300, SCALE, (85.0, 74.0), 20.0, 0.0, reach=2.4)),
    "shin": (SHIN, View(150, 260, SCALE, (75.0, 62.0), 20.0, 0.0, reach=2.4)),
    "boot": (BOOT, View(250, 182, SCALE, (72.0, 64.0), -14.0, 6.0, reach=2.4)),
}


@solid
def creases(x, y, z, much):
    """Cloth that was worn to work: folds across, weave all over."""
    fold = rough(x * 1.6, y * 3.2 + 0.8 * x, z * 1.6, 3)
    return 0.045 * much * fold + 0.0035 * sin(x * 150 + y * 20) * sin(y * 150 - x * 20)


@solid
def stitched(u, v, a, b):
    """A patch's half-thickness field, from its flat distance: (distance, is it a stitch)."""
    d = slab(u, v, a, b, 0.05)
    along = u if abs(v) / b > abs(u) / a else v
    dash = along - floor(along / 0.075 + 0.5) * 0.075
    return d, abs(d + 0.04) < 0.014 and abs(dash) < 0.022


@solid
def body(x, y, z):
    """The man inside the coat."""
    ax = abs(x)
    d = egg(x, y - 0.35, z, 1.40, 1.30, 1.00)
    d = weld(d, egg(x, y + 0.68, z - 0.20, 1.42, 1.10, 1.10), 0.6)
    return weld(d, limb(ax, y, z, 0.45, 1.12, -0.05, 1.22, 0.85, -0.05, 0.46, 0.50), 0.4)


@solid
def opening(x, y):
    """How far inside the V of the coat a point of the front lies, negative inside."""
    return abs(x) - 0.56 * clamp((y - 0.05) / 1.25, 0.0, 1.0)


@solid
def trunk(x, y, z):
    """(coat, shirt, brass, neckerchief, patch)."""
    inner = body(x, y, z)
    v = opening(x, y) if z > 0.0 else 1.0
    cuts = creases(x, y, z, 1.0)
    coat = inner - 0.05 - cuts
    coat = max(coat, -v * 0.8) if v < 0.3 else coat
    lapel = max(inner - 0.115, max(-v * 0.8, v - 0.30 - 0.10 * sin(clamp(y - 0.7, -0.5, 0.5) * 6.0)))
    coat = weld(coat, max(lapel, -0.02 - y), 0.02) if z > 0.0 else coat
    coat = coat + 0.03 * groove(x + 0.04, 0.012) * ramp(0.06, 0.0, y) * ramp(0.2, 0.4, z)
    arms = sqrt((abs(x) - 1.28) ** 2 + (y - 0.80) ** 2) - 0.52
    coat += 0.016 * groove(arms, 0.03)
    brass = 9.0
    for n in range(3):
        by = -0.12 - 0.46 * n
        bx = 0.12
        flat = sqrt((x - bx) ** 2 + (y - by) ** 2)
        brass = min(brass, max(flat - 0.105, abs(inner - 0.09) - 0.05 + 0.3 * flat * flat))
    brass = brass if z > 0.2 else 9.0
    scarf = hoop(x, y - 1.42 - 0.12 * z, z, 0.55, 0.19)
    scarf = weld(scarf, egg(x - 0.05, y - 1.22, z - 0.80, 0.16, 0.13, 0.14), 0.06)
    scarf = weld(scarf, limb(x, y, z, 0.02, 1.15, 0.86, -0.16, 0.86, 0.98, 0.08, 0.14), 0.05)
    scarf = weld(scarf, limb(x, y, z, 0.08, 1.15, 0.86, 0.22, 0.90, 0.98, 0.08, 0.12), 0.05)
    pu, pv = turn(x + 0.86, y + 0.62, 0.22)
    flat, _ = stitched(pu, pv, 0.30, 0.26)
    patch = max(flat, inner - 0.105 - cuts) if z > 0.0 else 9.0
    return coat, inner - 0.01, brass, scarf + 0.02 * rough(x * 4, y * 9, z * 4, 2), patch


@solid
def skirt(x, y, z):
    """The tails of the coat, hung over the hips: (cloth, belt)."""
    a = atan2(x, z)
    wide = 1.30 + 0.24 * ramp(0.0, -1.5, y) + 0.05 * sin(a * 7.0 + 0.6) * ramp(-0.3, -1.4, y)
    r = sqrt(x * x + (z * 1.22) ** 2)
    d = abs(r - wide) - 0.06
    hem = -1.36 + 0.05 * sin(a * 5.0)
    d = max(max(d, hem - y), y - 0.35) * 0.8
    slit = abs(x - 0.04) - 0.10 * ramp(-0.2, -1.4, y)
    d = max(d, -slit) if z > 0.0 and y < -0.2 else d
    belt = hoop(x, y - 0.02, z * 1.22, 1.36, 0.10)
    twist = sin(a * 34.0 + y * 22.0)
    return d - creases(x, y, z, 0.6), (belt - 0.018 * twist) * 0.8


@solid
def sleeve(x, y, z, long, top, low, much):
    """A tube of cloth round a limb."""
    d = limb(x, y, z, 0.0, 0.0, 0.0, 0.0, -long, 0.0, top, low)
    return d - creases(x, y, z, much) - 0.02 * groove(y + long * 0.9, 0.10) * sin(x * 9 + y * 14)


@solid
def pinned(x, y, z, out):
    """The big button a hinged paper man has at each joint."""
    r = sqrt(x * x + y * y)
    d = max(r - 0.17, abs(z - out) - 0.06) - 0.02
    d += 0.03 * groove(r - 0.11, 0.02)
    hole = sqrt((abs(x) - 0.045) ** 2 + (abs(y) - 0.045) ** 2) - 0.022
    return max(d, -hole)


@solid
def limbs(x, y, z, pose):
    """Arm, forearm, thigh or shin: (cloth, button, patch, cuff)."""
    p = pose[0]
    far = 9.0
    if p < 2.5:
        return sleeve(x, y, z, 1.42, 0.50, 0.41, 1.0), pinned(x, y, z, 0.50), far, far
    if p < 3.5:
        d = sleeve(x, y, z, 1.28, 0.41, 0.37, 1.0)
        u, v = turn(x - 0.02, y + 0.05, 0.15)
        patch = max(egg(u, v, 0.0, 0.27, 0.34, 1.0), d - 0.045)
        cuff = max(abs(y + 1.22) - 0.19, abs(sqrt(x * x + z * z) - 0.42) - 0.06) - 0.02
        return d, far, patch if z > 0.0 else far, cuff
    if p < 4.5:
        return sleeve(x, y, z, 1.45, 0.58, 0.47, 0.8), far, far, far
    d = sleeve(x, y, z, 1.30, 0.47, 0.44, 0.9)
    u, v = turn(x - 0.12, y - 0.02, -0.18)
    flat, _ = stitched(u, v, 0.24, 0.26)
    patch = max(flat, d - 0.05) if z > 0.0 else far
    cuff = max(abs(y + 1.38) - 0.15, abs(sqrt(x * x + z * z) - 0.47) - 0.06) - 0.02
    return d, far, patch, cuff


@solid
def boot(x, y, z):
    """Size ninety-one: (leather, sole, lace)."""
    d = limb(x, y, z, 0.0, 0.20, 0.0, 0.0, -0.40, 0.0, 0.36, 0.40)
    d = weld(d, limb(x, y, z, 0.10, -0.50, 0.0, 0.72, -0.54, 0.0, 0.36, 0.31), 0.16)
    d = weld(d, egg(x - 0.98, y + 0.50, z, 0.42, 0.36, 0.40), 0.10)
    d += 0.03 * groove(x - 0.72 - 0.5 * z * z, 0.02) + 0.02 * rough(x * 4, y * 4, z * 4, 3)
    d += 0.025 * sin((x + y) * 22.0) * groove(x - 0.28, 0.14) * groove(y + 0.22, 0.2)
    d = max(d, -(y + 0.72))
    rim = hoop(x, y - 0.20, z, 0.36, 0.075)
    flat = slab(x - 0.48, z, 0.94, 0.40, 0.38)
    sole = max(flat, abs(y + 0.78) - 0.075) - 0.015
    heel = max(slab(x + 0.12, z, 0.34, 0.38, 0.2), abs(y + 0.88) - 0.09)
    arch = max(flat + 0.02, max(abs(y + 0.88) - 0.06, 0.45 - x))
    lace = 9.0
    for n in range(3):
        lx, ly = 0.28 + 0.15 * n, 0.00 - 0.14 * n
        lace = min(lace, limb(x, y, abs(z), lx, ly - 0.02, 0.0, lx - 0.10, ly - 0.12, 0.30, 0.036, 0.036))
    return weld(d, rim, 0.03), min(sole, min(heel, arch)), lace


@solid
def suit(x, y, z, pose):
    """The part that pose[0] names."""
    if pose[0] < 0.5:
        a, b, c, d, e = trunk(x, y, z)
        return min(min(min(a, b), min(c, d)), e) * 0.7
    if pose[0] < 1.5:
        a, b = skirt(x, y, z)
        return min(a, b) * 0.7
    if pose[0] < 5.5:
        a, b, c, d = limbs(x, y, z, pose)
        return min(min(a, b), min(c, d)) * 0.7
    a, b, c = boot(x, y, z)
    return min(min(a, b), c) * 0.7


@solid
def tweed(x, y, z):
    """Mustard tweed with a brown and a brick pane, faded where it was sat on."""
    wx, wy = x + 0.02 * rough(x * 3, y * 3, z * 3, 2), y + 0.02 * rough(y * 3, z * 3, x * 3, 2)
    u, v = abs(wx / 0.36 - floor(wx / 0.36 + 0.5)), abs(wy / 0.36 - floor(wy / 0.36 + 0.5))
    line = max(ramp(0.07, 0.04, u), ramp(0.07, 0.04, v)) * 0.6
    red = max(ramp(0.025, 0.012, abs(u - 0.5)), ramp(0.025, 0.012, abs(v - 0.5))) * 0.7
    fleck = 0.86 + 0.22 * rough(x * 34, y * 34, z * 34, 2)
    age = 1.0 - 0.22 * ramp(0.0, 0.9, rough(x * 1.4, y * 1.4, z * 1.4, 3))
    r, g, b = mix(0.62, 0.22, line), mix(0.37, 0.12, line), mix(0.085, 0.05, line)
    r, g, b = mix(r, 0.46, red), mix(g, 0.07, red), mix(b, 0.045, red)
    k = fleck * age
    return r * k, g * k, b * k, 0.9, 0.0, 0.12, 0.12


@solid
def trousers(x, y, z):
    """Dark teal with a chalk stripe."""
    w = x + 0.015 * rough(x * 3, y * 2, z * 3, 2)
    stripe = ramp(0.05, 0.03, abs(w / 0.20 - floor(w / 0.20 + 0.5))) * 0.5
    fleck = 0.85 + 0.25 * rough(x * 30, y * 30, z * 30, 2)
    return (
        mix(0.055, 0.42, stripe) * fleck,
        mix(0.115, 0.40, stripe) * fleck,
        mix(0.125, 0.32, stripe) * fleck,
        0.9,
        0.0,
        0.1,
        0.12,
    )


@solid
def felt(r, g, b, x, y, z):
    """Plain stuff: patches and the scarf."""
    v = 0.85 + 0.25 * rough(x * 20, y * 20, z * 20, 2)
    return r * v, g * v, b * v, 0.9, 0.0, 0.12, 0.12


@solid
def trunk_dye(x, y, z):
    """Coat, shirt, buttons, scarf, patch."""
    coat, shirt, brass, scarf, patch = trunk(x, y, z)
    best = min(min(min(coat, shirt), min(brass, scarf)), patch)
    if best == brass:
        return 0.93, 0.66, 0.22, 0.2, 0.88, 0.0, 0.0
    if best == scarf:
        spot = sin(x * 26) * sin(y * 26) * sin(z * 26 + 1) > 0.45
        return felt(0.80, 0.74, 0.58, x, y, z) if spot else felt(0.54, 0.06, 0.04, x, y, z)
    if best == patch:
        u, v = turn(x + 0.86, y + 0.62, 0.22)
        _, stitch = stitched(u, v, 0.30, 0.26)
        return felt(0.85, 0.78, 0.6, x, y, z) if stitch else felt(0.10, 0.34, 0.36, x, y, z)
    if best == shirt:
        return felt(0.78, 0.72, 0.58, x, y, z)
    return tweed(x, y, z)


@solid
def limb_dye(x, y, z, pose):
    """Sleeves are tweed, legs are striped; patches as there were."""
    cloth, button, patch, cuff = limbs(x, y, z, pose)
    best = min(min(cloth, button), min(patch, cuff))
    if best == button:
        return 0.93, 0.66, 0.22, 0.2, 0.88, 0.0, 0.0
    if best == patch and pose[0] < 3.5:
        r = sqrt((x / 0.27) ** 2 + (y / 0.34) ** 2)
        dash = atan2(x, y) * 5.0
        if abs(r - 0.82) < 0.05 and abs(dash - floor(dash + 0.5)) < 0.28:
            return felt(0.85, 0.78, 0.6, x, y, z)
        return felt(0.42, 0.12, 0.06, x, y, z)
    if best == patch:
        u, v = turn(x - 0.12, y - 0.02, -0.18)
        _, stitch = stitched(u, v, 0.24, 0.26)
        return felt(0.85, 0.78, 0.6, x, y, z) if stitch else felt(0.55, 0.08, 0.05, x, y, z)
    if pose[0] < 3.5:
        return tweed(x, y, z)
    return trousers(x, y, z)


@solid
def dye(x, y, z, nx, ny, nz, pose):
    """What each part is made of."""
    if pose[0] < 0.5:
        return trunk_dye(x, y, z)
    if pose[0] < 1.5:
        cloth, belt = skirt(x, y, z)
        return tweed(x, y, z) if cloth < belt else felt(0.55, 0.40, 0.20, x, y, z)
    if pose[0] < 5.5:
        return limb_dye(x, y, z, pose)
    leather, sole, lace = boot(x, y, z)
    if lace < leather and lace < sole:
        return 0.70, 0.60, 0.40, 0.8, 0.0, 0.0, 0.0
    if sole < leather:
        return 0.045, 0.035, 0.030, 0.5, 0.0, 0.0, 0.0
    scuff = ramp(0.3, 0.8, rough(x * 7, y * 7, z * 7, 3) + 0.5 * ramp(0.9, 1.3, x))
    return (
        mix(0.17, 0.36, scuff),
        mix(0.055, 0.17, scuff),
        mix(0.030, 0.09, scuff),
        mix(0.24, 0.6, scuff),
        0.0,
        0.05,
        0.0,
    )


def shoot(part: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One part of the suit."""
    number, view = PARTS[part]
    return photograph(suit, dye, view, (number,), zoom=zoom, samples=samples)
