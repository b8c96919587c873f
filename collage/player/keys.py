"""Every key of the window, in one table: what the player obeys, what `?` shows and what the README lists."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class Action(Enum):
    """What a key can ask for."""

    PLAY = auto()
    BACK = auto()
    FORWARD = auto()
    SECOND_BACK = auto()
    SECOND_FORWARD = auto()
    HOME = auto()
    END = auto()
    FULLSCREEN = auto()
    SCREENSHOT = auto()
    WHO = auto()
    KEYS = auto()
    LEAVE = auto()
    QUIT = auto()


class Row(NamedTuple):
    """One line of the table. `strokes` as `find` spells them; `shown` are their names on the caps."""

    action: Action
    strokes: tuple[str, ...]
    shown: tuple[str, ...]
    line: str


TABLE = (
    Row(Action.PLAY, ("space",), ("Space",), "play or pause"),
    Row(Action.BACK, ("left", ","), ("Left", ","), "one frame back, and pause"),
    Row(Action.FORWARD, ("right", "."), ("Right", "."), "one frame on, and pause"),
    Row(Action.SECOND_BACK, ("shift+left",), ("Shift+Left",), "one second back"),
    Row(Action.SECOND_FORWARD, ("shift+right",), ("Shift+Right",), "one second on"),
    Row(Action.HOME, ("home",), ("Home",), "to the first frame"),
    Row(Action.END, ("end",), ("End",), "to the last frame, and pause"),
    Row(Action.FULLSCREEN, ("f",), ("f",), "fill the screen, or the window again"),
    Row(Action.SCREENSHOT, ("s",), ("s",), "save this frame as a PNG, full size"),
    Row(Action.WHO, ("w",), ("w",), "show or hide who has what is one of a kind"),
    Row(Action.KEYS, ("?", "f1", "shift+/"), ("?", "F1"), "show or hide these keys"),
    Row(Action.LEAVE, ("escape",), ("Esc",), "leave the full screen, else quit"),
    Row(Action.QUIT, ("q",), ("q",), "quit"),
)
REPEATING = frozenset({Action.BACK, Action.FORWARD, Action.SECOND_BACK, Action.SECOND_FORWARD})
"""What goes on while the key is held; all else happens once a press."""

_ACTIONS = {stroke: row.action for row in TABLE for stroke in row.strokes}


def find(name: str, text: str, *, shift: bool = False, chord: bool = False) -> Action | None:
    """What a key press asks for.

    `text` is the letter it types, if it does, which knows the keyboard's layout: `?` lies elsewhere on each. `name` is
    the key's own. `chord` says that Ctrl, Alt or the system's key is held: such presses belong to others.
    """
    if chord:
        return None
    typed = text.lower() if len(text) == 1 and text.isprintable() else ""
    strokes = (typed, f"shift+{name}" if shift else "", name)
    return next((_ACTIONS[stroke] for stroke in strokes if stroke in _ACTIONS), None)
