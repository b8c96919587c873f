"""Opens the window, on one stand (`play`) or on a wall of all there are (`browse`), and closes it again, whatever
happens in between."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from collage.errors import CollageError, RunError
from collage.geometry import Size
from collage.player import bindings, overlay, state
from collage.player.acetate import Acetate
from collage.player.ahead import Ahead
from collage.player.clock import Playhead
from collage.player.fit import LEAST, first_size
from collage.player.kept import Glimpse, Kept, glimpse, home
from collage.player.keys import Keymap
from collage.player.live import Live
from collage.player.screen import Screen
from collage.player.show import Show
from collage.player.state import State
from collage.player.view import printable

if TYPE_CHECKING:
    from pygame import Window

    from collage.player.audio import Audio
    from collage.player.darkroom import Opened
    from collage.stand import Stand

NO_DISPLAY = "no display here: play needs a screen; write frames with: collage export SCENE -o FOLDER"
KEY_REPEAT = (350, 45)
"""Milliseconds before a held key repeats, and between repeats."""
WALL = Path()
"""Stands for the wall where the file that is to be seen next is named."""
WALL_SIZE = (1216, 760)
MOVED = 64
"""Pixels: desktops put a window a little beside where it was asked for, people farther."""
GRIP = 100
"""Pixels of a window that must be on a desktop, so that it can be taken hold of."""


def acetates(stand: Stand, kept: Kept, audio: Audio, *, still: bool) -> list[Acetate]:
    """All there is over the picture, the lowest first; loaded only once there is something to see."""
    from collage.player.bar import Bar
    from collage.player.glasses import Glasses
    from collage.player.hands import Hands
    from collage.player.marks import Marks
    from collage.player.onion import Onion
    from collage.player.xray import Xray

    return [audio, kept, Glasses(), Onion(), Marks(), Hands(audio.play, still=still), Xray(), Bar(stand)]


class Way(NamedTuple):
    """How things are shown: `screenshots` go to that folder, `notice` is told in one line what a person should know,
    `prepare` is called once the window is there, before the glass is first needed. `full`: never half as fine to keep
    time. `still`: nothing moves but what plays."""

    screenshots: Path
    notice: Callable[[str], None]
    prepare: Callable[[], None] = lambda: None
    full: bool = False
    still: bool = False


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
    still: bool = False,
    house: _House | None = None,
) -> None:
    """Play the frames [first, end) of a stand in a window, over and over from `start` on, until somebody quits. What is
    saved meanwhile is shown from the same moment on; a range that ends with the scene goes on ending with it.

    `house` is the window that `early` has opened. The rest is as in a `Way`. CollageError when there is no display, or
    when the first frame can't be drawn; a later one is said over the last good one. KeyboardInterrupt passes through.
    The window is closed in every case.
    """
    way = Way(screenshots, notice, prepare, full, still)
    with nullcontext(house) if house else _house(stand.size, stand.title, way) as ready:
        ready.show(stand, Playhead(stand.rate, first, end, start).sought(start, 0))


@contextmanager
def early(scene: Path, frame: int, way: Way) -> Iterator[_House | None]:
    """A window that shows at once what was kept of a frame, before a scene or a film is read, which may take seconds;
    None where nothing was kept, or something has changed since. CollageError when there is no display."""
    kept = glimpse(scene, home())
    if kept is None or kept.frame != frame:
        yield None
        return
    with _house(kept.size, kept.title, way) as house:
        house.glimpse(kept)
        yield house


def browse(
    found: Callable[[], Sequence[Path]],
    opened: Opened,
    headline: str,
    *,
    threads: int,
    screenshots: Path,
    notice: Callable[[str], None],
    prepare: Callable[[], None] = lambda: None,
    full: bool = False,
    still: bool = False,
) -> None:
    """Hang all that is `found`, at least one file, on a wall, and play what somebody chooses there, until they leave.
    What was played before goes on where it was left. `opened` opens a file for so many `threads`; one that can't be
    opened is said on the wall. The rest as of `play`."""
    with _house(WALL_SIZE, headline, Way(screenshots, notice, prepare, full, still)) as house:
        from collage.player.gallery import Gallery

        gallery = Gallery(found, opened, headline, house.keymap, still=still, screen=house.screen)
        gallery.chosen = next((path for path in found() if path.resolve() == house.state.scene), None)
        opening: Path | None = WALL
        with closing(gallery):
            while opening is not None:
                try:
                    opening = gallery.run(house.window) if opening == WALL else house.open(opening, opened, threads)
                except CollageError as error:
                    gallery.say(str(error), amiss=True)
                    opening = WALL
            house.window.hide()  # to close the gallery may take a moment


class _House:
    """A window, in which one thing is shown after the other. `state` says what is to be remembered of it."""

    def __init__(self, window: Window, way: Way, remembered: State) -> None:
        self.window, self.state = window, remembered
        self.screen = Screen(window)
        self._way, self._at_first = way, (window.size, window.position)
        self._frames = {remembered.scene: remembered.frame}
        self.keymap: Keymap
        self.keymap, faults = bindings.read()
        for fault in faults:
            way.notice(fault)

    def glimpse(self, kept: Glimpse) -> None:
        """What was kept, if it fits the window as it is."""
        if kept.show(self.window.get_surface()):
            self.window.flip()

    def open(self, path: Path, opened: Opened, threads: int) -> Path | None:
        """Show a file from where it was left until something else is to be seen."""
        left = self._frames.get(path.resolve(), 0)
        if (kept := glimpse(path, home())) and kept.frame == left:
            self.glimpse(kept)
        with opened(path, threads=threads) as stand:
            start = min(left, stand.length - 1)
            return self.show(stand, Playhead(stand.rate, 0, stand.length, start), back=WALL)

    def show(self, stand: Stand, head: Playhead, back: Path | None = None) -> Path | None:
        """Show a stand until somebody quits (None), or chooses what is to be seen next; Esc chooses `back`."""
        kept = Kept(stand, head.anchor, home())
        if kept.show(self.window.get_surface()):
            self.window.flip()
        from collage.player.audio import Audio

        self._way.prepare()
        stand.keep_paper(home() / "paper")
        live, notice = Live(stand), self._way.notice
        audio = Audio(stand, notice, volume=self.state.volume, muted=self.state.muted)
        with closing(audio), closing(Ahead(stand, full=self._way.full)) as pictures:
            show = Show(
                self.window,
                stand,
                head,
                self._way.screenshots,
                notice,
                now=audio.now,
                news=live.news,
                acetates=acetates(stand, kept, audio, still=self._way.still),
                follow=audio.follow,
                keymap=self.keymap,
                pictures=pictures,
                back=back,
                screen=self.screen,
            )
            try:
                with live:
                    show.run()
                    if show.opening is None:
                        self.window.hide()  # what is under way beside it may take a moment to end
            finally:
                self._leave(show, audio)
                if show.stand is not stand:
                    show.stand.close()
        return show.opening

    def _leave(self, show: Show, audio: Audio) -> None:
        scene, frame = show.stand.path.resolve(), show.frame
        self._frames[scene] = frame
        self.state = replace(self.state, scene=scene, frame=frame, volume=audio.volume, muted=audio.muted)

    def left(self) -> State:
        """What is to be remembered, while the window is there: its size and place only if somebody has changed them,
        and not as it fills a screen."""
        import pygame

        (size, place), was = (self.window.size, self.window.position), self._at_first
        if size != was[0] and size not in pygame.display.get_desktop_sizes():
            self.state = replace(self.state, size=size)
        if max(abs(now - then) for now, then in zip(place, was[1], strict=True)) > MOVED:
            self.state = replace(self.state, place=place)
        return self.state


@contextmanager
def _house(size: Size, title: str, way: Way) -> Iterator[_House]:
    """A window for something of a size, and pygame with it, as somebody has left it the last time."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    import pygame

    try:
        remembered = state.read()
        house = _House(_open(size, printable(title), remembered), way, remembered)
        try:
            yield house
        finally:
            state.write(house.left())
    except pygame.error as error:
        raise RunError(f"the window is gone ({error}): start it again") from error
    finally:
        pygame.quit()


