"""Changes to the text of `assets/registry.toml`: entries by name, with all comments, order and line ends kept.

The text is edited, never written anew from what it means. Each result is read again and compared with what was meant,
so that a text written in a way that is not foreseen here is refused in words and stays as it was. A change among 10,000
entries takes 0.3 s so, and 4.5 s with tomlkit.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

from collage.errors import AssetError
from collage.files import read_start, unread
from collage.registry.catalogue import inside
from collage.registry.entries import MOST_BYTES, WHERE, read_registry
from collage.registry.statements import BARE, TOKEN, Statement, line_end, statements, under_header
from collage.registry.tables import parse

EMPTY = "format = 1\n"
Edit = tuple[int, int, str]
"""What stands from one offset to another, and what stands there instead; offsets count a line's end as one letter."""


def load(root: Path) -> str:
    """The registry's text as it stands in the file, or an empty registry's. AssetError for one that has faults as a
    whole: what can't be read can't be edited."""
    try:
        raw = read_start(inside(root, WHERE), MOST_BYTES + 1)
    except FileNotFoundError:
        return EMPTY
    except OSError as error:
        raise AssetError(f"{WHERE}: {unread(error)}") from None
    if faults := read_registry(raw).faults.get(""):
        raise AssetError(f"{faults[0]}. Mend that first")
    return raw.decode("utf-8")


def with_facts(text: str, name: str, facts: Mapping[str, object]) -> str:
    """The text with these keys in the entry of `name`, each at its old place or after the entry's last; a new entry at
    the end. A value is a text, a whole number, or a pair of numbers."""
    return with_entries(text, {name: facts})


def with_entries(text: str, entries: Mapping[str, Mapping[str, object]]) -> str:
    """The same for several entries, in one go."""
    tidy, meant = _tidy(text), _document(text)
    own: dict[str, list[Statement]] = {name: [] for name in entries}
    for part in statements(tidy):
        if part.path[0] in own:
            own[part.path[0]].append(part)
    edits = [edit for name, facts in entries.items() if own[name] for edit in _set(tidy, own[name], name, facts)]
    added = "".join(_added(name, facts) for name, facts in entries.items() if not own[name])
    if added:
        edits.append((len(tidy), len(tidy), added if tidy.endswith("\n") else f"\n{added}"))
    for name, facts in entries.items():
        meant[name] = {**_entry(meant, name), **{key: _read(_value(value)) for key, value in facts.items()}}
    return _sure(splice(text, sorted(edits, key=lambda edit: edit[0])), meant, tuple(entries))


def without(text: str, name: str) -> str:
    """The text without the entry of `name`; comments above it stay, those inside it go. As it was if there is none."""
    meant = {other: entry for other, entry in _document(text).items() if other != name}
    return _sure(splice(text, list(_cuts(_tidy(text), name))), meant, (name,))


def renamed(text: str, old: str, new: str) -> str:
    """The text with the entry of one name under another, in its old place. As it was if there is none."""
    meant = {new if name == old else name: entry for name, entry in _document(text).items()}
    tidy, edits = _tidy(text), []
    for part in statements(tidy):
        spot = part.start
        if part.path[0] == old and (part.header or len(part.path) == 1 or not under_header(tidy, part, old)):
            spot += 1 if part.header else 0
            spot += len(tidy[spot:]) - len(tidy[spot:].lstrip(" \t"))
            match = TOKEN.match(tidy, spot) if tidy[spot] in "\"'" else BARE.match(tidy, spot)
            assert match
            edits.append((spot, match.end(), _quoted(new)))
    return _sure(splice(text, edits), meant, (old,))


def splice(text: str, edits: Iterable[Edit]) -> str:
    """A file's text with edits made at ascending offsets that were found with bare line ends and without a byte order
    mark; what is not edited keeps its own line ends, and what is put in takes those of the text."""
    mark = 1 if text.startswith("\ufeff") else 0
    ends = [found.start() - mark - index for index, found in enumerate(re.finditer("\r\n", text))]
    result, place = [], 0
    for start, end, new in edits:
        first, last = (mark + offset + bisect_left(ends, offset) for offset in (start, end))
        result += [text[place:first], new.replace("\n", "\r\n") if ends else new]
        place = last
    return "".join([*result, text[place:]])


def _cuts(text: str, name: str) -> Iterator[Edit]:
    """What to take out: each header of the entry with all that stands under it, and its keys elsewhere."""
    parts = list(statements(text))
    index = 0
    while index < len(parts):
        first, index = parts[index], index + 1
        if first.path[0] != name:
            continue
        own = list(takewhile(lambda part: not part.header, parts[index:])) if first.header else []
        index += len(own)
        end = line_end(text, (own or [first])[-1].end)
        blank = re.compile(r"\n?(?:[ \t]*\n)?").match(text, end)
        end = blank.end() if blank else end
        last = end == len(text) and text.endswith("\n\n", 0, first.start)
        yield first.start - last, end, ""


def _set(text: str, own: Sequence[Statement], name: str, facts: Mapping[str, object]) -> Iterator[Edit]:
    """The edits that give an entry these values."""
    placed = {part.path[1:]: part for part in own if not part.header}
    for key, value in facts.items():
        if part := placed.get((key,)):
            yield part.value, part.end, _value(value)
    header = next((part for part in own if part.header and part.path == (name,)), None)
    more = "".join(f"\n{key} = {_value(value)}" for key, value in facts.items() if (key,) not in placed)
    if more:
        last = line_end(text, _last_of(own, header).end) if header else 0
        yield last, last, more


def _added(name: str, facts: Mapping[str, object]) -> str:
    lines = "".join(f"{key} = {_value(value)}\n" for key, value in facts.items())
    return f"\n[{_quoted(name)}]\n{lines}"


def _last_of(own: Sequence[Statement], header: Statement) -> Statement:
    """The last key that stands right under a header."""
    below = [part for part in own if part.start > header.start]
    return [header, *takewhile(lambda part: not part.header, below)][-1]


def _document(text: str) -> dict[str, Any]:
    return parse(_tidy(text))


def _entry(document: dict[str, Any], name: str) -> dict[str, Any]:
    entry = document.get(name, {})
    return entry if isinstance(entry, dict) else {}


def _tidy(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _sure(text: str, meant: dict[str, Any], names: tuple[str, ...]) -> str:
    """The text if it says what was meant."""
    try:
        found = _document(text)
    except ValueError:
        found = {}
    if found == meant:
        return text
    wrong = next((name for name in names if found.get(name) != meant.get(name)), names[0])
    raise AssetError(
        f'{WHERE}: the entry of "{wrong}" is written in a way that can\'t be edited here: write [{_quoted(wrong)}] '
        "with a line beneath for each key"
    )


def _value(value: object) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return f"[{', '.join(str(part) for part in value)}]" if isinstance(value, tuple) else str(value)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(mark if mark.isprintable() else f"\\U{ord(mark):08x}" for mark in escaped) + '"'


def _read(written: str) -> Any:
    return tomllib.loads(f"value = {written}")["value"]
