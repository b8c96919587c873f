"""The one place where a project's own code runs: `motions.py`, and only for a stand that was opened with trust."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from collage.errors import CollageError
from collage.motion.scripts import Script, blameless, in_words, line_of, marked
from collage.registry.catalogue import inside
from collage.registry.noting import Notes

FILE = "motions.py"
MOST_BYTES = 1024 * 1024


class Trusted:
    """The marked functions of `motions.py` in any folder of one project, each file run once. `notes` gets the files
    that it looks for."""

    def __init__(self, root: Path, notes: Notes) -> None:
        self._root, self._notes = root, notes
        self._known: dict[Path, dict[str, Script] | CollageError] = {}

    def __call__(self, folder: Path) -> Mapping[str, Script]:
        """The moves of a folder, by name; none if it has no such file. AssetError for one that lies outside the
        project, CollageError with file and line for one that fails."""
        if folder not in self._known:
            try:
                self._known[folder] = _moves(self._root, folder, self._notes)
            except CollageError as error:
                self._known[folder] = error
        found = self._known[folder]
        if isinstance(found, CollageError):
            raise found
        return found


def _moves(root: Path, folder: Path, notes: Notes) -> dict[str, Script]:
    try:
        written = (folder.resolve() / FILE).relative_to(root.resolve()).as_posix()
    except ValueError:
        return {}
    path = inside(root, written)
    notes.take(path)
    if not path.is_file():
        return {}
    text, module = _read(path, written), ModuleType(FILE.removesuffix(".py"))
    module.__file__ = str(path)
    try:
        exec(compile(text, written, "exec", dont_inherit=True), module.__dict__)  # what --trust is for
    except BaseException as error:
        if blameless(error, written):
            raise
        line = (error.lineno if isinstance(error, SyntaxError) and error.filename == written else None) or 1
        raise CollageError(f"{line_of(error, written, line)}: {in_words(error)}") from error
    found = {name: script for name, value in vars(module).items() if (script := marked(value))}
    return {script.name: script for script in found.values()}


def _read(path: Path, written: str) -> bytes:
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CollageError(f"{written}: {(error.strerror or str(error)).lower()}") from error
    if len(text) > MOST_BYTES:
        raise CollageError(f"{written}: more than {MOST_BYTES // 1024} kB of moves: make it shorter")
    return text
