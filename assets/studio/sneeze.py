"""What a nose says: letters cut out one by one, on a spray that leans away from it."""

from __future__ import annotations

from math import cos, pi, sin

import cv2
import numpy as np
from noise import cloth, layered
from paper import face
from PIL import Image, ImageDraw
from scraps import BRICK, DARK, shape

CREAM, SPRAY = (0.96, 0.92, 0.82), (0.36, 0.61, 0.63)
LETTERS = (("A", 76, 16), ("T", 66, 6), ("C", 74, -4), ("H", 82, 6), ("O", 92, -6), ("O", 104, -14), ("!", 128, -8))


def spray(rng: np.random.Generator, width: int, height: int) -> list[tuple[float, float]]:
    """The outline: long drops to the left, where it all goes, short ones behind."""
    points = []
    for n in range(38):
        a = n * pi / 19 + rng.normal(0, 0.03)
        far = 1.0 + 0.16 * (cos(a) < -0.2)
        r = (far if n % 2 == 0 else 0.74) * rng.uniform(0.90, 1.0)
        points.append((width * 0.53 + width * 0.42 * r * cos(a), height / 2 + height * 0.43 * r * sin(a)))
    return points


def shout() -> np.ndarray:
    """The word as a picture."""
    rng = np.random.default_rng(914)
    width, height = 720, 380
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = np.hypot((x - width * 0.53) / (width * 0.45), (y - height / 2) / (height * 0.45))[..., None]
    rgb = np.array((0.80, 0.88, 0.84), np.float32) * (1 - far * 0.7) + np.array(SPRAY, np.float32) * far * 0.7
    rgb = rgb * (1 + 0.03 * layered(rng, height, width, 150, 3) - 0.02 * cloth(rng, height, width, 7))[..., None]
    at = 158.0
    for letter, size, lift in LETTERS:
        tile = Image.new("L", (300, 300), 0)
        ImageDraw.Draw(tile).text((150, 150), letter, 255, face(size), anchor="mm", stroke_width=6, stroke_fill=255)
        tile = tile.rotate(float(rng.normal(0, 6)), Image.Resampling.BICUBIC)
        ink = np.asarray(tile, np.float32) / 255
        box = tile.getbbox() or (0, 0, 300, 300)
        left, top = int(at - box[0]), int(height / 2 - 150 + lift)
        tone = 1 + 0.08 * (0.5 - y[..., None] / height) + 0.03 * cloth(rng, height, width, 30)[..., None]
        for dx, dy, colour in ((6, 7, DARK), (0, 0, BRICK if letter != "!" else CREAM)):
            cover = cv2.warpAffine(ink, np.float32([[1, 0, left + dx], [0, 1, top + dy]]), (width, height))[..., None]
            rgb = rgb * (1 - cover) + np.array(colour, np.float32) * cover * tone
        at += (box[2] - box[0]) * 0.97
    alpha = shape(spray(rng, width, height), width, height)
    for _ in range(16):
        a, r = rng.uniform(0.75 * pi, 1.25 * pi), rng.uniform(0.94, 1.06)
        cx, cy = width * 0.53 + width * 0.47 * r * cos(a), height / 2 + height * 0.50 * r * sin(a)
        alpha = np.maximum(alpha, np.clip(rng.uniform(5, 12) - np.hypot(x - cx, y - cy), 0, 1))
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)
