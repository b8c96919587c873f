"""Mattes: which layers are seen through which, and how many pictures that takes at once."""

from __future__ import annotations

from collage.exposure.bench import Bench
from collage.exposure.nesting import MOST_DEEP
from collage.exposure.rig import Rig, Through


def see_through(bench: Bench, rig: Rig) -> None:
    """Give each piece the layer that it is seen through. Which that is, and that no ring goes through mattes, was seen
    to by the text's own rules, as far as text can show it."""
    places = {layer.name: index for index, layer in enumerate(bench.scene.layer)}
    written = {index: layer.matte for index, layer in enumerate(bench.scene.layer) if layer.matte is not None}
    through = {
        index: Through(places[matte.layer], matte.side == "outside", matte.by == "luminance")
        for index, matte in written.items()
    }
    sources = {one.layer for one in through.values()}
    for piece in rig.pieces if through else ():
        piece.through, piece.source = through.get(piece.layer), piece.layer in sources
    rig.mattes = bool(through)
    index = max(through, key=lambda index: _depth(through, index), default=None)
    if index is not None:
        rig.depth += _depth(through, index)
        if rig.depth > MOST_DEEP:
            with bench.problems.at("layer", index, "matte", "layer"):
                raise ValueError(f"more than {MOST_DEEP} groups, scenes and mattes inside one another: use fewer")


def _depth(through: dict[int, Through], index: int) -> int:
    """How many layers are seen through one another, from one on."""
    depth = 0
    while index in through and depth <= MOST_DEEP:
        index, depth = through[index].layer, depth + 1
    return depth
