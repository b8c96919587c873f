"""Films with sound, through FFmpeg: MP4 (H.264), WebM (VP9) and QuickTime (ProRes 4444).

The same bytes every time: nothing says when or by whom they were made, and encoders have a fixed number of threads,
since what H.264 writes depends on it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from math import lcm
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from collage.export.film_kind import Facts, Picture
from collage.export.film_sound import Track
from collage.export.film_yuv import chroma, deep, even, filled, luma

if TYPE_CHECKING:
    from av.container.output import OutputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_BT709, _LIMITED = 1, 1
"""FFmpeg's numbers for BT.709, as primaries, as transfer and as matrix, and for the range from 16 to 235."""
_STEADY = {"threads": "4", "chroma_sample_location": "left"}
_FASTEST_CLOCK = 2**31 - 1


class Coding(NamedTuple):
    """What FFmpeg is asked for: the container and its options; the codec of pictures and its own; pixels' format, and
    the one with alpha, if there is; sound's codec. even: sides must be."""

    container: str
    shared: Mapping[str, str]
    video: str
    options: Mapping[str, str]
    solid: str
    clear: str
    sound: str
    even: bool = False


_MP4 = {"crf": "14", "preset": "fast"}
_WEBM = {"crf": "16", "b": "0", "deadline": "good", "cpu-used": "4", "tile-columns": "2"}
_MOV = {"profile": "4444", "vendor": "apl0", "alpha_bits": "16"}
_FRONT = {"movflags": "+faststart"}

MP4 = Coding("mp4", _FRONT, "libx264", _MP4, "yuv420p", "", "aac", even=True)
WEBM = Coding("webm", {}, "libvpx-vp9", _WEBM, "yuv420p", "yuva420p", "libopus")
MOV = Coding("mov", _FRONT, "prores_ks", _MOV, "yuv444p10le", "yuva444p10le", "pcm_s24le")


def container(file: Path, name: str, options: Mapping[str, str]) -> OutputContainer:
    """A new file of that format, which tells nothing of its making."""
    import av

    # absolute, or what stands before a colon would be taken for a protocol
    opened = av.open(os.path.abspath(file), "w", format=name, options=dict(options))
    opened.flags |= cast("int", av.container.Flags.bitexact.value)
    return opened


def given_up(opened: OutputContainer) -> None:
    """Close a file, whatever state it is in, that may be unfinished."""
    import av

    with suppress(av.FFmpegError, OSError):
        opened.close()


class Muxed:
    """Pictures and sound in one file."""

    def __init__(self, file: Path, facts: Facts, coding: Coding) -> None:
        self._facts, self._coding, self._shown = facts, coding, 0
        self._clear = bool(coding.clear) and not facts.opaque
        self._pixels = coding.clear if self._clear else coding.solid
        self._container = container(file, coding.container, {**coding.shared, **_clock(coding, facts)})
        try:
            self._pictures()
            sound = facts.sound
            self._track = Track(self._container, coding.sound, facts, sound) if sound else None
        except BaseException:
            self.close()
            raise

    def _pictures(self) -> None:
        import av

        # libvpx can't carry the alpha of frames that are there to be looked back at
        only_shown = {"auto-alt-ref": "0"} if self._clear else {}
        options = {**self._coding.options, **_STEADY, **only_shown}
        stream = self._container.add_stream(self._coding.video, rate=self._facts.rate, options=options)
        self._stream = cast("VideoStream", stream)
        sides = [side + side % 2 if self._coding.even else side for side in self._facts.size]
        self._stream.width, self._stream.height = sides
        self._stream.pix_fmt = self._pixels
        context = self._stream.codec_context
        self._stream.time_base = context.time_base = 1 / self._facts.rate
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        context.flags |= av.codec.context.Flags.bitexact.value

    def ready(self, picture: Picture) -> VideoFrame:
        import av

        shown = filled(picture) if self._clear else picture
        if self._coding.even:
            shown = even(shown)
        frame = av.VideoFrame(shown.shape[1], shown.shape[0], self._pixels)
        frame.color_primaries = frame.color_trc = frame.colorspace = _BT709
        frame.color_range = _LIMITED
        _draw(frame, shown)
        return frame

    def add(self, ready: VideoFrame, held: bool) -> None:
        ready.pts, ready.time_base = self._shown, 1 / self._facts.rate
        self._container.mux(self._stream.encode(ready))
        self._shown += 1
        if self._track:
            self._track.reach(self._shown)

    def finish(self) -> tuple[str, ...]:
        self._container.mux(self._stream.encode(None))
        remarks = self._track.finish() if self._track else ()
        self._container.close()
        return remarks

    def close(self) -> None:
        given_up(self._container)


def _clock(coding: Coding, facts: Facts) -> dict[str, str]:
    """The clock by which an MP4 tells when its tracks begin and end: one that fits pictures and sound, if any does, as
    its own thousandths of a second don't."""
    fitting = lcm(facts.rate.numerator, facts.sound.rate if facts.sound else 1)
    wanted = bool(coding.shared) and fitting <= _FASTEST_CLOCK
    return {"movie_timescale": str(fitting)} if wanted else {}


def _draw(frame: VideoFrame, picture: Picture) -> None:
    """A picture into a frame of any of the formats above."""
    if frame.format.name.endswith("10le"):
        shorts = [_rows(plane).view(np.uint16) for plane in frame.planes]
        deep(picture, *shorts[:3])
        for deep_clear in shorts[3:]:
            deep_clear[:, : picture.shape[1]] = (picture[..., 3].astype(np.uint32) * 1023 + 127) // 255
    else:
        light, blue, red, *clear = (_rows(plane) for plane in frame.planes)
        luma(picture, light)
        chroma(picture, blue, red)
        for plane in clear:
            plane[:, : picture.shape[1]] = picture[..., 3]


def _rows(plane: Any) -> Picture:
    rows: Picture = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height]
