"""The shutter: how far a piece goes while it is open, so that the glass can smear it.

It opens with each exposure and closes a share of the way to the next. Whatever moves a piece counts by its own
exposures, so that what is held is smeared alike on every frame of its hold. Before the last exposure of all, of a
piece's stay, or of its stay with one carrier there is nothing to move on to: there the motion goes on as it came.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from collage.exposure.rig import OPACITY, SLOTS, Joint, Piece
from collage.geometry import Affine, Point

if TYPE_CHECKING:
    from collage.exposure.parts import Made
    from collage.exposure.stage import Stage

_STILL = 1e-6
"""Pixels that nobody sees a piece move by."""
_FLAT = 1e-12
"""The share of its area that is left of what can't be seen, and can't be scaled back."""


class Jump(NamedTuple):
    """Frames of a joint's own clock at which a channel jumps; with `loop` they count from `start` and repeat."""

    frames: tuple[int, ...]
    loop: Fraction | None = None
    start: int = 0

    def between(self, first: int, last: int) -> bool:
        """Whether one lies after the first frame and up to the last."""
        return self._before(first) != self._before(last)

    def _before(self, frame: int) -> int:
        if self.loop is None:
            return bisect_right(self.frames, frame)
        rounds, moment = divmod(max(frame - self.start, -1), self.loop)
        return int(rounds) * len(self.frames) + bisect_right(self.frames, moment)


def jumps(made: Made) -> Iterator[Jump]:
    """Where the place of a part jumps by its keys: at those that hold before, and where a loop begins elsewhere."""
    keys, setting = made.part.keys, made.setting
    for channel in type(keys).model_fields:
        track = getattr(keys, channel)
        if track is None or channel not in SLOTS or SLOTS[channel][0] >= OPACITY:
            continue
        clock = setting.clock if track.loop is None else setting.clock.from_in()
        frames = [
            clock.moment(key.at)
            for before, key in pairwise(track.keys)
            if (key.ease or "").strip().lower() == "hold" and key.value != before.value
        ]
        if track.loop is not None and track.keys[0].value != track.keys[-1].value:
            frames = [0, *frames] if 0 not in frames else frames
        if frames:
            loop = None if track.loop is None else setting.clock.length(track.loop)
            yield Jump(tuple(frames), loop, setting.start if loop else 0)


def swept(stage: Stage, piece: Piece, matrix: Affine, whole: Joint | None) -> Affine | None:
    """Where the matrix of a piece has come when the shutter closes; None if it does not move meanwhile.

    `whole` is the group that it is drawn inside as part of one picture, which is swept itself: what is left is the
    piece's own motion in there.
    """
    step = _step(stage, piece)
    there = stage.at(stage.frame, ahead=step) if step else None
    moved = None if there is None else there.seen(piece.joint)
    if there is None or moved is None:
        return None
    moved = moved if whole is None else _within(stage, there, whole) @ moved
    return _between(matrix, moved, stage.rig.shutter * step, stage.turning(piece.joint))


def swept_whole(stage: Stage, group: Piece, whole: Joint | None) -> Affine | None:
    """The same of a group that is one picture, on the canvas already."""
    step, now = _step(stage, group), stage.seen(group.joint)
    there = stage.at(stage.frame, ahead=step) if step else None
    moved = None if there is None else _back(there, stage, group.joint)
    if there is None or now is None or moved is None:
        return None
    pivot = now.at(stage.turning(group.joint))
    return _between(Affine(), _within(stage, there, whole) @ moved, stage.rig.shutter * step, pivot)


def _step(stage: Stage, piece: Piece) -> int:
    """1 where a piece goes on to its next exposure, else -1 where it came from the one before, else 0."""
    return next((step for step in (1, -1) if _same(stage, piece, step)), 0)


def _same(stage: Stage, piece: Piece, step: int) -> bool:
    """Whether a piece is there at a neighbouring exposure, carried by the same and laid on the same sheet, and nothing
    that moves it jumps in between."""
    joint, rig = piece.joint, stage.rig
    frame = (stage.frame // joint.on + step) * joint.on
    if not 0 <= frame < rig.length or piece.gone(frame):
        return False
    other = stage.at(frame)
    if other.home(joint) != stage.home(joint) or not other.lens(joint).there:
        return False
    if rig.camera is not None and rig.camera.jumps and _jumps(stage, rig.camera, step):
        return False
    return all(
        other.link(one) is stage.link(one) and not (one.jumps and _jumps(stage, one, step))
        for one in stage.chain(joint)
    )  # fmt: skip


def _jumps(stage: Stage, joint: Joint, step: int) -> bool:
    now = stage.frame // joint.on * joint.on - joint.delay
    first, last = sorted((now, now + step * joint.on))
    return any(jump.between(first, last) for jump in joint.jumps)


def _within(stage: Stage, there: Stage, whole: Joint | None) -> Affine:
    """From where things are then to where they would be if their group had not moved."""
    back = None if whole is None else _back(stage, there, whole)
    return Affine() if back is None else back


def _back(to: Stage, by: Stage, joint: Joint) -> Affine | None:
    """What takes a joint from where it is at one stage to where it is at another."""
    one, other = by.seen(joint), to.seen(joint)
    flat = one is None or abs(one.determinant) < _FLAT
    return None if one is None or other is None or flat else other @ one.inverse()


def _between(one: Affine, other: Affine, share: float, pivot: Point) -> Affine | None:
    """A matrix a share of the way from one to another, below 0 beyond the first; None if that is no way at all.

    The pivot goes straight; turn, by the shorter way round, and stretch each go evenly, so that what spins stays whole.
    What is turned over goes through its edge instead.
    """
    (x, y), (x1, y1), (px, py) = one.at(pivot), other.at(pivot), pivot
    if math.dist((x, y, *one[:4]), (x1, y1, *other[:4])) < _STILL:
        return None
    a, b, c, d = _turned(one, other, share) or [one[at] + (other[at] - one[at]) * share for at in range(4)]
    x, y = x + (x1 - x) * share, y + (y1 - y) * share
    return Affine(a, b, c, d, x - a * px - c * py, y - b * px - d * py)


def _turned(one: Affine, other: Affine, share: float) -> tuple[float, float, float, float] | None:
    """Directions as a turn and a stretch, [[sx, k], [0, sy]]; None where one side is seen first and then the other."""
    (angle, wide, slant, high), (angle1, wide1, slant1, high1) = _stretch(one), _stretch(other)
    if high * high1 <= 0:
        return None
    angle += ((angle1 - angle + math.pi) % math.tau - math.pi) * share
    wide = max(wide + (wide1 - wide) * share, 0.0)  # what shrinks does not go past nothing
    slant += (slant1 - slant) * share
    tall = high + (high1 - high) * share
    tall = tall if tall * high > 0 else 0.0
    cos, sin = math.cos(angle), math.sin(angle)
    return cos * wide, sin * wide, cos * slant - sin * tall, sin * slant + cos * tall


def _stretch(matrix: Affine) -> tuple[float, float, float, float]:
    """Angle, sx, k, sy of a matrix; sy is 0 where it is flat, below 0 where it shows its back."""
    a, b, c, d, _, _ = matrix
    wide = math.hypot(a, b)
    return (math.atan2(b, a), wide, (a * c + b * d) / wide, matrix.determinant / wide) if wide else (0.0,) * 4
