"""What a layer shows, with its size, pivot and hooks: a registry entry's drawings, a card, or set type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from collage.colours import parse_colour
from collage.errors import suggest
from collage.exposure.cel import Card, Lettering
from collage.exposure.cutouts import Cut, cut_of
from collage.geometry import Point
from collage.registry.catalogue import Catalogue, Drawing
from collage.registry.hooks import Hook, MovingHook
from collage.registry.probe import set_type
from collage.scene.model import Layer


@dataclass(frozen=True, slots=True)
class Shown:
    """A layer's content, its size in its own pixels, and the registry's facts of it."""

    content: Mapping[str, Drawing] | Card | Lettering | None
    size: tuple[float, float]
    pivot: Point | None = None
    hooks: Mapping[str, Hook] = field(default_factory=dict)
    cut: Cut | None = None

    @property
    def first(self) -> str | None:
        """The drawing that shows when no key says otherwise."""
        return next(iter(self.content)) if isinstance(self.content, Mapping) else None


def shown(layer: Layer, catalogue: Catalogue) -> Shown:
    """AssetError for an unknown asset or a font that can't be read; ValueError for a layer that shows nothing."""
    if layer.asset is not None:
        asset = catalogue.asset(layer.asset)
        return Shown(dict(asset.drawings), asset.size, asset.pivot, asset.hooks, cut_of(layer, asset))
    if layer.card is not None and layer.size is not None:
        return Shown(Card(layer.size, parse_colour(layer.card)), layer.size)
    if layer.text is not None:
        return _set(layer, catalogue)
    if layer.group:
        return Shown(None, (0.0, 0.0))
    raise ValueError('a layer shows an asset, a text, or a card with its size: write asset = "props/rocket"')


def pivot_of(layer: Layer, what: Shown) -> Point:
    """The layer's own pivot, else the registry's, else the centre. Hooks of the parent's hook's name: `Stage.pivot`."""
    if isinstance(layer.pivot, str):
        if layer.pivot not in what.hooks:
            raise ValueError(f'no hook "{layer.pivot}" on {label(layer)}.{suggest(layer.pivot, what.hooks)}')
        hook = what.hooks[layer.pivot]
        if isinstance(hook, MovingHook):
            raise ValueError(f'"{layer.pivot}" moves with the drawings: a pivot stays, so name another hook')
        return hook
    if layer.pivot is not None:
        return _of_picture(layer.pivot[0], what.size[0]), _of_picture(layer.pivot[1], what.size[1])
    return what.pivot or (what.size[0] / 2, what.size[1] / 2)


def label(layer: Layer, index: int = 0) -> str:
    """What messages call a layer."""
    if layer.name:
        return layer.name
    if layer.asset or layer.scene:
        return (layer.asset or str(layer.scene).removesuffix(".toml")).rpartition("/")[2]
    return f"layer {index + 1}"


def _of_picture(extent: float | str, side: float) -> float:
    return side * float(extent[:-1]) / 100 if isinstance(extent, str) else float(extent)


def _set(layer: Layer, catalogue: Catalogue) -> Shown:
    kind = layer.type
    font: Path | None = catalogue.inside(kind.font) if kind.font else None
    lines, size = set_type(
        layer.text or "", font=font, size=kind.size, align=kind.align, leading=kind.leading, box=layer.size
    )
    lettering = Lettering(lines, str(font or ""), kind.size, parse_colour(kind.colour), size)
    return Shown(lettering, size)
