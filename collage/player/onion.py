"""Onion skin: the poses before and after, printed in brick and in teal under the present one, which stays as it is.

Only what moves shows twice. A pose that is past or to come lies directly under its present piece, so that nothing
which lies still masks it, and is drawn by the glass like everything else.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from collage.colours import Colour
from collage.errors import CollageError
from collage.exposure.cel import Cel, Pane
from collage.player.acetate import Acetate, Control, Moment
from collage.player.keys import Action
from collage.player.nearer import lay

if TYPE_CHECKING:
    from pygame import Surface

    from collage.stand import Stand

POSES = 2
"""So many poses each way."""
FARTHEST = 96
"""Frames that are looked through for them."""
PAST, COMING = Colour(224, 92, 70, 255), Colour(96, 196, 204, 255)
STRENGTHS = (0.55, 0.3)
"""How opaque the nearest pose is, and the next."""


class Onion(Acetate):
    """Off until it is asked for; at rest only, as nobody sees it at speed."""

    def __init__(self) -> None:
        self._on = False
        self._kept: tuple[Hashable, Surface | None] = None, None

    def act(self, action: Action, at: Moment, show: Control) -> bool:
        if action is Action.ONION:
            self._on = not self._on
            show.say("onion skin: the poses before in red, after in green" if self._on else "no onion skin")
        return action is Action.ONION

    def seen(self, at: Moment) -> Hashable:
        return (at.frame, at.lens) if self._on and not at.playing else None

    def draw(self, surface: Surface, at: Moment) -> None:
        scale = min(1.0, at.lens.scale)
        key = at.stand, at.frame, scale
        if self._kept[0] != key:
            self._kept = key, _picture(at.stand, at.frame, scale)
        if self._kept[1] is not None:
            lay(surface, self._kept[1], at.lens)


def skinned(stand: Stand, frame: int) -> tuple[Cel, ...]:
    """The cels of a frame among those of the poses around it; the frame's own where nothing moves."""
    now = stand.cels(frame)
    inner = _inside(now)
    ghosts: dict[str, list[Cel]] = {}
    for way, colour in ((-1, PAST), (1, COMING)):
        for cels, strength in zip(_poses(stand, frame, way), STRENGTHS, strict=False):
            for cel in _moved(_inside(cels), inner):
                ghosts.setdefault(cel.layer, []).insert(0, _ghost(cel, colour, strength))
    if not ghosts:
        return now
    under = tuple(each for cel in inner for each in (*ghosts.pop(cel.layer, ()), cel))
    gone = tuple(cel for cels in ghosts.values() for cel in cels)  # what isn't there now
    return _around(now, (*under, *gone))


def _picture(stand: Stand, frame: int, scale: float) -> Surface | None:
    """None where it can't be drawn: the window says why, of the frame itself."""
    import pygame

    try:
        pixels = stand.glass.comp(skinned(stand, frame), stand.size, stand.rig.paper, scale)
    except CollageError:
        return None
    height, width = pixels.shape[:2]
    return pygame.image.frombuffer(pixels.tobytes(), (width, height), "RGBX" if stand.opaque else "RGBA")


def _poses(stand: Stand, frame: int, way: int) -> Iterator[tuple[Cel, ...]]:
    """The cels of the next poses that way, the nearest first; each differs from the one before."""
    last, found = stand.cels(frame), 0
    for other in range(frame + way, frame + way * (FARTHEST + 1), way):
        if found == POSES or not 0 <= other < stand.length:
            return
        cels = stand.cels(other)
        if _plain(cels) != _plain(last):
            last, found = cels, found + 1
            yield cels


def _moved(cels: Sequence[Cel], now: Sequence[Cel]) -> list[Cel]:
    """Those that lie elsewhere, or look otherwise, than now."""
    present = {cel._replace(shadow=None) for cel in now}
    return [cel for cel in cels if cel.opacity and cel._replace(shadow=None) not in present]


def _ghost(cel: Cel, colour: Colour, strength: float) -> Cel:
    return cel._replace(tint=colour, opacity=cel.opacity * strength, shadow=None, blend="normal", sweep=None)


def _plain(cels: Sequence[Cel]) -> tuple[Cel, ...]:
    """Without what changes though nothing moves: the film stock."""
    return tuple(_inside(cels))


def _inside(cels: Sequence[Cel]) -> Sequence[Cel]:
    """The pieces of a scene, also of one that is shot on a stock, or lies in linear light."""
    pane = cels[0].content if len(cels) == 1 else None
    return pane.cels if isinstance(pane, Pane) and (pane.finish or pane.linear) else cels


def _around(whole: tuple[Cel, ...], cels: tuple[Cel, ...]) -> tuple[Cel, ...]:
    pane = whole[0].content if len(whole) == 1 else None
    if isinstance(pane, Pane) and (pane.finish or pane.linear):
        return (whole[0]._replace(content=replace(pane, cels=cels)),)
    return cels
