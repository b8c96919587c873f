"""Paper for the shore and for the stage: torn prints of water, a tiled edge, pleated newsprint, boards."""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np
from noise import cloth, layered
from paper import NEWSPRINT, plate, press, stock

BLUES = [(0.30, 0.58, 0.62), (0.17, 0.44, 0.54), (0.08, 0.29, 0.41)]


def torn(rng: np.random.Generator, width: int, height: int, top: float, swell: float, waves: float) -> np.ndarray:
    """Alpha of a strip whose upper edge is a torn wave."""
    x = np.arange(width, dtype=np.float32)
    line = (
        top + swell * np.sin(x * waves * 2 * np.pi / width + rng.uniform(0, 6)) + 3.0 * layered(rng, 1, width, 60, 4)[0]
    )
    alpha = np.clip(np.arange(height, dtype=np.float32)[:, None] - line[None, :], 0, 1)
    return cv2.GaussianBlur(alpha.astype(np.float32), (0, 0), 0.8)


def caustic(rng: np.random.Generator, width: int, height: int, cell: float) -> np.ndarray:
    """The net of light in a pool, 0 to 1: where folded noise crosses zero; flatter and finer farther up."""
    y = np.linspace(0.55, 1.0, height, dtype=np.float32)[:, None] * np.ones((1, width), np.float32)
    gx = np.tile(np.arange(width, dtype=np.float32), (height, 1))
    gy = np.cumsum(1.9 / y[:, :1], axis=0) * np.ones((1, width), np.float32)
    big = layered(rng, int(gy.max()) + 60, width + 120, cell, 2, 0.45)
    wob = layered(rng, height, width, cell * 0.8, 2) * cell * 0.10
    net = cv2.remap(big, gx + wob + 40, gy + wob.T[:1].mean() + 20, cv2.INTER_LINEAR)
    other = cv2.remap(big[::-1, ::-1].copy(), gx + 30, gy + 10 + wob, cv2.INTER_LINEAR)
    return np.clip(np.exp(-np.abs(net) * 6.5) + np.exp(-np.abs(other) * 6.5), 0, 1.2) / 1.2


def water(number: int) -> np.ndarray:
    """One of three strips, pale to deep."""
    rng = np.random.default_rng(2210 + number)
    width, height = 2140, [330, 300, 280][number - 1]
    base = np.array(BLUES[number - 1], np.float32)
    net = caustic(rng, width, height, 120 + 30 * number)[..., None]
    deep = np.linspace(1.08, 0.78, height, dtype=np.float32)[:, None, None]
    blot = 1 + 0.07 * layered(rng, height, width, 300, 3)[..., None]
    rgb = base * deep * blot * (1 - 0.55 * net) + np.array((0.86, 0.93, 0.88), np.float32) * net * 0.55
    rgb = rgb * (1 + 0.05 * cloth(rng, height, width, 1.6)[..., None])
    alpha = torn(rng, width, height, 26.0, 9.0, 3 + number * 2)
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)


