"""A scene as one file that plays: pictures go to an encoder, in order, while threads make the next ones."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError, RunError, suggest
from collage.export.claim import claimed
from collage.export.film_shoot import Shoot, Shown, written
from collage.export.frames import picture_size
from collage.export.line import usable_processors
from collage.files import beside, check_target, make_folder, settle
from collage.geometry import MOST_SIDE, Size
from collage.timing import Span

if TYPE_CHECKING:
    from collage.export.film_kind import Encoder, Facts, Picture
    from collage.export.flashes import Flash
    from collage.export.subject import Subject
    from collage.sound.mix import Mix

    Begin = Callable[[Path, Facts, Iterable[Picture]], Encoder]

_FINEST = 10**6
"""Neither number of a rate may be larger: clocks of films count in 32 bits."""


class Kind(NamedTuple):
    """What an ending means.

    begin: opens the file, for the facts of a film and a few of its pictures.  name: as people say it.  alpha, sound:
    whether it keeps them.  even: sides must be.  most: pixels of a side.  fastest: frames a second.
    """

    begin: Begin
    name: str
    alpha: bool
    sound: bool
    even: bool = False
    most: int = MOST_SIDE
    fastest: int = 1000


def _mp4(file: Path, facts: Facts, samples: Iterable[Picture]) -> Encoder:
    from collage.export.film_av import MP4, Muxed

    return Muxed(file, facts, MP4)


def _webm(file: Path, facts: Facts, samples: Iterable[Picture]) -> Encoder:
    from collage.export.film_av import WEBM, Muxed

    return Muxed(file, facts, WEBM)


def _mov(file: Path, facts: Facts, samples: Iterable[Picture]) -> Encoder:
    from collage.export.film_av import MOV, Muxed

    return Muxed(file, facts, MOV)


def _gif(file: Path, facts: Facts, samples: Iterable[Picture]) -> Encoder:
    from collage.export.film_gif import Gif

    return Gif(file, facts, samples)


def _apng(file: Path, facts: Facts, samples: Iterable[Picture]) -> Encoder:
    from collage.export.film_apng import Apng

    return Apng(file, facts)


def _webp(file: Path, facts: Facts, samples: Iterable[Picture]) -> Encoder:
    from collage.export.film_webp import Webp

    return Webp(file, facts)


KINDS: Mapping[str, Kind] = {
    ".mp4": Kind(_mp4, "an MP4", alpha=False, sound=True, even=True),
    ".webm": Kind(_webm, "a WebM", alpha=True, sound=True),
    ".mov": Kind(_mov, "a MOV", alpha=True, sound=True),
    ".gif": Kind(_gif, "a GIF", alpha=True, sound=False, fastest=50),
    ".apng": Kind(_apng, "an APNG", alpha=True, sound=False),
    ".webp": Kind(_webp, "a WebP", alpha=True, sound=False, most=16383),
}


@dataclass(frozen=True, slots=True)
class Filmed:
    """A film that was written: `count` frames of `size` (width, height), `duration` seconds, `weight` bytes.

    flashes: what can harm people.  remarks: what it could not keep.  fresh: how many frames were made; the others are
    held from before.
    """

    file: Path
    count: int
    size: Size
    duration: Fraction
    weight: int
    flashes: tuple[Flash, ...]
    remarks: tuple[str, ...]
    fresh: int


def film(
    subject: Subject,
    file: Path,
    *,
    frames: Span,
    step: int = 1,
    scale: float = 1.0,
    workers: int | None = None,
    sound: Mix | None = None,
    began: Callable[[], None] | None = None,
    told: Callable[[Shown], None] | None = None,
    stop: Event | None = None,
) -> Filmed:
    """Write every `step`-th frame of `frames`, and what is heard meanwhile, as the kind of film the name ends in.

    It lasts as long as those frames do in the scene, so its rate is the scene's, divided by `step`. The same bytes
    every time, however many workers; memory holds a few frames a worker. The file bears its name only once it is
    whole: if anything ends this before, or `stop` is set (then Stopped is raised), nothing of it is left. CollageError,
    AssetError for wrong input; RunError for a run that failed. began, told: called in the caller's own thread, when
    nothing stands in the way any more, and of each frame, in order.
    """
    from collage.export.flashes import Watch

    kind = kind_of(file)
    facts, watch = _facts(subject, kind, file, frames, step, scale, sound), Watch(subject.rate)
    check_target(file)
    subject.load()
    shoot = Shoot(subject, scale, facts.numbers, workers or usable_processors(), stop)
    with _whole(file) as temporary:
        if began:
            began()
        with written(file):
            encoder = kind.begin(temporary, facts, shoot.samples())
        try:
            with closing(shoot.into(encoder, file, watch)) as shown:
                for each in shown:
                    if told:
                        told(each)
            with written(file):
                remarks = encoder.finish()
        finally:
            encoder.close()
        weight = temporary.stat().st_size
    count, size = len(facts.numbers), _even(facts.size) if kind.even else facts.size
    remarks = tuple(f"{file}: {each}" for each in (*_remarks(subject, kind, facts.size, sound), *remarks))
    return Filmed(file, count, size, count / facts.rate, weight, tuple(watch.findings()), remarks, shoot.fresh)


def kind_of(file: Path) -> Kind:
    """By the name's ending, capital or not. CollageError if no film ends so."""
    ending = file.suffix.lower()
    if ending not in KINDS:
        raise CollageError(f"{file}: films end in {', '.join(KINDS)}.{suggest(ending, KINDS)}")
    return KINDS[ending]


