"""The contact sheet of frames: which are shown, where, and how."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from collage.export.contact import MOST, chosen, sheet
from collage.export.line import Stopped
from collage.geometry import canvas_size
from collage.timing import Span

CREAM = (0xF6, 0xF0, 0xE2)


class Coloured:
    """A subject whose frame f is the colour (40 f, 0, 200), half of it transparent if `clear`; it notes its scales."""

    opaque, paper, rate, path, drawings = True, None, Fraction(24), Path("tea.toml"), ()

    def __init__(self, length: int = 6, size: tuple[int, int] = (640, 360), *, clear: bool = False) -> None:
        self.name, self.length, self.size, self.clear = "tea", length, size, clear
        self.scales = set[float]()

    def cels(self, frame: int) -> tuple[()]:
        return ()

    def comp(self, frame: int, scale: float = 1.0) -> np.ndarray:
        self.scales.add(scale)
        width, height = canvas_size(self.size, scale)
        picture = np.full((height, width, 4), (40 * frame % 256, 0, 200, 255), np.uint8)
        if self.clear:
            picture[:, : width // 2] = 0
        return picture


def made(tmp_path: Path, subject: Coloured, **how: object) -> Image.Image:
    file = tmp_path / "sheet.png"
    sheet(subject, file, **{"frames": Span(0, subject.length), **how})  # type: ignore[arg-type]
    with Image.open(file) as image:
        image.load()
        return image


def patches(image: Image.Image, blue: int = 200) -> list[tuple[int, int, int]]:
    """(red, left, top) of each print's picture, found by what only they show: no green and much blue."""
    pixels = np.asarray(image.convert("RGB")).astype(int)
    found = []
    for red in sorted({int(value) for value in np.unique(pixels[(pixels[..., 1] == 0) & (pixels[..., 2] == blue), 0])}):
        rows, columns = np.nonzero((pixels == (red, 0, blue)).all(axis=2))
        if rows.size > 2000:
            found.append((red, int(columns.min()), int(rows.min())))
    return found


def test_frames_stand_in_rows_in_their_order(tmp_path: Path) -> None:
    """Five to a row from the left, then the next row below; each with its own picture."""
    places = patches(made(tmp_path, Coloured(6)))
    assert [red for red, _, _ in places] == [0, 40, 80, 120, 160, 200]
    assert [left for _, left, _ in places[:5]] == sorted(left for _, left, _ in places[:5])
    assert abs(places[5][1] - places[0][1]) < 10
    assert places[5][2] > places[0][2] + 150


def test_every_print_says_its_number(tmp_path: Path) -> None:
    """Under two pictures that are alike the captions differ, as the numbers do."""
    first = made(tmp_path, Coloured(1))
    other = made(tmp_path, Coloured(64), frames=Span(32, 33))  # 40 · 32 is 0 again
    left, top = patches(first)[0][1:]
    below = (left, top + 150, left + 120, top + 200)
    assert np.array_equal(np.asarray(first.crop((left, top, left + 200, top + 100))),
                          np.asarray(other.crop((left, top, left + 200, top + 100))))  # fmt: skip
    assert not np.array_equal(np.asarray(first.crop(below)), np.asarray(other.crop(below)))


@given(st.integers(0, 5000), st.integers(1, 20_000), st.integers(1, 50))
def test_as_many_are_shown_as_there_is_room_for(first: int, many: int, step: int) -> None:
    """All of every so many-th; of too many evenly spread ones, the first among them, never more than MOST."""
    asked, shown = range(first, first + many, step), list(chosen(Span(first, first + many), step))
    assert shown[0] == first
    assert set(shown) <= set(asked)
    assert len({b - a for a, b in pairwise(shown)}) <= 1
    assert min(len(asked), MOST // 2) <= len(shown) <= MOST


def test_it_gives_the_frames_it_shows(tmp_path: Path) -> None:
    """So that a command can tell of them."""
    numbers = sheet(Coloured(240), tmp_path / "s.png", frames=Span(20, 30), step=4)  # type: ignore[arg-type]
    assert numbers == (20, 24, 28)


def test_what_is_clear_shows_the_prints_own_paper(tmp_path: Path) -> None:
    """A transparent frame lies on the cream it is printed on."""
    image = made(tmp_path, Coloured(1, clear=True)).convert("RGB")
    _, left, top = patches(image)[0]
    assert image.getpixel((left - 60, top + 60)) == CREAM


@pytest.mark.parametrize("size", [(1, 16_384), (16_384, 1), (1080, 1920), (8, 8), (16_000, 4000)])
def test_no_shape_of_canvas_makes_it_large(tmp_path: Path, size: tuple[int, int]) -> None:
    """1600 pixels wide, the rows no taller than a print may be; frames are drawn no larger than that needs."""
    subject = Coloured(3, size)
    subject.comp = lambda frame, scale=1.0: Coloured.comp(subject, frame, subject.scales.add(scale) or scale)  # type: ignore[method-assign]
    image = made(tmp_path, subject)
    assert image.width == 1600
    assert image.height < 1000
    width, height = canvas_size(size, max(subject.scales))
    assert width <= 640
    assert height <= 640 * 2


def test_the_same_bytes_however_many_threads(tmp_path: Path) -> None:
    """One or three, today or tomorrow."""
    for name, workers in (("one.png", 1), ("three.png", 3)):
        sheet(Coloured(12), tmp_path / name, frames=Span(0, 12), workers=workers)  # type: ignore[arg-type]
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "three.png").read_bytes()


def test_one_that_was_stopped_leaves_nothing(tmp_path: Path) -> None:
    """Neither a file nor a part of one."""
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        sheet(Coloured(), tmp_path / "s.png", frames=Span(0, 6), stop=stop)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_title_without_end_is_cut_off(tmp_path: Path) -> None:
    """The strip it stands on ends before the page does: the page's right edge is bare newsprint, but for its type."""
    plain = made(tmp_path, Coloured(1), title="A")
    long = made(tmp_path, Coloured(1), title="A very long title " * 40)
    edge = (1560, 0, 1600, 150)
    assert np.array_equal(np.asarray(plain.crop(edge)), np.asarray(long.crop(edge)))
