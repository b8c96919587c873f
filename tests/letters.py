"""Pictures as letters: ``picture("R..", ".G.")`` is three pixels by two, so that a test shows what it means."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

COLOURS = {
    ".": (0, 0, 0, 0),
    "R": (255, 0, 0, 255),
    "G": (0, 255, 0, 255),
    "B": (0, 0, 255, 255),
    "W": (255, 255, 255, 255),
    "K": (0, 0, 0, 255),
    "r": (128, 0, 0, 128),
    "g": (0, 128, 0, 128),
    "w": (128, 128, 128, 128),
}
"""Premultiplied RGBA; a small letter is the colour at half strength."""


def picture(*rows: str) -> npt.NDArray[np.uint8]:
    """(height, width, 4) uint8, premultiplied; straight and premultiplied are one for the capital letters."""
    return np.array([[COLOURS[letter] for letter in row] for row in rows], np.uint8)


def letters(pixels: npt.NDArray[np.uint8]) -> list[str]:
    """The rows of letters of a picture; ``?`` for a colour that has none."""
    names = {colour: letter for letter, colour in COLOURS.items()}
    return ["".join(names.get(tuple(int(part) for part in pixel), "?") for pixel in row) for row in pixels]
