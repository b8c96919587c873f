"""The list that lies beside exported frames, NAME.manifest.json: what they show, whom to credit for it, and of each
frame's file what it was made of and what it holds, so that a later export knows which are still right.

It says nothing of when they were made or by whom, so that the same frames have the same manifest. It is there only when
an export is finished; what an unfinished one has made stands in its notebook.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from itertools import pairwise
from math import gcd
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import FailFast, TypeAdapter, ValidationError

from collage.errors import CollageError
from collage.export.settings import Settings
from collage.files import read_start, write_whole
from collage.registry.entries import Entry

T = TypeVar("T")
MOST_BYTES = 64 * 2**20
"""Of a manifest or a notebook: room for some 250,000 frames, three hours."""
_MOST_PARTS = 3_000_000
"""Values that it may hold, before any of them is read: each takes memory."""
_FINGERPRINT, _SHA256 = re.compile("[0-9a-f]{16,128}"), re.compile("[0-9a-f]{64}")
_NAME = re.compile(r"[^/\\:\x00-\x1f\x7f]{1,255}")


@dataclass(frozen=True, slots=True)
class Shot:
    """One frame's file. file: its plain name, in the manifest's own folder.  fingerprint: of what the frame is made
    of, as `Fingerprints.of`.  sha256: of the file's bytes, in hex.  bytes: how many they are."""

    frame: int
    file: str
    fingerprint: str
    sha256: str
    bytes: int


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
    """Finished frames. size: (width, height) of them.  rate: frames a second, as "24000/1001".  frames and step: which
    they are, as `numbers` writes them.  credits: of the assets that are seen in them, by name.  platform: what
    `fingerprint.platform` says of where they were made.  shots: one a frame, by number."""

    program: str
    scene: str
    size: tuple[int, int]
    rate: str
    frames: str
    step: int = 1
    credits: Annotated[tuple[Credit, ...], FailFast()] = ()
    format: Literal[1] = 1
    settings: Settings = field(default_factory=Settings)
    platform: dict[str, str] = field(default_factory=dict)
    shots: Annotated[tuple[Shot, ...], FailFast()] = ()


def place(folder: Path, stem: str) -> Path:
    """The manifest in a folder of a scene's frames, by its name; of a part of them, by `NAME.A-B`."""
    return folder / f"{stem}.manifest.json"


def numbers(frames: Iterable[int]) -> tuple[str, int]:
    """`frames` and `step` of a manifest: ("0-47", 1), ("0-46", 2), ("0-11, 24-35", 1), both ends included."""
    wanted = sorted(set(frames))
    step = gcd(*(later - earlier for earlier, later in pairwise(wanted))) or 1
    runs: list[list[int]] = []
    for frame in wanted:
        if runs and frame == runs[-1][1] + step:
            runs[-1][1] = frame
        else:
            runs.append([frame, frame])
    return ", ".join(f"{first}-{last}" for first, last in runs), step


def credit(asset: str, entry: Entry) -> Credit:
    """Of an asset, from its entry in the registry."""
    return Credit(asset, entry.cut_by, entry.source, entry.licence, entry.rating, entry.hours or None)


def write(path: Path, manifest: Manifest) -> None:
    """Whole, in place of what `check` let pass: each frame on a line of its own, by number, so that two can be compared
    line by line. RunError if it can't be written."""
    facts: dict[str, Any] = {"format": manifest.format, **asdict(replace(manifest, shots=()))}
    facts["credits"] = [{k: v for k, v in asdict(each).items() if v is not None} for each in manifest.credits]
    del facts["shots"]
    text = json.dumps(facts, ensure_ascii=False, indent=2).removesuffix("\n}")
    shots = ",\n    ".join(line(shot) for shot in sorted(manifest.shots, key=attrgetter("frame")))
    write_whole(path, f'{text},\n  "shots": [\n    {shots}\n  ]\n}}\n'.encode())


def line(shot: Shot) -> str:
    """A frame as it stands in a manifest, and in a notebook."""
    facts = {"frame": shot.frame, "file": shot.file, "fingerprint": shot.fingerprint}
    return json.dumps({**facts, "sha256": shot.sha256, "bytes": shot.bytes}, ensure_ascii=False)


def read(path: Path) -> Manifest:
    """What stands in a manifest; what a later version added is passed over. CollageError for any other file."""
    try:
        manifest = parsed(read_start(path, MOST_BYTES + 1), Manifest)
    except OSError:
        manifest = None
    if manifest is None or not manifest.program.startswith("collage ") or not _sound(manifest.shots):
        raise CollageError(f"{path}: is no list of exported frames: move it away, or choose another folder")
    return manifest


def read_line(written: bytes) -> Shot | None:
    """A frame of a line of a notebook; None for what is none."""
    shot = parsed(written, Shot)
    return shot if shot and _sound((shot,)) else None


def parsed(content: bytes, shape: Callable[..., T]) -> T | None:
    """A text of someone else's, as that shape; None for any other. It takes no more memory than some of its length."""
    if len(content) > MOST_BYTES or sum(map(content.count, (b",", b"[", b"{"))) > _MOST_PARTS:
        return None
    try:
        found: T = _adapter(shape).validate_json(content, strict=True)
        return found
    except ValidationError:
        return None


def _sound(shots: Sequence[Shot]) -> bool:
    """Whether they can be true: each frame once, in a file of its own beside the manifest."""
    return all(
        0 <= shot.frame < 10**9
        and 0 <= shot.bytes < 2**48
        and is_name(shot.file)
        and _FINGERPRINT.fullmatch(shot.fingerprint)
        and _SHA256.fullmatch(shot.sha256)
        for shot in shots
    ) and len({shot.frame for shot in shots}) == len({shot.file for shot in shots}) == len(shots)


def is_name(file: str) -> bool:
    """Whether a frame's file may be called so: plainly, on any system, and not hidden among notebooks and claims."""
    return bool(_NAME.fullmatch(file)) and not file.startswith(".")


def check(path: Path) -> None:
    """CollageError if what is there is no manifest."""
    if os.path.lexists(path):
        read(path)


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
