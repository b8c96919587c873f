"""A piece taken hold of at a frame: where a hand brings it, in the piece's own terms, and with it all that hangs on it.

Pure arithmetic, from the pose that the frame shows: a pull on the canvas becomes a shift in the pixels of whatever
carries the piece, so that what is written afterwards puts it where it was let go.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from collage.exposure.rig import Piece, Pose, Rig
from collage.exposure.stage import Stage, composed
from collage.geometry import Affine, Point
from collage.scene.nudges import Nudge

CLOSE = 1.5
"""Canvas pixels by which a piece may lie off where it was let go: what is written is rounded."""
_FLAT = 1e-9


@dataclass(frozen=True)
class Grip:
    """`outer` maps the pixels of what carries the piece to the canvas, `pose` and `pivot` are what the frame showed,
    `pulled` how far it was pulled on the canvas, `turn` and `scale` what was done to it since."""

    piece: Piece
    frame: int
    outer: Affine
    pose: Sequence[float]
    pivot: Point
    pulled: Point = (0.0, 0.0)
    turn: float = 0.0
    scale: float = 1.0

    @classmethod
    def of(cls, rig: Rig, frame: int, piece: Piece) -> Grip | None:
        """None for a piece that lies flat, or out of sight."""
        stage = Stage(rig, frame)
        joint = piece.joint
        seen, link = stage.seen(joint), stage.link(joint)
        if seen is None or abs(seen.determinant) < _FLAT:
            return None
        outer, lens = Affine() if link is None else Affine._make(stage.origin(link)), stage.lens(joint).matrix
        outer = outer if lens is None else Affine._make(composed(lens, outer))
        return cls(piece, frame, outer, tuple(stage.pose(joint)), stage.turning(joint))

    def pulled_to(self, pulled: Point) -> Grip:
        """Pulled so far in all, in canvas pixels."""
        return replace(self, pulled=pulled)

    def spin(self, degrees: float) -> Grip:
        """Turned further, clockwise as it is seen: what carries it may be flipped."""
        return replace(self, turn=self.turn + math.copysign(degrees, degrees * self.outer.determinant))

    def grow(self, factor: float) -> Grip:
        return replace(self, scale=self.scale * factor)

    @property
    def nudge(self) -> Nudge:
        """What to write of it."""
        inner = self.outer._replace(e=0.0, f=0.0).inverse()
        return Nudge(inner.at(self.pulled), self.turn, self.scale).rounded()

    @property
    def way(self) -> Affine:
        """From where the piece, and all that it carries, was on the canvas to where it is now, pulls left out."""
        turned = _matrix(self.pose, self.pivot, self.turn, self.scale)
        return self.outer @ turned @ _matrix(self.pose, self.pivot).inverse() @ self.outer.inverse()

    @property
    def place(self) -> Affine:
        """From the piece's own pixels to the canvas, now."""
        return Affine.shift(*self.pulled) @ self.outer @ _matrix(self.pose, self.pivot, self.turn, self.scale)

    def landed(self, rig: Rig) -> bool:
        """Whether a rig that was changed by the nudge shows the piece where it was let go."""
        joint = rig.pieces[self.piece.joint.index].joint
        seen, place = Stage(rig, self.frame).seen(joint), self.place
        if seen is None:
            return False
        x, y = self.pivot
        return all(math.dist(seen.at(point), place.at(point)) < CLOSE for point in ((x, y), (x + 40, y), (x, y + 40)))


def _matrix(pose: Sequence[float] | Pose, pivot: Point, turn: float = 0.0, scale: float = 1.0) -> Affine:
    """A piece's own pixels to those of what carries it."""
    x, y, across, down, angle, skew_x, skew_y = pose[:7]
    shape = Affine.skewing(skew_x, skew_y) @ Affine.scaling(across * scale, down * scale)
    return Affine.shift(x, y) @ Affine.turning(angle + turn) @ shape @ Affine.shift(-pivot[0], -pivot[1])
