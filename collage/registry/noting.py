"""What reading a project has looked at, each file and folder with its stamp from just before: what a player watches.

Because the stamp is older than the reading, whatever is saved meanwhile differs from it afterwards: no save is missed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from copy import copy
from pathlib import Path

from collage.errors import AssetError
from collage.geometry import Size
from collage.registry.catalogue import Catalogue
from collage.registry.entries import WHERE, Registry
from collage.registry.folders import Folder, listed
from collage.registry.probe import size

Stamp = tuple[int, int, int]
"""When a file was last changed, in nanoseconds, its bytes, and its number on the disk, which a rename changes."""


def stamp(path: Path | str) -> Stamp | None:
    """None where there is no such file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class Notes(dict[Path, Stamp | None]):
    """Stamps by path, those of what is missing too: it may come."""

    def now(self) -> Notes:
        """The same files as they are now."""
        return Notes({path: stamp(path) for path in list(self)})  # another thread may be noting more

    def take(self, path: Path) -> None:
        """Note a path as it is now, unless it was noted before."""
        if path not in self:
            self[path] = stamp(path)


def changed(before: Mapping[Path, Stamp | None], after: Mapping[Path, Stamp | None]) -> set[Path]:
    """The files of `after` that were not the same before: saved anew, put in another's place, come or gone."""
    return {path for path, now in after.items() if before.get(path) != now}


class Noting(Catalogue):
    """A catalogue that notes what it looks at."""

    def __init__(self, root: Path, registry: Registry, notes: Notes, before: Noting | None = None) -> None:
        super().__init__(root, registry)
        self.notes = notes
        self._sizes = before.sizes if before else {}

    @classmethod
    def over(cls, root: Path, notes: Notes, before: Noting | None) -> Noting:
        """Of the project at `root`. What `before` has read of files that are still the same is not read again: the
        registry, and how large pictures are."""
        file = root / WHERE
        notes.take(file)
        if before is not None and file in before.notes and before.notes[file] == notes[file]:
            return cls(root, before._registry, notes, before)
        return cls(root, Catalogue.open(root)._registry, notes, before)

    @property
    def sizes(self) -> dict[Path, tuple[Stamp | None, Size]]:
        """Of all pictures it has read of, with what their files were then."""
        assets = list(self._assets.values())  # another thread may be binding a changed scene to it
        return {each.path: (self.notes.get(each.path), each.size) for one in assets for each in one.drawings.values()}

    @property
    def files(self) -> set[Path]:
        """Those that make an asset what it is: the registry, pictures and their folders."""
        return {self.root / WHERE, *self.sizes, *(folder.path for folder in list(self._folders.values()))}

    def still(self, changed: Collection[Path], now: Notes, notes: Notes) -> Noting | None:
        """The same with `notes`, which get how all of it is `now`, if nothing that it has read is another: of what has
        `changed` pictures are as large as they were. None else. What a picture shows is for those to read who show
        it."""
        assets, folders, sizes = dict(self._assets), dict(self._folders), self.sizes
        known = {folder.path: folder for folder in folders.values()}
        try:
            if any(
                sizes[path][1] != size(path) if path in sizes else known.get(path) != listed(path) for path in changed
            ):
                return None
        except AssetError:
            return None
        same = copy(self)
        notes.update(now)
        same.notes, same._folders = notes, {name: folder for name, folder in folders.items() if folder.path in now}
        same._assets = {
            name: asset for name, asset in assets.items() if all(each.path in now for each in asset.drawings.values())
        }
        return same

    def alike(self, other: Catalogue, names: Iterable[str]) -> bool:
        """Whether it says the same of some assets as another."""
        try:
            return all(self.asset(name) == other.asset(name) for name in names)
        except AssetError:
            return False

    def inside(self, text: str) -> Path:
        real = super().inside(text)
        self.notes.take(real)
        return real

    def _folder(self, folder: str) -> Folder:
        if folder not in self._folders:
            with suppress(AssetError):  # which follows in a moment, with the words for it
                self.inside(f"assets/{folder}")
        return super()._folder(folder)

    def _size(self, path: Path) -> Size:
        known = self._sizes.get(path)
        return known[1] if known and known[0] is not None and known[0] == self.notes.get(path) else super()._size(path)

    def _real(self, file: str) -> Path:
        real = super()._real(file)
        self.notes.take(real)
        return real
