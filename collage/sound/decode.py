"""A sound file as numbers: what the mixer plays and what a mouth or a pulse listens to.

Files are untrusted. Their first bytes choose one of five kinds, and nothing else is ever tried: no playlist, nothing
from elsewhere, no picture is decoded, and no file can make FFmpeg open another. Lengths are counted as they are
decoded, whatever a header claims, and what is wrong is an AssetError that names the file and the cure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from collage.errors import AssetError
from collage.sound.kinds import Kind, kind_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container.input import InputContainer

    Samples = npt.NDArray[np.float32]

LONGEST = 3600
"""Seconds a sound may last."""
MOST_SAMPLES = LONGEST * 48_000
"""Of each channel: what an hour has at the usual rate, so that higher rates take no more memory."""
SLOWEST, FASTEST = 4_000, 192_000
_MOST_BYTES = 2**31
_CODECS = {
    *("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le", "flac", "alac"),
    *("vorbis", "opus", "libopus", "mp3", "mp3float", "aac"),
}
_SCALES = {"u8": (128, 2**-7), "s16": (0, 2**-15), "s32": (0, 2**-31), "flt": (0, 1), "dbl": (0, 1)}
"""What is taken from a sample of each format, and what it is then multiplied by, for −1 to 1."""
_HALF = math.sqrt(0.5)
_PLACES = {  # shares of left and right by where a loudspeaker stands (ITU-R BS.775-4, table 2), without the lowest
    "FL": (1, 0), "FR": (0, 1), "FC": (_HALF, _HALF), "LFE": (0, 0),
    "BL": (_HALF, 0), "BR": (0, _HALF), "SL": (_HALF, 0), "SR": (0, _HALF), "BC": (0.5, 0.5),
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A decoded sound: `rate` samples a second, `samples` float32 (n, channels) of 1 or 2 channels, read-only.

    n is at least 1. Full scale is −1 to 1; what was saved as floats, or lossily, may go beyond, but is finite.
    """

    rate: int
    samples: Samples


def read_sound(path: Path) -> Sound:
    """The whole of a WAV, FLAC, Ogg (Opus, Vorbis), MP3 or M4A file at its own rate, many channels mixed to two.

    WAV and FLAC come exactly: an integer of b bits is divided by 2^(b−1), then rounded to float32. AssetError for a
    file that is torn, too long, a film, or no sound; for a torn one it names the second where it breaks. (Of an MP3
    that doesn't count its own frames the end can't be known: it is heard as far as it goes.)
    """
    _check_file(path)
    try:
        with path.open("rb") as file:
            return _read(path, file)
    except AssetError:
        raise
    except MemoryError:
        raise _fault(path, "there is not enough memory for this sound: make it shorter") from None
    except OSError as error:
        raise _fault(path, f"this file can't be read: {_brief(error)}") from None
    except Exception as error:  # broken files raise many kinds of exception
        raise _fault(path, f"this sound is broken ({_brief(error)}): save or copy it again") from None


def _read(path: Path, file: BinaryIO) -> Sound:
    import av

    kind = kind_of(file)
    if kind is None:
        raise _fault(path, "this is no WAV, FLAC, Ogg, MP3 or M4A, whatever its name says: save it as one")
    end = kind.end(file)
    file.seek(0)
    bounds = {"format_whitelist": kind.name, "codec_whitelist": ",".join(sorted(_CODECS)), "protocol_whitelist": "none"}
    try:
        container = av.open(
            file, "r", format=kind.name, container_options=bounds, metadata_errors="replace", io_open=_refused
        )
    except av.FFmpegError as error:
        raise _fault(
            path, f"this sound is torn or broken at its start ({_brief(error)}): save or copy it again"
        ) from None
    with container:
        sound, counted = _heard(path, container, kind)
    missing = counted - len(sound.samples) if end == "counted" else 0
    if end == "torn" or missing > kind.slack:
        raise _broken(path, len(sound.samples), sound.rate)
    return sound


def _refused(*request: Any) -> NoReturn:
    raise PermissionError("it asks for another file")


