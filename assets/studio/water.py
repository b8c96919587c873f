"""The splash: a crown of water with its jets, beads and spray, lit from behind as a flash would freeze it."""

from __future__ import annotations

from math import atan2, cos, exp, floor, pi, sqrt

import numpy as np
from march import View, develop, lit, shrink, slope, strike
from noise import lumps, rough
from solids import clamp, mix, ramp, solid, weld

VIEW = View(760, 620, 200.0, (388.0, 452.0), pitch=17.0, reach=2.9)


def spray(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where the water went: rim heights round the crown, and beads grouped by the jet that threw them."""
    rng = np.random.default_rng(seed)
    slices = 256
    angle = np.arange(slices) * 2 * np.pi / slices
    rim = np.full(slices, 0.70)
    for k in range(1, 7):
        rim += rng.normal(0, 0.10 / k**0.6) * np.cos(k * angle + rng.uniform(0, 6.28))
    jets = np.sort(np.arange(30) + rng.normal(0, 0.28, 30)) * 2 * np.pi / 30
    beads: list[list[float]] = []
    groups: list[list[float]] = []

    def group(first: int) -> None:
        part = np.array(beads[first:])
        middle = (part[:, :3].min(0) + part[:, :3].max(0)) / 2
        radius = (np.linalg.norm(part[:, :3] - middle, axis=1) + part[:, 3]).max()
        groups.append([*middle, radius, first, len(beads)])

    for a in jets:
        here = int(a / (2 * np.pi) * slices) % slices
        strength = rng.gamma(3.2, 0.20) + 0.25
        spread = np.abs((angle - a + np.pi) % (2 * np.pi) - np.pi)
        rim += 0.13 * min(strength, 1.2) * np.exp(-((spread / 0.055) ** 2))
        height = rim[here]
        r0 = 0.55 + 0.36 * height**1.5
        speed, rise = rng.uniform(0.28, 0.62), rng.uniform(0.90, 1.50)
        first = len(beads)
        count, length = int(8 + strength * 10), 0.80 * strength
        side, twist = rng.normal(0, 0.10), 0.0
        broken = rng.uniform(0.45, 0.85)
        for n in range(count):
            s = n / (count - 1)
            t = s * length
            neck = 0.030 * (1 - 0.72 * min(s / broken, 1)) * (0.75 + 0.5 * strength)
            if s > broken:
                # past the neck the jet is a string of beads
                if rng.random() < 0.25:
                    continue
                neck = rng.uniform(0.012, 0.045)
                twist += rng.normal(0, 0.02)
            r = r0 + speed * t
            y = height - 0.05 + rise * t - 0.42 * t * t
            b = a + side * t + twist * 0.3
            beads.append([r * np.cos(b), y, r * np.sin(b), max(neck, 0.010), 1.0 if s <= broken else 0.0])
        group(first)
    for _ in range(34):
        a, first = rng.uniform(0, 2 * np.pi), len(beads)
        r, y = rng.uniform(0.5, 1.55), rng.uniform(0.25, 1.75)
        y = min(y, 2.15 - r * 0.75)
        for _ in range(rng.integers(4, 9)):
            size = min(0.011 + rng.exponential(0.009), 0.045)
            p = np.array([r * np.cos(a), y, r * np.sin(a)]) + rng.normal(0, 0.13, 3)
            beads.append([*p, size, 0.0])
        group(first)
    return rim, np.array(beads), np.array(groups)


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
def freeze(scene, pose, m, width, height, scale, cx, cy, reach, eye):
    """One flash: up to three skins of water along each ray."""
    out = np.zeros((height, width, 4), np.float32)
    near = 0.35 / scale
    ox, oy, oz = m[0, 2] * eye, m[1, 2] * eye, m[2, 2] * eye
    for j in range(height):
        for i in range(width):
            px, py, pz = (i + 0.5 - cx) / scale, (cy - j - 0.5) / scale, -eye
            n = 1.0 / sqrt(px * px + py * py + pz * pz)
            px, py, pz = px * n, py * n, pz * n
            dx = m[0, 0] * px + m[0, 1] * py + m[0, 2] * pz
            dy = m[1, 0] * px + m[1, 1] * py + m[1, 2] * pz
            dz = m[2, 0] * px + m[2, 1] * py + m[2, 2] * pz
            x, y, z = ox, oy, oz
            r, g, b = 0.0, 0.0, 0.0
            tr, tg, tb = 1.0, 1.0, 1.0
            t = eye - reach
            for skin in range(3):
                t = strike(scene, pose, x, y, z, dx, dy, dz, t, eye + reach, 0.8, near)
                if t > eye + reach:
                    break
                out[j, i, 3] = 1.0
                x, y, z = x + dx * t, y + dy * t, z + dz * t
                nx, ny, nz = slope(scene, pose, x, y, z, 0.7 / scale)
                c = clamp(-(nx * dx + ny * dy + nz * dz), 0.0, 1.0)
                mirror = 0.03 + 0.97 * (1.0 - c) ** 5
                rx, ry, rz = dx + 2 * c * nx, dy + 2 * c * ny, dz + 2 * c * nz
                er, eg, eb = lit(
                    m[0, 0] * rx + m[1, 0] * ry + m[2, 0] * rz,
                    m[0, 1] * rx + m[1, 1] * ry + m[2, 1] * rz,
                    m[0, 2] * rx + m[1, 2] * ry + m[2, 2] * rz,
                    0.02,
                )
                r, g, b = r + tr * mirror * er * 1.7, g + tg * mirror * eg * 1.7, b + tb * mirror * eb * 1.7
                dx, dy, dz = bend(dx, dy, dz, nx, ny, nz, 0.75)
                # through the body of the water to its far skin
                s = 0.02
                for _ in range(60):
                    h = -scene(x + dx * s, y + dy * s, z + dz * s, pose)
                    if h < near:
                        break
                    s += max(h * 0.9, 0.004)
                x, y, z = x + dx * s, y + dy * s, z + dz * s
                nx, ny, nz = slope(scene, pose, x, y, z, 0.7 / scale)
                dx, dy, dz = bend(dx, dy, dz, -nx, -ny, -nz, 1.33)
                tr, tg, tb = tr * 0.90 * exp(-s * 2.2), tg * 0.95 * exp(-s * 0.75), tb * 0.95 * exp(-s * 0.65)
                if skin == 0:
                    # churned water is full of air and turns white
                    foam = ramp(0.30, 0.95, rough(x * 9, y * 7, z * 9, 3) + 0.7 * exp(-max(y, 0.0) * 6.0) - 0.1)
                    r, g, b = r + 0.36 * foam * tr, g + 0.40 * foam * tg, b + 0.40 * foam * tb
                    tr, tg, tb = tr * (1 - 0.4 * foam), tg * (1 - 0.4 * foam), tb * (1 - 0.4 * foam)
                t = 0.03
            br, bg, bb = behind(
                m[0, 0] * dx + m[1, 0] * dy + m[2, 0] * dz,
                m[0, 1] * dx + m[1, 1] * dy + m[2, 1] * dz,
                m[0, 2] * dx + m[1, 2] * dy + m[2, 2] * dz,
            )
            out[j, i, 0], out[j, i, 1], out[j, i, 2] = r + tr * br, g + tg * bg, b + tb * bb
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
