"""The table of commands: each is one function in a file of its own."""

from __future__ import annotations

from typing import Annotated

import typer

from collage.cli.assets import assets
from collage.cli.check import check
from collage.cli.export import export
from collage.cli.farm import farm
from collage.cli.ledger import ledger
from collage.cli.new import new
from collage.cli.play import play
from collage.cli.schema import schema
from collage.cli.signout import return_, signout, signouts
from collage.cli.still import still
from collage.cli.xsheet import xsheet

COMMANDS = (play, export, farm, still, check, xsheet, ledger, signout, return_, signouts, schema, new)

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from collage import __version__

        print(f"collage {__version__}")
        raise typer.Exit


@app.callback()
def collage(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error came from.")] = False,
) -> None:
    """Cut-out collage animation: a scene file becomes a playing window and a folder of frames."""


for command in COMMANDS:
    app.command()(command)
app.add_typer(assets, name="assets")
