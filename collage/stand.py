"""The animation stand: a scene, its registry and the glass, joined, so that any frame can be asked for.

Player, exporter and desk all ask here: what is seen is what is exported.
"""

from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from collage.errors import AssetError, SceneError
from collage.exposure.bind import bind
from collage.exposure.expose import expose
from collage.exposure.rig import Rig
from collage.registry.catalogue import Catalogue, Drawing, find_root
from collage.scene.model import Scene
from collage.scene.reader import findings, read_source
from collage.scene.source import Source

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from collage.errors import Finding
    from collage.exposure.cel import Cel
    from collage.glass.comp import Glass


MOST_PIXELS = 1_000_000_000
"""Of all pictures that a scene can show, together: four gigabytes."""


class Stand:
    """A scene on the stand. Safe to share between threads; close it (or use `with`) to end its own.

    name: the file's stem.  title: what the window calls it.  size: (width, height).  rate: frames a second, exact.
    length: frames, numbered 0 to length - 1.  opaque: the paper covers all, so frames need no alpha.
    warnings: findings that stop nothing.
    """

    def __init__(self, path: Path, scene: Scene, rig: Rig, warnings: tuple[Finding, ...], threads: int) -> None:
        self.path, self.scene, self.rig, self.warnings = path, scene, rig, warnings
        self.name = self.path.stem
        self.title = scene.scene.title or self.name
        self.size: tuple[int, int] = rig.size
        self.rate: Fraction = rig.rate
        self.length: int = rig.length
        self.opaque: bool = rig.paper is not None and rig.paper.alpha == 255
        self._threads, self._lock = threads, threading.Lock()
        self._glass: Glass | None = None
        self._last: tuple[tuple[tuple[Cel, ...], float], npt.NDArray[np.uint8] | None] = (((), 0.0), None)

    def cels(self, frame: int) -> tuple[Cel, ...]:
        """The cels of one frame in painter's order. IndexError for a frame outside 0 to length - 1."""
        if not 0 <= frame < self.length:
            raise IndexError(f"{self.name} has frames 0 to {self.length - 1}, not {frame}")
        return expose(self.rig, frame)

    def comp(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """One frame as (height, width, 4) uint8, sRGB, premultiplied RGBA, contiguous; height and width are the
        size times `scale`, rounded half up, at least 1; read-only, as a frame that holds the pose of the one
        asked for before is the same array. AssetError for a picture that can't be read, IndexError for a frame outside
        the scene, ValueError for a scale that no picture can have."""
        wanted, (made, picture) = (self.cels(frame), scale), self._last
        if picture is None or made != wanted:
            picture = self.glass.comp(wanted[0], self.size, self.rig.paper, scale)
            picture.flags.writeable = False
            self._last = (wanted, picture)
        return picture

    def picture(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """The same as straight (not premultiplied) RGBA, an array of your own."""
        from collage.glass.comp import straight

        picture = self.comp(frame, scale)
        return picture.copy() if self.opaque else straight(picture)

    def load(self) -> None:
        """Read every picture the scene can show. AssetError for the first that can't be read, or for too many."""
        pixels = sum(drawing.size[0] * drawing.size[1] for drawing in self.drawings)
        if pixels > MOST_PIXELS:
            millions = f"{pixels // 1_000_000} million pixels, at most {MOST_PIXELS // 1_000_000} million"
            raise AssetError(f"{self.name}: its pictures have {millions} together: use smaller or fewer ones")
        for drawing in self.drawings:
            self.glass.plates.plate(drawing)

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """Every drawing the scene can show, each once, in the order of the file."""
        return tuple(dict.fromkeys(drawing for piece in self.rig.pieces for drawing in piece.drawings()))

    @property
    def glass(self) -> Glass:
        """The compositor, made when first asked for: what only reads a scene needs no pixels."""
        with self._lock:
            if self._glass is None:
                from collage.glass.comp import Glass

                self._glass = Glass(self._threads)
            return self._glass

    def close(self) -> None:
        """End the threads; a frame asked for later starts over."""
        with self._lock:
            if self._glass is not None:
                self._glass.close()
            self._glass = None

    def __enter__(self) -> Stand:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open(path: str | Path | Scene, *, root: str | Path | None = None, threads: int = 1) -> Stand:
    """Read, check and bind a scene file. SceneError, AssetError as `collage.errors` draws them.

    A `Scene` built in Python is checked alike; `root` is the folder that holds `assets/`, by default the current one
    for a `Scene`, the nearest upward for a file. `threads` share the work inside one comp.
    """
    if isinstance(path, Scene):
        scene, source, home = path, Source("scene"), Path(root or ".")
        if found := findings(scene, source):
            raise SceneError(found)
    else:
        scene, source = read_source(path)
        home = Path(root) if root is not None else find_root(Path(path))
    rig, problems = bind(scene, Catalogue.open(home))
    told = sorted(source.finding(*problem) for problem in problems)
    if rig is None:
        raise SceneError(finding for finding in told if finding.severity == "error")
    return Stand(Path(source.path), scene, rig, tuple(told), threads)


def frame_file(stand: Stand, frame: int, scale: float = 1.0) -> bytes:
    """One frame as the bytes of a PNG file: RGB where the paper covers all, else straight RGBA."""
    from collage.glass.comp import opaque
    from collage.glass.png import encode

    return encode(opaque(stand.comp(frame, scale)) if stand.opaque else stand.picture(frame, scale))
