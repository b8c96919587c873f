"""What lies on a paste-up table: shears in two halves, a pot of glue, its brush, and a rubber stamp."""

from __future__ import annotations

from functools import partial
from math import atan2, sin, sqrt

import numpy as np
from march import View, photograph
from noise import rough
from solids import block, carve, clamp, groove, hoop, limb, mix, outline, plate, ramp, rod, slab, solid, weld

LEFT, RIGHT, POT, BRUSH, STAMP = 0.0, 1.0, 2.0, 3.0, 4.0
VIEWS = {
    "shears-left": (LEFT, View(330, 860, 205.0, (165.0, 430.0), yaw=6.0, pitch=-9.0, reach=2.6)),
    "shears-right": (RIGHT, View(330, 860, 205.0, (165.0, 430.0), yaw=6.0, pitch=-9.0, reach=2.6)),
    "pot": (POT, View(430, 420, 190.0, (196.0, 226.0), yaw=-12.0, pitch=26.0, reach=2.2)),
    "brush": (BRUSH, View(150, 640, 190.0, (75.0, 320.0), yaw=20.0, pitch=-6.0, reach=2.4)),
    "stamp": (STAMP, View(420, 470, 190.0, (210.0, 246.0), yaw=-24.0, pitch=17.0, reach=2.2)),
}
BLADE_X = np.array([-0.05, -0.075, -0.06, -0.15, 0.02, 0.17, 0.24, 0.225, 0.15, 0.05, -0.02])
BLADE_Y = np.array([1.90, 1.00, 0.30, 0.02, -0.30, -0.12, 0.12, 0.55, 1.20, 1.72, 1.88])


@solid
def half(x, y, z):
    """(blade, handle, screw) of the half whose blade is on the right."""
    flat = outline(x, y, BLADE_X, BLADE_Y)
    # hollow ground: thin at the edge that cuts, a ridge along the back
    blade = plate(flat, z, mix(0.022, 0.055, ramp(-0.05, 0.13, x + 0.04 * y - 0.03)), 0.010)
    shank = limb(x, y, z, 0.03, -0.05, 0.0, -0.16, -0.78, 0.0, 0.13, 0.085)
    cx, cy = x + 0.40, y + 1.26
    cx, cy = cx * 0.966 - cy * 0.259, cx * 0.259 + cy * 0.966
    ring = (sqrt((cx / 0.27) ** 2 + (cy / 0.46) ** 2) - 1.0) * 0.29
    bow = sqrt(ring * ring + z * z * 0.7) - 0.072 - 0.018 * ramp(0.1, -0.35, cx)
    handle = weld(shank, bow, 0.16)
    handle = max(handle, abs(z) - 0.085)
    screw = rod(x, z - 0.03, y, 0.105, 0.085)
    screw = max(screw, -slab(x * 0.8 + y * 0.6, z - 0.125, 0.020, 0.030, 0.004))
    return blade, handle, screw


@solid
def pot_parts(x, y, z):
    """(tin, glue): a small enamelled pot with a handle, glue up to the rim and over it."""
    r = sqrt(x * x + z * z)
    tin = slab(r, y + 0.05, 0.66 - 0.05 * y, 0.70, 0.07)
    tin = carve(tin, slab(r, y - 0.42, 0.61 - 0.05 * y, 0.70, 0.06), 0.03)
    tin = min(tin, hoop(x, y - 0.66, z, 0.635, 0.040))
    tin = min(tin, hoop(x, y + 0.70, z, 0.685, 0.030))
    ear = sqrt((sqrt((x - 0.70) ** 2 + (y - 0.02) ** 2) - 0.34) ** 2 + z * z * 0.5) - 0.050
    tin = weld(tin, max(ear, 0.62 - x), 0.05)
    glue = slab(r, y - 0.36, 0.60, 0.08, 0.03) + 0.02 * rough(x * 5, 2.0, z * 5, 2)
    # two runs down the front, thick at the end
    glue = weld(glue, limb(x + 0.22, y, z - 0.60, 0.0, 0.66, -0.02, 0.02, 0.02, 0.075, 0.055, 0.085), 0.05)
    glue = weld(glue, limb(x + 0.04, y, z - 0.63, 0.0, 0.66, -0.02, 0.01, 0.34, 0.015, 0.050, 0.066), 0.05)
    glue = weld(glue, limb(x + 0.14, y, z - 0.60, -0.14, 0.69, -0.02, 0.14, 0.69, 0.0, 0.065, 0.060), 0.06)
    return tin, glue


