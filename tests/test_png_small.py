"""PNG files that are smaller, and PNG files of 16 bits, say what the picture said too."""

from __future__ import annotations

import io

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from collage.glass.png import encode, encode16, encode_small

Pixels = npt.NDArray[np.uint8]
SHAPES = [(1, 1, 3), (1, 9, 4), (9, 1, 3), (63, 5, 4), (64, 31, 3), (130, 40, 4)]
SRGB = 13
"""Bytes by which the file says that it is sRGB, which Pillow leaves out."""


def read(content: bytes) -> Pixels:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return np.asarray(image)


def levels(content: bytes) -> npt.NDArray[np.uint16]:
    """As OpenCV reads them, in the order red, green, blue."""
    found = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert found is not None
    return np.asarray(cv2.cvtColor(found, cv2.COLOR_BGR2RGB if found.shape[2] == 3 else cv2.COLOR_BGRA2RGBA), np.uint16)


def photograph() -> Pixels:
    """Soft shapes with the noise of a camera."""
    rng = np.random.default_rng(1)
    soft = cv2.resize(rng.integers(0, 256, (9, 16, 3), np.uint8), (320, 180), interpolation=cv2.INTER_CUBIC)
    return np.clip(soft + rng.normal(0, 3, soft.shape), 0, 255).astype(np.uint8)


def halftone() -> Pixels:
    """Round dots of ink at an angle, on paper."""
    y, x = np.mgrid[0:180, 0:320]
    dots = np.sin(0.9 * x + 0.5 * y) * np.sin(0.5 * x - 0.9 * y) > 1 - x / 180
    return np.where(dots[..., None], (46, 38, 34), (214, 200, 168)).astype(np.uint8)


def flat() -> Pixels:
    """Cut paper without any texture."""
    picture = np.full((180, 320, 4), (214, 200, 168, 255), np.uint8)
    cv2.circle(picture, (100, 90), 60, (92, 156, 160, 255), -1, cv2.LINE_AA)
    cv2.rectangle(picture, (150, 30), (280, 110), (184, 64, 46, 255), -1)
    return picture


@pytest.mark.parametrize("shape", SHAPES)
def test_a_small_file_holds_every_byte(shape: tuple[int, int, int]) -> None:
    """Pillow reads back what was there, whatever the shape, of noise and of nothing."""
    noise = np.random.default_rng(3).integers(0, 256, shape, dtype=np.uint8)
    for pixels in (noise, noise & 15, np.zeros(shape, np.uint8)):
        assert np.array_equal(read(encode_small(pixels)), pixels)
        assert encode_small(pixels) == encode_small(pixels.copy())


@pytest.mark.parametrize("picture", [photograph, halftone, flat])
def test_a_small_file_is_no_larger_than_anothers(picture: object) -> None:
    """Photographs, printed dots and flat art: no larger than Pillow makes them at its smallest."""
    assert callable(picture)
    pixels = picture()
    others = []
    for how in ({"compress_level": 9}, {"optimize": True}):
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, "PNG", **how)
        others.append(out.tell())
    assert len(encode_small(pixels)) <= min(others) + SRGB
    assert len(encode_small(pixels)) < len(encode(pixels))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("small", [False, True])
def test_another_reader_finds_all_16_bits(shape: tuple[int, int, int], small: bool) -> None:
    """OpenCV reads back every level, the nearest to what was asked for, as far as floats can tell."""
    picture = np.random.default_rng(4).random(shape, np.float32)
    picture[0, 0, :2] = 0.0, 1.0
    assert np.abs(levels(encode16(picture, small)) - picture.astype(np.float64) * 65535).max() <= 0.5 + 2**-8


def test_what_lies_beyond_black_and_white_is_black_and_white() -> None:
    """Rounding in floats may leave 0 to 1 by a hair; a file must not turn that over."""
    picture = np.array([[[-1e-7, 1 + 1e-7, 0.5], [-1, 2, 1 / 65535]]], np.float32)
    assert levels(encode16(picture)).tolist() == [[[0, 65535, 32768], [0, 65535, 1]]]


def test_the_kind_of_a_file_is_in_its_head() -> None:
    """8 or 16 bits, with alpha or without, and sRGB in all."""
    for channels, colour in ((3, 2), (4, 6)):
        deep, plain = (
            encode16(np.zeros((2, 3, channels), np.float32)),
            encode_small(np.zeros((2, 3, channels), np.uint8)),
        )
        for content, bits in ((deep, 16), (plain, 8)):
            assert content[16:29] == bytes([0, 0, 0, 3, 0, 0, 0, 2, bits, colour, 0, 0, 0])
            assert b"sRGB" in content
