"""The fine medium: premultiplied float32, in sRGB or in linear light, rounded to 8 bits once, at the very end.

Blends, dyes, mattes, blurs and shadows are the formulas of the quick medium on finer numbers, and in linear light on
light itself: "multiply" multiplies light, half an opacity lets half the light through, the luminance of a matte is a
true one. So a blend looks other than in sRGB, as it would in any program that can do both. Only the finish, which was
found by eye, is always done to sRGB, here in 8 bits.

A shadow dims the ground at once. A ground's plane `dark` only marks where shadows lie, so that their soft slopes are
dithered, and all else is rounded to the nearest level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.exposure.cel import Cel, Finish, Matte, Pane
from collage.geometry import Affine, Box
from collage.glass import fine_warp, light, shadows, shapes
from collage.glass.blends import BLENDS_FINE
from collage.glass.fine_kernels import LIT, Floats, level_bytes, over, over_marked, reduced, settled, shade
from collage.glass.fine_levels import halved
from collage.glass.fine_shapes import clip_ellipse, clip_rectangle
from collage.glass.fine_warp import Source, lifted, mean, place, unit, warped
from collage.glass.ground import Dark, Ground, Patch, shared, size, window, words
from collage.glass.jobs import SHARP, Cast, Job
from collage.glass.kernels import Window
from collage.glass.medium import ByBands, chosen
from collage.glass.panes import clip
from collage.glass.warp import fade

BRIGHT = np.array((0.2126, 0.7152, 0.0722), np.float32)
"""How bright the primaries are (ITU-R BT.709)."""
_NO_MARKS: Dark = np.empty((0, 0), np.uint16)
_NO_CURVE: Floats = np.empty(0, np.float32)


@dataclass(frozen=True)
class Fine:
    """Premultiplied float32, 0 to 1; patches in 16 bits where they are as their plate is."""

    linear: bool = False
    depth = 4

    @property
    def name(self) -> str:
        return "float linear light" if self.linear else "float sRGB"

    def blank(self, box: Box, paper: Colour | None) -> Ground:
        pixels = np.empty((*size(box), 4), np.float32)
        pixels[...] = fine_warp.pixel(paper, self.linear)
        return Ground(pixels, box)

    def patch(self, job: Job) -> Patch:
        patch = lifted(job, self.linear)
        return patch or Patch(warped(job, fine_warp.source(job, self.linear), self.linear), job.box, fade=fade(job.cel))

    def pane(self, job: Job, ground: Ground) -> Patch:
        pane, pixels = job.cel.content, self._pixels(ground)
        assert isinstance(pane, Pane)
        _clip(job, pane, pixels, ground.box)
        inside = self.inside(pixels, ground.box[:2])
        if job.own:
            return Patch(warped(job, inside, self.linear), job.box, marks=_spread(ground, job.box), fade=fade(job.cel))
        marks = ground.dark
        if job.way:
            pixels = mean(job.way, lambda move: place(inside, move, job.box), Affine())
            marks = _spread(ground, job.box)
        if job.sigma >= SHARP:
            pixels = fine_warp.blurred(job, pixels, self.linear)
        pixels, box = fine_warp.dye(job.cel, pixels, self.linear), job.box if job.way else ground.box
        return Patch(pixels, box, marks=marks, fade=fade(job.cel))

    def finish(self, ground: Ground, film: Finish, share: ByBands) -> None:
        from collage.glass.look import finish

        ground.pixels = finish(self.words(ground, share), film, share)

    def through(self, patch: Patch, seen: Ground, matte: Matte) -> None:
        pixels = self._pixels(seen)
        weight = pixels[..., :3] @ BRIGHT if matte.luminance else pixels[..., 3]
        patch.pixels[...] *= (1 - weight if matte.outside else weight)[..., None]

    def cast(self, patch: Patch, cast: Cast) -> Patch:
        share = float(unit(patch)) * cast.opacity

        def fill(at: Window, k: int, corner: shadows.Corner, out: shadows.Values) -> None:
            reduced(patch.pixels, share / (k * k), at, k, corner, out)

        return patch._replace(shadow=shadows.shaped(patch, cast, fill))

    def lay(self, ground: Ground, patch: Patch, cel: Cel, band: Box) -> None:
        if patch.shadow is not None:
            _shade(ground, patch, band)
        part = shared(shared(patch.box, ground.box), band)
        if part.empty:
            return
        at = window(ground, patch, part)
        if cel.blend != "normal":
            _blend(ground, patch, cel, part)
        elif ground.dark is None:
            over(ground.pixels, patch.pixels, unit(patch), at)
        else:
            soft = _NO_MARKS if patch.marks is None else patch.marks
            over_marked(ground.pixels, ground.dark, patch.pixels, soft, unit(patch), at)

    def settle(self, ground: Ground, band: Box) -> None:
        """Nothing is ever pending."""

    def words(self, ground: Ground, share: ByBands) -> npt.NDArray[Any]:
        if ground.pixels.dtype == np.uint8:
            return ground.pixels
        out = np.empty(ground.pixels.shape, np.uint8)
        marks = _NO_MARKS if ground.dark is None else ground.dark
        curve, (x, y, _, _) = light.levels() if self.linear else _NO_CURVE, ground.box

        def turn(top: int, bottom: int) -> None:
            rows = slice(top, bottom)
            level_bytes(ground.pixels[rows], marks[rows], x, y + top, curve, words(out[rows]))

        share(turn)
        return out

    def taken(self, pixels: npt.NDArray[Any], box: Box) -> Ground:
        fine = np.multiply(pixels, np.float32(1 / 255), dtype=np.float32)
        if self.linear:
            light.turn(fine, light.lights())
        return Ground(fine, box)

    def inside(self, pixels: Floats, origin: tuple[int, int]) -> Source:
        """What is warped of a pane's picture."""
        return Source(lambda across, down: halved(pixels, across, down), origin)

    def _pixels(self, ground: Ground) -> Floats:
        """In floats, whatever was done to it."""
        return self.taken(ground.pixels, ground.box).pixels if ground.pixels.dtype == np.uint8 else ground.pixels


