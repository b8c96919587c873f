"""What lies in the folders of `assets/`, by names alone: no file is opened, and none looked at that is no picture."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff")


class Folder(NamedTuple):
    """One folder's pictures: its real path, the files' names in order by stem, and those that are files and no links,
    so that they lie where they seem to."""

    path: Path
    stems: Mapping[str, list[str]]
    plain: frozenset[str]


def listed(path: Path) -> Folder:
    """The pictures right in a folder, given by its real path; none if it is no folder that can be read."""
    try:
        with os.scandir(path) as entries:
            found = sorted((entry.name, entry.is_file(follow_symlinks=False)) for entry in entries)
    except OSError:
        found = []
    stems: dict[str, list[str]] = {}
    for name, _ in found:
        if name.endswith(ENDINGS):
            stems.setdefault(stem_of(name), []).append(name)
    return Folder(path, stems, frozenset(name for name, plain in found if plain))


def walked(top: Path) -> Iterator[str]:
    """Every picture in a folder and those inside it, whatever its case, as a path from there; no hidden ones."""
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        above = Path(folder).relative_to(top).as_posix()
        for file in files:
            if file.lower().endswith(ENDINGS) and not file.startswith("."):
                yield file if above == "." else f"{above}/{file}"


def stem_of(file: str) -> str:
    """A path without its ending."""
    return file.rpartition(".")[0]
