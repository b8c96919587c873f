"""Rides and tackle: a ferris wheel in three pieces, rope, string of lamps, pond. pose[0] picks one."""

from __future__ import annotations

from math import atan2, cos, exp, floor, pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import layered, rough
from solids import around, ball, block, clamp, egg, hoop, limb, mix, ramp, rod, solid, weld

RIM, GONDOLA, STAND, ROPE, LAMPS, POND = 0.0, 1.0, 2.0, 3.0, 4.0, 5.0
SPOKES = 12
BULBS = 9
RIDES = {
    "rim": (RIM, View(600, 600, 262.0, (300.0, 300.0), reach=1.6, eye=30.0)),
    "gondola": (GONDOLA, View(150, 170, 150.0, (75.0, 24.0), -16.0, 6.0, reach=1.8)),
    "stand": (STAND, View(430, 440, 240.0, (215.0, 66.0), -10.0, 4.0, reach=2.4)),
    "rope": (ROPE, View(540, 64, 170.0, (24.0, 32.0), 0.0, 4.0, reach=3.6)),
    "lamps": (LAMPS, View(760, 170, 190.0, (380.0, 40.0), 0.0, 0.0, reach=2.4)),
    "pond": (POND, View(560, 210, 200.0, (280.0, 108.0), 0.0, 26.0, reach=1.9)),
}
CARS = {"brick": 0.0, "teal": 1.0, "mustard": 2.0}
PAINTS = np.array([[0.56, 0.070, 0.045], [0.075, 0.30, 0.32], [0.75, 0.45, 0.08]])


@solid
def rim(x, y, z):
    """(iron, spokes, bulbs, hub): two hoops, ties between them, twelve spokes."""
    az = abs(z) - 0.09
    hoops = min(hoop(x, az, y, 1.0, 0.024), hoop(x, az, y, 0.84, 0.015))
    r = sqrt(x * x + y * y)
    fold, _ = around(atan2(x, y), SPOKES)
    u, v = r * sin(fold), r * cos(fold)
    spokes = limb(u, v, az, 0.0, 0.12, 0.03, 0.0, 0.99, 0.0, 0.026, 0.018)
    ties = limb(u, v, abs(z), 0.0, 1.0, 0.0, 0.0, 1.0, 0.12, 0.024, 0.024)
    half, _ = around(atan2(x, y) + pi / SPOKES, SPOKES)
    hu, hv = r * sin(half), r * cos(half)
    brace = limb(hu, hv, az, 0.255, 0.97, 0.0, -0.0, 0.84, 0.0, 0.012, 0.012)
    brace = min(brace, limb(hu, hv, az, -0.255, 0.97, 0.0, 0.0, 0.84, 0.0, 0.012, 0.012))
    fine, _ = around(atan2(x, y) + pi / SPOKES, SPOKES)
    bulbs = ball(r * sin(fine), r * cos(fine) - 1.0, z - 0.13, 0.034)
    hub = min(rod(x, z, y, 0.15, 0.14), max(rod(x, z, y, 0.24, 0.09), -9.0))
    hub = min(hub, rod(x, z, y, 0.06, 0.19))
    return min(hoops, min(ties, brace)), spokes, bulbs, hub


@solid
def gondola(x, y, z):
    """It hangs from the origin: (tub, roof, brass)."""
    a = atan2(x, z)
    r = sqrt(x * x + z * z)
    tub = max(abs(r - 0.36 - 0.05 * ramp(-0.9, -0.62, y) + 0.10 * ramp(-0.78, -0.92, y)) - 0.03, abs(y + 0.76) - 0.15)
    tub = min(tub, rod(x, y + 0.89, z, 0.28, 0.03))
    h = clamp((y + 0.34) / 0.24, 0.0, 1.0)
    roof = max((r - mix(0.44, 0.05, h)) * 0.6, max(-0.36 - y, y + 0.10))
    roof = min(roof, max(abs(r - 0.435) - 0.016, abs(y + 0.38) - 0.035 - 0.02 * sin(a * 10.0)))
    fold, _ = around(a, 6)
    posts = limb(r * sin(fold), y, r * cos(fold), 0.0, -0.66, 0.37, 0.0, -0.34, 0.37, 0.018, 0.018)
    brass = min(posts, hoop(x, y + 0.61, z, 0.40, 0.026))
    brass = min(brass, min(rod(x, y + 0.06, z, 0.03, 0.07), hoop(x, z, y, 0.055, 0.022)))
    return tub, roof, brass


