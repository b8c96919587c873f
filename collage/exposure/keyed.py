"""The frames at which a layer has keys: where somebody has set a pose, for whoever shows or looks for those."""

from __future__ import annotations

import math
from collections.abc import Iterator

from collage.exposure.problems import Problems
from collage.exposure.span import layer_span, scene_clock
from collage.scene.likeness import unlike
from collage.scene.model import Scene, Table, Track
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
    return frozenset(frames_of(written.keys, own, span))


def frames_of(table: Table, clock: Clock, span: Span) -> Iterator[int]:
    """The frame of each key of each channel that is written, by the clock of what has them; also before the span, and
    after it. Those of a loop come again with each round, as far as the span goes."""
    for channel in type(table).model_fields:
        track = getattr(table, channel)
        if isinstance(track, Track):
            yield from _frames(track, clock, span)


def _frames(track: Track[object], clock: Clock, span: Span) -> Iterator[int]:
    if track.loop is None:
        yield from (clock.moment(key.at) for key in track.keys)
        return
    loop, frames = clock.length(track.loop), [clock.from_in().moment(key.at) for key in track.keys]
    within = [frame for frame in frames if 0 <= frame < loop]  # a round never comes to the others
    for begins in range(min(math.ceil((span.end - span.first) / loop), MOST // max(len(within), 1))):
        reached = (span.first + math.ceil(begins * loop + frame) for frame in within)
        yield from (frame for frame in reached if frame < span.end)
