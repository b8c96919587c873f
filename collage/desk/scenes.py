"""Where scenes and films are: in the package, in a project, in a folder of them."""

from __future__ import annotations

from pathlib import Path

from collage.errors import CollageError
from collage.scene.reader import is_film


def bundled(name: str) -> Path:
    """The scene that comes with the program: inside an installed wheel, else in the checkout it runs from.

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
    home = folder if folder.resolve().name == "scenes" else folder / "scenes"
    return sorted(path for path in home.glob("*.toml") if path.is_file())


def one_scene(path: Path) -> Path:
    """`path`, or what a project plays if it is a folder: its only scene, else its only film. CollageError if it has
    neither."""
    if not path.is_dir():
        return path
    scenes, films = scenes_in(path), films_in(path)
    for found in (scenes, films):
        if len(found) == 1:
            return found[0]
    if not scenes + films:
        raise CollageError(f"{path}: no scenes/*.toml in this folder. Name a scene file")
    counts = [f"{len(found)} {kind}s" for found, kind in ((scenes, "scene"), (films, "film")) if found]
    raise CollageError(f"{path}: {' and '.join(counts)} here. Name one of them, as {(scenes + films)[0]}")
