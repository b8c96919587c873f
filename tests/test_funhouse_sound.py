"""The score and the effects of the bundled film: what their scripts make, in time with the picture."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from collage.sound.decode import read_sound

sys.path.append(str(Path(__file__).resolve().parent.parent / "assets" / "studio"))

import effects
import record
import score
import score_room
import score_tune
from score_waves import BEAT, RATE

SOUNDS = Path(__file__).resolve().parent.parent / "assets" / "sound"
Floats = npt.NDArray[np.float64]
STEP, WINDOW = 48, 512
LEVEL = 1 / 32768
MINOR, LYDIAN = {0, 2, 3, 5, 6, 7, 8, 11, 1}, {0, 2, 4, 5, 6, 7, 9, 11, 1}
"""Half-tones above c: the tune's minor with its raised fourth and the tail's flat second, and its major with both."""
SECTIONS = {
    "press": (1, 3, MINOR),
    "skies": (4, 6, LYDIAN | {8}),
    "rocket": (7, 10, LYDIAN | {8, 10}),
    "teeth": (11, 13, MINOR),
    "bath": (14, 14, LYDIAN),
    "bones": (15, 17, MINOR),
    "pool": (18, 19, set(range(12))),
    "coaster": (20, 22, set(range(12))),
    "tea": (23, 23, LYDIAN),
    "giant": (24, 28, MINOR),
    "credits": (29, 30, LYDIAN | {8}),
}
PICTURES = [
    *(1, 5, 9, 13, 25, 37, 53, 55, 69, 73, 91, 113, 120),
    *range(41, 53),
    *range(57, 69),
    *range(77, 84),
    *range(93, 102),
    *(105, 107, 109, 111),
]
"""The beats that something in the picture falls on."""


@pytest.fixture(scope="module")
def funhouse() -> Floats:
    """(n, 2) what Collage hears of the score."""
    sound = read_sound(SOUNDS / "funhouse.flac")
    assert sound.rate == RATE
    return sound.samples.astype(np.float64)


def onset(heard: Floats, place: int, reach: int = 2880) -> int:
    """How many samples after `place` the spectrum rises most steeply, of those within reach."""
    padded = np.pad(heard, (reach + WINDOW, reach + WINDOW))[place : place + 2 * (reach + WINDOW)]
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::STEP]
    shares = np.sqrt(np.abs(np.fft.rfft(windows * np.hanning(WINDOW))))
    rises = np.maximum(0, shares[4:] - shares[:-4]).sum(1)
    return int(rises.argmax() + 2) * STEP + WINDOW // 2 - WINDOW - reach


def test_the_score_lasts_a_minute_in_stereo_and_ends_in_silence(funhouse: Floats) -> None:
    """60 s of 48 kHz for 30 bars, from silence and back to it before the film stops."""
    assert funhouse.shape == (60 * RATE, 2)
    assert np.abs(funhouse[0]).max() < 0.01
    assert not funhouse[-round(0.015 * RATE) :].any()
    assert not np.array_equal(funhouse[:, 0], funhouse[:, 1])


def test_nothing_is_clipped_and_all_of_it_is_as_loud_as_films_are(funhouse: Floats) -> None:
    """The peak is at −1 dB and the whole at −16 LUFS; no two highest samples stand side by side, as clipping leaves."""
    peak = np.abs(funhouse).max()
    assert 20 * np.log10(peak) == pytest.approx(-1, abs=0.1)
    assert score_room.loudness(funhouse) == pytest.approx(-16, abs=0.5)
    assert not np.any((funhouse[1:] == funhouse[:-1]) & (np.abs(funhouse[1:]) >= peak - LEVEL))


def test_the_measure_of_loudness_agrees_with_its_standard() -> None:
    """A tone of 997 Hz at full scale in one channel is −3.01 LUFS (ITU-R BS.1770), and silence around it is gated."""
    tone = np.sin(2 * np.pi * 997 * np.arange(10 * RATE) / RATE)[:, None]
    assert score_room.loudness(tone) == pytest.approx(-3.01, abs=0.02)
    assert score_room.loudness(np.concatenate([tone, 0 * tone])) == pytest.approx(-3.01, abs=0.1)


@pytest.mark.parametrize("beat", PICTURES)
def test_a_beat_is_heard_where_the_picture_falls_on_it(beat: int, funhouse: Floats) -> None:
    """The steepest rise around each beat is within 10 ms of it."""
    assert abs(onset(funhouse.mean(1), (beat - 1) * BEAT)) <= 0.010 * RATE


def test_a_stretch_is_made_again_as_it_was(funhouse: Floats) -> None:
    """A second from the middle is within a level of the committed one, and the same each time."""
    first, last = 27 * RATE, 28 * RATE
    made = record.levels(score_room.played(first, last))
    assert np.array_equal(made, record.levels(score_room.played(first, last)))
    assert np.abs(made / 32768 - funhouse[first:last]).max() <= LEVEL


@pytest.mark.parametrize("name", SECTIONS)
def test_every_shot_keeps_to_its_bars_and_its_scale(name: str) -> None:
    """No note begins outside its shot's bars, and every key belongs to the scale the shot is in."""
    first, last, scale = SECTIONS[name]
    notes = list(getattr(score, name)())
    assert min(n.beat for n in notes) == score.bar(first)
    assert max(n.beat for n in notes) < score.bar(last + 1)
    keys = {n.key % 12 for n in notes if n.key and n.voice != "woodblock"}
    assert keys <= scale


