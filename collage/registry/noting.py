"""What reading a project has looked at, each file and folder with its stamp from just before: what a player watches.

Because the stamp is older than the reading, whatever is saved meanwhile differs from it afterwards: no save is missed.
"""

from __future__ import annotations

import os
from contextlib import suppress
from copy import copy
from pathlib import Path

from collage.errors import AssetError
from collage.registry.catalogue import Catalogue
from collage.registry.entries import WHERE, Registry
from collage.registry.folders import Folder, listed
from collage.registry.probe import size

Stamp = tuple[int, int, int]
"""When a file was last changed, in nanoseconds, its bytes, and its number on the disk, which a rename changes."""


def stamp(path: Path) -> Stamp | None:
    """None where there is no such file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class Notes(dict[Path, Stamp | None]):
    """Stamps by path, those of what is missing too: it may come."""

    def take(self, path: Path) -> None:
        """Note a path as it is now, unless it was noted before."""
        if path not in self:
            self[path] = stamp(path)


class Noting(Catalogue):
    """A catalogue that notes what it looks at."""

    def __init__(self, root: Path, registry: Registry, notes: Notes) -> None:
        super().__init__(root, registry)
        self.notes = notes

    @classmethod
    def over(cls, root: Path, notes: Notes, before: Noting | None) -> Noting:
        """Of the project at `root`. The registry is the one `before` has read, if its file is still the same."""
        file = root / WHERE
        notes.take(file)
        if before is not None and file in before.notes and before.notes[file] == notes[file]:
            return cls(root, before._registry, notes)
        return cls(root, Catalogue.open(root)._registry, notes)

    def repainted(self, notes: Notes) -> Noting | None:
        """The same with `notes` of how all of it is now, if nothing has been saved since but pictures as large as they
        were; else None, and the notes are left empty. What a picture shows is for those to read who show it."""
        now = {path: stamp(path) for path in list(self.notes)}  # another thread may be binding a changed scene to it
        changed = [path for path in now if now[path] != self.notes[path]]
        sizes = {each.path: each.size for asset in list(self._assets.values()) for each in asset.drawings.values()}
        folders = {folder.path: folder for folder in list(self._folders.values())}
        try:
            if any(
                sizes[path] != size(path) if path in sizes else folders.get(path) != listed(path) for path in changed
            ):
                return None
        except AssetError:
            return None
        notes.update(now)
        same = copy(self)
        same.notes = notes
        return same

    def inside(self, text: str) -> Path:
        real = super().inside(text)
        self.notes.take(real)
        return real

    def _folder(self, folder: str) -> Folder:
        if folder not in self._folders:
            with suppress(AssetError):  # which follows in a moment, with the words for it
                self.inside(f"assets/{folder}")
        return super()._folder(folder)

    def _real(self, file: str) -> Path:
        real = super()._real(file)
        self.notes.take(real)
        return real
