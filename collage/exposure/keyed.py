"""The frames at which a layer has keys: where somebody has set a pose, for whoever shows or looks for those."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from collage.exposure.problems import Problems
from collage.exposure.span import layer_span, scene_clock
from collage.scene.likeness import unlike
from collage.scene.model import Scene
from collage.scene.model import Track as Written
from collage.timing import Clock, Span

MOST = 10_000
"""So many keys of one channel, its rounds counted, and no more."""


def key_frames(scene: Scene, layer: int) -> frozenset[int]:
    """The frames of a scene that has been bound at which the layer at that place in its file has a key of any channel,
    those of each round where keys go round."""
    plain = unlike(scene)
    clock, length = scene_clock(plain, Problems())
    written = plain.layer[layer]
    own, span = layer_span(written, layer, clock, length, Problems())
    channels = (getattr(written.keys, name) for name in type(written.keys).model_fields)
    return frozenset(
        frame for track in channels if isinstance(track, Written) for frame in _frames(track, own, span)
    )  # fmt: skip


def _frames(track: Written[object], clock: Clock, span: Span) -> Iterator[int]:
    if track.loop is None:
        yield from (clock.moment(key.at) for key in track.keys)
        return
    round_, frames = clock.length(track.loop), [clock.from_in().moment(key.at) for key in track.keys]
    rounds = min(math.ceil((span.end - span.first) / round_), MOST // max(len(frames), 1))
    for number in range(rounds):
        found = (span.first + math.ceil(number * round_ + Fraction(frame)) for frame in frames)
        yield from (frame for frame in found if frame < span.end)
