"""MP4, WebM and MOV, taken apart again: pixels, colours as they are tagged, times, alpha and sound."""

from __future__ import annotations

import os
import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from flips import (
    Flip,
    Tune,
    cut_out,
    differences,
    luma,
    photographs,
    pictures_of,
    planes,
    psnr,
    sound_of,
    subsampled,
)
from sounds import save

import collage
from collage.export.films import film
from collage.glass.comp import straight
from collage.sound.mix import Mix
from collage.timing import Span

SOUNDING = pytest.mark.parametrize("ending", [".mp4", ".webm", ".mov"])
NTSC = Fraction(24000, 1001)


def click(at: int, samples: int, channels: int = 2) -> Tune:
    """Silence, but for a short burst that begins with a sample."""
    heard = np.zeros((samples, channels), np.float32)
    heard[at : at + 96] = 0.9 * np.sin(np.arange(96) * 1.7)[:, None]
    return Tune(heard)


def begins(heard: np.ndarray, burst: np.ndarray) -> int:
    """The sample with which a burst most likely begins."""
    return int(np.argmax(np.correlate(heard, burst, "valid")))


def test_an_mp4_shows_the_frames_as_they_are(tmp_path: Path) -> None:
    """Luma within 38 dB of BT.709's, chroma too once brought to 4:2:0, in every frame of a moving photograph."""
    pictures = photographs(24)
    done = film(Flip(pictures), tmp_path / "a.mp4", frames=Span(0, 24))
    frames = pictures_of(done.file)
    assert len(frames) == 24
    for frame, picture in zip(frames, pictures, strict=True):
        y, blue, red = planes(frame)
        wanted = differences(picture)
        assert psnr(y, luma(picture)) >= 38
        assert psnr(blue, subsampled(wanted[0])) >= 38
        assert psnr(red, subsampled(wanted[1])) >= 38


def test_an_mp4_of_halftone_keeps_its_dots(tmp_path: Path) -> None:
    """The hardest that collage prints, dots of three pixels, which turn."""
    y, x = np.mgrid[:96, :128] * 2.1
    pictures = []
    for shift in range(6):
        dots = 128 + 110 * np.sin(x + shift * 0.7) * np.sin(y)
        pictures.append(np.dstack([*[np.rint(dots).astype(np.uint8)] * 3, np.full(dots.shape, 255, np.uint8)]))
    done = film(Flip(pictures), tmp_path / "a.mp4", frames=Span(0, 6))
    for frame, picture in zip(pictures_of(done.file), pictures, strict=True):
        assert psnr(planes(frame)[0], luma(picture)) >= 38


def test_odd_sides_and_alpha_of_an_mp4(tmp_path: Path) -> None:
    """The last row and column are there twice, and what is transparent is black."""
    pictures = cut_out(2, (65, 47))
    done = film(Flip(pictures, opaque=False), tmp_path / "a.mp4", frames=Span(0, 2))
    assert done.size == (66, 48)
    for frame, picture in zip(pictures_of(done.file), pictures, strict=True):
        wanted = np.pad(luma(picture), ((0, 1), (0, 1)), mode="edge")
        assert psnr(planes(frame)[0], wanted) >= 38


@pytest.mark.parametrize("rate", [Fraction(24), NTSC, Fraction(12), Fraction(30000, 1001)])
@pytest.mark.parametrize("ending", [".mp4", ".mov"])
def test_times_are_exact(tmp_path: Path, ending: str, rate: Fraction) -> None:
    """Each frame at its own fraction of a second; the pictures' track lasts as long as they do, the whole at most a
    microsecond more."""
    tune = click(0, 48_000)
    done = film(Flip(photographs(25, (32, 32)), rate), tmp_path / f"a{ending}", frames=Span(0, 25), sound=tune)
    times = [frame.pts * frame.time_base for frame in pictures_of(done.file)]
    assert times == [number / rate for number in range(25)]
    with av.open(str(done.file)) as whole:
        pictures, sound = whole.streams.video[0], whole.streams.audio[0]
        assert pictures.frames == 25
        assert pictures.average_rate == rate
        assert pictures.duration * pictures.time_base == done.duration == 25 / rate
        assert abs(sound.duration * sound.time_base - done.duration) < Fraction(1, 48_000)
        assert abs(whole.duration - done.duration * 10**6) < 25


