"""WAV files: untouched where one sound is heard alone, never clipped, and whole or not there at all."""

from __future__ import annotations

import errno
import os
import wave
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from sounds import chunks, form, noise, save
from test_mix import mixed, voice
from test_sound import encoded, tune

from collage.errors import AssetError, CollageError, RunError
from collage.sound import wav
from collage.sound.decode import read_sound
from collage.sound.mix import Mix
from collage.sound.wav import Wav, write_wav
from collage.timing import Span

Written = Callable[..., Wav]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """``written(mix)`` writes two seconds of it at 24 frames a second, or the frames that are asked for."""

    def made(mix: Mix, first: int = 0, end: int = 48, name: str = "out.wav", rate: Fraction = Fraction(24)) -> Wav:
        return write_wav(mix, tmp_path / name, Span(first, end), rate)

    return made


# Untouched


@pytest.mark.parametrize("rate", [8000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize(("bits", "channels"), [(16, 1), (16, 2), (24, 1), (24, 2), (32, 2)])
def test_one_sound_alone_is_untouched(tmp_path: Path, written: Written, rate: int, bits: int, channels: int) -> None:
    """Its own rate, channels and bits, and the very bytes of its samples, with silence after its end."""
    save(tmp_path / "a.wav", noise(1.5, rate, channels), rate, bits)
    made = written(mixed(voice(tmp_path / "a.wav")))
    assert made == Wav(tmp_path / "out.wav", rate, channels, bits, 2 * rate)
    assert form(made.file) == (3 if bits == 32 else 1, channels, rate, bits)
    body = chunks(tmp_path / "a.wav")[b"data"]
    assert chunks(made.file)[b"data"] == body + bytes(len(body) // 3)


def test_other_programs_read_it(tmp_path: Path, written: Written) -> None:
    """Python's own reader agrees on what it is and holds."""
    save(tmp_path / "a.wav", noise(1, 44_100), 44_100)
    with wave.open(str(written(mixed(voice(tmp_path / "a.wav"))).file)) as file:
        assert file.getparams()[:4] == (2, 2, 44_100, 88_200)
        assert file.readframes(44_100) == chunks(tmp_path / "a.wav")[b"data"]


def test_a_packed_sound_alone_is_as_it_was_decoded(tmp_path: Path, written: Written) -> None:
    """FLAC in its bits; MP3, which has none, in floats, sample for sample."""
    for kind, bits in (("flac", 16), ("mp3", 32)):
        path = tmp_path / f"a.{kind}"
        path.write_bytes(encoded(kind, tune(1)))
        made = written(mixed(voice(path)))
        heard = read_sound(path).samples
        assert (made.bits, made.remarks) == (bits, ())
        assert np.array_equal(read_sound(made.file).samples[: len(heard)], heard)


def test_a_part_that_is_still_is_no_shallower(tmp_path: Path, written: Written) -> None:
    """24 bits stay so in every part of an export, also where 16 would do for it."""
    save(tmp_path / "a.wav", [*np.zeros(48_000), *noise(1, channels=1)[:, 0]], bits=24)
    assert written(mixed(voice(tmp_path / "a.wav")), 0, 12).bits == 24


@pytest.mark.parametrize("rate", [Fraction(24), Fraction(24_000, 1001), Fraction(30_000, 1001)])
@pytest.mark.parametrize("more", [0, 1])
def test_parts_of_an_export_join_to_the_whole(tmp_path: Path, written: Written, rate: Fraction, more: int) -> None:
    """Frames 0 to 11 and 12 to 47 together hold the very samples of 0 to 47, untouched or mixed."""
    save(tmp_path / "a.wav", noise(2.5, 44_100), 44_100)
    save(tmp_path / "b.wav", noise(1))
    sounds = [voice(tmp_path / "a.wav", end=3), voice(tmp_path / "b.wav", -1, -3, end=3)][: 1 + more]
    lot = mixed(*sounds, seconds=3)
    one, other, whole = (
        chunks(written(lot, *span, name=f"{span}.wav", rate=rate).file)[b"data"]
        for span in ((0, 12), (12, 48), (0, 48))
    )
    assert one + other == whole


# Mixed


def test_a_mix_is_rounded_to_24_bits(tmp_path: Path, written: Written) -> None:
    """48,000 a second, each sample within half a step, whatever the files had; twice the same bytes."""
    save(tmp_path / "a.wav", noise(1, 44_100), 44_100)
    save(tmp_path / "b.wav", noise(1, channels=1))
    lot = mixed(voice(tmp_path / "a.wav"), voice(tmp_path / "b.wav", -1))
    made = written(lot)
    assert made[1:] == (48_000, 2, 24, 96_000, ())
    assert abs(read_sound(made.file).samples - lot.block(0, 96_000).astype(float)).max() <= 2**-24
    again = written(Mix(lot.voices, lot.seconds), name="again.wav")
    assert again.file.read_bytes() == made.file.read_bytes()


@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_too_loud_is_written_as_floats(tmp_path: Path, written: Written, sign: int) -> None:
    """Nothing is clipped, and the remark says by how much it goes beyond; up to full scale there is none."""
    save(tmp_path / "a.wav", np.full(48_000, sign), bits=32)
    save(tmp_path / "b.wav", np.full(48_000, sign), bits=32)
    loud = written(mixed(voice(tmp_path / "a.wav"), voice(tmp_path / "b.wav", -Fraction(1, 2))))
    assert (loud.bits, form(loud.file)[0]) == (32, 3)
    assert read_sound(loud.file).samples[36_000, 0] == 2 * sign
    assert loud.remarks == (
        f"{loud.file}: the sounds together reach 6.0 dB above full scale: written in 32-bit floats, which hold it",
    )
    full = written(mixed(voice(tmp_path / "a.wav"), voice(tmp_path / "b.wav", -1)))
    assert (full.bits, full.remarks) == (24, ())
    assert abs(read_sound(full.file).samples[:, 0] - sign).max() <= 2**-23


def test_an_odd_number_of_bytes_is_padded(tmp_path: Path, written: Written) -> None:
    """As every program expects that reads what follows."""
    save(tmp_path / "a.wav", noise(0.5, 8001, 1), 8001, 24)
    made = written(mixed(voice(tmp_path / "a.wav"), seconds=1), 0, 24)
    assert len(chunks(made.file)[b"data"]) == 3 * 8001
    assert made.file.stat().st_size % 2 == 0


# Whole or not at all


def test_a_broken_sound_leaves_no_trace(tmp_path: Path, written: Written) -> None:
    """What was there before stays, and nothing lies beside it."""
    (tmp_path / "out.wav").write_text("before")
    (tmp_path / "a.wav").write_bytes(b"this is no sound")
    with pytest.raises(AssetError, match=r"a\.wav: this is no WAV"):
        written(mixed(voice(tmp_path / "a.wav"), voice(tmp_path / "a.wav", 1)))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()}["out.wav"] == b"before"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_full_disk_is_told_and_cleared_up(tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where, what and the cure; the old file is whole."""

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    save(tmp_path / "a.wav", noise(1))
    lot = mixed(voice(tmp_path / "a.wav"))
    before = written(lot).file.read_bytes()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RunError, match=r"out\.wav: can't be written: no space left.* Make room"):
        written(mixed(voice(tmp_path / "a.wav", gain=-6)))
    assert (tmp_path / "out.wav").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"a.wav", "out.wav"}


def test_a_folder_is_not_replaced(tmp_path: Path, written: Written) -> None:
    """Said before any sound is read."""
    (tmp_path / "out.wav").mkdir()
    with pytest.raises(CollageError, match=r"out\.wav: is a folder"):
        written(mixed(voice(tmp_path / "gone.wav")))


def test_what_no_wav_can_hold_is_refused(tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """4 GiB, told in hours and with the cure, before anything is written."""
    save(tmp_path / "a.wav", noise(0.1))
    lot = mixed(voice(tmp_path / "a.wav", gain=-1, end=20_000), seconds=20_000)
    with pytest.raises(CollageError, match=r"out\.wav: a WAV holds at most 4\.1 hours of this sound: .* --frames"):
        written(lot, 0, 480_000)
    assert not (tmp_path / "out.wav").exists()
    monkeypatch.setattr(wav, "_MOST_BYTES", 48_000 * 6)
    assert written(lot, 0, 24).samples == 48_000
    with pytest.raises(CollageError):
        written(lot, 0, 25)
