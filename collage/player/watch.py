"""Looking whether files have changed: stamps compared, a share of them at each look, so that no look takes long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import cycle
from pathlib import Path

from collage.registry.noting import Stamp, stamp

SHARE = 1000
"""Files looked at in one go: some three milliseconds' work."""


def look(paths: Iterable[Path]) -> dict[Path, Stamp | None]:
    """The stamps of files as they are now."""
    return {path: stamp(path) for path in paths}


def changed(before: Mapping[Path, Stamp | None], after: Mapping[Path, Stamp | None]) -> set[Path]:
    """The files of `after` that were not the same before: saved anew, put in another's place, come or gone."""
    return {path for path, now in after.items() if before.get(path) != now}


def shares(paths: Iterable[Path], most: int = SHARE) -> list[list[Path]]:
    """The files in shares of at most so many, one at least."""
    every = list(paths)
    return [every[start : start + most] for start in range(0, len(every), most)] or [[]]


class Watch:
    """Files, and what they were when they were read."""

    def __init__(self, before: Mapping[Path, Stamp | None]) -> None:
        shared = shares(before)
        self.round = len(shared)
        self._before, self._turns = before, cycle(shared)

    def look(self) -> set[Path]:
        """Those of the next share that have changed since. `round` looks see all."""
        return changed(self._before, look(next(self._turns)))
