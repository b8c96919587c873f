"""Letters that somebody cut out of other papers: wood type, grotesque, and two blocks of the type itself."""

from __future__ import annotations

from functools import partial
from math import pi

import cv2
import numpy as np
from noise import cloth, layered
from paper import KRAFT, NEWSPRINT, column, face, stock
from PIL import Image, ImageDraw
from rumours import gossip
from scraps import creased, ragged

SIZE = (270, 370)
CREAM, INK, BRICK, TEAL = (0.95, 0.91, 0.82), (0.125, 0.105, 0.095), (0.70, 0.20, 0.145), (0.28, 0.52, 0.545)
MUSTARD, PINK, WHITE = (0.875, 0.645, 0.215), (0.86, 0.56, 0.55), (0.965, 0.945, 0.895)
# letter, how it is cut, paper, ink, what is behind
LETTERS = {
    "f": ("F", "slab", BRICK, CREAM, "rules"),
    "u": ("U", "gothic", CREAM, INK, "columns"),
    "n": ("N", "slab", MUSTARD, INK, "rays"),
    "h": ("H", "block", KRAFT, BRICK, ""),
    "o": ("O", "gothic", TEAL, WHITE, "dots"),
    "u-2": ("U", "slab", NEWSPRINT, BRICK, "columns"),
    "s": ("S", "gothic", INK, MUSTARD, "rules"),
    "e": ("E", "block", KRAFT, TEAL, ""),
}
# wood type on a 100 x 140 body: rectangles left, top, right, bottom; polygons for what leans
BARS = {
    "F": [
        (8, 0, 44, 20),
        (14, 0, 40, 140),
        (8, 120, 50, 140),
        (8, 0, 94, 24),
        (76, 0, 94, 46),
        (14, 60, 66, 80),
        (54, 48, 68, 92),
    ],
    "N": [(0, 0, 34, 20), (7, 0, 25, 140), (0, 120, 34, 140), (66, 0, 100, 20), (75, 0, 93, 140)],
    "U": [(0, 0, 42, 20), (8, 0, 34, 92), (60, 0, 100, 20), (72, 0, 90, 92)],
    "H": [
        (0, 0, 42, 20),
        (8, 0, 34, 140),
        (0, 120, 42, 140),
        (58, 0, 100, 20),
        (66, 0, 92, 140),
        (58, 120, 100, 140),
        (8, 60, 92, 80),
    ],
    "E": [
        (4, 0, 44, 20),
        (10, 0, 38, 140),
        (4, 118, 50, 140),
        (4, 0, 94, 24),
        (76, 0, 94, 44),
        (4, 116, 96, 140),
        (78, 96, 96, 140),
        (10, 60, 66, 80),
        (54, 46, 68, 94),
    ],
}


def slab(letter: str, width: int, height: int) -> np.ndarray:
    """A fat face with square feet, as for a circus; 0 to 1."""
    k = 8
    form = Image.new("L", (116 * k, 156 * k), 0)
    draw = ImageDraw.Draw(form)
    for a, b, c, d in BARS[letter]:
        draw.rectangle(((a + 8) * k, (b + 8) * k, (c + 8) * k, (d + 8) * k), fill=255)
    if letter == "N":
        draw.polygon([((x + 8) * k, (y + 8) * k) for x, y in ((4, 0), (36, 0), (94, 140), (64, 140))], fill=255)
    if letter == "U":
        ring = [(x + 8) * k for x in (8, 50, 90, 144)]
        draw.pieslice((ring[0], ring[1], ring[2], ring[3]), 0, 180, fill=255)
        draw.rectangle((ring[0], (90 + 8) * k, ring[2], (98 + 8) * k), fill=255)
        draw.rectangle(((34 + 8) * k, (80 + 8) * k, (72 + 8) * k, (98 + 8) * k), fill=0)
        draw.pieslice(((34 + 8) * k, (74 + 8) * k, (72 + 8) * k, (123 + 8) * k), 0, 180, fill=0)
    return np.asarray(form.resize((width, height), Image.Resampling.LANCZOS), np.float32) / 255


