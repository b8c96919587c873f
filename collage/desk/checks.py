"""Everything that is wrong in many scenes and films at once: text, what it refers to, whether the pictures decode."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from collage import stand
from collage.desk.recutting import recut
from collage.desk.rights import unlicensed_in
from collage.desk.scenes import films_in, scenes_in
from collage.errors import CollageError, Finding, SceneError
from collage.registry.catalogue import Catalogue, find_root
from collage.registry.journal import unfinished
from collage.registry.probe import Fault
from collage.registry.signouts import login
from collage.scene.guard import load_text

Look = Callable[[stand.Stand], Iterable[Finding]]
"""Looks at the frames of a scene, all of whose pictures decode; CollageError if one can't be made."""


def check_all(
    paths: Iterable[Path], *, trust: bool = False, rights: bool = False, look: Look | None = None
) -> tuple[list[Finding], list[str]]:
    """All findings of scenes and films, and of projects: all of theirs, the registry's and the pictures'. Sorted, each
    once; and a message for each path that can't be read. `trust` as for `collage.open`; `rights` also warns of pieces
    without a licence; what `look` finds is added."""
    findings: set[Finding] = set()
    unreadable: list[str] = []
    for path in paths:
        texts: list[Path] = []
        with _listed(path, unreadable):
            texts = _texts(path) if os.path.isdir(path) else [path]
        for text in texts:
            with _listed(text, unreadable):
                findings.update(check(text, trust=trust, rights=rights, look=look))
        if texts and texts != [path]:
            with _listed(path, unreadable):
                findings.update(_registry(path, find_root(texts[0])))
    return sorted(findings), unreadable


@contextmanager
def _listed(path: Path, unreadable: list[str]) -> Iterator[None]:
    """What can't be read becomes a message, so that all else is looked at."""
    try:
        yield
    except CollageError as error:
        unreadable.append(str(error))
    except OSError as error:
        unreadable.append(f"{path}: {(error.strerror or str(error)).lower()}. Check its permissions")


def check(path: Path, *, trust: bool = False, rights: bool = False, look: Look | None = None) -> list[Finding]:
    """The findings of one scene or film, of the pictures it uses, and of who is re-cutting them; CollageError if it
    can't be read at all."""
    load_text(path)
    root = find_root(path)
    cut_short = [finding for finding in (unfinished(root),) if finding]
    found = [*cut_short, *_scene(path, trust, look), *recut(path, root, login(), datetime.now(UTC))]
    if rights:
        found += unlicensed_in(path, root)
    return [_from_here(finding, root, path) for finding in found]


def _texts(folder: Path) -> list[Path]:
    if found := scenes_in(folder) + films_in(folder):
        return found
    raise CollageError(f"{folder}: no scenes/*.toml in this folder. Name a scene file, or a project")


def _registry(folder: Path, root: Path) -> list[Finding]:
    return [_from_here(finding, root, folder) for finding in Catalogue.open(root).findings()]


def _scene(path: Path, trust: bool, look: Look | None) -> Iterable[Finding]:
    try:
        with stand.open(path, trust=trust) as ready:
            torn = list(_torn(ready))
            seen = _looked(ready, look) if look and not torn else ()
            return [*ready.warnings, *torn, *seen]
    except SceneError as error:
        return error.findings
    except CollageError as error:
        return [_finding(path, error)]


def _torn(ready: stand.Stand) -> Iterator[Finding]:
    """The pictures that do not decode to their end; each file is tried once."""
    for drawing in {drawing.path: drawing for drawing in ready.drawings}.values():
        try:
            ready.glass.plates.load(drawing)
        except CollageError as error:
            yield _finding(ready.path, error)


def _looked(ready: stand.Stand, look: Look) -> list[Finding]:
    try:
        return list(look(ready))
    except CollageError as error:
        return [_finding(ready.path, error)]


def _finding(path: Path, error: CollageError) -> Finding:
    """A picture's own finding if the error carries one, else one about the scene as a whole."""
    return error.finding if isinstance(error, Fault) else Finding(str(path), 0, 0, str(error))


def _from_here(finding: Finding, root: Path, asked: Path) -> Finding:
    """The registry, films and nested scenes name files from the project's root; an editor needs them from where the
    user stands, or absolute, as the path was that they `asked` about: so one finding met twice is one."""
    here, file = Path(finding.path), root / finding.path
    if not file.exists() or (here.exists() and not (asked.is_absolute() and file.samefile(here))):
        return finding
    return replace(finding, path=str(file) if asked.is_absolute() else os.path.relpath(file))
