"""Frames made by the workers of a Dask cluster, and gathered here as if they were made here.

Whoever can reach a cluster can run code on it, and its answers are unpickled here: both sides must be trusted, as
Dask itself says (https://distributed.dask.org/en/stable/protocol.html). A worker gets the cels of a frame and, once,
each picture, font and table they need, by what is in it. It may die: what it had in hand is made by another.
"""

from __future__ import annotations

import hashlib
import pickle
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from collage.errors import AssetError, CollageError, RunError
from collage.export.line import Stopped
from collage.export.settings import Settings
from collage.files import read_start, unread

if TYPE_CHECKING:
    from collage.export.developing import Developed
    from collage.export.spread_room import Entry, Failed, Lacking, Order
    from collage.export.subject import Subject

TRIES = 3
PATIENCE = 30.0
"""Seconds to wait for a worker when there is none."""
AHEAD = 2
"""Frames in hand for each thread of the cluster: one in the making, one on its way."""
_TICK = 0.5
_CONNECTING = 10
_MOST_BYTES = 2**30
_Client = Any
"""A `distributed.Client`, which is typed by halves."""
_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:\[[0-9a-fA-F:.%]+\]|[^\s:/\[\]]+):\d{1,5}")


@contextmanager
def make(
    address: str,
    subject: Subject,
    settings: Settings,
    *,
    remark: Callable[[str], None],
    stop: Event | None = None,
) -> Iterator[tuple[Callable[[int], Developed], int]]:
    """How a frame is made by the cluster of the scheduler at an address, and by how many threads here to ask for it.

    `remark` is told of workers whose pictures may differ from ours. What makes a frame raises CollageError where the
    scene is wrong, RunError for a frame that failed three times, and for one whose workers died again and again;
    Stopped soon after `stop` is set. On leaving, no worker keeps anything of it. CollageError without Dask, for what
    is no address, or for workers with another program than ours; RunError if no scheduler or no worker is there.
    """
    client = _connected(address)
    try:
        cluster = _Cluster(client, address, subject, settings, remark, stop or Event())
        try:
            yield cluster.make, AHEAD * cluster.meet()
        finally:
            cluster.leave()
    finally:
        client.close()


def _connected(address: str) -> _Client:
    if not _ADDRESS.fullmatch(address):
        raise CollageError(f"--dask {address}: no address of a scheduler. Write tcp://HOST:8786")
    try:
        from distributed import Client
    except ImportError:
        raise CollageError("--dask: Dask is not installed. Install collage[farm], here and on the workers") from None
    try:
        connect: _Client = Client
        return connect(address, timeout=_CONNECTING, set_as_default=False, name="collage")
    except (OSError, TimeoutError, ValueError) as error:
        cure = "Start one by `dask scheduler`, and workers by `dask worker`"
        raise RunError(f"--dask {address}: no scheduler answers there: {error}. {cure}") from error


