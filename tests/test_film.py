"""Films: which frame of which scene shows when, the picture of it, every join, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import goldens
import numpy as np
import pytest
from dark import DARK
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import letters
from PIL import Image

import collage
from collage.cli import run
from collage.desk.checks import check_all
from collage.desk.scenes import one_scene
from collage.errors import SceneError
from collage.exposure.film import fitted
from collage.scene.reader import parse_film

Films = Callable[..., collage.Stand]
BARE = 'format = 1\n[scene]\nsize = [8, 4]\nlength = {}\npaper = "{}"\n'
RED, BLUE = (255, 0, 0, 255), (0, 0, 255, 255)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A project of bare scenes: red and blue of 24 frames, two clear ones with a card each, a still of another size."""
    (tmp_path / "assets").mkdir()
    folder = tmp_path / "scenes"
    folder.mkdir()
    card = '[[layer]]\ncard = "{}"\nsize = [4, 4]\nat = [{}, 2]\n'
    texts = {
        "red": BARE.format(24, "#f00"),
        "blue": BARE.format(24, "#00f"),
        "left": BARE.format(24, "none") + card.format("#f00", 2),
        "right": BARE.format(24, "none") + card.format("#00f", 6),
        "tall": BARE.format(24, "#0f0").replace("[8, 4]", "[4, 8]"),
        "slow": BARE.format(24, "#fff") + "rate = 12\n",
        "song": BARE.format(48, "#fff") + '[sound]\ntempo = 120\nfirst_beat = "0.5s"\n[cues]\nsplash = "1s"\n',
        "moving": BARE.format(24, "#fff") + card.format("#f00", 2) + "keys.x = [[0, 0], [22, 8]]\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text + DARK)
    return tmp_path


@pytest.fixture
def film(home: Path) -> Films:
    """``film("red", ("blue", "at = 30"), head="…")`` is the film of these shots on the stand."""

    def made(*shots: str | tuple[str, str], head: str = "") -> collage.Stand:
        return collage.open(parse_film(written(*shots, head=head)), root=home)

    return made


def written(*shots: str | tuple[str, str], head: str = "") -> str:
    text = f"format = 1\n{head}\n"
    for shot in shots:
        name, more = (shot, "") if isinstance(shot, str) else shot
        text += f'[[shot]]\nscene = "scenes/{name}.toml"\n{more}\n'
    return text


def refused(film: Films, *shots: str | tuple[str, str], head: str = "") -> str:
    """What is wrong with such a film, in one text."""
    with pytest.raises(SceneError) as error:
        film(*shots, head=head)
    return "\n".join(str(finding) for finding in error.value.findings)


def colour(stand: collage.Stand, frame: int, x: int = 0, y: int = 0) -> tuple[int, ...]:
    return tuple(int(part) for part in stand.comp(frame)[y, x])


def near(one: Any, other: Any, levels: float = 1) -> bool:
    return bool((np.abs(np.asarray(one, float) - np.asarray(other, float)) <= levels).all())


@settings(max_examples=20)
@given(st.integers(0, 47))
def test_a_film_of_one_shot_is_its_scene(frame: int) -> None:
    """The bytes of each exported frame are those of the scene's own."""
    for name in ("tea", "bath"):
        whole = parse_film(f'format = 1\n[[shot]]\nscene = "film/{name}.toml"\n')
        with (
            collage.open(whole, root=goldens.FOLDER) as stand,
            collage.open(goldens.FOLDER / f"film/{name}.toml", root=goldens.FOLDER) as alone,
        ):
            assert (stand.size, stand.rate, stand.length) == (alone.size, alone.rate, alone.length)
            assert stand.drawings == alone.drawings
            assert collage.stand.frame_file(stand, frame) == collage.stand.frame_file(alone, frame)
            assert near(stand.comp(frame, 0.37), alone.comp(frame, 0.37), 0)


def test_a_clear_film_of_one_shot_is_its_scene(film: Films, home: Path) -> None:
    """Without paper a film is as transparent as its scene."""
    with collage.open(home / "scenes/left.toml") as alone:
        assert not film("left").opaque
        assert near(film("left").picture(3), alone.picture(3), 0)


def test_cuts_fall_on_their_frames(film: Films) -> None:
    """A shot ends where the next begins, and each shows its own frames."""
    stand = film(("red", "in = 4\nout = 10"), ("blue", "out = 3"), "red")
    assert stand.length == 6 + 3 + 24
    shown = [stand.shots(frame) for frame in (0, 5, 6, 8, 9, 32)]
    assert shown == [(("red", 4),), (("red", 9),), (("blue", 0),), (("blue", 2),), (("red", 0),), (("red", 23),)]
    assert [colour(stand, frame) for frame in (5, 6, 8, 9)] == [RED, BLUE, BLUE, RED]


def test_moments_of_a_shot_are_its_scenes_own(film: Films) -> None:
    """`in` and `out` count that scene's cues, beats and end; `out` also from `in`."""
    for more, first, length in (
        ('in = "beat 2"', 24, 24),
        ('in = "splash"\nout = "end-4"', 24, 20),
        ('in = 3\nout = "in+0.5s"', 3, 12),
        ('out = "bar 1"', 0, 12),
    ):
        stand = film(("song", more), head="[sound]\ntempo = 90\n[cues]\nsplash = 1")
        assert (stand.shots(0), stand.length) == ((("song", first),), length)


def test_where_a_shot_starts_is_the_films_own_moment(film: Films) -> None:
    """`at` counts the film's beats, bars and cues."""
    head = '[sound]\ntempo = 120\n[cues]\nbang = "bar 2+2"\nlast = "end-3"'
    for at, frame in (('"beat 3.5"', 30), ('"bar 2"', 48), ('"bang"', 50), ('"2s"', 48), ("24", 24)):
        stand = film("red", ("blue", f"at = {at}"), head=head)
        assert (stand.shots(frame), stand.length) == ((("blue", 0),), frame + 24)
    assert "waits for the film's end" in refused(film, "red", ("blue", 'at = "last"'), head=head)
    assert 'no cue "bangg" here. Did you mean "bang"?' in refused(film, "red", ("blue", 'at = "bangg"'), head=head)


def test_between_two_shots_lies_the_films_paper(film: Films) -> None:
    """A gap is black, or clear if a shot is; so is what comes before the first."""
    stand = film(("red", "at = 2"), ("blue", "at = 30"))
    black = (0, 0, 0, 255)
    assert [colour(stand, frame) for frame in (1, 2, 25, 26, 29, 30)] == [black, RED, RED, black, black, BLUE]
    assert stand.shots(27) == ()
    assert colour(film("left", ("blue", "at = 30")), 27) == (0, 0, 0, 0)


def test_a_later_shot_lies_over_an_earlier_one(film: Films) -> None:
    """Without a join it cuts in; what is seen again after it is warned of, and only that."""
    cut_short = film("red", ("blue", "at = 10"))
    assert [colour(cut_short, frame) for frame in (9, 10, 33)] == [RED, BLUE, BLUE]
    assert cut_short.warnings == ()
    returns = film("red", ("blue", "at = 10\nout = 4"))
    assert [colour(returns, frame) for frame in (9, 10, 13, 14, 23)] == [RED, BLUE, BLUE, RED, RED]
    assert [str(warning) for warning in returns.warnings] == [
        "film: warning: shot 1: out: goes on under the next shot and is seen again from frame 14: end it by out, or "
        "show the rest as a [[shot]] of its own"
    ]
    assert film("red", ("blue", "at = 10\nout = 4"), ("red", "at = 14")).warnings == ()


def test_a_join_overlaps_its_shots(film: Films) -> None:
    """The next shot starts its length before this one ends; a written `at` moves that, and none is lost of it."""
    join = 'join = { how = "dissolve", length = 4 }'
    stand = film(("red", join), "blue")
    assert stand.length == 44
    assert [len(stand.shots(frame)) for frame in (19, 20, 23, 24)] == [1, 2, 2, 1]
    assert stand.shots(21) == (("red", 21), ("blue", 1))
    early = film(("red", join), ("blue", "at = 12"))
    assert [len(early.shots(frame)) for frame in (11, 12, 15, 16)] == [1, 2, 2, 1]
    assert colour(early, 16) == BLUE
    beats = film(("red", 'join = { length = "1 beat" }'), "blue", head="[sound]\ntempo = 240")
    assert beats.length == 42


@pytest.mark.parametrize("how", ["cut", "dissolve"])
def test_a_join_of_no_length_is_a_cut(film: Films, how: str) -> None:
    """A cut needs no length and takes none."""
    length = 12 if how == "cut" else 0
    stand = film(("red", f'join = {{ how = "{how}", length = {length} }}'), "blue")
    assert (stand.length, colour(stand, 23), colour(stand, 24)) == (48, RED, BLUE)


def test_a_dissolve_is_a_mix(film: Films) -> None:
    """Of two opaque shots within a level, at every frame; of clear ones each fades by itself."""
    join = 'join = { how = "dissolve", length = 7 }'
    opaque, clear = film(("red", join), "blue"), film(("left", join), "right")
    for step in range(7):
        share = (step + 1) / 8
        mix = [(1 - share) * 255, 0, share * 255, 255]
        assert near(colour(opaque, 17 + step), mix)
        assert near(colour(clear, 17 + step), [mix[0], 0, 0, mix[0]])
        assert near(colour(clear, 17 + step, 7), [0, 0, mix[2], mix[2]])


def test_a_dissolve_of_clear_shots_keeps_what_both_cover(film: Films) -> None:
    """Two pictures that are opaque at a place stay opaque there all the while."""
    stand = film(("left", "join = { length = 9 }"), "left")
    assert all(near(stand.comp(frame), stand.comp(0)) for frame in range(15, 24))


def test_a_fade_goes_through_its_colour(film: Films) -> None:
    """Half and half: the old shot only, then the colour alone, then the new shot only."""
    for length, alone in ((6, [20, 21]), (5, [21])):
        stand = film(("red", f'join = {{ how = "fade", length = {length}, colour = "#0f0" }}'), "blue")
        colours = [colour(stand, frame) for frame in range(24 - length, 24)]
        assert [24 - length + at for at, seen in enumerate(colours) if seen == (0, 255, 0, 255)] == alone
        assert near(colours[0], [255 * 2 / 3, 255 / 3, 0, 255])
        assert near(colours[-1], [0, 255 / 3, 255 * 2 / 3, 255])


def test_a_wipe_travels_where_it_is_turned_to(film: Films) -> None:
    """In the middle of it the new shot has the half where the edge came from."""
    halves = {90: ["BBBBRRRR"] * 4, 270: ["RRRRBBBB"] * 4, 180: ["B" * 8] * 2 + ["R" * 8] * 2}
    halves[0] = halves[180][::-1]
    for turn, rows in halves.items():
        stand = film(("red", f'join = {{ how = "wipe", length = 3, turn = {turn} }}'), "blue")
        assert letters(stand.comp(22)) == rows
    clear = film(("left", 'join = { how = "wipe", length = 3 }'), "left")
    assert near(clear.comp(22), clear.comp(0))


def test_an_iris_opens_from_the_centre(film: Films) -> None:
    """In the middle of it the new shot is inside, the old one in the corners."""
    stand = film(("red", 'join = { how = "iris", length = 3 }'), "blue")
    assert (colour(stand, 22, 4, 2), colour(stand, 22, 0, 0), colour(stand, 22, 7, 3)) == (BLUE, RED, RED)


def test_a_page_is_turned_over() -> None:
    """Behind the fold lies the new shot, ahead of it the back of the old one, paler than both."""
    names = ("page.film", "tea", "bath")
    turning, old, new = (collage.open(goldens.FOLDER / f"film/{name}.toml", root=goldens.FOLDER) for name in names)
    picture = turning.comp(35)
    assert near(picture[:, :60], new.comp(10)[:, :60])
    assert near(picture[:, 310:], old.comp(35)[:, 310:], 8)
    assert picture[90, 200, :3].min() > 180


@pytest.mark.parametrize("how", ["dissolve", "fade", "wipe", "iris", "page"])
@pytest.mark.parametrize("shots", [("red", "blue"), ("left", "right"), ("red", "tall"), ("tall", "right")])
def test_a_join_begins_as_the_old_and_ends_as_the_new(film: Films, how: str, shots: tuple[str, str]) -> None:
    """A long one leaves its first frame all but the old shot and its last all but the new, opaque or clear, fitted or
    not; the frames beside it are the shots themselves, and no frame needs another."""
    stand = film((shots[0], f'join = {{ how = "{how}", length = 20, turn = 33 }}'), shots[1])
    old, new = stand.comp(3), stand.comp(27)
    assert near(stand.comp(4), old, 32)
    assert near(stand.comp(23), new, 32)
    assert [stand.cels(frame) for frame in (23, 4, 12)] == [stand.cels(frame) for frame in (23, 4, 12)]
    if stand.opaque:
        assert all((stand.comp(frame)[..., 3] == 255).all() for frame in range(4, 24))


def test_another_size_is_fitted(film: Films) -> None:
    """Scaled until it fits, in the middle, between bars of the film's paper; the film's size may be written."""
    stand = film("red", "tall")
    assert stand.size == (8, 4)
    assert letters(stand.comp(24)) == ["KKKGGKKK"] * 4
    assert letters(film("left", "tall").comp(24)) == ["...GG..."] * 4
    assert letters(film("red", head="[film]\nsize = [8, 6]").comp(0)) == ["K" * 8, *["R" * 8] * 4, "K" * 8]
    assert letters(film("red", head="[film]\nsize = [16, 8]").comp(0)) == ["R" * 16] * 8


@given(*[st.integers(1, 4000)] * 4)
def test_what_is_fitted_touches_two_edges(width: int, height: int, wide: int, high: int) -> None:
    """Its centre is the canvas's, and it fills the canvas one way and not more the other."""
    matrix = fitted((width, height), (wide, high))
    (x0, y0), (x1, y1) = matrix.at((0, 0)), matrix.at((width, height))
    assert near((x0 + x1, y0 + y1), (wide, high), 1e-6)
    assert min(x0, y0) == pytest.approx(0, abs=1e-6)
    assert max(x0, y0) > -1e-6


@pytest.mark.parametrize(
    ("shots", "head", "told"),
    [
        (["red", "slow"], "", '12 frames a second, its first shot 24: a film has one rate; write rate = 24 in that'),
        (["slow"], 'rate = "24000/1001"', 'the film 24000/1001: a film has one rate; write rate = "24000/1001" in'),
        (["gone"], "", 'no scene at "scenes/gone.toml": paths start at the project\'s root'),
        ([("red", "in = 24")], "", "in 24 lies outside scenes/red.toml, whose frames are 0 to 23"),
        ([("red", 'in = "-1"')], "", "in -1 lies outside"),
        ([("red", "out = 25")], "", "out 25 is beyond the end of scenes/red.toml, which is 24 frames: at most 24"),
        ([("red", "in = 5\nout = 5")], "", "out 5 is not after in 5: the shot would never be seen"),
        ([("song", "out = 'splsh'")], "", 'no cue "splsh" here. Did you mean "splash"?'),
        ([("red", "in = 'beat 3'")], "", "beats and bars need a tempo"),
        ([("red", 'at = "-4"')], "", "starts at frame -4: a film begins at frame 0"),
        (["red", ("blue", "at = 0")], "", "starts at frame 0, and the shot before it is not there alone until 1"),
        ([("red", "at = 9999990")], "", "reaches to frame 10000014: a film lasts at most 10000000 frames"),
        ([("red", "join = { length = 24 }"), "blue"], "", "a join of 24 frames is too long for its shots"),
        ([("red", "join = { length = 9 }"), ("blue", "out = 8")], "", "which are 24 and 8 frames: shorten it"),
        ([("red", "join = { length = 9 }"), ("blue", "at = 16")], "", "ends at 24. Start at 15 at the latest"),
        ([("red", "join = {}"), ("blue", "out = 20\njoin = {}"), "red"], "", "is not there alone until 24"),
    ],
)  # fmt: skip
def test_what_is_refused(film: Films, shots: list[Any], head: str, told: str) -> None:
    """Each by what is wrong and what would be right."""
    assert told in refused(film, *shots, head=f"[film]\n{head}" if head else "")


def test_sounds_have_to_be_there(film: Films, home: Path) -> None:
    """The film's music and effects are looked for; those inside the project pass."""
    (home / "assets/slap.wav").write_bytes(b"")
    assert film("red", head='[[effect]]\nfile = "assets/slap.wav"\nat = "end-1s"').length == 24
    head = '[sound]\nfile = "assets/waltz.ogg"\n[[effect]]\nfile = "assets/slop.wav"\nat = "nowhere"'
    told = refused(film, "red", head=head)
    for each in ('no sound at "assets/waltz.ogg"', 'no sound at "assets/slop.wav"', 'no cue "nowhere" here'):
        assert each in told


def test_a_scene_of_many_shots_is_bound_once(film: Films) -> None:
    """A thousand shots of one scene hold it once; one more is refused."""
    stand = film(*["moving"] * 1000)
    assert stand.length == 24_000
    assert len({id(strip.rig) for strip in stand.rig.strips}) == 1
    assert stand.shots(23_999) == (("moving", 23),)
    assert "more than 1000 of [[shot]]" in refused(film, *["moving"] * 1001)


def test_a_broken_shot_is_told_in_its_own_file(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` names line and column in the scene, once, beside what is wrong with the film itself."""
    for name, asset in (("lost", '"cup"'), ("torn", "cup")):
        (home / f"scenes/{name}.toml").write_text(f"format = 1\n[[layer]]\nasset = {asset}\n")
    text = written("lost", "lost", "torn", ("red", "out = 99"))
    (home / "scenes/a.film.toml").write_text(text)
    line = text.splitlines().index("out = 99") + 1
    places = [("a.film.toml", line), ("lost.toml", 3), ("torn.toml", 3)]
    for path in (home / "scenes/a.film.toml", home):
        found, _ = check_all([path])
        assert [(Path(finding.path).name, finding.line) for finding in found] == places
        assert all(Path(finding.path).is_file() for finding in found)
    assert run(["check", "--json", str(home)]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 3
    assert run(["export", str(home / "scenes/a.film.toml"), "-o", str(home / "out")]) == 2
    assert not (home / "out").exists()


def test_a_film_is_exported_by_its_own_frames(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files are called after the film and numbered by its frames; a folder with one film among scenes means it."""
    path = home / "scenes/both.film.toml"
    path.write_text(written("red", ("blue", "in = 4")))
    assert one_scene(home) == path
    assert run(["export", str(home), "-o", str(home / "out"), "--frames", "23-24"]) == 0
    assert sorted(file.name for file in (home / "out").glob("*.png")) == ["both.0023.png", "both.0024.png"]
    with Image.open(home / "out/both.0024.png") as image:
        assert (image.mode, image.getpixel((0, 0))) == ("RGB", BLUE[:3])
    (home / "scenes/again.film.toml").write_text(written("red"))
    assert run(["still", str(home), "-o", str(home / "a.png")]) == 2
    assert "8 scenes and 2 films here. Name one of them" in capsys.readouterr().err
