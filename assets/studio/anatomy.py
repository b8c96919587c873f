"""A plate out of an old book of anatomy: engraved after our own photographs, tinted by hand, folded and foxed; and the
wrapping paper that it is pinned to."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin

import cv2
import eyes
import nose
import numpy as np
import plaster
import teeth
from noise import cloth, layered
from paper import INK, KRAFT, face, headline, stock
from PIL import Image, ImageDraw
from scraps import creased, shape

PAGE = (0.885, 0.825, 0.685)
SIZE = (1240, 880)
# Where each figure stands: middle, height, its turn, and the letters at its parts.
Mark = tuple[float, float, str]
FIGURES: dict[str, tuple[Callable[[], np.ndarray], tuple[int, int], int, float, str, tuple[Mark, ...]]] = {
    "teeth": (
        lambda: teeth.bite("half", 0.8, 1),
        (196, 300),
        250,
        0.0,
        "Fig. 1.  The Bite",
        ((-52, -48, "a"), (84, 34, "b"), (-62, 96, "c")),
    ),
    "eye": (
        lambda: eyes.look("straight", 0.9, 1),
        (196, 640),
        190,
        0.0,
        "Fig. 2.  The Witness",
        ((-70, -66, "d"), (84, 0, "e")),
    ),
    "hand": (
        lambda: plaster.gesture("open", 0.8, 1),
        (1040, 300),
        300,
        8.0,
        "Fig. 3.  The Helper",
        ((34, -104, "f"), (80, -28, "g"), (-44, 36, "h")),
    ),
    "nose": (
        lambda: nose.likeness(1.0, 1),
        (620, 430),
        520,
        0.0,
        "",
        ((74, -120, "i"), (-140, 56, "k"), (96, 132, "l")),
    ),
}
LEGEND = (
    "a  the upper row.   b  the key.   c  boots, tied.",
    "d  a lash of eleven.   e  the corner where it keeps its water.",
    "f  the beckoner.   g  the hitcher.   h  its dishonest edge.",
    "i  the bridge, which bears no traffic.   k  the tip, warm in winter.   l  the draught.",
)


def engraved(grey: np.ndarray, alpha: np.ndarray, cell: float = 5.0) -> np.ndarray:
    """A photograph as a graver would cut it: lines that swell where it is dark, a second set across in the shadows, a
    firm outline; ink from 0 to 1."""
    height, width = grey.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    soft = cv2.GaussianBlur(grey, (0, 0), 7)
    dark = np.clip((0.92 - cv2.GaussianBlur(grey, (0, 0), 0.8)) / 0.85, 0, 1)

    def cut(angle: float, tone: np.ndarray) -> np.ndarray:
        a = radians(angle)
        along = (-x * sin(a) + y * cos(a) - soft * 34) * (2 * np.pi / cell)
        return np.clip((tone - (0.5 + 0.5 * np.cos(along))) / 0.35 + 0.5, 0, 1)

    ink = np.maximum(cut(14.0, dark * 1.05), cut(-50.0, (dark - 0.52) * 1.7))
    rim = cv2.GaussianBlur(alpha, (0, 0), 2.0)
    outline = np.clip(1 - np.abs(rim - 0.42) / 0.22, 0, 1)
    return np.maximum(ink * (alpha > 0.5), outline * 0.95)


def figure(photograph: np.ndarray, tall: int, angle: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(ink, alpha, colour) of a photograph engraved so high."""
    rows, cols = photograph.shape[:2]
    fit = tall / rows
    size = (round(cols * fit), tall)
    picture = cv2.resize(photograph, size, interpolation=cv2.INTER_AREA if fit < 1 else cv2.INTER_CUBIC)
    pad = cv2.copyMakeBorder(picture, 50, 50, 50, 50, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    spin = cv2.getRotationMatrix2D((pad.shape[1] / 2, pad.shape[0] / 2), angle, 1)
    pad = np.clip(cv2.warpAffine(pad, spin, (pad.shape[1], pad.shape[0])), 0, 1)
    grey = pad[..., :3] @ np.array([0.3, 0.59, 0.11], np.float32)
    return engraved(np.where(pad[..., 3] > 0.5, grey, 1.0).astype(np.float32), pad[..., 3]), pad[..., 3], pad[..., :3]


def paste(sheet: np.ndarray, tile: np.ndarray, middle: tuple[int, int]) -> None:
    """Lay a tile of ink on the sheet, darker wins."""
    h, w = tile.shape[:2]
    x, y = middle[0] - w // 2, middle[1] - h // 2
    left, top = max(-x, 0), max(-y, 0)
    part = tile[top : sheet.shape[0] - y, left : sheet.shape[1] - x]
    at = sheet[y + top : y + top + part.shape[0], x + left : x + left + part.shape[1]]
    np.maximum(at, part, out=at)


def lettered(width: int, height: int) -> np.ndarray:
    """What is set in type and ruled in line: frame, heading, captions, letters at the parts, the legend."""
    sheet = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((34, 34, width - 35, height - 35), outline=235, width=4)
    draw.rectangle((44, 44, width - 45, height - 45), outline=200, width=1)
    draw.text((width - 62, 62), "Plate IX.", 235, face(26), anchor="ra")
    for name, (_, (x, y), tall, _, caption, marks) in FIGURES.items():
        draw.text((x, y + tall // 2 + 16), caption, 240, face(24), anchor="ma")
        for dx, dy, letter in marks:
            far = 1.6 if name != "nose" else 1.35
            tip, end = (x + dx, y + dy), (x + dx * far, y + dy * far)
            draw.line((*tip, *end), fill=215, width=2)
            draw.text((x + dx * (far + 0.12), y + dy * (far + 0.12)), letter, 240, face(27), anchor="mm")
    for n, line in enumerate(LEGEND):
        draw.text((width / 2, 726 + n * 25), line, 225, face(19), anchor="ma")
    return np.asarray(sheet, np.float32) / 255


def chart() -> np.ndarray:
    """The whole plate."""
    rng = np.random.default_rng(910)
    width, height = SIZE
    ink, tint, cover = (
        lettered(width, height),
        np.zeros((height, width, 3), np.float32),
        np.zeros((height, width), np.float32),
    )
    title = headline("OF THE HEAD, AND HOW TO PART WITH IT", 900, 44, 0.012)
    paste(ink, title, (width // 2, 104))
    for make, middle, tall, angle, *_ in FIGURES.values():
        lines, alpha, colour = figure(make(), tall, angle)
        paste(ink, lines, middle)
        paste(cover, alpha, (middle[0] + 4, middle[1] + 3))
        for c in range(3):
            paste(tint[..., c], colour[..., c] * alpha, (middle[0] + 4, middle[1] + 3))
    page = stock(rng, height, width, PAGE)
    fox = np.clip(layered(rng, height, width, 90, 4) - 1.25, 0, 1)[..., None]
    page = page * (1 - fox * np.array((0.10, 0.20, 0.34), np.float32))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    edge = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y)) + 22 * cloth(rng, height, width, 130)
    page = page * (1 - np.exp(-np.clip(edge, 0, None) / 60) * 0.35)[..., None] ** np.array((0.6, 1.0, 1.5), np.float32)
    wash = cv2.GaussianBlur(cover, (0, 0), 3)[..., None] * (
        0.55 + 0.10 * layered(rng, height, width, 120, 3)[..., None]
    )
    page = page * (1 - wash + wash * np.clip(cv2.GaussianBlur(tint, (0, 0), 5) * 0.75 + 0.35, 0, 1))
    soak = cv2.GaussianBlur(ink, (0, 0), 0.6) * np.clip(1 - 0.12 * layered(rng, height, width, 200, 3), 0.5, 1.1)
    rgb = (
        page * (1 - np.clip(soak, 0, 1)[..., None] * 0.86)
        + np.array(INK, np.float32) * np.clip(soak, 0, 1)[..., None] * 0.86
    )
    for fold in (width * 0.335, width * 0.668):
        rgb = rgb * folded(x - fold - 3 * np.sin(y / 170))
    rgb = rgb * folded(y - height * 0.5 - 3 * np.sin(x / 210))
    alpha = shape(torn_corner(rng, width, height), width, height)
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)


def folded(d: np.ndarray) -> np.ndarray:
    """How light a fold is, d pixels away from it: a crest, its shadow, two panels that lean."""
    light = (
        1
        + 0.10 * np.exp(-(((d + 1.5) / 1.7) ** 2))
        - 0.14 * np.exp(-(((d - 1.6) / 1.9) ** 2))
        - 0.020 * np.tanh(d / 120)
    )
    return light[..., None]


def torn_corner(rng: np.random.Generator, width: int, height: int) -> list[tuple[float, float]]:
    """Straight on three sides, torn out of its binding on the left, a corner gone."""
    left = [(22 + rng.normal(0, 5), v) for v in np.linspace(height - 18, 20, 40)]
    gone = [
        (width - 190 + t * 150 + rng.normal(0, 5), height - 14 - t * 120 + rng.normal(0, 6))
        for t in np.linspace(0, 1, 14)
    ]
    return [*left, (width - 16, 16), (width - 18, height - 150), *reversed(gone), (26, height - 16)]


def wrapping() -> np.ndarray:
    """Kraft paper off the roll: ribbed, folded once, a ring where a cup stood, a smear of glue."""
    rng = np.random.default_rng(911)
    width, height = 1500, 850
    rgb = stock(rng, height, width, KRAFT)
    rgb = rgb * (1 + 0.030 * np.sin(np.arange(height) * 0.95 + 0.6 * np.sin(np.arange(height) * 0.04)))[:, None, None]
    rgb = rgb * (1 + 0.05 * layered(rng, height, width, 500, 3))[..., None]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for cx, cy, r, deep in ((1290, 610, 92, 0.20), (1320, 655, 92, 0.12)):
        d = np.hypot(x - cx, y - cy) - r + 2 * cloth(rng, height, width, 60)
        ring = np.exp(-((d / 4) ** 2)) * np.clip(0.7 + 0.5 * cloth(rng, height, width, 110), 0, 1.2)
        rgb = rgb * (1 - deep * ring)[..., None]
    rgb = creased(creased(rgb, rng, 3), rng, 2) * folded(x - width * 0.42)
    return np.concatenate([np.clip(rgb, 0, 1), np.ones((height, width, 1), np.float32)], -1).astype(np.float32)
