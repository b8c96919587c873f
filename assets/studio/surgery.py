"""The instruments: a dentist's mirror, a hand drill and its wheel, a stone to whet a blade on."""

from __future__ import annotations

from math import atan2, cos, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import around, ball, block, clamp, egg, groove, limb, mix, ramp, slab, solid, turn, weld
from tin import RED, brass_dye, chipped, soot_dye

MIRROR, DRILL, WHEEL, STONE = 0.0, 1.0, 2.0, 3.0
VIEWS = {
    "mirror": View(650, 200, 190.0, (318.0, 122.0), yaw=0.0, pitch=-8.0, reach=2.4),
    "drill": View(700, 240, 190.0, (350.0, 112.0), yaw=0.0, pitch=-6.0, reach=2.4),
    "drill-wheel": View(240, 330, 190.0, (120.0, 118.0), yaw=8.0, pitch=-6.0, reach=1.6),
    "whetstone": View(500, 196, 190.0, (250.0, 84.0), yaw=-9.0, pitch=24.0, reach=1.8),
}
KIND = {"mirror": MIRROR, "drill": DRILL, "drill-wheel": WHEEL, "whetstone": STONE}


@solid
def bar(x, y, z, r, half):
    """A rod along x."""
    return slab(sqrt(y * y + z * z), x, r, half, min(r, half) * 0.3)


@solid
def mirror(x, y, z):
    """(steel, glass): a knurled handle, a bent neck, a round glass in its rim."""
    a = atan2(z, y)
    steel = bar(x + 0.55, y, z, 0.058, 1.02)
    if -1.35 < x < -0.35:
        steel += 0.008 * (sin(x * 120 + a * 8) * sin(x * 120 - a * 8))
    steel -= 0.018 * (groove(x + 0.30, 0.03) + groove(x + 1.42, 0.03))
    steel = weld(steel, limb(x, y, z, 0.45, 0.0, 0.0, 0.82, 0.10, 0.0, 0.045, 0.026), 0.04)
    steel = weld(steel, limb(x, y, z, 0.82, 0.10, 0.0, 0.96, 0.13, 0.0, 0.026, 0.03), 0.02)
    u, w = turn(x - 1.27, z, 0.28)
    off = sqrt(u * u + (y - 0.16) ** 2)
    steel = weld(steel, max(off - 0.36, abs(w) - 0.035) - 0.012, 0.03)
    face = max(off - 0.315, abs(w - 0.030) - 0.022)
    return max(steel, -max(off - 0.32, 0.02 - w)), face


@solid
def drill(x, y, z):
    """(iron, wood, bright): a handle, a painted frame, a chuck and its bit."""
    wood = weld(egg(x + 1.42, y, z, 0.34, 0.20, 0.20), bar(x + 1.12, y, z, 0.13, 0.20), 0.10)
    wood += 0.012 * (groove(x + 1.10, 0.014) + groove(x + 1.04, 0.014))
    wood = min(wood, weld(egg(x - 0.05, y - 0.42, z, 0.11, 0.15, 0.11), ball(x - 0.05, y - 0.52, z, 0.10), 0.05))
    iron = bar(x + 0.30, y, z, 0.07, 0.75)
    iron = weld(iron, block(x + 0.08, y - 0.02, z, 0.26, 0.13, 0.09, 0.05), 0.10)
    iron = weld(iron, limb(x, y, z, 0.05, 0.05, 0.0, 0.05, 0.30, 0.0, 0.06, 0.05), 0.05)
    fold, _ = around(atan2(y, z), 11)
    pinion = bar(x - 0.33, y, z, 0.15 + 0.03 * cos(fold * 11.0), 0.10)
    iron = min(iron, pinion)
    bright = weld(bar(x - 0.66, y, z, 0.11, 0.22), egg(x - 0.88, y, z, 0.16, 0.105, 0.105), 0.05)
    bright += 0.008 * sin(atan2(y, z) * 22) * ramp(0.45, 0.5, x) * ramp(0.74, 0.7, x)
    bright = min(bright, bar(x + 0.92, y, z, 0.14, 0.035))
    r, a = sqrt(y * y + z * z), atan2(y, z)
    flute = r - 0.052 + 0.022 * sin(a * 2.0 + x * 26.0)
    bit = max(flute * 0.6, abs(x - 1.36) - 0.38)
    bit = max(bit, r - (1.78 - x) * 0.5)
    return iron, wood, min(bright, bit)


@solid
def wheel(x, y, z):
    """(iron, wood, brass): cut teeth, five spokes, a crank with a knob to hold it by."""
    r, a = sqrt(x * x + y * y), atan2(y, x)
    fold, _ = around(a, 36)
    teeth = r - 0.52 - 0.022 * clamp(cos(fold * 36.0) * 2.5, -1.0, 1.0)
    rim = max(max(teeth, 0.415 - r), abs(z) - 0.055) - 0.01
    fold, _ = around(a + 0.4, 5)
    spoke = slab(r * sin(fold), z, 0.042 + 0.02 * (0.5 - r), 0.035, 0.02)
    iron = weld(rim, max(spoke, r - 0.45), 0.06)
    iron = weld(iron, max(r - 0.12, abs(z) - 0.08) - 0.01, 0.04)
    crank = limb(x, y, z, 0.0, 0.0, 0.13, 0.0, -0.86, 0.15, 0.062, 0.052)
    crank = max(crank, abs(z - 0.14) - 0.03) - 0.008
    brass = max(r - 0.075, abs(z - 0.17) - 0.06) - 0.01
    wood = weld(egg(x, y + 0.86, z - 0.34, 0.105, 0.105, 0.17), ball(x, y + 0.86, z - 0.44, 0.11), 0.05)
    return min(iron, crank), wood, brass


