"""What an export will write, and what stands in its way."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from collage.errors import CollageError
from collage.export import manifest
from collage.files import frame_name, pattern
from collage.timing import Span

Mode = Literal["resume", "overwrite", ""]
"""Keep the frames that are proven; make all anew; or, where nobody says, the first if there is a manifest."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every `step`-th of `frames`, of a scene `name` of `length` frames, as files in `folder`.

    kind: their ending.  start_number: of the scene's frame 0 in their names.  part: others write the rest of the same
    sequence into the same folder.
    """

    folder: Path
    name: str
    length: int
    frames: Span
    step: int = 1
    kind: str = "png"
    start_number: int = 0
    part: bool = False

    @property
    def numbers(self) -> range:
        """The frames to write, ascending."""
        return range(self.frames.first, self.frames.end, self.step)

    @property
    def span(self) -> str:
        """As people write it, both ends included: ``24-47``."""
        return f"{self.frames.first}-{self.frames.end - 1}"

    @property
    def stem(self) -> str:
        """What this export's manifest, notebook and claim are called by."""
        return f"{self.name}.{self.span}" if self.part else self.name

    @property
    def pattern(self) -> str:
        """How the files are written in one line: ``hello.####.png``."""
        return pattern(self.name, self.length + self.start_number, self.kind)

    def file(self, frame: int) -> str:
        """The name of a frame's file."""
        return frame_name(self.name, frame + self.start_number, self.length + self.start_number, self.kind)


def refuse(plan: Plan, mode: Mode) -> None:
    """CollageError for a name that no frames may have; for a manifest that is none of ours; and if frames of this name
    lie there and no list of ours does.

    A file that merely exists isn't trusted, and isn't replaced unless all are to be made anew. The claim of an export
    that was killed tells that they are ours too.
    """
    if not manifest.is_name(plan.file(0)):
        raise CollageError(
            f'"{plan.name}": frames can\'t be called so: rename the scene: letters and digits, and no dot at the start'
        )
    manifest.check(manifest.place(plan.folder, plan.stem))
    if mode == "overwrite":
        return
    strangers = _strangers(plan)
    if strangers:
        nothing = "nothing can be resumed" if mode == "resume" else "what they show is not known"
        raise CollageError(
            f"{plan.folder / strangers[0]}: is there already, and no manifest: {nothing}. "
            "Choose another folder, or replace what is there by --overwrite"
        )


def claim_strangers(plan: Plan) -> None:
    """Where an export broke off before it could note a single frame, as on a full disk: leave an empty claim, which
    tells that they are ours, and holds nobody up."""
    if _strangers(plan):
        with suppress(OSError), open(plan.folder / f".{plan.stem}.claim", "xb") as claim:
            os.utime(claim.fileno(), (0, 0))


def _strangers(plan: Plan) -> list[str]:
    """The frames of this name, if no list and no claim of ours is there."""
    there = _names(plan.folder)
    frames = re.compile(rf"{re.escape(plan.name)}\.\d{{4,}}\.{plan.kind}")
    memory = re.compile(rf"\.?{re.escape(plan.name)}(\.\d+-\d+)?\.(manifest\.jsonl?|claim)")
    return [] if any(map(memory.fullmatch, there)) else sorted(filter(frames.fullmatch, there))


def sweep(plan: Plan) -> None:
    """Remove what killed exports of this name were writing. Only whoever holds the claim on the whole may do so, since
    others would be writing still."""
    own = r"\d{4,}\.(png|exr)|(\d+-\d+\.)?(manifest\.jsonl?|claim)|wav"
    torn = re.compile(rf"\.+{re.escape(plan.name)}\.({own})\.[0-9a-f]{{16}}\.tmp")
    for name in _names(plan.folder):
        if torn.fullmatch(name):
            with suppress(OSError):
                (plan.folder / name).unlink()


def _names(folder: Path) -> list[str]:
    with suppress(OSError):
        return [path.name for path in folder.iterdir()]
    return []
