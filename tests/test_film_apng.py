"""Animated PNGs: every pixel of every frame, and exact times."""

from __future__ import annotations

import struct
import zlib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from flips import Flip, cut_out, images_of, opaque, photographs
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from collage.export.film_apng import changed
from collage.export.films import film
from collage.glass.comp import straight
from collage.timing import Span


def apng(tmp_path: Path, subject: Flip) -> Path:
    return film(subject, tmp_path / "a.apng", frames=Span(0, subject.length)).file


def chunks(file: Path) -> list[tuple[bytes, bytes]]:
    content, place, found = file.read_bytes(), 8, []
    while place < len(content):
        length, tag = struct.unpack_from(">I4s", content, place)
        body = content[place + 8 : place + 8 + length]
        assert zlib.crc32(tag + body) == struct.unpack_from(">I", content, place + 8 + length)[0]
        found.append((tag, body))
        place += 12 + length
    return found


@pytest.mark.parametrize("on", [1, 2])
def test_each_pixel_is_the_frames(tmp_path: Path, on: int) -> None:
    """Moving photographs, held or not, with and without alpha, decode to what a PNG of each would hold."""
    for pictures, solid in ((photographs(5), True), (cut_out(5), False)):
        frames, _ = images_of(apng(tmp_path, Flip(pictures, on=on, opaque=solid)))
        wanted = [straight(picture) for picture in pictures for _ in range(on)]
        assert all(np.array_equal(frame, picture) for frame, picture in zip(frames, wanted, strict=True))


def test_what_changed_alone_is_written(tmp_path: Path) -> None:
    """A dot that moves over a photograph costs little, and a pose that is held a pixel."""
    still = photographs(1)[0]
    moving = [still.copy() for _ in range(20)]
    for shift, picture in enumerate(moving):
        picture[30:34, 4 * shift : 4 * shift + 4, :3] = 0
    one = apng(tmp_path, Flip([still])).stat().st_size
    file = apng(tmp_path, Flip(moving, on=2))
    assert file.stat().st_size < 1.3 * one
    sizes = [struct.unpack_from(">II", body, 4) for tag, body in chunks(file) if tag == b"fcTL"]
    assert sizes[::2] == [(192, 108)] + [(8, 4)] * 19
    assert set(sizes[1::2]) == {(1, 1)}


@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_outside_of_what_changed_nothing_did(width: int, height: int, data: st.DataObject) -> None:
    """The rectangle holds every pixel that differs, and none smaller does."""
    before = opaque(np.zeros((height, width, 3), np.uint8))
    now = before.copy()
    spots = data.draw(st.sets(st.tuples(st.integers(0, height - 1), st.integers(0, width - 1)), max_size=4))
    for y, x in spots:
        now[y, x, 1] = 7
    if not spots:
        assert changed(before, now) == (0, 0, 1, 1)
        return
    rows, columns = [y for y, _ in spots], [x for _, x in spots]
    top, left = min(rows), min(columns)
    assert changed(before, now) == (top, left, max(rows) - top + 1, max(columns) - left + 1)


def test_it_is_made_as_the_specification_says(tmp_path: Path) -> None:
    """A count of frames before the first, numbered parts without a gap, an end; sRGB; it plays for ever."""
    found = chunks(apng(tmp_path, Flip(photographs(4, (32, 32)), NTSC)))
    tags = [tag for tag, _ in found]
    assert tags[:5] == [b"IHDR", b"sRGB", b"acTL", b"fcTL", b"IDAT"]
    assert tags[-1] == b"IEND"
    assert struct.unpack(">II", dict(found)[b"acTL"]) == (4, 0)
    parts = [struct.unpack_from(">I", body)[0] for tag, body in found if tag in (b"fcTL", b"fdAT")]
    assert parts == list(range(len(parts)))


NTSC = Fraction(24000, 1001)


@pytest.mark.parametrize("rate", [Fraction(24), NTSC, Fraction(1, 10), Fraction(1000)])
def test_rates_are_exact(tmp_path: Path, rate: Fraction) -> None:
    """A delay is a fraction, and is the frame's own."""
    found = chunks(apng(tmp_path, Flip(photographs(3, (8, 8)), rate)))
    delays = [struct.unpack_from(">HH", body, 20) for tag, body in found if tag == b"fcTL"]
    assert [Fraction(*delay) for delay in delays] == [1 / rate] * 3


def test_rates_beyond_sixteen_bits_are_exact_in_sum(tmp_path: Path) -> None:
    """Delays of whole ten-thousandths take turns."""
    rate = Fraction(120_000, 1001)
    found = chunks(apng(tmp_path, Flip(photographs(30, (8, 8)), rate)))
    delays = [struct.unpack_from(">HH", body, 20) for tag, body in found if tag == b"fcTL"]
    assert len(set(delays)) == 2
    assert abs(sum(Fraction(*delay) for delay in delays) - 30 / rate) <= Fraction(1, 20_000)


def test_a_program_that_knows_no_animation_shows_the_first(tmp_path: Path) -> None:
    """The file is a PNG."""
    pictures = photographs(3)
    with Image.open(apng(tmp_path, Flip(pictures)), formats=["PNG"]) as first:
        assert first.mode == "RGB"
        assert np.array_equal(np.asarray(first), pictures[0][..., :3])
