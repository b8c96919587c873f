"""Glass eyes: one behind lids of clay that can look about and blink, one loose in an egg cup."""

from __future__ import annotations

from math import atan2, cos, exp, sin, sqrt

import numpy as np
from march import View, photograph
from noise import curls, rough
from solids import ball, clamp, egg, groove, hoop, limb, mix, ramp, slab, solid, turn, weld

BALL = 0.60
# Where it looks (turned aside, turned up), how far the upper lid and the lower lid stand open.
LOOKS: dict[str, tuple[float, float, float, float]] = {
    "straight": (0.0, 0.0, 0.36, 0.30),
    "shut": (0.0, -0.1, -0.22, 0.26),
    "half": (0.0, -0.05, 0.09, 0.24),
    "left": (-0.62, 0.0, 0.34, 0.28),
    "right": (0.62, 0.0, 0.34, 0.28),
    "up": (0.0, 0.50, 0.47, 0.24),
    "down": (0.0, -0.55, 0.16, 0.36),
    "wide": (0.0, 0.0, 0.50, 0.42),
}
LIDDED, LOOSE, CUP = 0.0, 1.0, 2.0
VIEW = View(340, 276, 150.0, (170.0, 144.0), yaw=-7.0, pitch=5.0, reach=1.7)
VIEW_LOOSE = View(252, 252, 190.0, (126.0, 126.0), yaw=0.0, pitch=0.0, reach=1.4)
VIEW_CUP = View(300, 250, 190.0, (150.0, 10.0), yaw=0.0, pitch=2.0, reach=1.9)


@solid
def gaze(x, y, z, pose):
    """The point as the glass sees it, its pupil ahead along z."""
    x, z = turn(x, z, pose[1])
    z, y = turn(z, y, -pose[2])
    return x, y, z


@solid
def glass(x, y, z, pose):
    """A ball with a bulge over the iris."""
    gx, gy, gz = gaze(x, y, z, pose)
    return weld(ball(x, y, z, BALL), ball(gx, gy, gz - 0.30, 0.355), 0.06)


@solid
def bow(x, high):
    """Where the edge of a lid stands: highest in the middle, down at the corners."""
    u = clamp(abs(x + 0.03) / 0.56, 0.0, 1.0)
    return high * (1.0 - u * u) ** 0.8


@solid
def lids(x, y, z, pose):
    """(clay, lashes): a brow and a cheek of clay with a slit in it, and the hairs along the slit."""
    r = sqrt(x * x + y * y + z * z)
    tilt = y - 0.05 * x
    up, low = bow(x, pose[3]), -bow(x, pose[4])
    shell = abs(r - 0.665) - 0.050
    upper = max(shell, up - tilt)
    lower = max(shell, tilt - low + 0.02)
    upper = (
        upper - 0.02 * groove(tilt - up - 0.03, 0.035) + 0.022 * groove(tilt - up - 0.18 - 0.1 * (0.4 - pose[3]), 0.022)
    )
    lower = lower - 0.016 * groove(low - tilt - 0.03, 0.03) + 0.014 * groove(low - tilt - 0.15, 0.022)
    clay = weld(upper, lower, 0.03)
    # the corner by the nose, a tear sac and all
    clay = weld(clay, egg(x - 0.60, y + 0.03, z - 0.30, 0.085, 0.06, 0.08), 0.05)
    plane = egg(x, y, z + 0.10, 1.02, 0.80, 0.52)
    hole = ball(x, y, z, 0.655)
    face = max(plane, -hole)
    face = weld(max(face, -z - 0.18), clay, 0.13)
    brow = limb(x, y, z, -0.72, 0.46, 0.18, 0.06, 0.66, 0.32, 0.10, 0.14)
    brow = weld(brow, limb(x, y, z, 0.06, 0.66, 0.32, 0.70, 0.46, 0.24, 0.14, 0.13), 0.1)
    face = weld(face, brow, 0.16)
    face = weld(face, limb(x, y, z, -0.45, -0.52, 0.30, 0.45, -0.56, 0.32, 0.10, 0.12), 0.16)
    lash = 9.0
    for k in range(11):
        u = -0.46 + 0.088 * k
        h = bow(u, pose[3]) + 0.05 * u
        w = sqrt(max(0.715 * 0.715 - u * u - h * h, 0.01))
        long = 0.15 + 0.025 * sin(k * 4.7)
        droop = mix(-0.6, 0.75, clamp((pose[3] + 0.2) / 0.5, 0.0, 1.0))
        lash = min(
            lash,
            limb(
                x, y, z, u, h + 0.01, w - 0.03, u * 1.28 + 0.01 * sin(k * 9.1), h + long * droop, w + 0.10, 0.017, 0.006
            ),
        )
    return face, lash


