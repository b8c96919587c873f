"""What is looked at before a text is parsed: its size, its encoding and its nesting, so that no file can be a bomb.

`tomllib` recurses once per bracket and takes quadratic time over a key of many parts; both are bounded here.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from collage.errors import AssetError

MOST_BYTES = 16 * 1024 * 1024
DEEPEST = 100
MOST_PARTS = 32

# Strings and comments as single tokens, closed or not (an open one is tomllib's to report): linear in any text.
_TOKEN = re.compile(
    r'"""(?:[^"\\]+|\\.|"(?!""))*+(?:"{3,5})?'
    r"|'''(?:[^']+|'(?!''))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]+|\\.)*+"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*"
    r"|[][{}.=,\n]",
    re.DOTALL,
)
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


class TooDeep(ValueError):
    """Brackets nested or a key divided beyond all use; `place` is the offset where the bound is passed."""

    def __init__(self, message: str, place: int) -> None:
        self.place = place
        super().__init__(message)


def load_text(path: Path) -> str:
    """The text of a file: UTF-8, a byte order mark dropped, line ends made bare. AssetError with one line of cure."""
    return tidy(load_raw(path))


def load_raw(path: Path) -> str:
    """The same to the letter, byte order mark and line ends as they are."""
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):  # a pipe would wait for ever
        raise AssetError(f"{path}: is no file but a device or a pipe: save the text as a file and name that")
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except IsADirectoryError:
        raise AssetError(f"{path}: is a folder: name a scene file in it, such as {path / 'scene.toml'}") from None
    except FileNotFoundError:
        raise AssetError(f"{path}: no such file: check the spelling, or make a project with collage new") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AssetError(f"{path}: can't be read ({reason}): check the path and its permissions") from None
    if len(raw) > MOST_BYTES:
        raise AssetError(f"{path}: larger than {MOST_BYTES // 1024**2} MB, no scene a person wrote: split it up")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AssetError(f"{path}:{line}: not UTF-8 text: save it as UTF-8, and check that it is a scene") from None


def tidy(text: str) -> str:
    """Without a byte order mark, with bare newlines."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def check_depth(text: str) -> None:
    """TooDeep if brackets nest deeper than DEEPEST or a key has more than MOST_PARTS parts."""
    depth = parts = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        depth = max(0, depth + _STEP.get(token, 0))
        parts = parts + 1 if token == "." else 0 if token in "[]{}=,\n" else parts
        if depth > DEEPEST:
            raise TooDeep(f"brackets nested more than {DEEPEST} deep: no scene needs that", match.start())
        if parts >= MOST_PARTS:
            raise TooDeep(f"a key of more than {MOST_PARTS} parts: no scene needs that", match.start())


def blanked(text: str) -> str:
    """The text with strings (to their quotes) and comments replaced by spaces: same length, same line breaks."""
    return _TOKEN.sub(lambda match: match[0] if len(match[0]) == 1 else _spaces(match[0]), text)


def _spaces(token: str) -> str:
    return re.sub(r"[^\n]", " ", token)


def unclosed(text: str, before: int) -> int:
    """Where the last string that opens before an offset begins."""
    opening = [match.start() for match in _TOKEN.finditer(text, 0, before + 1) if match[0][0] in "\"'"]
    return opening[-1] if opening else before
