"""Where the headers and keys of a registry's text stand, so that one of them can be changed and the rest left alone.

Offsets are those of a text with bare line ends and without a byte order mark, which tomllib accepts. A registry of ten
thousand entries has a hundred thousand lines, so what most of them look like is known at one glance; the others are
taken apart mark by mark.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

TOKEN = re.compile(
    r'"""(?:[^"\\]+|\\.|""?(?!"))*+"{3,5}'
    r"|'''(?:[^']+|''?(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]+|\\.)*+"'
    r"|'[^'\n]*'|#[^\n]*|[\[\]{}=\n]",
    re.DOTALL,
)
BARE = re.compile(r"[A-Za-z0-9_-]+")
_DEPTH = {"[": 1, "{": 1, "]": -1, "}": -1}
_KEY = r"""([A-Za-z0-9_-]+|"[^"\\\n]*+"|'[^'\n]*+')"""
_LINE = re.compile(
    rf"[ \t]*+(?:(\[[ \t]*+{_KEY}[ \t]*+\])|{_KEY}[ \t]*+=[ \t]*+"
    r"""("(?!"")(?:[^"\\\n]|\\.)*+"|[\w.:+-]++|\[[^\[\]{}"'#\n]*+\]))?[ \t]*+(?:#[^\n]*+)?+(?:\n|\Z)"""
)
"""A whole line: a header or a key of one part, with a value that ends on it; or nothing, or a comment."""


class Statement(NamedTuple):
    """A header, or a key with its value: where it starts, where its value starts and ends, and the keys it names,
    those of the header above included."""

    start: int
    value: int
    end: int
    path: tuple[str, ...]
    header: bool


def statements(text: str) -> Iterator[Statement]:
    """The headers and keys of a text, in order."""
    above: tuple[str, ...] = ()
    place = 0
    while place < len(text):
        if line := _LINE.match(text, place):
            place = line.end()
            if line[1]:
                above = (_bared(line[2]),)
                yield Statement(line.start(1), line.end(1), line.end(1), above, True)
            elif line[3]:
                yield Statement(line.start(3), line.start(4), line.end(4), (*above, _bared(line[3])), False)
            continue
        part, place = _taken_apart(text, place, above)
        if part:
            above = part.path if part.header else above
            yield part


def under_header(text: str, part: Statement, name: str) -> bool:
    """Whether a key's path comes from a header above it, rather than from its own line."""
    written = tomllib.loads(text[part.start : part.end])
    return name not in written or len(_path(written, "=")) < len(part.path)


def line_end(text: str, place: int) -> int:
    """Where the line ends that holds a place."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _bared(key: str) -> str:
    return key[1:-1] if key[0] in "\"'" else key


def _taken_apart(text: str, place: int, above: tuple[str, ...]) -> tuple[Statement | None, int]:
    """What stands from a place on, and where the next thing begins."""
    depth, equals, end, comment = 0, 0, len(text), len(text)
    for token in TOKEN.finditer(text, place):
        depth += _DEPTH.get(token[0], 0)
        if token[0] == "=" and not equals and not depth:
            equals = token.end()
        if token[0][0] == "#" and not depth:
            comment = min(comment, token.start())
        if token[0] == "\n" and not depth:
            end = token.start()
            break
    start, following, end = place, end + 1, min(comment, end)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    if start >= end:
        return None, following
    header = text[start] == "["
    path = _path(tomllib.loads(text[start:end]), "[" if header else text[start:equals])
    value = end if header else equals + len(text[equals:end]) - len(text[equals:end].lstrip())
    return Statement(start, value, end, path if header else (*above, *path), header), following


def _path(document: dict[str, Any], written: str) -> tuple[str, ...]:
    """The keys of a document that one statement made; of a key, as many as are written before its ``=``."""
    most = 64 if written in ("[", "=") else len(re.findall(r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)""", written))
    path: list[str] = []
    inner: Any = document
    while isinstance(inner, dict) and len(inner) == 1 and len(path) < most:
        path.append(next(iter(inner)))
        inner = inner[path[-1]]
    return tuple(path)
