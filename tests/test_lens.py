"""The lens: where the canvas lies in the window, near or far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.player.fit import centred, scale_into
from collage.player.lens import NEAREST, Lens

sides = st.tuples(st.integers(8, 4000), st.integers(8, 4000))
points = st.tuples(st.floats(0, 4000), st.floats(0, 4000))


@given(sides, sides)
def test_at_first_the_canvas_lies_in_the_middle_as_large_as_it_fits(
    canvas: tuple[int, int], room: tuple[int, int]
) -> None:
    """The middle of the canvas is the middle of the window, to a pixel."""
    lens = Lens(canvas, room)
    assert lens.scale == scale_into(canvas, room)
    middle = lens.matrix.at((canvas[0] / 2, canvas[1] / 2))
    assert middle == pytest.approx(centred((0, 0), room), abs=1.01)


@given(sides, sides, points, st.floats(0.2, 5))
def test_zooming_keeps_what_is_under_the_pointer(
    canvas: tuple[int, int], room: tuple[int, int], about: tuple[float, float], factor: float
) -> None:
    """Near or far, the point of the canvas under the pointer stays there to a window pixel."""
    lens = Lens(canvas, room)
    nearer = lens.zoomed(factor, about)
    assert nearer.matrix.at(lens.on_canvas(about)) == pytest.approx(about, abs=1.5)


def test_a_zoom_ends_somewhere() -> None:
    """However often the wheel turns, a pixel grows to NEAREST at most, and a canvas never vanishes."""
    lens = Lens((1920, 1080), (960, 540))
    for _ in range(200):
        lens = lens.zoomed(1.2, (0, 0))
    assert lens.scale == NEAREST
    for _ in range(200):
        lens = lens.zoomed(0.8, (0, 0))
    assert lens.scale == 0.5 / 8


@given(sides, sides, st.integers(-500, 500), st.integers(-500, 500))
def test_panning_pulls_the_canvas_along(canvas: tuple[int, int], room: tuple[int, int], dx: int, dy: int) -> None:
    """What lies under the pointer goes with it."""
    lens = Lens(canvas, room)
    before, after = lens.matrix.at((0, 0)), lens.panned(dx, dy).matrix.at((0, 0))
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((dx, dy), abs=1.01)


def test_fit_and_pixel_for_pixel() -> None:
    """0 shows all again; 1 gives each pixel of the canvas one of the window, about what is in the middle."""
    lens = Lens((1920, 1080), (960, 540)).zoomed(3, (10, 10))
    assert lens.fitted() == Lens((1920, 1080), (960, 540))
    assert lens.plain().scale == 1
    assert lens.plain().centre == lens.centre


def test_another_canvas_is_seen_whole_again_and_the_same_one_as_before() -> None:
    """A saved scene keeps the zoom; one of another size is shown as large as it fits."""
    lens = Lens((1920, 1080), (960, 540)).zoomed(3, (10, 10))
    assert lens.over((1920, 1080), (960, 540)) is lens
    assert lens.over((1920, 1080), (500, 500)).zoom == lens.zoom
    assert lens.over((640, 480), (960, 540)).zoom is None
