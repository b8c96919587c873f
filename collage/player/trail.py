"""The way of a piece across the canvas: where its pivot lies exposure by exposure, and at which of them it has keys."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError
from collage.exposure.film import Reel, on_screen
from collage.geometry import Point
from collage.player.pick import Key, placed

if TYPE_CHECKING:
    from collage.stand import Stand

MOST = 1000
"""Frames of a way, those around the present, so that a long scene is as soon drawn as a short one."""


class Step(NamedTuple):
    """Where a piece comes to lie at a frame, and whether it is keyed there."""

    frame: int
    point: Point
    keyed: bool


Way = tuple[Step, ...]


def ways(stand: Stand, frames: range, key: Key, keyed: Set[int]) -> tuple[Way, ...]:
    """The ways of a piece through some frames: one for each stretch that it is there, with a step wherever it moves or
    has a key. `keyed` are the key frames of its own scene."""
    found, way, before = list[Way](), list[Step](), None
    for moment in frames:
        try:
            place = placed(stand, moment, key)
        except CollageError:  # a frame without a picture has no place either
            place = None
        if place is None:
            found, way, before = [*found, tuple(way)] if way else found, [], None
            continue
        own = place.stage.frame - place.piece.joint.delay
        point = place.matrix.at(place.stage.turning(place.piece.joint))
        hit = own in keyed if before is None or own <= before else any(at in keyed for at in range(before + 1, own + 1))
        if hit or not way or way[-1].point != point:
            way.append(Step(moment, point, hit))
        before = own
    return (*found, tuple(way)) if way else tuple(found)


def around(stand: Stand, frame: int) -> range:
    """The frames of the scene, or of the shots that show at a frame; of very many, some hundreds on either side."""
    first, end = 0, stand.length
    if isinstance(stand.rig, Reel):
        strips = on_screen(stand.rig, frame)
        first, end = (min(strip.first for strip in strips), max(strip.end for strip in strips)) if strips else (0, 0)
    step = MOST // 4  # so that it is the same for many frames
    first = max(first, min(frame // step * step - MOST // 2, end - MOST))
    return range(first, min(end, first + MOST))
