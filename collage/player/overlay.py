"""What lies over and under the picture in the window: the panel of keys, a note, the strip of time, the checks.

Cut from the same paper as everything else. Needs `pygame.font.init()`; sizes follow the window's height, so that
they read alike on any screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from collage.geometry import Size, scaled
from collage.player.fit import centred, scale_into
from collage.player.keys import TABLE, Row

if TYPE_CHECKING:
    from pygame import Surface

SURROUND = (28, 26, 25)
PAPER = (246, 240, 226)
CAP = (255, 252, 243)
INK = (46, 38, 34)
FAINT_INK = (133, 120, 105)
RED = (184, 64, 46)
MUSTARD = (217, 160, 54)
TEAL = (92, 156, 160)
CHECKS = (222, 222, 222), (205, 205, 205)

MOST_COLUMNS = 4
FINE = 4
"""Cut edges are drawn so much larger and then shrunk, which smooths them."""


def panel(window: Size, rows: Sequence[Row] = TABLE) -> Surface:
    """The panel of keys, every row of the table that has any, in as many columns as let it be read best, and sized to
    sit in the window with some air around it."""
    em = max(13, min(24, window[1] // 36))
    drawn = sheet(_rows([row for row in rows if row.shown], em, window), margin=round(1.6 * em))
    fit = scale_into(drawn.get_size(), window)
    return drawn if fit >= 1 else shrunk(drawn, fit)


def note(text: str, window: Size) -> Surface:
    """A slip of paper with one line of text, shortened from the left if the window is narrow."""
    em = max(13, min(22, window[1] // 30))
    written = words(text, em, INK)
    while written.get_width() > window[0] - 4 * em and len(text) > 8:
        text = "…" + text[max(2, len(text) // 16) :]
        written = words(text, em, INK)
    return sheet(written, margin=round(0.7 * em))


def checks(size: Size) -> Surface:
    """The quiet checkerboard that stands for nothing, under a transparent scene."""
    import pygame

    side = 12
    board = pygame.Surface(size)
    board.fill(CHECKS[0])
    for row in range(0, size[1], side):
        for column in range(side * (row // side % 2), size[0], 2 * side):
            board.fill(CHECKS[1], (column, row, side, side))
    return board


def icon() -> Surface:
    """The window's icon: a cut-out on newsprint."""
    import pygame

    large = pygame.Surface((256, 256), pygame.SRCALPHA)
    pygame.draw.rect(large, (214, 200, 168), (8, 8, 240, 240), border_radius=28)
    pygame.draw.polygon(large, PAPER, [(62, 202), (52, 96), (132, 36), (212, 104), (196, 208)])
    pygame.draw.polygon(large, RED, [(80, 186), (72, 106), (132, 58), (194, 112), (180, 192)])
    return pygame.transform.smoothscale(large, (64, 64))


