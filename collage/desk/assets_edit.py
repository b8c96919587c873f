"""Cut-outs added, replaced and removed: pictures and registry change together, or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from collage.desk.assets import known
from collage.desk.assets_check import files
from collage.desk.assets_uses import Survey, survey
from collage.desk.tidy import clean
from collage.errors import AssetError, CollageError, RunError
from collage.files import make_folder, unwritten, write_whole
from collage.registry import editing
from collage.registry.catalogue import ENDINGS, Catalogue, inside
from collage.registry.entries import ASSET, WHERE
from collage.registry.signouts import login, signed_out, until_when

_MOST_BYTES = 2**30
_SOLID = 128
"""From this alpha on, a pixel counts as part of the piece."""
Facts = dict[str, object]
_NONE: Mapping[Path, Path] = {}


def add(root: Path, sources: Sequence[Path], folder: str) -> list[str]:
    """Copy pictures into `assets/FOLDER`, under clean names, with their checksums, and their pivots guessed. Gives the
    new assets' names. CollageError, and nothing changed, if one is no picture or its name is taken."""
    catalogue, text = Catalogue.open(root), editing.load(root)
    pictures: dict[str, bytes] = {}
    for source in sources:
        name = _named(source, folder)
        file = f"{name}{_ending(source)}"
        if name in catalogue.names() or any(name == other.rpartition(".")[0] for other in pictures):
            raise AssetError(f'{source}: there is an asset "{name}" already: rename the file, or use assets replace')
        if inside(root, f"assets/{file}").exists():
            raise AssetError(f"{source}: assets/{file} is there already, as a drawing of another: rename the file")
        pictures[file], facts = _taken(source)
        if sum(map(len, pictures.values())) > _MOST_BYTES:
            raise CollageError(f"{source}: more than {_MOST_BYTES >> 30} GiB up to here: add them in several goes")
        text = editing.with_facts(text, name, facts)
    changes = {inside(root, f"assets/{file}"): content for file, content in pictures.items()}
    carry_out({**changes, inside(root, WHERE): text.encode()})
    return [file.rpartition(".")[0] for file in pictures]


def replace(root: Path, name: str, source: Path) -> None:
    """Put another picture in the place of an asset's only one, and its checksum. A pivot that was written stays as it
    is; none is guessed. CollageError for an asset of several drawings, or a file that is no picture."""
    catalogue = Catalogue.open(root)
    entry = catalogue.entry(known(catalogue, name))
    if entry.drawings or entry.frames:
        raise AssetError(f'"{name}" has several drawings: save each over its own file, then run assets check')
    content, facts = _taken(source)
    old = _files_of(root, name)
    new = inside(root, f"assets/{name}{_ending(source)}")
    text = editing.with_facts(editing.load(root), name, {"sha256": facts["sha256"]})
    gone = [path for path in old if path != new]
    carry_out({new: content, inside(root, WHERE): text.encode()}, gone)


def remove(root: Path, name: str) -> list[Path]:
    """Take an asset out, its pictures and its entry. Gives the files that are gone. CollageError, which says where,
    while a scene uses it, and where a scene that names it can't be read."""
    catalogue = Catalogue.open(root)
    known(catalogue, name)
    refuse_unread(root, name, found := survey(root, name))
    if found.uses:
        first, more = found.uses[0], len(found.uses) - 1
        also = f" and {more} more" if more else ""
        raise AssetError(
            f'{first.path}:{first.line}:{first.column}: uses "{name}"{also}: take it out there first. '
            f"collage assets where {name} lists all"
        )
    entry = catalogue.entry(name)
    gone = files(catalogue.asset(name)) if entry.drawings or entry.frames else _files_of(root, name)
    text, registry = editing.without(editing.load(root), name), inside(root, WHERE)
    carry_out({registry: text.encode()} if registry.exists() else {}, gone)
    return gone