@solid
def brush_parts(x, y, z):
    """(wood, ferrule, hair): stands on its hair."""
    wood = limb(x, y, z, 0.0, -0.30, 0.0, 0.0, 0.42, 0.0, 0.115, 0.155)
    wood = weld(wood, limb(x, y, z, 0.0, 0.42, 0.0, 0.0, 1.50, 0.0, 0.13, 0.062), 0.12)
    r = sqrt(x * x + z * z)
    ferrule = slab(r, y + 0.48, 0.165, 0.24, 0.02) - 0.010 * (groove(y + 0.36, 0.02) + groove(y + 0.62, 0.02))
    spread = 0.17 + 0.05 * ramp(-0.7, -1.15, y) - 0.10 * ramp(-1.2, -1.52, y)
    hair = slab(r, y + 1.08, spread, 0.42, 0.08) - 0.012 * rough(atan2(x, z) * 9, y * 1.6, 1.0, 3) * ramp(-0.7, -0.9, y)
    hair -= 0.03 * rough(atan2(x, z) * 2, 0.0, 4.0, 2) * ramp(-1.2, -1.5, y)
    return wood, ferrule, hair


@solid
def stamp_parts(x, y, z):
    """(wood, rubber): a turned handle on a block, rubber below."""
    r = sqrt(x * x + z * z)
    knob = sqrt(x * x + ((y - 0.86) * 1.15) ** 2 + z * z) - 0.27
    neck = slab(r, y - 0.30, 0.105 + 0.10 * (y - 0.36) ** 2 + 0.12 * ramp(0.10, -0.2, y), 0.56, 0.03)
    wood = weld(knob, neck, 0.16)
    wood = min(wood, hoop(x, y - 0.56, z, 0.125, 0.040))
    base = block(x, y + 0.40, z, 0.86, 0.20, 0.46, 0.05)
    base += 0.018 * groove(y + 0.40, 0.018)
    wood = weld(wood, base, 0.05)
    return wood, block(x, y + 0.665, z, 0.82, 0.075, 0.43, 0.02)


@solid
def tool(x, y, z, pose):
    """Whichever the pose says."""
    kind = pose[0]
    if kind < 1.5:
        a, b, c = half(x if kind > 0.5 else -x, y, z)
        return min(min(a, b), c) * 0.7
    if kind < 2.5:
        a, b = pot_parts(x, y, z)
        return min(a, b) * 0.8
    if kind < 3.5:
        a, b, c = brush_parts(x, y, z)
        return min(min(a, b), c) * 0.7
    a, b = stamp_parts(x, y, z)
    return min(a, b) * 0.8


@solid
def timber(x, y, z, varnish):
    """Turned beech, handled for years."""
    ring = sin((sqrt(x * x + z * z) * 30 + 5 * rough(x * 2, y * 0.5, z * 2, 2)) + 2 * rough(x * 30, y * 2, z * 30, 2))
    k = 0.88 + 0.10 * ring + 0.08 * rough(x * 40, y * 3, z * 40, 2)
    dirt = 1.0 - 0.45 * ramp(0.0, 0.9, rough(x * 3, y * 3, z * 3 + 7, 3))
    k *= dirt
    return 0.56 * k, 0.33 * k * mix(1.0, 0.9, varnish), 0.155 * k, 0.36, 0.0, 0.05, 0.0


@solid
def shears_paint(x, y, z):
    """Ground steel; the bows are lacquered red and worn through where fingers were."""
    blade, handle, screw = half(x, y, z)
    spot = rough(x * 7, y * 7, z * 7, 3)
    if screw < min(blade, handle) + 0.004:
        k = 0.9 + 0.12 * spot
        return 0.80 * k, 0.55 * k, 0.20 * k, 0.26, 0.92, 0.0, 0.0
    worn = ramp(0.35, 0.75, spot + 0.35 * rough(x * 30, y * 30, z * 30, 2))
    enamel = ramp(-0.20, -0.26, y + 0.03 * spot) * (1.0 - worn)
    brush = rough(x * 100, y * 4, z * 90, 2)
    rust = ramp(0.42, 0.8, rough(x * 5 + 3, y * 5, z * 5, 4)) * ramp(0.9, 0.0, y) * 0.7
    v = 0.80 * (0.93 + 0.09 * brush)
    return (
        mix(mix(v, 0.36, rust), 0.50, enamel),
        mix(mix(v * 0.99, 0.20, rust), 0.060, enamel),
        mix(mix(v * 0.97, 0.10, rust), 0.040, enamel),
        mix(0.20, 0.30, enamel),
        0.95 * (1.0 - enamel) * (1.0 - rust),
        0.0,
        0.0,
    )