def _open(size: Size, title: str, remembered: State) -> Window:
    """Only what a window needs is started: no sound, no joysticks. CollageError without a display."""
    import pygame

    try:
        pygame.display.init()
        if pygame.display.get_driver() == "offscreen" and not os.environ.get("SDL_VIDEODRIVER"):
            raise CollageError(NO_DISPLAY)
        pygame.font.init()
        desktops = pygame.display.get_desktop_sizes()
        window = pygame.Window(title, _size(size, remembered.size, desktops[0]), resizable=True, allow_high_dpi=True)
        if remembered.place and on_a_desktop(remembered.place, desktops):
            window.position = remembered.place
    except pygame.error as error:
        raise CollageError(f"{NO_DISPLAY} ({error})") from error
    window.set_icon(overlay.icon())
    pygame.key.set_repeat(*KEY_REPEAT)
    return window


def _size(size: Size, left: Size | None, desktop: Size) -> Size:
    """As it was left, if that is a window and goes onto this desktop, else as fits."""
    if left and all(least <= side <= most for least, side, most in zip(LEAST, left, desktop, strict=True)):
        return left
    return first_size(size, desktop)


def on_a_desktop(place: tuple[int, int], desktops: Sequence[Size]) -> bool:
    """Whether a window there can be taken hold of, as far as one knows: desktops lie side by side, mostly."""
    across, down = sum(width for width, _ in desktops), max(height for _, height in desktops)
    return 0 <= place[0] <= across - GRIP and 0 <= place[1] <= down - GRIP
