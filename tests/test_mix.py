"""Mixing: every sample where it belongs, any stretch in any order, and no more in memory than is heard."""

from __future__ import annotations

import math
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sounds import noise, save

from collage.errors import AssetError, RunError
from collage.sound import decode, mix
from collage.sound.decode import Sound
from collage.sound.mix import RATE, Mix, Voice, decibels_over
from collage.sound.resample import at_rate
from collage.timing import Span

FILM = Fraction(24_000, 1001)


def voice(path: Path, offset: Fraction | int = 0, gain: float = 0, end: Fraction | int = 2, **more: Any) -> Voice:
    return Voice(path, Fraction(offset), gain, **{"first": Fraction(0), "end": Fraction(end), **more})


def mixed(*voices: Voice, seconds: Fraction | int = 2) -> Mix:
    return Mix(voices, Fraction(seconds))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterable[list[str]]:
    """The names of the files that are decoded, as they are."""
    names = list[str]()
    was = mix.read_sound
    monkeypatch.setattr(mix, "read_sound", lambda path: names.append(path.name) or was(path))
    return names


# Where it lies


def test_one_sound_comes_through_exactly(tmp_path: Path) -> None:
    """Every sample of a file at the mix's rate, then silence; outside of the mix there is none."""
    heard = save(tmp_path / "a.wav", noise(1))
    whole = mixed(voice(tmp_path / "a.wav"))
    assert (whole.rate, whole.channels, whole.samples) == (48_000, 2, 96_000)
    block = whole.block(-10, 96_020)
    assert (block.dtype, block.shape) == (np.float32, (96_020, 2))
    assert np.array_equal(block[10 : 10 + RATE], heard)
    assert not block[:10].any()
    assert not block[10 + RATE :].any()


def test_the_end_of_the_mix_cuts_a_sound_off(tmp_path: Path) -> None:
    """To the sample, also where it ends amid one: that one is heard."""
    heard = save(tmp_path / "a.wav", noise(1))
    whole = mixed(voice(tmp_path / "a.wav", end=Fraction(1, 3) + Fraction(1, 96_000)), seconds=Fraction(1, 3))
    assert np.array_equal(whole.block(0, RATE)[:16_000], heard[:16_000])
    assert not whole.block(16_000, RATE).any()
    assert mixed(seconds=Fraction(1, 7)).samples == math.ceil(RATE / 7)


@pytest.mark.parametrize("offset", [0, Fraction(1, 4), Fraction(-1, 4), -3, 3])
def test_the_offset_says_which_second_is_heard_first(tmp_path: Path, offset: Fraction | int) -> None:
    """A positive one skips the beginning, a negative one waits, far ones leave silence."""
    heard = save(tmp_path / "a.wav", noise(1))
    expected = np.zeros((2 * RATE, 2), np.float32)
    shift = int(offset * RATE)
    part = heard[max(shift, 0) :][: max(2 * RATE + shift, 0)]
    expected[max(-shift, 0) :][: len(part)] = part
    assert np.array_equal(mixed(voice(tmp_path / "a.wav", offset)).block(0, 2 * RATE), expected)


@pytest.mark.parametrize("frame", [0, 1, 7, 1000, 172_800])
@pytest.mark.parametrize(("rate", "each"), [(FILM, 2002), (Fraction(24), 2000), (Fraction(30_000, 1001), 1601.6)])
def test_frames_that_are_no_whole_samples_do_not_drift(tmp_path: Path, rate: Fraction, each: float, frame: int) -> None:
    """At 24000/1001 frames a second a frame is 2002 samples, two hours on as at the start; at 30000/1001 a sound starts
    at the sample nearest to its frame."""
    save(tmp_path / "a.wav", [1.0, 0.5])
    seconds = (frame + 1) / rate
    whole = mixed(voice(tmp_path / "a.wav", -frame / rate, end=seconds), seconds=seconds)
    due = math.floor(Fraction(str(each)) * frame + Fraction(1, 2))
    assert whole.block(due - 2, 5)[:, 0].tolist() == pytest.approx([0, 0, 1, 0.5, 0], abs=1e-4)


