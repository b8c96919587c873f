"""A person's own keys: `keys.toml` in the folder for settings, a line for each action: ``play = ["space", "p"]``.

An action is called as in the table of keys, in small letters. What is wrong is said and left out, never fatal.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from collage.errors import AssetError, Finding, suggest
from collage.player.keys import TABLE, Action, Keymap, Row
from collage.scene.guard import TooDeep, check_depth, load_text
from collage.scene.source import Source

NAME = "keys.toml"
_CAPS = {
    "space": "Space", "left": "Left", "right": "Right", "up": "Up", "down": "Down", "home": "Home", "end": "End",
    "page up": "PgUp", "page down": "PgDn", "backspace": "Backspace", "return": "Enter", "enter": "keypad Enter",
    "escape": "Esc", "tab": "Tab", "insert": "Ins", "delete": "Del", "menu": "Menu", "break": "Pause",
    "print screen": "PrtSc", "scroll lock": "ScrLk",
    **{f"f{number}": f"F{number}" for number in range(1, 16)},
    **{f"[{key}]": f"keypad {key}" for key in "0123456789./*-+"},
}  # fmt: skip
"""What stands on a key, by its name in `pygame.key.name`. A letter or a sign is called as it is."""
_ALIKE = {"pageup": "page up", "pagedown": "page down", "spacebar": "space", "return": "return"}
_NAMES = {**{cap.lower(): name for name, cap in _CAPS.items()}, **_ALIKE}
"""Keys as people call them. The keypad's own is its cap's name: "[" and "]" are keys too."""
_HELD = {
    "ctrl": "ctrl", "control": "ctrl", "cmd": "ctrl", "meta": "ctrl",
    "alt": "alt", "option": "alt",
    "shift": "shift",
}  # fmt: skip
_CHORD = re.compile(rf"((?:(?:{'|'.join(_HELD)})\s*\+\s*)*)(.+)", re.DOTALL)
_ACTIONS = {action.name.lower(): action for action in Action}
_FORM = 'write a key or a list of keys: ["space", "p"]'


class Read(NamedTuple):
    """The keys that hold, and a line for each thing that is wrong in the file."""

    keymap: Keymap
    faults: tuple[str, ...] = ()


def read(path: Path | None = None) -> Read:
    """A person's own keys, by default from where they are kept; the table's, if there are none to be read."""
    path = own_file() if path is None else path
    try:
        return bound(load_text(path), str(path)) if path.exists() else Read(Keymap())
    except (AssetError, OSError) as error:
        return Read(Keymap(), (str(error),))


def own_file() -> Path:
    """Where a person's own keys are kept."""
    import platformdirs

    return platformdirs.user_config_path("collage", appauthor=False) / NAME


def bound(text: str, name: str = NAME) -> Read:
    """The keys after a text of one's own. An action that stands in it has those keys instead of the table's; a key
    that it takes is taken from whatever had it. `name` is what the faults call the file."""
    source = Source(name, text)
    try:
        check_depth(text)
        document = tomllib.loads(text)
    except TooDeep as error:
        return Read(Keymap(), (str(source.finding_at(error.place, str(error))),))
    except ValueError as error:
        return Read(Keymap(), (f"{name}: {error}: the keys stay as they were",))
    wanted, found = dict[Action, tuple[str, ...]](), list[Finding]()
    for word, value in document.items():
        if word not in _ACTIONS:
            found.append(source.finding_at_key((word,), f'no action "{word}".{suggest(word, _ACTIONS)}'))
            continue
        strokes = list(_strokes(word, value, source, wanted, found))
        if strokes or value == []:
            wanted[_ACTIONS[word]] = tuple(strokes)
    return Read(_mapped(wanted), tuple(map(str, found)))


def stroke(written: str) -> str:
    """A key as `collage.player.keys.find` spells it: "Ctrl + Z" is "ctrl+z". ValueError for none."""
    match = _CHORD.fullmatch(written.strip().lower())
    if not match:
        raise ValueError(_FORM)
    held = {_HELD[word.strip()] for word in match[1].split("+") if word.strip()}
    key = _NAMES.get(match[2], match[2])
    if key not in _CAPS and (len(key) > 1 or not key.isprintable()):
        raise ValueError(f'no key "{match[2]}".{suggest(match[2], (*_CAPS, *_NAMES))}')
    return "".join(f"{word}+" for word in ("ctrl", "alt", "shift") if word in held) + key


def cap(spelt: str) -> str:
    """What stands on the key of a stroke: "ctrl+page up" is "Ctrl+PgUp"."""
    match = _CHORD.fullmatch(spelt)
    assert match is not None
    held = match[1].title()
    return held + _CAPS.get(match[2], match[2].upper() if held else match[2])


def _strokes(
    word: str, value: Any, source: Source, wanted: Mapping[Action, tuple[str, ...]], found: list[Finding]
) -> Iterator[str]:
    """The strokes of an action as far as they are any; a fault for each other."""
    taken = {spelt: action.name.lower() for action, strokes in wanted.items() for spelt in strokes}
    for index, written in enumerate(value if isinstance(value, list) else [value]):
        place = (word, index) if isinstance(value, list) else (word,)
        try:
            if not isinstance(written, str):
                raise ValueError(_FORM)
            spelt = stroke(written)
            if spelt in taken:
                raise ValueError(f'"{written}" is the key of {taken[spelt]} already: choose another')
            yield spelt
        except ValueError as error:
            found.append(source.finding(place, str(error)))


def _mapped(wanted: Mapping[Action, tuple[str, ...]]) -> Keymap:
    taken = {spelt for strokes in wanted.values() for spelt in strokes}
    rows = tuple(_row(row, wanted.get(row.action), taken) for row in TABLE)
    return Keymap(rows, {spelt: row.action for row in rows for spelt in row.strokes})


def _row(row: Row, own: tuple[str, ...] | None, taken: set[str]) -> Row:
    strokes = tuple(spelt for spelt in row.strokes if spelt not in taken) if own is None else own
    return row if strokes == row.strokes else row._replace(strokes=strokes, shown=tuple(map(cap, strokes)))
