"""One cel to a patch: its pixels where they lie on the canvas, and the box they cover.

The trap this room is built around: the same warp on a shifted or clipped output box can differ by one level in a few
pixels. So a box depends on its cel and the canvas alone, never on threads, bands, caches or other cels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Card, Cel, Lettering
from collage.geometry import Affine, Box
from collage.glass import kernels
from collage.glass.plates import Pixels, Plate, Plates
from collage.glass.shapes import card, edges
from collage.registry.catalogue import Drawing

FLAT = 1e-9
"""A cel whose area shrinks below this share has no pixel to show."""
SHARP = 0.1
"""A blur of less than this many pixels is none."""
REGRIDDING = 1 / 4
"""The variance, in small pixels, that drawing small and enlarging add by themselves: 1/12 of a box, 1/6 of a tent."""
MOST_BLUR = 1000.0
"""Pixels of sigma; more would look no different on the largest canvas."""


@dataclass(frozen=True, slots=True)
class Job:
    """A cel that shows: its box on the canvas, the matrix from its content's pixels to the canvas, and how blurred."""

    cel: Cel
    plate: Plate | None
    matrix: Affine
    box: Box
    sigma: float = 0.0


def plan(cel: Cel, view: Affine, canvas: tuple[int, int], plates: Plates) -> Job | None:
    """What there is to draw of a drawing, lettering or card; None if it is off the canvas, flat or transparent."""
    matrix, content = view @ cel.matrix, cel.content
    if not shows(cel, matrix):
        return None
    if isinstance(content, Card):
        plate, outline = None, rectangle(content.size)
    else:
        assert isinstance(content, Drawing | Lettering)
        plate = plates.plate(content)
        outline = plate.outline
    if not len(outline):
        return None
    sigma = softness(cel, view)
    wide, high = (0.5, 0.5) if plate is None else _reach(matrix)
    box = bounds(outline, matrix, canvas, (wide + 3 * sigma, high + 3 * sigma))
    return None if box.empty else Job(cel, plate, matrix, box, sigma)


def shows(cel: Cel, matrix: Affine) -> bool:
    """Whether a cel can leave a mark: neither transparent, nor flat, nor placed by numbers that are none."""
    finite = math.isfinite(matrix.e + matrix.f)
    return cel.opacity > 0 and finite and FLAT <= abs(matrix.determinant) < math.inf


def softness(cel: Cel, view: Affine) -> float:
    """The sigma of a cel's blur in the pixels of the canvas that is drawn."""
    return min(cel.blur * math.sqrt(abs(view.determinant)), MOST_BLUR)


def rectangle(size: tuple[float, float]) -> npt.NDArray[np.float64]:
    """The corners of a card, a pane's clip: (4, 2), in its own pixels."""
    return np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float64)


def bounds(
    outline: npt.NDArray[np.float64], matrix: Affine, canvas: tuple[int, int], reach: tuple[float, float]
) -> Box:
    """The canvas pixels whose centres lie within `reach` (across, down) of a warped outline's box."""
    xs = outline[:, 0] * matrix.a + outline[:, 1] * matrix.c + matrix.e
    ys = outline[:, 0] * matrix.b + outline[:, 1] * matrix.d + matrix.f
    x0, x1 = _within(float(xs.min()) - reach[0], float(xs.max()) + reach[0], canvas[0])
    y0, y1 = _within(float(ys.min()) - reach[1], float(ys.max()) + reach[1], canvas[1])
    return Box(x0, y0, x1, y1)


def _within(low: float, high: float, side: int) -> tuple[int, int]:
    return math.floor(min(max(low - 0.5, 0.0), side)), math.ceil(max(min(high + 0.5, side), 0.0))


def _reach(matrix: Affine) -> tuple[float, float]:
    """How far beyond its outline a bilinear filter shows a piece: half a pixel of the mipmap level it is read from."""
    across, down = _levels(matrix)
    wide, high = 2.0**across / 2, 2.0**down / 2
    return abs(matrix.a) * wide + abs(matrix.c) * high, abs(matrix.b) * wide + abs(matrix.d) * high


def warp(job: Job) -> Pixels:
    """The cel's premultiplied pixels on its box: (height, width, 4) uint8, contiguous."""
    patch = _blurred(job) if job.sigma >= SHARP else _sharp(job)
    dye(job.cel, patch)
    return patch


def _sharp(job: Job) -> Pixels:
    patch = _blank(job.box)
    if job.plate is None:
        _draw_card(job, patch.view(np.uint32)[..., 0])
    elif not _copied(job, patch):
        _filtered(job, patch)
    return patch


