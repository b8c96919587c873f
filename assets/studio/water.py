"""The splash: a crown of water with its jets, beads and spray, lit from behind as a flash would freeze it."""

from __future__ import annotations

from math import atan2, cos, exp, floor, pi, sqrt

import numpy as np
from march import View, develop, lit, shrink
from noise import lumps, rough
from rays import aim, into_camera, slope, strike
from solids import clamp, mix, ramp, solid, weld
from spray import spray

VIEW = View(760, 620, 200.0, (388.0, 452.0), pitch=17.0, reach=2.9)
RIM, BEADS, GROUPS = spray(112)


@solid
def crown(x, y, z):
    """The thin wall thrown up all round, and the torn pool it stands in."""
    r = sqrt(x * x + z * z)
    if r > 1.7 or y > 1.5:
        return max(r - 1.55, y - 1.35)
    a = atan2(z, x)
    u = (a / (2 * pi) + 1.0) * 256.0
    k = floor(u)
    f = u - k
    top = mix(RIM[k % 256], RIM[(k + 1) % 256], f * f * (3 - 2 * f))
    h = max(y, 0.0)
    wall = 0.55 + 0.36 * h**1.5 + 0.16 * exp(-h * 7.0)
    cx, cz = x / (r + 1e-6), z / (r + 1e-6)
    ripple = 0.012 * lumps(cx * 7, y * 1.6, cz * 7) + 0.008 * lumps(cx * 16, y * 3.5, cz * 16)
    slant = 1.0 / sqrt(1.0 + min(0.54 * sqrt(h), 0.8) ** 2)
    thick = 0.018 + 0.05 * exp(-h * 6.0) + 0.014 * exp(-(((y - top) / 0.05) ** 2))
    sheet = (abs(r - wall - ripple) - thick) * slant
    over = y - top
    if over > 0.0:
        sheet = sqrt(max(sheet, 0.0) ** 2 + over * over) + min(sheet, 0.0) * 0.0
    sheet = max(sheet, -0.08 - y)
    # a few windows where the film has burst
    hole = rough(cx * 3.2, y * 3.0, cz * 3.2 + 21.0, 2)
    sheet = max(sheet, (hole - 0.74) * 0.12 * ramp(0.12, 0.25, y) + (-1.0) * ramp(0.25, 0.12, y))
    swell = 0.045 * cos((r - 0.5) * 11.0) * exp(-((r - 0.55) ** 2) * 2.0) + 0.02 * rough(x * 4, 2.0, z * 4, 3)
    edge = 1.26 + 0.13 * lumps(cx * 2.2, 5.0, cz * 2.2) + 0.05 * lumps(cx * 8, 1.0, cz * 8)
    flat = abs(y + 0.05 - swell) - 0.06
    rim = r - edge
    pool = sqrt(max(flat + 0.04, 0.0) ** 2 + max(rim + 0.04, 0.0) ** 2) + min(max(flat + 0.04, rim + 0.04), 0.0) - 0.04
    return weld(sheet, pool * 0.8, 0.12)


@solid
def splash(x, y, z, pose):
    """All the water."""
    d = crown(x, y, z) * 0.75
    for g in range(GROUPS.shape[0]):
        px, py, pz = x - GROUPS[g, 0], y - GROUPS[g, 1], z - GROUPS[g, 2]
        bound = sqrt(px * px + py * py + pz * pz) - GROUPS[g, 3]
        if bound > d + 0.03:
            continue
        first, last = int(GROUPS[g, 4]), int(GROUPS[g, 5])
        for n in range(first, last):
            qx, qy, qz = x - BEADS[n, 0], y - BEADS[n, 1], z - BEADS[n, 2]
            e = sqrt(qx * qx + qy * qy + qz * qz) - BEADS[n, 3]
            if BEADS[n, 4] > 0.5 and n + 1 < last and BEADS[n + 1, 4] > 0.5:
                dx, dy, dz = (
                    BEADS[n + 1, 0] - BEADS[n, 0],
                    BEADS[n + 1, 1] - BEADS[n, 1],
                    BEADS[n + 1, 2] - BEADS[n, 2],
                )
                h = clamp((qx * dx + qy * dy + qz * dz) / (dx * dx + dy * dy + dz * dz), 0.0, 1.0)
                e = sqrt((qx - dx * h) ** 2 + (qy - dy * h) ** 2 + (qz - dz * h) ** 2)
                e -= mix(BEADS[n, 3], BEADS[n + 1, 3], h)
                d = weld(d, e, 0.016)
            else:
                d = min(d, e)
    return d


@solid
def behind(dx, dy, dz):
    """What is seen through the water: a bright paper sweep behind, dark above and to the sides, teal below."""
    glow = exp(-((dx / 0.34) ** 2) - (((dy + 0.18) / 0.30) ** 2)) * ramp(0.2, 0.9, -dz)
    low = ramp(0.05, -0.75, dy)
    return (0.035 + 1.05 * glow + 0.05 * low, 0.10 + 1.12 * glow + 0.17 * low, 0.13 + 1.10 * glow + 0.19 * low)


