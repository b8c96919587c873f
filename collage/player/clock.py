"""The playhead: which frame is due now. Pure arithmetic on whole nanoseconds; whoever asks brings the time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from collage.timing import Span, round_half_up

SECOND = 1_000_000_000
"""Nanoseconds."""


@dataclass(frozen=True, slots=True)
class Playhead:
    """A place in the frames [first, end), at rest or running against a clock that counts nanoseconds.

    `anchor` was the frame at the time `since`; None means at rest. The frame is always counted from the anchor, in
    whole numbers, so a late reader drops frames and no error adds up however long it runs. Past the end it begins
    again at `first`.
    """

    rate: Fraction
    first: int
    end: int
    anchor: int
    since: int | None = None

    @property
    def playing(self) -> bool:
        return self.since is not None

    def frame(self, now: int) -> int:
        """The frame due at `now`; always within [first, end)."""
        return self._wrapped(self.anchor + self._run(now))

    def wait(self, now: int) -> int | None:
        """Nanoseconds until the next frame begins, at least 1; None at rest."""
        if self.since is None:
            return None
        next_begins = -(-(self._run(now) + 1) * self.rate.denominator * SECOND // self.rate.numerator)
        return self.since + next_begins - now

    def played(self, now: int) -> Playhead:
        """Running from the frame it shows, which gets its whole time."""
        return replace(self, anchor=self.frame(now), since=now)

    def paused(self, now: int) -> Playhead:
        return replace(self, anchor=self.frame(now), since=None)

    def toggled(self, now: int) -> Playhead:
        return self.paused(now) if self.playing else self.played(now)

    def sought(self, frame: int, now: int) -> Playhead:
        """At `frame`, or the nearest end of the range; runs on if it was running."""
        nearest = min(max(frame, self.first), self.end - 1)
        return replace(self, anchor=nearest, since=now if self.playing else None)

    def stepped(self, frames: int, now: int) -> Playhead:
        """At rest so many frames further, round the corner like the loop itself."""
        return replace(self, anchor=self._wrapped(self.frame(now) + frames), since=None)

    def leapt(self, seconds: int, now: int) -> Playhead:
        """So many seconds further, stopping at the ends of the range; runs on if it was running."""
        return self.sought(self.frame(now) + seconds * max(1, round_half_up(self.rate)), now)

    def carried(self, rate: Fraction, first: int, end: int, now: int) -> Playhead:
        """Over other frames, perhaps at another rate, from the same moment on to a fraction of a frame, or from the
        nearest frame there is."""
        frame, since = self.frame(now), self.since
        if since is not None:
            run = self._run(now)
            since += -(-run * self.rate.denominator * SECOND // self.rate.numerator)
        if rate != self.rate:
            due = (Fraction(frame) / self.rate + Fraction(0 if since is None else max(0, now - since), SECOND)) * rate
            frame = int(due)
            since = now - int((due - frame) / rate * SECOND) if since is not None else None
        return Playhead(rate, first, end, min(max(frame, first), end - 1), since)

    def _run(self, now: int) -> int:
        """Whole frames gone by since the anchor."""
        if self.since is None:
            return 0
        return max(0, now - self.since) * self.rate.numerator // (self.rate.denominator * SECOND)

    def _wrapped(self, frame: int) -> int:
        return self.first + (frame - self.first) % (self.end - self.first)


def within(wanted: tuple[int, int | None], length: int) -> Span:
    """The frames of a range, None for its end if it ends with the scene, that a scene of so many frames has; all of
    them if it has none of those."""
    first, end = wanted[0], min(length if wanted[1] is None else wanted[1], length)
    return Span(first if first < end else 0, end)
