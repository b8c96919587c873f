"""What a worker of a cluster does for an export: keep the files it was sent in a room of its own, and develop frames.

It is sent cels, which hold no more than what the glass needs: no text of a project comes along, and none of its code.
"""

from __future__ import annotations

import pickle
import shutil
import time
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from distributed import Worker, WorkerPlugin, get_worker

from collage.colours import Colour
from collage.errors import CollageError, RunError
from collage.export.developing import Developed, develop
from collage.export.fingerprint import platform, program
from collage.export.settings import Settings
from collage.exposure.cel import Cel, Lettering
from collage.files import beside

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt

    from collage.glass.comp import Glass
    from collage.registry.catalogue import Drawing

FORGOTTEN = 600.0
"""Seconds without a frame after which a room is given up, its export having been killed."""


class Canvas(NamedTuple):
    """What all frames of an export have in common: a `Subject` but for its cels."""

    name: str
    size: tuple[int, int]
    rate: Fraction
    length: int
    opaque: bool
    paper: Colour | None
    path: Path


class Order(NamedTuple):
    """One frame to be made. room: that of its export.  files: what it needs there, whose names are the paths in the
    cels."""

    room: str
    frame: int
    cels: tuple[Cel, ...]
    files: tuple[str, ...]
    canvas: Canvas
    settings: Settings


class Lacking(NamedTuple):
    """The worker at an address has not been sent all that it needs."""

    worker: str


class Failed(NamedTuple):
    """Why a frame was not made, on which worker, and the exit code that earns: 2 where another try is no use."""

    worker: str
    message: str
    code: int


class Entry(NamedTuple):
    """What a worker says of itself: which program it runs, and on what; and which files it lacks."""

    program: str
    platform: dict[str, str]
    lacking: tuple[str, ...]


class Room(WorkerPlugin):  # which a worker tears down when it ends
    """The files and the pixels of one export on one worker."""

    def __init__(self) -> None:
        self.folder, self.memory = Path(), 0
        self.used = time.monotonic()
        self._glass: Glass | None = None
        self._lock = Lock()

    def setup(self, worker: Worker) -> None:
        self.folder = Path(mkdtemp(prefix="collage-", dir=worker.local_directory))
        self.memory = worker.memory_manager.memory_limit or 0

    def teardown(self, worker: Worker) -> None:
        if self._glass is not None:
            self._glass.close()
        if self.folder.name:
            shutil.rmtree(self.folder, ignore_errors=True)

    def lacks(self, files: tuple[str, ...]) -> tuple[str, ...]:
        """Those that have not come yet."""
        return tuple(file for file in files if not (self.folder / file).exists())

    @property
    def glass(self) -> Glass:
        """For all threads of the worker, within a third of the memory that it may use."""
        from collage.glass.comp import Glass

        with self._lock:
            if self._glass is None:
                self._glass = Glass(memory=self.memory // 3 if self.memory else None)
            return self._glass


class _Sent:
    """A subject of one frame."""

    drawings: tuple[Drawing, ...] = ()

    def __init__(self, canvas: Canvas, cels: tuple[Cel, ...], glass: Glass) -> None:
        self.name, self.size, self.rate, self.length, self.opaque, self.paper, self.path = canvas
        self._cels, self._glass = cels, glass

    def cels(self, frame: int) -> tuple[Cel, ...]:
        return self._cels

    def comp(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        return self._glass.comp(self._cels, self.size, self.paper, scale)

    def comp_fine(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.float32]:
        return self._glass.comp_fine(self._cels, self.size, self.paper, scale)

    def load(self) -> None:
        """What can't be read is told of with the frame."""


async def enter(room: str, files: tuple[str, ...], dask_worker: Worker) -> Entry | Failed:
    """Make the room, if it isn't there; on the worker's own thread, so that there is one."""
    for name, other in list(dask_worker.plugins.items()):
        if isinstance(other, Room) and time.monotonic() - other.used > FORGOTTEN:
            await dask_worker.plugin_remove(name)
    try:
        if _room(dask_worker, room) is None:
            await dask_worker.plugin_add(Room(), name=room, catch_errors=False)
    except OSError as error:
        await leave(room, dask_worker)
        return _refused(dask_worker, error)
    there = _room(dask_worker, room)
    return Entry(program(), platform(), there.lacks(files) if there else files)


async def receive(room: str, name: str, content: bytes, dask_worker: Worker) -> Failed | None:
    """Take one file in, under a name that says what is in it; or why that can't be, as on a full disk."""
    if there := _room(dask_worker, room):
        temporary = beside(there.folder / name)
        try:
            temporary.write_bytes(content)
            temporary.replace(there.folder / name)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            return _refused(dask_worker, error)
    return None


def _refused(worker: Worker, error: OSError) -> Failed:
    return Failed(worker.address, f"{worker.local_directory}: {(error.strerror or str(error)).lower()}", RunError.code)


async def leave(room: str, dask_worker: Worker) -> None:
    """Give the room up, with all that is in it."""
    if _room(dask_worker, room):
        await dask_worker.plugin_remove(room)


def _room(worker: Worker, name: str) -> Room | None:
    there = worker.plugins.get(name)
    return there if isinstance(there, Room) else None


def made(packed: bytes) -> Developed | Lacking | Failed:
    """The frame of a pickled order, or why it is none. Never raises, so that no error has to travel as an object; and
    the order comes as bytes, so that the scheduler need not look into it."""
    order: Order = pickle.loads(packed)
    worker = get_worker()
    room = _room(worker, order.room)
    if room is None or room.lacks(order.files):
        return Lacking(worker.address)
    room.used = time.monotonic()
    try:
        cels = moved(order.cels, lambda path: room.folder / path)
        return develop(_Sent(order.canvas, cels, room.glass), order.settings)(order.frame)
    except CollageError as error:
        return Failed(worker.address, str(error), error.code)
    except Exception as error:
        return Failed(worker.address, f"{type(error).__name__}: {error}", RunError.code)


def moved(thing: Any, place: Callable[[Path], Path]) -> Any:
    """The same cels, or part of them, with every path replaced by its `place`."""
    if isinstance(thing, Path):
        return place(thing)
    if isinstance(thing, Lettering):
        return replace(thing, font=str(place(Path(thing.font)))) if thing.font else thing
    if isinstance(thing, tuple):
        parts = [moved(part, place) for part in thing]
        return type(thing)._make(parts) if hasattr(thing, "_make") else tuple(parts)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{field.name: moved(getattr(thing, field.name), place) for field in fields(thing)})
    return thing
