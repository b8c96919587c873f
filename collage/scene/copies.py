"""What one field can't see alone of `repeat`: how many copies there are of what."""

from __future__ import annotations

from collections.abc import Iterator

from collage.scene.model import Repeat, Scene
from collage.scene.references import Problem

MOST_PIECES = 20_000
"""Of all layers of a scene, their copies counted."""
MOST_MOVES = 200_000
"""Of all those pieces together."""


def count(repeat: Repeat) -> int:
    """How many copies it makes: its count, or all of its grid."""
    columns, rows = repeat.grid or (1, 1)
    return repeat.count or columns * rows


def copies(expanded: Scene) -> Iterator[Problem]:
    """What is wrong with each `repeat`, and where there are too many copies altogether."""
    pieces = moves = 0
    for index, layer in enumerate(expanded.layer):
        before, moves = moves, moves + len(layer.move) * (count(layer.repeat) if layer.repeat else 1)
        if before <= MOST_MOVES < moves:
            yield (
                ("layer", index, "move"),
                f"more than {MOST_MOVES} moves up to here, copies counted: make fewer",
            )
        if layer.repeat is None:
            pieces += 1
            continue
        for word, trouble in _troubles(layer.repeat, layer.group):
            yield ("layer", index, "repeat", *word), trouble
        before, pieces = pieces, pieces + count(layer.repeat)
        if before <= MOST_PIECES < pieces:
            yield ("layer", index, "repeat"), f"more than {MOST_PIECES} pieces up to here, copies counted: make fewer"


def _troubles(repeat: Repeat, group: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    if group:
        yield (), "a group can't be repeated: put it in a scene of its own and repeat that"
    if repeat.count is None and repeat.grid is None:
        yield (), "repeat needs to know how often: write repeat.count = 24, or repeat.grid = [6, 4]"
    if repeat.grid and count(repeat) != repeat.grid[0] * repeat.grid[1]:
        columns, rows = repeat.grid
        cells = f"a grid of {columns} x {rows} has {columns * rows} copies"
        yield ("count",), f"{cells}, not {repeat.count}: leave count out, or write another grid"
