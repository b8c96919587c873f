"""What is heard of scenes and films, by exact samples: who sounds when, who stays silent, and what passes into what."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from sounds import Floats, noise, save

import collage
from collage.errors import CollageError, SceneError
from collage.exposure import score
from collage.registry.noting import Notes

SAMPLE = 2000
"""A frame at 24 a second."""
HEAD = "format = 1\n[scene]\nsize = [8, 4]\nlength = {}\n"
MUSIC = '[sound]\nfile = "assets/music.wav"\n'
SLAP = '[[effect]]\nfile = "assets/slap.wav"\n'
BOOM = '[[effect]]\nfile = "assets/boom.wav"\n'
Project = Callable[..., collage.Stand]


@pytest.fixture
def at(tmp_path: Path) -> Project:
    """``at(main=text, inner=text)`` writes scenes, films by the name `film`, and opens the one written last. Music is
    stereo and ten seconds long, a boom is steady and lasts two, a slap 100 samples."""
    save(tmp_path / "assets/music.wav", noise(10))
    save(tmp_path / "assets/boom.wav", np.full(96_000, 0.25), bits=32)
    save(tmp_path / "assets/slap.wav", noise(100 / 48_000, channels=1, seed=2))

    def made(**texts: str) -> collage.Stand:
        for name, text in texts.items():
            file = tmp_path / "scenes" / f"{'test.film' if name == 'film' else name}.toml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        return collage.open(file)

    return made


def heard(stand: collage.Stand, first: int = 0, end: int | None = None) -> Floats:
    """The samples from one frame to another."""
    assert stand.sound is not None
    end = stand.length if end is None else end
    return stand.sound.block(first * SAMPLE, (end - first) * SAMPLE)


def booms(stand: collage.Stand) -> list[int]:
    """The frames that are loud in their middle, of a stand in which nothing but booms is heard."""
    levels = heard(stand)[SAMPLE // 2 :: SAMPLE, 0]
    return [frame for frame, level in enumerate(levels) if level]


def music() -> Floats:
    return (noise(10) * 32768).round().astype(np.float32) / np.float32(32768)


def slap() -> Floats:
    return (noise(100 / 48_000, channels=1, seed=2) * 32768).round().astype(np.float32) / np.float32(32768)


# A scene


def test_a_silent_scene_has_no_sound(at: Project) -> None:
    """Nor has one whose [sound] only counts beats, nor a film of such."""
    silent = HEAD.format(24)
    assert at(main=silent).sound is None
    assert at(main=silent + "[sound]\ntempo = 120\n").sound is None
    assert at(film='format = 1\n[sound]\ntempo = 90\n[[shot]]\nscene = "scenes/main.toml"\n').sound is None


def test_music_and_effects_lie_where_they_are_written(at: Project) -> None:
    """The offset, the moment, the gain, each to the sample; the end of the scene is the end of it."""
    stand = at(main=HEAD.format(24) + MUSIC + 'offset = "1.5s"\ngain = -6\n' + SLAP + "at = 7\n")
    assert stand.sound is not None
    assert (stand.sound.samples, stand.sound.channels, stand.sound.rate) == (48_000, 2, 48_000)
    expected = music()[72_000:120_000].astype(float) * 10**-0.3
    expected[14_000:14_100] += slap()
    assert np.array_equal(heard(stand), expected.astype(np.float32))
    assert not stand.sound.block(48_000, 4800).any()
    assert stand.sound is stand.sound  # what was read is kept


@pytest.mark.parametrize(("moment", "frame"), [('"beat 3"', 24), ('"splash+1"', 13), ('"end-2"', 46), ('"0.5s"', 12)])
def test_effects_take_moments(at: Project, moment: str, frame: int) -> None:
    """Beats count in the music, whose first beat lies where its offset puts it."""
    head = HEAD.format(48) + '[sound]\ntempo = 120\noffset = "0.5s"\nfirst_beat = "0.5s"\n[cues]\nsplash = 12\n'
    stand = at(main=head + SLAP + f"at = {moment}\n")
    assert np.flatnonzero(heard(stand)[:, 0])[0] == frame * SAMPLE


def test_a_frame_at_24000_1001_is_2002_samples(at: Project) -> None:
    """An effect at frame 1000 is heard with it."""
    stand = at(main=HEAD.format(1100) + 'rate = "24000/1001"\n' + SLAP + "at = 1000\n")
    assert stand.sound is not None
    assert stand.sound.samples == 1100 * 2002
    assert np.array_equal(stand.sound.block(1000 * 2002 - 1, 102)[1:101], slap())
    assert not stand.sound.block(1000 * 2002 - 500, 500).any()


def test_a_sound_that_is_broken_is_told_when_it_is_heard(at: Project, tmp_path: Path) -> None:
    """The scene opens, since it is only heard; whoever listens is told of the file; one that is missing has its
    line."""
    stand = at(main=HEAD.format(24) + SLAP)
    (tmp_path / "assets/slap.wav").write_bytes(b"RIFF")
    assert stand.sound is not None
    with pytest.raises(CollageError, match=r"assets/slap\.wav: this is no WAV"):
        stand.sound.load()
    with pytest.raises(SceneError, match=r'main\.toml:6:8: .*no sound at "assets/slop\.wav"'):
        at(main=HEAD.format(24) + SLAP.replace("slap", "slop"))


def test_a_scene_opened_anew_reads_no_sound_again(at: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only another place for it; what was saved meanwhile is read before it is heard, and told if it is broken."""
    from collage.sound import mix

    names, was = list[str](), mix.read_sound
    monkeypatch.setattr(mix, "read_sound", lambda path: names.append(path.name) or was(path))
    stand = at(main=HEAD.format(48) + SLAP + BOOM + "at = 20")
    before = heard(stand)
    (tmp_path / "scenes/main.toml").write_text(HEAD.format(48) + SLAP + BOOM + "at = 21")
    save(tmp_path / "assets/slap.wav", np.full(100, 0.5))
    newer = stand.again(Notes())
    assert names == ["slap.wav", "boom.wav", "slap.wav"]
    assert np.array_equal(heard(newer, 22, 40), before[21 * SAMPLE : 39 * SAMPLE])
    assert heard(newer)[0, 0] == 0.5
    assert len(names) == 3
    (tmp_path / "assets/slap.wav").write_bytes(b"RIFF")
    with pytest.raises(CollageError, match=r"slap\.wav: this is no WAV"):
        newer.again(Notes())
    assert heard(newer)[0, 0] == 0.5


