"""Pointing and choosing: what is named, what is drawn over it, and what Enter opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from stagehands import perform, press

import collage
from collage.player import marks, marks_paper, pick
from collage.player.acetate import Moment
from collage.player.clock import Playhead
from collage.player.lens import Lens
from collage.player.marks import Marks
from collage.scene.reader import parse

SCENE = """format = 1
[scene]
size = [320, 180]
length = 96
paper = "#000000"
[[peg]]
name = "tram"
at = [20, 10]
[[layer]]
name = "left"
card = "#336699"
size = [80, 60]
at = [60, 90]
shadow = false
[[layer]]
name = "right"
parent = "tram"
card = "#669933"
size = [80, 60]
at = [200, 80]
turn = 90
shadow = false
keys.opacity = [[0, 1], [40, 0.5]]
"""
LEFT, RIGHT, PAPER = (60, 90), (220, 90), (160, 10)


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    """A window that is not there, with letters."""
    import pygame

    pygame.display.init()
    pygame.font.init()
    yield
    pygame.quit()


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Any]:
    """The scene in a file."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "bath.toml").write_text(SCENE, encoding="utf-8")
    with collage.open(tmp_path / "bath.toml") as opened:
        yield opened


def move(x: float, y: float) -> Any:
    import pygame

    return pygame.event.Event(pygame.MOUSEMOTION, pos=(x, y), rel=(0, 0), buttons=(0, 0, 0))


def click(x: float, y: float, button: int = 1) -> Any:
    import pygame

    return pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=button)


def acted(stand: Any, tmp_path: Path, *script: list[Any]) -> tuple[Marks, list[tuple[Path, int]], Any]:
    """A show in which all this happens; the marks after it, and what was opened."""
    opened: list[tuple[Path, int]] = []

    def open_at(file: Path, line: int) -> str:
        opened.append((file, line))
        return "opened"

    acetate = Marks(open_at)
    shown = perform([press("space", " "), *script], tmp_path, stand=stand, acetates=[acetate])
    return acetate, opened, shown


def test_enter_opens_what_is_pointed_at(stand: Any, tmp_path: Path) -> None:
    """At the line of its own layer; what was clicked goes before it, wherever the pointer went since."""
    lines = SCENE.splitlines()
    headers = [number for number, line in enumerate(lines, 1) if line == "[[layer]]"]
    file = tmp_path / "bath.toml"
    assert acted(stand, tmp_path, [move(*LEFT)], press("return"))[1] == [(file, headers[0])]
    assert acted(stand, tmp_path, [click(*RIGHT)], [move(*LEFT)], press("return"))[1] == [(file, headers[1])]


def test_enter_over_bare_paper_says_what_to_do(stand: Any, tmp_path: Path) -> None:
    """Nothing is opened, and a slip is laid."""
    _, opened, shown = acted(stand, tmp_path, [move(*PAPER), *press("return")])
    assert not opened
    assert (shown.window.seen[-1][150:] > 200).any()


def test_a_click_chooses_and_a_click_beside_it_lets_go(stand: Any, tmp_path: Path) -> None:
    """So does Esc, which leaves the window only after that."""
    assert acted(stand, tmp_path, [click(*LEFT)])[0].chosen == pick.Key("", (("left", 0),))
    assert acted(stand, tmp_path, [click(*LEFT)], [click(*PAPER)])[0].chosen is None
    acetate, _, shown = acted(stand, tmp_path, [click(*LEFT)], press("escape"), [click(*RIGHT)])
    assert acetate.chosen == pick.Key("", (("right", 0),))
    assert shown.stand is stand


def test_other_buttons_choose_nothing(stand: Any, tmp_path: Path) -> None:
    """The middle one pulls the picture."""
    assert acted(stand, tmp_path, [click(*LEFT, button=2), move(*RIGHT)])[0].chosen is None


def moment(stand: Any, *, resting: bool = True, frame: int = 0, zoom: float | None = None) -> Moment:
    head = Playhead(stand.rate, 0, stand.length, frame)
    return Moment(stand, frame, False, Lens(stand.size, (320, 180), zoom), 0, resting, head)


def test_nothing_is_shown_while_it_plays_by_itself(stand: Any) -> None:
    """Though a piece is chosen and the pointer lies on one."""
    acetate = Marks()
    acetate.take(move(*LEFT), moment(stand), None)  # type: ignore[arg-type]
    assert acetate.seen(moment(stand)) is not None
    acetate.chosen = pick.Key("", (("right", 0),))
    assert acetate.seen(moment(stand, resting=False)) is None


