"""What there is to draw of cels: which show, where on the canvas, how soft, how far smeared, and what they cast.

The trap this room is built around: the same warp on a shifted or clipped output box can differ by one level in a few
pixels. So a box depends on its cel and the field alone, never on threads, bands, caches or other cels.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from collage.exposure.cel import Card, Cel, Pane
from collage.geometry import Affine, Box
from collage.glass.compiled import kernel
from collage.glass.ground import around, grown, shared
from collage.glass.ground import size as extents
from collage.glass.plates import Plate, Plates
from collage.glass.sweeps import way

Points = npt.NDArray[np.float64]
Extent = tuple[float, float, float, float]

FLAT = 1e-9
"""A cel whose area shrinks below this share has no pixel to show."""
FARTHEST = 1e15
"""Pixels, or times: beyond this there is no place on a canvas."""
SHARP = 0.1
"""A blur of less than this many pixels is none."""
MOST_BLUR = 1000.0
"""Pixels of sigma; more would look no different on the largest canvas."""
MOST_BEYOND = 256
"""Pixels off the canvas from where pieces still cast onto it, or sweep in: twice what a sane lamp needs."""
_FINEST = 1.25
"""The sigma, in squares, that a shadow has at least on its coarser grid: with less, that grid would show. Twice that
for squares of 8 pixels or more, which are large enough to be seen one by one."""


class Cast(NamedTuple):
    """A shadow in the pixels of the canvas that is drawn; `opacity` above 0, at most 1."""

    offset: tuple[float, float]
    sigma: float
    opacity: float


class Job(NamedTuple):
    """A cel that shows.

    box: where its picture lies.  marks: that, and where its shadow can fall.  matrix: from its content's pixels to the
    canvas.  sigma: how blurred.  way: maps of the canvas that it goes through while the shutter is open.  inner: what
    a pane holds, in order, on a ground that lies at `hung`: on the canvas, or, of a pane with a finish, in a picture of
    its own, of `own` pixels (width, height).  field: what is known of the canvas, never more than `rim`; view: what
    maps the pixels that the cel lies on to it.
    """

    cel: Cel
    plate: Plate | None
    matrix: Affine
    box: Box
    marks: Box
    field: Box
    view: Affine
    sigma: float = 0.0
    way: tuple[Affine, ...] = ()
    cast: Cast | None = None
    inner: tuple[Job, ...] = ()
    rim: Box = Box(0, 0, 0, 0)
    hung: Box = Box(0, 0, 0, 0)
    own: tuple[int, int] | None = None


def plan(cel: Cel, view: Affine, field: Box, plates: Plates, rim: Box | None = None) -> Job | None:
    """What there is to draw of a cel on a field; None if it leaves no mark there. `rim` is as much beyond the field as
    may be known if that is needed, so that panes in panes don't grow without end."""
    matrix = view @ cel.matrix
    if not shows(cel, matrix):
        return None
    cast, plate = _cast(cel, view), None
    rim = rim or grown(field, MOST_BEYOND)
    known = field if cast is None else shared(_beyond(field, cast), rim)
    content, empty = cel.content, Box(0, 0, 0, 0)
    if not isinstance(content, Card | Pane):
        plate = plates.plate(content)
    job = Job(cel, plate, matrix, empty, empty, known, view, softness(cel, view), cast=cast, rim=rim)
    if isinstance(content, Pane):
        found = _plan_pane(job, content, plates)
    elif isinstance(content, Card):
        found = _plan_piece(job, rectangle(content.size)) if _is_size(content.size) else None
    else:
        found = _plan_piece(job, job.plate.outline if job.plate else rectangle((0, 0)))
    return found and _marked(found, field)


def _plan_piece(job: Job, outline: Points) -> Job | None:
    if not len(outline):
        return None
    if moves := _way(job, outline):
        turned = [move @ job.matrix for move in moves]
        boxes = [bounds(outline, matrix, job.field, _reach(job, matrix)) for matrix in turned]
        return job._replace(way=moves, box=around(boxes))
    return job._replace(box=bounds(outline, job.matrix, job.field, _reach(job, job.matrix)))


