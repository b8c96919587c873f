"""Motion scripts: functions of a project's own `motions.py`, used as ``do = "motions.wobble"``.

    import math
    import collage

    @collage.motion
    def wobble(now, by=12.0, every=1.0):
        '''Turns to and fro.'''
        return {"turn": by * math.sin(math.tau * now.t / every)}

A script is asked for any frame, in any order and by several threads: it must depend on its arguments alone.
"""

from __future__ import annotations

import inspect
import math
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, NamedTuple

from collage.motion.chance import Chance

CHANNELS = ("x", "y", "turn", "scale", "scale_x", "scale_y", "opacity")
"""What a script may give: pixels, degrees, factors."""
_MARK = "__collage_motion__"
_LARGEST = 1e12
_TAKEN = frozenset({"do", "in", "out"})
Plain = float | bool | str | tuple[float, float]
_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "true or false": bool,  # first, as Python counts them among the numbers
    "a number": (int, float),
    "a text": str,
    "a pair of numbers": tuple,
}


class Now(NamedTuple):
    """The moment a script is asked about: `t` seconds and `frame` frames since the move's in, `share` of its span gone
    (0 to 1), `number` of the exposure, `i` the copy's index, `width` and `height` of the canvas, `beat` as formulas
    have it, and `chance`, whose ``at(n)`` is a number in [0, 1) and ``noise(x)`` a smooth one in -1 to 1."""

    t: float
    frame: float
    share: float
    number: int
    i: int
    beat: float
    width: float
    height: float
    chance: Chance


@dataclass(frozen=True, slots=True)
class Script:
    """A marked function: its name, its parameters with their defaults, itself, and where it is written."""

    name: str
    defaults: Mapping[str, Plain]
    call: Callable[..., Any]
    file: str
    line: int


def motion(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a function of `motions.py` as a move. It takes the `Now` and then parameters, each with a default (a number,
    true or false, a text or a pair of numbers), and gives a dictionary: x, y (pixels) and turn (degrees) are added,
    scale, scale_x, scale_y and opacity multiply. TypeError for a parameter without such a default."""
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters:
        raise TypeError(f"{function.__name__} takes the moment first: def {function.__name__}(now): …")
    defaults = {parameter.name: parameter.default for parameter in parameters[1:]}
    for name, value in defaults.items():
        if kind(value) is None:
            raise TypeError(f"{function.__name__}: {name} needs a default, {', '.join(_KINDS)}")
        if name in _TAKEN:
            raise TypeError(f"{function.__name__}: {name} is taken, every move has one: call it something else")
    code = inspect.unwrap(function).__code__
    setattr(function, _MARK, Script(function.__name__, defaults, function, code.co_filename, code.co_firstlineno))
    return function


def marked(value: object) -> Script | None:
    """What `motion` has made of a function, None of anything else."""
    found = inspect.getattr_static(value, _MARK, None)  # asks the object nothing: it may answer with anything
    return found if type(found) is Script else None


class Amiss(ValueError):
    """What is wrong with what a script gave, in words that need no more."""


def nudge(given: object) -> tuple[float, float, float, float, float, float]:
    """x, y, turn, scale_x, scale_y, opacity of what a script gave. Amiss says what is wrong with it; what its
    objects raise when asked passes."""
    if not isinstance(given, Mapping):
        raise Amiss(f'it gave {type(given).__name__}, not a dictionary such as {{"turn": 5}}')
    found: dict[str, float] = {}
    for channel, value in given.items():
        if channel not in CHANNELS:
            raise Amiss(f"it gave {channel!r}: the channels are {', '.join(CHANNELS)}")
        found[CHANNELS[CHANNELS.index(channel)]] = _number(channel, value)
    scale = found.get("scale", 1.0)
    return (
        found.get("x", 0.0), found.get("y", 0.0), found.get("turn", 0.0),
        scale * found.get("scale_x", 1.0), scale * found.get("scale_y", 1.0), found.get("opacity", 1.0),
    )  # fmt: skip


def _number(channel: str, value: object) -> float:
    """A plain float, of whatever kind the number is. Amiss if it is none that can be used."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise Amiss(f"its {channel} is {value!r}, not a number")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not -_LARGEST <= number <= _LARGEST:
        raise Amiss(f"its {channel} is {'no number' if math.isnan(number) else 'beyond all bounds'}")
    return number


def blameless(error: BaseException, file: str) -> bool:
    """Whether the script in `file` has nothing to do with it: Ctrl+C, or an exit that was not asked for in that very
    file, as a signal asks for it while a script runs."""
    if isinstance(error, SystemExit):
        return traceback.extract_tb(error.__traceback__)[-1].filename != file
    return isinstance(error, KeyboardInterrupt)


def line_of(error: BaseException, file: str, line: int) -> str:
    """Where it happened, "scenes/motions.py:12": the innermost line of that file, else `line`."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"{file}:{(lines[-1] if lines else None) or line}"


def in_words(error: BaseException) -> str:
    """An error of someone else's code in one line."""
    try:
        said = " ".join(str(error).split())
    except KeyboardInterrupt:
        raise
    except BaseException:
        said = ""
    if isinstance(error, Amiss):
        return said[:200]
    return f"{type(error).__name__}: {said[:200]}" if said else type(error).__name__


def kind(value: object) -> str | None:
    """What sort of parameter a value can be, in words, None if none."""
    if isinstance(value, tuple):
        return "a pair of numbers" if len(value) == 2 and all(kind(part) == "a number" for part in value) else None
    return next((word for word, types in _KINDS.items() if isinstance(value, types)), None)
