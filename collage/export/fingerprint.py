"""What a frame's file is made of, in one short text: alike as long as the file would be made to the same byte.

It is taken of what the glass is given (cels, with pictures, fonts and tables of colours by their bytes), never of the
scene's text: a comment, a layer's name or a file that was moved changes nothing. A field that cels get one day counts
by itself, as all fields do but those named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b, file_digest
from operator import attrgetter, itemgetter
from pathlib import Path
from struct import pack
from threading import Lock
from typing import Any

from collage.errors import AssetError, RunError
from collage.export.machine import package
from collage.export.machine import platform as platform
from collage.export.machine import program as program
from collage.export.settings import Settings
from collage.export.subject import Subject
from collage.exposure.cel import Cel, Cutout, Lettering, Pane
from collage.files import unread
from collage.registry.catalogue import Drawing
from collage.registry.noting import Stamp, stamp

DIGITS = 40
"""Of a fingerprint."""
_shown = itemgetter(*(at for at, name in enumerate(Cel._fields) if name != "layer"))
"""What shows of a cel."""
_UNSEEN: dict[type, tuple[str, ...]] = {Drawing: ("asset", "name"), Lettering: ("font",)}
"""What does not show. A cut-out's own chance comes from its drawing's names, so there they count; a font counts by its
bytes."""
_MORE: dict[type, Callable[[Any], Any]] = {
    Cutout: attrgetter("drawing.asset", "drawing.name"),
    Lettering: lambda lettering: Path(lettering.font) if lettering.font else None,
}
"""What counts beside the fields."""
_MOST_KEPT = 10_000
_NUMBERS = frozenset((float, int, bool))


class Fingerprints:
    """Of the frames of one export. Safe to ask from several threads; make it before the subject's pictures are read,
    so that none can change between."""

    def __init__(self, subject: Subject, settings: Settings) -> None:
        self._subject = subject
        self._files = _Files(drawing.path for drawing in subject.drawings)
        self._kept: dict[Any, tuple[str, tuple[float, ...]]] = {}
        exr = package("OpenEXR") if settings.kind == "exr" else ""
        made_by = (program(), exr, *(f"{key}={value}" for key, value in sorted(platform().items())))
        self._head = self._written((made_by, subject.size, subject.paper, subject.opaque, settings))

    def of(self, frame: int) -> str:
        """`DIGITS` of hex. IndexError for a frame outside the subject, AssetError for a file that can't be read,
        RunError for one that is not what it was."""
        return self.of_cels(self._subject.cels(frame))

    def of_cels(self, cels: tuple[Cel, ...]) -> str:
        """The same of a frame whose cels are at hand. CollageError, as of the glass, for what can't be drawn anyway:
        mattes seen through mattes are walked each time, and that can be a thousand million times."""
        from collage.glass.canvas import contents

        contents(cels)
        return blake2b(self._head + self._written(cels), digest_size=DIGITS // 2).hexdigest()

    def unchanged(self) -> None:
        """To be asked once a frame is made, before its file gets its name: RunError if a file that fingerprints were
        taken of holds something else by now, so that nobody knows what the frame shows."""
        self._files.unchanged()

    def _written(self, value: Any) -> bytes:
        """Equal values as equal bytes and others as others: the shape as text, then all numbers as doubles."""
        shape, numbers = list[str](), list[float]()
        self._walk((value,), shape, numbers)
        doubles = [number + 0.0 for number in numbers]  # -0.0 becomes 0.0
        if doubles != numbers:  # whole numbers beyond what a double holds
            shape.append(repr([(at, number) for at, number in enumerate(numbers) if number != doubles[at]]))
        text = "".join(shape).encode("utf-8", "surrogatepass")
        return pack(f"<QQ{len(doubles)}d", len(text), len(doubles), *doubles) + text

    def _walk(self, values: Iterable[Any], shape: list[str], numbers: list[float]) -> None:
        for value in values:
            kind: Any = type(value)
            if kind in _NUMBERS:
                shape.append("f")
                numbers.append(value)
            elif value is None:
                shape.append("n")
            elif kind is str:
                shape.append(f"s{len(value)}:{value}")
            elif isinstance(value, tuple):
                inner = value if kind is not Cel else _shown(value)
                if _NUMBERS.issuperset(map(type, inner)):
                    shape.append(f"{len(inner)}({'f' * len(inner)}")
                    numbers += inner
                else:
                    shape.append(f"{len(inner)}(")
                    self._walk(inner, shape, numbers)
            elif isinstance(value, Path):
                shape.append(f"#{self._files.digest(value)}")
            elif isinstance(value, int | float):
                shape.append("f")
                numbers.append(float(value))
            elif kind is Pane:
                self._record(value, shape, numbers)
            else:
                text, own = self._known(value)
                shape.append(text)
                numbers += own

    def _known(self, value: Any) -> tuple[str, tuple[float, ...]]:
        """What a drawing, a card and the like adds: the same objects come back in each frame."""
        if (found := self._kept.get(value)) is None:
            shape, numbers = list[str](), list[float]()
            self._record(value, shape, numbers)
            found = "".join(shape), tuple(numbers)
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[value] = found
        return found

    def _record(self, value: Any, shape: list[str], numbers: list[float]) -> None:
        kind: Any = type(value)
        shape.append(f"{kind.__name__}(")
        self._walk([getattr(value, name) for name in _names(kind)], shape, numbers)
        if more := _MORE.get(type(value)):
            self._walk((more(value),), shape, numbers)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass that show. TypeError for what is none: nobody has thought of when two are alike."""
    unseen = _UNSEEN.get(kind, ())
    if not is_dataclass(kind):
        raise TypeError(f"no fingerprint can be taken of {kind}")
    return tuple(field.name for field in fields(kind) if field.name not in unseen)


class _Files:
    """Files by the SHA-256 of their bytes, each read once."""

    def __init__(self, known: Iterable[Path]) -> None:
        self._stamps: dict[Path, Stamp | None] = {path: stamp(path) for path in known}
        self._digests: dict[Path, str] = {}
        self._lock = Lock()

    def digest(self, path: Path) -> str:
        if (known := self._digests.get(path)) is None:
            with self._lock:
                if (known := self._digests.get(path)) is None:
                    now = stamp(path)
                    known = _sha256(path)
                    if _differ(now, self._stamps.setdefault(path, now)) or _differ(now, stamp(path)):
                        raise _changed(path)
                    self._digests[path] = known
        return known

    def unchanged(self) -> None:
        for path, known in self._digests.copy().items():
            if _differ(now := stamp(path), self._stamps[path]):
                with self._lock:
                    if now is None or _sha256(path) != known:
                        raise _changed(path)
                    self._stamps[path] = now  # saved anew as it was


def _differ(one: Stamp | None, other: Stamp | None) -> bool:
    """Not by its number on the disk, which some file systems forget."""
    return (one and one[:2]) != (other and other[:2])


def _changed(path: Path) -> RunError:
    return RunError(f"{path}: this file changed while frames were made of it: start again to see it in all")


def _sha256(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise AssetError(f"{path}: {unread(error)}") from error
