"""Which assets are seen in a frame: those whose pictures lie on the canvas, whatever may cover them there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collage.exposure.cel import Cel, Pane
from collage.geometry import Affine
from collage.registry.catalogue import Drawing

Window = tuple[Affine, tuple[float, float]]
"""A rectangle (0, 0, width, height) that a picture is seen through, and what maps the pictures' place to its own."""


def seen(cels: Iterable[Cel], size: tuple[int, int]) -> frozenset[str]:
    """Their names, from the cels of a frame on a canvas of that size; what is fully transparent, flattened to a line,
    outside of the canvas, or of the nested scene it lies in, isn't seen. A picture counts by its whole rectangle."""
    return frozenset(_through(cels, ((Affine(), size),)))


def _through(cels: Iterable[Cel], windows: tuple[Window, ...]) -> Iterator[str]:
    for cel in cels:
        content = cel.content
        if not cel.opacity or not isinstance(content, Drawing | Pane):
            continue
        inner = tuple((outer @ cel.matrix, size) for outer, size in windows)
        if isinstance(content, Pane):
            yield from _through(content.cels, inner if content.size is None else (*inner, (Affine(), content.size)))
        elif all(_overlap(matrix, content.size, size) for matrix, size in inner):
            yield content.asset


def _overlap(matrix: Affine, picture: tuple[int, int], window: tuple[float, float]) -> bool:
    """Whether the box around a picture's corners, once they are mapped, shares any room with a window."""
    if not matrix.determinant:
        return False
    width, height = picture
    corners = [matrix.at(corner) for corner in ((0, 0), (width, 0), (0, height), (width, height))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs) < window[0] and max(xs) > 0 and min(ys) < window[1] and max(ys) > 0
