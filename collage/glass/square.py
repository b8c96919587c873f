"""Square corners: where two straight cuts meet, a hand lets both run on until they cross, and leaves no round."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Line = npt.NDArray[np.float64]

WIDEST = 1.5
"""How far at most a square corner reaches from what it goes round, in borders."""
_TURNS = (0.5, 1.66)
"""Radians between which two cuts cross within that."""
_FLAT = 0.9
"""How far in pixels a cut may bend and pass as straight."""


def squared(curve: Line, border: float) -> Line:
    """A closed line at `border` from a shape, its points about a pixel apart, with the rounds between its straight
    stretches made corners."""
    bends = _bends(curve)
    steps = curve[np.roll(bends, -1)] - curve[bends]
    long = np.hypot(steps[:, 0], steps[:, 1]) >= 12.0 + border
    if border < 2 or np.count_nonzero(long) < 2:
        return curve
    stretches = np.flatnonzero(long)
    parts: list[Line] = []
    for here, there in zip(stretches, np.roll(stretches, -1), strict=True):
        start, end, over = bends[here], bends[(here + 1) % len(bends)], bends[there]
        parts.append(_stretch(curve, start, end))
        corner = _crossing(curve[end], steps[here], curve[over], steps[there])
        room = 2.2 * border + 4.0
        if corner is not None and (over - end) % len(curve) <= room:
            parts += [_points(curve[end], corner), _points(corner, curve[over])]
        else:
            parts.append(_stretch(curve, end, over))
    return np.concatenate(parts)


def _bends(curve: Line) -> npt.NDArray[np.intp]:
    """Which of a line's points are the ends of its straight stretches."""
    single = curve.astype(np.float32)
    kept = {point.tobytes() for point in cv2.approxPolyDP(single, _FLAT, True)[:, 0]}
    return np.array([n for n, point in enumerate(single) if point.tobytes() in kept], np.intp)


def _stretch(curve: Line, start: int, end: int) -> Line:
    """The points from one to before another, past the line's end if need be."""
    return curve[start:end] if start <= end else np.concatenate([curve[start:], curve[:end]])


def _crossing(a: Line, along: Line, b: Line, onward: Line) -> Line | None:
    """Where a cut that ended in `a` would meet the one that begins in `b`; None if they don't turn outward enough."""
    cross = float(along[0] * onward[1] - along[1] * onward[0])
    turn = float(np.arctan2(cross, along @ onward))
    if not _TURNS[0] < -turn < _TURNS[1]:
        return None
    apart = b - a
    corner: Line = a + along * (float(apart[0] * onward[1] - apart[1] * onward[0]) / cross)
    return corner


def _points(start: Line, end: Line) -> Line:
    """From one point to before another, about a pixel apart."""
    count = max(int(np.hypot(*(end - start))), 1)
    return start + (end - start) * (np.arange(count) / count)[:, None]
