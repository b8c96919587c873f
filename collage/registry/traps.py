"""What people write in a registry that is not TOML, in our own words: each message shows the corrected line.

A small table of its own: the registry and the scenes lie in rooms that do not know each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

Cure = tuple[int, str]
"""Where in the line the slip lies (0-based), and the line put right."""

_HIDDEN = re.compile(r"""("(?:[^"\\]|\\.)*+"|'[^']*+')|#.*""")
_SLASHED = re.compile(r"""\s*+\[++\s*+([^\[\]"'=#\s]*/[^\[\]"'=#\s]*)\s*+\]*+\s*+(?:#.*)?$""")
_PERCENT = re.compile(r"(?:^|[=\[,])\s*+([+-]?\d++(?:\.\d++)?\s*+%)")
_WORD = re.compile(r"=\s*+(?!(?:true|false|inf|nan)\b)([A-Za-z][^,=\[\]{}]*+)(?=[,}]|$)")
_HEADER = re.compile(r"""\s*+\[\s*+("[^"]*"|'[^']*'|[\w-]+)\s*+((?:\.[^\]]*+)?)\]""")
_KEY = re.compile(r"""\s*+([\w-]++(?:\s*+\.\s*+[\w-]++)*+)\s*+=""")
_SMART = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))
_LONGEST = 1000
"""No trap looks at a line longer than this: no person wrote it."""


class Trap(NamedTuple):
    """`find` looks at a line and tomllib's message; `words` say what is wrong, before ``: write …``."""

    words: str
    find: Callable[[str, str], Cure | None]


def _smart(line: str, message: str) -> Cure | None:
    place = next((place for place, letter in enumerate(_blanked(line)) if ord(letter) in _SMART), None)
    return None if place is None else (place, line[:place] + line[place:].translate(_SMART))


def _backslash(line: str, message: str) -> Cure | None:
    place = line.find("\\")
    told = message.startswith(("Unescaped", "Invalid hex", "Escaped")) or line.rstrip().endswith('\\"')
    return (place, re.sub(r"\\+", "/", line).replace('/"', '"')) if place >= 0 and told else None


def _slashed(line: str, message: str) -> Cure | None:
    match = _SLASHED.match(line)
    return (match.start(1), f'["{match[1]}"]') if match else None


def _quoted(pattern: re.Pattern[str]) -> Callable[[str, str], Cure | None]:
    """Puts quotes around what the pattern's group finds outside of strings and comments."""

    def find(line: str, message: str) -> Cure | None:
        found = list(pattern.finditer(_blanked(line)))
        fixed = line
        for match in reversed(found):
            word = match[1].rstrip()
            right = word.replace(" ", "") if word.endswith("%") else word
            fixed = f'{fixed[: match.start(1)]}"{right}"{fixed[match.start(1) + len(word) :]}'
        return (found[0].start(1), fixed) if found else None

    return find


TRAPS = (
    Trap("these quotes are a typesetter's, TOML knows only the straight ones", _smart),
    Trap("a backslash in quotes starts an escape, and paths are always written with /", _backslash),
    Trap("an asset's name is quoted", _slashed),
    Trap("a percentage stands in quotes", _quoted(_PERCENT)),
    Trap("text stands in quotes", _quoted(_WORD)),
)

_REWORDED = {
    "Expected ']": 'a heading is not closed: write ["kind/name"]',
    "Expected '='": "a key without a value: write key = value",
    "Expected newline": "something follows the value: each key = value has its own line",
    "Invalid value": 'no value: write text in "quotes", numbers bare, lists in [ ]',
    "Invalid statement": 'no line of TOML: write key = value, ["kind/name"], or # and a comment',
    "Unclosed": "a list or a table is not closed: a ] or } or a comma is missing before this",
}


def explained(text: str, line: int, column: int, message: str) -> tuple[int, int, str]:
    """tomllib's complaint with its line and column, as line, column and words with a cure."""
    lines = text.split("\n")
    wrong = lines[line - 1]
    if message.startswith("Cannot") and (again := _twice(lines, line)):
        return again
    for trap in TRAPS if len(wrong) <= _LONGEST else ():
        if (cure := trap.find(wrong, message)) and cure[1] != wrong:
            return line, cure[0] + 1, f"{trap.words}: write {cure[1].strip()}"
    return line, column, next((words for start, words in _REWORDED.items() if message.startswith(start)), message)


def _twice(lines: list[str], line: int) -> tuple[int, int, str] | None:
    """An entry or a key that stands twice, with the line where it stood first."""
    wrong = lines[line - 1]
    header, key = _HEADER.match(wrong), _KEY.match(wrong)
    match = header or key
    if not match:
        return None
    for number in range(line - 1, 0, -1):
        above = _HEADER.match(lines[number - 1])
        earlier = above if header else _KEY.match(lines[number - 1])
        if earlier and _named(earlier) == _named(match):
            return line, match.start(1) + 1, f"{_named(match)} stands twice (first on line {number}): keep one of them"
        if above and not header:
            break
    name = header[2].strip(". ") if header else match[1].partition(".")[0]
    return line, match.start(1) + 1, f'"{name}" is written in two ways in this entry: keep one of them'


def _named(match: re.Match[str]) -> str:
    """What a header or a key names, however it is quoted and spaced."""
    parts = ("".join(part.split()).strip("\"'") for part in match.groups())
    return f'"{"".join(parts)}"'


def _blanked(line: str) -> str:
    """The line with its strings and comments as spaces."""
    return _HIDDEN.sub(lambda match: " " * len(match[0]), line)