def kerb() -> np.ndarray:
    """The pool's far side: two courses of tiles in front of a stone edge, some cracked, one new."""
    rng = np.random.default_rng(2241)
    width, height, side = 2140, 250, 58
    rgb = stock(rng, height, width, (0.80, 0.74, 0.60))
    for row in range(3):
        for n in range(width // side + 2):
            x, y = n * side - row % 2 * 8 - 20, 72 + row * side
            dye = (0.36, 0.61, 0.63) if (n + row) % 2 else (0.90, 0.86, 0.76)
            if rng.random() < 0.04:
                dye = (0.72, 0.25, 0.18)
            tone = np.array(dye, np.float32) * rng.uniform(0.84, 1.06)
            x0, x1, y0, y1 = max(x + 2, 0), min(x + side - 2, width), y + 2, min(y + side - 2, height)
            if x1 <= x0 or y1 <= y0:
                continue
            v, u = np.mgrid[y0:y1, x0:x1].astype(np.float32)
            bevel = (
                np.clip(np.minimum(u - x, v - y) / 5, 0, 1)
                - np.clip(np.maximum(u - x - side, v - y - side) / 5 + 1, 0, 1) * 0.25
            )
            gleam = np.exp(-(((u - x - side * 0.32) + (v - y - side * 0.30)) ** 2) / 170) * 0.10
            rgb[y0:y1, x0:x1] = tone * (1.12 - 0.14 * bevel[..., None]) + gleam[..., None]
    y = np.arange(height, dtype=np.float32)[:, None, None]
    rgb = rgb * (1 + 0.09 * layered(rng, height, width, 90, 4)[..., None])
    rgb = (
        rgb
        * np.where(y < 62, 1.05 - 0.0022 * y, 1.0)
        * (1 - 0.45 * np.exp(-((y - 68) ** 2) / 40))
        * (1 - 0.16 * (y / height))
    )
    joint = np.exp(-(((np.arange(width) % 268) - 130.0) ** 2) / 3.0)[None, :, None] * (y < 64)
    rgb = rgb * (1 - 0.35 * joint) * (1 + 0.03 * cloth(rng, height, width, 1.5)[..., None])
    return np.concatenate([np.clip(rgb, 0, 1), np.ones((height, width, 1))], -1).astype(np.float32)


def pleated(
    rng: np.random.Generator, width: int, height: int, folds: float, lean: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A fold's light, and where on the flat sheet a pixel of the hung one comes from."""
    v, u = np.mgrid[0:height, 0:width].astype(np.float32)
    bulge = cloth(rng, height, width, 190) * 0.30 + lean * (v / height) * 2.0
    phase = u * folds * 2 * np.pi / width + bulge
    light = 0.86 + 0.27 * np.sin(phase) - 0.12 * np.clip(np.sin(phase + 2.4), 0, 1) ** 3
    light = light * (1 + 0.05 * np.sin(phase * 2 + 1.0))
    return light, u * 1.45 + 26 * np.cos(phase), v + 9 * np.sin(phase)


def curtain() -> np.ndarray:
    """Half of a stage's curtain, hung from folded newspapers, dyed brick red on its lining; torn at the hem."""
    rng = np.random.default_rng(2251)
    width, height = 660, 1120
    page = plate(1100, 1240, 77, {})
    flat = press(page, stock(rng, 1240, 1100, NEWSPRINT), rng, 0.62)[..., :3]
    light, fu, fv = pleated(rng, width, height, 6.5, 0.7)
    rgb = cv2.remap(np.ascontiguousarray(flat), fu + 20, fv + 40, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    wash = 0.70 + 0.10 * layered(rng, height, width, 210, 3)
    dye = np.array((0.80, 0.27, 0.20), np.float32)
    rgb = rgb * (1 - wash[..., None] + wash[..., None] * dye)
    trim = (np.abs(np.arange(height) - (height - 92)) < 22)[:, None] * (0.75 + 0.25 * np.sin(np.arange(width) * 0.55))[
        None, :
    ]
    rgb = rgb * (1 - trim[..., None]) + np.array((0.80, 0.57, 0.17), np.float32) * trim[..., None]
    rgb = rgb * light[..., None] * np.linspace(0.82, 1.04, height, dtype=np.float32)[:, None, None]
    hem = (
        height
        - 30
        + 12 * np.sin(np.arange(width) * 6.5 * 2 * np.pi / width + 1.4)
        + 5 * layered(rng, 1, width, 40, 3)[0]
    )
    alpha = np.clip(hem[None, :] - np.arange(height)[:, None], 0, 1)
    inner = width - 16 + 7 * layered(rng, 1, height, 120, 4)[0]
    alpha = alpha * np.clip(inner[:, None] - np.arange(width)[None, :], 0, 1)
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)


def valance() -> np.ndarray:
    """What hides the rail: swags of the same paper, a fringe of cut strips."""
    rng = np.random.default_rng(2252)
    width, height, swags = 2060, 250, 5
    page = plate(2060, 420, 79, {})
    flat = press(page, stock(rng, 420, 2060, NEWSPRINT), rng, 0.62)[..., :3]
    v, u = np.mgrid[0:height, 0:width].astype(np.float32)
    s = (u / width * swags) % 1.0
    sag = 4 * s * (1 - s)
    drop = 96 + 84 * sag
    phase = (v / (0.30 + 0.70 * sag) ** 0.9) * 0.115 + cloth(rng, height, width, 120) * 0.35
    light = 0.88 + 0.24 * np.sin(phase) - 0.10 * np.clip(np.sin(phase + 2.2), 0, 1) ** 3
    rgb = cv2.remap(
        np.ascontiguousarray(flat),
        u + 16 * np.cos(phase),
        v * 1.2 + 60,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    wash = (0.72 + 0.10 * layered(rng, height, width, 210, 3))[..., None]
    rgb = rgb * (1 - wash + wash * np.array((0.80, 0.27, 0.20), np.float32)) * light[..., None]
    strip = 0.80 + 0.20 * np.sin(u * 0.8) + 0.08 * cloth(rng, height, width, 3)
    fringe = np.clip(v - drop, 0, 1)[..., None]
    rgb = rgb * (1 - fringe) + np.array((0.82, 0.60, 0.20), np.float32) * strip[..., None] * fringe
    rgb = (
        rgb * (0.72 + 0.28 * np.clip(sag * 3, 0, 1))[..., None] * (1 - 0.5 * np.exp(-((v - drop) ** 2) / 30))[..., None]
    )
    end = drop + 40 + 7 * np.sin(u * 0.8) + 2 * layered(rng, 1, width, 9, 1)[0][None, :]
    alpha = np.clip(end - v, 0, 1) * np.clip(v - 4, 0, 1)
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)


def boards() -> np.ndarray:
    """The stage: planks that run to the back, trodden pale in the middle."""
    rng = np.random.default_rng(2253)
    width, height = 2060, 330
    v, u = np.mgrid[0:height, 0:width].astype(np.float32)
    depth = 0.62 + 0.38 * v / height
    across = (u - width / 2) / depth
    plank = np.floor(across / 150 + 40)
    tone = rng.uniform(0.80, 1.10, 120)[plank.astype(int) % 120].astype(np.float32)
    grain = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=1.4, sigmaY=16)
    grain = cv2.remap(grain / grain.std(), (across * 0.5 + width / 2).clip(0, width - 1), v, cv2.INTER_LINEAR)
    part = (across / 150 + 40) % 1.0
    seam = np.clip(1 - np.minimum(part, 1 - part) * 34, 0, 1)
    worn = np.exp(-(((u - width / 2) / 520) ** 2) - ((v - 90) / 120) ** 2)
    rgb = (
        np.array((0.55, 0.36, 0.21), np.float32)
        * (tone * (1 + 0.07 * grain) * (1 + 0.06 * layered(rng, height, width, 160, 3)))[..., None]
    )
    rgb = rgb * (1 + 0.34 * worn)[..., None] * (1 - 0.72 * seam)[..., None]
    nails = ((np.abs(v - 26) < 3) | (np.abs(v - 300) < 3)) & (np.abs(part - 0.12) < 0.016)
    rgb = rgb * np.where(nails, 0.45, 1.0)[..., None]
    rgb = (
        rgb
        * np.where(v > height - 46, 0.60 + 0.08 * np.sin(u / 90), 1.0)[..., None]
        * (1 - 0.4 * np.exp(-((v - height + 46) ** 2) / 12))[..., None]
    )
    return np.concatenate([np.clip(rgb, 0, 1), np.ones((height, width, 1))], -1).astype(np.float32)


# what each is called, how it is made, and WebP's quality
SHEETS = {
    **{f"pool/water-{n}": (partial(water, n), 84) for n in (1, 2, 3)},
    "pool/kerb": (kerb, 86),
    "stage/boards": (boards, 86),
    "stage/curtain": (curtain, 86),
    "stage/valance": (valance, 86),
}
