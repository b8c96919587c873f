"""Picking: the topmost piece under a point, by what is really there to be seen of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import goldens
import pytest
from dark import DARK
from hypothesis import given, settings
from hypothesis import strategies as st

import collage
from collage.exposure.expose import expose
from collage.player import pick
from collage.scene.reader import parse

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 24\non = 1\n"
COLOURS = ("#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff")
Files = Callable[..., Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """``files(main=text, inner=text)`` writes a project with the golden assets and gives the path of `main`."""
    shutil.copytree(goldens.FOLDER / "assets", tmp_path / "assets")
    (tmp_path / "scenes").mkdir()

    def written(**texts: str) -> Path:
        for name, text in texts.items():
            (tmp_path / "scenes" / f"{name}.toml").write_text(text + DARK, encoding="utf-8")
        return tmp_path / "scenes" / "main.toml"

    return written


def card(name: str, colour: str, rest: str = "", size: str = "[60, 40]") -> str:
    return f'[[layer]]\nname = "{name}"\ncard = "{colour}"\nsize = {size}\nshadow = false\n{rest}\n'


def name_at(stand: collage.Stand, point: tuple[float, float], frame: int = 0) -> str:
    """The name of what lies there, "" for nothing."""
    found = pick.at(stand, frame, point)
    return found.name if found else ""


poses = st.tuples(
    st.integers(0, 200), st.integers(0, 120), st.integers(0, 359), st.sampled_from((0.5, 1, 2)), st.integers(-1, 1)
)


@settings(max_examples=20)
@given(
    st.lists(poses, min_size=1, max_size=5), st.lists(st.tuples(st.integers(0, 199), st.integers(0, 119)), max_size=40)
)
def test_what_is_picked_is_what_is_seen(
    layers: list[tuple[int, int, int, float, int]], pixels: list[tuple[int, int]]
) -> None:
    """Wherever the picture has a card's very colour, or the paper's, that card, or nothing, is picked."""
    text = HEAD + 'paper = "#000000"\n'
    for number, (x, y, turn, scale, order) in enumerate(layers):
        text += card(f"c{number}", COLOURS[number], f"at = [{x}, {y}]\nturn = {turn}\nscale = {scale}\norder = {order}")
    with collage.open(parse(text + DARK)) as stand:
        picture = stand.comp(0)
        names = {tuple(bytes.fromhex(colour[1:])): f"c{number}" for number, colour in enumerate(COLOURS)}
        for x, y in pixels:
            colour = tuple(int(part) for part in picture[y, x, :3])
            if colour in names or colour == (0, 0, 0):
                assert name_at(stand, (x + 0.5, y + 0.5)) == names.get(colour, "")


def test_what_is_transparent_there_is_looked_through(files: Files) -> None:
    """In the corner of a disc's picture the card under it is picked, in its middle the disc itself."""
    text = HEAD + card("under", "#ff0000", size="[200, 120]") + '[[layer]]\nasset = "disc"\nat = [100, 60]\nturn = 45\n'
    with collage.open(files(main=text)) as stand:
        found = pick.at(stand, 0, (100, 60))
        assert found is not None
        assert (found.name, found.asset, found.sheet, found.around) == ("disc", "disc", "table", ())
        assert found.matrix.at((found.size[0] / 2, found.size[1] / 2)) == pytest.approx((100, 60))
        corner = found.matrix.at((found.size[0] - 0.5, 0.5))
        assert name_at(stand, corner) == "under"


@pytest.mark.parametrize("rest", ["opacity = 0.05", "hidden = true", "in = 4", 'tint = "#ffffff05"'])
def test_what_cannot_be_seen_is_not_picked(rest: str) -> None:
    """All but transparent, hidden, or not yet there: what lies below is picked."""
    text = HEAD + card("below", "#ff0000") + card("above", "#00ff00", rest)
    with collage.open(parse(text)) as stand:
        assert name_at(stand, (100, 60)) == "below"


def test_paper_is_nobody_and_so_is_what_lies_off_the_canvas() -> None:
    """None for bare paper, and outside the canvas even where a piece reaches there."""
    with collage.open(parse(HEAD + card("wide", "#ff0000", size="[400, 40]"))) as stand:
        assert pick.at(stand, 0, (100, 10)) is None
        assert name_at(stand, (1, 60)) == "wide"
        assert pick.at(stand, 0, (-1, 60)) is None


@pytest.mark.parametrize("group", ["", "opacity = 0.5"])
def test_the_members_of_a_group_are_picked(group: str) -> None:
    """Drawn one by one, or as one picture: the piece itself is found, at its own place."""
    text = HEAD + f'[[layer]]\nname = "all"\ngroup = true\nat = [20, 10]\n{group}\n'
    text += card("one", "#ff0000", 'parent = "all"\nat = [40, 30]') + card(
        "two", "#00ff00", 'parent = "all"\nat = [90, 30]'
    )
    with collage.open(parse(text)) as stand:
        assert [name_at(stand, (x, 40)) for x in (60, 110)] == ["one", "two"]
        found = pick.at(stand, 0, (60, 40))
        assert found is not None
        assert found.matrix.at((30, 20)) == pytest.approx((60, 40))