def _heard(path: Path, container: InputContainer, kind: Kind) -> tuple[Sound, int]:
    """All its samples, and how many of them FFmpeg expected (0: no idea)."""
    import numpy as np

    stream = _stream(path, container)
    stream.codec_context.thread_count = 1
    heard, total, first = bytearray(), 0, None
    for frame in _frames(path, container, stream, kind.slack):
        first = first or frame
        if (frame.sample_rate, frame.layout.name) != (first.sample_rate, first.layout.name):
            at = f"{total / first.sample_rate:.2f} s"
            raise _fault(path, f"this sound changes its rate or channels at {at}: save it with the same throughout")
        samples = _floats(path, frame)
        total += len(samples)
        if total > min(LONGEST * frame.sample_rate, MOST_SAMPLES):
            most = MOST_SAMPLES // max(frame.sample_rate, 48_000)
            raise _fault(path, f"this sound is too long: at most {most // 60} minutes at {frame.sample_rate} Hz")
        heard += samples.tobytes()
    if first is None or not total:
        raise _fault(path, "there is nothing to hear in this file: save it again")
    gathered = np.frombuffer(heard, np.float32).reshape(total, -1)
    gathered.setflags(write=False)
    expected = stream.duration * stream.time_base * first.sample_rate if stream.duration and stream.time_base else 0
    return Sound(first.sample_rate, gathered), int(expected)


def _stream(path: Path, container: InputContainer) -> AudioStream:
    """The one sound in the file. A picture of its cover may lie beside it, a film may not."""
    from av.stream import Disposition

    if any(not stream.disposition & Disposition.attached_pic for stream in container.streams.video):
        raise _fault(path, "this is a film, not a sound: save its sound alone as WAV, FLAC, Ogg, MP3 or M4A")
    if len(container.streams.audio) != 1:
        raise _fault(path, f"there are {len(container.streams.audio)} sounds in this file: save the one you want alone")
    stream = container.streams.audio[0]
    codec = stream.codec_context.name if stream.codec_context else "unknown"
    if codec not in _CODECS:
        raise _fault(path, f"its sound is packed as {_plain(codec)}: save it as plain WAV, FLAC, Ogg, MP3 or M4A")
    return stream


def _frames(path: Path, container: InputContainer, stream: AudioStream, slack: int) -> Iterator[AudioFrame]:
    """What is decoded, in order and without gaps; where the decoder stumbles or skips, the sound is broken."""
    import av

    total, rate = 0, 1
    try:
        for frame in container.decode(stream):
            rate = frame.sample_rate
            if not SLOWEST <= rate <= FASTEST:
                raise _fault(path, f"this sound has {rate} samples a second: save it with 44100 or 48000")
            due = frame.pts * frame.time_base * rate if frame.pts is not None and frame.time_base else total
            if due > total + slack:
                raise _broken(path, total, rate)
            yield frame
            total += frame.samples
    except av.FFmpegError:
        raise _broken(path, total, rate) from None


def _floats(path: Path, frame: AudioFrame) -> Samples:
    """(n, 1 or 2) float32 of one decoded frame, whose array is (channels, n), or (1, n · channels) if interleaved."""
    import numpy as np

    names = [channel.name for channel in frame.layout.channels]
    shape = frame.to_ndarray()
    across = shape.T if frame.format.is_planar else shape.reshape(-1, len(names))
    taken, scale = _SCALES[frame.format.name.removesuffix("p")]
    floats = (across.astype(np.float64) - taken) * scale
    if len(names) > 2:
        if not set(names) <= _PLACES.keys():
            raise _fault(path, f"its {len(names)} channels stand in no arrangement that is known: save it in stereo")
        shares = np.array([_PLACES[name] for name in names])
        floats = sum(floats[:, [place]] * share for place, share in enumerate(shares)) / shares.sum(axis=0).max()
    with np.errstate(over="ignore"):
        samples: Samples = floats.astype(np.float32)
    if not np.isfinite(samples).all():
        raise _fault(path, "some of its samples are no finite numbers: save it again, as 16 or 24 bits")
    return samples


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise _fault(path, "this is a folder where a sound belongs: name a file in it")
        if not path.is_file():
            raise _fault(path, "there is no such file: put a sound there or correct the path")
        size = path.stat().st_size
    except OSError as error:
        raise _fault(path, f"this file can't be read: {_brief(error)}") from None
    if size == 0:
        raise _fault(path, "this file is empty: save or copy it again")
    if size > _MOST_BYTES:
        raise _fault(path, f"this file is too large: at most {_MOST_BYTES >> 20} MiB")


def _broken(path: Path, heard: int, rate: int) -> AssetError:
    return _fault(path, f"this sound breaks off at {heard / rate:.2f} s: save or copy it again")


def _fault(path: Path, message: str) -> AssetError:
    """About a file, named as seen from where the user stands."""
    here = Path.cwd()
    shown = path.relative_to(here) if path.is_relative_to(here) else path
    return AssetError(f"{_plain(shown.as_posix())}: {message}")


def _plain(text: str) -> str:
    """What a file says of itself, fit for one line: no line breaks, no control of the terminal."""
    return "".join(mark if mark.isprintable() else "?" for mark in text[:500])


def _brief(error: BaseException) -> str:
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return _plain(" ".join(str(text).split())[:80])
