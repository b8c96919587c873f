"""The shared box of cut-outs: every picture under `assets/` by name, with the facts of `assets/registry.toml`.

Interface (being filled in): see the dataclasses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture of an asset: its real file and its size in pixels, EXIF orientation obeyed."""

    asset: str
    name: str
    path: Path
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asset:
    """A registry entry. `drawings` keeps the file's order; the first shows when no key says otherwise."""

    name: str
    drawings: Mapping[str, Drawing]
    pivot: tuple[float, float] | None = None
    hooks: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    copies: int | None = None

    @property
    def size(self) -> tuple[int, int]:
        return next(iter(self.drawings.values())).size


class Catalogue:
    """The assets of one project."""

    root: Path

    @classmethod
    def open(cls, root: Path) -> Catalogue:
        raise NotImplementedError

    def asset(self, name: str) -> Asset:
        raise NotImplementedError
