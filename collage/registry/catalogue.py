"""The shared box of cut-outs: every picture under `assets/` by name, with the facts of `assets/registry.toml`.

Nothing is walked and no picture opened until it is asked for, so that a scene of three pieces opens as fast in a
project of three thousand. A broken picture or entry is an error only for whoever uses it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collage.errors import AssetError, Finding, suggest
from collage.files import read_start, unread
from collage.geometry import Size
from collage.registry import probe
from collage.registry.entries import ASSET, MOST_BYTES, WHERE, Entry, MovingPlace, Place, Registry, read_registry
from collage.registry.folders import ENDINGS as ENDINGS
from collage.registry.folders import Folder, listed, stem_of, walked
from collage.registry.hooks import Hook, MovingHook, numbered
from collage.registry.probe import Fault, plain

_LOWER = 'lower-case letters, digits, _ and -, since some systems tell "Rocket" from "rocket" and others don\'t'
_FORMAT = "an asset can't be called \"format\", the registry's first word: rename the picture"
_MOST_FRAMES = 10_000
_LONGEST = 255
"""Bytes of a file's or a folder's name on all common systems."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture of an asset: its real file and its size in pixels, EXIF orientation obeyed."""

    asset: str
    name: str
    path: Path
    size: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asset:
    """A registry entry. `drawings` keeps the file's order; the first shows when no key says otherwise.

    pivot and hooks are in the picture's pixels; None where the registry says nothing (the centre, then). edge and print
    hold the keys that are written, as they are written; None where the registry says nothing of them.
    """

    name: str
    drawings: Mapping[str, Drawing]
    pivot: tuple[float, float] | None = None
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    copies: int | None = None
    edge: Mapping[str, Any] | None = None
    print: Mapping[str, Any] | None = None

    @property
    def size(self) -> tuple[int, int]:
        return next(iter(self.drawings.values())).size


def find_root(path: Path) -> Path:
    """A scene file's project: the nearest folder upward that holds `assets/`, else what `scenes/` lies in, else its own
    folder."""
    folder = Path(os.path.abspath(path)).parent
    for candidate in (folder, *folder.parents):
        if (candidate / "assets").is_dir():
            return candidate
    return folder.parent if folder.name == "scenes" else folder


def inside(root: Path, text: str) -> Path:
    """The real file of a path written from the project's root; open that, not the text. It need not exist.

    AssetError for a path that leaves the project, also by a symlink, isn't written with ``/``, or has a part longer
    than file systems take.
    """
    shown = plain(text)
    if "\\" in text:
        raise AssetError(f'"{shown}": paths are written with /: "{shown.replace(chr(92), "/")}"')
    if not text or text.startswith("/") or re.match(r"[A-Za-z]:", text) or "\0" in text:
        raise AssetError(f'"{shown}" is no path from the project\'s root: write "assets/…"')
    if ".." in text.split("/"):
        raise AssetError(f'"{shown}" goes up by "..": paths start at the project\'s root and stay inside it')
    if any(len(part.encode(errors="surrogatepass")) > _LONGEST for part in text.split("/")):
        raise AssetError(f'"{shown[:40]}…" has a part of more than {_LONGEST} bytes, which no disk takes: shorten it')
    try:
        real, home = (root / text).resolve(), root.resolve()
    except (OSError, RuntimeError):
        raise AssetError(f'"{shown}" goes round in a circle of links: name the file itself') from None
    if not real.is_relative_to(home):
        raise AssetError(f'"{shown}" is a link that leaves the project: copy the file into it')
    return real


