"""A picture of the canvas in the window, as the lens has it: drawn small it is laid as it is, enlarged by its part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collage.geometry import Size, scaled
from collage.player.lens import Lens

if TYPE_CHECKING:
    from pygame import Surface


def part(picture: Surface, lens: Lens) -> tuple[Surface, tuple[int, int]]:
    """What is to be seen of a picture that was drawn at the lens' scale, at most full size, and where its corner lies
    in the window."""
    import pygame

    if not enlarged(picture, lens):
        return picture, place(picture, lens)
    x0, y0, x1, y1 = _seen(picture.get_size(), lens)
    if x1 <= x0 or y1 <= y0:
        return pygame.Surface((1, 1), pygame.SRCALPHA), (-1, -1)
    size = scaled((x1 - x0, y1 - y0), lens.scale)
    return pygame.transform.scale(picture.subsurface((x0, y0, x1 - x0, y1 - y0)), size), place(picture, lens)


def enlarged(picture: Surface, lens: Lens) -> bool:
    """Whether it is smaller than it is to be seen."""
    return lens.scale > 1 and picture.get_size() != scaled(lens.canvas, lens.scale)


def place(picture: Surface, lens: Lens) -> tuple[int, int]:
    """Where the corner of the part that is seen lies in the window."""
    left, top = round(lens.matrix.e), round(lens.matrix.f)
    if not enlarged(picture, lens):
        return left, top
    x0, y0, x1, y1 = _seen(picture.get_size(), lens)
    return (left + round(x0 * lens.scale), top + round(y0 * lens.scale)) if x1 > x0 and y1 > y0 else (-1, -1)


def lay(surface: Surface, picture: Surface, lens: Lens) -> None:
    """Premultiplied where it has alpha."""
    import pygame

    shown, place = part(picture, lens)
    surface.blit(shown, place, special_flags=pygame.BLEND_PREMULTIPLIED if shown.get_flags() & pygame.SRCALPHA else 0)


def _seen(size: Size, lens: Lens) -> tuple[int, int, int, int]:
    """Whole pixels of the canvas that lie in the window."""
    (x0, y0), (x1, y1) = lens.on_canvas((0, 0)), lens.on_canvas(lens.room)
    return max(0, int(x0)), max(0, int(y0)), min(size[0], int(x1) + 1), min(size[1], int(y1) + 1)