def refuse_taken(root: Path, name: str, who: str | None, now: datetime) -> None:
    """RunError while the sign-out sheet has the asset with somebody else than `who`, or than the one logged in."""
    taken = signed_out(root, now).get(name)
    if taken and taken.name != (who or login()):
        raise RunError(
            f'"{name}" is with {taken.name} {until_when(taken)}: ask for it, or say who you are by --as {taken.name}'
        )


def refuse_unread(root: Path, name: str, found: Survey) -> None:
    """CollageError if a scene can't be read that may use the asset: what isn't understood isn't changed."""
    for finding in found.unread:
        raise AssetError(f'{finding}. Mend this first: the scene may use "{name}"')


def carry_out(changes: Mapping[Path, bytes], gone: Sequence[Path] = (), moves: Mapping[Path, Path] = _NONE) -> None:
    """Write files, move others, and take some away, in this order; whatever fails, all is put back as it was."""
    undo: list[Callable[[], object]] = []
    aside = {path: path.with_name(f".{path.name}.{os.getpid()}.tmp") for path in gone}
    try:
        for old, new in {**moves, **aside}.items():
            make_folder(new.parent)
            os.replace(old, new)
            undo.append(lambda old=old, new=new: os.replace(new, old))  # type: ignore[misc]
        for path, content in changes.items():
            before = path.read_bytes() if path.exists() else None
            make_folder(path.parent)
            undo.append(lambda path=path, before=before: _put_back(path, before))  # type: ignore[misc]
            write_whole(path, content)
    except BaseException as error:
        for back in reversed(undo):
            with suppress(OSError, CollageError):
                back()
        if isinstance(error, OSError):
            raise unwritten(Path(error.filename or "assets"), error) from error
        raise
    for path in aside.values():
        with suppress(OSError):
            path.unlink()


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != before:
        write_whole(path, before)


def _named(source: Path, folder: str) -> str:
    """The asset's name for a file: its own in plain letters, in the folder that was asked for."""
    stem = clean(source.stem)
    if not stem:
        raise AssetError(f"{source}: its name has no plain letter or digit: rename the file")
    name = f"{folder.strip('/')}/{stem}".lstrip("/")
    if not ASSET.fullmatch(name) or name == "format":
        raise AssetError(
            f'"{name}" is no name for an asset: lower-case letters, digits, _ and -, folders joined by /. Write --to '
            "props, or rename the file"
        )
    return name


def _ending(source: Path) -> str:
    ending = source.suffix.lower()
    if ending not in ENDINGS:
        raise AssetError(f"{source}: not a picture this takes: save it as PNG, JPEG, WebP or TIFF")
    return ending


def _taken(source: Path) -> tuple[bytes, Facts]:
    """A picture's bytes, once it has been decoded to its end, and what the registry says of it."""
    from collage.glass.decode import decode

    pixels = decode(source)
    try:
        with source.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except OSError as error:
        raise AssetError(f"{source}: can't be read ({error.strerror}): check its permissions") from None
    foot = _foot(pixels[..., 3])
    pivot: Facts = {"pivot": foot} if foot else {}
    return content, {**pivot, "sha256": hashlib.sha256(content).hexdigest()}


def _foot(alpha: object) -> tuple[int, int] | None:
    """Where a piece stands: the middle of the lowest fiftieth of what is solid. None for a picture without a
    silhouette, which is best held at its centre."""
    import numpy as np

    solid = np.asarray(alpha) >= _SOLID
    rows = np.flatnonzero(solid.any(axis=1))
    if not len(rows) or solid.all():
        return None
    tall = int(rows[-1] - rows[0]) + 1
    columns = np.flatnonzero(solid[int(rows[-1]) - tall // 50 : int(rows[-1]) + 1].any(axis=0))
    return int(columns[0] + columns[-1] + 1) // 2, int(rows[-1]) + 1


def _files_of(root: Path, name: str) -> list[Path]:
    """Every picture of an asset without drawings, also of one that is broken by having two."""
    return [path for ending in ENDINGS if (path := inside(root, f"assets/{name}{ending}")).is_file()]
