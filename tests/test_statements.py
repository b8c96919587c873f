"""Where headers and keys stand in a registry's text: at one glance, and mark by mark, alike."""

from __future__ import annotations

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.registry import statements as module
from collage.registry.statements import Statement, statements

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "", "  # note", '[a]', '["b/c"]  # why', " [ 'd' ]", '["e\\u0066"]', '["b/c".edge]', "[[rows]]",
                'k = "x # y"', "k2=1", " k3 = [1, 2]  # pair", 'k4 = ["50%", 1]', "k5 = [\n 1, # one\n 2,\n]",
                'k6 = """a\n[b]\nc = 1"""', "k7 = '''x\n'''", 'k8 = ""', "k9 = 1979-05-27 07:32:00", "k10.x = 1",
                '"k 11" = true', "'k=12' = -1e9", "k13 = { a = [1], b = 'x' }", 'k14 = "\\"]"', 'k15 = [[1], [2]]',
                'k16 = ""   #""', "k17 = '' # '", "\tk18\t=\t0x1F\t",
            ]
        ),
        st.from_regex(r"[a-z]{1,4} = \"[ -!#-\[\]-~]{0,9}\"", fullmatch=True),
    ),
    max_size=12,
)  # fmt: skip


def sound(lines: list[str], end: str) -> str:
    """As many of the lines as make a text that tomllib accepts."""
    text = ""
    for line in lines:
        try:
            tomllib.loads(f"{text}{line}\n")
        except tomllib.TOMLDecodeError:
            continue
        text += f"{line}\n"
    return text.removesuffix("\n") + end if text else ""


@given(LINES, st.sampled_from(["", "\n"]))
def test_a_glance_sees_what_a_close_look_sees(lines: list[str], end: str) -> None:
    """Whatever the registry's lines are, the short way gives every statement just as the long way does."""
    text = sound(lines, end)
    short = list(statements(text))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_LINE", re.compile("(?!)"))
        assert short == list(statements(text))


@given(LINES, st.sampled_from(["", "\n"]))
def test_every_key_is_found_where_it_stands(lines: list[str], end: str) -> None:
    """Its value is the text between its places, and its path leads to that value in the whole."""
    text = sound(lines, end)
    whole = tomllib.loads(text)
    for part in statements(text):
        if not part.header and "rows" not in part.path:
            found = whole
            for key in part.path:
                found = found[key]
            assert tomllib.loads(f"x = {text[part.value : part.end]}")["x"] == found


def test_a_header_and_its_key() -> None:
    """The places of both, comments left out."""
    text = '["a/b"] # why\nk = 1 # one\n'
    assert list(statements(text)) == [Statement(0, 7, 7, ("a/b",), True), Statement(14, 18, 19, ("a/b", "k"), False)]
