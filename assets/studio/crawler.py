"""The clay ape on all fours, seen from above as it climbs: eight drawings of one round of its gait."""

from __future__ import annotations

from math import pi, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, clamp, egg, groove, limb, mix, ramp, slab, solid, turn, weld

VIEW = View(300, 380, 124.0, (150.0, 204.0), yaw=6.0, pitch=-6.0, reach=2.0)
STEPS = 8
# root of each limb, where its hand rests in the middle of a step, which way its elbow points, its share of the round
LIMBS = np.array(
    [
        [-0.25, 0.30, -0.50, 0.92, -1.0, 0.00],
        [0.25, 0.30, 0.50, 0.92, 1.0, 0.50],
        [-0.17, -0.42, -0.44, -0.98, -1.0, 0.50],
        [0.17, -0.42, 0.44, -0.98, 1.0, 0.00],
    ]
)


@solid
def sway(phase):
    """How far the body leans to one side at a moment of the round."""
    return 0.13 * sin(2 * pi * phase)


@solid
def foot(n, phase):
    """Where a hand or foot is: (x, y, lift). It slides back under the body, then swings forward, lifted."""
    p = phase + LIMBS[n, 5]
    p -= int(p)
    reach = 0.26
    if p < 0.5:
        return LIMBS[n, 2], LIMBS[n, 3] + reach * (1.0 - 4.0 * p), 0.0
    s = (p - 0.5) * 2.0
    return LIMBS[n, 2] * 0.96, LIMBS[n, 3] + reach * (2.0 * ramp(0.0, 1.0, s) - 1.0), 0.20 * sin(pi * s)


@solid
def joint(ax, ay, bx, by, length, side):
    """The elbow between a root and a hand, bent outwards."""
    dx, dy = bx - ax, by - ay
    q = sqrt(dx * dx + dy * dy)
    out = sqrt(max(length * length - q * q * 0.25, 0.01))
    nx, ny = -dy / q, dx / q
    if nx * side < 0.0:
        nx, ny = -nx, -ny
    return ax + dx * 0.5 + nx * out, ay + dy * 0.5 + ny * out


@solid
def limbs(x, y, z, phase):
    """Arms and legs in fur."""
    best = 9.0
    for n in range(4):
        hx, hy, up = foot(n, phase)
        rx, ry = LIMBS[n, 0] + sway(phase) * 0.4, LIMBS[n, 1]
        thick = 1.0 if n < 2 else 1.15
        ex, ey = joint(rx, ry, hx, hy, 0.40 if n < 2 else 0.36, LIMBS[n, 4])
        d = limb(x, y, z, rx, ry, 0.0, ex, ey, 0.10, 0.145 * thick, 0.112 * thick)
        d = weld(d, limb(x, y, z, ex, ey, 0.10, hx, hy, up - 0.10, 0.112 * thick, 0.085), 0.08)
        best = weld(best, d, 0.03)
    return best


@solid
def paws(x, y, z, phase):
    """Hands and feet: a pad and four fingers that grip upwards, a thumb inside."""
    best = 9.0
    for n in range(4):
        hx, hy, up = foot(n, phase)
        px, py, pz = x - hx, y - hy, z - up + 0.12
        if px * px + py * py + pz * pz > 0.2:
            best = min(best, sqrt(px * px + py * py + pz * pz) - 0.28)
            continue
        side = LIMBS[n, 4]
        px, py = turn(px, py, 0.22 * side)
        d = egg(px, py - 0.05, pz, 0.105, 0.115, 0.075)
        for k in range(4):
            fx = (k - 1.5) * 0.060
            d = weld(d, limb(px, py, pz, fx, 0.10, 0.01, fx * 1.5, 0.235, 0.0, 0.038, 0.033), 0.018)
        d = weld(d, limb(px, py, pz, -0.07 * side, 0.02, 0.0, -0.165 * side, 0.10, 0.0, 0.038, 0.034), 0.02)
        best = min(best, d)
    return best


@solid
def into_head(x, y, z, phase):
    """The head looks up along its way, half over its shoulder."""
    x, y, z = x - 0.02 - sway(phase) * 1.2, y - 0.68, z - 0.16
    x, y = turn(x, y, -0.10 + sway(phase) * 0.8)
    x, z = turn(x, z, -0.85)
    y, z = turn(y, z, 0.22)
    return x, y, z


@solid
def trunk(x, y, z, phase):
    """The back: rump, ribs, shoulders, bent a little to the side it leans to."""
    bend = sway(phase)
    x -= bend * (0.4 + 0.5 * y)
    d = egg(x, y + 0.02, z, 0.36, 0.47, 0.28)
    d = weld(d, egg(x, y + 0.34, z - 0.01, 0.34, 0.27, 0.29), 0.15)
    return weld(d, egg(x, y - 0.24, z + 0.0, 0.37, 0.22, 0.24), 0.12)


@solid
def fur(x, y, z, phase):
    """Everything woolly, tufts and all."""
    hx, hy, hz = into_head(x, y, z, phase)
    d = weld(trunk(x, y, z, phase), egg(hx, hy, hz, 0.27, 0.26, 0.25), 0.10)
    d = weld(d, limbs(x, y, z, phase), 0.10)
    if d < 0.1:
        tuft, _ = curls(x * 17, y * 11, z * 17)
        d -= 0.030 * (0.7 - tuft) + 0.0025 * sin(x * 140 + y * 70 + 3 * sin(y * 22))
    return d


