"""registry.toml edited as text: what was meant is changed, and not a letter more."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.errors import AssetError
from collage.registry import editing

TEXT = """# the box
format = 1

# one of a kind
["water/splash"]
copies = 1                       # only one
pivot = [
  412,  # across
  610,
]
hooks.crest = [402, 35]

["water/splash".edge]
border = 6

# the cup
["props/cup"]
source = "a # in quotes, and [\\"brackets\\"]"   # after

"""


def test_a_value_changes_in_its_place() -> None:
    """A key that is there keeps its line, its comment and everything around it; a list over lines becomes one."""
    text = editing.with_facts(TEXT, "water/splash", {"copies": 2, "pivot": (1, 2)})
    assert text == TEXT.replace("copies = 1 ", "copies = 2 ").replace("[\n  412,  # across\n  610,\n]", "[1, 2]")


def test_a_new_key_stands_after_the_entrys_last() -> None:
    """Before the tables inside the entry, so that it belongs to the asset and not to its edge."""
    text = editing.with_facts(TEXT, "water/splash", {"sha256": "abc"})
    assert text == TEXT.replace("[402, 35]\n", '[402, 35]\nsha256 = "abc"\n')


def test_a_new_entry_stands_at_the_end() -> None:
    """With an empty line before it, also after a last line without an end."""
    assert editing.with_facts("format = 1", "a/b", {"pivot": (3, 4)}) == 'format = 1\n\n["a/b"]\npivot = [3, 4]\n'


def test_an_entry_goes_with_all_its_tables() -> None:
    """Its own comments go with it; those above it, and all other entries, stay."""
    text = editing.without(TEXT, "water/splash")
    assert list(tomllib.loads(text)) == ["format", "props/cup"]
    assert "# one of a kind\n" in text
    assert text.endswith(TEXT[TEXT.index("# the cup") :])


def test_a_name_changes_in_every_header_that_bears_it() -> None:
    """The entry and the tables inside it, and nothing else."""
    assert editing.renamed(TEXT, "water/splash", "sea/wave") == TEXT.replace("water/splash", "sea/wave")


def test_names_before_a_dot_are_renamed_too() -> None:
    """An entry may be written without a header, and its neighbour may have a key of that very name."""
    text = 'format = 1\ncup.copies = 1 # one\ncup.hooks.x = [1, 2]\n["other"]\nhooks.cup = [1, 2]\n'
    assert editing.renamed(text, "cup", "mug") == text.replace("\ncup", '\n"mug"')


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_stay(end: str, mark: str) -> None:
    """What was written on Windows comes back as it was, and new lines end alike."""
    text = editing.with_facts(mark + TEXT.replace("\n", end), "props/cup", {"licence": "CC0-1.0"})
    assert text.startswith(mark + "# the box" + end)
    assert f'# after{end}licence = "CC0-1.0"{end}' in text
    assert text.count("\n") == text.count(end)


def test_what_is_not_foreseen_is_refused_in_words() -> None:
    """An entry in one line can't take another key: the message says how to write it."""
    with pytest.raises(AssetError, match=r'write \["props/cup"\] with a line beneath'):
        editing.with_facts('format = 1\n"props/cup" = { copies = 1 }\n', "props/cup", {"sha256": "abc"})


def test_a_broken_registry_is_not_edited(tmp_path: Path) -> None:
    """Its first fault is told, with its line."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/registry.toml").write_text("format = 1\n[props/cup]\n")
    with pytest.raises(AssetError, match=r"registry.toml:2:.*Mend that first"):
        editing.load(tmp_path)


names = st.from_regex(r"[a-z0-9]{1,3}(/[a-z]{1,2})?", fullmatch=True).filter(lambda name: name != "format")


@given(st.dictionaries(names, st.text(max_size=12), min_size=1, max_size=5), names, st.data())
def test_any_words_survive(entries: dict[str, str], new: str, data: st.DataObject) -> None:
    """Whatever a source says, it reads back, and renaming, changing and removing leave the other entries alone."""
    text = "format = 1\n"
    for name, words in entries.items():
        text = editing.with_facts(text, name, {"source": words})
    assert {name: tomllib.loads(text)[name]["source"] for name in entries} == entries
    old = data.draw(st.sampled_from(sorted(entries)))
    if new not in entries:
        again = editing.renamed(editing.renamed(text, old, new), new, old)
        assert tomllib.loads(again) == tomllib.loads(text)
    left = tomllib.loads(editing.without(text, old))
    assert left == {name: entry for name, entry in tomllib.loads(text).items() if name != old}
