"""What the fair stands on: a long torn strip of kraft, trodden, with the tracks of a thousand visitors."""

from __future__ import annotations

from math import sin

import cv2
import numpy as np
from noise import cloth, layered
from paper import KRAFT, stock
from scraps import creased, shape

SIZE = (2160, 330)


def ground() -> np.ndarray:
    """Uneven along the top, straight below, where the glass ends."""
    rng = np.random.default_rng(2408)
    width, height = SIZE
    rgb = stock(rng, height, width, KRAFT)
    rgb = rgb * (1 + 0.03 * np.sin(np.arange(width) * 1.05 + 0.6 * np.sin(np.arange(width) * 0.05)))[None, :, None]
    mud = np.clip(layered(rng, height, width, 150, 4) * 0.5, -0.6, 1)[..., None]
    rgb = rgb * (1 - 0.10 * np.clip(mud, 0, 1))
    tracks = np.zeros((height, width), np.float32)
    for _ in range(150):
        x, y = rng.uniform(0, width), rng.uniform(0.25, 1.0) * height
        size = 3.5 + 6 * y / height
        turn = float(rng.normal(0, 25))
        cv2.ellipse(tracks, (int(x), int(y)), (int(size * 1.5), int(size * 0.5)), turn, 0, 360, 1.0, -1, cv2.LINE_AA)
    tracks = cv2.GaussianBlur(tracks, (0, 0), 1.6)
    lift = tracks - np.roll(tracks, (3, 3), (0, 1))
    rgb = rgb * (1 - 0.10 * tracks - 0.22 * lift)[..., None]
    xs = np.linspace(0, width, 60)
    top = 44 + 17 * np.sin(xs * 0.0043 + 0.7) + 9 * np.sin(xs * 0.013) + rng.normal(0, 3, xs.size)
    edge = [(float(x), float(t)) for x, t in zip(xs, top, strict=True)]
    alpha = shape([*edge, (width, height), (0, height)], width, height)
    far = np.linspace(0.80, 1.05, height)[:, None, None] * (
        1 + 0.05 * cloth(rng, height, width, 300)[..., None] * sin(1.0)
    )
    return np.concatenate([creased(np.clip(rgb * far, 0, 1), rng, 3), alpha[..., None]], -1).astype(np.float32)
