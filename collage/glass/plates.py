"""Plates: the pixels of what is shown, each decoded, premultiplied and trimmed once, shrunk when first needed.

A plate's `levels` are its mipmaps, made by halving each axis on its own, so that a piece that is turned edge-on
is filtered along the axis that shrinks and stays sharp along the other.

All layers, scenes and threads of a stand share its plates. They are kept within a budget of bytes; what was needed
longest ago goes first, and is decoded again if it comes back: the budget changes how long a frame takes, never a byte.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from collage.errors import AssetError, RunError
from collage.exposure.cel import Cutout, Lettering
from collage.glass import budget
from collage.glass.decode import decode
from collage.glass.drawer import Drawer
from collage.glass.lettering import letter
from collage.glass.shapes import Survey, surveyed
from collage.registry.catalogue import Drawing
from collage.registry.noting import Stamp, stamp

Pixels = npt.NDArray[np.uint8]
Content = Drawing | Cutout | Lettering
Key = Path | Cutout | Lettering
"""What a plate is kept by: a picture's real file, so that two assets that show the same file share it."""


@dataclass(slots=True)
class Plate:
    """One picture ready for the glass.

    pixels: (height, width, 4) uint8, premultiplied sRGB, trimmed to what is not transparent.  origin: where the
    trimmed corner lies in the whole picture.  outline: (n, 2) float64, the convex hull of its pixels' corners in the
    whole picture's pixels: what bounds a warp.
    """

    pixels: Pixels
    origin: tuple[int, int]
    outline: npt.NDArray[np.float64]
    _levels: dict[tuple[int, int], Pixels] = field(default_factory=dict)
    _fine: dict[tuple[int, int, bool], npt.NDArray[np.uint16]] = field(default_factory=dict)
    _survey: tuple[Survey, Survey] | None = None
    _halving: threading.RLock = field(default_factory=threading.RLock)

    def level(self, across: int, down: int) -> Pixels:
        """The pixels halved so many times across and down, each halving the mean of two, rounded half to even.
        Whichever threads ask, each level is made once."""
        if not across and not down:
            return self.pixels
        with self._halving:
            if (across, down) not in self._levels:
                finer = self.level(across - (across >= down), down - (down > across))
                self._levels[across, down] = _halved(finer, across >= down)
            return self._levels[across, down]

    def fine(self, across: int, down: int, linear: bool) -> npt.NDArray[np.uint16]:
        """The same in 16 bits, in sRGB or in linear light, halved there."""
        from collage.glass.fine_levels import level

        with self._halving:
            if (across, down, linear) not in self._fine:
                self._fine[across, down, linear] = level(self.pixels, across, down, linear)
            return self._fine[across, down, linear]

    @property
    def survey(self) -> tuple[Survey, Survey]:
        """Where the trimmed picture has gaps, and where it has anything, as `surveyed` counts; found once."""
        with self._halving:
            if self._survey is None:
                self._survey = surveyed(self.pixels[..., 3])
            return self._survey

    @property
    def weight(self) -> int:
        """The bytes of its pixels and of all levels made so far."""
        with self._halving:
            fine = sum(level.nbytes for level in self._fine.values())
            return self.pixels.nbytes + fine + sum(level.nbytes for level in self._levels.values())


