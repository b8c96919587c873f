"""`play`: opens the window on a stand and closes it again, whatever happens in between."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.geometry import Size
from collage.player import overlay
from collage.player.ahead import Ahead
from collage.player.clock import Playhead
from collage.player.fit import first_size
from collage.player.kept import Kept, home
from collage.player.live import Live
from collage.player.show import Show
from collage.player.view import printable

if TYPE_CHECKING:
    from pygame import Window

    from collage.stand import Stand

NO_DISPLAY = "no display here: play needs a screen; write frames with: collage export SCENE -o FOLDER"
KEY_REPEAT = (350, 45)
"""Milliseconds before a held key repeats, and between repeats."""


def play(
    stand: Stand,
    *,
    first: int,
    end: int,
    start: int,
    screenshots: Path,
    notice: Callable[[str], None],
    prepare: Callable[[], None] = lambda: None,
    full: bool = False,
) -> None:
    """Play the frames [first, end) of a stand in a window, over and over from `start` on, until somebody quits. What is
    saved meanwhile is shown from the same moment on; a range that ends with the scene goes on ending with it.

    Screenshots go to the folder `screenshots`; `notice` is told in one line what a person should know. `prepare` is
    called once the window is there, before the glass is first needed. `full`: never half as fine to keep time. CollageError
    when there is no display, or when the first frame can't be drawn; a later one is said over the last good
    one. KeyboardInterrupt passes through. The window is closed in every case.
    """
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    import pygame

    try:
        window = _open(stand.size, printable(stand.title))
        head = Playhead(stand.rate, first, end, start).sought(start, 0)
        kept = Kept(stand, start, home())
        if kept.show(window.get_surface()):
            window.flip()
        prepare()
        stand.keep_paper(home() / "paper")
        live = Live(stand)
        with closing(Ahead(stand, full=full)) as pictures:
            show = Show(window, stand, head, screenshots, notice, news=live.news, acetates=[kept], pictures=pictures)
            try:
                with live:
                    show.run()
            finally:
                if show.stand is not stand:
                    show.stand.close()
    finally:
        pygame.quit()


def _open(scene: Size, title: str) -> Window:
    """Only what a window needs is started: no sound, no joysticks. CollageError without a display."""
    import pygame

    try:
        pygame.display.init()
        if pygame.display.get_driver() == "offscreen" and not os.environ.get("SDL_VIDEODRIVER"):
            raise CollageError(NO_DISPLAY)
        pygame.font.init()
        size = first_size(scene, pygame.display.get_desktop_sizes()[0])
        window = pygame.Window(title, size, resizable=True, allow_high_dpi=True)
    except pygame.error as error:
        raise CollageError(f"{NO_DISPLAY} ({error})") from error
    window.set_icon(overlay.icon())
    pygame.key.set_repeat(*KEY_REPEAT)
    return window
