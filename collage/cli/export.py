"""`collage export`: a scene as a folder of frames."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from collage.cli.options import Frames, Scale, Scene, span


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
) -> None:
    """Write a scene as PNG frames, NAME.0000.png and on. Frames that are there already are replaced."""
    from collage import stand
    from collage.cli.speech import remark, say
    from collage.desk.scenes import one_scene
    from collage.export import frames as exporter

    with stand.open(one_scene(scene), threads=1) as ready:
        chosen = span(frames or "0-", ready.length, ready.name)
        ready.load()  # what can't be read is said before anything else
        every = f", every {step} frames" if step > 1 else ""
        remark(f"{ready.name}: frames {chosen.first} to {chosen.end - 1} of 0 to {ready.length - 1}{every}")
        with _bar() as progress:
            done = exporter.export(
                ready, folder, frames=chosen, step=step, scale=scale, workers=workers, progress=progress
            )
    width, height = done.size
    plural = "" if done.count == 1 else "s"
    say(f"{done.count} frame{plural} of {width}×{height} in {done.folder}: {done.pattern}, {_megabytes(done.weight)}")


def _megabytes(weight: int) -> str:
    return f"{weight / 1e6:.{0 if weight >= 1e8 else 1}f} MB"


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar with the time left, on a terminal alone."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
