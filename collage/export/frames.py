"""A scene as a folder of PNG frames.

Threads share the work, since comp, encoding and writing all release the interpreter's lock; which thread makes a
frame never shows in its bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.export import manifest
from collage.export.seen import seen
from collage.files import frame_name, make_folder, pattern, write_whole
from collage.geometry import Size, canvas_size
from collage.registry.catalogue import Catalogue, find_root
from collage.stand import frame_file
from collage.timing import Span

if TYPE_CHECKING:
    from collage.stand import Stand

Progress = Callable[[int, int], None]
"""Told (frames done, frames in all) in the caller's own thread: first (0, all), when nothing stands in the way."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: `count` files called like `pattern`, each `size` (width, height), `weight` bytes in all."""

    folder: Path
    pattern: str
    count: int
    size: tuple[int, int]
    weight: int


def export(
    stand: Stand,
    folder: Path,
    *,
    frames: Span,
    step: int = 1,
    scale: float = 1.0,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write every `step`-th frame of `frames` into `folder`, which is made if need be.

    RGB where the paper covers all, else straight RGBA; 8 bits, sRGB. Frames that lie there already are replaced.
    All pictures are read before anything is written, so a torn one leaves no trace; memory holds a few frames a
    worker however long the scene is. Whatever ends it (a full disk, Ctrl+C) stops every worker, and leaves whole
    frames and no temporaries. A finished export leaves its manifest beside them, an unfinished one none. CollageError,
    AssetError for wrong input; RunError for a run that failed.
    """
    size, listed = picture_size(stand, scale), manifest.place(folder, stand.name)
    manifest.check(listed)
    stand.load()
    make_folder(folder)
    manifest.clear(listed)
    most, shown = len({drawing.asset for drawing in stand.drawings}), set[str]()

    def draw(frame: int) -> int:
        if len(shown) < most:
            shown.update(seen(stand.cels(frame), stand.size))
        content = frame_file(stand, frame, scale)
        write_whole(folder / frame_name(stand.name, frame, stand.length), content)
        return len(content)

    numbers = range(frames.first, frames.end, step)
    weight = _share(draw, numbers, workers or usable_processors(), progress or _silent)
    manifest.write(listed, _manifest(stand, size, frames, step, shown))
    return Exported(folder, pattern(stand.name, stand.length), len(numbers), size, weight)


def _manifest(stand: Stand, size: Size, frames: Span, step: int, shown: Iterable[str]) -> manifest.Manifest:
    from collage import __version__

    entry = Catalogue.open(find_root(stand.path)).entry
    return manifest.Manifest(
        program=f"collage {__version__}",
        scene=stand.name,
        size=size,
        rate=str(stand.rate),
        frames=f"{frames.first}-{frames.end - 1}",
        step=step,
        credits=tuple(manifest.credit(name, entry(name)) for name in sorted(shown)),
    )


def picture_size(stand: Stand, scale: float) -> Size:
    """(width, height) of a frame at a scale; CollageError if no picture can have that size."""
    try:
        return canvas_size(stand.size, scale)
    except ValueError as error:
        raise CollageError(f"--scale: {error}") from None


def usable_processors() -> int:
    """How many processors this program may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _silent(done: int, total: int) -> None:
    pass


def _share(draw: Callable[[int], int], numbers: Sequence[int], workers: int, progress: Progress) -> int:
    """The sum of draw(number) by `workers` threads, two frames each in flight; the first failure stops them all."""
    total, done, waiting = 0, 0, iter(numbers)
    progress(0, len(numbers))
    pool = ThreadPoolExecutor(workers, thread_name_prefix="export")
    try:
        flying: set[Future[int]] = {pool.submit(draw, number) for number in islice(waiting, 2 * workers)}
        while flying:
            landed, flying = wait(flying, return_when=FIRST_COMPLETED)
            total += sum(future.result() for future in landed)
            flying |= {pool.submit(draw, number) for number in islice(waiting, len(landed))}
            done += len(landed)
            progress(done, len(numbers))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return total
