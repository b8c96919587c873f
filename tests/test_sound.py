"""Sound files: what is heard of good ones, and what is said of bad ones."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from collage.errors import AssetError
from collage.sound import decode
from collage.sound.decode import read_sound

RATE = 48_000
MADE = {  # container, codec, format of the samples
    "flac": ("flac", "flac", "s16"),
    "opus": ("ogg", "libopus", "flt"),
    "vorbis": ("ogg", "vorbis", "fltp"),
    "mp3": ("mp3", "libmp3lame", "fltp"),
    "m4a": ("ipod", "aac", "fltp"),
}


def tune(seconds: float = 2) -> np.ndarray[Any, Any]:
    """(n, 2) int16 that never repeats: two voices over a little noise."""
    n = int(seconds * RATE)
    t = np.arange(n) / RATE
    voices = np.stack([np.sin(2000 * t), np.sin(3000 * t * (1 + t))], 1)
    return ((0.4 * voices + 0.02 * np.random.default_rng(5).standard_normal((n, 2))) * 32767).astype(np.int16)


def encoded(kind: str, samples: np.ndarray[Any, Any], **options: str) -> bytes:
    """A whole file of one of the kinds."""
    container, codec, form = MADE[kind]
    out = io.BytesIO()
    with av.open(out, "w", format=container, options=options) as file:
        stream = file.add_stream(codec, rate=RATE, layout="stereo", options={"strict": "-2"})
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate, frame.pts = RATE, 0
        for part in (*av.AudioResampler(form, "stereo", RATE).resample(frame), None):
            file.mux(stream.encode(part))
    return out.getvalue()


def wav(
    body: bytes, *, code: int = 1, channels: int = 1, rate: int = 8000, bits: int = 16, size: int | None = None
) -> bytes:
    """A WAV file whose header may lie about the length of its data."""
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", code, channels, rate, rate * block, block, bits)
    length = len(body) if size is None else size
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", length) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Writes bytes to a file and gives its path; messages name it from here."""
    monkeypatch.chdir(tmp_path)

    def write(content: bytes, name: str = "sound.wav") -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return write


def refused(path: Path) -> str:
    """The one line said of a file, without its name."""
    with pytest.raises(AssetError) as caught:
        read_sound(path)
    place, _, message = str(caught.value).partition(": ")
    assert place == path.name
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("code", "bits", "dtype", "values", "exact"),
    [
        (1, 8, "u1", [0, 128, 255], [-1, 0, 127 / 128]),
        (1, 16, "<i2", [-32768, 1, 32767], [-1, 2**-15, 1 - 2**-15]),
        (1, 32, "<i4", [-(2**31), 0, 2**30], [-1, 0, 0.5]),
        (3, 32, "<f4", [-1, 0.3, 1.5], [-1, np.float32(0.3), 1.5]),
        (3, 64, "<f8", [-1, 0.3, 1.5], [-1, np.float32(0.3), 1.5]),
    ],
)
def test_wav_is_exact(at: Any, code: int, bits: int, dtype: str, values: list[float], exact: list[float]) -> None:
    """Integers divided by half their range, floats as they are."""
    sound = read_sound(at(wav(np.array(values, dtype).tobytes(), code=code, bits=bits)))
    assert sound.rate == 8000
    assert sound.samples[:, 0].tolist() == exact


def test_24_bits_are_exact(at: Any) -> None:
    """float32 has room for all of them."""
    values = [-(2**23), -1, 0, 1, 2**23 - 1]
    body = b"".join(value.to_bytes(3, "little", signed=True) for value in values)
    assert read_sound(at(wav(body, bits=24))).samples[:, 0].tolist() == [value / 2**23 for value in values]


def test_channels_of_a_wav_stay_apart(at: Any) -> None:
    """Written by another program, read sample by sample; the samples can't be written to."""
    samples = tune()
    path = at(b"")
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.tobytes())
    sound = read_sound(path)
    assert sound.samples.dtype == np.float32
    assert np.array_equal(sound.samples, samples / np.float32(32768))
    with pytest.raises(ValueError, match="read-only"):
        sound.samples[0] = 0


def test_flac_is_exact(at: Any) -> None:
    """Every sample comes back."""
    samples = tune()
    assert np.array_equal(read_sound(at(encoded("flac", samples))).samples, samples / np.float32(32768))


