"""Eases: how a piece arrives. One table of names, one of functions that take arguments.

An ease maps the share of time gone, 0 to 1, to the share of the way gone; it may overshoot in between. The families are
Robert Penner's (Programming Macromedia Flash MX, 2002) with his constants, each written once as its `in` form.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from collage.errors import suggest
from collage.motion import css
from collage.motion.css import Ease as Ease

_CALL = re.compile(r"([a-z-]+)\((.*)\)", re.DOTALL)
_LONGEST = 2000
_BACK = 1.70158  # overshoots by a tenth


def _sine(t: float) -> float:
    return 1 - math.cos(t * math.pi / 2)


def _power(degree: int) -> Ease:
    return lambda t: t**degree


def _expo(t: float) -> float:
    return math.pow(2, 10 * (t - 1))


def _circ(t: float) -> float:
    return 1 - math.sqrt(1 - t * t)


def _back(overshoot: float) -> Ease:
    return lambda t: t * t * ((overshoot + 1) * t - overshoot)


def _elastic(period: float) -> Ease:
    return lambda t: -math.pow(2, 10 * (t - 1)) * math.sin((t - 1 - period / 4) * 2 * math.pi / period)


def _bounce(t: float) -> float:
    """Four flights of one curvature, seen backwards: when each ends and where it is lowest, in 1/2.75ths; how low."""
    left = 1 - t
    flights = ((1, 0, 0), (2, 1.5, 0.75), (2.5, 2.25, 0.9375), (math.inf, 2.625, 0.984375))
    middle, low = next((middle, low) for end, middle, low in flights if left < end / 2.75)
    return 1 - (7.5625 * (left - middle / 2.75) ** 2 + low)


def _ending(ease: Ease) -> Ease:
    """The same, holding exactly 0 before and 1 after."""
    return lambda t: 0.0 if t <= 0 else 1.0 if t >= 1 else ease(t)


def _out(ease: Ease) -> Ease:
    return lambda t: 1 - ease(1 - t)


def _in_out(ease: Ease) -> Ease:
    return lambda t: ease(2 * t) / 2 if t < 0.5 else 1 - ease(2 - 2 * t) / 2


_FAMILIES: dict[str, tuple[Ease, Ease]] = {  # the in form, and the one whose halves make in-out
    "sine": (_sine, _sine),
    "quad": (_power(2), _power(2)),
    "cubic": (_power(3), _power(3)),
    "quart": (_power(4), _power(4)),
    "quint": (_power(5), _power(5)),
    "expo": (_expo, _expo),
    "circ": (_circ, _circ),
    "back": (_back(_BACK), _back(_BACK * 1.525)),
    "elastic": (_elastic(0.3), _elastic(0.3 * 1.5)),
    "bounce": (_bounce, _bounce),
}

_NAMED: dict[str, Ease] = {
    "linear": lambda t: t,
    "hold": lambda t: 0.0 if t < 1 else 1.0,
    **{f"in-{name}": _ending(ease) for name, (ease, _) in _FAMILIES.items()},
    **{f"out-{name}": _ending(_out(ease)) for name, (ease, _) in _FAMILIES.items()},
    **{f"in-out-{name}": _ending(_in_out(half)) for name, (_, half) in _FAMILIES.items()},
    **{name: _ending(_out(ease)) for name, (ease, _) in _FAMILIES.items()},
    **{way: _ending(turn(_power(3))) for way, turn in {"in": lambda e: e, "out": _out, "in-out": _in_out}.items()},
    "ease": css.bezier(0.25, 0.1, 0.25, 1),
    "ease-in": css.bezier(0.42, 0, 1, 1),
    "ease-out": css.bezier(0, 0, 0.58, 1),
    "ease-in-out": css.bezier(0.42, 0, 0.58, 1),
    "step-start": css.stairs(1, "start"),
    "step-end": css.stairs(1, "end"),
}
_CALLED: dict[str, Callable[[Sequence[str]], Ease]] = {
    "cubic-bezier": css.cubic_bezier,
    "steps": css.steps,
    "linear": css.linear,
    "spring": css.spring,
}
EASES = tuple(sorted(_NAMED))
"""Every ease that is a bare name. A family's name alone is its `out`; `in`, `out` and `in-out` alone are cubic."""


@lru_cache(maxsize=1024)
def parse_ease(text: str) -> Ease:
    """The function of an ease as it stands in a file; ValueError names the fault and how to write it.

    The names and the functions of CSS may be written in capitals too, as in CSS.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"an ease of {len(text)} characters is too long: at most {_LONGEST}")
    word = text.strip().lower()
    if word in _NAMED:
        return _NAMED[word]
    call = _CALL.fullmatch(word)
    if not call or call[1] not in _CALLED:
        near = suggest(call[1], _CALLED) if call else suggest(word, [*_NAMED, *_CALLED])
        raise ValueError(f'no ease "{_shown(text)}".{near or " Write out-back, in-out-sine, cubic-bezier(…), hold"}')
    try:
        return _CALLED[call[1]]([argument.strip() for argument in call[2].split(",")])
    except ValueError as fault:
        raise ValueError(f'can\'t read the ease "{_shown(text)}": {fault}') from None


def _shown(text: str) -> str:
    """At most a line's worth of it, on one line, and nothing that a terminal would obey."""
    return "".join(mark if mark.isprintable() else " " for mark in text[:60])
