"""What would take minutes or gigabytes is refused in words before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from discs import DISC, HEAD, stand

import collage
from collage.errors import CollageError, SceneError
from collage.scene.reader import parse

BUSY = ", ".join(['{ do = "drift" }'] * 60)
CARD = '[[layer]]\ncard = "#fff"\nsize = [2, 2]\n'
NEARLY = f"{CARD}repeat = {{ count = 1650 }}\nmove = [{BUSY}]\n"  # 99,000 moves: a thousand more are too many


def nested(tmp_path: Path, inner: str, outer: str) -> collage.Stand:
    """A scene around scenes/inner.toml."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes/inner.toml").write_text(inner, encoding="utf-8")
    return collage.open(parse(outer), root=tmp_path)


def test_followers_of_followers_with_lags_of_their_own_end() -> None:
    """Two different lags a link ask for twice as many moments with each; one a link goes on for long."""

    def chain(length: int, *lags: int) -> str:
        follow = ", ".join(f'{{{{ do = "follow", layer = "l{{}}", lag = {lag} }}}}' for lag in lags)
        links = (f'{CARD}name = "l{i}"\nmove = [{follow.format(*[i + 1] * len(lags))}]\n' for i in range(length))
        return HEAD + "".join(links) + f'{CARD}name = "l{length}"\nmove = [{{ do = "drift" }}]\n'

    assert len(collage.open(parse(chain(28, 3))).cels(95)) == 29
    assert len(collage.open(parse(chain(5, 3, 8))).cels(95)) == 6
    with pytest.raises(SceneError, match="more than 1000 moments to look up"):
        collage.open(parse(chain(20, 3, 8)))


@pytest.mark.parametrize(
    "body",
    [
        "".join(f'[[peg]]\nname = "p{i}"\nmove = [{BUSY}]\n' for i in range(20)) + NEARLY,
        DISC + 'repeat = { count = 9000 }\nexpr.x = "' + "+".join(["sin(v)"] * 40) + '"\n',
    ],
)
def test_moves_and_formulas_are_counted_with_all_their_copies(body: str) -> None:
    """Of pegs too, and a long formula counts for more."""
    with pytest.raises(SceneError, match="more than 100000 moves, formulas and keys"):
        stand(body)


def test_the_moves_of_nested_scenes_are_counted_each_time(tmp_path: Path) -> None:
    """A scene of one busy layer, shown twenty times, beside copies that are nearly too many."""
    inner = f"format = 1\n{CARD}move = [{BUSY}]\n"
    with pytest.raises(SceneError, match="more than 100000 moves, formulas and keys"):
        nested(tmp_path, inner, HEAD + '[[layer]]\nscene = "scenes/inner.toml"\nrepeat = { count = 20 }\n' + NEARLY)


def test_large_pictures_inside_one_another_are_bounded() -> None:
    """Ten groups that fade, one inside another, on the largest canvas: each would need a picture of its own."""
    body = "format = 1\n[scene]\nsize = [8000, 8000]\n"
    body += "".join(
        f'[[layer]]\nname = "g{i}"\ngroup = true\nopacity = 0.9\n' + (f'parent = "g{i - 1}"\n' if i else "")
        for i in range(10)
    )
    with pytest.raises(SceneError, match="make the canvas smaller"):
        collage.open(parse(body + CARD + 'parent = "g9"\n'))
    assert collage.open(parse(body.replace("8000, 8000", "1920, 1080") + CARD + 'parent = "g9"\n'))


def test_what_is_slanted_out_of_sight_is_told_so() -> None:
    """A skew of 90 degrees leaves nothing, of a piece or of what carries it: the angle is named."""
    with pytest.raises(CollageError, match=r'frame 0: "disc" is skewed by 90 degrees'):
        stand(DISC + "skew = [90, 0]\n").cels(0)
    with pytest.raises(CollageError, match=r'"p" is skewed by 270 degrees'):
        stand('[[peg]]\nname = "p"\nskew = [0, 270]\n' + DISC + 'parent = "p"\n').cels(0)


def test_what_nobody_carries_rests_in_the_middle() -> None:
    """A layer that says nothing of its place lies on its carrier's point, and in the canvas's middle when let go."""
    body = (
        '[[peg]]\nname = "p"\nat = [30, 40]\n[[layer]]\nasset = "disc"\nkeys.parent = [[0, "p"], [24, ""], [48, "p"]]\n'
    )
    shown = stand(body)
    places = [shown.cels(frame)[0].matrix.at((24, 24)) for frame in (0, 23, 24, 47, 48)]
    assert places == [(30, 40), (30, 40), (100, 60), (100, 60), (30, 40)]
    said = stand(body + "at = [1, 2]\n")
    assert [said.cels(frame)[0].matrix.at((24, 24)) for frame in (0, 24)] == [(31, 42), (1, 2)]
