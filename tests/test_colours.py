"""Colours as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collage.colours import NAMES, Colour, parse_colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", Colour(255, 255, 255)),
        ("#1a8f", Colour(17, 170, 136, 255)),
        ("#D6C8A8", Colour(214, 200, 168)),
        ("#00000080", Colour(0, 0, 0, 128)),
        (" Tomato ", Colour(255, 99, 71)),
        ("rebeccapurple", Colour(102, 51, 153)),
        ("transparent", Colour(0, 0, 0, 0)),
    ],
)
def test_colours_are_read(text: str, colour: Colour) -> None:
    """Three, four, six or eight digits, and the names of CSS, in any case."""
    assert parse_colour(text) == colour


@pytest.mark.parametrize("text", ["", "#", "#ff", "#fffff", "#ggg", "fff", "#1234567", "#123456789", "rgb(1,2,3)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    """The refusal shows how colours are written."""
    with pytest.raises(ValueError, match="can't read the colour"):
        parse_colour(text)


def test_a_near_name_is_suggested() -> None:
    """A slip in a name gets the name that was meant."""
    with pytest.raises(ValueError, match='Did you mean "tomato"'):
        parse_colour("tomatoe")


def test_all_names_of_css_are_there() -> None:
    """CSS Color 4 has 148 named colours, seven greys of them spelt twice, and transparent."""
    assert len(NAMES) == 149
    greys = [name for name in NAMES if "gray" in name]
    assert len(greys) == 7
    assert all(NAMES[name] == NAMES[name.replace("gray", "grey")] for name in greys)


@given(st.tuples(*[st.integers(0, 255)] * 4))
def test_a_colour_written_is_a_colour_read(parts: tuple[int, int, int, int]) -> None:
    """The text of a colour parses back to it."""
    assert parse_colour(str(Colour(*parts))) == Colour(*parts)
