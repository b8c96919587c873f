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


def ramp() -> np.ndarray:
    """All hues across, from nearly white down to nearly black, 42 by 42, opaque."""
    y, x = (np.mgrid[0:42, 0:42] + 0.5) / 42
    hue = np.clip(abs((x[..., None] * 6 - np.array([0, 2, 4])) % 6 - 3) - 1, 0, 1)
    light = np.clip(2 - 2 * y, 0, 1)[..., None], np.clip(1 - 2 * y, 0, 1)[..., None]
    return np.dstack([((hue * (1 - light[1]) + light[1]) * light[0]) * 255, np.full((42, 42), 255)])


def pear() -> np.ndarray:
    """A pear with a blush and a leaf, 120 by 150: tones from white to black, a bay, a hair-thin stem."""
    y, x = (np.mgrid[0:600, 0:480] + 0.5) / 4
    belly, neck = np.hypot(x - 56, (y - 98) * 1.05), np.hypot((x - 62) * 1.1, y - 48)
    body = np.minimum(belly - 44, neck - 24)
    body -= np.maximum(10 - abs(belly - 44 - neck + 24), 0) ** 2 / 40
    stem = np.where((y > 6) & (y < 30), abs(x - 64 - (y - 24) ** 2 / 40) - 1.6, 99)
    leaf = np.hypot((x - 94) * 0.8 + (y - 24) * 0.6, ((y - 24) * 0.8 - (x - 94) * 0.6) * 2.2) - 20
    alpha = np.clip(0.5 - 4 * np.minimum(np.minimum(body, stem), leaf), 0, 1)
    gleam = np.exp(-(((x - 38) / 7) ** 2) - ((y - 78) / 11) ** 2)
    lit = np.clip(1.08 - np.hypot(x - 38, y - 74) / 88, 0.06, 1) + 0.6 * gleam
    blush = np.clip((x - 62) / 30, 0, 1)[..., None]
    skin = (np.array((205, 196, 70)) * (1 - blush) + np.array((206, 72, 40)) * blush) * lit[..., None]
    veined = np.where(abs((y - 24) * 0.8 - (x - 94) * 0.6) < 0.7, 1.35, 0.8 + 0.2 * np.sin(x / 3))[..., None]
    green = np.where((leaf < 0)[..., None], np.array((70, 120, 64)) * veined, (46, 38, 34))
    colour = np.where((body < 0)[..., None], skin, green)
    whole = np.dstack([np.clip(colour, 0, 255) * alpha[..., None], alpha * 255])
    pixels = whole.reshape(150, 4, 120, 4, 4).mean(axis=(1, 3))
    pixels[..., :3] /= np.maximum(pixels[..., 3:] / 255, 1e-9)
    return pixels


if __name__ == "__main__":
    pieces = {
        "arrow": arrow(), "disc": disc(), "print": print_(), "ramp": ramp(), "pear": pear(),
        "mouth/shut": mouth(0), "mouth/open": mouth(8),
    }  # fmt: skip
    for name, pixels in pieces.items():
        file = HERE / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.rint(pixels).astype(np.uint8)).save(file)