def _facts(subject: Subject, kind: Kind, file: Path, frames: Span, step: int, scale: float, sound: Mix | None) -> Facts:
    """CollageError for what this kind of film can't be."""
    from collage.export.film_kind import Facts

    size, rate = picture_size(subject, scale), subject.rate / step
    if frames.end <= frames.first:
        raise CollageError(f"{file}: no frame is to be shown: choose at least one")
    if max(size) > kind.most:
        raise CollageError(f"{file}: {kind.name} has at most {kind.most} pixels a side: add a smaller --scale")
    if max(rate.numerator, rate.denominator) > _FINEST:
        raise CollageError(f'{file}: no film can tell a rate of {rate}: write one like 24 or "24000/1001"')
    if rate > kind.fastest:
        needed = -(-subject.rate // kind.fastest)
        raise CollageError(f"{file}: {kind.name} shows at most {kind.fastest} frames a second: add --step {needed}")
    return Facts(size, rate, subject.opaque or not kind.alpha, frames, step, sound if kind.sound else None)


def _remarks(subject: Subject, kind: Kind, size: Size, sound: Mix | None) -> Iterator[str]:
    if kind.even and _even(size) != size:
        yield f"{kind.name} has even sides: the last row or column of {size[0]}×{size[1]} is there twice"
    if not kind.alpha and not subject.opaque:
        yield f"{kind.name} can't be transparent: it lies on black. A .webm or a .mov keeps alpha"
    if not kind.sound and sound:
        yield f"{kind.name} has no sound. A .mp4, a .webm or a .mov has"


def _even(size: Size) -> Size:
    return size[0] + size[0] % 2, size[1] + size[1] % 2


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """A place to write what becomes `file` if nothing goes wrong. Nobody else writes the same one meanwhile."""
    make_folder(file.parent)
    with claimed(file.parent, file.name, "", file.name) as lost:
        _sweep(file)
        temporary = beside(file)
        try:
            yield temporary
            if lost.is_set():
                raise RunError(f"{file}: another export took over while this one slept: see that only one runs")
            with written(file):
                _bring(temporary)
                os.replace(temporary, file)
                settle(file.parent)
        finally:
            with suppress(OSError):
                temporary.unlink()


def _bring(temporary: Path) -> None:
    """Wait until the disk has it."""
    with open(temporary, "rb+") as whole:
        os.fsync(whole.fileno())


def _sweep(file: Path) -> None:
    """Remove what killed exports of this film were writing."""
    torn = re.compile(rf"\.{re.escape(file.name)}\.[0-9a-f]{{16}}\.tmp")
    for path in list(file.parent.iterdir()):
        if torn.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()
