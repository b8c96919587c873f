"""The registry's text as tables: whatever way is taken, what tomllib would say."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collage.registry import tables
from collage.registry.tables import parse, positions

NAMES = ("a", "b/c", "", "format", "ä/ö", "a.b", "a]", "#")
HEADINGS = ('["{}"]', '["{}"] # cut in May', '["{}".hooks]', " ['{}']", '["{}"] x', '[["{}"]]', "[{}]", '["{}"')
KEYS = ("pivot", "copies", "hooks.crest", '"copies"', "a-b", "x y")
VALUES = (
    '"CC0-1.0"', '"a # b"', '"tab\there"', r'"\u00e9"', '"é"', '""', '"""', "'''", "'x'", '"""x"""', '"open',
    "1", "0", "-0", "-12", "+1", "01", "1_000", "0x1f", "1e3", "1.50", "-0.0", ".5", "5.", "nan",
    "99999999999999999999", "true", "1979-05-27", "[1, 2]", "[ 1 ,2.5 ]", '["50%", "100%"]', '["a, b", 1]', "[1, 2, 3]",
    "[1, 2,]", "[]", '[["a"]', "[[1, 2], [3, 4]]", '{ shut = "a.png" }', "{", "[", "1 2", "[1, 2] # a",
    "1 #\x7f",
)  # fmt: skip
LINES = (
    st.builds(str.format, st.sampled_from(HEADINGS), st.sampled_from(NAMES))
    | st.builds("{} = {}".format, st.sampled_from(KEYS), st.sampled_from(VALUES))
    | st.builds("  {}={}  ".format, st.sampled_from(KEYS), st.sampled_from(VALUES))
    | st.sampled_from(["", "  ", "# a line", "# a\x00", "x", "]", '"""', "'''", '["a"]', '["b/c"]', "copies = 1"])
)


def said(text: str, read: Any) -> Any:
    """What is read, or that it was refused; kinds of numbers told apart."""
    try:
        return repr(read(text))
    except tomllib.TOMLDecodeError as error:
        return str(error)


@given(st.lists(LINES, max_size=12).map("\n".join))
@example('["a"]\nx = 1\n# a\x00')
@example('["a"]\nx = """\n["b"]\ny = """\n')
@example('["a"]\nx = [\n["b"]\n]\n')
@example('["a"]\nx = 1\n["b"]\ny = 2\n["a".hooks]\nz = [1, 2]\n["c"]\n')
@example('["a"]\nx = 1\n["b"]\n["a"]\n')
@example('format = 1\n["a"]\nx = 1\nx = 2\n["b"]\n')
def test_any_text_says_what_tomllib_makes_of_it(text: str) -> None:
    """The same tables in the same order, numbers of the same kind, or the same refusal at the same place."""
    assert said(text, parse) == said(text, tomllib.loads)


def test_plain_entries_need_no_tomllib(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a registry as programs and people write it, only what is written otherwise is given to tomllib."""
    given: list[str] = []
    loads = tomllib.loads
    monkeypatch.setattr(tables.tomllib, "loads", lambda text: (given.append(text), loads(text))[1])
    plain = '["{}"]\n# the best\npivot = [412, 610]\n\nhours   = 1.5 # two days\nlicence = "CC0-1.0"\n'
    whole = "format = 1\n\n" + plain.format("a") + '["b"]\nhooks.crest = [1, 2]\n' + plain.format("c")
    assert list(parse(whole)) == ["format", "a", "b", "c"]
    assert given == ["format = 1\n", '["b"]\nhooks.crest = [1, 2]']


def test_depth_is_bounded_in_every_part() -> None:
    """Nesting beyond use is refused before tomllib sees it, wherever in the text it stands."""
    for deep in ("x = " + "[" * 5000, "a." * 5000 + "a = 1"):
        with pytest.raises(ValueError, match="nested too deeply"):
            parse(f'format = 1\n["a"]\nx = 1\n["b"]\n{deep}\n["c"]\n')


def test_places_are_lines_and_columns() -> None:
    """A header's own place, each key's first, and a sub-table's under its entry."""
    places = positions('format = 1\n["a/b"]\n  copies = 1\n\n["a/b".hooks]\nrim = [1, 2]\n')
    assert places[("", "format")] == (1, 1)
    assert places[("a/b", "")] == (2, 1)
    assert places[("a/b", "copies")] == (3, 3)
    assert places[("a/b", "hooks")] == (5, 1)