def test_a_webm_counts_in_thousandths(tmp_path: Path) -> None:
    """Each frame within half of one of its time, and the rate is told exactly."""
    done = film(Flip(photographs(25, (32, 32)), NTSC), tmp_path / "a.webm", frames=Span(0, 25))
    times = [frame.pts * frame.time_base for frame in pictures_of(done.file)]
    assert all(abs(time - number / NTSC) <= Fraction(1, 2000) for number, time in enumerate(times))
    with av.open(str(done.file)) as whole:
        assert whole.streams.video[0].average_rate == NTSC
        assert abs(whole.duration - done.duration * 10**6) <= 1000


@SOUNDING
def test_colours_are_tagged(tmp_path: Path, ending: str) -> None:
    """BT.709 as primaries, transfer and matrix, and the narrow range, for whoever decodes it."""
    done = film(Flip(photographs(2)), tmp_path / f"a{ending}", frames=Span(0, 2))
    frame = pictures_of(done.file)[0]
    assert (frame.color_primaries, frame.color_trc, frame.colorspace, frame.color_range) == (1, 1, 1, 1)
    if ending != ".webm":
        assert b"colrncl" in done.file.read_bytes()


@pytest.mark.parametrize("ending", [".mp4", ".mov"])
def test_players_find_the_index_first(tmp_path: Path, ending: str) -> None:
    """So that a film begins before all of it has come."""
    done = film(Flip(photographs(6)), tmp_path / f"a{ending}", frames=Span(0, 6), sound=click(0, 12_000))
    content, place, boxes = done.file.read_bytes(), 0, []
    while place < len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        boxes.append(name)
        place += length
    assert boxes.index(b"moov") < boxes.index(b"mdat")


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors can't be taken away here")
@SOUNDING
def test_whatever_the_processors_the_bytes_are_the_same(tmp_path: Path, ending: str) -> None:
    """One processor, or all that there are, write one and the same film."""
    subject, all_there = Flip(photographs(8, (320, 256))), os.sched_getaffinity(0)
    file = tmp_path / f"a{ending}"
    many = film(subject, file, frames=Span(0, 8)).file.read_bytes()
    os.sched_setaffinity(0, {min(all_there)})
    try:
        assert film(subject, file, frames=Span(0, 8)).file.read_bytes() == many
    finally:
        os.sched_setaffinity(0, all_there)


@SOUNDING
def test_nothing_tells_when_it_was_made(tmp_path: Path, ending: str) -> None:
    """No dates, no version of a library, no path."""
    done = film(Flip(photographs(2)), tmp_path / f"a{ending}", frames=Span(0, 2), sound=click(0, 4000))
    with av.open(str(done.file)) as whole:
        told = {**whole.metadata, **whole.streams.video[0].metadata}
    assert "creation_time" not in told
    assert b"Lavc6" not in done.file.read_bytes()
    assert b"Lavf6" not in done.file.read_bytes()
    assert str(tmp_path).encode() not in done.file.read_bytes()


def test_a_webm_keeps_alpha(tmp_path: Path) -> None:
    """Over grey it looks like the frames, also at the soft edge, where nothing dark leaks in."""
    pictures = cut_out(6)
    done = film(Flip(pictures, opaque=False), tmp_path / "a.webm", frames=Span(0, 6))
    frames = pictures_of(done.file, "libvpx-vp9")
    assert len(frames) == 6
    for frame, picture in zip(frames, pictures, strict=True):
        y, _, _, alpha = planes(frame)
        assert psnr(alpha, picture[..., 3]) >= 36
        grey, cover = luma(np.full((1, 1, 3), 128, np.uint8)), alpha / 255
        wanted = luma(picture) + (1 - picture[..., 3] / 255) * (grey - 16)
        assert psnr(y * cover + grey * (1 - cover), wanted) >= 38
        edge = (picture[..., 3] > 40) & (picture[..., 3] < 250)
        assert abs(np.mean((y - luma(straight(picture)))[edge])) < 2


def test_a_webm_without_alpha_has_none(tmp_path: Path) -> None:
    """Where the paper covers all, the plain codec is enough; and its luma is the frames'."""
    pictures = photographs(6)
    done = film(Flip(pictures), tmp_path / "a.webm", frames=Span(0, 6))
    with av.open(str(done.file)) as whole:
        assert whole.streams.video[0].metadata.get("alpha_mode", "0") == "0"
    for frame, picture in zip(pictures_of(done.file), pictures, strict=True):
        assert psnr(planes(frame)[0], luma(picture)) >= 38


