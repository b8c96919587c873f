"""A scene as a folder of frames.

Threads share the work, since comp, encoding and writing all release the interpreter's lock; which thread makes a
frame never shows in its bytes. What lies there already is kept where it is proven to be what would be made; and however
often an export is stopped or killed, once it comes to its end the folder is as if nothing had happened.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError, RunError
from collage.export import manifest
from collage.export.claim import claimed
from collage.export.line import usable_processors
from collage.export.making import Asked, How, Making, Settled
from collage.export.manifest import Shot
from collage.export.notebook import Known, Notebook, known
from collage.export.plan import Mode, Plan, claim_strangers, refuse, sweep
from collage.export.seen import seen
from collage.export.settings import Settings
from collage.files import make_folder
from collage.geometry import Size, canvas_size
from collage.registry.catalogue import Catalogue, find_root
from collage.timing import Span

if TYPE_CHECKING:
    from collage.export.developing import Developed
    from collage.export.fingerprint import Fingerprints
    from collage.export.flashes import Flash, Watch
    from collage.export.subject import Subject
    from collage.exposure.cel import Cel


class Made(NamedTuple):
    """A frame that is there, the `done`-th of `total`. how: made just now, copied from one that looks the same, or
    there already.  sha256, bytes: of its file."""

    frame: int
    file: Path
    how: How
    sha256: str
    bytes: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export gave: `count` files called like `pattern`, each `size` (width, height), `weight` bytes in all.

    fresh, held, resumed: how many of them were made, copied from one that looks the same, or there already.  flashes:
    what can harm people.  left: files of earlier exports that lie there still, and don't show what the scene shows now.
    """

    folder: Path
    pattern: str
    count: int
    size: tuple[int, int]
    weight: int
    fresh: int = 0
    held: int = 0
    resumed: int = 0
    flashes: tuple[Flash, ...] = ()
    left: tuple[str, ...] = ()


def export(
    subject: Subject,
    folder: Path,
    *,
    frames: Span,
    step: int = 1,
    settings: Settings | None = None,
    workers: int | None = None,
    start_number: int | None = None,
    mode: Mode = "",
    part: bool = False,
    make: Callable[[int], Developed] | None = None,
    keep_going: bool = False,
    watch: Watch | None = None,
    began: Callable[[], None] | None = None,
    told: Callable[[Made], None] | None = None,
    stop: Event | None = None,
) -> Exported:
    """Write every `step`-th frame of `frames` into `folder`, which is made if need be, and a manifest beside them.

    start_number: of the scene's frame 0 in the files' names.  part: others add the rest of the same sequence; its
    manifest is gathered by the next export of the whole.  make: makes a frame, elsewhere; by default `workers` threads
    do.  keep_going: a frame that can't be made is named in the end, and the others are made.  watch: is shown what is
    made, to find flashes.  began, told: called in the caller's own thread, when nothing stands in the way any more, and
    of each frame, in order.

    All pictures are read before anything is written, so a torn one leaves no trace; memory holds a few frames a worker
    however long the scene is. Whatever ends it (a full disk, Ctrl+C) leaves whole frames, no temporaries, and a note of
    them, from which the next one goes on. When `stop` is set the frames in hand are finished, then Stopped is raised.
    CollageError, AssetError for wrong input, and for frames that lie there unknown; RunError for a run that failed.
    """
    settings = settings or Settings()
    size = picture_size(subject, settings.scale)
    plan = Plan(folder, subject.name, subject.length, frames, step, settings.kind, start_number or 0, part)
    refuse(plan, mode)
    run = _Run(plan, subject, settings, size, watch)
    if make is None:
        subject.load()
        make = _develop(subject, settings)
    make_folder(folder)
    try:
        with claimed(folder, plan.name, plan.span if part else "", f"frames {plan.span} of {plan.name}") as lost:
            if not part:
                sweep(plan)
            before = known(folder, plan.name)
            book = Notebook(folder, plan.name, plan.stem, before)
            there = {} if mode == "overwrite" else before.shots
            making = Making(plan, run.unless_changed(make), there, book.note, keep_going=keep_going)
            if began:
                began()
            with closing(making.run(run.asked(), workers or usable_processors(), stop)) as landing:
                for settled in landing:
                    _refuse_lost(folder, lost)
                    run.add(settled, told)
            run.refuse_failed()
            whole = run.manifest(() if part else run.kept(before))
            book.finish(whole)
    except BaseException:
        claim_strangers(plan)
        raise
    return run.result(() if part else _left(folder, before, whole))


def _refuse_lost(folder: Path, lost: Event) -> None:
    if lost.is_set():
        raise RunError(f"{folder}: another export took over while this one slept: see that only one runs")


