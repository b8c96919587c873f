"""Clear sheets over the picture: whatever the window shows or does beside playing is one of them.

A show asks them from the top one down who takes an event, and draws them from the lowest up, after the picture.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from collage.player.clock import Playhead
from collage.player.keys import Action
from collage.player.lens import Lens

if TYPE_CHECKING:
    from pygame import Surface
    from pygame.event import Event

    from collage.stand import Stand


class Moment(NamedTuple):
    """What is to be seen: a frame of a stand through a lens. `now` counts nanoseconds. `resting`: the window is looked
    over rather than at, so that what helps there may show: it is paused, or the mouse moved just now. `head` has the
    range and the marks."""

    stand: Stand
    frame: int
    playing: bool
    lens: Lens
    now: int
    resting: bool
    head: Playhead


class Control(Protocol):
    """What an acetate may ask of the show."""

    head: Playhead
    lens: Lens

    @property
    def stand(self) -> Stand: ...

    def say(self, words: str) -> None:
        """A note at the bottom, for some seconds."""

    def turn_to(self, stand: Stand) -> None:
        """Show another stand from the same moment on; the former one is closed."""

    def leave(self, opening: Path | None = None) -> None:
        """End the show; `opening` is what is to be shown next."""


class Acetate:
    """One that shows nothing and takes nothing; others override what they need."""

    def seen(self, at: Moment) -> Hashable:
        """What `draw` depends on, quickly: the window is drawn anew only when it differs. None: nothing is shown."""
        return None

    def draw(self, surface: Surface, at: Moment) -> None:
        """Draw what is shown, over the picture. Whatever takes long is kept from time to time."""

    def floor(self, at: Moment) -> int:
        """The row of the window from which on down it covers all: slips lie above that."""
        return at.lens.room[1]

    def act(self, action: Action, at: Moment, show: Control) -> bool:
        """Obey a key's action if it is for this one."""
        return False

    def take(self, event: Event, at: Moment, show: Control) -> bool:
        """Take an event of the mouse, or a key that no action stands for; whoever takes a press gets what follows."""
        return False

    def stays(self, show: Control) -> bool:
        """Asked when somebody wants to leave: whether not to yet, and then it is said why."""
        return False

    def turned(self, stand: Stand) -> None:
        """Another stand is shown from now on."""

    def close(self) -> None:
        """The show is over."""
