"""What is heard in the window, and the clock it goes by: sound follows the playhead, and leads it while it plays."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from collage.errors import CollageError
from collage.player.acetate import Acetate, Control, Moment
from collage.player.clock import Playhead
from collage.player.deck import STOCK, Deck, Speaker
from collage.player.keys import Action
from collage.player.loudspeaker import Loudspeaker
from collage.player.sound_clock import SoundClock

if TYPE_CHECKING:
    from collage.stand import Stand

Order = Callable[[], None]

WATCH = float(STOCK) / 4
"""Seconds between two looks at what the device has left."""
LOUDER = {Action.LOUDER: 0.1, Action.QUIETER: -0.1}
"""What a press adds to the volume."""
PATIENCE = 2.0
"""Seconds to wait for the device at the end."""


class Audio(Acetate):
    """The sound of a show. The device is opened once there is something to hear, and nothing waits for it: all that
    takes time is done in a thread. Without a device everything runs on silently by the machine's clock, and `notice` is
    told once; it is told from within `follow`.

    `volume` is from 0 to 1. `now` is what the show must take its time from.
    """

    def __init__(
        self,
        stand: Stand,
        notice: Callable[[str], None],
        *,
        volume: float = 1.0,
        muted: bool = False,
        own: Callable[[], int] = time.perf_counter_ns,
        opened: Callable[[], Speaker] = Loudspeaker,
    ) -> None:
        self.volume, self.muted = volume, muted
        self._clock, self._notice, self._opened = SoundClock(own), notice, opened
        self.now = self._clock.now
        self._head: Playhead | None = None
        self._orders, self._remarks = SimpleQueue[Order | None](), SimpleQueue[str]()
        self._deck: Deck | None = None
        self._tried = False
        self._thread = threading.Thread(target=self._work, name="sound", daemon=True)
        self._thread.start()
        self.turned(stand)

    def follow(self, head: Playhead, now: int) -> None:
        """To be called in every round of the loop: it does something only when the playhead goes another way than it
        did. At rest, a step or a pull to another frame plays a slice of that; faster, slower and backwards are mute."""
        while not self._remarks.empty():
            self._notice(self._remarks.get())
        former, self._head = self._head, head
        if head == former:
            return
        if head.playing and head.speed == 1:
            self._to_deck(lambda deck: deck.play(head))
        elif head.playing or former is None or former.playing:
            self._to_deck(Deck.stop)
        elif head.frame(now) != former.frame(now):
            self.scrub(head.frame(now))

    def scrub(self, frame: int) -> None:
        """Play what is heard during one frame, instead of all else."""
        self._to_deck(lambda deck: deck.slice(frame))

    def mute(self) -> None:
        """Sound off, or on again at once and in step: it goes on unheard."""
        self.muted = not self.muted
        self._obey_loudness()

    def turn(self, volume: float) -> None:
        """To a volume from 0 to 1, or to the nearest there is; it is heard at once, whatever was muted."""
        self.volume, self.muted = round(min(max(volume, 0.0), 1.0), 2), False
        self._obey_loudness()

    def _obey_loudness(self) -> None:
        loudness = self._loudness
        self._to_deck(lambda deck: deck.turn(loudness))

    def play(self, name: str) -> None:
        """A sound of paper, one of `paper_sounds.NAMES`, over whatever plays."""
        if not self.muted:
            self._orders.put(partial(self._lay_over, name))

    def act(self, action: Action, at: Moment, show: Control) -> bool:
        if action is Action.MUTE:
            self.mute()
            show.say("sound off" if self.muted else "sound on")
        elif action in LOUDER:
            self.turn(self.volume + LOUDER[action])
            show.say(f"volume {self.volume:.0%}")
        else:
            return False
        return True

    def turned(self, stand: Stand) -> None:
        self._head = None
        self._orders.put(partial(self._put_on, stand))

    def close(self) -> None:
        """Silence, and the device is given back. To be called before `pygame.quit`; once more does nothing."""
        self._orders.put(None)
        self._thread.join(PATIENCE)

    @property
    def _loudness(self) -> float:
        return 0.0 if self.muted else self.volume

    def _to_deck(self, order: Callable[[Deck], None]) -> None:
        self._orders.put(lambda: order(self._deck) if self._deck else None)

    def _work(self) -> None:
        """The thread: orders in their turn, and in between whatever the device needs."""
        import pygame

        try:
            while (order := self._next_order()) is not None:
                try:
                    order()
                    if self._deck:
                        self._deck.feed()
                except CollageError as error:
                    self._remarks.put(str(error))
                except pygame.error as error:
                    self._remarks.put(f"the sound device has failed: it plays on silently ({error})")
                    self._deck = None
                    self._clock.free()
        finally:
            self._end()

    def _next_order(self) -> Order | None:
        playing = self._deck is not None and self._deck.playing
        try:
            return self._orders.get(timeout=WATCH if playing else None)
        except Empty:
            return lambda: None

    def _put_on(self, stand: Stand) -> None:
        sound = stand.sound
        deck = self._open() if sound else self._deck
        if deck:
            deck.put_on(sound, stand.rate)

    def _lay_over(self, name: str) -> None:
        if deck := self._open():
            deck.lay_over(name)

    def _open(self) -> Deck | None:
        """The device, tried once only."""
        if not self._tried:
            self._tried = True
            self._deck = Deck(self._opened(), self._clock, self._remarks.put)
            self._deck.turn(self._loudness)
        return self._deck

    def _end(self) -> None:
        import pygame

        if self._deck:
            with suppress(pygame.error):
                self._deck.close()
            self._deck = None
        self._clock.free()
