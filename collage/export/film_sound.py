"""The sound of a film: from the very sample with which its first frame begins to the one with which its last ends."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from collage.export.film_kind import Facts
from collage.sound.mix import decibels_over

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container.output import OutputContainer

    from collage.sound.mix import Mix

Samples = npt.NDArray[np.float32]

_MOST = 48_000
"""Samples that are asked for at a time, however long a frame lasts."""
_KBITS = 128_000
"""Bits a second for each channel, where it is packed: nobody hears what that leaves out."""


class Form(NamedTuple):
    """How an encoder takes samples: FFmpeg's name for it, and what makes (n, channels) floats such."""

    name: str
    of: Callable[[Samples], npt.NDArray[Any]]


def _together(samples: Samples) -> Samples:
    return samples.reshape(1, -1)


def _apart(samples: Samples) -> Samples:
    return np.ascontiguousarray(samples.T)


def _whole(samples: Samples) -> npt.NDArray[np.int32]:
    """Of 24 bits, at the top of 32: what was saved as 16 or 24 bits stays as it was."""
    top = 2**23
    levels = np.rint(samples.astype(np.float64) * top).clip(-top, top - 1)
    return levels.astype(np.int32).reshape(1, -1) << 8


FORMS = {"aac": Form("fltp", _apart), "libopus": Form("flt", _together), "pcm_s24le": Form("s32", _whole)}


class Track:
    """Feeds what a mix sounds like to a film's encoder, frame by frame as the pictures come."""

    def __init__(self, container: OutputContainer, codec: str, facts: Facts, mix: Mix) -> None:
        import av

        self._container, self._facts, self._mix, self._form = container, facts, mix, FORMS[codec]
        self._layout = "mono" if mix.channels == 1 else "stereo"
        self._stream = cast("AudioStream", container.add_stream(codec, rate=mix.rate, layout=self._layout))
        context = self._stream.codec_context
        self._stream.time_base = context.time_base = Fraction(1, mix.rate)  # else AAC comes 1024 samples late
        context.bit_rate = _KBITS * mix.channels
        context.flags |= av.codec.context.Flags.bitexact.value
        self._first = self._next = self._place(0)
        self._peak = 0.0

    def _place(self, number: int) -> int:
        """The first sample of the mix that is heard while a frame of the film is seen."""
        since = Fraction(self._facts.frames.first, self._facts.step)
        return ceil((since + number) / self._facts.rate * self._mix.rate)

    def reach(self, number: int) -> None:
        """Write all that is heard before a frame begins."""
        while count := min(self._place(number) - self._next, _MOST):
            samples = self._mix.block(self._next, count)
            self._peak = max(self._peak, float(np.abs(samples).max()))
            self._container.mux(self._stream.encode(self._frame(samples)))
            self._next += count

    def _frame(self, samples: Samples) -> AudioFrame:
        import av

        frame = av.AudioFrame.from_ndarray(self._form.of(samples), format=self._form.name, layout=self._layout)
        frame.sample_rate, frame.time_base = self._mix.rate, Fraction(1, self._mix.rate)
        frame.pts = self._next - self._first
        return frame

    def finish(self) -> tuple[str, ...]:
        """Write what the encoder held back; remarks on what is lost."""
        self._container.mux(self._stream.encode(None))
        over = decibels_over(self._peak)
        if not over:
            return ()
        return (f"the sounds together reach {over:.1f} dB above full scale, and are cut off there: lower their gain",)