@pytest.mark.parametrize("rate", [FILM, Fraction(24), Fraction(25), Fraction(30_000, 1001), Fraction(1, 10)])
def test_stretches_follow_one_another_without_a_gap(tmp_path: Path, rate: Fraction) -> None:
    """The samples of frames begin when those are first seen, and end with the mix."""
    whole = mixed(seconds=1000 / rate)
    ends = [whole.stretch(Span(frame, frame + 1), rate) for frame in range(1000)]
    assert ends[0].first == 0
    assert ends[-1].end == whole.samples
    assert all(one.end == other.first for one, other in pairwise(ends))
    assert all(0 <= span.first / Fraction(RATE) - frame / rate < Fraction(1, RATE) for frame, span in enumerate(ends))


# How it adds up


def test_gains_are_decibels_and_sounds_add_up(tmp_path: Path) -> None:
    """6 dB are 1.995 times; what is heard at once is the sum, beyond full scale too."""
    one, other = save(tmp_path / "a.wav", noise(1)), save(tmp_path / "b.wav", noise(1, seed=1))
    whole = mixed(voice(tmp_path / "a.wav", gain=6), voice(tmp_path / "b.wav", gain=-20.5), voice(tmp_path / "a.wav"))
    expected = one.astype(float) * (10**0.3 + 1) + other.astype(float) * 10**-1.025
    assert np.allclose(whole.block(0, RATE), expected, atol=1e-7)
    assert abs(mixed(voice(tmp_path / "a.wav", gain=24)).block(0, RATE)).max() > 4


def test_sums_stay_finite(tmp_path: Path) -> None:
    """Floats at the edge of what there is don't become infinite."""
    save(tmp_path / "a.wav", [3e38, -3e38], bits=32)
    loud = mixed(voice(tmp_path / "a.wav", gain=24)).block(0, 2)
    assert np.isfinite(loud).all()
    assert loud[0, 0] > 3e38 > -3e38 > loud[1, 0]


def test_mono_is_heard_on_both_sides(tmp_path: Path) -> None:
    """Beside a stereo sound it is as loud on each side as alone; where all are mono, so is the mix."""
    mono, stereo = save(tmp_path / "m.wav", noise(1, channels=1)), save(tmp_path / "s.wav", noise(1))
    both = mixed(voice(tmp_path / "m.wav"), voice(tmp_path / "s.wav"))
    assert np.array_equal(both.block(0, RATE), (mono.astype(float) + stereo).astype(np.float32))
    alone = mixed(voice(tmp_path / "m.wav"), voice(tmp_path / "m.wav", -1))
    assert alone.channels == 1
    assert np.array_equal(alone.block(0, 2 * RATE), [*mono, *mono])


@pytest.mark.parametrize("rate", [44_100, 22_050, 8000, 44_056, 96_000])
def test_another_rate_is_heard_in_step(tmp_path: Path, rate: int) -> None:
    """A tone recorded at any rate falls together with the same tone recorded at the mix's, to a ten thousandth of full
    scale: a thirtieth of a sample late would be heard in the difference."""
    tones = {each: np.sin(math.tau * 1000 * np.arange(each * 2) / each) for each in (rate, RATE)}
    save(tmp_path / "a.wav", tones[rate], rate, 24)
    save(tmp_path / "b.wav", tones[RATE], RATE, 24)
    gone = mixed(voice(tmp_path / "a.wav"), voice(tmp_path / "b.wav")).block(500, 2 * RATE - 1000)
    assert np.allclose(gone[:, 0] / 2, tones[RATE][500:-500], atol=1e-4)


@pytest.mark.parametrize("rate", [4000, 44_056, 44_100, 48_000, 192_000])
@pytest.mark.parametrize("count", [1, 1000, 70_001])
def test_another_rate_is_as_long(rate: int, count: int) -> None:
    """To half a sample, however short; at its own rate it is the very sound."""
    sound = Sound(rate, np.zeros((count, 2), np.float32))
    other = at_rate(sound, RATE)
    assert other.samples.shape == (max(round(Fraction(count * RATE, rate)), 1), 2)
    assert (other is sound) == (rate == RATE)


