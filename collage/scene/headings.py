"""The traps of TOML's table headings: `[layer]` for `[[layer]]`, `[layer.keys]` after a `[[peg]]`, tables told twice.

Headings are read line by line from the text with its strings and comments blanked, so that they are found in texts
that are not valid TOML too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from collage.errors import Finding
from collage.scene.guard import blanked
from collage.scene.source import Source

MANY = ("sheet", "peg", "layer", "effect", "shot")
"""Tables of which a scene or a film has several: their headings wear double brackets."""

_COMMON = ("keys", "expr")
"""Tables inside a layer, a peg and a sheet alike."""

_HEADING = re.compile(r"^[ \t]*+(\[\[?)[ \t]*+([\w.\- \t]++)\]\]?[ \t]*$", re.MULTILINE)
_SUBTABLE = re.compile(rf"^[ \t]*+\[[ \t]*+(?:{'|'.join(MANY)})[ \t]*\.", re.MULTILINE)
_LONGEST = 1000
"""A line longer than this is not shown corrected."""
_STATEMENT = re.compile(r"[ \t]*+([\w.\-]++)[ \t]*+=")


class Heading(NamedTuple):
    """`[name]` or, if `many`, `[[name]]`, with the line it stands on and the offset of its name."""

    line: int
    offset: int
    many: bool
    name: str

    @property
    def root(self) -> str:
        return self.name.partition(".")[0]

    def __str__(self) -> str:
        return f"[[{self.name}]]" if self.many else f"[{self.name}]"


def headings(source: Source) -> list[Heading]:
    """All headings without quoted parts, in order."""
    found = _HEADING.finditer(blanked(source.text))
    return [
        Heading(source.line_column(match.start(2))[0], match.start(2), len(match[1]) == 2, re.sub(r"\s", "", match[2]))
        for match in found
    ]


def misplaced(source: Source) -> Iterator[Finding]:
    """A finding for each `[layer.keys]` that stands under another kind of table, where it silently reaches back."""
    if not _SUBTABLE.search(source.text):
        return
    owner: Heading | None = None
    for heading in headings(source):
        if heading.many:
            owner = heading
        elif owner and "." in heading.name and heading.root in MANY and heading.root != owner.root:
            yield source.finding_at(heading.offset, _under(heading, owner))


def told_twice(source: Source, offset: int) -> Finding:
    """What tomllib means by "cannot overwrite", "cannot declare twice" and "cannot mutate", at the end of a line."""
    here = source.line_column(max(offset - 1, 0))[0]
    above = [heading for heading in headings(source) if heading.line <= here]
    if above and above[-1].line == here:
        return _heading_again(source, above[-1], above[:-1])
    return _key_again(source, here, above[-1].line if above else 0)


def several(name: str) -> str:
    """What to say to `[layer]`."""
    return f"there are several of these, so it wears double brackets: write [[{name}]]"


def orphan(name: str) -> str:
    """What to say to `[layer.keys]` before any `[[layer]]`."""
    return f"[{name}] has nothing to belong to: write [[{name.partition('.')[0]}]] above it"


def _heading_again(source: Source, heading: Heading, above: list[Heading]) -> Finding:
    single = [other for other in above if other.root == heading.root and not other.many]
    if heading.many and single:
        return source.finding_at(
            single[0].offset, orphan(single[0].name) if "." in single[0].name else several(heading.root)
        )
    if heading.name in MANY:
        return source.finding_at(heading.offset, several(heading.name))
    return source.finding_at(heading.offset, _told_before(source, heading, above))


def _told_before(source: Source, heading: Heading, above: list[Heading]) -> str:
    owners = [other for other in above if other.many]
    if owners and heading.root in MANY and owners[-1].root != heading.root:
        return _under(heading, owners[-1])
    since = [other for other in above if other.name == heading.name and (not owners or other.line > owners[-1].line)]
    if since:
        return f"{heading} stands twice (first on line {since[-1].line}): move its keys up there"
    mixed = _next_statement(source, heading.line)
    channel = heading.name.partition(".")[2] or heading.name
    return f"{channel}.… above and {heading} below are told twice: leave {heading} out and write {channel}.{mixed}"


def _next_statement(source: Source, line: int) -> str:
    for number in range(line + 1, line + 20):
        if _STATEMENT.match(source.line(number)):
            return source.line(number).strip()
    return "x = [[0, 100]]"


def _under(heading: Heading, owner: Heading) -> str:
    rest, home = heading.name.partition(".")[2], f"move it to its {heading.root}"
    cure = f"write [{owner.root}.{rest}], or {home}" if rest in _COMMON else home
    return f"{heading} stands under {owner} (line {owner.line}): {cure}"


def _key_again(source: Source, here: int, top: int) -> Finding:
    match = _STATEMENT.match(source.line(here))
    if not match:
        return source.finding_at(source.offset(here, 1), "something stands twice here: keep one of them")
    key = match[1]
    offset = source.offset(here, match.start(1) + 1)
    for line in range(here - 1, top, -1):
        earlier = _STATEMENT.match(source.line(line))
        if earlier and earlier[1] == key:
            return source.finding_at(offset, f'"{key}" stands twice in this table (first on line {line}): keep one')
    statement = source.line(here)
    for line in range(here - 1, top if len(statement) < _LONGEST else here - 1, -1):
        if cure := _track(source.line(line), statement):
            return source.finding_at(offset, f"a list of keys is the whole of its channel (line {line}): write {cure}")
    root = key.partition(".")[0]
    return source.finding_at(offset, f'"{root}" is written in two ways in this table: write it in one of them')


def _track(first: str, second: str) -> str:
    """``x = { keys = […], loop = 12 }`` for a list of keys and a line that would add to it, in whichever order."""
    whole, part = sorted((first, second), key=lambda line: len(line.partition("=")[0].strip()))
    key, _, keys = whole.partition("=")
    name, _, value = part.partition("=")
    entry = name.strip().removeprefix(f"{key.strip()}.")
    if entry not in ("loop", "file") or not keys.strip().startswith("["):
        return ""
    keys = keys.strip() if keys.count("[") == keys.count("]") else "[[0, …], …]"
    return f"{key.strip()} = {{ keys = {keys}, {entry} = {value.strip()} }}"
