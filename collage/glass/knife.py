"""The knife: a border of paper around a silhouette, cut in short straight strokes as a hand cuts.

The silhouette is where a drawing is at least half opaque. Around it lies the line that a patient hand would follow:
`border` away, never into a crevice or a hole too narrow for the blade. Then the hand cuts along it, stroke by stroke,
each a little off. Another `knife` cuts the same line again.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Edge
from collage.glass.compiled import kernel
from collage.glass.grain import dice, lumps, seed
from collage.glass.square import WIDEST, squared
from collage.motion.chance import Chance

Mask = npt.NDArray[np.uint8]
Field = npt.NDArray[np.float32]
Line = npt.NDArray[np.float64]

_FAR = np.float32(1024.0)
"""Pixels, more than any border and the largest ball around it."""
SOLID = 128
"""The alpha from which on a pixel belongs to the silhouette."""
_SMALLEST_HOLE = 260.0
"""Square pixels: what is smaller, a knife can't cut out."""
_ISLAND = 40.0
"""An island is small below this, times the square of the border and a bit."""
_NECK = 2.5
"""How much larger than else the ball is that gaps beside small islands are closed by."""
_SAGS = 1.15
"""How far in pixels a stroke may leave its line before the hand sets down anew."""
_STROKES = (16.0, 64.0)
"""The shortest and longest stroke meant, in pixels; bends make them shorter."""


