"""Eight more skies: five in the manner of sky.py, and a mackerel sky, a fog and a night out of layered noise."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
import sky
from noise import cloth, layered

# size of the plate; zenith, middle, low, ground, cloud lit above and below, in its shade above and below; where
# the light comes from; how much is covered; where in the noise to look; how far away it is
DYED: dict[str, tuple[tuple[int, int], list[tuple[float, float, float]], tuple[float, float], float, float, float]] = {
    "dawn": ((900, 600), [(0.20, 0.34, 0.50), (0.62, 0.58, 0.56), (1.00, 0.66, 0.36), (1.05, 0.80, 0.50),
             (1.15, 0.86, 0.72), (1.25, 0.88, 0.52), (0.36, 0.36, 0.48), (0.62, 0.40, 0.38)],
             (0.030, 0.034), 0.06, 61.0, 1.0),
    "storm": ((1500, 900), [(0.07, 0.09, 0.12), (0.13, 0.16, 0.19), (0.30, 0.32, 0.31), (0.52, 0.48, 0.38),
              (0.46, 0.47, 0.48), (0.60, 0.58, 0.50), (0.035, 0.045, 0.06), (0.08, 0.08, 0.09)],
             (-0.034, -0.02), 0.42, 93.0, 0.8),
    "red": ((1500, 900), [(0.16, 0.10, 0.22), (0.58, 0.12, 0.12), (1.00, 0.30, 0.07), (1.25, 0.62, 0.14),
            (1.00, 0.30, 0.16), (1.35, 0.60, 0.16), (0.14, 0.045, 0.09), (0.26, 0.05, 0.05)],
             (0.010, 0.040), 0.02, 127.0, 1.1),
    "green": ((900, 600), [(0.05, 0.09, 0.06), (0.14, 0.24, 0.11), (0.42, 0.55, 0.20), (0.75, 0.80, 0.34),
              (0.36, 0.50, 0.22), (0.70, 0.80, 0.34), (0.025, 0.05, 0.03), (0.06, 0.10, 0.05)],
             (0.02, 0.034), 0.34, 151.0, 0.9),
    "ragged": ((1500, 900), [(0.04, 0.20, 0.46), (0.10, 0.36, 0.60), (0.30, 0.56, 0.68), (0.62, 0.76, 0.74),
               (1.35, 1.32, 1.24), (1.25, 1.18, 1.04), (0.36, 0.42, 0.50), (0.50, 0.52, 0.54)],
             (-0.030, -0.036), -0.16, 187.0, 1.3),
}  # fmt: skip


def torn(rgb: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Grain, and the sides of the plate pulled off by hand: the glass frays them."""
    height, width = rgb.shape[:2]
    rgb = rgb + rng.standard_normal((height, width))[..., None] * 0.012
    k = width / 900
    side = [
        10 * k + 7 * k * np.clip(layered(rng, 1, n, 190 * k, 4, 0.45)[0], -1.3, 2.4)
        for n in (width, width, height, height)
    ]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    inside = np.minimum(
        np.minimum(y - side[0][None, :], height - 1 - side[1][None, :] - y),
        np.minimum(x - side[2][:, None], width - 1 - side[3][:, None] - x),
    )
    alpha = np.clip(inside, 0, 1)
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)


def dyed(mood: str) -> np.ndarray:
    """Heaped clouds in colours of its own."""
    (width, height), dyes, (lx, ly), more, at, far = DYED[mood]
    across = round(height * 2.2 / far)
    light = sky.expose(across, round(height / far), np.array(dyes), lx, ly, more, at)[:, : round(width / far), :3]
    light = cv2.resize(light, (width, height), interpolation=cv2.INTER_CUBIC) if far != 1.0 else light
    return torn(np.clip(light / (1 + light * 0.22) * 1.12, 0, 1) ** (1 / 2.2), np.random.default_rng(int(at)))


def blend(stops: list[tuple[float, tuple[float, float, float]]], height: int, width: int) -> np.ndarray:
    """A wash from the zenith down."""
    y = np.linspace(0, 1, height)
    columns = [np.interp(y, [s for s, _ in stops], [c[n] for _, c in stops]) for n in range(3)]
    return np.repeat(np.stack(columns, -1)[:, None, :], width, 1).astype(np.float32)


