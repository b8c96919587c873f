"""`collage export -o FOLDER`: frames, and what lies beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collage.cli.exporting import megabytes
from collage.cli.order import Order, contact_sheet, count_frames, opening, warn
from collage.errors import CollageError, RunError
from collage.export.frames import Exported, Made
from collage.export.plan import Plan, refuse
from collage.timing import Span

if TYPE_CHECKING:
    from collage.export.flashes import Watch
    from collage.export.subject import Subject


def write(order: Order) -> None:
    """One sequence, or one for each sheet; then the sound, the contact sheet, and the proof that were asked for."""
    if order.passes and order.sample:
        raise CollageError("--verify compares whole frames, not --passes: give one of them")
    subjects = _subjects(order)
    if order.dry_run:
        for subject in subjects:
            _foretell(order, subject)
        return
    _check_sound(order)
    for place, subject in enumerate(subjects):
        _report(order, _exported(order, subject, place, len(subjects)))
    _sound_beside(order)
    contact_sheet(order)
    if order.sample:
        _verify(order)


def _subjects(order: Order) -> tuple[Subject, ...]:
    if not order.passes:
        return (order.ready,)
    from collage.export import passes

    for line in passes.remarks(order.ready):
        order.telling.remark(f"{order.path}: {line}")
    return passes.of(order.ready)


def _exported(order: Order, subject: Subject, place: int, count: int) -> Exported:
    """One sequence, the `place`-th of so many."""
    from collage.export.frames import export

    telling, total = order.telling, len(range(order.frames.first, order.frames.end, order.step))

    def told(made: Made) -> None:
        telling.made(made._replace(done=place * total + made.done, total=count * total))

    with _elsewhere(order, subject) as how, _watched(order, subject, one=count == 1) as watch:
        return export(
            subject, order.output, frames=order.frames, step=order.step, settings=order.settings, mode=order.mode,
            part=order.part, start_number=order.start_number, watch=watch, told=told, stop=order.stop,
            began=partial(telling.remark, opening(order, subject)), **how,
        )  # fmt: skip


@contextmanager
def _elsewhere(order: Order, subject: Subject) -> Iterator[dict[str, Any]]:
    """Who makes the frames: threads here, or a cluster."""
    if not order.dask:
        yield {"workers": order.workers}
        return
    from collage.export import spread

    remark, stop = order.telling.remark, order.stop
    with spread.make(order.dask, subject, order.settings, remark=remark, stop=stop) as (make, workers):
        yield {"make": make, "workers": workers, "keep_going": True}


@contextmanager
def _watched(order: Order, subject: Subject, *, one: bool) -> Iterator[Watch | None]:
    """What looks for flashes. It tells of those it has seen also where an export is stopped, since the next one goes on
    from there."""
    if order.allow_flashes or not one:  # a pass is not what will be seen
        yield None
        return
    from collage.export.flashes import Watch

    watch = Watch(subject.rate)
    try:
        yield watch
    finally:
        warn(order, watch.findings())


def _report(order: Order, done: Exported) -> None:
    width, height = done.size
    hows = ", ".join(f"{count} {how}" for how, count in _hows(done).items() if count)
    text = f"{count_frames(done.count)} of {width}×{height} in {done.folder}: {done.pattern}"
    order.telling.result(f"{text}, {megabytes(done.weight)}, {hows}", {
        "folder": str(done.folder), "pattern": done.pattern, "count": done.count, "size": done.size,
        "bytes": done.weight, **_hows(done), "left": done.left, "flashes": [flash._asdict() for flash in done.flashes],
    })  # fmt: skip
    if done.left:
        names = done.left[0] if len(done.left) == 1 else f"{done.left[0]} to {done.left[-1]}"
        order.telling.remark(
            f"{done.folder}: of earlier exports lie there still, and don't show what the scene shows now: {names}"
            f" ({len(done.left)})"
        )


def _hows(done: Exported) -> dict[str, int]:
    return {"fresh": done.fresh, "held": done.held, "resumed": done.resumed}


def _foretell(order: Order, subject: Subject) -> None:
    from collage.export.foresight import foresee

    plan = Plan(order.output, subject.name, subject.length, order.frames, order.step, order.settings.kind,
                order.start_number or 0, order.part)  # fmt: skip
    refuse(plan, order.mode)
    hows = foresee(subject, plan, order.settings, anew=order.mode == "overwrite")
    facts = {"folder": str(plan.folder), "pattern": plan.pattern, "count": len(plan.numbers)}
    order.telling.result(
        f"{opening(order, subject)}: in {plan.folder} as {plan.pattern}, {hows['fresh']} would be made, "
        f"{hows['held']} copied, {hows['resumed']} kept as they are",
        {"dry_run": True, **facts, "fresh": hows["fresh"], "held": hows["held"], "resumed": hows["resumed"]},
    )


def _check_sound(order: Order) -> None:
    """So that a torn sound, or one that would be replaced by what it is part of, is told of before the work begins."""
    if order.ready.sound and not order.part:
        from collage.sound.wav import refuse_own

        refuse_own(order.ready.sound, _wav(order))
        order.ready.sound.load()


def _sound_beside(order: Order) -> None:
    """The whole scene's sound, whichever frames were asked for, so that a part never shortens it."""
    sound, ready = order.ready.sound, order.ready
    if sound is None or order.part:
        return
    from collage.sound.wav import write_wav

    for line in write_wav(sound, _wav(order), Span(0, ready.length), ready.rate).remarks:
        order.telling.remark(line)


def _wav(order: Order) -> Path:
    return order.output / f"{order.ready.name}.wav"


def _verify(order: Order) -> None:
    from collage import stand
    from collage.export import manifest
    from collage.export.verify import verify

    listed = manifest.read(manifest.place(order.output, order.ready.name))
    numbers = range(order.frames.first, order.frames.end, order.step)
    shots = [shot for shot in listed.shots if shot.frame in numbers]
    opened = partial(stand.open, order.path, trust=order.trust, memory=order.memory)
    order.telling.remark("making some frames again in other processes")
    differing = verify(
        opened, order.settings, order.output, shots, sample=order.sample, told=order.telling.count, stop=order.stop
    )
    if differing:
        more = f" (and {len(differing) - 1} more)" if len(differing) > 1 else ""
        raise RunError(f"{differing[0].file}: {differing[0].why}{more}")
    again = min(order.sample, len(shots))
    order.telling.result(
        f"{count_frames(again)} made again in other processes: the same to the byte", {"verified": again}
    )
