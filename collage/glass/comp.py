"""Cels to one picture: warps shared among threads, then laid over one another band by band, always in order.

Every pixel is the same whatever the number of threads: a warp depends on its cel and the canvas alone, and a band is
only a share of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import numpy.typing as npt

from collage.colours import Colour
from collage.exposure.cel import Cel, Pane
from collage.geometry import Affine, Box, canvas_size
from collage.glass import kernels
from collage.glass.plates import Pixels, Plates
from collage.glass.warp import Job, dye, plan, warp

BATCH = 48_000_000
"""Bytes of patches that wait at once: enough to keep all threads busy, little enough for any number of layers."""


class Glass:
    """The plates and the threads that comp pictures. Safe to use from several threads at once.

    `threads` is all there are: OpenCV, which would share each warp among its own, is told to leave that to us.
    """

    def __init__(self, threads: int = 1) -> None:
        cv2.setNumThreads(1)
        self.plates = Plates()
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
        self._lay(picture, cels, Affine.scaling(width / size[0], height / size[1]))
        return picture

    def close(self) -> None:
        """End the threads."""
        if self._pool:
            self._pool.shutdown()

    def _lay(self, picture: Pixels, cels: Sequence[Cel], view: Affine) -> None:
        canvas, waiting = (picture.shape[1], picture.shape[0]), 0
        batch: list[Job] = []
        for cel in cels:
            if isinstance(cel.content, Pane):
                self._lay_batch(picture, batch)
                self._lay_pane(picture, cel, cel.content, view)
                batch, waiting = [], 0
            elif job := plan(cel, view, canvas, self.plates):
                batch.append(job)
                waiting += 4 * (job.box.x1 - job.box.x0) * (job.box.y1 - job.box.y0)
                if waiting > BATCH:
                    self._lay_batch(picture, batch)
                    batch, waiting = [], 0
        self._lay_batch(picture, batch)

    def _lay_batch(self, picture: Pixels, batch: Sequence[Job]) -> None:
        height = picture.shape[0]
        if self._pool is None:
            for job in batch:
                _lay_patch(picture, job.box, warp(job), 0, height)
            return
        patches = list(zip((job.box for job in batch), self._pool.map(warp, batch), strict=True))
        edges = [height * share // self._threads for share in range(self._threads + 1)]

        def lay_band(band: int) -> None:
            for box, patch in patches:
                _lay_patch(picture, box, patch, edges[band], edges[band + 1])

        list(self._pool.map(lay_band, range(self._threads)))

    def _lay_pane(self, picture: Pixels, cel: Cel, pane: Pane, view: Affine) -> None:
        inner = np.zeros_like(picture)
        self._lay(inner, pane.cels, view @ cel.matrix)
        dye(cel, inner)
        _lay_patch(picture, Box(0, 0, picture.shape[1], picture.shape[0]), inner, 0, picture.shape[0])


def _lay_patch(picture: Pixels, box: Box, patch: Pixels, top: int, bottom: int) -> None:
    """Lay the rows of a patch that fall into the band [top, bottom)."""
    y0, y1 = max(box.y0, top), min(box.y1, bottom)
    if y0 < y1:
        backdrop = picture.view(np.uint32)[y0:y1, box.x0 : box.x1, 0]
        kernels.over(backdrop, patch.view(np.uint32)[y0 - box.y0 : y1 - box.y0, :, 0])


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
