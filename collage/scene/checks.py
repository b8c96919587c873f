"""What each kind of value in a scene must be: checks that return the value to keep, or refuse it in our own words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from collage.colours import parse_colour
from collage.errors import suggest
from collage.geometry import MOST_PIXELS, MOST_SIDE
from collage.timing import TimeError, parse_length, parse_rate

N = TypeVar("N", int, float)

PERCENT = re.compile(r"[+-]?[0-9]{1,6}(?:\.[0-9]{1,6})?%")
PART = r"[a-z0-9][a-z0-9_-]*"
NAME = re.compile(PART)
REFERENCE = re.compile(rf"{PART}(?:/{PART})*(?:\.{PART})?")
CUE = re.compile(r"[a-z][a-z0-9_]*")
CARRIER = re.compile(rf"(?:{REFERENCE.pattern})?")
_IN_WORDS = re.compile(r"([+-]?\d+(?:\.\d+)?)(\s*(?:deg|degrees?|°|px|pixels?|mm|db))?", re.ASCII | re.I)
"""Numbers in quotes, perhaps with the unit that they have anyway."""
_SURROGATE = re.compile("[\ud800-\udfff]")
NAME_FORM = "names are lower-case letters, digits, _ and -"
SCRIPTED_FORM = 'write do = "motions.wobble", the name of a function in motions.py'
REFERENCE_FORM = 'write "layer" or "layer.hook"'
TAKEN = frozenset({"in", "out", "end", "beat", "bar"})
"""Words of time that no cue may bear."""
LIMIT = 1e9
"""No number in a scene may be larger: far beyond any canvas, far below where floats lose a pixel."""
_LENGTHS = '12, "0.5s", "1 beat", "2 bars"'
_LONG_NUMBER = re.compile(r"\d{10}", re.ASCII)
MOST_LETTERS = 10_000
MOST_INKS = 3
MOST_COPIES = 10_000
"""Of one layer by its `repeat`."""
SCRIPTED = re.compile(r"motions\.[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
"""What `do` says to a motion that the project adds."""
PARAMETER = re.compile(r"[a-z](?:[a-z0-9_]*[a-z0-9])?")


def number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"a number belongs here, not {shown(value)}{_unquoted(value)}")
    if value != value or value in (math.inf, -math.inf):
        raise ValueError(f"{value} is no finite number: write one such as 1")
    return _within_reach(value)


def _unquoted(value: Any) -> str:
    found = _IN_WORDS.fullmatch(value) if isinstance(value, str) else None
    return f": write {found[1]}{'' if found[2] else ' without quotes'}" if found else ""


def factor(value: Any) -> float:
    """A number that people also think of in percent, as a scale or a share."""
    if isinstance(value, str) and PERCENT.fullmatch(value):
        raise ValueError(f"a number belongs here, not {shown(value)}: write {float(value[:-1]) / 100:g}")
    return number(value)


def whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"a whole number belongs here, not {shown(value)}{_unquoted(value)}")
    return _within_reach(value)


def _within_reach(value: N) -> N:
    if abs(value) > LIMIT:  # not shown: an integer may have more digits than Python will print
        raise ValueError("a number out of reach: write at most a thousand million either way")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false belongs here, not {shown(value)}")
    return value


def between(kind: Callable[[Any], float], low: float, high: float, value: Any) -> float:
    if not low <= kind(value) <= high:
        percent = (low, high) == (0, 1) and 10 <= value <= 100
        cure = f"{value / 100:g}; it goes from 0 to 1" if percent else f"{low:g} to {high:g}"
        raise ValueError(f"{value:g} is out of bounds: write {cure}")
    return int(value) if kind is whole else float(value)


def none_or(kind: Callable[[Any], float], low: float, high: float, value: Any) -> float:
    """0, which is none, or a number within bounds."""
    if kind(value) and not low <= value <= high:
        raise ValueError(f"{value:g} is out of bounds: write {low:g} to {high:g}, or 0 for none")
    return int(value) if kind is whole else float(value)


def lean(value: Any) -> float:
    """How a lamp leans: it never lies on the table, where shadows would have no end."""
    if not 0 <= number(value) < 90:
        raise ValueError(f"{value:g} is out of bounds: write 0, overhead, to 89, raking")
    return float(value)


def pair(kind: Callable[[Any], Any], value: Any) -> tuple[Any, Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"two numbers [x, y] belong here, not {shown(value)}")
    if len(value) != 2:
        raise ValueError(f"two numbers [x, y] belong here, not {len(value)}")
    return kind(value[0]), kind(value[1])


def scale(value: Any) -> float | tuple[float, float]:
    return pair(factor, value) if isinstance(value, list | tuple) else factor(value)


def canvas(value: Any) -> tuple[int, int]:
    width, height = pair(whole, value)
    if not (1 <= width <= MOST_SIDE and 1 <= height <= MOST_SIDE):
        raise ValueError(f"a canvas of {width} x {height} can't be: write 1 to {MOST_SIDE} pixels a side")
    if width * height > MOST_PIXELS:
        raise ValueError(f"a canvas of {width} x {height} is too large: write at most 64 million pixels in all")
    return width, height


def box(value: Any) -> tuple[float, float]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        cure = f"write size = [400, 120], or of letters type = {{ size = {shown(value)} }}"
        raise ValueError(f"a size is two numbers [width, height], not {shown(value)}: {cure}")
    width, height = pair(number, value)
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise ValueError(f"a size of {width:g} x {height:g} can't be: write more than 0, at most {MOST_SIDE} a side")
    return width, height


def extent(value: Any) -> float | str:
    if isinstance(value, str):
        if not PERCENT.fullmatch(value):
            raise ValueError(f'can\'t read the length "{value[:40]}": write pixels as a bare number, or "50%"')
        return value
    return number(value)


def pivot(value: Any) -> str | tuple[Any, Any]:
    return matching(NAME, NAME_FORM, value) if isinstance(value, str) else pair(extent, value)


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text in quotes belongs here, not {shown(value)}")
    if len(value) > MOST_LETTERS:
        raise ValueError(f"a text of {len(value)} characters is too long: write at most {MOST_LETTERS}")
    if _SURROGATE.search(value):
        raise ValueError("half a character (a lone surrogate) can't be written to a file: leave it out")
    return value


def matching(pattern: re.Pattern[str], form: str, value: Any) -> str:
    if not pattern.fullmatch(text(value)):
        raise ValueError(f"{shown(value)} is no name: {form}")
    return str(value)


def formula(parse: Callable[[str], Any], value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError(f'a formula stands in quotes: write "{shown(value)}"')
    return written_for(parse, value)


def grid(value: Any) -> tuple[int, int]:
    columns, rows = pair(whole, value)
    if not (columns >= 1 and rows >= 1 and columns * rows <= MOST_COPIES):
        raise ValueError(f"a grid of {columns} x {rows} can't be: write [columns, rows], {MOST_COPIES} copies at most")
    return columns, rows


def area(value: Any) -> tuple[float | str, ...]:
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise ValueError(
            f'four lengths [x, y, width, height] belong here, such as [0, 0, "100%", 300], not {shown(value)}'
        )
    x, y, *sides = map(extent, value)
    if any(float(str(side).removesuffix("%")) < 0 for side in sides):
        raise ValueError("an area of less than nothing: write [x, y, width, height], both sides 0 or more")
    return x, y, *sides


def focus(value: Any) -> float | str:
    return matching(NAME, NAME_FORM, value) if isinstance(value, str) else number(value)


def target(value: Any) -> Any:
    """What a hand reaches for: another piece, a hook of one, or a point."""
    return matching(REFERENCE, REFERENCE_FORM, value) if isinstance(value, str) else pair(extent, value)


def chosen(choices: tuple[str, ...], meant: Mapping[str, str], value: Any) -> str:
    if value not in choices:
        tail = _nearest(value, choices, meant) if isinstance(value, str) else ""
        raise ValueError(f"{shown(value)} is none of {', '.join(choices)}.{tail}".removesuffix("."))
    return str(value)


def _nearest(word: str, choices: tuple[str, ...], meant: Mapping[str, str]) -> str:
    plain = "-".join(word[:40].lower().replace("_", " ").split())
    return f' Did you mean "{meant[plain]}"?' if plain in meant else suggest(plain, choices)


def option(value: Any) -> Any:
    """A parameter of a motion that the project adds: a number, a flag, a text, or two numbers."""
    if isinstance(value, bool):
        return value
    return text(value) if isinstance(value, str) else scale(value)


def cue(value: Any) -> str:
    if value in TAKEN:
        raise ValueError(f'"{value}" is taken: {", ".join(sorted(TAKEN))} have meanings of their own')
    return matching(CUE, "a cue is a letter, then lower-case letters, digits and _", value)


def timed(parse: Callable[[int | str], Any], value: Any) -> int | str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f'a whole number of frames or a text such as "2s" belongs here, not {shown(value)}')
    if isinstance(value, int):
        _within_reach(value)
    elif len(value) > 200:
        raise ValueError("a time of more than 200 characters: give a place on the timeline a name in [cues]")
    _parsed(parse, value)
    return value


def _parsed(parse: Callable[[int | str], Any], value: int | str) -> None:
    try:
        parse(value)
    except TimeError as error:
        words = str(error)
        if parse is parse_length:  # whose terms are read as a moment's
            words = words.replace("the moment", "the length").replace(
                '48, "2s", "beat 33", "bar 9", a cue, "end-1s"', _LENGTHS
            )
        digits = ", with at most 9 digits before a point and 9 after" if _LONG_NUMBER.search(str(value)) else ""
        raise ValueError(words + digits) from None


def stretch(least: int, value: Any) -> int | str:
    """A length of time that can't run backwards; with `least` 1 it can't be nothing either."""
    written = timed(parse_length, value)
    amounts = [term.amount for term in parse_length(written)]
    if all(amount < 0 for amount in amounts) or (least and all(amount <= 0 for amount in amounts)):
        more = "more than nothing" if least else "nothing or more"
        raise ValueError(f'{shown(written)} is no length for this: write {more}, such as 12, "2s", "1 beat"')
    return written


def looped(value: Any) -> bool | int | str:
    return value if isinstance(value, bool) else stretch(1, value)


def rate(value: Any) -> int | float | str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f'a rate belongs here, not {shown(value)}: write 24 or "24000/1001"')
    parse_rate(value if isinstance(value, str) else number(value))
    return value


def written_for(parse: Callable[[str], Any], value: Any) -> str:
    parse(text(value))
    return str(value)


def inks(parse: Callable[[str], Any], value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise ValueError(f"inks come in a list, even one: write inks = [{shown(value)}]")
    if not isinstance(value, list | tuple):
        raise ValueError(f'a list of colours belongs here, not {shown(value)}: write inks = ["#5c9ca0", "#b8402e"]')
    if len(value) > MOST_INKS:
        raise ValueError(f"{len(value)} inks are too many: write at most {MOST_INKS}, black is always there")
    return tuple(written_for(parse, ink) for ink in value)


def paper(value: Any) -> str:
    return "none" if value == "none" else written_for(parse_colour, value)


def version(value: Any) -> int:
    if type(value) is int and value > 1:
        raise ValueError(f"format {shown(value)} was written for a newer Collage; this one reads format = 1: update it")
    if type(value) is not int or value != 1:
        raise ValueError(f"{shown(value)} is no version of the format: write format = 1")
    return value


def shown(value: Any) -> str:
    """What a wrong value is, for a message: short texts and numbers as they are, the rest by kind."""
    if isinstance(value, str):
        return '"' + "".join(letter if letter.isprintable() else "�" for letter in value[:40]) + '"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value) if abs(value) < LIMIT else "a number"
    if isinstance(value, list | tuple | dict):
        return "a table" if isinstance(value, dict) else "a list"
    return f"a {type(value).__name__}"
