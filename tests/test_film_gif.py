"""GIFs: times in hundredths, one palette, patterns that keep their place."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from flips import Flip, cut_out, images_of, opaque, photographs, psnr
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from collage.export.film_gif import CLEAR, mixes, palette
from collage.export.film_kind import ticks
from collage.export.films import film
from collage.timing import Span


def gif(tmp_path: Path, subject: Flip) -> Path:
    return film(subject, tmp_path / "a.gif", frames=Span(0, subject.length)).file


def softened(picture: np.ndarray) -> np.ndarray:
    """As from so far away that a pattern is a colour."""
    return cv2.GaussianBlur(picture[..., :3].astype(np.float32), (0, 0), 2)


@given(st.integers(0, 10**6), st.fractions(Fraction(1, 10), 1000, max_denominator=1001), st.sampled_from([100, 1000]))
def test_frames_begin_within_half_a_tick_of_their_time(number: int, rate: Fraction, unit: int) -> None:
    """However many came before: nothing adds up."""
    assert abs(Fraction(ticks(number, rate, unit), unit) - number / rate) <= Fraction(1, 2 * unit)


def test_twenty_four_a_second_take_turns_of_four_and_five(tmp_path: Path) -> None:
    """A second's frames last 40 or 50 milliseconds, and together a second."""
    file = gif(tmp_path, Flip(photographs(24, (32, 32))))
    _, times = images_of(file)
    assert set(times) == {40, 50}
    assert sum(times) == 1000


def test_it_plays_for_ever(tmp_path: Path) -> None:
    """As people expect of a GIF."""
    with Image.open(gif(tmp_path, Flip(photographs(2, (32, 32))))) as film:
        assert film.info["loop"] == 0


def test_it_looks_like_the_frames(tmp_path: Path) -> None:
    """From a little further away than its pixels, every frame is within 38 dB, and no more than a level brighter."""
    pictures = photographs(12)
    frames, _ = images_of(gif(tmp_path, Flip(pictures)))
    for frame, picture in zip(frames, pictures, strict=True):
        assert psnr(softened(frame), softened(picture)) >= 38
        assert np.abs((frame[..., :3].astype(float) - picture[..., :3]).mean(axis=(0, 1))).max() < 1


def test_one_palette_serves_the_whole_film(tmp_path: Path) -> None:
    """All frames together have at most 255 colours, and the file one table of them, so that nothing flickers."""
    pictures = [*photographs(6), *(255 - picture for picture in photographs(6))]
    for picture in pictures:
        picture[..., 3] = 255
    file = gif(tmp_path, Flip(pictures))
    colours = np.concatenate([frame[..., :3].reshape(-1, 3) for frame in images_of(file)[0]])
    assert len(np.unique(colours, axis=0)) <= 255
    assert tables(file.read_bytes()) == [True] + [False] * 12


def tables(content: bytes) -> list[bool]:
    """Whether the file, and then each of its frames, brings a table of colours (GIF89a, 18, 20 and 23)."""

    def past(place: int, packed: int) -> int:
        return place + 3 * (2 << (packed & 7)) * (packed >> 7)

    found, place = [bool(content[10] & 128)], past(13, content[10])
    while content[place] != 0x3B:
        if content[place] == 0x2C:
            found.append(bool(content[place + 9] & 128))
            place = past(place + 10, content[place + 9]) + 1
        else:
            place += 2
        while content[place]:
            place += content[place] + 1
        place += 1
    return found


def test_what_rests_rests(tmp_path: Path) -> None:
    """Where pictures don't change their pattern doesn't: nothing crawls beside what moves."""
    still = photographs(1)[0]
    moving = [still.copy() for _ in range(6)]
    for shift, picture in enumerate(moving):
        picture[:40, 10 * shift : 10 * shift + 30, :3] = 255, 0, 0
    frames, _ = images_of(gif(tmp_path, Flip(moving)))
    for frame in frames[1:]:
        assert (frame[40:] == frames[0][40:]).all()


def test_what_is_half_there_is_there(tmp_path: Path) -> None:
    """Alpha of 128 and more shows, less doesn't, in each frame of what moves over nothing."""
    pictures = cut_out(8)
    frames, _ = images_of(gif(tmp_path, Flip(pictures, opaque=False)))
    for frame, picture in zip(frames, pictures, strict=True):
        assert np.array_equal(frame[..., 3] == 255, picture[..., 3] >= 128)
        assert np.array_equal(frame[..., 3] == 0, picture[..., 3] < 128)


@pytest.mark.parametrize("count", [1, 2, 200, 255])
def test_few_colours_are_kept_as_they_are(tmp_path: Path, count: int) -> None:
    """What has no more than a palette holds is shown exactly, where 6 bits a channel tell them apart."""
    rng = np.random.default_rng(count)
    cells = rng.choice(64**3, count, replace=False)
    channels = np.stack([cells >> 12, (cells >> 6) & 63, cells & 63], axis=1)
    colours = ((channels << 2) | (channels >> 4)).astype(np.uint8)
    picture = opaque(colours[rng.integers(0, count, (30, 40))])
    frames, _ = images_of(gif(tmp_path, Flip([picture])))
    assert np.abs(frames[0][..., :3].astype(int) - picture[..., :3]).max() <= 4


def test_a_mix_comes_near_its_colour() -> None:
    """Of black, white and the pure colours, sixteen together give any colour to within a sixteenth, on the average."""
    pure = np.array([[(n >> k & 1) * 255 for k in range(3)] for n in range(8)], np.uint8)
    table = mixes(np.concatenate([pure, np.zeros((247, 3), np.uint8)]))
    cells = np.random.default_rng(0).integers(0, 64**3, 500)
    wanted = np.stack([cells >> 12, (cells >> 6) & 63, cells & 63], axis=1) / 63 * 255
    colours = np.concatenate([pure, np.zeros((247, 3), np.uint8)])[table[cells]].astype(float)
    assert np.abs(colours.mean(axis=1) - wanted).mean() < 16


def test_a_palette_is_made_of_what_is_seen() -> None:
    """Transparent pixels have no colour in it, and one of nothing is black."""
    clear = np.zeros((8, 8, 4), np.uint8)
    assert not palette([clear]).any()
    clear[:4] = 200, 10, 10, 255
    assert palette([clear])[0].tolist() == [200, 10, 10]
    assert CLEAR == 255 == len(palette([clear]))


@pytest.mark.parametrize("width", [256, 480, 512, 1000])
def test_every_column_has_a_say_in_the_palette(width: int) -> None:
    """A thin upright line of its own colour is among the colours, wherever it stands and however wide the picture."""
    for at in (0, 3, width // 2, width - 1):
        picture = opaque(np.zeros((2**17 // width, width, 3), np.uint8))
        picture[:, at, :3] = 10, 250, 10
        assert [10, 250, 10] in palette([picture]).tolist()