def _plan_pane(job: Job, pane: Pane, plates: Plates) -> Job | None:
    if pane.size is not None and not _is_size(pane.size):
        return None
    if job.cel.sweep is not None:
        job = job._replace(field=job.rim)
    view, field, rim = job.matrix, job.field, job.rim
    if pane.finish is not None and pane.size is not None:
        job, view, field = _framed(job, pane.size)
        rim = grown(field, MOST_BEYOND)
    inner = []
    for cel in pane.cels:
        if found := plan(cel, view, field, plates, rim):
            inner.append(found)
    if not inner:
        return None
    job = job._replace(inner=tuple(inner))
    return _plan_piece(job, rectangle(job.own)) if job.own else _plan_hung(job, pane)


def _framed(job: Job, size: tuple[float, float]) -> tuple[Job, Affine, Box]:
    """A pane with a finish is a picture of its own, as large as it is seen, but no larger than all that is known."""
    high, wide = extents(job.field)
    area, longest = high * wide, 2 * max(high, wide)
    scale = min(math.sqrt(abs(job.matrix.determinant)), math.sqrt(area) / math.sqrt(size[0]) / math.sqrt(size[1]))
    width, height = (max(1, round(min(side * scale, longest))) for side in size)
    view, frame = Affine.scaling(width / size[0], height / size[1]), Box(0, 0, width, height)
    return job._replace(own=(width, height), hung=frame, matrix=job.matrix @ view.inverse()), view, frame


def _plan_hung(job: Job, pane: Pane) -> Job | None:
    """Where a pane shows: around all that it holds, within its clip, and as far as a blur reaches on its own grid."""
    k = coarseness(job.sigma) if job.sigma >= SHARP else 0
    reach = 0.5 + 3 * job.sigma + 2 * k if k else 0.5
    hung = grown(around(one.marks for one in job.inner), math.ceil(reach))
    if k:  # its grid is anchored to the canvas, so that what moves in it does not shimmer
        hung = Box(hung.x0 // k * k, hung.y0 // k * k, hung.x1, hung.y1)
    hung = job.field if pane.finish is not None or (k and pane.size is not None) else shared(hung, job.field)
    if pane.size is not None:
        hung = shared(hung, bounds(rectangle(pane.size), job.matrix, job.field, (reach, reach)))
    if hung.empty:
        return None
    corners = rectangle((hung.x1 - hung.x0, hung.y1 - hung.y0)) + hung[:2]
    moves = _way(job, carried(corners, job.matrix.inverse()))
    boxes = [bounds(corners, move, job.field, (1, 1)) for move in moves] or [hung]
    return job._replace(hung=hung, way=moves, box=around(boxes))


def _way(job: Job, outline: Points) -> tuple[Affine, ...]:
    if job.cel.sweep is None:
        return ()
    return way(job.view @ job.cel.sweep @ (job.view @ job.cel.matrix).inverse(), carried(outline, job.matrix))


def _marked(job: Job, field: Box) -> Job | None:
    """A job with all it can change of a field; None if that is nothing."""
    marks = job.box
    if marks.empty:
        return None
    if job.cast is not None:
        (x, y), reach = job.cast.offset, margin(job.cast.sigma) * coarse(job.cast.sigma)
        fallen = Box(
            math.floor(marks.x0 + x), math.floor(marks.y0 + y), math.ceil(marks.x1 + x), math.ceil(marks.y1 + y)
        )  # fmt: skip
        marks = around((marks, grown(fallen, reach)))
    marks = shared(marks, field)
    return None if marks.empty else job._replace(marks=marks)


def _is_size(size: tuple[float, float]) -> bool:
    return all(0 < side < FARTHEST for side in size)


def shows(cel: Cel, matrix: Affine) -> bool:
    """Whether a cel can leave a mark: neither transparent, nor flat, nor placed by numbers that are none."""
    near = all(-FARTHEST < part < FARTHEST for part in matrix)
    return cel.opacity > 0 and near and abs(matrix.determinant) >= FLAT


def softness(cel: Cel, view: Affine) -> float:
    """The sigma of a cel's blur in the pixels of the canvas that is drawn."""
    return min(max(0.0, cel.blur) * math.sqrt(abs(view.determinant)), MOST_BLUR)


def _cast(cel: Cel, view: Affine) -> Cast | None:
    """The shadow in the pixels that are drawn; None for one that can't be seen."""
    if cel.shadow is None:
        return None
    (x, y), sigma, opacity = cel.shadow
    offset = (view.a * x + view.c * y, view.b * x + view.d * y)
    if not opacity > 0 or not all(abs(along) < 1e6 for along in offset) or not sigma >= 0:
        return None
    return Cast(offset, min(sigma * math.sqrt(abs(view.determinant)), MOST_BLUR), min(opacity, 1.0))


def _beyond(field: Box, cast: Cast) -> Box:
    """What is known of beyond a field, so that what lies off it can cast onto it."""
    reach = margin(cast.sigma) * coarse(cast.sigma)
    left, up, right, down = (
        min(max(math.ceil(reach + away), 0), MOST_BEYOND)
        for away in (*cast.offset, -cast.offset[0], -cast.offset[1])
    )  # fmt: skip
    return Box(field.x0 - left, field.y0 - up, field.x1 + right, field.y1 + down)


def coarse(sigma: float) -> int:
    """The k of a shadow that is made at 1/k of the size."""
    k = 1 << max(math.floor(math.log2(max(sigma, _FINEST) / _FINEST)), 0)
    return k if k <= 4 else k // 2


def margin(sigma: float) -> int:
    """Squares of k pixels around a piece that its shadow reaches into, and one more on either side of the last."""
    return math.ceil(3.5 * sigma / coarse(sigma)) + 2


def coarseness(sigma: float) -> int:
    """The k of a blur that is drawn at 1/k of the size."""
    return 1 << max(math.floor(math.log2(sigma / 2)), 0)


def rectangle(size: tuple[float, float]) -> Points:
    """The corners of a card, a pane's clip: (4, 2), in its own pixels."""
    return np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float64)


