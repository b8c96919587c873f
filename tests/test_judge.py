"""An independent judge: the same random scenes drawn by Skia, a renderer that shares nothing with ours."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from collage.colours import WHITE, Colour
from collage.exposure.cel import Cel
from collage.geometry import Affine
from collage.glass.comp import Glass
from collage.registry.catalogue import Drawing

skia = pytest.importorskip("skia", reason="skia-python needs libEGL and libGL, which this machine lacks")

SCENES = 200
SIZE = (240, 160)
GREY = Colour(128, 128, 128, 255)
NEAR = 1.5
"""Pixels from a piece's outline that count as its edge."""
MODES = {
    "normal": "kSrcOver",
    "multiply": "kMultiply",
    "screen": "kScreen",
    "overlay": "kOverlay",
    "darken": "kDarken",
    "lighten": "kLighten",
    "hard-light": "kHardLight",
    "soft-light": "kSoftLight",
    "difference": "kDifference",
    "exclusion": "kExclusion",
    "atop": "kSrcATop",
    "xor": "kXor",
    "plus-lighter": "kPlus",
}
"""All that Skia has too, but dodge, burn and the non-separable ones, which amplify a level without limit."""


def picture(chance: random.Random, width: int, height: int) -> npt.NDArray[np.uint8]:
    """A straight RGBA picture: slow waves of colour, some of it see-through."""
    y, x = np.mgrid[0:height, 0:width]
    waves = [
        127.5 + 127.5 * np.sin(x * chance.uniform(-0.2, 0.2) + y * chance.uniform(-0.2, 0.2) + chance.uniform(0, 7))
        for _ in range(4)
    ]
    if chance.random() < 0.5:
        waves[3][:] = 255
    return np.stack(waves, axis=-1).round().astype(np.uint8)


def cels(chance: random.Random, folder: Path) -> list[Cel]:
    """A background and some pieces on it, at scale 1 and more."""
    found = []
    for number in range(chance.randint(2, 5)):
        width, height = chance.randint(30, 120), chance.randint(30, 120)
        path = folder / f"{chance.getrandbits(60):x}.png"
        Image.fromarray(picture(chance, width, height)).save(path)
        grown = chance.uniform(1, 3)
        place = Affine.shift(chance.uniform(0, SIZE[0]), chance.uniform(0, SIZE[1]))
        flip = chance.choice((-1, 1))
        turned = Affine.turning(chance.uniform(0, 360)) @ Affine.scaling(grown * flip, grown * chance.uniform(1, 1.3))
        matrix = place @ turned @ Affine.shift(-width / 2, -height / 2)
        blend = chance.choice(list(MODES)) if number else "normal"
        opacity = chance.choice((1.0, chance.uniform(0.1, 1)))
        found.append(Cel(Drawing("a", "a", path, (width, height)), matrix, opacity, WHITE, "a", blend=blend))
    return found


def drawn_by_skia(found: list[Cel]) -> npt.NDArray[np.float64]:
    """Premultiplied RGBA over an opaque grey; each picture with a clear pixel around it, into which its edge fades.

    In floats: Skia's quick 8-bit road truncates, and is off by up to 4 levels itself."""
    surface = skia.Surface.MakeRaster(skia.ImageInfo.Make(*SIZE, skia.kRGBA_F32_ColorType, skia.kPremul_AlphaType))
    canvas = surface.getCanvas()
    canvas.clear(skia.Color4f(*(part / 255 for part in GREY)))
    for cel in found:
        assert isinstance(cel.content, Drawing)
        straight = np.asarray(Image.open(cel.content.path)).astype(np.uint32)
        pixels = straight.copy()
        pixels[..., :3] = (straight[..., :3] * straight[..., 3:] * 2 + 255) // 510
        padded = np.ascontiguousarray(np.pad(pixels, ((1, 1), (1, 1), (0, 0))).astype(np.uint8))
        image = skia.Image.fromarray(padded, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        m = cel.matrix @ Affine.shift(-1, -1)
        canvas.save()
        canvas.concat(skia.Matrix.MakeAll(m.a, m.c, m.e, m.b, m.d, m.f, 0, 0, 1))
        paint = skia.Paint(Alphaf=cel.opacity, BlendMode=getattr(skia.BlendMode, MODES[cel.blend]))
        canvas.drawImage(image, 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear), paint)
        canvas.restore()
    array = np.empty((SIZE[1], SIZE[0], 4), np.float32)
    surface.readPixels(surface.imageInfo(), array, SIZE[0] * 16, 0, 0)
    return np.round(array.astype(np.float64) * 255)


def near_edges(found: list[Cel]) -> npt.NDArray[np.bool_]:
    """The pixels within NEAR of the outline of some piece."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]] + 0.5
    near = np.zeros((SIZE[1], SIZE[0]), bool)
    for cel in found:
        assert isinstance(cel.content, Drawing)
        width, height = cel.content.size
        points = [(0, 0), (width, 0), (width, height), (0, height), (0, 0)]
        corners = [
            (cel.matrix.a * u + cel.matrix.c * v + cel.matrix.e, cel.matrix.b * u + cel.matrix.d * v + cel.matrix.f)
            for u, v in points
        ]
        for (x0, y0), (x1, y1) in pairwise(corners):
            dx, dy = x1 - x0, y1 - y0
            along = np.clip(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy), 0, 1)
            near |= np.hypot(x - x0 - along * dx, y - y0 - along * dy) < NEAR
    return near


@pytest.mark.parametrize("seed", range(SCENES))
def test_skia_draws_the_same_picture(seed: int, tmp_path: Path) -> None:
    """Any scene of pieces at scale 1 and more: at most 2 levels apart, and of the edges at most 0.5 % by over 24."""
    chance = random.Random(seed)
    found = cels(chance, tmp_path)
    glass = Glass()
    ours = glass.comp(found, SIZE, GREY).astype(np.float64)
    apart = np.abs(ours - drawn_by_skia(found)).max(axis=-1)
    edge = near_edges(found)
    assert apart[~edge].max(initial=0) <= 2
    assert (apart[edge] > 24).mean() <= 0.005