def receding(height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The sky's ceiling over each pixel: across, and away from us."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    away = 1.0 / (0.52 + 0.95 * (1 - y / height))
    return (x / width - 0.5) * away * 2.6, away * 2.4


def mackerel() -> np.ndarray:
    """Rows of small clouds, like scales, lit from beneath."""
    rng, (width, height) = np.random.default_rng(211), (1500, 900)
    u, v = receding(height, width)
    warp, bend = cloth(rng, height, width, 260), cloth(rng, height, width, 110)
    row = np.cos((v * 6.0 + u * 2.2 + 0.42 * warp + 0.20 * bend) * 2 * np.pi)
    cell = np.cos((u * 7.5 - v * 1.8 + 0.6 * bend + 0.35 * cloth(rng, height, width, 55)) * 2 * np.pi)
    fluff = layered(rng, height, width, 44, 5, 0.62)
    patch = layered(rng, height, width, 620, 3)
    thick = 0.46 * row + 0.34 * cell + 0.42 * fluff + 0.48 * patch - 0.06
    cover = np.clip(thick * 0.95, 0, 1) ** 1.2
    lit = np.clip(0.55 - 0.9 * (np.roll(thick, -9, 0) - thick) + 0.10 * fluff, 0, 1)[..., None]
    bare = blend([(0, (0.17, 0.36, 0.50)), (0.5, (0.40, 0.56, 0.62)), (1, (0.86, 0.74, 0.58))], height, width)
    shade = blend([(0, (0.58, 0.62, 0.68)), (1, (0.72, 0.55, 0.50))], height, width)
    glow = blend([(0, (0.97, 0.95, 0.90)), (1, (1.0, 0.83, 0.62))], height, width)
    cloud = shade * (1 - lit) + glow * lit
    return torn(bare * (1 - cover[..., None]) + cloud * cover[..., None], rng)


def fog() -> np.ndarray:
    """Nothing much: three rows of trees that are hardly there."""
    rng, (width, height) = np.random.default_rng(223), (900, 600)
    rgb = blend([(0, (0.70, 0.70, 0.67)), (0.6, (0.78, 0.77, 0.72)), (1, (0.66, 0.66, 0.63))], height, width)
    rgb *= (1 + 0.025 * layered(rng, height, width, 420, 3))[..., None]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    rgb += (0.10 * np.exp(-((np.hypot(x - 610, y - 170) / 120) ** 2)))[..., None]
    rgb += (0.13 * np.clip((44 - np.hypot(x - 610, y - 170)) / 6, 0, 1))[..., None]
    for ground, dark, tall in ((430, 0.07, 30), (480, 0.13, 48), (545, 0.22, 70)):
        crowns = np.abs(layered(rng, 1, width, tall * 0.9, 5, 0.75)[0]) * tall * 0.75
        line = ground + 10 * layered(rng, 1, width, 300, 2)[0] - crowns
        row = cv2.GaussianBlur(np.clip((y - line[None, :]) / 3, 0, 1), (0, 0), 160 / tall)
        rgb *= (1 - 0.8 * dark * row * np.clip(1.25 - (y - ground) / 160, 0.1, 1))[..., None]
    return torn(rgb, rng)


def night() -> np.ndarray:
    """Stars of three sizes, a band of them, and a moon with a ring around it."""
    rng, (width, height) = np.random.default_rng(239), (1500, 900)
    rgb = blend([(0, (0.045, 0.065, 0.15)), (0.6, (0.085, 0.14, 0.25)), (1, (0.20, 0.25, 0.33))], height, width)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    band = np.exp(-(((y - 0.52 * x - 20) / 150) ** 2)) * np.clip(
        0.6 + 0.4 * layered(rng, height, width, 130, 5, 0.6), 0, 2
    )
    rgb += band[..., None] * np.array((0.10, 0.11, 0.13), np.float32)
    for count, size, bright in ((2600, 0.8, 1.0), (320, 1.3, 2.6), (46, 2.2, 7.0)):
        dots = np.zeros((height, width), np.float32)
        dots[rng.integers(0, height, count), rng.integers(0, width, count)] = rng.uniform(0.3, 1, count) * bright
        rgb += (cv2.GaussianBlur(dots, (0, 0), size) * size * size * 4)[..., None] * np.array(
            (1, 0.97, 0.86), np.float32
        )
    far = np.hypot(x - 1080, y - 300)
    mare = 0.85 + 0.10 * layered(rng, height, width, 60, 4)
    disc = np.clip((96 - far) / 2, 0, 1)[..., None]
    halo = 0.34 * np.exp(-far / 130) + 0.10 * np.exp(-(((far - 262) / 22) ** 2))
    rgb += halo[..., None] * np.array((1.0, 0.93, 0.74), np.float32)
    rgb = rgb * (1 - disc) + disc * mare[..., None] * np.array((1.02, 0.97, 0.84), np.float32)
    wisp = np.clip(layered(rng, height, width, 340, 5, 0.55) + (y - 560) / 260, 0, 1.6)[..., None] * 0.42
    lit = (0.20 + 0.55 * np.exp(-far / 330))[..., None] * np.array((1.0, 0.98, 0.95), np.float32)
    return torn(rgb * (1 - wisp) + lit * wisp, rng)


PLATES: dict[str, Callable[[], np.ndarray]] = {name: partial(dyed, name) for name in DYED}
PLATES |= {"mackerel": mackerel, "fog": fog, "night": night}