@solid
def face(hx, hy, hz):
    """Brows, muzzle, smile and ears, as the other drawing of this ape has them."""
    ax = abs(hx)
    d = egg(ax - 0.085, hy - 0.025, hz - 0.19, 0.105, 0.105, 0.075)
    d = weld(d, limb(ax, hy, hz, 0.0, 0.115, 0.235, 0.14, 0.10, 0.20, 0.045, 0.042), 0.03)
    d = weld(d, egg(hx, hy - 0.03, hz - 0.19, 0.09, 0.10, 0.07), 0.03)
    d = weld(d, egg(hx, hy + 0.125, hz - 0.235, 0.165, 0.12, 0.12), 0.05)
    d = weld(d, egg(hx, hy + 0.045, hz - 0.325, 0.055, 0.035, 0.035), 0.03)
    d += 0.022 * groove(hy + 0.155 - ax * ax * 1.6, 0.016) * ramp(0.14, 0.10, ax) * ramp(0.22, 0.28, hz)
    d += 0.03 * groove(ax - 0.024, 0.015) * groove(hy + 0.055, 0.014) * ramp(0.3, 0.34, hz)
    ear = egg(ax - 0.285, hy - 0.02, hz + 0.01, 0.085, 0.105, 0.045)
    return min(d, max(ear, 0.055 - ball(ax - 0.295, hy - 0.02, hz - 0.06, 0.0)))


@solid
def skin(x, y, z, phase):
    """Face, hands and feet."""
    hx, hy, hz = into_head(x, y, z, phase)
    return min(face(hx, hy, hz), paws(x, y, z, phase)) + 0.002 * rough(x * 16, y * 16, z * 16, 2)


@solid
def waistcoat(x, y, z, phase):
    """The felt on its back, its half belt and buckle: (felt, brass)."""
    felt = abs(trunk(x, y, z, phase) - 0.034) - 0.022
    bx = x - sway(phase) * (0.4 + 0.5 * y)
    felt = max(felt, max(y - 0.36, -0.26 - y))
    felt = max(felt, 0.15 - sqrt((abs(bx) - 0.42) ** 2 + (y - 0.22) ** 2))
    felt += 0.012 * groove(bx, 0.012) - 0.016 * ramp(0.012, -0.012, abs(y + 0.08) - 0.04) * ramp(0.24, 0.22, abs(bx))
    ring = abs(slab(bx, y + 0.08, 0.075, 0.062, 0.02)) - 0.014
    return felt, max(ring, abs(z - 0.345) - 0.035)


@solid
def eye(x, y, z, phase):
    """Two beads."""
    hx, hy, hz = into_head(x, y, z, phase)
    return ball(abs(hx) - 0.082, hy - 0.025, hz - 0.235, 0.046)


@solid
def ape(x, y, z, pose):
    """The whole ape."""
    far = egg(x, y, z, 1.15, 1.45, 0.7)
    if far > 0.4:
        return far - 0.15
    felt, brass = waistcoat(x, y, z, pose[0])
    best = min(min(fur(x, y, z, pose[0]), skin(x, y, z, pose[0])), min(felt, brass))
    return min(best, eye(x, y, z, pose[0])) * 0.8


@solid
def hide(x, y, z, nx, ny, nz, pose):
    """Brown fur, tan skin, red felt, bead eyes."""
    felt, brass = waistcoat(x, y, z, pose[0])
    flesh, bead = skin(x, y, z, pose[0]), eye(x, y, z, pose[0])
    best = min(min(min(fur(x, y, z, pose[0]), flesh), min(felt, brass)), bead)
    v = 0.5 + 0.5 * rough(x * 5, y * 5, z * 5, 3)
    if best == bead:
        return 0.012, 0.008, 0.006, 0.03, 0.0, 0.0, 0.0
    if best == brass:
        return 0.92, 0.64, 0.20, 0.18, 0.9, 0.0, 0.0
    if best == felt:
        v = mix(0.8, 1.1, v)
        return 0.56 * v, 0.060 * v, 0.038 * v, 0.9, 0.0, 0.15, 0.12
    if best == flesh:
        v = mix(0.85, 1.1, v)
        hx, hy, hz = into_head(x, y, z, pose[0])
        line = groove(hy + 0.155 - hx * hx * 1.6, 0.014) * ramp(0.14, 0.10, abs(hx)) * ramp(0.22, 0.26, hz)
        v *= 1.0 - 0.7 * clamp(line, 0.0, 1.0)
        return 0.72 * v, 0.42 * v, 0.23 * v, 0.42, 0.0, 0.28, 0.0
    v = mix(0.65, 1.15, v)
    return 0.24 * v, 0.115 * v, 0.052 * v, 0.75, 0.0, 0.15, 0.12


def climber(number: int, zoom: float = 1.0, samples: int = 3) -> np.ndarray:
    """Drawing 1 to 8 of the round."""
    return photograph(ape, hide, VIEW, pose=((number - 1) / STEPS,), zoom=zoom, samples=samples)
