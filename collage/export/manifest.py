"""The list that lies beside exported frames, NAME.manifest.json: what they show, and whom to credit for it.

It says nothing of when or where they were made, so that the same frames have the same manifest.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from collage.errors import CollageError
from collage.files import read_start, unwritten, write_whole
from collage.registry.entries import Entry

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Credit:
    """What the registry says of an asset; texts are empty, and numbers None, where it is silent."""

    asset: str
    cut_by: str = ""
    source: str = ""
    licence: str = ""
    rating: float | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """One finished export. size: (width, height) of the frames.  rate: frames a second, as "24000/1001".
    frames: "24-47", both included.  credits: of the assets that are seen in these frames, by name."""

    program: str
    scene: str
    size: tuple[int, int]
    rate: str
    frames: str
    step: int = 1
    credits: tuple[Credit, ...] = ()
    format: Literal[1] = 1


def place(folder: Path, scene: str) -> Path:
    """The manifest of a scene's frames in a folder."""
    return folder / f"{scene}.manifest.json"


def credit(asset: str, entry: Entry) -> Credit:
    """Of an asset, from its entry in the registry."""
    return Credit(asset, entry.cut_by, entry.source, entry.licence, entry.rating, entry.hours or None)


def write(path: Path, manifest: Manifest) -> None:
    """Whole, in place of what `check` let pass. RunError if it can't be written."""
    credits = [{key: value for key, value in asdict(each).items() if value is not None} for each in manifest.credits]
    facts = {"format": manifest.format, **asdict(manifest), "credits": credits}
    write_whole(path, f"{json.dumps(facts, ensure_ascii=False, indent=2)}\n".encode())


def read(path: Path) -> Manifest:
    """What stands in a manifest; what a later version added is passed over. CollageError for any other file."""
    from pydantic import ValidationError

    try:
        manifest = _shape().validate_json(read_start(path, _MOST_BYTES))
    except (OSError, ValidationError):
        manifest = None
    if manifest is None or not manifest.program.startswith("collage "):
        raise CollageError(f"{path}: is no list of exported frames: move it away, or choose another folder")
    return manifest


def clear(path: Path) -> None:
    """Take away the manifest of an earlier export, since it won't fit the frames that are about to be written.
    RunError if it can't be removed."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritten(path, error) from error


def check(path: Path) -> None:
    """CollageError if what is there is no manifest."""
    if os.path.lexists(path):
        read(path)


@cache
def _shape() -> TypeAdapter[Manifest]:
    from pydantic import TypeAdapter

    return TypeAdapter(Manifest)
