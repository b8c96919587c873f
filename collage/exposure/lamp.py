"""The lamp: the shadow that a piece casts directly under itself, by the air under its sheet.

It hangs on sheet, lamp and lens alone, so all pieces of a sheet share one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from collage.exposure.camera import Matrix
from collage.exposure.cel import Shadow
from collage.exposure.rig import LEAN, SPREAD, STRENGTH, TURN
from collage.geometry import cos_sin

AROUND_MM = 6.0
"""Air that is always there: paper never lies flat."""
FLAT_MM = 60.0
"""Of a wider gap only a third of what is beyond counts."""
MOST_LEAN = 89.9
"""Degrees. Nearer to the table shadows have no end."""
MOST_SPREAD = 10.0
_WIDTH = 1920


def cast(pose: Sequence[float], gap: float, width: float) -> Shadow | None:
    """On a canvas so many pixels wide, under a sheet with such a gap in millimetres; None from a lamp that is out.

    air = g + 6 mm, offset = u · air · tan(lean) away from the lamp, sigma = u · (1 + spread · air / 2), opacity =
    strength / (1 + air / 250), where u = width / 1920 and g is the gap, above 60 counted as 60 + (g − 60) / 3.
    """
    strength = min(pose[STRENGTH], 1.0)
    if strength <= 0:
        return None
    air = (gap if gap <= FLAT_MM else FLAT_MM + (gap - FLAT_MM) / 3) + AROUND_MM
    unit, lean = width / _WIDTH, min(max(pose[LEAN], 0.0), MOST_LEAN)
    spread = min(max(pose[SPREAD], 0.0), MOST_SPREAD)
    reach, (cos, sin) = unit * air * math.tan(math.radians(lean)), cos_sin(pose[TURN])
    return Shadow((-sin * reach, cos * reach), unit * (1 + spread * air / 2), strength / (1 + air / 250))


def through(lens: Matrix | None, shadow: Shadow | None) -> Shadow | None:
    """A shadow as the camera sees it: turned and scaled with its sheet."""
    if lens is None or shadow is None:
        return shadow
    a, b, c, d, _, _ = lens
    x, y = shadow.offset
    return Shadow(
        (a * x + c * y, b * x + d * y), shadow.sigma * math.sqrt(abs(a * d - b * c)), shadow.opacity
    )  # fmt: skip
