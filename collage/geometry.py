"""Points and affine maps, with the conventions stated once.

Canvas pixels, +x right, +y down; (0, 0) is the outer corner of the top-left pixel, whose centre is (0.5, 0.5).
Angles are degrees, positive clockwise (as seen, since y points down). Scale 1 is one picture pixel per canvas pixel.
"""

from __future__ import annotations

import math
from typing import NamedTuple

Point = tuple[float, float]
Size = tuple[int, int]
"""Width and height in pixels."""

MOST_SIDE = 16_384
MOST_PIXELS = 64_000_000
"""Of a canvas or a picture of it: pixels a side, and in all."""


def scaled(size: Size, scale: float) -> Size:
    """A size times a factor, rounded half up, at least one pixel either way."""
    return max(1, math.floor(size[0] * scale + 0.5)), max(1, math.floor(size[1] * scale + 0.5))


def canvas_size(size: Size, scale: float) -> Size:
    """The size of a canvas drawn at a scale. ValueError, with the cure, if no picture can have it."""
    if not 0 < scale <= MOST_SIDE:
        raise ValueError(f"a scale of {scale:g} is none: write a number above 0, as 0.5 for half the size")
    width, height = scaled(size, scale)
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        room = min(MOST_SIDE / max(size), math.sqrt(MOST_PIXELS / (size[0] * size[1])))
        raise ValueError(
            f"{width}×{height} is too large, at most {MOST_SIDE} a side and {MOST_PIXELS // 1_000_000} million pixels. "
            f"Choose a scale of at most {math.floor(room * 100) / 100:g}"
        )
    return width, height


class Box(NamedTuple):
    """Whole pixels, half-open: columns [x0, x1), rows [y0, y1)."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def empty(self) -> bool:
        return self.x1 <= self.x0 or self.y1 <= self.y0


def cos_sin(degrees: float) -> tuple[float, float]:
    """Cosine and sine, exact at the quarter turns, so that 90 degrees loses no pixel to rounding."""
    quarters, rest = divmod(degrees, 90.0)
    if rest == 0.0:
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarters) % 4]
    angle = math.radians(degrees)
    return math.cos(angle), math.sin(angle)


class Affine(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f (the order of SVG and PDF). ``outer @ inner`` applies inner first."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @classmethod
    def shift(cls, x: float, y: float) -> Affine:
        return cls(1.0, 0.0, 0.0, 1.0, x, y)

    @classmethod
    def scaling(cls, x: float, y: float) -> Affine:
        return cls(x, 0.0, 0.0, y, 0.0, 0.0)

    @classmethod
    def turning(cls, degrees: float) -> Affine:
        cos, sin = cos_sin(degrees)
        return cls(cos, sin, -sin, cos, 0.0, 0.0)

    @classmethod
    def skewing(cls, x: float, y: float) -> Affine:
        """Slants by degrees: x moves points sideways by tan(x) per pixel of y, as SVG's skewX; y likewise."""
        return cls(1.0, math.tan(math.radians(y)), math.tan(math.radians(x)), 1.0, 0.0, 0.0)

    def __matmul__(self, inner: Affine) -> Affine:
        return Affine(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )

    def at(self, point: Point) -> Point:
        x, y = point
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def determinant(self) -> float:
        return self.a * self.d - self.b * self.c

    def inverse(self) -> Affine:
        """The map back; ZeroDivisionError if this one flattens the plane."""
        det = self.determinant
        a, b, c, d = self.d / det, -self.b / det, -self.c / det, self.a / det
        return Affine(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))
