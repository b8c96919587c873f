"""Which pictures of frames are kept, found again and let go, and what they are drawn like."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from stagehands import FakeStand

from collage.errors import CollageError
from collage.player.acetate import Moment
from collage.player.clock import Playhead
from collage.player.lens import Lens
from collage.player.pace import ENOUGH, Pace
from collage.player.pictures import Pictures, until
from collage.player.shelf import NEVER, Look, Picture, Shelf

LOOK = Look(1.0, (10, 10))
OTHER = Look(0.5, (5, 5))


def cels(what: int) -> Any:
    return (what,)


def put(shelf: Shelf, frame: int, room: int = NEVER, seen: int = 0, look: Look = LOOK) -> Picture:
    picture = Picture(frame, None)
    shelf.put(cels(frame), look, picture, room, lambda other: (other - seen) % 100)
    return picture


def moment(stand: Any, frame: int) -> Moment:
    """At rest."""
    head = Playhead(Fraction(24), 0, stand.length, frame)
    return Moment(stand, frame, False, Lens(stand.size, (320, 180)), 0, True, head)


# The shelf


def test_a_picture_is_found_by_its_frame_and_by_what_is_on_it() -> None:
    """Only as it was drawn; another frame that looks the same has it too from then on."""
    shelf = Shelf()
    picture = put(shelf, 4)
    assert shelf.at(4, LOOK) is picture
    assert shelf.at(4, OTHER) is None
    assert shelf.at(5, LOOK) is None
    assert shelf.like(5, cels(4), OTHER) is None
    assert shelf.like(5, cels(4), LOOK) is picture
    assert shelf.at(5, LOOK) is picture
    assert shelf.weight == 400


def test_what_is_needed_last_goes_first() -> None:
    """Of a loop of 100 seen at frame 10 that is the one just gone by; what comes next stays."""
    shelf = Shelf()
    for frame in (8, 9, 10, 11, 12):
        put(shelf, frame, room=1600, seen=10)
    assert [frame for frame in range(20) if shelf.at(frame, LOOK)] == [8, 10, 11, 12]
    assert shelf.weight == 1600


def test_some_are_kept_however_little_room_there_is() -> None:
    """Three: one is seen, one comes, one is being drawn."""
    shelf = Shelf()
    for frame in range(5):
        put(shelf, frame, room=-1)
    assert len([frame for frame in range(5) if shelf.at(frame, LOOK)]) == 3


def test_frames_can_be_forgotten_and_pictures_kept() -> None:
    """After a save nobody knows how a frame looks until it is asked; what is of no known frame goes before others."""
    shelf = Shelf()
    old = [put(shelf, frame) for frame in range(3)]
    shelf.forget_frames()
    assert shelf.at(1, LOOK) is None
    assert shelf.like(7, cels(1), LOOK) is old[1]
    put(shelf, 50, room=1200)
    assert shelf.like(0, cels(0), LOOK) is None or shelf.like(2, cels(2), LOOK) is None
    assert shelf.at(7, LOOK) is old[1]
    shelf.clear()
    assert shelf.weight == 0
    assert shelf.at(7, LOOK) is None


def test_what_no_frame_has_is_not_kept_for_ever() -> None:
    """A thousand saves leave what was seen of the last two, not a thousand scenes."""
    shelf = Shelf()
    for save in range(1000):
        put(shelf, save)
        shelf.forget_frames()
    assert shelf.weight == 400
    assert shelf.like(0, cels(999), LOOK) is not None


def test_a_look_is_as_fine_as_it_is_seen() -> None:
    """Coarser in a small window, never finer than the canvas, enlarged only where it is seen whole."""
    lens = Lens((320, 180), (160, 90))
    assert Look.through(lens) == Look(0.5, (160, 90))
    assert Look.through(lens).halved() == Look(0.25, (160, 90), half=True)
    assert Look.through(Lens((320, 180), (640, 360))) == Look(1.0, (640, 360))
    assert Look.through(Lens((320, 180), (640, 360), zoom=4.0)) == Look(1.0, (320, 180))


@pytest.mark.parametrize(
    ("speed", "marks", "expected"),
    [(1, (None, None), [0, 1, 9]), (-1, (None, None), [0, 9, 1]), (1, (4, 8), [0, 1, NEVER])],
)
def test_how_soon_a_frame_comes(speed: int, marks: tuple[int | None, int | None], expected: list[int]) -> None:
    """Round the loop, backwards too; what lies outside the marks never comes."""
    head = Playhead(Fraction(24), 0, 10, 5, speed=Fraction(speed), mark_in=marks[0], mark_out=marks[1])
    due = until(head, 5)
    assert [due(5), due(6), due(3) if marks[0] else due(4)] == expected


# Drawn when due


def test_a_frame_is_drawn_once() -> None:
    """Asked for again, even after others, the same picture is there."""
    stand: Any = FakeStand()
    pictures = Pictures(stand)
    first = pictures.due(moment(stand, 30))
    pictures.due(moment(stand, 31))
    assert pictures.due(moment(stand, 30)) is first
    assert [frame for frame, _ in stand.asked] == [30, 31]
    assert first.surface is not None
    assert first.surface.get_at((5, 5))[:3] == (30, 100, 50)


def test_a_fault_is_not_tried_again_until_something_is_saved() -> None:
    """A frame that can't be drawn is asked for once, not in every round of the window."""

    def fail(frame: int) -> None:
        raise CollageError("no")

    stand: Any = FakeStand(on_comp=fail)
    pictures = Pictures(stand)
    assert str(pictures.due(moment(stand, 3)).fault) == "no"
    pictures.due(moment(stand, 3))
    assert len(stand.asked) == 1
    mended: Any = FakeStand()
    pictures.bear(mended)
    assert pictures.due(moment(mended, 3)).fault is None


