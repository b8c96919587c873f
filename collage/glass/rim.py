"""What happens along the rim of a piece: it is torn, blackened with a marker, and its cut edge catches the lamp.

Sheets here are (height, width, 4): straight colours, and in the fourth place how far the photograph goes, while
`cover` says how far there is paper.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Edge
from collage.glass.compiled import kernel
from collage.glass.grain import dice, lumps, ragged, seed
from collage.glass.knife import Field, Line, Mask, inward
from collage.motion.chance import Chance

Pixels = npt.NDArray[np.uint8]

_HAIRS = 0.2
"""Loose fibres to a pixel of torn outline."""
_ZONE = 110.0
"""Pixels from one torn stretch of an outline to the next, about."""


def depths(cover: Mask) -> Field:
    """Pixels from each pixel's centre inward from the edge of the paper, 0 outside."""
    return inward((cover > 127).view(np.uint8))


def torn(sheet: Pixels, cover: Mask, lines: list[Line], edge: Edge, chance: Chance) -> None:
    """Tear a share of the outline, in place: the paper goes ragged, and the print's layer comes off further in than
    the pulp under it."""
    place, tear = seed(chance, "torn where"), seed(chance, "torn how")
    points = np.concatenate(lines)
    zones = np.sort(zoned(place, points, _ZONE))
    # a soft step at either end of a stretch, so the last ones need a little more than all
    level = float(zones[min(int(edge.torn * len(zones)), len(zones) - 1)]) + (0.2 if edge.torn >= 1 else 0.0)
    rim = np.zeros_like(cover)
    _tear(sheet, cover, depths(cover), rim, place, tear, level, _ZONE, 2.5 + 0.45 * edge.border, 5.0 + edge.border / 2)
    _hairs(sheet, cover, rim, chance)


@kernel
def zoned(start: np.uint64, points: Line, cell: float) -> Line:
    """The lot of each point, by which it is torn or not."""
    lots = np.empty(len(points))
    for n in range(len(points)):
        lots[n] = ragged(start, points[n, 0], points[n, 1], cell, 2, 0.4)
    return lots


@kernel
def _tear(
    sheet: Pixels,
    cover: Mask,
    depth: Field,
    rim: Mask,
    place: np.uint64,
    tear: np.uint64,
    level: float,
    zone: float,
    bite: float,
    peel: float,
) -> None:
    height, width = cover.shape
    reach = 2.2 * bite + 3.2 * peel
    for y in range(height):
        for x in range(width):
            inward = depth[y, x]
            if inward > reach or cover[y, x] == 0:
                continue
            u, v = float(x), float(y)
            pull = min(max((level - ragged(place, u, v, zone, 2, 0.4)) / 0.12, 0.0), 1.0)
            if pull == 0.0:
                continue
            coarse = ragged(tear, u, v, 40.0, 3, 0.6)
            fine = ragged(tear + np.uint64(50), u, v, 6.0, 3, 0.75)
            left = inward - pull * bite * max(1.0 + 0.95 * coarse + 0.34 * fine, 0.05)
            shown = min(max(left + 0.2, 0.0), 1.0)
            cover[y, x] = min(cover[y, x], np.uint8(shown * 255.0 + 0.5))
            if 0.0 < shown < 1.0:
                rim[y, x] = 255
            loose = max(1.0 + 0.8 * ragged(tear + np.uint64(90), u, v, 30.0, 4, 0.65), 0.12)
            print_left = left - pull * peel * loose
            kept = min(max(print_left / 1.4 + 0.5, 0.0), 1.0)
            if kept >= 1.0:
                continue
            fuzz = 0.55 * lumps(tear + np.uint64(120), u, v, 2.6) + 0.45 * dice(tear, x, y)
            bed = (
                1.0 + 0.055 * fuzz - 0.06 * min(max(1.5 - left, 0.0), 1.5) - 0.05 * min(max(print_left + 2.0, 0.0), 2.0)
            )
            for c in range(3):
                white = (250.0 - 5.0 * c) * bed
                sheet[y, x, c] = np.uint8(min(white + (sheet[y, x, c] - white) * kept, 255.0) + 0.5)
            sheet[y, x, 3] = np.uint8(sheet[y, x, 3] * kept)


def _hairs(sheet: Pixels, cover: Mask, rim: Mask, chance: Chance) -> None:
    """Single fibres that stand off a torn rim, in place."""
    rows, columns = np.nonzero(rim)
    count = int(len(rows) * _HAIRS)
    if not count:
        return
    draws = np.random.Generator(np.random.PCG64(int(seed(chance, "hairs"))))
    roots = draws.integers(0, len(rows), count)
    turn, bend, step = draws.random(count) * 7, draws.random(count) - 0.5, 0.7 + 3.4 * draws.random(count) ** 4
    curls = np.empty((count, 3, 2))
    curls[:, 0, 0], curls[:, 0, 1] = columns[roots], rows[roots]
    for n in range(2):
        heading = turn + n * bend * 2
        curls[:, n + 1] = curls[:, n] + np.stack([np.cos(heading), np.sin(heading)], -1) * step[:, None]
    points = np.round(curls * 16).astype(np.int32)
    hair = np.zeros_like(cover)
    for n, shade in enumerate((60, 95, 140)):
        cv2.polylines(hair, list(points[n::3]), False, shade, 1, cv2.LINE_AA, 4)
    fresh = hair > cover
    sheet[fresh] = (247, 243, 235, 0)
    np.maximum(cover, hair, out=cover)


def blackened(sheet: Pixels, cover: Mask, edge: Edge, chance: Chance) -> None:
    """A marker's black along the edge, in place, as broad as `dark` says; on the photograph it hardly slips."""
    _marker(sheet, depths(cover), edge.dark * (2.0 + edge.border), seed(chance, "marker"))


@kernel
def _marker(sheet: Pixels, depth: Field, broad: float, start: np.uint64) -> None:
    height, width = depth.shape
    for y in range(height):
        for x in range(width):
            if depth[y, x] > 2.0 * broad + 2.0:
                continue
            u, v = float(x), float(y)
            run = broad * (1.0 + 0.30 * lumps(start, u, v, 34.0) + 0.22 * lumps(start + np.uint64(1), u, v, 5.0))
            black = min(max((run - depth[y, x]) / 1.3 + 0.5, 0.0), 1.0)
            black *= 0.90 + 0.07 * lumps(start + np.uint64(2), u, v, 9.0) + 0.03 * dice(start, x, y)
            black *= 1.0 - 0.75 * sheet[y, x, 3] / 255.0
            for c in range(3):
                sheet[y, x, c] = np.uint8(sheet[y, x, c] + (27.0 + 2.0 * c - sheet[y, x, c]) * black + 0.5)


@kernel
def lit(sheet: Pixels, cover: Mask) -> None:
    """The lamp on the cut edge, in place: a thread of light at the upper left, of shade at the lower right, on bare
    paper alone."""
    height, width = cover.shape
    for y in range(height):
        for x in range(width):
            if cover[y, x] == 0 or sheet[y, x, 3] == 255:
                continue
            bare = 1.0 - sheet[y, x, 3] / 255.0
            before = cover[max(y - 1, 0), max(x - 1, 0)]
            behind = cover[min(y + 1, height - 1), min(x + 1, width - 1)]
            shade = 1.0 + bare * (float(behind) - float(before)) * (0.075 / 255.0)
            for c in range(3):
                sheet[y, x, c] = np.uint8(min(max(sheet[y, x, c] * shade, 0.0), 255.0) + 0.5)
