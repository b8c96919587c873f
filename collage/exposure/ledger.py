"""Who holds what is one of a kind, and when: at any frame no more layers than there are copies.

A layer holds its asset for every frame of its span while it is not hidden; opacity, place and drawing make no
difference. `photostat` declares a deliberate copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from collage.exposure.problems import Problem, Problems
from collage.exposure.rig import Piece, Rig
from collage.registry.catalogue import Catalogue
from collage.scene.model import Layer
from collage.timing import Span

Hold = tuple[Span, int]
"""A span, and the index of the layer that holds."""


def check_copies(rig: Rig, layers: tuple[Layer, ...], catalogue: Catalogue, problems: Problems) -> None:
    """A problem for each layer that wants an asset while all its copies are held by others."""
    holders: dict[str, list[int]] = {}
    for index, piece in enumerate(rig.pieces):
        layer = layers[piece.layer]
        if layer.asset and not layer.photostat:
            holders.setdefault(layer.asset, []).append(index)
    for name, indices in holders.items():
        copies = catalogue.asset(name).copies
        if copies is not None and len(indices) > copies:
            holds = [(span, index) for index in indices for span in held(rig.pieces[index])]
            problems.extend(_breaches(rig, name, copies, sorted(holds)))


def held(piece: Piece) -> Iterator[Span]:
    """The spans in which a piece holds what it shows."""
    steps, (first, end) = piece.hidden.steps, piece.span
    if piece.hiding is not None or (steps is not None and steps.loop is not None):
        cuts = list(range(first, end + 1))
    else:
        frames = (frame + piece.joint.delay for frame in (steps.frames if steps else ()))
        cuts = [first, *(frame for frame in frames if first < frame < end), end]
    yield from (Span(a, b) for a, b in pairwise(cuts) if not piece.gone(a))


def _breaches(rig: Rig, name: str, copies: int, holds: list[Hold]) -> Iterator[Problem]:
    taken: list[Hold] = []
    for span, index in holds:
        taken = [(other, who) for other, who in taken if other.end > span.first]
        if len(taken) >= copies:
            other, who = taken[0]
            kind = "one of a kind" if copies == 1 else f"there {copies} times"
            has = f'"{rig.pieces[who].label}" has it in frames {_words(other)}'
            wants = f'"{rig.pieces[index].label}" wants it in {_words(span)}'
            cure = f"hand it on after frame {other.end - 1}, or write photostat = true"
            yield Problem(("layer", rig.pieces[index].layer, "asset"), f'"{name}" is {kind}: {has}, {wants}; {cure}')
            return
        taken.append((span, index))


def _words(span: Span) -> str:
    return f"{span.first} to {span.end - 1}"