class Catalogue:
    """The assets of one project. Keeps what it has read; open another to see changed files."""

    def __init__(self, root: Path, registry: Registry) -> None:
        self.root = root
        self._registry = registry
        self._assets: dict[str, Asset] = {}
        self._folders: dict[str, Folder] = {}
        self._walked: tuple[str, ...] | None = None
        self._names: tuple[str, ...] | None = None
        self._owners: dict[str, str] = {}
        self._patterns: dict[str, list[tuple[int, re.Pattern[str], str]]] = {}
        for place, (name, entry) in enumerate(registry.entries.items()):
            for path in (entry.drawings or {}).values():
                self._owners.setdefault(stem_of(path), name)
            if entry.frames and entry.frames.endswith(ENDINGS):
                start = entry.frames.partition("#")[0]
                self._patterns.setdefault(start, []).append((place, _numbered(stem_of(entry.frames)), name))

    @classmethod
    def open(cls, root: Path) -> Catalogue:
        """Of the project at `root`. Reads the registry if there is one, but no folder and no picture.

        Never raises for what the registry holds: `asset` does for what it uses, and `findings` lists it all.
        """
        try:
            registry = read_registry(read_start(inside(root, WHERE), MOST_BYTES + 1))
        except (FileNotFoundError, NotADirectoryError):
            registry = Registry()
        except (OSError, AssetError) as error:
            reason = unread(error) if isinstance(error, OSError) else f"can't be read: {error}"
            registry = Registry(faults={"": (Finding(WHERE, 0, 0, f"this file {reason}"),)})
        return cls(root, registry)

    def asset(self, name: str) -> Asset:
        """The asset of a name, its pictures probed once.

        AssetError with what was probably meant; a `Fault`, which knows its own place, for a broken picture or entry.
        """
        if name not in self._assets:
            self._assets[name] = self._asset(name)
        return self._assets[name]

    def inside(self, text: str) -> Path:
        """The real file of a path written from this project's root, as the function of that name."""
        return inside(self.root, text)

    def entry(self, name: str) -> Entry:
        """What the registry says of a name: who cut it, its licence and the like; all defaults where it is silent."""
        return self._registry.entries.get(name) or Entry()

    @property
    def registry(self) -> Registry:
        """What the registry's file says, its faults and where they stand included."""
        return self._registry

    def names(self) -> tuple[str, ...]:
        """Every asset's name, sorted; walks `assets/`. Pictures that belong to another's drawings are left out."""
        if self._names is None:
            drawn = {name for name, entry in self._registry.entries.items() if entry.drawings or entry.frames}
            stems = {stem_of(file) for file in self._files()} - {"format"}
            own = {stem for stem in stems if ASSET.fullmatch(stem) and self._owner(stem) is None}
            self._names = tuple(sorted(drawn | own))
        return self._names

    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong with the registry and the pictures, for `check`; opens every picture's header."""
        found = {finding for faults in self._registry.faults.values() for finding in faults}
        if "" not in self._registry.faults:
            for name in {*self.names(), *self._registry.entries} - {*self._registry.faults}:
                found.update(self._wrong_with(name))
        for file in self._files():
            place = plain(f"assets/{file}")
            if stem_of(file) == "format":
                found.add(Finding(place, 0, 0, _FORMAT))
            elif not ASSET.fullmatch(stem_of(file)) or file != file.lower():
                found.add(Finding(place, 0, 0, f"a picture's path is {_LOWER}: rename it"))
        return tuple(sorted(found))

    def _wrong_with(self, name: str) -> Iterator[Finding]:
        try:
            self.asset(name)
        except Fault as fault:
            yield fault.finding
        except AssetError as error:
            yield self._registry.finding(name, "", str(error))

    def _asset(self, name: str) -> Asset:
        if faults := self._registry.faults.get("") or self._registry.faults.get(name):
            raise Fault(faults[0])
        self._check_name(name)
        entry = self.entry(name)
        drawings = {key: self._drawing(name, key, file) for key, file in self.pictures(name, entry).items()}
        _check_sizes(tuple(drawings.values()))
        size = next(iter(drawings.values())).size
        hooks = {hook: self._hook(name, hook, place, tuple(drawings), size) for hook, place in entry.hooks.items()}
        pivot = entry.pivot and _in_pixels(entry.pivot, size)
        return Asset(name, drawings, pivot, hooks, entry.copies, entry.edge, entry.print)

    def _hook(self, asset: str, hook: str, written: Place | MovingPlace, drawings: tuple[str, ...], size: Size) -> Hook:
        """A point, or one that moves along the drawings; a `Fault` for a drawing that is not there."""
        if isinstance(written, tuple):
            return _in_pixels(written, size)
        places = numbered(drawings)
        for drawing in written:
            if drawing not in places:
                near = suggest(drawing, places) or f" Its drawings are {', '.join(drawings[:12])}"
                raise self._fault(asset, "hooks", f'hook "{hook}": no drawing "{drawing}".{near}')
        points = sorted(
            ((places[drawing], point and _in_pixels(point, size)) for drawing, point in written.items()),
            key=lambda pair: pair[0],
        )
        return MovingHook(tuple(place for place, _ in points), tuple(point for _, point in points))

    def _check_name(self, name: str) -> None:
        if name == "format":
            raise AssetError(_FORMAT)
        if not ASSET.fullmatch(name):
            near = suggest(name.lower(), self.names())
            raise AssetError(f'"{plain(name)}" is no asset\'s name: it is {_LOWER}, folders joined by /.{near}')
        if (owner := self._owner(name)) and owner != name:
            raise AssetError(f'"{name}" is a drawing of "{owner}": write asset = "{owner}" and choose it by keys.swap')

    def pictures(self, name: str, entry: Entry) -> dict[str, str]:
        """The drawings' names and their files, as paths under `assets/`."""
        if entry.drawings:
            return entry.drawings
        if entry.frames:
            return self._numbered_files(name, entry.frames)
        folder, _, last = name.rpartition("/")
        files = self._folder(folder).stems.get(last, [])
        if len(files) > 1:
            raise AssetError(f'"{name}" is two pictures, {files[0]} and {files[1]}: keep one, or rename one')
        if not files:
            raise AssetError(f'no asset "{name}".{self._near(name)}')
        return {last: f"{folder}/{files[0]}".lstrip("/")}

    def _near(self, name: str) -> str:
        """The cure for a name without a picture."""
        twin = next((file for file in self._files() if stem_of(file).lower() == name), None)
        if twin:
            return f" There is assets/{twin}: rename it, a picture's path is {_LOWER}"
        if name.removeprefix("assets/") in self.names():
            return f' Did you mean "{name.removeprefix("assets/")}"?'
        return suggest(name, self.names()) or f" Put a picture at assets/{name}.png"

    def _numbered_files(self, name: str, frames: str) -> dict[str, str]:
        folder, _, pattern = frames.rpartition("/")
        numbered = _numbered(pattern)
        found: dict[int, str] = {}
        start = pattern.partition("#")[0]
        for file in (file for files in self._folder(folder).stems.values() for file in files):
            if file.startswith(start) and (match := numbered.fullmatch(file)):
                if twin := found.get(int(match[1])):
                    raise self._fault(name, "frames", f"{twin} and {file} bear one number: keep one")
                found[int(match[1])] = file
        if not 0 < len(found) <= _MOST_FRAMES:
            problem = f"more than {_MOST_FRAMES} pictures match" if found else "no picture matches"
            raise self._fault(name, "frames", f'{problem} "{frames}": # stands for a digit, at least as many')
        return {str(number): f"{folder}/{found[number]}".lstrip("/") for number in sorted(found)}

    def _drawing(self, name: str, key: str, file: str) -> Drawing:
        where = "frames" if self.entry(name).frames else "drawings"
        if not ASSET.fullmatch(stem_of(file)) or not file.endswith(ENDINGS):
            raise self._fault(
                name, where, f'"{file}" is no picture\'s path: {_LOWER}, and ending in {", ".join(ENDINGS)}'
            )
        if (owner := self._owner(stem_of(file)) or name) != name:
            raise self._fault(name, where, f'"{file}" belongs to "{owner}" already: a picture has one owner')
        path = self._real(file)
        return Drawing(name, key, path, self._size(path))

    def _size(self, path: Path) -> Size:
        return probe.size(path)

    def _real(self, file: str) -> Path:
        """The real file of a picture's path: as `inside`, which for plain files of a real folder needs no new look."""
        folder, _, last = file.rpartition("/")
        listing = self._folder(folder)
        return listing.path / last if last in listing.plain else self.inside(f"assets/{file}")

    def _fault(self, name: str, key: str, message: str) -> Fault:
        return Fault(self._registry.finding(name, key, message))

    def _owner(self, stem: str) -> str | None:
        """The entry whose drawings or frames take this picture, the first if several do."""
        if stem in self._owners:
            return self._owners[stem]
        starts = (stem[:end] for end in range(stem.rfind("/") + 1, len(stem))) if self._patterns else ()
        found = [each for start in starts for each in self._patterns.get(start, ()) if each[1].fullmatch(stem)]
        return min(found)[2] if found else None

    def _folder(self, folder: str) -> Folder:
        """The pictures of one folder under `assets/`, by stem, in order; empty if there is no such folder."""
        if folder not in self._folders:
            self._folders[folder] = listed(inside(self.root, f"assets/{folder}"))
        return self._folders[folder]

    def _files(self) -> tuple[str, ...]:
        """Every picture under `assets/`, whatever its case, as a path from there; hidden ones left out."""
        if self._walked is None:
            try:
                self._walked = tuple(sorted(walked(inside(self.root, "assets"))))
            except AssetError:
                self._walked = ()
        return self._walked


def _numbered(pattern: str) -> re.Pattern[str]:
    """``turn-####.png`` as a search for four digits or more."""
    before, digits, after = re.split("(#+)", pattern)
    return re.compile(rf"{re.escape(before)}([0-9]{{{len(digits)},18}}){re.escape(after)}")


def _check_sizes(drawings: tuple[Drawing, ...]) -> None:
    first = drawings[0]
    for drawing in drawings:
        if drawing.size != first.size:
            sizes = [f'"{each.name}" is {each.size[0]}×{each.size[1]}' for each in (first, drawing)]
            raise probe.fault(
                drawing.path, f'the drawings of "{first.asset}" are all of one size, but {" and ".join(sizes)}'
            )


def _in_pixels(place: Place, size: tuple[int, int]) -> tuple[float, float]:
    x, y = (
        float(part[:-1]) * side / 100 if isinstance(part, str) else part for part, side in zip(place, size, strict=True)
    )
    return x, y