@solid
def stand(x, y, z):
    """Two legs, a foot, lashings; the axle is at the origin: (timber, iron)."""
    ax = abs(x)
    d = limb(ax, y, abs(z), 0.05, 0.06, 0.20, 0.62, -1.36, 0.24, 0.065, 0.075)
    d = min(d, limb(ax, y, abs(z), 0.0, -0.62, 0.22, 0.36, -0.62, 0.22, 0.045, 0.045))
    d = min(d, block(x, y + 1.38, z, 0.80, 0.06, 0.34, 0.02))
    iron = min(rod(x, abs(z) - 0.20, y, 0.17, 0.06), rod(x, z, y, 0.07, 0.32))
    band = max(limb(ax, y, abs(z), 0.05, 0.06, 0.20, 0.62, -1.36, 0.24, 0.085, 0.095), abs(y + 0.62) - 0.05)
    return d, min(iron, band)


@solid
def rope(x, y, z):
    """Three strands from the origin to the right, the far end frayed: (strands, knot)."""
    a = atan2(y, z) + x * 26.0
    fray = ramp(2.35, 2.80, x)
    r = sqrt(y * y + z * z)
    d = r - 0.052 - 0.016 * abs(sin(a * 1.5)) - 0.07 * fray * (0.5 + 0.5 * sin(atan2(y, z) * 5.0 + x * 4))
    hairs = 0.05 * fray * sin(atan2(y, z) * 11.0)
    d = max(d - hairs, max(x - 2.80 - 0.10 * sin(atan2(y, z) * 4.0), -x)) * 0.5
    loop = hoop(x + 0.0, y, z * 0.8, 0.072, 0.036)
    return d, min(loop, egg(x - 0.12, y, z, 0.10, 0.085, 0.085) - 0.01 * sin(x * 60.0))


@solid
def sagging(x):
    """How low the wire of the lamps hangs."""
    return 0.42 * (1.0 - (x / 1.9) ** 2)


@solid
def lamps(x, y, z):
    """(wire, sockets, bulbs)."""
    low = y + sagging(x)
    wire = max(sqrt(low * low + z * z) * 0.9 - 0.012, abs(x) - 1.92)
    step = 3.8 / BULBS
    n = clamp(floor(x / step + 0.5), -4.0, 4.0)
    bx = n * step
    by = y + sagging(bx)
    socket = rod(x - bx, by + 0.05, z, 0.030, 0.05)
    bulb = weld(ball(x - bx, by + 0.165, z, 0.062), rod(x - bx, by + 0.11, z, 0.03, 0.03), 0.04)
    return wire, socket, bulb


@solid
def pond(x, y, z):
    """A clay bank with pebbles, y up, water at 0: (bank, water)."""
    wob = 1.0 + 0.06 * rough(x * 1.2, 0.0, z * 1.2, 2)
    r = sqrt(x * x + (z * 1.25) ** 2) * wob
    bank = sqrt((r - 0.98) ** 2 + (y * 1.3) ** 2) - 0.14 + 0.03 * rough(x * 5, y * 5, z * 5, 3)
    fold, n = around(atan2(x, z * 1.25), 19)
    size = 0.065 + 0.025 * sin(n * 5.1)
    pebble = egg(r * sin(fold), y - 0.09, r * cos(fold) - 0.98 - 0.03 * sin(n * 3.3), size * 1.4, size, size)
    ripple = 0.014 * sin(r * 24.0) * exp(-r * 0.9) + 0.010 * rough(x * 5, 0.0, z * 5, 2)
    water = max(y - 0.015 - ripple, max(r - 0.98, -0.10 - y))
    return min(bank, pebble) * 0.8, water * 0.7


@solid
def ride(x, y, z, pose):
    """The one that pose[0] names."""
    p = pose[0]
    if p < 0.5:
        a, b, c, d = rim(x, y, z)
        return min(min(a, b), min(c, d)) * 0.85
    if p < 1.5:
        a, b, c = gondola(x, y, z)
    elif p < 2.5:
        a, b = stand(x, y, z)
        c = a
    elif p < 3.5:
        a, b = rope(x, y, z)
        c = a
    elif p < 4.5:
        a, b, c = lamps(x, y, z)
    else:
        a, b = pond(x, y, z)
        c = a
    return min(min(a, b), c) * 0.8


@solid
def lacquer(r, g, b, x, y, z):
    """Fairground paint over iron: chips, rust, dirt."""
    chip = ramp(0.62, 0.72, rough(x * 6, y * 6, z * 6, 4) + 0.25 * rough(x * 30, y * 30, z * 30, 2))
    dirt = 1.0 - 0.35 * ramp(0.0, 0.9, rough(x * 3, y * 3, z * 3, 3))
    return mix(r * dirt, 0.26, chip), mix(g * dirt, 0.12, chip), mix(b * dirt, 0.06, chip), 0.28, 0.0, 0.1, 0.0


