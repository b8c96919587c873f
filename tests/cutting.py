"""Drawings to cut and print: discs, boards and flat colours, and cut-outs of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.exposure.cel import Cutout, Edge, Print
from collage.glass.paper import made
from collage.registry.catalogue import Drawing

Pixels = npt.NDArray[np.uint8]
PAPER = Colour(246, 240, 226)


def flat(width: int, height: int, colour: tuple[int, int, int] = (150, 90, 70)) -> Pixels:
    """An opaque board of one colour."""
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[...] = (*colour, 255)
    return pixels


def board(width: int, height: int, room: int, colour: tuple[int, int, int] = (150, 90, 70)) -> Pixels:
    """A board in the middle of a transparent drawing."""
    return np.pad(flat(width, height, colour), ((room, room), (room, room), (0, 0)))


def photograph(width: int, height: int) -> Pixels:
    """An opaque picture without two pixels alike side by side."""
    y, x = np.mgrid[0:height, 0:width]
    colours = [60 + (x * 3 + y) % 120, 50 + (x + 2 * y) % 140, 40 + (5 * x + 3 * y) % 150]
    return np.stack([*colours, np.full_like(x, 255)], -1).astype(np.uint8)


def disc(radius: float, size: int) -> Pixels:
    """A disc with an anti-aliased rim in the middle of a square drawing, premultiplied."""
    y, x = np.mgrid[0:size, 0:size] + 0.5 - size / 2
    alpha = np.clip(radius - np.hypot(x, y) + 0.5, 0, 1)
    return np.rint(np.dstack([alpha * 150, alpha * 90, alpha * 70, alpha * 255])).astype(np.uint8)


def cutout(edge: Edge | None = None, how: Print | None = None, name: str = "disc") -> Cutout:
    return Cutout(Drawing(f"props/{name}", name, Path(f"{name}.png"), (1, 1)), edge, how)


def cut(pixels: Pixels, border: float = 6.0, colour: Colour = PAPER, **how: float) -> tuple[Pixels, int]:
    """A drawing cut out and not printed, and how many pixels it grew on each side."""
    piece, (pad, _) = made(pixels, cutout(Edge(border, colour, **how)))
    return piece, pad


def press(pixels: Pixels, halftone: float = 5.0, **how: object) -> Pixels:
    """A drawing printed and not cut."""
    return made(pixels, cutout(None, Print(halftone, **how)))[0]  # type: ignore[arg-type]
