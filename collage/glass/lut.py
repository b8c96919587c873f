"""Tables of colours: .cube files by Adobe's Cube LUT Specification 1.0, read as untrusted text.

What Resolve writes is read too: the range of what goes in, as LUT_3D_INPUT_RANGE or LUT_1D_INPUT_RANGE.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

from collage.errors import AssetError, Finding
from collage.registry.probe import Fault, fault, plain

Triple = tuple[float, float, float]
MOST_SIDES = {"LUT_3D_SIZE": 129, "LUT_1D_SIZE": 65536}
"""Points along each axis; the specification's 256 would take as much memory as 40 pictures of 1920×1080."""
_MOST_BYTES = 2**28
_LONGEST_LINE = 1000
_MOST_VALUE = 1e6


class Cube(NamedTuple):
    """`table` is float32, (blue, green, red, 3) of n points each, or (n, 3), a curve for each channel. Its points are
    spread evenly over what goes in, from `low` to `high` of each channel; colours are straight, 0 to 1."""

    table: npt.NDArray[np.float32]
    low: Triple
    high: Triple

    @property
    def size(self) -> int:
        """Points along each axis."""
        return len(self.table)


def cube(path: Path) -> Cube:
    """`read_cube`, kept until the file changes. AssetError as there, and for a file that is not there."""
    try:
        stamp = path.stat()
    except OSError as error:
        raise fault(path, f"can't be read: {(error.strerror or str(error)).lower()}") from error
    return _kept(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=4)
def _kept(path: Path, stamp: int, size: int) -> Cube:
    return read_cube(path)


def read_cube(path: Path) -> Cube:
    """A .cube file. AssetError with the line and the cure for all that the specification does not allow."""
    if not path.is_file():
        raise fault(path, "no table of colours here: name a .cube file")
    try:
        with path.open("rb") as file:
            return _Reading(path).all_of(file)
    except OSError as error:
        raise fault(path, f"can't be read: {(error.strerror or str(error)).lower()}") from error


class _Reading:
    """One file, line by line, with no more kept than its own size allows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 0
        self.kind = ""
        self.sides = 0
        self.bounds: dict[str, Triple] = {"DOMAIN_MIN": (0.0, 0.0, 0.0), "DOMAIN_MAX": (1.0, 1.0, 1.0)}
        self.values = array("f")

    def all_of(self, file: BinaryIO) -> Cube:
        taken = 0
        while raw := file.readline(_LONGEST_LINE + 1):
            self.line += 1
            taken += len(raw)
            if len(raw) > _LONGEST_LINE or taken > _MOST_BYTES:
                raise self.wrong("too long for a .cube file: export it anew")
            words = raw.removeprefix(b"\xef\xbb\xbf").decode("latin-1").split()
            if words and not words[0].startswith("#"):
                _KEYWORDS.get(words[0], _Reading.row)(self, words)
        return self.finished()

    def wrong(self, message: str) -> AssetError:
        shown = fault(self.path, message).finding
        return Fault(Finding(shown.path, self.line, 1, message))

    def title(self, words: list[str]) -> None:
        """Anything may stand in it."""

    def size(self, words: list[str]) -> None:
        keyword, most = words[0], MOST_SIDES[words[0]]
        if self.kind:
            raise self.wrong(f"{keyword} after {self.kind}: only one table a file can be used. Export them one by one")
        text = words[1] if len(words) == 2 else ""
        sides = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
        if not 2 <= sides <= most:
            raise self.wrong(f"{keyword} must be a whole number from 2 to {most}: export the table with fewer points")
        self.kind, self.sides = keyword, sides

    def bound(self, words: list[str]) -> None:
        red, green, blue = self.numbers(words[1:], 3, words[0])
        self.set_bound(words[0], (red, green, blue))

    def range(self, words: list[str]) -> None:
        low, high = self.numbers(words[1:], 2, words[0])
        self.set_bound("DOMAIN_MIN", (low, low, low))
        self.set_bound("DOMAIN_MAX", (high, high, high))

    def set_bound(self, name: str, triple: Triple) -> None:
        if self.values:
            raise self.wrong("this line must stand above the table's rows: move it there")
        self.bounds[name] = triple

    def row(self, words: list[str]) -> None:
        """The colour of one point; whatever is neither this nor a keyword ends here."""
        if words[0][0].isalpha() or words[0][0] == "_":
            known = ", ".join(_KEYWORDS)
            raise self.wrong(f'"{plain(words[0][:40])}" is no keyword of a .cube file: known are {known}')
        if not self.kind:
            raise self.wrong("a row before LUT_3D_SIZE or LUT_1D_SIZE: the size must stand above the table's rows")
        if len(self.values) >= 3 * self.most:
            raise self.wrong(f"more rows than the {self.most} of {self.kind} {self.sides}: export the table anew")
        self.values.extend(self.numbers(words, 3, "a row"))

    @property
    def most(self) -> int:
        return self.sides ** (3 if self.kind == "LUT_3D_SIZE" else 1)

    def numbers(self, words: list[str], count: int, where: str) -> list[float]:
        try:
            numbers = [float(word) for word in words]
        except ValueError:
            numbers = []
        sound = all(abs(number) <= _MOST_VALUE for number in numbers)  # nor infinite nor not a number
        if len(numbers) != count or not sound or any("_" in word for word in words):
            raise self.wrong(f"{where} takes {count} numbers, as in 0.25 0.5 1.0")
        return numbers

    def finished(self) -> Cube:
        if not self.kind:
            raise self.wrong("no LUT_3D_SIZE nor LUT_1D_SIZE: this is no .cube file")
        missing = self.most - len(self.values) // 3
        if missing:
            raise self.wrong(
                f"{missing} of the {self.most} rows of {self.kind} {self.sides} are missing: export it anew"
            )
        low, high = self.bounds["DOMAIN_MIN"], self.bounds["DOMAIN_MAX"]
        if not all(below < above for below, above in zip(low, high, strict=True)):
            raise self.wrong("DOMAIN_MAX must be above DOMAIN_MIN in each channel")
        axes = [self.sides] * (3 if self.kind == "LUT_3D_SIZE" else 1)
        table = np.frombuffer(self.values, np.float32).reshape(*axes, 3)
        table.flags.writeable = False
        return Cube(table, low, high)


_KEYWORDS: dict[str, Callable[[_Reading, list[str]], None]] = {
    "TITLE": _Reading.title,
    "LUT_3D_SIZE": _Reading.size,
    "LUT_1D_SIZE": _Reading.size,
    "DOMAIN_MIN": _Reading.bound,
    "DOMAIN_MAX": _Reading.bound,
    "LUT_3D_INPUT_RANGE": _Reading.range,
    "LUT_1D_INPUT_RANGE": _Reading.range,
}