@solid
def timber(x, y, z):
    """Poles that have stood outside."""
    grain = 0.75 + 0.35 * rough(x * 24, y * 4, z * 24, 3)
    return 0.42 * grain, 0.27 * grain, 0.14 * grain, 0.75, 0.0, 0.08, 0.0


@solid
def hemp(x, y, z):
    """Rope."""
    v = 0.75 + 0.3 * rough(x * 22, y * 22, z * 22, 2)
    return 0.66 * v, 0.48 * v, 0.24 * v, 0.9, 0.0, 0.15, 0.1


@solid
def bulb_dye():
    """A lamp that is on, as far as paper can be."""
    return 1.7, 0.98, 0.30, 0.10, 0.0, 1.0, 0.3


@solid
def wheel_dye(x, y, z):
    """Cream iron, red and teal spokes by turns."""
    iron, spokes, bulbs, hub = rim(x, y, z)
    best = min(min(iron, spokes), min(bulbs, hub))
    if best == bulbs:
        return bulb_dye()
    if best == hub:
        r = sqrt(x * x + y * y)
        if r < 0.07:
            return 0.93, 0.66, 0.22, 0.2, 0.88, 0.0, 0.0
        return lacquer(0.75, 0.45, 0.08, x, y, z) if r < 0.16 else lacquer(0.56, 0.07, 0.045, x, y, z)
    if best == spokes:
        _, n = around(atan2(x, y), SPOKES)
        if int(n + 100) % 2 == 0:
            return lacquer(0.56, 0.07, 0.045, x, y, z)
        return lacquer(0.075, 0.30, 0.32, x, y, z)
    return lacquer(0.80, 0.73, 0.56, x, y, z)


@solid
def gondola_dye(x, y, z, dye):
    """Two colours and a brass rail."""
    tub, roof, brass = gondola(x, y, z)
    if brass < tub and brass < roof:
        return 0.93, 0.66, 0.22, 0.25, 0.85, 0.0, 0.0
    if roof < tub:
        if sin(atan2(x, z) * 5.0) > 0.0:
            return lacquer(dye[0], dye[1], dye[2], x, y, z)
        return lacquer(0.80, 0.73, 0.56, x, y, z)
    if abs(y + 0.76) < 0.035:
        return lacquer(0.80, 0.73, 0.56, x, y, z)
    return lacquer(dye[0], dye[1], dye[2], x, y, z)


@solid
def paint(x, y, z, nx, ny, nz, pose):
    """The colours of the one that pose[0] names."""
    p = pose[0]
    if p < 0.5:
        return wheel_dye(x, y, z)
    if p < 1.5:
        return gondola_dye(x, y, z, PAINTS[int(pose[1])])
    if p < 2.5:
        wood, iron = stand(x, y, z)
        return timber(x, y, z) if wood < iron else lacquer(0.56, 0.07, 0.045, x, y, z)
    if p < 3.5:
        return hemp(x, y, z)
    if p < 4.5:
        wire, socket, bulb = lamps(x, y, z)
        if bulb < wire and bulb < socket:
            return bulb_dye()
        return 0.05, 0.04, 0.035, 0.4, 0.0, 0.0, 0.0
    bank, water = pond(x, y, z)
    if water < bank:
        return 0.030, 0.15, 0.18, 0.03, 0.25, 0.2, 0.0
    v = 0.8 + 0.3 * rough(x * 9, y * 9, z * 9, 3)
    return 0.40 * v, 0.27 * v, 0.16 * v, 0.8, 0.0, 0.1, 0.05


def shoot(name: str, colour: str = "brick", zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One of the rides; a gondola comes in three colours."""
    number, view = RIDES[name]
    return photograph(ride, paint, view, (number, CARS[colour]), zoom=zoom, samples=samples)


def glow() -> np.ndarray:
    """The light of the nine lamps alone, on black: it is laid over them with blend screen."""
    view = RIDES["lamps"][1]
    height, width = view.height * 2, view.width
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    light = np.zeros((height, width, 3), np.float32)
    for n in range(-4, 5):
        bx = n * 3.8 / BULBS
        px, py = view.pixel((bx, -0.42 * (1.0 - (bx / 1.9) ** 2) - 0.165, 0.0))
        far = np.hypot(x - px, y - py - view.height / 2)[..., None]
        near = np.exp(-((far / 11.0) ** 2)) * (1.0, 0.93, 0.72) + 0.80 * np.exp(-far / 22.0) * (1.0, 0.66, 0.26)
        light += near.astype(np.float32)
    light *= 1.0 + 0.03 * layered(np.random.default_rng(12), height, width, 60, 2)[..., None]
    light = np.clip(light, 0, 1)
    alpha = np.clip(light.max(-1, keepdims=True) * 1.6, 0, 1)
    return np.concatenate([light, alpha], -1).astype(np.float32)
