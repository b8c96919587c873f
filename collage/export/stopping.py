"""Being told to stop: the first Ctrl+C lets what is in hand be finished, the second leaves at once.

Whatever takes longer than `GRACE` is left as a kill would leave it: nothing torn, and the next export goes on from
there.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Timer
from types import FrameType

GRACE = 1.7
"""Seconds that what is in hand has from the first signal on, so that all is over within two."""
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


@dataclass(slots=True)
class Stop:
    """asked: set at the first signal.  number: which signal it was, 0 before.  parting: the line to leave behind when
    there is no time for more."""

    asked: Event = field(default_factory=Event)
    number: int = 0
    parting: str = ""

    @property
    def code(self) -> int:
        """The exit code it earns: 130 after Ctrl+C, 143 when told to end."""
        return 128 + (self.number or signal.SIGINT)


@contextmanager
def stopping() -> Iterator[Stop]:
    """While it lasts, signals that end a program set `asked`; then the handlers from before are back.

    Only the main thread of a program is told of signals: in any other it changes nothing.
    """
    stop = Stop()
    alarm = Timer(GRACE, _leave, (stop,))
    alarm.daemon = True

    def told(number: int, _: FrameType | None) -> None:
        if stop.number:
            _leave(stop)
        stop.number = number
        stop.asked.set()
        alarm.start()

    before = {number: signal.signal(number, told) for number in _numbers()}
    try:
        yield stop
    finally:
        alarm.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def _numbers() -> list[int]:
    """The signals to be told of; one that is ignored, as of a job in the background, stays so."""
    if threading.current_thread() is not threading.main_thread():
        return []
    there = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    return [number for number in there if signal.getsignal(number) not in (signal.SIG_IGN, None)]


def _leave(stop: Stop) -> None:
    """End the program, past all that could still wait. Its streams may be in use, so the line goes below them."""
    with suppress(OSError):
        fresh_line = "\n" if os.isatty(2) else ""
        os.write(2, f"{fresh_line}{stop.parting}\n".encode(errors="backslashreplace"))
    os._exit(stop.code)
