"""The text of a formula to its tokens: plain ASCII, one line, and our own words for everything else people write.

What is not in these tables does not exist in a formula, so there is nothing to take away from it: no attribute, text,
list or function of Python ever gets as far as a tree.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import NamedTuple

from collage.errors import suggest
from collage.motion.functions import FUNCTIONS, NAMES

LONGEST = 1000
"""Characters of a formula at most."""


class FormulaError(ValueError):
    """A formula that can't be read: str() says what is wrong and how to write it, `place` where.

    `place` is the offset of the offending character in the text as it was given, blanks and all.
    """

    def __init__(self, message: str, place: int = 0) -> None:
        super().__init__(message)
        self.place = place


class Token(NamedTuple):
    """A piece of a formula; kind is one of number, name, call (a function's name, its bracket follows), sign, end."""

    kind: str
    text: str
    place: int


_REFUSED = {  # patterns and what to say of them; the first that fits is taken
    r"[A-Za-z]{0,2}[\"'`“”„‘’«»]": "no text in quotes in a formula: it holds numbers only",
    r"(?:[A-Za-z_]\w*[ \t]*)?=(?![=<>])": "equal is ==, and a function takes its numbers in order, without names",
    r"\&\&?": 'no "&" in a formula: write "and" between two conditions',
    r"\|\|?": 'no "|" in a formula: write "or" between two conditions',
    r"\^": 'no "^" in a formula: a power is written **, as in t**2',
    r"\?|:(?!=)": "no ? and : in a formula: a choice is written  a if condition else b",
    r":=": "a formula keeps nothing under a name: write the value itself",
    r"=>": "at least is written >=",
    r"=<": "at most is written <=",
    r"<>|!==": "unequal is written !=",
    r"===": "equal is written ==",
    r"<<|>>|~": 'no shifting of bits in a formula: double with *2, halve with /2, turn a condition round with "not"',
    r"!(?!=)": 'no "!" in a formula: write "not" before a condition, != for unequal',
    r"%(?=[ \t]*(?:$|[),*/]))": "% is the remainder of a division: write 0.5*W for half the canvas's width",
    r"\[|\]": "no [ ] in a formula, neither lists nor picking from them: brackets are round",
    r"\{|\}": "no { } in a formula, neither sets nor tables: brackets are round",
    r"@": 'no "@" in a formula: multiply with *',
    r"#": "no comment inside a formula: write it behind the quotes",
    r";": 'no ";": a formula is one expression',
    r"\\": "no backslash in a formula: divide with /, whole with //",
    r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]": "a formula stands on one line",
    r"\$": 'no "$" in a formula: write the name alone',
    r"\.": "a formula reaches into nothing: no dot but in a number, as in 0.5",
}
_MEANT = {
    **dict.fromkeys("×·∙", "*"), "÷": "/", **dict.fromkeys("−–—", "-"), "≤": "<=", "≥": ">=", "≠": "!=",
    "π": "pi", "τ": "tau", "²": "**2", "³": "**3", "√": "**0.5", "∞": "a large number", "\xa0": "a plain blank",
}  # fmt: skip
_KEPT = {  # words of Python that a formula has no use for, and of other programs, with what to write
    "lambda": "it makes no functions: write the value itself",
    **dict.fromkeys(("for", "async", "while"), "it has no loops and is asked anew at every exposure"),
    **dict.fromkeys(("await", "yield", "return"), "write the value itself"),
    "in": "compare with  a <= t < b",
    "is": "equal is ==, unequal !=",
    **dict.fromkeys(("None", "null", "Ellipsis"), "a value is always a number, such as 0"),
    **dict.fromkeys(("True", "true"), "write 1"),
    **dict.fromkeys(("False", "false"), "write 0"),
    **dict.fromkeys(("import", "exec", "eval", "open", "print"), "it only reckons and can't run or open anything"),
    "sqrt": "a square root is written x**0.5",
    "pow": "a power is written x**2",
    "ceil": "rounding up is written -floor(-x)",
    **dict.fromkeys(("mod", "fmod"), "the remainder is written a % b"),
    "radians": "degrees become radians by *tau/360",
    **dict.fromkeys(("time", "seconds"), "the seconds are t"),
    **dict.fromkeys(("frame", "frames"), "the frame is f"),
    **dict.fromkeys(("value", "x", "y"), "the value so far is v"),
    **dict.fromkeys(("width", "w"), "the canvas's width is W"),
    **dict.fromkeys(("height", "h"), "the canvas's height is H"),
    "index": "the copy's number is i",
    **dict.fromkeys(("rand", "randint"), "chance is random(n) by exposure, random(i) by copy"),
    "wiggle": "a wander by chance is noise(t)",
}
_NUMBER = r"(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?"
_WORD = r"[A-Za-z_]\w*"
_SCAN = re.compile(
    rf"(?P<blank>[ \t]+)|(?P<number>{_NUMBER})(?P<glued>[\w.]*)|(?P<refused>{'|'.join(_REFUSED)})"
    rf"|(?P<dotted>{_WORD}(?:[ \t]*\.[ \t]*{_WORD})+)|(?P<word>{_WORD})|(?P<sign>\*\*|//|[<>=!]=|[-+*/%<>(),])",
    re.ASCII,
)
_LETTERS = string.ascii_letters + string.digits + "_ \t"  # what may stand before the sign that is refused
_OPENS = re.compile(r"[ \t]*\(")