def test_what_is_drawn_changes_when_what_is_seen_does(stand: Any) -> None:
    """Another piece under the pointer, or another chosen, is another sight; bare paper is none."""
    acetate, sights = Marks(), []
    for point in (LEFT, RIGHT, PAPER):
        acetate.take(move(*point), moment(stand), None)  # type: ignore[arg-type]
        sights.append(acetate.seen(moment(stand)))
    assert sights[2] is None
    assert len(set(sights)) == 3


def drawn(acetate: Marks, at: Moment) -> np.ndarray:
    """What an acetate lays on black."""
    import pygame

    surface = pygame.Surface(at.lens.room)
    acetate.draw(surface, at)
    return pygame.surfarray.array3d(surface).swapaxes(0, 1)


def test_the_edge_of_what_is_chosen_goes_around_it(stand: Any) -> None:
    """Red along the card's sides, seen through the lens; nothing in its middle but the pivot."""
    acetate = Marks()
    acetate.chosen = pick.Key("", (("left", 0),))
    red = (abs(drawn(acetate, moment(stand)).astype(int) - marks_paper.RED) < 60).all(axis=2)
    assert all(red[y - 2 : y + 3, x - 2 : x + 3].any() for x, y in ((20, 90), (100, 90), (60, 60), (60, 120)))
    assert not red[65:80, 30:90].any()
    near = (abs(drawn(acetate, moment(stand, zoom=2)).astype(int) - marks_paper.RED) < 60).all(axis=2)
    assert near[88:93, 78:83].any() or near[88:93, 38:43].any()


def test_after_a_save_what_was_chosen_stays(stand: Any) -> None:
    """Another stand of the same scene shows the same piece."""
    acetate = Marks()
    acetate.take(click(*RIGHT), moment(stand), None)  # type: ignore[arg-type]
    with collage.open(parse(SCENE.replace("at = [200, 80]", "at = [100, 80]"))) as newer:
        acetate.turned(newer)
        assert acetate.seen(moment(newer))
        assert drawn(acetate, moment(newer)).any()


def test_a_slip_says_what_a_piece_is(stand: Any) -> None:
    """What it shows, its sheet, who carries it, its own pose."""
    found = pick.at(stand, 41, RIGHT)
    assert found is not None
    assert marks.told(found) == ["card", "sheet table", "hangs on tram", "at 200, 80   turn 90.0°   opacity 0.5"]


def test_the_chain_leads_from_the_pivot_to_whoever_carries_it(stand: Any) -> None:
    """A piece that hangs on nobody has its pivot alone; on a peg, that peg's origin too."""
    one, other = pick.at(stand, 0, LEFT), pick.at(stand, 0, RIGHT)
    assert one is not None
    assert other is not None
    assert marks.chain(one) == [(60, 90)]
    assert np.allclose(marks.chain(other), [(220, 90), (20, 10)])


def test_strokes_are_drawn_where_they_lie_and_no_larger(stand: Any) -> None:
    """Even of a piece that reaches far beyond the window; one that lies off it leaves nothing."""
    line = np.array([(-1e9, 50), (1e9, 50)], np.float64)
    made = marks_paper.drawn([marks_paper.Stroke(line, marks_paper.RED, 2)], (320, 180))
    assert made is not None
    assert made[0].get_width() == 320
    assert made[0].get_height() < 20
    beyond = marks_paper.Stroke(np.add(line, (0, 4000)), marks_paper.RED, 2)
    assert marks_paper.drawn([beyond], (320, 180)) is None
    assert marks_paper.drawn([], (320, 180)) is None


def test_a_frame_without_a_picture_has_no_marks() -> None:
    """A formula that fails there is told elsewhere."""
    text = SCENE + 'expr.y = "90 / (t - 1)"\n'
    with collage.open(parse(text)) as stand:
        acetate = Marks()
        acetate.chosen = pick.Key("", (("right", 0),))
        acetate.take(move(*LEFT), moment(stand, frame=24), None)  # type: ignore[arg-type]
        assert not drawn(acetate, moment(stand, frame=24)).any()
        assert drawn(acetate, moment(stand, frame=30)).any()
