"""What pictures are made of while they are drawn. The glass walks over cels, and asks a medium for all that touches
pixels, so that another one (finer, or in linear light) shares the walk, the hiding and all that is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.errors import CollageError, suggest
from collage.exposure.cel import Cel, Finish, Matte
from collage.geometry import Box
from collage.glass import kernels, pending, shadows
from collage.glass.ground import Ground, Patch, Pixels, shared, size, window, words
from collage.glass.jobs import Cast, Job
from collage.glass.kernels import Words
from collage.glass.mattes import through
from collage.glass.panes import finished
from collage.glass.warp import fade, lifted, warp

T = TypeVar("T")
Blend = Callable[[Words, Words], None]
ByBands = Callable[[Callable[[int, int], None]], None]
"""Calls what it is given with (top, bottom), for bands that are all rows of a picture together, in any threads."""


class Medium(Protocol):
    """All that touches pixels. Grounds and patches are made and read by one medium alone; `words` leads out of it, and
    `taken` into it. `name` tells its patches from those of others."""

    @property
    def name(self) -> str: ...

    @property
    def depth(self) -> int:
        """The bytes of a channel."""

    def blank(self, box: Box, paper: Colour | None) -> Ground:
        """A ground of paper, or of nothing, that is the part `box` of a canvas."""

    def patch(self, job: Job) -> Patch:
        """A piece on its box; from any thread."""

    def pane(self, job: Job, ground: Ground) -> Patch:
        """A pane whose cels lie settled on a ground, which may be used up."""

    def finish(self, ground: Ground, film: Finish, share: ByBands) -> None:
        """Shoot what lies settled on a ground on a film, in shares of its rows."""

    def through(self, patch: Patch, seen: Ground, matte: Matte) -> None:
        """Keep of a patch, in place, what its matte leaves, whose settled ground lies where the patch does."""

    def cast(self, patch: Patch, cast: Cast) -> Patch:
        """The patch with its shadow, by the alpha it has."""

    def lay(self, ground: Ground, patch: Patch, cel: Cel, band: Box) -> None:
        """Lay the patch's shadow and then the patch by the cel's blend, in no rows but the band's, which other threads
        share; a ground that has had no shadow yet was asked to be `shaded` before."""

    def settle(self, ground: Ground, band: Box) -> None:
        """Lay what is pending on the ground's pixels."""

    def words(self, ground: Ground, share: ByBands) -> npt.NDArray[Any]:
        """The pixels of a settled ground, which may be used up, as premultiplied sRGB, in shares of its rows: in 8
        bits, or in the floats of a medium that never rounds."""

    def taken(self, pixels: npt.NDArray[Any], box: Box) -> Ground:
        """A ground of such pixels, which may be used up."""


@dataclass(frozen=True)
class EightBits:
    """Premultiplied sRGB in 8 bits, shadows gathered in 16: the quick one."""

    name = "8-bit sRGB"
    depth = 1

    def blank(self, box: Box, paper: Colour | None) -> Ground:
        pixels = np.empty((*size(box), 4), np.uint8)
        words(pixels)[...] = word(paper)
        return Ground(pixels, box)

    def patch(self, job: Job) -> Patch:
        patch = lifted(job) if job.cel.matte is None else None
        return patch or Patch(warp(job), job.box, fade=fade(job.cel))

    def pane(self, job: Job, ground: Ground) -> Patch:
        return Patch(*finished(job, ground), fade=fade(job.cel))

    def finish(self, ground: Ground, film: Finish, share: ByBands) -> None:
        from collage.glass.look import finish

        ground.pixels = finish(ground.pixels, film, share)

    def through(self, patch: Patch, seen: Ground, matte: Matte) -> None:
        through(patch.pixels, seen.pixels, matte)

    def cast(self, patch: Patch, cast: Cast) -> Patch:
        return patch._replace(shadow=shadows.plane(patch, cast))

    def lay(self, ground: Ground, patch: Patch, cel: Cel, band: Box) -> None:
        normal = cel.blend == "normal"
        if patch.shadow is not None:
            shadows.shade(ground, patch, normal and patch.fade == 1, band)
        part = shared(shared(patch.box, ground.box), band)
        if part.empty:
            return
        if normal:
            pending.lay(ground, patch, part)
        else:
            pending.settle(ground, part)
            top, left, y, x, height, width = window(ground, patch, part)
            backdrop = ground.words[top : top + height, left : left + width]
            blend(cel)(backdrop, _faded(patch, patch.words[y : y + height, x : x + width]))

    def settle(self, ground: Ground, band: Box) -> None:
        pending.settle(ground, shared(ground.box, band))

    def words(self, ground: Ground, share: ByBands) -> Pixels:
        return ground.pixels

    def taken(self, pixels: Pixels, box: Box) -> Ground:
        return Ground(pixels, box)


def _faded(patch: Patch, part: Words) -> Words:
    """A part of a patch as it is to be laid."""
    if patch.fade == 1:
        return part
    part, share = part.copy(), round(patch.fade * 65536)
    kernels.dye(part, share, share, share, share)
    return part


def medium_for(cels: Iterable[Cel], linear: bool, around: Medium | None = None) -> Medium:
    """What cels are drawn with that lie on one ground, in linear light or not; `around` is what draws the ground that
    theirs is a part of. A blend amplifies what was rounded before it, so all that lies with it is drawn finely; so is
    all within what is drawn so."""
    from collage.glass.fine import Fine

    if linear:
        return replace(around, linear=True) if isinstance(around, Fine) else Fine(linear=True)
    if around is not None and around != EightBits():
        return around
    return EightBits() if all(cel.blend in ("normal", "plus-lighter") for cel in cels) else Fine()


def blend(cel: Cel) -> Blend:
    """How a cel is laid; CollageError if there is no such way."""
    from collage.glass.blends import BLENDS

    return chosen(cel, BLENDS)


def chosen(cel: Cel, table: Mapping[str, T]) -> T:
    """A cel's blend in a table of them; CollageError if there is no such way."""
    try:
        return table[cel.blend]
    except KeyError:
        hint = suggest(cel.blend, table)
        raise CollageError(f'layer "{cel.layer}": there is no blend "{cel.blend}".{hint}') from None


def word(paper: Colour | None) -> np.uint32:
    """A colour as one pixel."""
    if paper is None:
        return np.uint32(0)
    red, green, blue = ((part * paper.alpha + 127) // 255 for part in paper[:3])
    return np.uint32(red | green << 8 | blue << 16 | paper.alpha << 24)
