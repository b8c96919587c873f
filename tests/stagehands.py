"""A stand and a window that are not there, and hands that press keys, for the player's tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from collage.geometry import scaled
from collage.player.acetate import Acetate
from collage.player.clock import Playhead
from collage.player.show import Show
from collage.registry.noting import Notes


class FakeStand:
    """A stand whose frame f is the flat colour (f, 100, 50); `asked` lists what was comped, `on_comp` acts in it."""

    name, title, size, rate, length = "bath", "Bath time", (320, 180), Fraction(24), 96
    path, scene, sound = Path("scenes/bath.toml"), None, None
    rig, notes, spare = SimpleNamespace(assets={}, paper=None), Notes(), 1_000_000_000

    def __init__(self, *, alpha: int = 255, on_comp: Callable[[int], None] = lambda frame: None) -> None:
        self.opaque, self.alpha, self.on_comp = alpha == 255, alpha, on_comp
        self.asked: list[tuple[int, float]] = []
        self.closed = False

    def keep_paper(self, folder: Path) -> None:
        """It has none."""

    def close(self) -> None:
        """Note it."""
        self.closed = True

    def cels(self, frame: int) -> tuple[int, ...]:
        """What the frame is made of: its number."""
        return (frame,)

    def shots(self, frame: int) -> tuple[tuple[str, int], ...]:
        """A scene is no film."""
        return ()

    def comp(self, frame: int, scale: float = 1.0) -> Any:
        """The frame, premultiplied."""
        self.asked.append((frame, scale))
        self.on_comp(frame)
        picture = self.picture(frame, scale)
        picture[..., :3] = picture[..., :3] * (self.alpha / 255)
        return picture

    def picture(self, frame: int, scale: float = 1.0) -> Any:
        """The frame, straight."""
        width, height = scaled(self.size, scale)
        return np.full((height, width, 4), (frame, 100, 50, self.alpha), np.uint8)


class FakeWindow:
    """A window that presses the next keys of a script each time it has shown something; `seen` are its titles."""

    def __init__(self, script: Sequence[Sequence[Any]], size: tuple[int, int] = (320, 180)) -> None:
        import pygame

        self.surface, self.script, self.title = pygame.Surface(size), list(script), ""
        self.seen: list[Any] = []
        self.screens: list[str] = []

    def get_surface(self) -> Any:
        """What is drawn on."""
        return self.surface

    def flip(self) -> None:
        """Show it, then go on with the script."""
        import pygame

        self.seen.append(pygame.surfarray.array3d(self.surface).swapaxes(0, 1))
        self.go_on()

    def go_on(self) -> None:
        """Post the script's next events."""
        import pygame

        for event in self.script.pop(0) if self.script else ():
            pygame.event.post(event)

    def set_fullscreen(self, *, desktop: bool) -> None:
        """Note it."""
        self.screens.append("full")

    def set_windowed(self) -> None:
        """Note it."""
        self.screens.append("window")


def press(name: str, text: str = "", *, shift: bool = False, hold: int = 1) -> list[Any]:
    """The events of a key pressed, held so many repeats, and let go."""
    import pygame

    code, mod = pygame.key.key_code(name), pygame.KMOD_SHIFT if shift else 0
    down = pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=text)
    return [down] * hold + [pygame.event.Event(pygame.KEYUP, key=code, mod=mod)]


def perform(
    script: Sequence[Sequence[Any]],
    tmp_path: Path,
    *,
    stand: FakeStand | None = None,
    size: tuple[int, int] = (320, 180),
    now: Callable[[], int] = lambda: 0,
    start: int = 30,
    end: int = 96,
    news: Sequence[Sequence[Any]] = (),
    acetates: Sequence[Acetate] = (),
    **facts: Any,
) -> SimpleNamespace:
    """Run a show on a clock that stands still unless `now` says otherwise; q is pressed after the script. `news` comes
    after each round of the loop; after the last of it the script goes on even if nothing new is to be seen. `facts` are
    what else the show takes."""
    stand, calls = stand or FakeStand(), count()

    def patient() -> int:
        assert next(calls) < 5000, "the script waits for a picture that never comes"
        return now()

    waiting, flips = [list(each) for each in news], [0]

    def hear() -> list[Any]:
        if news and not waiting and flips[-1] == len(glass.seen):
            glass.go_on()
        flips.append(len(glass.seen))
        return waiting.pop(0) if waiting else []

    glass, said = FakeWindow([*script, press("q", "q")], size), list[str]()
    head: Any = Playhead(stand.rate, 0, end, start)
    show = Show(glass, stand, head, tmp_path, said.append, patient, hear, acetates, **facts)  # type: ignore[arg-type]
    show.run()
    return SimpleNamespace(head=show.head, lens=show.lens, window=glass, stand=show.stand, said=said)
