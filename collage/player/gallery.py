"""The gallery: a wall of living prints of all the scenes and films there are, of which one is chosen to be played."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from collage.player.clock import SECOND
from collage.player.darkroom import POSES, RATE, Darkroom, Opened, Print
from collage.player.hanging import Hanging, Hung, Sight
from collage.player.keys import Action, Keymap, find
from collage.player.screen import Screen
from collage.player.view import printable
from collage.player.wall import Wall
from collage.player.wall_paper import newsprint
from collage.registry.catalogue import find_root
from collage.scene.reader import is_film

if TYPE_CHECKING:
    from pygame import Window
    from pygame.event import Event

PATIENCE = 0.025
"""Seconds to sleep at most: how soon a key is heard."""
LISTING = SECOND
"""How often is looked which files there are."""
NOTE_STAYS = 8 * SECOND
NOTCH = 70
"""Pixels a notch of the wheel scrolls."""
MOST = 60
"""Prints that are there at once, about those that are seen: some 50 MB."""
LEFT = 1
HINT = "arrows or the mouse choose, Enter plays, Esc leaves"
STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1), "page up": (0, -3), "page down": (0, 3)}
"""Keys that go from print to print: so many on, and so many rows down."""
OPENING = ("return", "enter", "space")


class Gallery:
    """`found` names what there is, one file at least, the last one of a project with newsprint; `opened` opens one;
    `headline` says what this is a wall of. It can be run again and again: what is made stays, and `chosen` too. Close
    it at the end. `still`: a print is one pose, the chosen one's too."""

    def __init__(
        self,
        found: Callable[[], Sequence[Path]],
        opened: Opened,
        headline: str,
        keymap: Keymap | None = None,
        now: Callable[[], int] = time.perf_counter_ns,
        *,
        still: bool = False,
        screen: Screen | None = None,
    ) -> None:
        self.chosen: Path | None = None
        self._found, self._headline, self._keymap, self._now = found, printable(headline), keymap or Keymap(), now
        self._screen = screen
        self._darkroom = Darkroom(opened, 1 if still else POSES)
        self._hanging = Hanging(lambda: newsprint(find_root(self._paths[-1])))
        self._paths: tuple[Path, ...] = ()
        self._listed: int | None = None
        self._note, self._amiss, self._note_until = "", False, 0
        self._wall, self._scroll = Wall.over((1, 1), 1), 0
        self._pressed: int | None = None
        self._running = self._hidden = self._picked = self._met = False
        self._seen: Sight | None = None

    def run(self, window: Window) -> Path | None:
        """What somebody has chosen to play, or None when they leave."""
        import pygame

        self._running, self._hidden, self._picked, self._met = True, False, False, False
        self._seen, self._listed, self._note = None, None, self._note if self._amiss else ""
        with self._darkroom:
            while self._running:
                self._refresh(window)
                for event in self._events():
                    self._take(event) if self._running else pygame.event.post(event)  # it is for whoever comes next
            if self._picked:
                self._refresh(window)
        return self.chosen if self._picked else None

    def close(self) -> None:
        """Nobody will run it again."""
        self._darkroom.close()

    def say(self, words: str, *, amiss: bool = False) -> None:
        """At the bottom, for some seconds."""
        self._note, self._amiss, self._note_until = printable(words), amiss, self._now() + NOTE_STAYS

    def _events(self) -> list[Event]:
        import pygame

        time.sleep(PATIENCE)
        return pygame.event.get()

    def _take(self, event: Event) -> None:
        import pygame

        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self._running = False
        elif event.type == pygame.KEYDOWN:
            self._press(event)
        elif event.type == pygame.MOUSEMOTION:
            if self._met:  # a window that opens under a pointer hears of it, though nobody moved it
                self._choose(self._wall.at(event.pos, self._scroll), follow=False)
            self._met = True
        elif event.type == pygame.MOUSEWHEEL:
            notches = getattr(event, "precise_y", event.y)
            self._scroll = self._wall.within(self._scroll - round(notches * NOTCH))
            self._choose(self._wall.at(pygame.mouse.get_pos(), self._scroll), follow=False)
        elif event.type == pygame.MOUSEBUTTONDOWN and event.button == LEFT:
            self._pressed = self._wall.at(event.pos, self._scroll)
            self._choose(self._pressed, follow=False)
        elif event.type == pygame.MOUSEBUTTONUP and event.button == LEFT:
            if self._pressed is not None and self._wall.at(event.pos, self._scroll) == self._pressed:
                self._pick()
        elif event.type in (pygame.WINDOWMINIMIZED, pygame.WINDOWHIDDEN):
            self._hidden = True
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED, pygame.WINDOWRESTORED, pygame.WINDOWSHOWN):
            self._hidden, self._seen = False, None

    def _press(self, event: Event) -> None:
        import pygame

        name, held = pygame.key.name(event.key), event.mod & (pygame.KMOD_CTRL | pygame.KMOD_ALT | pygame.KMOD_META)
        here = self._paths.index(self.chosen) if self.chosen in self._paths else 0
        if name in STEPS and not held:
            self._choose(self._wall.stepped(here, *STEPS[name]))
        elif name in ("home", "end") and not held:
            self._choose(0 if name == "home" else len(self._paths) - 1)
        elif name in OPENING and not held:
            self._pick()
        else:
            text = getattr(event, "unicode", "")
            action = None if held else find(name, text, actions=self._keymap.actions)
            if action is Action.FULLSCREEN and self._screen:
                self._screen.turn()
            elif action is Action.QUIT or (action is Action.LEAVE and not (self._screen and self._screen.left())):
                self._running = False
            elif action is Action.KEYS:
                self.say(HINT)

    def _choose(self, place: int | None, *, follow: bool = True) -> None:
        """A print, if there is one; `follow`: what is not wholly seen of it is scrolled into the window."""
        if place is not None and place < len(self._paths):
            self.chosen = self._paths[place]
            self._scroll = self._wall.scrolled(place, self._scroll) if follow else self._scroll

    def _pick(self) -> None:
        if self.chosen is not None:
            self.say(f"opening {self.chosen.name}")
            self._picked, self._running = True, False

    def _refresh(self, window: Window) -> None:
        now, surface = self._now(), window.get_surface()
        if self._hidden:
            return
        if self._listed is None or now - self._listed >= LISTING:
            self._list(now)
        self._hang(surface.get_size())
        sight = self._sight(now)
        if sight != self._seen:
            self._hanging.draw(surface, sight, self._darkroom.prints())
            window.flip()
            window.title = f"{self._headline} - {self._counted()}"
            self._seen = sight

    def _list(self, now: int) -> None:
        """See which files there are. What was chosen stays so, or what has come in its place."""
        before, self._paths, self._listed = self._paths, tuple(self._found()), now
        if self.chosen not in self._paths:
            place = before.index(self.chosen) if self.chosen in before else 0
            self.chosen = self._paths[min(place, len(self._paths) - 1)]

    def _hang(self, room: tuple[int, int]) -> None:
        """Lay the wall out for a room, and have made what is seen of it."""
        paths, wall = self._paths, Wall.over(room, len(self._paths))
        if wall != self._wall and self.chosen in paths:
            self._wall = wall
            self._scroll = wall.scrolled(paths.index(self.chosen), self._scroll)
        seen = wall.seen(self._scroll)
        middle = (seen.start + seen.stop) / 2
        nearest = sorted(
            range(len(paths)), key=lambda place: (place not in seen, abs(place - middle) // len(seen), place)
        )
        self._darkroom.want([paths[place] for place in nearest[:MOST]], wall.box)

    def _sight(self, now: int) -> Sight:
        prints, tick = self._darkroom.prints(), now * RATE // SECOND
        paths = {place: self._paths[place] for place in self._wall.seen(self._scroll)}
        hung = tuple(Hung(place, path, _pose(prints.get(path), tick + place)) for place, path in paths.items())
        assert self.chosen is not None
        note = self._note if now < self._note_until else ""
        more = f"{self._counted()} · {HINT}"
        return Sight(
            self._wall, self._scroll, hung, self.chosen, self._darkroom.round, self._headline, more, note, self._amiss
        )

    def _counted(self) -> str:
        films = sum(map(is_film, self._paths))
        counts = (len(self._paths) - films, "scene"), (films, "film")
        return ", ".join(f"{count} {word}{'s' * (count > 1)}" for count, word in counts if count)


def _pose(made: Print | None, tick: int) -> int:
    """There and back again through the poses that are made."""
    count = len(made.poses) if made else 0
    if count < 2:
        return 0
    step = tick % (2 * count - 2)
    return min(step, 2 * count - 2 - step)
