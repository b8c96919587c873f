"""A wooden rollercoaster in pieces: straight, over a hill, through a dip; each stands on its own timber.

A piece is seen obliquely: what is nearer slides down and to the right, but the plane between the rails is not changed
at all, so that a path of the same lines and arcs runs exactly on the rails.
"""

from __future__ import annotations

from math import atan2, cos, floor, sin, sqrt

import numpy as np
from march import View
from noise import rough
from solids import ball, clamp, mix, ramp, slab, solid

LINE, HILL, DIP = 0.0, 1.0, 2.0
GAUGE, STEP, BAY, FLOOR = 0.42, 0.46, 1.55, 1.75
SCALE = 100.0
# name: shape, centre x and y (or the rise of a line), radius, first and last length along it, bottom, left, right
TRACKS: dict[str, tuple[float, ...]] = {
    "lift": (LINE, 0.0, np.pi / 6, 1.0, -2.7, 2.7, -8.6, -2.338, 2.338),
    "fall": (LINE, 0.0, -np.pi / 3, 1.0, -2.1, 2.1, -8.0, -1.05, 1.05),
    "slope": (LINE, 0.0, np.pi / 6, 1.0, -2.0, 2.0, -4.2, -1.732, 1.732),
    "crest": (HILL, 0.0, -3.3, 3.3, -3.3 * np.pi / 6, 3.3 * np.pi / 3, -8.6, -1.65, 2.858),
    "hump": (HILL, 0.0, -4.2, 4.2, -4.2 * np.pi / 6, 4.2 * np.pi / 6, -4.6, -2.1, 2.1),
    "dip": (DIP, 0.0, 3.6, 3.6, -3.6 * np.pi / 3, 3.6 * np.pi / 6, -2.6, -3.118, 1.8),
    "run": (DIP, 0.0, 3.6, 3.6, -3.6 * np.pi / 6, 0.0, -3.2, -1.8, 0.0),
    "level": (LINE, 0.0, 0.0, 1.0, -3.0, 3.0, -3.2, -3.0, 3.0),
}
# width, height and the pixel of the origin
FRAMES: dict[str, tuple[int, int, tuple[float, float]]] = {
    "lift": (560, 1090, (270.0, 190.0)),
    "fall": (330, 1060, (150.0, 236.0)),
    "slope": (430, 590, (205.0, 150.0)),
    "crest": (540, 950, (220.0, 50.0)),
    "hump": (520, 560, (250.0, 60.0)),
    "dip": (590, 520, (365.0, 220.0)),
    "run": (260, 450, (215.0, 90.0)),
    "level": (680, 400, (330.0, 50.0)),
}


def pose_of(name: str) -> tuple[float, ...]:
    """What the scene reads: 0 for tracks, then the row of the table."""
    return (0.0, *TRACKS[name])


def view_of(name: str) -> View:
    """Straight on from far away, so that nothing is drawn out of line."""
    width, height, middle = FRAMES[name]
    return View(width, height, SCALE, middle, reach=2.2, eye=60.0)


@solid
def along(x, y, pose):
    """How far along the track a point lies, and how high over its rails."""
    if pose[1] < 0.5:
        c, s = cos(pose[3]), sin(pose[3])
        return x * c + y * s, y * c - x * s
    dx, dy = x - pose[2], y - pose[3]
    r = sqrt(dx * dx + dy * dy)
    if pose[1] < 1.5:
        return atan2(dx, dy) * pose[4], r - pose[4]
    return atan2(dx, -dy) * pose[4], pose[4] - r


@solid
def deck(s, n, z, pose):
    """What lies along: (steel, beams, ties, bolts)."""
    ends = max(pose[5] - s, s - pose[6])
    az = abs(z) - GAUGE
    steel = max(slab(n - 0.015, az, 0.035, 0.055, 0.012), ends)
    beam = max(slab(n + 0.13, az, 0.115, 0.085, 0.02), ends + 0.01)
    fold = s - STEP * floor(s / STEP + 0.5)
    tie = max(slab(n + 0.32, fold, 0.075, 0.10, 0.02), abs(z) - 0.80 - 0.05 * sin(floor(s / STEP + 0.5) * 5.0))
    tie = max(tie, ends + 0.06)
    bolt = max(ball(n + 0.245, fold, abs(z) - 0.68, 0.045), ends + 0.14)
    return steel, beam, tie, min(bolt, max(ball(n + 0.13, fold, abs(z) - 0.50, 0.035), ends + 0.14))


