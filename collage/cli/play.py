"""`collage play`: a scene or a film in a window."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collage.cli.options import Frames, Memory, Trust, frame_inside, memory_bytes, span
from collage.errors import CollageError


def play(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[SCENE]", help="A scene, a film or a project; without it, the bundled scene."),
    ] = None,
    frames: Frames = "",
    start: Annotated[int | None, typer.Option("--from", metavar="N", help="Begin at frame N.")] = None,
    trust: Trust = False,
    memory: Memory = None,
) -> None:
    """Play a scene or a film in a window. Press ? there for the keys; screenshots (s) go to the current folder."""
    from collage import stand
    from collage.cli.speech import remark, remark_on_the_first_time
    from collage.desk.scenes import bundled, one_scene
    from collage.export.line import usable_processors
    from collage.player import window

    scene = one_scene(path) if path else bundled("hello")
    room = memory_bytes(memory)
    with stand.open(scene, threads=usable_processors(), trust=trust, memory=room) as ready:
        first, end = span(frames or "0-", ready.length, ready.name)
        begin = first if start is None else frame_inside("--from", start, ready.length, ready.name)
        if not first <= begin < end:
            raise CollageError(f"--from {begin} lies outside --frames {first}-{end - 1}: begin within them")
        remark_on_the_first_time()
        ready.load(whole=False)
        window.play(ready, first=first, end=end, start=begin, screenshots=Path.cwd(), notice=remark)
