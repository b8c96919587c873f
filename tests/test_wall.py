"""Where prints hang: none over another, all of them to be reached, and found under the mouse."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from collage.player.wall import HEAD, WIDTHS, Wall

walls = st.builds(Wall.over, st.tuples(st.integers(160, 3840), st.integers(90, 2160)), st.integers(1, 120))


@given(walls)
def test_no_two_prints_share_a_place(wall: Wall) -> None:
    """The cells of the first prints lie beside one another, below the headline."""
    centres = [wall.centre(place, 0) for place in range(min(wall.number, 12))]
    for (x, y), (other_x, other_y) in combinations(centres, 2):
        assert abs(x - other_x) >= wall.cell[0] or abs(y - other_y) >= wall.cell[1]
    assert min(y for _, y in centres) - wall.cell[1] // 2 >= HEAD


@given(walls, st.data())
def test_the_mouse_finds_the_print_it_is_over(wall: Wall, data: st.DataObject) -> None:
    """The middle of each print, however far it is scrolled, belongs to that print."""
    place = data.draw(st.integers(0, wall.number - 1))
    scroll = data.draw(st.integers(0, wall.farthest))
    assert wall.at(wall.centre(place, scroll), scroll) == place
    assert wall.at((wall.room[0] // 2, -1 - scroll), scroll) is None


@given(walls, st.data())
def test_a_print_that_is_chosen_comes_into_the_window(wall: Wall, data: st.DataObject) -> None:
    """Its middle is seen after scrolling, if the window is as high as a print, and it is among those that are drawn."""
    place = data.draw(st.integers(0, wall.number - 1))
    scroll = wall.scrolled(place, data.draw(st.integers(0, wall.farthest)))
    assert 0 <= scroll <= wall.farthest
    if wall.room[1] >= wall.cell[1] + HEAD:
        assert 0 <= wall.centre(place, scroll)[1] < wall.room[1]
        assert place in wall.seen(scroll)


@given(walls, st.data())
def test_what_is_in_the_window_is_drawn(wall: Wall, data: st.DataObject) -> None:
    """No print of which something is seen is left out."""
    scroll = data.draw(st.integers(0, wall.farthest))
    half = wall.cell[1] // 2
    inside = [place for place in range(wall.number) if -half < wall.centre(place, scroll)[1] < wall.room[1] + half]
    assert set(inside) <= set(wall.seen(scroll))


@given(walls, st.data())
def test_arrows_reach_every_print_and_never_leave(wall: Wall, data: st.DataObject) -> None:
    """Right goes through all of them; down and up end in the last and the first row."""
    place = data.draw(st.integers(0, wall.number - 1))
    assert wall.stepped(place, 1, 0) == min(place + 1, wall.number - 1)
    assert wall.stepped(place, -1, 0) == max(place - 1, 0)
    assert wall.stepped(place, 0, wall.number) // wall.columns == (wall.number - 1) // wall.columns
    assert wall.stepped(place, 0, -wall.number) == place % wall.columns


def test_few_prints_are_large() -> None:
    """One print has the largest picture there is, a hundred the smallest."""
    assert Wall.over((1216, 760), 1).wide == WIDTHS[0]
    assert Wall.over((1216, 760), 100).wide == WIDTHS[-1]
    assert Wall.over((1216, 760), 100).columns == 4
