"""The sign-out sheet, for people who share a folder: an asset is with one person at a time.

Every function takes `now`, so that nothing but the caller reads a clock. Names are believed: the sheet keeps people
from cutting one piece twice, not thieves out.
"""

from __future__ import annotations

import getpass
import os
import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from collage.errors import AssetError, CollageError, Finding, RunError, suggest
from collage.files import read_start, unread
from collage.registry.catalogue import Catalogue, inside
from collage.registry.journal import Change
from collage.registry.journal import change as change_files
from collage.registry.probe import Fault, plain
from collage.registry.sheet import MOST_BYTES, WHERE, Row, Sheet, SignOut, line_of, person, read_sheet, write_sheet

LONGEST = timedelta(days=365)

T = TypeVar("T")


def sign_out(root: Path, asset: str, name: str, *, now: datetime, lasting: timedelta | None = None) -> SignOut:
    """Take an asset, or renew what `name` has already, for so long; None is until it is returned.

    RunError names who has it, CollageError what can't be meant: an unknown asset, no name, no such time. `Fault`, an
    AssetError, for a sheet that can't be read.
    """
    name, now = person(name), _whole_second(now)
    if lasting is not None and not timedelta(seconds=1) <= lasting <= LONGEST:
        raise CollageError(f"an asset is signed out for a second to {LONGEST.days} days, or until it is returned")
    _check_known(root, asset)
    until = None if lasting is None else now + lasting

    def taken(sheet: Sheet) -> tuple[Sheet, SignOut]:
        row = _current(sheet, now).rows.get(asset)
        if row and row.entry.name != name:
            raise RunError(f'"{asset}" is with {row.entry.name} {_times(row.entry)}: ask for it, or try again then')
        entry = SignOut(asset, name, row.entry.since if row else now, until, _here())
        new = Row(entry, line_of(entry), row.above if row else ())
        return replace(sheet, rows={**sheet.rows, asset: new}), entry

    return _change(root, now, taken)


def give_back(root: Path, asset: str, name: str, *, now: datetime) -> None:
    """Return an asset. CollageError if it is with someone else, or with nobody; errors else as `sign_out`."""
    name, now = person(name), _whole_second(now)

    def returned(sheet: Sheet) -> tuple[Sheet, None]:
        row = sheet.rows.get(asset)
        if row is None:
            out = suggest(asset, sheet.rows) or " collage signouts lists what is"
            raise CollageError(f'"{plain(asset)}" is not signed out.{out}')
        if row.entry.name != name and not _expired(row.entry, now):
            who = row.entry.name
            raise CollageError(f'"{asset}" is with {who} {_times(row.entry)}, not with {name}: {who} returns it')
        return replace(sheet, rows={other: kept for other, kept in sheet.rows.items() if other != asset}), None

    _change(root, now, returned)


def signed_out(root: Path, now: datetime) -> dict[str, SignOut]:
    """Who has what, by asset, sorted; what has expired is not there. `Fault` for a sheet that can't be read."""
    rows = _current(_sheet(root), now).rows
    return {asset: row.entry for asset, row in sorted(rows.items())}


def refuse_others(root: Path, asset: str, name: str, now: datetime) -> None:
    """RunError while somebody else than `name` has the asset. `Fault` for a sheet that can't be read."""
    taken = signed_out(root, now).get(asset)
    if taken and taken.name != person(name):
        raise RunError(
            f'"{asset}" is with {taken.name} {until_when(taken)}: ask for it, or say who you are by --as {taken.name}'
        )


def refuse_untaken(root: Path, asset: str, name: str, now: datetime) -> None:
    """RunError unless `name` has the asset; else as `refuse_others`."""
    refuse_others(root, asset, name, now)
    if asset not in signed_out(root, now):
        mine = "" if person(name) == login() else f" --as {person(name)}"
        raise RunError(f'"{asset}" is not signed out to you: take it first, by collage signout {asset}{mine}')


def moved(root: Path, asset: str, new: str | None, now: datetime) -> dict[str, bytes]:
    """The sheet, by its path, with the line of an asset under another name, or without it; nothing if it has none."""
    sheet = _sheet(root)
    row = sheet.rows.get(asset)
    if row is None:
        return {}
    rows = {name: kept for name, kept in sheet.rows.items() if name not in (asset, new)}
    if new:
        rows[new] = row._replace(entry=row.entry._replace(asset=new), line=f'"{new}" {row.line[row.line.index("=") :]}')
    return {WHERE: write_sheet(_current(replace(sheet, rows=rows), now))}


def findings(root: Path) -> tuple[Finding, ...]:
    """All that is wrong with the sheet, for `check`."""
    try:
        raw = _raw(root)
        return () if raw is None else read_sheet(raw)[1]
    except Fault as fault:
        return (fault.finding,)


def login() -> str:
    """Who sits here: the user's login, else the machine's name."""
    for asked in (getpass.getuser, platform.node):
        with suppress(CollageError, OSError, KeyError, ImportError):
            return person(asked())
    return "someone"


def until_when(entry: SignOut) -> str:
    """In words, how long someone has it."""
    return "until it is returned" if entry.until is None else f"until {in_words(entry.until)}"


def in_words(moment: datetime) -> str:
    """A moment to the minute, in UTC."""
    return f"{moment.astimezone(UTC).isoformat(' ', 'minutes').removesuffix('+00:00')} UTC"


def _times(entry: SignOut) -> str:
    return f"since {in_words(entry.since)}, {until_when(entry)}"


def _here() -> str:
    return plain(f"{platform.node()[:100]}, process {os.getpid()}")


def _whole_second(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)


def _check_known(root: Path, asset: str) -> None:
    """CollageError with what was probably meant. A broken picture, or entry, is known: that is what one re-cuts."""
    catalogue = Catalogue.open(root)
    try:
        catalogue.asset(asset)
    except AssetError:
        if asset not in catalogue.names():
            raise


def _current(sheet: Sheet, now: datetime) -> Sheet:
    """The sheet without what has expired."""
    return replace(sheet, rows={asset: row for asset, row in sheet.rows.items() if not _expired(row.entry, now)})


def _expired(entry: SignOut, now: datetime) -> bool:
    return entry.until is not None and entry.until <= now


def _change(root: Path, now: datetime, change: Callable[[Sheet], tuple[Sheet, T]]) -> T:
    """Change the sheet at our turn; what has expired leaves it then."""

    def changed() -> tuple[Change, T]:
        sheet, given = change(_sheet(root))
        return Change({WHERE: write_sheet(_current(sheet, now))}), given

    _sheet(root)  # what is no sheet is refused before anything is written beside it
    return change_files(root, changed)


def _sheet(root: Path) -> Sheet:
    raw = _raw(root)
    if raw is None:
        return Sheet()
    sheet, found = read_sheet(raw)
    if found:
        raise Fault(found[0])
    return sheet


def _raw(root: Path) -> bytes | None:
    """The sheet's bytes, None if there is none. `Fault` for what can't be read, is no file or leaves the project."""
    try:
        return read_start(inside(root, WHERE), MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Fault(Finding(WHERE, 0, 0, unread(error))) from None
    except AssetError as error:
        raise Fault(Finding(WHERE, 0, 0, str(error))) from None
