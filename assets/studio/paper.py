"""Newsprint: a page set in columns, printed thinly on warm paper; and the scraps torn from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import cos, radians, sin

import ape
import bones
import cv2
import llama
import nose
import numpy as np
import rocket
import teeth
from noise import cloth, layered
from PIL import Image, ImageDraw, ImageFont
from rumours import MASTHEAD, STORIES, STRAP, gossip

NEWSPRINT = (0.839, 0.784, 0.659)
KRAFT = (0.690, 0.540, 0.370)
INK = (0.180, 0.149, 0.133)
CUTS: dict[str, Callable[[], np.ndarray]] = {
    "rocket": lambda: rocket.still(3, 0.5, 1),
    "teeth": lambda: teeth.bite("half", 0.55, 1),
    "llama": lambda: llama.portrait(0.45, 1),
    "skull": lambda: bones.shoot("skull", 0.6, 1),
    "nose": lambda: nose.likeness(0.5, 1),
    "ape": lambda: ape.climber(0.9, 1),
}


@lru_cache
def face(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own type."""
    return ImageFont.load_default(size)


def screen(height: int, width: int, cell: float, angle: float, phase: tuple[float, float]) -> np.ndarray:
    """Threshold of a dot screen, evened out so that coverage equals tone."""
    a = radians(angle)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    u = (x * cos(a) + y * sin(a)) * (2 * np.pi / cell) + phase[0]
    v = (-x * sin(a) + y * cos(a)) * (2 * np.pi / cell) + phase[1]
    spot = (np.cos(u) + np.cos(v)) * 0.5
    # the spread of that sum is known; this cubic levels it well enough
    return np.clip(0.5 + 0.405 * spot * (1.55 - 0.32 * spot * spot), 0, 1)


def headline(text: str, width: int, height: int, weight: float = 0.05) -> np.ndarray:
    """A line squeezed to the measure, as headlines are; ink 0 to 1."""
    font = face(height * 2)
    stroke = max(1, round(height * 2 * weight))
    box = font.getbbox(text, stroke_width=stroke)
    line = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
    ImageDraw.Draw(line).text((-box[0], -box[1]), text, 255, font, stroke_width=stroke, stroke_fill=255)
    return np.asarray(line.resize((width, height), Image.Resampling.LANCZOS), np.float32) / 255


def block(picture: np.ndarray, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """A photograph in one black ink, coarse, on a dim backdrop."""
    rows, cols = picture.shape[:2]
    ys, xs = np.nonzero(picture[..., 3] > 0.5)
    picture = picture[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    rows, cols = picture.shape[:2]
    fit = min(width * 0.92 / cols, height * 0.94 / rows)
    picture = cv2.resize(picture, (int(cols * fit), int(rows * fit)), interpolation=cv2.INTER_AREA)
    grey = picture[..., :3] @ np.array([0.3, 0.59, 0.11], np.float32)
    tone = 0.50 + 0.10 * cloth(rng, height, width, height * 0.6) - 0.25 * np.linspace(-0.5, 0.6, height)[:, None]
    y, x = (height - grey.shape[0]) // 2, (width - grey.shape[1]) // 2
    a = picture[..., 3]
    tone[y : y + grey.shape[0], x : x + grey.shape[1]] *= 1 - a
    tone[y : y + grey.shape[0], x : x + grey.shape[1]] += grey * a
    ink = 1 - np.clip(tone, 0, 1) ** 1.1
    return np.clip((ink - screen(height, width, 4.6, 45.0, (0.3, 0.9))) / 0.45 + 0.5, 0, 1) * 0.8 + ink * 0.2


def column(page: np.ndarray, x: int, y: int, width: int, bottom: int, words: list[list[str]], size: int) -> None:
    """Justified type from y to bottom; takes the words it sets from the list."""
    font, lead = face(size), round(size * 1.22)
    sheet = Image.new("L", (width + 8, max(bottom - y, 1)), 0)
    draw = ImageDraw.Draw(sheet)
    row, first = 0, True
    while row + lead <= bottom - y and words:
        line, room = [], width - (size if first else 0)
        used = 0.0
        while words[0] and used + font.getlength(words[0][0]) + len(line) * size * 0.2 <= room:
            used += font.getlength(words[0][0])
            line.append(words[0].pop(0))
        if not line:
            line.append(words[0].pop(0))
        last = not words[0]
        gap = size * 0.27 if last or len(line) == 1 else (room - used) / (len(line) - 1)
        at = float(width - room)
        for word in line:
            draw.text((at, row), word, 255, font)
            at += font.getlength(word) + gap
        first = last
        if last:
            words.pop(0)
        row += lead
    ink = np.asarray(sheet, np.float32) / 255
    page[y : y + ink.shape[0], x : x + ink.shape[1]] = np.maximum(page[y : y + ink.shape[0], x : x + ink.shape[1]], ink)


def broken(text: str, most: int) -> list[str]:
    """A headline too long for its measure goes on two lines."""
    words = text.split()
    if len(text) <= most or len(words) < 2:
        return [text]
    at = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(text) / 2))
    return [" ".join(words[:at]), " ".join(words[at:])]


