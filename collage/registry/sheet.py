"""`assets/signouts.toml` as text: who is re-cutting what, one line of TOML for each asset.

It is read line by line, so that every fault has its line, no line can reach into the next, and a change leaves the
lines of others, and people's comments, as they are: two people's changes merge as lines do.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from collage.errors import CollageError, Finding, suggest
from collage.registry.entries import ASSET
from collage.registry.probe import plain

WHERE = "assets/signouts.toml"
MOST_BYTES = 2**21
MOST_TOLD = 100
LONGEST_NAME = 60
_LONGEST = 1000
_HEAD = "format = 1  # who is re-cutting what, a line each: written by collage signout and collage return"
_LIKE = 'write "water/splash" = { name = "Ann", since = 2026-11-22T02:00:00Z, until = 2026-11-22T04:00:00Z }'
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_AT = re.compile(r" \(at (?:line \d+, column (\d+)|end of document)\)")
_MOMENT = "a moment in UTC belongs here, as 2026-11-22T02:00:00Z"


class SignOut(NamedTuple):
    """Who has an asset: since when and until when, in UTC (None: until it is returned), and by which machine and
    process it was written."""

    asset: str
    name: str
    since: datetime
    until: datetime | None
    by: str


class Row(NamedTuple):
    """A line of the sheet, with the comments that stand above it as written."""

    entry: SignOut
    line: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """`head` ends with the line of the format, `rows` are by asset, `tail` is what follows the last of them."""

    head: tuple[str, ...] = (_HEAD,)
    rows: Mapping[str, Row] = field(default_factory=dict)
    tail: tuple[str, ...] = ()


def person(name: str) -> str:
    """A name as it is compared and written. CollageError for what is no name."""
    name = unicodedata.normalize("NFC", name).strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise CollageError(f'"{plain(name[:80])}" is no name: write 1 to {LONGEST_NAME} letters that can be printed')
    return name


def read_sheet(raw: bytes) -> tuple[Sheet, tuple[Finding, ...]]:
    """The sheet of a file's bytes, and what is wrong with it: at most MOST_TOLD findings. Never raises."""
    if len(raw) > MOST_BYTES:
        return Sheet(), (Finding(WHERE, 0, 0, f"more than {MOST_BYTES >> 20} MiB, no sheet needs that: shorten it"),)
    try:
        lines = raw.decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n").split("\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Sheet(), (Finding(WHERE, line, 1, "this file is not UTF-8: save it as UTF-8"),)
    return _read(lines)


def _read(lines: list[str]) -> tuple[Sheet, tuple[Finding, ...]]:
    found: list[Finding] = []
    rows: dict[str, Row] = {}
    first: dict[str, int] = {}
    head: tuple[str, ...] = ()
    above: list[str] = []
    for number, line in enumerate(lines, start=1):
        if len(found) >= MOST_TOLD:
            break
        if not line.strip() or _is_comment(line):
            above.append(line)
            continue
        try:
            if not head:
                _check_format(line)
                head = (*above, line)
            else:
                entry = _entry(line)
                if entry.asset in rows:
                    raise ValueError(f'"{entry.asset}" stands twice (first on line {first[entry.asset]}): keep one')
                rows[entry.asset], first[entry.asset] = Row(entry, line, tuple(above)), number
            above = []
        except _Misplaced as fault:
            found.append(Finding(WHERE, number, fault.column, plain(str(fault))))
        except ValueError as fault:
            found.append(Finding(WHERE, number, len(line) - len(line.lstrip()) + 1, plain(str(fault))))
    if not head and not found:
        found.append(Finding(WHERE, 1, 1, 'the first line is "format = 1"'))
    return Sheet(head or (_HEAD,), rows, tuple(above)), tuple(found)


def write_sheet(sheet: Sheet) -> bytes:
    """The text of a sheet, its assets sorted. CollageError if it were too large to be read again."""
    lines = [*sheet.head]
    for _, row in sorted(sheet.rows.items()):
        lines += [*row.above, row.line]
    content = "".join(f"{line}\n" for line in (*lines, *sheet.tail)).encode()
    if len(content) > MOST_BYTES:
        raise CollageError(f"{WHERE}: it would grow beyond {MOST_BYTES >> 20} MiB: return what is no longer needed")
    return content


def line_of(entry: SignOut) -> str:
    """An entry as its line of TOML."""
    facts = [f"name = {_quoted(entry.name)}", f"since = {_moment(entry.since)}"]
    if entry.until is not None:
        facts.append(f"until = {_moment(entry.until)}")
    return f'"{entry.asset}" = {{ {", ".join([*facts, f"by = {_quoted(entry.by)}"])} }}'


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class _Misplaced(ValueError):
    def __init__(self, message: str, column: int) -> None:
        self.column = column
        super().__init__(message)


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#") and len(line) <= _LONGEST and line.replace("\t", " ").isprintable()


def _parsed(line: str) -> dict[str, Any]:
    """One line of TOML; ValueError in words."""
    if line.startswith(_MARKS):
        raise ValueError("two people's sheets were merged here: keep the lines that are right, and remove such marks")
    if len(line) > _LONGEST:
        raise ValueError(f"a line of more than {_LONGEST} letters: {_LIKE}")
    try:
        return tomllib.loads(line)
    except RecursionError:
        raise ValueError(f"nested too deeply: {_LIKE}") from None
    except ValueError as error:
        place = _AT.search(str(error))
        reason = _AT.sub("", " ".join(str(error).split()))[:120]
        raise _Misplaced(f"{reason}: {_LIKE}", int(place[1]) if place and place[1] else len(line) + 1) from None


def _check_format(line: str) -> None:
    version = _parsed(line).get("format")
    if version is None:
        raise ValueError('the first line is "format = 1"')
    if version != 1 or isinstance(version, bool | float):
        raise ValueError('this is another version of the sheet: this program reads "format = 1"')


def _entry(line: str) -> SignOut:
    ((asset, facts),) = _parsed(line).items()
    if asset == "format" or not ASSET.fullmatch(asset):
        raise ValueError(f'"{asset[:80]}" is no asset\'s name: {_LIKE}')
    if not isinstance(facts, dict) or not facts:
        raise ValueError(f"each asset has one line: {_LIKE}")
    for key in facts:
        if key not in ("name", "since", "until", "by"):
            raise ValueError(
                f'no key "{key[:40]}" here.{suggest(key, SignOut._fields[1:]) or " Known are name, since, until, by"}'
            )
    until = _read_moment("until", facts["until"]) if "until" in facts else None
    return SignOut(
        asset, _read_name(facts.get("name")), _read_moment("since", facts.get("since")), until,
        _read_by(facts.get("by", "")),
    )  # fmt: skip


def _read_name(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError('name: the name of whoever has it belongs here: name = "Ann"')
    try:
        return person(value)
    except CollageError as error:
        raise ValueError(f"name: {error}") from None


def _read_by(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200 or not value.isprintable():
        raise ValueError("by: a short text in quotes belongs here, or nothing")
    return value


def _read_moment(key: str, value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError(f"{key}: {_MOMENT}")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{key}: {_MOMENT}") from None
