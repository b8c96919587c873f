"""Flat paper of the fair: tickets, a page in two torn halves with the hole in its middle, and painted ground."""

from __future__ import annotations

from functools import partial
from math import pi, sin

import cv2
import numpy as np
from noise import layered
from paper import NEWSPRINT, face, plate, press, stock
from PIL import Image, ImageDraw
from scraps import DARK, creased, ragged, shape

CREAM, PINK, MUSTARD = (0.93, 0.87, 0.72), (0.886, 0.640, 0.600), (0.878, 0.690, 0.330)
PAGE = (640, 900)


def ticket_plate(width: int, height: int, number: str) -> np.ndarray:
    """The type of one ticket: ink 0 to 1."""
    big = Image.new("L", (width * 2, height * 2), 0)
    draw = ImageDraw.Draw(big)
    draw.rectangle((22, 22, width * 2 - 23, height * 2 - 23), outline=255, width=5)
    draw.rectangle((34, 34, width * 2 - 35, height * 2 - 35), outline=255, width=2)
    draw.text((width, height * 0.80), "ADMIT ONE", 255, face(74), anchor="mm", stroke_width=3, stroke_fill=255)
    draw.text(
        (width, height * 1.28), "NO RETURNS \u00b7 HOLD ON", 255, face(30), anchor="mm", stroke_width=1, stroke_fill=255
    )
    draw.text((width, height * 1.60), number, 255, face(34), anchor="mm")
    return np.asarray(big.resize((width, height), Image.Resampling.BOX), np.float32) / 255


def bitten(width: int, height: int, tickets: int) -> np.ndarray:
    """Round bites out of the corners of each ticket, little ones between them."""
    big = Image.new("L", (width * 3, height * 3), 255)
    draw = ImageDraw.Draw(big)
    each = height * 3 / tickets
    for n in range(tickets + 1):
        for x in (0, width * 3):
            draw.ellipse((x - 42, n * each - 42, x + 42, n * each + 42), fill=0)
        for x in range(70, width * 3 - 50, 34):
            draw.ellipse((x - 7, n * each - 7, x + 7, n * each + 7), fill=0)
    return np.asarray(big.resize((width, height), Image.Resampling.BOX), np.float32) / 255


def tickets(count: int) -> np.ndarray:
    """A strip of so many, of a pink or a mustard roll, bent by the roll it came from."""
    rng = np.random.default_rng(310 + count)
    width, each = 250, 130
    height = each * count
    rgb = stock(rng, height, width, PINK if count == 1 else MUSTARD)
    ink = np.concatenate([ticket_plate(width, each, f"No. {41120 + 7 * count + n}") for n in range(count)])
    fail = np.clip(1 - 0.22 * layered(rng, height, width, 40, 3) - 0.12 * layered(rng, height, width, 2.0, 1), 0.3, 1)
    cover = np.clip(cv2.GaussianBlur(ink, (0, 0), 0.6) * fail * 0.92, 0, 1)[..., None]
    rgb = rgb * (1 - cover) + np.array(DARK, np.float32) * cover
    bend = 1 + 0.10 * np.sin(np.linspace(0.4, 0.4 + 2.4 * count, height))[:, None, None]
    return np.concatenate(
        [np.clip(creased(rgb * bend, rng, 1), 0, 1), bitten(width, height, count)[..., None]], -1
    ).astype(np.float32)


def rip(rng: np.random.Generator, height: int, middle: float, bite: float) -> list[tuple[float, float]]:
    """Where the page tears, top to bottom: zigzags as paper does, with a hole in the middle."""
    points = []
    rough = np.cumsum(rng.normal(0, 1, 61))
    rough = (rough - np.linspace(rough[0], rough[-1], 61)) * 5.0
    for n, s in enumerate(np.linspace(0, 1, 61)):
        hole = bite * np.clip(1 - abs(s - 0.5) / 0.27, 0, 1) ** 0.7
        star = 26 * (1 if n % 2 else -1) * (abs(s - 0.5) < 0.25) * rng.uniform(0.2, 1)
        points.append((middle + rough[n] - hole + star + rng.normal(0, 4), s * height))
    return points


