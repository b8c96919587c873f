"""How drawings are printed and cut: whose word counts, which knife it was, and what handing on does to an edge."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Project
from letters import picture

import collage
from collage.colours import Colour
from collage.errors import SceneError
from collage.exposure import holding
from collage.exposure.cel import Cel, Cutout, Edge, Pane, Print
from collage.registry.catalogue import Drawing

HEAD = "format = 1\n[scene]\nsize = [200, 120]\nlength = 48\non = 2\n"
CREAM, RED, BLACK = Colour(246, 240, 226), Colour(255, 0, 0), Colour(0, 0, 0)
DOT = '[[layer]]\nname = "dot"\nasset = "dot"\n'
PIXELS = {"dot": picture("RR", "GG")}
PLAIN = Edge(6, CREAM, 0.2)


def cels(project: Project, body: str, registry: str = "", frame: int = 0) -> tuple[Cel, ...]:
    return collage.open(project(HEAD + body, PIXELS, registry and f"format = 1\n[dot]\n{registry}")).cels(frame)


def cutout(cel: Cel) -> Cutout:
    assert isinstance(cel.content, Cutout)
    return cel.content


def edge(cel: Cel) -> Edge:
    found = cutout(cel).edge
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("registry", "layer", "expected"),
    [
        ("", "", None),
        ("", "edge = {}\n", PLAIN),
        ("edge = {}\n", "", PLAIN),
        ("edge.border = 9\n", "", PLAIN._replace(border=9)),
        ("edge.border = 9\n", "edge = {}\n", PLAIN._replace(border=9)),
        ('edge = { border = 9, colour = "red" }\n', "edge.border = 6\n", PLAIN._replace(colour=RED)),
        ('edge.colour = "red"\n', 'edge = { torn = 0.5, dark = 1 }\n', PLAIN._replace(colour=RED, torn=0.5, dark=1)),
        ("edge.wobble = 1\nedge.wear = 0.5\n", "edge.wobble = 0\n", PLAIN._replace(wobble=0, wear=0.5)),
    ],
)  # fmt: skip
def test_the_layers_keys_override_the_registrys_one_at_a_time(
    project: Project, registry: str, layer: str, expected: Edge | None
) -> None:
    """Only what is written counts; the rest is the default, also where the layer writes the default itself; without a
    word of either the drawing is as it is."""
    (dot,) = cels(project, DOT + layer, registry)
    if expected is None:
        assert isinstance(dot.content, Drawing)
    else:
        assert cutout(dot) == Cutout(cutout(dot).drawing, expected)


def test_print_is_merged_alike(project: Project) -> None:
    """Halftone, inks, fibre and photocopy; beside an edge or alone."""
    (dot,) = cels(project, DOT + 'print = { inks = ["red", "#000"] }\n', "print.halftone = 8\nprint.fibre = 1\n")
    assert (cutout(dot).edge, cutout(dot).print) == (None, Print(8, (RED, BLACK), 1, 0))
    (both,) = cels(project, DOT + "print.photocopy = 1\nedge = {}\n", "print = {}\n")
    assert (cutout(both).edge, cutout(both).print) == (PLAIN, Print(5, (), 0.1, 1))


def test_like_and_parts_merge_key_by_key(project: Project) -> None:
    """A layer that is like another, and a part inside a nested scene, change the keys that they write."""
    body = DOT + 'edge = { border = 9, torn = 1 }\n[[layer]]\nlike = "dot"\nedge.torn = 0.5\n'
    assert [(edge(cel).border, edge(cel).torn) for cel in cels(project, body)] == [(9, 1), (9, 0.5)]
    file = project(HEAD + '[[layer]]\nscene = "scenes/inner.toml"\npart.dot.edge.border = 3\n', PIXELS)
    (file.parent / "inner.toml").write_text(HEAD + DOT + "edge = { border = 9, torn = 1 }\n", encoding="utf-8")
    (box,) = collage.open(file).cels(0)
    assert isinstance(box.content, Pane)
    assert (edge(box.content.cels[1]).border, edge(box.content.cels[1]).torn) == (3, 1)


def test_each_drawing_is_cut(project: Project) -> None:
    """Every drawing of an asset is its own cut-out, with the asset's paper."""
    pixels = {"mouth/open": picture("RR"), "mouth/shut": picture("GG")}
    registry = 'format = 1\n[mouth]\ndrawings = { shut = "mouth/shut.png", open = "mouth/open.png" }\nedge = {}\n'
    body = '[[layer]]\nasset = "mouth"\nkeys.swap = [[0, "shut"], [3, "open"], [9, "none"]]\n'
    shown = collage.open(project(HEAD + body, pixels, registry))
    assert [cutout(cel).drawing.name for frame in (2, 3, 9) for cel in shown.cels(frame)] == ["shut", "open"]
    assert [drawing.name for drawing in shown.drawings] == ["shut", "open"]


