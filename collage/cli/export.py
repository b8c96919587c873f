"""`collage export`: a scene or a film as a folder of frames."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collage.cli.options import Frames, Memory, Scale, Scene, Trust, memory_bytes, span

if TYPE_CHECKING:
    from rich.progress import Progress


def export(
    scene: Scene,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the frames go.")],
    frames: Frames = "",
    step: Annotated[int, typer.Option("--step", metavar="N", min=1, help="Only every N-th frame.")] = 1,
    scale: Scale = 1.0,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, max=256, help="Threads; default one for each processor."),
    ] = None,
    trust: Trust = False,
    memory: Memory = None,
) -> None:
    """Write a scene or a film as PNG frames, NAME.0000.png and on. Frames that are there already are replaced."""
    from collage import stand
    from collage.cli.speech import remark_on_the_first_time, say
    from collage.desk.scenes import one_scene
    from collage.export import frames as exporter

    room = memory_bytes(memory)
    with stand.open(one_scene(scene), threads=1, trust=trust, memory=room) as ready:
        chosen = span(frames or "0-", ready.length, ready.name)
        every = f", every {step} frames" if step > 1 else ""
        opening = f"{ready.name}: frames {chosen.first} to {chosen.end - 1} of 0 to {ready.length - 1}{every}"
        remark_on_the_first_time()
        with _telling(opening) as progress:
            done = exporter.export(
                ready, folder, frames=chosen, step=step, scale=scale, workers=workers, progress=progress
            )
    width, height = done.size
    plural = "" if done.count == 1 else "s"
    say(f"{done.count} frame{plural} of {width}×{height} in {done.folder}: {done.pattern}, {_megabytes(done.weight)}")


def _megabytes(weight: int) -> str:
    return f"{weight / 1e6:.{0 if weight >= 1e8 else 1}f} MB"


@contextmanager
def _telling(opening: str) -> Iterator[Callable[[int, int], None]]:
    """Says `opening` when the work begins; on a terminal, a bar then shows the time left."""
    from collage.cli.speech import remark

    with _bar() if sys.stderr and sys.stderr.isatty() else nullcontext() as bar:

        def progress(done: int, total: int) -> None:
            if not done:
                remark(opening)
            if bar:
                bar.update(bar.task_ids[0], completed=done, total=total)

        yield progress


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("", total=None)
    return bar
