"""What was asked of `collage export`, and what all its outputs share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from collage.cli.exporting import Telling
from collage.export.plan import Mode
from collage.export.settings import Settings
from collage.files import make_folder
from collage.timing import Span

if TYPE_CHECKING:
    from collage.export.flashes import Flash
    from collage.export.subject import Subject
    from collage.stand import Stand


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for, by the names of the options; `ready` is the scene on the stand. sample: 0 for no --verify."""

    ready: Stand
    path: Path
    output: Path
    frames: Span
    step: int
    settings: Settings
    workers: int | None
    mode: Mode
    part: bool
    start_number: int | None
    passes: bool
    contact: Path | None
    dask: str
    sample: int
    dry_run: bool
    allow_flashes: bool
    trust: bool
    memory: int | None
    telling: Telling
    stop: Event


def opening(order: Order, subject: Subject) -> str:
    """What is said when the work begins: which frames of which."""
    every = f", every {order.step} frames" if order.step > 1 else ""
    return f"{subject.name}: frames {order.frames.first} to {order.frames.end - 1} of 0 to {subject.length - 1}{every}"


def warn(order: Order, flashes: Iterable[Flash]) -> None:
    """Tell of flashes."""
    from collage.export.flashes import told

    for finding in told(str(order.path), flashes):
        order.telling.remark(str(finding))


def count_frames(count: int) -> str:
    """``1 frame``, ``2 frames``."""
    return f"{count} frame{'' if count == 1 else 's'}"


def contact_sheet(order: Order) -> None:
    """Write it, if it was asked for."""
    if order.contact is None:
        return
    from collage.export.contact import sheet

    make_folder(order.contact.parent)
    shown = sheet(
        order.ready, order.contact, frames=order.frames, step=order.step, workers=order.workers, stop=order.stop
    )
    facts = {"contact_sheet": str(order.contact), "frames": shown}
    order.telling.result(f"{count_frames(len(shown))} on a contact sheet, {order.contact}", facts)
