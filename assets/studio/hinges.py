"""The skull taken apart where it opens, and a foot to stand on."""

from __future__ import annotations

import numpy as np
from bones import cranium, ivory, mandible, seam
from march import View, photograph
from noise import rough
from solids import egg, groove, limb, solid, turn, weld
from teeth import LOWER, UPPER, denture

# both halves are photographed from where the whole skull was, so that they fit
CRANIUM = View(400, 392, 218.0, (206.0, 212.0), yaw=-26.0, pitch=4.0, reach=1.9)
JAW = View(340, 262, 218.0, (176.0, 42.0), yaw=-26.0, pitch=4.0, reach=1.9)
FOOT = View(330, 190, 210.0, (228.0, 88.0), yaw=-62.0, pitch=14.0, reach=1.7)
VIEWS = {"cranium": (CRANIUM, 1.0), "jaw": (JAW, 0.0), "foot": (FOOT, -1.0)}
BITE = 0.44


@solid
def lower(x, y, z):
    """The jaw with its row of teeth: (bone, teeth)."""
    gum, teeth = denture(x / BITE, (y + 0.655) / BITE, (z - 0.335) / BITE, LOWER)
    return weld(mandible(x, y, z), gum * BITE + 0.02, 0.07), teeth * BITE


@solid
def upper(x, y, z):
    """All that stays when it laughs: (bone, teeth)."""
    d = cranium(x, y, z)
    if y > 0.0:
        return d, y + 0.15
    gum, teeth = denture(x / BITE, (-0.475 - y) / BITE, (z - 0.37) / BITE, UPPER)
    return weld(d, gum * BITE + 0.02, 0.07), teeth * BITE


@solid
def foot(x, y, z):
    """Ankle, heel and five toes of three bones, pointing along z."""
    d = limb(x, y, z, 0.0, 0.26, -0.06, 0.0, 0.04, 0.02, 0.125, 0.115)
    d = weld(d, limb(x, y, z, 0.0, -0.04, -0.08, 0.0, -0.22, -0.34, 0.11, 0.125), 0.10)
    for k in range(3):
        d = min(d, egg(x - 0.10 + 0.10 * k, y + 0.05 - 0.03 * k, z - 0.24, 0.075, 0.085, 0.10))
    for k in range(5):
        tx, tz = turn(x - 0.15 + 0.075 * k, z - 0.30, 0.10 - 0.06 * k)
        r = 0.062 if k == 0 else 0.044
        far = 0.40 - 0.03 * k
        d = min(
            d,
            weld(
                limb(tx, y, tz, 0.0, -0.08, 0.0, 0.0, -0.21, far, r, r * 0.75),
                egg(tx, y + 0.21, tz - far, r * 1.1, r, r),
                0.04,
            ),
        )
        d = min(d, limb(tx, y, tz, 0.0, -0.225, far + 0.07, 0.0, -0.24, far + 0.17, r * 0.8, r * 0.7))
        d = min(d, egg(tx, y + 0.25, tz - far - 0.25, r * 0.85, r * 0.7, r * 1.2))
    return d


@solid
def half(x, y, z, pose):
    """The cranium, the jaw or the foot."""
    if pose[0] < -0.5:
        return (foot(x, y, z) + 0.005 * rough(x * 9, y * 9, z * 9, 2)) * 0.8
    if pose[0] > 0.5:
        bone, teeth = upper(x, y, z)
        bone += 0.004 * groove(seam(x, y, z), 0.012)
    else:
        bone, teeth = lower(x, y, z)
    return min(bone + 0.005 * rough(x * 7, y * 7, z * 7, 3), teeth) * 0.8


@solid
def enamel(x, y, z, nx, ny, nz, pose):
    """Ivory; whiter where only the jaw's teeth are."""
    if pose[0] > 0.5 or pose[0] < -0.5:
        return ivory(x, y, z, nx, ny, nz, pose)
    bone, teeth = lower(x, y, z)
    if teeth < 0.004 and bone > 0.0:
        return 0.86, 0.78, 0.58, 0.2, 0.0, 0.15, 0.0
    return ivory(x, y, z, nx, ny, nz, pose)


def shoot(name: str, zoom: float = 1.0, samples: int = 2) -> np.ndarray:
    """cranium, jaw or foot."""
    view, pose = VIEWS[name]
    return photograph(half, enamel, view, (pose,), zoom=zoom, samples=samples)
