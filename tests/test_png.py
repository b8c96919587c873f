"""PNG files say exactly what the picture said."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from collage.glass.png import encode


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("size", [(1, 1), (1, 7), (5, 1), (37, 53)])
def test_another_reader_finds_the_same_pixels(channels: int, size: tuple[int, int]) -> None:
    """Pillow reads back every byte, whatever the shape."""
    pixels = np.random.default_rng(1).integers(0, 256, (*size, channels), dtype=np.uint8)
    with Image.open(io.BytesIO(encode(pixels))) as image:
        assert image.mode == {3: "RGB", 4: "RGBA"}[channels]
        assert np.array_equal(np.asarray(image), pixels)


def test_the_same_picture_gives_the_same_bytes() -> None:
    """Nothing of the time or the machine's state goes into a file."""
    pixels = np.random.default_rng(2).integers(0, 256, (40, 40, 4), dtype=np.uint8)
    assert encode(pixels) == encode(pixels.copy())


def test_the_file_says_srgb() -> None:
    """Programs that manage colour are told which it is."""
    assert b"sRGB" in encode(np.zeros((2, 2, 3), np.uint8))