def test_who_only_looks_reads_no_sound(at: Project, tmp_path: Path) -> None:
    """A scene whose sound was never asked for opens anew whatever its sound is."""
    stand = at(main=HEAD.format(48) + SLAP)
    (tmp_path / "assets/slap.wav").write_bytes(b"RIFF")
    assert stand.again(Notes()).length == 48


# Nested scenes

INNER = HEAD.format(24) + MUSIC + BOOM + "at = 6\n"
SHOW = '[[layer]]\nscene = "scenes/inner.toml"\n'


def nested(at: Project, layer: str, inner: str = INNER, outer: str = "") -> collage.Stand:
    return at(inner=inner, main=HEAD.format(96) + outer + SHOW + layer)


def test_a_nested_scene_brings_its_effects(at: Project) -> None:
    """From its own moment, counted from its layer's `in`, until it ends; its music stays out."""
    assert booms(nested(at, "in = 10\n")) == list(range(16, 34))


@pytest.mark.parametrize(
    ("layer", "frames"),
    [
        ("out = 12", [*range(6, 12)]),
        ('time.start = "0.5s"', [*range(0, 12)]),
        ("time.start = 2\ntime.loop = 10\nout = 24", [*range(4, 10), *range(14, 20)]),
        ("time.loop = true\nin = 2\nout = 60", [*range(8, 26), *range(32, 50), *range(56, 60)]),
        ("time.start = 12\ntime.loop = true\nout = 24", [*range(0, 12), *range(18, 24)]),
        ("keys.hidden = [[0, false], [10, true], [20, false]]", [*range(6, 10), *range(20, 24)]),
        ("hidden = true\nout = 24", []),
        ("repeat = { count = 2, delay = 40 }", [*range(6, 24), *range(46, 64)]),
    ],
)
def test_its_effects_are_heard_with_its_clock(at: Project, layer: str, frames: list[int]) -> None:
    """Wherever that starts, loops, or is hidden; each copy by its own."""
    stand = nested(at, layer, outer=SLAP + "at = 95\n")
    assert [frame for frame in booms(stand) if frame < 95] == frames


@pytest.mark.parametrize(
    "layer", ["time.speed = 2", "time.speed = -1", "keys.time = [[0, 0], [40, 20]]", "expr.time = 'f'"]
)
def test_a_clock_that_is_bent_lets_nothing_be_heard(at: Project, layer: str) -> None:
    """Sounds are played as they are or not at all."""
    assert nested(at, layer).sound is None


