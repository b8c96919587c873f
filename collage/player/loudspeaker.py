"""The sound device, by `pygame.mixer`: one stream without gaps, slips over it, and how much of it was heard.

The mixer tells no position of what it plays, but of its music it counts every sample that the device takes. So
the music is silence without end: the device's own clock.
"""

from __future__ import annotations

import os
import sys
import tempfile
import wave
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.player.clock import SECOND

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from pygame.mixer import Sound

    Samples = npt.NDArray[np.float32]

RATE = 48_000
CHUNK = 1024
"""Samples the device takes at a time."""
AHEAD = SECOND * CHUNK * 3 // 2 // RATE
"""Nanoseconds from handing over a sample to hearing it, half a chunk more or less: it waits for the device to ask, and
for the chunk before to be played."""

KEPT = 8
"""Sounds that may still be heard: what plays, what comes next, and some over it."""


class Loudspeaker:
    """An open device; CollageError if there is none. To be used by one thread, but for `heard`."""

    rate, ahead = RATE, AHEAD

    def __init__(self) -> None:
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        import pygame
        from pygame import mixer

        self._mixer, self._volume = mixer, 1.0
        self._sounds: list[Sound] = []
        self._folder = tempfile.TemporaryDirectory(prefix="collage-", ignore_cleanup_errors=True)
        try:
            with _hushed():
                mixer.init(RATE, -16, 2, CHUNK, allowedchanges=0)
            mixer.set_reserved(1)
            self._stream = mixer.Channel(0)
            self._count_samples()
        except (pygame.error, OSError) as error:
            self.close()
            raise CollageError(f"no sound here: it plays silently ({error})") from error

    def heard(self) -> int:
        """Nanoseconds of samples the device has taken."""
        return self._mixer.music.get_pos() * 1_000_000

    @property
    def idle(self) -> bool:
        """Nothing is left of the stream."""
        return not self._stream.get_busy()

    @property
    def hungry(self) -> bool:
        """The stream has nothing to go on with after what plays now."""
        return self._stream.get_queue() is None

    def play(self, samples: Samples) -> None:
        """Begin the stream, instead of what it played."""
        self._stream.play(self._sound(samples))

    def queue(self, samples: Samples) -> None:
        """Go on with these, without a gap."""
        self._stream.queue(self._sound(samples))

    def stop(self) -> None:
        self._stream.stop()
        self._stream.stop()  # the first lets what was queued begin

    def lay_over(self, samples: Samples) -> None:
        """Play a short sound at once, over whatever there is; if too many play already, none."""
        self._sound(samples).play()

    def turn(self, volume: float) -> None:
        """To a volume from 0 to 1, at once."""
        self._volume = volume
        for sound in self._sounds:
            sound.set_volume(volume)

    def close(self) -> None:
        self._mixer.quit()
        self._sounds.clear()
        self._folder.cleanup()

    def _sound(self, samples: Samples) -> Sound:
        """Its volume is the sound's own: a channel forgets its own with every sound."""
        sound = self._mixer.Sound(buffer=pcm(samples))
        sound.set_volume(self._volume)
        self._sounds = [*self._sounds[1 - KEPT :], sound]
        return sound

    def _count_samples(self) -> None:
        """From a file, which the mixer reads by itself: for anything else it would wait for Python every time."""
        silence = Path(self._folder.name, "silence.wav")
        with wave.open(str(silence), "wb") as out:
            out.setparams((2, 2, RATE, 0, "NONE", ""))
            out.writeframes(bytes(RATE))
        self._mixer.music.load(silence)
        self._mixer.music.play(loops=-1)


def pcm(samples: Samples) -> bytes:
    """Stereo in 16 bits, clipped at full scale, of (n,), (n, 1) or (n, 2) floats."""
    import numpy as np

    levels = np.rint(np.clip(samples, -1, 1) * 32767).astype(np.int16)
    return np.broadcast_to(levels.reshape(len(levels), -1), (len(levels), 2)).tobytes()


@contextmanager
def _hushed() -> Iterator[None]:
    """Linux's sound library writes a page to the terminal where it finds no device: for that moment, to nowhere."""
    if sys.platform != "linux":
        yield
        return
    try:
        kept = os.dup(2)
    except OSError:  # closed by whoever started us
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        with suppress(OSError):
            os.dup2(kept, 2)
        os.close(kept)
