"""The text of a registry as tables, and where each of its keys stands.

A box of ten thousand cut-outs has a registry of ten thousand entries, nearly all written alike: a heading, and under it
a value a line. Those are read here, some eight times as fast; whatever is written in another way is tomllib's.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

_DEEPEST = 64
_MARK = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+"""|'
    r"'''(?:[^']|'(?!''))*+'''|"
    r'"(?:[^"\\\n]|\\.)*+"|'
    r"'[^'\n]*+'|"
    r"#[^\n]*+|[\[\]{}.=,\n]",
    re.DOTALL,
)
_DEPTH = {"[": 1, "{": 1, "]": -1, "}": -1}
_HEADER = re.compile(r"""\s*\[\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*(?:\.\s*["']?([\w-]+))?""")
_KEY = re.compile(r"""\s*["']?([^"'\s.=]+)["']?\s*(?:=|\.\s*["']?([^"'\s.=]+))""")

_NAME = r'[^"\\\x00-\x1f\x7f]*+'
_VALUE = rf'"{_NAME}"|-?+(?:0|[1-9][0-9]{{0,14}}+)(?:\.[0-9]{{1,15}}+)?+'
_GAP = r"[ \t]*+"
_END = rf"{_GAP}(?:#[^\x00-\x1f\x7f]*+)?+\n"


def _line(part: str) -> str:
    """One value, or a pair of them, under a bare key; each part of it in a bracket of this kind."""
    one = rf"{part}{_VALUE})"
    return rf"{part}[A-Za-z0-9_-]++){_GAP}={_GAP}(?:{one}|\[{_GAP}{one}{_GAP},{_GAP}{one}{_GAP}\]){_END}"


_LINE = re.compile(_line("("))
_ENTRY = re.compile(rf'\["({_NAME})"\]{_END}((?:{_line("(?:")}|{_END})*+)')
_CUT = re.compile(r'\n(?=\["[^"\\\n]*+"\])')


def parse(text: str) -> dict[str, Any]:
    """What tomllib makes of a text with bare line ends; TOMLDecodeError as its, ValueError for one nested too deeply.

    Cut at its headings, a text whose parts are sound in themselves and name no entry twice is sound as a whole, and
    says what they say; where that isn't so, the whole is read to learn why.
    """
    whole: dict[str, Any] = {}
    try:
        for part in _CUT.split(text):
            table = _entry(f"{part}\n") or _loads(part)
            if not whole.keys().isdisjoint(table):
                return _loads(text)
            whole.update(table)
    except (ValueError, RecursionError):
        return _loads(text)
    return whole


def _entry(text: str) -> dict[str, Any] | None:
    """An entry that is written plainly."""
    match = _ENTRY.fullmatch(text)
    if not match:
        return None
    lines = _LINE.findall(match[2])
    facts = {key: _value(one) if one else [_value(first), _value(second)] for key, one, first, second in lines}
    return {match[1]: facts} if len(facts) == len(lines) else None


def _value(written: str) -> str | float:
    if written[0] == '"':
        return written[1:-1]
    return float(written) if "." in written else int(written)


def _loads(text: str) -> dict[str, Any]:
    depth = parts = 0
    for mark in _MARK.finditer(text):
        depth += _DEPTH.get(mark[0], 0)
        parts = parts + 1 if mark[0] == "." else parts if mark[0][0] in "\"'" else 0
        if max(depth, parts) > _DEEPEST:
            raise ValueError("this file is nested too deeply to be a registry")
    return tomllib.loads(text)


def positions(text: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Line and column of each entry's header, as (name, ""), of its keys and of theirs (``edge.border``): a plain scan,
    tomllib keeps no places."""
    places: dict[tuple[str, str], tuple[int, int]] = {}
    name = table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        column = len(line) - len(line.lstrip()) + 1
        if header := _HEADER.match(line):
            name = _unescaped(header[1] or "") or header[2] or header[3] or ""
            table = header[4] or ""
            places.setdefault((name, table), (number, column))
            places.setdefault((name, ""), (number, column))
        elif key := _KEY.match(line):
            path = [part for part in (table, key[1], key[2]) if part]
            for size in (1, 2):
                places.setdefault((name, ".".join(path[:size])), (number, column))
    return places


def _unescaped(name: str) -> str:
    """A quoted name as TOML reads it."""
    if "\\" not in name:
        return name
    try:
        return str(tomllib.loads(f'name = "{name}"')["name"])
    except tomllib.TOMLDecodeError:  # in the middle of a text that only looks like a header
        return name
