"""`collage new`: a project that plays at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The project to make: new, or empty.")],
    pictures: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="PICTURES", help="A folder of pictures, or a picture; may stand repeatedly."),
    ] = None,
) -> None:
    """Make a project that plays at once, with your pictures copied in and a scene file to learn from."""
    from collage.cli.speech import say, typed
    from collage.desk.new import new_project

    scene = new_project(folder, pictures or [])
    say(f"made {scene}. Go on with:")
    say(f"  collage play {typed(scene)}")
    say(f"  collage export {typed(scene)} -o {typed(folder / 'frames')}")
