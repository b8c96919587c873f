"""A rig at one frame: the pose of every joint and where it comes to lie, each worked out once, when first asked for.

Whatever looks at another moment (what follows with a lag) or into a nested scene asks for another stage.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.exposure.camera import PLAIN, Lens, Matrix, defocus, lens
from collage.exposure.cel import Shadow
from collage.exposure.lamp import cast, through
from collage.exposure.rig import (
    APERTURE,
    FOCUS,
    HEIGHT,
    TURN,
    ZOOM,
    Act,
    Joint,
    Link,
    Nested,
    Piece,
    Pose,
    Rig,
    X,
    Y,
)
from collage.geometry import Affine, Point, cos_sin
from collage.registry.hooks import MovingHook

if TYPE_CHECKING:
    from collage.exposure.whose import Whose

_BEYOND = 1e15
"""Where floats no longer hold a pixel's fraction."""
_RADIAN = math.pi / 180
_NEW: Mapping[str, int] = MappingProxyType({})


class Stage:
    """Asked by `expose`, and by the acts of joints. Belongs to one thread and one frame.

    `worn` is how often each asset was handed on before the frame. One that is `ahead` by 1 or -1 holds every joint at
    its next exposure or at that before, as far as the scene has one, while all that is discrete stays as it is. `whose`
    gets what each cel was made of, if somebody asks.
    """

    __slots__ = (
        "_lenses", "_others", "_poses", "_shadows", "_worlds", "ahead", "frame", "rig", "solved", "whose", "worn",
    )  # fmt: skip

    def __init__(
        self,
        rig: Rig,
        frame: int,
        others: dict[tuple[int, int, int], Stage] | None = None,
        ahead: int = 0,
        worn: Mapping[str, int] = _NEW,
        whose: Whose | None = None,
    ) -> None:
        self.rig, self.frame, self.ahead, self.worn, self.whose = rig, frame, ahead, worn, whose
        self._poses: list[list[float] | Pose | None] = [None] * len(rig.joints)
        self._worlds: list[Matrix | None] = [None] * len(rig.joints)
        self._lenses: list[Lens] | None = None
        self._shadows: dict[tuple[int, bool], Shadow | None] = {}
        self._others = {} if others is None else others
        self.solved: dict[int, tuple[float, float, float]] = {}
        """What arms that reach have worked out."""

    def at(self, frame: int, rig: Rig | None = None, *, ahead: int = 0) -> Stage:
        """The same rig at another frame, or the rig of a nested scene at one of its own."""
        rig = rig or self.rig
        if frame == self.frame and rig is self.rig and ahead == self.ahead:
            return self
        key = (id(rig), frame, ahead)
        if key not in self._others:
            self._others[key] = Stage(rig, frame, self._others, ahead, self.worn, self.whose)
        return self._others[key]

    def number(self, joint: Joint) -> int:
        """The number of the exposure that a joint is held at."""
        number = self.frame // joint.on
        ahead = number + self.ahead
        return ahead if 0 <= ahead * joint.on < self.rig.length else number

    def pose(self, joint: Joint) -> list[float] | Pose:
        """The pose of the exposure that this frame lies in. Not to be changed."""
        known = self._poses[joint.index]
        if known is not None:
            return known
        if not (joint.curves or joint.acts or joint.loose):
            self._poses[joint.index] = joint.rest
            return joint.rest
        pose = self._poses[joint.index] = self.posed(joint, joint.acts)
        return pose

    def posed(self, joint: Joint, acts: tuple[Act, ...]) -> list[float]:
        """The pose that keys and these acts give, worked out anew."""
        number = self.number(joint)
        exposure = number * joint.on - joint.delay
        pose = list(joint.rest)
        if joint.loose is not None and self.link(joint) is None:
            pose[:2] = joint.loose
        for slot, curve in joint.curves:
            pose[slot] = curve(exposure)
        for act in acts:
            act(pose, exposure, number, self)
        return pose

    def rest(self) -> None:
        """Hold every joint where it rests, before keys and moves."""
        for joint in self.rig.joints:
            loose = joint.loose is not None and self.link(joint) is None
            self._poses[joint.index] = (*(joint.loose or ()), *joint.rest[2:]) if loose else joint.rest

    def link(self, joint: Joint) -> Link | None:
        """Who carries a joint at this frame."""
        parent = joint.parent
        return parent.static if parent.steps is None else parent.steps.at(self.frame - joint.delay)

    def pivot(self, joint: Joint, link: Link | None) -> Point:
        """The point that lies at `at`, in its own pixels: its own hook of the name it hangs by, if there is one."""
        if joint.pinned or link is None or link.hook_name not in joint.hooks:
            return joint.pivot
        return self.hook(joint, joint.hooks[link.hook_name])[0]

    def hook(self, joint: Joint, hook: Point | MovingHook) -> tuple[Point, bool]:
        """Where a hook of a joint lies in its own pixels, and whether it is hidden."""
        if not isinstance(hook, MovingHook):
            return hook, False
        piece = self.rig.pieces[joint.index]
        name = piece.drawing(self.frame)
        if name == "none" and piece.lying is not None:
            name = piece.lying.at(self.frame - joint.delay)
        return hook.at(piece.places.get(str(name), 0.0))

    def world(self, joint: Joint) -> Matrix:
        """A joint's own pixels to the glass, each ancestor at its own exposure. CollageError beyond all bounds."""
        known = self._worlds[joint.index]
        if known is not None:
            return known
        link = self.link(joint)
        if link is not None and self._worlds[link.joint.index] is None:
            for carrier in reversed([*self.chain(link.joint)]):  # the highest first, so that no depth piles up calls
                self.world(carrier)
        x, y, scale_x, scale_y, turn, skew_x, skew_y = self.pose(joint)[:7]
        px, py = joint.pivot if link is None else self.pivot(joint, link)
        if turn == 0:
            a, b, c, d = scale_x, 0.0, 0.0, scale_y
        else:
            if turn % 90 == 0:
                cos, sin = cos_sin(turn)
            else:
                angle = turn * _RADIAN
                cos, sin = math.cos(angle), math.sin(angle)
            a, b, c, d = cos * scale_x, sin * scale_x, -sin * scale_y, cos * scale_y
        if skew_x or skew_y:
            a, b, c, d, _, _ = _skewed(turn, skew_x, skew_y, scale_x, scale_y)
        e, f = x - a * px - c * py, y - b * px - d * py
        if link is not None:
            a, b, c, d, e, f = composed(self.origin(link), (a, b, c, d, e, f))
        if not abs(a) + abs(b) + abs(c) + abs(d) + abs(e) + abs(f) < _BEYOND:
            raise self._boundless(joint)
        matrix = self._worlds[joint.index] = (a, b, c, d, e, f)
        return matrix

    def _boundless(self, joint: Joint) -> CollageError:
        """Why a joint has no place."""
        what, pose = f'frame {self.frame}: "{joint.label}"', self.pose(joint)
        for skew in (pose[5], pose[6]):
            if abs(math.cos(skew * _RADIAN)) < 1e-12:
                return CollageError(f"{what} is skewed by {skew:g} degrees, where nothing is left: stay off 90")
        return CollageError(f"{what} is carried or scaled beyond all bounds: use smaller numbers for at and scale")

    def origin(self, link: Link) -> Matrix:
        """The pixels around a link, its point at (0, 0), to the glass."""
        if link.inner is not None:
            return composed(self.world(link.joint), self._inside(link.joint, link.inner))
        joint = link.joint
        if link.hook is None:
            x, y = self.pivot(joint, self.link(joint))
        else:
            (x, y), _ = self.hook(joint, link.hook)
        a, b, c, d, e, f = self.world(joint)
        return a, b, c, d, a * x + c * y + e, b * x + d * y + f

    def _inside(self, joint: Joint, link: Link) -> Matrix:
        """A link of the scene that a joint shows, on that scene's canvas, as its own camera sees it."""
        inner = self.nested(joint)
        seen = inner.lens(link.joint).matrix
        return inner.origin(link) if seen is None else composed(seen, inner.origin(link))

    def nested(self, joint: Joint) -> Stage:
        """The stage of the scene that a piece shows now."""
        content = self.rig.pieces[joint.index].content
        assert isinstance(content, Nested)
        number = self.frame // joint.on
        exposure = number * joint.on - joint.delay
        frame = content.clock.at(self.frame - joint.delay, exposure, number)
        return self.at(frame, content.rig, ahead=self.ahead)

    def hides(self, link: Link) -> bool:
        """Whether a link is a hook that is hidden now."""
        if link.inner is not None:
            return self.nested(link.joint).hides(link.inner)
        return isinstance(link.hook, MovingHook) and self.hook(link.joint, link.hook)[1]

    def lens(self, joint: Joint) -> Lens:
        """What the camera does to a joint: nothing if it, or whoever carries it, is locked."""
        if self.rig.camera is None or (self.rig.locks and self.locked(joint)):
            return PLAIN
        return self.lenses()[self.home(joint)]

    def lenses(self) -> list[Lens]:
        """What the camera does to each sheet."""
        if self._lenses is None:
            camera, (width, height) = self.rig.camera, self.rig.size
            if camera is None:
                self._lenses = [PLAIN] * len(self.rig.sheets)
            else:
                pose, centre = self.pose(camera), (width / 2, height / 2)
                seen = (camera.rest[HEIGHT], (pose[X], pose[Y]), pose[ZOOM], pose[TURN], pose[HEIGHT])
                self._lenses = [lens(centre, *seen, pane.z) for pane in self.rig.sheets]
                if pose[APERTURE] > 0:
                    opened = (camera.rest[HEIGHT], pose[ZOOM], pose[HEIGHT], pose[APERTURE], pose[FOCUS])
                    self._lenses = [
                        glass._replace(sigma=defocus(*opened, pane.z))
                        for glass, pane in zip(self._lenses, self.rig.sheets, strict=True)
                    ]
        return self._lenses

    def seen(self, joint: Joint) -> Affine | None:
        """A joint's own pixels to the picture; None where its sheet is out of sight."""
        glass = self.lens(joint)
        if not glass.there:
            return None
        world = self.world(joint)
        return Affine._make(world if glass.matrix is None else composed(glass.matrix, world))

    def turning(self, joint: Joint) -> Point:
        """The point that a joint turns about, in its own pixels."""
        return self.pivot(joint, self.link(joint))

    def shadow(self, joint: Joint) -> Shadow | None:
        """What the lamp casts of a joint, as the camera sees it: one for all pieces of a sheet, and for those of them
        that are locked."""
        lamp = self.rig.lamp
        if lamp is None:
            return None
        key = self.home(joint), self.rig.locks and self.locked(joint)
        if key not in self._shadows:
            home, locked = key
            matrix = None if locked else self.lenses()[home].matrix
            self._shadows[key] = through(matrix, cast(self.pose(lamp), self.rig.sheets[home].gap, self.rig.size[0]))
        return self._shadows[key]

    def locked(self, joint: Joint) -> bool:
        """Whether the camera leaves a joint where it is: it, or an ancestor, is locked."""
        return any(link.lock for link in self.chain(joint))

    def chain(self, joint: Joint) -> Iterator[Joint]:
        """A joint, who carries it, who carries that, and on."""
        yield joint
        link = self.link(joint)
        while link is not None:
            yield link.joint
            link = self.link(link.joint)

    def host(self, joint: Joint) -> Joint | None:
        """The nearest group that carries a joint: it is drawn inside that."""
        above = self.chain(joint)
        next(above)
        return next((carrier for carrier in above if carrier.group), None)

    def there(self, piece: Piece) -> bool:
        """Whether a piece and all groups around it are there."""
        while not piece.gone(self.frame):
            host = self.host(piece.joint) if self.rig.groups else None
            if host is None:
                return True
            piece = self.rig.pieces[host.index]
        return False

    def home(self, joint: Joint) -> int:
        """The sheet a joint lies on: its group's, else its own, else the nearest ancestor's that has one, else the
        lowest."""
        if joint.home is not None:
            return joint.home
        found: int | None = None
        for carrier in self.chain(joint):
            if carrier.group and carrier is not joint:
                found = None  # whatever its members say, they are drawn where the group is
            if found is None:
                found = carrier.sheet.at(self.frame - carrier.delay)
        return found or 0

    def under(self, piece: Piece) -> Joint | None:
        """The joint of the layer that a piece slips under: the one it says, or the holder of a hook that is hidden."""
        joint = piece.joint
        if self.rig.hiding_hooks:
            link = self.link(joint)
            while link is not None:
                if self.hides(link):
                    return link.joint
                link = self.link(link.joint)
        return piece.behind.at(self.frame - joint.delay)


def composed(outer: Matrix, inner: Matrix) -> Matrix:
    """The inner matrix first, then the outer."""
    pa, pb, pc, pd, pe, pf = outer
    a, b, c, d, e, f = inner
    return (
        pa * a + pc * b, pb * a + pd * b, pa * c + pc * d, pb * c + pd * d,
        pa * e + pc * f + pe, pb * e + pd * f + pf,
    )  # fmt: skip


def _skewed(turn: float, skew_x: float, skew_y: float, scale_x: float, scale_y: float) -> Matrix:
    a, b, c, d, e, f = Affine.turning(turn) @ Affine.skewing(skew_x, skew_y) @ Affine.scaling(scale_x, scale_y)
    return a, b, c, d, e, f