def gothic(letter: str, width: int, height: int) -> np.ndarray:
    """A grotesque, as heavy as it gets."""
    font = face(600)
    box = font.getbbox(letter, stroke_width=34)
    form = Image.new("L", (box[2] - box[0] + 40, box[3] - box[1] + 40), 0)
    ImageDraw.Draw(form).text((20 - box[0], 20 - box[1]), letter, 255, font, stroke_width=34, stroke_fill=255)
    return np.asarray(form.resize((width, height), Image.Resampling.LANCZOS), np.float32) / 255


def laid(form: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The form in the middle of the paper, never quite upright."""
    width, height = SIZE
    whole = np.zeros((height, width), np.float32)
    y, x = (height - form.shape[0]) // 2, (width - form.shape[1]) // 2
    whole[y : y + form.shape[0], x : x + form.shape[1]] = form
    tilt = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-3.5, 3.5)), 1)
    return cv2.warpAffine(whole, tilt, (width, height), flags=cv2.INTER_CUBIC).clip(0, 1)


def behind(kind: str, rng: np.random.Generator) -> np.ndarray:
    """What was printed there before, or with it; 0 to 1."""
    width, height = SIZE
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    if kind == "rules":
        return np.clip(np.cos((y + 0.12 * x) * (2 * pi / 13)) * 3 - 1.4, 0, 1)
    if kind == "rays":
        return np.clip(np.cos(np.arctan2(y - height * 0.52, x - width * 0.5) * 18) * 6, 0, 1)
    if kind == "dots":
        return np.clip((np.cos(x * (2 * pi / 18)) + np.cos(y * (2 * pi / 18)) - 0.75) * 3, 0, 1)
    page = np.zeros((height, width), np.float32)
    words = gossip(rng, 300)
    for at in (-50, 128):
        part = np.zeros((height, 190), np.float32)
        column(part, 4, 2, 160, height, words, 15)
        left = max(at, 0)
        page[:, left : at + 190] = np.maximum(page[:, left : at + 190], part[:, left - at : width - at])
    return page


def printed(
    letter: str, cut: str, paper: tuple[float, ...], ink: tuple[float, ...], kind: str, rng: np.random.Generator
) -> np.ndarray:
    """On paper: salt in the ink where the wood's grain took none."""
    width, height = SIZE
    form = laid(slab(letter, 205, 288) if cut == "slab" else gothic(letter, 190, 278), rng)
    ground = stock(rng, height, width, paper)[..., :3]
    soft = np.array(
        ink if kind == "columns" else tuple(0.6 * p + 0.4 * i for p, i in zip(paper, ink, strict=True)), np.float32
    )
    veil = behind(kind, rng)[..., None] * (0.55 if kind == "columns" else 0.8)
    ground = ground * (1 - veil) + soft * veil
    grain = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=0.7, sigmaY=16)
    bare = 0.20 * np.clip(grain / grain.std() - 0.9, 0, 2) + 0.14 * np.clip(
        layered(rng, height, width, 3.0, 2) - 1.1, 0, 2
    )
    squeeze = np.clip(form - cv2.GaussianBlur(form, (0, 0), 3.0), 0, 1) * 0.35
    cover = (form * np.clip(0.97 - bare, 0, 1))[..., None]
    coat = np.array(ink, np.float32) * (1 + 0.05 * layered(rng, height, width, 90, 3) - squeeze)[..., None]
    return ground * (1 - cover) + coat * cover


