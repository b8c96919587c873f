"""The animation stand: a scene, its registry and the glass, joined, so that any frame can be asked for.

Player, exporter and desk all ask here: what is seen is what is exported.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from collage.exposure.cel import Cel
    from collage.scene.model import Scene


class Stand:
    """A scene on the stand. Safe to share between threads; close it (or use `with`) to end its own.

    name: the file's stem.  size: (width, height).  rate: frames a second, exact.  length: frames, numbered 0 to
    length - 1.  opaque: the paper covers all, so frames need no alpha.  title: what the window calls it.
    """

    path: Path
    root: Path
    name: str
    title: str
    scene: Scene
    size: tuple[int, int]
    rate: Fraction
    length: int
    opaque: bool

    def cels(self, frame: int) -> tuple[Cel, ...]:
        """The cels of one frame in painter's order."""
        raise NotImplementedError

    def comp(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """One frame as (height, width, 4) uint8, sRGB, premultiplied RGBA, contiguous; height and width are the
        size times `scale`, rounded half up, at least 1. AssetError for a picture that can't be read."""
        raise NotImplementedError

    def picture(self, frame: int, scale: float = 1.0) -> npt.NDArray[np.uint8]:
        """The same as straight (not premultiplied) RGBA."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Stand:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open(path: str | Path | Scene, *, root: Path | None = None, threads: int = 2) -> Stand:
    """Read, check and bind a scene file. SceneError, AssetError, NotYet as `collage.errors` draws them.

    A `Scene` built in Python is taken as it is, with `root` (the folder that holds `assets/`) for its pictures.
    `threads` share the work inside one comp.
    """
    raise NotImplementedError