@solid
def cup(x, y, z):
    """A turned egg cup with a foot, chipped at the rim."""
    r = sqrt(x * x + z * z)
    bowl = abs(sqrt(r * r + (y + 0.04) ** 2) - 0.66) - 0.045
    bowl = max(bowl, y + 0.22 + 0.012 * rough(x * 6, 0.0, z * 6, 2))
    rim = hoop(x, y + 0.22, z, 0.645, 0.055)
    stem = slab(r, y + 0.82, 0.12 + 0.3 * (y + 0.85) ** 2, 0.20, 0.03)
    foot = slab(r, y + 1.06 - 0.08 * r, 0.44 - 0.1 * ramp(-1.06, -0.98, y), 0.055, 0.04)
    return weld(weld(weld(bowl, rim, 0.03), stem, 0.10), weld(foot, hoop(x, y + 0.74, z, 0.13, 0.035), 0.02), 0.06)


@solid
def specimen(x, y, z, pose):
    """What the tripod looks at."""
    if pose[0] > 1.5:
        return cup(x, y, z) * 0.85
    if pose[0] > 0.5:
        return glass(x, y, z, pose) * 0.9
    far = ball(x, y, z, 1.25)
    if far > 0.15:
        return far
    face, lash = lids(x, y, z, pose)
    if face < 0.08:
        face += 0.006 * rough(x * 6, y * 6, z * 6, 3) + 0.0024 * rough(x * 32, y * 32, z * 32, 2)
        pit, name = curls(x * 22, y * 22, z * 22)
        face += 0.005 * ramp(0.3, 0.05, pit) * name
    return min(min(face, lash), glass(x, y, z, pose)) * 0.75


@solid
def iris_dye(x, y, z, pose):
    """Blown glass: a pupil, spokes of teal and mustard, a dark ring, then white with red threads."""
    gx, gy, gz = gaze(x, y, z, pose)
    off = atan2(sqrt(gx * gx + gy * gy), gz)
    a = atan2(gy, gx)
    thread = 0.5 + 0.5 * rough(cos(a) * 9.0, sin(a) * 9.0, off * 5.0, 3)
    if off < 0.50:
        pupil = ramp(0.175, 0.155, off)
        ring = ramp(0.40, 0.49, off)
        gold = ramp(0.33, 0.17, off + 0.10 * (thread - 0.5))
        r, g, b = mix(0.045, 0.42, gold), mix(0.27, 0.22, gold), mix(0.29, 0.04, gold)
        v = (0.45 + 1.1 * thread) * (1.0 - 0.8 * ring) * (1.0 - pupil)
        return r * v + 0.004, g * v + 0.004, b * v + 0.004, 0.05, 0.10, 0.0, 0.0
    edge = ramp(0.55, 0.50, off)
    far = ramp(0.62, 1.3, off)
    vein = groove(rough(x * 3.2 + 3, y * 4.4, z * 3.2, 3), 0.045) * far
    k = 1.0 - 0.45 * edge
    return (
        mix(0.86, 0.70, vein + 0.15 * far) * k,
        mix(0.82, 0.25, vein * 0.8 + 0.12 * far) * k,
        mix(0.73, 0.16, vein * 0.8 + 0.1 * far) * k,
        0.07,
        0.05,
        0.1,
        0.0,
    )