def test_a_mov_keeps_alpha_and_fine_colours(tmp_path: Path) -> None:
    """Alpha comes back to the level; luma, in 12 bits, and chroma of every pixel within 45 dB."""
    pictures = cut_out(3, (161, 119))
    done = film(Flip(pictures, opaque=False), tmp_path / "a.mov", frames=Span(0, 3))
    for frame, picture in zip(pictures_of(done.file), pictures, strict=True):
        y, blue, red, alpha = planes(frame)
        seen = picture[..., 3] > 0
        shown = straight(picture)
        assert np.abs(alpha / 4095 * 255 - picture[..., 3]).max() < 0.5
        assert psnr(y[seen] / 16, luma(shown)[seen]) >= 45
        for got, wanted in zip((blue, red), differences(shown), strict=True):
            assert psnr(got[seen] / 16, wanted[seen]) >= 45


@SOUNDING
@pytest.mark.parametrize("rate", [Fraction(24), NTSC])
@pytest.mark.parametrize("first", [0, 5])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_click_is_heard_with_its_frame(
    tmp_path: Path, ending: str, rate: Fraction, first: int, channels: int
) -> None:
    """A burst that begins with scene frame 12 is heard as that frame comes, within a millisecond, wherever the film
    begins and however its sound is packed."""
    at = int(12 / rate * 48_000)
    tune = click(at, 48_000, channels)
    done = film(Flip(photographs(20, (16, 16)), rate), tmp_path / f"a{ending}", frames=Span(first, 20), sound=tune)
    heard = sound_of(done.file)
    assert heard.shape[1] == channels
    found = begins(heard[:, 0], tune.heard[at : at + 96, 0].astype(np.float64))
    assert abs(found / 48_000 - (12 - first) / rate) < 0.001


def test_a_mov_has_the_very_samples(tmp_path: Path) -> None:
    """24 bits come back as they were, of every second frame too, and silence where the scene has no more."""
    levels = np.random.default_rng(3).integers(-(2**23), 2**23, (9000, 2))
    tune = Tune((levels / 2**23).astype(np.float32))
    subject = Flip(photographs(10, (16, 16)))
    done = film(subject, tmp_path / "a.mov", frames=Span(1, 10), step=2, sound=tune)
    heard = sound_of(done.file) * 2**23
    assert len(heard) == 5 * 2 * 2000
    assert np.array_equal(heard[:7000], levels[2000:])
    assert not heard[7000:].any()


@SOUNDING
def test_sound_beyond_full_scale_is_remarked(tmp_path: Path, ending: str) -> None:
    """By how much, to a tenth of a dB; what is within says nothing."""
    subject, loud = Flip(photographs(2, (16, 16))), np.full((4000, 1), 0.2, np.float32)
    assert not film(subject, tmp_path / f"a{ending}", frames=Span(0, 2), sound=Tune(loud)).remarks
    loud[100] = -2
    (told,) = film(subject, tmp_path / f"b{ending}", frames=Span(0, 2), sound=Tune(loud)).remarks
    assert "the sounds together reach 6.0 dB above full scale, and are cut off there" in told


def test_a_scenes_own_sound_is_in_its_film(tmp_path: Path) -> None:
    """Music with an offset and an effect on a frame, read from files and mixed, are what a MOV says."""
    rng = np.random.default_rng(5)
    music = save(tmp_path / "assets/sound/waltz.wav", rng.uniform(-0.4, 0.4, (96_000, 1)))
    slap = save(tmp_path / "assets/sound/slap.wav", rng.uniform(-0.4, 0.4, (3000, 1)))
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes/a.toml").write_text(
        'format = 1\n[scene]\nsize = [32, 24]\nlength = 24\npaper = "#246"\n'
        '[sound]\nfile = "assets/sound/waltz.wav"\noffset = "0.5s"\n'
        '[[effect]]\nfile = "assets/sound/slap.wav"\nat = 10\n'
    )
    with collage.open(tmp_path / "scenes/a.toml") as stand:
        assert isinstance(stand.sound, Mix)
        done = film(stand, tmp_path / "a.mov", frames=Span(4, 20), sound=stand.sound)
    wanted = music[24_000:][: 20 * 2000, 0].astype(np.float64)
    wanted[20_000:23_000] += slap[:, 0]
    assert np.abs(sound_of(done.file)[:, 0] - wanted[8000:40_000]).max() <= 2.0**-23
