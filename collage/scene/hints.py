"""What people write in TOML that is not TOML, in our own words: each message shows the corrected line.

One table of traps. A trap looks at one line that tomllib stumbled over and gives the place and the line as it should
be; the first that knows better wins, and tomllib's own message, reworded, comes last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from collage.errors import Finding
from collage.scene.channels import CameraExpr, LampExpr, LayerExpr
from collage.scene.guard import blanked, unclosed
from collage.scene.headings import MANY, misplaced, told_twice
from collage.scene.source import Source

__all__ = ["TRAPS", "Trap", "misplaced", "syntax"]


class Cure(NamedTuple):
    """Where in the line the trap lies (0-based), and the line put right."""

    place: int
    line: str


class Trap(NamedTuple):
    """`find` looks at a line and tomllib's message; `words` say what is wrong, before ``: write …``."""

    name: str
    find: Callable[[str, str], Cure | None]
    words: str


_ATOM = re.compile(r"[^=,\[\]{}#\s][^=,\[\]{}#\n]*")
_KEY = re.compile(r"\s*+[\w.\-\"' \t]++=")
_HEADING = re.compile(r"\s*(?:\[[\w.\- ]+\]|\[\[[\w.\- ]+\]\])\s*(?:#.*)?$")
_UNEVEN = re.compile(r"\s*(\[{1,2})([A-Za-z_][\w.\- ]*+)\s*(\]{0,2})\s*(?:#.*)?$")
_FORMULA = re.compile(r"(\s*+(expr\.)?(\w++)\s*=\s*+)([^\"'#\[\]{}]*[^\"'#\[\]{}\s])(\s*(?:#.*)?)")
_PLAIN = re.compile(r"[+-]?[\d.]+|true|false")
_CHANNELS = {*LayerExpr.model_fields, *CameraExpr.model_fields, *LampExpr.model_fields}
_LONGEST = 1000
"""No trap looks at a line longer than this: no person wrote it, and some look twice."""
_SMART = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))
_UNIT = "(?:s|f|frames?|beats?|bars?)"
_TERM = rf"(?:\d+(?:\.\d+)?\s*{_UNIT}?|(?:beat|bar)\s+\d+(?:\.\d+)?|[a-z][a-z0-9_]*)"
_TIME = rf"[+-]?(?:{_TERM}\s*[+-]\s*)*{_TERM}"


def _values(line: str, message: str) -> Iterator[re.Match[str]]:
    """The unquoted words of a line where values stand: after a key's ``=``, or in the further lines of a list."""
    code = blanked(line)
    key = _KEY.match(line)
    if not key and not message.startswith(("Invalid value", "Unclosed")):
        return
    for match in _ATOM.finditer(code, key.end() if key else 0):
        if not code[match.end() :].startswith("="):
            yield match


def _bare(pattern: str, right: Callable[[str], str] = '"{}"'.format) -> Callable[[str, str], Cure | None]:
    """Finds a value that stands without quotes and matches `pattern`; `right` is how it should stand."""
    wanted = re.compile(pattern)

    def find(line: str, message: str) -> Cure | None:
        hits = [match for match in _values(line, message) if wanted.fullmatch(match[0].rstrip())]
        fixed = line
        for match in reversed(hits):
            word = match[0].rstrip()
            fixed = fixed[: match.start()] + right(word) + fixed[match.start() + len(word) :]
        return Cure(hits[0].start(), fixed) if hits else None

    return find


def _smart_quotes(line: str, message: str) -> Cure | None:
    place = next((place for place, letter in enumerate(blanked(line)) if ord(letter) in _SMART), None)
    return None if place is None else Cure(place, line[:place] + line[place:].translate(_SMART))


def _bare_colour(line: str, message: str) -> Cure | None:
    match = re.search(r"[=,\[]\s*(#[0-9a-fA-F]{3,8})(?![0-9a-zA-Z])", line)
    if not match or blanked(line)[match.start()] == " ":
        return None
    return Cure(match.start(1), f'{line[: match.start(1)]}"{match[1]}"{line[match.end(1) :]}')


def _bare_formula(line: str, message: str) -> Cure | None:
    match = _FORMULA.fullmatch(line)
    if not match or not (match[2] or (match[3] in _CHANNELS and re.search(r"\*|\w\(|\bv\b", match[4]))):
        return None
    return None if _PLAIN.fullmatch(match[4]) else Cure(match.end(1), f'{match[1]}"{match[4]}"{match[5]}')


def _slashed_heading(line: str, message: str) -> Cure | None:
    match = re.fullmatch(r"\s*(\[\[?)([^\[\]\"'=#]*/[^\[\]\"'=#]*)(\]\]?)\s*(?:#.*)?", line)
    if not match:
        return None
    quoted = ".".join(f'"{part}"' if "/" in part else part for part in match[2].strip().split("."))
    return Cure(match.start(2), f"{match[1]}{quoted}{match[3]}")


def _backslash(line: str, message: str) -> Cure | None:
    told = message.startswith(("Unescaped", "Invalid hex", "Escaped"))
    place = line.find("\\")
    if place < 0 or not (told or re.search(r"\\\"\s*(?:#.*)?$", line)):
        return None
    return Cure(place, line.replace("\\\\", "/").replace("\\", "/").replace('/"', '"'))


