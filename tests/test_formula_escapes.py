"""What formulas refuse: ways out of arithmetic, and small texts that cost a lot. Each by name, at its place."""

from __future__ import annotations

import pytest

from collage.motion.chance import Chance
from collage.motion.formulas import FormulaError, parse_formula

ESCAPES: list[tuple[str, int, str]] = [  # the text, the place, some of the words
    ("t.real", 1, "reaches into nothing"),
    ("  t.real", 3, "reaches into nothing"),
    ("sin.__self__", 3, "reaches into nothing"),
    ("().__class__.__bases__", 2, "reaches into nothing"),
    ("(1).__class__", 3, "dot"),
    ("1..__class__", 0, "number"),
    ("1.0.real", 0, "number"),
    ("sin(t).imag", 6, "dot"),
    ("Math.sin(t)", 4, 'write sin alone, without "Math."'),
    ("math.sin(t)", 4, 'write sin alone, without "math."'),
    ("os.system(1)", 2, "reaches into nothing"),
    ("t . real", 2, "reaches into nothing"),
    ("t[0]", 1, "brackets are round"),
    ("t[0:1]", 1, "brackets are round"),
    ("[1, 2]", 0, "lists"),
    ("[x for x in t]", 0, "lists"),
    ("{1: 2}", 0, "tables"),
    ("{t}", 0, "sets"),
    ("{**t}", 0, "tables"),
    ("(t for t in f)", 3, "loops"),
    ("sin(t for t in f)", 6, "loops"),
    ("(1, 2)", 2, "comma"),
    ("1, 2", 1, "comma"),
    ("0,5", 1, "0.5"),
    ("()", 1, "missing"),
    ("'text'", 0, "quotes"),
    ('"text"', 0, "quotes"),
    ("v + 'a'*9", 4, "quotes"),
    ("f'{t}'", 1, "quotes"),
    ("f'{t.__class__!r:>9}'", 1, "quotes"),
    ("b'bytes'", 1, "quotes"),
    ("rb'bytes'", 2, "quotes"),
    ("t'{v}'", 1, "quotes"),
    ("`t`", 0, "quotes"),
    ("“t”", 0, "quotes"),
    ("lambda: 1", 0, "no functions"),
    ("(lambda t: t)(1)", 1, "no functions"),
    ("(t := 5)", 3, "under a name"),
    ("t = 5", 2, "equal is =="),
    ("clamp(t, low=0)", 12, "without names"),
    ("sin(x=t)", 5, "without names"),
    ("sin(*t)", 4, "unpacks"),
    ("sin(**t)", 4, "unpacks"),
    ("*t", 0, "missing"),
    ("await t", 0, "await"),
    ("yield", 0, "yield"),
    ("(yield t)", 1, "yield"),
    ("t is v", 2, "equal is =="),
    ("t in v", 2, "a <= t < b"),
    ("t not in v", 6, "a <= t < b"),
    ("t not v", 2, "stands alone"),
    ("t | v", 2, 'write "or"'),
    ("t & v", 2, 'write "and"'),
    ("t && v", 2, 'write "and"'),
    ("t || v", 2, 'write "or"'),
    ("!t", 0, 'write "not"'),
    ("t^2", 1, "**"),
    ("~t", 0, "bits"),
    ("1 << 9", 2, "bits"),
    ("9 >> 1", 2, "bits"),
    ("t @ v", 2, "multiply with *"),
    ("t ? 1 : 2", 2, "a if condition else b"),
    ("t if v", 2, "a if condition else b"),
    ("t; v", 1, "one expression"),
    ("t\nv", 1, "one line"),
    ("t\rv", 1, "one line"),
    ("t\u2028v", 1, "one line"),
    ("t # v", 2, "comment"),
    ("t \\ v", 2, "backslash"),
    ("t\0", 1, "U+0000"),
    ("t\x1b[31m", 1, "U+001B"),
    ("\ufefft", 0, "U+FEFF"),
    ("\u202et", 0, "U+202E"),
    ("ｓin(t)", 0, "keyboard"),
    ("ſin(t)", 0, "keyboard"),
    ("𝐭", 0, "keyboard"),
    ("t٣", 1, "keyboard"),
    ("t × 2", 2, "write *"),
    ("π*t", 0, "write pi"),
    ("__import__(1)", 0, '"__import__"'),
    ("__builtins__", 0, '"__builtins__"'),
    ("_", 0, '"_"'),
    ("eval(1)", 0, "can't run"),
    ("open(1)", 0, "can't run"),
    ("getattr(t, v)", 0, '"getattr"'),
    ("globals()", 0, '"globals"'),
    ("print(t)", 0, "can't run"),
    ("import os", 0, "can't run"),
    ("del t", 0, '"del"'),
    ("pass", 0, '"pass"'),
    ("None", 0, "a number"),
    ("True", 0, "write 1"),
    ("False", 0, "write 0"),
    ("...", 0, "dot"),
    ("Ellipsis", 0, "a number"),
    ("1j", 0, "number"),
    ("0x10", 0, "number"),
    ("1__0", 0, "number"),
    ("1_", 0, "number"),
    ("1.2.3", 0, "number"),
    ("nan", 0, '"nan"'),
    ("inf", 0, '"inf"'),
    ("1e999", 0, "too large"),
    ("-1e309", 1, "too large"),
    ("sinn(t)", 0, 'Did you mean "sin"?'),
    ("Sin(t)", 0, 'Did you mean "sin"?'),
    ("PI", 0, 'Did you mean "pi"?'),
    ("smooth(t)", 0, 'Did you mean "smoothstep"?'),
    ("x + 5", 0, "so far is v"),
    ("sqrt(t)", 0, "x**0.5"),
    ("sin", 0, "sin(x)"),
    ("v + sin t", 4, "sin(x)"),
    ("(sin)(t)", 1, "sin(x)"),
    ("t(2)", 0, "write t*(…)"),
    ("3(4)", 1, "sign is missing"),
    ("sin(t)(2)", 6, "sign is missing"),
    ("2t", 1, "write 2*t"),
    ("2sin(t)", 1, "write 2*sin"),
    ("t t", 2, "sign is missing"),
    ("50%", 2, "0.5*W"),
    ("(t", 0, "never closed"),
    ("sin(t", 3, "never closed"),
    ("t)", 1, "closes nothing"),
    ("t +", 3, "at the end"),
    ("t + ", 3, "at the end"),
    ("1 < not t", 4, "brackets"),
    ("else t", 0, "missing"),
    ("t <> v", 2, "!="),
    ("t => v", 2, ">="),
    ("t =< v", 2, "<="),
    ("t === v", 2, "written =="),
    ("", 0, "empty"),
    ("  ", 0, "empty"),
]
BOMBS = {
    "brackets": "(" * 51 + "1" + ")" * 51,
    "brackets never closed": "(" * 999,
    "square brackets": "[" * 999,
    "calls": "sin(" * 51 + "1" + ")" * 51,
    "calls of many": "max(1," * 51 + "1" + ")" * 51,
    "minus": "-" * 900 + "1",
    "plus and minus": "-+" * 26 + "1",
    "not": "not " * 200 + "1",
    "a tower": "9**9**9**9",
    "a tower of small numbers": "**".join(["2"] * 6),
    "a tall tower": "**".join(["1"] * 52),
    "a long exponent": "2**1000000000",
    "an exponent of constants": "2**(8*8 + 0.5)",
    "a small exponent": "2**-65",
    "a great power": "1e308**1e308",
    "a long sum": "+".join(["1"] * 52),
    "a long product": "*".join(["1e308"] * 160),
    "a long row of or": " or ".join(["t"] * 52),
    "comparisons": "<".join(["1"] * 499),
    "choices after choices": "1 if t else " * 51 + "1",
    "choices in choices": "1 if " * 51 + "t" + " else 1" * 51,
    "digits": "9" * 999,
    "digits after the point of e": "1e" + "9" * 900,
    "a long name": "a" * 1000,
    "a long dotted name": "a." * 499 + "a",
    "a long function": "s" * 990 + "(t)",
    "too long": "1" + " " * 1000,
    "very long": "1+" * 10_000_000 + "1",
    "many numbers": f"max({','.join(['1'] * 400)})",
    "lambdas": "lambda:" * 140 + "1",
    "nested f-texts": "f'{" * 300,
    "loops": "(t " + "for t in t " * 90 + ")",
    "percent signs": "%" * 999,
    "blanks before a percent": "1%" + " " * 997,
    "underscores": "1_" * 499,
    "dots": "." * 999,
}


