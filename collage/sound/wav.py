"""WAV files: what is heard, beside exported frames or alone.

One sound that is heard alone and as it was recorded comes through untouched: at its own rate, every sample exactly, in
16 or 24 bits if those hold it, else in 32-bit floats. What is mixed has 48,000 samples a second in 24 bits; where the
sum goes beyond full scale it is written as floats, which hold it, and never clipped.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from collage.errors import CollageError
from collage.files import beside, check_target, settle, unwritten
from collage.sound.decode import Sound
from collage.sound.mix import Mix, decibels_over
from collage.timing import Span

if TYPE_CHECKING:
    from collage.sound.mix import Samples

_MOST_BYTES = 2**32 - 2**10
"""A WAV counts its bytes in 32 bits."""
_FLOATS = 32


class Wav(NamedTuple):
    """A WAV that was written: samples a second, channels, bits (32 are floats), how many samples, what to remark."""

    file: Path
    rate: int
    channels: int
    bits: int
    samples: int
    remarks: tuple[str, ...] = ()


class _TooLoud(Exception):
    """What is mixed goes beyond full scale."""


def write_wav(mix: Mix, file: Path, frames: Span, frame_rate: Fraction) -> Wav:
    """Write what is heard while `frames` are seen; in place of what was there, once it is whole.

    The WAVs of two spans that follow one another do so to the sample. The same sounds give the same bytes. AssetError
    for a sound that can't be read, CollageError as of `refuse_own` or if it would be too long for a WAV, RunError if it
    can't be written.
    """
    refuse_own(mix, file)
    alone = mix.alone()
    if alone is not None:
        return _write(alone, file, alone.stretch(frames, frame_rate), _bits(alone.sounds()))._replace(remarks=())
    span = mix.stretch(frames, frame_rate)
    try:
        return _write(mix, file, span, 24)
    except _TooLoud:
        return _write(mix, file, span, _FLOATS)


def refuse_own(mix: Mix, file: Path) -> None:
    """CollageError if `file` is one of those that are heard, by whatever name, or no file at all: it would be lost."""
    check_target(file)
    if any(_is_same(file, voice.path) for voice in mix.voices):
        raise CollageError(f"{file}: is itself heard there, and would be replaced: choose another place")


def _is_same(file: Path, other: Path) -> bool:
    try:
        return os.path.samefile(file, other)
    except OSError:
        return False


def _bits(sounds: Iterable[Sound]) -> int:
    """The fewest that hold every sample exactly."""
    bits = 16
    for sound in sounds:
        for first in range(0, len(sound.samples), sound.rate):
            while bits < _FLOATS and not _fits(sound.samples[first : first + sound.rate], bits):
                bits += 8
    return bits


def _fits(samples: Samples, bits: int) -> bool:
    import numpy as np

    most = 2 ** (bits - 1)
    levels = samples.astype(np.float64) * most
    return bool(np.all((np.rint(levels) == levels) & (levels >= -most) & (levels < most)))


def _write(mix: Mix, file: Path, span: Span, bits: int) -> Wav:
    channels, count = mix.channels, span.end - span.first
    if count * channels * bits // 8 > _MOST_BYTES:
        hours = _MOST_BYTES * 8 / (channels * bits * mix.rate * 3600)
        raise CollageError(
            f"{file}: a WAV holds at most {hours:.1f} hours of this sound: export it in parts, by --frames"
        )
    temporary = beside(file)
    try:
        with temporary.open("xb") as out:
            out.write(_head(mix.rate, channels, bits, count))
            peak = _pour(mix.blocks(span.first, span.end), bits, out)
            out.write(bytes(count * channels * bits // 8 % 2))
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, file)
        settle(file.parent)
    except OSError as error:
        raise unwritten(file, error) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    over = decibels_over(peak)
    told = f"{file}: the sounds together reach {over:.1f} dB above full scale: written in 32-bit floats, which hold it"
    return Wav(file, mix.rate, channels, bits, count, (told,) if over else ())


def _pour(blocks: Iterable[Samples], bits: int, out: BinaryIO) -> float:
    """The peak of what is written; _TooLoud where integers don't hold it."""
    peak = 0.0
    for block in blocks:
        peak = max(peak, float(abs(block).max()))
        if bits < _FLOATS and peak > 1:
            raise _TooLoud
        out.write(_packed(block, bits))
    return peak


def _head(rate: int, channels: int, bits: int, count: int) -> bytes:
    """All before the samples, of which there are so many in each channel (Microsoft, Multimedia Programming Interface
    and Data Specifications 1.0; floats by New Multimedia Data Types, 1994)."""
    block = channels * bits // 8
    length = block * count
    form = struct.pack("<HHIIHH", 3 if bits == _FLOATS else 1, channels, rate, rate * block, block, bits)
    chunks = [(b"fmt ", form)]
    if bits == _FLOATS:
        chunks = [(b"fmt ", form + bytes(2)), (b"fact", struct.pack("<I", count))]
    told = b"".join(name + struct.pack("<I", len(body)) + body for name, body in chunks)
    whole = 4 + len(told) + 8 + length + length % 2
    return b"RIFF" + struct.pack("<I", whole) + b"WAVE" + told + b"data" + struct.pack("<I", length)


def _packed(samples: Samples, bits: int) -> bytes:
    import numpy as np

    if bits == _FLOATS:
        return bytes(samples.astype("<f4"))
    most = 2 ** (bits - 1)
    levels = np.minimum(np.rint(samples.astype(np.float64) * most), most - 1).astype("<i4")
    return bytes(levels.reshape(-1, 1).view(np.uint8)[:, : bits // 8])
