"""The frames of one export, each made by whichever thread is free, and no picture twice.

Frames of one fingerprint are one picture: the first is made, the others are its bytes again. No thread waits for
another's frame: one that another is making is left to that one, who writes it as well.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from threading import Event, Lock, Semaphore
from typing import TYPE_CHECKING, Literal, NamedTuple

from collage.export.line import in_order
from collage.export.manifest import Shot
from collage.files import read_start, write_whole

if TYPE_CHECKING:
    from collage.export.developing import Developed
    from collage.export.flashes import Thumb
    from collage.export.plan import Plan

How = Literal["fresh", "held", "resumed"]

Asked = tuple[int, str]
"""A frame and its fingerprint."""

_MOST_BYTES = 2**30
"""No frame has more: 64 million pixels of four channels of 16 bits are half of it."""


class Settled(NamedTuple):
    """A frame whose turn is over. shot: what lies there now; None if it could not be made, for the reason of `error`.
    thumb: None where it was not made just now."""

    frame: int
    how: How
    shot: Shot | None
    thumb: Thumb | None
    error: Exception | None = None


class Making:
    """plan: where frames go.  make: what makes one, from its number.  known: what was noted of frames by earlier
    exports.  note: told of each frame once its file is there.  keep_going: what can't be made is passed over.

    `make` and `note` are called by several threads at once.
    """

    def __init__(
        self,
        plan: Plan,
        make: Callable[[int], Developed],
        known: Mapping[int, Shot],
        note: Callable[[Shot], None],
        *,
        keep_going: bool = False,
    ) -> None:
        self._plan, self._make, self._known, self._note, self._keep_going = plan, make, known, note, keep_going
        self._lock, self._makers = Lock(), Semaphore(1)
        self._made: dict[str, Shot] = {}  # of each fingerprint the first frame that is there
        self._flying: dict[str, list[int]] = {}  # and the frames left to whoever is making it

    def run(self, asked: Iterator[Asked], workers: int, stop: Event | None) -> Generator[Settled, None, None]:
        """All of them, in the order asked for, `workers` of them being made at a time: there is one thread more, since
        each of them waits for the disk at times. RunError when a file can't be written; whatever `make` raises. Close
        it to end its threads."""
        self._makers = Semaphore(workers)
        order, there = deque[int](), dict[int, Settled]()

        def remembered() -> Iterator[Asked]:
            for each in asked:
                order.append(each[0])
                yield each

        landing = in_order(self._settle, remembered(), workers + 1, stop)
        with closing(landing):
            for landed in landing:
                there.update((each.frame, each) for each in landed)
                while order and order[0] in there:
                    yield there.pop(order.popleft())

    def _settle(self, asked: Asked) -> list[Settled]:
        """What is there once this frame's turn is over: it, with others that were left to it; or nothing, if it was
        left to another."""
        frame, fingerprint = asked
        with self._lock:
            if fingerprint in self._flying:
                self._flying[fingerprint].append(frame)
                return []
            source = self._made.get(fingerprint)
            if source is None:
                self._flying[fingerprint] = []
        if source is None:
            return self._lead(asked)
        if there := self._resumed(asked):
            return [there[0]]
        if (content := proven(self._plan, source)) is not None:
            return [self._written(asked, "held", content, source.sha256)]
        with self._lock:  # someone changed that file meanwhile
            self._made.pop(fingerprint, None)
        return self._settle(asked)

    def _lead(self, asked: Asked) -> list[Settled]:
        """The first frame of its fingerprint, then those that are left to it meanwhile."""
        first, content = self._resumed(asked) or self._fresh(asked)
        settled = [first]
        while (left := self._next(asked[1], first)) is not None:
            if first.error:
                settled.append(first._replace(frame=left))
            elif there := self._resumed((left, asked[1])):
                settled.append(there[0])
            else:
                assert first.shot
                settled.append(self._written((left, asked[1]), "held", content, first.shot.sha256, first.thumb))
        return settled

    def _next(self, fingerprint: str, first: Settled) -> int | None:
        """A frame that was left to us; if there is none, whoever comes later copies the first by itself."""
        with self._lock:
            if self._flying[fingerprint]:
                return self._flying[fingerprint].pop(0)
            del self._flying[fingerprint]
            if first.shot:
                self._made[fingerprint] = first.shot
            return None

    def _fresh(self, asked: Asked) -> tuple[Settled, bytes]:
        try:
            with self._makers:
                content, thumb = self._make(asked[0])
        except Exception as error:
            if not self._keep_going:
                raise
            return Settled(asked[0], "fresh", None, None, error), b""
        return self._written(asked, "fresh", content, sha256(content).hexdigest(), thumb), content

    def _resumed(self, asked: Asked) -> tuple[Settled, bytes] | None:
        """The frame with its content, if it lies there already: shows what it is to show, and is as it was noted."""
        frame, fingerprint = asked
        shot = self._known.get(frame)
        if shot is None or (shot.fingerprint, shot.file) != (fingerprint, self._plan.file(frame)):
            return None
        content = proven(self._plan, shot)
        return None if content is None else (self._done(shot, "resumed"), content)

    def _written(self, asked: Asked, how: How, content: bytes, digest: str, thumb: Thumb | None = None) -> Settled:
        frame, fingerprint = asked
        file = self._plan.file(frame)
        write_whole(self._plan.folder / file, content)
        return self._done(Shot(frame, file, fingerprint, digest, len(content)), how, thumb)

    def _done(self, shot: Shot, how: How, thumb: Thumb | None = None) -> Settled:
        self._note(shot)
        return Settled(shot.frame, how, shot, thumb)


def proven(plan: Plan, shot: Shot) -> bytes | None:
    """What a shot's file holds, if it is to the byte what was noted; else None."""
    path = plan.folder / shot.file
    try:
        if os.stat(path).st_size != shot.bytes or shot.bytes > _MOST_BYTES:
            return None
        content = read_start(path, shot.bytes)
    except OSError:
        return None
    return content if sha256(content).hexdigest() == shot.sha256 else None
