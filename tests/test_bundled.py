"""The bundled scene is what the project promises: it plays, uses what there is to use, and is nobody's mess."""

from __future__ import annotations

from math import hypot
from pathlib import Path

import pytest

import collage
from collage.desk.checks import check
from collage.exposure.cel import Card, Cel, Cutout, Lettering, Pane
from collage.registry.catalogue import Catalogue, Drawing

ROOT = Path(__file__).parent.parent
HELLO = ROOT / "scenes" / "hello.toml"


@pytest.fixture(scope="module")
def hello() -> collage.Stand:
    return collage.open(HELLO)


def test_it_is_eight_seconds_on_four_sheets(hello: collage.Stand) -> None:
    """1920×1080, 192 frames, at least 12 layers, 4 sheets."""
    assert hello.size == (1920, 1080)
    assert (hello.length, hello.rate) == (192, 24)
    assert len(hello.rig.sheets) == 4
    assert len(hello.rig.pieces) >= 12


def test_nothing_is_found_wrong_with_it_or_with_the_box(hello: collage.Stand) -> None:
    """No finding, not even a warning, in the scene and in every entry of the registry."""
    assert check(HELLO) == []
    assert Catalogue.open(ROOT).findings() == ()


def laid(hello: collage.Stand, frame: int) -> dict[str, Cel]:
    """What lies on the glass by its layer's name, under the film that it is shot on."""
    (film,) = hello.cels(frame)
    assert isinstance(film.content, Pane)
    return {cel.layer: cel for cel in film.content.cels}


def dancing(hello: collage.Stand, frame: int) -> dict[str, Cel]:
    """The pieces of the skeleton."""
    whole = laid(hello, frame)["dancer"].content
    assert isinstance(whole, Pane)
    return {cel.layer: cel for cel in whole.cels}


def test_it_shows_pictures_cards_and_words(hello: collage.Stand) -> None:
    """Over its length every kind of content comes to be seen."""
    seen = {type(cel.content) for frame in range(0, hello.length, 12) for cel in laid(hello, frame).values()}
    assert seen == {Drawing, Cutout, Card, Lettering, Pane}


def test_all_that_lies_on_the_page_was_cut_out(hello: collage.Stand) -> None:
    """Every picture but the page itself has an edge."""
    shown = [
        cel for frame in range(0, hello.length, 12) for cel in (laid(hello, frame) | dancing(hello, frame)).values()
    ]
    assert {cel.layer for cel in shown if isinstance(cel.content, Drawing)} == {"page"}
    assert all(cel.content.edge for cel in shown if isinstance(cel.content, Cutout))


def test_the_lamp_makes_every_shadow(hello: collage.Stand) -> None:
    """All that lies on the page casts one, the longer the higher its sheet; the skeleton one as a whole."""
    frame = hello.length - 1
    cels = laid(hello, frame)
    assert {name for name, cel in cels.items() if cel.shadow is None} == {"paper", "page", "words"}
    reach = [hypot(*cel.shadow.offset) for name in ("sky", "dancer", "teeth") if (cel := cels[name]).shadow]
    assert reach == sorted(set(reach))
    assert len(reach) == 3
    assert not [cel for cel in dancing(hello, frame).values() if cel.shadow]


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
