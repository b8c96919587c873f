"""Cels are plain values: cheap to make, equal when they show the same, fit to be keys."""

from __future__ import annotations

from pathlib import Path

from collage.colours import WHITE, Colour
from collage.exposure.cel import Card, Cel, Lettering, Pane
from collage.geometry import Affine
from collage.registry.catalogue import Drawing

RED = Colour(255, 0, 0)


def contents() -> list[Drawing | Card | Lettering | Pane]:
    return [
        Drawing("props/cup", "cup", Path("cup.png"), (4, 4)),
        Card((2.5, 2), RED),
        Lettering((("Tea", 0.0, 9.0),), "", 12.0, RED, (30, 12)),
        Pane((Cel(Card((1, 1), RED)),), (3.0, 4.0), round=True),
    ]


def test_a_cel_is_as_laid_down_unless_told_otherwise() -> None:
    """Unmoved, opaque, untinted, sharp, covering what is below, without shadow or matte; the order of its parts is for
    good."""
    plain = (Affine(), 1.0, WHITE, "", 0.0, "normal", None, None, None, False)
    assert Cel(Card((1, 1), RED))[1:] == plain
    names = ("content", "matrix", "opacity", "tint", "layer", "blur", "blend", "shadow", "matte", "sweep", "bokeh")
    assert Cel._fields == names


def test_cels_made_apart_are_equal_and_hash_alike() -> None:
    """For every kind of content; a set of two equal cels holds one."""
    for one, other in zip(contents(), contents(), strict=True):
        assert one is not other
        assert len({Cel(one), Cel(other)}) == 1
    assert len({Cel(content) for content in contents()}) == 4


def test_any_difference_makes_cels_unequal() -> None:
    """Also one deep inside a pane, in its clip, or in how it is laid."""
    cel = Cel(contents()[3])
    others = [
        cel._replace(blend="plus-lighter"),
        cel._replace(opacity=0.5),
        Cel(Pane((Cel(Card((1, 1), WHITE)),), (3.0, 4.0), round=True)),
        Cel(Pane((Cel(Card((1, 1), RED)),), (3.0, 4.0))),
        Cel(Pane((Cel(Card((1, 1), RED)),))),
    ]
    assert len({cel, *others}) == 6


def test_deep_panes_are_compared_and_hashed() -> None:
    """A hundred panes within panes are no trouble."""

    def nested() -> Cel:
        cel = Cel(Card((1, 1), RED))
        for _ in range(100):
            cel = Cel(Pane((cel,)))
        return cel

    assert nested() == nested()
    assert hash(nested()) == hash(nested())