@pytest.mark.parametrize(("text", "place", "words"), ESCAPES, ids=lambda part: repr(part)[:30])
def test_no_way_out(text: str, place: int, words: str) -> None:
    """Refused with words that name the thing or the cure, on one line, at the very character."""
    with pytest.raises(FormulaError) as refusal:
        parse_formula(text)
    assert words in str(refusal.value)
    assert str(refusal.value).isprintable()
    assert refusal.value.place == place


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_no_bomb(text: str) -> None:
    """Refused while it is being read, by a message that stays short."""
    with pytest.raises(FormulaError) as refusal:
        parse_formula(text)
    assert len(str(refusal.value)) < 250


def test_there_are_enough_of_them() -> None:
    """No escape is tried twice, and the lists keep their size."""
    assert len({text for text, _, _ in ESCAPES}) == len(ESCAPES) >= 60
    assert len(set(BOMBS.values())) == len(BOMBS) >= 20


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50 + "1" + ")" * 50,
        "-" * 50 + "1",
        "abs(" * 50 + "t" + ")" * 50,
        "+".join(["t"] * 51),
        "0 if t else " * 50 + "1",
        "<".join(["t"] * 51),
        "not " * 50 + "t",
        "1" + " " * 999,
        "(t + 1)**64 + 2**-64",
    ],
)
def test_just_within_the_limits(text: str) -> None:
    """Fifty deep, a thousand characters and a power of 64 are still read, and played."""
    formula = parse_formula(text).compiled(i=0, width=1, height=1, chance=Chance(), level=float)
    assert isinstance(formula(0.0, 0.5, 0.0, 0.0, 1.0), float)
