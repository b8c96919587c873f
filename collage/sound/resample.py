"""A sound at another rate, as long and in step to the sample."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from collage.sound.decode import Sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.audio.frame import AudioFrame

_AT_ONCE = 1 << 16
"""Samples handed over at a time: always the same, so that the result is."""


def at_rate(sound: Sound, rate: int) -> Sound:
    """The same sound with `rate` samples a second: itself if it has so many, else by FFmpeg's band-limited filter,
    which has no delay and keeps what is heard to within 0.001 %."""
    if sound.rate == rate:
        return sound
    import av
    import numpy as np

    layout = ("mono", "stereo")[sound.samples.shape[1] - 1]
    resampler = av.AudioResampler("fltp", layout, rate)
    length = max(round(Fraction(len(sound.samples) * rate, sound.rate)), 1)
    samples, place = np.zeros((length, sound.samples.shape[1]), np.float32), 0
    for frame in chain(_frames(sound, layout), (None,)):
        for part in resampler.resample(frame):
            piece = part.to_ndarray().T[: length - place]
            samples[place : place + len(piece)] = piece
            place += len(piece)
    samples.setflags(write=False)
    return Sound(rate, samples)


def _frames(sound: Sound, layout: str) -> Iterator[AudioFrame]:
    import av
    import numpy as np

    for first in range(0, len(sound.samples), _AT_ONCE):
        piece = np.ascontiguousarray(sound.samples[first : first + _AT_ONCE].T)
        frame = av.AudioFrame.from_ndarray(piece, "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = sound.rate, first, Fraction(1, sound.rate)
        yield frame
