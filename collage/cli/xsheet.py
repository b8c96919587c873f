"""`collage xsheet`: the exposure sheet of a scene."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from collage.cli.options import Frames, Trust, check_output, span, write_output
from collage.errors import CollageError

MOST_FRAMES = 100_000
"""Of one sheet: more than an hour, which nobody reads at once."""


def xsheet(
    scene: Annotated[Path, typer.Argument(metavar="SCENE", help="A scene, or a project with one; a film has none.")],
    frames: Frames = "",
    poses: Annotated[bool, typer.Option("--poses", help="Where each piece lies, instead of which drawing.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table for spreadsheets.")] = False,
    as_xdts: Annotated[bool, typer.Option("--xdts", help="A digital time sheet for other animation programs.")] = False,
    file: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where it goes; default standard output.")
    ] = None,
    trust: Trust = False,
) -> None:
    """Print the exposure sheet: rows are frames, columns are layers, with holds drawn as lines."""
    from collage import stand
    from collage.cli.speech import shown
    from collage.desk import xdts
    from collage.desk import xsheet as desk
    from collage.desk.scenes import one_scene
    from collage.exposure.rig import Rig
    from collage.exposure.xsheet import x_sheet
    from collage.scene.model import Scene as Text
    from collage.scene.reader import is_film

    if as_xdts and (poses or as_csv):
        raise CollageError(f"--xdts holds drawings alone: leave {'--poses' if poses else '--csv'} out")
    path = one_scene(scene)
    if is_film(path):
        raise CollageError(f"{path}: a film has shots, not layers. Name the scene of one of its shots")
    if file is not None:
        check_output(file, path)
    with stand.open(path, trust=trust) as ready:
        assert isinstance(ready.rig, Rig)
        assert isinstance(ready.scene, Text)
        chosen = span(frames or "0-", ready.length, ready.name)
        if chosen.end - chosen.first > MOST_FRAMES:
            raise CollageError(f"{ready.name}: a sheet has at most {MOST_FRAMES} frames: choose them by --frames A-B")
        sheet = x_sheet(ready.scene, ready.rig, chosen, every_copy=as_csv or as_xdts)
    if as_xdts:
        content = xdts.xdts(sheet, ready.name)
    elif as_csv:
        content = "".join(desk.csv_lines(sheet, poses=poses))
    else:
        content = "".join(f"{shown(line)}\n" for line in desk.sheet_lines(sheet, ready.name, poses=poses))
    _give(content, file, f"frames {chosen.first} to {chosen.end - 1} of {ready.name}")


def _give(content: str, file: Path | None, what: str) -> None:
    """Write it, UTF-8 and its very line ends, to a file that is there whole or not at all, or to standard output."""
    from collage.cli.speech import say

    written = content.encode(errors="backslashreplace")
    if file is not None:
        write_output(file, written)
        say(f"{what} in {file}")
    elif sys.stdout is not None:  # closed by whoever started us
        sys.stdout.flush()
        sys.stdout.buffer.write(written)
