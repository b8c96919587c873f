"""Dealing cut-outs: which, where, and under what name."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from conftest import Project

from collage.errors import CollageError
from collage.player.dealing import TILT, deal
from collage.registry.catalogue import Catalogue
from collage.scene.edits import with_layer
from collage.scene.model import Layer, Peg, Scene, Sheet

PICTURE = np.full((40, 1600, 4), 255, np.uint8)


def test_cards_are_thrown_onto_the_canvas(project: Project) -> None:
    """Each lies on the uppermost sheet, well inside, tilted a little, no wider than half the canvas; the same chance
    throws the same."""
    root = project("format = 1\n", {"props/a": PICTURE, "b": PICTURE}).parent.parent
    scene = Scene(sheet=(Sheet(name="table"), Sheet(name="top")))
    catalogue, chance = Catalogue.open(root), Random(1)
    dealt = [deal(catalogue, scene, chance) for _ in range(40)]
    assert {layer.asset for layer in dealt} == {"props/a", "b"}
    for layer in dealt:
        x, y = layer.at or (0, 0)
        assert 300 < float(x) < 1620
        assert 200 < float(y) < 880
        assert abs(layer.turn) <= TILT
        assert 1600 * float(str(layer.scale)) < 540
        assert layer.sheet == "top"
    assert deal(catalogue, scene, Random(1)) == dealt[0]


def test_a_name_is_given_only_where_the_assets_own_is_taken(project: Project) -> None:
    """Whoever refers to a layer or a peg of that name still finds one alone; the text reads as a person's would."""
    root = project("format = 1\n", {"props/a": PICTURE}).parent.parent
    catalogue = Catalogue.open(root)
    assert deal(catalogue, Scene(), Random(1)).name is None
    scene = Scene(layer=(Layer(asset="old/a"), Layer(name="a-3", card="red", size=(1, 1))), peg=(Peg(name="a-2"),))
    assert deal(catalogue, scene, Random(1)).name == "a-4"
    text = with_layer("format = 1\n", deal(catalogue, Scene(), Random(1))).text
    assert text.startswith('format = 1\n\n[[layer]]\nasset = "props/a"\nat = [')


def test_an_empty_box_says_so(project: Project) -> None:
    """Broken pictures are left in the box."""
    scene = project("format = 1\n")
    with pytest.raises(CollageError, match="put a picture under assets/"):
        deal(Catalogue.open(scene.parent.parent), Scene(), Random(1))
    (scene.parent.parent / "assets" / "torn.png").write_bytes(b"\x89PNG torn")
    with pytest.raises(CollageError, match="nothing in the box"):
        deal(Catalogue.open(scene.parent.parent), Scene(), Random(1))