def _blurred(job: Job) -> Pixels:
    """A Gaussian of sigma pixels, made small where it is wide: at 1/k of the size a sigma of 2 to 4 says as much.

    The small grid is anchored to the canvas, so a moving piece does not shimmer; its margin holds what lies off the
    canvas and reaches onto it.
    """
    k = coarseness(job.sigma)
    margin = math.ceil(3 * job.sigma / k) + 2
    x0, y0, x1, y1 = job.box
    small = Box(x0 // k - margin, y0 // k - margin, -(-x1 // k) + margin, -(-y1 // k) + margin)
    matrix = Affine.scaling(1 / k, 1 / k) @ job.matrix
    soft = _sharp(Job(job.cel, job.plate, matrix, small))
    cv2.GaussianBlur(soft, (0, 0), narrowed(job.sigma, k), dst=soft)
    patch = _blank(job.box)
    sample(soft, Affine.shift(-x0, -y0) @ Affine.scaling(k, k) @ Affine.shift(small.x0, small.y0), patch)
    return patch


def coarseness(sigma: float) -> int:
    """The k of a blur that is drawn at 1/k of the size."""
    return 1 << max(math.floor(math.log2(sigma / 2)), 0)


def narrowed(sigma: float, k: int) -> float:
    """The sigma left to blur by at 1/k of the size."""
    return math.sqrt((sigma / k) ** 2 - (REGRIDDING if k > 1 else 0.0))


def _blank(box: Box) -> Pixels:
    return np.empty((box.y1 - box.y0, box.x1 - box.x0, 4), np.uint8)


def dye(cel: Cel, patch: Pixels) -> None:
    """Multiply a patch by its cel's tint and opacity, in place."""
    if cel.opacity < 1 or min(cel.tint) < 255:
        alpha = cel.opacity * cel.tint.alpha / 255
        red, green, blue = (round(part / 255 * alpha * 65536) for part in cel.tint[:3])
        kernels.dye(patch.view(np.uint32)[..., 0], red, green, blue, round(alpha * 65536))


def _copied(job: Job, patch: Pixels) -> bool:
    """A piece that lies on whole pixels, unturned and unscaled, needs no filter: the same pixels, faster."""
    a, b, c, d, e, f = job.matrix
    if (a, b, c, d) != (1.0, 0.0, 0.0, 1.0) or e != round(e) or f != round(f):
        return False
    assert job.plate is not None
    pixels, (ox, oy), box = job.plate.pixels, job.plate.origin, job.box
    x, y = int(e) + ox, int(f) + oy
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = max(box.x0, x), max(box.y0, y), min(box.x1, x + width), min(box.y1, y + height)
    patch[:] = 0
    patch[y0 - box.y0 : y1 - box.y0, x0 - box.x0 : x1 - box.x0] = pixels[y0 - y : y1 - y, x0 - x : x1 - x]
    return True


def _filtered(job: Job, patch: Pixels) -> None:
    """Bilinear, from the mipmap level at which the piece shrinks by less than half along each of its axes."""
    assert job.plate is not None
    (ox, oy), m = job.plate.origin, job.matrix
    across, down = _levels(m)
    pixels = job.plate.level(across, down)
    to_patch = Affine.shift(-job.box.x0, -job.box.y0) @ m @ Affine.shift(ox, oy)
    sample(pixels, to_patch @ Affine.scaling(2.0**across, 2.0**down), patch)


def sample(pixels: Pixels, to_patch: Affine, patch: Pixels) -> None:
    """Fill `patch` bilinearly; `to_patch` maps corners to corners, OpenCV's indices are centres."""
    back = (Affine.shift(-0.5, -0.5) @ to_patch @ Affine.shift(0.5, 0.5)).inverse()
    matrix = np.array([[back.a, back.c, back.e], [back.b, back.d, back.f]])
    size = (patch.shape[1], patch.shape[0])
    cv2.warpAffine(pixels, matrix, size, dst=patch, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)


def _levels(matrix: Affine) -> tuple[int, int]:
    return _halvings(math.hypot(matrix.a, matrix.b)), _halvings(math.hypot(matrix.c, matrix.d))


def _halvings(scale: float) -> int:
    """How often to halve before a bilinear filter can do the rest; 15 leaves one pixel of the largest picture."""
    return min(max(math.floor(-math.log2(max(scale, 1e-9))), 0), 15)


def _draw_card(job: Job, words: npt.NDArray[np.uint32]) -> None:
    assert isinstance(job.cel.content, Card)
    across, down = edges(job.matrix, job.cel.content.size, job.box)
    card(words, across, down, np.array(job.cel.content.colour, np.int64))
