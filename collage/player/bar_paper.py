"""How the scrub bar is drawn: paper, type and ink, made once for a window's size; the playhead alone moves over it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from collage.geometry import Size
from collage.player.clock import Playhead
from collage.player.overlay import FAINT_INK, INK, MUSTARD, PAPER, RED, TEAL, words
from collage.player.ruler import Ruler

if TYPE_CHECKING:
    from pygame import Rect, Surface

PINK = (217, 140, 140)
LANES = (RED, TEAL, MUSTARD, PINK)
"""The colours of what is one of a kind, in turn; so many lanes there are."""
WAVE = (178, 196, 188)
SHADE = (46, 38, 34, 70)
RULE = (214, 198, 168)


def em(window: Size) -> int:
    """The size of its type."""
    return max(11, min(18, window[1] // 42))


def height(window: Size) -> int:
    return round(3.6 * em(window))


def sides(window: Size) -> tuple[int, int]:
    """The columns between which time goes from the first frame to the end."""
    pad = round(1.2 * em(window))
    return pad, max(window[0] - pad, pad + 1)


def strip(window: Size, head: Playhead, ruler: Ruler, rate: float) -> Surface:
    """All but the playhead."""
    import pygame

    size, tall = em(window), height(window)
    paper = pygame.Surface((window[0], tall + size // 2), pygame.SRCALPHA)
    _cut(paper, size // 2)
    track = pygame.Rect(sides(window)[0], size // 2 + round(1.25 * size), 0, round(1.5 * size))
    track.width = sides(window)[1] - track.left
    pygame.draw.rect(paper, (255, 252, 243), track)
    _wave(paper, track, ruler, head)
    _seconds(paper, track, head, rate)
    for frame in ruler.keys:
        if head.first <= frame < head.end:
            x = _column(track, head, frame)
            pygame.draw.line(paper, FAINT_INK, (x, track.bottom - size // 4), (x, track.bottom - 1))
    _holders(paper, track, ruler, head, size)
    _names(paper, track, ruler, head, size)
    _outside(paper, track, head)
    pygame.draw.rect(paper, FAINT_INK, track, 1)
    return paper


def lay(surface: Surface, paper: Surface, head: Playhead, frame: int) -> None:
    """The strip at the window's lower edge, with the playhead on its frame."""
    import pygame

    window = surface.get_size()
    size, top = em(window), window[1] - paper.get_height()
    surface.blit(paper, (0, top))
    left, right = sides(window)
    x = left + round((frame + 0.5 - head.first) / (head.end - head.first) * (right - left))
    first = top + size // 2 + round(1.1 * size)
    pygame.draw.line(surface, RED, (x, first), (x, window[1] - size // 2), max(2, size // 7))
    half = max(4, size // 3)
    pygame.draw.polygon(surface, RED, [(x - half, first - half), (x + half, first - half), (x, first + half // 2)])


def _cut(paper: Surface, top: int) -> None:
    """The paper, whose upper edge a knife left a little off straight, and the shadow over it."""
    import pygame

    width, tall = paper.get_size()
    for row in range(top):
        pygame.draw.line(paper, (0, 0, 0, 70 * (row + 1) // (top + 1)), (0, row), (width, row))
    edge = [(width * part // 6, top + (0, 2, 1, 3, 1, 2, 0)[part]) for part in range(7)]
    pygame.draw.polygon(paper, PAPER, [*edge, (width, tall), (0, tall)])


def _column(track: Rect, head: Playhead, frame: float) -> int:
    left, _, width, _ = track
    return left + round((frame - head.first) / (head.end - head.first) * width)


def _wave(paper: Surface, track: Rect, ruler: Ruler, head: Playhead) -> None:
    import pygame

    left, top, width, tall = track
    if not ruler.wave:
        return
    whole = len(ruler.wave) / ruler.length
    for column in range(width):
        piece = int((head.first + column / width * (head.end - head.first)) * whole)
        if piece < len(ruler.wave):
            half = round(ruler.wave[piece] ** 0.6 * (tall - 4) / 2)
            middle = top + tall // 2
            pygame.draw.line(paper, WAVE, (left + column, middle - half), (left + column, middle + half))


def _seconds(paper: Surface, track: Rect, head: Playhead, rate: float) -> None:
    """A rule at each second, or at each so many that they don't crowd."""
    import pygame

    _, top, width, tall = track
    seconds = (head.end - head.first) / rate
    every = next((step for step in (1, 2, 5, 10, 30, 60, 300, 600, 3600) if seconds / step * 12 < width), 36_000)
    second = -(-int(head.first / rate) // every) * every
    while second * rate < head.end:
        if second * rate > head.first:
            x = _column(track, head, second * rate)
            pygame.draw.line(paper, RULE, (x, top + 1), (x, top + tall // 3))
        second += every


def _holders(paper: Surface, track: Rect, ruler: Ruler, head: Playhead, size: int) -> None:
    """A lane under the track for each asset, in its colour."""
    import pygame

    bottom, thick = track[1] + track[3], max(2, size // 5)
    for lane, (_, spans) in enumerate(groupby(ruler.held, key=lambda span: span.asset)):
        for span in spans if lane < len(LANES) else ():
            first, end = max(span.first, head.first), min(span.end, head.end)
            if first < end:
                x0, x1 = _column(track, head, first), _column(track, head, end)
                y = bottom + 2 + lane * (thick + 1)
                pygame.draw.rect(paper, LANES[lane], (x0, y, max(2, x1 - x0 - 1), thick))


def _names(paper: Surface, track: Rect, ruler: Ruler, head: Playhead, size: int) -> None:
    """Cues in red, shots in ink, above the track, as far as there is room for them."""
    import pygame

    shots = ruler.shots if len(ruler.shots) > 1 else ()
    marks = sorted([*((frame, name, RED) for frame, name in ruler.cues), *((f, name, INK) for f, name in shots)])
    free, top = 0, track[1] - round(1.05 * size)
    for frame, name, ink in marks:
        if not head.first <= frame < head.end:
            continue
        x = _column(track, head, frame)
        pygame.draw.line(paper, ink, (x, top + 2), (x, track[1] + track[3] - 1))
        if x >= free:
            written = words(name, round(0.85 * size), ink)
            if x + 4 + written.get_width() <= paper.get_width():
                paper.blit(written, (x + 4, top))
                free = x + written.get_width() + size


def _outside(paper: Surface, track: Rect, head: Playhead) -> None:
    """What lies outside the marks is in the shade."""
    import pygame

    left, top, width, tall = track
    first, end = _column(track, head, head.span.first), _column(track, head, head.span.end)
    for x0, x1 in ((left, first), (end, left + width)):
        if x1 > x0:
            shade = pygame.Surface((x1 - x0, tall), pygame.SRCALPHA)
            shade.fill(SHADE)
            paper.blit(shade, (x0, top))