def _clip(job: Job, pane: Pane, pixels: Floats, box: Box) -> None:
    if pane.size is None:
        return
    matrix, sides = clip(job, pane.size)
    if pane.round:
        clip_ellipse(pixels, *shapes.axes(matrix, sides, box))
    elif not job.own:
        clip_rectangle(pixels, *shapes.edges(matrix, sides, box))


def _spread(ground: Ground, box: Box) -> Dark | None:
    """Marks of a pane that was moved: all of it, if any of it is soft."""
    soft = ground.dark is not None and bool((ground.dark != LIT).any())
    return np.zeros(size(box), np.uint16) if soft else None


def _shade(ground: Ground, patch: Patch, band: Box) -> None:
    cast = patch.shadow
    assert cast is not None
    assert ground.dark is not None
    part = shared(shared(cast.box, ground.box), band)
    if not part.empty:
        first = (part.x0 - cast.small.x0 * cast.k, part.y0 - cast.small.y0 * cast.k)
        at = window(ground, patch, part)
        shade(ground.pixels, ground.dark, at, cast.values, cast.k, first, cast.offset)


def _blend(ground: Ground, patch: Patch, cel: Cel, part: Box) -> None:
    """Rounding must not take a straight colour beyond 1, where formulas leave all bounds."""
    top, left, y, x, height, width = window(ground, patch, part)
    source = patch.pixels[y : y + height, x : x + width]
    if source.dtype != np.float32 or patch.fade < 1:
        source = fine_warp.times(source, unit(patch))
    chosen(cel, BLENDS_FINE)(ground.pixels[top : top + height, left : left + width], source)
    settled(ground.pixels, left, top, left + width, top + height)
