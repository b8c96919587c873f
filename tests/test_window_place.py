"""Where a window comes back, and how large."""

from __future__ import annotations

import pytest

from collage.player import window
from collage.player.state import State


@pytest.mark.parametrize(
    ("place", "there"), [((0, 0), True), ((1900, 20), True), ((-1, 0), False), ((2990, 0), False), ((0, 1000), False)]
)
def test_a_window_comes_back_only_where_it_can_be_taken_hold_of(place: tuple[int, int], there: bool) -> None:
    """A place on a desktop that has gone is forgotten."""
    assert window.on_a_desktop(place, [(1920, 1080), (1024, 768)]) is there


@pytest.mark.parametrize(
    ("left", "opened_at"),
    [(None, (640, 360)), ((800, 500), (800, 500)), ((9000, 500), (640, 360)), ((3, 3), (640, 360))],
)
def test_a_window_is_as_large_as_it_was_left(left: tuple[int, int] | None, opened_at: tuple[int, int]) -> None:
    """If that is a size a window can have here."""
    assert window._size((640, 360), State(size=left).size, (1920, 1080)) == opened_at
