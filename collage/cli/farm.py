"""`collage farm`: the frames of a scene or a film as a job for a render farm."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from collage.cli.options import Frames, Scale, Scene, Trust, check_output, span, write_output
from collage.errors import CollageError


def farm(
    scene: Scene,
    file: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.yaml", help="The job to write.")],
    frames: Frames = "",
    chunk: Annotated[int, typer.Option("--chunk", metavar="N", min=1, help="How many frames a task makes.")] = 24,
    scale: Scale = 1.0,
    kind: Annotated[Literal["png", "exr"], typer.Option("--format", help="Of the frames' files.")] = "png",
    depth: Annotated[Literal["8", "16"], typer.Option("--depth", help="Bits of a channel.")] = "8",
    packing: Annotated[Literal["fast", "small"], typer.Option("--png", help="Packed fast, or small.")] = "fast",
    trust: Trust = False,
) -> None:
    """Write an Open Job Description template, by which a farm makes the frames, a task for every chunk of them."""
    from collage import stand
    from collage.cli.speech import say, typed
    from collage.desk.scenes import one_scene
    from collage.export import farm as jobs
    from collage.export.frames import picture_size
    from collage.export.settings import Settings
    from collage.registry.catalogue import find_root

    path = one_scene(scene)
    if file.suffix.lower() not in jobs.ENDINGS:
        raise CollageError(f"{file}: jobs are written as YAML. End the name with {jobs.ENDINGS[0]}")
    check_output(file, path)
    settings = Settings(scale, kind, 16 if depth == "16" or kind == "exr" else 8, packing == "small")
    root = find_root(path)
    with stand.open(path, trust=trust) as ready:
        chosen = span(frames or "0-", ready.length, ready.name)
        picture_size(ready, scale)
    text = jobs.template(path, root, file, chosen, chunk=chunk, settings=settings, trust=trust)
    write_output(file, text.encode())
    count = chosen.end - chosen.first
    tasks = -(-count // chunk)
    plural = "" if tasks == 1 else "s"
    say(f"{count} frames in {tasks} task{plural}, then one that gathers them, in {file}. To run it here:")
    project = "" if jobs.finds(root, file) else f" -p Project={typed(root)}"
    say(f"openjd run {typed(file)} --step Gather --run-dependencies{project}")