class Plates:
    """The plates of a stand, at most `most` bytes of them between frames (default: a third of the machine's memory).

    Safe to ask from several threads: what one frame needs is kept until it is done, however much that is, and a plate
    at hand stays whole after it has been let go. Pictures are decoded one at a time, since that takes memory too.
    """

    def __init__(self, most: int | None = None) -> None:
        self.most = budget.default() if most is None else most
        self._limit = max(self.most, budget.machine() // 2)
        self._held: dict[Key, Plate] = {}
        self._weights: dict[Key, int] = {}
        self._idle: OrderedDict[Key, None] = OrderedDict()  # held, needed by no frame just now; longest unused first
        self._needed: Counter[Key] = Counter()  # by how many frames in the making
        self._stamps: dict[Key, Stamp | None] = {}
        self._total = 0
        self.aside = 0
        """Bytes that others keep, of this same budget."""
        self.drawer: Drawer | None = None
        """Where made paper is kept from one program to the next, and looked for."""
        self._lock, self._reading = threading.Lock(), threading.Lock()

    @property
    def weight(self) -> int:
        """The bytes of all plates held, as last weighed: when they were read, and after each frame that used them."""
        return self._total

    def plate(self, content: Content) -> Plate:
        """The plate of a drawing or of lettering; AssetError if its picture or font can't be read, or if what frames
        need at once would fill half the machine; RunError if the file is not what it was when first read."""
        key = _key(content)
        if (plate := self._held.get(key)) is None:
            with self._reading:
                if (plate := self._held.get(key)) is None:
                    plate = self._read(key, content)
                    self._keep(key, plate)
        return plate

    def load(self, content: Content) -> bool:
        """Read what will be needed, and keep it if there is room beside what is held; whether it was kept.
        Errors as of `plate`."""
        key = _key(content)
        with self._reading:
            if key in self._held:
                return True
            plate = self._read(key, content)
            if fits := self._total + plate.weight <= self.most:
                self._keep(key, plate)
            return fits

    def inherit(self, older: Plates) -> frozenset[Key]:
        """Take over what another stand holds, but for what has changed on disk since it was read; the keys of all that
        has. A plate that both hold is in memory once."""
        self.drawer = older.drawer
        with older._lock:
            held = [(key, older._held[key]) for key in (*older._idle, *older._needed) if key in older._held]
            stamps = dict(older._stamps)
        changed = frozenset(key for key, known in stamps.items() if _stamp(key) != known)
        for key, plate in held:
            if key not in changed:
                self._stamps[key] = stamps[key]
                self._keep(key, plate)
        return changed

    def pin(self, keys: Iterable[Key]) -> None:
        """Let go of none of these any more, as they can't be read again."""
        with self._lock:
            for key in keys:
                self._needed[key] += 1
                self._idle.pop(key, None)

    @contextmanager
    def needed(self, contents: Iterable[Content]) -> Iterator[None]:
        """While a frame of these contents is made: none of them is let go. Nothing is read before it is asked for."""
        keys = dict.fromkeys(map(_key, contents))
        with self._lock:
            for key in keys:
                self._needed[key] += 1
                self._idle.pop(key, None)
        try:
            yield
        finally:
            with self._lock:
                for key in keys:
                    self._release(key)
                self._let_go()

    def _release(self, key: Key) -> None:
        self._needed[key] -= 1
        if not self._needed[key]:
            del self._needed[key]
        if key in self._held:
            self._weigh(key)

    def _read(self, key: Key, content: Content) -> Plate:
        now = _stamp(key)
        before = self._stamps.get(key) or now
        if now and before and before[:2] != now[:2]:  # not by its number, which some file systems forget
            raise RunError(
                f"{_file(key)}: this file changed while frames were made of it: start again to see it in all"
            )
        plate = trimmed(*_made(content, self.drawer)) if isinstance(content, Cutout) else trimmed(_pixels(content))
        self._stamps[key] = now
        return plate

    def _keep(self, key: Key, plate: Plate) -> None:
        with self._lock:
            self._held[key] = plate
            self._weigh(key)
            self._let_go()
            if self._total > self._limit:
                gigabytes = f"{self._limit / 1e9:.1f} GB, as much as this machine can spare"
                raise AssetError(f"the pictures shown at once fill {gigabytes}: use smaller or fewer ones")

    def _weigh(self, key: Key) -> None:
        """Count what is held, and let it go after all others, once no frame needs it."""
        weight = self._held[key].weight
        self._total += weight - self._weights.get(key, 0)
        self._weights[key] = weight
        if key not in self._needed:
            self._idle[key] = None

    def _let_go(self) -> None:
        """Of what no frame needs, what was needed longest ago, until the rest fits."""
        while self._total + self.aside > self.most and self._idle:
            key, _ = self._idle.popitem(last=False)
            del self._held[key]
            self._total -= self._weights.pop(key)


def _key(content: Content) -> Key:
    return content.path if isinstance(content, Drawing) else content


def _file(key: Key) -> Path | str:
    return key.font if isinstance(key, Lettering) else key.drawing.path if isinstance(key, Cutout) else key


def _stamp(key: Key) -> Stamp | None:
    """Of a picture, or of a lettering's font; None if there is no such file."""
    file = _file(key)
    return stamp(Path(file)) if file else None


def trimmed(pixels: Pixels, corner: tuple[int, int] = (0, 0)) -> Plate:
    """A plate of premultiplied pixels (height, width, 4), cut down to the box of its visible ones. `corner` is where
    the picture's own lies in them, if they are more than the picture."""
    alpha = pixels[..., 3]
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not rows.size:
        return Plate(np.zeros((1, 1, 4), np.uint8), (0, 0), np.zeros((0, 2)))
    x0, x1, y0, y1 = int(columns[0]), int(columns[-1]) + 1, int(rows[0]), int(rows[-1]) + 1
    inner, origin = pixels[y0:y1, x0:x1], (x0 - corner[0], y0 - corner[1])
    if inner.size < pixels.size:
        inner = inner.copy()  # a view would keep all of the untrimmed picture in memory
    return Plate(inner, origin, np.add(_outline(inner[..., 3]), origin))


def _outline(alpha: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """The convex hull of the corners of all visible pixels: of each row only the two ends can lie on it."""
    visible = alpha > 0
    rows = np.flatnonzero(visible.any(axis=1))
    left = visible[rows].argmax(axis=1)
    right = alpha.shape[1] - visible[rows, ::-1].argmax(axis=1)
    ends = [np.stack([x, rows + dy], axis=1) for x in (left, right) for dy in (0, 1)]
    hull = cv2.convexHull(np.concatenate(ends).astype(np.int32))
    return hull.reshape(-1, 2).astype(np.float64)


def _halved(pixels: Pixels, across: bool) -> Pixels:
    """Half as wide (or as high), an odd last column (row) paired with nothing."""
    height, width = pixels.shape[:2]
    pixels = np.pad(pixels, ((0, 0 if across else height % 2), (0, width % 2 if across else 0), (0, 0)))
    pairs = (pixels[:, 0::2], pixels[:, 1::2]) if across else (pixels[0::2], pixels[1::2])
    total = pairs[0].astype(np.uint16)
    total += pairs[1]
    total += (total >> 1) & 1  # halves go to the even side: a piece that recedes grows neither lighter nor darker
    total >>= 1
    return total.astype(np.uint8)


def _pixels(content: Drawing | Lettering) -> Pixels:
    return letter(content) if isinstance(content, Lettering) else decode(content.path)


def _made(cutout: Cutout, drawer: Drawer | None) -> tuple[Pixels, tuple[int, int]]:
    """A drawing printed and cut, and where its corner lies in that."""

    def make() -> tuple[Pixels, tuple[int, int]]:
        from collage.glass.paper import made

        return made(_pixels(cutout.drawing), cutout)

    return drawer.taken(cutout, make) if drawer else make()
