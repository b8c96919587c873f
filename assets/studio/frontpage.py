"""Front pages: one rumour each, in two inks, folded once and sold at the corner.

Their photographs are of the studio's own props, as they lie in assets/: make those first.
"""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path

import cv2
import numpy as np
from noise import cloth, layered
from paper import column, headline, press, screen, stock
from PIL import Image, ImageDraw
from rumours import MASTHEAD, gossip
from scraps import creased, shape

SHELF = Path(__file__).resolve().parent.parent
SIZE = (820, 1080)
EDGE = 34
BRICK, TEAL, MUSTARD, PINK = (0.722, 0.251, 0.180), (0.300, 0.540, 0.565), (0.870, 0.640, 0.210), (0.850, 0.500, 0.500)
PAPER = (0.905, 0.865, 0.760)
# kicker, headline in lines, second line, prop, second ink, how far across the photograph goes
PAGES: dict[str, tuple[str, list[str], str, str, tuple[float, float, float], float]] = {
    "rocket": (
        "EXTRA!",
        ["ROCKET IN", "A PUDDLE"],
        "Stowaway kept his hat on, says hat",
        "rocket/turn-0004",
        TEAL,
        0.62,
    ),
    "teeth": ("EXCLUSIVE", ["TEETH", "LEAVE TOWN"], "Owner asleep. Nose will not comment", "teeth/open", BRICK, 1.0),
    "bones": (
        "LATE EDITION",
        ["BONES DANCE", "TILL DAWN"],
        "Neighbours below complain of the tapping",
        "bones/skull",
        MUSTARD,
        0.62,
    ),
    "coaster": (
        "STOP PRESS",
        ["COASTER HITS", "PAGE FIVE"],
        "Readers keep their hands inside",
        "coaster/tin-car",
        PINK,
        1.0,
    ),
    "giant": (
        "IT MOVED!",
        ["GIANT UNDER", "THE RIDES"],
        "Fair was built around him, carpenters admit",
        "giant/head",
        MUSTARD,
        0.62,
    ),
    "splash": ("WORLD FIRST", ["ONE SPLASH"], "There is only one, and it is on page one", "water/splash", TEAL, 1.0),
}
FRAME = (EDGE + 20, 480, 712, 480)  # of the splash's photograph: left, top, width, height


@lru_cache
def prop(name: str) -> np.ndarray:
    """A finished picture from the shelf, cropped to what is on it."""
    picture = np.asarray(Image.open(SHELF / f"{name}.webp").convert("RGBA"), np.float32) / 255
    ys, xs = np.nonzero(picture[..., 3] > 0.5)
    return picture[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]