@solid
def pot_paint(x, y, z):
    """Cream enamel with a teal rim and band, chipped to black iron; amber glue."""
    tin, glue = pot_parts(x, y, z)
    blot = rough(x * 4, y * 4, z * 4, 3)
    if glue < tin:
        k = 0.85 + 0.15 * blot
        return 0.78 * k, 0.46 * k, 0.13 * k, 0.10, 0.0, 0.55, 0.0
    teal = max(ramp(0.60, 0.615, y), max(ramp(0.55, 0.56, x), 0.0) * ramp(0.70, 0.72, sqrt(x * x + z * z)))
    teal = max(teal, ramp(0.10, 0.09, abs(y + 0.22)) if sqrt(x * x + z * z) > 0.5 else 0.0)
    chip = ramp(0.62, 0.70, rough(x * 6 + 9, y * 6, z * 6, 4) + 0.25 * ramp(0.55, 0.7, abs(y)))
    dirt = 1.0 - 0.35 * ramp(-0.1, 0.9, rough(x * 2, y * 5, z * 2, 4)) - 0.25 * ramp(-0.4, -0.75, y)
    r, g, b = mix(0.80, 0.10, teal) * dirt, mix(0.74, 0.36, teal) * dirt, mix(0.58, 0.38, teal) * dirt
    return mix(r, 0.06, chip), mix(g, 0.045, chip), mix(b, 0.04, chip), mix(0.16, 0.6, chip), 0.0, 0.0, 0.0


@solid
def brush_paint(x, y, z):
    """Wood with a worn red coat at the end, a tin ferrule, hog's hair wet with glue."""
    wood, ferrule, hair = brush_parts(x, y, z)
    if hair < min(wood, ferrule):
        wet = ramp(-0.98, -1.22, y + 0.08 * rough(x * 5, 0.0, z * 5, 2))
        k = 0.75 + 0.40 * rough(atan2(x, z) * 26, y * 1.2, 3.0, 2)
        return (
            mix(0.36, 0.72, wet) * k,
            mix(0.25, 0.42, wet) * k,
            mix(0.14, 0.12, wet) * k,
            mix(0.75, 0.18, wet),
            0.0,
            0.3,
            0.05,
        )
    if ferrule < wood:
        k = 0.85 + 0.12 * rough(x * 20, y * 20, z * 20, 3)
        return 0.72 * k, 0.69 * k, 0.62 * k, 0.28, 0.9, 0.0, 0.0
    coat = ramp(0.62, 0.66, y + 0.10 * rough(x * 8, y * 8, z * 8, 3)) * ramp(
        0.62, 0.45, rough(x * 9, y * 5, z * 9 + 3, 3)
    )
    r, g, b, dull, metal, wrap, sheen = timber(x, y, z, 1.0)
    return mix(r, 0.08, coat), mix(g, 0.29, coat), mix(b, 0.31, coat), mix(dull, 0.24, coat), metal, wrap, sheen


@solid
def stamp_paint(x, y, z):
    """Varnished wood, ink of many years on the block, the rubber red."""
    wood, rubber = stamp_parts(x, y, z)
    blot = rough(x * 5, y * 5, z * 5, 4)
    if rubber < wood:
        k = 0.8 + 0.25 * blot
        return 0.40 * k, 0.050 * k, 0.035 * k, 0.55, 0.0, 0.05, 0.0
    if y > -0.16:
        coat = ramp(0.72, 0.55, rough(x * 7, y * 5, z * 7 + 3, 3))
        r, g, b, dull, metal, wrap, sheen = timber(x, y, z, 1.0)
        return mix(r, 0.030, coat), mix(g, 0.026, coat), mix(b, 0.024, coat), mix(dull, 0.20, coat), metal, wrap, sheen
    r, g, b, dull, metal, wrap, sheen = timber(y * 0.8, x, z, 0.0)
    ink = ramp(-0.46, -0.60, y + 0.10 * blot) * 0.75 + ramp(0.55, 0.75, blot) * 0.5
    ink = clamp(ink, 0.0, 0.9)
    return mix(r, 0.34, ink), mix(g, 0.05, ink), mix(b, 0.04, ink), dull, metal, wrap, sheen


@solid
def paint(x, y, z, nx, ny, nz, pose):
    """What it is made of."""
    kind = pose[0]
    if kind < 1.5:
        return shears_paint(x if kind > 0.5 else -x, y, z)
    if kind < 2.5:
        return pot_paint(x, y, z)
    if kind < 3.5:
        return brush_paint(x, y, z)
    return stamp_paint(x, y, z)


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One of them under the lamp."""
    kind, view = VIEWS[name]
    return photograph(tool, paint, view, (kind,), zoom=zoom, samples=samples, exposure=0.85)


SHOTS = {name: partial(shoot, name) for name in VIEWS}
