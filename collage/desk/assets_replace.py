"""Another picture in the place of a cut-out's, or of one of its drawings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from collage.desk.assets import known, sound
from collage.desk.assets_pictures import Picture, pictures, take
from collage.errors import AssetError, suggest
from collage.registry import editing, probe
from collage.registry.catalogue import Catalogue, inside
from collage.registry.entries import WHERE, Entry
from collage.registry.journal import Change, change
from collage.registry.signouts import refuse_untaken

_ALIKE = {".jpeg": ".jpg", ".tiff": ".tif"}
"""Endings of one format."""


class Replaced(NamedTuple):
    """What there was and what there is, as (width, height) in pixels; None where the old one was broken. `pinned` says
    which facts of the registry are points in pixels: pivot, hooks, both or neither."""

    old: tuple[int, int] | None
    new: tuple[int, int]
    pinned: tuple[str, ...]


def replace(root: Path, name: str, source: Path, *, drawing: str | None = None, who: str, now: datetime) -> Replaced:
    """Put a picture in the place of an asset's only one, or of a drawing's, with its checksum. Pivot and hooks stay as
    they are written. RunError unless `who` has signed it out; CollageError for a file that is no picture, or isn't of
    the size or kind that the other drawings ask for."""
    picture = take(source)

    def put_in_place() -> tuple[Change, Replaced]:
        catalogue = Catalogue.open(root)
        entry = catalogue.entry(known(catalogue, name))
        refuse_untaken(root, name, who, now)
        asset = sound(catalogue, name)
        done = Replaced(asset.size if asset else None, picture.size, tuple(_pinned(entry)))
        if entry.drawings or entry.frames:
            files = catalogue.pictures(name, entry)
            return _of_drawing(root, name, entry, files, _chosen(name, files, drawing), source, picture), done
        if drawing not in (None, name.rpartition("/")[2]):
            raise AssetError(f'"{name}" is one picture and has no drawings: leave out --drawing')
        file = f"assets/{name}{picture.ending}"
        text = editing.with_facts(editing.load(root), name, {"sha256": picture.sha256})
        gone = [old for old in pictures(root, catalogue, name) if old != file]
        return Change({file: picture.content, WHERE: text.encode()}, gone), done

    return change(root, put_in_place)


def moved_points(name: str, done: Replaced) -> str | None:
    """The warning for a picture of another size whose points may lie elsewhere now; None if there is nothing to say."""
    if done.old is None or done.old == done.new or not done.pinned:
        return None
    was, points = _in_words(done.old), " and ".join(f"the {each}" for each in done.pinned)
    return f"{WHERE}: {name} was {was} and is {_in_words(done.new)} now: look whether {points} still fit"


def _chosen(name: str, files: Mapping[str, str], drawing: str | None) -> str:
    if drawing is not None and drawing in files:
        return drawing
    some = f"{', '.join([*files][:12])}{' and more' if len(files) > 12 else ''}"
    if drawing is None:
        raise AssetError(f'"{name}" has several drawings: say which by --drawing {next(iter(files))}. There are {some}')
    raise AssetError(f'"{name}" has no drawing "{drawing}".{suggest(drawing, files) or f" There are {some}"}')


def _of_drawing(
    root: Path, name: str, entry: Entry, files: Mapping[str, str], drawing: str, source: Path, picture: Picture
) -> Change:
    """The change of one drawing: its file keeps its name, by which the entry knows it."""
    file = f"assets/{files[drawing]}"
    ending = "." + file.rpartition(".")[2]
    if _ALIKE.get(picture.ending, picture.ending) != _ALIKE.get(ending, ending):
        raise AssetError(f'{source}: drawing "{drawing}" of "{name}" is {file}: save this one as {ending} as well')
    others = [inside(root, f"assets/{other}") for key, other in files.items() if key != drawing]
    size = _first_size(others)
    if size and size != picture.size:
        is_now, asked = _in_words(picture.size), _in_words(size)
        raise AssetError(f'{source}: is {is_now}, but the other drawings of "{name}" are {asked}: make it of that size')
    puts = {file: picture.content}
    if entry.sha256:
        whole = (picture.content if key == drawing else inside(root, f"assets/{each}").read_bytes()
                 for key, each in files.items())  # fmt: skip
        text = editing.with_facts(editing.load(root), name, {"sha256": _checksum(whole)})
        puts[WHERE] = text.encode()
    return Change(puts)


def _first_size(paths: Iterable[Path]) -> tuple[int, int] | None:
    """Of the first that can be read: sound drawings are all of one size."""
    for path in paths:
        with suppress(AssetError):
            return probe.size(path)
    return None


def _checksum(contents: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for content in contents:
        total.update(content)
    return total.hexdigest()


def _pinned(entry: Entry) -> Iterable[str]:
    """Which of an entry's points are written in pixels."""
    if entry.pivot and _in_pixels(entry.pivot):
        yield "pivot"
    places = [place for hook in entry.hooks.values() for place in (hook.values() if isinstance(hook, dict) else [hook])]
    if any(place and _in_pixels(place) for place in places):
        yield "hooks"


def _in_words(size: tuple[int, int]) -> str:
    return f"{size[0]}×{size[1]}"


def _in_pixels(place: tuple[float | str, float | str]) -> bool:
    return any(not isinstance(part, str) for part in place)
