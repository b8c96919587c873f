"""Where scenes and films are: in the package, in a project, in a folder of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from collage.errors import CollageError
from collage.files import read_start
from collage.scene.reader import is_film

_OWN = re.compile(rb"(?m)^[ \t]*(?:\[[ \t]*scene[ \t]*\]|\[\[[ \t]*(?:layer|sheet|shot)[ \t]*\]\])")
"""What no other text has."""
_HEAD = 64 * 1024


def bundled(name: str) -> Path:
    """A scene or a film that comes with the program: inside an installed wheel, else in the checkout it runs from.

    CollageError if neither has it.
    """
    package = Path(__file__).resolve().parent.parent
    for root in (package / "bundled", package.parent):
        if (scene := root / "scenes" / f"{name}.toml").is_file():
            return scene
    raise CollageError(f'the bundled scene "{name}" is missing. Install collage again, or name a scene of your own')


def scenes_in(folder: Path) -> list[Path]:
    """The scenes of a project (its `scenes/*.toml`, films left out), or of a folder called `scenes` itself, sorted."""
    return [path for path in _texts_in(folder) if not is_film(path)]


def films_in(folder: Path) -> list[Path]:
    """The films beside those scenes (`*.film.toml`), sorted."""
    return [path for path in _texts_in(folder) if is_film(path)]


def _texts_in(folder: Path) -> list[Path]:
    return _files(folder if folder.resolve().name == "scenes" else folder / "scenes")


def _files(home: Path) -> list[Path]:
    return sorted(path for path in home.glob("*.toml") if path.is_file())


def one_scene(path: Path) -> Path:
    """`path`, or what a project plays if it is a folder: its only scene, else its only film. CollageError if it has
    neither."""
    if not path.is_dir():
        return path
    if found := only_one(path):
        return found
    scenes, films = scenes_in(path), films_in(path)
    if not scenes + films:
        raise CollageError(f"{path}: no scenes/*.toml in this folder. Name a scene file")
    counts = [f"{len(found)} {kind}s" for found, kind in ((scenes, "scene"), (films, "film")) if found]
    raise CollageError(f"{path}: {' and '.join(counts)} here. Name one of them, as {(scenes + films)[0]}")


def only_one(folder: Path) -> Path | None:
    """Its only scene, else its only film, if it has one of those."""
    return next((found[0] for found in (scenes_in(folder), films_in(folder)) if len(found) == 1), None)


def hung(folder: Path) -> list[Path]:
    """What a folder shows of itself: the films and scenes of a project, or else those that lie right in it."""
    return films_in(folder) + scenes_in(folder) or [path for path in _files(folder) if _is_one(path)]


def with_bundled(paths: Iterable[Path]) -> list[Path]:
    """These, and as the last one the film that comes with the program, unless it is among them."""
    own, film = list(paths), bundled("funhouse.film")
    return own if film in map(Path.resolve, own) else [*own, film]


def _is_one(path: Path) -> bool:
    """Whether a text is a scene or a film, also a broken one: the folder of a project has other texts as well."""
    if is_film(path):
        return True
    try:
        return _OWN.search(read_start(path, _HEAD)) is not None
    except OSError:
        return False
