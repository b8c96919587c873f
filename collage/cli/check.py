"""`collage check`: everything that is wrong, at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collage.cli.options import Rights, Trust

if TYPE_CHECKING:
    from collage.errors import Finding
    from collage.stand import Stand


def check(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Scenes, films, or folders that hold scenes/.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as a JSON array.")] = False,
    trust: Trust = False,
    rights: Rights = False,
    allow_flashes: Annotated[
        bool, typer.Option("--allow-flashes", help="Don't look for flashes that can cause seizures.")
    ] = False,
) -> None:
    """List all findings of scenes and films. Exit 0: none; 1: some; 2: a PATH can't be read."""
    from collage.cli.speech import complain, list_all
    from collage.desk.checks import check_all

    findings, unreadable = check_all(paths, trust=trust, rights=rights, look=None if allow_flashes else _flashes)
    list_all(findings, as_json=as_json)
    for message in unreadable:
        complain(message)
    if findings or unreadable:
        raise typer.Exit(2 if unreadable else 1)


def _flashes(ready: Stand) -> Iterable[Finding]:
    from collage.cli.speech import remark, remark_on_the_first_time
    from collage.export.flashes import told
    from collage.export.glance import MOST_FRAMES, glance

    remark_on_the_first_time()
    if ready.length > MOST_FRAMES:
        remark(f"{ready.path}: flashes are looked for in the first {MOST_FRAMES} frames; export looks at all")
    return told(str(ready.path), glance(ready))