def test_knives_take_turns(project: Project) -> None:
    """On twos a new one each exposure, none twice in a row, held as poses are; without boil always the same."""
    shown = collage.open(project(HEAD + DOT + "edge.boil = 3\n", PIXELS))
    knives = [edge(shown.cels(frame)[0]).knife for frame in range(14)]
    assert knives == [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2, 0, 0]
    still = collage.open(project(HEAD + DOT + "edge = {}\n", PIXELS))
    assert {edge(still.cels(frame)[0]).knife for frame in range(14)} == {0}
    threes = collage.open(project(HEAD + DOT + "on = 3\nedge.boil = 2\n", PIXELS))
    assert [edge(threes.cels(frame)[0]).knife for frame in range(9)] == [0, 0, 0, 1, 1, 1, 0, 0, 0]


ONLY = "copies = 1\nedge.wear = 0.4\n"
TWO = DOT + 'out = 12\n[[layer]]\nname = "second"\nasset = "dot"\nin = 12\n'


def wear(cel: Cel) -> float:
    return round(edge(cel).wear, 6)


def test_wear_follows_the_ledger(project: Project) -> None:
    """A quarter more with each line of it: another layer, another carrier; never more than all."""
    pegs = '[[peg]]\nname = "p"\n[[peg]]\nname = "q"\n'
    handed = 'keys.parent = [[0, "p"], [20, "q"], [24, "p"], [28, "q"], [32, "p"], [36, "q"], [40, "p"]]\n'
    shown = collage.open(project(HEAD + pegs + TWO + handed, PIXELS, f"format = 1\n[dot]\n{ONLY}"))
    got = [wear(shown.cels(frame)[0]) for frame in (0, 11, 12, 19, 20, 24, 28, 32, 36, 40, 47)]
    assert got == [0.4, 0.4, 0.5, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1, 1]
    assert {edge(shown.cels(frame)[0]).knife for frame in range(48)} == {0}


@pytest.mark.parametrize("registry", ["edge.wear = 0.4\n", "copies = 2\nedge.wear = 0.4\n"])
def test_what_is_there_more_than_once_keeps_its_wear(project: Project, registry: str) -> None:
    """Only what is one of a kind is handed on; a photostat of it was never in the ledger."""
    assert [wear(cel) for frame in (0, 12) for cel in cels(project, TWO, registry, frame)] == [0.4, 0.4]
    copy = TWO.replace("in = 12\n", "in = 12\nphotostat = true\n")
    assert wear(cels(project, copy, ONLY, 12)[0]) == 0.4


def test_wear_of_a_nested_scene_is_that_of_the_whole(project: Project) -> None:
    """Handed from a layer to one inside a scene: what counts are the outermost scene's frames."""
    file = project(
        HEAD + DOT + 'out = 12\n[[layer]]\nname = "box"\nscene = "scenes/inner.toml"\nin = 12\n',
        PIXELS, "format = 1\n[dot]\ncopies = 1\n",
    )  # fmt: skip
    (file.parent / "inner.toml").write_text(HEAD + DOT + "edge.wear = 0.4\n", encoding="utf-8")
    with collage.open(file) as shown:
        assert isinstance(shown.cels(0)[0].content, Drawing)
        for frame in (12, 40):
            (box,) = shown.cels(frame)
            assert isinstance(box.content, Pane)
            assert wear(box.content.cels[1]) == 0.5


def film_of(file: Path, *shots: str) -> collage.Stand:
    text = "format = 1\n" + "".join(f'[[shot]]\nscene = "scenes/test.toml"\n{shot}\n' for shot in shots)
    path = file.parent / "all.film.toml"
    path.write_text(text, encoding="utf-8")
    return collage.open(path)


def test_in_a_film_wear_runs_through_all_shots(project: Project) -> None:
    """Each shot's lines come after those of the shots before; the scene alone starts anew."""
    file = project(HEAD + TWO, PIXELS, f"format = 1\n[dot]\n{ONLY}")
    film = film_of(file, "", "", "in = 6")
    got = [wear(film.cels(frame)[-1]) for frame in (0, 12, 48, 60, 96, 102)]
    assert got == [0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
    assert wear(collage.open(file).cels(0)[0]) == 0.4


def test_in_a_film_of_another_size_too(project: Project) -> None:
    """A shot that is fitted shows the film's wear as well."""
    file = project(HEAD + TWO, PIXELS, f"format = 1\n[dot]\n{ONLY}")
    text = "format = 1\n[film]\nsize = [100, 100]\n" + '[[shot]]\nscene = "scenes/test.toml"\n' * 2
    path = file.parent / "all.film.toml"
    path.write_text(text, encoding="utf-8")
    fitted = collage.open(path).cels(48)[-1]
    assert isinstance(fitted.content, Pane)
    assert wear(fitted.content.cels[1]) == 0.6


def test_wear_that_can_not_be_followed_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger of too many steps is a finding at the layer, in scenes and films, and only where wear asks for it."""
    monkeypatch.setattr(holding, "MOST_STEPS", 10)
    body = DOT + 'expr.hidden = "noise(f)"\n'
    assert cels(project, body, "copies = 1\nedge = {}\n") is not None
    with pytest.raises(SceneError, match=r"test\.toml:6:.*the ledger can't follow \"dot\""):
        cels(project, body, ONLY)
