"""The loops over pixels are exact: every claim here is to the bit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from numba import njit

from collage.glass import kernels

Pixels = npt.NDArray[np.uint8]


def words(pixels: Pixels) -> npt.NDArray[np.uint32]:
    return pixels.view(np.uint32)[..., 0]


def random_premultiplied(rng: np.random.Generator, height: int, width: int) -> Pixels:
    alpha = rng.integers(0, 256, (height, width, 1))
    alpha[rng.random((height, width, 1)) < 0.2] = 255
    alpha[rng.random((height, width, 1)) < 0.2] = 0
    colour = rng.integers(0, 256, (height, width, 3)) * alpha // 255
    return np.concatenate([colour, alpha], axis=2).astype(np.uint8)


def over_exact(backdrop: npt.NDArray[np.int64], source: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """round(source + backdrop * (255 - alpha) / 255) in whole numbers."""
    return source + (2 * backdrop * (255 - source[..., 3:]) + 255) // 510


def test_over_is_exactly_rounded_for_every_alpha_and_backdrop() -> None:
    """All 65,536 pairs of alpha and backdrop, in each of the four channels."""
    alpha, below = np.meshgrid(np.arange(256), np.arange(256), indexing="ij")
    source = np.stack([alpha // 2, alpha, alpha * 0, alpha], axis=2).astype(np.uint8)
    backdrop = np.stack([below] * 4, axis=2).astype(np.uint8)
    expected = over_exact(backdrop.astype(np.int64), source.astype(np.int64))
    kernels.over(words(backdrop), words(source))
    assert np.array_equal(backdrop, expected)


@pytest.mark.parametrize("width", [1, 15, 16, 17, 64, 100])
def test_over_treats_runs_and_remainders_alike(width: int) -> None:
    """Whatever the width, pixels in runs of sixteen and those left over get the same arithmetic."""
    rng = np.random.default_rng(width)
    backdrop, source = random_premultiplied(rng, 9, width), random_premultiplied(rng, 9, width)
    source[2], source[3] = 0, 255
    expected = over_exact(backdrop.astype(np.int64), source.astype(np.int64))
    kernels.over(words(backdrop), words(source))
    assert np.array_equal(backdrop, expected)


def test_over_leaves_pixels_outside_a_slice_alone() -> None:
    """A patch laid into a picture's slice touches that slice only."""
    backdrop = np.full((6, 40, 4), 7, np.uint8)
    kernels.over(words(backdrop)[1:5, 3:37], words(np.full((4, 34, 4), 255, np.uint8)))
    assert (backdrop[1:5, 3:37] == 255).all()
    assert (backdrop[[0, 5]] == 7).all()
    assert (backdrop[:, [0, 1, 2, 37, 38, 39]] == 7).all()


def test_24_layers_stay_close_to_float64() -> None:
    """24 stacked random layers: at most 3 levels from a float64 reference, 0.05 off on average."""
    rng = np.random.default_rng(24)
    picture = random_premultiplied(rng, 200, 200)
    picture[..., 3] = 255
    exact = picture.astype(np.float64)
    for _ in range(24):
        layer = random_premultiplied(rng, 200, 200)
        kernels.over(words(picture), words(layer))
        exact = layer + exact * (255 - layer[..., 3:].astype(np.float64)) / 255
    error = picture - exact
    assert np.abs(error).max() <= 3
    assert abs(error.mean()) < 0.05


def test_96_veils_of_alpha_1_darken_200_to_127() -> None:
    """Eight bits rounded at each pass give 127, where truncation would stay at 200."""
    backdrop, veil = np.full((1, 20, 4), 200, np.uint8), np.zeros((1, 20, 4), np.uint8)
    backdrop[..., 3], veil[..., 3] = 255, 1
    for _ in range(96):
        kernels.over(words(backdrop), words(veil))
    assert (backdrop == (127, 127, 127, 255)).all()


def test_dye_multiplies_and_rounds_half_up() -> None:
    """Each channel times its factor in 1/65536; colour never comes to exceed alpha."""
    rng = np.random.default_rng(5)
    pixels = random_premultiplied(rng, 64, 64)
    factors = (10_000, 65_536 // 2, 0, 50_000)
    expected = (pixels.astype(np.int64) * factors + 32_768) >> 16
    kernels.dye(words(pixels), *factors)
    assert np.array_equal(pixels, expected)
    assert (pixels[..., :3] <= pixels[..., 3:]).all()


def test_straighten_undoes_premultiplying() -> None:
    """round(colour * 255 / alpha) for every alpha and colour under it, and nothing where nothing is seen."""
    alpha, colour = np.meshgrid(np.arange(256), np.arange(256), indexing="ij")
    colour = np.minimum(colour, alpha)
    pixels = np.stack([colour, colour // 2, colour * 0, alpha], axis=2).astype(np.uint8)
    got = kernels.straighten(words(pixels)).view(np.uint8).reshape(pixels.shape)
    whole = pixels.astype(np.int64)
    safe = np.maximum(whole[..., 3:], 1)
    expected = np.where(whole[..., 3:] > 0, (whole[..., :3] * 255 + safe // 2) // safe, 0)
    assert np.array_equal(got[..., :3], expected)
    assert np.array_equal(got[..., 3], pixels[..., 3])


def test_plus_lighter_adds_and_stops_at_full() -> None:
    """All 65,536 pairs of bytes in each channel, in runs and in slices."""
    above, below = np.meshgrid(np.arange(256), np.arange(256), indexing="ij")
    source = np.stack([above, above[::-1], above * 0, above], axis=2).astype(np.uint8)
    backdrop = np.stack([below, below, below, below[:, ::-1]], axis=2).astype(np.uint8)
    expected = np.minimum(backdrop.astype(int) + source, 255)
    kernels.plus_lighter(words(backdrop)[:, 3:], words(source)[:, 3:])
    assert np.array_equal(backdrop[:, 3:], expected[:, 3:])
    assert (backdrop[:, :3, 0] == below[:, :3]).all()


def test_plus_lighter_keeps_colour_under_alpha() -> None:
    """The sum of two premultiplied pixels is one."""
    rng = np.random.default_rng(11)
    backdrop, source = random_premultiplied(rng, 60, 70), random_premultiplied(rng, 60, 70)
    kernels.plus_lighter(words(backdrop), words(source))
    assert (backdrop[..., :3] <= backdrop[..., 3:]).all()


def test_scaled_is_exactly_rounded() -> None:
    """All 65,536 pairs of channel and share, in each of the four channels."""
    part, channel = np.meshgrid(np.arange(256, dtype=np.uint32), np.arange(256, dtype=np.uint32), indexing="ij")
    got = scaled_all((channel * np.uint32(0x01010101)).astype(np.uint32), part).view(np.uint8).reshape(256, 256, 4)
    assert np.array_equal(got, np.repeat(((2 * part * channel + 255) // 510)[..., None], 4, axis=2))


@njit
def scaled_all(pixels: npt.NDArray[np.uint32], parts: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    out = np.empty_like(pixels)
    for y in range(256):
        for x in range(256):
            out[y, x] = kernels.scaled(pixels[y, x], parts[y, x])
    return out