@pytest.mark.parametrize("kind", ["opus", "vorbis", "mp3", "m4a"])
def test_lossy_sounds_lie_where_they_lay(at: Any, kind: str) -> None:
    """In place to the sample, nearly as long, alike, and the same at every reading, whatever the name."""
    samples = tune() / np.float32(32768)
    path = at(encoded(kind, tune()), "sound.anything")
    sound = read_sound(path)
    assert sound.rate == RATE
    assert abs(len(sound.samples) - len(samples)) < 2048
    n = min(len(sound.samples), len(samples))
    assert np.corrcoef(sound.samples[:n, 0], samples[:n, 0])[0, 1] > 0.97
    assert np.array_equal(read_sound(path).samples, sound.samples)


def test_many_channels_are_mixed_to_two(at: Any) -> None:
    """Of six the centre goes to both sides, the lowest to none, and all at full scale don't go beyond it."""

    def six(*values: int) -> list[float]:
        body = np.array(values * 10, "<i2").tobytes()
        rest = struct.pack("<HHI", 22, 16, 0x3F) + struct.pack("<H", 1) + bytes.fromhex("000000001000800000AA00389B71")
        form = struct.pack("<HHIIHH", 0xFFFE, 6, 8000, 96_000, 12, 16) + rest
        chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body)) + body
        got = read_sound(at(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)).samples
        return [round(float(value), 4) for value in got[5]]

    assert six(0, 0, 0, 32767, 0, 0) == [0, 0]
    assert six(-32768, 0, 0, 0, 0, 0) == [-0.4142, 0]
    assert six(0, 0, -32768, 0, 0, 0) == [-0.2929, -0.2929]
    assert six(*[-32768] * 6) == [-1, -1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "this file is empty"),
        (b"RIFF", "this is no WAV"),
        (b"Once upon a time there was a teapot.\n", "this is no WAV"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n", "this is no WAV"),
        (b"ffconcat version 1.0\nfile 'other.wav'\n", "this is no WAV"),
        (b"RIFF\x00\x00\x00\x00WAVE", "this sound is torn or broken at its start"),
        (b"OggS" + b"#EXTM3U\nother.wav\n" * 20, "this sound is torn or broken"),
        (b"ID3\x04" + b"file 'other.wav'\n" * 99, "this sound is torn or broken"),
        (b"\x00\x00\x00\x14ftypM4A " + bytes(400), "this sound is torn or broken"),
        (wav(b""), "there is nothing to hear"),
        (wav(bytes(64), size=0xFFFFFFF0), "this sound breaks off at 0.00 s"),
        (wav(bytes(64), rate=3), "3 samples a second"),
        (wav(bytes(64), code=2, bits=4), "packed as adpcm_ms"),
        (wav(np.array([0, np.nan], "<f4").tobytes(), code=3, bits=32), "no finite numbers"),
        (wav(bytes(7 * 64), channels=7), "its 7 channels stand in no"),
    ],
)  # fmt: skip
def test_bad_files_are_told_in_one_line(at: Any, capfd: Any, content: bytes, words: str) -> None:
    """What is wrong and what to do; FFmpeg itself says nothing."""
    message = refused(at(content))
    assert message.startswith(words) or words in message
    assert any(cure in message for cure in ("save", "copy"))
    assert capfd.readouterr() == ("", "")


def test_what_is_there_counts_if_the_length_was_never_written(at: Any) -> None:
    """A WAV from a pipe claims 2³² − 1 bytes: it is heard as far as it goes."""
    assert len(read_sound(at(wav(bytes(800), size=0xFFFFFFFF))).samples) == 400


@pytest.mark.parametrize("kind", ["wav", "flac", "opus", "vorbis", "mp3", "m4a"])
@pytest.mark.parametrize("share", [0.6, 0.97])
def test_a_torn_file_is_told_with_the_second(at: Any, kind: str, share: float) -> None:
    """Cut off anywhere it is refused; what was heard until then is told unless its index is lost."""
    options = {"page_duration": "200000"} if kind in ("opus", "vorbis") else {}
    whole = wav(tune(3).tobytes(), channels=2, rate=RATE) if kind == "wav" else encoded(kind, tune(3), **options)
    message = refused(at(whole[: int(len(whole) * share)]))
    if kind == "m4a":
        assert message.startswith("this sound is torn or broken at its start")
    else:
        second = float(message.removeprefix("this sound breaks off at ").split(" s:")[0])
        assert second == pytest.approx(3 * share, abs=0.5)


