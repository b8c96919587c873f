"""One piece to a patch: its pixels where they lie on the canvas, in the box that its job gives."""

from __future__ import annotations

import math

import numpy as np

from collage.exposure.cel import Card, Cel
from collage.geometry import Affine, Box
from collage.glass import kernels
from collage.glass.blurs import enlarged, sample, soften
from collage.glass.ground import Patch, Pixels, shared, size, words
from collage.glass.jobs import SHARP, Job, coarseness, levels
from collage.glass.plates import Plate
from collage.glass.shapes import card, edges
from collage.glass.sweeps import averaged


def warp(job: Job) -> Pixels:
    """The piece's premultiplied pixels on its box: (height, width, 4) uint8, contiguous, an array of its own."""
    patch = _blurred(job) if job.sigma >= SHARP else _drawn(job, job.box, Affine())
    dye(job.cel, patch)
    return patch


def lifted(job: Job) -> Patch | None:
    """A piece that lies on whole pixels, neither changed nor smeared: the plate's own pixels, which costs nothing."""
    if job.plate is None or job.way or job.sigma >= SHARP or tinted(job.cel) or not whole(job.matrix):
        return None
    (ox, oy), (height, width) = job.plate.origin, job.plate.pixels.shape[:2]
    x, y = int(job.matrix.e) + ox, int(job.matrix.f) + oy
    box = shared(Box(x, y, x + width, y + height), job.box)
    if box.empty:
        return None
    return Patch(job.plate.pixels, box, (box.y0 - y, box.x0 - x), lent=True, fade=fade(job.cel))


def dye(cel: Cel, patch: Pixels) -> None:
    """Multiply a patch in place by its cel's tint, and by its opacity too, unless that is all there is to do."""
    if tinted(cel):
        alpha = cel.opacity * cel.tint.alpha / 255
        red, green, blue = (round(part / 255 * alpha * 65536) for part in cel.tint[:3])
        kernels.dye(words(patch), red, green, blue, round(alpha * 65536))


def tinted(cel: Cel) -> bool:
    return min(cel.tint[:3]) < 255


def fade(cel: Cel) -> float:
    """What is left to multiply a dyed patch by."""
    return 1.0 if tinted(cel) else min(cel.opacity, 1.0) * cel.tint.alpha / 255


def _blurred(job: Job) -> Pixels:
    """A blur of sigma pixels, drawn small where it is wide.

    The small grid is anchored to the canvas, so a moving piece does not shimmer; its margin holds what lies off the
    canvas and reaches onto it.
    """
    k = coarseness(job.sigma)
    margin = math.ceil(3 * job.sigma / k) + 2
    x0, y0, x1, y1 = job.box
    small = Box(x0 // k - margin, y0 // k - margin, -(-x1 // k) + margin, -(-y1 // k) + margin)
    soft = soften(_drawn(job, small, Affine.scaling(1 / k, 1 / k)), job.sigma, k, job.cel.bokeh)
    place = Affine.shift(-x0, -y0) @ Affine.scaling(k, k) @ Affine.shift(small.x0, small.y0)
    return enlarged(soft, place, size(job.box))


def _drawn(job: Job, box: Box, view: Affine) -> Pixels:
    """Where the piece is, or the mean of where it goes, in the box of a canvas that `view` makes of the job's."""
    if job.way:
        return averaged(box, job.way, lambda move, strip, out: _fill(job, view @ move @ job.matrix, strip, out))
    out = np.empty((*size(box), 4), np.uint8)
    _fill(job, view @ job.matrix, box, out)
    return out


def _fill(job: Job, matrix: Affine, box: Box, out: Pixels) -> None:
    """The piece where a matrix puts it."""
    content = job.cel.content
    if isinstance(content, Card):
        across, down = edges(matrix, content.size, box)
        card(words(out), across, down, np.array(content.colour, np.int64))
    elif job.plate is not None:
        place(job.plate, matrix, box, out)


def place(plate: Plate, matrix: Affine, box: Box, patch: Pixels) -> None:
    """Fill a patch that lies at `box` with a plate under a matrix: bilinear, from the mipmap level at which the piece
    shrinks by less than half along each of its axes; or the same pixels, faster, where they lie on whole ones."""
    if whole(matrix):
        return _copy(plate, matrix, box, patch)
    (ox, oy), (across, down) = plate.origin, levels(matrix)
    to_patch = Affine.shift(-box.x0, -box.y0) @ matrix @ Affine.shift(ox, oy)
    sample(plate.level(across, down), to_patch @ Affine.scaling(2.0**across, 2.0**down), patch)


def whole(matrix: Affine) -> bool:
    a, b, c, d, e, f = matrix
    return (a, b, c, d) == (1.0, 0.0, 0.0, 1.0) and e == round(e) and f == round(f)


def _copy(plate: Plate, matrix: Affine, box: Box, patch: Pixels) -> None:
    (ox, oy), (height, width) = plate.origin, plate.pixels.shape[:2]
    x, y = int(matrix.e) + ox, int(matrix.f) + oy
    part = shared(Box(x, y, x + width, y + height), box)
    patch[:] = 0
    if not part.empty:
        rows, columns = slice(part.y0 - y, part.y1 - y), slice(part.x0 - x, part.x1 - x)
        patch[part.y0 - box.y0 : part.y1 - box.y0, part.x0 - box.x0 : part.x1 - box.x0] = plate.pixels[rows, columns]
