"""Films as people write them: shots of scenes in a row, what is read, refused and written."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from collage.errors import AssetError, SceneError
from collage.scene import film_rules
from collage.scene.film import JOINS
from collage.scene.model import Effect, Film, FilmSettings, Join, Shot
from collage.scene.reader import findings, is_film, parse, parse_film, read, read_film, read_source
from collage.scene.source import Source
from collage.scene.writer import write

SHOT = '[[shot]]\nscene = "scenes/a.toml"\n'
WHOLE = """\
format = 1

[film]
title = "Both"
size = [640, 360]
rate = "24000/1001"

[sound]
file = "assets/sound/waltz.ogg"
tempo = 112
gain = -6

[[effect]]
file = "assets/sound/slap.wav"
at = "bang"

[cues]
bang = "bar 5"

[[shot]]
scene = "scenes/bath.toml"
in = "1s"
out = "end-1s"
join.how = "wipe"
join.length = "0.5s"
join.turn = 45

[[shot]]
scene = "scenes/tea.toml"
at = "bang"
"""


def found(text: str) -> list[str]:
    """What is found in a film under its first line, as people see it."""
    with pytest.raises(SceneError) as error:
        parse_film(f"format = 1\n{text}\n", "s.film.toml")
    return [str(finding).removeprefix("s.film.toml:") for finding in error.value.findings]


def test_a_whole_film_is_read_and_written_the_same(tmp_path: Path) -> None:
    """Settings, music, effects, cues, shots and joins, from a file and back to its very bytes."""
    path = tmp_path / "Both.film.TOML"
    path.write_text(WHOLE)
    film, source = read_film(path)
    assert (film.film.title, film.film.size, film.film.rate) == ("Both", (640, 360), "24000/1001")
    first, second = film.shot
    assert (first.scene, first.at, first.in_, first.out) == ("scenes/bath.toml", None, "1s", "end-1s")
    assert first.join == Join(how="wipe", length="0.5s", turn=45)
    assert (second.at, second.in_, second.out, second.join) == ("bang", 0, "end", None)
    assert (film.effect, film.cues) == ((Effect(file="assets/sound/slap.wav", at="bang"),), {"bang": "bar 5"})
    assert str(source.finding(("shot", 1, "at"), "hm")) == f"{path}:30:6: hm"
    assert write(film) == WHOLE
    assert pickle.loads(pickle.dumps(film)) == film


def test_one_shot_is_a_film() -> None:
    """All else has a default; a join without words is a dissolve of twelve frames."""
    film = parse_film(f"format = 1\n{SHOT}")
    assert film == Film(shot=[Shot(scene="scenes/a.toml")])
    assert (film.film, film.sound, film.effect, film.cues) == (FilmSettings(), None, (), {})
    assert (Join().how, Join().length, Join().colour, Join().turn) == ("dissolve", 12, "#000", 90)


@pytest.mark.parametrize("how", JOINS)
def test_every_join_is_taken(how: str) -> None:
    """Each way from shot to shot is read as it is written."""
    join = parse_film(f"format = 1\n{SHOT}join = {{ how = '{how}' }}\n{SHOT}").shot[0].join
    assert join is not None
    assert join.how == how


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", '1:1: a film without shots: write [[shot]] and under it scene = "scenes/bath.toml"'),
        (f"{SHOT}join.length = 3", "4:1: a join leads into the next shot, and this is the last: leave it out"),
        (f'{SHOT}join = "wipe"\n{SHOT}', '4:8: a table belongs here, not "wipe": write join = { how = "wipe" }'),
        (f'{SHOT}join.how = "wype"\n{SHOT}', '4:12: "wype" is none of cut, dissolve, fade, wipe, iris, page. Did you'),
        (f"{SHOT}join.length = -3\n{SHOT}", "4:15: -3 is no length for this: write nothing or more"),
        (f"{SHOT}join.colour = 3\n{SHOT}", "4:15: text in quotes belongs here, not 3"),
        (f'{SHOT}join.type = "wipe"\n{SHOT}', '4:6: unknown key "type" in join of [[shot]]. Did you mean "how"?'),
        ("[[shot]]\nat = 3", '2:3: [[shot]] needs a scene: write scene = "scenes/bath.toml" in it'),
        ('[shot]\nscene = "scenes/a.toml"', "2:2: there are several of these, so it wears double brackets: write [[sh"),
        ('[[shot]]\nscene = "scenes/a.film.toml"', '3:9: "scenes/a.film.toml" is a film, which only plays by itself'),
        ('[[shot]]\nscene = "a"', '3:9: "a" is no scene\'s path from the project\'s root: write "scenes/a.toml"'),
        (f'{SHOT}transition = "wipe"', '4:1: unknown key "transition" in [[shot]]. Write join = { how = "wipe" }'),
        (f"{SHOT}out = '2 seconds'", '4:7: can\'t read the moment "2 seconds". Did you mean "2s"?'),
        (f"{SHOT}[[shots]]", '4:3: unknown table "shots". Did you mean [[shot]]?'),
        (f"[film]\nfps = 24\n{SHOT}", '3:1: unknown key "fps" in [film]. Write rate = 24'),
        (f"fps = 24\n{SHOT}", '2:1: unknown key "fps" above all tables. Write [film] and under it rate = 24'),
        (f"title = 'x'\n{SHOT}", '2:1: "title" belongs under [film]: write [film] above it'),
        (f"scene = 'x'\n{SHOT}", '2:1: unknown key "scene" above all tables. Write it under [[shot]]'),
        (f"{SHOT}[camera]\nzoom = 2", "4:2: this belongs to a scene, in a file of its own, scenes/NAME.toml, which a"),
        (f"{SHOT}[[layer]]\nasset = 'a'", "4:3: this belongs to a scene, in a file of its own, scenes/NAME.toml"),
        (f"[cues]\nend = 3\n{SHOT}", '3:1: "end" is taken: bar, beat, end, in, out'),
        (f"[sound]\nbpm = 120\n{SHOT}", '3:1: unknown key "bpm" in [sound]. Write tempo = 120'),
        (f"[film]\nsize = [0, 9]\n{SHOT}", "3:8: a canvas of 0 x 9 can't be"),
        (f"{SHOT}in = 2s", '4:6: a time that is more than a number stands in quotes: write in = "2s"'),
    ],
)  # fmt: skip
def test_a_slip_is_met_with_the_line_to_write(text: str, finding: str) -> None:
    """One finding, at its place, in the words of films."""
    lines = found(text)
    assert len(lines) == 1
    assert lines[0].startswith(finding)


def test_limits_of_number() -> None:
    """A thousand shots and a thousand effects are allowed, one more is not."""
    shots, effects = (Shot(scene="scenes/a.toml"),) * 1001, (Effect(file="a.wav"),) * 1001
    assert film_rules.problems(Film(shot=shots[1:], effect=effects[1:])) == []
    told = film_rules.problems(Film(shot=shots, effect=effects))
    assert [loc for loc, _ in told] == [("shot", 1000), ("effect", 1000)]
    assert told[0][1] == "more than 1000 of [[shot]]: make do with fewer"


def test_films_are_known_by_their_name(tmp_path: Path) -> None:
    """A film is read by `read_film` alone, a scene never; a missing one is told like any file."""
    assert is_film("scenes/a.film.toml")
    assert is_film(Path("A.FILM.TOML"))
    assert not is_film("scenes/film.toml")
    (tmp_path / "a.film.toml").write_text(WHOLE)
    (tmp_path / "a.toml").write_text(WHOLE)
    for reader in (read, read_source):
        with pytest.raises(SceneError, match=r"1:1: this is a film, which plays as a whole, and a scene belongs here"):
            reader(tmp_path / "a.film.toml")
    with pytest.raises(SceneError, match=r"1:1: a film's file is called NAME\.film\.toml"):
        read_film(tmp_path / "a.toml")
    with pytest.raises(AssetError, match="no such file"):
        read_film(tmp_path / "b.film.toml")
    with pytest.raises(SceneError, match="this belongs to a film"):
        parse(WHOLE)


def test_a_film_built_in_python_is_held_to_the_same() -> None:
    """It is frozen, its fields are checked, and the rules name the field instead of the line."""
    shot: dict[str, Any] = {"scene": "scenes/a.toml", "in": "1s", "join": {}}
    film = Film(shot=[shot])
    with pytest.raises(ValidationError):
        film.shot[0].at = 3  # type: ignore[misc]
    with pytest.raises(ValidationError, match="is no scene's path"):
        Film(shot=[{"scene": "../a.toml"}])
    (line,) = findings(film, Source("film", film=True))
    assert str(line).startswith("film: shot 1: join: a join leads into the next shot, and this is the last")
    assert findings(Film(shot=[{"scene": "scenes/a.toml"}]), Source("film", film=True)) == []
