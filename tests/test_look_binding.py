"""[look] and linear light: one picture of all, numbered by exposures, in scenes, nested scenes and films."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Project

import collage
from collage.colours import Colour
from collage.errors import SceneError
from collage.exposure.cel import Card, Cel, Finish, Pane
from collage.geometry import Affine

HEAD = 'format = 1\n[scene]\nsize = [200, 120]\nlength = 24\nseed = 9\npaper = "#fff"\n'
CARD = '[[layer]]\nname = "card"\ncard = "#f00"\nsize = [20, 20]\n'
LOOK = "[look]\ngrain = 0.15\nvignette = 0.3\n"
BOX = '[[layer]]\nname = "box"\nscene = "scenes/inner.toml"\n'


def cels(project: Project, body: str, frame: int = 0) -> tuple[Cel, ...]:
    return collage.open(project(HEAD + body)).cels(frame)


def pane(cel: Cel) -> Pane:
    assert isinstance(cel.content, Pane)
    return cel.content


def finish(cel: Cel) -> Finish:
    found = pane(cel).finish
    assert found is not None
    return found


def test_a_look_is_laid_over_all_of_it(project: Project) -> None:
    """One pane of the canvas's size, paper and pieces in it as they would lie by themselves, on the film stock."""
    (whole,) = cels(project, LOOK + CARD)
    plain = cels(project, CARD)
    paper = Cel(Card((200, 120), Colour(255, 255, 255)), layer="paper")
    film = Finish(grain=0.15, vignette=0.3, seed=9)
    assert whole == Cel(Pane((paper, *plain), (200, 120), finish=film))
    assert whole.matrix == Affine()


def test_without_paper_there_is_none_in_it(project: Project) -> None:
    """A transparent scene's pane holds the pieces alone."""
    (whole,) = collage.open(project((HEAD + LOOK + CARD).replace('"#fff"', '"none"'))).cels(0)
    assert [cel.layer for cel in pane(whole).cels] == ["card"]


def test_every_amount_arrives(project: Project) -> None:
    """Each by its own name."""
    names = [name for name in Finish._fields if name not in ("lut", "seed", "exposure")]
    amounts = {name: (index + 1) / 10 for index, name in enumerate(names)}
    (whole,) = cels(project, "[look]\n" + "".join(f"{name} = {amount}\n" for name, amount in amounts.items()) + CARD)
    assert finish(whole) == Finish(**amounts, seed=9)  # type: ignore[arg-type]


def test_exposures_are_numbered(project: Project) -> None:
    """By the look's own `on`, else the scene's: on twos the grain is held two frames."""
    for head, on in ((LOOK, 2), (LOOK + "on = 1\n", 1), (LOOK + "on = 5\n", 5)):
        shown = collage.open(project(HEAD + head + CARD))
        assert [finish(shown.cels(frame)[0]).exposure for frame in range(11)] == [frame // on for frame in range(11)]


@pytest.mark.parametrize("look", ["", "[look]\n", "[look]\ngrain = 0\non = 1\n"])
def test_a_look_that_adds_nothing_is_none(project: Project, look: str) -> None:
    """The scene's cels are as without it."""
    assert cels(project, look + CARD) == cels(project, CARD)


def test_a_table_of_colours(project: Project) -> None:
    """Its real file, found from the project's root; one that is not there, or outside, is a finding at its line."""
    file = project(HEAD + '[look]\nlut = "assets/look/print.cube"\n' + CARD)
    with pytest.raises(SceneError, match=r'test\.toml:8:\d+: no table of colours at "assets/look/print\.cube"'):
        collage.open(file)
    table = file.parent.parent / "assets" / "look" / "print.cube"
    table.parent.mkdir()
    table.write_text("LUT_3D_SIZE 2\n", encoding="utf-8")
    assert finish(collage.open(file).cels(0)[0]) == Finish(lut=table.resolve(), seed=9)
    outside = Path(str(table.parent)) / "link.cube"
    outside.symlink_to("/etc/hostname")
    with pytest.raises(SceneError, match="leaves the project"):
        collage.open(project(HEAD + '[look]\nlut = "assets/look/link.cube"\n' + CARD))


def test_linear_light_is_the_panes(project: Project) -> None:
    """The scene's own picture is composited in it; with a look, both."""
    (linear,) = cels(project, "linear = true\n" + CARD)
    assert (pane(linear).linear, pane(linear).finish, pane(linear).size) == (True, None, (200, 120))
    (both,) = cels(project, "linear = true\n" + LOOK + CARD)
    assert (pane(both).linear, finish(both).grain) == (True, 0.15)


def nested(project: Project, outer: str, inner: str) -> collage.Stand:
    file = project(HEAD + outer)
    (file.parent / "inner.toml").write_text(HEAD + inner, encoding="utf-8")
    return collage.open(file)


def test_a_nested_scene_brings_its_own(project: Project) -> None:
    """Look and light stay inside its pane, by its own frames; a scene without them has none."""
    (box,) = nested(project, BOX + "in = 4\n", "linear = true\n" + LOOK + CARD).cels(10)
    assert (pane(box).linear, finish(box).exposure) == (True, 3)
    (whole,) = nested(project, LOOK + BOX, CARD).cels(10)
    inner = pane(whole).cels[1]
    assert (pane(inner).finish, pane(inner).linear) == (None, False)


def test_two_copies_of_a_nested_scene_have_grain_of_their_own(project: Project) -> None:
    """Chance comes from the path of names: neither the outer scene's nor the other's."""
    shown = nested(project, LOOK + BOX + BOX.replace("box", "other"), LOOK + CARD)
    (whole,) = shown.cels(0)
    seeds = [finish(cel).seed for cel in (whole, *pane(whole).cels[1:])]
    assert seeds[0] == 9
    assert len(set(seeds)) == 3
    again = nested(project, LOOK + BOX + BOX.replace("box", "other"), LOOK + CARD).cels(0)
    assert again == (whole,)


def test_a_film_shows_each_shot_on_its_stock(project: Project) -> None:
    """A shot is the very cels of its scene; fitted, its pane has the look; through a join both keep theirs."""
    file = project(HEAD + LOOK + CARD)
    path = file.parent / "all.film.toml"
    shot = '[[shot]]\nscene = "scenes/test.toml"\n'
    path.write_text("format = 1\n" + shot + "join = { length = 6 }\n" + shot, encoding="utf-8")
    with collage.open(path) as film, collage.open(file) as scene:
        assert film.cels(5) == scene.cels(5)
        old, new = film.cels(20)
        assert (finish(old).exposure, finish(pane(new).cels[0]).exposure) == (10, 1)
    path.write_text("format = 1\n[film]\nsize = [60, 60]\n" + shot, encoding="utf-8")
    bars, fitted = collage.open(path).cels(5)
    assert (bars.layer, finish(fitted).exposure) == ("paper", 2)