def story(
    page: np.ndarray,
    number: int,
    x: int,
    y: int,
    measure: int,
    gutter: int,
    wide: int,
    bottom: int,
    rng: np.random.Generator,
    pictures: dict[str, np.ndarray],
) -> None:
    """Headline, second line, perhaps a picture, and the columns below."""
    title, second, cut = STORIES[number % len(STORIES)]
    width = measure * wide + gutter * (wide - 1)
    for text in broken(title, 16 if wide == 1 else 40):
        tall = int(np.clip(width / len(text) * 1.75, 30, 150 if wide > 1 else 46))
        page[y : y + tall, x : x + width] = headline(text, width, tall)
        y += tall + 10
    for text in broken(second, 22 if wide == 1 else 60):
        small = int(np.clip(width / len(text) * 1.7, 14, 30 if wide > 1 else 21))
        line = headline(text, min(width, int(len(text) * small * 0.54)), small, 0.015)
        page[y : y + small, x : x + line.shape[1]] = line
        y += small + 9
    page[y : y + 2, x : x + width] = 0.9
    y += 12
    top = [y] * wide
    if cut in pictures and bottom - y > 200:
        span = max(1, wide - 1)
        across = measure * span + gutter * (span - 1)
        height = min(int(across * 0.85), int((bottom - y) * 0.7))
        page[y : y + height, x : x + across] = block(pictures[cut], across, height, rng)
        for c in range(span):
            top[c] = y + height + 12
    words = gossip(rng, 900)
    for c in range(wide):
        column(page, x + c * (measure + gutter), top[c], measure, bottom, words, 16)
        if c:
            page[top[c] : bottom, x + c * (measure + gutter) - gutter // 2] = 0.55


def plate(width: int, height: int, seed: int, pictures: dict[str, np.ndarray]) -> np.ndarray:
    """The forme of a whole page: ink from 0 to 1."""
    rng = np.random.default_rng(seed)
    page = np.zeros((height, width), np.float32)
    columns, gutter, edge = max(1, round(width / 285)), 26, 28
    measure = (width - 2 * edge - gutter * (columns - 1)) // columns
    y, number = 24, int(rng.integers(len(STORIES))) if seed % 2 else 0
    if columns > 5:
        page[y : y + 118, edge + 380 : width - edge - 380] = headline(MASTHEAD, width - 2 * edge - 760, 118, 0.035)
        for n, text in enumerate(STRAP):
            at = edge if n < 2 else width - edge - 330
            page[y + 30 + n % 2 * 40 : y + 54 + n % 2 * 40, at : at + 330] = headline(text, 330, 24, 0.01)
        page[y + 134 : y + 138, edge : width - edge] = page[y + 143 : y + 144, edge : width - edge] = 0.9
        y += 162
    while y < height - 150:
        bottom = min(y + int(rng.integers(390, 520)), height - 24)
        if height - bottom < 260:
            bottom = height - 24
        c = 0
        while c < columns:
            wide = min(int(rng.choice([1, 2, 2, 3])), columns - c)
            story(page, number, edge + c * (measure + gutter), y, measure, gutter, wide, bottom, rng, pictures)
            c, number = c + wide, number + 1
            if c < columns:
                page[y:bottom, edge + c * (measure + gutter) - gutter // 2] = 0.8
        page[bottom + 9 : bottom + 12, edge : width - edge] = 0.85
        y = bottom + 24
    return page


def stock(rng: np.random.Generator, height: int, width: int, colour: tuple[float, float, float]) -> np.ndarray:
    """Unprinted paper: uneven, with specks and fibres."""
    tone = 1 + 0.014 * layered(rng, height, width, 420, 4) + 0.008 * layered(rng, height, width, 4, 2, 0.8)
    fibre = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=4, sigmaY=0.7)
    fibre += cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=0.7, sigmaY=3)
    speck = (cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), 0.9) > 1.18) * 0.14
    tint = 1 + 0.010 * layered(rng, height, width, 700, 2)[..., None] * np.array([0.2, 0.0, -1.0], np.float32)
    return np.array(colour, np.float32) * (tone + 0.007 * fibre / fibre.std() - speck)[..., None] * tint


def press(page: np.ndarray, paper: np.ndarray, rng: np.random.Generator, strength: float) -> np.ndarray:
    """Thin newspaper ink: soaks in, fails in places, and the back of the sheet shines through."""
    height, width = page.shape
    soak = cv2.GaussianBlur(page, (0, 0), 0.7)
    fail = 1 - 0.16 * np.clip(layered(rng, height, width, 300, 3), -1, 2) - 0.10 * layered(rng, height, width, 2.0, 1)
    through = cv2.GaussianBlur(page[:, ::-1], (0, 0), 1.6) * 0.07
    cover = np.clip(soak * np.clip(fail, 0.35, 1.15) * strength + through, 0, 1)[..., None]
    rgb = paper * (1 - cover) + np.array(INK, np.float32) * cover
    return np.concatenate([np.clip(rgb, 0, 1), np.ones((height, width, 1), np.float32)], -1).astype(np.float32)


def newsprint(width: int = 2300, height: int = 1500) -> np.ndarray:
    """The sheet that lies under everything."""
    rng = np.random.default_rng(4112)
    pictures = {name: make() for name, make in CUTS.items()}
    return press(plate(width, height, 4112, pictures), stock(rng, height, width, NEWSPRINT), rng, 0.66)
