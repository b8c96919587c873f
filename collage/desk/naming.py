"""Where assets are named in all that a scene or a film shows: its own text, and those of the scenes inside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from collage.errors import CollageError, Loc
from collage.registry.catalogue import inside
from collage.scene.model import Film, Layer, Scene
from collage.scene.reader import is_film, read_film, read_source
from collage.scene.source import Source


def named(path: Path, root: Path) -> Iterator[tuple[str, Source, Loc]]:
    """Each asset with the text and the place that name it, `part`s included. A file that can't be read is passed over:
    binding tells of those."""
    for whole, source in _texts(path, root):
        for loc, layer in _layers(whole):
            if layer.asset:
                yield layer.asset, source, (*loc, "asset")


def _texts(path: Path, root: Path) -> Iterator[tuple[Scene | Film, Source]]:
    """The file and all that it shows, each once, those by their paths from the root."""
    seen: set[Path] = set()
    waiting = [(path, str(path))]
    for file, called in waiting:  # grows by what each shows
        if file.resolve() in seen:
            continue
        seen.add(file.resolve())
        try:
            whole, source = read_film(file) if is_film(file) else read_source(file)
            shown = [(inside(root, written), written) for written in _shown(whole)]
        except CollageError:
            continue
        yield whole, replace(source, path=called)
        waiting += shown


def _shown(whole: Scene | Film) -> Iterator[str]:
    if isinstance(whole, Film):
        yield from (shot.scene for shot in whole.shot)
    yield from (layer.scene for _, layer in _layers(whole) if layer.scene)


def _layers(whole: Scene | Film) -> Iterator[tuple[Loc, Layer]]:
    """All layers that are written, with the `part`s that change those of other scenes."""
    layers = whole.layer if isinstance(whole, Scene) else ()
    for index, layer in enumerate(layers):
        yield from _with_parts(("layer", index), layer)


def _with_parts(loc: Loc, layer: Layer) -> Iterator[tuple[Loc, Layer]]:
    yield loc, layer
    for name, part in layer.part.items():
        yield from _with_parts((*loc, "part", name), part)
