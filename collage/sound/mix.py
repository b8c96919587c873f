"""What is heard of a scene or a film: sounds laid on one timeline and added up, any stretch of it in any order."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import AssetError, RunError
from collage.sound.decode import Sound, read_sound
from collage.sound.resample import at_rate
from collage.timing import Span, round_half_up

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Samples = npt.NDArray[np.float32]
    Sums = npt.NDArray[np.float64]

RATE = 48_000
"""Samples a second of every mix: 2000 a frame at 24 frames a second, 2002 at 24000/1001."""
KEPT = 2**30
"""Bytes of decoded sounds that a mix keeps while they are not heard."""
MOST_AT_ONCE = 2**32
"""Bytes of decoded sounds that may be heard at once: three hours of stereo."""


class Voice(NamedTuple):
    """A sound file laid on the timeline of a mix, all in its seconds.

    offset: the second of the file that second 0 hears; below 0 it begins later.  gain: in dB.
    It is heard from `first` up to `end`, and over `rise` and `fall` seconds there it swells and dies away, so that two
    that overlap are as strong as one.
    """

    path: Path
    offset: Fraction
    gain: float
    first: Fraction
    end: Fraction
    rise: Fraction = Fraction(0)
    fall: Fraction = Fraction(0)


class _Part(NamedTuple):
    """A voice in samples of the mix: heard in [first, end), where sample n hears n + `shift` of the file's."""

    voice: Voice
    first: int
    end: int
    shift: int


class _Facts(NamedTuple):
    """Of a file: its samples at the mix's rate, its channels, and its own rate."""

    samples: int
    channels: int
    rate: int


class _Taken(NamedTuple):
    """A file as it was when it was read, at the mix's rate."""

    stamp: tuple[int, int, int]
    sound: Sound
    facts: _Facts


class Mix:
    """Of so many seconds. Files are read when `channels`, `block` or `load` first ask for them; those that are heard
    are kept, others too while there is room. Safe to share between threads.

    rate: samples a second.  samples: how many there are.
    """

    def __init__(self, voices: Sequence[Voice], seconds: Fraction, rate: int = RATE) -> None:
        self.voices, self.seconds, self.rate = tuple(voices), seconds, rate
        self.samples = math.ceil(seconds * rate)
        self._parts = tuple(_part(voice, rate, self.samples) for voice in self.voices)
        self._paths = tuple(dict.fromkeys(voice.path for voice in self.voices))
        self._taken: dict[Path, _Taken] = {}
        self._facts: dict[Path, _Facts] = {}  # also of what was let go
        self._lock = threading.RLock()

    @property
    def channels(self) -> int:
        """1 where all its files are mono, else 2. AssetError for a file that can't be read."""
        self.load()
        return max((facts.channels for facts in self._facts.values()), default=1)

    def load(self) -> None:
        """Read every file that was not, so that a broken one is told of before work begins. AssetError for the first
        of those."""
        with self._lock:
            for path in self._paths:
                if path not in self._facts:
                    self._sound(path)
                    self._make_room((path,))

    def inherit(self, other: Mix) -> None:
        """Take over what another has read, as far as those files are as they were."""
        with other._lock:
            theirs = dict(other._taken) if other.rate == self.rate else {}
        with self._lock:
            for path in self._paths:
                if path in theirs and path not in self._taken and theirs[path].stamp == _stamp(path):
                    self._keep(path, theirs[path])

    def block(self, first: int, count: int) -> Samples:
        """(count, channels) float32 from sample `first` on, which lies first/rate seconds after the beginning of frame
        0; full scale is -1 to 1, and sums may go beyond. Silence before the beginning and after the end. The same
        samples, whatever the blocks they are asked for in. AssetError for a file that can't be read."""
        import numpy as np

        sums = np.zeros((count, self.channels))
        heard = [part for part in self._parts if self._sounding(part, first, first + count)]
        with self._lock:
            sounds = self._sounds(tuple(dict.fromkeys(part.voice.path for part in heard)))
        for part in heard:
            _lay(sums, first, part, sounds[part.voice.path])
        loudest = np.finfo(np.float32).max
        return np.clip(sums, -loudest, loudest).astype(np.float32)

    def blocks(self, first: int, end: int) -> Iterator[Samples]:
        """The samples from `first` up to `end`, about a second at a time."""
        for start in range(first, end, self.rate):
            yield self.block(start, min(self.rate, end - start))

    def stretch(self, frames: Span, frame_rate: Fraction) -> Span:
        """The samples that are heard while so many frames are seen; those of the next frames follow without a gap."""
        first, end = (math.ceil(frame / frame_rate * self.rate) for frame in frames)
        return Span(first, end)

    def alone(self) -> Mix | None:
        """Where one sound is heard alone and as it was recorded, the same at that file's own rate. AssetError for a
        file that can't be read."""
        voice = self.voices[0] if len(self.voices) == 1 else None
        if voice is None or voice.gain or voice.rise or voice.fall:
            return None
        self.load()
        rate = self._facts[voice.path].rate
        return self if rate == self.rate else Mix(self.voices, self.seconds, rate)

    def sounds(self) -> Iterator[Sound]:
        """Each file at the mix's rate, one after the other. AssetError for one that can't be read."""
        for path in self._paths:
            with self._lock:
                sound = self._sounds((path,))[path]
            yield sound

    def _sounding(self, part: _Part, first: int, end: int) -> bool:
        over = min(part.end, self._facts[part.voice.path].samples - part.shift)
        return max(part.first, -part.shift) < end and first < over

    def _sounds(self, paths: tuple[Path, ...]) -> dict[Path, Sound]:
        """Those that are wanted now; the others make room for them."""
        found, weight = dict[Path, Sound](), 0
        for path in paths:
            found[path] = self._sound(path)
            weight += found[path].samples.nbytes
            if weight > MOST_AT_ONCE:
                raise AssetError(f"{path.name}: more than three hours of sound are heard at once: make do with fewer")
            self._make_room(paths)
        return found

    def _sound(self, path: Path) -> Sound:
        """Of what was read, the file last asked for lies last."""
        taken = self._taken.pop(path, None) or self._read(path)
        self._keep(path, taken)
        return taken.sound

    def _read(self, path: Path) -> _Taken:
        stamp, own = _stamp(path), read_sound(path)
        sound = at_rate(own, self.rate)
        facts = _Facts(len(sound.samples), sound.samples.shape[1], own.rate)
        if facts != self._facts.get(path, facts):
            raise RunError(f"{path.name}: this sound was saved anew while it was in use: run it again")
        return _Taken(stamp, sound, facts)

    def _keep(self, path: Path, taken: _Taken) -> None:
        self._taken[path] = taken
        self._facts[path] = taken.facts

    def _make_room(self, wanted: Sequence[Path]) -> None:
        """Let go of what was not asked for for longest, until what is left is little enough."""
        weight = sum(taken.sound.samples.nbytes for taken in self._taken.values())
        for path in [path for path in self._taken if path not in wanted]:
            if weight <= KEPT:
                return
            weight -= self._taken.pop(path).sound.samples.nbytes