def _rows(rows: Sequence[Row], em: int, window: Size) -> Surface:
    """The table under its headline: of columns as many as shrink it the least."""
    import pygame

    caps, lines = [_caps(row.shown, em) for row in rows], [words(row.line, em, INK) for row in rows]
    pitch, top, gap = round(1.95 * em), round(2.2 * em), round(2.5 * em)

    def columns(count: int) -> list[range]:
        tall = -(-len(rows) // count)
        return [range(first, min(first + tall, len(rows))) for first in range(0, len(rows), tall)]

    def widths(column: range) -> tuple[int, int]:
        return max(caps[row].get_width() for row in column), max(lines[row].get_width() for row in column)

    def size(count: int) -> Size:
        wide = sum(cap + em + line for cap, line in map(widths, columns(count)))
        return wide + gap * (count - 1), top + pitch * len(columns(count)[0])

    best = max(range(1, MOST_COLUMNS + 1), key=lambda count: min(1.0, scale_into(size(count), window)))
    table = pygame.Surface(size(best), pygame.SRCALPHA)
    table.blit(words("Keys", round(1.5 * em), RED), (0, 0))
    pygame.draw.line(table, FAINT_INK, (0, round(1.5 * em)), (table.get_width(), round(1.5 * em)))
    x = 0
    for column in columns(best):
        wide, line_wide = widths(column)
        for number, row in enumerate(column):
            y = top + number * pitch
            table.blit(caps[row], (x + wide - caps[row].get_width(), y))
            table.blit(lines[row], (x + wide + em, y + (caps[row].get_height() - lines[row].get_height()) // 2))
        x += wide + em + line_wide + gap
    return table


def _caps(names: tuple[str, ...], em: int) -> Surface:
    """Key caps in a row, each a small card with a thicker lower edge."""
    import pygame

    labels = [words(name, em, INK) for name in names]
    height, gap = round(1.65 * em), round(0.35 * em)
    widths = [max(height, label.get_width() + em) for label in labels]
    row = pygame.Surface((sum(widths) + gap * (len(names) - 1), height), pygame.SRCALPHA)
    x = 0
    for label, width in zip(labels, widths, strict=True):
        row.blit(_cap((width, height), em), (x, 0))
        row.blit(label, (x + (width - label.get_width()) // 2, (height - em // 6 - label.get_height()) // 2))
        x += width + gap
    return row


def _cap(size: Size, em: int) -> Surface:
    import pygame

    width, height, edge = size[0] * FINE, size[1] * FINE, max(FINE, em * FINE // 14)
    round_by, foot = em * FINE // 3, em * FINE // 6
    cap = pygame.Surface((width, height), pygame.SRCALPHA)
    pygame.draw.rect(cap, FAINT_INK, (0, 0, width, height), border_radius=round_by)
    face = (edge, edge, width - 2 * edge, height - 2 * edge - foot)
    pygame.draw.rect(cap, CAP, face, border_radius=round_by - edge)
    return pygame.transform.smoothscale(cap, size)


def sheet(content: Surface, margin: int) -> Surface:
    """A sheet of paper cut by hand to hold `content`, with the soft shadow it casts to the lower right."""

    inner = content.get_width() + 2 * margin, content.get_height() + 2 * margin
    depth = max(3, margin // 3)
    air = 3 * depth + FINE  # room for the shadow to fade away in
    whole = inner[0] + 2 * air, inner[1] + 2 * air
    cut = _cut(inner, whole, air, slack=max(2, margin // 6))
    sheet = _soft(_in_colour(cut, (0, 0, 0, 120)), depth)
    sheet.scroll(depth // 2, depth // 2, 0)
    sheet.blit(_in_colour(cut, (*PAPER, 255)), (0, 0))
    sheet.blit(content, (air + margin, air + margin))
    return sheet


def _soft(shape: Surface, radius: int) -> Surface:
    """Blurred small and enlarged again, which looks the same and takes a tenth of the time."""
    import pygame

    small = pygame.transform.gaussian_blur(shrunk(shape, 1 / FINE), max(1, radius // FINE))
    return pygame.transform.smoothscale(small, shape.get_size())


def _cut(inner: Size, whole: Size, air: int, slack: int) -> Surface:
    """A white quadrangle whose sides a knife left a little off square."""
    import pygame

    left, top, right, bottom = air, air, air + inner[0], air + inner[1]
    corners = [(left + slack, top), (right, top + slack / 2), (right - slack / 2, bottom), (left, bottom - slack)]
    fine = pygame.Surface((whole[0] * FINE, whole[1] * FINE), pygame.SRCALPHA)
    pygame.draw.polygon(fine, "white", [(x * FINE, y * FINE) for x, y in corners])
    return pygame.transform.smoothscale(fine, whole)


def _in_colour(shape: Surface, colour: tuple[int, int, int, int]) -> Surface:
    import pygame

    tinted = shape.copy()
    tinted.fill((255, 255, 255, 0), special_flags=pygame.BLEND_RGBA_MAX)
    tinted.fill(colour, special_flags=pygame.BLEND_RGBA_MULT)
    return tinted


def shrunk(surface: Surface, fit: float) -> Surface:
    """Smaller, smoothly."""
    import pygame

    return pygame.transform.smoothscale(surface, scaled(surface.get_size(), fit))


def words(text: str, em: int, colour: tuple[int, int, int]) -> Surface:
    """A line of type, set large and shrunk: set small, the letters would be pushed to whole pixels."""
    import pygame

    if not text:  # nothing can't be shrunk: SDL's smooth scaling falls over a picture without width
        return pygame.Surface((1, em), pygame.SRCALPHA)
    large = pygame.font.Font(None, em * FINE).render(text, True, colour)
    return shrunk(large, 1 / FINE)


def lay(surface: Surface, piece: Surface) -> None:
    """Put a panel in the middle of the window."""
    surface.blit(piece, centred(piece.get_size(), surface.get_size()))


def lay_low(surface: Surface, floor: int, *pieces: Surface) -> None:
    """Put slips near the window's lower edge, or above what lies there from `floor` down, the first one lowest. Where
    there is no room for all, their heads are seen."""
    floor -= surface.get_height() // 40
    for piece in pieces:
        floor -= piece.get_height()
        surface.blit(piece, ((surface.get_width() - piece.get_width()) // 2, max(0, floor)))
