"""How the sheets of glass are drawn from the side: table, panes with what lies on them, lamp and camera."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from collage.geometry import Affine, Point, Size, cos_sin
from collage.player import bar_paper
from collage.player.overlay import FAINT_INK, FINE, INK, MUSTARD, PAPER, RED, SURROUND, TEAL, sheet, words

if TYPE_CHECKING:
    from pygame import Surface

    from collage.player.xray import Pane, Slant
    from collage.stand import Stand

SHARE = 0.46
"""How wide a sheet is, of the window's lesser side by its shape."""
GLASS = (176, 214, 208, 30)
RIM = (206, 232, 226, 150)
TABLE = (92, 74, 58)
BORDER = 3
"""Pixels of paper around what is cut out."""
BELOW, TABLE_GROWN = -0.35, 1.25
"""The table lies so many sheets under the lowest, and is so much larger."""
AIR, FLOOR = 0.17, 0.06
"""Of the window's height, what is left free above and below."""


class Facts(NamedTuple):
    """What stands around the glass: where the light comes from, in degrees clockwise from straight above, and the
    camera's height in millimetres, None where the scene leaves them as they are."""

    lamp: float | None
    camera: float | None

    @classmethod
    def of(cls, stand: Stand, frame: int) -> Facts:
        scene = stand.scene
        lamp, camera = getattr(scene, "lamp", None), getattr(scene, "camera", None)
        return cls(-37.0 if lamp is None else float(lamp.turn), 500.0 if camera is None else float(camera.height))


def draw(surface: Surface, panes: Sequence[Pane], slant: Slant, facts: Facts) -> None:
    """All of it, over whatever the window showed."""
    surface.fill(SURROUND)
    if not panes:
        return
    room = surface.get_size()
    pane_size = max(pane.picture.get_size() for pane in panes)
    look = Look.at(pane_size, room, slant, len(panes))
    _table(surface, look)
    for number, pane in enumerate(panes):
        _pane(surface, pane, look, number)
    _camera(surface, look, len(panes), facts)
    _lamp(surface, look, len(panes), facts)
    _hint(surface)


class Look(NamedTuple):
    """Where things lie: `plane` maps a sheet's pixels, from its middle, to the window's, from its own; `middle` is that
    of the lowest sheet, and each next one lies `step` pixels higher."""

    plane: Affine
    size: Size
    middle: Point
    step: float

    @classmethod
    def at(cls, size: Size, room: Size, slant: Slant, count: int) -> Look:
        """Everything as large as it fits, with air above it for the camera."""
        scale = SHARE * min(room[0] / size[0], 1.6 * room[1] / size[1])
        plane = Affine.scaling(scale, scale * math.sin(math.radians(slant.tilt))) @ Affine.turning(slant.turn)
        look = cls(plane, size, (0.0, 0.0), slant.gap * room[1] * cos_sin(slant.tilt)[0])
        rows = [y for _, y in (*look.corners(BELOW, TABLE_GROWN), *look.corners(count - 1))]
        top, bottom = min(rows), max(rows)
        fit = min(1.0, room[1] * (1 - AIR - FLOOR) / (bottom - top))
        y = room[1] * (AIR + (1 - AIR - FLOOR) / 2) - (top + bottom) / 2 * fit
        return cls(Affine.scaling(fit, fit) @ plane, size, (room[0] / 2, y), look.step * fit)

    def point(self, x: float, y: float, level: float) -> Point:
        """A point of a sheet, from its middle in parts of its width and height, so many sheets up."""
        dx, dy = self.plane.at((x * self.size[0], y * self.size[1]))
        return self.middle[0] + dx, self.middle[1] + dy - level * self.step

    def corners(self, level: float, grown: float = 1.0) -> list[Point]:
        half = grown / 2
        return [self.point(x, y, level) for x, y in ((-half, -half), (half, -half), (half, half), (-half, half))]


def _table(surface: Surface, look: Look) -> None:
    import pygame

    pygame.draw.polygon(surface, TABLE, look.corners(BELOW, TABLE_GROWN))
    pygame.draw.aalines(surface, FAINT_INK, True, look.corners(BELOW, TABLE_GROWN))


def _pane(surface: Surface, pane: Pane, look: Look, level: int) -> None:
    import pygame

    corners = look.corners(level)
    glass = pygame.Surface(surface.get_size(), pygame.SRCALPHA)
    pygame.draw.polygon(glass, GLASS, corners)
    pygame.draw.aalines(glass, RIM, True, corners)
    surface.blit(glass, (0, 0))
    slanted = _slanted(pane.picture, look)
    x, y = look.point(0, 0, level)
    place = round(x - slanted.get_width() / 2), round(y - slanted.get_height() / 2)
    surface.blit(slanted, place, special_flags=pygame.BLEND_PREMULTIPLIED)
    left = min(corners)
    _label(surface, pane.name, f"{pane.height:g} mm", left)


