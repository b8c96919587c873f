"""One piece to a fine patch: warped from 16 bits, and in floats as soon as more is done to it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.exposure.cel import Card, Cel
from collage.geometry import Affine, Box
from collage.glass import light
from collage.glass.blurs import REGRIDDING, disc, sample
from collage.glass.fine_kernels import Deep, Floats, gather, scaled, settled
from collage.glass.fine_shapes import card
from collage.glass.ground import Patch, shared, size
from collage.glass.jobs import SHARP, Job, coarseness, levels
from collage.glass.shapes import edges
from collage.glass.warp import fade, tinted, whole


class Source(NamedTuple):
    """A picture to warp: its pixels halved so often across and down, where its corner lies, and what warps them."""

    level: Callable[[int, int], Deep]
    origin: tuple[int, int]
    sample: Callable[[Deep, Affine, Deep], None] = sample


def source(job: Job, linear: bool) -> Source | None:
    """What a job shows, if it is a picture."""
    plate = job.plate
    return None if plate is None else Source(lambda across, down: plate.fine(across, down, linear), plate.origin)


def warped(job: Job, of: Source | None, linear: bool) -> Deep:
    """The piece's pixels on its box, dyed; an array of its own."""
    soft = job.sigma >= SHARP
    patch = dye(job.cel, _blurred(job, of, linear) if soft else _drawn(job, of, job.box, Affine(), linear), linear)
    return as_fine(patch) if job.cel.matte else patch


def lifted(job: Job, linear: bool) -> Patch | None:
    """A piece that lies on whole pixels, neither changed nor smeared: the plate's own pixels, which costs nothing."""
    if job.plate is None or job.way or job.sigma >= SHARP or tinted(job.cel) or job.cel.matte or not whole(job.matrix):
        return None
    pixels, (ox, oy) = job.plate.fine(0, 0, linear), job.plate.origin
    x, y = int(job.matrix.e) + ox, int(job.matrix.f) + oy
    box = shared(Box(x, y, x + pixels.shape[1], y + pixels.shape[0]), job.box)
    return None if box.empty else Patch(pixels, box, (box.y0 - y, box.x0 - x), lent=True, fade=fade(job.cel))


def unit(patch: Patch) -> np.float32:
    """What 1 is worth in a patch's pixels when it is laid."""
    return _unit(patch.pixels) * np.float32(patch.fade)


def _unit(pixels: Deep) -> np.float32:
    return np.float32(1 / 65535 if pixels.dtype == np.uint16 else 1)


def as_fine(pixels: Deep) -> Floats:
    """In float32, 0 to 1; these very ones if they are."""
    return pixels if pixels.dtype == np.float32 else times(pixels, _unit(pixels))


def times(pixels: Deep, factors: npt.ArrayLike) -> Floats:
    """A new picture, each of its channels times its factor, or all times one."""
    out = np.empty(pixels.shape, np.float32)
    scaled(pixels, np.array(np.broadcast_to(factors, 4), np.float32), out)
    return out


def dye(cel: Cel, pixels: Deep, linear: bool) -> Deep:
    """Pixels by a cel's tint and opacity; these very ones if it has no tint."""
    if not tinted(cel):
        return pixels
    alpha = cel.opacity * cel.tint.alpha / 255
    factors = np.array([*(part * alpha for part in parts(cel.tint, linear)), alpha]) * _unit(pixels)
    return times(pixels, factors)


def parts(colour: Colour, linear: bool) -> list[float]:
    """Straight red, green and blue, 0 to 1."""
    straight = np.array(colour[:3]) / 255
    return [float(part) for part in (light.light(straight) if linear else straight)]


def pixel(colour: Colour | None, linear: bool) -> Floats:
    """A colour as premultiplied floats."""
    if colour is None:
        return np.zeros(4, np.float32)
    alpha = colour.alpha / 255
    return np.array([*(part * alpha for part in parts(colour, linear)), alpha], np.float32)


def _drawn(job: Job, of: Source | None, box: Box, view: Affine, linear: bool) -> Deep:
    """Where the piece is, or the mean of where it goes, in the box of a canvas that `view` makes of the job's."""

    def sharp(matrix: Affine) -> Deep:
        return _sharp(job, of, view @ matrix, box, linear)

    return mean(job.way, sharp, job.matrix) if job.way else sharp(job.matrix)


