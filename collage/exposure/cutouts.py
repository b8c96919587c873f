"""How drawings were printed and cut: what the layer writes over what the registry does, key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from collage.colours import parse_colour
from collage.exposure.cel import Cutout, Edge, Print
from collage.registry.catalogue import Asset, Drawing
from collage.scene import paper
from collage.scene.model import Layer, Table

T = TypeVar("T", bound=Table)
HANDS = 4
"""So many handovers double what an edge shows of wear."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The paper of all drawings of a piece; `boil` knives cut it in turn, one an exposure, 0 for always the same."""

    edge: Edge | None
    print: Print | None
    boil: int = 0

    @property
    def wears(self) -> bool:
        """Whether it shows how often it was handed on."""
        return self.edge is not None and self.edge.wear > 0

    def out(self, drawing: Drawing, number: int, handovers: int) -> Cutout:
        """A drawing as it is at an exposure's number, handed on so many times before."""
        edge = self.edge
        if edge is not None and (self.boil or edge.wear):
            wear = min(1.0, edge.wear * (1 + handovers / HANDS))
            edge = edge._replace(knife=number % self.boil if self.boil else 0, wear=wear)
        return Cutout(drawing, edge, self.print)


def cut_of(layer: Layer, asset: Asset) -> Cut | None:
    """How a layer's asset is printed and cut; None if neither it nor the registry says anything of that."""
    edge = _over(paper.Edge, asset.edge, layer.edge)
    press = _over(paper.Print, asset.print, layer.print)
    if edge is None and press is None:
        return None
    cut, inked = None if edge is None else _edge(edge), None if press is None else _print(press)
    return Cut(cut, inked, 0 if edge is None else edge.boil)


def _over(kind: type[T], below: Mapping[str, Any] | None, above: T | None) -> T | None:
    """The registry's keys with the layer's laid over them, the rest by default."""
    if below is None and above is None:
        return None
    own = {} if above is None else {key: getattr(above, key) for key in above.model_fields_set}
    written = {**(below or {}), **{key: value for key, value in own.items() if value is not None}}
    return cast(T, kind.model_construct(**written))


def _edge(written: paper.Edge) -> Edge:
    return Edge(
        float(written.border), parse_colour(written.colour), float(written.wobble), float(written.torn),
        float(written.dark), float(written.wear),
    )  # fmt: skip


def _print(written: paper.Print) -> Print:
    inks = tuple(parse_colour(ink) for ink in written.inks)
    return Print(float(written.halftone), inks, float(written.fibre), float(written.photocopy))
