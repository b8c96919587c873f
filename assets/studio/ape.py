"""A small clay ape in a red waistcoat, made to hang on things."""

from __future__ import annotations

from math import sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, clamp, egg, groove, limb, mix, ramp, solid, turn, weld

VIEW = View(300, 340, 116.0, (146.0, 182.0), yaw=-16.0, pitch=3.0, roll=5.0, reach=2.0)


@solid
def hand(x, y, z, px, py, pz, size, curl):
    """A fist that holds on: palm, four fingers, a thumb."""
    x, y, z = x - px, y - py, z - pz
    x, y = turn(x, y, curl)
    d = egg(x, y, z, 0.125 * size, 0.10 * size, 0.09 * size)
    for n in range(4):
        fx = (n - 1.5) * 0.062 * size
        d = weld(
            d, limb(x, y, z, fx, 0.06 * size, 0.03, fx * 1.25, 0.17 * size, 0.05, 0.040 * size, 0.036 * size), 0.02
        )
        d = weld(
            d,
            limb(x, y, z, fx * 1.25, 0.17 * size, 0.05, fx * 1.2, 0.13 * size, 0.14, 0.036 * size, 0.034 * size),
            0.012,
        )
    return weld(
        d, limb(x, y, z, -0.10 * size, -0.02, 0.03, -0.19 * size, 0.06 * size, 0.10, 0.042 * size, 0.038 * size), 0.02
    )


@solid
def fur(x, y, z):
    """Body, limbs and crown of the head."""
    d = egg(x, y + 0.02, z, 0.37, 0.46, 0.31)
    d = weld(d, egg(x, y + 0.28, z - 0.02, 0.36, 0.28, 0.32), 0.15)
    head = egg(x - 0.03, y - 0.66, z - 0.10, 0.27, 0.26, 0.25)
    arm = limb(x, y, z, -0.27, 0.27, 0.0, -0.64, 0.58, 0.06, 0.145, 0.115)
    arm = weld(arm, limb(x, y, z, -0.64, 0.58, 0.06, -0.55, 1.04, 0.16, 0.115, 0.088), 0.08)
    other = limb(x, y, z, 0.27, 0.25, 0.0, 0.66, 0.10, 0.12, 0.145, 0.115)
    other = weld(other, limb(x, y, z, 0.66, 0.10, 0.12, 0.86, 0.50, 0.22, 0.115, 0.088), 0.08)
    leg = limb(x, y, z, -0.18, -0.38, 0.05, -0.58, -0.36, 0.28, 0.165, 0.125)
    leg = weld(leg, limb(x, y, z, -0.58, -0.36, 0.28, -0.50, -0.78, 0.14, 0.125, 0.085), 0.06)
    low = limb(x, y, z, 0.18, -0.40, 0.05, 0.52, -0.68, 0.26, 0.165, 0.12)
    low = weld(low, limb(x, y, z, 0.52, -0.68, 0.26, 0.36, -1.08, 0.10, 0.12, 0.085), 0.06)
    d = weld(d, head, 0.10)
    return weld(d, min(min(arm, other), min(leg, low)), 0.10)


@solid
def skin(x, y, z):
    """Face, ears, hands and feet."""
    hx, hy, hz = x - 0.03, y - 0.66, z - 0.10
    ax = abs(hx)
    d = egg(ax - 0.085, hy - 0.025, hz - 0.19, 0.105, 0.105, 0.075)
    d = weld(d, limb(ax, hy, hz, 0.0, 0.115, 0.235, 0.14, 0.10, 0.20, 0.045, 0.042), 0.03)
    d = weld(d, egg(hx, hy - 0.03, hz - 0.19, 0.09, 0.10, 0.07), 0.03)
    muzzle = egg(hx, hy + 0.125, hz - 0.235, 0.165, 0.12, 0.12)
    d = weld(d, muzzle, 0.05)
    d = weld(d, egg(hx, hy + 0.045, hz - 0.325, 0.055, 0.035, 0.035), 0.03)
    smile = hy + 0.155 - ax * ax * 1.6
    d += 0.022 * groove(smile, 0.016) * ramp(0.14, 0.10, ax) * ramp(0.22, 0.28, hz)
    d += 0.03 * groove(ax - 0.024, 0.015) * groove(hy + 0.055, 0.014) * ramp(0.3, 0.34, hz)
    ear = egg(ax - 0.285, hy - 0.02, hz + 0.01, 0.085, 0.105, 0.045)
    ear = max(ear, 0.055 - ball(ax - 0.295, hy - 0.02, hz - 0.06, 0.0))
    d = min(d, ear)
    d = min(d, hand(x, y, z, -0.53, 1.14, 0.18, 1.0, -0.1))
    d = min(d, hand(x, y, z, 0.90, 0.60, 0.24, 1.0, -0.35))
    d = min(d, hand(x, y, z, -0.53, -0.88, 0.18, 1.0, 0.25))
    return min(d, hand(x, y, z, 0.36, -1.18, 0.14, 1.0, -0.2))


