"""Cels to one picture: warps shared among threads, then laid over one another band by band, always in order.

Every pixel is the same whatever the number of threads: a warp depends on its cel and the canvas alone, and a band is
only a share of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.exposure.cel import Card, Cel, Lettering, Pane
from collage.geometry import Affine, Box, canvas_size
from collage.glass import kernels
from collage.glass.panes import Ground, finished, hang, shared
from collage.glass.plates import Pixels, Plates
from collage.glass.warp import Job, plan, warp
from collage.registry.catalogue import Drawing

BATCH = 48_000_000
"""Bytes of patches that wait at once: enough to keep all threads busy, little enough for any number of layers."""


class Glass:
    """The plates and the threads that comp pictures. Safe to use from several threads at once.

    `threads` is all there are: OpenCV, which would share each warp among its own, is told to leave that to us.
    `memory` is the bytes of plates kept between frames, by default a third of the machine's.
    """

    def __init__(self, threads: int = 1, memory: int | None = None) -> None:
        cv2.setNumThreads(1)
        self.plates = Plates(memory)
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, "glass") if threads > 1 else None

    def comp(self, cels: Sequence[Cel], size: tuple[int, int], paper: Colour | None, scale: float = 1.0) -> Pixels:
        """One picture: (height, width, 4) uint8, premultiplied sRGB RGBA, contiguous.

        `size` is the canvas at scale 1, (width, height); the picture's is that times `scale`, rounded half up.
        `paper` is what lies under all, None for nothing. AssetError for a picture that can't be read.
        """
        width, height = canvas_size(size, scale)
        picture = np.empty((height, width, 4), np.uint8)
        picture.view(np.uint32)[...] = _word(paper)
        whole = Box(0, 0, width, height)
        view = Affine.scaling(width / size[0], height / size[1])
        with self.plates.needed(_contents(cels)):
            self._lay(Ground(picture, whole, (width, height)), cels, view)
        return picture

    def close(self) -> None:
        """End the threads."""
        if self._pool:
            self._pool.shutdown()

    def _lay(self, ground: Ground, cels: Sequence[Cel], view: Affine) -> None:
        waiting = 0
        batch: list[Job] = []
        for cel in cels:
            if isinstance(cel.content, Pane):
                self._lay_batch(ground, batch)
                batch, waiting = [], 0
                self._lay_pane(ground, cel, cel.content, view)
            elif (job := plan(cel, view, ground.canvas, self.plates)) and not shared(job.box, ground.box).empty:
                batch.append(job)
                waiting += 4 * (job.box.x1 - job.box.x0) * (job.box.y1 - job.box.y0)
                if waiting > BATCH:
                    self._lay_batch(ground, batch)
                    batch, waiting = [], 0
        self._lay_batch(ground, batch)

    def _lay_batch(self, ground: Ground, batch: Sequence[Job]) -> None:
        if self._pool is None:
            for job in batch:
                _lay_patch(ground, job.box, warp(job), job.cel.blend, ground.box)
            return
        patches = list(self._pool.map(warp, batch))

        def lay_band(band: Box) -> None:
            for job, patch in zip(batch, patches, strict=True):
                _lay_patch(ground, job.box, patch, job.cel.blend, band)

        self._by_bands(ground, lay_band)

    def _lay_pane(self, ground: Ground, cel: Cel, pane: Pane, view: Affine) -> None:
        if held := hang(cel, pane, view, ground):
            self._lay(held.ground, pane.cels, held.matrix)
            patch, box = finished(cel, pane, held), held.ground.box
            self._by_bands(ground, lambda band: _lay_patch(ground, box, patch, cel.blend, band))

    def _by_bands(self, ground: Ground, lay: Callable[[Box], None]) -> None:
        """All rows of the ground, in as many shares as there are threads."""
        x0, y0, x1, y1 = ground.box
        if self._pool is None:
            return lay(ground.box)
        at = [y0 + (y1 - y0) * share // self._threads for share in range(self._threads + 1)]
        list(self._pool.map(lay, [Box(x0, top, x1, bottom) for top, bottom in pairwise(at)]))


def _contents(cels: Sequence[Cel]) -> Iterator[Drawing | Lettering]:
    """All that cels show, also in panes, but cards, which have no plate."""
    for cel in cels:
        if isinstance(cel.content, Pane):
            yield from _contents(cel.content.cels)
        elif not isinstance(cel.content, Card):
            yield cel.content


def _lay_patch(ground: Ground, box: Box, patch: Pixels, blend: str, band: Box) -> None:
    """Lay what a patch, which lies at `box`, has inside the band."""
    part = shared(box, band)
    if not part.empty:
        kernels.BLENDS[blend](_words(ground.pixels, ground.box, part), _words(patch, box, part))


def _words(pixels: Pixels, box: Box, part: Box) -> npt.NDArray[np.uint32]:
    rows, columns = slice(part.y0 - box.y0, part.y1 - box.y0), slice(part.x0 - box.x0, part.x1 - box.x0)
    return pixels.view(np.uint32)[rows, columns, 0]


def _word(paper: Colour | None) -> np.uint32:
    if paper is None:
        return np.uint32(0)
    red, green, blue = ((part * paper.alpha + 127) // 255 for part in paper[:3])
    return np.uint32(red | green << 8 | blue << 16 | paper.alpha << 24)


def straight(picture: Pixels) -> Pixels:
    """A premultiplied picture with straight alpha: round(colour * 255 / alpha), 0 where alpha is 0."""
    return kernels.straighten(picture.view(np.uint32)[..., 0]).view(np.uint8).reshape(picture.shape)


def opaque(picture: Pixels) -> npt.NDArray[np.uint8]:
    """(height, width, 3) of a picture whose paper covers all: premultiplied and straight are one there."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB), np.uint8)