def _slanted(picture: Surface, look: Look) -> Surface:
    """Turned, then flattened: both keep premultiplied colours what they are."""
    import pygame

    turn = math.degrees(math.atan2(-look.plane.c, look.plane.a))
    scale = math.hypot(look.plane.a, look.plane.c)
    turned = pygame.transform.rotozoom(picture, -turn, scale)
    flat = math.hypot(look.plane.b, look.plane.d) / scale
    return pygame.transform.smoothscale(turned, (turned.get_width(), max(1, round(turned.get_height() * flat))))


def _label(surface: Surface, name: str, height: str, at: Point) -> None:
    import pygame

    size = max(12, min(18, surface.get_height() // 42))
    first, second = words(name, size, INK), words(height, size, FAINT_INK)
    between = size if height else 0
    page = pygame.Surface((first.get_width() + between + second.get_width(), first.get_height()), pygame.SRCALPHA)
    page.blit(first, (0, 0))
    page.blit(second, (first.get_width() + size, 0))
    slip = sheet(page, margin=round(0.5 * size))
    x = max(0.0, at[0] - slip.get_width() + size)
    surface.blit(slip, (round(x), round(at[1] - slip.get_height() / 2)))


def _camera(surface: Surface, look: Look, count: int, facts: Facts) -> None:
    """Above the middle, looking straight down."""
    size = max(12, surface.get_height() // 30)
    x, y = look.point(0, 0, count - 1)[0], surface.get_height() * AIR / 2

    def shape(*corners: Point) -> list[Point]:
        return [(x + size * across, y + size * down) for across, down in corners]

    _cut(surface, shape((-0.55, 0.5), (0.55, 0.5), (0.75, 1.15), (-0.75, 1.15)), TEAL)
    _cut(surface, shape((-0.5, -1.05), (0.3, -1.05), (0.4, -0.6), (-0.6, -0.6)), INK)
    _cut(surface, shape((-1.5, -0.65), (1.5, -0.7), (1.45, 0.55), (-1.5, 0.5)), RED)
    _cut(surface, shape((0.7, -0.4), (1.2, -0.42), (1.18, -0.05), (0.7, -0.05)), MUSTARD)
    if facts.camera is not None:
        _label(surface, "camera", f"{facts.camera:g} mm", (x - 1.9 * size, y))


def _lamp(surface: Surface, look: Look, count: int, facts: Facts) -> None:
    """Where the light comes from, over the edge of the uppermost sheet."""
    if facts.lamp is None:
        return
    cos, sin = cos_sin(facts.lamp - 90)
    x, y = look.point(cos * 0.72, sin * 0.9, count - 0.2)
    size = max(14, surface.get_height() // 26)
    x, y = min(max(x, 2 * size), surface.get_width() - 2 * size), max(y, 2 * size)
    middle = look.point(0, 0, count - 1)
    way = math.atan2(middle[1] - y, middle[0] - x)

    def around(along: float, across: float) -> Point:
        return x + size * (math.cos(way) * along - math.sin(way) * across), y + size * (
            math.sin(way) * along + math.cos(way) * across
        )

    _cut(surface, [around(-0.6, -0.35), around(0.5, -0.9), around(0.5, 0.9), around(-0.6, 0.35)], MUSTARD)
    _label(surface, "lamp", "", (x - size, y))


def _cut(surface: Surface, corners: Sequence[Point], colour: tuple[int, int, int]) -> None:
    """A flat piece with a paper border, drawn large and shrunk."""
    import pygame

    left, top = (int(min(side)) - 2 * BORDER for side in zip(*corners, strict=True))
    right, bottom = (int(max(side)) + 2 * BORDER for side in zip(*corners, strict=True))
    large = [((x - left) * FINE, (y - top) * FINE) for x, y in corners]
    piece = pygame.Surface(((right - left) * FINE, (bottom - top) * FINE), pygame.SRCALPHA)
    piece.fill((*PAPER, 0))
    for one, other in zip(large, [*large[1:], large[0]], strict=True):
        pygame.draw.line(piece, PAPER, one, other, 2 * BORDER * FINE)
        pygame.draw.circle(piece, PAPER, one, BORDER * FINE)
    pygame.draw.polygon(piece, colour, large)
    surface.blit(pygame.transform.smoothscale(piece, (right - left, bottom - top)), (left, top))


def _hint(surface: Surface) -> None:
    size = max(11, min(15, surface.get_height() // 52))
    written = words("drag to turn, wheel to pull apart, Alt+L back", size, (170, 160, 148))
    floor = surface.get_height() - bar_paper.height(surface.get_size())  # at rest the bar lies there
    surface.blit(written, ((surface.get_width() - written.get_width()) // 2, floor - 2 * size))
