"""`collage signout`, `return` and `signouts`: who is re-cutting what, among people who share a project's folder."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from collage.cli.options import Project, hand
from collage.errors import CollageError

Asset = Annotated[str, typer.Argument(metavar="ASSET", help="Its path under assets/ without the ending: water/splash.")]
Name = Annotated[str | None, typer.Option("--as", metavar="NAME", help="Who has it; default your login.")]
_FOR = re.compile(r"([1-9]\d{0,5})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def signout(
    asset: Asset,
    name: Name = None,
    lasting: Annotated[
        str, typer.Option("--for", metavar="2h", help="So long: 30m, 2h, 3d. Default until it is returned.")
    ] = "",
    project: Project = Path(),
) -> None:
    """Take an asset, so that nobody else re-cuts it meanwhile; again to renew. Exit 1: someone else has it."""
    from collage.cli.speech import say
    from collage.desk.assets import home
    from collage.registry import signouts as sheet

    taken = sheet.sign_out(home(project), asset, hand(name), now=datetime.now(UTC), lasting=_length(lasting))
    say(f"{asset} is with {taken.name} {sheet.until_when(taken)}")


def return_(asset: Asset, name: Name = None, project: Project = Path()) -> None:
    """Return an asset that was signed out."""
    from collage.cli.speech import say
    from collage.desk.assets import home
    from collage.registry import signouts as sheet

    sheet.give_back(home(project), asset, hand(name), now=datetime.now(UTC))
    say(f"{asset} is returned")


return_.__name__ = "return"  # the command's own, which in Python is taken


def signouts(
    as_json: Annotated[bool, typer.Option("--json", help="Print them as a JSON array.")] = False,
    project: Project = Path(),
) -> None:
    """List what is signed out: by whom, since when and until when."""
    from collage.cli.speech import say
    from collage.desk.assets import home
    from collage.registry.signouts import in_words, signed_out, until_when

    out = signed_out(home(project), datetime.now(UTC)).values()
    if as_json:
        print(json.dumps([entry._asdict() for entry in out], indent=2, default=datetime.isoformat))
        return
    if not out:
        say("nothing is signed out")
    assets, names = _even([entry.asset for entry in out]), _even([entry.name for entry in out])
    for asset, name, entry in zip(assets, names, out, strict=True):
        say(f"{asset}  {name}  since {in_words(entry.since)}, {until_when(entry)}")


def _even(words: list[str]) -> list[str]:
    return [word.ljust(max(map(len, words))) for word in words]


def _length(written: str) -> timedelta | None:
    if not written:
        return None
    if not (match := _FOR.fullmatch(written.strip())):
        raise CollageError(f'--for "{written}": write 30m, 2h or 3d')
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
