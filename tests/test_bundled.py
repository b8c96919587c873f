"""The bundled scene is what the project promises: it plays, uses what there is to use, and is nobody's mess."""

from __future__ import annotations

from pathlib import Path

import pytest

import collage
from collage.desk.checks import check
from collage.exposure.cel import Card, Lettering
from collage.registry.catalogue import Catalogue, Drawing

ROOT = Path(__file__).parent.parent
HELLO = ROOT / "scenes" / "hello.toml"


@pytest.fixture(scope="module")
def hello() -> collage.Stand:
    return collage.open(HELLO)


def test_it_is_eight_seconds_on_three_sheets(hello: collage.Stand) -> None:
    """1920×1080, about 8 s, at least 12 layers, 3 sheets."""
    assert hello.size == (1920, 1080)
    assert 7.5 <= hello.length / hello.rate <= 8.5
    assert len(hello.rig.sheets) == 3
    assert len(hello.rig.pieces) >= 12


def test_nothing_is_found_wrong_with_it_or_with_the_box(hello: collage.Stand) -> None:
    """No finding, not even a warning, in the scene and in every entry of the registry."""
    assert check(HELLO) == []
    assert Catalogue.open(ROOT).findings() == ()


def test_it_shows_pictures_cards_and_words(hello: collage.Stand) -> None:
    """Over its length every kind of content comes to be seen, on every sheet."""
    seen = {type(cel.content) for frame in range(0, hello.length, 12) for cel in hello.cels(frame)}
    assert seen == {Drawing, Card, Lettering}


def test_every_pose_is_on_twos(hello: collage.Stand) -> None:
    """As hands would move it: the second frame of each exposure is the first."""
    changes = [frame for frame in range(1, hello.length, 2) if hello.cels(frame) != hello.cels(frame - 1)]
    assert changes == []


def test_every_piece_says_who_cut_it_and_under_which_licence() -> None:
    """The registry gives each bundled cut-out its maker and its licence."""
    catalogue = Catalogue.open(ROOT)
    for name in catalogue.names():
        entry = catalogue.entry(name)
        assert (entry.cut_by, entry.licence) == ("studio", "CC0-1.0"), name
