"""Small paper: torn scraps, a star, a shout."""

from __future__ import annotations

from math import cos, pi, sin

import cv2
import numpy as np
from noise import cloth, layered
from paper import KRAFT, NEWSPRINT, face, plate, press, stock
from PIL import Image, ImageDraw

MUSTARD, BRICK, TEAL, DARK = (0.851, 0.627, 0.212), (0.722, 0.251, 0.180), (0.361, 0.612, 0.627), (0.150, 0.128, 0.118)


def shape(points: list[tuple[float, float]], width: int, height: int) -> np.ndarray:
    """A polygon as alpha, smooth at the edge."""
    big = Image.new("L", (width * 3, height * 3), 0)
    ImageDraw.Draw(big).polygon([(x * 3, y * 3) for x, y in points], fill=255)
    return np.asarray(big.resize((width, height), Image.Resampling.BOX), np.float32) / 255


def ragged(rng: np.random.Generator, width: int, height: int, margin: float) -> np.ndarray:
    """The rough quadrangle a hand tears in four pulls."""
    m = margin
    corners = [(m, m), (width - m, m), (width - m, height - m), (m, height - m)]
    corners = [(x + rng.uniform(-0.7, 0.7) * m, y + rng.uniform(-0.7, 0.7) * m) for x, y in corners]
    points = []
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        bow = rng.normal(0, 0.35) * m
        for s in np.linspace(0, 1, 12, endpoint=False):
            swing = bow * sin(pi * s) + rng.normal(0, 0.05) * m
            length = max(np.hypot(bx - ax, by - ay), 1)
            points.append(
                (ax + (bx - ax) * s - (by - ay) / length * swing, ay + (by - ay) * s + (bx - ax) / length * swing)
            )
    return shape(points, width, height)


def creased(rgb: np.ndarray, rng: np.random.Generator, count: int) -> np.ndarray:
    """Straight folds that were flattened again."""
    height, width = rgb.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range(count):
        a, far = rng.uniform(0, pi), rng.uniform(-0.25, 0.25) * min(width, height)
        d = (x - width / 2) * cos(a) + (y - height / 2) * sin(a) - far + cloth(rng, height, width, 40) * 1.2
        side = np.sign(cos(a) + sin(a)) or 1.0
        rgb = rgb * (
            1 + side * (0.10 * np.exp(-(((d - 1.6) / 1.8) ** 2)) - 0.13 * np.exp(-(((d + 1.4) / 1.6) ** 2)))[..., None]
        )
        rgb = rgb * (1 + 0.018 * np.tanh(d / 90))[..., None]
    return np.clip(rgb, 0, 1)


def scrap(number: int) -> np.ndarray:
    """1 is newsprint, 2 is kraft, 3 is a page turned the other way up."""
    rng = np.random.default_rng(700 + number)
    width, height = [(760, 520), (640, 420), (460, 620)][number - 1]
    if number == 2:
        rgb = stock(rng, height, width, KRAFT)
        rgb = rgb * (1 + 0.035 * np.sin(np.arange(width) * 1.05 + 0.6 * np.sin(np.arange(width) * 0.05)))[None, :, None]
    else:
        page = plate(1200 if number == 1 else 900, 900, 31 + number, {})
        y, x = (60, 150) if number == 1 else (80, 210)
        page = np.ascontiguousarray(page[y : y + height, x : x + width])
        rgb = press(page, stock(rng, height, width, NEWSPRINT), rng, 0.74)[..., :3]
    alpha = ragged(rng, width, height, 34)
    return np.concatenate([creased(rgb, rng, 2), alpha[..., None]], -1).astype(np.float32)


def star() -> np.ndarray:
    """Five points, mustard, painted with too dry a brush."""
    rng = np.random.default_rng(55)
    size, middle = 320, 162.0
    points = []
    for n in range(10):
        r = (146 if n % 2 == 0 else 62) * rng.uniform(0.96, 1.04)
        a = n * pi / 5 - pi / 2 + rng.normal(0, 0.02)
        points.append((middle + r * cos(a), middle + 8 + r * sin(a)))
    brush = cv2.GaussianBlur(rng.standard_normal((size, size)).astype(np.float32), (0, 0), sigmaX=26, sigmaY=1.1)
    brush = cv2.warpAffine(brush / brush.std(), cv2.getRotationMatrix2D((middle, middle), 24, 1.5), (size, size))
    tone = 1 + 0.055 * brush + 0.04 * layered(rng, size, size, 90, 3)
    shade = np.linspace(0.10, -0.12, size)[:, None] + np.linspace(0.06, -0.10, size)[None, :]
    rgb = np.array(MUSTARD, np.float32) * (tone + shade)[..., None]
    bare = np.clip((brush - 1.55) * 2.5, 0, 1)[..., None] * 0.6
    rgb = rgb * (1 - bare) + np.array((0.93, 0.87, 0.72), np.float32) * bare
    return np.concatenate([creased(rgb, rng, 1), shape(points, size, size)[..., None]], -1).astype(np.float32)


def boom() -> np.ndarray:
    """The loudest word, on the burst it made."""
    rng = np.random.default_rng(8)
    width, height = 760, 480
    burst = []
    for n in range(34):
        r = (1.0 if n % 2 == 0 else 0.70) * rng.uniform(0.90, 1.04)
        a = n * pi / 17 + rng.normal(0, 0.035)
        burst.append((width / 2 + 355 * r * cos(a), height / 2 + 220 * r * sin(a)))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = np.hypot((x - width / 2) / 355, (y - height / 2) / 220)[..., None]
    rgb = np.array((0.98, 0.87, 0.50), np.float32) * (1 - far * 0.6) + np.array(MUSTARD, np.float32) * far * 0.6
    rgb = rgb * (1 + 0.03 * layered(rng, height, width, 160, 3))[..., None]
    at = 126.0
    for letter, size, lift in (("B", 150, 14), ("O", 136, -10), ("O", 146, 12), ("M", 152, -8), ("!", 176, 4)):
        tile = Image.new("L", (320, 320), 0)
        ImageDraw.Draw(tile).text((160, 160), letter, 255, face(size), anchor="mm", stroke_width=11, stroke_fill=255)
        tile = tile.rotate(float(rng.normal(4, 5)), Image.Resampling.BICUBIC)
        ink = np.asarray(tile, np.float32) / 255
        box = tile.getbbox() or (0, 0, 320, 320)
        left, top = int(at - box[0]), int(height / 2 - 160 + lift)
        for dx, dy, colour in ((9, 10, DARK), (0, 0, BRICK)):
            move = cv2.warpAffine(ink, np.float32([[1, 0, left + dx], [0, 1, top + dy]]), (width, height))[..., None]
            rgb = rgb * (1 - move) + np.array(colour, np.float32) * move * (1 + 0.10 * (0.5 - y[..., None] / height))
        at += (box[2] - box[0]) * 0.95
    return np.concatenate([np.clip(rgb, 0, 1), shape(burst, width, height)[..., None]], -1).astype(np.float32)
