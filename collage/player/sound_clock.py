"""The window's clock: the machine's own, or, while sound plays, the sound device's, which is a little off from it.

Two crystals never agree: after ten minutes a picture that went by the machine's would be heard to be wrong.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from collage.player.clock import SECOND

SETTLE = SECOND // 4
"""The time in which most of a difference is made good: a device tells its time in leaps, which is not to be seen."""
ASTRAY = 3 * SECOND // 10
"""Nanoseconds from where the sound is: too far to be made good unseen."""


class SoundClock:
    """Counts nanoseconds, never back and never by leaps, whoever leads it. Safe to share between threads.

    `own` is the machine's clock. A device that is followed is caught up with smoothly, at half to one and a half times
    the speed of `own`; one that is steadily off by 1 % is followed 2.5 ms behind.
    """

    def __init__(self, own: Callable[[], int] = time.perf_counter_ns) -> None:
        self._own, self._lock = own, threading.Lock()
        self._read = self._time = own()
        self._lead: Callable[[], int] | None = None
        self._from = self._off = 0

    def now(self) -> int:
        """Nanoseconds since some moment of no meaning."""
        with self._lock:
            return self._advanced()

    def follow(self, heard: Callable[[], int], late: int = 0) -> None:
        """Go by another clock from now on: `heard` counts its nanoseconds. Before that stand still for the nanoseconds
        that it is `late`."""
        with self._lock:
            self._lead, self._from, self._off = heard, self._advanced() - heard() - late, 0
            self._read += late

    def free(self) -> None:
        """Go by the machine's own clock again, from the moment that is shown."""
        with self._lock:
            self._advanced()
            self._lead, self._off = None, 0

    @property
    def astray(self) -> bool:
        """The device stood still, or leapt, and is to be started anew."""
        with self._lock:
            return abs(self._off) > ASTRAY

    def _advanced(self) -> int:
        gone = max(0, self._own() - self._read)
        self._read += gone
        self._time += gone
        if self._lead is not None:
            self._off = self._from + self._lead() - self._time
            pull = self._off * min(gone, SETTLE) // SETTLE
            self._time += max(-(gone // 2), min(pull, gone // 2))
        return self._time
