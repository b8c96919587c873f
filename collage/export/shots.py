"""The shots of a film one by one, each a sequence of its own, for programs that cut them anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from collage.export.part import Part
from collage.exposure.cutting import Strip
from collage.exposure.expose import expose
from collage.exposure.film import Reel
from collage.exposure.ledger import handed_on
from collage.exposure.rig import Rig
from collage.timing import Span

if TYPE_CHECKING:
    from collage.exposure.cel import Cel
    from collage.stand import Stand


class Shot(NamedTuple):
    """A shot as the film shows it, at its scene's own size and numbered by its scene's own frames, of which it has
    `frames`; without what it is joined to, and whole also where a later shot covers it."""

    part: Part
    strip: Strip
    frames: Span

    @property
    def name(self) -> str:
        """Its scene's name, from the second shot of one scene on with a number."""
        return self.part.name


def shots(stand: Stand) -> tuple[Shot, ...]:
    """The shots of a film in their order; a scene is one shot of itself."""
    strips = stand.rig.strips if isinstance(stand.rig, Reel) else (Strip(stand.name, stand.rig, 0, 0, stand.length),)
    return tuple(_shot(stand, strip, name) for strip, name in zip(strips, _names(strips), strict=True))


def _shot(stand: Stand, strip: Strip, name: str) -> Shot:
    part = Part(stand, name, strip.rig, strip.rig.paper, partial(_exposed, stand.rig, strip))
    return Shot(part, strip, Span(strip.start, strip.start + strip.end - strip.first))


def _exposed(whole: Rig | Reel, strip: Strip, frame: int) -> tuple[Cel, ...]:
    """A frame of the shot's scene, its pieces as worn as they are by then in the film."""
    return expose(strip.rig, frame, handed_on(whole.lines, strip.first + frame - strip.start))


def _names(strips: tuple[Strip, ...]) -> Iterator[str]:
    """Each its own, also on a disk to which letters' case makes no difference."""
    scenes, taken = {strip.name.casefold() for strip in strips}, set[str]()
    for strip in strips:
        numbered = (f"{strip.name}-{number}" for number in count(2))
        free = (name for name in numbered if name.casefold() not in taken | scenes)
        name = strip.name if strip.name.casefold() not in taken else next(free)
        taken.add(name.casefold())
        yield name
