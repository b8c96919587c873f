"""Flashes in an export that goes on from an earlier one: what is new is judged among its neighbours.

Frames that lay there already were judged when they were made. Only one that is shown within a second of a new one is
drawn again, small: half of a flash may be in each.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from collage.export.flashes import Thumb, Watch, thumb

if TYPE_CHECKING:
    from collage.export.making import Settled
    from collage.export.subject import Subject
    from collage.geometry import Size


class Eye:
    """Shows a subject's frames to a watch, in their order. size: (width, height) of the pictures they are made as."""

    def __init__(self, watch: Watch, subject: Subject, size: Size) -> None:
        self._watch, self._subject, self._size = watch, subject, size
        self._passed = deque[int]()  # turns of the last second, that nothing new has come near yet
        self._print, self._new = "", -float(subject.rate)

    def see(self, settled: Settled) -> None:
        """The next frame that is there; one that looks like the one before tells nothing."""
        assert settled.shot
        frame, new, second = settled.frame, settled.how != "resumed", self._subject.rate
        if settled.shot.fingerprint != self._print:
            self._print = settled.shot.fingerprint
            while len(self._passed) > 1 and self._passed[1] <= frame - second:
                self._passed.popleft()
            self._passed.append(frame)
            if new or frame < self._new + second:
                for each in self._passed:
                    self._watch.see(each, settled.thumb if each == frame and settled.thumb else self._drawn(each))
                self._passed.clear()
        if new:
            self._new = frame

    def _drawn(self, frame: int) -> Thumb:
        """Drawn small, and of the very shape that a thumb of the whole picture has."""
        import cv2
        import numpy as np

        width, height = self._size
        shape = thumb(np.zeros((height, width, 4), np.uint8)).pixels.shape
        picture = self._subject.comp(frame, min(1.0, shape[1] / self._subject.size[0]))
        resized = cv2.resize(picture, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)
        return Thumb(np.ascontiguousarray(resized[..., :3]).astype(np.uint8, copy=False))
