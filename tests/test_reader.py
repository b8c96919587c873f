"""From text to scene: what is read, what is found and where, and that no text can do harm."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wholes import WHOLE

from collage.errors import AssetError, SceneError
from collage.scene.guard import MOST_BYTES
from collage.scene.model import Scene
from collage.scene.reader import parse, parse_source, read, read_source
from collage.scene.wording import fields_at
from collage.scene.writer import _value


def found(text: str) -> list[str]:
    """The findings of a text, as people see them."""
    with pytest.raises(SceneError) as error:
        parse(text, "tea.toml")
    return [str(finding) for finding in error.value.findings]


def test_a_whole_scene_is_read() -> None:
    """Static fields, keys in both forms, sound, cues, sheets, pegs, likes."""
    scene = parse(WHOLE)
    assert scene.scene.rate == "24000/1001"
    assert [layer.name for layer in scene.layer] == [None, "again", None, None, "bones"]
    turn = scene.layer[0].keys.turn
    assert turn is not None
    assert (turn.loop, turn.keys[1].at, turn.keys[1].value) == ("2 beats", "1 beat", 35)
    assert scene.layer[1].in_ == "splash - 1s"


@pytest.mark.parametrize(
    "text", ["\ufeff" + WHOLE, WHOLE.replace("\n", "\r\n"), "\ufeff" + WHOLE.replace("\n", "\r\n")]
)
def test_marks_and_line_ends_of_other_systems_are_fine(text: str, tmp_path: Path) -> None:
    """A byte order mark and CRLF change nothing, neither in the scene nor in the places of findings."""
    path = tmp_path / "tea.toml"
    path.write_bytes(text.encode())
    scene, source = read_source(path)
    assert scene == parse(WHOLE)
    assert str(source.finding(("layer", 0, "pivot"), "hm")) == f"{path}:42:9: hm"


def test_a_schema_key_is_a_remark() -> None:
    """`"$schema"` at the top is for editors and changes nothing; below, it is unknown."""
    assert parse('format = 1\n"$schema" = "scene.schema.json"\n') == parse("format = 1\n")
    assert 'unknown key "$schema"' in found('format = 1\n[scene]\n"$schema" = "x"\n')[0]


def test_all_findings_come_at_once_in_order() -> None:
    """Unknown keys, wrong values and missing keys of one text are one error, top to bottom."""
    text = '[scene]\nrate = 0\n[[peg]]\nat = 3\n[[layer]]\ncolr = 2\nasset = "a"\nmove = [3]\nkeys.x = [[0, nan]]\n'
    text += "matte = true\n"
    assert [line.split(": ")[0] for line in found(text)] == [
        "tea.toml:1:1", "tea.toml:2:8", "tea.toml:3:3", "tea.toml:4:6", "tea.toml:6:1", "tea.toml:8:9",
        "tea.toml:9:15", "tea.toml:10:9",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("[[layer]]\nzzz = 2", '3:1: unknown key "zzz" in [[layer]]. Known are name, like, asset, '),
        ("[[layer]]\ncolr = 2", '3:1: unknown key "colr" in [[layer]]. Write tint = 2'),
        ("[[layer]]\ntype.colr = 2", '3:6: unknown key "colr" in type of [[layer]]. Did you mean "colour"?'),
        ("[[layer]]\nrotation = 2", '3:1: unknown key "rotation" in [[layer]]. Write turn = 2'),
        (
            "[[layer]]\nkeys.opacty = [[0, 1]]",
            '3:6: unknown key "opacty" in keys of [[layer]]. Did you mean "opacity"?',
        ),
        ("[[layer]]\nin_ = 2", '3:1: unknown key "in_" in [[layer]]. Did you mean "in"?'),
        ("[[layers]]\nasset = 'a'", '2:3: unknown table "layers". Did you mean [[layer]]?'),
        ("[secne]\nrate = 24", '2:2: unknown table "secne". Did you mean [scene]?'),
        ("[[peg]]\nat = [0, 0]", '2:3: [[peg]] needs a name: write name = "…" in it'),
        (
            "[[layer]]\ntext = 'a'\ntype.align = 'center'",
            '4:14: "center" is none of left, centre, right. Did you mean "ce',
        ),
        ("layer = 3", "2:9: tables belong here, not 3: write [[layer]]"),
        ("[[layer]]\ntype = 3", "3:8: a table belongs here, not 3: write type = { … } or a heading"),
        ("[[layer]]\nkeys.x = { keys = 3 }", "3:19: keys come in a list, not 3: write [[moment, value]"),
        ("[[layer]]\nkeys.x = [{ at = 0, value = 1 }]", "3:11: a key is written [moment, value]"),
        ("[[layer]]\nkeys.x = [[0, 1], [2]]", "3:19: a key is written [moment, value]"),
        ("[[layer]]\nkeys.x = [[0, 1], [2, 3, 'out-bak']]", '3:26: no ease "out-bak". Did you mean "out-back"?'),
        ("[[layer]]\nkeys.x = [[0, 1], [2, '5px']]", '3:23: can\'t read the length "5px"'),
        ("[[layer]]\nkeys.x = [\n  [0, 1],\n  ['2z', 3],\n]", '5:4: can\'t read the moment "2z"'),
        ("[scene]\nlength = '2 seconds'", '3:10: can\'t read the length "2 seconds". Did you mean "2s"?'),
        ("[[layer]]\nkeys.x = [[0, 1], ['0:02', 3]]", '3:20: can\'t read the moment "0:02". Did you mean "2s"?'),
        ("[[layer]]\nout = '50%'", '3:7: "50%": percentages are lengths in space, not in time: write 48 or "2s"'),
        ("[cues]\nSplash = 3", '3:1: "Splash" is no name: a cue is a letter'),
        ("[cues]\nsplash = 3.5", "3:10: a whole number of frames"),
        ("[cues]\nend = 3", '3:1: "end" is taken: bar, beat, end, in, out'),
        ("[[layer]]\nturn = 2024-01-01", "3:8: a number belongs here, not a date"),
        ("[scene]\nseed = 0x" + "f" * 5000, "3:8: a number out of reach"),
    ],
)
def test_a_finding_names_place_thing_and_cure(text: str, finding: str) -> None:
    """The first finding is at the key or the value that is wrong, in our own words."""
    assert found(f"format = 1\n{text}\n")[0].startswith(f"tea.toml:{finding}")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", "1:1: the version of the format is missing: write format = 1 as the first line"),
        ("[scene]\n", "1:1: the version of the format is missing"),
        ("format = 2\n", "1:10: format 2 was written for a newer Collage"),
        ("format = 0\n", "1:10: 0 is no version of the format: write format = 1"),
        ("format = '1'\n", '1:10: "1" is no version of the format'),
        ("format = true\n", "1:10: true is no version of the format"),
    ],
)
def test_the_version_comes_first(text: str, finding: str) -> None:
    """A text without a version, or with another, says so."""
    assert found(text)[0].startswith(f"tea.toml:{finding}")


def test_paths_that_can_not_be_read(tmp_path: Path) -> None:
    """A missing file, a folder, another encoding, a huge file and a NUL are one line with a cure each."""
    (tmp_path / "latin.toml").write_bytes("format = 1\n# Bäder\n".encode("latin-1"))
    with (tmp_path / "huge.toml").open("wb") as huge:
        huge.truncate(MOST_BYTES + 1)
    for name, words in {
        "none.toml": "no such file", ".": "is a folder", "latin.toml": "latin.toml:2: not UTF-8",
        "huge.toml": "larger than",
        "a\0b": "can't be read", "latin.toml/x": "can't be read",
    }.items():  # fmt: skip
        with pytest.raises(AssetError, match=words) as error:
            read(tmp_path / name)
        assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", "[film]\nsize = 3\n[[shot]]\nscene = 'a'\n", "format = 1\n", "[["])
def test_a_film_is_one_finding(text: str, tmp_path: Path) -> None:
    """A film is known by its name, and whatever it holds, the one finding is that it is no scene."""
    for name in ("tea.film.toml", "TEA.FILM.TOML"):
        (tmp_path / name).write_text(text)
        with pytest.raises(SceneError) as error:
            read(tmp_path / name)
        assert [str(finding) for finding in error.value.findings] == [
            f"{tmp_path / name}:1:1: this is a film, which plays as a whole, and a scene belongs here: "
            "name one of its scenes"
        ]


def test_a_film_under_another_name_is_told_where_it_belongs() -> None:
    """The tables of a film in a scene are no unknown tables."""
    assert found("format = 1\n[film]\ntitle = 'x'\n")[0].startswith(
        "tea.toml:2:2: this belongs to a film, in a file of its own, scenes/NAME.film.toml"
    )


def test_a_message_is_one_plain_line() -> None:
    """What a file holds can't move the cursor, nor fill the screen."""
    (line,) = found('format = 1\n[[layer]]\nasset = "a"\nout = "\\u001b[2J\\nsoon"\n')
    assert line.isprintable()
    (line,) = found('format = 1\n[[layer]]\nasset = "a"\ntint = "' + "x" * 9000 + '"\n')
    assert len(line) < 700


