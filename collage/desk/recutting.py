"""Which pieces of a scene or a film someone else is re-cutting: a warning at each line that names one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from collage.errors import CollageError, Finding, Loc
from collage.registry.catalogue import inside
from collage.registry.sheet import SignOut
from collage.registry.signouts import findings, signed_out, until_when
from collage.scene.model import Film, Layer, Scene
from collage.scene.reader import is_film, read_film, read_source
from collage.scene.source import Source


def recut(path: Path, root: Path, name: str, now: datetime) -> list[Finding]:
    """Of a scene or a film and the scenes inside it, as `name` sees them; what is wrong with the sheet instead, if
    anything is. Files that can't be read are passed over: binding tells of those."""
    if wrong := findings(root):
        return list(wrong)
    taken = {asset: entry for asset, entry in signed_out(root, now).items() if entry.name != name}
    return list(_warnings(path, root, taken)) if taken else []


def _warnings(path: Path, root: Path, taken: Mapping[str, SignOut]) -> Iterator[Finding]:
    for whole, source in _texts(path, root):
        for loc, layer in _layers(whole):
            if entry := taken.get(layer.asset or ""):
                has = f'"{entry.asset}" is being re-cut by {entry.name}, {until_when(entry)}'
                yield source.finding((*loc, "asset"), f"{has}: it may change. Ask them, or check again then", "warning")


def _texts(path: Path, root: Path) -> Iterator[tuple[Scene | Film, Source]]:
    """The file and all that it shows, each once, those by their paths from the root."""
    seen: set[Path] = set()
    todo = [(path, str(path))]
    while todo:
        file, called = todo.pop()
        if file.resolve() in seen:
            continue
        seen.add(file.resolve())
        try:
            whole, source = read_film(file) if is_film(file) else read_source(file)
            shown = [(inside(root, written), written) for written in _shown(whole)]
        except CollageError:
            continue
        yield whole, replace(source, path=called)
        todo += shown


def _shown(whole: Scene | Film) -> Iterator[str]:
    if isinstance(whole, Film):
        yield from (shot.scene for shot in whole.shot)
    yield from (layer.scene for _, layer in _layers(whole) if layer.scene)


def _layers(whole: Scene | Film) -> Iterator[tuple[Loc, Layer]]:
    """All layers that are written, with the `part`s that change those of other scenes."""
    layers = whole.layer if isinstance(whole, Scene) else ()
    todo: list[tuple[Loc, Layer]] = [(("layer", index), layer) for index, layer in enumerate(layers)]
    while todo:
        loc, layer = todo.pop()
        yield loc, layer
        todo += [((*loc, "part", name), part) for name, part in layer.part.items()]
