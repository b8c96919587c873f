"""Panes: cels laid on a transparent ground of their own, which is clipped, blurred, dyed and then laid as one picture.

A ground holds no more of the canvas than its pane can show there. What lies on it is still warped as if it lay on the
canvas itself, and cut afterwards: inside a pane a piece is the same to the byte. Panes within panes each hold their
ground while the inner ones are drawn, so a depth of n needs n grounds at most, each no larger than the one around it
(than what is known of the canvas, if it is blurred, swept or casts a shadow).

A pane with a finish and a size is a picture of its own instead, finished before it is placed as a drawing would be.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from collage.exposure.cel import Pane
from collage.geometry import Affine, Box
from collage.glass import shapes
from collage.glass.blurs import blurred
from collage.glass.ground import Ground, Pixels, shared, words
from collage.glass.jobs import SHARP, Job, coarseness
from collage.glass.plates import Plate, trimmed
from collage.glass.sweeps import averaged
from collage.glass.warp import dye, place, warp


def hung(job: Job, seen: Box) -> Box:
    """Where the ground of a pane lies that is to show within `seen`."""
    if job.own or job.sigma >= SHARP or job.way or job.cast:  # these draw on what is beside what is seen
        return job.hung
    return shared(job.hung, seen)


def finished(job: Job, ground: Ground) -> tuple[Pixels, Box]:
    """The pane's picture, once its cels are settled on its ground and finished, and where it lies."""
    pane = job.cel.content
    assert isinstance(pane, Pane)
    _clip(job, pane, ground)
    if job.own:
        return warp(job._replace(plate=trimmed(ground.pixels))), job.box
    pixels, box = ground.pixels, ground.box
    if job.way:
        pixels, box = _swept(job, pixels, box), job.box
    if job.sigma >= SHARP:
        pixels = blurred(pixels, job.sigma, coarseness(job.sigma), job.cel.bokeh)
    dye(job.cel, pixels)
    return pixels, box


def clip(job: Job, size: tuple[float, float]) -> tuple[Affine, tuple[float, float]]:
    """Where the clip of a pane of this size lies, and its sides: its own picture's, if it is drawn as one."""
    return (Affine(), (float(job.own[0]), float(job.own[1]))) if job.own else (job.matrix, size)


def _clip(job: Job, pane: Pane, ground: Ground) -> None:
    if pane.size is None:
        return
    matrix, sides = clip(job, pane.size)
    if pane.round:
        shapes.clip_ellipse(words(ground.pixels), *shapes.axes(matrix, sides, ground.box))
    elif not job.own:
        shapes.clip_rectangle(words(ground.pixels), *shapes.edges(matrix, sides, ground.box))


def _swept(job: Job, pixels: Pixels, box: Box) -> Pixels:
    """The mean of where the pane goes."""
    plate = Plate(pixels, (box.x0, box.y0), np.zeros((0, 2)))
    return averaged(job.box, job.way, partial(place, plate))