def test_what_swells_and_dies_away_is_as_strong_together(tmp_path: Path) -> None:
    """One sound falls while the other rises: powers add up to one at each sample, and neither jumps at its ends."""
    save(tmp_path / "a.wav", np.ones(2 * RATE), bits=32)
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    old = mixed(voice(tmp_path / "a.wav", end=Fraction(1), fall=half)).block(0, 2 * RATE)[:, 0].astype(float)
    new = mixed(voice(tmp_path / "a.wav", first=half, rise=half)).block(0, 2 * RATE)[:, 0].astype(float)
    assert np.allclose(old**2 + new**2, 1, atol=1e-6)
    assert abs(np.diff(old)).max() < 1e-4
    assert (old[RATE // 2], new[RATE // 2], old[RATE], new[RATE]) == (1, 0, 0, 1)
    assert old[int(RATE * 3 * quarter)] == pytest.approx(math.sqrt(0.5))


# In any order


@given(cuts=st.lists(st.integers(-300, 2 * RATE + 300), min_size=1, max_size=12), data=st.data())
def test_blocks_in_any_order_are_the_whole(cuts: list[int], data: st.DataObject, lot: Mix) -> None:
    """However the mix is cut, and whichever part is asked for first, its samples are the same."""
    whole = lot.block(-300, 2 * RATE + 600)
    spans = list(zip([-300, *sorted(cuts)], [*sorted(cuts), 2 * RATE + 300], strict=True))
    for first, end in data.draw(st.permutations(spans)):
        assert np.array_equal(lot.block(first, end - first), whole[first + 300 : end + 300])


@pytest.fixture(scope="module")
def lot(tmp_path_factory: pytest.TempPathFactory) -> Mix:
    """Sounds of three rates, cut and faded at odd moments."""
    home = tmp_path_factory.mktemp("lot")
    save(home / "a.wav", noise(1.5, 44_100), 44_100)
    save(home / "b.wav", noise(1.5, 48_000, 1, seed=1))
    save(home / "c.wav", noise(1, 96_000, 1, seed=2), 96_000)
    third = Fraction(1, 3)
    return mixed(
        voice(home / "a.wav", Fraction(1, 7), -3.3, first=third / 5, rise=third, fall=third, end=Fraction(17, 13)),
        voice(home / "b.wav", -third, 2.5, rise=Fraction(1, 997)),
        voice(home / "c.wav", -Fraction(1001, 30_000), fall=Fraction(3, 2)),
    )


def test_threads_hear_the_same(lot: Mix) -> None:
    """Eight of them at once, on a mix that has read nothing."""
    whole, fresh = lot.block(0, 2 * RATE), Mix(lot.voices, lot.seconds)
    with ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(lambda second: fresh.block(second * 6000, 6000), range(16)))
    assert np.array_equal(np.concatenate(parts), whole)
    assert np.array_equal(np.concatenate(list(lot.blocks(0, 2 * RATE))), whole)


# Files and memory


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path, read: list[str]) -> None:
    """Then each file once, however many of its sounds are heard."""
    save(tmp_path / "a.wav", noise(0.1))
    whole = mixed(voice(tmp_path / "a.wav"), voice(tmp_path / "a.wav", -1))
    assert read == []
    whole.load()
    whole.block(0, RATE)
    whole.block(RATE, RATE)
    assert (read, whole.channels) == (["a.wav"], 2)


@pytest.mark.parametrize("ask", [Mix.load, lambda mix: mix.channels, lambda mix: mix.block(0, 1), Mix.alone])
def test_a_sound_that_can_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Any) -> None:
    """Torn or gone since: whoever asks is told which file, and what to do."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "torn.wav").write_bytes(b"this is no sound")
    with pytest.raises(AssetError, match=r"^torn.wav: this is no WAV.*save it as one$"):
        ask(mixed(voice(tmp_path / "torn.wav")))
    with pytest.raises(AssetError, match=r"^gone.wav: there is no such file: put a sound there"):
        ask(mixed(voice(tmp_path / "gone.wav")))


def test_what_is_no_longer_heard_is_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]) -> None:
    """With room for one sound beside those that are heard, a row of ten keeps two at most; what is heard is the same,
    and none is read twice on the way from beginning to end."""
    paths = [tmp_path / f"{number}.wav" for number in range(10)]
    for number, path in enumerate(paths):
        save(path, noise(0.2, seed=number))
    row = [voice(path, -Fraction(number, 5)) for number, path in enumerate(paths)]
    whole = mixed(*row).block(0, 2 * RATE)
    one = RATE // 5 * 2 * 4
    monkeypatch.setattr(mix, "KEPT", one)
    small, heard, most = mixed(*row), [], 0
    small.load()
    read.clear()
    for first in range(0, 2 * RATE, 4800):
        heard.append(small.block(first, 4800))
        most = max(most, sum(taken.sound.samples.nbytes for taken in small._taken.values()))
    assert np.array_equal(np.concatenate(heard), whole)
    assert most <= 2 * one
    assert len(read) == len(set(read))


def test_a_sound_that_is_another_now_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read again because there was no room for it, it has to be what it was."""
    monkeypatch.setattr(mix, "KEPT", 0)
    save(tmp_path / "a.wav", noise(0.1))
    save(tmp_path / "b.wav", noise(0.1))
    whole = mixed(voice(tmp_path / "a.wav"), voice(tmp_path / "b.wav", -1))
    assert whole.block(0, 4800).any()
    assert whole.block(RATE, 4800).any()
    save(tmp_path / "a.wav", noise(0.2, channels=1))
    with pytest.raises(RunError, match=r"a.wav: this sound was saved anew while it was in use: run it again"):
        whole.block(0, 4800)