@solid
def stone(x, y, z):
    """(grit, wood): a stone worn hollow, let into a box without a lid."""
    grit = block(x, y - 0.10, z, 0.92, 0.13, 0.27, 0.02) + 0.030 * groove(x, 0.55) * ramp(0.1, 0.2, y)
    grit += 0.003 * rough(x * 14, y * 14, z * 14, 3)
    wood = block(x, y + 0.12, z, 1.14, 0.15, 0.40, 0.03)
    wood = max(wood, -block(x, y - 0.14, z, 0.95, 0.20, 0.30, 0.02))
    wood += 0.005 * rough(x * 1.5, y * 18, z * 18, 2)
    return grit, wood


@solid
def tool(x, y, z, pose):
    """What the tripod looks at."""
    kind = pose[0]
    if kind < 0.5:
        steel, face = mirror(x, y, z)
        return min(steel, face) * 0.85
    if kind < 1.5:
        iron, wood, bright = drill(x, y, z)
        return min(min(iron, wood), bright) * 0.8
    if kind < 2.5:
        iron, wood, brass = wheel(x, y, z)
        return min(min(iron, wood), brass) * 0.75
    grit, wood = stone(x, y, z)
    return min(grit, wood) * 0.85


@solid
def grain_dye(x, y, z, light):
    """Oiled wood, its grain along x, dark where hands have been."""
    ring = 0.5 + 0.5 * rough(x * 2.2, y * 20, z * 20, 3)
    v = mix(0.75, 1.05, 0.5 + 0.5 * rough(x * 3, y * 3, z * 3, 3)) * light
    return mix(0.30, 0.46, ring) * v, mix(0.125, 0.22, ring) * v, mix(0.045, 0.09, ring) * v, 0.32, 0.0, 0.1, 0.0


@solid
def steel_dye(blot, fine):
    """Bright steel with a bloom of rust."""
    rust = ramp(0.55, 0.9, blot + 0.3 * fine)
    return mix(0.74, 0.40, rust), mix(0.74, 0.20, rust), mix(0.73, 0.09, rust), mix(0.16, 0.5, rust), 0.93, 0.0, 0.0


@solid
def dyes(x, y, z, nx, ny, nz, pose):
    """Which of them a point is made of."""
    kind = pose[0]
    blot = rough(x * 4, y * 4, z * 4, 4)
    fine = rough(x * 20, y * 20, z * 20, 2)
    if kind < 0.5:
        steel, face = mirror(x, y, z)
        if face < steel:
            # what is seen in it: a bright window, the dark of a mouth, and the teeth along it
            v = mix(0.10, 0.95, ramp(-0.22, 0.24, y - 0.16 - 0.5 * (x - 1.27))) * mix(
                0.8, 1.0, ramp(0.02, 0.05, abs(y - 0.20 - 0.6 * (x - 1.27)))
            )
            row = groove(y + 0.02 - 0.9 * (x - 1.27) ** 2, 0.055) * ramp(0.10, 0.25, abs(((x * 9.0) % 1.0) - 0.5) * 2.0)
            return mix(v * 0.80, 0.80, row), mix(v * 0.95, 0.76, row), mix(v, 0.62, row), 0.05, 0.15, 0.0, 0.0
        return steel_dye(blot * 0.7, fine)
    if kind < 1.5:
        iron, wood, bright = drill(x, y, z)
        if bright < iron and bright < wood:
            return steel_dye(blot, fine)
        if wood < iron:
            return grain_dye(x, y, z, 1.0)
        return chipped(x, y, z, (0.05, 0.16, 0.17), blot * 0.8 + 0.15, blot, fine)
    if kind < 2.5:
        iron, wood, brass = wheel(x, y, z)
        if brass < iron and brass < wood:
            return brass_dye(blot, fine)
        if wood < iron:
            return grain_dye(z, x, y, 1.0)
        r = sqrt(x * x + y * y)
        if r > 0.46 and z < 0.1:
            return soot_dye(blot - 0.4, fine)
        return chipped(x, y, z, RED, blot * 0.8 + 0.12 + 0.2 * ramp(0.40, 0.46, r), blot, fine)
    grit, wood = stone(x, y, z)
    if grit < wood:
        oil = ramp(0.0, 0.6, blot + 0.6 * groove(x, 0.6))
        speck = 0.85 + 0.25 * fine
        return (
            mix(0.36, 0.17, oil) * speck,
            mix(0.37, 0.19, oil) * speck,
            mix(0.35, 0.18, oil) * speck,
            mix(0.8, 0.35, oil),
            0.0,
            0.0,
            0.0,
        )
    return grain_dye(x, y, z, 1.15)


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """mirror, drill, drill-wheel or whetstone."""
    return photograph(tool, dyes, VIEWS[name], (KIND[name],), zoom=zoom, samples=samples, pace=0.8)