@solid
def frame(x, y, n, z, pose):
    """What stands below: (timber, bolts, number of the board)."""
    left, right, low = pose[8], pose[9], pose[7]
    room = right - left
    bay = room / floor(room / BAY + 0.5)
    u = x - left
    col = floor(u / bay + 0.5)
    fx = u - bay * col
    row = floor(y / FLOOR + 0.5)
    fy = y - FLOOR * row
    under = n
    if 0.5 < pose[1] < 1.5:
        # below a hill, not merely inside its circle
        side = clamp((x - pose[2]) / pose[4], -0.98, 0.98)
        under = (y - pose[3]) * sqrt(1.0 - side * side) - pose[4] * (1.0 - side * side)
    cut = max(max(under + 0.36, low - y), max(-u - 0.11, u - room - 0.11))
    az = abs(z) - 0.56
    post = slab(fx, az, 0.095, 0.095, 0.02)
    bar = slab(fy, az - 0.15, 0.075, 0.05, 0.015)
    cross = max(slab(fx, fy, 0.06, 0.06, 0.02), abs(z) - 0.56)
    cu, cv = u - bay * floor(u / bay), y - FLOOR * floor(y / FLOOR)
    k = 1.0 / sqrt(bay * bay + FLOOR * FLOOR)
    one = slab((cu * FLOOR - cv * bay) * k, az - 0.12, 0.055, 0.03, 0.01)
    two = slab(((bay - cu) * FLOOR - cv * bay) * k, az - 0.06, 0.055, 0.03, 0.01)
    brace = max(min(one, two), -u)
    timber = max(min(min(post, bar), min(cross, brace)), cut)
    bolt = max(ball(fx, fy, az - 0.20, 0.05), cut)
    board = 0.0 if post < min(bar, brace) else (1.0 if bar < brace else 2.0)
    return timber, bolt, board + 3.0 * col + 17.0 * row


@solid
def parts(x, y, z, pose):
    """All of a piece in the oblique view: steel, beams, ties, timber, bolts, board."""
    x, y = x - 0.14 * z, y + 0.30 * z
    s, n = along(x, y, pose)
    steel, beam, tie, bolt = deck(s, n, z, pose)
    timber, nut, board = frame(x, y, n, z, pose)
    return steel, beam, tie, timber, min(bolt, nut), board


@solid
def track(x, y, z, pose):
    """The whole piece."""
    steel, beam, tie, timber, bolt, _ = parts(x, y, z, pose)
    return min(min(steel, beam), min(min(tie, timber), bolt)) * 0.78


@solid
def plank(u, v, name, blot):
    """Boards that stood in the rain: grain along v, knots, and no two of one colour."""
    grain = rough(u * 26.0 + name * 7.3, v * 1.3 + name, name, 3)
    ring = 0.5 + 0.5 * sin(u * 60.0 + 5.0 * rough(u * 3.0, v * 0.9, name * 3.1, 2) + name)
    tone = 0.72 + 0.30 * sin(name * 12.9898) + 0.28 * blot
    dark = clamp(0.84 + 0.34 * grain - 0.15 * ring, 0.35, 1.3) * clamp(tone, 0.5, 1.15)
    grey = ramp(0.1, 0.9, blot)
    return mix(0.43, 0.40, grey) * dark, mix(0.245, 0.31, grey) * dark, mix(0.115, 0.215, grey) * dark


@solid
def paint(x, y, z, pose):
    """Tarred timber, brick-red beams that peel, bright steel."""
    steel, beam, tie, timber, bolt, board = parts(x, y, z, pose)
    best = min(min(steel, beam), min(min(tie, timber), bolt))
    x, y = x - 0.14 * z, y + 0.30 * z
    s, n = along(x, y, pose)
    blot = rough(x * 1.7 + 3.0, y * 1.7, z * 1.7, 3)
    fine = rough(x * 18, y * 18, z * 18, 2)
    if best == steel:
        rust = ramp(-0.1, 0.8, blot + 0.5 * fine)
        return mix(0.62, 0.34, rust), mix(0.60, 0.22, rust), mix(0.57, 0.14, rust), 0.30, 0.8, 0.0, 0.0
    if best == bolt:
        return 0.16, 0.13, 0.11, 0.42, 0.7, 0.0, 0.0
    if best == beam:
        r, g, b = plank(n, s, 2.0 + floor(s / 1.1), blot)
        peel = ramp(0.25, 0.5, blot * 0.7 + rough(s * 3, n * 22, z * 9, 3) * 0.7)
        shade = 0.85 + 0.25 * fine
        return mix(0.56 * shade, r, peel), mix(0.085 * shade, g, peel), mix(0.05 * shade, b, peel), 0.6, 0.0, 0.0, 0.0
    if best == tie:
        r, g, b = plank(n + s, z, floor(s / STEP + 0.5) * 1.7, blot)
        return r * 0.8, g * 0.8, b * 0.8, 0.75, 0.0, 0.0, 0.0
    kind = board - 3.0 * floor(board / 3.0)
    u, v = (x, y) if kind < 0.5 else ((y, x) if kind < 1.5 else (x - y, x + y))
    r, g, b = plank(u, v, board, blot)
    return r, g, b, 0.78, 0.0, 0.0, 0.0
