"""Whether the machine keeps up with a scene: how long a picture takes, and when to draw them half as fine."""

from __future__ import annotations

MISSED = 2
"""What a frame that was dropped counts; one that was seen takes 1 away."""
ENOUGH = 24
"""At this count they are drawn half as fine: after a second or two in which at least every other frame was dropped."""
_NEWS = 4
"""The latest cost counts one part in so many."""


class Pace:
    """`half`: draw them half as fine. `full`: never that."""

    def __init__(self, full: bool = False) -> None:
        self.half, self._full = False, full
        self._missed, self._frame = 0, -1
        self._costs = {False: 0, True: 0}

    def showed(self, frame: int, *, late: bool) -> None:
        """Which frame was due, once or more often, and whether it was missing."""
        if frame == self._frame:
            return
        self._frame, self._missed = frame, max(0, self._missed + (MISSED if late else -1))
        if self._missed >= ENOUGH and not self._full and not self.half:
            self.half, self._missed = True, 0

    def took(self, nanoseconds: int, half: bool) -> None:
        """One picture, just now."""
        before = self._costs[half] or nanoseconds
        self._costs[half] = before + (nanoseconds - before) // _NEWS

    def cost(self, half: bool) -> int:
        """Nanoseconds a picture takes lately."""
        return self._costs[half]

    def afresh(self) -> None:
        """Try again as fine as can be."""
        self.half, self._missed = False, 0
