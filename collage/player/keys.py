"""Every key of the window, in one table: what the player obeys, what `?` shows and what the README lists."""

from __future__ import annotations

from collections.abc import Mapping
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
    PREVIOUS_KEY = auto()
    NEXT_KEY = auto()
    PREVIOUS_SHOT = auto()
    NEXT_SHOT = auto()
    SHUTTLE_BACK = auto()
    SHUTTLE_STOP = auto()
    SHUTTLE_ON = auto()
    SLOWER = auto()
    FASTER = auto()
    NORMAL_SPEED = auto()
    MARK_IN = auto()
    MARK_OUT = auto()
    CLEAR_MARKS = auto()
    LOOP = auto()
    MUTE = auto()
    LOUDER = auto()
    QUIETER = auto()
    FULLSCREEN = auto()
    FIT = auto()
    PIXELS = auto()
    CHECKS = auto()
    ONION = auto()
    XRAY = auto()
    EDIT = auto()
    GRAB = auto()
    DEAL = auto()
    SAVE = auto()
    UNDO = auto()
    REDO = auto()
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
    Row(Action.PREVIOUS_KEY, ("up",), ("Up",), "to the key or cue before"),
    Row(Action.NEXT_KEY, ("down",), ("Down",), "to the next key or cue"),
    Row(Action.PREVIOUS_SHOT, ("page up",), ("PgUp",), "to this shot's beginning, then the one before"),
    Row(Action.NEXT_SHOT, ("page down",), ("PgDn",), "to the next shot"),
    Row(Action.SHUTTLE_BACK, ("j",), ("J",), "backwards; again twice as fast"),
    Row(Action.SHUTTLE_STOP, ("k",), ("K",), "stop"),
    Row(Action.SHUTTLE_ON, ("l",), ("L",), "forwards; again twice as fast"),
    Row(Action.SLOWER, ("[",), ("[",), "slower"),
    Row(Action.FASTER, ("]",), ("]",), "faster"),
    Row(Action.NORMAL_SPEED, ("backspace",), ("Backspace",), "normal speed"),
    Row(Action.MARK_IN, ("i",), ("I",), "play from here on only"),
    Row(Action.MARK_OUT, ("o",), ("O",), "play up to here only"),
    Row(Action.CLEAR_MARKS, ("x",), ("X",), "play all of it again"),
    Row(Action.LOOP, ("ctrl+l",), ("Ctrl+L",), "over and over, or once"),
    Row(Action.MUTE, ("m",), ("m",), "sound off or on"),
    Row(Action.LOUDER, ("ctrl+up",), ("Ctrl+Up",), "louder"),
    Row(Action.QUIETER, ("ctrl+down",), ("Ctrl+Down",), "quieter"),
    Row(Action.FULLSCREEN, ("f",), ("f",), "fill the screen, or the window again"),
    Row(Action.FIT, ("0",), ("0",), "see it whole"),
    Row(Action.PIXELS, ("1",), ("1",), "see it pixel for pixel"),
    Row(Action.CHECKS, ("t",), ("T",), "checks or black behind what is transparent"),
    Row(Action.ONION, ("alt+o",), ("Alt+O",), "onion skin: the poses before and after"),
    Row(Action.XRAY, ("alt+l",), ("Alt+L",), "the sheets of glass from the side"),
    Row(Action.EDIT, ("return", "enter"), ("Enter",), "open the chosen layer in your editor"),
    Row(Action.GRAB, ("g",), ("G",), "take pieces with the mouse, or only look"),
    Row(Action.DEAL, ("d",), ("D",), "deal a cut-out from the box"),
    Row(Action.SAVE, ("ctrl+s",), ("Ctrl+S",), "write what was moved into the scene"),
    Row(Action.UNDO, ("ctrl+z",), ("Ctrl+Z",), "undo"),
    Row(Action.REDO, ("ctrl+shift+z", "ctrl+y"), ("Ctrl+Shift+Z",), "do it again"),
    Row(Action.SCREENSHOT, ("s",), ("s",), "save this frame as a PNG, full size"),
    Row(Action.WHO, ("w",), ("w",), "show or hide who has what is one of a kind"),
    Row(Action.KEYS, ("?", "f1", "shift+/"), ("?", "F1"), "show or hide these keys"),
    Row(Action.LEAVE, ("escape",), ("Esc",), "leave what is on, the full screen, the scene"),
    Row(Action.QUIT, ("q",), ("q",), "quit"),
)
REPEATING = frozenset({
    Action.BACK, Action.FORWARD, Action.SECOND_BACK, Action.SECOND_FORWARD, Action.PREVIOUS_KEY, Action.NEXT_KEY,
    Action.SLOWER, Action.FASTER, Action.LOUDER, Action.QUIETER,
})  # fmt: skip
"""What goes on while the key is held; all else happens once a press."""

ACTIONS = {stroke: row.action for row in TABLE for stroke in row.strokes}
"""What each stroke asks for, unless somebody has bound it otherwise."""


class Keymap(NamedTuple):
    """The table as it holds for one window, and what each of its strokes asks for."""

    rows: tuple[Row, ...] = TABLE
    actions: Mapping[str, Action] = ACTIONS


def find(
    name: str,
    text: str,
    *,
    shift: bool = False,
    ctrl: bool = False,
    alt: bool = False,
    actions: Mapping[str, Action] = ACTIONS,
) -> Action | None:
    """What a key press asks for.

    `text` is the letter it types, if it does, which knows the keyboard's layout: `?` lies elsewhere on each. `name` is
    the key's own, as `pygame.key.name` has it. `ctrl` is also the system's key. A chord that isn't in the table
    belongs to others.
    """
    if ctrl or alt:
        chord = f"{'ctrl+' * ctrl}{'alt+' * alt}{'shift+' * shift}{name}"
        return actions.get(chord)
    typed = text.lower() if len(text) == 1 and text.isprintable() else ""
    strokes = (f"shift+{name}" if shift else "", typed, name)
    return next((actions[stroke] for stroke in strokes if stroke in actions), None)
