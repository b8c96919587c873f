"""A new project that plays at once, made whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from collage.desk.arrange import arrange
from collage.desk.lesson import STAGE, empty_scene, scene_of
from collage.desk.tidy import clean, unused
from collage.errors import AssetError, CollageError, RunError
from collage.scene.values import TAKEN

ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"})
REGISTRY = """\
# What a picture cannot say about itself: where it turns, how many there are. For assets/pictures/cat.png:
#     ["pictures/cat"]
#     pivot = ["50%", "100%"]
format = 1
"""


def new_project(folder: Path, sources: Sequence[Path]) -> Path:
    """Make `folder` a project with one scene and copies of the pictures in `sources` (files, or folders of them).

    Gives the scene's path. Sources are only read. CollageError if the folder is not empty or a source is no
    picture, RunError if writing fails; either way nothing is left behind.
    """
    _refuse_occupied(folder)
    name = clean(folder.resolve().name) or "scene"
    pictures = _named(_pictures(sources))
    text = _scene_text(name, pictures)
    try:
        with _all_or_nothing(folder) as draft:
            _fill(draft, name, text, pictures)
    except OSError as error:
        raise RunError(
            f"{folder}: the project can't be written: {(error.strerror or str(error)).lower()}. Choose another place"
        ) from error
    return folder / "scenes" / f"{name}.toml"


def _refuse_occupied(folder: Path) -> None:
    if folder.is_dir():
        if any(folder.iterdir()):
            raise CollageError(f"{folder}: this folder is not empty. Name one that does not exist yet")
    elif folder.exists() or folder.is_symlink():
        raise CollageError(f"{folder}: a file is in the way. Name a folder that does not exist yet")


def _pictures(sources: Sequence[Path]) -> list[Path]:
    """The picture files that `sources` mean, in the order given, folders sorted by name."""
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            inside = sorted(path for path in source.iterdir() if _is_picture(path))
            if not inside:
                raise AssetError(f"{source}: no pictures in this folder. PNG, JPEG, WebP and TIFF are taken")
            found += inside
        elif not source.exists():
            raise AssetError(f"{source}: no such file or folder. Check the path after --from")
        elif source.suffix.lower() not in ENDINGS:
            raise AssetError(f"{source}: not a picture this takes. Save it as PNG, JPEG, WebP or TIFF")
        else:
            found.append(source)
    return found


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS and not path.name.startswith(".") and path.is_file()


def _named(pictures: Sequence[Path]) -> dict[str, Path]:
    """Pictures by clean names that no two share, whatever their endings."""
    named: dict[str, Path] = {}
    for picture in pictures:
        named[unused(clean(picture.stem), {*named, *TAKEN, "hand", "mat"})] = picture
    return named


def _scene_text(name: str, pictures: dict[str, Path]) -> str:
    from collage.glass.decode import decode

    if not pictures:
        return empty_scene(name)
    sizes = [decode(path).shape[1::-1] for path in pictures.values()]  # a torn one is told before anything is made
    return scene_of(name, [f"pictures/{piece}" for piece in pictures], arrange(sizes, STAGE))


def _fill(draft: Path, name: str, text: str, pictures: dict[str, Path]) -> None:
    from collage.scene.schema import schema

    (home := draft / "assets" / "pictures").mkdir(parents=True)
    for piece, source in pictures.items():
        shutil.copyfile(source, home / f"{piece}{source.suffix.lower()}")
    _write(draft / "assets" / "registry.toml", REGISTRY)
    _write(draft / "scenes" / "scene.schema.json", json.dumps(schema(), indent=2) + "\n")
    _write(draft / "scenes" / f"{name}.toml", text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[Path]:
    """A folder to fill, beside `folder`: it becomes `folder` at the end, or vanishes on any failure."""
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.tmp")
    draft.mkdir()
    try:
        yield draft
        _move_in(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _move_in(draft: Path, folder: Path) -> None:
    """Rename, or fill the empty folder that is there: it may be where the shell stands, so it stays itself."""
    if not folder.exists():
        os.replace(draft, folder)
        return
    try:
        for part in draft.iterdir():
            os.replace(part, folder / part.name)
    except BaseException:
        for name in ("assets", "scenes"):
            shutil.rmtree(folder / name, ignore_errors=True)
        raise
