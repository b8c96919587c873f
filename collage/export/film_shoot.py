"""The pictures of a film, on their way from a scene to an encoder."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from collage.errors import RunError
from collage.export.line import Stopped, in_order
from collage.files import unwritten

if TYPE_CHECKING:
    from collage.export.film_kind import Encoder, Picture
    from collage.export.flashes import Thumb, Watch
    from collage.export.subject import Subject

SAMPLES = 16
"""Pictures, spread evenly, that an encoder may see before the first, at most."""


class Shown(NamedTuple):
    """A frame of the scene that went into the film, the `done`-th of `total`: made just now, or the one before held."""

    frame: int
    how: Literal["fresh", "held"]
    done: int
    total: int


class _Ready(NamedTuple):
    """Frames in a row that look the same: the first of them, how many, and what the encoder gets."""

    first: int
    times: int
    ready: Any
    thumb: Thumb


class Shoot:
    """Every `numbers`-th frame of a subject, made once for as long as it is held. fresh: how many were made."""

    def __init__(self, subject: Subject, scale: float, numbers: range, workers: int, stop: Event | None) -> None:
        self._subject, self._scale, self._numbers = subject, scale, numbers
        self._workers, self._stop, self.fresh = workers, stop, 0

    def samples(self) -> Iterator[Picture]:
        """A few of the pictures, spread evenly."""
        spread = self._numbers[:: -(-len(self._numbers) // SAMPLES)]
        unlike = (first for first, _ in self._runs(spread))
        return in_order(self._picture, unlike, self._workers, self._stop)

    def into(self, encoder: Encoder, file: Path, watch: Watch) -> Generator[Shown]:
        """Feed the encoder of a file, and show each picture to a watch; tells of each frame once both have it."""
        from collage.export.flashes import thumb

        def make(run: tuple[int, int]) -> _Ready:
            picture = self._picture(run[0])
            return _Ready(*run, encoder.ready(picture), thumb(picture))

        done, total = 0, len(self._numbers)
        with closing(in_order(make, self._runs(self._numbers), self._workers, self._stop)) as runs:
            for run in runs:
                watch.see(run.first, run.thumb)
                self.fresh += 1
                for turn in range(run.times):
                    if turn and self._stop and self._stop.is_set():
                        raise Stopped
                    with written(file):
                        encoder.add(run.ready, held=turn > 0)
                    yield Shown(self._numbers[done], "held" if turn else "fresh", done + 1, total)
                    done += 1

    def _runs(self, numbers: range) -> Iterator[tuple[int, int]]:
        """Where frames in a row look the same: the first of them, and how many."""
        for _, alike in groupby(numbers, self._subject.cels):
            first, *others = alike
            yield first, 1 + len(others)

    def _picture(self, frame: int) -> Picture:
        return self._subject.comp(frame, self._scale)


@contextmanager
def written(file: Path) -> Iterator[None]:
    """RunError, about a film, for what goes wrong where it is encoded."""
    import av

    try:
        yield
    except OSError as error:
        raise unwritten(file, error) from error
    except av.FFmpegError as error:
        why = (error.strerror or str(error)).lower()
        raise RunError(f"{file}: can't be encoded: {why}. Try another kind of film, or another --scale") from error
