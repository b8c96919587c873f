"""A tiled wall that has seen steam, and the lino in front of it."""

from __future__ import annotations

import cv2
import numpy as np
from noise import cloth, layered

TEAL, CREAM, BRICK, GROUT = (0.300, 0.540, 0.550), (0.86, 0.81, 0.69), (0.60, 0.20, 0.14), (0.62, 0.57, 0.47)


def glazed(rng: np.random.Generator, height: int, width: int, colour: tuple[float, float, float]) -> np.ndarray:
    """One tile: a pillowed face, its lit and its dark bevel, the lamp in the glaze, crazing in some."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    left, right, top, low = x, width - 1 - x, y, height - 1 - y
    near = np.minimum(np.minimum(left, right), np.minimum(top, low))
    lean = np.exp(-np.minimum(left, top) / 3.2) - np.exp(-np.minimum(right, low) / 3.2)
    tone = (
        1
        + rng.normal(0, 0.045)
        + 0.26 * lean
        + rng.normal(0, 0.05) * (x / width - 0.5)
        + rng.normal(0, 0.05) * (y / height - 0.5)
    )
    rgb = np.array(colour, np.float32) * (1 + rng.normal(0, 0.011, 3)).astype(np.float32) * tone[..., None]
    a, b = 0.30 + rng.normal(0, 0.03), 0.30 + rng.normal(0, 0.03)
    spot = np.exp(
        -((((x / width - a) * 0.8 + (y / height - b) * 0.6) / 0.10) ** 2)
        - (((x / width - a) * 0.6 - (y / height - b) * 0.8) / 0.20) ** 2
    )
    rgb = rgb + 0.20 * spot[..., None] * np.clip(near / 6, 0, 1)[..., None]
    if rng.random() < 0.3:
        lines = np.abs(cloth(rng, height, width, 26)) < 0.035
        rgb = rgb * (1 - 0.16 * cv2.GaussianBlur(lines.astype(np.float32), (0, 0), 0.7))[..., None]
    return rgb


def cracked(rgb: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A crack from side to side."""
    height, width = rgb.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    d = y - height * 0.5 - (x - width * 0.5) * rng.uniform(-0.9, 0.9) - 5 * cloth(rng, height, width, 22)
    return rgb * (1 - 0.62 * np.exp(-((d / 1.3) ** 2)) + 0.25 * np.exp(-(((d - 2.2) / 1.3) ** 2)))[..., None]


def wall() -> np.ndarray:
    """Teal squares, a course of brick-red slips, cream above it; damp has been at the joints."""
    rng = np.random.default_rng(920)
    width, height, side, joint = 1330, 660, 92, 5
    rgb = (
        np.array(GROUT, np.float32)
        * (1 + 0.06 * layered(rng, height, width, 5, 2)[..., None])
        * np.ones((height, width, 1), np.float32)
    )
    y = -30
    for tall, colour in ((side, CREAM), (side, CREAM), (34, BRICK), *((side, TEAL),) * 5):
        for n, x in enumerate(range(-40 - (46 if tall < side else 0), width, side + joint)):
            tile = glazed(rng, tall, side, colour)
            if tall == side and rng.random() < 0.05:
                tile = cracked(tile, rng)
            if (tall, colour, n) == (side, TEAL, 11) and 300 < y < 400:
                tile = np.array(GROUT, np.float32) * (0.72 + 0.10 * layered(rng, side, side, 9, 3)[..., None])
            top, left = max(-y, 0), max(-x, 0)
            part = tile[top : height - y, left : width - x]
            rgb[y + top : y + top + part.shape[0], x + left : x + left + part.shape[1]] = part
        y += tall + joint
    damp = np.clip(layered(rng, height, width, 260, 4), -1, 2)[..., None]
    rgb = rgb * (1 - 0.07 * damp * np.array((1.0, 0.9, 1.1), np.float32))
    run = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=2.2, sigmaY=120)
    rgb = rgb * (1 - 0.10 * np.clip(run / run.std() - 1.2, 0, 1.5))[..., None]
    slope = np.linspace(0.10, -0.12, width)[None, :] + np.linspace(0.08, -0.08, height)[:, None]
    rgb = np.clip(rgb * (1 + slope)[..., None] + rng.normal(0, 0.010, (height, width, 1)), 0, 1)
    return np.concatenate([rgb, np.ones((height, width, 1), np.float32)], -1).astype(np.float32)


def lino() -> np.ndarray:
    """A chequered floor going away from the lens, scuffed where people stood."""
    rng = np.random.default_rng(921)
    width, height = 1400, 330
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    depth = 1.0 / (0.42 + 0.9 * y / height)
    u = (x - width / 2) * depth / 118 + 0.25
    v = depth * 5.2
    odd = np.floor(u) + np.floor(v)
    share = np.minimum(np.minimum(u % 1, 1 - u % 1), np.minimum(v % 1, 1 - v % 1))
    dark = (np.mod(odd, 2) > 0.5)[..., None]
    rgb = np.where(dark, np.array((0.36, 0.13, 0.10), np.float32), np.array((0.80, 0.74, 0.60), np.float32))
    rgb = cv2.GaussianBlur(rgb.astype(np.float32), (0, 0), 0.8)
    marble = 0.07 * layered(rng, height, width, 60, 4) + 0.05 * layered(rng, height, width, 9, 2)
    rgb = rgb * (1 + marble - 0.30 * np.exp(-((share / 0.014) ** 2)))[..., None]
    scuff = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=16, sigmaY=1.6)
    scuff = np.clip(scuff / scuff.std() - 1.3, 0, 1) * np.clip(layered(rng, height, width, 220, 2), 0, 1)
    rgb = rgb * (1 - 0.25 * scuff[..., None]) + 0.25 * scuff[..., None] * 0.55
    shine = np.exp(-(((x / width - 0.34) / 0.20) ** 2)) * np.clip(1 - y / height, 0, 1)
    rgb = rgb * (0.86 + 0.22 * y / height)[..., None] + 0.10 * shine[..., None]
    return np.concatenate([np.clip(rgb, 0, 1), np.ones((height, width, 1), np.float32)], -1).astype(np.float32)
