"""Wrong values in a scene's text: each message shows what to write, and what it shows can be read."""

from __future__ import annotations

import re

import pytest

from collage.errors import SceneError
from collage.scene.reader import parse

ASSET = '[[layer]]\nasset = "a"\n'
EMPTY = "[[layer]]\n"
NESTED = '[[layer]]\nscene = "scenes/a.toml"\n'
SOUND = "[sound]\n"


def found(text: str) -> list[str]:
    """The findings of a text under its first line, without their places."""
    with pytest.raises(SceneError) as error:
        parse(f"format = 1\n{text}\n", "s")
    return [finding.message for finding in error.value.findings]


@pytest.mark.parametrize(
    ("above", "line", "cure"),
    [
        (ASSET, 'scale = "50%"', "scale = 0.5"),
        (ASSET, 'keys.scale_x = [[0, "50%"]]', "keys.scale_x = [[0, 0.5]]"),
        (ASSET, 'scale = ["-25%", 1]', "scale = [-0.25, 1]"),
        (ASSET, 'opacity = "30%"', "opacity = 0.3"),
        (ASSET, "opacity = 50", "opacity = 0.5"),
        (ASSET, 'turn = "90deg"', "turn = 90"),
        (ASSET, 'turn = "-4.5 °"', "turn = -4.5"),
        (ASSET, 'turn = "90"', "turn = 90"),
        (ASSET, 'on = "2"', "on = 2"),
        ('[[sheet]]\nname = "a"\n[[sheet]]\nname = "b"\n', 'gap = "30 mm"', "gap = 30"),
        ("[camera]\n", 'zoom = "150%"', "zoom = 1.5"),
        (NESTED, "time.speed = nan", "time.speed = 1"),
        (ASSET, "turn = -inf", "turn = 1"),
        (EMPTY, 'scene = ""', 'scene = "scenes/inner.toml"'),
        (EMPTY, 'scene = "scenes/"', 'scene = "scenes/inner.toml"'),
        (EMPTY, 'scene = "scenes/A.TOML"', 'scene = "scenes/A.toml"'),
        (EMPTY, 'scene = "file:///etc/passwd"', 'scene = "scenes/inner.toml"'),
        (EMPTY, 'scene = "file:///home/me/scenes/bath.toml"', 'scene = "scenes/bath.toml"'),
        (SOUND, 'file = "file:///etc/passwd"', 'file = "assets/sound/waltz.ogg"'),
        (SOUND, 'file = "file:///home/me/assets/a.wav"', 'file = "assets/a.wav"'),
    ],
)
def test_a_wrong_value_shows_the_right_one(above: str, line: str, cure: str) -> None:
    """The message holds the value to write, and a text with that value in its place has no findings."""
    value = cure.partition("= ")[2]
    told = found(above + line)
    assert len(told) == 1
    shown = told[0].partition(": write ")[2]
    words = shown.split(" without")[0].split(";")[0].removeprefix("one such as ")
    assert words in re.findall(r'"[^"]*"|[-\d.]+', value)
    parse(f"format = 1\n{above}{cure}\n")


def test_a_number_without_an_end_is_no_place() -> None:
    """nan is told as what it is, whatever it was written for."""
    assert found(f"{NESTED}time.speed = nan") == ["nan is no finite number: write one such as 1"]


@pytest.mark.parametrize(("value", "cure"), [(1.5, "0 to 1"), (7, "0 to 1"), (-1, "0 to 1"), (300, "0 to 1")])
def test_what_is_no_percentage_is_only_told_its_bounds(value: float, cure: str) -> None:
    """A little too much, less than nothing, more than a hundred: nobody knows what was meant."""
    assert found(f"{ASSET}opacity = {value}") == [f"{value:g} is out of bounds: write {cure}"]


@pytest.mark.parametrize("line", ['move = [{ do = "bob", every = "x" }]', 'repeat = { count = 2, delay = "x" }'])
def test_a_length_is_not_called_a_moment(line: str) -> None:
    """Where a stretch of time belongs, the message speaks of lengths and shows some."""
    for wrong in ("0.0000000001s", "12 s s", "2 parsecs"):
        (told,) = found(ASSET + line.replace('"x"', f'"{wrong}"'))
        assert told.startswith(f'can\'t read the length "{wrong}"')
        assert "moment" not in told
        assert ("at most 9 digits" in told) == (wrong == "0.0000000001s")


def test_a_moment_is_still_one() -> None:
    """Where a place in time belongs, the message shows places."""
    assert 'can\'t read the moment "soon enough"' in found(f'{ASSET}in = "soon enough"')[0]


def test_a_long_sum_is_told_how_to_be_gathered() -> None:
    """It has no bracket at all, so it is not only told of brackets; gathered as shown, it can be read."""
    ones = ["1"] * 440
    (told,) = found(f'{ASSET}expr.x = "{"+".join(ones)}"')
    assert "too long or nested too deep" in told
    assert "(a + b) + (c + d)" in told
    rows = ["(" + "+".join(ones[place : place + 20]) + ")" for place in range(0, 440, 20)]
    parse(f'format = 1\n{ASSET}expr.x = "{"+".join(rows)}"\n')


def test_a_nested_scene_is_referred_to_by_the_end_of_its_path() -> None:
    """As a cut-out is: a child hangs on it by that name, and a name borne twice is refused."""
    child = '[[layer]]\nasset = "b"\nparent = "bath"\nbehind = "bath"\n'
    nested = '[[layer]]\nscene = "scenes/bath.toml"\n'
    parse(f"format = 1\n{nested}{child}")
    told = found(nested * 2 + child)
    assert told == ['2 are called "bath": give one of them a name of its own'] * 2
    assert found(child)[0].startswith('no peg or layer is called "bath"')
