"""A typeface of our own, as scissors cut letters: heavy, straight-edged, no two edges quite true.

Each letter is a few strokes on a grid; each stroke becomes a four-cornered piece of paper. The file is TrueType as its
specification has it (ISO/IEC 14496-22), with no more tables than a rasteriser needs.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import pairwise
from math import hypot
from pathlib import Path
from random import Random

FILE = Path(__file__).resolve().parent.parent / "type" / "knife.ttf"
EM, GRID, HALF, JITTER = 1000, 108, 72, 9
"""Units of the em, of a step of the grid, of half a stroke, and of the hand's error."""
TALL = 6
SPACE = 0.75

Stroke = tuple[tuple[float, float], ...]
LETTERS: Mapping[str, tuple[float, str]] = {
    "A": (4, "0,0 1.6,6 2.4,6 4,0|0.8,2 3.2,2"), "B": (3.6, "0,0 0,6 2.8,6 3.4,5 2.6,3.2 0,3.2|2.6,3.2 3.6,2 3,0 0,0"),
    "C": (3.6, "3.6,5 2.8,6 0.8,6 0,5 0,1 0.8,0 2.8,0 3.6,1"), "D": (3.8, "0,0 0,6 2.4,6 3.8,4.6 3.8,1.4 2.4,0 0,0"),
    "E": (3.2, "3.2,6 0,6 0,0 3.2,0|0,3.1 2.6,3.1"), "F": (3.2, "3.2,6 0,6 0,0|0,3 2.6,3"),
    "G": (3.8, "3.6,5 2.8,6 0.8,6 0,5 0,1 0.8,0 3.8,0 3.8,2.8 2.3,2.8"), "H": (3.8, "0,0 0,6|3.8,0 3.8,6|0,3 3.8,3"),
    "I": (0, "0,0 0,6"), "J": (2.8, "2.8,6 2.8,1 2,0 0.8,0 0,1 0,1.8"),
    "K": (3.8, "0,0 0,6|3.6,6 0.4,2.8|1.4,3.6 3.8,0"), "L": (3, "0,6 0,0 3,0"),
    "M": (4.8, "0,0 0,6 2.4,2.2 4.8,6 4.8,0"), "N": (4, "0,0 0,6 4,0 4,6"),
    "O": (4, "0.9,0 0,1.2 0,4.8 0.9,6 3.1,6 4,4.8 4,1.2 3.1,0 0.9,0"),
    "P": (3.4, "0,0 0,6 2.7,6 3.4,5 3.4,3.8 2.7,2.8 0,2.8"),
    "Q": (4, "0.9,0 0,1.2 0,4.8 0.9,6 3.1,6 4,4.8 4,1.2 3.1,0 0.9,0|2.4,1.8 4.2,-0.3"),
    "R": (3.6, "0,0 0,6 2.7,6 3.4,5 3.4,4 2.7,3 0,3|1.9,3 3.6,0"),
    "S": (3.4, "3.4,5 2.6,6 0.8,6 0,5.1 0,4.2 0.8,3.3 2.6,2.8 3.4,1.9 3.4,0.9 2.6,0 0.8,0 0,1"),
    "T": (4, "0,6 4,6|2,6 2,0"), "U": (3.8, "0,6 0,1.1 0.9,0 2.9,0 3.8,1.1 3.8,6"), "V": (4, "0,6 1.9,0 2.1,0 4,6"),
    "W": (5.4, "0,6 1.2,0 2.7,4.6 4.2,0 5.4,6"), "X": (4, "0,0 4,6|0,6 4,0"), "Y": (4, "0,6 2,2.9 4,6|2,2.9 2,0"),
    "Z": (3.6, "0,6 3.6,6 0,0 3.6,0"), "0": (3.6, "0.9,0 0,1.2 0,4.8 0.9,6 2.7,6 3.6,4.8 3.6,1.2 2.7,0 0.9,0"),
    "1": (1.4, "0,4.8 1.4,6 1.4,0"), "2": (3.4, "0,5 0.8,6 2.6,6 3.4,5 3.4,4 0,0 3.4,0"),
    "3": (3.4, "0,6 3.2,6 1.6,3.6 2.6,3.4 3.4,2.4 3.4,1 2.6,0 0.8,0 0,0.9"), "4": (3.8, "2.8,0 2.8,6 0,2 3.8,2"),
    "5": (3.4, "3.2,6 0.2,6 0,3.4 2.6,3.6 3.4,2.6 3.4,1 2.6,0 0.8,0 0,0.9"),
    "6": (3.4, "3,6 1.4,6 0,4.2 0,1 0.8,0 2.6,0 3.4,1 3.4,2.4 2.6,3.3 0,3"), "7": (3.4, "0,6 3.4,6 1.2,0"),
    "8": (3.4, "0.9,3.1 0.1,4 0.1,5.1 0.9,6 2.5,6 3.3,5.1 3.3,4 2.5,3.1"
    " 0.9,3.1 0,2.1 0,1 0.8,0 2.6,0 3.4,1 3.4,2.1 2.5,3.1"),
    "9": (3.4, "0.4,0 2,0 3.4,1.8 3.4,5 2.6,6 0.8,6 0,5 0,3.6 0.8,2.7 3.4,3"), ".": (0, "0,0 0,0.1"),
    ",": (0.4, "0.3,0.2 0,-0.9"), "!": (0, "0,6 0,2.2|0,0 0,0.1"), "'": (0, "0,6 0,4.8"),
    "?": (3.2, "0,5 0.7,6 2.5,6 3.2,5 3.2,4 1.6,2.9 1.6,2|1.6,0 1.6,0.1"), "-": (1.8, "0,3 1.8,3"),
    ":": (0, "0,0.6 0,0.7|0,3.8 0,3.9"),
    "&": (4, "4,0 0.6,4.4 0.6,5.2 1.3,6 2.1,6 2.8,5.2 2.8,4.4 0,1.8 0,0.9 0.8,0 2.2,0 3.8,2.2"),
    "/": (2.4, "0,0 2.4,6"), '"': (1.2, "0,6 0,4.8|1.2,6 1.2,4.8"),
}  # fmt: skip


