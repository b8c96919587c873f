"""Where the prints for the wall are made: a thread opens one scene after the other and takes a few small poses of each.

Every scene gets its first pose before any gets its others, and one that is saved meanwhile is taken anew.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from collage.errors import CollageError, SceneError
from collage.geometry import Size
from collage.player.fit import scale_into
from collage.registry.noting import Stamp, stamp
from collage.scene.reader import is_film

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from collage.stand import Stand

POSES = 6
RATE = 4
"""Poses a second: they show the scene in its own time."""
LOOK = 0.5
"""Seconds between two looks whether something was saved."""
PARTING = 1.0
"""Seconds to wait at the end for a pose that is being made; a script may never end."""


class Opened(Protocol):
    """How a stand is opened: as `collage.stand.open` does it, with what the person has allowed."""

    def __call__(self, path: Path, *, threads: int) -> Stand: ...


class Print(NamedTuple):
    """`poses` are (height, width, 3) uint8, sRGB. `fault`: why there are none, in one line."""

    title: str
    film: bool
    poses: tuple[npt.NDArray[np.uint8], ...] = ()
    fault: str = ""


class Need(NamedTuple):
    """What a print was made from, and to fit which box."""

    stamp: Stamp | None
    box: Size


class Made(NamedTuple):
    """A print with as many poses as were asked for, or as the scene has."""

    need: Need
    asked: int
    print: Print


class Darkroom:
    """`with` it the thread runs. What is made stays when it ends, and it can be entered again; close it at the end.
    `round` counts what was made, `poses` are how many a scene gets."""

    def __init__(self, opened: Opened, poses: int = POSES) -> None:
        self._opened, self._poses, self.round = opened, poses, 0
        self._wanted: tuple[tuple[Path, ...], Size] = (), (1, 1)
        self._made: dict[Path, Made] = {}
        self._over, self._new = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Darkroom:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._over,), name="darkroom", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """The thread ends with the pose that it is at; nobody waits for it."""
        self._over.set()
        self._new.set()

    def close(self) -> None:
        """Wait until it has ended, but not for long."""
        if self._thread is not None:
            self._thread.join(PARTING)

    def want(self, paths: Sequence[Path], box: Size) -> None:
        """Make these, the first ones first, to fit a box; forget all others."""
        if self._wanted != (wanted := (tuple(paths), box)):
            self._wanted = wanted
            self._new.set()

    def prints(self) -> Mapping[Path, Print]:
        """Those that are made by now."""
        return {path: made.print for path, made in self._made.copy().items()}

    def _run(self, over: threading.Event) -> None:
        while not over.is_set():
            self._new.clear()
            if (lacking := self._lacking()) is None:
                self._new.wait(LOOK)
            else:
                self._develop(*lacking, over)

    def _lacking(self) -> tuple[Path, Need, int] | None:
        """What to make next, from what, and how many poses of it."""
        paths, box = self._wanted
        self._made = {path: made for path, made in self._made.items() if path in paths}
        needs = {path: Need(stamp(path), box) for path in paths}
        for asked in (1, self._poses):
            for path, need in needs.items():
                made = self._made.get(path)
                if made is None or made.need != need or made.asked < asked:
                    return path, need, asked
        return None

    def _develop(self, path: Path, need: Need, asked: int, over: threading.Event) -> None:
        name, film = path.stem.removesuffix(".film"), is_film(path)
        try:
            with self._opened(path, threads=1) as stand:
                known = self._made.get(path)
                taken = known.print if known and known.need == need else Print(stand.title, film)
                self._keep(path, Made(need, len(taken.poses), taken))
                for frame in frames(stand)[len(taken.poses) : asked]:
                    if over.is_set():
                        return
                    taken = taken._replace(poses=(*taken.poses, _pose(stand, frame, need.box)))
                    self._keep(path, Made(need, len(taken.poses), taken))
        except Exception as error:  # whatever is wrong with one scene, the wall is there for all the others
            taken = Print(name, film, fault=_fault(error))
        self._keep(path, Made(need, self._poses if taken.fault else asked, taken))

    def _keep(self, path: Path, made: Made) -> None:
        self._made[path] = made
        self.round += 1


def frames(stand: Stand) -> list[int]:
    """Those that are taken of a scene: about its middle, in its own time."""
    step = max(1, round(stand.rate / RATE))
    first = max(0, (stand.length - step * POSES) // 2)
    return list(range(first, stand.length, step))[:POSES]


def _pose(stand: Stand, frame: int, box: Size) -> npt.NDArray[np.uint8]:
    """A frame no larger than a box, with white card behind what is transparent."""
    import numpy as np

    pixels = stand.comp(frame, min(1.0, scale_into(stand.size, box)))
    return np.ascontiguousarray(pixels[..., :3] if stand.opaque else pixels[..., :3] + (255 - pixels[..., 3:]))


def _fault(error: Exception) -> str:
    if isinstance(error, CollageError | OSError | MemoryError):
        more = len(error.findings) - 1 if isinstance(error, SceneError) else 0
        line = next(iter(str(error).splitlines()), "") or type(error).__name__
        return f"{line}{f' (and {more} more)' if more > 0 else ''}"
    return f"this can't be shown, and that is no fault of yours: {type(error).__name__}: {error}"
