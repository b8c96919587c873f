"""What `collage export -o OUT` writes: OUT's ending says which of these it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from collage.cli import sequences
from collage.cli.exporting import megabytes
from collage.cli.options import check_output, check_outside
from collage.cli.order import Order, contact_sheet, count_frames, opening, warn
from collage.errors import CollageError
from collage.files import make_folder


class Output(NamedTuple):
    """write: makes it.  needless: the options that mean nothing to it.  resumes: it can be gone on with if stopped."""

    what: str
    write: Callable[[Order], None]
    needless: frozenset[str] = frozenset()
    resumes: bool = False


def wanted(output: Path, scene: Path) -> Output:
    """What OUT is by its ending. CollageError for a pattern of names, for a file that isn't made here, and for one that
    would take the place of what a scene is made of."""
    if re.search(r"#|%\d*d", output.name):
        name = re.split(r"[.\[%#]", output.name)[0] or "frames"
        raise CollageError(
            f"{output}: frames are numbered by themselves. Name their folder alone: {output.parent / name}"
        )
    ending = "" if output.is_dir() else output.suffix.lower()
    if found := _files().get(ending):
        check_output(output, scene)
        return found
    if ending in _PICTURES:
        raise CollageError(
            f"{output}: frames go into a folder: write {output.with_suffix('')}. One alone: collage still"
        )
    if ending in _OTHERS:
        raise CollageError(f"{output}: no such files are made here. End it with {' '.join(_files())}")
    check_outside(output, scene)
    return SEQUENCE


_PICTURES = (".png", ".jpg", ".jpeg", ".exr", ".tif", ".tiff")
_OTHERS = (".avi", ".mkv", ".m4v", ".mpg", ".wmv", ".ogv", ".ogg", ".mp3", ".flac", ".m4a", ".edl")


def _files() -> dict[str, Output]:
    from collage.export.films import KINDS

    return {**dict.fromkeys(KINDS, FILM), ".wav": SOUND, ".otio": TIMELINE}


def _film(order: Order) -> None:
    from collage.export.films import film

    telling, ready = order.telling, order.ready
    if order.dry_run:
        many = len(range(order.frames.first, order.frames.end, order.step))
        telling.result(
            f"{opening(order, ready)}: as {order.output}, {count_frames(many)}", {"dry_run": True, "count": many}
        )
        return
    done = film(
        ready, order.output, frames=order.frames, step=order.step, scale=order.settings.scale, workers=order.workers,
        sound=ready.sound, began=partial(telling.remark, opening(order, ready)), told=telling.shown, stop=order.stop,
    )  # fmt: skip
    for line in done.remarks:
        telling.remark(line)
    if not order.allow_flashes:
        warn(order, done.flashes)
    width, height = done.size
    text = f"{count_frames(done.count)} of {width}×{height}, {float(done.duration):.3f} s, in {done.file}"
    telling.result(f"{text}, {megabytes(done.weight)}", {
        "file": str(done.file), "count": done.count, "size": done.size, "seconds": float(done.duration),
        "bytes": done.weight, "flashes": [flash._asdict() for flash in done.flashes],
    })  # fmt: skip
    contact_sheet(order)


def _sound(order: Order) -> None:
    from collage.sound.wav import write_wav

    sound = order.ready.sound
    if sound is None:
        raise CollageError(f"{order.path}: nothing sounds in it: give it [sound] or [[effect]]")
    if order.dry_run:
        order.telling.result(f"{opening(order, order.ready)}: its sound as {order.output}", {"dry_run": True})
        return
    make_folder(order.output.parent)
    wav = write_wav(sound, order.output, order.frames, order.ready.rate)
    for line in wav.remarks:
        order.telling.remark(line)
    facts = {
        "file": str(wav.file),
        "rate": wav.rate,
        "channels": wav.channels,
        "bits": wav.bits,
        "samples": wav.samples,
    }
    order.telling.result(
        f"{wav.samples / wav.rate:.3f} s of sound, {wav.rate} Hz, {wav.bits} bits, in {wav.file}", facts
    )


def _timeline(order: Order) -> None:
    from collage.export.timeline import export_timeline

    if order.dry_run:
        text = f"{order.output} and the frames of each shot in {order.output.with_suffix('.shots')} would be written"
        order.telling.result(text, {"dry_run": True})
        return
    make_folder(order.output.parent)
    cut = export_timeline(
        order.ready, order.output, settings=order.settings, workers=order.workers, mode=order.mode,
        told=order.telling.made, stop=order.stop,
    )  # fmt: skip
    for line in cut.sound.remarks if cut.sound else ():
        order.telling.remark(line)
    count = sum(shot.count for shot in cut.shots)
    text = f"{len(cut.shots)} shot{'' if len(cut.shots) == 1 else 's'} of {count_frames(count)} in {cut.file}"
    order.telling.result(
        text, {"file": str(cut.file), "shots": [str(shot.folder) for shot in cut.shots], "count": count}
    )


_OF_FRAMES = frozenset(
    ("resume", "kind", "depth", "packing", "passes", "start_number", "part", "dask", "verify", "sample")
)
_OF_PICTURES = frozenset(("step", "scale", "proxy", "workers", "contact", "allow_flashes"))
SEQUENCE = Output("a folder of frames", sequences.write, resumes=True)
FILM = Output("a film, which is made in one go", _film, _OF_FRAMES)
SOUND = Output("sound", _sound, _OF_FRAMES | _OF_PICTURES)
TIMELINE = Output(
    "a timeline, which has whole shots", _timeline, resumes=True,
    needless=(_OF_FRAMES - {"resume", "kind", "depth", "packing"})
    | {"frames", "start", "end", "step", "contact", "allow_flashes"},
)  # fmt: skip
