"""What the tin rocket is painted with: brass, turned wood, soot, and printed tin that chips down to rust."""

from __future__ import annotations

from math import pi

from noise import rough
from solids import around, groove, mix, ramp, slab, solid, star

RED = (0.56, 0.070, 0.040)
TEAL = (0.10, 0.33, 0.35)
CREAM = (0.80, 0.74, 0.60)
OCHRE = (0.80, 0.50, 0.10)
GOLD = (0.85, 0.56, 0.11)
INK = (0.035, 0.030, 0.028)


@solid
def brass_dye(blot, fine):
    """Brass, tarnished in patches."""
    tarnish = ramp(-0.2, 0.9, blot + fine * 0.4)
    return mix(0.93, 0.42, tarnish), mix(0.66, 0.26, tarnish), mix(0.22, 0.10, tarnish), 0.22, 0.85, 0.0, 0.0


@solid
def wood_dye(x, y, z, blot, fine):
    """Red lacquer over turned wood; the bare wood shows where it was dropped."""
    ring = 0.5 + 0.5 * rough(x * 4, y * 30, z * 4, 2)
    chip = ramp(0.62, 0.7, blot + fine * 0.35)
    red, green = mix(mix(0.58, 0.50, ring), 0.62, chip), mix(mix(0.075, 0.055, ring), 0.42, chip)
    return red, green, mix(0.045, 0.24, chip), 0.30, 0.0, 0.1, 0.0


@solid
def soot_dye(blot, fine):
    """Dark metal, burnt by a fire it never had."""
    soot = ramp(-0.3, 0.8, fine + blot)
    v = mix(0.34, 0.10, soot)
    return v, v * 0.96, v * 0.90, 0.38, 0.8, 0.0, 0.0


@solid
def fin_print(flat):
    """A fin's colour and how worn it is, from the distance to its outline: edges lose their paint first."""
    dye = OCHRE if abs(flat + 0.085) < 0.014 else RED
    return dye, 0.42 * ramp(-0.05, 0.02, flat)


@solid
def band(y, a, g, door):
    """The lithographed bands of the hull, nose to tail; g is its girth, which keeps the stars from stretching."""
    if y > 0.80:
        return RED
    if y > 0.70:
        return TEAL
    if -0.70 < y < -0.56:
        check = int((a + pi) / (2 * pi) * 32) + int((y + 0.70) / 0.07)
        return INK if check % 2 == 0 else CREAM
    if y < -0.70:
        fold, _ = around(a + 0.1, 8)
        return GOLD if star(fold * g, y + 0.83, 5, 0.072, 2.4) < 0.0 else TEAL
    if door < 0.012:
        return OCHRE
    return RED if -0.50 < y < -0.47 or 0.27 < y < 0.30 else CREAM


@solid
def hull_print(y, a, g):
    """The hull's colour and how worn it is: swages, tail and the rim of the hatch rub against everything."""
    edge = groove(y - 0.36, 0.08) + groove(y + 0.53, 0.09) + ramp(-0.98, -1.09, y)
    fold, _ = around(a - pi * 1.08, 1)
    door = slab(fold * g, y + 0.02, 0.17, 0.26, 0.07)
    if door < 0.012:
        edge += ramp(-0.03, 0.01, door)
    return band(y, a, g, door), 0.30 * edge


@solid
def chipped(x, y, z, dye, worn, blot, fine):
    """Printed tin as it has aged: dirt over the colour, a dark rim round each chip, rusty metal in it."""
    chip = ramp(0.64, 0.69, worn)
    scratch = rough(x * 34, y * 3.0, z * 34, 2)
    chip = max(chip, 0.75 * ramp(0.80, 0.92, scratch + 0.15 * blot))
    rim = ramp(0.54, 0.64, worn) * (1.0 - chip)
    dirt = 1.0 - 0.30 * ramp(-0.2, 0.9, rough(x * 3, y * 1.6, z * 3 + 4, 3)) - 0.45 * rim
    rust = ramp(0.1, 0.8, fine)
    red = mix(dye[0] * dirt, mix(0.58, 0.30, rust), chip)
    green = mix(dye[1] * dirt, mix(0.55, 0.17, rust), chip)
    blue = mix(dye[2] * dirt, mix(0.50, 0.09, rust), chip)
    return red, green, blue, mix(0.24, 0.36, chip), 0.85 * chip, 0.0, 0.0
