"""A big nose of modelling wax, taken off a face that did not need it any more."""

from __future__ import annotations

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import carve, clamp, egg, groove, limb, mix, ramp, solid, weld

VIEW = View(400, 500, 278.0, (214.0, 262.0), yaw=-46.0, pitch=-20.0, reach=1.9)


@solid
def form(x, y, z):
    """Bridge, tip, wings, nostrils, and the cheek it was cut from."""
    ax = abs(x)
    d = limb(x, y, z, 0.0, 0.74, -0.04, 0.02, 0.24, 0.20, 0.13, 0.155)
    d = weld(d, limb(x, y, z, 0.02, 0.24, 0.20, 0.0, -0.26, 0.40, 0.155, 0.19), 0.14)
    d = weld(d, limb(ax, y, z, 0.12, 0.62, -0.10, 0.30, -0.28, 0.06, 0.15, 0.19), 0.26)
    d = weld(d, egg(x, y + 0.30, z - 0.44, 0.225, 0.20, 0.20), 0.10)
    d = weld(d, egg(ax - 0.06, y + 0.31, z - 0.53, 0.12, 0.13, 0.12), 0.13)
    d = weld(d, egg(ax - 0.275, y + 0.36, z - 0.22, 0.165, 0.165, 0.215), 0.09)
    d += (
        0.022
        * groove(ax - 0.25 - 0.25 * clamp(y + 0.36, -0.2, 0.3), 0.035)
        * ramp(0.15, 0.30, z)
        * ramp(-0.02, -0.2, y)
    )
    d = weld(d, limb(x, y, z, 0.0, -0.43, 0.46, 0.0, -0.50, 0.04, 0.062, 0.085), 0.09)
    d = weld(d, limb(ax, y, z, 0.0, -0.56, 0.0, 0.33, -0.46, 0.0, 0.13, 0.13), 0.12)
    d = max(d, -0.04 - z)
    hole = limb(ax, y, z, 0.150, -0.58, 0.35, 0.135, -0.36, 0.32, 0.080, 0.080)
    hole = weld(hole, limb(ax, y, z, 0.150, -0.57, 0.35, 0.190, -0.56, 0.20, 0.080, 0.062), 0.06)
    return carve(d, hole, 0.06)


@solid
def nose(x, y, z, pose):
    """With its pores and old folds."""
    d = form(x, y, z)
    if d > 0.06:
        return (d - 0.01) * 0.8
    pit, name = curls(x * 26, y * 26, z * 26)
    fine, _ = curls(x * 60, y * 60, z * 60)
    d += 0.0065 * ramp(0.34, 0.05, pit) * name + 0.0022 * (0.6 - fine)
    d += 0.006 * rough(x * 5, y * 5, z * 5, 3)
    d += 0.012 * groove(y - 0.60 - 0.3 * x * x, 0.018) * ramp(0.4, 0.1, abs(x))
    d += 0.010 * groove(y - 0.51 - 0.2 * x * x, 0.014) * ramp(0.36, 0.1, abs(x))
    wart = egg(x - 0.20, y - 0.02, z - 0.27, 0.045, 0.043, 0.045)
    return weld(d, wart, 0.03) * 0.8


@solid
def skin(x, y, z, nx, ny, nz, pose):
    """Flesh: red at the tip, veins, darkness up the nostrils."""
    ax = abs(x)
    tip = ramp(0.15, 0.62, z) * ramp(0.30, -0.25, y)
    blot = rough(x * 4, y * 4, z * 4, 4)
    vein = groove(rough(x * 7 + 4, y * 7, z * 7, 3), 0.035) * ramp(0.15, 0.5, tip + 0.3 * blot)
    wing = ramp(0.30, 0.05, egg(ax - 0.275, y + 0.36, z - 0.22, 0.165, 0.165, 0.215)) * 0.35
    red = clamp(tip * 0.75 + wing + 0.20 * blot + 0.5 * vein, 0.0, 1.0)
    r, g, b = mix(0.80, 0.66, red), mix(0.47, 0.16, red), mix(0.31, 0.105, red)
    hole = limb(ax, y, z, 0.150, -0.58, 0.35, 0.135, -0.36, 0.32, 0.080, 0.080)
    hole = weld(hole, limb(ax, y, z, 0.150, -0.57, 0.35, 0.190, -0.56, 0.20, 0.080, 0.062), 0.06)
    k = 1.0 - 0.90 * ramp(0.055, -0.01, hole)
    pit, name = curls(x * 26, y * 26, z * 26)
    k *= 1.0 - 0.35 * ramp(0.26, 0.05, pit) * name
    return r * k, g * k, b * k, 0.33, 0.0, 0.34, 0.03


def likeness(zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """Three quarters, the better side."""
    return photograph(nose, skin, VIEW, zoom=zoom, samples=samples)
