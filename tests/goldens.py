"""Pictures that were approved by eye, and the comparison with them: never resized, 1 level a channel, no pixel over.

`tests/golden/<area>/<one-claim>.toml` is a scene; the picture of its frame lies beside it as `.png`. A first line
``# frame 12`` names another frame than 0. With COLLAGE_WRITE_GOLDENS set, references are written and the test fails,
so that no run can approve its own pictures.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from collage.glass.png import encode

Pixels = npt.NDArray[np.uint8]

FOLDER = Path(__file__).parent / "golden"
FAILED = Path(__file__).parent / "out"
MOST = 1


class Differs(AssertionError):
    """A picture is not the approved one; the message says how, and where the comparison was written."""


def scenes() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*/*.toml") if path.parent.name != "assets")


def frame_of(scene: Path) -> int:
    match = re.match(r"# frame (\d+)\n", scene.read_text(encoding="utf-8"))
    return int(match[1]) if match else 0


def compare(actual: Pixels, reference: Path, failed: Path = FAILED) -> None:
    """Differs unless `actual`, straight RGBA, is the reference to within a level in every channel of every pixel."""
    if os.environ.get("COLLAGE_WRITE_GOLDENS"):
        reference.write_bytes(encode(np.ascontiguousarray(actual)))
        raise Differs(f"{reference.name} was written: look at it, then run again without COLLAGE_WRITE_GOLDENS")
    if not reference.exists():
        raise Differs(f"{reference} is missing: run with COLLAGE_WRITE_GOLDENS=1 and look at what it writes")
    with Image.open(reference) as image:
        expected = np.asarray(image.convert("RGBA"))
    if expected.shape != actual.shape:
        raise Differs(f"{reference.name}: {actual.shape[1::-1]} pixels where {expected.shape[1::-1]} were approved")
    apart = np.abs(expected.astype(np.int16) - actual)
    over = int((apart.max(axis=2) > MOST).sum())
    if over:
        shown = _write(expected, apart, actual, failed / f"{reference.parent.name}-{reference.stem}.png")
        raise Differs(f"{reference.name}: {over} pixels differ, by up to {apart.max()} levels: look at {shown}")


def _write(expected: Pixels, apart: npt.NDArray[np.int16], actual: Pixels, path: Path) -> Path:
    """expected | difference | actual, the difference so that a single level is seen."""
    difference = np.minimum(apart * 16, 255).astype(np.uint8)
    difference[..., 3] = 255
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(np.ascontiguousarray(np.concatenate([expected, difference, actual], axis=1))))
    return path