@solid
def clay_dye(x, y, z, slit):
    """Flesh clay: pinker along the slit and in the corner, powder on the lid."""
    blot = rough(x * 4, y * 4, z * 4, 4)
    pink = clamp(
        0.75 * slit + 0.25 * blot + 0.5 * exp(-(((x - 0.60) / 0.10) ** 2) - ((y + 0.03) / 0.10) ** 2), 0.0, 1.0
    )
    return mix(0.78, 0.60, pink), mix(0.50, 0.19, pink), mix(0.36, 0.14, pink), 0.42, 0.0, 0.3, 0.03


@solid
def china_dye(x, y, z):
    """Glazed: cream with two painted bands, crazed, brown where it chipped."""
    blot = rough(x * 3, y * 3, z * 3, 3)
    craze = groove(rough(x * 6 + 5, y * 6, z * 6, 2), 0.010) * 0.25
    k = (0.97 + 0.05 * blot) * (1.0 - craze)
    chip = ramp(0.62, 0.70, rough(x * 5, y * 5 + 3, z * 5, 2)) * ramp(-0.32, -0.2, y)
    if chip > 0.5:
        return 0.55, 0.42, 0.28, 0.8, 0.0, 0.0, 0.0
    if -0.40 < y < -0.33 or -1.10 < y < -1.04:
        return 0.56 * k, 0.10 * k, 0.06 * k, 0.10, 0.0, 0.1, 0.0
    return 0.82 * k, 0.76 * k, 0.62 * k, 0.09, 0.0, 0.15, 0.0


@solid
def dyes(x, y, z, nx, ny, nz, pose):
    """Which of them a point is made of."""
    if pose[0] > 1.5:
        return china_dye(x, y, z)
    if pose[0] > 0.5:
        return iris_dye(x, y, z, pose)
    face, lash = lids(x, y, z, pose)
    bulb = glass(x, y, z, pose)
    if bulb < face and bulb < lash:
        return iris_dye(x, y, z, pose)
    if lash < face + 0.004:
        return 0.035, 0.028, 0.025, 0.5, 0.0, 0.0, 0.0
    tilt = y - 0.05 * x
    slit = ramp(0.11, 0.0, min(abs(tilt - bow(x, pose[3])), abs(tilt + bow(x, pose[4])))) * ramp(0.75, 0.6, abs(x))
    brow = ramp(0.20, 0.30, ball(x * 0.32, y - 0.58 + 0.28 * x * x, z - 0.30, 0.0)) if y > 0.35 else 1.0
    hair = (
        groove(sin(x * 60 + y * 34 + 2.0 * rough(x * 4, y * 4, z, 2)), 0.55) * (1.0 - brow) * ramp(0.85, 0.65, abs(x))
    )
    r, g, b, dull, metal, wrap, sheen = clay_dye(x, y, z, slit)
    return mix(r, 0.06, hair), mix(g, 0.035, hair), mix(b, 0.025, hair), dull, metal, wrap, sheen


def look(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """One drawing of the eye behind lids."""
    return photograph(specimen, dyes, VIEW, (LIDDED, *LOOKS[name]), zoom=zoom, samples=samples, pace=0.75)


def loose(zoom: float = 1.0, samples: int = 3) -> np.ndarray:
    """The eye by itself, looking to the right: a layer turns it where it likes."""
    return photograph(specimen, dyes, VIEW_LOOSE, (LOOSE, 0.72, 0.0, 0.0, 0.0), zoom=zoom, samples=samples)


def egg_cup(zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """What it stands in."""
    return photograph(specimen, dyes, VIEW_CUP, (CUP, 0.0, 0.0, 0.0, 0.0), zoom=zoom, samples=samples)