def test_scenes_of_another_rate_and_depth_keep_their_seconds(at: Project) -> None:
    """At 12 frames a second, inside a scene that is inside a layer: half a second on each floor."""
    inner = HEAD.format(24) + "rate = 12\n" + BOOM + "at = 6\n"
    middle = HEAD.format(48) + SHOW + "in = 12\n"
    stand = at(inner=inner, middle=middle, main=HEAD.format(96) + SHOW.replace("inner", "middle") + "in = 12\n")
    assert booms(stand) == list(range(36, 60))


def test_a_cut_amid_a_sound_is_spliced(at: Project) -> None:
    """In five thousandths of a second, at either end; what begins by itself begins at once."""
    levels = heard(nested(at, "in = 10\nout = 30\ntime.start = 12\n"))[:, 0]
    assert levels[10 * SAMPLE] == 0
    assert 0 < levels[10 * SAMPLE + 120] < 0.25 == levels[10 * SAMPLE + 240]
    assert levels[22 * SAMPLE - 240] == 0.25 > levels[22 * SAMPLE - 120] > 0 == levels[22 * SAMPLE]
    assert heard(nested(at, "in = 10\n"))[16 * SAMPLE, 0] == 0.25


def test_the_same_sound_at_the_same_moment_is_heard_once(at: Project) -> None:
    """Twenty copies that do everything together are no louder than one."""
    assert heard(nested(at, "repeat = { count = 20 }\n")).max() == 0.25