@pytest.mark.parametrize(
    ("change", "drawn_anew"),
    [
        ({}, False),
        ({"notes": {Path("scenes/a.toml"): (9, 9, 9)}}, False),
        ({"notes": {Path("assets/cup.png"): (9, 9, 9)}}, True),
        ({"rig": SimpleNamespace(assets={}, paper="red")}, True),
        ({"opaque": False}, True),
    ],
)
def test_what_a_save_does_not_change_stays_at_hand(change: dict[str, Any], drawn_anew: bool) -> None:
    """What looks the same in another text is the same picture; not so once a picture or the paper is another."""
    stand, newer = FakeStand(), FakeStand()
    stand.notes = newer.notes = {Path("scenes/a.toml"): (1, 1, 1), Path("assets/cup.png"): (1, 1, 1)}  # type: ignore[assignment]
    vars(newer).update({**change, "notes": {**stand.notes, **change.get("notes", {})}})
    pictures = Pictures(stand)  # type: ignore[arg-type]
    pictures.due(moment(stand, 30))
    pictures.bear(newer)  # type: ignore[arg-type]
    pictures.due(moment(newer, 30))
    assert bool(newer.asked) is drawn_anew


# The pace


def test_half_as_fine_after_a_second_of_dropped_frames() -> None:
    """Every other frame dropped is too many in two seconds at 24; one of four is not; `full` never is."""
    for every, full, half in ((2, False, True), (4, False, False), (2, True, False)):
        pace = Pace(full)
        for frame in range(2 * ENOUGH + 2):
            pace.showed(frame, late=frame % every == 0)
            pace.showed(frame, late=True)  # the same frame asked about again counts once
        assert pace.half is half


def test_the_cost_follows_what_pictures_take() -> None:
    """The first one is believed, later ones in part; fine and half fine are counted apart."""
    pace = Pace()
    assert pace.cost(False) == 0
    pace.took(100, False)
    assert pace.cost(False) == 100
    pace.took(200, False)
    assert pace.cost(False) == 125
    assert pace.cost(True) == 0
