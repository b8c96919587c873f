"""Some frames of a finished export made again, elsewhere and otherwise: in other processes that know nothing of this
one, with other numbers of threads, in other orders. They must come out the same, to the byte.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from hashlib import file_digest, sha256
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from collage.errors import CollageError, RunError
from collage.export.line import Stopped
from collage.export.manifest import Shot
from collage.export.settings import Settings
from collage.motion.chance import Chance

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from collage.export.subject import Subject

THREADS = (1, 2, 3)
"""Each with a process, and an order, of its own, one after the other."""
SAMPLE = 12
"""Frames that are made again, in each process, unless more or fewer are asked for."""
_LISTEN = 0.2
"""Seconds between looks whether to stop."""


class Opened(Protocol):
    """What opens the subject in another process, sharing each comp among so many threads; it must be picklable, as
    `functools.partial(stand.open, path)` is."""

    def __call__(self, *, threads: int) -> Subject: ...


class Differing(NamedTuple):
    """A frame that isn't what it should be, and why, with the cure."""

    frame: int
    file: Path
    why: str


class _Again(NamedTuple):
    """A frame made again."""

    frame: int
    fingerprint: str
    sha256: str


def sampled(shots: Sequence[Shot], sample: int) -> list[Shot]:
    """So many of them: half spread evenly from the first to the last, the rest by chance, always the same."""
    if sample >= len(shots):
        return list(shots)
    even, last = (sample + 1) // 2, len(shots) - 1
    spread = {last * step // max(even - 1, 1) for step in range(even)}
    lots = sorted(set(range(len(shots))) - spread, key=Chance("verify", len(shots)).at)
    return [shots[at] for at in sorted([*spread, *lots[: sample - len(spread)]])]


def verify(
    opened: Opened,
    settings: Settings,
    folder: Path,
    shots: Sequence[Shot],
    *,
    sample: int = SAMPLE,
    told: Callable[[int, int], None] | None = None,
    stop: Event | None = None,
) -> list[Differing]:
    """Those of a sample of a manifest's frames that differ, by number.

    `told` hears how many of how many were made again. CollageError for a scene that can't be opened any more, RunError
    for a process that ended early, Stopped soon after `stop` is set. What calls this from a script of its own must do
    so under ``if __name__ == "__main__":``, since other processes read that script first.
    """
    found, chosen, done = dict[int, Differing](), list[Shot](), 0
    for shot in sampled(shots, sample):
        if why := _amiss(folder, shot):
            found[shot.frame] = Differing(shot.frame, folder / shot.file, why)
        else:
            chosen.append(shot)
    by_frame = {shot.frame: shot for shot in chosen}
    for turn, threads in enumerate(THREADS if chosen else ()):
        with closing(_elsewhere(opened, settings, threads, _order(list(by_frame), turn), stop)) as made:
            for again in made:
                shot = by_frame[again.frame]
                if again.sha256 != shot.sha256:
                    why = _reason(again, shot, threads)
                    found.setdefault(shot.frame, Differing(shot.frame, folder / shot.file, why))
                done += 1
                if told:
                    told(done, len(THREADS) * len(chosen))
    return [found[frame] for frame in sorted(found)]


def _amiss(folder: Path, shot: Shot) -> str:
    """What is wrong with a file, seen from the manifest alone."""
    try:
        with open(folder / shot.file, "rb") as file:
            same = file_digest(file, "sha256").hexdigest() == shot.sha256
    except OSError as error:
        return f"can't be read: {(error.strerror or str(error)).lower()}: export again with --resume"
    return "" if same else "has changed since it was exported: export again with --resume to have it as it was"


def _reason(again: _Again, shot: Shot, threads: int) -> str:
    if again.fingerprint != shot.fingerprint:
        return "its scene, pictures, program or machine have changed since: export again with --resume"
    return f"comes out otherwise when made again by {threads} thread{'' if threads == 1 else 's'}, which must never be"


def _order(frames: list[int], turn: int) -> list[int]:
    """Another one for each process: backwards, shuffled, every other one first."""
    shuffled = sorted(frames, key=Chance("order").at)
    return (frames[::-1], shuffled, frames[1::2] + frames[::2])[turn]


def _elsewhere(
    opened: Opened, settings: Settings, threads: int, frames: Sequence[int], stop: Event | None
) -> Generator[_Again, None, None]:
    """Each frame as another process makes it, as it comes."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(theirs, opened, settings, threads, frames), daemon=True)
    process.start()
    theirs.close()
    try:
        for _ in frames:
            yield _heard(ours, stop)
    except (EOFError, OSError):
        process.join()
        raise RunError(
            f"a process that made frames again ended by itself, with code {process.exitcode}: run it again. "
            'In a script of your own, call it under if __name__ == "__main__":'
        ) from None
    finally:
        process.terminate()
        process.join()
        ours.close()


def _heard(ours: Connection[Any, Any], stop: Event | None) -> _Again:
    while not ours.poll(_LISTEN):
        if stop and stop.is_set():
            raise Stopped
    said = ours.recv()
    if not isinstance(said, _Again):
        code, text = said
        raise RunError(text) if code == RunError.code else CollageError(text)
    return said


def _make(
    theirs: Connection[Any, Any], opened: Opened, settings: Settings, threads: int, frames: Sequence[int]
) -> None:
    """In the other process: say what each frame comes to, or what went wrong. Ctrl+C is for the one who asked."""
    from collage.export.developing import develop
    from collage.export.fingerprint import Fingerprints

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError):  # nobody waits for it any more
        try:
            subject = opened(threads=threads)
            prints, make = Fingerprints(subject, settings), develop(subject, settings)
            for frame in frames:
                theirs.send(_Again(frame, prints.of(frame), sha256(make(frame).content).hexdigest()))
        except CollageError as error:
            theirs.send((error.code, str(error)))
        except IndexError as error:
            theirs.send((CollageError.code, f"{error}: export again with --resume"))
