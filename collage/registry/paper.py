"""How an asset's pictures were cut and printed: what may stand in `edge` and `print` of its entry.

Tables of their own, as the registry and the scenes lie in rooms that do not know each other; a test holds them
together. What is not written is decided where the asset is used.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from collage.colours import parse_colour
from collage.errors import suggest

_MOST_INKS = 3


class Misfit(ValueError):
    """What is wrong with one key of a table inside an entry, for the place where it stands."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


def number(low: float, high: float, value: Any) -> float:
    """A number within bounds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("a number belongs here")
    if not low <= value <= high:
        raise ValueError(f"{value:g} is outside {low:g} to {high:g}")
    return value


def _cells(value: Any) -> float:
    return number(2, 64, value) if number(0, 64, value) else 0


def _knives(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("a whole number belongs here")
    return int(number(2, 12, value)) if value else 0


def _colour(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError('a colour in quotes belongs here: "#f6f0e2"')
    parse_colour(value)
    return value


def _inks(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST_INKS:
        raise ValueError(f'a list of at most {_MOST_INKS} colours belongs here: ["#5c9ca0", "#b8402e"]')
    return tuple(map(_colour, value))


_share = partial(number, 0, 1)
EDGE: Mapping[str, Callable[[Any], Any]] = {
    "border": partial(number, 0, 200), "colour": _colour, "wobble": _share, "boil": _knives, "torn": _share,
    "dark": _share, "wear": _share,
}  # fmt: skip
PRINT: Mapping[str, Callable[[Any], Any]] = {
    "halftone": _cells, "inks": _inks, "fibre": _share, "photocopy": _share,
}  # fmt: skip


def written(what: str, known: Mapping[str, Callable[[Any], Any]], value: Any) -> dict[str, Any]:
    """The keys that are written in a table `what`, each checked. ValueError, a `Misfit` where one key is to blame."""
    if not isinstance(value, dict):
        first = next(iter(known))
        raise ValueError(f"a table belongs here: {what}.{first} = 5, or {what} = {{}} for all its defaults")
    for key in value:
        if key not in known:
            near = suggest(key[:40], known) or f" Known are {', '.join(known)}"
            raise Misfit(key, f'no key "{key[:40]}" in {what}.{near}')
    return {key: _checked(key, known[key], one) for key, one in value.items()}


def _checked(key: str, kind: Callable[[Any], Any], value: Any) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise Misfit(key, str(error)) from None
