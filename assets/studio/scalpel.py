"""A surgeon's scalpel: forged handle with a grip, a thin blade in its slot."""

from __future__ import annotations

from math import sin

import numpy as np
from march import View, photograph
from noise import rough
from solids import block, groove, mix, outline, plate, ramp, solid, weld

VIEW = View(560, 104, 150.0, (276.0, 51.0), yaw=-5.0, pitch=-19.0, roll=1.5, reach=2.2)
BLADE_X = np.array([0.72, 1.05, 1.30, 1.52, 1.66, 1.74, 1.72, 1.60, 1.40, 1.12, 0.72])
BLADE_Y = np.array([-0.085, -0.10, -0.135, -0.130, -0.085, -0.01, 0.045, 0.075, 0.10, 0.115, 0.105])


@solid
def parts(x, y, z):
    """(handle, blade): the handle lies along x, its flat side up."""
    half = 0.105 - 0.022 * groove(x + 0.35, 0.45) - 0.02 * ramp(0.4, 0.75, x)
    handle = block(x + 0.46, y, z, 1.27, half, 0.052, 0.026)
    # a little bellied, so that it holds the lamp and the dark of the room at once
    handle += 0.55 * y * y * ramp(0.02, 0.05, abs(z))
    handle = weld(handle, block(x - 0.86, y - 0.005, z, 0.20, 0.062, 0.034, 0.02), 0.08)
    # grip: milled grooves near the blade, a ruled scale behind
    if 0.10 < x < 0.66:
        handle += 0.010 * (0.5 + 0.5 * sin(x * 115)) * ramp(0.10, 0.14, x) * ramp(0.66, 0.62, x)
    elif -1.25 < x < -0.3:
        handle += 0.006 * max(0.0, sin(x * 62)) ** 8 * ramp(0.0, 0.012, y - 0.03)
    handle += 0.016 * groove(block(x + 1.45, y, 0.0, 0.14, 0.03, 1.0, 0.02), 0.014)
    flat = outline(x, y, BLADE_X, BLADE_Y)
    # ground thin towards the edge
    thin = 0.020 - 0.016 * ramp(-0.075, 0.0, flat) * ramp(0.95, 1.15, x)
    blade = plate(flat, z, thin, 0.002)
    slot = block(x - 0.90, y - 0.012, 0.0, 0.15, 0.022, 1.0, 0.02)
    blade = max(blade, -slot)
    return handle, blade


@solid
def scalpel(x, y, z, pose):
    """Handle and blade."""
    handle, blade = parts(x, y, z)
    return min(handle, blade) * 0.75


@solid
def steel(x, y, z, nx, ny, nz, pose):
    """Polished, with brushing along the length and a little rust at the slot."""
    handle, blade = parts(x, y, z)
    spot = rough(x * 9, y * 9, z * 9, 3)
    brush = rough(x * 3, y * 90, z * 90, 2)
    if blade < handle:
        flat = outline(x, y, BLADE_X, BLADE_Y)
        edge = ramp(-0.06, -0.05, flat) * ramp(1.0, 1.15, x)
        rust = ramp(0.55, 0.9, spot) * ramp(1.15, 0.85, x)
        v = mix(0.80, 0.97, edge) * (0.94 + 0.06 * brush)
        return mix(v, 0.40, rust), mix(v, 0.20, rust), mix(v * 1.01, 0.09, rust), mix(0.16, 0.07, edge), 0.96, 0.0, 0.0
    worn = ramp(0.3, 0.9, spot)
    v = 0.74 * (0.92 + 0.08 * brush) * mix(1.0, 0.72, worn)
    return v, v * 0.97, v * 0.92, 0.24, 0.93, 0.0, 0.0


def instrument(zoom: float = 1.0, samples: int = 3) -> np.ndarray:
    """Laid on its side under the lamp."""
    return photograph(scalpel, steel, VIEW, zoom=zoom, samples=samples, exposure=0.62)
