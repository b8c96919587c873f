"""Corners that curl up from the glass: bent round a cylinder, shorter as seen from above, lit and shaded."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from collage.glass.compiled import kernel
from collage.glass.knife import Line, Mask

Pixels = npt.NDArray[np.uint8]

_MOST = 5
_SHARP = 0.36
"""How far, as a share of its arms, a corner stands out before it can curl."""
_BROAD = 1.6
"""How far to either side a bend reaches, in lengths of the corner."""
_LAMP = (-0.27, -0.37, 0.89)
"""Towards the lamp at the upper left, as all drawings of the studio are lit; z is up from the glass."""


class Corner(NamedTuple):
    """The tip, the direction out of the piece, and how far in from the tip the bend begins."""

    x: float
    y: float
    across: float
    down: float
    deep: float


def corners(lines: list[Line], size: float) -> list[Corner]:
    """The corners of a piece that can curl, sharpest first; `size` is the side of a square of its area."""
    arm = int(min(max(0.07 * size, 10.0), 42.0))
    found = []
    for line in lines:
        if len(line) > 6 * arm:
            arms = np.roll(line, arm, axis=0) + np.roll(line, -arm, axis=0) - 2 * line
            along = np.roll(line, -3, axis=0) - np.roll(line, 3, axis=0)
            out = np.hypot(arms[:, 0], arms[:, 1]) / (2 * arm)
            convex = arms[:, 0] * along[:, 1] - arms[:, 1] * along[:, 0] > 0
            found += _sharpest(line, arms, np.where(convex, out, 0.0), arm)
    points = np.concatenate(lines)
    free = [corner for _, corner in sorted(found, key=lambda pair: -pair[0]) if _free(corner, points)]
    return free[:_MOST]


def _free(corner: Corner, points: Line) -> bool:
    """Whether nothing beside a corner reaches further out than its tip, so that it can bend by itself."""
    x, y = points[:, 0] - corner.x, points[:, 1] - corner.y
    ahead, aside = x * corner.across + y * corner.down, y * corner.across - x * corner.down
    near = (np.abs(aside) < _BROAD * corner.deep) & (np.abs(ahead) < 2 * corner.deep)
    return bool(ahead[near].max() < 3.0)


def _sharpest(line: Line, arms: Line, out: npt.NDArray[np.float64], arm: int) -> list[tuple[float, Corner]]:
    """One outline's corners and how sharp they are, each the sharpest for three arms around."""
    found = []
    for _ in range(_MOST):
        n = int(out.argmax())
        if out[n] < _SHARP:
            break
        length = float(np.hypot(*arms[n]))
        x, y, across, down = (float(part) for part in (*line[n], *(-arms[n] / length)))
        found.append((float(out[n]), Corner(x, y, across, down, 1.15 * arm)))
        near = np.arange(n - 3 * arm, n + 3 * arm + 1) % len(out)
        out[near] = 0.0
    return found


def curled(sheet: Pixels, cover: Mask, corner: Corner, angle: float) -> None:
    """Bend a corner up, in place, until its tip stands at `angle` radians, less than a quarter turn."""
    reach = 1.9 * corner.deep + 4
    rows = slice(max(int(corner.y - reach), 0), int(corner.y + reach) + 1)
    columns = slice(max(int(corner.x - reach), 0), int(corner.x + reach) + 1)
    flat, flat_cover = sheet[rows, columns].copy(), cover[rows, columns].copy()
    tip = np.array([corner.x - columns.start, corner.y - rows.start, corner.across, corner.down, corner.deep])
    _bend(flat, flat_cover, sheet[rows, columns], cover[rows, columns], tip, angle, np.array(_LAMP))


@kernel
def _bend(
    flat: Pixels,
    flat_cover: Mask,
    sheet: Pixels,
    cover: Mask,
    tip: npt.NDArray[np.float64],
    angle: float,
    lamp: npt.NDArray[np.float64],
) -> None:
    """Past the bend, a point s along the paper is seen R sin(s/R) from it and leans by s/R; R is larger to the sides,
    where the curl runs out."""
    height, width = cover.shape
    deep = tip[4]
    for y in range(height):
        for x in range(width):
            u, v = x + 0.5 - tip[0], y + 0.5 - tip[1]
            seen = u * tip[2] + v * tip[3] + deep
            aside = (v * tip[2] - u * tip[3]) / (_BROAD * deep)
            if seen <= 0.0 or abs(aside) >= 1.0:
                continue
            bent = angle * (1.0 - aside * aside) ** 2
            radius = deep / max(bent, 1e-3)
            if seen >= 0.999 * radius:
                cover[y, x] = 0
                continue
            lean = np.arcsin(seen / radius)
            further = lean * radius - seen
            _taken(flat, flat_cover, sheet, cover, y, x, u + tip[0] + further * tip[2], v + tip[1] + further * tip[3])
            facing = lamp[2] * np.cos(lean) - np.sin(lean) * (lamp[0] * tip[2] + lamp[1] * tip[3])
            shade = 0.40 + 0.60 * facing / lamp[2]
            for c in range(3):
                sheet[y, x, c] = np.uint8(min(max(sheet[y, x, c] * shade, 0.0), 255.0) + 0.5)


@kernel
def _taken(
    flat: Pixels, flat_cover: Mask, sheet: Pixels, cover: Mask, y: int, x: int, from_x: float, from_y: float
) -> None:
    """Fill one pixel from a place of the flat sheet, between its four pixels."""
    height, width = cover.shape
    left, top = from_x - 0.5, from_y - 0.5
    i, j = int(np.floor(left)), int(np.floor(top))
    s, t = left - i, top - j
    i0, i1 = min(max(i, 0), width - 1), min(max(i + 1, 0), width - 1)
    j0, j1 = min(max(j, 0), height - 1), min(max(j + 1, 0), height - 1)
    a, b, c, d = (1 - s) * (1 - t), s * (1 - t), (1 - s) * t, s * t
    for k in range(4):
        value = flat[j0, i0, k] * a + flat[j0, i1, k] * b + flat[j1, i0, k] * c + flat[j1, i1, k] * d
        sheet[y, x, k] = np.uint8(value + 0.5)
    value = flat_cover[j0, i0] * a + flat_cover[j0, i1] * b + flat_cover[j1, i0] * c + flat_cover[j1, i1] * d
    cover[y, x] = np.uint8(value + 0.5)
