"""A person's own keys: what `keys.toml` may say, what is said of what it may not, and that the window obeys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stagehands import perform, press

from collage.player import overlay
from collage.player.bindings import bound, cap, own_file, read, stroke
from collage.player.keys import ACTIONS, TABLE, Action, Keymap, find

# Strokes


@pytest.mark.parametrize(
    ("written", "spelt", "shown"),
    [
        ("space", "space", "Space"),
        ("P", "p", "p"),
        ("Ctrl + Z", "ctrl+z", "Ctrl+Z"),
        ("shift+cmd+z", "ctrl+shift+z", "Ctrl+Shift+Z"),
        ("option+PgUp", "alt+page up", "Alt+PgUp"),
        ("page down", "page down", "PgDn"),
        ("Esc", "escape", "Esc"),
        ("Enter", "return", "Enter"),
        ("return", "return", "Enter"),
        ("keypad enter", "enter", "keypad Enter"),
        ("keypad 3", "[3]", "keypad 3"),
        ("F12", "f12", "F12"),
        ("+", "+", "+"),
        ("shift++", "shift++", "Shift++"),
        ("[", "[", "["),
        ("ß", "ß", "ß"),
    ],
)
def test_keys_are_written_as_people_call_them(written: str, spelt: str, shown: str) -> None:
    """In any case, by their caps or their names, what is held first in any order."""
    assert stroke(written) == spelt
    assert cap(spelt) == shown
    assert stroke(shown) == spelt


@pytest.mark.parametrize(
    ("written", "told"),
    [("spcae", 'Did you mean "space"'), ("pgupp", 'Did you mean "pgup"'), ("hyper+z", "no key"), ("", "write a key"),
     ("ctrl+", "no key"), ("\n", "write a key")],
)  # fmt: skip
def test_what_is_no_key_is_refused_with_the_nearest(written: str, told: str) -> None:
    """A key that no keyboard has."""
    with pytest.raises(ValueError, match=told):
        stroke(written)


def test_every_key_of_the_table_can_be_written() -> None:
    """As it is spelt and as it stands on its cap, so that ? is the file's own dictionary."""
    for row in TABLE:
        assert {stroke(shown) for shown in row.shown} <= set(row.strokes)
        assert all(stroke(cap(spelt)) == spelt for spelt in row.strokes)


def test_pygame_calls_the_keys_so(dummy: None) -> None:
    """Every name that is no single sign is one that a key press arrives under."""
    import pygame

    from collage.player.bindings import _CAPS

    names = {pygame.key.name(getattr(pygame, name)) for name in dir(pygame) if name.startswith("K_")}
    assert set(_CAPS) <= names
    parts = {spelt.rpartition("+")[2] or spelt for spelt in ACTIONS}
    assert {part for part in parts if len(part) > 1} <= names


# Files


def test_an_own_key_stands_instead_of_the_tables() -> None:
    """The action has the keys that are written and no other; the panel shows those; all else is as it was."""
    keymap, faults = bound('play = ["space", "p"]\nscreenshot = "F12"\n')
    assert faults == ()
    assert keymap.actions["p"] is keymap.actions["space"] is Action.PLAY
    assert keymap.actions["f12"] is Action.SCREENSHOT
    assert "s" not in keymap.actions
    rows = {row.action: row for row in keymap.rows}
    assert rows[Action.PLAY].shown == ("Space", "p")
    assert rows[Action.SCREENSHOT].shown == ("F12",)
    assert [row for row in keymap.rows if row.action not in (Action.PLAY, Action.SCREENSHOT)] == [
        row for row in TABLE if row.action not in (Action.PLAY, Action.SCREENSHOT)
    ]


def test_a_key_is_taken_from_whatever_had_it() -> None:
    """Ctrl+Y for another leaves "do it again" its other key; the only key of an action leaves it none."""
    keymap, faults = bound('xray = "ctrl+y"\nonion = "w"\nkeys = []\n')
    rows = {row.action: row for row in keymap.rows}
    assert faults == ()
    assert rows[Action.REDO].strokes == ("ctrl+shift+z",)
    assert rows[Action.REDO].shown == ("Ctrl+Shift+Z",)
    assert rows[Action.WHO].shown == rows[Action.KEYS].shown == ()
    assert keymap.actions["w"] is Action.ONION
    assert Action.KEYS not in keymap.actions.values()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('plya = "p"', 'keys.toml:1:1: no action "plya". Did you mean "play"?'),
        ('loop = "l"\n\nplay = ["p", "spcae"]', 'keys.toml:3:14: no key "spcae". Did you mean "space"?'),
        ('loop = "p"\nplay = "p"', 'keys.toml:2:8: "p" is the key of loop already: choose another'),
        ("play = 3", 'keys.toml:1:8: write a key or a list of keys: ["space", "p"]'),
        ('[play]\nkey = "p"', 'keys.toml:1:2: write a key or a list of keys: ["space", "p"]'),
        ("play = [", "keys.toml: Invalid value (at end of document): the keys stay as they were"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, told: str) -> None:
    """One line each, with the nearest that there is."""
    assert bound(text).faults == (told,)


