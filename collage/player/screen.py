"""Whether a window fills the screen: one thing of the window, whatever is shown in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pygame import Window


class Screen:
    """A window's. It begins as a window."""

    def __init__(self, window: Window) -> None:
        self._window, self._filled = window, False

    def turn(self) -> None:
        """Fill the screen, or be a window again."""
        self._filled = not self._filled
        if self._filled:
            self._window.set_fullscreen(desktop=True)
        else:
            self._window.set_windowed()

    def left(self) -> bool:
        """Be a window again; whether it was none."""
        if filled := self._filled:
            self.turn()
        return filled
