"""The tokens of a formula to a tree, by precedence as in Python, no deeper than 50.

Top-down operator precedence (Vaughan Pratt, 1973). Our own small grammar rather than Python's parser, so that every
refusal has its place and our words under every version of Python, and no nesting can exhaust a stack.
"""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from collage.motion.functions import FUNCTIONS
from collage.motion.scanning import FormulaError, Token, scan

DEEPEST = 50
"""How deep a formula may be nested: each bracket, call and sign counts one."""

_COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
_BINDS = {  # how tightly a sign between two values binds
    "if": 1, "or": 2, "and": 3, **dict.fromkeys(_COMPARISONS, 5),
    "+": 6, "-": 6, "*": 7, "/": 7, "//": 7, "%": 7, "**": 9,
}  # fmt: skip
_NOT, _FACTOR = 4, 7  # `not` binds looser than comparisons; - before a value and the right of ** looser than ** alone
_STARRED = "a star unpacks nothing in a formula: give each number by itself"
_COMMA = "a comma stands only between the numbers of a function; decimals have a point, as in 0.5"


class Node(NamedTuple):
    """A part of a formula: kind is number, name, call, if, not, chain (of comparisons) or a sign; word what it is.

    A chain's word holds its signs with blanks between; depth counts the nodes below it, itself among them.
    """

    kind: str
    word: str
    parts: tuple[Node, ...]
    place: int
    depth: int


def parse(text: str) -> Node:
    """The tree of a formula; FormulaError where it isn't one."""
    parser = _Parser(text)
    if parser.next.kind == "end":
        raise FormulaError("an empty formula: write v for the value as it is")
    tree = parser.value(0, 0)
    if parser.next.kind != "end":
        parser.left_over()
    return tree


class _Parser:
    """Where we are in the tokens of one formula."""

    def __init__(self, text: str) -> None:
        self.tokens = iter(scan(text))
        self.next = next(self.tokens)

    def take(self) -> Token:
        taken, self.next = self.next, next(self.tokens, self.next)
        return taken

    def value(self, power: int, depth: int) -> Node:
        """As much as hangs together by signs that bind more tightly than `power`."""
        if depth > DEEPEST:
            _too_deep(self.next.place)
        left = self.first(power, depth)
        while _BINDS.get(self.next.text, 0) > power:
            left = self.joined(left, self.take(), depth)
        return left

    def first(self, power: int, depth: int) -> Node:
        """A value that starts here: a number, a name, a call, a bracket, or one of them behind a sign."""
        token = self.take()
        if token.kind in ("number", "name"):
            return Node(token.kind, token.text, (), token.place, 1)
        if token.kind == "call":
            return _node("call", token, *self.arguments(token, depth))
        if token.text == "(":
            return self.bracket(token, depth)
        if token.text in ("-", "+"):
            return _node("sign", token, self.value(_FACTOR, depth + 1))
        if token.text == "not" and power <= _NOT:
            return _node("not", token, self.value(_NOT, depth + 1))
        self.missing(token)

    def joined(self, left: Node, sign: Token, depth: int) -> Node:
        """Left, a sign that was just taken, and what stands to the right of it."""
        if sign.text == "if":
            return self.choice(left, sign, depth)
        if sign.text in _COMPARISONS:
            return self.chain(left, sign, depth)
        power = _FACTOR if sign.text == "**" else _BINDS[sign.text]
        kind = sign.text if sign.text in ("and", "or") else "sign"
        return _node(kind, sign, left, self.value(power, depth + 1))

    def choice(self, one: Node, sign: Token, depth: int) -> Node:
        condition = self.value(_BINDS["if"], depth + 1)
        if self.next.text != "else":
            raise FormulaError("a choice names both ways: a if condition else b", sign.place)
        self.take()
        return _node("if", sign, one, condition, self.value(0, depth + 1))

    def chain(self, left: Node, sign: Token, depth: int) -> Node:
        """Comparisons in a row, as in 0 <= t < 2: one node, each link of which counts as deep as a sign."""
        parts = [left, self.value(_BINDS["<"], depth + 1)]
        signs = [sign.text]
        while self.next.text in _COMPARISONS:
            signs.append(self.take().text)
            parts.append(self.value(_BINDS["<"], depth + 1))
        if len(signs) > DEEPEST:
            _too_deep(sign.place)
        return _node("chain", sign._replace(text=" ".join(signs)), *parts)

    def bracket(self, opening: Token, depth: int) -> Node:
        inner = self.value(0, depth + 1)
        self.close(opening)
        return inner

    def arguments(self, function: Token, depth: int) -> list[Node]:
        opening = self.take()
        given: list[Node] = []
        while self.next.text != ")":
            if self.next.text in ("*", "**"):
                raise FormulaError(_STARRED, self.next.place)
            given.append(self.value(0, depth + 1))
            if self.next.text != ",":
                break
            self.take()
        self.close(opening)
        least, most, line = FUNCTIONS[function.text][1:]
        if not least <= len(given) <= most:
            wanted = f"{least}" if least == most else f"{least} to {most}"
            words = f"{function.text} takes {wanted} number{'s' * (most > 1)}, here are {len(given)}: {line}"
            raise FormulaError(words, function.place)
        return given

    def close(self, opening: Token) -> None:
        if self.next.kind == "end":
            raise FormulaError("this bracket is never closed: write a ) for it", opening.place)
        if self.next.text != ")":
            self.left_over()
        self.take()

    def missing(self, token: Token) -> NoReturn:
        """A value should start with this token, and doesn't."""
        if token.text == "not":
            raise FormulaError("put brackets round it: (not …)", token.place)
        where = "at the end" if token.kind == "end" else f'before "{token.text}"'
        raise FormulaError(f"a number is missing {where}", token.place)

    def left_over(self) -> NoReturn:
        """A value has ended, and what follows can't go on from it."""
        token = self.next
        if token.text == ",":
            raise FormulaError(_COMMA, token.place)
        if token.text == ")":
            raise FormulaError("this bracket closes nothing: write a ( for it, or leave it out", token.place)
        if token.text in ("else", "not"):
            raise FormulaError(f'"{token.text}" stands alone: a choice is written  a if condition else b', token.place)
        raise FormulaError(f'a sign is missing before "{token.text[:40]}", such as *', token.place)


def _node(kind: str, token: Token, *parts: Node) -> Node:
    depth = 1 + max((part.depth for part in parts), default=0)
    if depth > DEEPEST + 1:
        _too_deep(token.place)
    return Node(kind, token.text, parts, token.place, depth)


def _too_deep(place: int) -> NoReturn:
    words = f"too long or nested too deep: at most {DEEPEST} brackets, calls and signs on each other"
    raise FormulaError(f"{words}; a long sum is gathered in brackets, as in (a + b) + (c + d)", place)
