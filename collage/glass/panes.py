"""Panes: cels laid on a transparent ground of their own, which is clipped, blurred, dyed and then laid as one picture.

A ground holds no more of the canvas than its pane can show there. What lies on it is still warped as if it lay on the
canvas itself, and cut afterwards: inside a pane a piece is the same to the byte. Panes within panes each hold their
ground while the inner ones are drawn, so a depth of n needs n grounds at most, each no larger than the one around it
(than the canvas, if it is blurred).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from collage.exposure.cel import Cel, Pane
from collage.geometry import Affine, Box, Size
from collage.glass import shapes
from collage.glass.plates import Pixels
from collage.glass.warp import SHARP, bounds, coarseness, dye, narrowed, rectangle, sample, shows, softness


class Ground(NamedTuple):
    """What cels are laid on: premultiplied (height, width, 4) uint8 that are the part `box` of a canvas."""

    pixels: Pixels
    box: Box
    canvas: Size


class Hung(NamedTuple):
    """A pane in its place: its ground, the matrix from its pixels to the canvas, and how blurred."""

    ground: Ground
    matrix: Affine
    sigma: float


def shared(one: Box, other: Box) -> Box:
    """The part of the canvas that lies in both boxes."""
    return Box(max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def hang(cel: Cel, pane: Pane, view: Affine, below: Ground) -> Hung | None:
    """A clear ground for a pane that is to lie on the ground `below`; None if nothing of it would be seen there."""
    matrix, sigma = view @ cel.matrix, softness(cel, view)
    if not shows(cel, matrix) or not (pane.size is None or all(0 < side < math.inf for side in pane.size)):
        return None
    box = _box(pane, matrix, below.canvas, sigma)
    seen = shared(box, below.box)
    if seen.empty:
        return None
    box = box if sigma >= SHARP else seen  # only a blur draws on what is beside what is seen
    pixels = np.zeros((box.y1 - box.y0, box.x1 - box.x0, 4), np.uint8)
    return Hung(Ground(pixels, box, below.canvas), matrix, sigma)


def _box(pane: Pane, matrix: Affine, canvas: Size, sigma: float) -> Box:
    """Where a pane shows: all of the canvas, or its clip and as far around as a blur reaches on its coarser grid."""
    if pane.size is None:
        return Box(0, 0, *canvas)
    reach = 0.5 if sigma < SHARP else 0.5 + 3 * sigma + 2 * coarseness(sigma)
    return bounds(rectangle(pane.size), matrix, canvas, (reach, reach))


def finished(cel: Cel, pane: Pane, hung: Hung) -> Pixels:
    """The pane's picture, once its cels are on its ground, to be laid at the ground's box; in place."""
    pixels = hung.ground.pixels
    if pane.size is not None:
        words, box = pixels.view(np.uint32)[..., 0], hung.ground.box
        if pane.round:
            shapes.clip_ellipse(words, *shapes.axes(hung.matrix, pane.size, box))
        else:
            shapes.clip_rectangle(words, *shapes.edges(hung.matrix, pane.size, box))
    if hung.sigma >= SHARP:
        pixels = _blurred(pixels, hung.sigma)
    dye(cel, pixels)
    return pixels


def _blurred(pixels: Pixels, sigma: float) -> Pixels:
    """A Gaussian of sigma pixels, made small where it is wide, as for a piece.

    A pane knows nothing of what lies off the canvas: there its last pixels are taken to go on for ever, so that a
    picture that fills the canvas stays as strong at its edge.
    """
    k, (height, width) = coarseness(sigma), pixels.shape[:2]
    beyond = cv2.BORDER_REPLICATE
    whole = cv2.copyMakeBorder(pixels, 0, -height % k, 0, -width % k, beyond)
    small = cv2.resize(whole, (whole.shape[1] // k, whole.shape[0] // k), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), narrowed(sigma, k), borderType=beyond)
    if k == 1:
        return np.asarray(soft, np.uint8)
    out = np.empty_like(pixels)
    sample(
        np.asarray(cv2.copyMakeBorder(soft, 1, 1, 1, 1, beyond), np.uint8),
        Affine.scaling(k, k) @ Affine.shift(-1, -1),
        out,
    )
    return out