def carried(points: Points, matrix: Affine) -> Points:
    """(n, 2) points under a matrix."""
    x, y = points[:, 0], points[:, 1]
    return np.stack([x * matrix.a + y * matrix.c + matrix.e, x * matrix.b + y * matrix.d + matrix.f], axis=1)


def bounds(outline: Points, matrix: Affine, field: Box, reach: tuple[float, float]) -> Box:
    """The pixels of a field whose centres lie within `reach` (across, down) of a warped outline's box."""
    left, top, right, bottom = _extent(outline, *matrix)
    x0, x1 = _within(left - reach[0], right + reach[0], field.x0, field.x1)
    y0, y1 = _within(top - reach[1], bottom + reach[1], field.y0, field.y1)
    return Box(x0, y0, x1, y1)


@kernel
def _extent(points: Points, a: float, b: float, c: float, d: float, e: float, f: float) -> Extent:
    """The least and the most x and y of points under a matrix."""
    left, top, right, bottom = np.inf, np.inf, -np.inf, -np.inf
    for n in range(points.shape[0]):
        x, y = points[n, 0] * a + points[n, 1] * c + e, points[n, 0] * b + points[n, 1] * d + f
        left, top, right, bottom = min(left, x), min(top, y), max(right, x), max(bottom, y)
    return left, top, right, bottom


def _within(low: float, high: float, start: int, end: int) -> tuple[int, int]:
    return math.floor(min(max(low - 0.5, start), end)), math.ceil(max(min(high + 0.5, end), start))


def _reach(job: Job, matrix: Affine) -> tuple[float, float]:
    """How far beyond its outline a piece shows: by its blur, and a picture by half a pixel of the mipmap level that a
    bilinear filter reads it from."""
    soft = 3 * job.sigma
    if isinstance(job.cel.content, Card):
        return 0.5 + soft, 0.5 + soft
    across, down = levels(matrix)
    wide, high = 2.0**across / 2, 2.0**down / 2
    return (
        abs(matrix.a) * wide + abs(matrix.c) * high + soft,
        abs(matrix.b) * wide + abs(matrix.d) * high + soft,
    )


def levels(matrix: Affine) -> tuple[int, int]:
    """How often to halve a picture across and down before a bilinear filter can do the rest."""
    return _halvings(math.hypot(matrix.a, matrix.b)), _halvings(math.hypot(matrix.c, matrix.d))


def _halvings(scale: float) -> int:
    """15 leaves one pixel of the largest picture."""
    return min(max(math.floor(-math.log2(max(scale, 1e-9))), 0), 15)
