"""Newsprint, and laying things on it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from collage.glass.mounts import fitted, lay, newsprint, tilt
from collage.registry.probe import typeface


def test_newsprint_is_the_same_each_time_and_never_flat() -> None:
    """Warm and opaque, with grain everywhere."""
    paper = np.asarray(newsprint(120, 90))
    assert np.array_equal(paper, np.asarray(newsprint(120, 90)))
    assert (paper[..., 3] == 255).all()
    assert (paper[..., 0] > paper[..., 2]).all()
    assert paper[:8, :8, 0].std() > 2


@pytest.mark.parametrize("place", [(-30, -30), (40, 40), (95, 85), (300, 300)])
def test_what_lies_over_the_edge_is_left_out(place: tuple[int, int]) -> None:
    """A piece may lie anywhere; the ground keeps its size, and shows of the piece what lies on it."""
    ground = Image.new("RGBA", (100, 90), "#d6c8a8")
    lay(ground, Image.new("RGBA", (40, 40), "#5c9ca0"), place, 0)
    found = (np.asarray(ground)[..., :3] == (0x5C, 0x9C, 0xA0)).all(axis=2).sum()
    width, height = (max(0, min(end, at + 40) - max(0, at)) for end, at in zip((100, 90), place, strict=True))
    assert found == width * height


def test_the_shadow_lies_to_the_lower_right() -> None:
    """As from a lamp at the upper left."""
    ground = Image.new("RGBA", (200, 200), "#ffffff")
    lay(ground, Image.new("RGBA", (60, 60), "#ffffff"), (70, 70), 0)
    dark = 255 - np.asarray(ground)[..., 0].astype(int)
    assert dark[140, 135] > dark[60, 65] + 20


@given(st.text(st.characters(codec="latin-1", exclude_categories=["C"]), max_size=60), st.integers(40, 400))
def test_words_are_cut_off_where_they_would_be_too_long(words: str, most: int) -> None:
    """They fit; whole if they can, else as a beginning with dots."""
    found = fitted(words, 20, most)
    assert typeface(None, 20).getlength(found) <= most
    assert found == words or (found.endswith("…") and words.startswith(found[:-1]))


def test_no_two_neighbours_lie_alike() -> None:
    """Each is a little off, and otherwise than the one before."""
    turns = [tilt(place) for place in range(20)]
    assert all(0 < abs(turn) < 2 for turn in turns)
    assert all(one != other for one, other in pairwise(turns))
