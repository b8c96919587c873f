"""The playhead: which frame is due now. Pure arithmetic on whole nanoseconds; whoever asks brings the time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from collage.timing import Span, round_half_up

SECOND = 1_000_000_000
"""Nanoseconds."""


@dataclass(frozen=True, slots=True)
class Playhead:
    """A place in the frames [first, end), at rest or running against a clock that counts nanoseconds.

    `anchor` was the frame at the time `since`; None means at rest. The frame is always counted from the anchor, in
    whole numbers, so a late reader drops frames and no error adds up however long it runs. `speed` is how much faster
    than life it runs, backwards below 0. At the end of its `span` it begins again at the other end of that, or, without
    `loop`, stays. `mark_in` and `mark_out`, the first frame that is not played, narrow the span; what lies
    outside can still be sought, and it runs on from there as far as it comes.
    """

    rate: Fraction
    first: int
    end: int
    anchor: int
    since: int | None = None
    speed: Fraction = Fraction(1)
    loop: bool = True
    mark_in: int | None = None
    mark_out: int | None = None

    @property
    def playing(self) -> bool:
        return self.since is not None

    @property
    def span(self) -> Span:
        """The frames it goes round in: between the marks, as far as they lie in the range."""
        first = self.first if self.mark_in is None else max(self.first, self.mark_in)
        end = self.end if self.mark_out is None else min(self.end, self.mark_out)
        return Span(first, end) if first < end else Span(self.first, self.end)

    @property
    def left(self) -> int:
        """Frames from the anchor, with it, to where it begins again: the end of the span, or, beyond that, of all."""
        first, end = self.span
        if self.speed > 0:
            return (end if self.anchor < end else self.end) - self.anchor
        return self.anchor + 1 - (first if self.anchor >= first else self.first)

    def frame(self, now: int) -> int:
        """The frame due at `now`; always within [first, end)."""
        return self._after(self._run(now))

    def wait(self, now: int) -> int | None:
        """Nanoseconds until the next frame begins, at least 1; None at rest, or once it is over."""
        if self.since is None or self.over(now):
            return None
        return self.since + self._lasting(self._run(now) + 1) - now

    def over(self, now: int) -> bool:
        """Whether it plays once only, and its last frame has had its time."""
        return self.since is not None and not self.loop and self._run(now) >= self.left

    def settled(self, now: int) -> Playhead:
        """The same, at rest if it is over."""
        return self.paused(now) if self.over(now) else self

    def played(self, now: int) -> Playhead:
        """Running from the frame it shows, which gets its whole time; from the start if that was the last one."""
        here = replace(self, anchor=self.frame(now), since=now)
        if self.loop or self.playing or here.left > 1:
            return here
        return replace(here, anchor=self.span.first if self.speed > 0 else self.span.end - 1)

    def paused(self, now: int) -> Playhead:
        return replace(self, anchor=self.frame(now), since=None)

    def toggled(self, now: int) -> Playhead:
        return self.paused(now) if self.playing else self.played(now)

    def sought(self, frame: int, now: int) -> Playhead:
        """At `frame`, or the nearest end of the range; runs on if it was running."""
        nearest = min(max(frame, self.first), self.end - 1)
        return replace(self, anchor=nearest, since=now if self.playing else None)

    def stepped(self, frames: int, now: int) -> Playhead:
        """At rest so many frames further, round the corner of the range if it plays over and over."""
        frame = self.frame(now) + frames
        if self.loop:
            frame = self.first + (frame - self.first) % (self.end - self.first)
        return self.paused(now).sought(frame, now)

    def leapt(self, seconds: int, now: int) -> Playhead:
        """So many seconds further, stopping at the ends of the range; runs on if it was running."""
        return self.sought(self.frame(now) + seconds * max(1, round_half_up(self.rate)), now)

    def at_speed(self, speed: Fraction, now: int) -> Playhead:
        """Running, or to run, at another speed, never 0: the frame it shows has only its rest left, as long as that
        takes then. Where it turns round, the frame gets its whole time again."""
        here = self._here(now)
        if here.since is None:
            return replace(here, speed=speed)
        gone = max(0, now - here.since) if speed * self.speed > 0 else 0
        return replace(here, speed=speed, since=now - int(gone * abs(self.speed / speed)))

    def looped(self, loop: bool, now: int) -> Playhead:
        """Over and over, or once."""
        return replace(self._here(now), loop=loop)

    def marked_in(self, now: int) -> Playhead:
        """Going round from the frame it shows; a mark at the end that isn't after it is gone."""
        here = self._here(now)
        late = here.mark_out is not None and here.mark_out > here.anchor
        return replace(here, mark_in=here.anchor, mark_out=here.mark_out if late else None)

    def marked_out(self, now: int) -> Playhead:
        """Going round up to and with the frame it shows; a mark at the start that is after it is gone."""
        here = self._here(now)
        early = here.mark_in is not None and here.mark_in <= here.anchor
        return replace(here, mark_in=here.mark_in if early else None, mark_out=here.anchor + 1)

    def unmarked(self, now: int) -> Playhead:
        """Going round in the whole range."""
        return replace(self._here(now), mark_in=None, mark_out=None)

    def carried(self, rate: Fraction, first: int, end: int, now: int) -> Playhead:
        """Over other frames, perhaps at another rate, from the same moment on to a fraction of a frame, or from the
        nearest frame there is."""
        here = self._here(now)
        frame, since, back = here.anchor, here.since, here.playing and here.speed < 0
        if rate != self.rate:
            gone = Fraction(0 if since is None else max(0, now - since), SECOND) * self._pace
            due = (frame + 1 - gone if back else frame + gone) / self.rate * rate
            frame = ceil(due) - 1 if back else int(due)
            part = frame + 1 - due if back else due - frame
            since = None if since is None else now - int(part / (rate * abs(self.speed)) * SECOND)
        return replace(here, rate=rate, first=first, end=end, anchor=min(max(frame, first), end - 1), since=since)

    @property
    def _pace(self) -> Fraction:
        """Frames a second, whichever way."""
        return self.rate * abs(self.speed)

    def _run(self, now: int) -> int:
        """Whole frames gone by since the anchor."""
        if self.since is None:
            return 0
        return max(0, now - self.since) * self._pace.numerator // (self._pace.denominator * SECOND)

    def _lasting(self, run: int) -> int:
        """Nanoseconds that so many frames take."""
        return -(-run * self._pace.denominator * SECOND // self._pace.numerator)

    def _here(self, now: int) -> Playhead:
        """The same, counted from the frame it shows."""
        run = self._run(now)
        return replace(
            self, anchor=self._after(run), since=None if self.since is None else self.since + self._lasting(run)
        )

    def _after(self, run: int) -> int:
        """The frame so many after the anchor."""
        (first, end), left, way = self.span, self.left, 1 if self.speed > 0 else -1
        if run < left or not self.loop:
            return self.anchor + way * min(run, left - 1)
        again = (run - left) % (end - first)
        return first + again if way > 0 else end - 1 - again


def within(wanted: tuple[int, int | None], length: int) -> Span:
    """The frames of a range, None for its end if it ends with the scene, that a scene of so many frames has; all of
    them if it has none of those."""
    first, end = wanted[0], min(length if wanted[1] is None else wanted[1], length)
    return Span(first if first < end else 0, end)
