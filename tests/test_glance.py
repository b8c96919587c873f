"""`check` looks for flashes: at what could flash alone, small, and in the end at what would be exported."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from conftest import Project
from dark import DARK
from hypothesis import given
from hypothesis import strategies as st

from collage import stand
from collage.cli import run
from collage.desk.checks import check
from collage.errors import Finding
from collage.export.flash_places import TRANSITIONS
from collage.export.flashes import Flash, Thumb, Watch, told
from collage.export.glance import glance, hasty
from collage.glass.comp import Glass
from collage.stand import Stand

HEAD = f'format = 1\n[scene]\nsize = [64, 48]\nlength = 48\non = 1\npaper = "black"\n{DARK}'
CARD = '[[layer]]\ncard = "white"\nsize = [64, 48]\nat = ["50%", "50%"]\n'
FLICKER = 'expr.opacity = "floor(f/3) % 2"\n'


def flashes(file: Path) -> list[Flash]:
    with stand.open(file) as ready:
        return glance(ready)


def looked(ready: Stand) -> list[Finding]:
    return told(str(ready.path), glance(ready))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shapes of the pictures that are drawn."""
    shapes: list[tuple[int, ...]] = []
    comp = Glass.comp

    def counted(*how: object) -> np.ndarray:
        picture = comp(*how)  # type: ignore[arg-type]
        shapes.append(picture.shape)
        return picture

    monkeypatch.setattr(Glass, "comp", counted)
    return shapes


def test_check_warns_of_flashes_unless_they_are_allowed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The scene's file, the frames and the cure; exit 1, or 0 with --allow-flashes."""
    file = project(HEAD + CARD + FLICKER)
    assert run(["check", str(file)]) == 1
    line = capsys.readouterr().out
    assert line.startswith(f"{file}: warning: flashes: frames 3-45 ")
    assert line.count("\n") == 1
    assert run(["check", "--allow-flashes", str(file)]) == 0
    assert capsys.readouterr().out == ""


def test_a_film_flashes_like_its_scenes(project: Project) -> None:
    """By the film's own frames, also where two calm shots make flashes together only."""
    file = project(HEAD + CARD + FLICKER)
    file.with_name("calm.toml").write_text(HEAD.replace("48\non", "3\non") + CARD)
    file.with_name("dark.toml").write_text(HEAD.replace("48\non", "3\non"))
    film = file.with_name("a.film.toml")
    shots = ["calm", "dark"] * 5 + ["test"]
    film.write_text("format = 1\n" + "".join(f'[[shot]]\nscene = "scenes/{name}.toml"\n' for name in shots))
    (one,) = flashes(film)
    assert one[:2] == (3, 75)
    assert not flashes(file.with_name("calm.toml"))


def test_what_holds_still_is_not_drawn(project: Project, drawn: list[tuple[int, ...]]) -> None:
    """Nor what changes no more than six times in a second, however long it is."""
    slow = CARD + 'expr.opacity = "floor(f/4) % 2"\n'
    for text in (CARD, slow, CARD + "keys.x = [[0, 0], [200, 64]]\non = 4\n"):
        assert not flashes(project(HEAD.replace("48\non", "240\non") + text))
    assert drawn == []