def test_a_source_places_what_is_found_later() -> None:
    """Later checks name a field of the scene, and get its line."""
    _, source = parse_source(WHOLE, "tea.toml")
    finding = source.finding(("layer", 0, "keys", "x", "keys", 2, "at"), "hm", "warning")
    assert str(finding) == "tea.toml:44:46: warning: hm"


FIELDS: dict[str, tuple[str | int, ...]] = {
    "scene": ("scene",), "sound": ("sound",), "camera": ("camera",), "effect": ("effect", 0), "sheet": ("sheet", 0),
    "peg": ("peg", 0), "layer": ("layer", 0),
}  # fmt: skip
CHANNELS = sorted(fields_at(("layer", 0, "keys")))
WORDS = ["at", "keys", "x", "é", "do", "by", "count", "turn"]
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(
        [0, 1, -3, 2.5, 1e30, float("nan"), True, "", "a", "2s", "50%", "\x1b", "red", "none", 10**30, "v"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=2),
    max_leaves=5,
)


@st.composite
def mess(draw: st.DrawFn) -> str:
    """A TOML text whose keys are ours and whose values are anything."""
    lines = ["format = 1"]
    for table in draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=3, unique=True)):
        lines.append(f"[[{table}]]" if len(FIELDS[table]) > 1 else f"[{table}]")
        names = draw(st.lists(st.sampled_from([*sorted(fields_at(FIELDS[table])), "junk"]), max_size=4, unique=True))
        lines += [f"{name} = {_toml(draw(JUNK))}" for name in names if name != "keys"]
        if "keys" in names:
            channels = sorted(draw(st.sets(st.sampled_from(CHANNELS), max_size=3)))
            lines += [f"keys.{name} = {_toml(draw(JUNK))}" for name in channels]
    return "\n".join(lines)


