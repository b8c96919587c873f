"""Every error a person can meet, as one family, so that one edge turns them into a line and an exit code.

    CollageError            exit 2  the input or the usage is wrong
    ├── SceneError                  a scene file: carries where in the text
    ├── AssetError                  a picture, the registry, or a path
    └── RunError            exit 1  the input was fine, the run failed and may be tried again (a full disk)

A message names the place, the thing and the cure:
``scenes/tea.toml:14:9: no asset "props/teapott". Did you mean "props/teapot"?``
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Loc = tuple[str | int, ...]
"""A place in a TOML document as keys and indices: ``("layer", 3, "keys", "x", 1, 0)``."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong in a file: what `check` lists.

    line and column count from 1, 0 where a file has no such place (a picture). `message` is one line and
    holds the cure.
    """

    path: str
    line: int
    column: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {'warning: ' if self.severity == 'warning' else ''}{self.message}"


class CollageError(Exception):
    """The root: its text is one line that names place, thing and cure; `code` is the exit code it earns."""

    code = 2


class SceneError(CollageError):
    """One or more findings in a scene file; its text is the first of them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(str(self.findings[0]))


class AssetError(CollageError):
    """A picture, the registry or a path that can't be used."""


class RunError(CollageError):
    """The input was right and the run failed: it can be tried again."""

    code = 1


def suggest(word: str, known: Iterable[str]) -> str:
    """The tail of a message: `` Did you mean "teapot"?`` with the nearest of `known`, or nothing if none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""
