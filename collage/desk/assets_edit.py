"""Cut-outs added and removed: pictures, registry and sign-out sheet change together, or not at all.

`who` is whoever does it, and `now` the time, for the sign-out sheet: nobody touches what somebody else has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from collage.desk.assets import check_new, known
from collage.desk.assets_pictures import MOST_BYTES, Picture, pictures, take
from collage.desk.assets_uses import Survey, survey
from collage.desk.tidy import clean
from collage.errors import AssetError, CollageError
from collage.registry import editing, signouts
from collage.registry.catalogue import Catalogue, inside
from collage.registry.entries import WHERE, Entry
from collage.registry.journal import Change, change


class _New(NamedTuple):
    """A picture that comes in: where it lies now, its name in the box, and its file there."""

    source: Path
    name: str
    file: str
    picture: Picture


def add(root: Path, sources: Sequence[Path], folder: str, *, who: str, now: datetime) -> list[str]:
    """Copy pictures into `assets/FOLDER`, under clean names, with their checksums, and their pivots guessed. Gives the
    new assets' names. CollageError, and nothing changed, if one is no picture, or its name is taken; RunError while
    somebody else has that name on the sheet."""
    new = list(_taken(sources, folder))

    def put_in() -> tuple[Change, list[str]]:
        catalogue = Catalogue.open(root)
        names = catalogue.names()
        for each in new:
            _check_free(root, each, names)
            signouts.refuse_others(root, each.name, who, now)
        facts = {each.name: _facts(each.picture, catalogue.entry(each.name)) for each in new}
        text = editing.with_entries(editing.load(root), facts)
        puts = {each.file: each.picture.content for each in new}
        return Change({**puts, WHERE: text.encode()}), [each.name for each in new]

    return change(root, put_in)


def remove(root: Path, name: str, *, who: str, now: datetime) -> list[str]:
    """Take an asset out: its pictures, its entry, its line on the sheet. Gives the files that are gone. CollageError,
    which says where, while a scene uses it, and where a scene that names it can't be read."""

    def take_out() -> tuple[Change, list[str]]:
        catalogue = Catalogue.open(root)
        known(catalogue, name)
        signouts.refuse_others(root, name, who, now)
        found = survey(root, name)
        refuse_unread(name, found)
        _refuse_used(name, found)
        gone = pictures(root, catalogue, name)
        old = editing.load(root)
        text = editing.without(old, name)
        puts = {WHERE: text.encode()} if text != old else {}
        return Change({**puts, **signouts.moved(root, name, None, now)}, gone), gone

    return change(root, take_out)


def refuse_unread(name: str, found: Survey) -> None:
    """CollageError if a scene can't be read that may use the asset: what isn't understood isn't changed."""
    for finding in found.unread:
        raise AssetError(f'{finding}. Mend this first: the scene may use "{name}"')


def _refuse_used(name: str, found: Survey) -> None:
    if found.uses:
        first, more = found.uses[0], len(found.uses) - 1
        also = f" and {more} more" if more else ""
        raise AssetError(
            f'{first.path}:{first.line}:{first.column}: uses "{name}"{also}: take it out there first. '
            f"collage assets where {name} lists all"
        )


def _taken(sources: Iterable[Path], folder: str) -> Iterator[_New]:
    weight, names = 0, set[str]()
    for source in sources:
        name = _named(source, folder)
        if name in names:
            raise AssetError(f'{source}: it would be "{name}" as well, like one before it: rename the file')
        names.add(name)
        picture = take(source)
        weight += len(picture.content)
        if weight > MOST_BYTES:
            raise CollageError(f"{source}: more than {MOST_BYTES >> 30} GiB up to here: add them in several goes")
        yield _New(source, name, f"assets/{name}{picture.ending}", picture)


def _named(source: Path, folder: str) -> str:
    """The asset's name for a file: its own in plain letters, in the folder that was asked for."""
    stem = clean(source.stem)
    if not stem:
        raise AssetError(f"{source}: its name has no plain letter or digit: rename the file")
    inner = folder.strip("/")
    name = f"{'' if inner == 'assets' else inner.removeprefix('assets/')}/{stem}".lstrip("/")
    try:
        check_new(name)
    except AssetError as error:
        raise AssetError(f"{source}: {error}. Write --to props, or rename the file") from None
    return name


def _check_free(root: Path, new: _New, names: Sequence[str]) -> None:
    if new.name in names:
        raise AssetError(
            f'{new.source}: there is an asset "{new.name}" already: rename the file, or sign that one out by collage '
            f"signout {new.name} and put this in its place by collage assets replace"
        )
    if inside(root, new.file).exists():
        raise AssetError(f"{new.source}: {new.file} is there already, as a drawing of another: rename the file")


def _facts(picture: Picture, written: Entry) -> dict[str, object]:
    """What the registry says of a new picture; a pivot that was written before it came is not guessed over."""
    pivot: dict[str, object] = {"pivot": picture.foot} if picture.foot and not written.pivot else {}
    return {**pivot, "sha256": picture.sha256}
