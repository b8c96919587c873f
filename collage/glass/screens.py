"""Halftone screens: dots that grow round from nothing, touch at half tone, and end as round holes.

A screen is a cell of thresholds, evened out so that a tone t inks t of the cell, and the width over which a dot's edge
is anti-aliased at each place. Both are tables over one cell; the press looks them up at each pixel's place in the
turned grid.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

STEPS = 128
"""Places a side in the tables of one cell."""
_SOFT = 1.3
"""Over how many pixels a dot's edge fades: a pixel's own width, and ink that soaks a little."""

ROUGH = (-0.22, -0.08, 0.08, 0.22)
"""What the paper's tooth adds to a cover before it is clipped: four values that stand for its spread."""

Table = npt.NDArray[np.float32]


class Screen(NamedTuple):
    """threshold, ramp: (STEPS, STEPS) float32 over one cell.  aim: (256,) float32, the level to beat thresholds with
    so that a tone of n / 255 covers n / 255 of the cell."""

    threshold: Table
    ramp: Table
    aim: Table


def screen(cell: float) -> Screen:
    """The screen of a cell `cell` pixels wide."""
    angle = (np.arange(STEPS) + 0.5) * (2 * np.pi / STEPS)
    spot = 0.5 * (np.cos(angle)[:, None] + np.cos(angle)[None, :])
    order = np.argsort(-spot.ravel(), kind="stable")  # ink comes first where the cosines meet
    threshold = np.empty(STEPS * STEPS)
    threshold[order] = (np.arange(STEPS * STEPS) + 0.5) / (STEPS * STEPS)
    threshold = _even(threshold.reshape(STEPS, STEPS))
    across = (np.roll(threshold, -2, 1) - np.roll(threshold, 2, 1)) * (STEPS / 4.0 / cell)
    down = (np.roll(threshold, -2, 0) - np.roll(threshold, 2, 0)) * (STEPS / 4.0 / cell)
    ramp = np.maximum(np.hypot(across, down) * _SOFT, 0.06)
    tables = np.round(threshold, 5).astype(np.float32), np.round(ramp, 5).astype(np.float32)
    return Screen(*tables, _aim(*tables))


def _even(threshold: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The mean of a cell with its mirror images, so that equal spots have equal thresholds whatever their order."""
    threshold = (threshold + threshold[::-1]) / 2
    threshold = (threshold + threshold[:, ::-1]) / 2
    return (threshold + threshold.T) / 2


def _aim(threshold: Table, ramp: Table) -> Table:
    """What level covers each tone: the mean cover of a cell on toothed paper, turned round."""
    reach = float(ramp.max())
    levels = np.linspace(-reach, 1 + reach, 301)
    t, w = threshold[::4, ::4].ravel(), ramp[::4, ::4].ravel()
    rough = np.array(ROUGH)[:, None]
    covers = np.array([float(np.clip((level - t) / w + 0.5 + rough, 0, 1).mean()) for level in levels])
    first, last = int(np.flatnonzero(covers > 1e-6)[0]) - 1, int(np.flatnonzero(covers > 1 - 1e-6)[0])
    tones = np.interp(np.arange(256) / 255, covers[first : last + 1], levels[first : last + 1])
    return np.round(tones, 5).astype(np.float32)
