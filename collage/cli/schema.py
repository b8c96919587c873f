"""`collage schema`: the format for editors, and its reference for people."""

from __future__ import annotations

import json
from typing import Annotated

import typer


def schema(
    reference: Annotated[
        bool, typer.Option("--reference", help="Print the format's reference for people instead, as Markdown.")
    ] = False,
    film: Annotated[bool, typer.Option("--film", help="Of film files instead of scenes.")] = False,
) -> None:
    """Print the JSON Schema of scene or film files, for editors that complete and check TOML."""
    if reference:
        from collage.desk.reference import reference as of_everything

        print(of_everything(), end="")
        return
    from collage.scene.schema import film_schema
    from collage.scene.schema import schema as of_scenes

    print(json.dumps(film_schema() if film else of_scenes(), indent=2))
