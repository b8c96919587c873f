"""`collage check`: everything that is wrong, at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collage.cli.options import Rights, Trust


def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Scenes, films, or folders that hold scenes/.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as a JSON array.")] = False,
    trust: Trust = False,
    rights: Rights = False,
) -> None:
    """List all findings of scenes and films. Exit 0: none; 1: some; 2: a PATH can't be read."""
    from collage.cli.speech import complain, list_all
    from collage.desk.checks import check_all

    findings, unreadable = check_all(paths, trust=trust, rights=rights)
    list_all(findings, as_json=as_json)
    for message in unreadable:
        complain(message)
    if findings or unreadable:
        raise typer.Exit(2 if unreadable else 1)