class _Run:
    """What one export has seen so far, in the caller's own thread."""

    def __init__(self, plan: Plan, subject: Subject, settings: Settings, size: Size, watch: Watch | None) -> None:
        from collage.export.eye import Eye
        from collage.export.fingerprint import Fingerprints

        self.plan, self.subject, self.settings, self.size = plan, subject, settings, size
        self.prints: Fingerprints = Fingerprints(subject, settings)
        self.watch, self.eye = watch, Eye(watch, subject, size) if watch else None
        self.shots: list[Shot] = []
        self.failed: list[Settled] = []
        self.hows: Counter[How] = Counter()
        self._last: tuple[tuple[Cel, ...] | None, str] = (None, "")
        self._shown, self._most = set[str](), len({drawing.asset for drawing in subject.drawings})

    def asked(self) -> Iterator[Asked]:
        """Each frame, its fingerprint taken just before a thread gets it."""
        return ((frame, self._print(frame)) for frame in self.plan.numbers)

    def _print(self, frame: int) -> str:
        cels = self.subject.cels(frame)
        if cels != self._last[0]:  # else a pose is held
            self._last = cels, self.prints.of_cels(cels)
            if len(self._shown) < self._most:
                self._shown |= seen(cels, self.subject.size)
        return self._last[1]

    def unless_changed(self, make: Callable[[int], Developed]) -> Callable[[int], Developed]:
        """The same; but RunError if a file the frame is made of is not what its fingerprint says."""

        def made(frame: int) -> Developed:
            developed = make(frame)
            self.prints.unchanged()
            return developed

        return made

    def add(self, settled: Settled, told: Callable[[Made], None] | None) -> None:
        """A frame whose turn is over, to be told of if it is there."""
        if (shot := settled.shot) is None:
            self.failed.append(settled)
            return
        if self.eye:
            self.eye.see(settled)
        self.shots.append(shot)
        self.hows[settled.how] += 1
        if told:
            done, total = len(self.shots) + len(self.failed), len(self.plan.numbers)
            told(Made(shot.frame, self.plan.folder / shot.file, settled.how, shot.sha256, shot.bytes, done, total))

    def refuse_failed(self) -> None:
        """RunError if any frame could not be made."""
        if self.failed:
            which, _ = manifest.numbers(each.frame for each in self.failed)
            plural = "" if len(self.failed) == 1 else "s"
            raise RunError(
                f"{self.plan.folder}: {len(self.failed)} frame{plural} of {len(self.plan.numbers)} could not be made, "
                f"{which}: {self.failed[0].error}. The others are there: run it again, with --resume, for these"
            )

    def kept(self, before: Known) -> Iterable[Shot]:
        """Frames of earlier exports beside these that lie there and show what the scene shows now."""
        plan = self.plan
        for frame, shot in before.shots.items():
            ours = frame not in plan.numbers and frame < plan.length and shot.file == plan.file(frame)
            if ours and _weight(plan.folder / shot.file) == shot.bytes and self._print(frame) == shot.fingerprint:
                yield shot

    def manifest(self, kept: Iterable[Shot]) -> manifest.Manifest:
        """Of the frames that were asked for, and those kept beside them."""
        from collage import __version__
        from collage.export.fingerprint import platform

        shots = sorted([*self.shots, *kept], key=lambda shot: shot.frame)
        which, step = manifest.numbers(shot.frame for shot in shots)
        entry = Catalogue.open(find_root(self.subject.path)).entry
        return manifest.Manifest(
            program=f"collage {__version__}",
            scene=self.subject.name,
            size=self.size,
            rate=str(self.subject.rate),
            frames=which,
            step=step,
            credits=tuple(manifest.credit(name, entry(name)) for name in sorted(self._shown)),
            settings=self.settings,
            platform=platform(),
            shots=tuple(shots),
        )

    def result(self, left: tuple[str, ...]) -> Exported:
        """What was done."""
        weight, hows = sum(shot.bytes for shot in self.shots), self.hows
        return Exported(
            self.plan.folder, self.plan.pattern, len(self.shots), self.size, weight, hows["fresh"], hows["held"],
            hows["resumed"], tuple(self.watch.findings()) if self.watch else (), left,
        )  # fmt: skip


def _left(folder: Path, before: Known, whole: manifest.Manifest) -> tuple[str, ...]:
    listed = {shot.file for shot in whole.shots}
    files = {shot.file for shots in before.lists.values() for shot in shots.values()}
    return tuple(sorted(file for file in files - listed if os.path.lexists(folder / file)))


def _weight(path: Path) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return -1


def _develop(subject: Subject, settings: Settings) -> Callable[[int], Developed]:
    from collage.export.developing import develop

    return develop(subject, settings)


def picture_size(subject: Subject, scale: float) -> Size:
    """(width, height) of a frame at a scale; CollageError if no picture can have that size."""
    try:
        return canvas_size(subject.size, scale)
    except ValueError as error:
        raise CollageError(f"--scale: {error}") from None
