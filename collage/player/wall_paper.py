"""How the wall looks: prints taped to a page of newsprint under a lamp. A scene that is broken is torn paper.

Needs `pygame.font.init()`.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from math import hypot
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError
from collage.geometry import Point, Size, scaled
from collage.player.fit import centred, scale_into
from collage.player.overlay import CAP, FAINT_INK, FINE, INK, MUSTARD, PAPER, RED, sheet, words

if TYPE_CHECKING:
    from pygame import Surface

NEWSPRINT = (214, 200, 168)
TAPE = (226, 202, 132, 168)
UNDEVELOPED = (96, 86, 74)
TURN = 5.0
"""Degrees the page lies askew."""
TILT = 3.0
"""Degrees a print hangs askew at most."""
LAMP, FAR = (0.4, 0.32), 0.55
"""Where on the wall it shines, in shares of its sides, and how light it is in the farthest corner."""
NEAR = 0.94
LIFT = 1.05
"""How much larger the chosen one seems."""
LOW, HIGH = 6, 18
"""How far the shadow of a print falls, and of the chosen one, in pixels."""
DARK = 150
MOST_LINES = 7


class Mount(NamedTuple):
    """All of a print but its picture, which belongs in between, at `at` and of `size`."""

    under: Surface
    over: Surface
    at: tuple[int, int]
    size: Size


def newsprint(root: Path) -> Surface | None:
    """A page of it, if a project has one that can be read."""
    import pygame

    from collage.glass.decode import decode

    try:
        pixels = decode(root / "assets" / "paper" / "newsprint.webp")
    except (CollageError, OSError, MemoryError):
        return None
    return pygame.image.frombuffer(pixels.tobytes(), (pixels.shape[1], pixels.shape[0]), "RGBA")


def ground(room: Size, page: Surface | None) -> Surface:
    """The wall, without anything on it."""
    import pygame

    wall = pygame.Surface(room)
    wall.fill(NEWSPRINT)
    if page is not None:
        cover = 1.2 * max(room[0] / page.get_width(), room[1] / page.get_height())
        laid = pygame.transform.rotozoom(page, TURN, cover)
        wall.blit(laid, centred(laid.get_size(), room))
    wall.blit(_lamplight(room), (0, 0), special_flags=pygame.BLEND_MULT)
    return wall


def _lamplight(room: Size) -> Surface:
    """What the light leaves of white, small and then enlarged."""
    import pygame

    across, down = 48, 30
    small = pygame.Surface((across, down))
    for y in range(down):
        for x in range(across):
            away = hypot((x + 0.5) / across - LAMP[0], (y + 0.5) / down - LAMP[1])
            share = NEAR - (NEAR - FAR) * min(away / 0.9, 1.0) ** 1.5
            small.set_at((x, y), (round(255 * share), round(251 * share), round(240 * share)))
    return pygame.transform.smoothscale(small, room)


def mount(name: str, title: str, film: bool, picture: Size, box: Size, *, chosen: bool) -> Mount:
    """A card with a strip of tape above and a slip with the title below; the chosen one's slip is mustard. `picture` is
    the size of what goes into it, enlarged until it fills the box one way."""
    import pygame

    chance = _chance(name)
    border, em = box[0] // 30, max(15, box[0] // 17)
    size = scaled(picture, scale_into(picture, box))
    slip = _slip(title, film, em, round(size[0] * 0.9), MUSTARD if chosen else PAPER, chance)
    tape = _tape(em, chance)
    card = size[0] + 2 * border, size[1] + 2 * border
    top, foot = tape.get_height() // 2, round(slip.get_height() * 0.6)
    wide = max(card[0], slip.get_width())
    left = (wide - card[0]) // 2
    under = pygame.Surface((wide, top + card[1] + foot), pygame.SRCALPHA)
    over = under.copy()
    under.blit(_cut_out(card, PAPER, chance), (left, top))
    over.blit(tape, ((wide - tape.get_width()) // 2 + chance.randint(-em, em), 0))
    slide = max(0, (card[0] - slip.get_width()) // 3)
    over.blit(
        slip, ((wide - slip.get_width()) // 2 + chance.randint(-slide, slide), under.get_height() - slip.get_height())
    )
    return Mount(under, over, (left + border, top + border), size)


def mounted(mount: Mount, pose: Surface | None) -> Surface:
    """The print: a pose of a scene in its mount, or none yet."""
    import pygame

    print_ = mount.under.copy()
    if pose is None:
        print_.fill(UNDEVELOPED, (mount.at, mount.size))
    else:
        print_.blit(pygame.transform.smoothscale(pose, mount.size), mount.at)
    print_.blit(mount.over, (0, 0))
    return print_


def torn(name: str, title: str, fault: str, box: Size, *, chosen: bool) -> Surface:
    """A torn sheet that says what is wrong with a scene."""
    import pygame

    chance, em = _chance(name), max(14, box[0] // 20)
    width, height = round(box[0] * 0.94), round(box[1] * 0.94)
    paper = pygame.Surface((width, height), pygame.SRCALPHA)
    paper.blit(_ragged((width, height), CAP, chance, 0), (0, 0))
    paper.blit(_ragged((width, height), MUSTARD if chosen else PAPER, chance, max(3, em // 4)), (0, 0))
    room = width - 3 * em
    paper.blit(fitted(title, round(1.35 * em), RED, room), (round(1.5 * em), round(1.5 * em)))
    for number, line in enumerate(_wrapped(fault, em, room)):
        paper.blit(line, (round(1.5 * em), round((3.4 + 1.25 * number) * em)))
    return paper


def hung(piece: Surface, name: str, *, chosen: bool) -> Surface:
    """A piece, a little askew, with its shadow; its middle is the surface's."""
    import pygame

    tilt = _chance(name).uniform(-TILT, TILT)
    turned = pygame.transform.rotozoom(piece, tilt / 3 if chosen else tilt, LIFT if chosen else 1.0)
    depth = HIGH if chosen else LOW
    air = 2 * depth
    whole = pygame.Surface((turned.get_width() + 2 * air, turned.get_height() + 2 * air), pygame.SRCALPHA)
    whole.blit(turned, (air + depth * 2 // 3, air + depth))
    whole.fill((0, 0, 0, 255), special_flags=pygame.BLEND_RGBA_MIN)
    whole.fill((255, 255, 255, DARK), special_flags=pygame.BLEND_RGBA_MULT)
    size = whole.get_size()
    small = pygame.transform.smoothscale(whole, scaled(size, 1 / FINE))
    whole = pygame.transform.smoothscale(pygame.transform.gaussian_blur(small, max(1, depth // FINE)), size)
    whole.blit(turned, (air, air))
    return whole


def headline(name: str, more: str, window: Size) -> Surface:
    """What the wall is of, as a newspaper says it, and what one can do."""
    import pygame

    room = window[0] - 80
    large, small = fitted(name, 34, INK, room), fitted(more, 17, FAINT_INK, room)
    page = pygame.Surface((max(large.get_width(), small.get_width()), 50), pygame.SRCALPHA)
    page.blit(large, (0, 0))
    page.blit(small, (0, 35))
    return sheet(page, margin=12)


def fitted(text: str, em: int, ink: tuple[int, int, int], room: int) -> Surface:
    """A line of type, cut off where there is no more room."""
    drawn, left = words(text, em, ink), len(text)
    while drawn.get_width() > room and left > 1:
        left -= max(1, left // 12)
        drawn = words(f"{text[:left]}…", em, ink)
    return drawn


def _chance(name: str) -> Random:
    """The same for one name whenever it hangs anywhere."""
    return Random(zlib.crc32(name.encode(errors="replace")))


def _slip(title: str, film: bool, em: int, room: int, paper: tuple[int, int, int], chance: Random) -> Surface:
    import pygame

    kind = words("film  " if film else "", em, RED)
    mark = kind.get_width() if film else 0
    name = fitted(title, em, INK, room - em - mark)
    size = name.get_width() + mark + round(1.2 * em), round(1.7 * em)
    slip = pygame.Surface(size, pygame.SRCALPHA)
    slip.blit(_cut_out(size, paper, chance), (0, 0))
    if film:
        slip.blit(kind, (round(0.6 * em), round(0.5 * em)))
    slip.blit(name, (round(0.6 * em) + mark, round(0.5 * em)))
    return slip


def _tape(em: int, chance: Random) -> Surface:
    import pygame

    strip = pygame.Surface((4 * em, round(1.2 * em)), pygame.SRCALPHA)
    strip.fill(TAPE)
    return pygame.transform.rotozoom(strip, chance.uniform(-5, 5), 1)


def _cut_out(size: Size, colour: tuple[int, int, int], chance: Random) -> Surface:
    """A quadrangle whose sides a knife left a little off square."""
    width, height = size
    off = [chance.uniform(0, min(3.0, min(size) / 14)) for _ in range(8)]
    corners = [
        (off[0], off[1]), (width - off[2], off[3]), (width - off[4], height - off[5]), (off[6], height - off[7])
    ]  # fmt: skip
    return _polygon(size, colour, corners)


def _ragged(size: Size, colour: tuple[int, int, int], chance: Random, inset: float) -> Surface:
    """A sheet torn along its foot and its right side, cut along the others."""
    width, height = size

    def tear(length: int) -> Sequence[float]:
        return [chance.uniform(0, length / 22) + inset for _ in range(25)]

    foot = [(width * (1 - step / 24), height - tip - 1) for step, tip in enumerate(tear(height))]
    side = [(width - tip - 1, height * step / 24) for step, tip in enumerate(tear(height))]
    return _polygon(size, colour, [(inset / 2, inset / 2), *side[:-1], *foot])


def _polygon(size: Size, colour: tuple[int, int, int], corners: Sequence[Point]) -> Surface:
    import pygame

    fine = pygame.Surface((size[0] * FINE, size[1] * FINE), pygame.SRCALPHA)
    fine.fill((*colour, 0))
    pygame.draw.polygon(fine, colour, [(x * FINE, y * FINE) for x, y in corners])
    return pygame.transform.smoothscale(fine, size)


def _wrapped(text: str, em: int, room: int) -> list[Surface]:
    """Lines that fit, of words that are cut where one alone does not."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and words(longer, em, INK).get_width() > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return [fitted(line, em, INK, room) for line in lines[:MOST_LINES]]