def photo(name: str, width: int, height: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(black ink, where the second ink lies flat): a prop before a painted backdrop, dots at 45 degrees."""
    picture = prop(name)
    fit = min(width * 0.90 / picture.shape[1], height * 0.92 / picture.shape[0])
    picture = cv2.resize(picture, None, fx=fit, fy=fit, interpolation=cv2.INTER_AREA)
    h, w = picture.shape[:2]
    y, x = (height - h) * 3 // 5, (width - w) // 2
    up = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    tone = 0.62 + 0.09 * cloth(rng, height, width, height * 0.5) - 0.30 * up
    alpha = np.zeros((height, width), np.float32)
    alpha[y : y + h, x : x + w] = picture[..., 3]
    # its shadow on the backdrop, then the prop
    thrown = cv2.GaussianBlur(np.roll(alpha, (10, 16), (0, 1)), (0, 0), 9)
    tone = tone * (1 - 0.45 * thrown)
    grey = np.clip((picture[..., :3] @ np.array([0.3, 0.59, 0.11], np.float32) - 0.08) * 1.28, 0, 1)
    tone[y : y + h, x : x + w] = tone[y : y + h, x : x + w] * (1 - picture[..., 3]) + grey * picture[..., 3]
    ink = 1 - np.clip(tone, 0, 1) ** 1.05
    dots = np.clip((ink - screen(height, width, 5.4, 45.0, (0.3, 0.9))) / 0.4 + 0.5, 0, 1)
    return dots * 0.88 + ink * 0.12, 1 - alpha


def put(page: np.ndarray, ink: np.ndarray, x: int, y: int) -> None:
    """Into the forme."""
    spot = page[y : y + ink.shape[0], x : x + ink.shape[1]]
    np.maximum(spot, ink[: spot.shape[0], : spot.shape[1]], out=spot)


def roundel(black: np.ndarray, colour: np.ndarray, x: int, y: int) -> None:
    """The price, reversed out of a disc of the second ink."""
    disc = Image.new("L", (460, 460), 0)
    ImageDraw.Draw(disc).ellipse((10, 10, 450, 450), fill=255)
    disc = disc.resize((115, 115), Image.Resampling.LANCZOS)
    put(colour, np.asarray(disc, np.float32) / 255, x, y)
    put(black, headline("PRICE", 58, 17, 0.03), x + 29, y + 22)
    put(black, headline("1", 22, 36, 0.06), x + 47, y + 42)
    put(black, headline("BUTTON", 66, 15, 0.03), x + 25, y + 82)


def top(black: np.ndarray, colour: np.ndarray, kicker: str, lines: list[str], second: str) -> int:
    """Masthead, kicker, headline, second line; returns how far down they reach."""
    width = SIZE[0] - 2 * EDGE
    put(black, headline(MASTHEAD, width, 74, 0.03), EDGE, 30)
    for text, x in (
        ("Printed after dark, believed before breakfast", EDGE),
        ("No. 4,112    Late Splash Edition", EDGE + width - 270),
    ):
        put(black, headline(text, 270, 15, 0.0), x, 116)
    black[137:141, EDGE : EDGE + width] = black[145:146, EDGE : EDGE + width] = 0.95
    bar = int(len(kicker) * 19 + 40)
    colour[158:194, EDGE : EDGE + bar] = 1
    put(black, headline(kicker, bar - 40, 24, 0.05), EDGE + 20, 164)
    y = 206
    for text in lines:
        tall = 196 if len(lines) == 1 else 118
        put(black, headline(text, width, tall, 0.075), EDGE, y)
        y += tall + 12
    put(black, headline(second, min(width, len(second) * 17), 26, 0.02), EDGE, y + 4)
    black[y + 42 : y + 44, EDGE : EDGE + width] = 0.9
    return y + 56


def forme(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Both inks of a page, 0 to 1."""
    kicker, lines, second, cut, _, share = PAGES[name]
    rng = np.random.default_rng(9000 + list(PAGES).index(name))
    black, colour = np.zeros(SIZE[::-1], np.float32), np.zeros(SIZE[::-1], np.float32)
    width, gutter = SIZE[0] - 2 * EDGE, 20
    measure = (width - 2 * gutter) // 3
    y = top(black, colour, kicker, lines, second)
    if name == "splash":
        x, y, across, tall = FRAME
    else:
        across, tall, x = (width, 400, EDGE) if share == 1 else (2 * measure + gutter, 540, EDGE)
    ink, flat = photo(cut, across, tall, rng)
    put(black, ink, x, y)
    put(colour, flat * 0.92, x, y)
    black[y : y + 3, x : x + across] = black[y + tall - 3 : y + tall, x : x + across] = 0.95
    black[y : y + tall, x : x + 3] = black[y : y + tall, x + across - 3 : x + across] = 0.95
    words, below = gossip(rng, 1500), y + tall + 14
    for c in range(3):
        at = y if share < 1 and c == 2 else below
        bottom = SIZE[1] - (176 if share < 1 and c == 2 else 30)  # the price stands below
        column(black, EDGE + c * (measure + gutter), at, measure, bottom, words, 16)
        if c:
            black[at : bottom - 4, EDGE + c * (measure + gutter) - gutter // 2] = 0.55
    if name != "splash":
        roundel(black, colour, SIZE[0] - EDGE - (122 if share == 1 else 178), y - 66 if share == 1 else SIZE[1] - 156)
    return black, colour


@lru_cache
def sheet(name: str) -> np.ndarray:
    """The printed page: the second ink flat and a little off, black over it, folded across the middle."""
    rng = np.random.default_rng(9100 + list(PAGES).index(name))
    width, height = SIZE
    black, colour = forme(name)
    paper = stock(rng, height, width, PAPER)
    aged = np.minimum(*np.mgrid[0:height, 0:width][::-1], dtype=np.float32)
    paper *= (1 - 0.07 * np.exp(-aged / 30))[..., None]
    cover = np.clip(np.roll(colour, (2, -2), (0, 1)) * (0.90 + 0.06 * layered(rng, height, width, 120, 3)), 0, 1)
    paper = paper * (1 - cover[..., None] * (1 - np.array(PAGES[name][4], np.float32) / np.array(PAPER, np.float32)))
    rgb = press(black, paper, rng, 0.93)[..., :3]
    y = np.arange(height, dtype=np.float32)[:, None] - height * 0.485 + cloth(rng, height, width, 60) * 0.8
    fold = (
        0.16 * np.exp(-(((y + 2) / 2.5) ** 2))
        - 0.20 * np.exp(-(((y - 2) / 3.5) ** 2))
        - 0.07 * np.exp(-np.abs(y - 20) / 60) * (y > 0)
    )
    rgb = np.clip(rgb * (1 + fold)[..., None], 0, 1)
    m = 5
    corners = [(m, m), (width - m, m), (width - m, height - m), (m, height - m)]
    points = [(x + rng.uniform(-4, 4), y + rng.uniform(-4, 4)) for x, y in corners]
    return np.concatenate([creased(rgb, rng, 2), shape(points, width, height)[..., None]], -1).astype(np.float32)


def knife(width: int, height: int) -> np.ndarray:
    """Where the scissors went, a little outside the frame: alpha of what they took."""
    x, y, w, h = FRAME
    points = [
        (x - 8, y - 6),
        (x + w * 0.45, y - 9),
        (x + w + 9, y - 7),
        (x + w + 6, y + h * 0.5),
        (x + w + 10, y + h + 7),
    ]
    points += [(x + w * 0.55, y + h + 10), (x - 9, y + h + 7), (x - 6, y + h * 0.4)]
    return shape(points, width, height)


def clipped() -> np.ndarray:
    """The page that has a hole now."""
    page = sheet("splash").copy()
    page[..., 3] *= 1 - knife(*SIZE)
    return page


def clipping() -> np.ndarray:
    """What was in the hole, with a margin of nothing around it."""
    page = sheet("splash").copy()
    page[..., 3] *= knife(*SIZE)
    x, y, w, h = FRAME
    return np.ascontiguousarray(page[y - 20 : y + h + 20, x - 20 : x + w + 20])


SHEETS = {name: partial(sheet, name) for name in PAGES} | {"splash-cut": clipped, "clipping": clipping}
