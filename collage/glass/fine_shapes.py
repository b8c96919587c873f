"""Flat shapes in floats: cards, and what a pane's clip leaves, by the edges of `shapes`."""

from __future__ import annotations

import numpy as np

from collage.glass.compiled import kernel
from collage.glass.fine_kernels import Floats
from collage.glass.shapes import LINES, Line, chord, cover, touched_and_full


@kernel
def card(patch: Floats, across: Line, down: Line, colour: Floats) -> None:
    """Draw a flat rectangle of a premultiplied colour into `patch`."""
    height, width = patch.shape[:2]
    for y in range(height):
        row = patch[y]
        start, first, last, end = touched_and_full(across, down, y, width)
        row[:start], row[end:] = 0, 0
        for x in range(start, end):
            share = np.float32(1.0 if first <= x < last else cover(across, down, x, y))
            for channel in range(4):
                row[x, channel] = colour[channel] * share


@kernel
def clip_rectangle(patch: Floats, across: Line, down: Line) -> None:
    """Keep of each pixel of `patch`, in place, what a card with these edges would cover."""
    height, width = patch.shape[:2]
    for y in range(height):
        row = patch[y]
        start, first, last, end = touched_and_full(across, down, y, width)
        row[:start], row[end:] = 0, 0
        for x in range(start, end):
            if not first <= x < last:
                row[x] *= np.float32(cover(across, down, x, y))


@kernel
def clip_ellipse(patch: Floats, across: Line, down: Line) -> None:
    """Keep of each pixel of `patch`, in place, the share of its area that lies in the ellipse of these axes."""
    height, width = patch.shape[:2]
    starts, ends = np.empty(LINES), np.empty(LINES)
    for y in range(height):
        row = patch[y]
        for line in range(LINES):
            starts[line], ends[line] = chord(across, down, y + (line + 0.5) / LINES, width)
        first, last = np.ceil(starts.max()), np.floor(ends.min())
        for x in range(width):
            if not first <= x < last:
                inside = 0.0
                for line in range(LINES):
                    inside += max(min(ends[line], x + 1.0) - max(starts[line], float(x)), 0.0)
                row[x] *= np.float32(inside / LINES)
