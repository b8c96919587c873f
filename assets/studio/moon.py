"""A plaster moon with a sleepy face: the only one the fairground could afford."""

from __future__ import annotations

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, carve, clamp, egg, groove, limb, mix, ramp, solid, weld

VIEW = View(400, 400, 182.0, (200.0, 200.0), yaw=-14.0, pitch=2.0, roll=-8.0, reach=1.5)


@solid
def disc(x, y, z):
    """The face: brow, lids, nose, lips, cheeks."""
    ax = abs(x)
    d = egg(x, y, z, 0.95, 0.95, 0.72)
    d = weld(d, limb(x, y, z, 0.0, 0.22, 0.68, 0.0, -0.10, 0.80, 0.055, 0.085), 0.10)
    d = weld(d, egg(ax - 0.085, y + 0.13, z - 0.74, 0.055, 0.045, 0.06), 0.05)
    d = carve(d, egg(ax - 0.33, y - 0.14, z - 0.70, 0.19, 0.12, 0.16), 0.10)
    eye = egg(ax - 0.33, y - 0.13, z - 0.545, 0.155, 0.105, 0.12)
    eye += 0.012 * groove(y - 0.105 + 0.5 * (ax - 0.33) ** 2, 0.016) * ramp(0.18, 0.12, abs(ax - 0.33))
    d = weld(d, eye, 0.03)
    d = weld(d, limb(ax, y, z, 0.14, 0.30, 0.70, 0.52, 0.33, 0.52, 0.045, 0.040), 0.08)
    d = weld(d, egg(ax - 0.44, y + 0.20, z - 0.52, 0.20, 0.17, 0.12), 0.12)
    bow = 0.16 * x * x
    d = weld(d, limb(x, y - bow, z, -0.20, -0.36, 0.66, 0.20, -0.36, 0.66, 0.048, 0.048), 0.04)
    d = weld(d, limb(x, y - bow, z, -0.15, -0.445, 0.65, 0.15, -0.445, 0.65, 0.055, 0.055), 0.04)
    d += 0.02 * groove(y + 0.402 - bow, 0.014) * ramp(0.26, 0.20, ax)
    return d


@solid
def moon(x, y, z, pose):
    """With craters and thumb marks."""
    d = disc(x, y, z)
    pit, name = curls(x * 4.2, y * 4.2, z * 4.2)
    away = ramp(0.62, 0.80, x * x + y * y + 0.25 * ramp(0.25, 0.5, y))
    size = 0.18 + 0.22 * name
    d += (0.045 * ramp(size, size * 0.4, pit) - 0.016 * groove(pit - size * 1.05, 0.07)) * away * ramp(0.3, 0.6, name)
    small, _ = curls(x * 13, y * 13, z * 13)
    d += 0.008 * ramp(0.3, 0.1, small) + 0.010 * rough(x * 6, y * 6, z * 6, 4)
    return d * 0.75


@solid
def plaster(x, y, z, nx, ny, nz, pose):
    """Mustard wash over white plaster, rubbed off on top."""
    blot = rough(x * 3, y * 3, z * 3, 4)
    fine = rough(x * 20, y * 20, z * 20, 2)
    bare = ramp(0.35, 0.75, blot + 0.35 * fine)
    ax = abs(x)
    blush = ramp(0.30, 0.05, ball(ax - 0.46, y + 0.20, z - 0.55, 0.0)) * 0.5
    lips = ramp(0.0, -0.03, egg(x, y + 0.39 - 0.16 * x * x, z - 0.68, 0.27, 0.13, 0.2))
    r, g, b = mix(0.84, 0.88, bare), mix(0.57, 0.80, bare), mix(0.17, 0.60, bare)
    red = clamp(blush + lips * 0.75 * (1.0 - bare * 0.6), 0.0, 1.0)
    lash = groove(y - 0.105 + 0.5 * (ax - 0.33) ** 2, 0.014) * ramp(0.17, 0.13, abs(ax - 0.33)) * ramp(0.5, 0.55, z)
    k = (1.0 - 0.75 * lash) * (0.9 + 0.12 * fine)
    return mix(r, 0.60, red) * k, mix(g, 0.12, red) * k, mix(b, 0.07, red) * k, 0.55, 0.0, 0.2, 0.0


def sleeper(zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """Lit like any other moon, from one side."""
    return photograph(moon, plaster, VIEW, zoom=zoom, samples=samples)
