"""PNG files say exactly what the picture said."""

from __future__ import annotations

import io
import os
import subprocess
import sys

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


def test_what_memory_held_before_never_shows() -> None:
    """Pictures of every size give the same bytes whatever malloc's fresh memory is filled with (glibc can say)."""
    code = (
        "import hashlib, numpy as np; from collage.glass.png import encode\n"
        "pictures = [np.full((1 + n % 7, 2 + n % 31, 3), (n % 256, 10, 20), np.uint8) for n in range(1500)]\n"
        "pictures.append(np.random.default_rng(1).integers(0, 9, (200, 300, 4), dtype=np.uint8))\n"
        "print([hashlib.md5(encode(picture)).hexdigest() for picture in pictures])"
    )
    heap = {"MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TOP_PAD_": "100000000"}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **heap, "MALLOC_PERTURB_": fill}, capture_output=True, text=True, check=True,
        ).stdout
        for fill in ("0", "1", "85", "255")
    ]  # fmt: skip
    assert len(runs[0]) > 1000
    assert len(set(runs)) == 1


def test_the_file_says_srgb() -> None:
    """Programs that manage colour are told which it is."""
    assert b"sRGB" in encode(np.zeros((2, 2, 3), np.uint8))
