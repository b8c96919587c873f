"""`collage ledger`: who has what is one of a kind, from when to when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collage.cli.options import Trust, check_output, write_output
from collage.errors import CollageError

if TYPE_CHECKING:
    from collage.desk import ledger as desk


def ledger(
    scene: Annotated[
        Path,
        typer.Argument(
            metavar="SCENE", help="A scene or a film, or a project with one; default this folder's.", show_default=False
        ),
    ] = Path("."),
    asset: Annotated[
        str | None, typer.Argument(metavar="ASSET", help="One asset; default all that have copies.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    png: Annotated[Path | None, typer.Option("--png", metavar="FILE.png", help="Draw it as a chart instead.")] = None,
    trust: Trust = False,
) -> None:
    """List who holds an asset from when to when, its handovers and its idle time."""
    from collage import stand
    from collage.cli.speech import say
    from collage.desk import ledger as desk
    from collage.desk.scenes import one_scene
    from collage.registry.catalogue import find_root

    if as_json and png is not None:
        raise CollageError("--png draws what --json prints: leave one of them out")
    if asset is None and scene.suffix != ".toml" and not scene.exists():
        scene, asset = Path("."), scene.as_posix()  # `collage ledger water/splash`, standing in the project
    path = one_scene(scene)
    if png is not None:
        check_output(png, path, ".png")
    with stand.open(path, trust=trust) as ready:
        book = desk.ledger(ready.name, ready.rig, asset)
    if png is not None:
        _draw(book, png, find_root(path))
    elif as_json:
        print(json.dumps(desk.as_json(book), indent=2))
    else:
        for line in desk.lines(book):
            say(line)


def _draw(book: desk.Ledger, file: Path, root: Path) -> None:
    from collage.cli.speech import say
    from collage.desk.ledger_chart import chart

    write_output(file, chart(book, root))
    say(f"the ledger of {book.name} in {file}")