def scan(text: str) -> list[Token]:
    """The tokens of a formula, with an `end` behind them; FormulaError where there is anything else in it."""
    if len(text) > LONGEST:
        raise FormulaError(f"a formula of {len(text)} characters is too long: at most {LONGEST}", LONGEST)
    return [*_tokens(text), Token("end", "", len(text.rstrip(" \t")))]


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        found = _SCAN.match(text, place)
        if not found:
            raise FormulaError(_foreign(text[place]), place)
        if found.lastgroup != "blank":
            yield _token(found, text)
        place = found.end()


def _token(found: re.Match[str], text: str) -> Token:
    place = found.start()
    if number := found["number"]:
        return Token("number", _number(number, found["glued"], place), place)
    if dotted := found["dotted"]:
        raise FormulaError(_dotted(dotted), place + dotted.index("."))
    if refused := found["refused"]:
        fits = (words for pattern, words in _REFUSED.items() if re.compile(pattern).match(text, place))
        raise FormulaError(
            next(fits, f'no "{refused}" in a formula'), place + len(refused) - len(refused.lstrip(_LETTERS))
        )
    if found["word"]:
        return _word(found["word"], place, bool(_OPENS.match(text, found.end())))
    return Token("sign", found["sign"], place)


def _number(number: str, glued: str, place: int) -> str:
    if glued in NAMES or glued in FUNCTIONS:
        raise FormulaError(f"a sign is missing: write {_shown(number)}*{glued}", place + len(number))
    if glued:
        raise FormulaError(f'can\'t read the number "{_shown(number + glued)}": write 12, 0.5 or 1e3', place)
    if float(number) == float("inf"):
        raise FormulaError(f"the number {_shown(number)} is too large: at most 1e308", place)
    return number


def _word(word: str, place: int, opens: bool) -> Token:
    """A name, a function before its bracket, or a word that works as a sign."""
    if word in ("and", "or", "not", "if", "else"):
        return Token("sign", word, place)
    if opens and word in NAMES:
        raise FormulaError(f"{word} is a number, not a function: write {word}*(…)", place)
    if word in FUNCTIONS and not opens:
        raise FormulaError(f"{word} wants its numbers in brackets: {FUNCTIONS[word].line.split(':')[0]}", place)
    if word not in (FUNCTIONS if opens else NAMES):
        raise FormulaError(_unknown(word), place)
    return Token("call" if opens else "name", word, place)


def _unknown(word: str) -> str:
    if word in _KEPT:
        return f'no "{word}" in a formula: {_KEPT[word]}'
    known = {name.lower(): name for name in (*FUNCTIONS, *NAMES)}
    near = known.get(word.lower())
    hint = f' Did you mean "{near}"?' if near else suggest(word[:20], known.values())
    return f'no "{_shown(word)}" in a formula.{hint or " There are " + " ".join((*NAMES, *FUNCTIONS))}'


def _dotted(dotted: str) -> str:
    last = re.split(r"[ \t.]+", dotted)[-1]
    if last in FUNCTIONS or last in NAMES:
        return f'a formula reaches into nothing: write {last} alone, without "{_shown(dotted.partition(".")[0])}."'
    return f'a formula reaches into nothing: no dot between names, as in "{_shown(dotted)}"'


def _foreign(mark: str) -> str:
    shown = f'"{mark}"' if mark.isprintable() else f"U+{ord(mark):04X}"
    return f"no {shown} in a formula: write {_MEANT.get(mark, 'it with the plain signs and letters of a keyboard')}"


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
