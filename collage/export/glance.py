"""A quick look at a whole scene for flashes, before anyone makes its frames.

Only poses are drawn, small; and of those only the ones that lie so close together that they could flash at all. First
pieces go without what is too fine to be seen so small, dots of print and cut edges, which take longest to make: by
rules that suspect more than need be. Only a scene that is suspected is looked at again, just as it is exported.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from collage.export.flash_places import TRANSITIONS, Limits
from collage.export.flashes import WCAG, Flash, Rules, Watch, thumb, thumb_scale
from collage.exposure.cel import Cel, Content, Cutout, Pane, Print

if TYPE_CHECKING:
    from collage.glass.plates import Plates
    from collage.stand import Stand

Pose = tuple[int, tuple[Cel, ...]]
"""The cels that lie from a frame on."""

MOST_FRAMES = 30_000
"""Twenty minutes: beyond, a look would not be quick; exports see all."""
WARY = Rules(Limits(light=0.08, dark=0.84, red=16 / 320, pure=0.7), share=0.2)
"""About four fifths of what WCAG allows, of light and of area: together more than dots and rims change."""
_NARROW = 0.03
"""A border of less than this share of a piece's shorter side is not looked at first."""
_CLEAR = 0.1
"""Nor is the paper under a piece, unless more than this share of it is seen through."""


def glance(stand: Stand) -> list[Flash]:
    """The flashes of a scene or a film, in order, in the first `MOST_FRAMES`. CollageError where a frame can't be
    made."""
    if not _seen(stand, Plainly(stand.glass.plates), WARY):
        return []
    return _seen(stand, lambda cel: cel, WCAG)


def _seen(stand: Stand, eye: Callable[[Cel], Cel], rules: Rules) -> list[Flash]:
    scale, watch = thumb_scale(stand.size), Watch(stand.rate, rules)
    for frame, cels in hasty(poses(stand), stand.rate):
        picture = stand.glass.comp(tuple(map(eye, cels)), stand.size, stand.rig.paper, scale)
        watch.see(frame, thumb(picture))
    return watch.findings()


def poses(stand: Stand) -> Iterator[Pose]:
    """Every frame that does not hold the one before it."""
    last: tuple[Cel, ...] | None = None
    for frame in range(min(stand.length, MOST_FRAMES)):
        cels = stand.cels(frame)
        if cels != last:
            yield frame, cels
        last = cels


def hasty(poses: Iterable[Pose], rate: Fraction) -> Iterator[Pose]:
    """Those among which something may change more than six times in a second, with the one before: seven changes."""
    recent, given = deque[Pose](maxlen=TRANSITIONS + 1), -1
    for pose in poses:
        recent.append(pose)
        if len(recent) > TRANSITIONS and pose[0] - recent[1][0] < rate:
            yield from (one for one in recent if one[0] > given)
            given = pose[0]


class Plainly:
    """Sees cels without what is fine: pieces that are neither cut out nor printed in dots, where that differs in little
    but rims and dots."""

    def __init__(self, plates: Plates) -> None:
        self._plates = plates
        self._plain: dict[Cutout, Content] = {}

    def __call__(self, cel: Cel) -> Cel:
        content, matte = cel.content, cel.matte
        if isinstance(content, Pane):
            content = Pane(tuple(map(self, content.cels)), content.size, content.round, content.finish, content.linear)
        elif isinstance(content, Cutout):
            content = self._uncut(content)
        return cel._replace(content=content, matte=matte and matte._replace(cels=tuple(map(self, matte.cels))))

    def _uncut(self, cutout: Cutout) -> Content:
        if cutout not in self._plain:
            self._plain[cutout] = _undotted(cutout) if _same_shape(cutout, self._plates) else cutout
        return self._plain[cutout]


def _undotted(cutout: Cutout) -> Content:
    """A drawing in its own colours, or in those of the flat inks or of the copier that change them."""
    how = cutout.print
    if how is None or not (how.inks or how.photocopy):
        return cutout.drawing
    return Cutout(cutout.drawing, None, Print(0.0, how.inks, photocopy=how.photocopy))


def _same_shape(cutout: Cutout, plates: Plates) -> bool:
    if cutout.edge is None:
        return True
    if cutout.edge.border > _NARROW * min(cutout.drawing.size):
        return False
    alpha = plates.plate(cutout.drawing).pixels[..., 3]
    return bool(np.count_nonzero((alpha > 8) & (alpha < 247)) <= _CLEAR * np.count_nonzero(alpha))
