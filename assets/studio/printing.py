"""The cheap press: a picture becomes dots of ink at four screen angles on off-white paper, a hair out of register."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import cv2
import numpy as np

STOCK = (0.955, 0.925, 0.855)
BLACK = (0.150, 0.128, 0.118)
PROCESS = ((0.215, 0.555, 0.640), (0.800, 0.210, 0.270), (0.955, 0.780, 0.160))


@dataclass(frozen=True)
class Press:
    """How a sheet is printed. Inks are printed over each other; firm is how hard the edge of a dot is,
    deep how dark a tone must be before black helps the colours."""

    cell: float = 5.0
    inks: tuple[tuple[float, float, float], ...] = PROCESS
    angles: tuple[float, ...] = (15.0, 75.0, 0.0)
    black: tuple[float, float, float] = BLACK
    slip: float = 1.1
    firm: float = 0.34
    flat: float = 0.48
    tint: float = 1.18
    deep: float = 1.45


def screen(height: int, width: int, cell: float, angle: float, phase: tuple[float, float]) -> np.ndarray:
    """Threshold of a dot screen, evened out so that coverage equals tone."""
    a = radians(angle)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u = (x * cos(a) + y * sin(a)) * (2 * np.pi / cell) + phase[0]
    v = (-x * sin(a) + y * cos(a)) * (2 * np.pi / cell) + phase[1]
    spot = (np.cos(u) + np.cos(v)) * 0.5
    # the spread of that sum is known; this cubic levels it well enough
    return np.clip(0.5 + 0.405 * spot * (1.55 - 0.32 * spot * spot), 0, 1)


def separate(
    rgb: np.ndarray, inks: tuple[tuple[float, float, float], ...], tint: float, deep: float
) -> tuple[np.ndarray, np.ndarray]:
    """Split a picture into black and coloured plates, so that printed together they give the picture again."""
    grey = rgb @ np.array([0.3, 0.59, 0.11], np.float32)
    rgb = np.clip(grey[..., None] + (rgb - grey[..., None]) * tint, 0.004, 1)
    light = rgb.max(-1)
    k = np.clip(1.0 - light, 0, 1) ** deep
    rest = rgb / np.maximum(1.0 - 0.86 * k, 0.12)[..., None]
    wanted = -np.log(np.clip(rest / np.array(STOCK, np.float32), 0.05, 1.0))
    density = -np.log(np.clip(np.array(inks, np.float32) / np.array(STOCK, np.float32), 0.05, 1.0))
    plates = wanted @ np.linalg.pinv(density)
    return np.clip(k, 0, 1), np.clip(plates, 0, 1)


def dots(plate: np.ndarray, threshold: np.ndarray, firm: float, flat: float) -> np.ndarray:
    """Ink where the tone beats the screen, part of it laid flat so that fine detail survives the cell."""
    hard = np.clip((plate - threshold) / firm + 0.5, 0, 1)
    hard = hard * np.clip(plate / 0.04, 0, 1)
    return hard * (1 - flat) + plate * flat


def printed(picture: np.ndarray, press: Press, seed: int) -> np.ndarray:
    """Print an RGBA picture; the alpha is left alone."""
    rng = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    # what lies outside the cut is bled outwards, so that slipped inks do not run short at the edge
    alpha = picture[..., 3:]
    blur = cv2.GaussianBlur(picture[..., :3] * alpha, (0, 0), 4)
    weight = cv2.GaussianBlur(alpha, (0, 0), 4)[..., None]
    rgb = picture[..., :3] * alpha + (1 - alpha) * blur / np.maximum(weight, 1e-3)
    size = (width * 2, height * 2)
    rgb = np.clip(cv2.resize(rgb, size, interpolation=cv2.INTER_CUBIC), 0, 1)
    k, plates = separate(rgb, press.inks, press.tint, press.deep)
    sheet = np.ones((height * 2, width * 2, 3), np.float32) * np.array(STOCK, np.float32)
    for n, ink in enumerate((*press.inks, press.black)):
        plate = k if n == len(press.inks) else plates[..., n]
        angle = 45.0 if n == len(press.inks) else press.angles[n]
        slip = rng.normal(0, press.slip, 2) * (0.4 if n == len(press.inks) else 1.0)
        move = np.float32([[1, 0, slip[0] * 2], [0, 1, slip[1] * 2]])
        plate = cv2.warpAffine(np.ascontiguousarray(plate), move, size, borderMode=cv2.BORDER_REPLICATE)
        threshold = screen(height * 2, width * 2, press.cell * 2, angle, tuple(rng.uniform(0, 6.28, 2)))
        speckle = cv2.GaussianBlur(rng.standard_normal(plate.shape).astype(np.float32), (0, 0), 1.2) * 0.25
        cover = np.clip(dots(plate, threshold, press.firm, press.flat) * (1.0 + speckle * 0.35), 0, 1)[..., None]
        sheet *= 1.0 - cover * (1.0 - np.array(ink, np.float32) / np.array(STOCK, np.float32))
    sheet = cv2.resize(sheet, (width, height), interpolation=cv2.INTER_AREA)
    return np.concatenate([np.clip(sheet, 0, 1), picture[..., 3:]], -1)
