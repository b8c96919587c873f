"""What a skeleton dances on and waves with: a pelvis and a hand."""

from __future__ import annotations

from math import cos, sin

import numpy as np
from bones import ivory
from march import View, photograph
from noise import rough
from solids import ball, carve, egg, groove, hoop, limb, ramp, solid, weld

PELVIS = View(380, 330, 250.0, (190.0, 152.0), yaw=-14.0, pitch=8.0, reach=1.5)
HAND = View(250, 330, 164.0, (112.0, 206.0), yaw=-8.0, pitch=4.0, reach=1.5)
# angle of each finger, length of its four bones, where its root lies on the wrist
FINGERS = np.array(
    [
        [0.95, 0.26, 0.22, 0.17, 0.00, 0.15, -0.02],
        [0.30, 0.40, 0.26, 0.16, 0.12, 0.11, 0.10],
        [0.06, 0.40, 0.29, 0.19, 0.12, 0.03, 0.13],
        [-0.17, 0.37, 0.26, 0.17, 0.12, -0.05, 0.12],
        [-0.42, 0.33, 0.20, 0.12, 0.10, -0.12, 0.08],
    ]
)


@solid
def pelvis(x, y, z, pose):
    """Two wings, the rump bone, a ring below with its two windows."""
    ax = abs(x)
    bowl = abs(egg(ax - 0.20, y - 0.10, z - 0.16, 0.44, 0.50, 0.40)) - 0.022
    rim = y + 0.24 - 0.15 * ax
    wing = max(max(bowl, -rim), max(z - 0.14 - 0.1 * ax, y - 0.40 + 0.55 * (ax - 0.42) ** 2 * 4.0))
    crest = abs(egg(ax - 0.20, y - 0.10, z - 0.16, 0.44, 0.50, 0.40)) - 0.045
    crest = max(crest, abs(y - 0.385 + 2.2 * (ax - 0.42) ** 2) - 0.035)
    crest = max(crest, max(z - 0.12, 0.12 - ax))
    d = weld(wing, crest, 0.05)
    sacrum = egg(x, y - 0.10, z + 0.20, 0.20, 0.20, 0.10)
    sacrum = weld(sacrum, limb(x, y, z, 0.0, 0.05, -0.20, 0.0, -0.30, -0.10, 0.13, 0.04), 0.08)
    sacrum += 0.012 * groove(ball(ax - 0.075, (y - 0.10) % 0.11 - 0.055, 0.0, 0.0), 0.022)
    d = weld(d, sacrum, 0.06)
    d = weld(d, egg(x, y - 0.31, z + 0.17, 0.12, 0.06, 0.09), 0.05)
    socket = ball(ax - 0.46, y + 0.13, z - 0.06, 0.125)
    d = weld(d, socket, 0.08)
    d = weld(d, limb(ax, y, z, 0.50, 0.16, -0.04, 0.45, -0.10, 0.04, 0.055, 0.10), 0.12)
    d = weld(d, limb(ax, y, z, 0.16, 0.16, -0.18, 0.42, -0.06, 0.0, 0.07, 0.08), 0.10)
    d = weld(d, limb(ax, y, z, 0.40, -0.12, 0.10, 0.05, -0.30, 0.26, 0.062, 0.058), 0.05)
    ring = hoop((ax - 0.235) * 0.92, z - 0.12 + 0.25 * ax, (y + 0.37) * 0.82, 0.125, 0.052)
    d = weld(d, ring, 0.05)
    d = weld(d, limb(ax, y, z, 0.30, -0.48, 0.04, 0.33, -0.40, 0.02, 0.075, 0.07), 0.05)
    d = carve(d, ball(ax - 0.52, y + 0.14, z - 0.13, 0.095), 0.025)
    return (d + 0.006 * rough(x * 7, y * 7, z * 7, 3)) * 0.75


@solid
def phalanx(x, y, z, ax, ay, bx, by, r):
    """A finger bone: thin in the middle, a knuckle at either end."""
    d = limb(x, y, z, ax, ay, 0.0, bx, by, 0.0, r * 0.72, r * 0.66)
    d = weld(d, ball(x - ax, y - ay, z, r * 1.10), r * 0.9)
    return weld(d, egg(x - bx, y - by, z, r * 1.0, r * 0.95, r), r * 0.9)


@solid
def hand(x, y, z, pose):
    """Spread, palm to us."""
    d = limb(x, y, z, 0.075, -0.62, -0.02, 0.07, -0.20, 0.0, 0.062, 0.088)
    d = min(d, limb(x, y, z, -0.075, -0.62, -0.02, -0.075, -0.21, 0.0, 0.050, 0.060))
    for k in range(8):
        cx, cy = 0.115 - (k % 4) * 0.078, -0.075 + (k // 4) * 0.085
        d = min(d, egg(x - cx, y - cy - 0.02 * sin(k * 2.1), z - 0.02 * cos(k * 1.7), 0.050, 0.048, 0.055))
    for f in range(5):
        a = FINGERS[f, 0]
        px, py = FINGERS[f, 5], FINGERS[f, 6]
        r = 0.047 if f == 0 else 0.042
        for k in range(1, 5):
            length = FINGERS[f, k]
            if length > 0.0:
                gap = 0.028
                qx, qy = px + sin(a) * length, py + cos(a) * length
                sx, sy = px + sin(a) * gap, py + cos(a) * gap
                d = min(d, phalanx(x, y, z + 0.04 * k, sx, sy, qx - sin(a) * gap, qy - cos(a) * gap, r))
                px, py = qx + sin(a) * 0.018, qy + cos(a) * 0.018
                a -= 0.10 * ramp(0.5, 1.0, a) + 0.05 * sin(f * 3.0 + k)
                r *= 0.90
    return (d + 0.004 * rough(x * 9, y * 9, z * 9, 2)) * 0.8


def shoot(name: str, zoom: float = 1.0, samples: int = 3) -> np.ndarray:
    """pelvis or hand."""
    if name == "pelvis":
        return photograph(pelvis, ivory, PELVIS, zoom=zoom, samples=samples)
    return photograph(hand, ivory, HAND, zoom=zoom, samples=samples)
