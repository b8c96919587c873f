"""The cut-outs that the golden scenes show: small, lopsided and soft-edged, so that every mistake shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).parent / "assets"


def arrow() -> np.ndarray:
    """An arrow to the right with a hole, 60 by 40, its tip red, its tail teal, anti-aliased four by four."""
    y, x = (np.mgrid[0:160, 0:240] + 0.5) / 4
    shaft = (x > 4) & (x < 36) & (abs(y - 20) < 7)
    head = (x >= 34) & (abs(y - 20) < (58 - x) * 0.75)
    hole = (x - 16) ** 2 + (y - 20) ** 2 < 12
    alpha = ((shaft | head) & ~hole).reshape(40, 4, 60, 4).mean(axis=(1, 3))
    colour = np.where((np.arange(60) < 34)[None, :, None], (92, 156, 160), (184, 64, 46))
    return np.dstack([np.broadcast_to(colour, (40, 60, 3)), alpha * 255])


def disc() -> np.ndarray:
    """A soft mustard disc, 48 across, lit from the upper left."""
    y, x = np.mgrid[0:48, 0:48] + 0.5 - 24
    light = np.clip(1.1 - np.hypot(x + 8, y + 8) / 40, 0, 1)[..., None]
    alpha = np.clip(23.5 - np.hypot(x, y), 0, 1) * 255
    return np.dstack([np.array((217, 160, 54)) * light, alpha])


def print_() -> np.ndarray:
    """A fine screen of lines and dots, 96 by 96, opaque: what aliases first when it is shrunk."""
    y, x = np.mgrid[0:96, 0:96]
    ink = ((x // 2 + y // 2) % 2 == 0) | (x < 3) | (y < 3)
    return np.dstack([np.where(ink[..., None], (46, 46, 46), (246, 240, 226)), np.full((96, 96), 255)])


def mouth(gape: int) -> np.ndarray:
    """A mouth, 40 by 30, open so many pixels."""
    y, x = np.mgrid[0:30, 0:40] + 0.5
    lips = ((x - 20) / 19) ** 2 + ((y - 15) / (6 + gape)) ** 2 < 1
    teeth = ((x - 20) / 15) ** 2 + ((y - 15) / max(gape, 1)) ** 2 < 1
    colour = np.where(teeth[..., None], (246, 240, 226), (184, 64, 46))
    return np.dstack([colour, lips * 255])


if __name__ == "__main__":
    pieces = {"arrow": arrow(), "disc": disc(), "print": print_(), "mouth/shut": mouth(0), "mouth/open": mouth(8)}
    for name, pixels in pieces.items():
        file = HERE / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.rint(pixels).astype(np.uint8)).save(file)