def half(side: int, number: int) -> np.ndarray:
    """One half of a page, -1 the left, 1 the right; its inner edge is bent up where it gave way."""
    rng = np.random.default_rng(520 + number)
    width, height = PAGE
    page = plate(width * 2, height, 60 + number, {})
    page = page[:, :width] if side < 0 else page[:, width : 2 * width]
    rng_side = np.random.default_rng(540 + number + side)
    rgb = press(np.ascontiguousarray(page), stock(rng_side, height, width, NEWSPRINT), rng_side, 0.78)[..., :3]
    tear = [(x if side < 0 else width - x, y) for x, y in rip(rng, height, width - 60, 190)]
    outer = 14 if side < 0 else width - 14
    alpha = shape([*tear, (outer, height - 12), (outer + 6 * side, height * 0.5), (outer, 12)], width, height)
    inside = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    x = np.arange(width, dtype=np.float32)[None, :] / width
    near = np.clip((x if side < 0 else 1 - x) - 0.45, 0, 1)
    curl = np.exp(-(((inside - 34) / 20) ** 2)) * near
    bright = 1 + 0.42 * near * np.exp(-((inside / 22) ** 2)) - 0.42 * curl
    rgb = rgb * bright[..., None]
    return np.concatenate([np.clip(creased(rgb, rng_side, 3), 0, 1), alpha[..., None]], -1).astype(np.float32)


def ground(number: int) -> np.ndarray:
    """A long strip of old newspaper, painted thinly with poster paint so that the type is seen; torn along the top."""
    rng = np.random.default_rng(880 + number)
    width, height = 1500, 330
    page = np.ascontiguousarray(plate(width, 900, 70 + number, {})[170 : 170 + height])
    rgb = press(page, stock(rng, height, width, NEWSPRINT), rng, 0.62)[..., :3]
    dabs = layered(rng, height, width, 34, 4)
    brush = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=16, sigmaY=2.2)
    brush = cv2.warpAffine(
        brush / brush.std(), cv2.getRotationMatrix2D((width / 2, height / 2), 9, 1.3), (width, height), borderMode=4
    )
    olive = (0.500, 0.490, 0.300) if number == 1 else (0.370, 0.490, 0.450)
    paint = np.array(olive, np.float32) * (1 + 0.05 * brush + 0.06 * dabs)[..., None]
    cover = np.clip(0.62 + 0.08 * brush + 0.09 * layered(rng, height, width, 150, 3), 0.2, 0.95)[..., None]
    rgb = rgb * (1 - cover) + paint * cover
    x = np.linspace(0, 1, 90)
    top = 50 + 26 * np.sin(x * 2 * pi * 1.3 + number) + np.cumsum(rng.normal(0, 2.2, 90)) + rng.normal(0, 2, 90)
    top = np.clip(top, 14, 130)
    points = [(14 + s * (width - 28), float(t)) for s, t in zip(x, top, strict=True)]
    points += [(width - 14 + 6 * sin(4 * s), top[-1] + (height - 14 - top[-1]) * s) for s in (0.3, 0.6, 1.0)]
    points += [(14.0, height - 14.0)]
    return np.concatenate([creased(rgb, rng, 2), shape(points, width, height)[..., None]], -1).astype(np.float32)


def patch() -> np.ndarray:
    """What was in the hole: a wad of the same page."""
    rng = np.random.default_rng(91)
    size = 420
    page = plate(900, 900, 97, {})[200 : 200 + size, 120 : 120 + size]
    rgb = press(np.ascontiguousarray(page), stock(rng, size, size, NEWSPRINT), rng, 0.78)[..., :3]
    points = []
    swing = layered(rng, 8, 64, 9, 3)[4]
    for n in range(64):
        r = 168 + 20 * swing[n] * sin(pi * n / 64) + rng.uniform(-7, 7)
        points.append((size / 2 + r * np.cos(n * pi / 32), size / 2 + r * np.sin(n * pi / 32)))
    rgb = creased(rgb, rng, 5)
    return np.concatenate([rgb, shape(points, size, size)[..., None]], -1).astype(np.float32)


def shred(number: int) -> np.ndarray:
    """What flies when a train comes through a page: a bit of it, folded once."""
    rng = np.random.default_rng(130 + number)
    width, height = 200, 150
    page = plate(600, 500, 40 + number, {})[180 : 180 + height, 90 : 90 + width]
    rgb = press(np.ascontiguousarray(page), stock(rng, height, width, NEWSPRINT), rng, 0.78)[..., :3]
    alpha = ragged(rng, width, height, (16, 24, 34)[number - 1])
    return np.concatenate([creased(rgb, rng, 2), alpha[..., None]], -1).astype(np.float32)


PAPERS = {
    "ticket": partial(tickets, 1),
    "tickets": partial(tickets, 4),
    **{f"page-{n}{'l' if s < 0 else 'r'}": partial(half, s, n) for n in (1, 2) for s in (-1, 1)},
    "ground-1": partial(ground, 1),
    "ground-2": partial(ground, 2),
    "patch": patch,
    **{f"shred-{n}": partial(shred, n) for n in (1, 2, 3)},
}
