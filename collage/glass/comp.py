"""Cels to one picture: warps shared among threads, then laid over one another band by band, always in order.

Every pixel is the same whatever the number of threads and whatever is kept from other frames: a warp depends on its
cel and the canvas alone, a band is only a share of the rows, and what is kept is what would be drawn again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from collage.colours import WHITE, Colour
from collage.errors import CollageError
from collage.exposure.cel import Card, Cel, Pane
from collage.geometry import Affine, Box, Size, canvas_size
from collage.glass import kernels
from collage.glass.canvas import Canvas, contents, flat, unwrapped
from collage.glass.ground import Ground, Patch, Pixels, shared
from collage.glass.hidden import covers, hidden
from collage.glass.jobs import Job, plan
from collage.glass.medium import ByBands, Medium, medium_for
from collage.glass.panes import hung
from collage.glass.plates import Plates
from collage.glass.still import Bottoms, Patches

BATCH = 48_000_000
"""Bytes of patches that wait at once: enough to keep all threads busy, little enough for any number of layers."""
MOST_GROUNDS = 512_000_000
"""Bytes of grounds within one another that are drawn whatever the budget; beyond, at most a quarter of it."""
Skip = npt.NDArray[np.bool_]
_PLAIN = Cel(Card((0.0, 0.0), WHITE))


class Glass:
    """The plates and the threads that comp pictures. Safe to use from several threads at once.

    `threads` is all there are: OpenCV, which would share each warp among its own, is told to leave that to us.
    `memory` is the bytes kept between frames, by default a third of the machine's. Without `caches` each frame is drawn
    as if it were the first and nothing hid anything: the same picture, later.
    """

    def __init__(self, threads: int = 1, memory: int | None = None, *, caches: bool = True) -> None:
        cv2.setNumThreads(1)
        self.plates = Plates(memory)
        self._patches = Patches(self.plates) if caches else None
        self._bottoms = Bottoms(self.plates) if caches else None
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, "glass") if threads > 1 else None

    def comp(self, cels: Sequence[Cel], size: tuple[int, int], paper: Colour | None, scale: float = 1.0) -> Pixels:
        """One picture: (height, width, 4) uint8, premultiplied sRGB RGBA, contiguous.

        `size` is the canvas at scale 1, (width, height); the picture's is that times `scale`, rounded half up.
        `paper` is what lies under all, None for nothing. AssetError for a picture that can't be read; CollageError,
        with the layer, for what no memory can hold.
        """
        return self._comp(unwrapped(cels, size, paper), size, scale, None)

    def comp_fine(
        self, cels: Sequence[Cel], size: tuple[int, int], paper: Colour | None, scale: float = 1.0
    ) -> npt.NDArray[np.float32]:
        """The same as float32, 0 to 1, which were never rounded to bytes on the way: for files of 16 bits."""
        from collage.glass.exact import Exact

        return self._comp(unwrapped(cels, size, paper), size, scale, Exact())

    def _comp(self, canvas: Canvas, size: Size, scale: float, around: Medium | None) -> npt.NDArray[Any]:
        width, height = canvas_size(size, scale)
        view, whole = Affine.scaling(width / size[0], height / size[1]), Box(0, 0, width, height)
        with self.plates.needed(contents(canvas.cels)), self._frame():
            return self._canvas(canvas, view, whole, around)

    def close(self) -> None:
        """End the threads."""
        if self._pool:
            self._pool.shutdown()

    @contextmanager
    def _frame(self) -> Iterator[None]:
        """While a frame is made: what is kept of others is counted, and let go once it is of no use."""
        if self._patches is None or self._bottoms is None:
            yield
            return
        number = self._patches.begin()
        try:
            yield
        finally:
            self._patches.end(number)
            self.plates.aside = self._patches.weight + self._bottoms.weight

    def _canvas(self, canvas: Canvas, view: Affine, whole: Box, around: Medium | None) -> npt.NDArray[Any]:
        medium = medium_for(canvas.cels, canvas.linear, around)
        jobs = [plan(cel, view, whole, self.plates) for cel in canvas.cels]
        skip = self._hidden(jobs, whole)
        start, ground = self._bottom(canvas, jobs, skip, whole, medium)
        self._lay(ground, jobs[start:], skip[start:], medium)
        self._settle(ground, medium)
        if canvas.finish:
            medium.finish(ground, canvas.finish, self._share(ground))
        picture = medium.words(ground, self._share(ground))
        if canvas.under is None or any(job and covers(job, whole) for job in jobs):
            return picture
        plain = medium_for((), False, around)
        under = plain.blank(whole, canvas.under)
        self._lay_patches(under, [(_PLAIN, Patch(picture, whole))], plain)
        return under.pixels

    def _bottom(
        self, canvas: Canvas, jobs: Sequence[Job | None], skip: Skip, whole: Box, medium: Medium
    ) -> tuple[int, Ground]:
        """A ground, and how many of the lowest cels lie on it already."""
        if self._bottoms is None:
            return self._begun(jobs, skip, whole, canvas.paper, medium)
        place = (whole, canvas.paper, medium.name)
        kept, ground, keep = self._bottoms.find(place, canvas.cels)
        if _area(jobs[:keep]) < (whole.x1 * whole.y1):
            keep = 0  # to copy the picture takes longer than to draw them
        if ground is None or skip[:kept].all():
            kept, ground = 0, None
        if not keep:
            return (kept, ground.copy()) if ground else self._begun(jobs, skip, whole, canvas.paper, medium)
        alone = self._hidden(jobs[:keep], whole)  # by what lies still only
        if ground is None:
            kept, ground = self._begun(jobs[:keep], alone, whole, canvas.paper, medium)
        else:
            ground = ground.copy()
        self._lay(ground, jobs[kept:keep], alone[kept:], medium)
        self._bottoms.keep(place, canvas.cels[:keep], ground.copy())
        return keep, ground

    def _begun(
        self, jobs: Sequence[Job | None], skip: Skip, box: Box, paper: Colour | None, medium: Medium
    ) -> tuple[int, Ground]:
        """A ground of paper, or of a card that covers it all, and how many cels that saves."""
        first = int(np.argmin(skip)) if len(skip) and not skip.all() else 0
        job = jobs[first] if jobs else None
        if self._patches and job and (colour := flat(job, box)):
            return first + 1, medium.blank(box, colour)
        return 0, medium.blank(box, paper)

    def _drawn(self, jobs: Sequence[Job | None], box: Box, medium: Medium, below: Ground, layer: str) -> Ground:
        """Cels on a clear ground of their own, which is to be shown on the ground `below`."""
        held = below.held + below.weight
        if held > max(self.plates.most // 4, MOST_GROUNDS):
            many = f"groups and mattes within one another take more than {held / 1e9:.1f} GB"
            raise CollageError(f'layer "{layer}": {many}: use fewer, or a smaller picture')
        skip = self._hidden(jobs, box)
        start, ground = self._begun(jobs, skip, box, None, medium)
        ground.held = held
        self._lay(ground, jobs[start:], skip[start:], medium)
        self._settle(ground, medium)
        return ground

    def _hidden(self, jobs: Sequence[Job | None], box: Box) -> Skip:
        """Which need not be drawn."""
        if self._patches is None:
            return np.array([job is None or shared(job.marks, box).empty for job in jobs], np.bool_)
        return hidden(jobs, box)

    def _lay(self, ground: Ground, jobs: Sequence[Job | None], skip: Skip, medium: Medium) -> None:
        waiting, batch = 0, list[Job]()
        for job, left_out in zip(jobs, skip.tolist(), strict=True):
            if job is None or left_out:
                continue
            if job.inner:
                self._lay_batch(ground, batch, medium)
                waiting, batch = 0, []
                if patch := self._pane(job, ground, medium):
                    self._lay_patches(ground, [(job.cel, patch)], medium)
                continue
            batch.append(job)
            waiting += (
                medium.depth * (8 if job.cel.matte else 4) * (job.box.x1 - job.box.x0) * (job.box.y1 - job.box.y0)
            )
            if waiting > BATCH or self._pool is None:
                self._lay_batch(ground, batch, medium)
                waiting, batch = 0, []
        self._lay_batch(ground, batch, medium)

    def _lay_batch(self, ground: Ground, batch: Sequence[Job], medium: Medium) -> None:
        """Make the pieces' pictures, all threads at once, and lay them."""
        patches: list[Patch | None] = []
        making: list[tuple[int, Hashable, Ground | None]] = []
        for number, job in enumerate(batch):
            patch, key = self._find(job, job.box, medium)
            patches.append(patch)
            if patch is None:
                making.append((number, key, self._matte(job, job.box, ground, medium)))

        def make(one: tuple[int, Hashable, Ground | None]) -> Patch:
            job = batch[one[0]]
            return _done(job, medium.patch(job), one[2], medium)

        made = map(make, making) if self._pool is None else self._pool.map(make, making)
        for (number, key, _), patch in zip(making, made, strict=True):
            patches[number] = patch
            self._keep(key, patch)
        self._lay_patches(
            ground, [(job.cel, patch) for job, patch in zip(batch, patches, strict=True) if patch], medium
        )

    def _pane(self, job: Job, below: Ground, medium: Medium) -> Patch | None:
        pane, box = job.cel.content, hung(job, below.box)
        assert isinstance(pane, Pane)
        if box.empty:
            return None
        patch, key = self._find(job, box, medium)
        if patch is None:
            inside = medium_for(pane.cels, pane.linear, medium)
            ground = self._drawn(job.inner, box, inside, below, job.cel.layer)
            if pane.finish:
                inside.finish(ground, pane.finish, self._share(ground))
            if inside.name != medium.name:
                ground = medium.taken(inside.words(ground, self._share(ground)), box)
            patch = medium.pane(job, ground)
            patch = _done(job, patch, self._matte(job, patch.box, below, medium), medium)
            self._keep(key, patch)
        return patch

    def _matte(self, job: Job, box: Box, below: Ground, medium: Medium) -> Ground | None:
        """What a cel is seen through, where its patch lies."""
        if job.cel.matte is None:
            return None
        cels = job.cel.matte.cels
        jobs = [plan(cel, job.view, job.field, self.plates, job.rim) for cel in cels]
        inside = medium_for(cels, False, medium)
        ground = self._drawn(jobs, box, inside, below, job.cel.layer)
        return ground if inside.name == medium.name else medium.taken(inside.words(ground, self._share(ground)), box)

    def _find(self, job: Job, box: Box, medium: Medium) -> tuple[Patch | None, Hashable]:
        """What is kept of a job, and the key to keep it by if it isn't but should be, else None."""
        if self._patches is None:
            return None, None
        key = (job.cel._replace(layer="", blend="normal"), job.view, box, job.field, medium.name)
        patch, worth = self._patches.find(key, job.cel.layer)
        return patch, key if worth else None

    def _keep(self, key: Hashable, patch: Patch) -> None:
        if key is not None and self._patches is not None:
            self._patches.keep(key, patch)

    def _lay_patches(self, ground: Ground, patches: Sequence[tuple[Cel, Patch]], medium: Medium) -> None:
        if any(patch.shadow or patch.marks is not None for _, patch in patches):
            ground.shaded()

        def lay(band: Box) -> None:
            for cel, patch in patches:
                medium.lay(ground, patch, cel, band)

        if patches:
            self._by_bands(ground, lay)

    def _settle(self, ground: Ground, medium: Medium) -> None:
        if ground.dark is not None:
            self._by_bands(ground, lambda band: medium.settle(ground, band))

    def _by_bands(self, ground: Ground, lay: Callable[[Box], None]) -> None:
        """All rows of the ground, in as many shares as there are threads."""
        x0, y0, x1, y1 = ground.box
        if self._pool is None:
            return lay(ground.box)
        at = [y0 + (y1 - y0) * share // self._threads for share in range(self._threads + 1)]
        list(self._pool.map(lay, [Box(x0, top, x1, bottom) for top, bottom in pairwise(at)]))

    def _share(self, ground: Ground) -> ByBands:
        """What hands the rows of a ground's pixels to the threads."""
        top = ground.box.y0
        return lambda work: self._by_bands(ground, lambda band: work(band.y0 - top, band.y1 - top))


def _done(job: Job, patch: Patch, seen: Ground | None, medium: Medium) -> Patch:
    """A patch through its matte, with its shadow."""
    if seen is not None and job.cel.matte is not None:
        medium.through(patch, seen, job.cel.matte)
    return patch if job.cast is None else medium.cast(patch, job.cast)


def _area(jobs: Sequence[Job | None]) -> int:
    """Of all that they mark, in pixels."""
    return sum((job.marks.x1 - job.marks.x0) * (job.marks.y1 - job.marks.y0) for job in jobs if job)


def straight(picture: Pixels) -> Pixels:
    """A premultiplied picture with straight alpha: round(colour * 255 / alpha), 0 where alpha is 0."""
    return kernels.straighten(picture.view(np.uint32)[..., 0]).view(np.uint8).reshape(picture.shape)


def opaque(picture: Pixels) -> npt.NDArray[np.uint8]:
    """(height, width, 3) of a picture whose paper covers all: premultiplied and straight are one there."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB), np.uint8)
