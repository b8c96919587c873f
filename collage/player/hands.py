"""Hands: pieces taken from the glass and put elsewhere, cut-outs dealt, all of it written back on request, or undone.

What is moved is changed in the text of the scene at once, in memory; the file has it only after Ctrl+S.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

from collage.errors import CollageError, SceneError
from collage.exposure.film import Reel
from collage.exposure.rig import Piece, Rig
from collage.geometry import Point, Size
from collage.player import overlay, pick
from collage.player.acetate import Acetate, Control, Moment
from collage.player.dealing import deal
from collage.player.draft import Draft, Step
from collage.player.grip import Grip
from collage.player.held import Held
from collage.player.keys import Action
from collage.player.lifting import lift
from collage.scene.edits import Who, nudged, with_layer
from collage.scene.likeness import own_name
from collage.scene.model import Layer

if TYPE_CHECKING:
    from pygame import Surface
    from pygame.event import Event

    from collage.stand import Stand

LEFT = 1
SPIN = 3.0
"""Degrees a notch of the wheel."""
GROWTH = 1.05
"""How much larger a notch with Shift makes a piece."""
NEAR = 1.5
"""Window pixels a canvas pixel, beyond which pieces are put down to tenths of pixels."""
DEALS = 6
READY = "hands: drag a piece, the wheel spins it, Shift and the wheel scale it; G again only looks"
ASKED = "not written yet: Ctrl+S writes them, once more leaves without"


class Hands(Acetate):
    """`play` makes a sound by its name, "lift", "slap" or "flick"; `still`: pieces come to the hand without a motion of
    their own; `chance` deals."""

    def __init__(
        self, play: Callable[[str], None] = lambda name: None, *, still: bool = False, chance: Random | None = None
    ) -> None:
        self.grabbing = False
        self.held: Held | None = None
        self._play, self._still, self._chance = play, still, chance or Random()
        self._draft: Draft | None = None
        self._mine: Stand | None = None
        self._start: Point = (0.0, 0.0)
        self._asked = False
        self._slip: tuple[tuple[str, Size], Surface] | None = None

    def seen(self, at: Moment) -> Hashable:
        held = self.held.seen(at.now) if self.held else None
        waiting = self._draft.unsaved if self._draft and at.resting else 0
        return (held, waiting) if held or waiting else None

    def draw(self, surface: Surface, at: Moment) -> None:
        if self.held:
            self.held.draw(surface, at.lens, at.now)
        if self._draft and self._draft.unsaved and at.resting:
            paper = self._told(f"{_counted(self._draft.unsaved)} not written: Ctrl+S", surface.get_size())
            surface.blit(paper, ((surface.get_width() - paper.get_width()) // 2, 0))

    def act(self, action: Action, at: Moment, show: Control) -> bool:
        if self.held and action is Action.LEAVE:
            self.held = None
            return True
        if self.held:
            self._try(lambda: self._put_down(at, show), show)
            at = at._replace(stand=show.stand)
        if action is Action.LEAVE and self.grabbing:
            self._turn(show)
            return True
        if action is Action.GRAB:
            self._turn(show)
        elif action in DOES:
            self._try(lambda: DOES[action](self, at, show), show)
        return action is Action.GRAB or action in DOES

    def take(self, event: Event, at: Moment, show: Control) -> bool:
        import pygame

        if event.type == pygame.USEREVENT and getattr(event, "hands", None) is self:
            self._try(lambda: self._follow(at, show), show)
        elif self.held:
            return self._carry(self.held, event, at, show)
        elif self.grabbing and event.type == pygame.MOUSEBUTTONDOWN and event.button == LEFT:
            self._try(lambda: self._pick_up(event.pos, at, show), show)
            return self.held is not None
        else:
            return False
        return True

    def stays(self, show: Control) -> bool:
        """The first time, if something is not written."""
        if self._asked or not (self._draft and self._draft.unsaved):
            return False
        self._asked = True
        show.say(f"{_counted(self._draft.unsaved)} {ASKED}")
        return True

    def turned(self, stand: Stand) -> None:
        """Somebody has saved something: what is not written yet is done over that, once the show is ready for it."""
        import pygame

        if stand is self._mine:
            return
        self.held = None
        if self._draft:
            pygame.event.post(pygame.event.Event(pygame.USEREVENT, hands=self))

    def close(self) -> None:
        import pygame

        self.held = None
        if self.grabbing:
            with suppress(pygame.error):
                pygame.mouse.set_cursor(pygame.SYSTEM_CURSOR_ARROW)

    def _try(self, work: Callable[[], None], show: Control) -> None:
        """Do what may be refused, and say why."""
        try:
            work()
        except CollageError as error:
            show.say(str(error))

    def _turn(self, show: Control) -> None:
        import pygame

        self.grabbing = not self.grabbing
        with suppress(pygame.error):  # some displays have no cursors
            pygame.mouse.set_cursor(pygame.SYSTEM_CURSOR_HAND if self.grabbing else pygame.SYSTEM_CURSOR_ARROW)
        show.say(READY if self.grabbing else "only looking")

    def _pick_up(self, pixel: Point, at: Moment, show: Control) -> None:
        point = at.lens.on_canvas(pixel)
        found = pick.at(at.stand, at.frame, point)
        if found is None:
            return
        self._opened(at.stand)
        rig, piece = at.stand.rig, found.around[0] if found.around else found.piece
        assert not isinstance(rig, Reel)
        if sum(each.layer == piece.layer for each in rig.pieces) > 1:
            raise CollageError(f'"{piece.label}" is repeated: its copies lie where repeat says, so change that')
        if grip := Grip.of(rig, at.frame, piece):
            show.head = show.head.paused(at.now)
            self._start = point
            self.held = Held(at.stand, grip, lift(rig, at.frame, piece), at.lens, at.now, still=self._still)
            self._play("lift")

    def _carry(self, held: Held, event: Event, at: Moment, show: Control) -> bool:
        import pygame

        if event.type == pygame.MOUSEMOTION:
            held.grip = held.grip.pulled_to(self._pulled(event.pos, at))
        elif event.type == pygame.MOUSEWHEEL:
            # some systems turn a wheel sideways while Shift is held
            notches = getattr(event, "precise_y", event.y) or getattr(event, "precise_x", event.x)
            grow = pygame.key.get_mods() & pygame.KMOD_SHIFT
            held.grip = held.grip.grow(GROWTH**notches) if grow else held.grip.spin(SPIN * notches)
        elif event.type == pygame.MOUSEBUTTONUP and event.button == LEFT:
            self._try(lambda: self._put_down(at, show), show)
        else:
            return False
        return True

    def _pulled(self, pixel: Point, at: Moment) -> Point:
        x, y = at.lens.on_canvas(pixel)
        digits = 0 if at.lens.scale <= NEAR else 1
        return round(x - self._start[0], digits), round(y - self._start[1], digits)

    def _put_down(self, at: Moment, show: Control) -> None:
        held, self.held = self.held, None
        assert held is not None
        grip, piece = held.grip, held.grip.piece
        self._play("slap")
        draft = self._opened(at.stand)
        who, nudge, name = _who(draft, piece), grip.nudge, str(draft.path)
        step = Step(f'"{piece.label}"', lambda text: nudged(text, who, nudge, name))
        self._do(step, at.stand, show, grip)

    def _deal(self, at: Moment, show: Control) -> None:
        draft = self._opened(at.stand)
        for last in (*[False] * DEALS, True):
            layer = deal(at.stand.catalogue, draft.scene, self._chance)
            try:
                self._do(_laying(layer, str(draft.path)), at.stand, show)
                break
            except SceneError:  # one of a kind that another scene's piece holds
                if last:
                    raise
        self._play("flick")

    def _do(self, step: Step, stand: Stand, show: Control, grip: Grip | None = None) -> None:
        """Take a step and show what comes of it. CollageError, and nothing has happened, where that can't be."""
        draft = self._opened(stand)
        before = draft.text
        scene = draft.take(step)
        if draft.text == before:
            return
        try:
            newer = stand.changed(scene)
            if grip and not (isinstance(newer.rig, Rig) and grip.landed(newer.rig)):
                newer.close()
                raise CollageError(f"{step.words} goes where a move or a formula puts it, whatever its at: change that")
        except CollageError:
            draft.forget()
            raise
        self._asked, self._mine = False, newer
        show.turn_to(newer)

    def _undo(self, at: Moment, show: Control) -> None:
        self._go("undone", self._opened(at.stand).undo, at, show)

    def _redo(self, at: Moment, show: Control) -> None:
        self._go("done again", self._opened(at.stand).redo, at, show)

    def _go(self, said: str, turn: Callable[[], str], at: Moment, show: Control) -> None:
        """One step through what was done; the stand follows."""
        if not (words := turn()):
            show.say(f"nothing to be {said}")
            return
        self._show(at.stand, show)
        self._asked = False
        show.say(f"{said}: {words}")

    def _write(self, at: Moment, show: Control) -> None:
        draft = self._opened(at.stand)
        waiting, self._asked = draft.unsaved, False
        if waiting:
            draft.write()
        show.say(f"{_counted(waiting)} written to {draft.path}" if waiting else "nothing was moved")

    def _follow(self, at: Moment, show: Control) -> None:
        """What somebody else has saved, with what is not written yet done over it."""
        if self._draft is None:
            return
        try:
            lost = self._draft.follow()
        except CollageError:  # broken since: it is said already, and once it is mended this is asked again
            return
        if self._draft.scene != at.stand.scene:
            try:
                self._show(at.stand, show)
            except CollageError:
                self._draft = None
                raise
        if lost:
            show.say(f"could not be moved in what was saved: {', '.join(lost)}")

    def _show(self, stand: Stand, show: Control) -> None:
        assert self._draft is not None
        self._mine = stand.changed(self._draft.scene)
        show.turn_to(self._mine)

    def _opened(self, stand: Stand) -> Draft:
        """The draft of the scene that is shown. CollageError for a film, or while a save is under way."""
        if isinstance(stand.rig, Reel):
            raise CollageError("this is a film: play the scene of a shot to move what is in it")
        if self._draft is None:
            draft = Draft(stand.path)
            if draft.scene != stand.scene:
                raise CollageError(f"{stand.path}: was saved just now: once more, in a moment")
            self._draft = draft
        return self._draft

    def _told(self, words: str, window: Size) -> Surface:
        if self._slip is None or self._slip[0] != (words, window):
            self._slip = (words, window), overlay.note(words, window)
        return self._slip[1]


DOES: dict[Action, Callable[[Hands, Moment, Control], None]] = {
    Action.DEAL: Hands._deal,
    Action.SAVE: Hands._write,
    Action.UNDO: Hands._undo,
    Action.REDO: Hands._redo,
}
"""What may be refused, with the reason."""


def _who(draft: Draft, piece: Piece) -> Who:
    return Who(piece.layer, own_name(draft.scene.layer[piece.layer]))


def _laying(layer: Layer, name: str) -> Step:
    return Step(f'"{layer.asset}"', lambda text: with_layer(text, layer, name))


def _counted(moves: int) -> str:
    return "1 move" if moves == 1 else f"{moves} moves"