class _Cluster:
    """The workers, what they are to be sent, and who has failed how."""

    def __init__(
        self,
        client: _Client,
        address: str,
        subject: Subject,
        settings: Settings,
        remark: Callable[[str], None],
        stop: Event,
    ) -> None:
        from collage.export.spread_room import Canvas

        self._client, self._address, self._subject, self._settings = client, address, subject, settings
        self._canvas = Canvas(*(getattr(subject, name) for name in Canvas._fields))
        self._remark, self._stop, self._room = remark, stop, f"collage-{token_hex(8)}"
        self._names: dict[Path, str] = {}
        self._known: set[str] = set()
        self._naming, self._alone = Lock(), Lock()
        self._deserted = False
        self._supplying: defaultdict[str, Lock] = defaultdict(Lock)

    def meet(self) -> int:
        """Look at all workers there are, once one is; the threads they have."""
        from collage.export.spread_room import Failed, enter

        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise self._nobody() from None
        for worker, entry in self._client.run(enter, self._room, (), on_error="return").items():
            if isinstance(entry, Exception):
                raise RunError(f"{worker}: {type(entry).__name__}: {entry}. Install collage[farm] there, as it is here")
            if not isinstance(entry, Failed):  # else the frames will tell
                self._judge(worker, entry)
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def leave(self) -> None:
        """Have all workers throw away what they were sent."""
        from collage.export.spread_room import leave

        with suppress(Exception):  # those that are gone have thrown it away
            self._client.run(leave, self._room, on_error="ignore")

    def make(self, frame: int) -> Developed:
        """The frame, whoever makes it. One whose workers died, all of those that the scheduler tries it on, may just
        have stood beside what killed them: such frames get another try, one by one."""
        from distributed import KilledWorker

        order = self._order(frame)
        try:
            return self._tried(order)
        except KilledWorker:
            pass
        try:
            with self._alone:
                return self._tried(order)
        except KilledWorker as error:
            died = f"{2 * (error.allowed_failures + 1)} workers died while making it"
            cure = "Give them more memory, or make it without --dask"
            raise RunError(f"{self._subject.name}: frame {frame}: {died}. {cure}") from error

    def _tried(self, order: Order) -> Developed:
        from collage.export.spread_room import Failed

        failed: Failed | None = None
        for _ in range(TRIES):
            answer = self._asked(order)
            if not isinstance(answer, Failed):
                return answer
            if answer.code == 2:
                raise CollageError(self._here(answer.message))
            failed = answer
        assert failed is not None
        where = f"{self._subject.name}: frame {order.frame}: failed {TRIES} times, last on {failed.worker}"
        raise RunError(f"{where}: {self._here(failed.message)}")

    def _asked(self, order: Order) -> Developed | Failed:
        """What a worker answers that has all it needs."""
        from collage.export.spread_room import Lacking, made

        packed = pickle.dumps(order)
        while True:  # until all have what they need: to ask for one of them would wait for it, were it to die
            key = f"{self._room}-{order.frame}-{token_hex(4)}"
            answer = self._awaited(self._client.submit(made, packed, key=key))
            if not isinstance(answer, Lacking):
                return answer
            if failed := self._supply(answer.worker, order.files):
                return failed

    def _awaited(self, future: Any) -> Developed | Failed | Lacking:
        """The answer, unless everybody has left, or we are to stop."""
        from concurrent.futures import CancelledError

        done, waited = Event(), PATIENCE if self._deserted else 0.0  # others have waited already
        future.add_done_callback(lambda _: done.set())
        while not done.wait(_TICK):
            if self._stop.is_set():
                future.cancel()
                raise Stopped
            waited = 0.0 if self._anybody() else waited + _TICK
            if waited >= PATIENCE:
                raise self._nobody()
        try:
            answer: Developed | Failed | Lacking = future.result(timeout=PATIENCE)
            self._deserted = False
            return answer
        except (CancelledError, TimeoutError):  # the scheduler is gone, or nobody is left to make again what was lost
            raise self._nobody() from None

    def _anybody(self) -> bool:
        with suppress(Exception):  # whatever a lost connection raises
            return self._client.status == "running" and bool(self._client.nthreads())
        return False

    def _nobody(self) -> RunError:
        self._deserted = True
        cure = f"Start some by `dask worker {self._address}` and run it again"
        return RunError(f"--dask {self._address}: no worker for {PATIENCE:.0f} seconds. {cure}")

    def _supply(self, worker: str, files: tuple[str, ...]) -> Failed | None:
        """Send a worker the files that it lacks, each once. If it dies meanwhile, another will ask."""
        from collage.export.spread_room import Failed, enter, receive

        with self._supplying[worker], suppress(OSError):
            if worker not in self._client.nthreads():  # dead already: to call it would take half a minute
                return None
            entry = self._client.run(enter, self._room, files, workers=[worker])[worker]
            if isinstance(entry, Failed):
                return entry
            self._judge(worker, entry)
            for name in entry.lacking:
                content = self._content(name)
                failed: Failed | None = self._client.run(receive, self._room, name, content, workers=[worker])[worker]
                if failed:
                    return failed
        return None

    def _judge(self, worker: str, entry: Entry) -> None:
        """CollageError for a worker that makes other pictures, a remark for one that might."""
        from collage.export.fingerprint import platform, program

        if entry.program != program():
            raise CollageError(
                f"{worker}: this worker runs {entry.program}, and we {program()}: install the same there"
            )
        ours = platform()
        keys = sorted({*ours, *entry.platform})
        differing = [key for key in keys if ours.get(key) != entry.platform.get(key)]
        told = "; ".join(f"{key} {entry.platform.get(key)}, here {ours.get(key)}" for key in differing)
        if told and told not in self._known:
            self._known.add(told)
            self._remark(f"{worker}: this worker differs, so its frames may by a level: {told}")

    def _order(self, frame: int) -> Order:
        from collage.export.spread_room import Order, moved

        needed: dict[str, None] = {}

        def named(path: Path) -> Path:
            needed[self._name(path)] = None
            return Path(self._name(path))

        cels = moved(self._subject.cels(frame), named)
        return Order(self._room, frame, cels, tuple(needed), self._canvas, self._settings)

    def _name(self, path: Path) -> str:
        """What a file is called there: by its content, so that a worker gets no picture twice."""
        with self._naming:
            if path not in self._names:
                self._names[path] = f"{hashlib.sha256(_read(path)).hexdigest()}{path.suffix.lower()}"
            return self._names[path]

    def _content(self, name: str) -> bytes:
        path = next(path for path, known in list(self._names.items()) if known == name)
        content = _read(path)
        if hashlib.sha256(content).hexdigest() != name[:64]:
            raise RunError(f"{path}: this file changed while frames were made of it: start again to see it in all")
        return content

    def _here(self, message: str) -> str:
        """A worker's message with our own path in place of its."""
        for path, name in list(self._names.items()):
            message = re.sub(rf"\S*{re.escape(name)}", str(path).replace("\\", r"\\"), message)
        return message


def _read(path: Path) -> bytes:
    try:
        return read_start(path, _MOST_BYTES)
    except OSError as error:
        raise AssetError(f"{path}: {unread(error)}") from error
