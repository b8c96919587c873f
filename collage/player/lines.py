"""Where the pieces of a stand are written: file and line, looked up when somebody asks, each file read once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError
from collage.exposure.keyed import key_frames
from collage.registry.catalogue import find_root
from collage.scene.model import Scene
from collage.scene.reader import read_source
from collage.scene.source import Source

if TYPE_CHECKING:
    from collage.player.pick import Pick
    from collage.stand import Stand


class Line(NamedTuple):
    """A line of a file; `name` is the file from the project's root, as messages name it."""

    file: Path
    name: str
    number: int

    def __str__(self) -> str:
        return f"{self.name}:{self.number}"


class Lines:
    """The files of one stand, as they are when first asked for."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self._read: dict[Path, tuple[Scene, Source] | None] = {}

    def of(self, pick: Pick) -> Line | None:
        """Where a piece's layer is written; None for a scene made in Python, a file that can't be read any more, or a
        layer that is not written yet."""
        found = self._file(pick)
        if found is None or (text := self._text(found[0])) is None or pick.piece.layer >= len(text[0].layer):
            return None
        return Line(*found, text[1].finding(("layer", pick.piece.layer), "").line)

    def keys(self, pick: Pick) -> frozenset[int]:
        """The frames of its own scene at which a piece has keys; none where that can't be read."""
        text = self._text(found[0]) if (found := self._file(pick)) else None
        if text is None or pick.piece.layer >= len(text[0].layer):
            return frozenset()
        try:
            return key_frames(text[0], pick.piece.layer)
        except (CollageError, ValueError):  # saved since, and not to be bound any more
            return frozenset()

    def _file(self, pick: Pick) -> tuple[Path, str] | None:
        source, stand = pick.stage.rig.source, self._stand
        if not source:
            outside = not pick.around and isinstance(stand.scene, Scene)
            return (stand.path, str(stand.path)) if outside and stand.path.is_file() else None
        return find_root(stand.path) / source, source

    def _text(self, file: Path) -> tuple[Scene, Source] | None:
        if file not in self._read:
            try:
                self._read[file] = read_source(file)
            except CollageError:
                self._read[file] = None
        return self._read[file]
