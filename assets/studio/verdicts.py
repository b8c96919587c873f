"""What is said of skies: a gummed label for each, and the prints of a rubber stamp."""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np
from noise import layered
from paper import headline, press, stock
from scraps import creased, shape

RED = (0.70, 0.15, 0.11)
NAMES = ["dawn", "mackerel", "night", "ragged", "storm", "dusk", "green", "fog", "red", "noon"]
PRINTS = {"loud": "TOO LOUD", "green": "TOO GREEN", "where": "WHERE?", "best": "BEST"}


def label(name: str) -> np.ndarray:
    """Its number and its name, ruled around, on paper that has yellowed."""
    number = NAMES.index(name) + 1
    rng = np.random.default_rng(400 + number)
    width, height = 250, 96
    ink = np.zeros((height, width), np.float32)
    for inset, thick in ((10, 3), (16, 1)):
        ring = np.zeros_like(ink)
        ring[inset : height - inset, inset : width - inset] = 1
        ring[inset + thick : height - inset - thick, inset + thick : width - inset - thick] = 0
        ink = np.maximum(ink, ring)
    figure, title = headline(str(number), 18 * len(str(number)), 42, 0.05), f"{name.upper()} SKY"
    ink[27:69, 30 : 30 + figure.shape[1]] = figure
    wide = min(len(title) * 17, 146)
    ink[34:62, 84 : 84 + wide] = headline(title, wide, 28, 0.02)
    rgb = press(ink, stock(rng, height, width, (0.90, 0.83, 0.66)), rng, 0.9)[..., :3]
    points = [(3 + rng.uniform(0, 4), 3), (width - 3, 3 + rng.uniform(0, 5)), (width - 4, height - 3), (4, height - 4)]
    return np.concatenate([creased(rgb, rng, 1), shape(points, width, height)[..., None]], -1).astype(np.float32)


def verdict(name: str) -> np.ndarray:
    """Red ink only, where the rubber touched: more at the rim of each letter, none where it did not."""
    rng = np.random.default_rng(450 + list(PRINTS).index(name))
    width, height = 560, 250
    ink = np.zeros((height, width), np.float32)
    ink[14 : height - 14, 14 : width - 14] = 1
    ink[28 : height - 28, 28 : width - 28] = 0
    ink[56 : height - 56, 56 : width - 56] = headline(PRINTS[name], width - 112, height - 112, 0.085)
    ink = cv2.GaussianBlur(ink, (0, 0), 1.0)
    y = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    miss = np.clip(0.93 - 0.30 * np.clip(layered(rng, height, width, 130, 3) + y - 0.3, 0, 2), 0, 1)
    miss *= 1 - 0.75 * np.clip(layered(rng, height, width, 5, 3) - 0.95, 0, 1)
    alpha = np.clip(ink * miss * 0.94, 0, 1)
    rgb = (
        np.broadcast_to(np.array(RED, np.float32), (height, width, 3))
        * (1 - 0.12 * (ink - cv2.GaussianBlur(ink, (0, 0), 5)))[..., None]
    )
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)


def skies() -> np.ndarray:
    """The word, fat and black: a window for what lies behind it."""
    ink = np.pad(headline("SKIES", 1010, 280, 0.062), 15)
    return np.concatenate([np.zeros((*ink.shape, 3), np.float32), ink[..., None]], -1).astype(np.float32)


LABELS = {name: partial(label, name) for name in NAMES}
VERDICTS = {name: partial(verdict, name) for name in PRINTS}