def test_thousands_of_sounds_are_refused(at: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies in loops are counted before anything is read."""
    monkeypatch.setattr(score, "MOST", 30)
    layer = 'time.loop = true\nrepeat = {{ count = {}, vary = {{ delay = "4s" }} }}\n'
    assert nested(at, layer.format(7)).sound is not None
    with pytest.raises(CollageError, match="more than 30 sounds, with those of nested scenes"):
        assert nested(at, layer.format(20)).sound


# Films


def film(at: Project, *shots: str, head: str = "", **scenes: str) -> collage.Stand:
    text = f"format = 1\n{head}\n"
    for shot in shots:
        name, _, more = shot.partition(" ")
        text += f'[[shot]]\nscene = "scenes/{name}.toml"\n{more}\n'
    return at(**scenes, film=text)


def test_a_films_music_replaces_that_of_its_shots(at: Project) -> None:
    """Not their effects, and beside its own; one that only counts beats replaces nothing."""
    scenes = {"a": HEAD.format(24) + MUSIC + SLAP + "at = 3\n", "b": HEAD.format(24) + SLAP + "at = 5\n"}
    head = '[sound]\nfile = "assets/music.wav"\noffset = "2s"\n' + SLAP + "at = 40\n"
    stand = film(at, "a", "b", head=head, **scenes)
    expected = music()[96_000:192_000].astype(float)
    for frame in (3, 29, 40):
        expected[frame * SAMPLE : frame * SAMPLE + 100] += slap()
    assert np.array_equal(heard(stand), expected.astype(np.float32))
    beats = film(at, "a", "b", head="[sound]\ntempo = 90")
    assert np.array_equal(heard(beats, 0, 2), music()[:4000])


def test_a_shot_is_heard_from_its_in_to_its_out(at: Project) -> None:
    """Moved to where it is in the film; its sounds before and after are not heard, but what still rings at `in` is."""
    a = HEAD.format(48) + SLAP + "at = 5\n" + SLAP + "at = 20\n" + BOOM + "at = 30\n" + SLAP + "at = 45\n"
    stand = film(at, "a in = 10\nout = 20", "a in = 20\nout = 24", "a in = 36\nout = 40", "b", a=a, b=HEAD.format(12))
    levels = heard(stand)[:, 0]
    assert np.array_equal(levels[10 * SAMPLE : 10 * SAMPLE + 100], slap()[:, 0])
    assert np.flatnonzero(levels).tolist() == [
        *(10 * SAMPLE + np.flatnonzero(slap())),
        *range(14 * SAMPLE + 1, 18 * SAMPLE),
    ]
    assert (levels[15 * SAMPLE], levels[17 * SAMPLE]) == (0.25, 0.25)


def test_music_passes_over_a_join(at: Project) -> None:
    """With equal power: the one falls while the other rises; before and after each is alone and exact."""
    b = HEAD.format(48) + '[sound]\nfile = "assets/music.wav"\noffset = "5s"\n'
    stand = film(at, "a join = { length = 12 }", "b", a=HEAD.format(48) + MUSIC, b=b)
    assert stand.length == 84
    old, new, levels = music(), music()[240_000:], heard(stand)
    assert np.array_equal(levels[: 36 * SAMPLE], old[: 36 * SAMPLE])
    assert np.array_equal(levels[48 * SAMPLE :], new[12 * SAMPLE : 48 * SAMPLE])
    middle = 42 * SAMPLE
    assert levels[middle] == pytest.approx((old[middle] + new[6 * SAMPLE]) * 0.5**0.5, abs=1e-6)


def test_effects_over_a_join_die_away_and_begin_at_once(at: Project) -> None:
    """The old shot's boom falls, and is over with the join; the new one's slap on its first frame is whole."""
    a, b = HEAD.format(24) + BOOM + "at = 6\n", HEAD.format(24) + SLAP
    stand = film(at, 'a join = { how = "wipe", length = 8 }', "b", a=a, b=b)
    levels = heard(stand)[:, 0]
    assert levels[16 * SAMPLE : 16 * SAMPLE + 100] == pytest.approx(0.25 + slap()[:, 0], abs=1e-4)
    assert levels[20 * SAMPLE] == pytest.approx(0.25 * 0.5**0.5, abs=1e-6)
    assert not levels[24 * SAMPLE :].any()
    assert np.all(np.diff(levels[16 * SAMPLE + 100 : 24 * SAMPLE]) <= 0)


@pytest.mark.parametrize("join", ["", "\njoin = { length = 12 }"])
def test_scenes_that_lie_in_one_score_go_on_in_step(at: Project, join: str) -> None:
    """Their music isn't cut at all, over a cut or a join: it is one sound, as it was recorded."""
    offset = "1s" if not join else "0.5s"
    b = HEAD.format(24) + f'[sound]\nfile = "assets/music.wav"\noffset = "{offset}"\n'
    stand = film(at, f"a{join and ' ' + join}", "b", a=HEAD.format(24) + MUSIC, b=b)
    assert np.array_equal(heard(stand), music()[: stand.length * SAMPLE])
    assert stand.sound is not None
    assert stand.sound.alone() is stand.sound


def test_a_cut_between_two_musics_is_spliced(at: Project) -> None:
    """The old is exact until five thousandths of a second before, the new from as long after; the film's own
    beginning and end are left as they are."""
    scenes = {
        name: HEAD.format(24) + f'[sound]\nfile = "assets/music.wav"\noffset = "{offset}s"\n'
        for name, offset in (("a", 1), ("b", 4))
    }
    levels = heard(film(at, "a", "b", **scenes))
    assert np.array_equal(levels[: 48_000 - 240], music()[48_000 : 96_000 - 240])
    assert np.array_equal(levels[48_240:], music()[192_240:240_000])
    assert not levels[48_000].any()
    assert abs(levels[47_999]).max() < 0.01


def test_a_shot_under_another_is_not_heard(at: Project) -> None:
    """Where a later one cuts in; where it comes back, it is heard on."""
    stand = film(at, "a", "b at = 10", a=HEAD.format(40) + BOOM, b=HEAD.format(12))
    assert booms(stand) == [*range(0, 10), *range(22, 40)]


def test_a_gap_is_silent(at: Project) -> None:
    """Between two shots nothing is heard but what the film itself brings."""
    a = HEAD.format(12) + BOOM
    stand = film(at, "a", "a at = 30", head=SLAP + "at = 20\n", a=a)
    assert [*range(0, 12), *range(30, 42)] == booms(stand)
    assert np.array_equal(heard(stand, 20, 21)[:100], slap())


def test_any_stretch_of_a_film_is_the_whole(at: Project) -> None:
    """Frame by frame it is the same as at once, joins and splices included."""
    scenes = {
        name: HEAD.format(30) + f'[sound]\nfile = "assets/music.wav"\noffset = "{offset}s"\n' + BOOM + "at = 9\n"
        for name, offset in (("a", 1), ("b", 4), ("c", 2))
    }
    stand = film(at, 'a join = { how = "iris", length = 7 }', "b", "c in = 10", head="[film]\nrate = 24", **scenes)
    frames = [heard(stand, frame, frame + 1) for frame in reversed(range(stand.length))]
    assert np.array_equal(np.concatenate(frames[::-1]), heard(stand))
    assert Fraction(stand.length, 24) * 48_000 == len(heard(stand))
