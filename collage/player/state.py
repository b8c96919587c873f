"""What the window remembers from one time to the next: where it stood, how loud it was, what was seen last.

It lies in a person's own folder for such things, never in a project. Nothing depends on it: one that can't be read is
as none, one that can't be written is forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path
from typing import Any, TypeGuard

from collage.errors import CollageError
from collage.files import make_folder, read_start, write_whole
from collage.geometry import Size

NAME = "window.json"
MOST = 64 * 1024
"""Bytes: a larger file is none of ours."""
FARTHEST = 100_000
"""Pixels: no desktop is larger."""


@dataclass(frozen=True, slots=True)
class State:
    """`size` and `place` are the window's as somebody has left it, None where nobody has touched it. `volume` is from
    0 to 1. `scene` was seen last, up to `frame`."""

    size: Size | None = None
    place: tuple[int, int] | None = None
    volume: float = 1.0
    muted: bool = False
    scene: Path | None = None
    frame: int = 0


def own_file() -> Path | None:
    """Where it is kept; None for somebody without a home."""
    from platformdirs import user_state_path

    try:
        return user_state_path("collage", appauthor=False) / NAME
    except (OSError, RuntimeError):
        return None


def read(path: Path | None = None) -> State:
    """What was written last; whatever of it makes no sense is as if it had never been."""
    if (path := path or own_file()) is None:
        return State()
    try:
        found = json.loads(read_start(path, MOST))
    except (OSError, ValueError, RecursionError):
        return State()
    return understood(found if isinstance(found, dict) else {})


def understood(found: Mapping[str, Any]) -> State:
    """The fields as far as they make sense."""
    volume, scene, frame = found.get("volume"), found.get("scene"), found.get("frame")
    return State(
        size=_pair(found.get("size"), least=1),
        place=_pair(found.get("place"), least=-FARTHEST),
        volume=min(max(float(volume), 0.0), 1.0) if _number(volume) else 1.0,
        muted=found.get("muted") is True,
        scene=Path(scene) if isinstance(scene, str) and scene and "\0" not in scene else None,
        frame=frame if _whole(frame) and 0 <= frame < 2**31 else 0,
    )


def write(state: State, path: Path | None = None) -> None:
    """Whole or not at all; a disk that takes nothing is no reason to complain."""
    if (path := path or own_file()) is None:
        return
    fields = asdict(state) | {"scene": None if state.scene is None else str(state.scene)}
    with suppress(CollageError, OSError, ValueError):
        make_folder(path.parent)
        write_whole(path, json.dumps(fields, indent=2).encode())


def _pair(found: Any, least: int) -> tuple[int, int] | None:
    if not (isinstance(found, list) and len(found) == 2):
        return None
    one, other = found
    if not (_whole(one) and _whole(other)) or not all(least <= side <= FARTHEST for side in (one, other)):
        return None
    return one, other


def _whole(found: Any) -> TypeGuard[int]:
    return isinstance(found, int) and not isinstance(found, bool)


def _number(found: Any) -> TypeGuard[float]:
    return (_whole(found) and abs(found) < FARTHEST) or (isinstance(found, float) and isfinite(found))