def test_copies_are_counted() -> None:
    """Each copy of what is repeated is a piece of its own, and of the one layer."""
    text = HEAD + card("tile", "#ff0000", "at = [0, 0]\nrepeat = { grid = [2, 1], area = [0, 0, 200, 120] }")
    with collage.open(parse(text)) as stand:
        found = [pick.at(stand, 0, (x, 60)) for x in (50, 150)]
        assert [one.name for one in found if one] == ["tile.0", "tile.1"]
        assert {one.piece.layer for one in found if one} == {0}
        again = [pick.again(stand, 5, one.key) for one in found if one]
        assert [one.name for one in again if one] == ["tile.0", "tile.1"]


INNER = 'format = 1\n[scene]\nsize = [80, 60]\nlength = 24\non = 1\npaper = "#336699"\n'
SHOW = '[[layer]]\nscene = "scenes/inner.toml"\n'


def test_a_nested_scene_is_seen_into(files: Files) -> None:
    """Its pieces have its name before theirs; its paper is the layer that shows it; what it clips is not there."""
    inner = INNER + card("dot", "#ff0000", "at = [80, 30]", "[20, 20]")
    with collage.open(files(main=HEAD + SHOW + "at = [100, 60]\nturn = 90\n", inner=inner)) as stand:
        found = pick.at(stand, 0, (100, 95))
        assert found is not None
        assert (found.name, [piece.label for piece in found.around]) == ("inner/dot", ["inner"])
        assert found.stage.rig.source == "scenes/inner.toml"
        assert found.matrix.at((10, 10)) == pytest.approx((100, 100))
        assert name_at(stand, (100, 30)) == "inner"
        assert name_at(stand, (100, 105)) == ""


def test_a_stock_and_linear_light_change_nothing() -> None:
    """A scene that is one picture as a whole is picked from like any other."""
    text = HEAD + "linear = true\n[look]\ngrain = 0.2\n" + card("one", "#ff0000")
    with collage.open(parse(text)) as stand:
        assert name_at(stand, (100, 60)) == "one"
        assert name_at(stand, (10, 10)) == ""


@pytest.mark.parametrize(
    ("matte", "window", "inside", "outside"),
    [
        ('{ layer = "window" }', "#000000", "flood", "wall"),
        ('{ layer = "window", side = "outside" }', "#000000", "wall", "flood"),
        ('{ layer = "window", by = "luminance" }', "#000000", "wall", "wall"),
        ('{ layer = "window", by = "luminance" }', "#ffffff", "flood", "wall"),
    ],
)
def test_a_piece_is_picked_where_its_matte_lets_it_be_seen(matte: str, window: str, inside: str, outside: str) -> None:
    """Inside, outside, by light; where the matte hides it, what lies below is picked."""
    whole = "[200, 120]"
    text = HEAD + card("wall", "#00ff00", size=whole) + card("flood", "#ff0000", f"matte = {matte}", whole)
    with collage.open(parse(text + card("window", window))) as stand:
        assert name_at(stand, (100, 60)) == inside
        assert name_at(stand, (20, 20)) == outside


FILM = """format = 1
[film]
[[shot]]
scene = "scenes/main.toml"
out = 10
join = { how = "wipe", length = 4, turn = 90 }
[[shot]]
scene = "scenes/inner.toml"
"""


def test_a_film_is_picked_through_its_joins(files: Files) -> None:
    """Before a cut one shot's piece, after it the other's, fitted to the canvas; in between either, by where the edge
    is."""
    path = files(main=HEAD + card("one", "#ff0000"), inner=INNER + card("two", "#00ff00"))
    film = path.with_name("all.film.toml")
    film.write_text(FILM, encoding="utf-8")
    with collage.open(film) as stand:
        assert [name_at(stand, (100, 60), frame) for frame in (0, 5, 12)] == ["one", "one", "two"]
        found = pick.at(stand, 12, (100, 60))
        assert found is not None
        assert found.key.shot == "inner"
        assert found.matrix.at((30, 20)) == pytest.approx((100, 60))
        assert found.matrix.a == 2
        assert pick.again(stand, 0, found.key) is None
        assert [name_at(stand, (x, 60), 7) for x in (60, 120)] == ["two", "one"]


def test_a_piece_is_found_again_after_a_save() -> None:
    """By its name, though layers came before it; None once it is gone, and where it is not there."""
    text = HEAD + card("one", "#ff0000", "out = 12")
    with (
        collage.open(parse(text)) as stand,
        collage.open(parse(text.replace("[[layer]]", card("new", "#00ff00") + "[[layer]]"))) as newer,
    ):
        found = pick.at(stand, 0, (100, 60))
        assert found is not None
        again = pick.again(newer, 3, found.key)
        assert again is not None
        assert (again.name, again.piece.layer) == ("one", 1)
        assert pick.again(stand, 12, found.key) is None
        with collage.open(parse(HEAD + card("other", "#ff0000"))) as other:
            assert pick.again(other, 0, found.key) is None


def test_asking_whose_cels_they_are_changes_none() -> None:
    """A frame exposed for somebody who asks has the very cels of any other."""
    with collage.open(parse(HEAD + card("one", "#ff0000", "keys.x = [[0, 0], [23, 200]]"))) as stand:
        for frame in (0, 7, 23):
            assert pick.exposed(stand, frame).cels == expose(stand.rig, frame)  # type: ignore[arg-type]
