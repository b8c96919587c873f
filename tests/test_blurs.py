"""A lens out of focus: Gaussians, or discs of the same width that keep a highlight's light together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Pane
from collage.geometry import Affine
from collage.glass.comp import Glass

Pixels = npt.NDArray[np.uint8]
SIZE = (160, 160)
BLACK = Colour(0, 0, 0)


def drawn(*cels: Cel, paper: Colour | None = None) -> Pixels:
    return Glass().comp(cels, SIZE, paper)


def linear(levels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The light of sRGB, by the standard's formula."""
    part = levels / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def spark(side: float, **how: object) -> Cel:
    """A white square on black that fills the canvas, blurred as one picture."""
    middle = Cel(Card((side, side), WHITE), Affine.shift(80 - side / 2, 80 - side / 2))
    return Cel(Pane((Cel(Card((160.0, 160.0), BLACK)), middle)), **how)  # type: ignore[arg-type]


def spread(light: npt.NDArray[np.float64]) -> float:
    """The variance of light along x."""
    x, column = np.arange(light.shape[1]) + 0.5, light.sum(axis=0) / light.sum()
    return float(((x - (x * column).sum()) ** 2 * column).sum())


@pytest.mark.parametrize("sigma", [2.0, 3.7, 5.0, 9.0])
def test_a_disc_varies_as_its_gaussian(sigma: float) -> None:
    """Light is spread over a disc as wide as a Gaussian of that sigma, and none of it gets lost."""
    sharp, out = drawn(spark(24)), drawn(spark(24, blur=sigma, bokeh=True))
    before, after = linear(sharp[..., 0].astype(float)), linear(out[..., 0].astype(float))
    assert abs(after.sum() / before.sum() - 1) < 0.02
    assert abs(spread(after) - spread(before) - sigma**2) < 0.06 * sigma**2 + 0.3


def test_a_spark_becomes_a_flat_disc() -> None:
    """Even within, nothing without: where a Gaussian has a peak and a tail."""
    out = drawn(spark(8, blur=10.0, bokeh=True))[..., 0].astype(int)
    y, x = np.mgrid[0:160, 0:160] + 0.5 - 80
    radius = np.hypot(x, y)
    inside, outside = out[radius < 13], out[radius > 29]
    assert inside.max() - inside.min() <= 12
    assert outside.max() == 0
    assert inside.min() > 30
    gauss = drawn(spark(8, blur=10.0))[..., 0]
    assert gauss[radius < 13].max() < inside.min()  # sRGB makes a spark's mean grey, light keeps it bright


def test_a_clear_piece_keeps_its_colour() -> None:
    """An orange card out of focus stays orange to its last faint pixel, premultiplied, with a disc's edge."""
    orange = Colour(240, 140, 30)
    out = drawn(Cel(Card((40.0, 40.0), orange), Affine.shift(60, 60), blur=6.0, bokeh=True)).astype(int)
    assert (out[..., :3] <= out[..., 3:]).all()
    solid = out[out[..., 3] > 90]
    straight = solid[:, :3] * 255 / solid[:, 3:]
    assert np.abs(straight - orange[:3]).max() < 4
    assert out[80, 80].tolist() == [*orange]


@pytest.mark.parametrize("bokeh", [False, True])
def test_absurd_blurs_are_clamped(bokeh: bool) -> None:
    """However wide, and whatever is no number at all."""
    for blur in (1e3, 1e9, float("inf")):
        out = drawn(Cel(Card((90.0, 90.0), WHITE), blur=blur, bokeh=bokeh))
        assert out.shape == (160, 160, 4)
    sharp = drawn(Cel(Card((90.0, 90.0), WHITE)))
    for blur in (float("nan"), -3.0):
        assert np.array_equal(drawn(Cel(Card((90.0, 90.0), WHITE), blur=blur, bokeh=bokeh)), sharp)
