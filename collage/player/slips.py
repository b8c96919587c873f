"""The slip in the upper left corner: who has what is one of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collage.geometry import Size
from collage.player.holders import Line
from collage.player.overlay import FAINT_INK, INK, RED, sheet, words

if TYPE_CHECKING:
    from pygame import Surface


def held(lines: Sequence[Line], window: Size) -> Surface:
    """A sheet of paper with a row for each asset: its name, and who has it, red while that is news."""
    import pygame

    em = max(13, min(20, window[1] // 36))
    room, pitch = max(window[0] - 4 * em, 4 * em), round(1.35 * em)
    names = [_fitting(line.asset, em, FAINT_INK, room // 2) for line in lines]
    column = max(name.get_width() + em if line.asset else 0 for name, line in zip(names, lines, strict=True))
    have = [_fitting(line.words, em, RED if line.new else INK, room - column) for line in lines]
    width = max(*(name.get_width() for name in names), *(column + holder.get_width() for holder in have))
    page = pygame.Surface((width, pitch * (len(lines) - 1) + have[-1].get_height()), pygame.SRCALPHA)
    for row, (name, holder) in enumerate(zip(names, have, strict=True)):
        page.blit(name, (0, row * pitch))
        page.blit(holder, (column, row * pitch))
    return sheet(page, margin=round(0.8 * em))


def _fitting(text: str, em: int, ink: tuple[int, int, int], room: int) -> Surface:
    """A line of type, cut off where there is no more room."""
    drawn, left = words(text, em, ink), len(text)
    while drawn.get_width() > room and left > 1:
        left -= max(1, left // 12)
        drawn = words(f"{text[:left]}…", em, ink)
    return drawn