def _toml(value: Any) -> str:
    """The writer's own text of a value, and the numbers that a scene never holds."""
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {_toml(part)}' for key, part in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return "nan" if value != value else _value(value)


THEIRS = ("Input should", "Value error", "Extra inputs", "Field required", "pydantic", "dict", "tuple", "NoneType")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(mess())
def test_any_values_give_a_scene_or_findings(text: str) -> None:
    """Whatever stands where, the outcome is a scene, or findings with a place, in one plain line of our own words."""
    try:
        assert isinstance(parse(text), Scene)
    except SceneError as error:
        for finding in error.findings:
            assert finding.line >= 1
            assert str(finding).isprintable()
            assert not any(words in finding.message for words in THEIRS), finding


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_damage_gives_a_scene_or_findings(chance: random.Random) -> None:
    """A whole scene with letters lost, doubled or swapped never crashes the reader, nor its places."""
    letters = list(WHOLE)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(letters))
        letters[place] = chance.choice(
            ["", letters[place] * 2, "[", "]", '"', "'", "=", "\n", "#", "\\", "{", "“", "é"]
        )
    text = "".join(letters)
    try:
        parse(text)
    except SceneError as error:
        lines = text.split("\n")
        for finding in error.findings:
            assert 1 <= finding.line <= len(lines)
            assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
