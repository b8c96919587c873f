"""Paper torn by hand: flames, steam, a horizon of newsprint hills; the ring of foam round what
fell into water; a checked cloth and what a cup left on it."""

from __future__ import annotations

import cv2
import numpy as np
from noise import cloth, layered
from paper import NEWSPRINT, plate, press, stock
from scraps import creased, shape

FLAME = (220, 380)
Dye = tuple[float, float, float]
ORANGE, YELLOW, CREAM, BRICK = (0.86, 0.40, 0.10), (0.93, 0.69, 0.20), (0.96, 0.90, 0.70), (0.70, 0.20, 0.11)


def tongue(rng: np.random.Generator, wide: float, long: float, lick: float) -> np.ndarray:
    """One torn tongue hanging from the nozzle at the top: alpha, ragged as paper tears along its grain."""
    width, height = FLAME
    down = np.linspace(0, 1, 60)
    half = wide * (0.46 + 0.62 * np.sin(np.pi * np.minimum(down * 1.25, 1) ** 0.8)) * (1 - down) ** 0.55
    bow = lick * np.sin(down * 4.2 + rng.uniform(0, 6.28)) * down * 34
    rag = np.cumsum(rng.normal(0, 1.3, (2, 60)), 1)
    rag -= np.linspace(0, 1, 60) * rag[:, -1:]
    left = [(width / 2 + b - h + r, 14 + d * long) for b, h, r, d in zip(bow, half, rag[0], down, strict=True)]
    right = [(width / 2 + b + h + r, 14 + d * long) for b, h, r, d in zip(bow, half, rag[1], down, strict=True)]
    return shape(left + right[::-1], width, height)


def rimmed(under: np.ndarray, alpha: np.ndarray, colour: Dye, rng: np.random.Generator) -> np.ndarray:
    """Lay torn coloured paper on a picture: its own tone, the white core of the tear, a soft shadow beneath."""
    height, width = alpha.shape
    core = cv2.dilate(alpha, np.ones((3, 3), np.uint8), iterations=2) * (cloth(rng, height, width, 3) > -0.9)
    core = np.maximum(cv2.GaussianBlur(core, (0, 0), 0.7), alpha)
    dark = np.roll(cv2.GaussianBlur(core, (0, 0), 5), (5, 4), (0, 1))[..., None] * 0.34
    grain = 1 + 0.05 * layered(rng, height, width, 120, 4) + 0.035 * layered(rng, height, width, 3, 2, 0.8)
    under = under * (1 - dark)
    under = under * (1 - core[..., None]) + np.array((0.95, 0.91, 0.82), np.float32) * core[..., None]
    return under * (1 - alpha[..., None]) + np.array(colour, np.float32) * grain[..., None] * alpha[..., None]


def flame(number: int) -> np.ndarray:
    """One of four fires of three papers each; the nozzle is at the top, in the middle."""
    rng = np.random.default_rng(440 + number)
    outer = tongue(rng, 58, (330, 290, 345, 305)[number - 1], 1.0)
    picture = np.zeros((*outer.shape, 3), np.float32) + np.array(BRICK, np.float32)
    picture = picture * (1 + 0.06 * layered(rng, *outer.shape, 90, 4))[..., None]
    for wide, long, colour in ((46, 262, ORANGE), (31, 188, YELLOW), (17, 112, CREAM)):
        piece = tongue(rng, wide, long * rng.uniform(0.85, 1.1), 0.8)
        picture = rimmed(picture, np.minimum(piece, outer), colour, rng)
    picture = creased(np.clip(picture, 0, 1), rng, 2)
    return np.concatenate([picture, outer[..., None]], -1).astype(np.float32)


def steam(number: int) -> np.ndarray:
    """A wisp of white tissue, thin enough to see through, its fibres showing."""
    rng = np.random.default_rng(620 + number)
    width, height = 260, 420
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    up = 1 - y / height
    middle = width / 2 + (number * 2 - 3) * 46 * np.sin(up * 6.5 + number) * up**0.6
    rag = cloth(rng, height, width, 46) * 9 + cloth(rng, height, width, 9) * 2.5
    half = 12 + 40 * np.maximum(np.sin(np.pi * up**0.9), 0) ** 0.8
    body = np.clip((half + rag - np.abs(x - middle)) / 2.5, 0, 1) * np.clip(np.minimum(y, height - 1 - y) / 8, 0, 1)
    fibre = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=1, sigmaY=6)
    fold = layered(rng, height, width, 70, 3)
    alpha = body * np.clip(0.72 + 0.16 * fibre / fibre.std() + 0.10 * fold, 0.4, 1)
    rgb = np.array((0.93, 0.92, 0.90), np.float32) * (1 + 0.06 * fold + 0.04 * fibre / fibre.std())[..., None]
    return np.concatenate([creased(np.clip(rgb, 0, 1), rng, 4), alpha[..., None]], -1).astype(np.float32)


def hills() -> np.ndarray:
    """A page torn along a line of hills."""
    rng = np.random.default_rng(93)
    width, height = 2100, 420
    page = np.ascontiguousarray(plate(2100, 900, 93, {})[200 : 200 + height])
    rgb = press(page, stock(rng, height, width, NEWSPRINT), rng, 0.72)[..., :3]
    line = layered(rng, 1, width, 620, 5, 0.42)[0]
    top = 128 - np.clip(line, -2.2, 2.2) * 46
    alpha = np.clip(np.arange(height)[:, None] - top[None, :], 0, 1)
    return np.concatenate([creased(rgb, rng, 3), alpha[..., None]], -1).astype(np.float32)


