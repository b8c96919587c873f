"""The scan for places agrees with tomllib on every key and value, whatever the style they are written in."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collage.scene.positions import Node, scan
from collage.scene.source import Source

BARE = st.text("abz019_-", min_size=1, max_size=4)
SPACE = st.sampled_from(["", " ", "  ", "\t"])
GAP = st.sampled_from(["", " ", "\n", "\n  ", ' # a ] comment, with "quotes\n', "\n# one\n# two\n"])
PLAIN = st.text("ab ],}=#.[é\\'\"", max_size=6)


def quoted(text: str) -> str:
    """A basic string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def strings(draw: st.DrawFn) -> str:
    """One of TOML's four kinds of string, as it is written."""
    text = draw(PLAIN)
    kind = draw(st.sampled_from(["basic", "literal", "long", "long literal"]))
    if kind == "literal":
        return "'" + text.replace("'", "") + "'"
    if kind == "long literal":
        return "'''" + draw(st.sampled_from(["", "\n", "x\n[[a]]\n", "it's ''"])) + text.replace("'", "") + "'''"
    if kind == "long":
        tail = draw(st.sampled_from(["", '"', '""']))
        return '"""' + draw(st.sampled_from(["", "\n", 'a "b" ""c\n', "x\\\n   y"])) + quoted(text)[1:-1] + tail + '"""'
    return quoted(text)


SCALARS = strings() | st.sampled_from(
    [
        "0",
        "-17",
        "1_000",
        "0xff",
        "3.5",
        "-1e+9",
        "inf",
        "true",
        "false",
        "1979-05-27",
        "07:32:00",
        "1979-05-27T07:32:00Z",
        "1979-05-27 07:32:00.5",
    ]
)


@st.composite
def arrays(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    """A list, over several lines and with comments where it pleases."""
    items = [draw(GAP) + item + draw(GAP) for item in draw(st.lists(values, max_size=4))]
    return "[" + ",".join(items) + (draw(st.sampled_from(["", ","])) if items else "") + draw(GAP) + "]"


@st.composite
def inline(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    """An inline table."""
    parts = [f"{draw(SPACE)}{key}{draw(SPACE)}={draw(SPACE)}{draw(values)}{draw(SPACE)}" for key in draw(keys())]
    return "{" + ",".join(parts) + "}"


@st.composite
def keys(draw: st.DrawFn) -> list[str]:
    """Keys of one table, some of them dotted, some quoted, none told twice."""
    found = []
    for name in draw(st.lists(BARE, unique=True, max_size=4)):
        spelt = draw(st.sampled_from([name, f'"{name}"', f"'{name}'"]))
        tail = draw(st.sampled_from(["", ".x", " . \"y z\".'w.v'"]))
        found.append(spelt + tail)
    return found


VALUES = st.recursive(SCALARS, lambda inner: arrays(inner) | inline(inner), max_leaves=6)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A valid TOML document with tables, arrays of tables, and tables inside them."""
    sections = [("", draw(keys()))]
    for number, kind in enumerate(draw(st.lists(st.sampled_from(["table", "array", "sub", "implied"]), max_size=4))):
        if kind == "array":
            sections += [(f"[[ T{number} ]]", draw(keys())), (f"[[T{number}]]", draw(keys()))]
            sections += [(f"[T{number}.'S S']  # deeper", draw(keys()))]
        elif kind == "implied":
            sections += [(f"[T{number}.deep]", draw(keys())), (f"[T{number}]", [])]
        else:
            sections += [(f"  [T{number}]", draw(keys()))]
    lines = []
    for heading, names in sections:
        lines += [heading, *(f"{draw(SPACE)}{name} ={draw(SPACE)}{draw(VALUES)} # done" for name in names), ""]
    return "\n".join(lines)


def check(value: Any, node: Node, text: str) -> None:
    """Every value stands where its node says; a table's children are checked in its stead."""
    if node.written:
        assert tomllib.loads("v = " + text[node.start : node.end])["v"] == value
    if isinstance(value, dict):
        assert set(value) == set(node.table)
        for name, part in value.items():
            spelt = text[node.table[name].key :]
            assert spelt.startswith((name, f'"{name}"', f"'{name}'"))
            check(part, node.table[name], text)
    elif isinstance(value, list):
        assert len(value) == len(node.items)
        for part, item in zip(value, node.items, strict=True):
            check(part, item, text)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_value_is_found_where_it_stands(text: str) -> None:
    """On random documents the text at each place parses back to the value that tomllib found there."""
    check(tomllib.loads(text), scan(text), text)


TEXT = """\
format = 1
[scene]
  size = [
    640, # wide
    360,
  ]
[[peg]]
name = "a"
[[layer]]
asset = 'x'
type = { size = 40, colour = "red" }
[layer.keys]
x = [[0, 1], ["2s", -3, "out-back"]]
[layer.keys.y]
keys = [[0, 5]]
loop = 24
"""


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        (("format",), (1, 10)),
        (("scene",), (2, 2)),
        (("scene", "size"), (3, 10)),
        (("scene", "size", 1), (5, 5)),
        (("peg", 0), (7, 3)),
        (("layer", 0, "type"), (11, 1)),
        (("layer", 0, "type", "colour"), (11, 30)),
        (("layer", 0, "keys"), (12, 8)),
        (("layer", 0, "keys", "x", "keys", 1, "at"), (13, 15)),
        (("layer", 0, "keys", "x", "keys", 1, "value"), (13, 21)),
        (("layer", 0, "keys", "x", "keys", 1, "ease"), (13, 25)),
        (("layer", 0, "keys", "x", "keys", 0, "ease"), (13, 6)),
        (("layer", 0, "keys", "y", "keys", 0, "value"), (15, 13)),
        (("layer", 0, "keys", "y", "loop"), (16, 8)),
        (("layer", 0, "in_"), (9, 3)),
        (("layer", 0, "opacity"), (9, 3)),
        ((), (1, 1)),
    ],
)
def test_a_finding_lands_on_what_was_written(loc: tuple[str | int, ...], place: tuple[int, int]) -> None:
    """A value, a table's key or heading; what is not in the text falls to the nearest thing that is."""
    assert tomllib.loads(TEXT)
    finding = Source("tea.toml", TEXT).finding(loc, "hm")
    assert (finding.line, finding.column) == place


def test_columns_count_characters() -> None:
    """A letter outside ASCII is one column."""
    finding = Source("s", 'format = 1\nx = ["é🙂", 3]').finding(("x", 1), "hm")
    assert (finding.line, finding.column) == (2, 12)


def test_without_a_text_a_finding_names_the_field() -> None:
    """A scene built in Python has no lines: its findings say which field of which layer, counted from 1."""
    assert str(Source("scene").finding(("layer", 3, "keys", "x"), "hm")) == "scene: layer 4: keys.x: hm"
    assert str(Source("scene").finding((), "hm")) == "scene: hm"