def block(letter: str, dye: tuple[float, ...], rng: np.random.Generator) -> np.ndarray:
    """The wood itself: a letter left standing, the ground routed away, lit from the upper left."""
    width, height = SIZE
    form = laid(slab(letter, 208, 300), rng)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    grain = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=1.0, sigmaY=26)
    grain = grain / grain.std() + np.sin(x * 0.16 + 2.2 * cloth(rng, height, width, 150)) * 0.8
    routed = layered(rng, height, width, 15, 2) * (1 - form)
    relief = cv2.GaussianBlur(form, (0, 0), 2.4) * 26 + routed * 0.9 + grain * 0.16
    dx, dy = cv2.Sobel(relief, cv2.CV_32F, 1, 0, scale=0.125), cv2.Sobel(relief, cv2.CV_32F, 0, 1, scale=0.125)
    facing = (dx * 0.55 + dy * 0.62 + 0.62) / np.sqrt(1 + dx * dx + dy * dy)
    thrown = np.roll(cv2.GaussianBlur(form, (0, 0), 7), (12, 10), (0, 1)) * (1 - form)
    light = np.clip(facing, 0.05, 1.6) * 1.5 * (1 - 0.60 * thrown)
    wood = (
        np.array((0.66, 0.43, 0.23), np.float32)
        * (1 + 0.07 * grain + 0.05 * layered(rng, height, width, 120, 2))[..., None]
    )
    wood *= np.where(form > 0.5, 1.0, 0.62)[..., None]
    worn = np.clip(0.62 + 0.30 * layered(rng, height, width, 26, 4) + 0.12 * grain, 0, 1)
    top = np.clip(cv2.GaussianBlur(form, (0, 0), 1.2) * 1.6 - 0.6, 0, 1) * np.clip(worn * 1.5, 0, 0.93)
    rgb = wood * (1 - top[..., None]) + np.array(dye, np.float32) * 0.92 * top[..., None]
    rim = np.minimum(np.minimum(x, width - x), np.minimum(y, height - y))
    return rgb * light[..., None] * (1 - 0.35 * np.exp(-rim / 9))[..., None]


def letter(name: str) -> np.ndarray:
    """One letter of the title, cut out by hand in a hurry."""
    sign, cut, paper, ink, kind = LETTERS[name]
    rng = np.random.default_rng(1900 + list(LETTERS).index(name))
    if cut == "block":
        width, height = SIZE
        rgb, alpha = block(sign, ink, rng), ragged(rng, width, height, 7)
    else:
        rgb, alpha = creased(printed(sign, cut, paper, ink, kind, rng), rng, 1), ragged(rng, *SIZE, 15)
    return np.concatenate([np.clip(rgb, 0, 1), alpha[..., None]], -1).astype(np.float32)


def banner() -> np.ndarray:
    """The strip the title is pasted on: kraft, torn, with glue going over it."""
    rng = np.random.default_rng(1990)
    width, height = 1840, 470
    rgb = stock(rng, height, width, (0.155, 0.130, 0.118))
    rgb = rgb * (1 + 0.05 * np.sin(np.arange(width) * 0.9 + np.sin(np.arange(width) * 0.05)))[None, :, None]
    return np.concatenate([creased(rgb * 1.15, rng, 3), ragged(rng, width, height, 34)[..., None]], -1).astype(
        np.float32
    )


def streak() -> np.ndarray:
    """Wet glue, brushed on in one go from the left."""
    rng = np.random.default_rng(1991)
    width, height = 1560, 300
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    bow = 150 + 26 * np.sin(x / 210) + 8 * cloth(rng, 1, width, 120)
    across = (y - bow) / 92
    hair = cv2.GaussianBlur(rng.standard_normal((height, width)).astype(np.float32), (0, 0), sigmaX=90, sigmaY=1.6)
    hair = cv2.remap(
        hair / hair.std(), x, (y - bow + 150).astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    dry = np.clip((x - 900) / 700, 0, 1) * 1.3
    ends = np.clip(x / 40, 0, 1) * np.clip((width - 30 + 26 * hair - x) / 30, 0, 1)
    alpha = (
        np.clip((1 - np.abs(across) + 0.09 * hair) * 9, 0, 1)
        * np.clip(1.25 - dry + 0.32 * hair, 0, 1)
        * np.clip(ends, 0, 1)
    )
    thick = cv2.GaussianBlur(alpha * (1 + 0.3 * hair), (0, 0), 2.5)
    gloss = cv2.Sobel(thick, cv2.CV_32F, 1, 1, ksize=5) + cv2.Sobel(thick, cv2.CV_32F, 0, 1, ksize=5) * 0.25
    rgb = (
        np.array((0.80, 0.62, 0.30), np.float32) * (0.82 + 0.10 * hair)[..., None]
        + np.clip(gloss * 0.16, -0.16, 0.4)[..., None]
    )
    return np.concatenate([np.clip(rgb, 0, 1), (alpha * 0.72)[..., None]], -1).astype(np.float32)


CARDS = {f"funhouse-{name}": partial(letter, name) for name in LETTERS}
