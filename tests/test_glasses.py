"""Looking nearer in the window: wheel, middle button, 0, 1 and T."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from stagehands import FakeStand, perform, press

from collage.player.glasses import Glasses
from collage.player.lens import Lens

pytestmark = pytest.mark.usefixtures("dummy")


def mouse(kind: str, **facts: Any) -> Any:
    """An event of the mouse."""
    import pygame

    return pygame.event.Event(getattr(pygame, kind), **facts)


class Columns(FakeStand):
    """A stand whose left half is red, whose right half blue."""

    def picture(self, frame: int, scale: float = 1.0) -> Any:
        made = super().picture(frame, scale)
        made[:, : made.shape[1] // 2] = (255, 0, 0, self.alpha)
        made[:, made.shape[1] // 2 :] = (0, 0, 255, self.alpha)
        return made


def looked(script: list[list[Any]], tmp_path: Path, **facts: Any) -> SimpleNamespace:
    """A show that is paused, then given the script."""
    return perform([press("space", " "), *script], tmp_path, acetates=[Glasses()], **facts)


def test_the_middle_button_pulls_the_picture(tmp_path: Path) -> None:
    """Held and moved, the picture follows; let go, it stays."""
    pull = [
        mouse("MOUSEBUTTONDOWN", button=2, pos=(160, 90)),
        mouse("MOUSEMOTION", rel=(-100, 0), pos=(60, 90), buttons=(0, 1, 0)),
        mouse("MOUSEBUTTONUP", button=2, pos=(60, 90)),
        mouse("MOUSEMOTION", rel=(-50, 0), pos=(10, 90), buttons=(0, 0, 0)),
    ]
    seen = looked([pull], tmp_path, stand=Columns()).window.seen[-1]
    assert tuple(seen[90, 55]) == (255, 0, 0)
    assert tuple(seen[90, 65]) == (0, 0, 255)


def test_the_wheel_enlarges_and_0_shows_all_again(tmp_path: Path) -> None:
    """A notch nearer shows larger pixels, the same comp; 0 goes back to the whole."""
    stand = Columns()
    near = looked([[mouse("MOUSEWHEEL", y=4, precise_y=4.0)]], tmp_path, stand=stand)
    assert near.lens.scale == pytest.approx(1.2**4)
    assert {scale for _, scale in stand.asked} == {1.0}
    back = looked([[mouse("MOUSEWHEEL", y=4, precise_y=4.0)], press("0", "0")], tmp_path)
    assert back.lens == Lens((320, 180), (320, 180))


def test_1_is_pixel_for_pixel(tmp_path: Path) -> None:
    """In a small window 1 shows each pixel of the canvas as one of the window."""
    stand = Columns()
    shown = looked([press("1", "1")], tmp_path, stand=stand, size=(160, 90))
    assert shown.lens.scale == 1
    assert stand.asked[-1][1] == 1.0
    assert np.array_equal(shown.window.seen[-1][45, 79], (255, 0, 0))
    assert np.array_equal(shown.window.seen[-1][45, 80], (0, 0, 255))


def test_t_changes_what_is_behind_transparent_paper(tmp_path: Path) -> None:
    """Checks by default; T shows black, and checks again."""
    views = looked([press("t", "t"), press("t", "t")], tmp_path, stand=FakeStand(alpha=0)).window.seen
    last, before, first = (views[number][90, 160].max() for number in (-1, -2, -3))
    assert (first > 200, before, last > 200) == (True, 0, True)
