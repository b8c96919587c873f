"""Where each key and each value of a TOML document stands, since `tomllib` keeps no places.

For documents that tomllib has accepted: what it accepts is followed, what it would refuse is not looked at. One pass
over the text, linear in its length. Wanted only when a finding is made, so a scene without findings never pays.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

_BLANK = re.compile(r"[ \t]*")
_SPACE = re.compile(r"(?:[ \t\n]+|#[^\n]*)*+")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
STRING = re.compile(
    r'"""(?:[^"\\]+|\\.|""?(?!"))*+"{3,5}'
    r"|'''(?:[^']+|''?(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]+|\\.)*+"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")


@dataclass(slots=True)
class Node:
    """A key with its value: offsets into the text. `start` and `end` enclose the value; a table that a header or a
    dotted key made has `written` false and no text of its own, its `key` is where the header or the key names it."""

    key: int
    start: int
    end: int
    written: bool = True
    table: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)

    def step(self, part: str | int) -> Node | None:
        """The node under a key or an index, None if there is none."""
        if isinstance(part, int):
            return self.items[part] if 0 <= part < len(self.items) else None
        return self.table.get(part)


def scan(text: str) -> Node:
    """The tree of all keys and values. `text` is valid TOML with bare newlines (no carriage returns)."""
    return _Scan(text).document()


class _Scan:
    """One pass over one text; `place` is the offset it has come to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def document(self) -> Node:
        root = table = Node(0, 0, 0, written=False)
        while True:
            self._skip(_SPACE)
            if self.place >= len(self.text):
                return root
            if self.text[self.place] == "[":
                table = self._header(root)
            else:
                self._statement(table)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.place)
        self.place = match.end() if match else self.place

    def _header(self, root: Node) -> Node:
        many = self.text.startswith("[[", self.place)
        self.place += 2 if many else 1
        path = self._keys()
        self.place += 2 if many else 1
        node = root
        for name, key in path[:-1]:
            node = _last(_under(node, name, key))
        name, key = path[-1]
        node = _under(node, name, key)
        if not many:
            node.key = node.start = node.end = key  # a header outranks the place where a child implied the table
            return node
        node.items.append(Node(key, key, key, written=False))
        return node.items[-1]

    def _keys(self) -> list[tuple[str, int]]:
        """The parts of a dotted key with their places; stops before the ``=`` or ``]``."""
        path: list[tuple[str, int]] = []
        while True:
            self._skip(_BLANK)
            quoted = self.text[self.place] in "\"'"
            match = (STRING if quoted else _BARE).match(self.text, self.place)
            assert match, "positions are scanned in valid TOML only"
            name = tomllib.loads(f"k={match[0]}")["k"] if quoted else match[0]
            path.append((name, self.place))
            self.place = match.end()
            self._skip(_BLANK)
            if self.text[self.place] != ".":
                return path
            self.place += 1

    def _statement(self, table: Node) -> None:
        path = self._keys()
        self.place += 1
        self._skip(_BLANK)
        for name, key in path[:-1]:
            table = _under(table, name, key)
        name, key = path[-1]
        table.table[name] = self._value(key)

    def _value(self, key: int | None = None) -> Node:
        node = Node(self.place if key is None else key, self.place, self.place)
        opening = self.text[self.place]
        if opening in "[{":
            self._list(node) if opening == "[" else self._inline(node)
        else:
            self._skip(STRING if opening in "\"'" else _SCALAR)
        node.end = self.place
        return node

    def _list(self, node: Node) -> None:
        self.place += 1
        while self._more("]"):
            node.items.append(self._value())

    def _inline(self, node: Node) -> None:
        self.place += 1
        while self._more("}"):
            self._statement(node)

    def _more(self, closing: str) -> bool:
        """To the next item, past a comma if there is one; or past the closing bracket."""
        self._skip(_SPACE)
        if self.text[self.place] == ",":
            self.place += 1
            self._skip(_SPACE)
        if self.text[self.place] == closing:
            self.place += 1
            return False
        return True


def _under(node: Node, name: str, key: int) -> Node:
    if name not in node.table:
        node.table[name] = Node(key, key, key, written=False)
    return node.table[name]


def _last(node: Node) -> Node:
    return node.items[-1] if node.items else node