def strokes(letter: str) -> list[Stroke]:
    """The lines of a letter, as points of the grid."""
    lines = (line.split() for line in LETTERS[letter][1].split("|"))
    return [tuple((float(x), float(y)) for x, y in (point.split(",") for point in line)) for line in lines]


def pieces(letter: str) -> list[list[tuple[int, int]]]:
    """The cut pieces of a letter, clockwise, in units of the em; where they overlap they are one."""
    hand = Random(f"knife {letter}")
    cut = []
    for line in strokes(letter):
        for (ax, ay), (bx, by) in pairwise(line):
            long = hypot(bx - ax, by - ay)
            ux, uy = (bx - ax) / long * HALF, (by - ay) / long * HALF
            past = 1.0 if 0 in (bx - ax, by - ay) else 0.6
            ends = ((ax * GRID - ux * past, ay * GRID - uy * past), (bx * GRID + ux * past, by * GRID + uy * past))
            corners = [
                (ends[0][0] - uy, ends[0][1] + ux), (ends[1][0] - uy, ends[1][1] + ux),
                (ends[1][0] + uy, ends[1][1] - ux), (ends[0][0] + uy, ends[0][1] - ux),
            ]  # fmt: skip
            cut.append(
                [_shaken(x, min(max(y, -HALF - 80 * (ay < 0 or by < 0)), TALL * GRID + HALF), hand) for x, y in corners]
            )
    return cut


def _shaken(x: float, y: float, hand: Random) -> tuple[int, int]:
    return round(x + HALF + hand.uniform(-JITTER, JITTER)), round(y + HALF + hand.uniform(-JITTER, JITTER))


def glyph(contours: list[list[tuple[int, int]]]) -> bytes:
    """A simple glyph: straight lines only, every coordinate in two bytes."""
    if not contours:
        return b""
    points = [point for contour in contours for point in contour]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    ends, total = [], -1
    for contour in contours:
        total += len(contour)
        ends.append(total)
    moved = [[b - a for a, b in zip([0, *along], along, strict=False)] for along in (xs, ys)]
    made = struct.pack(">hhhhh", len(contours), min(xs), min(ys), max(xs), max(ys))
    made += struct.pack(f">{len(ends)}HH", *ends, 0) + b"\x01" * len(points)
    made += b"".join(struct.pack(f">{len(along)}h", *along) for along in moved)
    return made + b"\0" * (-len(made) % 4)


def characters() -> dict[int, int]:
    """Glyphs by code point: small letters are as capital ones; typographic quotes as straight ones."""
    places = {letter: number for number, letter in enumerate(LETTERS, 2)}
    found = {ord(letter): place for letter, place in places.items()}
    found |= {ord(letter.lower()): place for letter, place in places.items() if letter.isalpha()}
    return found | {
        0x20: 1,
        0xA0: 1,
        0x2019: places["'"],
        0x2018: places["'"],
        0x2013: places["-"],
        0x2014: places["-"],
    }


def cmap(codes: Mapping[int, int]) -> bytes:
    """Format 4: a segment for each character."""
    ordered = sorted(codes.items())
    starts = [code for code, _ in ordered] + [0xFFFF]
    deltas = [(place - code) % 65536 for code, place in ordered] + [1]
    count = len(starts)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(
        ">HHHHHHH", 4, 16 + 8 * count, 0, 2 * count, 2 * power, power.bit_length() - 1, 2 * (count - power)
    )
    words = struct.pack(f">{count}HH{count}H{count}H{count}H", *starts, 0, *starts, *deltas, *[0] * count)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + head + words


def font() -> bytes:
    """The whole file."""
    shapes = [[], [], *map(pieces, LETTERS)]
    widths = [4 * GRID, round(2.2 * GRID)] + [
        round(wide * GRID + 2 * HALF + SPACE * GRID) for wide, _ in LETTERS.values()
    ]
    glyphs = [glyph(shape) for shape in shapes]
    offsets = [sum(map(len, glyphs[:count])) for count in range(len(glyphs) + 1)]
    points, contours = max(sum(map(len, shape)) for shape in shapes), max(map(len, shapes))
    top, foot = TALL * GRID + 2 * HALF + 40, -120
    tables = {
        b"cmap": cmap(characters()),
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            0x10000,
            0x10000,
            0,
            0x5F0F3CF5,
            3,
            EM,
            0,
            0,
            -40,
            foot,
            max(widths),
            top,
            0,
            8,
            2,
            1,
            0,
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhh8xhH", 0x10000, top, foot, 60, max(widths), -40, 0, max(widths), 1, 0, 0, 0, len(shapes)
        ),
        b"hmtx": b"".join(struct.pack(">Hh", wide, 0) for wide in widths),
        b"loca": struct.pack(f">{len(offsets)}I", *offsets),
        b"maxp": struct.pack(
            ">IHHHHHHHHHHHHHH", 0x10000, len(shapes), points, contours, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0
        ),
    }
    return _bound(tables)


def _bound(tables: Mapping[bytes, bytes]) -> bytes:
    """Tables with their directory before them."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    directory = struct.pack(">IHHHH", 0x10000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    place, body = 12 + 16 * count, b""
    for tag, table in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _sum(table), place + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return directory + body


def _sum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) % 2**32


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(font())
