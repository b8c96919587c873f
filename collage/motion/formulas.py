"""Formulas: a channel's value written as arithmetic, `v + 30*sin(tau*t/2)`, read once and asked at every exposure.

The text becomes a tree of our own small grammar, the tree a nest of closures over floats in which all that can't change
is reckoned beforehand. Nothing of Python is run and every number is a float: a formula can read, keep or grow nothing.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import itemgetter

from collage.motion.chance import Chance
from collage.motion.functions import FUNCTIONS, LARGEST_EXPONENT, power
from collage.motion.functions import NAMES as NAMES
from collage.motion.grammar import Node, parse
from collage.motion.scanning import FormulaError as FormulaError

Now = tuple[float, float, float, float, float]  # v, t, f, n, beat at one exposure
Part = Callable[[Now], float]
Played = Callable[[float, float, float, float, float], float]
Calls = Mapping[str, Callable[..., float]]

_NOW: dict[str, Part] = {name: itemgetter(place) for place, name in enumerate(("v", "t", "f", "n", "beat"))}
_FIXED = {"pi": math.pi, "tau": math.tau}
_PURE: Calls = {name: function.call for name, function in FUNCTIONS.items() if function.call}
_BEFORE: Calls = {"+": operator.pos, "-": operator.neg}
_BETWEEN: Calls = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": power,
}
_TESTS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class Formula:
    """A formula that was read: its text, and which names and functions it uses. Pickled by its text."""

    text: str
    names: frozenset[str]
    calls: frozenset[str]
    tree: Node = field(repr=False, compare=False)

    def __reduce__(self) -> tuple[Callable[[str], Formula], tuple[str]]:
        return parse_formula, (self.text,)

    def compiled(
        self, *, i: float, width: float, height: float, chance: Chance, level: Callable[[float], float]
    ) -> Played:
        """The function of one channel of one copy: call it with (v, t, f, n, beat) at an exposure.

        `i` is the copy's index, width and height the canvas's in pixels, `chance` that of this very channel and copy,
        `level` the sound's level 0 to 1 at a second of the scene. What is returned may be infinite or NaN. At play it
        raises ZeroDivisionError, OverflowError or ValueError with words for the person who wrote it; nothing else,
        unless `level` does.
        """
        fixed = {**_FIXED, "i": float(i), "W": float(width), "H": float(height)}
        part = _live(_part(self.tree, fixed, {**_PURE, **_bound(chance, level)}))

        def played(v: float, t: float, f: float, n: float, beat: float) -> float:
            try:
                return part((float(v), float(t), float(f), float(n), float(beat)))
            except ZeroDivisionError:
                raise ZeroDivisionError("it divides by zero") from None
            except OverflowError:
                raise OverflowError("a number in it grows too large") from None

        return played


@lru_cache(maxsize=1024)
def parse_formula(text: str) -> Formula:
    """A formula as it stands in a file; FormulaError says what can't be read, how to write it, and where it stands."""
    tree = parse(text)
    nodes = list(_walk(tree))
    for node in nodes:
        if node.kind == "sign" and node.word == "**":
            _bounded(node.parts[1])
    names = frozenset(node.word for node in nodes if node.kind == "name")
    return Formula(text, names, frozenset(node.word for node in nodes if node.kind == "call"), tree)


def _bound(chance: Chance, level: Callable[[float], float]) -> Calls:
    """The functions that depend on the layer; what was heard is asked with the present second before its argument."""

    def random(i: float, k: float = 0.0) -> float:
        return chance.at(math.floor(i), math.floor(k))

    def heard(t: float, back: float = 0.0) -> float:
        return level(t - back)

    return {"noise": chance.noise, "random": random, "level": heard}


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _walk(part)


def _bounded(exponent: Node) -> None:
    """Refuse an exponent that is too large whatever the frame."""
    value = _part(exponent, _FIXED, _PURE)
    if isinstance(value, float) and abs(value) > LARGEST_EXPONENT:
        raise FormulaError(f"an exponent of {value:g} is too large: at most {LARGEST_EXPONENT}", exponent.place)


def _part(node: Node, fixed: Mapping[str, float], calls: Calls) -> float | Part:
    """What a node comes to: a number if nothing in it can change, else a closure.

    A constant that can't be reckoned, 1/0, stays a closure: it is wrong at play, and only if it is reached.
    """
    if node.kind == "number":
        return float(node.word)
    if node.kind == "name":
        return fixed[node.word] if node.word in fixed else _NOW.get(node.word, _unknown)
    parts = [_part(part, fixed, calls) for part in node.parts]
    made = _made(node, [_live(part) for part in parts], calls)
    if any(callable(part) for part in parts) or (node.kind == "call" and node.word not in _PURE):
        return made
    try:
        return made((0.0, 0.0, 0.0, 0.0, 0.0))
    except (ArithmeticError, ValueError):
        return made


def _unknown(now: Now) -> float:
    """A name that is fixed only when compiled, as i: it stands here while the text is being read."""
    raise ValueError("not yet fixed")


def _live(part: float | Part) -> Part:
    return part if callable(part) else partial(_same, part)


def _same(number: float, now: Now) -> float:
    return number


def _made(node: Node, parts: list[Part], calls: Calls) -> Part:
    if node.kind == "sign":
        return _called((_BEFORE if len(parts) == 1 else _BETWEEN)[node.word], parts)
    if node.kind == "call":
        given = [_NOW["t"], *parts] if node.word == "level" else parts
        return _called(calls.get(node.word, _unknown), given)
    if node.kind == "chain":
        return _chain([_TESTS[sign] for sign in node.word.split()], parts)
    return _CHOOSING[node.kind](*parts)


def _called(call: Callable[..., float], parts: list[Part]) -> Part:
    if len(parts) == 1:
        (one,) = parts
        return lambda now: call(one(now))
    if len(parts) == 2:
        one, two = parts
        return lambda now: call(one(now), two(now))
    return lambda now: call(*[part(now) for part in parts])


def _chain(tests: list[Callable[[float, float], bool]], parts: list[Part]) -> Part:
    """Comparisons in a row: 1 if all hold, else 0; what stands behind the first that fails isn't asked."""
    first, *rest = parts
    links = list(zip(tests, rest, strict=True))

    def holds(now: Now) -> float:
        left = first(now)
        for test, part in links:
            right = part(now)
            if not test(left, right):
                return 0.0
            left = right
        return 1.0

    return holds


_CHOOSING: Mapping[str, Callable[..., Part]] = {  # kinds that may leave a part unasked
    "and": lambda one, two: lambda now: one(now) and two(now),
    "or": lambda one, two: lambda now: one(now) or two(now),
    "not": lambda one: lambda now: 0.0 if one(now) else 1.0,
    "if": lambda one, condition, other: lambda now: one(now) if condition(now) else other(now),
}
