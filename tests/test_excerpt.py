"""The line that an error is about, and the sheet of paper that points at its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from collage.player.excerpt import WIDE, Excerpt, excerpt
from collage.player.mistake import mistake
from collage.player.overlay import RED

pytestmark = pytest.mark.usefixtures("dummy")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A scene with an indented line, and a long one."""
    path = tmp_path / "scenes" / "tea.toml"
    path.parent.mkdir()
    path.write_text("format = 1\n\n    at = [960]  # é\n" + "x" * 200 + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("scenes/tea.toml:3:10: two numbers", Excerpt(3, "at = [960]  # é", 6)),
        ("half saved? The last good one stays: tea.toml:3:5: two numbers", Excerpt(3, "at = [960]  # é", 1)),
        ("tea.toml:3: two numbers", Excerpt(3, "at = [960]  # é", 0)),
        ("tea.toml:3:99: two numbers", Excerpt(3, "at = [960]  # é", 0)),
        ("tea.toml:2:1: an empty line", None),
        ("tea.toml:99:1: no such line", None),
        ("pot.toml:3:10: not one that was read", None),
        ("assets/cup.png: torn", None),
        ("", None),
    ],
)
def test_the_line_is_found(text: Path, error: str, expected: Excerpt | None) -> None:
    """By its path as it is told, among the files that were read; without what it is indented by."""
    assert excerpt(error, [Path("/elsewhere.toml"), text]) == expected


def test_of_a_long_line_the_place_is_shown(text: Path) -> None:
    """So many letters around it."""
    found = excerpt("tea.toml:4:180: x", [text])
    assert found is not None
    assert len(found.text) <= WIDE
    assert 0 < found.column <= len(found.text)


def test_a_file_that_is_gone_has_no_line(text: Path) -> None:
    """Deleted since: the words are all there is."""
    text.unlink()
    assert excerpt("tea.toml:3:10: two numbers", [text]) is None


def test_the_caret_points_at_the_letter() -> None:
    """Red under the line, farther right for a later letter; none where the column isn't known."""
    import pygame

    def reds(column: int) -> np.ndarray:
        page = mistake("wrong", Excerpt(3, "at = [960] and more of it", column), (900, 600), quiet=True)
        pixels = pygame.surfarray.array3d(page).swapaxes(0, 1).astype(int)
        return np.argwhere(abs(pixels - RED).max(axis=2) < 12)

    first, later = reds(1), reds(12)
    assert len(first) > 10
    assert later[:, 1].mean() > first[:, 1].mean() + 40
    assert len(reds(0)) == 0