@solid
def waistcoat(x, y, z):
    """Red felt, two brass buttons: (felt, brass)."""
    body = weld(egg(x, y + 0.02, z, 0.37, 0.46, 0.31), egg(x, y + 0.28, z - 0.02, 0.36, 0.28, 0.32), 0.15)
    felt = abs(body - 0.030) - 0.020
    felt = max(felt, max(y - 0.34, -0.22 - y))
    gap = 0.035 + 0.20 * ramp(-0.02, 0.34, y)
    if z > 0.0:
        felt = max(felt, gap - abs(x))
    felt = max(felt, 0.155 - sqrt((abs(x) - 0.40) ** 2 + (y - 0.22) ** 2))
    button = egg(x - 0.075, abs(y + 0.08) - 0.075, z - 0.372, 0.028, 0.028, 0.022)
    return felt, button


@solid
def ape(x, y, z, pose):
    """The whole ape."""
    coat = fur(x, y, z)
    if coat < 0.1:
        tuft, _ = curls(x * 17, y * 11, z * 17)
        coat -= 0.030 * (0.7 - tuft) + 0.0025 * sin(x * 140 + y * 70 + 3 * sin(y * 22))
    flesh = skin(x, y, z) + 0.002 * rough(x * 16, y * 16, z * 16, 2)
    felt, brass = waistcoat(x, y, z)
    eye = ball(abs(x - 0.03) - 0.082, y - 0.685, z - 0.335, 0.046)
    return min(min(min(coat, flesh), min(felt, brass)), eye) * 0.8


@solid
def hide(x, y, z, nx, ny, nz, pose):
    """Brown fur, tan skin, bead eyes."""
    coat = fur(x, y, z)
    if coat < 0.1:
        tuft, _ = curls(x * 17, y * 11, z * 17)
        coat -= 0.030 * (0.7 - tuft) + 0.0025 * sin(x * 140 + y * 70 + 3 * sin(y * 22))
    flesh = skin(x, y, z) + 0.002 * rough(x * 16, y * 16, z * 16, 2)
    felt, brass = waistcoat(x, y, z)
    eye = ball(abs(x - 0.03) - 0.082, y - 0.685, z - 0.335, 0.046)
    best = min(min(min(coat, flesh), min(felt, brass)), eye)
    blot = 0.5 + 0.5 * rough(x * 5, y * 5, z * 5, 3)
    if best == eye:
        return 0.012, 0.008, 0.006, 0.03, 0.0, 0.0, 0.0
    if best == brass:
        return 0.92, 0.64, 0.20, 0.18, 0.9, 0.0, 0.0
    if best == felt:
        v = mix(0.8, 1.1, blot)
        return 0.56 * v, 0.060 * v, 0.038 * v, 0.9, 0.0, 0.15, 0.12
    if best == flesh:
        v = mix(0.85, 1.1, blot)
        hx, hy = abs(x - 0.03), y - 0.66
        line = groove(hy + 0.155 - hx * hx * 1.6, 0.014) * ramp(0.14, 0.10, hx) * ramp(0.32, 0.36, z)
        v *= 1.0 - 0.7 * clamp(line, 0.0, 1.0)
        return 0.72 * v, 0.42 * v, 0.23 * v, 0.42, 0.0, 0.28, 0.0
    v = mix(0.65, 1.15, blot)
    return 0.24 * v, 0.115 * v, 0.052 * v, 0.75, 0.0, 0.15, 0.12


def climber(zoom: float = 1.0, samples: int = 3) -> np.ndarray:
    """Small pictures are sampled more finely."""
    return photograph(ape, hide, VIEW, zoom=zoom, samples=samples)
