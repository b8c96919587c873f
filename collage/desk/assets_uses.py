"""Where cut-outs are used: every layer of every scene in a project, by file, line and frames.

A scene may lie anywhere in its project, so all of it is walked, but for hidden folders, `assets/`, and folders that
hold projects of their own.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from collage.errors import CollageError, Finding, Loc, SceneError
from collage.exposure.problems import Problems
from collage.exposure.span import layer_span, scene_clock
from collage.registry.catalogue import inside
from collage.scene.guard import MOST_BYTES, check_depth, load_text
from collage.scene.likeness import own_name, unlike
from collage.scene.model import Layer, Scene
from collage.scene.reader import is_film, parse_source, read_film, read_source
from collage.scene.source import Source
from collage.timing import Span

MOST_TEXTS = 20_000
"""Texts looked through in one project."""


class Use(NamedTuple):
    """A layer that shows an asset: where that is written, what the layer is called, and its frames in its own scene;
    a layer that is `like` another, and writes no asset itself, is a use where it says so."""

    asset: str
    path: str
    line: int
    column: int
    layer: str
    frames: Span
    loc: Loc = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """All uses, in order of file and line, and the first finding of each text that could not be looked through."""

    uses: tuple[Use, ...] = ()
    unread: tuple[Finding, ...] = ()


def survey(root: Path, asset: str | None = None) -> Survey:
    """Every use in a project of one asset, or of all. CollageError for a project of too many texts."""
    uses: list[Use] = []
    unread: list[Finding] = []
    for path in texts(root):
        name = path.relative_to(root).as_posix()
        try:
            text = load_text(path)
            if not _mentions(text, asset):
                continue
            uses += (use for use in uses_in(name, text) if asset in (None, use.asset))
        except SceneError as error:
            unread.append(error.findings[0])
        except CollageError as error:
            unread.append(Finding(name, 0, 0, str(error)))
    return Survey(tuple(sorted(uses)), tuple(sorted(unread)))


def texts(root: Path) -> list[Path]:
    """Every TOML file of a project that may be a scene, sorted."""
    found: list[Path] = []
    for folder, folders, files in os.walk(root):
        own = Path(folder) != root
        if own and "assets" in folders:
            folders[:] = []
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and (own or name != "assets"))
        found += (Path(folder) / name for name in files if name.endswith(".toml") and not is_film(name))
        if len(found) > MOST_TEXTS:
            raise CollageError(f"{root}: more than {MOST_TEXTS} texts in this project: make several of it")
    return sorted(path for path in found if path.is_file())


def uses_in(name: str, text: str) -> Iterator[Use]:
    """The uses in one text, none if it is no scene; SceneError if it is one and can't be read."""
    if not _is_scene(text):
        return
    scene, source = parse_source(text, name)
    whole = unlike(scene)
    clock, length = scene_clock(whole, Problems())
    for index, (layer, written) in enumerate(zip(whole.layer, scene.layer, strict=True)):
        span = layer_span(layer, index, clock, length, Problems())[1]
        if layer.asset:
            loc: Loc = ("layer", index, "asset" if written.asset else "like")
            yield _use(source, layer.asset, own_name(layer) or f"layer {index + 1}", span, loc)
        for part, loc in _parts(written, ("layer", index)):
            yield _use(source, str(part.asset), ".".join(map(str, loc[3:-1])), span, loc)


def seen(root: Path, path: Path) -> frozenset[str]:
    """The assets that a scene, with those nested in it, or a film can show. SceneError, AssetError as the reader."""
    names: set[str] = set()
    waiting, known = [path.resolve()], set[Path]()
    while waiting:
        text = waiting.pop()
        if text in known:
            continue
        known.add(text)
        scenes = [shot.scene for shot in read_film(text)[0].shot] if is_film(text) else _shown(text, names)
        waiting += (inside(root, scene) for scene in scenes)
    return frozenset(names)


def _shown(path: Path, names: set[str]) -> list[str]:
    """The scenes nested in one scene; its own assets are added to `names`."""
    scene: Scene = unlike(read_source(path)[0])
    layers = [part for layer in scene.layer for part in (layer, *(part for part, _ in _all_parts(layer, ())))]
    names.update(layer.asset for layer in layers if layer.asset)
    return [layer.scene for layer in layers if layer.scene]


def _all_parts(layer: Layer, loc: Loc) -> Iterator[tuple[Layer, Loc]]:
    for name, part in layer.part.items():
        yield part, (*loc, "part", name)
        yield from _all_parts(part, (*loc, "part", name))


def _parts(layer: Layer, loc: Loc) -> Iterator[tuple[Layer, Loc]]:
    """What a layer puts in the place of pieces inside its nested scene, with where their assets are written."""
    return ((part, (*place, "asset")) for part, place in _all_parts(layer, loc) if part.asset)


def _use(source: Source, asset: str, layer: str, span: Span, loc: Loc) -> Use:
    place = source.finding(loc, "")
    return Use(asset, place.path, place.line, place.column, layer, span, loc)


def _mentions(text: str, asset: str | None) -> bool:
    """Whether a text may name the asset: what is escaped isn't looked for, so any escape may."""
    return "\\" in text or (asset or "asset") in text


def _is_scene(text: str) -> bool:
    """Whether a text has layers, or would have if it could be read."""
    if "layer" not in text or len(text) > MOST_BYTES:
        return False
    try:
        check_depth(text)
        document = tomllib.loads(text)
    except (ValueError, RecursionError):
        return "[[layer]]" in text
    return "format" in document and isinstance(document.get("layer"), list)
