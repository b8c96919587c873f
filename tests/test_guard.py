"""No text is a bomb: size, nesting and length of keys are bounded, and what the guard blanks keeps its place."""

from __future__ import annotations

import pytest

from collage.errors import CollageError, SceneError
from collage.scene.guard import MOST_BYTES, blanked
from collage.scene.reader import parse


def found(text: str) -> list[str]:
    """The findings of a text, as people see them."""
    with pytest.raises(SceneError) as error:
        parse(text, "tea.toml")
    return [str(finding) for finding in error.value.findings]


def test_a_huge_text_is_refused() -> None:
    """Text that never was a file has the same bound."""
    with pytest.raises(CollageError, match="larger than 16 MB"):
        parse("#" * (MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("bomb", "words"),
    [
        ("a = " + "[" * 100_000, "nested more than 100 deep"),
        ("a = " + "{a=" * 100_000, "nested more than 100 deep"),
        ("a = " + "[" * 101 + "]" * 101, "nested more than 100 deep"),
        (".".join("a" * 50_000) + " = 1", "more than 32 parts"),
        ("[" + " . ".join("a" * 33) + "]", "more than 32 parts"),
        ("a = " + "9" * 100_000, "thousands of digits"),
        ('a = "' + '\\"' * 200_000, "quotes opened here"),
        ('a = """' + '\\"' * 200_000, "quotes opened here"),
        ("a = '" * 100_000, "something follows the value"),
        ("[" + "/ " * 100_000, "no name of a key"),
        ("a = [\n[1" + " " * 300_000 + ", 1]]\n[[peg]]\nname = 'p'\n[layer.keys]", 'unknown table "a"'),
        ("a = 1\n" * 50_000, '"a" stands twice'),
        ("".join(f"a{n} = 1\n" for n in range(50_000)), 'unknown key "a0"'),
        ("".join(f'[[layer]]\nasset = "a{n}"\nparent = "b{n}"\n' for n in range(5_000)), 'peg or layer is called "b0"'),
    ],
    ids=range(14),
)
def test_bombs_are_defused(bomb: str, words: str) -> None:
    """Deep nesting, endless keys, numbers and blanks, and quotes without end are a finding each, and no wait."""
    assert words in found(f"format = 1\n{bomb}\n")[0]


def test_deep_is_fine_up_to_the_bound() -> None:
    """A hundred brackets deep is read (and unknown), brackets in strings and comments do not count."""
    deep = "x = " + "[" * 100 + "]" * 100
    assert found(f"format = 1\n{deep}")[0].startswith('tea.toml:2:1: unknown table "x"')
    parse("format = 1\n[scene]\ntitle = '" + "[" * 500 + "' # " + "{" * 500)


def test_blanking_keeps_every_place() -> None:
    """Strings and comments become spaces, lines and columns stay."""
    text = 'a = "x # y" # "z\nb = """\nq"""\nc = \'\' [1]'
    assert blanked(text) == "a =            " + " " * 1 + "\nb =    \n    \nc =    [1]".replace(
        "\nb =    ", "\nb =    "
    )
    assert len(blanked(text)) == len(text)