def test_an_ogg_torn_between_two_pages_is_torn(at: Any) -> None:
    """Each page is whole, but none is marked as the last."""
    whole = encoded("opus", tune(3), page_duration="200000")
    assert refused(at(whole[: whole.rfind(b"OggS")])).startswith("this sound breaks off at 2.")


def test_the_place_of_a_hole_is_told(at: Any) -> None:
    """FLAC's frames are numbered: where the first is missing, the sound breaks."""
    whole = encoded("flac", tune(4))
    half = len(whole) // 2
    message = refused(at(whole[:half] + bytes(9000) + whole[half + 9000 :]))
    assert float(message.removeprefix("this sound breaks off at ").split(" s:")[0]) == pytest.approx(2, abs=0.2)


@pytest.mark.parametrize("kind", ["flac", "opus", "mp3", "m4a"])
def test_a_hole_is_told_too(at: Any, kind: str) -> None:
    """A stretch of nothing in the middle is no silence."""
    whole = encoded(kind, tune(4))
    hole = slice(len(whole) // 2, len(whole) // 2 + 9000)
    assert refused(at(whole[: hole.start] + bytes(9000) + whole[hole.stop :])).startswith("this sound breaks off at ")


def test_tags_of_other_programs_do_no_harm(at: Any) -> None:
    """What some write behind an MP3's sound is passed over."""
    whole = encoded("mp3", tune())
    heard = read_sound(at(whole)).samples
    for tag in (b"TAG" + b"x" * 125, b"APETAGEX" + bytes(range(200)) + b"APETAGEX" + bytes(24)):
        assert np.array_equal(read_sound(at(whole + tag)).samples, heard)


def test_words_and_pictures_beside_the_sound_do_no_harm(at: Any) -> None:
    """A title in any encoding before or behind a WAV's samples, and the picture of a cover in a FLAC."""
    title = b"INFOINAM" + struct.pack("<I", 6) + b"Caf\xe9\xff\0"
    chunk = b"LIST" + struct.pack("<I", len(title)) + title
    plain = wav(struct.pack("<3h", 1, 2, 3))
    for file in (plain[:12] + chunk + plain[12:], plain + chunk):
        assert read_sound(at(file)).samples[:, 0].tolist() == [1 / 32768, 2 / 32768, 3 / 32768]
    flac = encoded("flac", tune(1))
    cover = struct.pack(">II9s6I", 3, 9, b"image/png", 0, 64, 64, 24, 0, 99) + bytes(99)
    block = b"\x06" + len(cover).to_bytes(3, "big") + cover
    assert len(read_sound(at(flac[:42] + block + flac[42:])).samples) == RATE


def test_a_length_that_was_guessed_is_not_believed(at: Any) -> None:
    """An MP3 without a count of frames and a FLAC with none are whole as far as they go."""
    assert len(read_sound(at(encoded("mp3", tune(), write_xing="0"))).samples) >= 2 * RATE
    flac = bytearray(encoded("flac", tune()))
    flac[21:26] = (int.from_bytes(flac[21:26], "big") >> 36 << 36).to_bytes(5, "big")
    assert len(read_sound(at(bytes(flac))).samples) == 2 * RATE


def test_a_film_is_refused(at: Any) -> None:
    """Its pictures are never decoded, its sound is to be saved alone."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=24)
        stream.width = stream.height = 64
        for _ in range(5):
            file.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        file.mux(stream.encode(None))
    assert refused(at(out.getvalue(), "sound.m4a")).startswith("this is a film, not a sound")


@pytest.mark.parametrize(("bound", "value"), [("LONGEST", 1), ("MOST_SAMPLES", RATE)])
def test_too_long_a_sound_is_stopped(at: Any, monkeypatch: pytest.MonkeyPatch, bound: str, value: int) -> None:
    """Counted while it is decoded: a second too long is refused, just long enough is not."""
    monkeypatch.setattr(decode, bound, value)
    assert "too long: at most" in refused(at(encoded("flac", tune())))
    assert len(read_sound(at(encoded("flac", tune(1)))).samples) == RATE


def test_folders_and_missing_files(tmp_path: Path) -> None:
    """Each is told for what it is."""
    with pytest.raises(AssetError, match="this is a folder where a sound belongs"):
        read_sound(tmp_path)
    with pytest.raises(AssetError, match="there is no such file"):
        read_sound(tmp_path / "none.wav")