@solid
def bend(dx, dy, dz, nx, ny, nz, ratio):
    """Refraction; beyond the critical angle it is a mirror."""
    c = -(dx * nx + dy * ny + dz * nz)
    k = 1.0 - ratio * ratio * (1.0 - c * c)
    if k < 0.0:
        return dx + 2 * c * nx, dy + 2 * c * ny, dz + 2 * c * nz
    s = ratio * c - sqrt(k)
    return ratio * dx + s * nx, ratio * dy + s * ny, ratio * dz + s * nz


@solid
def gleam(m, x, y, z, nx, ny, nz):
    """The room mirrored in a skin of water (x, y, z is the ray); grazing rays are all mirror."""
    c = clamp(-(nx * x + ny * y + nz * z), 0.0, 1.0)
    mirror = 0.03 + 0.97 * (1.0 - c) ** 5
    rx, ry, rz = into_camera(m, x + 2 * c * nx, y + 2 * c * ny, z + 2 * c * nz)
    r, g, b = lit(rx, ry, rz, 0.02)
    return mirror * r * 1.7, mirror * g * 1.7, mirror * b * 1.7


@solid
def depth(scene, pose, x, y, z, dx, dy, dz, near):
    """How far a ray goes through the body of the water to its far skin."""
    s = 0.02
    for _ in range(60):
        h = -scene(x + dx * s, y + dy * s, z + dz * s, pose)
        if h < near:
            break
        s += max(h * 0.9, 0.004)
    return s


@solid
def froth(x, y, z):
    """How white the water is: churned low in the crown it is full of air."""
    return ramp(0.30, 0.95, rough(x * 9, y * 7, z * 9, 3) + 0.7 * exp(-max(y, 0.0) * 6.0) - 0.1)


@solid
def flash(scene, pose, m, dx, dy, dz, scale, reach, eye):
    """One ray through up to three skins of water: its colour, and whether it met any water."""
    x, y, z = m[0, 2] * eye, m[1, 2] * eye, m[2, 2] * eye
    r, g, b, hit = 0.0, 0.0, 0.0, 0.0
    tr, tg, tb = 1.0, 1.0, 1.0
    near, e, t = 0.35 / scale, 0.7 / scale, eye - reach
    for skin in range(3):
        t = strike(scene, pose, x, y, z, dx, dy, dz, t, eye + reach, 0.8, near)
        if t > eye + reach:
            break
        hit = 1.0
        x, y, z = x + dx * t, y + dy * t, z + dz * t
        nx, ny, nz = slope(scene, pose, x, y, z, e)
        er, eg, eb = gleam(m, dx, dy, dz, nx, ny, nz)
        r, g, b = r + tr * er, g + tg * eg, b + tb * eb
        dx, dy, dz = bend(dx, dy, dz, nx, ny, nz, 0.75)
        s = depth(scene, pose, x, y, z, dx, dy, dz, near)
        x, y, z = x + dx * s, y + dy * s, z + dz * s
        nx, ny, nz = slope(scene, pose, x, y, z, e)
        dx, dy, dz = bend(dx, dy, dz, -nx, -ny, -nz, 1.33)
        tr, tg, tb = tr * 0.90 * exp(-s * 2.2), tg * 0.95 * exp(-s * 0.75), tb * 0.95 * exp(-s * 0.65)
        if skin == 0:
            foam = froth(x, y, z)
            r, g, b = r + 0.36 * foam * tr, g + 0.40 * foam * tg, b + 0.40 * foam * tb
            tr, tg, tb = tr * (1 - 0.4 * foam), tg * (1 - 0.4 * foam), tb * (1 - 0.4 * foam)
        t = 0.03
    bx, by, bz = into_camera(m, dx, dy, dz)
    br, bg, bb = behind(bx, by, bz)
    return r + tr * br, g + tg * bg, b + tb * bb, hit


@solid
def freeze(scene, pose, m, width, height, scale, cx, cy, reach, eye):
    """One flash of the whole splash: linear colour and coverage, one sample a pixel."""
    out = np.zeros((height, width, 4), np.float32)
    for j in range(height):
        for i in range(width):
            dx, dy, dz = aim(m, i, j, scale, cx, cy, eye)
            r, g, b, hit = flash(scene, pose, m, dx, dy, dz, scale, reach, eye)
            out[j, i, 0], out[j, i, 1], out[j, i, 2], out[j, i, 3] = r, g, b, hit
    out[..., :3] *= out[..., 3:]
    return out


def the_splash(zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """There is one. It is handed from scene to scene."""
    k, v = zoom * samples, VIEW
    light = freeze(
        splash,
        np.zeros(1),
        v.matrix(),
        round(v.width * zoom) * samples,
        round(v.height * zoom) * samples,
        v.scale * k,
        v.centre[0] * k,
        v.centre[1] * k,
        v.reach,
        v.eye,
    )
    light[..., :3] = np.minimum(light[..., :3], 5.0)
    picture = develop(shrink(light, samples), 1.4)
    # printed hard, so that the dark skins of the water stand beside the flash
    rgb = np.clip(picture[..., :3] * 1.12 - 0.06, 0, 1)
    picture[..., :3] = rgb + (rgb - 0.5) * 0.5 * (1 - np.abs(2 * rgb - 1))
    picture[..., :3] = np.clip(picture[..., :3], 0, 1)
    return picture
