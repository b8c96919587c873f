"""What an export has made so far, noted frame by frame, so that one that was cut short goes on where it stopped.

While frames are made, a hidden file lies where the manifest will: `.NAME.manifest.jsonl`, a line for each frame whose
file is there under its final name. When all are there the manifest is written whole, and the notebook goes. Several
machines that share a folder each have a notebook and a manifest of their own part, `NAME.A-B`; the next export of the
whole gathers them.

None of it is trusted: a frame counts as made only if its file holds to the byte what was noted, and what was noted is
of a frame that would be made alike today, by its fingerprint. So a line that is lost, torn or wrong costs making that
frame again, and nothing else.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Literal

from collage.errors import CollageError
from collage.export import manifest
from collage.export.manifest import MOST_BYTES, Manifest, Shot
from collage.files import read_start, write_whole
from collage.registry.noting import stamp

_LONGEST = 4096
"""Bytes of a line."""


@dataclass(frozen=True, slots=True)
class Known:
    """What lists in a folder say of a scene's frames. manifest: of the last export of the whole, if it was finished.
    lists: what each file says, later ones later."""

    manifest: Manifest | None = None
    lists: Mapping[Path, Mapping[int, Shot]] = field(default_factory=dict)

    @property
    def shots(self) -> dict[int, Shot]:
        """By frame, as it was noted last."""
        return {frame: shot for shots in self.lists.values() for frame, shot in shots.items()}


@dataclass(frozen=True, slots=True)
class _Header:
    """The first line of a notebook."""

    program: str
    scene: str
    format: Literal[1] = 1


def place(folder: Path, stem: str) -> Path:
    """The notebook in a folder of a scene's frames, by its name; of a part of them, by `NAME.A-B`."""
    return folder / f".{stem}.manifest.jsonl"


def known(folder: Path, name: str) -> Known:
    """What manifests and notebooks say of a scene's frames, those of parts too; nothing where there are none.
    CollageError if the manifest is none of ours; other lists that aren't are passed over."""
    whole, lists = None, dict[Path, Mapping[int, Shot]]()
    if os.path.lexists(path := manifest.place(folder, name)):
        whole = manifest.read(path)
        lists[path] = _by_frame(whole.shots)
    _take_notebook(lists, place(folder, name), name)
    for stem in _parts(folder, name):
        with suppress(CollageError):
            part = manifest.read(path := manifest.place(folder, stem))
            if part.scene == name:
                lists[path] = _by_frame(part.shots)
        _take_notebook(lists, place(folder, stem), name)
    return Known(whole, lists)


class Notebook:
    """Of one export, in threads. stem: the scene's name, or `NAME.A-B` of a part.  before: what was known when it
    began.

    Nothing is written before the first frame that is not known as it is: then what was known is noted anew, and the
    lists it was known from are removed, as the manifest tells of frames that are now being replaced. An export of a
    part leaves all lists but its own.
    """

    def __init__(self, folder: Path, name: str, stem: str, before: Known) -> None:
        from collage import __version__

        self._folder, self._stem, self._path = folder, stem, place(folder, stem)
        self._header = json.dumps({"format": 1, "program": f"collage {__version__}", "scene": name}).encode()
        own = {manifest.place(folder, stem), self._path}
        self._before = Known(before.manifest, {k: v for k, v in before.lists.items() if stem == name or k in own})
        self._stamps = {path: stamp(path) for path in self._before.lists}
        self._noted = self._before.shots
        self._begun, self._lock = False, Lock()

    def note(self, shot: Shot) -> None:
        """To be told of each frame as soon as its file has its final name. Never raises for the disk's sake: what is
        not remembered is made again."""
        with self._lock, suppress(OSError, CollageError):
            if self._noted.get(shot.frame) == shot:
                return
            if not self._begun:
                self._begin()
            with open(self._path, "ab", buffering=0) as file:
                file.write(b"\n" + manifest.line(shot).encode())  # so what was torn before it stays a line of its own

    def _begin(self) -> None:
        noted = [manifest.line(shot).encode() for shot in self._noted.values()]
        write_whole(self._path, b"\n".join([self._header, *noted]))
        self._begun = True
        self._clear(keep=self._path)

    def finish(self, whole: Manifest) -> None:
        """Write the manifest, and remove what it replaces. RunError if it can't be written."""
        with self._lock:
            manifest.write(path := manifest.place(self._folder, self._stem), whole)
            self._clear(keep=path)
            with suppress(OSError):
                self._path.unlink()

    def _clear(self, keep: Path) -> None:
        """Remove the lists that were known, but those that someone has added to since."""
        for path, before in self._stamps.items():
            if path != keep and stamp(path) == before:
                with suppress(OSError):
                    path.unlink()


def _parts(folder: Path, name: str) -> list[str]:
    """The stems of parts that have a list, in order of their frames."""
    listing = re.compile(rf"\.?({re.escape(name)}\.(\d{{1,9}})-(\d{{1,9}}))\.manifest\.jsonl?")
    try:
        found = [match for file in os.listdir(folder) if (match := listing.fullmatch(file))]
    except OSError:
        return []
    return [stem for _, _, stem in sorted({(int(match[2]), int(match[3]), match[1]) for match in found})]


def _by_frame(shots: Iterable[Shot]) -> dict[int, Shot]:
    return {shot.frame: shot for shot in shots}


def _take_notebook(lists: dict[Path, Mapping[int, Shot]], path: Path, name: str) -> None:
    """Add what it says, if it is there and of that scene."""
    try:
        content = BytesIO(read_start(path, MOST_BYTES))
    except OSError:
        return
    header = manifest.parsed(content.readline(_LONGEST), _Header)
    if header and header.program.startswith("collage ") and header.scene == name:
        lines = iter(partial(content.readline, _LONGEST), b"")
        lists[path] = _by_frame(filter(None, map(manifest.read_line, lines)))
