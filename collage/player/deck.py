"""What plays on the sound device: the way of a playhead through a stand's mix, kept supplied; a slice; a slip over it.

It waits for files and for the device, so it belongs to a thread of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol, TypeVar

from collage.errors import CollageError
from collage.player import paper_sounds
from collage.player.course import Course, Stretch
from collage.player.sound_clock import SoundClock
from collage.timing import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from collage.player.clock import Playhead
    from collage.sound.mix import Mix

    Samples = npt.NDArray[np.float32]

Got = TypeVar("Got")

STOCK = Fraction(1, 2)
"""Seconds that are handed over at a time; as much again waits for its turn."""
EDGE = Fraction(1, 300)
"""Seconds in which a sound that is cut swells and dies away: a sudden edge is heard as a click."""


class Speaker(Protocol):
    """A sound device: a `Loudspeaker`, or one that tests take apart."""

    rate: int
    ahead: int

    @property
    def idle(self) -> bool: ...
    @property
    def hungry(self) -> bool: ...
    def heard(self) -> int: ...
    def play(self, samples: Samples) -> None: ...
    def queue(self, samples: Samples) -> None: ...
    def stop(self) -> None: ...
    def lay_over(self, samples: Samples) -> None: ...
    def turn(self, volume: float) -> None: ...
    def close(self) -> None: ...


class Deck:
    """An open device, by which `clock` goes while a playhead is followed. `notice` is told in a line of what can't be
    heard; the rest goes on in silence."""

    def __init__(self, speaker: Speaker, clock: SoundClock, notice: Callable[[str], None]) -> None:
        self._speaker, self._clock, self._notice = speaker, clock, notice
        self._mix: Mix | None = None
        self._stamp: Hashable = None
        self._frame_rate = Fraction(1)
        self._head: Playhead | None = None
        self._course: Course | None = None
        self._next = self._over = 0

    @property
    def playing(self) -> bool:
        """It wants `feed` several times in each STOCK."""
        return self._course is not None

    def put_on(self, mix: Mix | None, frame_rate: Fraction) -> None:
        """Hear another mix from now on, of a stand with so many frames a second; without a break if it sounds alike."""
        self._frame_rate, stamp = frame_rate, mix and _stamp(mix)
        if stamp == self._stamp:
            return
        if mix and self._mix:
            mix.inherit(self._mix)
        self._mix, self._stamp = mix, stamp
        if mix:
            self._or_tell(mix.load)
        if self._head:
            head, self._course = self._head, None
            self.play(head)

    def play(self, head: Playhead) -> None:
        """Follow a playhead that runs as fast as life, from where it is by the clock."""
        self._head, former = head, self._course
        if self._mix is None:
            return self._fall_silent()
        self._course = Course.of(head, self._mix.rate)
        if former is None or self._lost or not former.agrees(self._course, self._clock.now()):
            self._begin()
        else:
            self._course = former

    def feed(self) -> None:
        """See to it that the device has what comes next, and that it is where the clock is."""
        if self._course is None:
            return
        if self._lost:
            self._begin()
        elif self._speaker.hungry:
            self._supply()

    def slice(self, frame: int) -> None:
        """Play what is heard during one frame."""
        self.stop()
        if self._mix and (samples := self._block([self._during(frame)])) is not None:
            self._speaker.play(_cut(samples, round(self._speaker.rate * EDGE), both=True))

    def stop(self) -> None:
        self._head = None
        self._fall_silent()

    def lay_over(self, name: str) -> None:
        """One of the `paper_sounds`, never twice alike in a row."""
        self._over = (self._over + 1) % paper_sounds.KINDS
        self._speaker.lay_over(paper_sounds.made(name, self._speaker.rate, self._over))

    def turn(self, volume: float) -> None:
        """To a volume from 0 to 1; at 0 all goes on unheard."""
        self._speaker.turn(volume)

    def close(self) -> None:
        self.stop()
        self._speaker.close()

    @property
    def _lost(self) -> bool:
        """The device ran dry, or went elsewhere."""
        return self._speaker.idle or self._clock.astray

    def _fall_silent(self) -> None:
        self._course = None
        self._clock.free()
        self._speaker.stop()

    def _begin(self) -> None:
        """From where the playhead is when the samples are ready, as to read them may take a while; the picture waits
        until they are heard. Too long a while, and they are of no use; the next `feed` tries again, when the files are
        read."""
        course = self._course
        assert course is not None
        first = course.sample(self._clock.now())
        samples = self._block(course.stretches(first, self._stock))
        if samples is None:
            return
        late = course.sample(self._clock.now()) - first
        if late < len(samples):
            self._speaker.play(_cut(samples[late:], round(self._speaker.rate * EDGE)))
            self._clock.follow(self._speaker.heard, self._speaker.ahead)
            self._next = first + len(samples)

    def _supply(self) -> None:
        assert self._course is not None
        samples = self._block(self._course.stretches(self._next, self._stock))
        if samples is not None:
            self._speaker.queue(samples)
            self._next += len(samples)

    @property
    def _stock(self) -> int:
        return round(self._speaker.rate * STOCK)

    def _during(self, frame: int) -> Stretch:
        assert self._mix is not None
        first, end = self._mix.stretch(Span(frame, frame + 1), self._frame_rate)
        return Stretch(first, end - first)

    def _block(self, stretches: Iterable[Stretch]) -> Samples | None:
        """Their samples one after the other, or None if they can't be read."""
        import numpy as np

        mix = self._mix
        assert mix is not None
        return self._or_tell(lambda: np.concatenate([mix.block(*stretch) for stretch in stretches]))

    def _or_tell(self, read: Callable[[], Got]) -> Got | None:
        """What is read. If it can't be, whoever started us is told why, and the mix is not asked again."""
        try:
            return read()
        except (CollageError, OSError, MemoryError) as error:
            self._notice(f"not heard: {str(error) or type(error).__name__}")
            self._mix = None
            self._fall_silent()
            return None


def _stamp(mix: Mix) -> Hashable:
    """What tells how it sounds: its voices, and their files as they are."""
    files = []
    for path in sorted({voice.path for voice in mix.voices}):
        try:
            status = os.stat(path)
        except OSError:
            files.append((0, 0))
        else:
            files.append((status.st_mtime_ns, status.st_size))
    return mix.voices, mix.samples, tuple(files)


def _cut(samples: Samples, edge: int, *, both: bool = False) -> Samples:
    """A copy that swells from silence, and dies away to it if both ends are cut."""
    import numpy as np

    edge = min(edge, len(samples) // 2)
    slope = np.linspace(0, 1, edge, dtype=np.float32)[:, None]
    samples = samples.copy()
    samples[:edge] *= slope
    if both:
        samples[len(samples) - edge :] *= slope[::-1]
    return samples