def test_a_fault_costs_only_itself() -> None:
    """The other keys of the line and the other lines hold; an action without one good key keeps the table's."""
    keymap, faults = bound('play = ["p", "spcae"]\nmute = "nokey"\nplya = "u"\nloop = "F5"\n')
    assert len(faults) == 3
    assert keymap.actions["p"] is Action.PLAY
    assert "space" not in keymap.actions
    assert keymap.actions["m"] is Action.MUTE
    assert keymap.actions["f5"] is Action.LOOP


@given(st.text() | st.from_regex(r'([a-z_]{1,9} = (\[?"[a-z+ ]{0,9}",?\]?|\d)\n){0,4}', fullmatch=True))
def test_no_text_breaks_the_keys(text: str) -> None:
    """Whatever stands in it, no stroke stands for two things, every action has a row, and faults are single lines."""
    keymap, faults = bound(text)
    assert [row.action for row in keymap.rows] == [row.action for row in TABLE]
    strokes = [spelt for row in keymap.rows for spelt in row.strokes]
    assert len(strokes) == len(set(strokes)) == len(keymap.actions)
    assert all(len(line.splitlines()) == 1 for line in faults)


def test_a_bomb_is_no_keys() -> None:
    """Brackets without end, a key of many parts."""
    for text in ("a = " + "[" * 100_000, ".".join("a" * 20_000) + " = 1"):
        keymap, faults = bound(text)
        assert keymap == Keymap()
        assert len(faults) == 1


def test_the_file_is_read_where_settings_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In collage's own folder of a person's settings; without one the table holds and nothing is said."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert own_file().name == "keys.toml"
    assert own_file().parent.name == "collage"
    path = tmp_path / "keys.toml"
    assert read(path) == (Keymap(), ())
    path.write_bytes(b'\xef\xbb\xbfplay = "p"\r\n')
    assert read(path).keymap.actions["p"] is Action.PLAY
    path.write_bytes(b"\xff")
    assert "keys.toml:1: not UTF-8" in read(path).faults[0]
    assert read(tmp_path)[0] == Keymap()
    assert "is a folder" in read(tmp_path).faults[0]


def test_the_readme_tells_every_action_and_its_example_holds() -> None:
    """Each action stands beside its keys, and the lines to paste are sound."""
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    for row in TABLE:
        assert f"| {row.line} | `{row.action.name.lower()}` |" in readme
    example = readme[readme.index("`keys.toml`") :].split("```")[1].removeprefix("toml\n")
    keymap, faults = bound(example)
    assert faults == ()
    assert keymap.actions["p"] is Action.PLAY


# In the window


def test_a_chord_of_ones_own_goes_before_the_letter() -> None:
    """Shift+G may be another thing than G."""
    actions = bound('xray = "shift+g"').keymap.actions
    assert find("g", "G", shift=True, actions=actions) is Action.XRAY
    assert find("g", "g", actions=actions) is Action.GRAB
    assert find("g", "G", shift=True) is Action.GRAB


def test_the_window_obeys_and_lists_ones_own_keys(dummy: None, tmp_path: Path) -> None:
    """P pauses, Space does nothing any more."""
    keymap = bound('play = "p"').keymap
    paused = perform([press("p", "p")], tmp_path, keymap=keymap)
    assert not paused.head.playing
    assert perform([press("space", " ") + press("q", "q")], tmp_path, keymap=keymap).head.playing


def test_the_panel_leaves_out_what_has_no_key(dummy: None) -> None:
    """Half the table without keys makes a smaller panel."""
    rows = [row._replace(shown=()) if number % 2 else row for number, row in enumerate(TABLE)]
    small, whole = overlay.panel((1920, 1080), rows).get_size(), overlay.panel((1920, 1080)).get_size()
    assert small[0] * small[1] < 0.7 * whole[0] * whole[1]
