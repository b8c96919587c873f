"""Looking whether files have changed: their stamps compared, of the many only a share at each look, to cost little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import cycle
from pathlib import Path

from collage.registry.noting import Stamp, stamp

TURNS = 3
"""Looks in which every picture and sound is looked at once: each file takes some microseconds."""
_PROMPT = ("", ".toml", ".py")
"""Texts and folders, which are looked at each time: whatever is saved by rename, as most programs do, changes its
folder."""


def shares(paths: Iterable[Path], turns: int = TURNS) -> list[list[Path]]:
    """What to look at by turns: texts and folders each time, of all others a share."""
    prompt, others = list[Path](), list[Path]()
    for path in paths:
        (prompt if path.suffix in _PROMPT else others).append(path)
    return [prompt + others[turn::turns] for turn in range(turns)]


class Watch:
    """Files, and what they were when they were read."""

    def __init__(self, before: Mapping[Path, Stamp | None]) -> None:
        shared = shares(before)
        self.round = len(shared)
        self._turns = cycle([[(path, str(path), before[path]) for path in share] for share in shared])

    def look(self) -> set[Path]:
        """Those of the next share that have changed since. `round` looks see all."""
        return {path for path, name, known in next(self._turns) if stamp(name) != known}
