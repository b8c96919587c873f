"""Who has it: what the ledger says, looked up by the frame."""

from __future__ import annotations

import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from letters import picture

import collage
from collage.exposure import holding
from collage.exposure.film import Reel, film_holds
from collage.exposure.holding import holds
from collage.player.holders import MOST_LINES, NOBODY, Holders, Line

HEAD = "format = 1\n[scene]\nsize = [20, 20]\nlength = 60\n"
REGISTRY = "format = 1\n[only]\ncopies = 1\n[pair]\ncopies = 2\n"
ASSETS = {"only": picture("R"), "pair": picture("G"), "any": picture("B")}


def layer(name: str, asset: str = "only", first: int = 0, end: int = 60, more: str = "") -> str:
    return f'[[layer]]\nname = "{name}"\nasset = "{asset}"\nin = {first}\nout = {end}\n{more}'


def words(holders: Holders, frame: int) -> list[str]:
    return [f"{line.asset}: {line.words}{'!' if line.new else ''}" for line in holders.at(frame)]


def test_a_line_for_each_asset_says_who_has_it(project: Project) -> None:
    """One of a kind by its holder, more by how many are out; what there is any number of is not listed."""
    text = layer("bath", end=20) + layer("tea", first=40) + layer("a", "pair") + layer("b", "pair", 0, 30)
    holders = Holders.of(collage.open(project(HEAD + text + layer("c", "any"), ASSETS, REGISTRY)))
    assert words(holders, 0) == ["only: bath", "pair: a, b (2 of 2)"]
    assert words(holders, 25) == ["only: nobody, next tea at 40", "pair: a, b (2 of 2)"]
    assert words(holders, 59) == ["only: tea", "pair: a (1 of 2)"]


def test_a_new_holder_is_news_for_half_a_second(project: Project) -> None:
    """Twelve frames at 24 a second from the frame of the handover on; whoever has it from the start is none."""
    holders = Holders.of(collage.open(project(HEAD + layer("bath", end=30) + layer("tea", first=30), ASSETS, REGISTRY)))
    news = [frame for frame in range(60) if holders.at(frame)[0].new]
    assert news == list(range(30, 42))


def test_a_change_of_carrier_is_a_handover(project: Project) -> None:
    """keys.parent hands it on inside a scene: who carries it is said, and is news."""
    pegs = '[[peg]]\nname = "tub"\n[[peg]]\nname = "spoon"\n'
    keys = 'parent = "tub"\nkeys.parent = [[0, "tub"], [20, "spoon"]]\n'
    holders = Holders.of(collage.open(project(HEAD + pegs + layer("wave", more=keys), ASSETS, REGISTRY)))
    assert words(holders, 19) == ["only: wave on tub"]
    assert words(holders, 20) == ["only: wave on spoon!"]


def test_nested_scenes_and_films_give_the_path_of_names(project: Project) -> None:
    """As the ledger does: the layer that shows the scene, and in a film the shot's scene first."""
    file = project(f'{HEAD}[[layer]]\nname = "room"\nscene = "scenes/inner.toml"\n', ASSETS, REGISTRY)
    file.with_name("inner.toml").write_text(HEAD + layer("bath", end=30), encoding="utf-8")
    film = file.with_name("trip.film.toml")
    film.write_text('format = 1\n[[shot]]\nscene = "scenes/test.toml"\nin = 20\n', encoding="utf-8")
    assert words(Holders.of(collage.open(file)), 29) == ["only: room/bath"]
    holders = Holders.of(collage.open(film))
    assert words(holders, 9) == ["only: test: room/bath"]
    assert words(holders, 10) == [f"only: {NOBODY}"]


def test_of_many_the_first_are_listed_and_the_rest_counted(project: Project) -> None:
    """Nine assets: six lines, and three more; six are six lines."""
    names = [f"a{number}" for number in range(9)]
    registry = "format = 1\n" + "".join(f"[{name}]\ncopies = 1\n" for name in names)
    file = project(
        HEAD + "".join(layer(name, name) for name in names), {name: picture("R") for name in names}, registry
    )
    holders = Holders.of(collage.open(file))
    assert [line.asset for line in holders.at(3)] == [*names[:6], "and 3 more"]
    assert len(Holders(holders.turns[:MOST_LINES]).at(3)) == MOST_LINES


def test_a_scene_without_any_has_no_lines_and_no_walk(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked of the ledger."""
    monkeypatch.setattr("collage.player.holders.holds", lambda rig: 1 // 0)
    assert Holders.of(collage.open(project(HEAD + layer("c", "any"), ASSETS))).at(0) == ()


def test_what_the_ledger_cannot_follow_is_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line of words, and the player plays."""
    file = project(HEAD + layer("bath", more='expr.hidden = "f > 9"\n'), ASSETS, REGISTRY)
    stand = collage.open(file)
    monkeypatch.setattr(holding, "MOST_STEPS", 3)
    (line,) = Holders.of(stand).at(5)
    assert line.asset == ""
    assert "the ledger can't follow" in line.words


@given(st.lists(st.tuples(st.integers(0, 59), st.integers(1, 30)), max_size=6), st.integers(0, 1))
def test_every_frame_is_as_the_ledger_says(spans: list[tuple[int, int]], film: int) -> None:
    """Whatever holds what when, the line names all that hold it then, and nobody where none does."""
    import tempfile
    from pathlib import Path

    from collage.glass.png import encode

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "assets").mkdir()
        (root / "scenes").mkdir()
        (root / "assets/only.png").write_bytes(encode(picture("R")))
        (root / "assets/registry.toml").write_text("format = 1\n[only]\ncopies = 6\n")
        text = "".join(layer(f"n{i}", "only", at, min(at + long, 60)) for i, (at, long) in enumerate(spans))
        (root / "scenes/a.toml").write_text(HEAD + text)
        (root / "scenes/a.film.toml").write_text('format = 1\n[[shot]]\nscene = "scenes/a.toml"\nin = 5\n')
        stand = collage.open(root / ("scenes/a.film.toml" if film else "scenes/a.toml"))
    held = film_holds(stand.rig) if isinstance(stand.rig, Reel) else holds(stand.rig)
    holders = Holders.of(stand)
    for frame in range(stand.length):
        having = sorted(hold.holder for hold in held if hold.first <= frame < hold.end)
        line = holders.at(frame)[0] if spans else Line("", NOBODY)
        if having:
            assert line.words == f"{', '.join(having)} ({len(having)} of 6)"
        else:
            assert line.words.startswith(NOBODY)