def test_the_giant_walks_to_the_tune() -> None:
    """What the tuba plays under him is A, B and the tail, three octaves down and twice as slow."""
    low = [n for n in score.giant() if n.voice == "tuba" and n.key < 50 and n.beat >= 93]
    tune = list(score_tune.line("tuba", 1, f"{score_tune.A} {score_tune.B} {score_tune.TAIL}"))
    heard = {(n.beat, n.key) for n in low}
    assert {(93 + 2 * (n.beat - 1), n.key - 36) for n in tune} <= heard


@pytest.mark.parametrize("text", [score_tune.A, score_tune.B, score_tune.C, score_tune.D])
def test_a_bar_of_the_tune_fills_a_bar(text: str) -> None:
    """The lengths of each add up to sixteen sixteenths."""
    assert sum(float(word.split(":")[1]) for word in text.split()) == 16


@pytest.mark.parametrize("name", effects.EFFECTS)
def test_an_effect_is_made_again_begins_at_once_and_ends_in_silence(name: str) -> None:
    """The committed file is what the script makes, within a level; it sounds within 10 ms and ends without a click."""
    path = SOUNDS / f"{name}.wav"
    sound = read_sound(path)
    heard = sound.samples[:, 0].astype(np.float64)
    assert path.stat().st_size <= 200_000
    assert np.abs(effects.effect(name)[:, 0] - heard).max() <= LEVEL + 1e-4
    assert 0.6 < np.abs(heard).max() < 0.9
    assert np.flatnonzero(np.abs(heard) > 0.05)[0] < 0.010 * RATE
    assert abs(heard[0]) <= LEVEL
    assert abs(heard[-1]) <= 2 * LEVEL


def test_teeth_chatter_in_eighths() -> None:
    """One second of them is four bites, a quarter of a second apart at 120 beats a minute."""
    heard = effects.effect("chatter")[:, 0]
    assert len(heard) == RATE
    assert [abs(onset(heard, i * RATE // 4)) <= 0.01 * RATE for i in range(4)] == [True] * 4


def test_a_flac_is_the_same_each_time_and_says_nothing_of_when() -> None:
    """The same samples give the same bytes, with no tag but the name of what packed them, and come back exactly."""
    samples = np.random.default_rng(1).integers(-9000, 9000, (9000, 2)).astype("<i2")
    content = record.flac(samples)
    assert content == record.flac(samples)
    assert b"DATE" not in content.upper()[:200]


def test_a_sound_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong name is told with the right ones, and a right one is written where it is asked for."""
    monkeypatch.setattr(sys, "argv", ["record.py", "slurp"])
    with pytest.raises(SystemExit, match="slurp; there are: funhouse, slap"):
        record.main()
    monkeypatch.setattr(sys, "argv", ["record.py", "snip", "--out", str(tmp_path)])
    record.main()
    assert [file.name for file in tmp_path.iterdir()] == ["snip.wav"]
