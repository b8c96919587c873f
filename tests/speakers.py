"""A mix, a sound device and a machine's clock that are not there, for the player's tests."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from collage.errors import AssetError
from collage.timing import Span

SECOND = 1_000_000_000
RATE = 8000
"""Samples a second: few, so that ten minutes are quick, and their numbers are exact in float32."""


class FakeMix:
    """A mix whose sample n is n + 1, and 0 beyond its ends; `broken` is what reading it raises. `asked` are the blocks
    that were."""

    def __init__(
        self, seconds: float, *, rate: int = RATE, name: str = "waltz", broken: Exception | None = None
    ) -> None:
        self.rate, self.channels, self.samples = rate, 1, int(seconds * rate)
        self.voices, self.broken = (SimpleNamespace(path=Path(name)),), broken
        self.asked: list[tuple[int, int]] = []
        self.inherited: list[Any] = []

    def load(self) -> None:
        """Nothing to read."""
        if self.broken:
            raise self.broken

    def inherit(self, other: Any) -> None:
        """Note it."""
        self.inherited.append(other)

    def block(self, first: int, count: int) -> Any:
        """The numbers."""
        self.load()
        self.asked.append((first, count))
        numbers = np.arange(first, first + count)
        return np.where((numbers >= 0) & (numbers < self.samples), numbers + 1, 0).astype(np.float32)[:, None]

    def stretch(self, frames: Span, rate: Fraction) -> Span:
        """As the real one."""
        first, end = (ceil(frame / rate * self.rate) for frame in frames)
        return Span(first, end)


def unreadable(name: str) -> FakeMix:
    """A mix whose file can't be read."""
    return FakeMix(4, name=name, broken=AssetError(f"{name}: not a sound"))


class Time:
    """The machine's clock, moved by hand."""

    def __init__(self) -> None:
        self.own = 7 * SECOND

    def __call__(self) -> int:
        return self.own

    def pass_by(self, seconds: float) -> None:
        """Let so much time pass."""
        self.own += round(seconds * SECOND)


class FakeSpeaker:
    """A device that takes `pace` seconds of sound in each second of `time`, so many samples at once, and tells of its
    position only then; `log` is what it was asked to do."""

    CHUNK = 171
    """About 21 ms, as real ones."""

    def __init__(self, time: Time | None = None, pace: Fraction = Fraction(1)) -> None:
        self.rate, self.ahead = RATE, SECOND * self.CHUNK // RATE // 2
        self.time, self.pace = time or Time(), pace
        self.begun, self.missed = self.time.own, Fraction(0)
        self.stream: list[tuple[int, Any]] = []
        self.log: list[Any] = []

    def taken(self) -> Fraction:
        """Samples taken until now, with the part of one that is under way."""
        return (Fraction(self.time.own - self.begun, SECOND) - self.missed) * self.pace * RATE

    def heard(self) -> int:
        """In nanoseconds."""
        return int(self.taken() // self.CHUNK * self.CHUNK * SECOND / RATE)

    def stall(self, seconds: float) -> None:
        """Take nothing for a while."""
        self.time.pass_by(seconds)
        self.missed += Fraction(round(seconds * SECOND), SECOND)

    def sounding(self) -> float:
        """What leaves it now; 0 for silence."""
        now = int(self.taken())
        for start, samples in self.stream:
            if start <= now < start + len(samples):
                return float(samples[now - start, 0])
        return 0.0

    @property
    def idle(self) -> bool:
        """All was played."""
        return not self._left()

    @property
    def hungry(self) -> bool:
        """At most one block is left."""
        return len(self._left()) < 2

    def play(self, samples: Any) -> None:
        """From the next chunk on."""
        self.log.append(("play", samples))
        self.stream = [(ceil(self.taken() / self.CHUNK) * self.CHUNK, samples)]

    def queue(self, samples: Any) -> None:
        """Without a gap."""
        start, before = self.stream[-1]
        self.stream = [*self._left(), (start + len(before), samples)]

    def stop(self) -> None:
        """Silence."""
        self.log.append("stop")
        self.stream = []

    def lay_over(self, samples: Any) -> None:
        """Note it."""
        self.log.append(("over", samples))

    def turn(self, volume: float) -> None:
        """Note it."""
        self.log.append(("volume", volume))

    def close(self) -> None:
        """Note it."""
        self.log.append("closed")

    def _left(self) -> Sequence[tuple[int, Any]]:
        return [(start, samples) for start, samples in self.stream if start + len(samples) > self.taken()]
