"""The sheet that tells what is wrong in a text: in words, and with the very line and a caret under its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collage.geometry import Size
from collage.player.excerpt import Excerpt
from collage.player.fit import scale_into
from collage.player.overlay import FAINT_INK, INK, RED, sheet, shrunk, words

if TYPE_CHECKING:
    from pygame import Surface


MOST_LINES = 12


def mistake(text: str, where: Excerpt | None, window: Size, *, quiet: bool = False) -> Surface:
    """A sheet of paper, no larger than the window: red words, or plain ones if `quiet`, then the line."""
    em = max(13, min(20, window[1] // 32))
    page = _words(text, max(window[0] - 6 * em, 8 * em), em, INK if quiet else RED)
    if where is not None:
        page = _under(page, _line(where, em), round(0.7 * em))
    drawn = sheet(page, margin=em)
    fit = scale_into(drawn.get_size(), window)
    return drawn if fit >= 1 else shrunk(drawn, fit)


def _words(text: str, widest: int, em: int, ink: tuple[int, int, int]) -> Surface:
    """In lines that are as wide as may be, at most MOST_LINES."""
    import pygame

    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and words(longer, em, ink).get_width() > widest:
            lines.append(word)
        else:
            lines[-1] = longer
    written = [words(line, em, ink) for line in lines[:MOST_LINES]]
    pitch = round(1.3 * em)
    height = pitch * (len(written) - 1) + written[-1].get_height()
    page = pygame.Surface((max(line.get_width() for line in written), height), pygame.SRCALPHA)
    for number, line in enumerate(written):
        page.blit(line, (0, number * pitch))
    return page


def _under(upper: Surface, lower: Surface, gap: int) -> Surface:
    import pygame

    size = max(upper.get_width(), lower.get_width()), upper.get_height() + gap + lower.get_height()
    page = pygame.Surface(size, pygame.SRCALPHA)
    page.blit(upper, (0, 0))
    page.blit(lower, (0, upper.get_height() + gap))
    return page


def _line(where: Excerpt, em: int) -> Surface:
    """Its number, faint, then the line; a red caret points at the place from below."""
    import pygame

    number, written = words(f"{where.line}", em, FAINT_INK), words(where.text, em, INK)
    left = number.get_width() + em
    page = pygame.Surface((left + written.get_width() + em // 2, written.get_height() + em), pygame.SRCALPHA)
    page.blit(number, (0, 0))
    page.blit(written, (left, 0))
    pygame.draw.line(page, FAINT_INK, (left - em // 2, 0), (left - em // 2, written.get_height()))
    if where.column:
        before = where.text[: where.column - 1]
        letter = words(where.text[where.column - 1 : where.column] or " ", em, INK).get_width()
        x = left + (words(before, em, INK).get_width() if before else 0) + letter / 2
        top, half = written.get_height() + em // 10, 0.35 * em
        pygame.draw.polygon(page, RED, [(x, top), (x + half, top + 1.6 * half), (x - half, top + 1.6 * half)])
    return page
