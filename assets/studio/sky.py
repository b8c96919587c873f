"""Skies: clouds of layered noise, lit from above at noon and from below by a sun that has just gone."""

from __future__ import annotations

from math import exp

import cv2
import numpy as np
from noise import curls, layered, rough
from solids import clamp, mix, ramp, solid

SIZE = (2200, 1000)

# zenith, middle, low, ground; cloud lit above and below, cloud in its own shade above and below
DUSK = [(0.10, 0.27, 0.32), (0.50, 0.58, 0.50), (0.83, 0.47, 0.38), (0.66, 0.22, 0.20),
        (1.10, 0.80, 0.66), (1.05, 0.58, 0.44), (0.16, 0.24, 0.30), (0.33, 0.17, 0.22)]  # fmt: skip
NOON = [(0.09, 0.30, 0.40), (0.22, 0.48, 0.52), (0.50, 0.66, 0.60), (0.78, 0.76, 0.62),
        (1.25, 1.20, 1.08), (1.15, 1.06, 0.90), (0.34, 0.42, 0.46), (0.52, 0.50, 0.48)]  # fmt: skip
# colours, where the light comes from, how much sky is covered, where in the noise to look
MOODS = {
    "dusk": (np.array(DUSK), (-0.030, 0.034), 0.0, 0.0),
    "noon": (np.array(NOON), (-0.030, -0.036), 0.05, 31.0),
}


@solid
def vapour(x, y, floor):
    """How thick the cloud is at a point; floor lifts or lowers how much of the sky is covered."""
    wx = x + 0.22 * rough(x * 1.1, y * 1.7, 3.0, 3)
    wy = y + 0.10 * rough(x * 1.3, y * 1.9, 8.0, 3)
    base = rough(wx * 0.85, wy * 2.1, 5.0, 4)
    a, _ = curls(wx * 2.4, wy * 3.6, 2.0)
    b, _ = curls(wx * 5.6, wy * 8.0, 6.0)
    c, _ = curls(wx * 12.5, wy * 17.0, 1.0)
    puff = (0.55 - a) * 0.75 + (0.55 - b) * 0.42 + (0.55 - c) * 0.22
    return base * 0.85 + puff + 0.10 * rough(x * 24, y * 30, 4.0, 2) - floor


@solid
def wash(dyes, y):
    """The bare sky at a height: teal above, cream in the middle, pink and brick towards the ground."""
    t1, t2, t3 = ramp(-0.1, 0.48, y), ramp(0.40, 0.74, y), ramp(0.70, 1.05, y)
    r = mix(mix(mix(dyes[0, 0], dyes[1, 0], t1), dyes[2, 0], t2), dyes[3, 0], t3)
    g = mix(mix(mix(dyes[0, 1], dyes[1, 1], t1), dyes[2, 1], t2), dyes[3, 1], t3)
    b = mix(mix(mix(dyes[0, 2], dyes[1, 2], t1), dyes[2, 2], t2), dyes[3, 2], t3)
    return r, g, b


@solid
def clearing(y, more):
    """How high the cloud's floor lies: the middle of the plate is covered, its top and bottom stay open."""
    bank = 0.34 * exp(-(((y - 0.52) / 0.22) ** 2))
    return 0.20 - more - bank + 0.10 * ramp(0.75, 1.0, y) + 0.22 * ramp(0.25, 0.0, y)


@solid
def veil(x, v, y):
    """How much of the high, thin streaks is in front of the bare sky."""
    streak = rough(x * 0.9 + v * 0.5, v * 7.0, 12.0, 4) + 0.4 * rough(x * 3.2, v * 22.0, 14.0, 3)
    return ramp(0.15, 1.1, streak) * ramp(0.62, 0.25, y) * 0.55


@solid
def lightness(x, v, d, lx, ly, floor):
    """How lit a cloud is: less the more cloud lies between here and the glow, low on the left."""
    block = 0.0
    for s in range(1, 6):
        block += max(vapour(x + lx * s * s * 0.5, v + ly * s, floor), 0.0)
    relief = d - vapour(x + lx * 0.7, v + ly * 0.7, floor)
    light = exp(-0.85 * block) * 0.85 + 0.20 * ramp(0.55, 0.0, d) + 0.85 * clamp(relief, -0.2, 0.4)
    return clamp(light, 0.0, 1.0)


@solid
def dyed(dyes, y, light):
    """The colour of cloud between its own shade and full light."""
    lr, lg, lb = mix(dyes[4, 0], dyes[5, 0], y), mix(dyes[4, 1], dyes[5, 1], y), mix(dyes[4, 2], dyes[5, 2], y)
    sr, sg, sb = mix(dyes[6, 0], dyes[7, 0], y), mix(dyes[6, 1], dyes[7, 1], y), mix(dyes[6, 2], dyes[7, 2], y)
    return mix(sr, lr, light), mix(sg, lg, light), mix(sb, lb, light)


@solid
def starlight(x, v, y, cover, thin):
    """The first stars, high up where no cloud hides them."""
    far, name = curls(x * 22, v * 22, 40.0)
    return ramp(0.075, 0.02, far) * name * name * (1.0 - cover) * (1.0 - thin) * ramp(0.34, 0.15, y) * 1.2


@solid
def expose(width, height, dyes, lx, ly, more, at):
    """Every pixel of the plate."""
    out = np.zeros((height, width, 4), np.float32)
    for j in range(height):
        y = j / height
        v = y * 2.0
        r, g, b = wash(dyes, y)
        floor = clearing(y, more)
        for i in range(width):
            x = (i / width - 0.5) * 4.4 + at
            thin = veil(x, v, y)
            cr, cg, cb = mix(r, dyes[4, 0] * 0.8, thin), mix(g, dyes[4, 1] * 0.77, thin), mix(b, dyes[4, 2] * 0.8, thin)
            d = vapour(x, v, floor)
            cover = ramp(-0.02, 0.34, d)
            if cover > 0.0:
                kr, kg, kb = dyed(dyes, y, lightness(x, v, d, lx, ly, floor))
                cr, cg, cb = mix(cr, kr, cover), mix(cg, kg, cover), mix(cb, kb, cover)
            star = starlight(x, v, y, cover, thin) if y < 0.34 and ly > 0.0 else 0.0
            out[j, i, 0], out[j, i, 1], out[j, i, 2], out[j, i, 3] = cr + star, cg + star, cb + star * 0.9, 1.0
    return out


def sky(mood: str, zoom: float = 1.0, samples: int = 1) -> np.ndarray:
    """One plate: clean, with the line of the tear already in its alpha."""
    width, height = round(SIZE[0] * zoom), round(SIZE[1] * zoom)
    dyes, (lx, ly), more, at = MOODS[mood]
    light = expose(width, height, dyes, lx, ly, more, at)
    rgb = np.clip(light[..., :3] / (1 + light[..., :3] * 0.22) * 1.12, 0, 1) ** (1 / 2.2)
    rng = np.random.default_rng(19 + int(at))
    rgb = rgb + rng.standard_normal(rgb.shape[:2])[..., None] * 0.012
    line = layered(rng, 1, width, 520 * zoom, 4, 0.45)[0]
    bottom = height - (62 + np.clip(line, -2, 2) * 24) * zoom
    alpha = (np.arange(height)[:, None] < bottom[None, :]).astype(np.float32)
    alpha = cv2.GaussianBlur(alpha, (0, 0), 1.0)
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)