def test_of_what_lasts_for_hours_the_beginning_is_looked_at(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that is said, beside the findings, where a program that reads them isn't disturbed."""
    monkeypatch.setattr("collage.export.glance.MOST_FRAMES", 48)
    file = project(HEAD.replace("48\non", "240\non") + CARD + 'expr.opacity = "step(100, f) * (floor(f/3) % 2)"\n')
    assert run(["check", str(file)]) == 0
    assert "flashes are looked for in the first 48 frames" in capsys.readouterr().err
    monkeypatch.undo()
    assert [flash[:2] for flash in flashes(file)] == [(100, 237)]


def test_poses_alone_are_drawn_and_small(project: Project, drawn: list[tuple[int, ...]]) -> None:
    """A frame that holds the one before it is not drawn again, and a large picture is not drawn large."""
    file = project((HEAD + CARD).replace("[64, 48]", "[2560, 1440]").replace("48\non", "240\non") + FLICKER)
    assert flashes(file)
    assert set(drawn) == {(144, 256, 4)}
    assert len(drawn) == 2 * 80


def test_paper_that_is_none_is_black(project: Project) -> None:
    """What flickers over nothing flashes, if it isn't black itself."""
    clear = HEAD.replace('"black"', '"none"')
    assert flashes(project(clear + CARD + FLICKER))
    assert not flashes(project(clear + CARD.replace("white", "black") + FLICKER))


def piece(how: str, alpha: int = 255, level: int = 0) -> tuple[str, dict[str, np.ndarray], str]:
    """A scene in which a grey piece comes and goes on black, and is printed or cut in some way."""
    picture = np.zeros((120, 160, 4), np.uint8)
    picture[..., :3], picture[..., 3] = level, alpha
    layer = '[[layer]]\nasset = "grey"\nat = ["50%", "50%"]\nscale = 0.2\n' + FLICKER
    return HEAD + layer, {"grey": picture}, f'format = 1\n["grey"]\n{how}\n'


@pytest.mark.parametrize(
    ("how", "alpha", "level", "kinds"),
    [
        ("", 255, 0, set()),
        ("", 255, 200, {"general"}),
        ('print = { halftone = 4, inks = ["#ff2000"] }', 255, 30, {"red"}),
        ("edge = { border = 40 }", 255, 0, {"general"}),
        ("edge = { border = 2 }", 12, 12, {"general"}),
    ],
    ids=["black", "grey", "in red ink", "with a wide border", "translucent on paper"],
)
def test_print_and_paper_flash_too(project: Project, how: str, alpha: int, level: int, kinds: set[str]) -> None:
    """Whatever a piece is printed in and cut from is seen as it is exported: inks, borders, paper under it."""
    assert {flash.kind for flash in flashes(project(*piece(how, alpha, level)))} == kinds


def test_what_is_suspected_only_is_not_told(project: Project, drawn: list[tuple[int, ...]]) -> None:
    """A quarter of a field is drawn twice, the second time to the letter, and passes."""
    quarter = '[[layer]]\ncard = "white"\nsize = [21, 4]\nat = [20.5, 22]\n'  # of 21 by 16
    assert not flashes(project(HEAD + quarter + FLICKER))
    assert len(drawn) == 2 * 16


@given(st.lists(st.integers(1, 4), min_size=7, max_size=30), st.integers(10, 20))
def test_hasty_poses_are_those_of_any_seven_changes_in_a_second(holds: list[int], rate: int) -> None:
    """With the pose before the first of them, each once and in order, and no others."""
    frames = [sum(holds[:n]) for n in range(len(holds) + 1)]
    wanted = {
        frame
        for n in range(1, len(frames) - TRANSITIONS + 1)
        if frames[n + TRANSITIONS - 1] - frames[n] < rate
        for frame in frames[n - 1 : n + TRANSITIONS]
    }
    given_back = [frame for frame, _ in hasty(((frame, ()) for frame in frames), Fraction(rate))]
    assert given_back == sorted(wanted)


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from([0, 60, 120, 255])), min_size=8, max_size=60))
def test_to_leave_out_what_is_not_hasty_changes_nothing(poses: list[tuple[int, int]]) -> None:
    """The same frames flash as if every pose had been seen."""
    levels, frame = dict[int, int](), 0
    for hold, level in poses:
        levels[frame] = level
        frame += hold
    every, some = Watch(Fraction(24)), Watch(Fraction(24))
    for one in levels:
        every.see(one, Thumb(np.full((3, 4, 3), levels[one], np.uint8)))
    for one, _ in hasty(((one, ()) for one in levels), Fraction(24)):
        some.see(one, Thumb(np.full((3, 4, 3), levels[one], np.uint8)))
    assert some.findings() == every.findings()


def test_pictures_that_can_not_be_drawn_are_findings_as_ever(project: Project) -> None:
    """A torn one is named once, with or without flashes; a frame without a value is named, and nothing crashes."""
    scene, pictures, registry = piece("", 255, 200)
    pictures["grey"][:] = np.random.default_rng(1).integers(0, 256, (120, 160, 4))
    file = project(scene, pictures, registry)
    picture = file.parent.parent / "assets/grey.png"
    picture.write_bytes(picture.read_bytes()[:900])
    (torn,) = check(file, look=looked)
    assert torn.path.endswith("grey.png")
    assert [torn] == check(file)
    (wrong,) = check(project(HEAD + CARD + 'expr.x = "sqrt(20 - f)"\n' + FLICKER), look=looked)
    assert wrong.severity == "error"
    assert "test.toml" in wrong.path