def decibels_over(peak: float) -> float:
    """How far a peak goes beyond full scale, in dB; 0 if it doesn't."""
    return 20 * math.log10(peak) if peak > 1 else 0.0


def _part(voice: Voice, rate: int, samples: int) -> _Part:
    first, end = round_half_up(voice.first * rate), round_half_up(voice.end * rate)
    return _Part(voice, max(first, 0), min(end, samples), -round_half_up(-voice.offset * rate))


def _lay(sums: Sums, start: int, part: _Part, sound: Sound) -> None:
    """Add what a part has for samples of the mix from `start` on."""
    first = max(part.first, start, -part.shift)
    end = min(part.end, start + len(sums), len(sound.samples) - part.shift)
    if first >= end:
        return
    heard = sound.samples[first + part.shift : end + part.shift] * _gains(part.voice, sound.rate, first, end)
    sums[first - start : end - start] += heard


def _gains(voice: Voice, rate: int, first: int, end: int) -> Sums:
    """What samples [first, end) of the mix are multiplied by, (n, 1): the same however they are asked for, as nothing
    is used that vectors may round otherwise."""
    import numpy as np

    gains = np.full((end - first, 1), 10 ** (voice.gain / 20))
    numbers = np.arange(first, end, dtype=np.float64)[:, None]
    if voice.rise:
        gains *= _swell((numbers - float(voice.first * rate)) / float(voice.rise * rate))
    if voice.fall:
        gains *= _swell((float(voice.end * rate) - numbers) / float(voice.fall * rate))
    return gains


def _swell(share: Sums) -> Sums:
    """From 0 to 1 without a kink, and with equal power: its square and that of its mirror image add up to 1."""
    import numpy as np

    share = np.clip(share, 0, 1)
    return share * np.sqrt(3 - 2 * share)


def _stamp(path: Path) -> tuple[int, int, int]:
    """What tells a file from what it was; of one that is not there, what no file has."""
    try:
        status = os.stat(path)
    except OSError:
        return -1, -1, -1
    return status.st_mtime_ns, status.st_size, status.st_ino
