"""`collage export`: a scene or a film as frames, a film file, sound, or a timeline: what `-o` ends with says which."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from collage.cli.options import Frames, Memory, Scale, Scene, Trust, check_output, frame_inside, memory_bytes, span
from collage.errors import CollageError
from collage.timing import Span

First = Annotated[int | None, typer.Option("--start", "-s", metavar="N", min=0, help="The first frame; see --frames.")]
Last = Annotated[int | None, typer.Option("--end", "-e", metavar="N", min=0, help="The last frame, included.")]


def export(
    ctx: typer.Context,
    scene: Scene,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="A folder for frames; or a file .mp4 .webm .mov .gif .apng .webp .wav .otio.",
        ),
    ],
    frames: Frames = "",
    start: First = None,
    end: Last = None,
    step: Annotated[int, typer.Option("--step", metavar="N", min=1, help="Only every N-th frame.")] = 1,
    scale: Scale = 1.0,
    proxy: Annotated[bool, typer.Option("--proxy", help="Half of each side, to look at.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep the frames that are there and right. So it is where a manifest lies.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Make all frames anew, whatever lies there.")] = False,
    kind: Annotated[Literal["png", "exr"], typer.Option("--format", help="Of the frames' files.")] = "png",
    depth: Annotated[Literal["8", "16"], typer.Option("--depth", help="Bits of a channel; an EXR has 16.")] = "8",
    packing: Annotated[Literal["fast", "small"], typer.Option("--png", help="Packed fast, or small.")] = "fast",
    passes: Annotated[bool, typer.Option("--passes", help="A transparent sequence of each sheet.")] = False,
    contact: Annotated[
        Path | None, typer.Option("--contact-sheet", metavar="FILE.png", help="Also a sheet of small frames.")
    ] = None,
    start_number: Annotated[
        int | None, typer.Option("--start-number", metavar="N", min=0, help="The number of frame 0 in file names.")
    ] = None,
    part: Annotated[
        bool, typer.Option("--part", help="Other machines write the rest; the next export without it gathers.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, max=256, help="Threads; default one for each processor."),
    ] = None,
    dask: Annotated[
        str,
        typer.Option("--dask", metavar="ADDRESS", help="Let a Dask cluster that you trust make them: tcp://HOST:PORT."),
    ] = "",
    verify: Annotated[bool, typer.Option("--verify", help="Then make some again, elsewhere, and compare.")] = False,
    sample: Annotated[int, typer.Option("--sample", metavar="N", min=1, help="How many --verify makes again.")] = 12,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a line of JSON for each frame, and one at the end.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    allow_flashes: Annotated[
        bool, typer.Option("--allow-flashes", help="Don't warn of flashes that can cause seizures.")
    ] = False,
    trust: Trust = False,
    memory: Memory = None,
) -> None:
    """Write a scene or a film as frames, NAME.0000.png and on, or as one file. Exit 1: can be tried again."""
    from collage import stand
    from collage.cli.exporting import Telling, given, once_more
    from collage.cli.order import Order
    from collage.cli.outputs import wanted
    from collage.cli.speech import remark, remark_on_the_first_time
    from collage.desk.scenes import one_scene
    from collage.export.line import Stopped
    from collage.export.settings import Settings
    from collage.export.stopping import stopping

    if resume and overwrite:
        raise CollageError("--resume keeps what is there, --overwrite replaces it: give one of them")
    if given(ctx, "sample") and not verify:
        raise CollageError("--sample says how many --verify makes again: add --verify, or leave it out")
    room, path, telling = memory_bytes(memory), one_scene(scene), Telling(quiet=quiet, as_json=as_json)
    target = wanted(output, path)
    if contact is not None:
        check_output(contact, path, ".png")
    for param in ctx.command.params:
        if param.name in target.needless and given(ctx, param.name):
            raise CollageError(f"{param.opts[0]} means nothing to {target.what}: leave it out")
    settings = Settings(
        scale * (0.5 if proxy else 1), kind, 16 if depth == "16" or kind == "exr" else 8, packing == "small"
    )
    with stopping() as stop, stand.open(path, threads=1, trust=trust, memory=room) as ready:
        chosen = _span(frames, start, end, ready.length, ready.name)
        order = Order(
            ready=ready, path=path, output=output, frames=chosen, step=step, settings=settings, workers=workers,
            mode="overwrite" if overwrite else "resume" if resume else "", part=part, start_number=start_number,
            passes=passes, contact=contact, dask=dask, sample=sample if verify else 0, dry_run=dry_run, trust=trust,
            allow_flashes=allow_flashes, memory=room, telling=telling, stop=stop.asked,
        )  # fmt: skip
        again = once_more(ctx, without=("overwrite", "resume"), adding="--resume") if target.resumes else ""
        stop.parting = f"stopped; to go on: {again}" if again else "stopped"
        if not quiet:
            remark_on_the_first_time()
        try:
            target.write(order)
        except Stopped:
            telling.clear()
            how_far = f" after {telling.done} of {telling.total} frames" if telling.done else ""
            remark(stop.parting.replace("stopped", f"stopped{how_far}", 1))
            raise SystemExit(stop.code) from None
        finally:
            telling.clear()


def _span(frames: str, start: int | None, end: int | None, length: int, name: str) -> Span:
    """The frames that were asked for, in either way of asking."""
    if start is None and end is None:
        return span(frames or "0-", length, name)
    if frames:
        raise CollageError(f"--frames {frames} says it all: leave out --start and --end")
    first = frame_inside("--start", start or 0, length, name)
    last = frame_inside("--end", length - 1 if end is None else end, length, name)
    if first > last:
        raise CollageError(f"--start {first} --end {last}: the range ends before it begins")
    return Span(first, last + 1)
