"""Where pieces are written: file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

import collage
from collage.player import pick
from collage.player.lines import Lines
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 24\n"
CARD = '[[layer]]\nname = "one"\ncard = "#fff"\nsize = [200, 120]\n'


@pytest.fixture
def main(tmp_path: Path) -> Path:
    """A scene of a card and another scene in its middle, and a film of it."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "scenes").mkdir()
    inner = "# small\n" + HEAD.replace("200, 120", "80, 60") + "\n" + CARD + "keys.x = [[0, 40], [5, 40]]\n"
    (tmp_path / "scenes" / "inner.toml").write_text(inner, encoding="utf-8")
    path = tmp_path / "scenes" / "main.toml"
    path.write_text(HEAD + CARD + '\n[[layer]]\nscene = "scenes/inner.toml"\n', encoding="utf-8")
    film = 'format = 1\n[film]\n[[shot]]\nscene = "scenes/main.toml"\n'
    path.with_name("all.film.toml").write_text(film, encoding="utf-8")
    return path


def said(stand: collage.Stand, point: tuple[int, int]) -> str:
    found = pick.at(stand, 0, point)
    assert found is not None
    return str(Lines(stand).of(found))


@pytest.mark.parametrize("name", ["main.toml", "all.film.toml"])
def test_a_piece_is_named_by_its_own_file_and_line(main: Path, name: str) -> None:
    """Whether a scene is played, or a film of it, and inside a nested scene the inner file's."""
    with collage.open(main.with_name(name)) as stand:
        assert said(stand, (5, 5)) == "scenes/main.toml:5"
        assert said(stand, (100, 60)) == "scenes/inner.toml:7"
        found = pick.at(stand, 0, (100, 60))
        assert found is not None
        line = Lines(stand).of(found)
        assert line is not None
        assert line.file.read_text(encoding="utf-8").splitlines()[line.number - 1] == "[[layer]]"
        assert Lines(stand).keys(found) == {0, 5}


def test_a_layer_that_is_not_written_yet_has_no_line(main: Path) -> None:
    """What was dealt onto the glass is not said to be in the file's first line."""
    with collage.open(main) as stand:
        more = parse(main.read_text(encoding="utf-8") + "\n" + CARD.replace("one", "two"))
        with stand.changed(more) as changed:
            assert said(changed, (5, 5)) == "None"
            found = pick.at(changed, 0, (5, 5))
            assert found is not None
            assert found.name == "two"
            assert Lines(changed).keys(found) == frozenset()


def test_a_scene_made_in_python_has_no_line() -> None:
    """And no keys to show."""
    with collage.open(parse(HEAD + CARD)) as stand:
        found = pick.at(stand, 0, (5, 5))
        assert found is not None
        assert Lines(stand).of(found) is None
        assert Lines(stand).keys(found) == frozenset()


def test_a_file_that_was_broken_since_has_no_line(main: Path) -> None:
    """Nothing fails for it; the frame that is seen stays."""
    with collage.open(main) as stand:
        found = pick.at(stand, 0, (5, 5))
        assert found is not None
        main.write_text("format = 1\n[[layer", encoding="utf-8")
        assert Lines(stand).of(found) is None
        main.write_text(HEAD, encoding="utf-8")
        assert Lines(stand).keys(found) == frozenset()