def _colon(line: str, message: str) -> Cure | None:
    match = re.match(r"\s*[\w.-]+(\s*:)\s*\S", line) if message.startswith("Expected '='") else None
    return Cure(match.start(1), f"{line[: match.start(1)]} ={line[match.end(1) :]}") if match else None


def _last_comma(line: str, message: str) -> Cure | None:
    match = re.search(r",\s*$", blanked(line)) if message.startswith("Expected newline") else None
    return Cure(match.start(), line[: match.start()]) if match else None


def _uneven(line: str, message: str) -> Cure | None:
    match = _UNEVEN.match(line) if message.startswith(("Expected ']", "Expected newline")) else None
    if not match or len(match[1]) == len(match[3]):
        return None
    name = match[2].strip()
    return Cure(match.start(2) + len(name), f"[[{name}]]" if name in MANY else f"[{name}]")


def _truth(word: str) -> str:
    return "true" if word.lower() in ("yes", "on", "true") else "false"


TRAPS = (
    Trap("smart quotes", _smart_quotes, "these quotes are a typesetter's, TOML knows only the straight ones"),
    Trap("backslash", _backslash, "a backslash in quotes starts an escape, and paths are always written with /"),
    Trap("slash", _slashed_heading, "a heading with a slash stands in quotes"),
    Trap("colour", _bare_colour, "without quotes a # starts a comment"),
    Trap("percent", _bare(r"[+-]?\d+(?:\.\d+)?\s*%", lambda word: f'"{word.replace(" ", "")}"'),
         "a percentage stands in quotes"),
    Trap("rate", _bare(r"\d+(?:\.\d+)?\s*/\s*\d+"), "a fraction stands in quotes"),
    Trap("formula", _bare_formula, "a formula stands in quotes"),
    Trap("truth", _bare(r"(?i:yes|no|on|off|true|false)(?<!true)(?<!false)", _truth),
         "yes and no are written true and false, in small letters"),
    Trap("time", _bare(rf"(?=.*(?:\d\s*{_UNIT}\b|[a-z]\s*[+-]\s*\d|\b(?:beat|bar)\s)|(?:in|out|end)$){_TIME}"),
         "a time that is more than a number stands in quotes"),
    Trap("point", _bare(r"[+-]?(?:\.\d+|\d+\.)", lambda word: str(float(word))), "a number has digits on both sides"),
    Trap("word", _bare(r"[A-Za-z][\w ./:-]*(?<!true)(?<!false)(?<!inf)(?<!nan)"), "text stands in quotes"),
    Trap("brackets", _uneven, "a heading is not closed as it was opened"),
    Trap("colon", _colon, "a key is followed by = and its value"),
    Trap("comma", _last_comma, "a line ends without a comma"),
)  # fmt: skip

_REWORDED = {
    "Invalid statement": 'no line of TOML: write key = value, [table], or # and a comment',
    "Invalid value": 'no value: write text in "quotes", numbers bare, lists in [ ]',
    "Unclosed array": "a list is not closed: a ] or a comma is missing before this",
    "Unclosed inline table": "a { } table is not closed: it stands on one line, with commas between",
    "Expected '=' after a key": "a key without a value: write key = value",
    "Expected newline": "something follows the value: each key = value has its own line",
    "Expected ']'": "a heading is not closed: write [table] or [[layer]]",
    "Unterminated string": "the quotes opened here are never closed: close them with the same quotes",
    "Illegal character": "a control character stands here: leave it out, or write a line end as \\n",
    "Unescaped": "a backslash in quotes starts an escape: write \\\\ for a backslash",
    "Duplicate inline table key": "a key stands twice in { }: keep one of them",
    "Invalid initial character": "no name of a key: write letters, digits, _ and -, or put it in quotes",
    "Invalid date": "no such day or time: write a moment as 48 or \"2s\"",
    "Exceeds the limit": "a number of thousands of digits: write at most a thousand million",
}  # fmt: skip
_OPEN = ("Unterminated string", "Expected \"'", "Illegal character '\\n'")
_AGAIN = ("Cannot overwrite", "Cannot declare", "Cannot mutate")


def syntax(source: Source, message: str, offset: int) -> Finding:
    """tomllib's complaint `message` at an offset, as a finding with a cure."""
    if message.startswith(_AGAIN):
        return told_twice(source, offset)
    if message.startswith(_OPEN):
        message, offset = _OPEN[0], unclosed(source.text, offset)
    for number in _suspects(source, offset):
        for trap in TRAPS:
            cure = trap.find(source.line(number), message)
            if cure and cure.line != source.line(number):
                words = f"{trap.words}: write {cure.line.strip()}"
                return source.finding_at(source.offset(number, cure.place + 1), words)
    words = next((words for start, words in _REWORDED.items() if message.startswith(start)), message)
    return source.finding_at(offset, words)


def _suspects(source: Source, offset: int) -> Iterator[int]:
    """The line of an offset, then those above it as far as the statement before it."""
    here = source.line_column(offset)[0]
    for number in range(here, max(here - 50, 0), -1):
        line = source.line(number)
        heading = _HEADING.match(line)
        if not heading and len(line) <= _LONGEST:
            yield number
        if number < here and (heading or _KEY.match(line)):
            return
