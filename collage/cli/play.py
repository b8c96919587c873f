"""`collage play`: a scene or a film in a window, or a wall of them to choose from."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from collage.cli.options import Frames, Memory, Trust, frame_inside, memory_bytes, span
from collage.errors import CollageError


def play(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="A scene, a film, or a project. Of a folder with several, and without a PATH, a wall to choose from.",
        ),
    ] = None,
    frames: Frames = "",
    start: Annotated[int | None, typer.Option("--from", metavar="N", help="Begin at frame N.")] = None,
    trust: Trust = False,
    memory: Memory = None,
    full: Annotated[bool, typer.Option("--full", help="Never draw half as fine, whatever frames are dropped.")] = False,
    still: Annotated[
        bool,
        typer.Option(
            "--reduced-motion",
            envvar="COLLAGE_REDUCED_MOTION",
            help="Nothing moves but what plays: pieces come to the hand at once, the prints on the wall are still.",
        ),
    ] = False,
) -> None:
    """Play a scene or a film in a window. Press ? there for the keys; screenshots (s) go to the current folder."""
    from collage import stand
    from collage.cli.speech import remark, remark_on_the_first_time
    from collage.desk.scenes import hung, one_scene, only_one
    from collage.export.line import usable_processors
    from collage.player import window

    opened = partial(stand.open, trust=trust, memory=memory_bytes(memory))
    way = window.Way(Path.cwd(), remark, remark_on_the_first_time, full, still)
    folder = path or Path()
    if path is None or (path.is_dir() and not only_one(path) and hung(path)):
        if frames or start is not None:
            raise CollageError("--frames and --from are for one scene: name it too, as scenes/NAME.toml")
        headline = folder.resolve().name if hung(folder) else ""
        found = partial(_on_the_wall, folder)
        window.browse(found, opened, headline or "Collage", threads=usable_processors(), **way._asdict())
        return
    scene, at = one_scene(path), -1 if frames else start or 0
    with window.early(scene, at, way) as house, opened(scene, threads=usable_processors()) as ready:
        first, end = span(frames or "0-", ready.length, ready.name)
        begin = first if start is None else frame_inside("--from", start, ready.length, ready.name)
        if not first <= begin < end:
            raise CollageError(f"--from {begin} lies outside --frames {first}-{end - 1}: begin within them")
        window.play(ready, first=first, end=end, start=begin, house=house, **way._asdict())


def _on_the_wall(folder: Path) -> list[Path]:
    from collage.desk.scenes import hung, with_bundled

    return with_bundled(hung(folder))