def mean(way: tuple[Affine, ...], drawn: Callable[[Affine], Deep], matrix: Affine) -> Floats:
    """Of what is drawn along a way."""
    sums = as_fine(drawn(way[0] @ matrix))
    sums *= np.float32(1 / len(way))
    for move in way[1:]:
        part = drawn(move @ matrix)
        gather(sums, part, _unit(part) * np.float32(1 / len(way)))
    settled(sums, 0, 0, sums.shape[1], sums.shape[0])
    return sums


def _sharp(job: Job, of: Source | None, matrix: Affine, box: Box, linear: bool) -> Deep:
    content = job.cel.content
    if isinstance(content, Card):
        patch = np.empty((*size(box), 4), np.float32)
        card(patch, *edges(matrix, content.size, box), pixel(content.colour, linear))
        return patch
    assert of is not None
    return place(of, matrix, box)


def place(of: Source, matrix: Affine, box: Box) -> Deep:
    """A picture under a matrix, in a box: bilinear, from the level where it shrinks by less than half along each of its
    axes."""
    (ox, oy), (across, down) = of.origin, levels(matrix)
    to_patch = Affine.shift(-box.x0, -box.y0) @ matrix @ Affine.shift(ox, oy)
    pixels = of.level(across, down)
    patch = np.empty((*size(box), 4), pixels.dtype)
    of.sample(pixels, to_patch @ Affine.scaling(2.0**across, 2.0**down), patch)
    return patch


def _blurred(job: Job, of: Source | None, linear: bool) -> Floats:
    """On a small grid that is anchored to the canvas, with a margin for what lies off it and reaches onto it."""
    k = coarseness(job.sigma)
    margin = math.ceil(3 * job.sigma / k) + 2
    x0, y0, x1, y1 = job.box
    small = Box(x0 // k - margin, y0 // k - margin, -(-x1 // k) + margin, -(-y1 // k) + margin)
    soft = _soften(as_fine(_drawn(job, of, small, Affine.scaling(1 / k, 1 / k), linear)), job, k, linear)
    out = np.empty((*size(job.box), 4), np.float32)
    sample(soft, Affine.shift(-x0, -y0) @ Affine.scaling(k, k) @ Affine.shift(small.x0, small.y0), out)
    return out


def blurred(job: Job, pixels: Floats, linear: bool) -> Floats:
    """A whole picture, which goes on for ever as it ends."""
    k, beyond, (height, width) = coarseness(job.sigma), cv2.BORDER_REPLICATE, pixels.shape[:2]
    grown = cv2.copyMakeBorder(pixels, 0, -height % k, 0, -width % k, beyond)
    small = cv2.resize(grown, (grown.shape[1] // k, grown.shape[0] // k), interpolation=cv2.INTER_AREA)
    soft = _soften(np.asarray(small, np.float32), job, k, linear)
    if k == 1:
        return soft
    out = np.empty_like(pixels)
    ringed: Any = cv2.copyMakeBorder(soft, 1, 1, 1, 1, beyond)
    sample(ringed, Affine.scaling(k, k) @ Affine.shift(-1, -1), out)
    return out


def _soften(small: Floats, job: Job, k: int, linear: bool) -> Floats:
    """A picture at 1/k of its size, blurred by what is left of the job's sigma; in place."""
    left, beyond = math.sqrt((job.sigma / k) ** 2 - (REGRIDDING if k > 1 else 0.0)), cv2.BORDER_REPLICATE
    if not job.cel.bokeh:
        side = 2 * math.ceil(3 * left) + 1
        cv2.GaussianBlur(small, (side, side), left, dst=small, borderType=beyond)
        return small
    if not linear:
        light.turn(small, light.lights())
    out = np.asarray(cv2.filter2D(small, -1, disc(2 * left), borderType=beyond), np.float32)
    settled(out, 0, 0, out.shape[1], out.shape[0])
    if not linear:
        light.turn(out, light.levels())
    return out