def test_too_much_at_once_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files that hold hours of silence don't fill the memory."""
    monkeypatch.setattr(mix, "MOST_AT_ONCE", 3 * RATE * 8)
    for name in "abcd":
        save(tmp_path / f"{name}.wav", noise(1))
    assert mixed(*(voice(tmp_path / f"{name}.wav") for name in "abc")).block(0, 10).any()
    with pytest.raises(AssetError, match=r"d.wav: .* of sound are heard at once: make do with fewer"):
        mixed(*(voice(tmp_path / f"{name}.wav") for name in "abcd")).block(0, 10)


def test_the_next_mix_takes_over_what_has_not_changed(tmp_path: Path, read: list[str]) -> None:
    """A player that opens its scene anew reads only the sound that was saved."""
    for name in "ab":
        save(tmp_path / f"{name}.wav", noise(0.1))
    voices = [voice(tmp_path / f"{name}.wav") for name in "ab"]
    old = mixed(*voices)
    old.load()
    before, saved = old.block(0, 4800), save(tmp_path / "b.wav", noise(0.2, seed=3))
    read.clear()
    new = mixed(*voices, voice(tmp_path / "c.wav"))
    new.inherit(old)
    save(tmp_path / "c.wav", np.zeros(10))
    new.load()
    assert read == ["b.wav", "c.wav"]
    assert np.allclose(new.block(0, 4800) - before, saved[:4800] - noise(0.1), atol=1e-4)
    assert np.array_equal(old.block(0, 4800), before)


def test_a_sound_alone_keeps_its_rate(tmp_path: Path, read: list[str]) -> None:
    """Only as it was recorded: louder, faded, or with another, it is mixed."""
    heard = save(tmp_path / "a.wav", noise(1, 44_100), 44_100)
    as_it_is = mixed(voice(tmp_path / "a.wav", Fraction(1, 2))).alone()
    assert as_it_is is not None
    assert (as_it_is.rate, as_it_is.samples) == (44_100, 88_200)
    assert np.array_equal(as_it_is.block(0, 22_050), heard[22_050:])
    path = tmp_path / "a.wav"
    for voices in ([voice(path, gain=-1)], [voice(path, fall=Fraction(1))], [voice(path), voice(path, 1)], []):
        assert mixed(*voices).alone() is None


def test_a_sound_larger_than_what_is_kept_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    """What is heard now is never let go, however large."""
    monkeypatch.setattr(mix, "KEPT", 0)
    save(tmp_path / "a.wav", noise(1))
    whole = mixed(voice(tmp_path / "a.wav"))
    whole.load()
    assert whole.alone() is whole
    assert sum(len(block) for block in whole.blocks(0, RATE)) == RATE
    assert read == ["a.wav"]


def test_decibels_over_full_scale() -> None:
    """None up to it, 6.02 for twice as much."""
    assert [decibels_over(0), decibels_over(1)] == [0, 0]
    assert decibels_over(2) == pytest.approx(6.0206, abs=1e-4)


def test_a_long_sound_is_sought_at_once(tmp_path: Path, read: list[str]) -> None:
    """Any moment of ten minutes is there without reading anything again."""
    save(tmp_path / "a.wav", np.repeat(np.arange(600) / 1024, 8000), 8000)
    whole = mixed(voice(tmp_path / "a.wav", end=600), seconds=600)
    for second in (599, 0, 300, 17):
        block = whole.block(second * RATE + RATE // 4, RATE // 2)
        assert np.allclose(block, second / 1024, atol=2e-5)
    assert read == ["a.wav"]
    assert decode.LONGEST >= 600
