"""What is drawn while a hand holds a piece: the piece over everything, its shadow, and the glass without it.

The piece is there at once; the glass without it takes as long as a frame, and comes from a thread beside the window.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Thread
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.geometry import Affine, Point, scaled
from collage.player import overlay
from collage.player.clock import SECOND
from collage.player.grip import Grip
from collage.player.lens import Lens
from collage.player.lifting import Lifted, picture

if TYPE_CHECKING:
    from pygame import Surface

    from collage.stand import Stand

RISE = SECOND // 8
"""How long a piece takes up into the hand."""
STEPS = 5
COARSE = 4
"""Shadows are blurred so much smaller."""


class Held:
    """A piece in the hand since a time. `still`: it is lifted at once, for whom motion is too much."""

    def __init__(self, stand: Stand, grip: Grip, lifted: Lifted, lens: Lens, now: int, *, still: bool = False) -> None:
        self.grip = grip
        self._stand, self._lifted, self._since, self._still = stand, lifted, now, still
        self._kept: dict[str, tuple[Hashable, tuple[Surface, Point]]] = {}
        self._scale = min(1.0, lens.scale)
        self._rest: Surface | None = None
        self._thread = Thread(target=self._look_behind, name="behind", daemon=True)
        self._thread.start()

    def seen(self, now: int) -> Hashable:
        """What the drawing depends on."""
        return self.grip, self._step(now), self._rest is not None

    def wait(self) -> None:
        """Until the glass without the piece is drawn, if it can be."""
        self._thread.join()

    def draw(self, surface: Surface, lens: Lens, now: int) -> None:
        """Over the picture. AssetError as of `Glass.comp`."""
        import pygame

        if self._rest is not None:
            if not self._stand.opaque:
                surface.blit(overlay.checks(scaled(lens.canvas, lens.scale)), lens.matrix.at((0, 0)))
            self._lay(surface, self._rest, (0.0, 0.0), lens)
        piece, corner = self._once("piece", (self.grip.turn, self.grip.scale), self._piece)
        shade, soft = self._once("shade", (self.grip.turn, self.grip.scale), lambda: self._shade(piece, corner))
        share, (x, y), lifted = self._step(now) / STEPS, self.grip.pulled, self._lifted
        cast = [near + (far - near) * share for near, far in zip(lifted.near, lifted.far, strict=True)]
        self._lay(surface, shade, (soft[0] + x + cast[0], soft[1] + y + cast[1]), lens, pygame.BLEND_PREMULTIPLIED)
        self._lay(surface, piece, (corner[0] + x, corner[1] + y), lens, pygame.BLEND_PREMULTIPLIED)

    def _step(self, now: int) -> int:
        """How high it has come, up to STEPS."""
        return STEPS if self._still else max(0, min(STEPS, (now - self._since) * STEPS // RISE))

    def _look_behind(self) -> None:
        import pygame

        stand = self._stand
        try:
            made = stand.glass.comp(self._lifted.rest, stand.size, stand.rig.paper, self._scale)
        except (CollageError, RuntimeError, MemoryError):  # the show may be over: its threads have gone home
            return
        size = made.shape[1], made.shape[0]
        self._rest = pygame.image.frombuffer(made.data, size, "RGBX" if stand.opaque else "RGBA")

    def _piece(self) -> tuple[Surface, Point]:
        import pygame

        stand, way = self._stand, self.grip.way
        made, corner = picture(stand.glass, self._lifted.cels, stand.size, way, self._scale)
        return pygame.image.frombuffer(made.data, (made.shape[1], made.shape[0]), "RGBA"), corner

    def _shade(self, piece: Surface, corner: Point) -> tuple[Surface, Point]:
        """The piece in black, softened, and where that has its corner."""
        import pygame

        sigma = self._lifted.sigma * self._scale
        pad = int(3 * sigma) + COARSE
        width, height = piece.get_size()
        black = pygame.Surface((width + 2 * pad, height + 2 * pad), pygame.SRCALPHA)
        black.blit(piece, (pad, pad))
        black.fill((0, 0, 0, round(255 * self._lifted.opacity)), special_flags=pygame.BLEND_RGBA_MULT)
        small = pygame.transform.smoothscale(black, scaled(black.get_size(), 1 / COARSE))
        soft = pygame.transform.gaussian_blur(small, max(1, round(2 * sigma / COARSE)))
        far = pad / self._scale
        return pygame.transform.smoothscale(soft, black.get_size()), (corner[0] - far, corner[1] - far)

    def _once(self, what: str, key: Hashable, make: Callable[[], tuple[Surface, Point]]) -> tuple[Surface, Point]:
        if what not in self._kept or self._kept[what][0] != key:
            self._kept[what] = key, make()
        return self._kept[what][1]

    def _lay(self, surface: Surface, drawn: Surface, corner: Point, lens: Lens, flags: int = 0) -> None:
        """Lay a picture, made at our scale, with its corner at a point of the canvas; of one that the lens enlarges
        only what is in the window."""
        import pygame

        left, top = lens.matrix.at(corner)
        grow = lens.scale / self._scale
        if abs(grow - 1) < 1e-9:
            surface.blit(drawn, (round(left), round(top)), special_flags=flags)
            return
        (x0, y0), (x1, y1) = (Affine.scaling(1 / grow, 1 / grow).at(point) for point in (
            (-left, -top), (surface.get_width() - left, surface.get_height() - top)
        ))  # fmt: skip
        width, height = drawn.get_size()
        x0, y0, x1, y1 = max(0, int(x0)), max(0, int(y0)), min(width, int(x1) + 1), min(height, int(y1) + 1)
        if x1 <= x0 or y1 <= y0:
            return
        part = drawn.subsurface((x0, y0, x1 - x0, y1 - y0))
        enlarge = pygame.transform.smoothscale if lens.zoom is None else pygame.transform.scale
        place = round(left + x0 * grow), round(top + y0 * grow)
        surface.blit(enlarge(part, scaled(part.get_size(), grow)), place, special_flags=flags)
