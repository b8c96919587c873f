"""Where scenes are: in the package, in a project, in a folder of them."""

from __future__ import annotations

from pathlib import Path

from collage.errors import CollageError


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
    return [path for path in _texts_in(folder) if not _is_film(path)]


def films_in(folder: Path) -> list[Path]:
    """The films beside those scenes (`*.film.toml`), sorted."""
    return [path for path in _texts_in(folder) if _is_film(path)]


def _texts_in(folder: Path) -> list[Path]:
    home = folder if folder.resolve().name == "scenes" else folder / "scenes"
    return sorted(path for path in home.glob("*.toml") if path.is_file())


def _is_film(path: Path) -> bool:
    return path.name.lower().endswith(".film.toml")


def one_scene(path: Path) -> Path:
    """`path`, or the only scene of a project if it is a folder (without scenes, its only film); CollageError if there
    are none or several."""
    if not path.is_dir():
        return path
    found = scenes_in(path) or films_in(path)
    if len(found) == 1:
        return found[0]
    if not found:
        raise CollageError(f"{path}: no scenes/*.toml in this folder. Name a scene file")
    raise CollageError(f"{path}: {len(found)} scenes here. Name one of them, as {found[0]}")
