"""The exact medium: the fine one without any rounding to levels, for files of 16 bits and more.

Pictures are float32 from the plates' own bytes on, places are found to a hundredth of what 16 bits can tell, film is
shot in floats, panes are handed over in floats. What leaves it is premultiplied sRGB, 0 to 1, without any dither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Finish
from collage.geometry import Affine, Box
from collage.glass import light
from collage.glass.blurs import sample
from collage.glass.fine import Fine
from collage.glass.fine_kernels import Floats, settled
from collage.glass.fine_levels import halved
from collage.glass.fine_warp import Source, lifted, warped
from collage.glass.ground import Ground, Patch, Pixels
from collage.glass.jobs import Job, bounds, rectangle
from collage.glass.medium import ByBands
from collage.glass.plates import Plate
from collage.glass.warp import fade

TILE = 32
"""Pixels along the sides of what is warped at once."""


@dataclass(frozen=True)
class Exact(Fine):
    """Premultiplied float32, 0 to 1. Its `words` are floats, as what it has `taken` is."""

    @property
    def name(self) -> str:
        return "exact linear light" if self.linear else "exact sRGB"

    def patch(self, job: Job) -> Patch:
        lent = None if self.linear else lifted(job, False)  # bytes are whole in 16 bits, but their light is not
        of = None if job.plate is None else _source(job.plate, self.linear)
        return lent or Patch(warped(job, of, self.linear), job.box, fade=fade(job.cel))

    def finish(self, ground: Ground, film: Finish, share: ByBands) -> None:
        from collage.glass.film_fine import finish

        ground.pixels = self.taken(finish(self.words(ground, share), film, share), ground.box).pixels

    def words(self, ground: Ground, share: ByBands) -> Floats:
        settled(ground.pixels, 0, 0, ground.pixels.shape[1], ground.pixels.shape[0])
        if not self.linear:
            return ground.pixels
        out = np.empty_like(ground.pixels)

        def turn(top: int, bottom: int) -> None:
            out[top:bottom] = _levels(ground.pixels[top:bottom])

        share(turn)
        return out

    def taken(self, pixels: npt.NDArray[Any], box: Box) -> Ground:
        if self.linear:
            light.turn(pixels, light.lights())
        return Ground(pixels, box)

    def inside(self, pixels: Floats, origin: tuple[int, int]) -> Source:
        return Source(lambda across, down: halved(pixels, across, down), origin, sampled)


def _source(plate: Plate, linear: bool) -> Source:
    """A plate in floats, made anew each time: kept, it would take four times the room that a scene was promised."""
    return Source(lambda across, down: halved(_floats(plate.pixels, linear), across, down), plate.origin, sampled)


def _floats(pixels: Pixels, linear: bool) -> Floats:
    fine = np.multiply(pixels, np.float32(1 / 255), dtype=np.float32)
    if linear:
        light.turn(fine, light.lights())
    return fine


def _levels(pixels: Floats) -> Floats:
    """Premultiplied light as premultiplied sRGB, by the formula: a table is off by a quarter of a level of 16 bits."""
    out = pixels.copy()
    out[..., :3] = light.level(straight(pixels)[..., :3]) * pixels[..., 3:]
    return out


def straight(picture: Floats) -> Floats:
    """A premultiplied picture (height, width, 4) with straight alpha; 0 where alpha is 0."""
    out, alpha = picture.copy(), picture[..., 3:]
    np.divide(picture[..., :3], alpha, out=out[..., :3], where=alpha > 0)
    return out


def sampled(pixels: Floats, to_patch: Affine, patch: Floats) -> None:
    """What `blurs.sample` does, tile by tile: OpenCV counts places in float32, which is too coarse far from 0."""
    height, width = patch.shape[:2]
    whole, back = Box(0, 0, pixels.shape[1], pixels.shape[0]), to_patch.inverse()
    for y in range(0, height, TILE):
        for x in range(0, width, TILE):
            out = patch[y : y + TILE, x : x + TILE]
            corners = rectangle((out.shape[1], out.shape[0]))
            near = bounds(corners, back @ Affine.shift(x, y), whole, (2.5, 2.5))
            if near.empty:
                out[...] = 0
            else:
                part = pixels[near.y0 : near.y1, near.x0 : near.x1]
                sample(part, Affine.shift(-x, -y) @ to_patch @ Affine.shift(near.x0, near.y0), out)
