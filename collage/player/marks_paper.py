"""What is drawn of a piece that is pointed at: its edge, its pivot, who carries it, its way, a slip that names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Card, Cutout, Lettering
from collage.geometry import Affine, Point, Size
from collage.player.overlay import FAINT_INK, INK, MUSTARD, PAPER, RED, TEAL, sheet, words
from collage.player.pick import FAINT
from collage.registry.catalogue import Drawing

if TYPE_CHECKING:
    from pygame import Surface

    from collage.glass.plates import Plates

Colour = tuple[int, int, int]
Points = npt.NDArray[np.float64]
"""(n, 2), x and y."""
MOST_EDGES = 400
SMALLEST = 8
"""Pixels around the smallest hole that is drawn."""
_FINE = 4
"""Bits of a pixel's fraction that lines are drawn with."""
_FAR = 1e6


class Stroke(NamedTuple):
    """A line through points of the window; a dot for a single one. `wide` in pixels; `halo`: laid on a wider one of
    paper, so that it is seen on anything."""

    points: Points
    colour: Colour
    wide: int
    closed: bool = False
    halo: bool = True


def edges(
    content: Drawing | Cutout | Card | Lettering | None, size: tuple[float, float], plates: Plates
) -> list[Points]:
    """The closed lines along the edge of what is there of a piece, holes among them, in its own pixels. AssetError for
    a picture that can't be read."""
    import cv2

    if content is None or isinstance(content, Card):
        return [np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float64)]
    plate = plates.plate(content)
    there = np.pad(plate.pixels[..., 3] >= round(255 * FAINT), 1).astype(np.uint8)
    found, _ = cv2.findContours(there, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    lines = sorted((line for line in found if len(line) >= SMALLEST), key=len, reverse=True)[:MOST_EDGES]
    corner = np.array(plate.origin) - 0.5  # the pad's pixel, and a pixel's middle
    return [cv2.approxPolyDP(line, 0.7, closed=True).reshape(-1, 2) + corner for line in lines]


def carried(points: Points, matrix: Affine) -> Points:
    """Points under a matrix."""
    x, y = points[:, 0], points[:, 1]
    return np.stack([x * matrix.a + y * matrix.c + matrix.e, x * matrix.b + y * matrix.d + matrix.f], axis=1)


def edge(lines: Iterable[Points], matrix: Affine, *, chosen: bool) -> list[Stroke]:
    """An edge in the window: red for what is chosen, a pencil line around what is only pointed at."""
    colour, wide = (RED, 2) if chosen else (INK, 1)
    return [Stroke(carried(line, matrix), colour, wide, closed=True) for line in lines]


def way(points: Sequence[Point], keyed: Sequence[Point]) -> list[Stroke]:
    """A way: a line, a dot at each exposure, a larger one at each key."""
    strokes = [Stroke(np.array(points, np.float64), TEAL, 2)] if len(points) > 1 else []
    strokes += [Stroke(np.array([point], np.float64), TEAL, 5, halo=False) for point in points]
    return strokes + [Stroke(np.array([point], np.float64), MUSTARD, 9) for point in keyed]


def chain(points: Sequence[Point]) -> list[Stroke]:
    """From a pivot to the hook that it hangs on, the pivot of who carries it, and on."""
    found = [Stroke(np.array(points, np.float64), INK, 2)] if len(points) > 1 else []
    found += [Stroke(np.array([point], np.float64), INK, 9) for point in points[1:]]
    x, y = points[0]
    cross = [[(x - 9, y), (x + 9, y)], [(x, y - 9), (x, y + 9)]]
    return [*found, *(Stroke(np.array(line, np.float64), RED, 2) for line in cross)]


def drawn(strokes: Sequence[Stroke], room: Size) -> tuple[Surface, Point] | None:
    """Strokes on a clear surface, premultiplied, no larger than it need be, and where in the room it lies; None where
    nothing of them is in it."""
    import pygame

    if not strokes:
        return None
    all_of_them = np.concatenate([stroke.points for stroke in strokes])
    margin = 4 + max(stroke.wide for stroke in strokes)
    left, top = (max(0, int(np.clip(low, -_FAR, _FAR)) - margin) for low in all_of_them.min(axis=0))
    right, bottom = (
        min(side, int(np.clip(high, -_FAR, _FAR)) + margin)
        for side, high in zip(room, all_of_them.max(axis=0), strict=True)
    )
    if right <= left or bottom <= top:
        return None
    board = np.zeros((bottom - top, right - left, 4), np.uint8)
    for halo in (True, False):
        for stroke in strokes:
            if stroke.halo or not halo:
                _draw(board, stroke._replace(points=stroke.points - (left, top)), halo)
    return pygame.image.frombuffer(board.tobytes(), (right - left, bottom - top), "BGRA"), (left, top)


def _draw(board: npt.NDArray[np.uint8], stroke: Stroke, halo: bool) -> None:
    """A stroke, or the paper under it. What is blended into nothing comes out premultiplied."""
    import cv2

    ink = (*reversed(PAPER if halo else stroke.colour), 255)  # as screens have it: laid ten times as fast
    wide = stroke.wide + 2 * halo
    fine = np.round(np.clip(stroke.points, -_FAR, _FAR) * 2**_FINE).astype(np.int32)
    if len(fine) == 1:
        radius = round(wide * 2**_FINE / 2)
        cv2.circle(board, fine[0].tolist(), radius, ink, -1, cv2.LINE_AA, _FINE)
    else:
        cv2.polylines(board, [fine.reshape(-1, 1, 2)], stroke.closed, ink, wide, cv2.LINE_AA, _FINE)


def slip(title: str, lines: Sequence[str], place: str, window: Size) -> Surface:
    """A slip of paper: a piece's name, what there is to know of it, and where it is written."""
    import pygame

    em = max(13, min(20, window[1] // 36))
    rows = [words(title, round(1.3 * em), RED), *(words(line, em, INK) for line in lines)]
    if place:
        rows.append(words(place, em, FAINT_INK))
    gap = round(0.35 * em)
    height = sum(row.get_height() for row in rows) + gap * (len(rows) - 1)
    page = pygame.Surface((max(row.get_width() for row in rows), height), pygame.SRCALPHA)
    y = 0
    for row in rows:
        page.blit(row, (0, y))
        y += row.get_height() + gap
    return sheet(page, margin=round(0.7 * em))
