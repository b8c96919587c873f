"""Changes to the text of `assets/registry.toml`: one entry at a time, with all comments, order and line ends kept.

The text is edited, never written anew from what it means. Each result is read again and compared with what was meant,
so that a text written in a way that is not foreseen here is refused in words and stays as it was.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from collage.errors import AssetError
from collage.registry.catalogue import inside
from collage.registry.entries import MOST_BYTES, WHERE, read_registry

EMPTY = "format = 1\n"
Edit = tuple[int, int, str]
"""What stands from one offset to another, and what stands there instead; offsets count a line's end as one letter."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]+|\\.|""?(?!"))*+"{3,5}'
    r"|'''(?:[^']+|''?(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]+|\\.)*+"'
    r"|'[^'\n]*'|#[^\n]*|[\[\]{}=\n]",
    re.DOTALL,
)
_DEPTH = {"[": 1, "{": 1, "]": -1, "}": -1}
_BARE = re.compile(r"[A-Za-z0-9_-]+")


class _Statement(NamedTuple):
    """A header, or a key with its value: where it starts, where its value starts and ends, and the keys it names,
    those of the header above included."""

    start: int
    value: int
    end: int
    path: tuple[str, ...]
    header: bool


def load(root: Path) -> str:
    """The registry's text as it stands in the file, or an empty registry's. AssetError for one that has faults as a
    whole: what can't be read can't be edited."""
    path = inside(root, WHERE)
    if not path.exists():
        return EMPTY
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise AssetError(f"{WHERE}: can't be read ({error.strerror}): check its permissions") from None
    if faults := read_registry(raw).faults.get(""):
        raise AssetError(f"{faults[0]}. Mend that first")
    return raw.decode("utf-8")


def with_facts(text: str, name: str, facts: Mapping[str, object]) -> str:
    """The text with these keys in the entry of `name`, each at its old place or after the entry's last; a new entry at
    the end. A value is a text, a whole number, or a pair of numbers."""
    document, meant = _document(text), _document(text)
    meant[name] = {**_entry(document, name), **{key: _read(_value(value)) for key, value in facts.items()}}
    own = [part for part in _statements(_tidy(text)) if part.path[0] == name]
    if not own:
        lines = "".join(f"{key} = {_value(value)}\n" for key, value in facts.items())
        end = len(_tidy(text))
        gap = "\n" if _tidy(text).endswith("\n") else "\n\n"
        return _sure(splice(text, [(end, end, f"{gap}[{_quoted(name)}]\n{lines}")]), meant, name)
    placed = {part.path[1:]: part for part in own if not part.header}
    edits = [
        (placed[(key,)].value, placed[(key,)].end, _value(value)) for key, value in facts.items() if (key,) in placed
    ]
    header = next((part for part in own if part.header and part.path == (name,)), None)
    more = "".join(f"\n{key} = {_value(value)}" for key, value in facts.items() if (key,) not in placed)
    if more:
        last = _line_end(_tidy(text), _last_of(own, header).end) if header else 0
        edits.append((last, last, more))
    return _sure(splice(text, sorted(edits)), meant, name)


def without(text: str, name: str) -> str:
    """The text without the entry of `name`; comments above it stay, those inside it go. As it was if there is none."""
    meant = {other: entry for other, entry in _document(text).items() if other != name}
    return _sure(splice(text, list(_cuts(_tidy(text), name))), meant, name)


def renamed(text: str, old: str, new: str) -> str:
    """The text with the entry of one name under another, in its old place. As it was if there is none."""
    meant = {new if name == old else name: entry for name, entry in _document(text).items()}
    tidy, edits = _tidy(text), []
    for part in _statements(tidy):
        spot = part.start
        if part.path[0] == old and (part.header or len(part.path) == 1 or not _under_header(tidy, part, old)):
            spot += 1 if part.header else 0
            spot += len(tidy[spot:]) - len(tidy[spot:].lstrip(" \t"))
            match = _TOKEN.match(tidy, spot) if tidy[spot] in "\"'" else _BARE.match(tidy, spot)
            assert match
            edits.append((spot, match.end(), _quoted(new)))
    return _sure(splice(text, edits), meant, old)


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
    parts = list(_statements(text))
    index = 0
    while index < len(parts):
        first, index = parts[index], index + 1
        if first.path[0] != name:
            continue
        own = list(takewhile(lambda part: not part.header, parts[index:])) if first.header else []
        index += len(own)
        end = _line_end(text, (own or [first])[-1].end)
        blank = re.compile(r"\n?(?:[ \t]*\n)?").match(text, end)
        yield first.start, blank.end() if blank else end, ""


def _under_header(text: str, part: _Statement, name: str) -> bool:
    """Whether a key's path comes from a header above it, rather than from its own line."""
    written = tomllib.loads(text[part.start : part.end])
    return name not in written or len(_path(written, "=")) < len(part.path)


def _statements(text: str) -> Iterator[_Statement]:
    """The headers and keys of a text that tomllib accepts, in order."""
    above: tuple[str, ...] = ()
    place = 0
    while place < len(text):
        depth, equals, end, comment = 0, 0, len(text), len(text)
        for token in _TOKEN.finditer(text, place):
            depth += _DEPTH.get(token[0], 0)
            if token[0] == "=" and not equals and not depth:
                equals = token.end()
            if token[0][0] == "#" and not depth:
                comment = min(comment, token.start())
            if token[0] == "\n" and not depth:
                end = token.start()
                break
        start, place, end = place, end + 1, min(comment, end)
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if start >= end:
            continue
        header = text[start] == "["
        path = _path(tomllib.loads(text[start:end]), "[" if header else text[start:equals])
        above = path if header else above
        value = equals + len(text[equals:end]) - len(text[equals:end].lstrip())
        yield _Statement(start, value, end, path if header else (*above, *path), header)


def _path(document: dict[str, Any], written: str) -> tuple[str, ...]:
    """The keys of a document that one statement made; of a key, as many as are written before its ``=``."""
    most = 64 if written in ("[", "=") else len(re.findall(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)""", written))
    path: list[str] = []
    inner: Any = document
    while isinstance(inner, dict) and len(inner) == 1 and len(path) < most:
        path.append(next(iter(inner)))
        inner = inner[path[-1]]
    return tuple(path)


def _last_of(own: list[_Statement], header: _Statement) -> _Statement:
    """The last key that stands right under a header."""
    below = [part for part in own if part.start > header.start]
    return [header, *takewhile(lambda part: not part.header, below)][-1]


def _line_end(text: str, place: int) -> int:
    """Where the line ends that holds a place."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _document(text: str) -> dict[str, Any]:
    return tomllib.loads(_tidy(text))


def _entry(document: dict[str, Any], name: str) -> dict[str, Any]:
    entry = document.get(name, {})
    return entry if isinstance(entry, dict) else {}


def _tidy(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _sure(text: str, meant: dict[str, Any], name: str) -> str:
    """The text if it says what was meant."""
    try:
        if _document(text) == meant:
            return text
    except tomllib.TOMLDecodeError:
        pass
    raise AssetError(
        f'{WHERE}: the entry of "{name}" is written in a way that can\'t be edited here: write [{_quoted(name)}] '
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
