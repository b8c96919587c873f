"""Slips in a registry: the place, and the line as it should be."""

from __future__ import annotations

import pytest

from collage.registry.entries import read_registry
from collage.registry.traps import TRAPS

E = '["a"]\n'

# what stands under `format = 1`, line and column, the number of the trap in its table, the corrected line
SLIPS = [
    (f"{E}source = “roll 3”", (3, 10), 0, 'source = "roll 3"'),
    ("[“a”]", (2, 2), 0, '["a"]'),
    (f'{E}source = "shoots\\pool"', (3, 17), 1, 'source = "shoots/pool"'),
    ('["water\\splash"]', (2, 8), 1, '["water/splash"]'),
    (f'{E}source = "shoots\\"', (3, 17), 1, 'source = "shoots"'),
    ("[a/one]\ncopies = 1", (2, 2), 2, '["a/one"]'),
    ("[ water/deep/a-1 ] # it", (2, 3), 2, '["water/deep/a-1"]'),
    (f"{E}pivot = [50%, 2]", (3, 10), 3, 'pivot = ["50%", 2]'),
    (f'{E}pivot = ["5%", 100 %] # 7%', (3, 16), 3, 'pivot = ["5%", "100%"] # 7%'),
    (f"{E}hooks.a = [\n  50%,\n  2]", (4, 3), 3, '"50%",'),
    (f"{E}licence = CC0-1.0 # free", (3, 11), 4, 'licence = "CC0-1.0" # free'),
    (
        f"{E}drawings = {{ x = t/a.png, y = t/b.png }}",
        (3, 18),
        4,
        'drawings = { x = "t/a.png", y = "t/b.png" }',
    ),
]


def told(text: str) -> str:
    """The one finding of a registry under its first line."""
    ((finding,),) = read_registry(f"format = 1\n{text}\n".encode()).faults.values()
    return str(finding)


@pytest.mark.parametrize(("text", "place", "trap", "line"), SLIPS)
def test_a_slip_shows_the_corrected_line(text: str, place: tuple[int, int], trap: int, line: str) -> None:
    """The finding is at the slip and ends with the line put right."""
    assert told(text) == f"assets/registry.toml:{place[0]}:{place[1]}: {TRAPS[trap].words}: write {line}"


def test_every_trap_has_an_example() -> None:
    """No trap stands in the table untried."""
    assert {trap for _, _, trap, _ in SLIPS} == set(range(len(TRAPS)))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ('["a/one"]\n["b"]\n["a/one"]', '4:2: "a/one" stands twice (first on line 2): keep one of them'),
        ("['a/one']\ncopies = 1\n[ \"a/one\" ]", '4:3: "a/one" stands twice (first on line 2): keep one of them'),
        ('["b"]\ncopies = 1\n["a"]\ncopies = 1\ncopies = 2', '6:1: "copies" stands twice (first on line 5): keep'),
        ('["b"]\nhooks.x = [1, 1]\n["a"]\nhooks = {}\nhooks.x = [1, 1]', '6:1: "hooks" is written in two ways in this'),
        ('["a"]\nhooks.x = [1, 1]\n["a".hooks]\ny = [2, 2]', '4:2: "hooks" is written in two ways in this entry'),
    ],
)
def test_what_stands_twice_is_named_with_its_first_line(text: str, finding: str) -> None:
    """An entry or a key told twice: which, and where it stood first."""
    assert told(text).startswith(f"assets/registry.toml:{finding}")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            f"{E}hook.a = [1, 2]",
            '3:1: no key "hook" in an asset\'s entry. Did you mean "hooks"? Write hooks.a = [1, 2]',
        ),
        (f"{E}hook = {{ a = [1, 2] }}", 'Did you mean "hooks"? Write hooks = { a = [1, 2] }'),
        (f"{E}copeis = 1", 'Did you mean "copies"? Write copies = 1'),
        (f"{E}zzz.b = 1", '3:1: no key "zzz" in an asset\'s entry. Known are copies, pivot, hooks,'),
        ("[a]\n[a.one]", '3:1: no key "one" in an asset\'s entry. An asset\'s name is quoted: ["a/one"]'),
        ('["assets/A/One.png"]', '2:1: "assets/A/One.png" is no asset\'s name: its path under assets/'),
        ('["assets/A/One.png"]', 'Did you mean ["a/one"]?'),
        ('["a\\\\one"]', '2:1: "a\\one" is no asset\'s name'),
        ('["a\\\\one"]', 'Did you mean ["a/one"]?'),
        (f'{E}frames = "a\\turn-##.png"', "3:1: frames: a backslash in quotes starts an escape, and paths are always"),
        (f"{E}drawings = {{ x = 't\\a.png' }}", "3:1: drawings: a backslash in quotes starts an escape"),
        ("x = [1\n\n\n", "2:7: a list or a table is not closed"),
        ("= 3", "2:1: no line of TOML: write key = value"),
    ],
)
def test_what_is_toml_but_not_what_was_meant(text: str, finding: str) -> None:
    """Unknown keys, names of assets and paths are put right too."""
    assert finding in told(text)


def test_strings_and_comments_are_left_alone() -> None:
    """What looks like a slip inside quotes or a comment is none; the real one is found beside it."""
    assert told(f'{E}source = "a = 50%, b/c" # [x/y] “z”\nrating = = 3').startswith(
        "assets/registry.toml:4:10: no value"
    )
    assert read_registry(b'format = 1\n["a"]\nsource = "50%, = b/c" # = x\n').faults == {}