def gingham() -> np.ndarray:
    """A checked cotton cloth, woven thread by thread, folded and spread again."""
    rng = np.random.default_rng(17)
    width, height, check = 2100, 700, 92
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    x = x + 9 * layered(rng, height, width, 420, 2) + 0.8 * cloth(rng, height, width, 30)
    y = y + 8 * layered(rng, height, width, 380, 2) + 0.8 * cloth(rng, height, width, 30)
    warp = (np.floor(x / check) % 2).astype(np.float32)
    weft = (np.floor(y / check) % 2).astype(np.float32)
    over = ((np.floor(x / 3) + np.floor(y / 3)) % 2).astype(np.float32)
    red = np.where(over > 0, warp, weft)
    red = cv2.GaussianBlur(red, (0, 0), 0.8)[..., None]
    thread = 1 + 0.10 * np.sin(x * 2 * np.pi / 6) * np.sin(y * 2 * np.pi / 6) + 0.05 * cloth(rng, height, width, 2)
    rgb = np.array((0.90, 0.86, 0.77), np.float32) * (1 - red) + np.array((0.66, 0.15, 0.11), np.float32) * red
    # folds from the drawer, and the soft waves of cloth that lies on a table
    wave = layered(rng, height, width, 300, 3)
    light = 1 + 0.10 * np.clip(cv2.Sobel(wave, cv2.CV_32F, 1, 1, ksize=5) * 40, -1.6, 1.6) + 0.03 * wave
    for at in (0.17, 0.52, 0.86):
        d = x - width * at
        light = light + 0.11 * np.exp(-(((d - 5) / 7) ** 2)) + 0.03 * np.tanh(d / 60)
        light = light - 0.15 * np.exp(-(((d + 5) / 7) ** 2))
    rgb = rgb * (thread * light)[..., None]
    hem = 30 + 7 * layered(rng, 1, width, 500, 2)[0]
    alpha = np.clip(np.arange(height)[:, None] - hem[None, :], 0, 1)
    stitch = np.abs(np.arange(height)[:, None] - hem[None, :] - 22) < 2.0
    rgb = rgb * (1 - 0.25 * (stitch & (np.mgrid[0:height, 0:width][1] % 14 < 9)))[..., None]
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)


def stain() -> np.ndarray:
    """The ring a wet cup leaves: darkest at its edges, open where the cup was lifted, with a few drops."""
    rng = np.random.default_rng(71)
    size = 380
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) - size / 2
    x, y = x + 2 * cloth(rng, size, size, 50), y + 2 * cloth(rng, size, size, 50)
    r, a = np.hypot(x, y), np.arctan2(y, x)
    wide = 9 + 4 * np.sin(a + 0.6) + 1.6 * cloth(rng, size, size, 24)
    band = np.clip((wide - np.abs(r - 146)) / 2, 0, 1)
    rim = np.exp(-(((np.abs(r - 146) - wide) / 2.6) ** 2))
    wet = band * 0.42 + rim * 0.38
    for _ in range(9):
        px, py, size_of = *rng.uniform(-165, 165, 2), rng.exponential(4.0) + 3
        q = np.hypot(x - px, y - py)
        wet = np.maximum(wet, np.clip((size_of - q) / 1.5, 0, 1) * 0.40 + np.exp(-(((q - size_of) / 1.8) ** 2)) * 0.3)
    wet = wet * np.clip(0.85 + 0.25 * layered(rng, size, size, 60, 3), 0.2, 1.2)
    rgb = np.zeros((size, size, 3), np.float32) + np.array((0.50, 0.28, 0.10), np.float32)
    return np.concatenate([rgb, np.clip(wet, 0, 1)[..., None]], -1).astype(np.float32)


def ripple() -> np.ndarray:
    """A ring of white and blue tissue, seen as flat as water lies."""
    rng = np.random.default_rng(52)
    width, height = 420, 170
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) - np.array([height, width], np.float32)[:, None, None] / 2
    r, a = np.hypot(x / 195, y / 74), np.arctan2(y / 74, x / 195)
    rag = 0.035 * cloth(rng, height, width, 26) + 0.02 * cloth(rng, height, width, 7) + 0.05 * np.sin(a * 5 + 1)
    alpha = np.clip((0.90 + rag - r) * 40, 0, 1) * np.clip((r - 0.52 + 0.8 * rag) * 40, 0, 1)
    blue = np.exp(-(((r - 0.74 + rag) / 0.045) ** 2))[..., None] * 0.75
    fibre = 1 + 0.05 * cloth(rng, height, width, 3)[..., None] + 0.05 * layered(rng, height, width, 60, 3)[..., None]
    rgb = np.array((0.93, 0.94, 0.92), np.float32) * (1 - blue) + np.array((0.20, 0.46, 0.52), np.float32) * blue
    return np.concatenate([creased(np.clip(rgb * fibre, 0, 1), rng, 2), alpha[..., None]], -1).astype(np.float32)