def silhouette(alpha: Mask) -> Mask:
    """1 where a drawing is solid, else 0; of a drawing that is faint everywhere, where it is at least half its most."""
    least = max(1, min(SOLID, (int(alpha.max(initial=0)) + 1) // 2))
    return (alpha >= least).view(np.uint8)


def sway(edge: Edge) -> float:
    """How far in pixels a stroke's end may lie off the line."""
    return min(0.3 + edge.wobble * (1.6 + 0.28 * edge.border), 0.3 + 0.6 * edge.border + edge.wobble)


def margin(edge: Edge) -> int:
    """Whole pixels that the paper may reach beyond the drawing's own rectangle."""
    return int(np.ceil(WIDEST * edge.border + sway(edge) + _SAGS)) + 2


def marked(solid: Mask, border: float) -> list[Line]:
    """The closed lines to cut along, around a silhouette that has room around it for the border."""
    room = int(_NECK * _turn(border)) + 2  # and here for the balls that roll around it
    wide = cv2.copyMakeBorder(solid, room, room, room, room, cv2.BORDER_CONSTANT)
    return [squared(line - room, border) for line in outlines(followed(np.asarray(wide, np.uint8), border))]


def cut(shape: tuple[int, ...], lines: list[Line], edge: Edge, chance: Chance) -> Mask:
    """How far each pixel is paper, 0 to 255, once a hand has cut along the lines."""
    return filled(shape, [_stroked(line, edge, chance) for line in lines])


def away(mask: Mask) -> Field:
    """Pixels from each pixel's centre to the edge of what is 1, negative inside."""
    field = inward(1 - mask)
    field -= inward(mask)
    field -= np.copysign(np.float32(0.5), field)
    return field


def inward(mask: Mask) -> Field:
    """Pixels from each centre within a mask to the nearest outside, 0 there, at most `_FAR`; what lies beyond the
    picture is nowhere.

    OpenCV's roots differ in their last bit by how rows lie in memory and by threads, so they are taken again: squares
    of distances are whole.
    """
    field = np.asarray(cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), np.float32)
    np.minimum(field, _FAR, out=field)
    np.multiply(field, field, out=field)
    return np.sqrt(np.rint(field, out=field), out=field)


def followed(solid: Mask, border: float) -> Field:
    """The line to follow, as a field that is 0 on it and grows inward: `border` off the silhouette, gaps of a hair
    closed, and small islands held by a neck of paper to what lies near them."""
    turn = _turn(border)
    out = away(solid)
    line = _closed(out, border, turn)
    _, labels, islands, _ = cv2.connectedComponentsWithStats((line > 0).view(np.uint8), ltype=cv2.CV_16U)
    small = islands[:, cv2.CC_STAT_AREA] < _ISLAND * (border + 4.0) ** 2
    if len(islands) > 2 and small.any():
        near = away(small[labels].view(np.uint8)) < 2 * _NECK * turn
        np.maximum(line, _closed(out, border, _NECK * turn), out=line, where=near)
        inside = (line > 0).view(np.uint8)
        strong = cv2.morphologyEx(inside, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
        line[(inside > strong) & (out > border)] = -1.0  # a neck of a hair holds nothing
    return line


def _turn(border: float) -> float:
    """The radius in which a knife can turn, by how coarse the cutting is."""
    return 4.0 + 0.5 * border


def _closed(out: Field, border: float, turn: float) -> Field:
    """The line `border` off, and nowhere nearer by than a ball of radius `turn` can roll. The ball's own field is half
    a pixel coarse, hence laid a pixel deeper, so that it counts in crevices alone."""
    wide = (out < border + turn).view(np.uint8)
    line = inward(wide)
    line -= np.float32(turn + 1.0)
    np.maximum(line, np.float32(border) - out, out=line)
    return line


def outlines(line: Field) -> list[Line]:
    """The closed curves (n, 2) where a field is 0, in pixels, holes too small to cut left out."""
    inside = (line > 0).view(np.uint8)
    found, tree = cv2.findContours(inside, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    kept = []
    for n, points in enumerate(found):
        hole = tree[0][n][3] >= 0
        if not hole or cv2.contourArea(points) >= _SMALLEST_HOLE:
            curve = points[:, 0].astype(np.float64)
            settle(line, curve)
            kept.append(curve)
    return kept


@kernel
def settle(field: Field, curve: Line) -> None:
    """Move points from pixels' centres, in place, to where a field is 0 by its slope; in corner coordinates."""
    height, width = field.shape
    for n in range(len(curve)):
        x, y = int(curve[n, 0]), int(curve[n, 1])
        left, right = max(x - 1, 0), min(x + 1, width - 1)
        above, below = max(y - 1, 0), min(y + 1, height - 1)
        across = (field[y, right] - field[y, left]) / max(right - left, 1)
        down = (field[below, x] - field[above, x]) / max(below - above, 1)
        steep = max(across * across + down * down, 0.25)
        step = min(max(field[y, x] / steep, -1.0), 1.0)
        curve[n, 0] = x + 0.5 - step * across
        curve[n, 1] = y + 0.5 - step * down


def _stroked(curve: Line, edge: Edge, chance: Chance) -> Line:
    """The corners of the strokes that cut a closed curve, each a little off it."""
    turned = np.roll(curve, -int(chance.child("start", edge.knife).at(len(curve)) * len(curve)), axis=0)
    hand, knife = seed(chance, "hand"), seed(chance, f"knife {edge.knife}")
    corners = strokes(turned, hand, knife, sway(edge), _SAGS, *_STROKES)
    return corners if len(corners) > 2 else curve


@kernel
def strokes(
    curve: Line, hand: np.uint64, knife: np.uint64, sway: float, sags: float, shortest: float, longest: float
) -> Line:
    """Walk along a closed curve and set the blade down anew where a straight stroke would leave it by more than
    `sags`, or is as long as the hand meant it; each corner lies up to `sway` off the curve, and never across it by
    what `hand` and `knife` say together: the first is the same for every knife."""
    count = len(curve)
    kept = np.empty((count, 2))
    corners, start = 0, 0
    while start < count:
        share = 0.5 + 0.5 * dice(knife, start, 1)
        meant = shortest + (longest - shortest) * share * share
        end = start + 1
        while end < count:
            if not _straight(curve, start, end + 1, sags, meant):
                break
            end += 1
        x, y = curve[start]
        across, down = _normal(curve, start)
        off = 0.62 * lumps(hand, x, y, 70.0) + 0.28 * lumps(hand, x, y, 23.0) + 0.34 * dice(knife, start, 2)
        kept[corners] = x + across * off * sway, y + down * off * sway
        corners += 1
        start = end
    return kept[:corners]


@kernel
def _straight(curve: Line, start: int, end: int, sags: float, longest: float) -> bool:
    """Whether one stroke from `start` to before `end`, or round to the first point again, stays by its curve."""
    count = len(curve)
    x, y = curve[start]
    across, down = curve[end % count, 0] - x, curve[end % count, 1] - y
    length = np.sqrt(across * across + down * down)
    if length > longest:
        return False
    for n in range(start + 1, min(end, count)):
        u, v = curve[n, 0] - x, curve[n, 1] - y
        if abs(u * down - v * across) > sags * length + 1e-9:
            return False
    return True


@kernel
def _normal(curve: Line, at: int) -> tuple[float, float]:
    """The unit vector across a closed curve at one of its points, by what is three points before and behind it."""
    count = len(curve)
    before, behind = curve[(at - 3) % count], curve[(at + 3) % count]
    across, down = behind[0] - before[0], behind[1] - before[1]
    length = max(np.sqrt(across * across + down * down), 1e-9)
    return down / length, -across / length


def filled(shape: tuple[int, ...], lines: list[Line]) -> Mask:
    """How far each pixel lies inside closed curves, 0 to 255, exactly; holes go round the other way."""
    turns = np.zeros((shape[0], shape[1] + 2), np.float32)
    for line in lines:
        around(turns, line)
    cover = np.empty(shape, np.uint8)
    gathered(turns, cover)
    return cover


@kernel
def around(turns: Field, curve: Line) -> None:
    """Add to each pixel how much of what lies right of a closed curve begins in it, signed by the curve's way.

    The area right of each edge within a row, split over the pixels it crosses: summed along the row that is the exact
    share of each pixel that lies inside.
    """
    height, width = turns.shape[0], turns.shape[1] - 2
    count = len(curve)
    for n in range(count):
        x0, y0 = curve[n]
        x1, y1 = curve[(n + 1) % count]
        way = 1.0
        if y0 > y1:
            x0, y0, x1, y1, way = x1, y1, x0, y0, -1.0
        if y0 == y1:
            continue
        slope = (x1 - x0) / (y1 - y0)
        for row in range(max(int(np.floor(y0)), 0), min(int(np.ceil(y1)), height)):
            top, bottom = max(y0, float(row)), min(y1, row + 1.0)
            if bottom > top:
                _edge(turns[row], x0 + (top - y0) * slope, x0 + (bottom - y0) * slope, way * (bottom - top), width)


@kernel
def _edge(row: npt.NDArray[np.float32], a: float, b: float, tall: float, width: int) -> None:
    """One row's piece of an edge from x = a to x = b, `tall` of the row high."""
    left, right = min(max(min(a, b), 0.0), float(width)), min(max(max(a, b), 0.0), float(width))
    first, last = int(left), int(right)
    done = 0.0  # of the edge's height to the left of this pixel's right side
    for x in range(first, last + 1):
        share = 1.0 if right <= x + 1 or right - left < 1e-12 else (x + 1 - left) / (right - left)
        part = share - done
        middle = 0.5 * (max(left, float(x)) + min(right, x + 1.0)) - x
        row[x] += tall * part * (1.0 - middle)
        row[x + 1] += tall * part * middle
        done = share


@kernel
def gathered(turns: Field, cover: Mask) -> None:
    """Sum up along each row what began where."""
    height, width = cover.shape
    for y in range(height):
        total = 0.0
        for x in range(width):
            total += turns[y, x]
            cover[y, x] = np.uint8(min(abs(total), 1.0) * 255.0 + 0.5)
