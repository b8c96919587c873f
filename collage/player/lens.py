"""How the canvas lies in the window: as large as it fits, or nearer. Pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace

from collage.geometry import Affine, Point, Size
from collage.player.fit import scale_into

NEAREST = 64.0
"""Window pixels a canvas pixel may be enlarged to."""
FARTHEST = 1 / 8
"""How much smaller than it fits a canvas may be shown."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A canvas of a size seen in a room, the window's. `zoom` is window pixels a canvas pixel, None as large as it
    fits; `centre` is the point of the canvas that lies in the room's middle, None for its own middle."""

    canvas: Size
    room: Size
    zoom: float | None = None
    centre: Point | None = None

    @property
    def scale(self) -> float:
        """Window pixels a canvas pixel."""
        return self.fit if self.zoom is None else self.zoom

    @property
    def fit(self) -> float:
        return scale_into(self.canvas, self.room)

    @property
    def matrix(self) -> Affine:
        """From the canvas to the window; whole pixels at rest, so that a picture lies on the grid."""
        x, y = self.centre or (self.canvas[0] / 2, self.canvas[1] / 2)
        left, top = self.room[0] / 2 - x * self.scale, self.room[1] / 2 - y * self.scale
        return Affine.shift(round(left), round(top)) @ Affine.scaling(self.scale, self.scale)

    def on_canvas(self, pixel: Point) -> Point:
        """The point of the canvas under a point of the window."""
        return self.matrix.inverse().at(pixel)

    def zoomed(self, factor: float, about: Point) -> Lens:
        """Nearer (a factor above 1) or farther, and what lies under `about`, in the window, stays there."""
        scale = min(max(self.scale * factor, min(self.fit, 1.0) * FARTHEST), NEAREST)
        x, y = self.on_canvas(about)
        middle = x + (self.room[0] / 2 - about[0]) / scale, y + (self.room[1] / 2 - about[1]) / scale
        return replace(self, zoom=scale, centre=middle)

    def panned(self, dx: float, dy: float) -> Lens:
        """Pulled along by so many window pixels."""
        x, y = self.centre or (self.canvas[0] / 2, self.canvas[1] / 2)
        return replace(self, zoom=self.scale, centre=(x - dx / self.scale, y - dy / self.scale))

    def fitted(self) -> Lens:
        return replace(self, zoom=None, centre=None)

    def plain(self) -> Lens:
        """A window pixel for each canvas pixel, about what is in the middle now."""
        return replace(self, zoom=1.0)

    def over(self, canvas: Size, room: Size) -> Lens:
        """The same look at another canvas, or in another room."""
        if canvas == self.canvas and room == self.room:
            return self
        return replace(self, canvas=canvas, room=room) if canvas == self.canvas else Lens(canvas, room)
